"""The pages of imports: the list with its form, one import, a kept mapping."""

from uuid import uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse

from otklik.messages import imports, queries
from otklik.messages.models import ImportProfile, ImportRun
from otklik.messages.models import ImportState as State
from otklik.messages.reading import profiles
from otklik.orgs.models import Organisation
from otklik.web.imports.view import (
    BadRow,
    ImportPage,
    ImportRow,
    ImportsPage,
    ImportState,
    KeptProfile,
    ProfilePage,
)
from otklik.web.imports.words import FIELDS
from otklik.web.view import Choice, Field, FieldKind, Form

ON_A_PAGE = 50
SHOWN_BAD = 50
LONGEST_RAW = 200
ACCEPT = ".csv,.tsv,.txt,.xlsx,.xlsm,.json,.jsonl,.ndjson"


def imports_page(
    organisation: Organisation, *, before: int | None = None, problems: tuple[str, ...] = (), chosen: str = ""
) -> ImportsPage:
    """The list, the latest first, and the form; `problems`: why files that were sent cannot be taken."""
    runs = queries.import_runs_of(organisation.pk, before=before, limit=ON_A_PAGE + 1)
    older = f"{reverse('imports')}?before={runs[ON_A_PAGE - 1].pk}" if len(runs) > ON_A_PAGE else ""
    kept = queries.kept_profiles(organisation.pk)
    return ImportsPage(
        form=Form(
            fields=(
                Field(name="file", label="Файл", kind=FieldKind.FILES, accept=ACCEPT, required=True, errors=problems),
                Field(
                    name="profile", label="Как читать", kind=FieldKind.SELECT, required=True,
                    choices=tuple(_profiles(kept, chosen)),
                ),
            ),
            button="Загрузить",
            command_id=str(uuid4()),
        ),
        imports=tuple(import_row(run, organisation) for run in runs[:ON_A_PAGE]),
        formats=tuple(one.title for one in profiles.presets().values()),
        profiles=tuple(kept_profile(one, organisation) for one in kept),
        older_url=older,
    )  # fmt: skip


def import_row(run: ImportRun, organisation: Organisation) -> ImportRow:
    """One import as the list and its own page show it."""
    title = run.mapping.get("title", "") if isinstance(run.mapping, dict) else ""
    return ImportRow(
        key=run.pk,
        file=run.file_name,
        at=run.started_at.astimezone(ZoneInfo(organisation.zone)),
        by=run.started_by.full_name if run.started_by else "командная строка",
        state=ImportState(run.state),
        profile=", ".join(part for part in (title, run.kind) if part),
        total=run.rows_read if run.state == State.DONE else run.rows_total,
        done=run.rows_read if run.state == State.DONE else run.last_row,
        new=run.rows_new,
        known=run.rows_known,
        bad=run.rows_bad,
        note=run.problem,
    )


def import_page(run: ImportRun, *, is_known: bool = False) -> ImportPage:
    """One import with the first of its bad rows."""
    bad = [
        BadRow(number=row.number, reason=row.reason, raw=_raw(row.content)) for row in queries.bad_rows(run)[:SHOWN_BAD]
    ]
    cancel = Form(button="Остановить загрузку", command_id=str(uuid4())) if run.state in imports.UNFINISHED else None
    return ImportPage(
        row=import_row(run, run.organisation),
        bad_rows=tuple(bad),
        more_bad=max(run.rows_bad - len(bad), 0),
        queue_url=reverse("queue") if run.rows_new else "",
        is_known=is_known,
        cancel=cancel,
    )


def kept_profile(profile: ImportProfile, organisation: Organisation) -> KeptProfile:
    """A mapping that the organisation keeps, in words."""
    columns = profiles.from_json(profile.content).columns
    return KeptProfile(
        key=profile.pk,
        name=profile.name,
        by=profile.saved_by.full_name if profile.saved_by else "",
        at=profile.saved_at.astimezone(ZoneInfo(organisation.zone)),
        columns=tuple((FIELDS[field], ", ".join(named)) for field, named in columns.items()),
    )


def profile_page(profile: ImportProfile) -> ProfilePage:
    """A kept mapping with the form that forgets it."""
    form = Form(button="Забыть это соответствие", command_id=str(uuid4()))
    return ProfilePage(profile=kept_profile(profile, profile.organisation), form=form)


def _profiles(kept: list[ImportProfile], chosen: str) -> list[Choice]:
    choices = [Choice(value=imports.AUTO, label="Определить по заголовкам")]
    choices += [Choice(value=one.name, label=one.name, group="Соответствия организации") for one in kept]
    presets = profiles.presets().values()
    choices += [Choice(value=one.name, label=one.title, group="Известные системы") for one in presets]
    choices.append(Choice(value=imports.ASK, label="Указать столбцы самому", group="Вручную"))
    return [Choice(value=one.value, label=one.label, group=one.group, checked=one.value == chosen) for one in choices]


def _raw(content: dict[str, str]) -> str:
    said = "; ".join(" ".join(cell.split()) for cell in content.values())
    return said if len(said) <= LONGEST_RAW else f"{said[:LONGEST_RAW]}…"
