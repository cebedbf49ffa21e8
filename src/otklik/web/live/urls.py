"""The address of the stream."""

from django.urls import path

from otklik.web.live import views

urlpatterns = [path("live/", views.live, name="live")]
