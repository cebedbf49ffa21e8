"""Editions of acts that an organisation brought, and from which day what counts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0003_default_recipients"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="act_plan",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="UploadedEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=100)),
                ("hash", models.CharField(max_length=64)),
                ("document", models.JSONField()),
                ("files", models.JSONField()),
                ("uploaded_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_editions",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "hash"), name="orgs_uploaded_edition_hash")
                ],
            },
        ),
        rls.protect("orgs_uploadededition"),
    ]
