"""Which of several roles of one kind a step waits for (K 5): rows made before wait for any, till they are next written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_open_and_search")]

    operations = [
        migrations.AddField("workitem", "act_role", models.CharField(blank=True, max_length=64)),
    ]
