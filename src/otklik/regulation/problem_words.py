"""The words for what is wrong with an act file: what, where, and what to do, in Russian and in English."""

from typing import Literal

from otklik.regulation.problems import Code, Problem

Language = Literal["ru", "en"]

NOUNS: dict[str, tuple[str, str]] = {
    "step": ("шаг", "step"),
    "clause": ("пункт", "clause"),
    "role": ("роль", "role"),
    "moment": ("момент", "moment"),
    "policy": ("правило", "policy"),
    "key": ("ключ", "key"),
}

WORDS: dict[Code, tuple[str, str]] = {
    Code.NO_FILE: (
        "такого файла нет. Укажите папку акта или файл act.yaml",
        "no such file. Name the folder of the act or its act.yaml",
    ),
    Code.NO_SUCH_ACT: (
        "акта «{act}» нет. Есть: {known}. Либо укажите путь к папке акта",
        'there is no act "{act}". There are: {known}. Or give the path of the act\'s folder',
    ),
    Code.TOO_LARGE: (
        "файл занимает {size} байт, а акт не бывает больше {limit}. Проверьте, тот ли это файл",
        "the file takes {size} bytes, an act never more than {limit}. See whether it is the right file",
    ),
    Code.NOT_UTF8: (
        "это не текст в UTF-8. Сохраните файл в кодировке UTF-8",
        "this is not UTF-8 text. Save the file as UTF-8",
    ),
    Code.TAB: (
        "отступ сделан табуляцией, а в YAML нужны пробелы. Замените табуляцию двумя пробелами",
        "indented by a tab, and YAML wants spaces. Put two spaces in its place",
    ),
    Code.NOT_YAML: (
        "здесь нарушена запись YAML ({said}). Проверьте отступы, двоеточия и кавычки",
        "this is not YAML ({said}). See to indents, colons and quotes",
    ),
    Code.SEVERAL_DOCUMENTS: (
        "в файле второй документ YAML. Уберите строку «---»",
        'a second YAML document. Take out the line "---"',
    ),
    Code.EMPTY: (
        "файл пуст. Начните с образца acts/_template/act.yaml",
        "the file is empty. Start from acts/_template/act.yaml",
    ),
    Code.BAD_ALIAS: (
        "ссылка *{anchor} ведёт в никуда или в саму себя. Поставьте якорь &{anchor} раньше",
        "the alias *{anchor} points nowhere or into itself. Put the anchor &{anchor} before it",
    ),
    Code.TAG: ("метка {tag} в акте не допускается. Уберите её", "the tag {tag} is not allowed in an act. Take it out"),
    Code.TOO_DEEP: (
        "вложенность больше {limit}. В акте такой не бывает: проверьте, тот ли это файл",
        "nested deeper than {limit}. No act is: see whether it is the right file",
    ),
    Code.TOO_MANY_NODES: (
        "со ссылками * файл разрастается больше чем до {limit} частей. Уберите повторы",
        "with its aliases the file grows beyond {limit} parts. Take the repetitions out",
    ),
    Code.KEY_NOT_A_WORD: (
        "ключ должен быть словом. Запишите «ключ: значение»",
        'a key must be a word. Write "key: value"',
    ),
    Code.DUPLICATE_KEY: (
        "ключ {key} уже стоит в строке {first_line}. Оставьте один",
        "the key {key} already stands in line {first_line}. Keep one",
    ),
    Code.BAD_MERGE: ("<< принимает только ссылку на набор ключей", "<< takes only an alias of a mapping"),
    Code.FOREIGN_KEY: (
        "в этом файле допустим только ключ {allowed}. Перенесите {key} в act.yaml",
        "only the key {allowed} may stand in this file. Move {key} to act.yaml",
    ),
    Code.SET_TWICE: (
        "ключ {key} есть и здесь, и в act.yaml. Оставьте в одном файле",
        "the key {key} stands here and in act.yaml. Keep it in one of them",
    ),
    Code.FOLDER_NAME: (
        "акт называется «{act}», а папка «{folder}». Назовите их одинаково",
        'the act is called "{act}", its folder "{folder}". Give them one name',
    ),
    Code.NOT_A_MAPPING: ("здесь нужен набор «ключ: значение»", 'a mapping is wanted here: "key: value"'),
    Code.NOT_A_LIST: (
        "здесь нужен список. Начните каждую строку с «- »",
        'a list is wanted here. Start each line with "- "',
    ),
    Code.MISSING: ("нет {key}. Добавьте {key}", "no {key}. Add {key}"),
    Code.NO_CLAUSE: (
        "нет пункта. Добавьте clause: номер пункта и quote: его слова",
        "no clause. Add clause: its number, and quote: its words",
    ),
    Code.NO_QUOTE: (
        "нет цитаты. Добавьте quote: слова пункта, на которых стоит правило",
        "no quote. Add quote: the words of the clause that the rule stands on",
    ),
    Code.UNKNOWN_KEY: (
        "ключа {key} программа не знает и потому не исполнит.{hint} Исправьте или уберите",
        "the program does not know the key {key} and would not obey it.{hint} Mend it or take it out",
    ),
    Code.EMPTY_TEXT: ("{key} пуст. Впишите слова", "{key} is empty. Put words in"),
    Code.EMPTY_LIST: ("{key}: нужно не меньше {least}", "{key}: at least {least} needed"),
    Code.BAD_PATTERN: (
        "«{value}» не годится для {key}. Нужен вид {pattern}",
        '"{value}" will not do for {key}. It must look like {pattern}',
    ),
    Code.NOT_TEXT: ("{key} должен быть текстом. Запишите одно значение", "{key} must be text. Write one value"),
    Code.NOT_A_NUMBER: ("«{value}» не число. Впишите число в {key}", '"{value}" is no number. Write a number in {key}'),
    Code.OUT_OF_RANGE: (
        "{key}: {value} вне пределов. Нужно {wanted}",
        "{key}: {value} is out of range. It must be {wanted}",
    ),
    Code.NOT_TRUTH: ("{key}: нужно true или false, а не «{value}»", '{key}: true or false, not "{value}"'),
    Code.NOT_A_DAY: (
        "«{value}» не дата. Запишите {key} как 2026-12-31",
        '"{value}" is no day. Write {key} as 2026-12-31',
    ),
    Code.NOT_ONE_OF: (
        "{key}: «{value}» программа не знает.{hint} Можно: {allowed}",
        '{key}: the program does not know "{value}".{hint} It may be: {allowed}',
    ),
    Code.TERM_NEEDS: (
        "сроку вида {kind} нужны ключи: {keys}. Добавьте их",
        "a term of kind {kind} needs {keys}. Add them",
    ),
    Code.TERM_DOES_NOT_TAKE: (
        "срок вида {kind} не принимает ключи: {keys}. Уберите их или смените вид",
        "a term of kind {kind} does not take {keys}. Take them out or change the kind",
    ),
    Code.TERM_RANGE: (
        "amount_from не меньше amount. В «1–3 часа» amount_from: 1, amount: 3",
        'amount_from is not less than amount. In "1 to 3 hours" amount_from: 1, amount: 3',
    ),
    Code.TERM_MONTH: (
        "месяц считается только календарно. Добавьте counted: calendar",
        "a month is counted in calendar time only. Add counted: calendar",
    ),
    Code.PAUSE_WITHOUT_RESUME: (
        "есть pauses_on, но нет resumes_on: часы никогда не пойдут снова. Добавьте resumes_on",
        "pauses_on without resumes_on: the clock would never run again. Add resumes_on",
    ),
    Code.RESUME_WITHOUT_PAUSE: (
        "есть resumes_on, но нет pauses_on. Добавьте pauses_on или уберите resumes_on",
        "resumes_on without pauses_on. Add pauses_on or take resumes_on out",
    ),
    Code.SCHEDULE_DIFFERS: (
        "{key} в schedule и у самого места разные. Оставьте {key} только у места",
        "the schedule and the place name different {key}. Keep {key} at the place only",
    ),
    Code.OTHER: ("{said}", "{said}"),
    Code.UNKNOWN_ROLE: (
        "{key}: роли «{value}» в акте нет.{hint} Роли описаны в people.roles: {known}",
        '{key}: nobody has the role "{value}".{hint} The roles of people.roles are: {known}',
    ),
    Code.UNKNOWN_STEP: (
        "{key}: шага «{value}» в акте нет.{hint} Есть: {known}",
        '{key}: there is no step "{value}".{hint} There are: {known}',
    ),
    Code.UNKNOWN_KIND: (
        "{key}: вида сообщений «{value}» в акте нет.{hint} Есть: {known}",
        '{key}: the act knows no kind of message "{value}".{hint} It knows: {known}',
    ),
    Code.UNKNOWN_IMPORTANCE: (
        "{key}: важности «{value}» в акте нет.{hint} Есть: {known}",
        '{key}: the act knows no importance "{value}".{hint} It knows: {known}',
    ),
    Code.UNKNOWN_NETWORK: (
        "{key}: сети «{value}» программа не знает.{hint} Есть: {known}",
        '{key}: the program knows no network "{value}".{hint} It knows: {known}',
    ),
    Code.UNKNOWN_CLAUSE: (
        "{key}: пункта «{value}» нет в тексте акта. Внесите его в clauses или исправьте номер",
        '{key}: there is no clause "{value}" in the text. Add it to clauses or mend the number',
    ),
    Code.DECLARED_TWICE: (
        "«{value}» уже описан в строке {first_line}. Оставьте один",
        '"{value}" is already declared in line {first_line}. Keep one',
    ),
    Code.STEPS_OVERLAP: (
        "шаг с этим именем из строки {first_line} относится к тем же сообщениям. "
        "Разведите их через applies_to или дайте другое имя",
        "the step of this name in line {first_line} applies to the same messages. "
        "Part them by applies_to or give another name",
    ),
    Code.TERM_CIRCLE: (
        "срок по цепочке of приходит к самому себе: {chain}. Разомкните её",
        "by its chain of `of` the term hangs on itself: {chain}. Break it",
    ),
    Code.TERM_HANGS_ON_NOTHING: (
        "of: у шага «{value}» нет срока, отсчитывать не от чего. Дайте ему срок или уберите of",
        'of: the step "{value}" has no term to hang on. Give it one or take `of` out',
    ),
    Code.MOMENT_NEVER_COMES: (
        "{key}: момент {value} не наступит, потому что {why}",
        "{key}: the moment {value} never comes, for {why}",
    ),
    Code.QUOTE_NOT_FOUND: (
        "этих слов нет в пункте {clause}: «{missing}». Перепишите цитату дословно",
        'these words are not in clause {clause}: "{missing}". Quote it literally',
    ),
    Code.LITERAL_NOT_IN_QUOTE: (
        "literal: слов «{value}» нет в цитате. Впишите срок так, как он стоит в акте",
        'literal: "{value}" is not in the quote. Write the term as the act has it',
    ),
    Code.CLAUSE_WITHOUT_RULE: (
        "на пункте {value} не стоит ни одно правило. Добавьте правило или no_rule: почему его нет",
        "no rule stands on clause {value}. Add a rule, or no_rule: why there is none",
    ),
    Code.NO_RULE_YET_RULE: (
        "у пункта {value} стоит no_rule, но на нём стоит правило в строке {line}. Уберите no_rule",
        "clause {value} says no_rule, yet a rule stands on it in line {line}. Take no_rule out",
    ),
    Code.SEVERAL_SHORTENED: (
        "сокращённый срок (shortened) отмечен у нескольких классов: {value}. Оставьте у одного",
        "several classes are marked shortened: {value}. Keep one",
    ),
    Code.WARNING_OF_ANOTHER: (
        "предупреждение относится к шагу «{value}», а стоит у шага «{own}». Исправьте of",
        'the warning is of the step "{value}", yet stands in the step "{own}". Mend `of`',
    ),
    Code.BAD_SCHEDULE: (
        "расписание не годится: {said}. См. docs/worktime.md",
        "bad schedule: {said}. See docs/worktime.md",
    ),
    Code.BAD_ZONE: (
        "часового пояса «{value}» нет. Нужно имя IANA, например Europe/Moscow",
        'there is no time zone "{value}". An IANA name is wanted, such as Europe/Moscow',
    ),
    Code.AMENDS_NOTHING: (
        "изменение ничего не меняет. Заполните replaces, adds или removes",
        "the amendment changes nothing. Fill replaces, adds or removes",
    ),
    Code.AMENDMENT_ADDS_EXISTING: (
        "{key} «{value}» уже есть в акте. Перенесите из adds в replaces",
        '{key} "{value}" is in the act already. Move it from adds to replaces',
    ),
    Code.AMENDS_MISSING_CLAUSE: (
        "изменяется пункт {value}, которого в акте нет. Исправьте номер или перенесите в adds",
        "it amends clause {value}, which the act has not. Mend the number or move it to adds",
    ),
    Code.AMENDS_MISSING_RULE: (
        "изменяется {key} «{value}», а такого правила в акте нет. Исправьте имя или перенесите в adds",
        'it amends {key} "{value}", which the act has not. Mend the name or move it to adds',
    ),
    Code.NO_SUCH_EDITION: (
        "на {day} акт не действует: он в силе с {since}",
        "the act is not in force on {day}: it is since {since}",
    ),
}

_SEE = {"ru": "См. docs/acts.md", "en": "See docs/acts.md"}


def sentence(problem: Problem, language: Language) -> str:
    """`file:line subject: what is wrong. What to do. See docs/acts.md`."""
    which = 0 if language == "ru" else 1
    facts = {name: _in_words(value, language) for name, value in problem.facts.items()}
    body = WORDS[problem.code][which].format_map(_Facts(facts))
    body = body if body.endswith(".") else f"{body}."
    subject = ""
    if problem.subject is not None:
        noun = NOUNS[problem.subject.noun][which]
        name = problem.subject.name
        subject = f" {noun} «{name}»" if language == "ru" else f' {noun} "{name}"'
    see = "" if "docs/" in body else f" {_SEE[language]}"
    edition = ""
    if "edition" in problem.facts:
        edition = (" (после изменения «{}»)", ' (after the amendment "{}")')[which].format(problem.facts["edition"])
    return f"{problem.mark}{subject}{edition}: {body}{see}"


def _in_words(value: object, language: Language) -> str:
    """A fact may be a pair of words, Russian and English (a hint, a reason)."""
    if isinstance(value, tuple) and len(value) == 2:
        return str(value[0] if language == "ru" else value[1])
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
