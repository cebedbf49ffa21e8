"""Channels: accounts on platforms, what comes in through them and what goes out.

A map of the room:

- `models.py`: accounts, and the outbox: one row for each publication;
- `inbox.py`: deliveries and polls: store first, answer, read later;
- `actions.py`: all writes; `sending.py`: one attempt at one publication, by the rules of `connectors.base` errors;
- `pace.py`: how often replies may go out;
- `contexts.py`: what a connector is handed: settings, secrets, the clock's time, an HTTP client with limits;
- `hooks.py`: who is told what became of a publication (the incidents app registers here);
- `jobs.py`, `queries.py`, `access.py`: background work, all reads, who sees what.
"""
