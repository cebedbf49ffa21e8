"""The journal: everything that happens, as events that are appended and never changed.

A map of the room, in the order of an event's life:

- `models.py`: the event row, its personal texts kept apart, the head of each organisation's chain;
- `canonical.py`: what is hashed and how (pure);
- `actions.py`: append within the caller's transaction, look up a command's first result, erase personal texts;
- `sealing.py`: gives committed events their dense number and chain hash, within a second, in the work process;
- `anchors.py`: writes the head of the chain down outside the database, daily;
- `verify.py`: recomputes all of it and says where it does not agree;
- `queries.py`: all reads: events of an incident for folding, history for people, sealed events for streams.

Guards in the database itself (triggers that refuse UPDATE and DELETE) are in `migrations/`. See docs/journal.md.
"""
