from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("otklik_messages", "0002_row_level_security")]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="identity",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=~Q(identity=""), fields=["organisation", "identity"], name="messages_import_row_same"
            ),
        ),
    ]
