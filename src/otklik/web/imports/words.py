"""What the screens of imports say: fields of a message, zones, orders of dates, refusals."""

from collections.abc import Mapping
from types import MappingProxyType

from otklik.messages.reading.dates import DateOrder
from otklik.messages.reading.profiles import Field

FIELDS: Mapping[Field, str] = MappingProxyType(
    {
        Field.TEXT: "текст сообщения",
        Field.TITLE: "заголовок (если нет текста)",
        Field.AUTHOR: "автор",
        Field.AUTHOR_URL: "страница автора",
        Field.URL: "ссылка на сообщение",
        Field.SOURCE: "сеть или сайт",
        Field.SOURCE_KIND: "вид площадки",
        Field.POSTED_AT: "когда написано",
        Field.POSTED_TIME: "время, если оно отдельно от даты",
        Field.DETECTED_AT: "когда выявлено: отсюда идут сроки",
        Field.CLOSED_AT: "когда закрыто: такие не загружать",
        Field.TOPIC: "тема",
        Field.PLACE: "место",
        Field.ID: "номер в исходной системе",
        Field.HASH: "общий код копий",
        Field.RATING: "оценка",
        Field.AUDIENCE: "аудитория",
    }
)
ORDERS: Mapping[DateOrder, str] = MappingProxyType(
    {
        DateOrder.AUTO: "определить: день.месяц.год или год-месяц-день",
        DateOrder.DAY_FIRST: "день, месяц, год: 30.04.2026",
        DateOrder.MONTH_FIRST: "месяц, день, год: 04/30/2026",
        DateOrder.YEAR_FIRST: "год, месяц, день: 2026-04-30",
    }
)
ZONES: Mapping[str, str] = MappingProxyType(
    {
        "Europe/Kaliningrad": "Калининград (МСК−1)",
        "Europe/Moscow": "Москва (МСК)",
        "Europe/Samara": "Самара (МСК+1)",
        "Asia/Yekaterinburg": "Екатеринбург (МСК+2)",
        "Asia/Omsk": "Омск (МСК+3)",
        "Asia/Barnaul": "Барнаул (МСК+4)",
        "Asia/Irkutsk": "Иркутск (МСК+5)",
        "Asia/Yakutsk": "Якутск (МСК+6)",
        "Asia/Vladivostok": "Владивосток (МСК+7)",
        "Asia/Magadan": "Магадан (МСК+8)",
        "Asia/Kamchatka": "Камчатка (МСК+9)",
        "UTC": "всемирное время (UTC)",
    }
)
DELIMITERS = ("точка с запятой", "запятая", "табуляция")
"""In the order of `csv_file.DELIMITERS`."""
PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "no_file": "Выберите файл.",
        "no_text": "Укажите столбец с текстом сообщения (или с заголовком): без него нечего рассматривать.",
        "field_twice": "«{field}» указано для нескольких столбцов. Оставьте один.",
        "header_row": "Строка заголовков: нужно число от 0 (заголовков нет) до {limit}. В выбранной строке пусто.",
        "name_taken": "Такое имя у встроенного профиля. Назовите соответствие иначе.",
        "not_waiting": "Загрузка этого файла уже начата.",
        "ended": "Загрузка уже закончилась: останавливать нечего.",
        "same_file": "Этот файл уже был загружен так же. Ничего не изменено.",
    }
)
