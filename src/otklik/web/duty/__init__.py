"""Duty: who is there now, when the working clock starts; and a lesson for whoever is on duty for the first time.

- `page.py`: the page «Дежурство», for everybody; `words.py`: what the clock on the wall says about the working one;
- `training.py`: one invented message followed through the act. Nothing of it is stored.
"""
