from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("files", "0001_files")]

    operations = [rls.protect("files_record"), rls.protect("files_use")]
