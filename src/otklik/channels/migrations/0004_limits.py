from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_doubt_and_polling")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="limits",
            field=models.JSONField(default=list),
        ),
    ]
