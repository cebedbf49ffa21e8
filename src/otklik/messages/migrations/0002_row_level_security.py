from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("otklik_messages", "0001_messages")]

    operations = [
        rls.protect("messages_raw"),
        rls.protect("messages_author"),
        rls.protect("messages_message"),
        rls.protect("messages_text"),
        rls.protect("messages_import_run"),
        rls.protect("messages_import_row"),
    ]
