"""The administrator's screens: people, units, hours, acts, settings, the journal of arrangements.

- `door.py`: whose desk it is and what the address names; `asked.py`: reading a form; `view.py`: what the templates get;
- `pages.py`: the frame of every screen here, dates as days of the place;
- one module of views and page makers for each subject: `overview`, `people`, `person`, `standing`, `people_file`,
  `units`, `recipients`, `hours`, `acts`, `settings`, `arrangements`.

The set-up of an empty installation is `otklik.web.setup`.
"""
