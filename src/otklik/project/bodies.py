"""How much one request may bring. Django keeps a whole body on disk before anybody has looked at it: without a limit
whoever reaches the port could fill the disk."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MEGABYTE: Final = 1024 * 1024
LARGEST_PLAIN: Final = 8 * MEGABYTE
"""Bytes of a body without files: a form, or a platform's delivery."""
FILES_AT_ONCE: Final = 4
"""Files of the largest size that one form may bring."""


def largest(content_type: str) -> int:
    """Bytes that a body of this type may have."""
    with_files = content_type.lower().startswith("multipart/form-data")
    files = max(FILES_AT_ONCE * settings.UPLOAD_LIMIT_BYTES, settings.IMPORT_LIMIT_BYTES)
    return LARGEST_PLAIN + (files if with_files else 0)


def limited(app: App) -> App:
    """`app` behind the limit: what says that it is larger gets 413 at once, what only turns out to be is cut off."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        most = largest(headers.get(b"content-type", ""))
        said = headers.get(b"content-length", "")
        if said.isdecimal() and (len(said) > 18 or int(said) > most):
            await _refuse(send, most)
            return
        await app(scope, _counted(receive, most), send)

    return handle


def _counted(receive: Receive, most: int) -> Receive:
    came = 0

    async def take() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        return message if came <= most else {"type": "http.disconnect"}

    return take


async def _refuse(send: Send, most: int) -> None:
    sentence = (
        f"Прислано больше {most // MEGABYTE} МБ за раз. Вернитесь назад (текст на месте), "
        "приложите файлы меньше или по одному."
    )
    page = render_to_string("400.html", {"sentence": sentence}).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": page})
