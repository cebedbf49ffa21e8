from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demo_network", "0001_demo_network")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="attachments",
            field=models.JSONField(default=list),
        ),
    ]
