"""What each kind of event makes of a state: one function a kind, in the tables that `otklik.process.evolve` joins."""
