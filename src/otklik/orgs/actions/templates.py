"""The texts that an organisation keeps for its replies."""

from dataclasses import dataclass

from otklik.orgs import reply_templates
from otklik.orgs.actions.base import By, Changes, Refused, changes_of, done_before, from_to, put, record
from otklik.orgs.models import Organisation, ReplyTemplate
from otklik.project.transactions import write


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """What a template says, of which topic and kind of reply; both may be empty."""

    title: str
    text: str
    topic: str = ""
    kind: str = ""


def add_template(organisation: Organisation, facts: TemplateFacts, *, by: By) -> ReplyTemplate:
    """
    :raises Refused: `no_template_words`, `unknown_placeholder`, `template_title_taken`.
    """
    values = _values(facts)
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "template_added"):
            return ReplyTemplate.objects.get(pk=before["template"])
        _require_free(organisation.pk, values["title"])
        row = ReplyTemplate.objects.create(organisation=organisation, **values)
        payload = {"template": row.pk, "title": row.title, "topic": row.topic, "kind": row.kind}
        record(by, organisation.pk, "template_added", payload, text=row.text)
    return row


def change_template(row: ReplyTemplate, facts: TemplateFacts, *, by: By) -> None:
    """Another title, text, topic or kind. What it was stands in the journal; drafts written with it stay.

    :raises Refused: as `add_template`.
    """
    values = _values(facts)
    with write([row.organisation_id]):
        if done_before(by, row.organisation_id, "template_changed"):
            return
        row.refresh_from_db()
        changes = changes_of(row, values)
        if not changes:
            return
        if "title" in changes:
            _require_free(row.organisation_id, values["title"], but=row.pk)
        put(row, changes)
        _record_change(row, changes, by)


def drop_template(row: ReplyTemplate, *, by: By) -> None:
    """It is offered no more. Its words stay in the journal."""
    with write([row.organisation_id]):
        if done_before(by, row.organisation_id, "template_dropped"):
            return
        payload = {"template": row.pk, "title": row.title, "topic": row.topic, "kind": row.kind}
        text = row.text
        row.delete()
        record(by, row.organisation_id, "template_dropped", payload, text=text)


def _record_change(row: ReplyTemplate, changes: Changes, by: By) -> None:
    """The text itself goes where it can be erased."""
    plain = from_to({name: both for name, both in changes.items() if name != "text"})
    payload = {"template": row.pk, "title": row.title, "fields": list(changes), "changes": plain}
    was, now = (str(one) for one in changes.get("text", ("", "")))
    record(by, row.organisation_id, "template_changed", payload, text_from=was, text_to=now)


def _values(facts: TemplateFacts) -> dict[str, str]:
    values = {
        "title": " ".join(facts.title.split()),
        "text": facts.text.replace("\r\n", "\n").strip(),
        "topic": " ".join(facts.topic.split()),
        "kind": facts.kind,
    }
    if not values["title"] or not values["text"]:
        raise Refused("no_template_words")
    names = reply_templates.unknown(values["text"])
    if names:
        known = ", ".join(f"{{{name}}}" for name in reply_templates.PLACEHOLDERS)
        raise Refused("unknown_placeholder", name=names[0], known=known)
    return values


def _require_free(organisation_id: int, title: str, *, but: int | None = None) -> None:
    same = ReplyTemplate.objects.filter(organisation=organisation_id, title=title).values_list("pk", flat=True)
    if set(same) - {but}:
        raise Refused("template_title_taken", title=title)
