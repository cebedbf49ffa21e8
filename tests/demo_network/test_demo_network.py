"""The demo network: anyone posts, the desk is told at once, and it can be told to misbehave."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.demo_network import actions
from otklik.demo_network.models import Comment, Post
from otklik.messages.models import Message, RawMessage
from otklik.orgs.models import Organisation
from tests.channels.hands import NOON, SECOND, Page, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(organisation_factory: Callable[..., Organisation]) -> Page:
    return make_page(organisation_factory(act="altai-2020-132"))


def test_a_post_is_delivered_to_the_desk_at_once(page: Page) -> None:
    post = page.post("На Садовой яма")
    raw = RawMessage.objects.get()
    assert raw.account_id == page.account.pk
    page.later(SECOND, "channels.parse")
    message = Message.objects.get()
    assert (message.network, message.external_id, message.thread_id) == ("demo", f"p{post.pk}", str(post.pk))
    assert (message.text, message.author_name) == ("На Садовой яма", "Ирина")
    assert message.author is not None
    assert message.author.external_id == "irina"
    assert message.posted_at == NOON


def test_a_comment_stands_in_the_thread_of_its_post(page: Page) -> None:
    post = page.post()
    comment = page.comment(post, "И на Лесной тоже")
    page.later(SECOND, "channels.parse")
    message = Message.objects.get(external_id=f"c{comment.pk}")
    assert message.thread_id == str(post.pk)


@pytest.mark.parametrize("text", ["", "  \n", "я" * (actions.LONGEST_POST + 1)])
def test_nothing_and_too_much_are_refused_with_a_sentence(page: Page, text: str) -> None:
    with pytest.raises(actions.PostRefused, match=r"\."):
        page.post(text)
    assert not Post.objects.exists()


def test_any_text_is_posted(page: Page) -> None:
    page.post("\x00яма\ud800 🕳️")
    page.post("🕳" * actions.LONGEST_POST)
    page.later(SECOND, "channels.parse")
    first, second = Message.objects.order_by("pk")
    assert first.text == "яма\N{REPLACEMENT CHARACTER} 🕳️"
    assert len(second.text) == actions.LONGEST_POST


@pytest.mark.usefixtures("page")
def test_anyone_writes_on_the_page_and_sees_the_official_reply() -> None:
    client = Client()
    answer = client.post("/demo-network/town/", {"author": "Ирина", "text": "На Садовой яма", "place": "Садовая"})
    assert answer.status_code == 303
    post = Post.objects.get()
    Comment.objects.create(post=post, author="Администрация", text="Засыпали.", is_official=True, written_at=NOON)
    seen = client.get("/demo-network/town/").content.decode()
    assert "На Садовой яма" in seen
    assert "Засыпали." in seen
    assert client.get("/demo-network/village/").status_code == 404


def test_a_page_without_text_is_shown_again_with_a_word(page: Page) -> None:
    answer = Client().post("/demo-network/town/", {"author": "Ирина", "text": " ", "place": ""})
    assert answer.status_code == 422
    assert "пустую запись" in answer.content.decode()
    assert page.standing() == []
