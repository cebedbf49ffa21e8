from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_incidents")]

    operations = [
        rls.protect("incidents_incident"),
        rls.protect("incidents_deadline"),
        rls.protect("incidents_work_item"),
        rls.protect("incidents_participant"),
        rls.protect("incidents_draft_copy"),
    ]
