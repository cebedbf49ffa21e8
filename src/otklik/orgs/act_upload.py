"""An uploaded act: taken out of its ZIP within limits, read, checked, its cases tried. Writes nothing."""

import io
import re
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from otklik.orgs import acts
from otklik.orgs.models import Organisation
from otklik.process.cases import Outcome, run_cases
from otklik.process.checker import Checked, check
from otklik.regulation.parse import MAIN, TEXT, LoadedAct
from otklik.regulation.yamldoc import read as read_yaml

LARGEST_UPLOAD = 1_000_000
LARGEST_UNPACKED = 4_000_000
"""Bytes of all files together."""
MOST_FILES = 60
KNOWN = re.compile(rf"(?:{re.escape(MAIN)}|{re.escape(TEXT)}|(?:amendments|cases)/[\w.-]+\.yaml)\Z")


class UploadRefused(Exception):
    """What was uploaded is no act; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A sound act with what the checker says of it, and the cases that do not come out as they should."""

    loaded: LoadedAct
    checked: Checked
    cases: int
    failed: tuple[Outcome, ...]


def files_in(name: str, content: bytes, organisation: Organisation) -> dict[str, str]:
    """The files of the act's folder: of a ZIP, of one `act.yaml` with its clauses, or of one amendment, which goes over
    the act in force.

    :raises UploadRefused: with a sentence.
    """
    if len(content) > LARGEST_UPLOAD:
        raise UploadRefused(f"Файл больше {LARGEST_UPLOAD // 1000} КБ. Постановление столько не занимает: проверьте.")
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _unpacked(content)
    text = _text(content, name)
    document = read_yaml(text, name).data
    if isinstance(document, dict) and isinstance(document.get("amendment"), str):
        return _amended(organisation, document["amendment"], text)
    return {MAIN: text}


def examine(files: dict[str, str]) -> Examined:
    """Reads and checks the act; takes up to some seconds, so not within a `write()`.

    :raises ActProblems: everything that is wrong with its structure, with file and line.
    """
    loaded = acts.from_files(files)
    checked = check(loaded)
    with tempfile.TemporaryDirectory(prefix="otklik-act-") as folder:
        outcomes = run_cases(acts.written(files, Path(folder)))
    return Examined(loaded, checked, len(outcomes), tuple(one for one in outcomes if not one.passed))


def _unpacked(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > MOST_FILES:
                raise UploadRefused(
                    f"В архиве {len(entries)} файлов, можно до {MOST_FILES}. Оставьте файлы одного акта."
                )
            for entry in entries:
                name = _inside(entry.filename)
                if name is None:
                    continue
                with archive.open(entry) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    limit = LARGEST_UNPACKED // 1_000_000
                    raise UploadRefused(f"Файлы архива вместе больше {limit} МБ. Постановление столько не занимает.")
                if name in found:
                    raise UploadRefused(f"Файл {name} в архиве дважды. Оставьте файлы одного акта.")
                found[name] = _text(data, name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise UploadRefused("Архив не читается (повреждён или с паролем). Соберите ZIP заново.") from None
    if MAIN not in found:
        raise UploadRefused(f"В архиве нет файла {MAIN}. Положите в ZIP папку акта: {MAIN}, {TEXT}, amendments, cases.")
    return found


def _inside(path: str) -> str | None:
    """The name within the act's folder, whatever folder the archive puts around it; None for what is no part of it."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    for length in (1, 2):
        name = "/".join(parts[-length:])
        if KNOWN.match(name) and (length == 2 or len(parts) < 3 or parts[-2] not in {"amendments", "cases"}):
            return name
    return None


def _amended(organisation: Organisation, amendment: str, text: str) -> dict[str, str]:
    in_force = acts.in_force(organisation, acts.today(organisation))
    if in_force is None:
        raise UploadRefused("Это изменение, а постановления у организации нет. Сначала выберите постановление.")
    name = f"amendments/{amendment}.yaml"
    if not KNOWN.match(name):
        raise UploadRefused(f"Имя изменения «{amendment}» не подходит: латинские буквы, цифры, дефис.")
    return acts.files_of(organisation, in_force) | {name: text}


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused(f"{name}: это не текст в UTF-8. Нужен файл YAML или ZIP с папкой акта.") from None
