"""The pieces of a card: messages, ladder, drafts, journal."""

import datetime as dt

from otklik.web.card.reply_view import (
    Conflict,
    DiffKind,
    DiffPiece,
    DraftVersion,
    DraftView,
    Finding,
    PartState,
    PartView,
    Promise,
    PublicationState,
    PublicationView,
    ReviewView,
)
from otklik.web.card.view import (
    JournalEntry,
    LadderStep,
    MessageView,
    RelatedIncident,
    Rung,
    SecondaryAction,
    TagKind,
    TagView,
    Voice,
)
from otklik.web.chronometer import ClockState
from otklik.web.view import Choice, Field, FieldKind, Form, Level, Link
from tests.browser.gallery.samples.common import PHOTO, SCAN, VK, at, running, still, why

TEXT = (
    "Яма на Садовой у четырнадцатого дома, уже второе колесо за месяц! После ремонта теплотрассы асфальт так и не "
    "вернули, засыпали щебнем, щебень вымыло.\n\nСколько можно? Кто отвечает и когда заделают? Рядом школа, дети "
    "перебегают как раз там, где машины объезжают."
)
REPLY = (
    "Здравствуйте, Марина! Место на Садовой, 14 осмотрели сегодня утром: асфальт после ремонта теплотрассы "
    "действительно не восстановлен.\n\nПодрядчик ООО «Теплострой» восстановит покрытие до 4 декабря, за работами "
    "следит МКУ «Городские дороги». До этого дня яму засыпали асфальтовой крошкой и выставили знаки. Фото прилагаем."
)
OLD_REPLY = "Здравствуйте! Ваше обращение рассмотрено. Работы будут выполнены оперативно в установленном порядке."
MAIN = MessageView(
    key="1",
    voice=Voice.CITIZEN,
    author="Марина Ветрова",
    author_url="https://vk.example/id1",
    text=TEXT,
    posted_at=at(26, 15, 2),
    detected_at=at(26, 15, 20),
    network=VK,
    main=True,
    url="https://vk.example/wall-1_77",
    place="ул. Садовая, 14",
    place_url="https://maps.example/?q=1",
    attachments=(PHOTO,),
    notes=("изменено автором 26 ноября, 16:10",),
)
QUESTION = MessageView(
    key="2",
    voice=Voice.OFFICIAL,
    author="Администрация «Северный»",
    text="Марина, уточните, пожалуйста: яма со стороны двора или на проезжей части?",
    posted_at=at(26, 16, 40),
    network=VK,
    kind="запрос (уточнение)",
    url="https://vk.example/wall-1_77?reply=78",
)
ANSWER = MessageView(
    key="3",
    voice=Voice.CITIZEN,
    author="Марина Ветрова",
    text="На проезжей части, прямо перед выездом.",
    posted_at=at(26, 16, 58),
    detected_at=at(26, 17, 0),
    network=VK,
    url="https://vk.example/wall-1_77?reply=79",
)
FINDINGS = (
    Finding(
        level=Level.ERROR,
        title="Нет фото, видео или акта",
        text="В ответе сказано о принятых мерах, а подтверждения не приложено. Приложите файл или снимите отметку.",
        clause="10",
        quote="профильный Исполнитель обязан предоставить подтверждающие фото или видео материалы",
        blocks=True,
    ),
    Finding(
        level=Level.WARNING,
        title="Нет срока",
        fragment="Работы будут выполнены оперативно",
        text="Назовите день, к которому сделают.",
        clause="12",
        quote="не содержит сроков окончания или исправления результатов работ",
    ),
    Finding(level=Level.INFO, title="Сокращение без пояснения", fragment="ТСЖ", clause="12"),
)
LADDER = (
    LadderStep(
        title="Направить профильному Исполнителю",
        clause="8",
        rung=Rung.DONE,
        chronometer=still("Направить", ClockState.MET, key="l1", ended_at=at(26, 15, 48), due_at=at(26, 16, 20)),
        who="Исполнитель, Рочева Е. В.",
    ),
    LadderStep(
        title="Вернуть: не наша компетенция",
        clause="9",
        rung=Rung.GONE,
        chronometer=still("Вернуть", ClockState.DROPPED, key="l2"),
        note="право не использовано",
    ),
    LadderStep(
        title="Направить проект ответа",
        clause="10",
        rung=Rung.CURRENT,
        chronometer=running(
            "Направить проект ответа",
            40,
            of=240,
            due=at(27, 14, 50),
            key="l3",
            notes=("сегодня рабочий день короче на час",),
            why=why(
                "10",
                literal="за 4 рабочих часа до истечения срока",
                sums="15:50 сегодня минус 4 рабочих часа: 10:50 сегодня.",
            ),
        ),
        who="профильный Исполнитель, Истомин Р. С.",
        mine=True,
    ),
    LadderStep(
        title="Согласовать",
        clause="11",
        rung=Rung.COMING,
        chronometer=still("Согласовать", ClockState.WAITING, key="l4", why=why("11", literal="1 рабочий час")),
        starts="1 рабочий час после поступления проекта",
        who="Исполнитель",
    ),
    LadderStep(
        title="Разместить ответ",
        clause="14",
        rung=Rung.COMING,
        chronometer=still("Разместить", ClockState.WAITING, key="l5"),
        starts="1 рабочий час после согласования",
        who="Исполнитель",
    ),
    LadderStep(
        title="Ответ автору",
        clause="8",
        rung=Rung.CURRENT,
        chronometer=running("Ответ автору", 100, of=480, due=at(27, 15, 50), key="l6"),
        who="Исполнитель",
    ),
)
FAILED = LadderStep(
    title="Доработать",
    clause="13",
    rung=Rung.DONE,
    chronometer=still("Доработать", ClockState.MET_LATE, key="l7", ended_at=at(27, 13, 40), due_at=at(27, 13, 20)),
    who="профильный Исполнитель",
)
JOURNAL = (
    JournalEntry(
        number=5, at=at(27, 11, 5), actor="Истомин Р. С.", words="сохранил версию 2 проекта ответа", kind="draft"
    ),
    JournalEntry(
        number=4,
        at=at(26, 17, 30),
        recorded_at=at(27, 8, 50),
        actor="Рочева Е. В.",
        on_behalf="за Сметанина Ю. А.",
        words="подтвердила направление",
        detail="Сметанин Ю. А. сообщил по телефону.",
        attachments=(SCAN,),
    ),
    JournalEntry(
        number=3,
        at=at(26, 16, 20),
        actor="Отклик",
        words="срок «Направить профильному Исполнителю» соблюдён",
        clause="8",
        kind="verdict",
    ),
    JournalEntry(
        number=2,
        at=at(26, 15, 48),
        actor="Рочева Е. В.",
        role="Исполнитель",
        words="направила в МКУ «Городские дороги»",
        clause="8",
        detail="Осмотрите место до обеда, рядом школа.",
    ),
    JournalEntry(number=1, at=at(26, 15, 20), actor="Отклик", words="сообщение выявлено во ВКонтакте"),
)
TAGS = (
    TagView(kind=TagKind.TOPIC, label="Дороги"),
    TagView(kind=TagKind.PLACE, label="ул. Садовая, 14"),
    TagView(kind=TagKind.OTHER, label="повторное", suggested=True, evidence="похоже на № 2026-000287, тот же дом"),
    TagView(kind=TagKind.IMPORTANCE, label="высокая важность", loud=True),
)
RELATED = (
    RelatedIncident(
        key=287,
        number="2026-000287",
        excerpt="Дорога на Садовой после ремонта трубы",
        state="отвечено",
        relation="то же место",
        at=at(2, 10, 12),
    ),
    RelatedIncident(
        number="2026-000118",
        excerpt="Передано в министерство транспорта",
        state="в работе",
        relation="связанный инцидент",
    ),
)
ACTIONS = (
    SecondaryAction(command="return", label="Вернуть: не наша компетенция", hint="п. 9, 1 рабочий час"),
    SecondaryAction(command="clarify", label="Запросить уточнение у автора"),
    SecondaryAction(
        command="extend", label="Продлить срок", refusal="Порядок не знает продления. Дайте промежуточный ответ, п. 15."
    ),
    SecondaryAction(command="exclude", label="Снять с рассмотрения", hint="на основании п. 18", danger=True),
)
KINDS = (
    Choice(value="final", label="Ответ", checked=True),
    Choice(
        value="interim",
        label="Промежуточный ответ",
        hint="Окончательный проект тогда нужен через 7 рабочих дней (п. 15).",
    ),
    Choice(
        value="clarification",
        label="Запрос (уточнение)",
        disabled=True,
        hint="один уже размещён 26 ноября, автор ответил",
    ),
)
CLAIMS = (
    Choice(value="measures", label="принятые меры", checked=True),
    Choice(value="progress", label="ход решения"),
    Choice(value="refutation", label="опровержение"),
)
VERSIONS = (
    DraftVersion(
        number=2,
        by="Истомин Р. С.",
        at=at(27, 11, 5),
        kind="ответ",
        text=REPLY,
        difference=(
            DiffPiece(kind=DiffKind.SAME, text="Здравствуйте"),
            DiffPiece(kind=DiffKind.ADDED, text=", Марина"),
            DiffPiece(kind=DiffKind.SAME, text="! "),
            DiffPiece(kind=DiffKind.REMOVED, text="Ваше обращение рассмотрено. "),
            DiffPiece(kind=DiffKind.ADDED, text="Место на Садовой, 14 осмотрели сегодня утром."),
        ),
    ),
    DraftVersion(
        number=1,
        by="Истомин Р. С.",
        at=at(26, 17, 1),
        kind="ответ",
        text=OLD_REPLY,
        fate="возвращена на доработку",
        remarks="Назовите срок и приложите фото.",
    ),
)
REQUIREMENTS = (
    "отвечать по существу, со сроками окончания работ (п. 12)",
    "фото, видео или скан акта, если сказано о мерах, ходе решения или опровержении (п. 10)",
    "без эмоциональной оценки и персональных данных третьих лиц (п. 12)",
)
DRAFT = DraftView(
    kinds=KINDS,
    text=REPLY,
    base_version=2,
    editable=True,
    form=Form(command_id="11111111-1111-4111-8111-111111111111"),
    saved="Версия 2, сохранил Истомин Р. С. сегодня в 11:05",
    claims=CLAIMS,
    attachments=(PHOTO, SCAN),
    promises=(Promise(on=dt.date(2026, 12, 4), what="восстановить асфальт"), Promise(on=None, what="")),
    hard_length=4096,
    recommended_length=700,
    requirements=REQUIREMENTS,
    findings=FINDINGS[1:],
    versions=VERSIONS,
)
CONFLICT = Conflict(their_version=3, by="Канев Артём Ильич", at=at(27, 14, 6), their_text=OLD_REPLY, your_text=REPLY)
GROUNDS = (
    Choice(value="formal", label="носит формальный характер, не отвечает по существу, нет сроков"),
    Choice(value="arguments", label="нет объективных доводов"),
    Choice(value="references", label="избыточное количество ссылок на правовые акты без пояснений"),
    Choice(value="contradiction", label="противоречивая или неполная информация"),
    Choice(value="emotion", label="эмоциональная оценка сообщения"),
    Choice(value="blame", label="безосновательные обвинения третьих лиц"),
    Choice(value="personal", label="персональные данные третьих лиц без согласия"),
    Choice(value="terms", label="термины и аббревиатуры без пояснения"),
)
REVIEW = ReviewView(
    version=2,
    form=Form(command_id="22222222-2222-4222-8222-222222222222"),
    grounds=GROUNDS,
    reasons_required=True,
    joint=True,
    clause="12",
)
REVIEW_FAULT = ReviewView(
    version=2,
    form=Form(
        command_id="22222222-2222-4222-8222-222222222222",
        errors=("Отметьте хотя бы одно основание: без него пункт 12 не разрешает вернуть ответ на доработку.",),
    ),
    grounds=GROUNDS,
    reasons_required=True,
    comment="Не понял, кто будет чинить.",
    clause="12",
)
WAYS = (
    Choice(value="channel", label="Под сообщением, от имени «Администрация Северный»", checked=True),
    Choice(
        value="own_account",
        label="В своём сообществе со ссылкой на автора",
        hint="только если под сообщением технически нельзя",
    ),
    Choice(value="by_hand", label="Уже размещено вручную: записать место и снимок"),
)
READY = PublicationView(
    state=PublicationState.READY,
    kind="ответ",
    text=REPLY,
    where=VK,
    target_url="https://vk.example/wall-1_77",
    may_publish=True,
    form=Form(
        command_id="33333333-3333-4333-8333-333333333333",
        fields=(
            Field(name="url", label="Ссылка на ответ", kind=FieldKind.URL, hint="если размещён вручную"),
            Field(name="evidence", label="Снимок экрана", kind=FieldKind.FILES, accept="image/*"),
        ),
    ),
    ways=WAYS,
    attachments=(PHOTO,),
)
PUBLISHED = PublicationView(
    state=PublicationState.PUBLISHED,
    kind="ответ",
    text=REPLY,
    where=VK,
    url="https://vk.example/wall-1_77?reply=91",
    published_at=at(27, 13, 52),
    account="Администрация «Северный»",
    by="Рочева Е. В.",
    attachments=(PHOTO,),
)
UNKNOWN = PublicationView(
    state=PublicationState.UNKNOWN,
    kind="ответ",
    text=REPLY,
    where=VK,
    target_url="https://vk.example/wall-1_77",
    problem=(
        "ВКонтакте не ответил. Отклик сам ищет ответ под сообщением и второй раз размещать не станет. Если ответа на "
        "месте нет через 10 минут, появится кнопка «Разместить снова»."
    ),
)
PARTS = (
    PartView(
        number=1,
        body="МКУ «Городские дороги»",
        state=PartState.IN,
        person="Истомин Р. С.",
        at=at(27, 10, 20),
        text="Покрытие восстановит ООО «Теплострой» до 4 декабря по гарантии.",
        attachments=(PHOTO,),
        consolidates=True,
    ),
    PartView(
        number=2,
        body="Управление жилищно-коммунального хозяйства",
        state=PartState.ASKED,
        person="Попов Н. Е.",
        question="Когда закончен ремонт теплотрассы и кто принимал работы?",
        at=at(27, 12, 15),
        chronometer=running("Подготовить информацию", 35, of=120, due=at(27, 14, 45), key="p2"),
        mine=True,
    ),
    PartView(number=3, body="Управление образования", state=PartState.WAITING),
)
ACT = Link(label="Ухта № 960", url="/act/", hint="редакция с 14 апреля 2021")
