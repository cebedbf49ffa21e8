from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "otklik.messages"
    label = "otklik_messages"  # Django's own contrib app is called `messages`
    default_auto_field = "django.db.models.BigAutoField"
