"""The frame around the apps: environment, settings, databases, transactions, row-level security, middleware, URLs.

`env.py` is the only place that reads the environment. Every setting is described in docs/install-settings.md.
"""
