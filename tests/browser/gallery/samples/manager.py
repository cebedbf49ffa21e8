"""The manager's pages, hand-over, rota, duty and the lesson."""

import datetime as dt

from otklik.web.duty.view import DutyDesk, DutyPage, Lesson, OnDuty, TrainingPage, Waiting
from otklik.web.manager.view import (
    BodyRow,
    HandOverPage,
    HeldGroup,
    HeldRow,
    HolderRow,
    HoldersPage,
    ManagerPage,
    Number,
    PersonRow,
    Reminder,
    RemovalPage,
    Result,
    ResultsPage,
    RotaDay,
    RotaEntry,
    RotaPage,
    Section,
    TaskRow,
    TasksPage,
)
from otklik.web.view import Choice, EmptyState, Field, FieldKind, Form, Link, Pager
from tests.browser.gallery.samples.common import NOW, Screen
from tests.browser.gallery.samples.queue import FULL

CALM = EmptyState(title="Просроченного нет", text="Все сроки соблюдаются.")
LIST = "/manager/1/tasks/"


def _number(count: int, label: str = "", note: str = "", *, alarm: bool = False) -> Number:
    return Number(count=count, url=LIST, label=label, note=note, alarm=alarm)


def _reminder(about: str, *, ago: int = 0) -> Reminder:
    last_at = NOW - dt.timedelta(minutes=ago) if ago else None
    return Reminder(about=about, fields=(("unit", "4"),), last_at=last_at)


TASKS = tuple(
    TaskRow(
        key=row.key,
        work=f"t{row.key}-{number}",
        number=row.number,
        excerpt=row.excerpt,
        step="Направить проект ответа на согласование",
        whose=row.unit or "куратор",
        person=row.person,
        clause="13",
        chronometer=row.chronometer,
        untaken=not row.person,
        reminder=_reminder(f"по № {row.number}", ago=12 * number),
    )
    for number, row in enumerate(FULL.rows[:5])
)
BODIES = tuple(
    BodyRow(
        name=name,
        open=_number(9),
        late=_number(late, alarm=True),
        at_risk=_number(1),
        taken=_number(9 - late),
        untaken=_number(late, alarm=True),
        oldest_at=NOW - dt.timedelta(days=2) if late else None,
        reminder=_reminder(name, ago=5) if late else None,
    )
    for name, late in (("Управление жилищно-коммунального хозяйства и благоустройства", 4), ("Городские дороги", 0))
)
PEOPLE = (
    PersonRow(
        name="Истомин Роман Сергеевич",
        note="болеет до 30 ноября, замещает Попов Николай Егорович",
        open=_number(4),
        late=_number(1, alarm=True),
        at_risk=_number(0),
        hand_over_url="/manager/1/people/3/",
        reminder=_reminder("Истомин Роман Сергеевич"),
    ),
)
MANAGER = ManagerPage(
    key=1,
    organisation="Северный",
    scope="",
    now=NOW,
    numbers=(
        _number(4, "Просрочено", "срок прошёл, шаг не сделан", alarm=True),
        _number(2, "Под угрозой", "срок сегодня или осталось меньше 40 %"),
        _number(5, "Никто не взял", "направлено в орган, никто не взял", alarm=True),
        _number(18, "Задачи в работе", "всего задач"),
    ),
    late=Section(title="Просрочено", rows=TASKS[:3], total=_number(4), empty=CALM),
    at_risk=Section(title="Под угрозой", rows=(), total=_number(0), empty=CALM),
    bodies=BODIES,
    people=PEOPLE,
    roles=BODIES[1:],
    others=(Link(label="Таёжный", url="/manager/2/"),),
)
LISTED = TasksPage(
    key=1,
    title="Просрочено",
    now=NOW,
    rows=TASKS,
    empty=CALM,
    pager=Pager(first=1, last=50, total=72, next_url=f"{LIST}?page=2"),
    narrowed=(Link(label="Городские дороги", url=LIST),),
    reminder=_reminder("всем в этом списке"),
)
RESULTS = ResultsPage(
    key=1,
    title="Дела переданы: Истомин Роман Сергеевич",
    lead="Передано: 1 дело. Не передано: 1.",
    results=(
        Result(number="31", url="/incidents/31/", about="Яма на Садовой", done=False, why="Уже не за этим человеком."),
        Result(number="32", url="/incidents/32/", about="Фонарь у школы → Попов Николай Егорович", done=True),
    ),
    back=Link(label="Руководителю", url="/manager/1/"),
    undo=Form(button="Вернуть: Истомин Роман Сергеевич", hidden=(("item", "32/executor/5"),)),
    undo_url="/manager/1/people/3/back/",
)
HOLDERS = HoldersPage(
    key=1,
    rows=(HolderRow(name="Истомин Роман Сергеевич", note="исполнитель", url="/manager/1/people/3/"),),
    empty=EmptyState(title="Здесь никого нет", text="Роли назначает администратор.", done=False),
)
_TO = Field(
    name="to-executor-4",
    label="Кому передать 2 дела",
    kind=FieldKind.SELECT,
    choices=(Choice(value="", label="Не передавать"), Choice(value="5", label="Попов Николай Егорович", checked=True)),
)
_WHY = Field(
    name="reason",
    label="Почему",
    kind=FieldKind.RADIOS,
    choices=(Choice(value="illness", label="Болеет"), Choice(value="leaving", label="Увольняется или переходит")),
    required=True,
)
HELD = tuple(
    HeldRow(key=row.key, number=row.number, excerpt=row.excerpt, state=row.state, chronometer=row.chronometer)
    for row in FULL.rows[:2]
)
HAND_OVER = HandOverPage(
    key=1,
    holder=3,
    name="Истомин Роман Сергеевич",
    note="болеет до 30 ноября",
    groups=(
        HeldGroup(title="Исполнитель, Городские дороги", rows=HELD, field=_TO),
        HeldGroup(
            title="Специалист", rows=HELD[:1], field=None, nobody="Передать некому: роль назначает администратор."
        ),
    ),
    form=Form(fields=(_WHY,), button="Передать дела", errors=("Укажите причину: она останется в журнале.",)),
    empty=CALM,
)
ROTA = RotaPage(
    key=1,
    title="23 ноября – 29 ноября",
    lead="Без дежурного: 1 выходной день.",
    now=NOW,
    days=tuple(
        RotaDay(
            on=dt.date(2026, 11, 23) + dt.timedelta(days=number),
            is_today=number == 4,
            is_off=number > 4,
            hours="выходной" if number > 4 else "08:30–17:15",
            entries=(RotaEntry(key=7, name="Канев Артём Ильич", line="куратор", times="весь день", note="в отпуске"),)
            if number == 5
            else (),
            troubles=("никто не дежурит",) if number == 6 else (),
        )
        for number in range(7)
    ),
    previous_url="/manager/1/rota/?from=2026-11-16",
    next_url="/manager/1/rota/?from=2026-11-30",
    other=Link(label="Пять недель", url="/manager/1/rota/?days=35"),
    form=Form(
        fields=(
            Field(
                name="person",
                label="Кто",
                kind=FieldKind.SELECT,
                choices=(Choice(value="5", label="Канев Артём Ильич"),),
            ),
            Field(name="since", label="С", kind=FieldKind.DATETIME, value="2026-11-27T17:15", required=True),
        ),
        button="Назначить",
    ),
    url="/manager/1/rota/",
)
REMOVAL = RemovalPage(
    name="Канев Артём Ильич",
    line="куратор",
    times="28 ноября, 09:00 – 28 ноября, 18:00",
    has_begun=False,
    back="/manager/1/rota/",
    form=Form(button="Снять с дежурства"),
)
_ON_DUTY = OnDuty(
    name="Канев Артём Ильич",
    role="куратор",
    unit="",
    times="до 08:30, 30 ноября",
    phone="+7 912 345-67-89",
    tel="+79123456789",
    substitute="Рочева Елена Васильевна",
)
DUTY = DutyPage(
    desks=(
        DutyDesk(
            name="Северный",
            clock="Сейчас суббота, 23:40. Рабочее время начнётся в понедельник, 30 ноября, в 8:30.",
            is_open=False,
            starts="Тогда же пойдут часы по 1 задаче, которая ждёт вас: до открытия они стоят.",
            waiting=(Waiting(key=31, number="31", excerpt="Яма на Садовой", due="до 09:00, 30 ноября"),),
            now=(_ON_DUTY,),
            contacts=(),
            soon=(),
            away=(("Артеева Людмила Олеговна", "болеет до 30 ноября"),),
            rota_url="/manager/1/rota/",
        ),
    )
)
TRAINING = TrainingPage(
    organisation="Северный",
    act_title="Ухта № 960",
    at="2026-11-28T23:40",
    message="«Во дворе на Садовой, 5 вторые сутки не горят фонари».",
    stages=tuple(
        Lesson(
            title=title,
            now=NOW,
            clock="Сейчас суббота, 23:40. Рабочее время начнётся в понедельник, 30 ноября, в 8:30.",
            due="Срок ответа истечёт во вторник, 1 декабря, в 8:15.",
            todo=todo,
            who="куратор" if todo else "",
            clause="8" if todo else "",
            terms=(row.chronometer,) if todo else (),
        )
        for title, todo, row in (
            ("Сообщение выявлено", "Направить по компетенции", FULL.rows[0]),
            ("Ответ размещён", "", FULL.rows[1]),
        )
    ),
    starts=(Link(label="Сейчас", url=""), Link(label="Вечер выходного, 23:40", url="/duty/training/")),
    empty=CALM,
)

MANAGER_SCREENS: dict[str, Screen] = {
    "manager": Screen(template="manager/page.html", context={"page": MANAGER}),
    "manager-tasks": Screen(template="manager/tasks.html", context={"page": LISTED}),
    "manager-results": Screen(template="manager/results.html", context={"page": RESULTS}),
    "manager-people": Screen(template="manager/people.html", context={"page": HOLDERS}),
    "manager-hand-over": Screen(template="manager/hand_over.html", context={"page": HAND_OVER}),
    "manager-rota": Screen(template="manager/rota.html", context={"page": ROTA}),
    "manager-rota-remove": Screen(template="manager/rota_remove.html", context={"page": REMOVAL}),
    "duty": Screen(template="duty/page.html", context={"page": DUTY}),
    "duty-training": Screen(template="duty/training.html", context={"page": TRAINING}),
}
