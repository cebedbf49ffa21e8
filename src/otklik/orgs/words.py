"""The Russian words of this app's codes."""

from collections.abc import Mapping
from typing import Any

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

DAYS = {"mon": "пн", "tue": "вт", "wed": "ср", "thu": "чт", "fri": "пт", "sat": "сб", "sun": "вс"}


def week_words(document: Mapping[str, Any] | None) -> str:
    """«пн-чт 09:00-13:00, 13:45-18:00; пт 09:00-16:45; сб, вс выходной»; of None, that there are no hours of one's own.

    :param document: a schedule document (docs/worktime.md).
    """
    if document is None:
        return "своих часов нет"
    week = document.get("week", {})
    runs: list[tuple[str, list[str]]] = []
    for day, words in DAYS.items():
        hours = ", ".join(week.get(day, ())) or "выходной"
        if runs and runs[-1][0] == hours:
            runs[-1][1].append(words)
        else:
            runs.append((hours, [words]))
    return "; ".join(f"{days[0]}-{days[-1]} {hours}" if len(days) > 1 else f"{days[0]} {hours}" for hours, days in runs)


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
    "no_unit_name": "Не указано название подразделения.",
    "under_itself": "«{name}» нельзя поместить в состав того, что находится в нём самом. Выберите другое место.",
    "units_below": "Сначала закройте или перенесите «{name}»: оно входит в это подразделение.",
    "unit_above_closed": "Сначала откройте «{name}»: это подразделение в его составе.",
    "nobody_named": "Назовите тему или человека: без них правило ничего не говорит.",
    "no_template_words": "Впишите название и текст шаблона.",
    "unknown_placeholder": "Карточка не знает, чем заменить «{{{name}}}». Можно: {known}.",
    "template_title_taken": "Шаблон «{title}» уже есть. Назовите этот иначе.",
    "starts_in_past": "{starts_on} уже прошло. Назовите сегодняшний день или будущий.",
    "unknown_act": "Постановления «{act}» в программе нет. Выберите из списка.",
    "act_started": "С {starts_on} оно уже действует, отменить нельзя. Назначьте другое с сегодняшнего дня или позже.",
    "not_planned": "На {starts_on} ничего не назначено.",
    "edition_planned": "Редакция действует или назначена. Сначала отмените назначение.",
    "no_organisation_name": "Не указано название организации.",
    "first_run_over": "Установка уже настроена или код использован. Войдите с именем и паролем.",
    "own_substitute": "«{name}» не может замещать сам себя. Выберите другого человека.",
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """A refusal of `otklik.orgs.actions` in Russian: what is wrong and what to do."""
    return _SENTENCES[code].format(**facts)
