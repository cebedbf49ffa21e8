"""The queue: full, empty, nothing found."""

import datetime as dt
from typing import Any

from otklik.web.chronometer import Chronometer, ClockState
from otklik.web.queue.view import BulkPage, Item, KeepingPage, Kept, Piece, QueuePage, QueueRow, Section
from otklik.web.view import Choice, EmptyState, Field, FieldKind, Link, Pager
from tests.browser.gallery.samples.common import (
    DEMO,
    HAND,
    MAX,
    OK,
    SITE,
    TELEGRAM,
    VK,
    Screen,
    at,
    running,
    still,
)

ZHKH = "Управление жилищно-коммунального хозяйства"
ROADS = "МКУ «Городские дороги»"


def _row(key: int, clock: Chronometer, excerpt: str, **others: Any) -> QueueRow:
    given: dict[str, Any] = {
        "network": VK,
        "author": "Марина Ветрова",
        "state": "Ждёт направления",
        "place": "ул. Садовая",
        "topic": "ЖКХ",
    }
    number = f"2026-{key:06}"
    return QueueRow(key=key, work=str(key), number=number, excerpt=excerpt, chronometer=clock, **{**given, **others})


def _clock(key: int, minutes: int, of: int, due: dt.datetime, **others: Any) -> Chronometer:
    return running("Направить профильному Исполнителю", minutes, of=of, due=due, key=f"w{key}", **others)


def _rows() -> tuple[QueueRow, ...]:
    return (
        _row(
            341,
            _clock(341, -25, 480, at(27, 13, 45)),
            "Третий день нет горячей воды во всём подъезде, диспетчер трубку не берёт",
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Готовится ответ",
            importance="высокая важность",
        ),
        _row(
            352,
            _clock(352, 8, 60, at(27, 14, 18)),
            "Кто-нибудь вообще чистит тротуар возле школы № 5? Дети идут по дороге",
            network=TELEGRAM,
            topic="Уборка снега",
            place="ул. Мира, 12",
            fresh=True,
        ),
        _row(
            338,
            _clock(338, 12, 60, at(27, 14, 22)),
            "Фонари не горят от остановки до поликлиники, темно уже в четыре",
            network=OK,
            topic="Освещение",
            unit=ROADS,
            person="Истомин Р. С.",
            state="На согласовании",
            repeat=True,
        ),
        _row(
            349,
            _clock(349, 24, 60, at(27, 14, 34)),
            "Яма на Садовой у четырнадцатого дома, уже второе колесо за месяц",
            topic="Дороги",
            unit=ROADS,
            person="Истомин Р. С.",
            state="На доработке",
        ),
        _row(
            344,
            _clock(344, 95, 480, at(27, 15, 45)),
            "Почему в детский сад «Ромашка» набирают только с трёх лет, куда нам идти",
            network=MAX,
            topic="Детские сады",
            place="мкр. Южный",
            unit="Управление образования",
            person="Артеева Л. О.",
            state="Готовится ответ",
        ),
        _row(
            355,
            _clock(355, 130, 480, at(27, 16, 20)),
            "Автобус 11 не пришёл ни в 7:10, ни в 7:40, люди опоздали на смену",
            network=DEMO,
            topic="Транспорт",
            place="ост. «Рынок»",
            state="Ждёт направления",
            fresh=True,
        ),
        _row(
            346,
            _clock(346, 215, 480, at(30, 9, 55)),
            "Мусор у контейнеров на Лесной не вывозили с понедельника, собаки растащили",
            network=VK,
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Готовится ответ",
            place="ул. Лесная, 3",
        ),
        _row(
            356,
            _clock(356, 252, 480, at(30, 10, 32)),
            "Вода из крана рыжая, в чайнике осадок. Можно ли её пить?",
            network=SITE,
            unit=ZHKH,
            person="Терентьева В. И.",
            state="Запрошена информация",
        ),
        _row(
            357,
            _clock(357, 290, 480, at(30, 11, 10)),
            "Спасибо, что починили качели! Но рядом торчит арматура, посмотрите",
            network=OK,
            topic="Благоустройство",
            place="парк «Юность»",
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Готовится ответ",
        ),
        _row(
            358,
            _clock(358, 331, 480, at(30, 11, 51)),
            "Где график отключений на ремонт теплотрассы? На сайте пусто",
            network=TELEGRAM,
            topic="Отопление",
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Готовится ответ",
            repeat=True,
        ),
        _row(
            359,
            _clock(359, 402, 480, at(30, 14, 2)),
            "Собаки стаей у гаражей на Заречной, ребёнка вчера еле отбили",
            network=VK,
            topic="Безнадзорные животные",
            place="ул. Заречная",
            state="Ждёт направления",
        ),
        _row(
            360,
            _clock(360, 420, 480, at(30, 14, 20)),
            "Просьба от соседей: поставьте знак у перехода возле библиотеки",
            network=HAND,
            topic="Дороги",
            place="пр. Ленина, 40",
            unit=ROADS,
            person="Истомин Р. С.",
            state="Готовится ответ",
        ),
        _row(
            331,
            _clock(331, 1900, 3360, at(3, 17, 15, month=12), left_days=4),
            "Крыша течёт после капремонта, обещали посмотреть ещё летом",
            network=OK,
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Дан промежуточный ответ",
        ),
        _row(
            362,
            still("Ответ автора", ClockState.WAITING, key="w362"),
            "Какой именно дом? Уточните, пожалуйста, адрес и подъезд",
            network=VK,
            unit=ZHKH,
            person="Попов Н. Е.",
            state="Ждём автора",
        ),
        _row(
            363,
            _clock(363, 450, 480, at(30, 14, 50)),
            "Когда откроют каток на стадионе, обещали к первому декабря",
            network=MAX,
            topic="Спорт",
            place="стадион «Труд»",
            state="Ждёт направления",
            kind="публикация",
        ),
    )


SECTIONS = (
    Section(key="mine", title="Ждут меня", count=15, url="/?section=mine", current=True),
    Section(key="review", title="На согласовании", count=3, url="/?section=review"),
    Section(key="soon", title="Скоро срок", count=6, url="/?section=soon"),
    Section(key="late", title="Просрочены", count=1, url="/?section=late", alarm=True),
    Section(key="all", title="Все", count=1284, url="/?section=all"),
)
DONE = EmptyState(
    title="Всё сделано, никто не ждёт",
    text="Новые сообщения появятся здесь сами. Пока можно посмотреть, что у коллег ближе всего к сроку.",
    link=Link(label="Скоро срок: 6", url="/?section=soon"),
)
NOTHING = EmptyState(
    title="По запросу «фанари» ничего нет",
    text="Поиск понимает разные формы слов, но не опечатки. Проверьте слово или уберите отбор.",
    link=Link(label="Показать все", url="/?section=all"),
    done=False,
)
ORDER = "сначала те, у кого меньше времени"
FULL = QueuePage(
    title="Ждут меня",
    sections=SECTIONS,
    rows=_rows(),
    empty=DONE,
    order=ORDER,
    new_message_url="/messages/new/",
    pager=Pager(first=1, last=15, total=15),
)
EMPTY = QueuePage(title="Ждут меня", sections=SECTIONS, rows=(), empty=DONE, new_message_url="/messages/new/")
NOT_FOUND = QueuePage(
    title="Все",
    sections=SECTIONS,
    rows=(),
    empty=NOTHING,
    query="фанари",
    narrowed=(Link(label="поиск: фанари", url="/?section=all"),),
)
NARROWED = QueuePage(
    title="Все",
    sections=SECTIONS,
    rows=(
        _row(
            341,
            _clock(341, -25, 480, at(27, 13, 45)),
            "Третий день нет горячей воды",
            found=(Piece(text="…нет горячей "), Piece(text="воды", marked=True), Piece(text=" во всём подъезде")),
        ),
        _row(
            352,
            _clock(352, 8, 60, at(27, 14, 18)),
            "Кто-нибудь вообще чистит тротуар?",
            found=(Piece(text="Здравствуйте! "), Piece(text="Воду", marked=True), Piece(text=" уберут сегодня")),
            found_in="в ответе",
        ),
    ),
    empty=NOTHING,
    query="вода",
    order="сначала новые",
    narrowed=(Link(label="Площадка: ВКонтакте", url="/?section=all&q=вода"),),
    filters=(
        Field(
            name="network",
            label="Площадка",
            kind=FieldKind.SELECT,
            choices=(Choice(value="", label="все"), Choice(value="vk", label="ВКонтакте", checked=True)),
        ),
        Field(name="place", label="Место", placeholder="улица, село, дом"),
        Field(name="since", label="Выявлено с", kind=FieldKind.DATE),
    ),
    filters_url="/?section=all",
    clear_url="/?section=all",
    keep_url="/queue/views/?section=all&network=vk",
    saved=(Link(label="Вода во дворах", url="/?section=all&network=vk"), Link(label="Снег", url="/?q=снег")),
    list_url="/?section=all&network=vk",
)
REFUSED = "Сообщение ещё не отобрано. Что можно сделать: отобрать (куратор)."
ITEMS = (
    Item(key=341, number="341", excerpt="Третий день нет горячей воды", says=REFUSED, is_done=False),
    Item(key=352, number="352", excerpt="Кто-нибудь вообще чистит тротуар?", says="Направлено"),
)
BULK = BulkPage(
    title="Направлено: 1 из 2",
    act="route",
    items=ITEMS,
    back_url="/",
    command_id="0",
    undo=("352:route:roads",),
    fields=(
        Field(
            name="target",
            label="Куда",
            kind=FieldKind.SELECT,
            required=True,
            choices=(Choice(value="", label="выберите"), Choice(value="roads", label=ROADS)),
        ),
    ),
    button="Направить",
)
VIEWS = KeepingPage(
    views=(
        Kept(key=1, name="Вода во дворах", url="/?q=вода", is_own=True, is_shared=True),
        Kept(key=2, name="Снег", url="/?q=снег", is_own=False, is_shared=True, owner="Орлова А. П."),
    ),
    values=(("section", "all"), ("network", "vk")),
    list_url="/?section=all&network=vk",
    may_share=True,
    problem="Назовите список: по названию вы его найдёте.",
    removed=Kept(key=3, name="Старый", url="/", is_own=True, is_shared=False),
)
QUEUE_SCREENS = {
    "queue-narrowed": Screen(
        template="queue/page.html", context={"page": NARROWED}, frame={"current": "Очередь", "search_query": "вода"}
    ),
    "queue-bulk": Screen(template="queue/bulk.html", context={"page": BULK}, frame={"current": "Очередь"}),
    "queue-views": Screen(template="queue/views.html", context={"page": VIEWS}, frame={"current": "Очередь"}),
    "queue": Screen(template="queue/page.html", context={"page": FULL}, frame={"current": "Очередь"}),
    "queue-empty": Screen(
        template="queue/page.html",
        context={"page": EMPTY},
        frame={"current": "Очередь", "demo": False, "silent_since": at(27, 14, 7)},
    ),
    "queue-none": Screen(
        template="queue/page.html", context={"page": NOT_FOUND}, frame={"current": "Очередь", "search_query": "фанари"}
    ),
}
