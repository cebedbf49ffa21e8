"""Incidents: the process at work.

A map of the room:

- `models.py`: read models of the journal (incident, deadlines, work items, participants), working copies of drafts;
- `editions.py`: the act's edition an incident stands under, kept by content hash;
- `actions.py`: `perform(command)`, the one way anything happens to an incident;
- `by_hand.py`: what a person enters by hand, with the step it brings about;
- `work.py`: an incident at hand, locked: its folded journal, and the one way to append to it;
- `names.py`: units and people that a command names, held against what there is;
- `wording.py`: the words of a reply, asked before it leaves its authors;
- `folding.py`, `projection.py`, `writer.py`: journal rows to state, state to what the rows must be, and saving that;
- `verdicts.py`, `redating.py`, `timers.py`: terms that pass, terms that a changed calendar moves, when to look again;
- `indexing.py`: what of an incident is searched;
- `reactions.py`: what follows from an event (publications queued, people told), in the same transaction;
- `bulk.py`: one command for many incidents, each a step of its own; `saved_views.py`: lists kept under a name;
- `changes.py`: what has changed since a sealed number, for screens that follow the work;
- `access.py`: what a person may see; `queue.py`, `filters.py`: lists and their counts; `queries.py`: all other reads;
- `load.py`, `reminding.py`, `handing.py`: what a manager sees, reminders to the silent, work handed to others;
- `recompute.py`: read models rebuilt from the journal, or held against it.

See docs/process.md.
"""
