"""The URL map. Every route declares who may use it (`otklik.orgs.rights`): a test walks this map."""

from django.urls import include, path

from otklik.web.health import healthz

handler400 = "otklik.web.errors.views.unreadable"
handler403 = "otklik.web.errors.views.forbidden"
handler404 = "otklik.web.errors.views.absent"
handler500 = "otklik.web.errors.views.broken"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("otklik.web.signin.urls")),
    path("", include("otklik.web.queue.urls")),
    path("", include("otklik.web.feed.urls")),
    path("", include("otklik.web.live.urls")),
    path("", include("otklik.web.card.urls")),
    path("", include("otklik.web.message_new.urls")),
    path("", include("otklik.web.imports.urls")),
    path("", include("otklik.web.act.urls")),
    path("", include("otklik.web.help.urls")),
    path("", include("otklik.web.install.urls")),
    path("", include("otklik.web.manager.urls")),
    path("", include("otklik.web.duty.urls")),
    path("", include("otklik.web.admin.urls")),
    path("", include("otklik.web.setup.urls")),
    path("", include("otklik.web.demo_network.urls")),
    path("", include("otklik.web.hooks.urls")),
]
