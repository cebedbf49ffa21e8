"""«Справка»: the documents of docs/ru inside the program, the person's own roles first.

`library` says which documents there are, `rendering` makes pages of their Markdown, `places` says which screen is
explained where (the «?» of the top bar), `page` fills the screens.
"""
