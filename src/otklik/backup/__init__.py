"""Backup and restore: one file with everything that an installation cannot make anew (database, files,
anchors, imported calendars).

A map of the room:

- `archive.py`: the file: a ZIP of tables, blobs and anchors, with a manifest of hashes;
- `tables.py`: which tables go in, and how a row is written so that both databases read it;
- `snapshot.py`: one moment of the database, held while the program goes on working;
- `create.py`: makes a backup; `restore.py`: brings one back into an empty installation.

The form is the same for SQLite and PostgreSQL: an installation that outgrows one machine moves by backup and restore.
What is not in it: the key ring and the secret key (they must not lie beside what they protect), sessions and sign-in
counters, and everything that is derived at the start. See docs/operations.md.
"""
