from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Handlers are found in each app's `jobs.py` when the first one is needed, not at every start."""

    name = "otklik.jobs"
    label = "jobs"
    verbose_name = "Фоновая работа"
    default_auto_field = "django.db.models.BigAutoField"
