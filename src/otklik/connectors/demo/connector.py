"""The connector of the demo network: JSON deliveries with a shared secret, replies as comments over HTTP."""

import datetime as dt
import hmac
import itertools
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from otklik.connectors.base import (
    Author,
    Capabilities,
    Context,
    Delivery,
    Idempotency,
    IncomingMessage,
    Parsed,
    Permanent,
    Place,
    Polled,
    Publication,
    Published,
    PublishedPart,
    RawPayload,
    Reauthorise,
    Receipt,
    Temporary,
    UnknownOutcome,
)

BASE = "http://demo-network"
UNAUTHORISED = 401
TOO_MANY = 429
USUAL_WAIT_SECONDS = 30
LONGEST = 2000
"""Characters in one comment."""


class DemoConnector:
    """See `connectors.base.Connector`."""

    name = "demo"
    capabilities = Capabilities(
        network="demo",
        receives=True,
        replies=True,
        withdraws=True,
        attachments=frozenset({"picture", "video", "document"}),
        max_length=LONGEST,
        parts=True,
        idempotency=Idempotency.FIND_OWN,
    )

    def receive(self, context: Context, delivery: Delivery) -> Receipt:
        """Genuine if it carries the secret of the account's own address."""
        secret = context.secrets.get("delivery", "")
        given = delivery.headers.get("x-demo-secret", "")
        if not secret or not hmac.compare_digest(secret.encode(), given.encode(errors="replace")):
            return Receipt(accepted=False, status=403, answer=b"secret")
        try:
            key = str(json.loads(delivery.body)["event"])
        except (ValueError, KeyError, TypeError, RecursionError):
            key = ""
        return Receipt(accepted=True, answer=b"ok", payloads=(RawPayload(key, delivery.body),))

    def parse(self, context: Context, raw: RawPayload) -> Parsed:
        """A post or a comment: both are messages; comments stand in the thread of their post."""
        del context
        event = json.loads(raw.body)
        told: dict[str, Any] = event["object"]
        message = IncomingMessage(
            external_id=told["id"],
            place=Place(
                thread_id=told["post"],
                message_id=told["id"],
                url=told["url"],
                extra={"place_name": told.get("place", "")},
            ),
            author=Author(external_id=told["author_id"], name=told["author"]),
            text=told["text"],
            posted_at=dt.datetime.fromisoformat(told["at"]),
        )
        return Parsed(messages=(message,))

    def poll(self, context: Context, cursor: str) -> Polled:
        """The demo network delivers; it is not asked."""
        del context, cursor
        raise Permanent("The demo network is not polled.", code="no_poll")

    def publish(self, context: Context, publication: Publication) -> Published:
        """Comments under the post, one a part; what is attached goes with the last one."""
        done = list(publication.done_parts)
        at: dt.datetime | None = None
        texts = _parts(publication.text)
        for number in range(len(done), len(texts)):
            is_last = number == len(texts) - 1
            body = {
                "post": publication.place.thread_id,
                "text": texts[number],
                "key": _part_key(publication.key, number),
                "attachments": [{"kind": one.kind, "name": one.name} for one in publication.attachments if is_last],
            }
            told = _write(context, body, done)
            done.append(PublishedPart(told["id"], told["url"]))
            at = dt.datetime.fromisoformat(told["written_at"])
        return Published(tuple(done), at)

    def find_own(self, context: Context, publication: Publication) -> Published | None:
        """Our comments with the publication's own keys, one a part."""
        answer = _ask(context, "GET", "/comments", params={"post": publication.place.thread_id})
        ours = {told["key"]: told for told in answer.json()["comments"]}
        count = len(_parts(publication.text))
        keys = [_part_key(publication.key, number) for number in range(count)]
        found = [ours[key] for key in itertools.takewhile(ours.__contains__, keys)]
        if not found:
            return None
        parts = tuple(PublishedPart(told["id"], told["url"]) for told in found)
        return Published(parts, dt.datetime.fromisoformat(found[-1]["written_at"]), is_whole=len(found) == count)

    def withdraw(self, context: Context, published: Published) -> None:
        """Delete our comments."""
        for part in published.parts:
            _ask(context, "DELETE", f"/comments/{part.external_id}")


def _parts(text: str) -> list[str]:
    """The text in pieces that the network takes, broken between words; the same pieces at every attempt."""
    if len(text) <= LONGEST:
        return [text]
    return textwrap.wrap(text, LONGEST, expand_tabs=False, replace_whitespace=False, drop_whitespace=False)


def _part_key(key: str, number: int) -> str:
    return key if number == 0 else f"{key}#{number + 1}"


def _write(context: Context, body: Mapping[str, object], done: Sequence[PublishedPart]) -> dict[str, str]:
    """Write one comment. An answer that does not come, or is the server's trouble, leaves it unknown whether it stands.

    :raises ConnectorError: of the kind that says what to do, with the parts that stand.
    """
    try:
        with context.http() as client:
            answer = client.post(f"{BASE}/comments", json=body)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise Temporary("Демосеть недоступна.", code="connect", done_parts=done) from error
    except httpx.TransportError as error:
        raise UnknownOutcome(
            "Демосеть не ответила: размещён ли ответ, неизвестно.", code="timeout", done_parts=done
        ) from error
    if answer.is_server_error:
        raise UnknownOutcome(
            "Демосеть ответила ошибкой: размещён ли ответ, неизвестно.", code=str(answer.status_code), done_parts=done
        )
    _check(answer, done)
    told: dict[str, str] = answer.json()
    return told


def _ask(context: Context, method: str, path: str, *, params: Mapping[str, str] | None = None) -> httpx.Response:
    """A request that may be made again: nothing is published by it."""
    try:
        with context.http() as client:
            answer = client.request(method, f"{BASE}{path}", params=params)
    except httpx.TransportError as error:
        raise Temporary("Демосеть недоступна.", code="connect") from error
    _check(answer)
    return answer


def _check(answer: httpx.Response, done: Sequence[PublishedPart] = ()) -> None:
    """Turn the network's refusal into what the host is to do."""
    if answer.is_success:
        return
    told, code = _said(answer), str(answer.status_code)
    if answer.status_code == TOO_MANY:
        wait = answer.headers.get("Retry-After", "")
        seconds = dt.timedelta(seconds=int(wait) if wait.isdecimal() else USUAL_WAIT_SECONDS)
        raise Temporary(f"Демосеть просит подождать: {told}", retry_after=seconds, code=code, done_parts=done)
    if answer.status_code == UNAUTHORISED:
        raise Reauthorise(f"Демосеть не узнаёт аккаунт: {told}", code=code, done_parts=done)
    if answer.is_server_error:
        raise Temporary(f"Демосеть не работает: {told}", code=code, done_parts=done)
    raise Permanent(f"Демосеть не приняла ответ: {told}", code=code, done_parts=done)


def _said(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase
