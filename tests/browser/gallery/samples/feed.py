"""The feed, an author's history, and the choice of an earlier message."""

from dataclasses import replace

from otklik.web.card.view import MessageView, Voice
from otklik.web.feed.view import AuthorPage, Decision, Earlier, FeedPage, FeedRow, JoinPage, JustDone, Menu
from otklik.web.queue.view import QueueRow
from otklik.web.view import Attachment, AttachmentKind, EmptyState, Field, FieldKind, Link
from tests.browser.gallery.samples.common import OK, VK, Screen, at, running

GROUNDS = (
    Decision(value="exclude:371:insult", label="Оскорбительные выражения", clause="18"),
    Decision(value="exclude:371:threat", label="Угрозы должностному лицу и членам его семьи", clause="18"),
)
WAYS = (
    Decision(
        value="elsewhere:371:appeal",
        label="Обращение гражданина",
        hint="Обратиться в администрацию письменно или через её сайт",
        clause="21",
    ),
)
SELECT = (
    Decision(value="select:371:", label="Сообщение", clause="8"),
    Decision(value="select:371:high", label="Сообщение повышенной важности", clause="9"),
)
MENUS = (
    Menu(title="Отобрать", icon="check", key="s", code="KeyS", decisions=SELECT, is_main=True),
    Menu(title="Не отвечать", icon="x", key="d", code="KeyD", decisions=GROUNDS, note="Ответа автору не будет."),
    Menu(title="Другой порядок", icon="arrow-forward-up", key="n", code="KeyN", decisions=WAYS, note="Куда."),
)
ROW = QueueRow(
    key=371,
    work="i371",
    number="371",
    network=VK,
    excerpt="На Садовой яма, вторую неделю никто не чинит",
    author="Марина Ветрова",
    chronometer=running("Отобрать", 12, of=60, due=at(27, 14, 22), key="row-371"),
    state="ждёт отбора",
    place="ул. Садовая",
    topic="дороги",
)
MESSAGE = MessageView(
    key="m371",
    voice=Voice.CITIZEN,
    author="Марина Ветрова",
    author_url="https://vk.com/id1",
    text="На Садовой яма, вторую неделю никто не чинит.\n\nЗвонила в диспетчерскую, обещали «передать». Сколько ждать?",
    posted_at=at(27, 13, 20),
    detected_at=at(27, 13, 30),
    network=VK,
    url="https://vk.com/wall-1_371",
    main=True,
    notes=("приходило ещё раз: 2",),
    attachments=(
        Attachment(
            key="p",
            name="яма.jpg",
            kind=AttachmentKind.PHOTO,
            size=90_000,
            url="/files/1/",
            thumb_url="/files/1/",
            alt="Яма",
        ),
    ),
)
SECOND = replace(ROW, key=372, work="i372", number="372", network=OK, repeat=True, place="", topic="")
ROWS = (
    FeedRow(row=ROW, message=MESSAGE, menus=MENUS, may_join=True, history=3),
    FeedRow(
        row=SECOND,
        message=replace(MESSAGE, key="m372", text="Света нет с утра", attachments=(), author_url="", url="", notes=()),
        hints=(Link(label="Похоже на повторное: сравнить с прежним", url="/"),),
    ),
)
FULL = FeedPage(
    rows=ROWS,
    count=2,
    is_more=False,
    empty=EmptyState(title="", text=""),
    list_url="/feed/",
    queue_url="/?section=selection",
    changes_url="/feed/changes/?",
    bulk_id="0",
    narrowed=(Link(label="Площадка: ВКонтакте", url="/feed/"),),
    clear_url="/feed/",
    done=JustDone(key=370, text="№ 370: ответа не будет.", undo="370:reopen:", of="exclude"),
)
EMPTY = replace(FULL, rows=(), count=0, narrowed=(), done=None, empty=EmptyState(title="Всё разобрано", text="Пусто."))
BEFORE = (
    Earlier(row=replace(ROW, key=340, state="ответ размещён"), at="3 ноября, 10:12", relation="тот же автор"),
    Earlier(row=replace(ROW, key=312, state="ответа не будет", repeat=True), at="12 октября, 9:40"),
)
AUTHOR = AuthorPage(
    key=371,
    number="371",
    author="Марина Ветрова",
    author_url="https://vk.com/id1",
    network=VK,
    rows=BEFORE,
    outcomes=("ответ размещён: 1", "ответа не будет: 1"),
    back_url="/feed/",
)
JOIN = JoinPage(
    key=371,
    number="371",
    message=MESSAGE,
    rows=BEFORE,
    fields=(Field(name="new_facts", label="В повторном сообщении новые факты", kind=FieldKind.CHECKBOX),),
    query="яма",
    command_id="0",
    back_url="/feed/",
    may_repeat=True,
    chosen=340,
    problem="Выберите прежнее сообщение из списка или найдите его по номеру либо словам.",
)

FEED_SCREENS = {
    "feed": Screen(template="feed/page.html", context={"page": FULL}, frame={"current": "Очередь"}),
    "feed-empty": Screen(template="feed/page.html", context={"page": EMPTY}, frame={"current": "Очередь"}),
    "feed-author": Screen(template="feed/author.html", context={"page": AUTHOR}, frame={"current": "Очередь"}),
    "feed-join": Screen(template="feed/join.html", context={"page": JOIN}, frame={"current": "Очередь"}, status=422),
}
