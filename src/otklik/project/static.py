"""Static files out of the web process itself: closed networks have no CDN, and there is no build step.

A file's address carries a digest of its content (`?v=…`), so an upgrade is seen at once.
"""

import gzip
import hashlib
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PACKED = frozenset({"image/svg+xml", "application/json", "application/manifest+json"})
"""Types that shrink, besides text."""


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise ships no types
    """WhiteNoise that answers with the whole file: under ASGI Django reads a synchronous stream whole, and warns."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        answer = static_file.get_response(request.method, request.META)
        body = b""
        if answer.file is not None:
            with answer.file as file:
                body = file.read()
        response = HttpResponse(body, status=int(answer.status))
        del response["content-type"]
        for name, value in answer.headers:
            response[name] = value
        return _compressed(response, request)


def _compressed(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """The same in gzip, for text and those who take it: style sheets shrink to a tenth."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code != HTTPStatus.OK or not (kind.startswith("text/") or kind in PACKED):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = _packed(response.content)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


class VersionedStaticFiles(StaticFilesStorage):
    """`{% static %}` with `?v=` and the first hex digits of the content's SHA-256."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        digest = "" if name is None else (_digest_now(name) if settings.DEBUG else _digest(name))
        return f"{address}?v={digest}" if digest else address


@cache
def _digest(name: str) -> str:
    return _digest_now(name)


def _digest_now(name: str) -> str:
    found: Any = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if found else ""
