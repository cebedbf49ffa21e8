"""The card's addresses."""

from django.urls import path

from otklik.web.card import views

urlpatterns = [
    path("incidents/<int:pk>/", views.card, name="card"),
    path("incidents/<int:pk>/do/<slug:command>/", views.command, name="card_command"),
    path("incidents/<int:pk>/here/", views.here, name="card_here"),
    path("incidents/<int:pk>/draft/", views.draft, name="card_draft"),
    path("incidents/<int:pk>/draft/check/", views.draft_check, name="card_draft_check"),
    path("incidents/<int:pk>/draft/template/<int:template>/", views.draft_template, name="card_template"),
    path("incidents/<int:pk>/review/", views.review, name="card_review"),
    path("incidents/<int:pk>/publish/", views.publish, name="card_publish"),
    path("files/<uuid:pk>/", views.file, name="file"),
]
