"""Addresses of the acts."""

from django.urls import path

from otklik.web.act import views

urlpatterns = [
    path("act/", views.act, name="act"),
    path("act/<str:named>/", views.act_named, name="act_named"),
]
