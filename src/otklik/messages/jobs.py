"""Background work of messages: imports that were uploaded, and what became of those that nobody goes on with."""

import datetime as dt

from otklik.files import blobs
from otklik.jobs.execution import Run
from otklik.jobs.registry import job, periodic
from otklik.messages import imports
from otklik.messages.models import ImportRun, ImportState
from otklik.messages.reading.importing import Stopped, carry_on, end
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.tally import Tally
from otklik.project.transactions import read

EXTEND_AFTER = dt.timedelta(seconds=20)


@job(imports.JOB, atomic=False, lease=dt.timedelta(minutes=2), attempts=5)
def bring_in_upload(run: Run) -> None:
    """Bring in one uploaded file, chunk by chunk, behind what is in already."""
    with read(run.tenant):
        found = ImportRun.objects.select_related("organisation", "started_by").filter(pk=run.payload["import"]).first()
        if found is None or found.state not in {ImportState.WAITING, ImportState.RUNNING}:
            return
        extended_at = run.now

        def keep_lease(_tally: Tally) -> None:
            nonlocal extended_at
            if run.now - extended_at >= EXTEND_AFTER:
                run.extend()
                extended_at = run.now

        try:
            carry_on(
                found, blobs.path_of(found.organisation_id, found.digest), clock=lambda: run.now, progress=keep_lease
            )
        except FileRefused as refused:
            end(found, ImportState.FAILED, str(refused), run.now)
        except Stopped:
            return


@periodic(seconds=300)
def tidy_imports(now: dt.datetime) -> None:
    """Nothing is shown as running that does not run."""
    imports.tidy(now=now)
