"""The draft as a form sends it: read, and made into a command."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from otklik.process.commands import Promised, SaveDraft
from otklik.process.state import Attachment, ReplyKind
from otklik.web.card.desk import Desk
from otklik.web.card.forms import Unreadable
from otklik.web.card.reply import current_document
from otklik.web.card.reply_view import DraftView, Promise


@dataclass(frozen=True, slots=True)
class Written:
    """What the person wrote, whatever becomes of it."""

    kind: ReplyKind
    base_version: int
    text: str
    states: frozenset[str]
    impossibility: str
    promises: tuple[Promised, ...]
    kept: tuple[Attachment, ...]
    """Files of the version it was written on, without those taken away."""

    def command(self, added: Iterable[Attachment] = ()) -> SaveDraft:
        return SaveDraft(
            kind=self.kind,
            base_version=self.base_version,
            text=self.text,
            states=self.states,
            impossibility=self.impossibility,
            promises=self.promises,
            attachments=(*self.kept, *added),
        )


def read(desk: Desk, post: QueryDict) -> Written:
    """The draft form of a POST.

    :raises Unreadable: a date or number that cannot be read; the sentence says which.
    """
    try:
        kind = ReplyKind(post.get("kind") or ReplyKind.FINAL.value)
    except ValueError:
        raise Unreadable("Выберите вид ответа.") from None
    base = post.get("base_version", "0")
    if not base.isdecimal() or len(base) > 9:
        raise Unreadable("Страница устарела: откройте сообщение заново, ваш текст сохранён.")
    return Written(
        kind=kind,
        base_version=int(base),
        text=post.get("text", "").replace("\r\n", "\n").strip(),
        states=frozenset(post.getlist("claims")),
        impossibility=post.get("impossibility", "").strip() if kind is ReplyKind.INTERIM else "",
        promises=tuple(_promises(post)),
        kept=_kept(desk, post.get("remove_attachment", "")),
    )


def typed_again(shown: DraftView, written: Written) -> DraftView:
    """The workspace as its form was sent, so that nothing that was typed or ticked is lost."""
    promises = tuple(Promise(on=one.due_on, what=one.what) for one in written.promises)
    kept = {one.key for one in written.kept}
    return replace(
        shown,
        text=written.text,
        kinds=tuple(replace(one, checked=one.value == written.kind.value) for one in shown.kinds),
        claims=tuple(replace(one, checked=one.value in written.states) for one in shown.claims),
        impossibility=None if shown.impossibility is None else written.impossibility,
        attachments=tuple(one for one in shown.attachments if one.key in kept),
        promises=(*promises, *(one for one in shown.promises if one.on is None)),
    )


def is_changed(desk: Desk, written: Written, added: tuple[Attachment, ...]) -> bool:
    """Whether there is anything to save: the text, what it states, its files or its dates differ from the version."""
    document = current_document(desk)
    latest = document.latest if document else None
    if document is None or latest is None or document.slot.reply is not written.kind or added:
        return True
    return (
        written.text != saved_text(desk).strip()
        or written.states != latest.states
        or written.kept != latest.attachments
        or [one.due_on for one in written.promises] != [one.due_on for one in latest.promises]
        or bool(written.impossibility) != latest.impossibility_stated
    )


def saved_text(desk: Desk) -> str:
    """The text of the latest version; empty if there is none."""
    from otklik.incidents.reactions import version_of

    document = current_document(desk)
    saved = version_of(desk.data.recorded, document.slot, document.version) if document else None
    return saved.texts.get("text", "") if saved else ""


def _promises(post: QueryDict) -> Iterable[Promised]:
    for on, what in zip(post.getlist("promise_on"), post.getlist("promise_what"), strict=False):
        if not on.strip() and not what.strip():
            continue
        try:
            due_on = dt.date.fromisoformat(on.strip())
        except ValueError:
            raise Unreadable(f"Обещанный срок «{what}»: укажите день.") from None
        yield Promised(due_on=due_on, what=what.strip())


def _kept(desk: Desk, removed: str) -> tuple[Attachment, ...]:
    document = current_document(desk)
    latest = document.latest if document else None
    return tuple(one for one in latest.attachments if one.key != removed) if latest else ()
