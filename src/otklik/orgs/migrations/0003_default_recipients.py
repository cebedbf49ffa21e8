"""To whom messages go when nobody says otherwise."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_row_level_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefaultRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("topic_key", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="default_recipients",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "ordering": ["topic_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("topic_key", ""), _negated=True),
                        fields=("organisation", "topic_key"),
                        name="orgs_recipient_of_topic",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("topic_key", "")), fields=("unit",), name="orgs_recipient_of_unit"
                    ),
                ],
            },
        ),
        rls.protect("orgs_defaultrecipient"),
    ]
