"""What is taken, told by content; names; and the safe copy."""

import io
from pathlib import Path

import pytest
from PIL import Image

from otklik.files import kinds, names, pictures
from otklik.files.kinds import Refused
from tests.files import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.picture("JPEG"), kinds.JPEG),
        (samples.picture("PNG"), kinds.PNG),
        (samples.picture("WEBP"), kinds.WEBP),
        (samples.picture("GIF", mode="P"), kinds.GIF),
        (samples.MP4, kinds.MP4),
        (samples.MOV, kinds.MOV),
        (samples.WEBM, kinds.WEBM),
        (samples.PDF, kinds.PDF),
    ],
)
def test_taken(content: bytes, kind: kinds.Kind) -> None:
    assert kinds.recognise(content[: kinds.HEAD_BYTES]) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (samples.HEIC, "heic"),
        (samples.ZIP, "not_taken"),
        (samples.HTML, "not_taken"),
        (samples.SVG, "not_taken"),
        (samples.EXE, "not_taken"),
        (samples.MATROSKA, "not_taken"),
        (b"just words", "not_taken"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "not_taken"),
        (b" " + samples.PDF, "not_taken"),
    ],
)
def test_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        kinds.recognise(content)
    assert refusal.value.code == code
    assert refusal.value.sentence


@pytest.mark.parametrize(("content", "found"), [(samples.ZIP, "документ Word"), (b"BM" + bytes(100), "bmp")])
def test_a_refusal_says_what_it_found_and_what_would_do(content: bytes, found: str) -> None:
    with pytest.raises(Refused) as refusal:
        kinds.recognise(content)
    assert f"похоже на {found}" in refusal.value.sentence.replace("архив или ", "")
    assert "JPEG" in refusal.value.sentence


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Яма на Ленина.jpeg", "Яма на Ленина.jpg"),
        ("photo", "photo.jpg"),
        ("act.pdf.exe", "act.pdf.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\фото.PNG", "фото.jpg"),
        ("a\x00b\r\nc\u202egpj.jpg", "ab ccgpj.jpg".replace("cc", "c")),
        ("  . . ", "файл.jpg"),
        ("", "файл.jpg"),
        (".htaccess", "htaccess.jpg"),
        ('say "x"; a=b?.jpg', "say -x-; a=b-.jpg"),
        ("и\u0306.jpg", "й.jpg"),
        ("я" * 300 + ".jpg", "я" * 120 + ".jpg"),
        ("Акт от 27.11.2026", "Акт от 27.11.jpg"),
    ],
)
def test_names(name: str, clean: str) -> None:
    assert names.clean(name, ".jpg") == clean


def safe_copy(tmp_path: Path, content: bytes) -> tuple[pictures.SafeCopy, Image.Image]:
    path = tmp_path / "picture"
    path.write_bytes(content)
    copy = pictures.safe_copy(path)
    return copy, Image.open(io.BytesIO(copy.content))


def test_place_camera_and_comments_stay_behind_and_the_turn_is_made(tmp_path: Path) -> None:
    original = samples.photo_with_place()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    copy, image = safe_copy(tmp_path, original)
    assert not image.getexif()
    assert "comment" not in image.info
    assert b"secret" not in copy.content
    assert (copy.kind, copy.width, copy.height, image.size) == (kinds.JPEG, 30, 40, (30, 40))
    red, _, blue = image.convert("RGB").getpixel((15, 5))  # type: ignore[misc]  # what was left is on top now
    assert red > 200 > blue


def test_large_ones_are_made_smaller(tmp_path: Path) -> None:
    copy, image = safe_copy(tmp_path, samples.picture("JPEG", (5000, 100)))
    assert image.size == (copy.width, copy.height) == (2560, 51)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.picture("PNG", mode="RGBA"), kinds.PNG),
        (samples.picture("PNG"), kinds.JPEG),
        (samples.picture("WEBP", mode="RGBA"), kinds.PNG),
        (samples.picture("GIF", mode="P"), kinds.JPEG),
        (samples.picture("PNG", mode="I;16"), kinds.JPEG),
        (samples.picture("PNG", mode="1"), kinds.JPEG),
        (samples.picture("JPEG", mode="CMYK"), kinds.JPEG),
        (samples.picture("JPEG", mode="L"), kinds.JPEG),
        (samples.picture("JPEG", icc_profile=b"no profile"), kinds.JPEG),
    ],
)
def test_every_mode_gets_a_copy(tmp_path: Path, content: bytes, kind: kinds.Kind) -> None:
    copy, image = safe_copy(tmp_path, content)
    assert copy.kind == kind
    assert image.format == {kinds.PNG: "PNG", kinds.JPEG: "JPEG"}[kind]
    assert "icc_profile" not in image.info


def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        safe_copy(tmp_path, samples.bomb())
    assert refusal.value.code == "picture_too_large"
    assert "больше 40 мегапикселей" in refusal.value.sentence


def test_a_bomb_in_a_comment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        safe_copy(tmp_path, samples.text_bomb())
    assert refusal.value.code == "picture_broken"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_broken_picture_is_refused(tmp_path: Path, form: str) -> None:
    whole = samples.picture(form, (200, 200))
    for content in (whole[: len(whole) // 2], whole[:20]):
        with pytest.raises(Refused) as refusal:
            safe_copy(tmp_path, content)
        assert refusal.value.code == "picture_broken"
