"""Addresses of imports."""

from django.urls import path

from otklik.web.imports import views

urlpatterns = [
    path("imports/", views.import_list, name="imports"),
    path("imports/<int:pk>/", views.import_detail, name="import"),
    path("imports/<int:pk>/mapping/", views.import_mapping, name="import_mapping"),
    path("imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<int:pk>/cancel/", views.import_cancel, name="import_cancel"),
    path("imports/<int:pk>/bad-rows.csv", views.import_bad_rows, name="import_bad_rows"),
    path("imports/profiles/<int:pk>/", views.import_profile, name="import_profile"),
]
