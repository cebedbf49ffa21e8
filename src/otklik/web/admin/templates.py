"""The texts that an organisation keeps for its replies: the list, a new one, another wording, taking one away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.incidents.arranging import topics_of
from otklik.orgs import actions, reply_templates
from otklik.orgs.actions import Refused, TemplateFacts
from otklik.orgs.models import Organisation, ReplyTemplate
from otklik.orgs.reply_templates import LONGEST, PLACEHOLDERS
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import sentence
from otklik.process.refusal_words import reply_words
from otklik.process.state import ReplyKind
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, plain
from otklik.web.admin.view import FormPage, TemplateRow, TemplatesPage
from otklik.web.view import Field, FieldKind, Form, Link

KINDS = (ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CLARIFICATION)
KIND_WORDS = tuple((kind.value, reply_words(kind)) for kind in KINDS)
LEAD = (
    "Исполнитель вставляет шаблон в проект ответа и дополняет его по существу: отправляет ответ по-прежнему человек. "
    "Слова в скобках заменит карточка: "
    + ", ".join(f"{{{name}}} - {words}" for name, words in PLACEHOLDERS.items())
    + ". Чего карточка не знает, останется в скобках на виду."
)
_FIELDS = {"unknown_placeholder": "text", "template_title_taken": "title"}


@administers()
def templates(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """All templates of the organisation."""
    rows = reply_templates.kept_by(place)
    page = TemplatesPage(desk=desk_of(request, place, "templates"), rows=tuple(_row(place, one) for one in rows))
    return render(request, "admin/templates.html", {"page": page})


@administers(methods=BOTH)
def template_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """A new template."""
    fields = _fields(place, None)
    if not is_sent(request):
        return _page(request, place, "Новый шаблон", form_of(fields, "Записать"), status=200)
    asked = Asked(request.POST, place.zone)
    facts = _read(asked)
    if not asked.errors:
        try:
            actions.add_template(place, facts, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong(_FIELDS.get(refusal.code, ""), sentence(refusal.code, refusal.facts))
        else:
            return see("admin_templates", place.pk, done="added")
    return _page(request, place, "Новый шаблон", form_of(fields, "Записать", asked=asked), status=UNREADABLE)


def template_of(place: Organisation, pk: int) -> ReplyTemplate:
    """The template of the address."""
    return reply_templates.kept_by(place).get(pk=pk)


@administers(template_of, methods=BOTH)
def template(request: SignedInRequest, place: Organisation, one: ReplyTemplate) -> HttpResponse:
    """Another wording."""
    fields = _fields(place, one)
    if not is_sent(request):
        return _page(request, place, one.title, form_of(fields, "Сохранить"), status=200)
    asked = Asked(request.POST, place.zone)
    facts = _read(asked)
    if not asked.errors:
        try:
            actions.change_template(one, facts, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong(_FIELDS.get(refusal.code, ""), sentence(refusal.code, refusal.facts))
        else:
            return see("admin_templates", place.pk, done="changed")
    return _page(request, place, one.title, form_of(fields, "Сохранить", asked=asked), status=UNREADABLE)


@administers(template_of, methods=BOTH)
def template_drop(request: SignedInRequest, place: Organisation, one: ReplyTemplate) -> HttpResponse:
    """Taken away, after a word on what will happen."""
    if is_sent(request):
        actions.drop_template(one, by=by_hand_of(request))
        return see("admin_templates", place.pk, done="ended")
    page = FormPage(
        desk=desk_of(request, place, "templates"),
        title=f"Убрать шаблон «{one.title}»",
        back=_back(place),
        form=form_of((), "Убрать шаблон"),
        consequences=(
            "Шаблон больше не будет предлагаться на карточках.",
            "Ответы, написанные с ним, не изменятся.",
        ),
        undo="Текст останется в журнале настроек: запишите шаблон снова.",
        danger=True,
    )
    return render(request, "admin/form.html", {"page": page})


def _row(place: Organisation, one: ReplyTemplate) -> TemplateRow:
    return TemplateRow(
        title=one.title,
        text=one.text,
        topic=one.topic,
        kind=reply_words(ReplyKind(one.kind)) if one.kind in set(ReplyKind) else "",
        edit_url=reverse("admin_template", args=[place.pk, one.pk]),
        drop_url=reverse("admin_template_drop", args=[place.pk, one.pk]),
    )


def _fields(place: Organisation, one: ReplyTemplate | None) -> tuple[Field, ...]:
    used = ", ".join(topics_of(place.pk, limit=12))
    return (
        Field(name="title", label="Название", max_length=200, required=True, value=one.title if one else ""),
        Field(
            name="text",
            label="Текст",
            kind=FieldKind.TEXTAREA,
            rows=9,
            max_length=LONGEST,
            required=True,
            value=one.text if one else "",
        ),
        Field(
            name="topic",
            label="Тема",
            max_length=200,
            value=one.topic if one else "",
            hint=f"На карточках этой темы шаблон стоит первым. {f'Уже встречались: {used}.' if used else ''}".strip(),
        ),
        Field(
            name="kind",
            label="Для какого ответа",
            kind=FieldKind.SELECT,
            choices=choices(KIND_WORDS, one.kind if one else "", none="любого"),
        ),
    )


def _read(asked: Asked) -> TemplateFacts:
    return TemplateFacts(
        title=asked.text("title", required="Впишите название.", longest=200),
        text=asked.text("text", required="Впишите текст.", longest=LONGEST),
        topic=asked.text("topic", longest=200),
        kind=asked.one_of("kind", {kind.value: kind.value for kind in KINDS}) or "",
    )


def _page(request: SignedInRequest, place: Organisation, title: str, form: Form, *, status: int) -> HttpResponse:
    page = plain(desk_of(request, place, "templates"), title, _back(place), form, lead=LEAD)
    return render(request, "admin/form.html", {"page": page}, status=status)


def _back(place: Organisation) -> Link:
    return Link(label="Шаблоны ответов", url=reverse("admin_templates", args=[place.pk]))
