"""The app, and the hooks by which messages and channels tell it what happened."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "otklik.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from otklik.files import access as files
        from otklik.incidents import access, hooks, jobs  # noqa: F401  # models must be ready first

        hooks.register()
        files.owner("incident", access.may_see)
