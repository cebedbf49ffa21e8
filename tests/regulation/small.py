"""A whole act in one short text, and ways to break it in one place."""

from pathlib import Path

from otklik.regulation.parse import LoadedAct, parse_text
from otklik.regulation.problems import ActProblems, Problem

SMALL = """\
format: 1
act: small
title: Порядок
short_title: Порядок № 1
issued_by: Администрация
in_force: {reading: Всегда.}
place:
  name: Город
  zone: Europe/Moscow
  schedule:
    week: {mon: [09:00-18:00], tue: [09:00-18:00], wed: [09:00-18:00], thu: [09:00-18:00], fri: [09:00-18:00]}
  assumption: Часы взяты для примера.
people:
  roles:
    - {role: curator, is: curator, words: куратор, clause: "1", quote: куратор направляет}
    - {role: executor, is: executor, words: исполнитель, clause: "2", quote: исполнитель готовит}
moments:
  - {moment: detected, words: поступление, clause: "1", quote: с момента поступления}
steps:
  - step: route
    kind: hand_over
    title: Направить
    clause: "1"
    quote: куратор направляет сообщение в течение 30 минут с момента поступления
    role: curator
    starts_on: [detected]
    ends_on: [routed]
    term: {literal: 30 минут, amount: 30, unit: minute}
  - step: draft
    kind: draft
    title: Направить на согласование
    clause: "2"
    quote: исполнитель готовит проект за 4 часа до истечения срока
    role: executor
    starts_on: [routed]
    ends_on: [draft_in]
    term: {kind: before, of: reply, literal: 4 часа, amount: 4, unit: hour}
  - step: review
    kind: review
    title: Согласовать
    clause: "2"
    quote: согласует куратор
    role: curator
    starts_on: [draft_in]
    ends_on: [approved, sent_back]
    term: {kind: none}
  - step: reply
    kind: reply
    title: Разместить ответ
    clause: "3"
    quote: не позднее 8 рабочих часов
    role: executor
    starts_on: [detected]
    ends_on: [published]
    term: {literal: 8 рабочих часов, amount: 8, unit: hour}
policies:
  message_kinds: [{kind: message, words: сообщение, clause: "1", quote: сообщение, networks: [vk]}]
  importance: [{importance: normal, words: обычное, clause: "3", quote: 8 рабочих часов}]
  routing: {clause: "1", quote: куратор направляет сообщение}
  review: {clause: "2", quote: согласует куратор, by: curator}
  publishing: {clause: "3", quote: Ответ размещается, by: executor}
clauses:
  - {clause: "1", text: Сообщение куратор направляет сообщение в течение 30 минут с момента поступления.}
  - {clause: "2", text: "Ответ исполнитель готовит проект за 4 часа до истечения срока, согласует куратор."}
  - {clause: "3", text: Ответ размещается не позднее 8 рабочих часов.}
  - {clause: "4", text: О контроле., no_rule: Подпись.}
"""


def broken(*changes: tuple[str, str]) -> str:
    """The small act with each first text replaced by the second; every first text must stand in it."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with the text; none if nothing is."""
    try:
        parse_text(text, "act.yaml")
    except ActProblems as error:
        return error.problems
    return ()


def line_of(text: str, words: str) -> int:
    """The line (from 1) of the first occurrence."""
    return text[: text.index(words)].count("\n") + 1


def write(folder: Path, text: str = SMALL, **amendments: str) -> Path:
    """The act as a folder, with `amendments/<name>.yaml` of the given texts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "act.yaml").write_text(text, encoding="utf-8")
    for name, amendment in amendments.items():
        (folder / "amendments").mkdir(exist_ok=True)
        (folder / "amendments" / f"{name}.yaml").write_text(amendment, encoding="utf-8")
    return folder


def small() -> LoadedAct:
    return parse_text(SMALL, "act.yaml")
