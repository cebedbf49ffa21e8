"""Fills the demo network's pages. Another site on purpose: the person here is a citizen."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from otklik.demo_network import queries
from otklik.demo_network.models import Comment, Post
from otklik.demo_network.models import Community as Row
from otklik.web.demo_network.view import Community, DemoNetworkPage, DemoPost, DemoReply
from otklik.web.view import Field, FieldKind, Form, Link

SHOWN = 30
WAITING = "Администрация видит это сообщение. Ответ появится здесь."


def demo_page(
    row: Row, now: dt.datetime, *, visitor: str, post: QueryDict | None = None, problem: str = "", sent: bool = False
) -> DemoNetworkPage:
    """The page of one community, newest posts first; `post`: what was typed and not taken."""
    zone = queries.zone_of(row)
    posts = queries.posts(row, limit=SHOWN)
    return DemoNetworkPage(
        now=now.astimezone(zone),
        community=_community(row, row),
        communities=tuple(_community(one, row) for one in queries.communities()),
        posts=tuple(_post(one, visitor, zone) for one in posts),
        form=_form(post, problem),
        desk=Link(label="Рабочее место администрации", url=reverse("queue")),
        sent=sent,
    )


def _community(row: Row, current: Row) -> Community:
    return Community(key=row.key, name=row.name, about=row.about, current=row.pk == current.pk)


def _post(row: Post, visitor: str, zone: ZoneInfo) -> DemoPost:
    comments = [comment for comment in row.comments.all() if comment.deleted_at is None]
    is_answered = any(comment.is_official for comment in comments)
    return DemoPost(
        key=row.pk,
        author=row.author,
        at=row.posted_at.astimezone(zone),
        text=row.text,
        place=row.place,
        replies=tuple(_reply(comment, zone) for comment in comments),
        mine=bool(visitor) and row.visitor == visitor,
        waiting="" if is_answered else WAITING,
        reply_form=Form(
            fields=(
                Field(name="author", label="Кто вы", value=row.author if row.visitor == visitor else ""),
                Field(name="text", label="Ваш комментарий", kind=FieldKind.TEXTAREA, rows=2, required=True),
            ),
            button="Ответить",
            command_id=str(uuid4()),
        ),
    )


def _reply(comment: Comment, zone: ZoneInfo) -> DemoReply:
    return DemoReply(
        key=f"comment-{comment.pk}",
        author=comment.author,
        at=comment.written_at.astimezone(zone),
        text=comment.shown,
        official=comment.is_official,
    )


def _form(post: QueryDict | None, problem: str) -> Form:
    given = post or QueryDict()
    return Form(
        fields=(
            Field(
                name="author", label="Кто вы", value=given.get("author", ""), placeholder="Например: Ирина с Садовой"
            ),
            Field(
                name="text",
                label="Что случилось",
                kind=FieldKind.TEXTAREA,
                rows=4,
                required=True,
                value=given.get("text", ""),
            ),
            Field(name="place", label="Где", value=given.get("place", ""), placeholder="Улица, дом, село"),
        ),
        button="Опубликовать",
        command_id=str(uuid4()),
        errors=(problem,) if problem else (),
    )
