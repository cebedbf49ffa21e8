"""What a column may mean, from its heading alone: a first guess that a person corrects. Pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from otklik.messages.reading.profiles import JOINED, Field, plain, presets

WORDS: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        Field.TEXT: ("текст", "сообщение", "содержание", "обращение", "text", "message", "комментарий"),
        Field.TITLE: ("заголовок", "название", "title"),
        Field.ID: ("id", "идентификатор", "номер сообщения", "номер обращения"),
        Field.URL: ("ссылка", "url", "link", "адрес сообщения", "ссылка на сообщение", "ссылка на пост"),
        Field.SOURCE: ("сеть", "соцсеть", "социальная сеть", "источник", "площадка", "network"),
        Field.AUTHOR: ("автор", "имя", "фио", "заявитель", "author", "пользователь"),
        Field.AUTHOR_URL: ("страница автора", "профиль автора", "ссылка на автора", "профиль"),
        Field.POSTED_AT: ("дата", "дата публикации", "дата сообщения", "дата и время", "опубликовано", "date", "когда"),
        Field.POSTED_TIME: ("время", "время сообщения", "time"),
        Field.DETECTED_AT: ("дата выявления", "выявлено", "дата поступления", "поступило"),
        Field.TOPIC: ("тема", "группа тем", "категория", "рубрика", "topic", "topic_group"),
        Field.PLACE: ("место", "адрес", "улица", "дом", "населенный пункт", "район", "муниципалитет", "город"),
    }
)
"""Headings of tables that people keep themselves, as `profiles.plain` gives them."""


def guessed(headings: Sequence[str]) -> dict[int, Field]:
    """Number of a column → what it may mean. A field is given once, unless its columns are said together."""
    known = {word: field for field, words in WORDS.items() for word in words}
    for preset in presets().values():
        for field, columns in preset.columns.items():
            known |= {plain(column): field for column in columns if plain(column) not in known}
    found: dict[int, Field] = {}
    for number, heading in enumerate(headings):
        field_ = known.get(plain(heading))
        if field_ is not None and (field_ in JOINED or field_ not in found.values()):
            found[number] = field_
    return found
