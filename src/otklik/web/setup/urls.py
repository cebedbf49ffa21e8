"""Addresses of the set-up of an empty installation."""

from django.urls import path

from otklik.web.setup import views

urlpatterns = [
    path("setup/", views.code, name="setup"),
    path("setup/place/", views.place, name="setup_place"),
    path("setup/act/", views.act, name="setup_act"),
    path("setup/hours/", views.hours, name="setup_hours"),
    path("setup/people/", views.people, name="setup_people"),
]
