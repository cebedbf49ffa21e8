"""What is in work is a column with an index; the words that are searched have gone into documents (`otklik.search`)."""

from django.conf import settings
from django.db import migrations, models

IS_OPEN = """
    UPDATE incidents_incident SET is_open = (closed_at IS NULL AND (
        stage <> 'answered' OR next_due_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM incidents_work_item item WHERE item.incident_id = incidents_incident.id)))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0002_row_level_security"),
        ("orgs", "0002_row_level_security"),
        ("otklik_messages", "0003_import_row_identity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="incident",
            name="search_text",
        ),
        migrations.AddField(
            model_name="incident",
            name="is_open",
            field=models.BooleanField(default=True),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["organisation", "next_due_at"],
                name="incidents_incident_open",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("next_promise_on__isnull", False)),
                fields=["organisation", "next_promise_on"],
                name="incidents_incident_promised",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["organisation", "topic", "-detected_at"], name="incidents_incident_topic"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["organisation", "network", "-detected_at"], name="incidents_incident_network"),
        ),
        migrations.RunSQL(IS_OPEN, migrations.RunSQL.noop),
    ]
