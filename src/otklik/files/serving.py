"""The answer that a view gives for a file. The view finds the record by `access.file_for`, which checks rights.

What somebody uploaded must never run here: the type is the one we found ourselves, the browser may not guess another
(`nosniff`), documents are saved rather than opened, and everything is sandboxed. Parts of a file can be asked for:
without that Safari plays no video.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

from otklik.files import queries
from otklik.files.models import FileKind, FileRecord

CHUNK_BYTES = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes from `first` to `last`, both included, of `size`."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def serve(request: HttpRequest, record: FileRecord, *, original: bool = False) -> HttpResponseBase:
    """The file's safe copy, to be shown; or its `original`, to be saved.

    304 if the browser has it, 206 for a part, 416 for a part that is not there, 404 if the bytes are gone from disk.
    """
    etag = f'"{record.original_sha256 if original else record.safe_sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), record, etag, original)
    path = queries.original_path(record) if original else queries.safe_path(record)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return HttpResponse("Файл утрачен. Сообщите администратору: его можно вернуть из резервной копии.", status=404)
    part = _asked_part(request, size, etag)
    if part is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _with_headers(refused, record, etag, original)
    response = StreamingHttpResponse(_content(request, path, part), status=200 if part.length == size else 206)
    response["Content-Length"] = str(part.length)
    if part.length != size:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return _with_headers(response, record, etag, original)


def _with_headers(response: HttpResponseBase, record: FileRecord, etag: str, original: bool) -> HttpResponseBase:
    as_attachment = original or record.kind == FileKind.DOCUMENT
    response["Content-Type"] = record.original_type if original else record.safe_type
    response["Content-Disposition"] = content_disposition_header(as_attachment, record.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = (
        "private, no-cache"  # kept by the browser, but asked for each time: rights may have gone
    )
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _asked_part(request: HttpRequest, size: int, etag: str) -> _Part | None:
    """The whole, unless one part is asked for (RFC 9110, 14); None if that part is not there."""
    whole = _Part(0, size - 1, size)
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.group(0) == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return whole
    first, last = asked.groups()
    if not first:
        return _Part(max(size - int(last), 0), size - 1, size) if int(last) else None
    if int(first) >= size or (last and int(last) < int(first)):
        return None
    return _Part(int(first), min(int(last), size - 1) if last else size - 1, size)


def _content(request: HttpRequest, path: Path, part: _Part) -> Iterator[bytes] | AsyncIterator[bytes]:
    """Django would gather a whole video in memory if an asynchronous server were given a plain iterator."""
    chunks = _chunks(path, part)
    return _in_threads(chunks) if isinstance(request, ASGIRequest) else chunks


def _chunks(path: Path, part: _Part) -> Iterator[bytes]:
    left = part.length
    with path.open("rb") as file:
        file.seek(part.first)
        while left and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk


async def _in_threads(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk
