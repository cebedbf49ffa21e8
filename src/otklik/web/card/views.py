"""The card's doors: look at an incident, and everything that can be done to it."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from otklik.files.access import Absent, file_for
from otklik.files.serving import serve
from otklik.incidents import access, actions, by_hand, linking, queries
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade
from otklik.orgs.models import Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.process import commands as c
from otklik.process.actor import OnBehalf
from otklik.process.commands import Command, CommandName, build
from otklik.process.refusal import Refusal, RefusalCode
from otklik.process.refusal_words import refusal_words
from otklik.process.state import Attachment, PublicationPlace, ReplyKind
from otklik.web.card import forms, publishing, recording, reply, templating, uploads, writing
from otklik.web.card.desk import Desk
from otklik.web.card.forms import Unreadable
from otklik.web.card.next_step import command_page
from otklik.web.card.page import card_page
from otklik.web.card.presence import presence
from otklik.web.card.reply_view import Conflict, DraftView, Finding
from otklik.web.card.view import CommandPage
from otklik.web.card.writing import Written
from otklik.web.command_ids import command_id as _command_id
from otklik.web.view import Level, Notice

SEE_OTHER = 303


def incident_of(person: Person, pk: int) -> Incident:
    """The incident of the address, for one who may see it."""
    return access.incident(person, pk)


def command_of(person: Person, pk: int, command: str) -> tuple[Incident, CommandName, str | None]:
    """The incident and the command of the address, with the role it is recorded for."""
    name, _, role = command.partition(recording.SEPARATOR)
    if name not in set(CommandName):
        raise Http404("Не найдено.")
    return access.incident(person, pk), CommandName(name), role or None


def template_of(person: Person, pk: int, template: int) -> tuple[Incident, int]:
    """The incident of the address, and the number of a template."""
    return access.incident(person, pk), template


def file_of(person: Person, pk: UUID) -> object:
    """The file of the address, for one who may see what it is attached to."""
    try:
        return file_for(person, pk)
    except Absent:
        raise Http404("Не найдено.") from None


@allow(load=incident_of)
def card(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """The card of one incident."""
    presence.seen(incident.pk, request.user, timezone.now())
    return _card(request, _desk(request, incident))


@allow(load=incident_of)
def here(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """Who else is at the card; whoever asks is there too. Kept in memory only."""
    now = timezone.now()
    presence.seen(incident.pk, request.user, now)
    return render(request, "card/_here.html", {"here": presence.others(incident.pk, request.user, now)})


@allow(load=command_of, methods=("GET", "POST"))
def command(request: SignedInRequest, found: tuple[Incident, CommandName, str | None]) -> HttpResponse:
    """A page for one command; a POST does it."""
    incident, name, role = found
    desk = _desk(request, incident)
    if request.method != "POST":
        return render(request, "card/command.html", {"page": command_page(desk, name, role=role)})
    try:
        outcome = _do(request, desk, name, role)
    except Unreadable as problem:
        return _again(request, desk, name, role, str(problem))
    except ValueError:
        return _again(request, desk, name, role, "Заполните обязательные поля и попробуйте снова.")
    if outcome.refusal is not None:
        return _again(request, desk, name, role, refusal_words(outcome.refusal, desk.data.act))
    return _back(incident)


@allow(load=incident_of, methods=("POST",))
def draft(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """Save a version of the draft; `action=submit` also sends it on. A refusal keeps every word."""
    desk, now = _desk(request, incident), timezone.now()
    try:
        written = writing.read(desk, request.POST)
    except Unreadable as problem:
        return _card(request, desk, notices=(_error(str(problem)),), status=422)
    if request.POST.get("action") == "insert":
        return _insert(request, desk, written)
    added, problems = uploads.keep(incident, request.user, request.FILES.getlist("files"), now=now)
    refusal = _save(request, desk, written, added)
    if refusal is not None:
        return _refused_draft(request, desk, written, refusal)
    if problems:
        notices = tuple(_error(problem) for problem in problems)
        return _card(request, _desk(request, incident), notices=notices, status=422)
    if request.POST.get("action") == "submit":
        fresh = _desk(request, incident)
        document = reply.current_document(fresh)
        wanted = c.SubmitDraft(version=document.version if document else 0, kind=written.kind)
        outcome = _perform(request, incident, wanted, uuid5(_command_id(request), "submit"))
        if outcome.refusal is not None:
            return _refused(request, fresh, outcome.refusal)
    return _back(incident)


@allow(load=incident_of, methods=("POST",))
def draft_check(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """What the machine notices in a text as it is typed; the text is kept as a working copy."""
    desk = _desk(request, incident)
    try:
        written = writing.read(desk, request.POST)
    except Unreadable:
        return render(request, "card/_findings.html", {"findings": ()})
    if any(one.command is CommandName.SAVE_DRAFT for one in desk.available):
        _keep_copy(request, incident, written)
        presence.seen(incident.pk, request.user, timezone.now(), is_writing=True)
    return render(request, "card/_findings.html", {"findings": _noticed(desk, written)})


@allow(load=template_of)
def draft_template(request: SignedInRequest, found: tuple[Incident, int]) -> HttpResponse:
    """The text of a template, filled in for this incident, for a script to put where the cursor stands."""
    incident, number = found
    text = templating.filled(_desk(request, incident), str(number))
    if text is None:
        raise Http404("Не найдено.")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@allow(load=incident_of, methods=("POST",))
def review(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """Approve a draft, send it back, or rework it together."""
    desk, action = _desk(request, incident), request.POST.get("action", "")
    if action == "joint":
        return redirect("card_command", pk=incident.pk, command=CommandName.REWORK_JOINTLY.value)
    number = request.POST.get("version", "")
    if not number.isdecimal() or len(number) > 9 or action not in {"approve", "send_back"}:
        return _card(request, desk, notices=(_error("Страница устарела: посмотрите проект ещё раз."),), status=422)
    version, comment = int(number), request.POST.get("comment", "").strip()
    wanted: Command = c.Approve(version=version)
    if action == "send_back":
        wanted = c.SendBack(version=version, grounds=tuple(request.POST.getlist("grounds")), reason=comment)
    outcome = _perform(request, incident, wanted, _command_id(request))
    return _back(incident) if outcome.refusal is None else _refused(request, desk, outcome.refusal)


@allow(load=incident_of, methods=("POST",))
def publish(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """Hand the approved reply to the outbox, or record that it was published by hand."""
    desk = _desk(request, incident)
    kind = next((one.slot.reply for one in desk.data.state.documents if desk.view.publishable(one)), ReplyKind.FINAL)
    outcome = _perform(request, incident, _publication(request, kind), _command_id(request))
    if outcome.refusal is None:
        return _back(incident)
    notices = (_error(refusal_words(outcome.refusal, desk.data.act)),)
    page = publishing.typed_again(card_page(desk, notices=notices), request.POST)
    return render(request, "card/page.html", {"page": page}, status=422)


@allow(load=file_of)
def file(request: SignedInRequest, record: object) -> HttpResponseBase:
    """A file, for whoever may see what it is attached to."""
    return serve(request, record)  # type: ignore[arg-type]  # `file_of` gives a FileRecord


# --- doing ---


def _publication(request: HttpRequest, kind: ReplyKind) -> Command:
    way, post = request.POST.get("way", ""), request.POST
    url, why = post.get("url", "").strip(), post.get("why_impossible", "").strip()
    link = post.get("author_link", "").strip()
    place = PublicationPlace.OWN_ACCOUNT if way in {"own_account", "by_hand_own"} else PublicationPlace.AT_SOURCE
    if way in {"by_hand", "by_hand_own"}:
        return c.ConfirmPublished(kind=kind, place=place, url=url, author_link=link, why_impossible=why)
    return c.RequestPublication(kind=kind, place=place, why_impossible=why, author_link=link)


def _save(request: SignedInRequest, desk: Desk, written: Written, added: tuple[Attachment, ...]) -> Refusal | None:
    """Save a version if there is anything new in it; None: saved, or nothing to save."""
    if not writing.is_changed(desk, written, added):
        return None
    incident = desk.data.incident
    outcome = _perform(request, incident, written.command(added), uuid5(_command_id(request), "save"))
    if outcome.refusal is None:
        actions.drop_copy(incident, request.user)
        return None
    _keep_copy(request, incident, written)
    return outcome.refusal


def _insert(request: SignedInRequest, desk: Desk, written: Written) -> HttpResponse:
    """The card with a template below what was written; kept as a working copy, not yet a version."""
    shown = reply.draft(desk)
    if shown is None or not shown.editable:
        raise Http404("Не найдено.")
    piece = templating.filled(desk, request.POST.get("template", ""))
    if piece is None:
        problem = (_error("Выберите шаблон из списка: такого больше нет."),)
        return _card(request, desk, notices=problem, draft=writing.typed_again(shown, written), status=422)
    written = replace(written, text=templating.appended(written.text, piece))
    _keep_copy(request, desk.data.incident, written)
    typed = replace(writing.typed_again(shown, written), inserted=True)
    return _card(request, desk, draft=replace(typed, findings=_noticed(desk, written)))


def _noticed(desk: Desk, written: Written) -> tuple[Finding, ...]:
    promised = [one.due_on for one in written.promises]
    return reply.noticed_in(desk, written.text, written.kind, written.states, promised) if written.text else ()


def _keep_copy(request: SignedInRequest, incident: Incident, written: Written) -> None:
    """What is being typed, kept for whoever types it."""
    actions.save_copy(
        incident,
        request.user,
        kind=written.kind,
        text=written.text,
        base_version=written.base_version,
        now=timezone.now(),
    )


def _do(request: SignedInRequest, desk: Desk, name: CommandName, role: str | None) -> actions.Outcome:
    """Do the command of the page.

    :raises ValueError: what was typed makes no command (`Unreadable`: and it says why).
    """
    incident, on_behalf = desk.data.incident, _on_behalf(request, desk, role)
    if name in {CommandName.LINK, CommandName.UNLINK}:
        return _link(request, desk, name)
    if name is not CommandName.AUTHOR_ANSWERED:
        return _perform(request, incident, _command(request, desk, name, role), _command_id(request), on_behalf)
    return by_hand.record_answer(
        incident.pk,
        _answer(request, desk),
        person=request.user,
        command_id=_command_id(request),
        now=timezone.now(),
        on_behalf_of=on_behalf,
    )


def _link(request: SignedInRequest, desk: Desk, name: CommandName) -> actions.Outcome:
    """Both incidents say it, so the person must see both."""
    values = forms.read(desk, name, request.POST)
    own = access.visible_to(request.user).filter(organisation=desk.data.incident.organisation_id)
    other = own.filter(pk=values["incident"]).first() if "incident" in values else None
    if other is None:
        raise Unreadable("Укажите номер другого сообщения, которое вы видите.")
    by: dict[str, Any] = {"person": request.user, "command_id": _command_id(request), "now": timezone.now()}
    if name is CommandName.UNLINK:
        return linking.unlink(desk.data.incident, other, **by)
    return linking.link(desk.data.incident, other, values.get("relation") or "other", **by)


def _command(request: SignedInRequest, desk: Desk, name: CommandName, role: str | None) -> Command:
    values = forms.read(desk, name, request.POST)
    if name is CommandName.LINK_REPEAT:
        values |= _linked(request, values)
    if role is not None:
        values |= {"evidence": request.POST.get("evidence", "").strip()}
        happened_at = forms.instant(desk, request.POST.get("happened_at", "").strip(), "Когда это было")
        values |= {"happened_at": happened_at} if happened_at else {}
    return build(name.value, values)


def _linked(request: SignedInRequest, values: dict[str, Any]) -> dict[str, Any]:
    """The author reads the reply in the network: the link stands in it, and leads from anywhere."""
    text, url = str(values.get("text") or ""), str(values.get("url") or "")
    whole = request.build_absolute_uri(url) if url.startswith("/") else url
    return {"url": whole, "text": text if not whole or whole in text else f"{text}\n{whole}"}


def _answer(request: SignedInRequest, desk: Desk) -> HandMade:
    """The author's answer as it was typed."""
    main = desk.data.incident.message
    return HandMade(
        network=main.network,
        text=request.POST.get("text", ""),
        url=request.POST.get("url", ""),
        author_name=main.author_name,
        is_news=False,
    )


def _on_behalf(request: SignedInRequest, desk: Desk, role: str | None) -> OnBehalf | None:
    evidence = request.POST.get("evidence", "").strip()
    return recording.on_behalf(desk, role, evidence=evidence) if role is not None else None


def _perform(
    request: SignedInRequest,
    incident: Incident,
    wanted: Command,
    command_id: UUID,
    on_behalf_of: OnBehalf | None = None,
) -> actions.Outcome:
    return actions.perform(
        incident.pk,
        wanted,
        person=request.user,
        command_id=command_id,
        now=timezone.now(),
        on_behalf_of=on_behalf_of,
    )


# --- showing ---


def _desk(request: SignedInRequest, incident: Incident) -> Desk:
    now: dt.datetime = timezone.now()
    fresh = access.incident(request.user, incident.pk)
    return Desk.for_viewer(queries.card(fresh, request.user, now), request.user, now)


def _card(
    request: SignedInRequest,
    desk: Desk,
    *,
    notices: tuple[Notice, ...] = (),
    draft: DraftView | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(request, "card/page.html", {"page": card_page(desk, notices=notices, draft=draft)}, status=status)


def _refused(request: SignedInRequest, desk: Desk, refusal: Refusal) -> HttpResponse:
    return _card(request, desk, notices=(_error(refusal_words(refusal, desk.data.act)),), status=422)


def _refused_draft(request: SignedInRequest, desk: Desk, written: Written, refusal: Refusal) -> HttpResponse:
    """The card with the text as the person left it; two people saved: both texts, side by side."""
    fresh = _desk(request, desk.data.incident)
    shown = reply.draft(fresh)
    if shown is None:
        return _refused(request, fresh, refusal)
    shown = writing.typed_again(shown, written)
    if refusal.code is not RefusalCode.DRAFT_STALE:
        notices = (_error(refusal_words(refusal, fresh.data.act)),)
        return _card(request, fresh, notices=notices, draft=shown, status=422)
    latest = shown.versions[0]
    conflict = Conflict(
        their_version=latest.number, by=latest.by, at=latest.at, their_text=latest.text, your_text=written.text
    )
    return _card(request, fresh, draft=replace(shown, conflict=conflict), status=409)


def _again(request: SignedInRequest, desk: Desk, name: CommandName, role: str | None, problem: str) -> HttpResponse:
    """The command's own page once more, with what was typed and what is wrong."""
    page: CommandPage = command_page(desk, name, role=role)
    fields = tuple(forms.filled(field, request.POST) for field in page.form.fields)
    form = replace(page.form, fields=fields, errors=(problem,))
    return render(request, "card/command.html", {"page": replace(page, form=form)}, status=422)


def _error(text: str) -> Notice:
    return Notice(level=Level.ERROR, text=text, title="Так сделать нельзя")


def _back(incident: Incident) -> HttpResponseRedirect:
    answer = redirect("card", pk=incident.pk)
    answer.status_code = SEE_OTHER
    return HttpResponseRedirect(answer.url, status=SEE_OTHER)
