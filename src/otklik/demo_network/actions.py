"""All writes of the demo network: posting as a citizen. What is posted is delivered to the desk at once."""

import datetime as dt
import json

from otklik.channels import inbox, vault
from otklik.channels.models import Account
from otklik.connectors.base import Delivery
from otklik.demo_network.models import Comment, Community, Post
from otklik.messages.text import storable
from otklik.project.transactions import EVERYTHING, read, write

LONGEST_POST = 20_000


class PostRefused(ValueError):
    """The network does not take it; the message is a sentence for the citizen."""


def open_community(account: Account, *, key: str, name: str, about: str = "") -> Community:
    """The page of an organisation in the demo network."""
    with write(EVERYTHING):
        community, _ = Community.objects.update_or_create(
            key=key, defaults={"name": name, "about": about, "account_id": account.pk}
        )
        return community


def post(community: Community, *, author: str, text: str, place: str, visitor: str, now: dt.datetime) -> Post:
    """Somebody posts on the page.

    :raises PostRefused: there is no text, or too much of it.
    """
    _check(text)
    with write(EVERYTHING):
        made = Post.objects.create(
            community=community,
            author=storable(author).strip()[:100] or "Житель",
            visitor=visitor[:64],
            text=storable(text),
            place=storable(place).strip()[:200],
            posted_at=now,
        )
    _deliver(community, "post", made.pk, f"post-{made.pk}", now)
    return made


def comment(post_: Post, *, author: str, text: str, visitor: str, now: dt.datetime) -> Comment:
    """Somebody comments under a post: the author answering, or another citizen.

    :raises PostRefused: there is no text, or too much of it.
    """
    _check(text)
    with write(EVERYTHING):
        made = Comment.objects.create(
            post=post_,
            author=storable(author).strip()[:100] or "Житель",
            visitor=visitor[:64],
            text=storable(text),
            written_at=now,
        )
    _deliver(post_.community, "comment", made.pk, f"comment-{made.pk}", now)
    return made


def _check(text: str) -> None:
    if not text.strip():
        raise PostRefused("Напишите что-нибудь: пустую запись не отправить.")
    if len(text) > LONGEST_POST:
        raise PostRefused(f"Слишком длинно: в демосети до {LONGEST_POST} знаков.")


def _deliver(community: Community, kind: str, pk: int, key: str, now: dt.datetime) -> None:
    """As a platform would: an HTTP delivery to the account's inbox, with its secret."""
    with read(EVERYTHING):
        account = Account.objects.select_related("organisation").get(pk=community.account_id)
        body = json.dumps({"event": key, "type": kind, "object": _object(kind, pk)}, ensure_ascii=False).encode()
        delivery = Delivery(
            "POST", "/", {"x-demo-secret": vault.unlock(account).get("delivery", "")}, {}, body, "127.0.0.1"
        )
        inbox.deliver(account, delivery, now=now)


def _object(kind: str, pk: int) -> dict[str, str]:
    if kind == "post":
        made = Post.objects.select_related("community").get(pk=pk)
        return {
            "id": f"p{made.pk}",
            "post": str(made.pk),
            "author": made.author,
            "author_id": made.visitor or f"a{made.pk}",
            "text": made.text,
            "place": made.place,
            "at": made.posted_at.isoformat(),
            "url": f"/demo-network/{made.community.key}/#post-{made.pk}",
        }
    said = Comment.objects.select_related("post__community").get(pk=pk)
    return {
        "id": f"c{said.pk}",
        "post": str(said.post_id),
        "author": said.author,
        "author_id": said.visitor or f"c{said.pk}",
        "text": said.text,
        "at": said.written_at.isoformat(),
        "url": f"/demo-network/{said.post.community.key}/#comment-{said.pk}",
    }
