"""Sign-in and faults."""

from typing import Any

from otklik.project.storage import FULL
from otklik.web.errors.view import ErrorPage
from otklik.web.errors.views import UNREADABLE
from otklik.web.signin.view import DemoAccount, DemoOrganisation, SignInPage
from otklik.web.view import Link
from tests.browser.gallery.samples.common import Screen, at

NORTH = DemoOrganisation(
    name="Администрация муниципального округа «Северный»",
    act="Ухта № 960",
    accounts=(
        DemoAccount(
            login="u.operator",
            name="Рочева Елена Васильевна",
            roles="оператор, куратор, размещает ответы",
            unit="Отдел информации",
        ),
        DemoAccount(
            login="u.roads",
            name="Истомин Роман Сергеевич",
            roles="исполнитель, специалист",
            unit="МКУ «Городские дороги»",
        ),
        DemoAccount(login="u.utilities", name="Попов Николай Егорович", roles="исполнитель", unit="Управление ЖКХ"),
        DemoAccount(login="u.head", name="Осипов Михаил Николаевич", roles="глава"),
        DemoAccount(login="u.admin", name="Хозяинов Пётр Витальевич", roles="администратор"),
    ),
)
OTHERS = tuple(
    DemoOrganisation(name=name, act=act, accounts=NORTH.accounts[:2])
    for name, act in (
        ("Правительство Берёзовского края", "Алтай № 132"),
        ("Администрация Таёжного городского округа", "Лесозаводск № 215"),
        ("Заречный район", "Калининский"),
        ("Ольховское сельское поселение", "Новоалексеевская № 129"),
    )
)
DEMO_PAGE: dict[str, Any] = {
    "demo": (NORTH, *OTHERS),
    "demo_password": "otklik-demo",
    "demo_network_url": "/demo-network/",
}


def _signin(**page: Any) -> Screen:
    return Screen(template="signin/page.html", context={"page": SignInPage(**page)}, frame={"user": None, "nav": ()})


class _Field:
    """As much of a bound field as the template reads."""

    def __init__(self, name: str, label: str, *, errors: tuple[str, ...] = (), help_text: str = "") -> None:
        self.label, self.html_name, self.errors, self.help_text = label, name, errors, help_text
        self.id_for_label = f"id_{name}"


PASSWORD_FIELDS = [
    _Field("old_password", "Нынешний пароль", errors=("Это не ваш нынешний пароль.",)),
    _Field("new_password", "Новый пароль", help_text="Не короче 10 знаков и не из одних цифр."),
    _Field("repeated", "Новый пароль ещё раз"),
]
REFUSAL = ErrorPage(
    title="Согласовать может только Исполнитель",
    text="Вы профильный Исполнитель этого инцидента. Согласует Рочева Е. В. (отдел информации).",
    clause="11",
    todo=(
        "Подождать: срок согласования до 15:02.",
        "Попросить Рочеву Е. В. вернуть ответ на доработку, если нашли ошибку.",
    ),
    link=Link(label="К инциденту № 2026-000349", url="/incidents/349/"),
    keeps_text=True,
)
PAGE_SCREENS = {
    "signin": _signin(),
    "signin-wrong": _signin(username="u.roads", wrong=True, attempts_left=2),
    "signin-locked": _signin(username="u.roads", locked_until=at(27, 15, 30)),
    "signin-demo": _signin(**DEMO_PAGE, reason="Сеанс закончился: вы долго не работали. Войдите снова."),
    "password": Screen(template="signin/password.html", context={"form": PASSWORD_FIELDS}),
    "fault-400": Screen(template="400.html", context={"sentence": UNREADABLE}, status=400),
    "fault-403": Screen(template="403.html", context={"page": REFUSAL}, status=403),
    "fault-403-plain": Screen(template="403.html", status=403),
    "fault-csrf": Screen(template="403_csrf.html", status=403),
    "fault-404": Screen(template="404.html", status=404),
    "fault-500": Screen(template="500.html", status=500),
    "fault-503": Screen(template="503.html", context={"sentence": FULL}, status=503),
    "fault-offline": Screen(template="offline.html"),
}
