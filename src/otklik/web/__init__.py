"""The screens: a thin door over the apps, with no writes of its own.

A screen is a folder: `urls.py`, `views.py`, `view.py` (what it shows, as plain data).
"""
