from django.apps import AppConfig


class DemoNetworkConfig(AppConfig):
    name = "otklik.demo_network"
    label = "demo_network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from otklik.channels.contexts import use_transport
        from otklik.demo_network.transport import DemoTransport

        use_transport("demo", DemoTransport)
