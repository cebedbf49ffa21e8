"""Addresses of the administrator's screens: each names the organisation first."""

from django.urls import path

from otklik.web.admin import (
    acts,
    arrangements,
    days,
    hours,
    overview,
    people,
    people_file,
    person,
    recipients,
    settings,
    standing,
    templates,
    units,
)

OF = "admin/<int:organisation>/"

urlpatterns = [
    path("admin/", overview.organisations, name="admin"),
    path(OF, overview.organisation, name="admin_organisation"),
    path(f"{OF}journal/", arrangements.journal, name="admin_journal"),
    path(f"{OF}units/", units.units, name="admin_units"),
    path(f"{OF}units/new/", units.unit_new, name="admin_unit_new"),
    path(f"{OF}units/<int:pk>/", units.unit, name="admin_unit"),
    path(f"{OF}units/<int:pk>/hours/", hours.unit_hours, name="admin_unit_hours"),
    path(f"{OF}units/<int:pk>/<slug:do>/", units.unit_close, name="admin_unit_close"),
    path(f"{OF}hours/", hours.hours, name="admin_hours"),
    path(f"{OF}hours/days/new/", days.day_new, name="admin_day_new"),
    path(f"{OF}hours/days/<int:pk>/drop/", days.day_drop, name="admin_day_drop"),
    path(f"{OF}settings/", settings.settings, name="admin_settings"),
    path(f"{OF}organisations/new/", settings.organisation_new, name="admin_organisation_new"),
    path(f"{OF}acts/", acts.act_list, name="admin_acts"),
    path(f"{OF}acts/plan/<str:starts_on>/cancel/", acts.act_cancel, name="admin_act_cancel"),
    path(f"{OF}acts/<int:pk>/drop/", acts.edition_drop, name="admin_edition_drop"),
    path(f"{OF}acts/<str:which>/", acts.edition, name="admin_edition"),
    path(f"{OF}recipients/new/", recipients.recipient_new, name="admin_recipient_new"),
    path(f"{OF}recipients/<int:pk>/drop/", recipients.recipient_drop, name="admin_recipient_drop"),
    path(f"{OF}templates/", templates.templates, name="admin_templates"),
    path(f"{OF}templates/new/", templates.template_new, name="admin_template_new"),
    path(f"{OF}templates/<int:pk>/", templates.template, name="admin_template"),
    path(f"{OF}templates/<int:pk>/drop/", templates.template_drop, name="admin_template_drop"),
    path(f"{OF}people/", people.people, name="admin_people"),
    path(f"{OF}people/new/", people.person_new, name="admin_person_new"),
    path(f"{OF}people/file/", people_file.people_file, name="admin_people_file"),
    path(f"{OF}people/<int:pk>/", person.person, name="admin_person"),
    path(f"{OF}people/<int:pk>/edit/", person.person_edit, name="admin_person_edit"),
    path(f"{OF}people/<int:pk>/account/<slug:do>/", person.account, name="admin_account"),
    path(f"{OF}people/<int:pk>/add/<slug:kind>/", standing.standing_new, name="admin_standing_new"),
    path(f"{OF}standing/<slug:kind>/<int:pk>/end/", standing.standing_end, name="admin_standing_end"),
]
