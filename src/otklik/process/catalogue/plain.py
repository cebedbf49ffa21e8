"""Words for stages, kinds of reply, what a draft states, and other values of facts."""

from otklik.process.state import ReplyKind, Stage

Words = tuple[str, str]
"""Russian, English."""

STAGES: dict[Stage, Words] = {
    Stage.NONE: ("не выявлено", "not detected"),
    Stage.DETECTED: ("ждёт отбора", "awaits selection"),
    Stage.SELECTED: ("отобрано, ждёт направления", "selected, awaits routing"),
    Stage.RECEIVED: ("получено, ждёт направления", "received, awaits routing"),
    Stage.RETURNED: ("возвращено", "returned"),
    Stage.PARTS: ("собираются части ответа", "parts are being collected"),
    Stage.DRAFTING: ("готовится проект", "being drafted"),
    Stage.VISA: ("на визе", "awaits the visa"),
    Stage.REVIEW: ("на согласовании", "under review"),
    Stage.REWORK: ("на доработке", "under rework"),
    Stage.APPROVED: ("согласовано, ждёт размещения", "approved, awaits publication"),
    Stage.PUBLISHING: ("размещается", "being published"),
    Stage.UNKNOWN: ("размещение не подтверждено", "publication not confirmed"),
    Stage.WAITING_AUTHOR: ("ждём ответа автора", "the author is awaited"),
    Stage.ANSWERED: ("ответ размещён", "answered"),
    Stage.EXCLUDED: ("не подлежит ответу", "not answered"),
    Stage.PROCESSED: ("обработано без ответа", "processed without a reply"),
    Stage.ELSEWHERE: ("другой порядок", "another procedure"),
    Stage.LEFT_OUT: ("реагирования не требует", "needs no reaction"),
    Stage.CLOSED: ("закрыто", "closed"),
}

REPLIES: dict[ReplyKind, Words] = {
    ReplyKind.FIRST_RESPONSE: ("первый отклик", "first response"),
    ReplyKind.INTERIM: ("промежуточный ответ", "interim reply"),
    ReplyKind.CLARIFICATION: ("запрос (уточнение)", "request for clarification"),
    ReplyKind.FINAL: ("ответ", "reply"),
    ReplyKind.CORRECTION: ("исправление ответа", "correction"),
    ReplyKind.WITHDRAWAL: ("отзыв ответа", "withdrawal"),
}

STATES: dict[str, Words] = {
    "measures": ("принятые меры", "measures taken"),
    "concrete_measures": ("конкретные меры", "concrete measures"),
    "progress": ("ход решения вопроса", "progress"),
    "refutation": ("опровержение", "a refutation"),
}

VALUES: dict[str, Words] = {
    **{stage.value: words for stage, words in STAGES.items()},
    **{reply.value: words for reply, words in REPLIES.items()},
    **STATES,
    "photo": ("фото", "photo"),
    "video": ("видео", "video"),
    "act": ("скан акта", "scanned act"),
    "document": ("документ", "document"),
    "significance": ("значимость", "significance"),
    "surge": ("всплеск активности", "surge"),
    "high_importance": ("повышенная важность", "high importance"),
    "answered": ("ответ дан", "answered"),
    "author_silent": ("автор не ответил", "the author did not answer"),
    "employee": ("служащий", "employee"),
    "unit_head": ("руководитель подразделения", "head of a unit"),
    "deputy_head": ("заместитель главы", "deputy head"),
    "head": ("глава", "head"),
    "True": ("да", "yes"),
    "False": ("нет", "no"),
}
"""Values that are ours, whatever the fact they stand in."""
