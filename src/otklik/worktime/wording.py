"""Sentences for the problems of ``errors.py``, in Russian and English: what is wrong, where, what to do.

The only catalogue of them. A code without a sentence here fails a test.
"""

from collections.abc import Mapping
from typing import Any

from otklik.worktime.errors import Problem

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "unreadable": (
        "файл {path} не читается: {reason}. Проверьте путь и права",
        "cannot read {path}: {reason}. Check the path and the permissions",
    ),
    "bad_syntax": (
        "файл не разобран: {reason}. Исправьте запись YAML или JSON",
        "the file does not parse: {reason}. Correct the YAML or JSON",
    ),
    "duplicate_key": (
        "ключ {key} записан дважды. Оставьте один",
        "the key {key} is written twice. Keep one",
    ),
    "not_a_mapping": (
        "в файле ожидаются ключи и значения, а найдено: {found}. Образец - в docs/worktime.md",
        "keys and values are expected, found: {found}. See docs/worktime.md",
    ),
    "unknown_key": (
        "ключ {key} неизвестен, он ни на что не повлиял бы. Допустимы: {known}",
        "unknown key {key}: it would be obeyed by nothing. Known: {known}",
    ),
    "missing_key": ("нет ключа {key}. Добавьте его", "the key {key} is missing. Add it"),
    "bad_type": (
        "ожидается {expected}, а записано {found}",
        "expected {expected}, found {found}",
    ),
    "unknown_zone": (
        "часовой пояс {zone} неизвестен. Нужно имя IANA, например Europe/Moscow; похожие: {close}",
        "unknown time zone {zone}. Use an IANA name such as Europe/Moscow; alike: {close}",
    ),
    "unknown_calendar": (
        "календарь {calendar} неизвестен. Допустимы none, RU и RU- с кодом региона, например RU-KO",
        "unknown calendar {calendar}. Use none, RU, or RU- with the code of a region, such as RU-KO",
    ),
    "bad_span": (
        "промежуток {found} не разобран: {reason}. Пишите ЧЧ:ММ-ЧЧ:ММ, конец позже начала и не позже 24:00; "
        "ночь делится на 22:00-24:00 и 00:00-06:00 следующего дня",
        "bad span {found}: {reason}. Write HH:MM-HH:MM with the end after the start and not after 24:00; "
        "a night is 22:00-24:00 and 00:00-06:00 of the next day",
    ),
    "overlapping_spans": (
        "промежутки {first} и {second} пересекаются. Разделите или объедините их",
        "the spans {first} and {second} overlap. Part or join them",
    ),
    "bad_date": ("дата {found} не разобрана. Пишите ГГГГ-ММ-ДД", "bad date {found}. Write YYYY-MM-DD"),
    "bad_month_day": (
        "день {found} не разобран. Пишите ММ-ДД, например 12-31",
        "bad day {found}. Write MM-DD, such as 12-31",
    ),
    "bad_number": (
        "ожидается число часов от 0 до 24 с точностью до минуты, а записано {found}",
        "expected hours from 0 to under 24, to the minute, found {found}",
    ),
    "bad_weekday": ("день недели {found} неизвестен. Допустимы: {known}", "unknown weekday {found}. Known: {known}"),
    "no_working_time": (
        "в этом расписании нет рабочего времени, срок не кончился бы никогда. Укажите часы работы",
        "this schedule has no working time, a term would never end. Give it working hours",
    ),
    "naive_time": (
        "время {at} без часового пояса. Передайте время со смещением",
        "the time {at} has no time zone. Pass an aware time",
    ),
    "negative_amount": ("отрицательный срок {amount}", "negative amount {amount}"),
    "bad_amount": ("срок {amount} не в целых секундах", "the amount {amount} is not in whole seconds"),
    "bad_days": (
        "число рабочих дней должно быть не меньше 1, а задано {days}",
        "the number of working days must be at least 1, not {days}",
    ),
    "out_of_range": (
        "рабочее время считается с {first_year} по {last_year} год, а нужно {asked}",
        "working time is computed from {first_year} to {last_year}, not for {asked}",
    ),
    "bad_kind": (
        "вид дня {found} неизвестен. Допустимы: {known}",
        "unknown kind of day {found}. Known: {known}",
    ),
    "hours_on_closed_day": (
        "у нерабочего дня ({kind}) не бывает часов. Уберите short, hours_of, spans",
        "a day off ({kind}) has no hours. Remove short, hours_of, spans",
    ),
    "hours_twice": (
        "часы дня заданы и в spans, и через hours_of или short. Оставьте одно",
        "the hours are given by spans and by hours_of or short. Keep one",
    ),
    "not_a_moved_day": (
        "moved_from бывает только у перенесённого выходного (transferred_off), а здесь {kind}",
        "only a transferred_off day has moved_from, this one is {kind}",
    ),
    "source_for_many_years": (
        "основание одно, а годов несколько: {years}. Загрузите их по одному или назовите основания в столбце source",
        "one source for several years: {years}. Import them one by one or name the sources in the column source",
    ),
    "wrong_year": ("дата не из {year} года", "the date is not in {year}"),
    "not_weekend": (
        "рабочим выходным (work_weekend) может быть только суббота или воскресенье",
        "only a Saturday or Sunday can be a work_weekend",
    ),
    "short_weekend": (
        "короткий день приходится на выходной. Рабочая суббота - это kind: work_weekend, short: true",
        "a short day on a weekend. A working Saturday is kind: work_weekend, short: true",
    ),
    "no_hours": (
        "неизвестно, по чьим часам работают {on}. Добавьте день, на который перенесён выходной "
        "(transferred_off, moved_from: {on}), или hours_of",
        "nothing says whose hours {on} takes. Add the day its day off moved to "
        "(transferred_off, moved_from: {on}), or hours_of",
    ),
    "moved_twice": (
        "выходной {moved_from} перенесён дважды",
        "the day off of {moved_from} is moved twice",
    ),
    "missing_holiday": (
        "нет праздника {on} «{title}» (статья 112 Трудового кодекса). Добавьте его; "
        "если изменился закон, загрузите с --holidays-changed",
        "the holiday {on} «{title}» is missing (article 112 of the Labour Code). Add it; "
        "if the law has changed, import with --holidays-changed",
    ),
    "bad_columns": (
        "столбцы таблицы не те: не хватает {missing}, лишние {unknown}. Нужны: {known}",
        "wrong columns: missing {missing}, unknown {unknown}. They are: {known}",
    ),
    "bad_row": (
        "строка не разобрана, дата «{found}». Нужна дата ГГГГ-ММ-ДД и не больше значений, чем столбцов",
        "the row is not understood, date «{found}». Write YYYY-MM-DD, and no more values than columns",
    ),
}

_REASONS = {
    "form": ("не похож на ЧЧ:ММ-ЧЧ:ММ", "not HH:MM-HH:MM"),
    "hours": ("таких часов нет", "no such hours"),
    "order": ("конец не позже начала", "the end is not after the start"),
}

CODES = frozenset(_SENTENCES)


def describe(problem: Problem, lang: str = "ru") -> str:
    """One sentence, with the line and the path in front where they are known."""
    column = 0 if lang == "ru" else 1
    facts = {name: _text(value, column) for name, value in problem.facts.items()}
    sentence = _SENTENCES[problem.code][column].format(**facts)
    place = problem.where
    if problem.line is not None:
        line = f"{('строка', 'line')[column]} {problem.line}"
        place = f"{line}, {place}" if place else line
    return f"{place}: {sentence}" if place else sentence


def _text(value: Any, column: int) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or ("нет", "none")[column]
    return _REASONS[value][column] if value in _REASONS else str(value)
