"""Texts that an organisation keeps for its replies."""

import django.db.models.deletion
from django.db import migrations, models

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0004_uploaded_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(blank=True, max_length=32)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "title"), name="orgs_replytemplate_title"),
                ],
            },
        ),
        rls.protect("orgs_replytemplate"),
    ]
