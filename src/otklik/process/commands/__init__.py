"""What may be asked of an incident: one dataclass each.

Every command may say `happened_at` (an aware instant) when the step is recorded later than it was done; `evidence` is
then obligatory. Command ids belong to the journal: the same id again returns the first result.
`build` makes a command from JSON for the doors; `COMMANDS` is the registry by name.

Roles, kinds, grounds, outcomes and procedures are the act's own names. People, units, bodies, messages, incidents and
files are opaque keys. A draft is addressed by the kind of reply; versions are numbered within a document from 1.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from otklik.process.commands.after import AuthorAnswered, AuthorSilent, Close, KeepPromise, ReleasePromise, Reopen
from otklik.process.commands.base import Command, CommandName
from otklik.process.commands.keeping import AddNote, Assign, HandOver, Link, Remind, Tag, Take, Unlink
from otklik.process.commands.message import (
    BlockAuthor,
    Detect,
    Exclude,
    JoinRepeat,
    LeaveOut,
    LinkRepeat,
    ProcessExcluded,
    RaiseImportance,
    RepeatWay,
    Select,
    SendElsewhere,
    Shorten,
)
from otklik.process.commands.publication import (
    ConfirmPublished,
    Correct,
    PublicationFailed,
    PublicationUnknown,
    RequestPublication,
    Withdraw,
)
from otklik.process.commands.reply import (
    Approve,
    GiveVisa,
    Promised,
    RefuseVisa,
    ReworkJointly,
    SaveDraft,
    SendBack,
    SubmitDraft,
)
from otklik.process.commands.terms import (
    ConfirmSignificance,
    ConfirmSurge,
    CorrectVerdict,
    Count,
    Extend,
    RecordVerdict,
    Redate,
    Report,
    SetTerm,
    TellAuthor,
    Warn,
)
from otklik.process.commands.way import (
    AssignConsolidator,
    PartRequest,
    Receive,
    RequestParts,
    Return,
    ReturnPart,
    Route,
    SubmitPart,
    WithdrawPart,
)

__all__ = [
    "COMMANDS",
    "AddNote",
    "Approve",
    "Assign",
    "AssignConsolidator",
    "AuthorAnswered",
    "AuthorSilent",
    "BlockAuthor",
    "Close",
    "Command",
    "CommandName",
    "ConfirmPublished",
    "ConfirmSignificance",
    "ConfirmSurge",
    "Correct",
    "CorrectVerdict",
    "Count",
    "Detect",
    "Exclude",
    "Extend",
    "GiveVisa",
    "HandOver",
    "JoinRepeat",
    "KeepPromise",
    "LeaveOut",
    "Link",
    "LinkRepeat",
    "PartRequest",
    "ProcessExcluded",
    "Promised",
    "PublicationFailed",
    "PublicationUnknown",
    "RaiseImportance",
    "Receive",
    "RecordVerdict",
    "Redate",
    "RefuseVisa",
    "ReleasePromise",
    "Remind",
    "Reopen",
    "RepeatWay",
    "Report",
    "RequestParts",
    "RequestPublication",
    "Return",
    "ReturnPart",
    "ReworkJointly",
    "Route",
    "SaveDraft",
    "Select",
    "SendBack",
    "SendElsewhere",
    "SetTerm",
    "Shorten",
    "SubmitDraft",
    "SubmitPart",
    "Tag",
    "Take",
    "TellAuthor",
    "Unlink",
    "Warn",
    "Withdraw",
    "WithdrawPart",
    "build",
    "schema",
]

_ALL: tuple[type[Command], ...] = (
    Detect, Select, LeaveOut, Exclude, ProcessExcluded, SendElsewhere, BlockAuthor, Shorten, RaiseImportance,
    JoinRepeat, LinkRepeat, Receive, Route, Return, RequestParts, SubmitPart, ReturnPart, WithdrawPart,
    AssignConsolidator, SaveDraft, SubmitDraft, GiveVisa, RefuseVisa, Approve, SendBack, ReworkJointly,
    RequestPublication, ConfirmPublished, PublicationFailed, PublicationUnknown, Correct, Withdraw, AuthorAnswered,
    AuthorSilent, KeepPromise, ReleasePromise, Close, Reopen, ConfirmSignificance, ConfirmSurge, Report, SetTerm,
    Extend, TellAuthor, Warn, RecordVerdict, CorrectVerdict, Redate, Take, Assign, HandOver, Tag, AddNote, Remind,
    Link, Unlink,
)  # fmt: skip

COMMANDS: Mapping[CommandName, type[Command]] = {command.name: command for command in _ALL}


@cache
def _adapter(name: CommandName) -> TypeAdapter[Command]:
    return TypeAdapter(COMMANDS[name])


def build(name: str, fields: Mapping[str, Any]) -> Command:
    """The command `name` from JSON: instants and dates as ISO 8601.

    :raises ValueError: for an unknown name.
    :raises pydantic.ValidationError: (a ValueError) for unknown, missing or ill-formed fields, all at once.
    """
    return _adapter(CommandName(name)).validate_python(dict(fields))


def schema(name: str) -> dict[str, Any]:
    """JSON Schema of the fields of command `name`, for the API's document.

    :raises ValueError: for an unknown name.
    """
    return _adapter(CommandName(name)).json_schema()
