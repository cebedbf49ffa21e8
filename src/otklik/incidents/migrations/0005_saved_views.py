"""Lists kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0004_work_item_act_role"),
        ("orgs", "0002_row_level_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("values", models.JSONField()),
                ("is_shared", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "incidents_saved_view",
                "indexes": [models.Index(fields=["organisation", "position"], name="incidents_saved_view_place")],
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="incidents_saved_view_name")],
            },
        ),
        rls.protect("incidents_saved_view"),
    ]
