from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "otklik.messages"
    label = "otklik_messages"  # Django's own contrib app is called `messages`
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Uploads that wait for their import are not swept."""
        from otklik.files import hooks
        from otklik.messages import imports

        hooks.keeps(imports.keeps_blob)
