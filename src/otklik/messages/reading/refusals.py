"""What can be wrong with a file or a row, as codes with facts, and the Russian sentence of each."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # the file
    "missing_file": "Файла {path} нет. Проверьте имя и папку.",
    "unreadable_file": "Файл {file} не читается: {reason}.",
    "not_a_file": "{path} — не файл.",
    "empty_file": "Файл {file} пуст.",
    "too_big": "Файл {file} больше {limit_mb} МБ. Выгрузите его по частям, например по месяцам: повторы сами отсеются.",
    "old_excel": "{file} — таблица старого Excel (XLS) или защищена паролем. Снимите пароль и сохраните её как «Книга "
    "Excel (XLSX)».",
    "binary_excel": "{file} — двоичная таблица Excel (XLSB). Сохраните её как «Книга Excel (XLSX)».",
    "libre_office": "{file} — таблица LibreOffice (ODS). Сохраните её как «Excel 2007–365 (XLSX)».",
    "word": "{file} — документ Word, а не таблица. Выгрузите отчёт в XLSX или CSV.",
    "archive": "{file} — архив. Распакуйте его и загрузите таблицу, которая внутри.",
    "web_page": "{file} — веб-страница, хотя может называться таблицей. Откройте её в Excel и сохраните как XLSX.",
    "wrong_type": "{file} — не таблица. Загрузить можно CSV, XLSX или JSON.",
    "protected": "{file} защищён паролем. Снимите пароль и загрузите снова.",
    "broken_xlsx": "Таблица {file} повреждена. Откройте её в Excel, сохраните заново как XLSX и загрузите снова.",
    "too_large_inside": "Внутри {file} больше {limit_mb} МБ данных: так устроены вредоносные файлы. "
    "Если файл настоящий, выгрузите его по частям.",
    "too_many_rows": "В {file} больше {limit} строк. Выгрузите его по частям, например по месяцам: повторы сами "
    "отсеются.",
    "too_many_columns": "В {file} больше {limit} столбцов. Оставьте нужные и загрузите снова.",
    "no_sheets": "В таблице {file} нет ни одной заполненной строки.",
    "no_sheet": "В {file} нет листа «{sheet}». Есть: {sheets}.",
    "no_objects": "В {file} не найдено ни одного сообщения: нужен список объектов JSON или по объекту в строке.",
    "encoding": "Кодировка файла {file} не распознана. Сохраните его в UTF-8 (или Windows-1251) и загрузите снова.",
    "unknown_profile": "Профиля «{profile}» нет. Есть: {known}.",
    "no_header": "В файле {file} не найдена строка заголовков, известная какому-либо профилю ({known}). "
    "Назовите столбцы сами: --map text=СТОЛБЕЦ. Столбцы файла: {columns}.",
    "no_header_of": "В файле {file} не найдена строка заголовков вида «{profile}»: нет столбцов {missing}. "
    "Столбцы файла: {columns}.",
    "unknown_column": "Столбца {missing} в файле нет. Столбцы файла: {columns}.",
    "unknown_field": "Поле «{field}» неизвестно. Есть поля: {known}.",
    "bad_mapping": "Не понято: --map {given}. Пишите ПОЛЕ=СТОЛБЕЦ через запятую: --map text=Текст,topic=Тема.",
    "field_twice": "Поле «{field}» названо дважды. Оставьте один столбец.",
    "text_not_mapped": "Не сказано, в каком столбце текст. Добавьте к --map: text=СТОЛБЕЦ.",
    "unknown_network": "Сети «{network}» нет. Есть: {known}.",
    "unknown_zone": "Часового пояса «{zone}» нет. Пример: Europe/Moscow.",
    "no_act": "У организации «{organisation}» не выбрано постановление: сроки считать не по чему. "
    "Выберите его: otklik init.",
    "file_gone": "Файла {file} на сервере больше нет. Загрузите его снова: то, что уже загружено, не повторится.",
    "file_changed": "Файл {file} изменился с тех пор, как его начали загружать. Загрузите его снова.",
    # a row
    "quotes": "кавычки не закрыты или стоят посреди текста",
    "cells": "ячеек {found}, а столбцов {expected}: лишний разделитель не взят в кавычки",
    "bytes": "есть знаки не в кодировке файла",
    "too_long": "длиннее {limit} знаков",
    "no_object": "здесь не объект JSON; если дальше нет строк, файл оборван в этом месте",
    "no_text": "нет ни текста, ни заголовка, ни оценки",
    "bad_date": "дата «{value}» не понята, нужна дд.мм.гггг чч:мм",
    "date_out_of_range": "дата «{value}» не может быть верной",
    "future_detection": "сообщение выявлено позже, чем загружено: «{value}»",
    "closed_there": "закрыто в исходной системе («{value}»): в работу не взято",
    # not wrong, but worth saying
    "same_row": "эта строка уже загружена",
    "by_hand": "это сообщение уже внесено вручную",
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
