"""The address of the form for a message entered by hand."""

from django.urls import path

from otklik.web.message_new import views

urlpatterns = [path("messages/new/", views.message_new, name="message_new")]
