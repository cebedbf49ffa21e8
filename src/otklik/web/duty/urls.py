"""The addresses of duty."""

from django.urls import path

from otklik.web.duty import views

urlpatterns = [
    path("duty/", views.duty, name="duty"),
    path("duty/training/", views.duty_training, name="duty_training"),
]
