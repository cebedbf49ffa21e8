"""The guided set-up of an empty installation: the code of the console, the organisation, its act, hours, people.

`views.py`: the doors, one a step; `steps.py`: what each step asks and reads; `view.py`: what the templates get. What
was answered is kept in the session; nothing is written before the last step.
"""
