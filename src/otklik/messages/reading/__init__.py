"""Files of monitoring systems: from bytes to messages.

A map of the room, in the order in which a file goes through it:

- `source.py`: is it a text file, in which encoding, its digest;
- `table.py`: a reader: lines of CSV into numbered rows, bad ones with the reason;
- `profiles.py`: which column means what: profiles by name, or a mapping that a person gave;
- `places.py`: the network of a message, from the words and addresses that exports have;
- `records.py`: one row through a profile: a message to take in, or why it cannot be;
- `importing.py`: the import: chunks, what is new and what was here before;
- `refusals.py`: everything that can be wrong, in Russian.

Another format is another reader of `table.Row`s and, if its columns have names of their own, another profile.
"""
