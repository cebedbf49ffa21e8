"""Messages: what citizens wrote, and the raw payloads it came in. Nothing a citizen wrote is lost.

A map of the room:

- `models.py`: raw payloads, messages with their earlier texts, authors, imports and their rows;
- `actions.py`: store a raw payload, take in a message (from a connector, an import or a person's hand), its edits;
- `hooks.py`: who is told of a new message (the incidents app registers here);
- `access.py`, `queries.py`: who sees what, and all reads;
- `reading/`: files of monitoring systems: readers, mapping profiles, the import itself.
"""
