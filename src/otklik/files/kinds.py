"""What a file really is, told by its content alone; neither its name nor what the browser said counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from otklik.files.models import FileKind

HEAD_BYTES = 4096
"""As much of the beginning as the decision needs."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    kind: FileKind
    media_type: str
    extension: str


class Refused(Exception):
    """A file that is not taken. `code` and `facts` are worded at the door (`REFUSALS`)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in Russian."""
        return REFUSALS[self.code].format_map(self.facts)


REFUSALS: Mapping[str, str] = {
    "empty": "Файл пуст. Выберите его ещё раз: возможно, он не успел скопироваться.",
    "too_big": "Файл больше {limit_mb} МБ. Уменьшите его или разместите видео на странице органа и дайте ссылку.",
    "not_taken": "Такие файлы (похоже на {found}) не принимаются. Подойдут фотография JPEG, PNG, WebP или GIF, "
    "видео MP4, MOV или WebM, скан документа в PDF.",
    "heic": "Снимки HEIC не принимаются: их покажет не каждый браузер. Сохраните снимок как JPEG "
    "(в iPhone: Настройки, Камера, Форматы, «Наиболее совместимые»).",
    "picture_broken": "Картинка повреждена и не открывается. Сохраните её заново и загрузите ещё раз.",
    "picture_too_large": "В картинке больше {limit} мегапикселей. Уменьшите её и загрузите ещё раз.",
    "protected": "Документ защищён паролем: его не прочтёт тот, кто согласует ответ. Сохраните без пароля.",
}

JPEG = Kind(FileKind.PICTURE, "image/jpeg", ".jpg")
PNG = Kind(FileKind.PICTURE, "image/png", ".png")
WEBP = Kind(FileKind.PICTURE, "image/webp", ".webp")
GIF = Kind(FileKind.PICTURE, "image/gif", ".gif")
MP4 = Kind(FileKind.VIDEO, "video/mp4", ".mp4")
MOV = Kind(FileKind.VIDEO, "video/quicktime", ".mov")
WEBM = Kind(FileKind.VIDEO, "video/webm", ".webm")
PDF = Kind(FileKind.DOCUMENT, "application/pdf", ".pdf")

HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
MP4_BRANDS = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"dash",
        b"MSNV",
        b"3gp4",
        b"3gp5",
    }
)

OFTEN_TRIED = (
    (b"PK\x03\x04", "архив или документ Word, Excel"),
    (b"\xd0\xcf\x11\xe0", "документ Word, Excel"),
    (b"Rar!", "архив"),
    (b"7z\xbc\xaf", "архив"),
    (b"MZ", "программу"),
    (b"<", "веб-страницу или SVG"),
    (b"{\\rtf", "документ RTF"),
)


def recognise(head: bytes) -> Kind:
    """The kind of a file that begins with `head` (`HEAD_BYTES` of it are enough).

    :raises Refused: `empty`, `heic`, `not_taken` with `found`: what it seems to be.
    """
    if not head:
        raise Refused("empty")
    kind = _picture(head) or _box_file(head) or _webm(head) or _pdf(head)
    if kind is None:
        raise Refused("not_taken", found=_in_words(head))
    return kind


def _picture(head: bytes) -> Kind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    return WEBP if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else None


def _box_file(head: bytes) -> Kind | None:
    """MP4, MOV and HEIC begin with the same box; its brand tells them apart (ISO/IEC 14496-12)."""
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free") and _seems(head) == "mov":
        return MOV
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in HEIC_BRANDS:
        raise Refused("heic")
    if brand == b"qt  ":
        return MOV
    return MP4 if brand in MP4_BRANDS else None


def _webm(head: bytes) -> Kind | None:
    """EBML whose document type is webm; Matroska of other kinds is not shown by browsers."""
    return WEBM if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64] else None


def _pdf(head: bytes) -> Kind | None:
    return PDF if head.startswith(b"%PDF-") else None


def _in_words(head: bytes) -> str:
    """What people try most is called by name; the rest by puremagic's guess."""
    for beginning, words in OFTEN_TRIED:
        if head.startswith(beginning):
            return words
    return _seems(head)


def _seems(head: bytes) -> str:
    """What the file seems to be, by puremagic's first guess."""
    import puremagic  # its tables are only needed to refuse a file

    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        guesses = []
    for guess in guesses:
        if guess.extension or guess.mime_type:
            return str(guess.extension.lstrip(".") or guess.mime_type)
    return "неизвестный вид"
