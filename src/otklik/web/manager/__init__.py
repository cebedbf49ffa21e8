"""The manager's page: who is behind with what, reminders, work handed over, the duty rota.

- `realm.py`: whose page it is, and what else every page here begins with;
- `page.py`: the page itself; `tasks.py`: the list behind each of its numbers; `reminding.py`: what came of reminders;
- `handover.py`, `handing.py`: everything a person holds, given to others: the preview, and doing it;
- `rota.py`: who is on duty when; `views.py`, `people.py`, `duty.py`: the doors.
"""
