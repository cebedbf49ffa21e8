"""Addresses that make the program installable. The worker's must not lie deeper: it serves what lies under it."""

from django.urls import path

from otklik.web.install import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
