"""The demo network."""

from otklik.web.demo_network.view import Community, DemoNetworkPage, DemoPost, DemoReply
from otklik.web.view import Field, FieldKind, Form, Link
from tests.browser.gallery.samples.card import REPLY, TEXT
from tests.browser.gallery.samples.common import NOW, PHOTO, Screen, at

COMMUNITIES = (
    Community(
        key="north",
        name="Подслушано в Северном",
        about="Администрация муниципального округа «Северный» отвечает здесь.",
        current=True,
    ),
    Community(key="krai", name="Берёзовский край: новости"),
    Community(key="taiga", name="Таёжный, жалобы и предложения"),
    Community(key="river", name="Заречный район онлайн"),
    Community(key="olhovka", name="Ольховка, наше село"),
)
COMMENT = Form(
    button="Отправить",
    fields=(
        Field(name="author", label="Ваше имя", value="Марина Ветрова", required=True),
        Field(name="text", label="Комментарий", kind=FieldKind.TEXTAREA, required=True),
    ),
)
POSTS = (
    DemoPost(
        key=2,
        author="Игорь Лапин",
        at=at(27, 14, 2),
        text="Автобус 11 утром не пришёл два раза подряд. Это теперь так всегда?",
        place="ост. «Рынок»",
        mine=True,
        waiting="Администрация увидела запись. Ответ появится здесь.",
    ),
    DemoPost(
        key=1,
        author="Марина Ветрова",
        at=at(26, 15, 2),
        text=TEXT,
        place="ул. Садовая, 14",
        attachments=(PHOTO,),
        reply_form=COMMENT,
        replies=(
            DemoReply(key="1", author="Сосед", at=at(26, 15, 30), text="Подтверждаю, вчера сам туда влетел."),
            DemoReply(
                key="2",
                author="Администрация «Северный»",
                at=at(27, 13, 52),
                text=REPLY,
                official=True,
                attachments=(PHOTO,),
            ),
        ),
    ),
)
WRITE = Form(
    button="Опубликовать",
    command_id="66666666-6666-4666-8666-666666666666",
    fields=(
        Field(name="text", label="Что случилось", kind=FieldKind.TEXTAREA, rows=3, required=True, max_length=4000),
        Field(name="author", label="Ваше имя", required=True, placeholder="любое"),
        Field(name="place", label="Где это", placeholder="улица, дом, остановка"),
        Field(name="photo", label="Фото", kind=FieldKind.FILES, accept="image/*"),
    ),
)
PAGE = DemoNetworkPage(
    now=NOW,
    community=COMMUNITIES[0],
    communities=COMMUNITIES,
    posts=POSTS,
    form=WRITE,
    desk=Link(label="Рабочее место администрации", url="/"),
    sent=True,
)
EMPTY = DemoNetworkPage(
    now=NOW,
    community=COMMUNITIES[0],
    communities=COMMUNITIES,
    posts=(),
    form=Form(button="Опубликовать", fields=WRITE.fields, errors=("Напишите, что случилось.",)),
)
DEMO_SCREENS = {
    "demo-network": Screen(template="demo_network/page.html", context={"page": PAGE}),
    "demo-network-empty": Screen(template="demo_network/page.html", context={"page": EMPTY}),
    "demo-posts": Screen(template="demo_network/_posts.html", context={"page": PAGE}),
}
