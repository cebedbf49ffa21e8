"""What is wrong with an act file: a code with facts, and the file and line where it stands.

The words, Russian and English, are in `problem_words.py`; `Problem.in_russian()` and `in_english()` fetch them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Path = tuple[str | int, ...]
"""Where a part stands in the act: `("steps", 3, "term", "amount")`."""


class Code(StrEnum):
    # The file itself.
    NO_FILE = "no_file"
    NO_SUCH_ACT = "no_such_act"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    TAB = "tab"
    NOT_YAML = "not_yaml"
    SEVERAL_DOCUMENTS = "several_documents"
    EMPTY = "empty"
    BAD_ALIAS = "bad_alias"
    TAG = "tag"
    TOO_DEEP = "too_deep"
    TOO_MANY_NODES = "too_many_nodes"
    KEY_NOT_A_WORD = "key_not_a_word"
    DUPLICATE_KEY = "duplicate_key"
    BAD_MERGE = "bad_merge"
    FOREIGN_KEY = "foreign_key"
    SET_TWICE = "set_twice"
    FOLDER_NAME = "folder_name"
    # Its structure.
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    MISSING = "missing"
    NO_CLAUSE = "no_clause"
    NO_QUOTE = "no_quote"
    UNKNOWN_KEY = "unknown_key"
    EMPTY_TEXT = "empty_text"
    EMPTY_LIST = "empty_list"
    BAD_PATTERN = "bad_pattern"
    NOT_TEXT = "not_text"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_TRUTH = "not_truth"
    NOT_A_DAY = "not_a_day"
    NOT_ONE_OF = "not_one_of"
    TERM_NEEDS = "term_needs"
    TERM_DOES_NOT_TAKE = "term_does_not_take"
    TERM_RANGE = "term_range"
    TERM_MONTH = "term_month"
    PAUSE_WITHOUT_RESUME = "pause_without_resume"
    RESUME_WITHOUT_PAUSE = "resume_without_pause"
    SCHEDULE_DIFFERS = "schedule_differs"
    OTHER = "other"
    # What it refers to.
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_IMPORTANCE = "unknown_importance"
    UNKNOWN_NETWORK = "unknown_network"
    UNKNOWN_CLAUSE = "unknown_clause"
    DECLARED_TWICE = "declared_twice"
    STEPS_OVERLAP = "steps_overlap"
    TERM_CIRCLE = "term_circle"
    TERM_HANGS_ON_NOTHING = "term_hangs_on_nothing"
    MOMENT_NEVER_COMES = "moment_never_comes"
    QUOTE_NOT_FOUND = "quote_not_found"
    LITERAL_NOT_IN_QUOTE = "literal_not_in_quote"
    CLAUSE_WITHOUT_RULE = "clause_without_rule"
    NO_RULE_YET_RULE = "no_rule_yet_rule"
    SEVERAL_SHORTENED = "several_shortened"
    WARNING_OF_ANOTHER = "warning_of_another"
    BAD_SCHEDULE = "bad_schedule"
    BAD_ZONE = "bad_zone"
    # Amendments.
    AMENDS_NOTHING = "amends_nothing"
    AMENDMENT_ADDS_EXISTING = "amendment_adds_existing"
    AMENDS_MISSING_CLAUSE = "amends_missing_clause"
    AMENDS_MISSING_RULE = "amends_missing_rule"
    NO_SUCH_EDITION = "no_such_edition"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A line (from 1) of a file, named as the reader named it; line 0 is the file as a whole."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Subject:
    """The rule a problem is about: `noun` is a word of the catalogue (`step`, `clause`, …), `name` the act's own."""

    noun: str
    name: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `clause` is the clause of the rule it is about, where that is known."""

    code: Code
    mark: Mark
    path: Path = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    subject: Subject | None = None
    clause: str | None = None

    def in_russian(self) -> str:
        """`act.yaml:41 шаг «publish»: …` with what to do."""
        from otklik.regulation.problem_words import sentence

        return sentence(self, "ru")

    def in_english(self) -> str:
        """`act.yaml:41 step "publish": …` with what to do."""
        from otklik.regulation.problem_words import sentence

        return sentence(self, "en")


class ActProblems(Exception):
    """An act cannot be used; `problems` are all that was found, in the order of file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        once = {(problem.mark, problem.code, repr(problem.facts)): problem for problem in problems}
        self.problems = tuple(once[key] for key in sorted(once))
        super().__init__("\n".join(problem.in_english() for problem in self.problems))
