from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("otklik_messages", "0004_import_uploads")]

    operations = [rls.protect("messages_import_profile")]
