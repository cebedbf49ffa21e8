"""Addresses of the administrator's screens: each names the organisation first."""

from django.urls import path

from otklik.web.admin import arrangements, overview, people, people_file, person, standing

OF = "admin/<int:organisation>/"

urlpatterns = [
    path("admin/", overview.organisations, name="admin"),
    path(OF, overview.organisation, name="admin_organisation"),
    path(f"{OF}journal/", arrangements.journal, name="admin_journal"),
    path(f"{OF}people/", people.people, name="admin_people"),
    path(f"{OF}people/new/", people.person_new, name="admin_person_new"),
    path(f"{OF}people/file/", people_file.people_file, name="admin_people_file"),
    path(f"{OF}people/<int:pk>/", person.person, name="admin_person"),
    path(f"{OF}people/<int:pk>/edit/", person.person_edit, name="admin_person_edit"),
    path(f"{OF}people/<int:pk>/account/<slug:do>/", person.account, name="admin_account"),
    path(f"{OF}people/<int:pk>/add/<slug:kind>/", standing.standing_new, name="admin_standing_new"),
    path(f"{OF}standing/<slug:kind>/<int:pk>/end/", standing.standing_end, name="admin_standing_end"),
]
