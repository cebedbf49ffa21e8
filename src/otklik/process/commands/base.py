"""The common part of every command, and their names."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict


class CommandName(StrEnum):
    DETECT = "detect"
    SELECT = "select"
    LEAVE_OUT = "leave_out"
    EXCLUDE = "exclude"
    PROCESS_EXCLUDED = "process_excluded"
    SEND_ELSEWHERE = "send_elsewhere"
    BLOCK_AUTHOR = "block_author"
    SHORTEN = "shorten"
    RAISE_IMPORTANCE = "raise_importance"
    JOIN_REPEAT = "join_repeat"
    LINK_REPEAT = "link_repeat"
    RECEIVE = "receive"
    ROUTE = "route"
    RETURN = "return"
    REQUEST_PARTS = "request_parts"
    SUBMIT_PART = "submit_part"
    RETURN_PART = "return_part"
    WITHDRAW_PART = "withdraw_part"
    ASSIGN_CONSOLIDATOR = "assign_consolidator"
    SAVE_DRAFT = "save_draft"
    SUBMIT_DRAFT = "submit_draft"
    GIVE_VISA = "give_visa"
    REFUSE_VISA = "refuse_visa"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REWORK_JOINTLY = "rework_jointly"
    REQUEST_PUBLICATION = "request_publication"
    CONFIRM_PUBLISHED = "confirm_published"
    PUBLICATION_FAILED = "publication_failed"
    PUBLICATION_UNKNOWN = "publication_unknown"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    AUTHOR_ANSWERED = "author_answered"
    AUTHOR_SILENT = "author_silent"
    KEEP_PROMISE = "keep_promise"
    RELEASE_PROMISE = "release_promise"
    CLOSE = "close"
    REOPEN = "reopen"
    CONFIRM_SIGNIFICANCE = "confirm_significance"
    CONFIRM_SURGE = "confirm_surge"
    REPORT = "report"
    SET_TERM = "set_term"
    EXTEND = "extend"
    TELL_AUTHOR = "tell_author"
    WARN = "warn"
    RECORD_VERDICT = "record_verdict"
    CORRECT_VERDICT = "correct_verdict"
    REDATE = "redate"
    TAKE = "take"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    TAG = "tag"
    ADD_NOTE = "add_note"
    REMIND = "remind"
    LINK = "link"
    UNLINK = "unlink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The common part. `happened_at` None: now."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    name: ClassVar[CommandName]

    happened_at: dt.datetime | None = None
    evidence: str = ""
