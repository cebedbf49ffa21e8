"""What can be wrong with a file or a row, as codes with facts, and the Russian sentence of each."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # the file
    "missing_file": "Файла {path} нет. Проверьте имя и папку.",
    "unreadable_file": "Файл {path} не читается: {reason}.",
    "not_a_file": "{path} — не файл.",
    "empty_file": "Файл {path} пуст.",
    "spreadsheet": "{path} — таблица Excel. Сохраните её как «CSV UTF-8» и загрузите снова.",
    "encoding": "Кодировка файла {path} не распознана. Сохраните его в UTF-8 (или Windows-1251) и загрузите снова.",
    "unknown_profile": "Профиля «{profile}» нет. Есть: {known}.",
    "no_header": "В файле {path} не найдена строка заголовков, известная какому-либо профилю ({known}). "
    "Назовите столбцы сами: --map text=СТОЛБЕЦ. Столбцы файла: {columns}.",
    "no_header_of": "В файле {path} не найдена строка заголовков вида «{profile}»: нет столбцов {missing}. "
    "Столбцы файла: {columns}.",
    "unknown_column": "Столбца {missing} в файле нет. Столбцы файла: {columns}.",
    "unknown_field": "Поле «{field}» неизвестно. Есть поля: {known}.",
    "bad_mapping": "Не понято: --map {given}. Пишите ПОЛЕ=СТОЛБЕЦ через запятую: --map text=Текст,topic=Тема.",
    "field_twice": "Поле «{field}» названо дважды. Оставьте один столбец.",
    "text_not_mapped": "Не сказано, в каком столбце текст. Добавьте к --map: text=СТОЛБЕЦ.",
    "unknown_network": "Сети «{network}» нет. Есть: {known}.",
    "no_act": "У организации «{organisation}» не выбрано постановление: сроки считать не по чему. "
    "Выберите его: otklik init.",
    # a row
    "quotes": "кавычки не закрыты или стоят посреди текста",
    "cells": "ячеек {found}, а столбцов {expected}: лишний разделитель не взят в кавычки",
    "bytes": "есть знаки не в кодировке файла",
    "too_long": "длиннее {limit} знаков",
    "no_text": "нет ни текста, ни заголовка, ни оценки",
    "bad_date": "дата «{value}» не понята, нужна дд.мм.гггг чч:мм",
    "date_out_of_range": "дата «{value}» не может быть верной",
    "future_detection": "сообщение выявлено позже, чем загружено: «{value}»",
    # not wrong, but worth saying
    "same_row": "эта строка уже загружена",
    "copy": "копия сообщения, которое уже есть",
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """What is wrong, where, what to do."""
    return SENTENCES[code].format_map(facts)


class FileRefused(Exception):
    """The file as a whole cannot be imported; nothing of it came in. `str()` is the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(sentence(code, facts))
        self.code = code
        self.facts = facts


class RowRefused(Exception):
    """One row cannot come in; the others can. `str()` is the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(sentence(code, facts))
        self.code = code
        self.facts = facts
