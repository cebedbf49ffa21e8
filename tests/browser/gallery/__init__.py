"""A gallery of the screens: every template with sample data, no database. For eyes, screenshots and browser tests.

`python -m tests.browser.gallery 8120`, then http://127.0.0.1:8120/gallery/
"""
