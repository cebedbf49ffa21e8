"""Addresses of the help."""

from django.urls import path

from otklik.web.help import views

urlpatterns = [
    path("help/", views.help_index, name="help"),
    path("help/<slug:key>/", views.help_page, name="help_page"),
]
