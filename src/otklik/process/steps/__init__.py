"""What each kind of step does, behind one registry.

| kind of step | module: commands |
| --- | --- |
| select | `select`: detect, select, leave out, send elsewhere, join a repeat |
| select | `exclude`: exclude, process without a reply, block the author; `repeat`: answer a repeat by a link |
| hand_over, return | `hand_over`: receive, route; `return_`: return |
| request_part | `request_part`: request, submit, return, withdraw parts |
| consolidate | `consolidate`: name who consolidates |
| draft, visa | `draft`: save, submit; `visa`: give, refuse |
| review, rework | `review`: approve, send back; `rework`: rework jointly |
| publish | `publish`: request, confirm, failed, unknown; `correct`: correct, withdraw |
| wait_for_author | `wait_for_author`: the author answered, or is silent |
| confirm, report | `confirm`: importance, shortened term, significance, surge; `report`: report to the head |
| warn, tell_author | `warn`: warnings, verdicts, new dates; `terms`: terms set, extended, told to the author |
| reply | `reply`: promises, closing, reopening |
| – | `keeping`: take, assign, hand over, tag, note, link; `remind`: remind those whose turn it is |

`gate` holds what a draft must carry before it leaves its authors.
"""

from collections.abc import Mapping
from typing import Any

from otklik.process.commands import COMMANDS, CommandName
from otklik.process.rule import Rule
from otklik.process.steps import (
    confirm,
    consolidate,
    correct,
    draft,
    exclude,
    hand_over,
    keeping,
    publish,
    remind,
    repeat,
    reply,
    report,
    request_part,
    return_,
    review,
    rework,
    select,
    terms,
    visa,
    wait_for_author,
    warn,
)

_MODULES = (
    select, exclude, repeat, hand_over, return_, request_part, consolidate, draft, visa, review, rework, publish,
    correct, wait_for_author, reply, confirm, report, terms, warn, keeping, remind,
)  # fmt: skip

_BY_COMMAND = {rule.command.name: rule for module in _MODULES for rule in module.RULES}

RULES: Mapping[CommandName, Rule[Any]] = {name: _BY_COMMAND[name] for name in COMMANDS}
"""Every command has exactly one rule."""
