"""The feed: new messages read whole and decided on one after another, and what their authors wrote before.

`address.py` the feed's address; `decisions.py` what may be decided on a message; `page.py` the feed; `earlier.py` the
author's history and the choice of an earlier message. What is done goes through the queue's bulk door.
"""
