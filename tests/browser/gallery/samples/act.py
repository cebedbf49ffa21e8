"""The act as the program reads it: a few rules of № 960, with findings."""

import datetime as dt

from otklik.web.act.view import ActFinding, ActPage, ClauseView, EditionView, PathRow, RoleView, RuleGroup, RuleView
from otklik.web.view import Level, Link
from tests.browser.gallery.samples.common import QUOTE, Screen, at

ROUTE = (
    "Исполнитель принимает сообщения из открытых источников, на которые требуется реагирование администрации МОГО "
    "«Ухта» и в течение 1 рабочего часа с момента получения таких сообщений направляет их профильному Исполнителю"
)
REPLY = (
    "Подготовка и размещение ответа на сообщение из открытых источников осуществляется Исполнителем не позднее 8 "
    "рабочих часов с момента получения сообщения из открытых источников."
)
TERMS = RuleGroup(
    key="terms",
    title="Сроки",
    lead="Часы считаются по режиму работы администрации.",
    rules=(
        RuleView(
            clause="8",
            title="Направить профильному Исполнителю",
            quote=ROUTE,
            term="1 рабочий час",
            counted="С получения сообщения.",
            who="Исполнитель",
        ),
        RuleView(
            clause="8",
            title="Ответ автору",
            quote=REPLY,
            term="8 рабочих часов",
            counted="С получения; новый отсчёт с ответа автора.",
            who="Исполнитель",
            reading="размещённый запрос (уточнение) тоже выполняет этот срок.",
            reason="Пункт 2 называет его результатом работы.",
            see_also=("2",),
        ),
        RuleView(
            clause="10",
            title="Направить проект ответа",
            quote=QUOTE,
            term="за 4 рабочих часа до истечения срока",
            who="профильный Исполнитель",
            findings=1,
        ),
        RuleView(
            clause="22",
            title="Аналитическая записка",
            quote="ежемесячно до 10 числа",
            term="до 10 числа",
            recommended=True,
            who="Исполнитель",
        ),
    ),
    silent="О сокращённом сроке акт молчит: высокая важность здесь только пометка.",
)
REVIEW = RuleGroup(
    key="review",
    title="Согласование",
    rules=(
        RuleView(
            clause="12",
            title="Возврат только с основанием",
            quote="Ответ направляется на доработку в случаях, когда он:",
            words="Восемь оснований, достаточно одного.",
        ),
    ),
)
FINDINGS = (
    ActFinding(
        level=Level.ERROR,
        title="При двух доработках времени не остаётся",
        text="Проект нужен за 4 рабочих часа до срока, а согласование, две доработки и размещение занимают 8.",
        clause="10",
        quote=QUOTE,
        sums=(
            "согласование 1 + доработка 2 + согласование 1 + доработка 2 + согласование 1 + размещение 1 = 8 ч",
            "отведено 4 ч, не хватает 4 ч",
        ),
        todo="Возвращайте не больше одного раза или просите проект раньше: программа предупредит за 8 часов.",
    ),
    ActFinding(
        level=Level.WARNING,
        title="Части без срока",
        text="Порядок просит информацию у нескольких органов и не говорит, к какому времени.",
        clause="16",
        todo="Срок ставит Исполнитель на карточке.",
    ),
    ActFinding(
        level=Level.INFO,
        title="День вступления в силу не назван числом",
        text="«Со дня официального опубликования».",
        clause="R 2",
        line=41,
    ),
)
PATHS = (
    PathRow(
        case="без доработок, один орган",
        needed="6 рабочих часов",
        allowed="8 рабочих часов",
        spare="2 ч",
        fits=True,
        sums="1 + 4 + 1 = 6",
    ),
    PathRow(
        case="одна доработка, один орган",
        needed="8 рабочих часов",
        allowed="8 рабочих часов",
        spare="нисколько",
        fits=False,
        sums="1 + 4 + 1 + 2 = 8",
    ),
    PathRow(
        case="две доработки, два органа по очереди",
        needed="11 рабочих часов",
        allowed="8 рабочих часов",
        spare="не хватает 3 ч",
        fits=False,
    ),
)
ROLES = (
    RoleView(
        words="Исполнитель",
        our_role="куратор, размещает ответы",
        clause="5",
        quote="осуществляет отдел информации и связей с общественностью",
        holders=("Рочева Е. В.", "Канев А. И."),
    ),
    RoleView(
        words="профильный Исполнитель",
        our_role="исполнитель",
        clause="7",
        quote="отраслевые (функциональные) органы и структурные подразделения",
        note="несколько на одном инциденте",
    ),
)
PAGE = ActPage(
    title="Порядок рассмотрения сообщений, поступающих от населения в социальных сетях, на сайтах",
    short_title="Ухта № 960",
    issued_by="Администрация МОГО «Ухта»",
    number="960",
    adopted_on=dt.date(2021, 4, 14),
    digest="3f9a21c0b7d4",
    in_force="В силе с официального опубликования (п. R 2).",
    groups=(TERMS, REVIEW),
    roles=ROLES,
    clauses=(
        ClauseView(
            clause="2",
            text="Результатом работы является направление автору ответа или запроса (уточнения).",
            rules=("Ответ автору",),
        ),
        ClauseView(
            clause="8", text=f"{ROUTE}.\n\n{REPLY}", rules=("Направить профильному Исполнителю", "Ответ автору")
        ),
        ClauseView(clause="10", text=QUOTE, rules=("Направить проект ответа",)),
        ClauseView(
            clause="5", text="Приём и обработку сообщений осуществляет отдел информации.", no_rule="называет роль"
        ),
        ClauseView(clause="7", text="Ответственными должностными лицами являются…", no_rule="называет роли"),
        ClauseView(
            clause="12",
            text="Ответ направляется на доработку в случаях, когда он: …",
            rules=("Возврат только с основанием",),
        ),
        ClauseView(
            clause="16",
            text="Исполнитель направляет сообщение каждому профильному Исполнителю.",
            rules=("Запросить информацию",),
        ),
        ClauseView(clause="22", text="Аналитическая записка ежемесячно до 10 числа.", rules=("Аналитическая записка",)),
        ClauseView(
            clause="R 2", text="Постановление вступает в силу со дня официального опубликования.", rules=("В силе",)
        ),
    ),
    place="муниципальный округ «Северный», время московское",
    schedule=("понедельник – четверг 8:45–17:15", "пятница 8:45–15:45", "обед 13:00–14:00"),
    assumption="Порядок часов не называет: стоят обычные для администраций, поправьте в настройках организации.",
    findings=FINDINGS,
    paths=PATHS,
    editions=(
        EditionView(
            since=dt.date(2026, 9, 1), title="с изменением № 1715", digest="3f9a21c0b7d4", current=True, incidents=341
        ),
        EditionView(since=None, title="первая редакция", digest="9b0c1144aa21", url="/act/", incidents=1820),
    ),
    checked_at=at(27, 9, 0),
    others=(Link(label="Алтай № 132", url="/act/"), Link(label="Лесозаводск № 215", url="/act/")),
)
CLEAN = ActPage(
    title=PAGE.title,
    short_title=PAGE.short_title,
    issued_by=PAGE.issued_by,
    digest=PAGE.digest,
    in_force=PAGE.in_force,
    groups=PAGE.groups[1:],
    roles=ROLES,
    clauses=PAGE.clauses,
)
ACT_SCREENS = {
    "act": Screen(template="act/page.html", context={"page": PAGE}, frame={"current": "Порядок"}),
    "act-clean": Screen(template="act/page.html", context={"page": CLEAN}, frame={"current": "Порядок"}),
}
