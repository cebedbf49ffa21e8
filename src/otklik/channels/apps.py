from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "otklik.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from otklik.channels import vault
        from otklik.project import keyring

        keyring.register("channels.Account", "secrets", vault.context)
