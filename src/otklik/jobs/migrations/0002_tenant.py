from django.db import migrations

from otklik.project import rls


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]

    # The installation's own jobs have no organisation: they hold nobody's data, and every tenant may ask for one.
    operations = [rls.protect("jobs_job", also="organisation_id IS NULL")]
