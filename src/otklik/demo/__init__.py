"""The demo: five invented organisations, one an act, their people, and about 300 messages in every state.

- `data/`: what is invented, as YAML;
- `content.py`: the messages as typed data, checked when read;
- `judging.py`: the messages held against the organisation and its act;
- `organisations.py`: organisations, units, people, absences, duty, and a page for each in the demo network;
- `playing.py`: walks each message to its state by the same commands that people give, at the times they would.
"""
