"""Background work: rows written in the same transaction as the change that wants it, claimed by lease.

A map of the room:

- `registry.py`: `@job("kind")` for work that is asked for, `@periodic(seconds=…)` for the clock; an app's `jobs.py`
  registers its own, found by itself;
- `models.py`: the job, the tick of a periodic, the heartbeat of a work process;
- `actions.py`: enqueue, cancel, claim, finish, fail, retry: every change of a job's state is one compare-and-set;
- `execution.py`: runs one claimed job so that its effects and its completion are one transaction;
- `executors.py`: who runs claimed jobs: the port, and the threads of this process;
- `runner.py`: what `otklik work` does until it is told to stop;
- `queries.py`: lists, and whether background work has fallen silent.

Only rows hold times: a killed process loses nothing, its leases run out and the next one goes on.
See docs/operations.md.
"""
