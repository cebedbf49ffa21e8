"""Acts: what is in force, an edition uploaded and checked, what it changes, the day it starts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.orgs import act_upload, actions, acts
from otklik.orgs.act_upload import Examined, UploadRefused
from otklik.orgs.actions import Refused
from otklik.orgs.models import Organisation, UploadedEdition
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import sentence
from otklik.process.cases import Outcome, run_cases
from otklik.regulation.difference import Change, difference
from otklik.regulation.editions import editions, resolve
from otklik.regulation.model import Act
from otklik.regulation.parse import LoadedAct, shipped_acts
from otklik.regulation.problems import ActProblems
from otklik.web.act.page import checked_once, findings_of
from otklik.web.act.view import ActFinding
from otklik.web.admin.asked import Asked
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of
from otklik.web.admin.view import ActsPage, ChangesFor, EditionPage, EditionRow, FormPage, PlanRow
from otklik.web.view import Field, FieldKind, Level, Link
from otklik.web.words import counted, day

FILE = Field(
    name="file",
    label="Файл редакции",
    kind=FieldKind.FILES,
    accept=".yaml,.yml,.zip",
    required=True,
    hint="ZIP с папкой акта (act.yaml, clauses.yaml, amendments, cases), один act.yaml или одно изменение.",
)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the address. `row` None: an act that comes with the program."""

    loaded: LoadedAct
    row: UploadedEdition | None = None

    @property
    def key(self) -> str:
        return str(self.row.pk) if self.row else self.loaded.act.act


# --- the list ---


@administers(methods=BOTH)
def act_list(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """What counts from which day; a POST brings an edition, and shows it, or everything that is wrong with it."""
    if not is_sent(request):
        return _list(request, place, status=200)
    asked = Asked(request.POST, place.zone)
    given = request.FILES.get("file")
    if given is None:
        asked.wrong("file", "Выберите файл YAML или ZIP.")
        return _list(request, place, asked=asked, status=UNREADABLE)
    if (given.size or 0) > act_upload.LARGEST_UPLOAD:
        asked.wrong("file", f"Файл больше {act_upload.LARGEST_UPLOAD // 1000} КБ. Постановление столько не занимает.")
        return _list(request, place, asked=asked, status=UNREADABLE)
    try:
        files = act_upload.files_in(given.name or "act.yaml", given.read(), place)
        examined = act_upload.examine(files)
    except UploadRefused as refused:
        asked.wrong("file", str(refused))
        return _list(request, place, asked=asked, status=UNREADABLE)
    except ActProblems as error:
        said = tuple(problem.in_russian() for problem in error.problems)
        return _list(request, place, asked=asked, problems=said, status=UNREADABLE)
    if examined.checked.has_errors or examined.failed:
        return _refused(request, place, asked, examined)
    loaded = examined.loaded
    try:
        row = actions.store_edition(place, act=loaded.act, act_hash=loaded.hash, files=files, by=by_hand_of(request))
    except Refused as refusal:
        asked.wrong("", sentence(refusal.code, refusal.facts))
        return _list(request, place, asked=asked, status=UNREADABLE)
    return see("admin_edition", place.pk, row.pk, done="uploaded")


def _refused(request: SignedInRequest, place: Organisation, asked: Asked, examined: Examined) -> HttpResponse:
    errors = tuple(one for one in findings_of(examined.loaded) if one.level is Level.ERROR)
    said = tuple(line for outcome in examined.failed for line in _told(outcome))
    return _list(request, place, asked=asked, problems=said, findings=errors, status=UNREADABLE)


def _list(
    request: SignedInRequest,
    place: Organisation,
    *,
    asked: Asked | None = None,
    problems: tuple[str, ...] = (),
    findings: tuple[ActFinding, ...] = (),
    status: int,
) -> HttpResponse:
    in_force = acts.in_force(place, acts.today(place))
    rows = acts.uploaded_by(place)
    page = ActsPage(
        desk=desk_of(request, place, "acts"),
        title=in_force.act.title if in_force else "Постановление не выбрано",
        plan=_plan(place),
        uploaded=tuple(
            EditionRow(
                title=str(row.document.get("short_title", row.act)),
                url=reverse("admin_edition", args=[place.pk, row.pk]),
                note=f"{row.hash[:12]}, загружена {day(row.uploaded_at.date(), acts.today(place))}"
                + (f", {row.uploaded_by.full_name}" if row.uploaded_by else ""),
            )
            for row in rows
        ),
        shipped=tuple(
            EditionRow(title=resolve(act).act.short_title, url=reverse("admin_edition", args=[place.pk, act]), note=act)
            for act in shipped_acts()
        ),
        form=form_of((FILE,), "Загрузить и проверить", asked=asked),
        problems=problems,
        findings=findings,
    )
    return render(request, "admin/acts.html", {"page": page}, status=status)


def _plan(place: Organisation) -> tuple[PlanRow, ...]:
    """The first act, then what was planned, in the order of the days; the one in force is said to be so."""
    today = acts.today(place)
    entries = [{"starts_on": "", "act": place.act, "hash": ""}] if place.act else []
    entries += place.act_plan
    counting = max((one["starts_on"] for one in entries if one["starts_on"] <= today.isoformat()), default=None)
    titles = {row.hash: str(row.document.get("short_title", row.act)) for row in place.uploaded_editions.all()}
    rows = []
    for one in entries:
        starts = dt.date.fromisoformat(one["starts_on"]) if one["starts_on"] else None
        is_coming = starts is not None and starts > today
        cancel = reverse("admin_act_cancel", args=[place.pk, one["starts_on"]]) if is_coming else ""
        rows.append(
            PlanRow(
                starts=f"с {day(starts, today)}" if starts else "с начала работы",
                title=titles.get(one["hash"], "") or resolve(one["act"]).act.short_title,
                digest=one["hash"][:12],
                state="назначено" if is_coming else ("действует" if one["starts_on"] == counting else "раньше"),
                cancel_url=cancel,
            )
        )
    return tuple(rows)


# --- one edition ---


def edition_of(place: Organisation, which: str) -> Edition:
    """An uploaded edition by its number, or an act of the program by its id."""
    if which in shipped_acts():
        return Edition(editions(which)[-1])
    if not which.isdecimal() or len(which) > 15:
        raise Http404("Не найдено.")
    row = acts.uploaded_by(place).get(pk=int(which))
    try:
        return Edition(acts.loaded(place.pk, row.hash), row)
    except ActProblems:  # a stricter release: what was read stays, lines are gone
        return Edition(LoadedAct(Act.model_validate(row.document), row.hash, {}), row)


@administers(edition_of, methods=BOTH)
def edition(request: SignedInRequest, place: Organisation, one: Edition) -> HttpResponse:
    """What an edition says and changes; a POST names the day it starts."""
    fields = (
        Field(
            name="starts_on",
            label="С какого дня",
            kind=FieldKind.DATE,
            required=True,
            value=acts.today(place).isoformat(),
            hint="Новые инциденты пойдут по этой редакции; открытые останутся при своей.",
        ),
    )
    if not is_sent(request):
        return _edition_page(request, place, one, fields, None, status=200)
    asked = Asked(request.POST, place.zone)
    starts_on = asked.day("starts_on", required="Назовите день.")
    if checked_once(one.loaded).has_errors:
        asked.wrong("", "В редакции есть ошибки: исправьте файл и загрузите снова.")
    if starts_on is not None and not asked.errors:
        try:
            actions.plan_act(
                place, act=one.loaded.act.act, edition=one.row, starts_on=starts_on, by=by_hand_of(request)
            )
        except Refused as refusal:
            asked.wrong("starts_on", sentence(refusal.code, refusal.facts))
        else:
            return see("admin_acts", place.pk, done="planned")
    return _edition_page(request, place, one, fields, asked, status=UNREADABLE)


def _edition_page(
    request: SignedInRequest,
    place: Organisation,
    one: Edition,
    fields: tuple[Field, ...],
    asked: Asked | None,
    *,
    status: int,
) -> HttpResponse:
    in_force = acts.in_force(place, acts.today(place))
    is_planned = one.row is not None and any(entry["hash"] == one.row.hash for entry in place.act_plan)
    cases, failed = _cases(one)
    page = EditionPage(
        desk=desk_of(request, place, "acts"),
        back=Link(label="Постановления", url=reverse("admin_acts", args=[place.pk])),
        title=one.loaded.act.title,
        short_title=one.loaded.act.short_title,
        digest=one.loaded.hash[:12],
        findings=findings_of(one.loaded),
        cases=cases,
        failed=failed,
        compared_with=in_force.act.short_title if in_force else "",
        changes=_changes(difference(in_force.act, one.loaded.act)) if in_force else (),
        form=form_of(fields, "Назначить", asked=asked),
        is_in_force=in_force is not None and in_force.hash == one.loaded.hash,
        drop_url=reverse("admin_edition_drop", args=[place.pk, one.row.pk]) if one.row and not is_planned else "",
    )
    return render(request, "admin/edition.html", {"page": page}, status=status)


def _cases(one: Edition) -> tuple[str, tuple[str, ...]]:
    """How many worked examples there are, and those that do not come out. Uploaded ones were tried at the upload."""
    if one.row is not None:
        number = sum(1 for name in one.row.files if name.startswith("cases/"))
        return (
            f"Файлов с примерами: {number}, все сошлись при загрузке." if number else "Примеров в редакции нет."
        ), ()
    assert one.loaded.folder is not None  # noqa: S101  # an act of the program lies in a folder
    outcomes = run_cases(one.loaded.folder)
    bad = tuple(line for outcome in outcomes if not outcome.passed for line in _told(outcome))
    said = counted(len(outcomes), "пример|примера|примеров")
    return f"Проверено на {said}.", bad


def _told(outcome: Outcome) -> list[str]:
    return [
        f"{outcome.where} «{outcome.case.name}», шаг {one.expected.step}: ожидалось {one.wanted}, вышло {one.got}"
        for one in outcome.differences
    ]


def _changes(found: list[Change]) -> tuple[ChangesFor, ...]:
    def whom(change: Change) -> tuple[bool, str]:
        return (change.who is None, change.who or "Для всех")

    return tuple(
        ChangesFor(who=who, sentences=tuple(one.in_russian() for one in group))
        for (_, who), group in groupby(sorted(found, key=whom), key=whom)
    )


# --- taking back ---


def planned_day(place: Organisation, starts_on: str) -> dt.date:
    """A day of the plan."""
    if not any(one["starts_on"] == starts_on for one in place.act_plan):
        raise Http404("Не найдено.")
    return dt.date.fromisoformat(starts_on)


@administers(planned_day, methods=BOTH)
def act_cancel(request: SignedInRequest, place: Organisation, starts_on: dt.date) -> HttpResponse:
    """What was planned for a coming day is taken off the plan."""
    return _take_back(
        request,
        place,
        f"Отменить назначенное на {day(starts_on, acts.today(place))}",
        "В этот день постановление не сменится, продолжит действовать нынешнее.",
        "Назначьте день снова на странице редакции.",
        lambda: actions.unplan_act(place, starts_on=starts_on, by=by_hand_of(request)),
    )


def uploaded_of(place: Organisation, pk: int) -> UploadedEdition:
    """The uploaded edition of the address."""
    return acts.uploaded_by(place).get(pk=pk)


@administers(uploaded_of, methods=BOTH)
def edition_drop(request: SignedInRequest, place: Organisation, row: UploadedEdition) -> HttpResponse:
    """An edition that counts for nothing is taken away."""
    return _take_back(
        request,
        place,
        f"Удалить загруженную редакцию {row.hash[:12]}",
        "Файлы редакции будут удалены. По ней нет ни одного инцидента.",
        "Загрузите файл снова.",
        lambda: actions.drop_edition(row, by=by_hand_of(request)),
    )


def _take_back(
    request: SignedInRequest, place: Organisation, title: str, happens: str, undo: str, do: Callable[[], None]
) -> HttpResponse:
    asked = Asked(request.POST, place.zone)
    if is_sent(request):
        try:
            do()
        except Refused as refusal:
            asked.wrong("", sentence(refusal.code, refusal.facts))
        else:
            return see("admin_acts", place.pk, done="ended")
    page = FormPage(
        desk=desk_of(request, place, "acts"),
        title=title,
        back=Link(label="Постановления", url=reverse("admin_acts", args=[place.pk])),
        form=form_of((), title.partition(" ")[0], asked=asked),
        consequences=(happens,),
        undo=undo,
        danger=True,
    )
    return render(request, "admin/form.html", {"page": page}, status=UNREADABLE if asked.errors else 200)
