"""Files of monitoring systems: from bytes to messages.

A map of the room, in the order in which a file goes through it:

- `source.py`: what the file is, by its content, and its digest;
- `csv_file.py` (over `text_file.py`), `xlsx_file.py` (over `xlsx_parts.py`), `json_file.py`: the readers; each gives
  `table.Table`s of numbered rows, as a stream, bad rows with the reason;
- `profiles.py`, `presets/*.yaml`: which column means what: shipped with the program, or given by people;
- `headers.py`: where the header stands, and what a profile makes of it;
- `cells.py`, `dates.py`, `places.py`: what a cell says, an instant, the network of a message;
- `records.py`: one row through a profile: a message to take in, or why it cannot be;
- `importing.py` (with `tally.py`): the import: chunks, what is new and what was here before;
- `guessing.py`, `trying.py`: for the mapping on screen: what columns may mean, how the first rows would come in;
- `refusals.py`: everything that can be wrong, in Russian.

Another format is another reader of tables; another monitoring system another preset.
"""
