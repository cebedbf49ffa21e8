"""The frame as a Django app: it has no models, only checks that the frame holds."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Named so that nothing else is called `project`."""

    name = "otklik.project"
    label = "otklik_project"
