"""The rows of organisations and people.

`organisation.py`: the tree of organisations, their units, single days of working time; `person.py`: who signs in or is
named; `standing.py`: what a person may do and when: roles, duty, absence, substitution; `recipient.py`: to whom
messages go when nobody says otherwise; `edition.py`: acts that an organisation brought itself; `template.py`: texts
kept for replies.
"""

from otklik.orgs.models.edition import UploadedEdition
from otklik.orgs.models.organisation import Organisation, OrganisationKind, ScheduleChange, Unit, UnitKind
from otklik.orgs.models.person import Person
from otklik.orgs.models.recipient import DefaultRecipient
from otklik.orgs.models.standing import Absence, AbsenceReason, Duty, RoleHolding, Substitution
from otklik.orgs.models.template import ReplyTemplate

__all__ = [
    "Absence",
    "AbsenceReason",
    "DefaultRecipient",
    "Duty",
    "Organisation",
    "OrganisationKind",
    "Person",
    "ReplyTemplate",
    "RoleHolding",
    "ScheduleChange",
    "Substitution",
    "Unit",
    "UnitKind",
    "UploadedEdition",
]
