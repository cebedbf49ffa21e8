"""The doors of the set-up, one a step. Each asks first whether the installation is still empty and the code right."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from otklik.orgs import first_run
from otklik.orgs.actions import By, OrganisationFacts, Refused
from otklik.orgs.first_run import Done
from otklik.orgs.keys import key_of
from otklik.orgs.rights import Route, public
from otklik.orgs.words import sentence
from otklik.project.transactions import write
from otklik.regulation.editions import editions
from otklik.regulation.parse import LoadedAct, shipped_acts
from otklik.web.admin.asked import Asked
from otklik.web.admin.pages import form_of
from otklik.web.admin.view import Group, Password
from otklik.web.admin.week import as_sent, week_of
from otklik.web.setup import steps
from otklik.web.setup.view import SetupDonePage, SetupPage
from otklik.web.signin.views import BACKEND
from otklik.web.view import Field, FieldKind, Link

KEPT = "first_run"
TOTAL = 5
SEE_OTHER, UNREADABLE = 303, 422
MOSCOW = "Europe/Moscow"
NEEDS = {"setup_act": ("place",), "setup_hours": ("place", "act"), "setup_people": ("place", "act", "hours")}
"""What must have been answered before a step."""

View = Callable[..., HttpResponse]


def step(name: str) -> Callable[[View], Route]:
    """A step after the code: of an empty installation, for the hand that knows the code, in order."""

    def decorate(view: View) -> Route:
        @public
        @sensitive_post_parameters("password", "repeated")
        @require_http_methods(["GET", "HEAD", "POST"])
        def route(request: HttpRequest) -> HttpResponse:
            if not first_run.is_empty():
                return redirect("sign_in")
            known = request.session.get(KEPT, {})
            if not first_run.fits(known.get("code", "")):
                return redirect("setup")
            missing = [one for one in NEEDS.get(name, ()) if one not in known]
            if missing:
                return redirect(f"setup_{missing[0]}")
            return view(request, known)

        return functools.update_wrapper(route, view)

    return decorate


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code of the console: who has it may set the installation up."""
    if not first_run.is_empty():
        return redirect("sign_in")
    fields = (
        Field(
            name="code",
            label="Код первой настройки",
            required=True,
            max_length=60,
            hint="Он напечатан там, где запущена программа. Если не видно: otklik init --code.",
        ),
    )
    asked = None
    if request.method == "POST":
        asked = Asked(request.POST, MOSCOW)
        if first_run.fits(asked.text("code", longest=60)):
            request.session.cycle_key()
            return _next(request, "setup_place", code=request.POST["code"].strip()[:60])
        asked.wrong("code", "Код не подходит. Проверьте буквы; дефисы и заглавные не важны.")
    page = SetupPage(
        number=1,
        total=TOTAL,
        title="Первая настройка",
        lead="Установка пуста. За десять минут вы назовёте организацию, выберете постановление, часы и людей.",
        form=form_of(fields, "Начать", asked=asked),
        groups=(Group(title="", fields=asked.filled(fields) if asked else fields),),
    )
    return _shown(request, page, asked)


@step("setup_place")
def place(request: HttpRequest, known: dict[str, Any]) -> HttpResponse:
    """How the organisation is called."""
    fields, asked = steps.place_fields(known.get("place", {})), None
    if request.method == "POST":
        asked = Asked(request.POST, MOSCOW)
        answers = steps.read_place(asked)
        if not asked.errors:
            return _next(request, "setup_act", place=answers)
    form = form_of(fields, "Дальше", asked=asked)
    page = SetupPage(
        number=2,
        total=TOTAL,
        title="Ваша организация",
        lead="",
        form=form,
        groups=(Group(title="", fields=form.fields),),
    )
    return _shown(request, page, asked)


@step("setup_act")
def act(request: HttpRequest, known: dict[str, Any]) -> HttpResponse:
    """Which of the acts: what is done, by whom, how fast."""
    asked = None
    if request.method == "POST":
        asked = Asked(request.POST, MOSCOW)
        chosen = asked.one_of("act", {one: one for one in shipped_acts()}, required="Выберите постановление.")
        if chosen and not asked.errors:
            return _next(request, "setup_hours", act=chosen)
    page = SetupPage(
        number=3,
        total=TOTAL,
        title="По какому постановлению вы работаете",
        lead="Выберите своё или самое похожее. Своё постановление можно загрузить потом, в настройке.",
        form=form_of((), "Дальше", asked=asked),
        back_url=reverse("setup_place"),
        acts=steps.act_cards(request.POST.get("act", known.get("act", ""))),
    )
    return _shown(request, page, asked)


@step("setup_hours")
def hours(request: HttpRequest, known: dict[str, Any]) -> HttpResponse:
    """The zone and the week."""
    chosen = _act(known).act
    before = known.get("hours", {"zone": chosen.place.zone, "schedule": None})
    asked = None
    if request.method == "POST":
        asked = Asked(request.POST, MOSCOW)
        answers = steps.read_hours(asked)
        if not asked.errors:
            return _next(request, "setup_people", hours={"zone": answers.zone, "schedule": answers.schedule})
    fields = (steps.zone_field(before["zone"]), steps.hours_source(chosen, before["schedule"] is not None))
    form = form_of(fields, "Дальше", asked=asked)
    page = SetupPage(
        number=4,
        total=TOTAL,
        title="Часовой пояс и часы работы",
        lead="По ним считаются сроки. Праздники и переносы программа знает сама.",
        form=form,
        back_url=reverse("setup_act"),
        groups=(Group(title="", fields=form.fields[:1]),),
        source=form.fields[1],
        week=as_sent(asked) if asked else week_of(before["schedule"] or chosen.place.schedule),
    )
    return _shown(request, page, asked)


@step("setup_people")
@sensitive_variables("newcomers")
def people(request: HttpRequest, known: dict[str, Any]) -> HttpResponse:
    """Three people and who does what; then everything is written at once."""
    loaded = _act(known)
    asked = None
    if request.method == "POST":
        asked = Asked(request.POST, MOSCOW)
        newcomers = steps.read_people(asked, loaded.act)
        if not asked.errors:
            try:
                done = first_run.set_up(_facts(known, loaded), newcomers, given_code=known["code"], by=_by(request))
            except Refused as refusal:
                name = {"weak_password": "password"}.get(refusal.code, "")
                asked.wrong(name, sentence(refusal.code, refusal.facts))
            else:
                return _finish(request, done)
    return _shown(request, _people_page(loaded, asked), asked)


def _people_page(loaded: LoadedAct, asked: Asked | None) -> SetupPage:
    rows = steps.people_fields(loaded.act)
    later = Field(
        name="later",
        label="Недостающие роли назначу позже",
        kind=FieldKind.CHECKBOX,
        hint="Раздел «Настройка», «Люди».",
    )
    form = form_of((*(field for row in rows for field in row), later), "Готово", asked=asked)
    by_name = {field.name: field for field in form.fields}
    groups = [
        Group(title=title, fields=tuple(by_name[field.name] for field in row), lead=lead)
        for title, row, lead in zip(
            steps.ORDINALS,
            rows,
            ("", "Оставьте пустым, если его нет.", "Оставьте пустым, если его нет."),
            strict=True,
        )
    ]
    groups.append(Group(title="", fields=(by_name["later"],)))
    return SetupPage(
        number=5,
        total=TOTAL,
        title="Люди и кто что делает",
        lead="Один человек может делать всё: отметьте у него несколько ролей. Остальных добавите потом.",
        form=form,
        back_url=reverse("setup_hours"),
        groups=tuple(groups),
    )


@sensitive_variables("done")
def _finish(request: HttpRequest, done: Done) -> HttpResponse:
    """The first person is signed in; the others' passwords are shown this once."""
    request.session.pop(KEPT, None)
    with write([done.organisation.pk]):
        login(request, done.people[0], backend=BACKEND)
    page = SetupDonePage(
        organisation=done.organisation.short_name,
        passwords=tuple(
            Password(name=person.full_name, login=person.get_username(), password=password)
            for person, password in done.passwords
        ),
        next_steps=(
            Link(label="Завести первое сообщение", url=reverse("message_new")),
            Link(label="Настройка: люди, часы, постановление", url=reverse("admin")),
            Link(label="Очередь", url="/"),
        ),
    )
    return render(request, "setup/done.html", {"page": page})


def _facts(known: dict[str, Any], loaded: LoadedAct) -> OrganisationFacts:
    return OrganisationFacts(
        key=key_of(known["place"]["short_name"], ()),
        name=known["place"]["name"],
        short_name=known["place"]["short_name"],
        zone=known["hours"]["zone"],
        act=loaded.act.act,
        act_hash=loaded.hash,
        schedule=known["hours"]["schedule"],
    )


def _act(known: dict[str, Any]) -> LoadedAct:
    return editions(known["act"])[-1]


def _by(request: HttpRequest) -> By:
    try:
        command_id = UUID(request.POST.get("command_id", ""))
    except ValueError:
        command_id = uuid4()
    return By(person_id=None, command_id=command_id, now=timezone.now())


def _next(request: HttpRequest, name: str, **answers: object) -> HttpResponse:
    """The answers are kept in the session, and the next step is shown."""
    request.session[KEPT] = {**request.session.get(KEPT, {}), **answers}
    return HttpResponseRedirect(reverse(name), status=SEE_OTHER)


def _shown(request: HttpRequest, page: SetupPage, asked: Asked | None) -> HttpResponse:
    return render(request, "setup/page.html", {"page": page}, status=UNREADABLE if asked else 200)
