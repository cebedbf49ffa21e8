"""The review and the publication of a reply on the card."""

from dataclasses import replace
from uuid import uuid4

from django.http import QueryDict

from otklik.channels import queries as channels
from otklik.incidents.reactions import version_of
from otklik.journal.queries import Recorded
from otklik.process.commands import CommandName
from otklik.process.refusal_words import reply_words
from otklik.process.state import Document, DocumentStatus
from otklik.regulation.model.policies import Reasons
from otklik.web.card.desk import Desk
from otklik.web.card.forms import filled
from otklik.web.card.reply_view import PublicationState, PublicationView, ReviewView
from otklik.web.card.view import CardPage
from otklik.web.links import outward
from otklik.web.networks import network
from otklik.web.view import Choice, Field, FieldKind, Form

C = CommandName


def review(desk: Desk) -> ReviewView | None:
    """The reviewer's part, for whoever may approve now."""
    document = desk.data.state.in_flight
    may = {one.command for one in desk.available}
    if document is None or document.status is not DocumentStatus.REVIEW or not may & {C.APPROVE, C.SEND_BACK}:
        return None
    policy = desk.data.act.policies.review
    return ReviewView(
        version=document.submitted or document.version,
        form=Form(command_id=str(uuid4())),
        grounds=tuple(Choice(value=one.ground, label=one.words, clause=one.clause) for one in policy.grounds),
        reasons_required=policy.reasons is not Reasons.OPTIONAL,
        joint=C.REWORK_JOINTLY in may,
        approve=desk.title_of(C.APPROVE, "Согласовать"),
        clause=policy.clause,
        own_draft_note="Это ваш собственный проект: акт отдаёт подготовку и согласование в одни руки."
        if document.submitted_by == str(desk.viewer.pk)
        else "",
    )


def publications(desk: Desk) -> tuple[PublicationView, ...]:
    """What is to be published now, then everything that is on its way or stands."""
    found = []
    rows = {row.slot_key: row for row in channels.publications_of(desk.data.incident.pk)}
    may = {one.command for one in desk.available}
    for document in desk.data.state.documents:
        state = _publication_state(desk, document)
        if state is None:
            continue
        row = rows.get(document.slot.key)
        may_publish = state in {PublicationState.READY, PublicationState.FAILED} and C.REQUEST_PUBLICATION in may
        saved = version_of(desk.data.recorded, document.slot, document.submitted or document.version)
        done = document.publication
        version = document.before_reviewer or document.latest
        found.append(
            PublicationView(
                state=state,
                kind=reply_words(document.slot.reply),
                text=_text(saved, state),
                where=network(desk.data.incident.network),
                target_url=outward(desk.data.incident.message.url),
                may_publish=may_publish,
                form=_publication_form(desk) if may_publish else Form(),
                ways=_ways(desk) if may_publish else (),
                attachments=desk.attachments(version.attachments if version else ()),
                published_at=done.published_at.astimezone(desk.now.tzinfo) if done and done.published_at else None,
                url=outward(done.url) if done else "",
                account=row.account.title if row and row.account else "",
                problem=row.problem if row and state is not PublicationState.PUBLISHED else "",
                button=desk.title_of(C.REQUEST_PUBLICATION, "Разместить ответ"),
            )
        )
    return tuple(sorted(found, key=lambda one: not one.may_publish))


def _text(saved: Recorded | None, state: PublicationState) -> str:
    """What goes out; what stands is read in the thread, under the citizen's words, and not twice."""
    return saved.texts.get("text", "") if saved and state is not PublicationState.PUBLISHED else ""


def _publication_state(desk: Desk, document: Document) -> PublicationState | None:
    if document.publication and document.publication.withdrawn_at:
        return PublicationState.WITHDRAWN
    match document.status:
        case DocumentStatus.PUBLISHED:
            return PublicationState.PUBLISHED
        case DocumentStatus.PUBLISHING:
            return PublicationState.SENDING
        case DocumentStatus.UNKNOWN:
            return PublicationState.UNKNOWN
        case DocumentStatus.FAILED:
            return PublicationState.FAILED
        case _:
            return PublicationState.READY if desk.view.publishable(document) else None


def _ways(desk: Desk) -> tuple[Choice, ...]:
    """Through the channel, from the own account where the act knows it, by hand."""
    has_channel = desk.data.incident.message.account_id is not None
    policy = desk.data.act.policies.publishing
    ways = [
        Choice(
            value="channel",
            label="Через подключённый канал, под сообщением автора",
            checked=has_channel,
            disabled=not has_channel,
            hint="" if has_channel else "это сообщение пришло не через подключённый канал",
        ),
        Choice(value="by_hand", label="Разместил(а) вручную: укажу адрес ответа", checked=not has_channel),
    ]
    if policy.own_account_fallback:
        own = "В собственном аккаунте, со ссылкой на автора"
        by_hand = "Разместил(а) вручную в собственном аккаунте: укажу адрес и почему там"
        ways += [Choice(value="own_account", label=own, clause=policy.clause)] if has_channel else []
        ways.append(Choice(value="by_hand_own", label=by_hand, clause=policy.clause))
    return tuple(ways)


def _publication_form(desk: Desk) -> Form:
    """Each field is shown with the ways that need it (`card.css`), so whatever is shown must be filled."""
    fields = [Field(name="url", label="Адрес размещённого ответа", kind=FieldKind.URL, required=True)]
    if desk.data.act.policies.publishing.own_account_fallback:
        fields.append(Field(name="why_impossible", label="Почему нельзя на месте", required=True))
        link = desk.data.incident.message.author.url if desk.data.incident.message.author else ""
        fields.append(
            Field(name="author_link", label="Ссылка на автора", kind=FieldKind.URL, value=link, required=True)
        )
    return Form(fields=tuple(fields), command_id=str(uuid4()))


def typed_again(page: CardPage, post: QueryDict) -> CardPage:
    """The card with the publication form as the person left it."""
    return replace(page, publications=tuple(_left(one, post) if one.may_publish else one for one in page.publications))


def _left(one: PublicationView, post: QueryDict) -> PublicationView:
    fields = tuple(filled(field, post) for field in one.form.fields)
    ways = tuple(replace(way, checked=way.value == post.get("way")) for way in one.ways)
    return replace(one, form=replace(one.form, fields=fields), ways=ways)
