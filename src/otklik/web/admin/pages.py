"""What every screen of the administrator has: the frame, what was just done, spans of days as people say them."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from otklik.orgs import access
from otklik.orgs.models import Organisation, Person
from otklik.orgs.rights import SignedInRequest
from otklik.web.admin.asked import Asked
from otklik.web.admin.view import Desk, FormPage, Group, Tab
from otklik.web.view import Field, Form, Level, Link, Notice
from otklik.web.words import clock, day

TABS = (
    ("overview", "Обзор", "admin_organisation"),
    ("people", "Люди", "admin_people"),
    ("units", "Органы и подразделения", "admin_units"),
    ("hours", "Часы и календарь", "admin_hours"),
    ("templates", "Шаблоны ответов", "admin_templates"),
    ("acts", "Постановления", "admin_acts"),
    ("settings", "Сведения", "admin_settings"),
    ("journal", "Журнал настроек", "admin_journal"),
)

DONE = {
    "added": "Записано.",
    "changed": "Изменения сохранены.",
    "ended": "Завершено.",
    "uploaded": "Редакция загружена, ошибок нет. Прочитайте, что изменится, и назначьте день.",
    "planned": "День назначен.",
    "hours": "Часы сохранены. Открытые сроки пересчитаются в течение минуты; сдвиги попадут в журнал инцидентов.",
    "closed": "Учётная запись закрыта. Войти с ней больше нельзя.",
    "opened": "Учётная запись снова открыта.",
}
"""Code in the address after a form was done → the sentence."""


def desk_of(request: SignedInRequest, organisation: Organisation, tab: str, *notices: Notice) -> Desk:
    """The frame of a page under `tab`."""
    done = DONE.get(request.GET.get("done", ""))
    own = (Notice(level=Level.OK, text=done),) if done else ()
    return Desk(
        key=organisation.pk,
        organisation=organisation.short_name,
        tabs=tuple(
            Tab(label=label, url=reverse(name, args=[organisation.pk]), current=key == tab) for key, label, name in TABS
        ),
        others_url=reverse("admin") if access.administered(request.user).count() > 1 else "",
        notices=own + notices,
    )


def form_of(
    fields: tuple[Field, ...], button: str, *, asked: Asked | None = None, hidden: tuple[tuple[str, str], ...] = ()
) -> Form:
    """A form; after a mistake as it was filled in, with what is wrong."""
    return Form(
        fields=asked.filled(fields) if asked else fields,
        button=button,
        command_id=str(uuid4()),
        hidden=hidden,
        errors=tuple(asked.errors.get("", ())) if asked else (),
    )


def grouped(page_form: Form, *groups: tuple[str, tuple[str, ...], str]) -> tuple[Group, ...]:
    """The form's fields under headings: (title, names, lead)."""
    by_name = {field.name: field for field in page_form.fields}
    return tuple(
        Group(title=title, fields=tuple(by_name[name] for name in names), lead=lead) for title, names, lead in groups
    )


def plain(
    desk: Desk, title: str, back: Link, form: Form, *, lead: str = "", groups: tuple[Group, ...] = ()
) -> FormPage:
    """A page with one form; without groups all fields stand in one."""
    return FormPage(
        desk=desk, title=title, back=back, form=form, lead=lead, groups=groups or (Group(title="", fields=form.fields),)
    )


def local(at: dt.datetime, organisation: Organisation) -> dt.datetime:
    """The instant on the wall of the place."""
    return at.astimezone(ZoneInfo(organisation.zone))


def today(organisation: Organisation) -> dt.date:
    """The date at the place."""
    return local(timezone.now(), organisation).date()


def span_words(since_at: dt.datetime, until_at: dt.datetime | None, organisation: Organisation) -> str:
    """«с 1 ноября по 30 ноября», «с 28 ноября, 18:00 до 29 ноября, 09:00», «с 1 ноября, без срока»."""
    since, now = local(since_at, organisation), today(organisation)
    first = f"с {day(since.date(), now)}" + ("" if since.time() == dt.time() else f", {clock(since)}")
    return f"{first}, без срока" if until_at is None else f"{first} {until_words(until_at, organisation)}"


def until_words(until_at: dt.datetime, organisation: Organisation) -> str:
    """«по 30 ноября» where it ends with a day, «до 29 ноября, 09:00» elsewhere."""
    until, now = local(until_at, organisation), today(organisation)
    if until.time() == dt.time():
        return f"по {day(until.date() - dt.timedelta(days=1), now)}"
    return f"до {day(until.date(), now)}, {clock(until)}"


def person_link(organisation: Organisation, person: Person) -> Link:
    """Back to a person's page."""
    return Link(label=person.full_name, url=reverse("admin_person", args=[organisation.pk, person.pk]))
