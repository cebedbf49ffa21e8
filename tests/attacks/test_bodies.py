"""A body without end does not reach the disk."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from otklik.project import bodies
from otklik.project.asgi import application

Message = Mapping[str, Any]
PIECE = b"x" * bodies.MEGABYTE
FORM, FILES = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x"


class Sender:
    """Sends pieces for ever, and keeps what it is answered."""

    def __init__(self) -> None:
        self.pieces = 0
        self.answers: list[Message] = []

    async def receive(self) -> Message:
        self.pieces += 1
        return {"type": "http.request", "body": PIECE, "more_body": True}

    async def send(self, message: Message) -> None:
        self.answers.append(message)


def ask(headers: list[tuple[bytes, bytes]]) -> Sender:
    sender = Sender()
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/sign-in/",
        "raw_path": b"/sign-in/",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "headers": [(b"host", b"127.0.0.1"), *headers],
    }
    asyncio.run(asyncio.wait_for(application(scope, sender.receive, sender.send), timeout=60))
    return sender


@pytest.mark.parametrize(("kind", "most"), [(FORM, 8), (FILES, 308)])
def test_what_says_that_it_is_too_large_is_not_taken(kind: bytes, most: int) -> None:
    said = str(most * bodies.MEGABYTE + 1).encode()
    sender = ask([(b"content-type", kind), (b"content-length", said)])
    assert sender.pieces == 0
    assert sender.answers[0]["status"] == 413
    assert f"больше {most} МБ" in sender.answers[1]["body"].decode()


@pytest.mark.parametrize("said", [b"9" * 5000, "²".encode("latin-1"), b"-1", b""])
def test_a_length_that_is_none_changes_nothing(said: bytes) -> None:
    assert ask([(b"content-type", FORM), (b"content-length", said)]).pieces <= 9


@pytest.mark.parametrize(("kind", "most"), [(FORM, 8), (b"", 8), (FILES, 308)])
def test_what_does_not_end_is_cut_off(kind: bytes, most: int) -> None:
    sender = ask([(b"content-type", kind)])
    assert sender.pieces == most + 1
    assert sender.answers == []
