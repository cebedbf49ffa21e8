from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_channels")]

    operations = [rls.protect("channels_account"), rls.protect("channels_publication")]
