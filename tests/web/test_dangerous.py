"""Nothing is taken away without a word: every command and every address that writes, and how its deed is mended.

A new one fails here until somebody has thought of it.
"""

from typing import Any

import pytest
from django.urls import reverse

from otklik.orgs.rights import rules_of
from otklik.process.commands import CommandName as C
from otklik.process.steps import RULES
from otklik.web.card.consequences import CONSEQUENCES, UNDO
from tests.cast import client_of, make_cast
from tests.project.samples import ACT, SAMPLES

SAID = "said before, on a page of its own: what will happen, how to mend it"
ADDS = "adds to what is there and takes nothing away"
FACT = "records what has happened outside; the text that went before is shown with it"
SYSTEM = "the program's own"

COMMANDS: dict[C, C | str] = {
    C.DETECT: C.LEAVE_OUT,
    C.SELECT: C.LEAVE_OUT,
    C.LEAVE_OUT: SAID,
    C.EXCLUDE: SAID,
    C.PROCESS_EXCLUDED: C.REOPEN,
    C.SEND_ELSEWHERE: SAID,
    C.BLOCK_AUTHOR: SAID,
    C.SHORTEN: SAID,
    C.RAISE_IMPORTANCE: SAID,
    C.JOIN_REPEAT: SAID,
    C.LINK_REPEAT: C.WITHDRAW,
    C.RECEIVE: FACT,
    C.ROUTE: C.ROUTE,
    C.RETURN: SAID,
    C.REQUEST_PARTS: C.WITHDRAW_PART,
    C.SUBMIT_PART: FACT,
    C.RETURN_PART: SAID,
    C.WITHDRAW_PART: SAID,
    C.ASSIGN_CONSOLIDATOR: C.ASSIGN_CONSOLIDATOR,
    C.SAVE_DRAFT: ADDS,
    C.SUBMIT_DRAFT: C.SEND_BACK,
    C.GIVE_VISA: C.SEND_BACK,
    C.REFUSE_VISA: C.SUBMIT_DRAFT,
    C.APPROVE: C.SEND_BACK,
    C.SEND_BACK: C.SUBMIT_DRAFT,
    C.REWORK_JOINTLY: ADDS,
    C.REQUEST_PUBLICATION: C.WITHDRAW,
    C.CONFIRM_PUBLISHED: FACT,
    C.PUBLICATION_FAILED: FACT,
    C.PUBLICATION_UNKNOWN: FACT,
    C.CORRECT: C.CORRECT,
    C.WITHDRAW: SAID,
    C.AUTHOR_ANSWERED: FACT,
    C.AUTHOR_SILENT: SAID,
    C.KEEP_PROMISE: SAID,
    C.RELEASE_PROMISE: SAID,
    C.CLOSE: SAID,
    C.REOPEN: C.CLOSE,
    C.CONFIRM_SIGNIFICANCE: SAID,
    C.CONFIRM_SURGE: SAID,
    C.REPORT: FACT,
    C.SET_TERM: C.SET_TERM,
    C.EXTEND: FACT,
    C.TELL_AUTHOR: FACT,
    C.WARN: SYSTEM,
    C.RECORD_VERDICT: SYSTEM,
    C.CORRECT_VERDICT: SAID,
    C.REDATE: SYSTEM,
    C.TAKE: C.HAND_OVER,
    C.ASSIGN: C.ASSIGN,
    C.HAND_OVER: C.HAND_OVER,
    C.TAG: C.TAG,
    C.ADD_NOTE: ADDS,
    C.REMIND: ADDS,
    C.LINK: C.UNLINK,
    C.UNLINK: C.LINK,
}
"""Command → the command that mends it, or why none is needed."""

CONFIRMED = "its GET says what will happen"
LOOKS = "shows first what will change, and asks again"
UNDONE = "its answer offers to take it back"
EDITED = "the same form again sets it otherwise; what it was stays in the journal"
ADDRESSES = {
    "sign_out": "what is being written is kept by the browser, and one signs in again",
    "change_password": EDITED,
    "queue_bulk": UNDONE,
    "queue_views": UNDONE,
    "queue_view": UNDONE,
    "card_command": "by command, see above",
    "card_draft": ADDS,
    "card_draft_check": "writes nothing",
    "card_review": "approve, send_back, joint: see above",
    "card_publish": "request_publication: see above",
    "feed_join": "select or link: see above",
    "message_new": ADDS,
    "imports": ADDS,
    "import_mapping": LOOKS,
    "import_cancel": "what is in stays in; the same file goes on where it stopped",
    "import_profile": CONFIRMED,
    "manager_remind": ADDS,
    "manager_rota": ADDS,
    "manager_rota_remove": CONFIRMED,
    "manager_hand_over": UNDONE,
    "manager_hand_back": "is itself the way back",
    "admin_unit_new": ADDS,
    "admin_unit": EDITED,
    "admin_unit_hours": LOOKS,
    "admin_unit_close": CONFIRMED,
    "admin_hours": LOOKS,
    "admin_day_new": LOOKS,
    "admin_day_drop": CONFIRMED,
    "admin_settings": EDITED,
    "admin_organisation_new": ADDS,
    "admin_acts": ADDS,
    "admin_act_cancel": CONFIRMED,
    "admin_edition": LOOKS,
    "admin_edition_drop": CONFIRMED,
    "admin_recipient_new": EDITED,
    "admin_recipient_drop": CONFIRMED,
    "admin_template_new": ADDS,
    "admin_template": EDITED,
    "admin_template_drop": CONFIRMED,
    "admin_person_new": ADDS,
    "admin_people_file": LOOKS,
    "admin_person_edit": EDITED,
    "admin_account": CONFIRMED,
    "admin_standing_new": ADDS,
    "admin_standing_end": CONFIRMED,
}
"""Name of a route that writes → how its deed is mended. Public routes write for nobody who could mend it."""
WHAT_HAPPENS = ("Что произойдёт", "Если забыть")


def test_every_command_has_been_thought_of() -> None:
    assert set(COMMANDS) == set(RULES)
    assert {name for name, how in COMMANDS.items() if how == SAID} == set(CONSEQUENCES) == set(UNDO)
    assert {name for name, rule in RULES.items() if rule.only_system} == {
        name for name, how in COMMANDS.items() if how == SYSTEM
    }


def test_a_dangerous_command_is_said_before_and_never_is_the_main_button() -> None:
    dangerous = {name for name, rule in RULES.items() if rule.dangerous}
    assert dangerous <= set(CONSEQUENCES)
    assert [name for name in dangerous if RULES[name].step is not None] == []


@pytest.mark.django_db
@pytest.mark.parametrize("command", [C.EXCLUDE, C.LEAVE_OUT, C.RAISE_IMPORTANCE])
def test_the_page_of_a_command_says_what_will_happen(command: C) -> None:
    people = make_cast(act="ukhta-2021-960")
    where = {**SAMPLES["card"].there(people), "command": command.value}
    html = client_of(people.curator).get(reverse("card_command", kwargs=where)).content.decode()
    assert "Что произойдёт" in html
    assert all(line in html for line in (*CONSEQUENCES[command], UNDO[command]))
    assert "Не делать" in html


def test_every_address_that_writes_has_been_thought_of() -> None:
    writing = {
        route.name
        for route in rules_of()
        if route.rule is not None and "POST" in route.rule.methods and not route.rule.is_public
    }
    assert writing == set(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, how in ADDRESSES.items() if how == CONFIRMED))
def test_the_page_before_it_says_what_will_happen_and_does_nothing_yet(name: str) -> None:
    people = make_cast(act=ACT)
    person = people.administrator if name.startswith("admin") else people.curator
    where: dict[str, Any] = SAMPLES[name].there(people)
    client, address = client_of(person), reverse(name, kwargs=where)
    first, again = client.get(address), client.get(address)
    assert (first.status_code, again.status_code) == (200, 200)
    html = first.content.decode()
    assert any(words in html for words in WHAT_HAPPENS)
    assert 'method="post"' in html


@pytest.mark.django_db
def test_taking_off_duty_asks_first_and_leads_back_to_the_rota() -> None:
    people = make_cast(act=ACT)
    where = SAMPLES["manager_rota_remove"].there(people)
    client, address = client_of(people.curator), reverse("manager_rota_remove", kwargs=where) + "?days=35"
    assert "назначьте его в графике снова" in client.get(address).content.decode()
    done = client.post(address)
    assert done.status_code == 303
    assert done["Location"].startswith(reverse("manager_rota", args=[people.organisation.pk]))
    assert "days=35" in done["Location"]
