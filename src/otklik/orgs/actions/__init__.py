"""All writes of this app. Each is one transaction, is recorded in the journal, and done once for each command id.

`base.py`: who acts, how it is recorded or refused; `organisations.py`: organisations, units, hours; `people.py`:
persons and passwords; `standing.py`: roles, duty, absence, substitution.
"""

from otklik.orgs.actions.base import By, Refused
from otklik.orgs.actions.organisations import (
    OrganisationFacts,
    change_day,
    choose_act,
    create_organisation,
    create_unit,
    set_hours,
    set_unit_hours,
)
from otklik.orgs.actions.people import (
    PersonFacts,
    change_password,
    change_person,
    close_account,
    create_person,
    open_account,
    set_password,
)
from otklik.orgs.actions.standing import (
    end_absence,
    end_duty,
    end_role,
    end_substitution,
    give_role,
    note_absence,
    put_on_duty,
    substitute,
)

__all__ = [
    "By",
    "OrganisationFacts",
    "PersonFacts",
    "Refused",
    "change_day",
    "change_password",
    "change_person",
    "choose_act",
    "close_account",
    "create_organisation",
    "create_person",
    "create_unit",
    "end_absence",
    "end_duty",
    "end_role",
    "end_substitution",
    "give_role",
    "note_absence",
    "open_account",
    "put_on_duty",
    "set_hours",
    "set_password",
    "set_unit_hours",
    "substitute",
]
