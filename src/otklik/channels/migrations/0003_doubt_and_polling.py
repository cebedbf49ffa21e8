from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_row_level_security")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="ask_again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="publication",
            name="unanswered_at",
            field=models.DateTimeField(null=True),
        ),
    ]
