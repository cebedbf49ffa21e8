"""Which screen is explained where: what the «?» of the top bar leads to. Names of URLs to a document and its anchor."""

from django.urls import reverse

from otklik.regulation.model.people import OurRole
from otklik.web.help.library import ACTS, ADMIN, GUIDE, IMPORT, ROLES, Document
from otklik.web.view import Link

_OPERATOR = ROLES[OurRole.OPERATOR]

PLACES: dict[str, tuple[Document, str]] = {
    "queue": (GUIDE, "очередь"),
    "queue_bulk": (GUIDE, "очередь"),
    "card": (GUIDE, "карточка"),
    "card_command": (GUIDE, "что-говорит-отказ"),
    "card_draft": (GUIDE, "карточка"),
    "card_review": (GUIDE, "карточка"),
    "card_publish": (GUIDE, "карточка"),
    "feed": (ROLES[OurRole.CURATOR], "отобрать"),
    "feed_join": (ROLES[OurRole.CURATOR], "отобрать"),
    "message_new": (_OPERATOR, "внести-сообщение-рукой"),
    "imports": (IMPORT, "как-загрузить"),
    "import_mapping": (IMPORT, "что-читается"),
    "import": (IMPORT, "пока-идёт-загрузка"),
    "import_profile": (IMPORT, "как-загрузить"),
    "manager": (GUIDE, "страница-руководителя"),
    "manager_of": (GUIDE, "страница-руководителя"),
    "manager_tasks": (GUIDE, "страница-руководителя"),
    "manager_rota_remove": (GUIDE, "страница-руководителя"),
    "manager_rota": (GUIDE, "страница-руководителя"),
    "manager_people": (GUIDE, "страница-руководителя"),
    "manager_hand_over": (GUIDE, "страница-руководителя"),
    "duty": (GUIDE, "дежурство"),
    "act": (ACTS, "что-посмотреть-сначала"),
    "act_named": (ACTS, "что-посмотреть-сначала"),
    "admin": (ADMIN, "сведения-и-подчинённые-организации"),
    "admin_organisation": (ADMIN, "сведения-и-подчинённые-организации"),
    "admin_settings": (ADMIN, "сведения-и-подчинённые-организации"),
    "admin_organisation_new": (ADMIN, "сведения-и-подчинённые-организации"),
    "admin_people": (ADMIN, "люди"),
    "admin_people_file": (ADMIN, "люди"),
    "admin_person": (ADMIN, "люди"),
    "admin_person_new": (ADMIN, "люди"),
    "admin_person_edit": (ADMIN, "люди"),
    "admin_standing_new": (ADMIN, "люди"),
    "admin_units": (ADMIN, "органы-и-подразделения"),
    "admin_unit_new": (ADMIN, "органы-и-подразделения"),
    "admin_unit": (ADMIN, "органы-и-подразделения"),
    "admin_recipient_new": (ADMIN, "органы-и-подразделения"),
    "admin_hours": (ADMIN, "часы-и-календарь"),
    "admin_unit_hours": (ADMIN, "часы-и-календарь"),
    "admin_day_new": (ADMIN, "часы-и-календарь"),
    "admin_acts": (ADMIN, "постановления"),
    "admin_edition": (ADMIN, "постановления"),
}


def help_for(url_name: str) -> Link | None:
    """Where the screen of this name is explained; None where it needs no explanation."""
    place = PLACES.get(url_name)
    if place is None:
        return None
    document, anchor = place
    return Link(label=f"Как это сделать: {document.title}", url=f"{reverse('help_page', args=[document.key])}#{anchor}")
