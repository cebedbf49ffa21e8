"""The feed, and the two pages beside a message of it."""

from django.urls import path

from otklik.web.feed import views

urlpatterns = [
    path("feed/", views.feed, name="feed"),
    path("feed/changes/", views.changes, name="feed_changes"),
    path("feed/<int:pk>/author/", views.author, name="feed_author"),
    path("feed/<int:pk>/join/", views.join, name="feed_join"),
]
