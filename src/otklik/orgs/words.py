"""The Russian words of this app's codes."""

from collections.abc import Mapping

from otklik.regulation.model.people import OurRole, Rank

ROLE_WORDS = {
    OurRole.OPERATOR: "оператор",
    OurRole.CURATOR: "куратор",
    OurRole.EXECUTOR: "исполнитель",
    OurRole.SPECIALIST: "специалист",
    OurRole.PUBLISHER: "публикатор",
    OurRole.RESPONSIBLE: "ответственное должностное лицо",
    OurRole.HEAD: "руководитель",
    OurRole.ADMINISTRATOR: "администратор",
}

RANK_WORDS = {
    Rank.EMPLOYEE: "сотрудник",
    Rank.UNIT_HEAD: "руководитель подразделения",
    Rank.DEPUTY_HEAD: "заместитель главы",
    Rank.HEAD: "глава",
}

_SENTENCES = {
    "bad_key": "«{key}» не подходит для краткого имени. Пишите строчные латинские буквы, цифры, дефис: «rayon-1».",
    "key_taken": "Краткое имя «{key}» уже занято. Выберите другое.",
    "unknown_zone": "Часовой пояс «{zone}» неизвестен. Пишите имя из базы IANA: «Europe/Moscow», «Asia/Barnaul».",
    "bad_schedule": "Расписание не подходит: {problems}",
    "other_organisation": "«{name}» относится к другой организации.",
    "no_ground": "Не указано основание. Назовите приказ, распоряжение или причину.",
    "username_taken": "Имя для входа «{username}» уже занято. Выберите другое.",
    "weak_password": "Пароль слишком слабый. {reasons}",
    "no_account": "У «{name}» нет учётной записи, пароль задать нельзя. Сначала задайте имя для входа.",
    "no_name": "Не указаны фамилия, имя и отчество.",
    "ends_before_start": "Конец ({until_at}) не позже начала ({since_at}). Исправьте даты.",
    "command_taken": "Эта форма уже отправлена раньше. Откройте страницу заново и повторите.",
    "last_administrator": "«{name}» - единственный администратор. Сначала назначьте администратором другого человека.",
    "account_in_use": "Имя для входа у «{name}» убрать нельзя. Закройте учётную запись.",
    "own_substitute": "«{name}» не может замещать сам себя. Выберите другого человека.",
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """A refusal of `otklik.orgs.actions` in Russian: what is wrong and what to do."""
    return _SENTENCES[code].format(**facts)
