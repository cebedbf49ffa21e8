"""The reply on the card: the draft with its versions and findings, the review, the publication, the parts."""

import datetime as dt
import difflib
from collections.abc import Iterable
from uuid import uuid4

from otklik.incidents.models import DraftCopy
from otklik.incidents.reactions import version_of
from otklik.journal.queries import Recorded
from otklik.process.commands import CommandName
from otklik.process.events import EventKind
from otklik.process.finding_words import finding_words
from otklik.process.findings import Finding as Noticed
from otklik.process.findings import ReplyText, Severity, findings
from otklik.process.refusal_words import reply_words, state_words
from otklik.process.state import Document, DocumentStatus, ReplyKind, Version
from otklik.web.card import templating
from otklik.web.card.desk import Desk
from otklik.web.card.fields import earlier_reply_url
from otklik.web.card.next_step import place_of
from otklik.web.card.reply_view import (
    Conflict,
    DiffKind,
    DiffPiece,
    DraftVersion,
    DraftView,
    Finding,
    Promise,
)
from otklik.web.card.view import StepPlace
from otklik.web.links import outward
from otklik.web.view import Choice, Form, Level, Link
from otklik.web.words import near_moment

C = CommandName
BLANK_PROMISES = 1
"""Empty rows for promised dates under those already there."""
OFFERED = (ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CLARIFICATION)
_FATES = {
    DocumentStatus.VISA: "на визе",
    DocumentStatus.REVIEW: "на согласовании",
    DocumentStatus.SENT_BACK: "возвращена на доработку",
    DocumentStatus.APPROVED: "согласована",
    DocumentStatus.PUBLISHING: "размещается",
    DocumentStatus.FAILED: "не размещена",
    DocumentStatus.UNKNOWN: "неизвестно, размещена ли",
    DocumentStatus.PUBLISHED: "размещена",
}


def current_document(desk: Desk) -> Document | None:
    """The reply being worked on: what is in flight, else what its authors hold."""
    with_authors = desk.view.with_authors
    return desk.data.state.in_flight or with_authors


def draft(desk: Desk) -> DraftView | None:
    """The draft, to be written or to be read; None where there is none and none may be written."""
    document = current_document(desk)
    may_save = any(one.command is C.SAVE_DRAFT for one in desk.available)
    editable = may_save and (document is None or document == desk.view.with_authors)
    if document is None and not editable:
        return None
    saved = _latest(desk, document)
    copy = _copy(desk, saved) if editable else None
    kind = ReplyKind(copy.kind) if copy else document.slot.reply if document else ReplyKind.FINAL
    text = copy.text if copy else (saved.texts.get("text", "") if saved else "")
    version = document.latest if document else None
    limits = [one for one in desk.data.act.policies.network_limits if one.network == desk.data.incident.network]
    return DraftView(
        kinds=_kinds(desk, kind, document),
        text=text,
        base_version=document.version if document else 0,
        editable=editable,
        form=Form(command_id=str(uuid4())),
        saved=_saved(desk, document, copy),
        conflict=_conflict(desk, copy, document, saved),
        claims=_claims(version),
        impossibility=_impossibility(desk, saved),
        attachments=desk.attachments(version.attachments if version else (), removable=editable),
        promises=(*_promises(version, saved), *(Promise(on=None, what="") for _ in range(BLANK_PROMISES))),
        earlier_reply=_earlier(desk),
        hard_length=min((one.hard_length for one in limits if one.hard_length), default=None),
        recommended_length=min((one.recommended_length for one in limits if one.recommended_length), default=None),
        requirements=tuple(f"{one.words} (п. {one.clause})" for one in desk.data.act.policies.reply_requirements),
        findings=noticed(desk, text, kind, version) if text else (),
        templates=templating.offered(desk, kind) if editable else (),
        versions=_versions(desk, document),
        remarks=_remarks(desk, document),
        grounds=_grounds(desk, document),
        submit=desk.title_of(C.SUBMIT_DRAFT, "Направить на согласование"),
        may_submit=place_of(desk) is StepPlace.DRAFT or any(one.command is C.SUBMIT_DRAFT for one in desk.available),
    )


def _copy(desk: Desk, saved: Recorded | None) -> DraftCopy | None:
    """The viewer's working copy, if it says anything that the version does not."""
    copy = desk.data.copy
    return None if copy is None or (saved and copy.text == saved.texts.get("text", "")) else copy


def _conflict(desk: Desk, copy: DraftCopy | None, document: Document | None, saved: Recorded | None) -> Conflict | None:
    """Somebody saved a version after the viewer's working copy was begun: both texts, side by side."""
    latest = document.latest if document else None
    if copy is None or latest is None or saved is None or copy.base_version >= latest.number:
        return None
    return Conflict(
        their_version=latest.number,
        by=desk.person_name(latest.by),
        at=latest.saved_at.astimezone(desk.now.tzinfo),
        their_text=saved.texts.get("text", ""),
        your_text=copy.text,
    )


def _latest(desk: Desk, document: Document | None) -> Recorded | None:
    return version_of(desk.data.recorded, document.slot, document.version) if document and document.version else None


def _kinds(desk: Desk, chosen: ReplyKind, document: Document | None) -> tuple[Choice, ...]:
    """Final, interim, clarification; what the act does not know is shown with the reason and cannot be chosen."""
    policies = desk.data.act.policies
    if document is not None and document.slot.reply not in OFFERED:
        reply = document.slot.reply
        return (Choice(value=reply.value, label=reply_words(reply), checked=True),)
    absent = {
        ReplyKind.INTERIM: policies.interim is None and "акт не знает промежуточных ответов",
        ReplyKind.CLARIFICATION: policies.clarification is None and "акт не знает запросов автору",
        ReplyKind.FINAL: False,
    }
    given = {one.slot.reply for one in desk.data.state.published}
    hints = {
        reply: absent[reply]
        or (
            "промежуточный ответ уже дан, второго акты не знают"
            if reply is ReplyKind.INTERIM and reply in given
            else ""
        )
        for reply in OFFERED
    }
    return tuple(
        Choice(
            value=reply.value,
            label=reply_words(reply),
            checked=reply is chosen,
            disabled=bool(hints[reply]),
            hint=str(hints[reply] or ""),
        )
        for reply in OFFERED
    )


def _claims(version: Version | None) -> tuple[Choice, ...]:
    stated = version.states if version else frozenset()
    return tuple(
        Choice(value=one, label=state_words(one), checked=one in stated)
        for one in ("measures", "progress", "refutation")
    )


def _impossibility(desk: Desk, saved: Recorded | None) -> str | None:
    interim = desk.data.act.policies.interim
    if interim is None or not interim.only_if_impossible:
        return None
    return saved.texts.get("impossibility", "") if saved else ""


def _promises(version: Version | None, saved: Recorded | None) -> tuple[Promise, ...]:
    if version is None or saved is None:
        return ()
    return tuple(
        Promise(on=one.due_on, what=saved.texts.get(f"promise_{number}", ""))
        for number, one in enumerate(version.promises, start=1)
    )


def _saved(desk: Desk, document: Document | None, copy: DraftCopy | None) -> str:
    """Which version this is; of a working copy, since when it has waited to become one."""
    if copy is not None:
        at = near_moment(copy.saved_at.astimezone(desk.now.tzinfo), desk.now)
        return f"Ваш текст, набранный {at}; версией ещё не сохранён"
    latest = document.latest if document else None
    if latest is None:
        return ""
    at = near_moment(latest.saved_at.astimezone(desk.now.tzinfo), desk.now)
    return f"Версия {latest.number}, {desk.person_name(latest.by)}, {at}"


def _earlier(desk: Desk) -> Link | None:
    url = outward(earlier_reply_url(desk))
    return Link(label="прежний ответ", url=url) if url else None


def _versions(desk: Desk, document: Document | None) -> tuple[DraftVersion, ...]:
    if document is None:
        return ()
    found, before = [], ""
    for version in document.versions:
        saved = version_of(desk.data.recorded, document.slot, version.number)
        text = saved.texts.get("text", "") if saved else ""
        found.append(
            DraftVersion(
                number=version.number,
                by=desk.person_name(version.by),
                at=version.saved_at.astimezone(desk.now.tzinfo),
                kind=reply_words(document.slot.reply),
                text=text,
                difference=difference(before, text) if before else (),
                fate=_FATES.get(document.status, "") if version.number == document.submitted else "",
            )
        )
        before = text
    return tuple(reversed(found))


def difference(old: str, new: str) -> tuple[DiffPiece, ...]:
    """The difference between two texts, word by word."""
    before, after = _words(old), _words(new)
    pieces = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(DiffPiece(kind=DiffKind.SAME, text="".join(before[i1:i2])))
            continue
        if i1 != i2:
            pieces.append(DiffPiece(kind=DiffKind.REMOVED, text="".join(before[i1:i2])))
        if j1 != j2:
            pieces.append(DiffPiece(kind=DiffKind.ADDED, text="".join(after[j1:j2])))
    return tuple(pieces)


def _words(text: str) -> list[str]:
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        parts = line.split(" ")
        words += [f"{part} " for part in parts[:-1]] + [parts[-1]]
    return words


def _sent_back(desk: Desk, document: Document | None) -> Recorded | None:
    if document is None or document.status is not DocumentStatus.SENT_BACK:
        return None
    kinds = {EventKind.SENT_BACK.value, EventKind.VISA_REFUSED.value}
    return next((event for event in reversed(desk.data.recorded) if event.kind in kinds), None)


def _remarks(desk: Desk, document: Document | None) -> str:
    event = _sent_back(desk, document)
    return event.texts.get("reason", "") if event else ""


def _grounds(desk: Desk, document: Document | None) -> tuple[str, ...]:
    if document is None or document.status is not DocumentStatus.SENT_BACK:
        return ()
    words = {one.ground: one.words for one in desk.data.act.policies.review.grounds}
    return tuple(words.get(ground, ground) for ground in document.grounds)


def noticed(desk: Desk, text: str, kind: ReplyKind, version: Version | None) -> tuple[Finding, ...]:
    """What the machine notices in the text, most serious first."""
    promised = [one.due_on for one in version.promises] if version else ()
    return noticed_in(desk, text, kind, version.states if version else frozenset(), promised)


def noticed_in(
    desk: Desk, text: str, kind: ReplyKind, states: frozenset[str], promised: Iterable[dt.date]
) -> tuple[Finding, ...]:
    """The same for a text that is being typed: its files are those of the last version."""
    document = current_document(desk)
    version = document.latest if document else None
    files = frozenset(one.kind for one in version.attachments) if version else frozenset()
    network, today = desk.data.incident.network, desk.now.date()
    found = ReplyText(text, network, today, kind, states, files, frozenset(promised))
    return (*templating.blanks(text), *shown_findings(findings(found, desk.data.act), text))


def shown_findings(found: Iterable[Noticed], text: str) -> tuple[Finding, ...]:
    """Findings in words, those that refuse first."""
    ordered = sorted(found, key=lambda one: one.severity is not Severity.REFUSES)
    return tuple(_finding(one, text) for one in ordered)


def _finding(one: Noticed, text: str) -> Finding:
    refuses = one.severity is Severity.REFUSES
    return Finding(
        level=Level.ERROR if refuses else Level.INFO,
        title=finding_words(one),
        fragment=text[one.fragment.start : one.fragment.end] if one.fragment else "",
        clause=one.source.clause if one.source else "",
        quote=one.source.quote if one.source else "",
        blocks=refuses,
    )
