"""The app of organisations and people."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Label `orgs`: `orgs.Person` is the user of this installation."""

    name = "otklik.orgs"
    label = "orgs"
