"""`otklik deadlines`: as people and programs ask it."""

import json
from pathlib import Path
from typing import Any

import pytest

from otklik.cli.main import main

KEYS = ["step", "clause", "quote", "who", "starts_on", "ends_on", "starts_at", "due_at", "state", "explanation"]


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["deadlines", *arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert isinstance(rows, list)
    return rows


def one(rows: list[dict[str, Any]], step: str) -> dict[str, Any]:
    """The current row of a step: the last."""
    return [row for row in rows if row["step"] == step][-1]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["deadlines", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1, captured.err
    return captured.err


def test_the_rows_of_an_incident(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--event", "detected=2026-11-27T16:40", "--now", "2026-11-27T16:41")
    rows = ask(capsys, "altai-2020-132", *asked)
    assert all(list(row)[: len(KEYS)] == KEYS for row in rows)
    reply = one(rows, "reply")
    assert {key: reply[key] for key in KEYS if key not in ("quote", "explanation")} == {
        "step": "reply",
        "clause": "8",
        "who": "исполнитель",
        "starts_on": "detected",
        "ends_on": "published|interim_published",
        "starts_at": "2026-11-27T16:40:00+07:00",
        "due_at": "2026-12-01T09:40:00+07:00",
        "state": "running",
    }
    assert "9 рабочих часов" in reply["quote"]
    assert "сб 28.11.2026 – вс 29.11.2026 выходной" in reply["explanation"]
    assert reply["walk"]["seconds"] == 9 * 3600
    assert one(rows, "review") | {"explanation": "", "quote": ""} == one(rows, "review") | {
        "explanation": "",
        "quote": "",
        "state": "waiting",
        "starts_at": None,
        "due_at": None,
        "starts_on": "draft_in",
    }


def test_the_order_of_events_does_not_matter(capsys: pytest.CaptureFixture[str]) -> None:
    events = ["draft_in=2026-11-24T12:00", "detected=2026-11-24T10:00", "approved=2026-11-24T12:20"]
    rows = [
        ask(
            capsys,
            "altai-2020-132",
            *(word for event in order for word in ("--event", event)),
            "--now",
            "2026-11-24T12:50",
        )
        for order in (events, events[::-1])
    ]
    assert rows[0] == rows[1]
    assert one(rows[0], "publish")["state"] == "running"


def test_a_time_without_an_offset_is_the_places_own(capsys: pytest.CaptureFixture[str]) -> None:
    own = ask(capsys, "altai-2020-132", "--event", "detected=2026-11-24T10:00", "--now", "2026-11-24T10:00")
    moscow = ask(capsys, "altai-2020-132", "--event", "detected=2026-11-24T06:00+03:00", "--now", "2026-11-24T03:00Z")
    assert own == moscow


@pytest.mark.parametrize(
    ("act", "arguments", "clause", "due"),
    [
        ("novoalekseevskaya-2020-129", ["--importance", "high"], "10", "2026-11-24T13:50:00+03:00"),
        ("kalininsky", ["--importance", "high"], "15", "2026-11-24T13:50:00+03:00"),
        ("kalininsky", ["--kind", "publication"], "9", "2026-11-25T08:50:00+03:00"),
        ("lesozavodsk-2022-215", ["--importance", "high"], "9", "2026-11-24T12:00:00+10:00"),
        ("altai-2020-132", ["--importance", "high", "--kind", "incident"], "8", "2026-11-25T09:45:00+07:00"),
        ("altai-2020-132", ["--repeat"], "8", "2026-11-25T09:45:00+07:00"),
    ],
)
def test_kind_importance_and_repeat(
    capsys: pytest.CaptureFixture[str], act: str, arguments: list[str], clause: str, due: str
) -> None:
    rows = ask(capsys, act, "--event", "detected=2026-11-24T09:00", "--now", "2026-11-24T09:00", *arguments)
    assert (one(rows, "reply")["clause"], one(rows, "reply")["due_at"]) == (clause, due)


def test_an_act_without_a_shortened_term_takes_the_flag(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("ukhta-2021-960", "--event", "received=2026-11-24T10:00", "--now", "2026-11-24T10:00")
    assert ask(capsys, *asked, "--importance", "high") == ask(capsys, *asked)


def test_another_schedule(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text('zone: Asia/Omsk\ncalendar: none\nweek: {sat: ["10:00-20:00"]}\n', encoding="utf-8")
    asked = ("--event", "detected=2026-11-28T11:00", "--now", "2026-11-28T11:00", "--schedule", str(file))
    rows = ask(capsys, "altai-2020-132", *asked)
    assert one(rows, "reply")["due_at"] == "2026-11-28T20:00:00+06:00"


def test_parts_have_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    events = ["part_requested=2026-11-24T10:00", "part_requested=2026-11-24T10:00", "part_in=2026-11-24T11:00"]
    rows = ask(
        capsys,
        "altai-2020-132",
        *(word for event in events for word in ("--event", event)),
        "--now",
        "2026-11-24T11:30",
    )
    assert [(row["part"], row["state"]) for row in rows if row["step"] == "part"] == [(1, "met"), (2, "running")]


def test_the_edition_in_force_on_the_first_day(capsys: pytest.CaptureFixture[str]) -> None:
    rows = ask(capsys, "ukhta-2021-960@2022-01-01", "--event", "received=2026-11-24T10:00", "--now", "2026-11-24T10:00")
    assert one(rows, "reply")["clause"] == "8"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["altay-2020-132", "--event", "detected=2026-11-24T10:00"], "Возможно, «altai-2020-132»"),
        (["/nowhere/act.yaml", "--event", "detected=2026-11-24T10:00"], "/nowhere/act.yaml"),
        (["altai-2020-132", "--event", "detectd=2026-11-24T10:00"], "Возможно, «detected»"),
        (["altai-2020-132", "--event", "detected"], "СОБЫТИЕ=ВРЕМЯ"),
        (["altai-2020-132", "--event", "detected=2026-11-24"], "Время «2026-11-24» не понято"),
        (["altai-2020-132", "--event", "detected=2026-13-24T10:00"], "не понято"),
        (["altai-2020-132", "--event", "detected=2026-11-24T25:00"], "не понято"),
        (["altai-2020-132", "--event", "detected=9999-12-31T24:00"], "не понято"),
        (["altai-2020-132", "--event", "detected=2626-11-24T10:00"], "2626"),
        (["altai-2020-132", "--event", "detected=2026-11-24T10:00", "--now", "завтра"], "завтра"),
        (["altai-2020-132"], "Не названо ни одного события"),
        (["altai-2020-132", "--event", "detected=2026-11-24T10:00", "--kind", "letter"], "Вида сообщений «letter» нет"),
        (["altai-2020-132", "--event", "detected=2026-11-24T10:00", "--importance", "hihg"], "Возможно, «high»"),
        (["altai-2020-132", "--event", "detected=2026-11-24T10:00", "--schedule", "/nowhere"], "/nowhere"),
        (["ukhta-2021-960@2022-13-01", "--event", "received=2026-11-24T10:00"], "2022-13-01"),
    ],
)
def test_a_wrong_question_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert said in refused(capsys, *arguments)


def test_a_schedule_without_working_time_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "hours.yaml"
    file.write_text("zone: Asia/Omsk\nweek: {}\n", encoding="utf-8")
    said = refused(capsys, "altai-2020-132", "--event", "detected=2026-11-24T10:00", "--schedule", str(file))
    assert str(file) in said


def test_for_people_a_table_with_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["deadlines", "altai-2020-132", "--event", "detected=2026-11-27T16:40", "--now", "2026-12-01T09:40:01"]
    assert main(asked) == 0
    text = capsys.readouterr().out
    assert "Алтайский край № 132. Время места: Asia/Barnaul. На вт 01.12.2026 09:40:01." in text
    assert "reply           8      исполнитель" in text
    assert "вт 01.12.2026 09:40  просрочен" in text
    assert "почему: Пункт 8, «9 рабочих часов»: 9 ч рабочего времени с момента выявления" in text
    assert "Акт не называет часов работы" in text  # the assumption is told
    assert "почему: Отсчёт не начался: ждёт события «согласование»." in text


def test_messages_without_terms(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["deadlines", "novoalekseevskaya-2020-129", "--kind", "publication", "--event", "detected=2026-11-27T10:00"]
    assert main(asked) == 0
    assert "Для таких сообщений акт сроков не назначает." in capsys.readouterr().out
