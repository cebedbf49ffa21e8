"""The screens as a Django app: templates, static files and template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No models."""

    name = "otklik.web"
    label = "web"
