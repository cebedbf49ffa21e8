"""Which documents of docs/ru are shown in the program, under which name. The documents are the one source."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole

DOCS: Path = settings.DOCUMENTS
PICTURES = DOCS / "img"
PICTURES_PREFIX = "help"
"""Where the pictures stand among the static files, see STATICFILES_DIRS."""


@dataclass(frozen=True, slots=True)
class Document:
    """`key` is the last part of the address, `title` stands in lists, `about` in one line beside it."""

    key: str
    path: Path
    title: str
    about: str = ""


def _role(role: OurRole, about: str) -> Document:
    path = DOCS / "ru" / "roles" / f"{role.value}.md"
    return Document(role.value, path, ROLE_WORDS[role].capitalize(), about)


ROLES = {
    role: _role(role, about)
    for role, about in (
        (OurRole.OPERATOR, "находит сообщения и вносит их"),
        (OurRole.CURATOR, "отбирает, направляет, согласует"),
        (OurRole.EXECUTOR, "готовит ответ в срок"),
        (OurRole.SPECIALIST, "даёт исполнителю то, что нужно для ответа"),
        (OurRole.PUBLISHER, "размещает согласованный ответ"),
        (OurRole.RESPONSIBLE, "следит, чтобы сроки не срывались"),
        (OurRole.HEAD, "узнаёт о важном сразу"),
        (OurRole.ADMINISTRATOR, "настраивает людей, часы и постановление"),
    )
}
"""The day of each role."""

TUTORIAL = Document(
    "tutorial", DOCS / "ru" / "tutorial.md", "Первый день", "от входа до размещённого ответа, с картинками"
)
GUIDE = Document("guide", DOCS / "ru" / "guide.md", "Руководство", "очередь, карточка, что говорят часы и отказ")
IMPORT = Document("import", DOCS / "ru" / "import.md", "Сообщения из файла", "загрузка выгрузок систем мониторинга")
ADMIN = Document("admin", DOCS / "ru" / "admin.md", "Настройка организации", "люди, органы, часы, постановления")
ACTS = Document("acts", DOCS / "ru" / "acts.md", "Акт: проверка и примеры", "для юриста")
OPERATIONS = Document("operations", DOCS / "ru" / "operations.md", "Эксплуатация", "для того, кто смотрит за машиной")

REFERENCE = (GUIDE, IMPORT, ADMIN, ACTS, OPERATIONS)
DOCUMENTS = {one.key: one for one in (TUTORIAL, *ROLES.values(), *REFERENCE)}
BY_PATH = {one.path: one for one in DOCUMENTS.values()}
