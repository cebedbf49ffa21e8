"""All writes of this app. Each is one transaction, is recorded in the journal, and done once for each command id.

`base.py`: who acts, how it is recorded or refused; `organisations.py`: organisations and hours; `acts.py`: editions and
their days; `units.py`: bodies and departments; `recipients.py`: who is proposed; `templates.py`: texts kept for
replies; `people.py`: persons and passwords; `standing.py`: roles, duty, absence, substitution;
`rota.py`: duty taken back.
"""

from otklik.orgs.actions.acts import drop_edition, plan_act, store_edition, unplan_act
from otklik.orgs.actions.base import By, Refused
from otklik.orgs.actions.organisations import (
    OrganisationFacts,
    change_day,
    change_organisation,
    choose_act,
    create_organisation,
    restore_day,
    set_hours,
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
from otklik.orgs.actions.recipients import drop_recipient, set_recipient
from otklik.orgs.actions.rota import take_off_duty
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
from otklik.orgs.actions.templates import TemplateFacts, add_template, change_template, drop_template
from otklik.orgs.actions.units import change_unit, close_unit, create_unit, open_unit, set_unit_hours

__all__ = [
    "By",
    "OrganisationFacts",
    "PersonFacts",
    "Refused",
    "TemplateFacts",
    "add_template",
    "change_day",
    "change_organisation",
    "change_password",
    "change_person",
    "change_template",
    "change_unit",
    "choose_act",
    "close_account",
    "close_unit",
    "create_organisation",
    "create_person",
    "create_unit",
    "drop_edition",
    "drop_recipient",
    "drop_template",
    "end_absence",
    "end_duty",
    "end_role",
    "end_substitution",
    "give_role",
    "note_absence",
    "open_account",
    "open_unit",
    "plan_act",
    "put_on_duty",
    "restore_day",
    "set_hours",
    "set_password",
    "set_recipient",
    "set_unit_hours",
    "store_edition",
    "substitute",
    "take_off_duty",
    "unplan_act",
]
