"""A step recorded for someone who has no account: the curator of another institution (N 8), by whoever saw it done."""

from dataclasses import replace

from otklik.process.actor import OnBehalf
from otklik.process.available import Available, available, may_record_for
from otklik.process.commands import CommandName
from otklik.web.card.desk import Desk
from otklik.web.view import Field, FieldKind

SEPARATOR = "--"
"""Between command and role in an address: `approve--curator`."""

FIELDS = (
    Field(
        name="evidence",
        label="Откуда это известно",
        kind=FieldKind.TEXTAREA,
        rows=2,
        hint="Письмо, звонок, снимок экрана: что и от кого.",
        required=True,
    ),
    Field(
        name="happened_at",
        label="Когда это было",
        kind=FieldKind.DATETIME,
        hint="Пусто: сейчас. Сроки считаются от этого времени.",
    ),
)


def steps(desk: Desk) -> list[tuple[str, Available]]:
    """(role of the act, step) that the viewer may record for somebody outside."""
    found = []
    for role in may_record_for(desk.data.state, desk.actor, desk.data.act):
        actor = replace(desk.actor, on_behalf_of=on_behalf(desk, role, evidence="спросим"))
        found += [
            (role, one)
            for one in available(desk.data.state, actor, desk.data.act)
            if one.main or one.command in _ALTERNATIVES
        ]
    return found


_ALTERNATIVES = frozenset({CommandName.SEND_BACK, CommandName.EXCLUDE, CommandName.LEAVE_OUT})
"""What an outside curator may do instead of the main step."""


def on_behalf(desk: Desk, role: str, *, evidence: str) -> OnBehalf:
    """For whoever holds the act's role `role` in this organisation."""
    holder = desk.outside_holder(role)
    return OnBehalf(
        role=role,
        holder=str(holder.pk) if holder else role,
        evidence=evidence,
        has_account=holder is not None and holder.has_account,
    )
