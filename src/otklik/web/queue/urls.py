"""The queue's address: the first page of the desk."""

from django.urls import path

from otklik.web.queue import keeping_views, views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("queue/bulk/", views.bulk, name="queue_bulk"),
    path("queue/views/", keeping_views.views, name="queue_views"),
    path("queue/views/<int:pk>/", keeping_views.arrange, name="queue_view"),
    path("queue/changes/", views.changes, name="queue_changes"),
]
