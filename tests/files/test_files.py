"""Store, attach, see, serve, sweep."""

import datetime as dt
import io
import os
import uuid
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import AsyncRequestFactory, RequestFactory

from otklik.files import access, actions, blobs, queries, serving
from otklik.files.kinds import Refused
from otklik.files.models import FileRecord, FileUse
from otklik.orgs.models import Person
from otklik.project.transactions import write
from tests.files import samples

NOW = dt.datetime(2026, 11, 27, 13, 40, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ORGANISATION = 7

pytestmark = pytest.mark.django_db


def store(
    content: bytes = samples.PDF, name: str = "Акт.pdf", organisation: int = ORGANISATION, by: int | None = 3
) -> FileRecord:
    return actions.store(organisation, io.BytesIO(content), name=name, uploaded_by=by, now=NOW)


def attach(record: FileRecord, owner_id: int = 1, kind: str = "test") -> None:
    with write(tenant=(record.organisation_id,)):
        actions.attach(record.organisation_id, [record.pk], owner_kind=kind, owner_id=owner_id)


@pytest.fixture(autouse=True)
def owners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects of kind `test` are seen by the person of the same number."""
    monkeypatch.setattr(access, "_owners", {})
    access.owner("test", lambda person, owner_id: person.pk == int(owner_id))


def on_disk(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "files").rglob("*") if path.is_file())


class TestStore:
    def test_a_document_is_its_own_safe_copy(self, data: Path) -> None:
        record = store()
        assert (record.kind, record.name, record.original_type) == ("document", "Акт.pdf", "application/pdf")
        assert record.safe_sha256 == record.original_sha256
        path = data / "files" / "7" / record.original_sha256[:2] / record.original_sha256
        assert path.read_bytes() == samples.PDF
        assert (record.original_size, record.uploaded_by_id, record.uploaded_at) == (len(samples.PDF), 3, NOW)
        assert blobs.sha256_of(path) == record.original_sha256

    def test_a_picture_is_kept_twice(self) -> None:
        content = samples.photo_with_place()
        record = store(content, "IMG_1.JPG")
        assert record.name == "IMG_1.jpg"
        assert queries.original_path(record).read_bytes() == content
        assert queries.safe_path(record).stat().st_size == record.safe_size
        assert (record.width, record.height) == (30, 40)
        assert record.safe_sha256 != record.original_sha256

    def test_the_same_bytes_twice_lie_once_but_apart_for_each_organisation(self, data: Path) -> None:
        records = [store(name="a.pdf"), store(name="b.pdf"), store(organisation=8)]
        assert len({record.pk for record in records}) == 3
        assert len(on_disk(data)) == 2

    def test_up_to_the_limit(self, settings: object, data: Path) -> None:
        settings.UPLOAD_LIMIT_BYTES = len(samples.PDF)  # type: ignore[attr-defined]
        store()
        settings.UPLOAD_LIMIT_BYTES = len(samples.PDF) - 1  # type: ignore[attr-defined]
        with pytest.raises(Refused) as refusal:
            store(samples.PDF)
        assert refusal.value.code == "too_big"
        assert len(on_disk(data)) == 1

    def test_no_more_is_read_than_the_limit(self, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.UPLOAD_LIMIT_BYTES = 1000  # type: ignore[attr-defined]
        monkeypatch.setattr(blobs, "CHUNK_BYTES", 100)

        class Endless(io.RawIOBase):
            given = 0

            def read(self, size: int = -1) -> bytes:
                self.given += size
                return b"x" * size

        source = Endless()
        with pytest.raises(Refused):
            actions.store(ORGANISATION, source, name="x", uploaded_by=None, now=NOW)  # type: ignore[arg-type]
        assert source.given == 1100

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (samples.ZIP, "not_taken"),
            (samples.ENCRYPTED_PDF, "protected"),
            (samples.bomb(), "picture_too_large"),
            (samples.picture()[:100], "picture_broken"),
        ],
        ids=("empty", "archive", "protected", "bomb", "broken"),
    )
    def test_of_what_is_refused_nothing_is_kept(self, data: Path, content: bytes, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            store(content)
        assert refusal.value.code == code
        assert on_disk(data) == []
        assert not FileRecord.objects.exists()


class TestAccess:
    def test_until_it_is_attached_only_who_uploaded_it(self) -> None:
        record = store(by=3)
        assert access.file_for(Person(pk=3), record.pk) == record
        with pytest.raises(access.Absent):
            access.file_for(Person(pk=4), record.pk)

    def test_then_whoever_sees_one_of_its_owners(self) -> None:
        record = store(by=3)
        attach(record, 4)
        attach(record, 5)
        for person in (4, 5):
            assert access.file_for(Person(pk=person), record.pk) == record
        with pytest.raises(access.Absent):
            access.file_for(Person(pk=3), record.pk)  # who uploaded it has no rights of their own any more

    def test_what_a_channel_brought_in_is_nobodys_until_attached(self) -> None:
        record = store(by=None)
        with pytest.raises(access.Absent):
            access.file_for(Person(pk=None), record.pk)

    def test_a_file_that_is_not_there_answers_the_same(self) -> None:
        with pytest.raises(access.Absent):
            access.file_for(Person(pk=3), uuid.uuid4())

    def test_an_owner_that_no_app_knows_any_more_shows_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        record = store()
        attach(record, 3)
        monkeypatch.setattr(access, "_owners", {})
        with pytest.raises(access.Absent):
            access.file_for(Person(pk=3), record.pk)


class TestAttach:
    def test_lists(self) -> None:
        records = [store(name=name) for name in ("a.pdf", "b.pdf")]
        for record in records:
            attach(record)
            attach(record)
        assert {record.name for record in queries.of("test", 1)} == {"a.pdf", "b.pdf"}
        assert queries.of("test", 2) == []
        assert queries.named([records[0].pk, uuid.uuid4()]) == {records[0].pk: records[0]}
        assert FileUse.objects.count() == 2

    def test_another_organisations_file_is_absent(self) -> None:
        record = store(organisation=8)
        with pytest.raises(access.Absent), write(tenant=(7, 8)):
            actions.attach(7, [record.pk], owner_kind="test", owner_id=1)

    def test_an_owner_that_nobody_can_be_asked_about_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"files\.access\.owner"):
            attach(store(), kind="other")

    def test_detached(self) -> None:
        record = store()
        attach(record)
        with write(tenant=(ORGANISATION,)):
            assert actions.detach(ORGANISATION, record.pk, owner_kind="test", owner_id=1)
            assert not actions.detach(ORGANISATION, record.pk, owner_kind="test", owner_id=1)


class TestSweep:
    @pytest.fixture(autouse=True)
    def written_now(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every blob is written at NOW by the clock of the test."""
        keep = blobs.keep

        def keep_now(organisation_id: int, written: blobs.Written) -> None:
            keep(organisation_id, written)
            os.utime(blobs.path_of(organisation_id, written.sha256), (NOW.timestamp(), NOW.timestamp()))

        monkeypatch.setattr(blobs, "keep", keep_now)

    def test_what_nothing_uses_goes_after_a_day(self, data: Path) -> None:
        record = store(samples.picture())
        assert actions.sweep(now=NOW + DAY) == 0
        assert FileRecord.objects.filter(pk=record.pk).exists()
        assert actions.sweep(now=NOW + DAY + dt.timedelta(seconds=1)) == 2
        assert on_disk(data) == []
        assert not FileRecord.objects.filter(pk=record.pk).exists()

    def test_what_is_used_stays(self, data: Path) -> None:
        attach(store(samples.picture()))
        assert actions.sweep(now=NOW + 30 * DAY) == 0
        assert len(on_disk(data)) == 2

    def test_bytes_that_another_record_names_stay(self, data: Path) -> None:
        store()
        attach(store())
        assert actions.sweep(now=NOW + 2 * DAY) == 0
        assert FileRecord.objects.count() == 1
        assert len(on_disk(data)) == 1

    def test_a_blob_without_a_record_and_what_was_left_half_written(self, data: Path) -> None:
        with blobs.written_aside(ORGANISATION, io.BytesIO(b"x"), limit=1) as written:
            blobs.keep(ORGANISATION, written)
        half = data / "files" / "7" / ".incoming" / "half"
        half.write_bytes(b"x")
        os.utime(half, (NOW.timestamp(), NOW.timestamp()))
        assert actions.sweep(now=NOW + DAY) == 0
        assert len(on_disk(data)) == 2
        assert actions.sweep(now=NOW + 2 * DAY) == 1
        assert on_disk(data) == []

    def test_bytes_kept_again_while_the_sweeper_looks_stay(self, data: Path) -> None:
        with blobs.written_aside(ORGANISATION, io.BytesIO(b"x"), limit=1) as written:
            blobs.keep(ORGANISATION, written)
        assert not blobs.remove_if_older(ORGANISATION, written.sha256, NOW)
        assert on_disk(data) == [written.sha256]
        assert blobs.remove_if_older(ORGANISATION, written.sha256, NOW + DAY)
        assert not blobs.remove_if_older(ORGANISATION, written.sha256, NOW + DAY)


class TestServe:
    def get(
        self, record: FileRecord, headers: dict[str, str] | None = None, *, original: bool = False
    ) -> HttpResponseBase:
        return serving.serve(RequestFactory().get("/", headers=headers or {}), record, original=original)

    def body(self, response: HttpResponseBase) -> bytes:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]

    def test_a_picture_is_shown_as_its_safe_copy(self) -> None:
        record = store(samples.photo_with_place(), "Яма.jpg")
        response = self.get(record)
        assert response.status_code == 200
        assert self.body(response) == queries.safe_path(record).read_bytes()
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"] == "inline; filename*=utf-8''%D0%AF%D0%BC%D0%B0.jpg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "private, no-cache"
        assert int(response["Content-Length"]) == record.safe_size

    def test_an_original_and_a_document_are_saved_not_opened(self) -> None:
        photo = store(samples.picture("PNG"), "a.png")
        response = self.get(photo, original=True)
        assert response["Content-Disposition"] == 'attachment; filename="a.png"'
        assert response["Content-Type"] == "image/png"
        assert self.body(response) == samples.picture("PNG")
        assert self.get(store())["Content-Disposition"].startswith("attachment;")

    def test_what_the_browser_has_is_not_sent_again(self) -> None:
        record = store()
        etag = self.get(record)["ETag"]
        again = self.get(record, {"If-None-Match": etag})
        assert (again.status_code, again["X-Content-Type-Options"]) == (304, "nosniff")
        assert self.get(record, {"If-None-Match": '"other"'}).status_code == 200

    @pytest.mark.parametrize(
        ("asked", "status", "first", "last"),
        [
            ("bytes=0-0", 206, 0, 0),
            ("bytes=10-19", 206, 10, 19),
            ("bytes=80-", 206, 80, 91),
            ("bytes=-5", 206, 87, 91),
            ("bytes=-500", 200, 0, 91),
            ("bytes=0-500", 200, 0, 91),
            ("bytes=0-1,5-6", 200, 0, 91),
            ("lines=1-2", 200, 0, 91),
            ("bytes=-", 200, 0, 91),
            (f"bytes={'9' * 5000}-", 200, 0, 91),
            (f"bytes=0-{'9' * 5000}", 200, 0, 91),
        ],
    )
    def test_parts(self, asked: str, status: int, first: int, last: int) -> None:
        content = samples.MP4[:28] + bytes(range(64))
        record = store(content, "v.mp4")
        response = self.get(record, {"Range": asked})
        assert response.status_code == status
        assert self.body(response) == content[first : last + 1]
        assert int(response["Content-Length"]) == last - first + 1
        assert response.get("Content-Range") == (f"bytes {first}-{last}/92" if status == 206 else None)

    @pytest.mark.parametrize("asked", ["bytes=92-", "bytes=5-4", "bytes=-0"])
    def test_parts_that_are_not_there(self, asked: str) -> None:
        response = self.get(store(samples.MP4[:28] + bytes(64), "v.mp4"), {"Range": asked})
        assert (response.status_code, response["Content-Range"]) == (416, "bytes */92")

    def test_a_part_of_what_has_changed_is_the_whole(self) -> None:
        response = self.get(store(), {"Range": "bytes=0-1", "If-Range": '"other"'})
        assert response.status_code == 200

    def test_bytes_that_are_gone_from_disk(self) -> None:
        record = store()
        queries.safe_path(record).unlink()
        response = self.get(record)
        assert response.status_code == 404
        assert "резервной копии" in response.content.decode()  # type: ignore[attr-defined]

    async def read_all(self, response: HttpResponseBase) -> bytes:
        return b"".join([chunk async for chunk in response.streaming_content])  # type: ignore[attr-defined]

    def test_an_asynchronous_server_is_given_chunks_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import asyncio

        monkeypatch.setattr(serving, "CHUNK_BYTES", 7)
        record = store()
        response = serving.serve(AsyncRequestFactory().get("/"), record)
        assert response.is_async  # type: ignore[attr-defined]
        assert asyncio.run(self.read_all(response)) == samples.PDF
