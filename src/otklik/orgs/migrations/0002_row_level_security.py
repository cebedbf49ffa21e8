"""The second wall. Organisations themselves have none: their names and their tree are known to every desk."""

from django.db import migrations

from otklik.project import rls

HOLDS_A_ROLE_HERE = (
    "EXISTS (SELECT 1 FROM orgs_roleholding held WHERE held.person_id = orgs_person.id AND "  # noqa: S608  # constants
    + rls.tenant_has("held.organisation_id")
    + ")"
)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]

    operations = [
        rls.protect("orgs_unit"),
        rls.protect("orgs_schedulechange"),
        rls.protect("orgs_roleholding"),
        rls.protect("orgs_duty"),
        rls.protect("orgs_absence"),
        rls.protect("orgs_substitution"),
        rls.protect("orgs_person", also=HOLDS_A_ROLE_HERE),
    ]
