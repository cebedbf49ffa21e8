"""The queue's address: the first page of the desk."""

from django.urls import path

from otklik.web.queue import views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("queue/bulk/", views.bulk, name="queue_bulk"),
    path("queue/changes/", views.changes, name="queue_changes"),
]
