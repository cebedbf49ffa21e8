"""The address to which platforms deliver."""

from django.urls import path

from otklik.web.hooks import views

urlpatterns = [path("hooks/<str:inbox_key>/", views.hook, name="hook")]
