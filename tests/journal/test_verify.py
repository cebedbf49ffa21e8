"""Sealing, streams, anchors, and every way of tampering that `verify` must name with its place."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from otklik.journal import anchors, canonical, queries, sealing, verify
from otklik.journal.models import Event, EventText, Head
from otklik.project.transactions import write
from tests.journal.guards import guards_off
from tests.journal.hands import NOW, ORGANISATION, Fact, append, codes, findings, seal
from tests.runtime_role import as_owner

pytestmark = pytest.mark.django_db
Tamper = Callable[..., None]


def test_sealing_numbers_densely_and_chains() -> None:
    append(Fact(), Fact("selected"))
    append(incident=2)
    assert queries.sealed_after(ORGANISATION, 0) == []
    assert seal() == 3
    assert seal() == 0
    append(Fact("routed"))
    assert queries.sealed_number(ORGANISATION) == 3
    assert seal() == 1
    assert [(event.sealed_number, event.kind) for event in queries.sealed_after(ORGANISATION, 1)] == [
        (2, "selected"),
        (3, "detected"),
        (4, "routed"),
    ]
    assert [event.sealed_number for event in queries.sealed_after(ORGANISATION, 1, limit=2)] == [2, 3]
    assert queries.sealed_numbers() == {ORGANISATION: 4}
    assert codes() == []


def test_each_organisation_has_a_chain_of_its_own() -> None:
    append(organisation=8, incident=5)
    append()
    append(organisation=8, incident=5)
    assert sealing.seal_all(now=NOW) == 3
    assert [event.sealed_number for event in queries.sealed_after(8, 0)] == [1, 2]
    assert [event.sealed_number for event in queries.sealed_after(ORGANISATION, 0)] == [1]
    assert (codes(8), codes()) == ([], [])


def test_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    monkeypatch.setattr(verify, "BATCH", 2)
    append(*[Fact()] * 5)
    assert seal() == 5
    assert codes() == []


def test_the_checked_events_are_counted() -> None:
    append(Fact(), Fact())
    seal()
    append()
    assert verify.verify(ORGANISATION, []) == verify.Verified(sealed=2, unsealed=1, findings=[])


@pytest.fixture
def chain() -> list[Event]:
    """Six sealed events of two incidents, anchored."""
    append(Fact(texts={"text": "Яма на Ленина"}), Fact("selected"))
    append(incident=2)
    append(Fact("routed"), Fact("draft_in"))
    append(Fact("selected"), incident=2)
    seal()
    assert anchors.anchor_all(now=NOW) == 1
    assert codes() == []
    return list(Event.objects.order_by("sealed_number"))


def test_a_changed_row(chain: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE journal_event SET actor_id = 99 WHERE sealed_number = 2")
    (finding,) = findings()
    assert (finding.code, finding.sealed_number) == ("row_changed", 2)
    assert (finding.incident_id, finding.number, finding.facts["kind"]) == (1, 2, "selected")
    assert finding.facts["id"] == chain[1].pk


def test_a_changed_payload(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("UPDATE journal_event SET payload = '{\"message\": 1.5}' WHERE sealed_number = 2")
    assert codes() == [("row_changed", 2)]


def test_a_changed_row_with_its_digest(chain: list[Event], tamper: Tamper) -> None:
    chain[1].actor_id = 99
    tamper("UPDATE journal_event SET actor_id = 99, digest = %s WHERE sealed_number = 2", digest_of(chain[1]))
    assert codes() == [("link_broken", 2)]


def test_a_changed_row_with_its_digest_and_link(chain: list[Event], tamper: Tamper) -> None:
    chain[1].actor_id = 99
    link = canonical.chained(chain[0].sealed_hash or "", 2, digest_of(chain[1]))
    tamper(
        "UPDATE journal_event SET actor_id = 99, digest = %s, sealed_hash = %s WHERE sealed_number = 2",
        digest_of(chain[1]),
        link,
    )
    assert codes() == [("link_broken", 3)]


def test_a_chain_recomputed_to_its_end_is_shown_by_the_anchor(chain: list[Event], tamper: Tamper) -> None:
    chain[1].actor_id = 99
    link = chain[0].sealed_hash or ""
    for event in chain[1:]:
        link = canonical.chained(link, event.sealed_number or 0, digest_of(event))
        tamper(
            "UPDATE journal_event SET actor_id = %s, digest = %s, sealed_hash = %s WHERE id = %s",
            event.actor_id, digest_of(event), link, event.pk,
        )  # fmt: skip
    tamper("UPDATE journal_head SET hash = %s", link)
    assert codes() == [("anchor_differs", 6)]
    for path in (Path(str(anchors.folders()[0]))).iterdir():
        path.unlink()
    assert codes() == []  # without the anchor nothing is left to show it


def test_a_missing_middle(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("DELETE FROM journal_event WHERE sealed_number IN (4, 5)")
    found = findings()
    assert [(finding.code, finding.sealed_number) for finding in found] == [("gap", 4)]
    assert found[0].facts == {"from": 4, "to": 5}
    tamper("DELETE FROM journal_event WHERE sealed_number = 2")
    assert codes() == [("gap", 2), ("gap", 4)]


def test_a_missing_beginning(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("DELETE FROM journal_event_text")
    tamper("DELETE FROM journal_event WHERE sealed_number = 1")
    assert codes() == [("gap", 1), ("number_gap", None)]


def test_a_missing_tail(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("DELETE FROM journal_event WHERE sealed_number > 4")
    assert codes() == [("tail_missing", 6), ("head_differs", 6)]


def test_a_missing_tail_with_the_head_set_back(chain: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM journal_event WHERE sealed_number > 4")
    tamper("UPDATE journal_head SET number = 4, hash = %s", chain[3].sealed_hash)
    (finding,) = findings()
    assert (finding.code, finding.facts["last"], finding.facts["missing"]) == ("tail_missing", 4, 2)


def test_a_tail_replaced_by_other_events(chain: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM journal_event WHERE sealed_number > 4")
    tamper("UPDATE journal_head SET number = 4, hash = %s", chain[3].sealed_hash)
    append(Fact("published"), Fact("closed"))
    seal()
    assert codes() == [("anchor_differs", 6)]


def test_a_whole_organisation_removed(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("DELETE FROM journal_event_text")
    tamper("DELETE FROM journal_event")
    tamper("DELETE FROM journal_head")
    assert verify.organisations(anchors.read_all()) == [ORGANISATION]
    assert codes() == [("tail_missing", 6)]


def test_a_head_that_lies(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("UPDATE journal_head SET hash = 'x'")
    assert codes() == [("head_differs", 6)]


def test_two_events_changed_places(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    tamper("UPDATE journal_event SET sealed_number = 99 WHERE sealed_number = 2")
    tamper("UPDATE journal_event SET sealed_number = 2 WHERE sealed_number = 3")
    tamper("UPDATE journal_event SET sealed_number = 3 WHERE sealed_number = 99")
    assert codes() == [("link_broken", 2), ("link_broken", 3), ("link_broken", 4)]


def test_an_event_slipped_in(chain: list[Event], tamper: Tamper) -> None:
    """A forged row with the number of a removed one."""
    forged = Event(**{**values(chain[1]), "kind": "published"})
    forged.digest = digest_of(forged)
    tamper("DELETE FROM journal_event WHERE sealed_number = 2")
    forged.sealed_number, forged.sealed_hash = 2, chain[1].sealed_hash
    forged.save(force_insert=True)
    assert codes() == [("link_broken", 2)]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE journal_event_text SET text = 'Ямы нет'", "text_changed"),
        ("UPDATE journal_event_text SET salt = 'zz'", "text_changed"),
        ("UPDATE journal_event_text SET name = 'note'", "text_added"),
        ("DELETE FROM journal_event_text", "text_missing"),
        ("UPDATE journal_event_text SET text = '', salt = '', erased_at = '2026-11-27 13:00:00+00:00'", "text_gone"),
    ],
)
def test_a_text(chain: list[Event], tamper: Tamper, sql: str, code: str) -> None:  # noqa: ARG001
    tamper(sql)
    found = findings()
    assert (found[0].code, found[0].sealed_number, found[0].incident_id, found[0].number) == (code, 1, 1, 1)


def test_an_event_removed_before_it_was_sealed(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    append(Fact("published"), Fact("closed"))
    tamper("DELETE FROM journal_event WHERE sealed_number IS NULL AND number = 5")
    (finding,) = findings()
    assert (finding.code, finding.incident_id, finding.facts) == ("number_gap", 1, {"there": 5, "last": 6})


def test_an_event_changed_before_it_was_sealed(chain: list[Event], tamper: Tamper) -> None:  # noqa: ARG001
    append(Fact("published"))
    tamper("UPDATE journal_event SET kind = 'closed' WHERE sealed_number IS NULL")
    assert codes() == [("row_changed", None)]


def test_a_missing_guard() -> None:
    assert verify.missing_guards() == []
    if connection.vendor == "postgresql":
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER journal_event_no_delete")
        assert [finding.facts["trigger"] for finding in verify.missing_guards()] == ["journal_event_no_delete"]
        return
    with guards_off():
        assert [finding.facts["trigger"] for finding in verify.missing_guards()] == list(verify.GUARDS)


class TestAnchors:
    def test_once_a_day_and_only_what_has_grown(self, data: Path) -> None:
        append()
        assert anchors.anchor_all(now=NOW) == 0  # nothing is sealed yet
        seal()
        assert anchors.anchor_all(now=NOW) == 1
        append()
        seal()
        midnight = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
        assert anchors.anchor_all(now=midnight - dt.timedelta(microseconds=1)) == 0
        assert anchors.anchor_all(now=midnight) == 1
        assert anchors.anchor_all(now=midnight + dt.timedelta(days=1)) == 0
        assert [anchor.number for anchor in anchors.read_all()] == [1, 2]
        lines = (data / "anchors" / "2026.jsonl").read_text().splitlines()
        assert len(lines) == 2
        assert lines[0].startswith('{"at":"2026-11-27T13:40:05.123456Z","hash":"')

    def test_at_once(self) -> None:
        append()
        seal()
        anchors.anchor_all(now=NOW)
        append()
        seal()
        assert anchors.anchor_all(now=NOW, at_once=True) == 1

    def test_a_second_folder_holds_the_same_and_is_compared_too(self, data: Path, settings: object) -> None:
        copy = data / "elsewhere"
        settings.ANCHORS_COPY = copy  # type: ignore[attr-defined]
        append()
        seal()
        anchors.anchor_all(now=NOW)
        own = data / "anchors" / "2026.jsonl"
        assert (copy / "2026.jsonl").read_bytes() == own.read_bytes()
        assert len(anchors.read_all()) == 1
        own.write_text(own.read_text().replace('"hash":"', '"hash":"0'))
        assert codes() == [("anchor_differs", 1)]

    def test_a_folder_that_cannot_be_written_is_named_and_tried_again(self, data: Path, settings: object) -> None:
        (data / "file").write_text("")
        settings.ANCHORS_COPY = data / "file" / "copy"  # type: ignore[attr-defined]
        append()
        seal()
        with pytest.raises(anchors.AnchorError, match=r"file/copy: anchors cannot be written"):
            anchors.anchor_all(now=NOW)
        settings.ANCHORS_COPY = None  # type: ignore[attr-defined]
        assert anchors.anchor_all(now=NOW) == 1
        assert len(anchors.read_all()) == 1

    @pytest.mark.parametrize("line", ["", "no json", '{"organisation": 1}', "[]"])
    def test_a_line_that_is_no_anchor_is_named(self, data: Path, line: str) -> None:
        append()
        seal()
        anchors.anchor_all(now=NOW)
        path = data / "anchors" / "2026.jsonl"
        path.write_text(path.read_text() + line + "\n")
        with pytest.raises(anchors.AnchorError, match=r"2026\.jsonl:2: this line is no anchor"):
            anchors.read_all()

    def test_what_a_recorded_restore_lost_is_no_error(self, chain: list[Event], tamper: Tamper) -> None:
        tamper("DELETE FROM journal_event WHERE sealed_number > 4")
        tamper("UPDATE journal_head SET number = 4, hash = %s", chain[3].sealed_hash)
        restored = Fact(verify.RESTORED, payload={"number": 4, "hash": chain[3].sealed_hash})
        append(restored, incident=None)
        seal()
        (finding,) = findings()
        assert (finding.code, finding.sealed_number, finding.is_error) == ("lost_by_restore", 6, False)
        later = anchors.Anchor(ORGANISATION, 7, "x", NOW + dt.timedelta(seconds=1))
        anchors.add(anchors.folders()[0], [later])  # after the restore: no excuse
        assert codes() == [("lost_by_restore", 6), ("tail_missing", 7)]


def values(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in canonical.Content.__dataclass_fields__}


def digest_of(event: Event) -> str:
    return canonical.digest(canonical.Content(**values(event)))  # type: ignore[arg-type]


def test_helpers_agree() -> None:
    (event,) = append()
    assert digest_of(event) == event.digest
    assert EventText.objects.count() == Head.objects.count() == 0
    with write(tenant=(ORGANISATION,)):
        pass
