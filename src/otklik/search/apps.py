"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Documents and their index."""

    name = "otklik.search"
    label = "search"
