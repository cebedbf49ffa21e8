"""The safe copy of a picture: decoded and encoded anew.

What is left behind: the place and time of shooting and the camera (EXIF, XMP, IPTC, comments), thumbnails, anything
appended, and whatever a decoder elsewhere might stumble over. The turn that EXIF asked for is made before it is
dropped. An animation gives its first frame.
"""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from otklik.files.kinds import JPEG, PNG, Kind, Refused

MOST_PIXELS_JPEG = 65_000_000
"""What the cameras of phones make; a JPEG is decoded at a smaller scale. Decompression bombs begin above."""
MOST_PIXELS = 40_000_000
"""Other formats are decoded whole: 160 MB."""
LONGEST_SIDE = 2560
"""Of the safe copy: what the networks show; they make larger ones smaller themselves."""
QUALITY = 88
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class SafeCopy:
    """The copy's bytes, and its size in pixels."""

    content: bytes
    kind: Kind
    width: int
    height: int


def safe_copy(path: Path) -> SafeCopy:
    """The safe copy of the picture at `path`.

    :raises Refused: `picture_too_large` (told by its header, before it is decoded), `picture_broken`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures: the limit below is ours
            with Image.open(path, formats=FORMATS) as picture:
                _refuse_large(picture)
                return _encode(_bounded(picture))
    except Image.DecompressionBombError as error:
        raise Refused("picture_too_large", limit=MOST_PIXELS // 1_000_000) from error
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, IndexError) as error:
        raise Refused("picture_broken") from error  # Pillow's decoders raise all of these on broken input


def _refuse_large(picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    limit = MOST_PIXELS_JPEG if picture.format == "JPEG" else MOST_PIXELS
    if pixels > limit:
        raise Refused("picture_too_large", limit=limit // 1_000_000)


def _bounded(picture: Image.Image) -> Image.Image:
    if picture.format == "JPEG":
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes at a smaller scale where that is enough
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    turned = (
        turned.convert("RGBA" if _has_transparency(turned) else "RGB") if turned.mode not in ("RGB", "RGBA") else turned
    )
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _in_srgb(turned, profile)


def _has_transparency(picture: Image.Image) -> bool:
    return picture.has_transparency_data


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours of the picture's own profile, which is dropped with the rest; a broken one counts as none."""
    if not profile:
        return picture
    try:
        own = ImageCms.getOpenProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture


def _encode(picture: Image.Image) -> SafeCopy:
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # pixels only: whatever else the object carries stays behind
    out = io.BytesIO()
    if clean.mode == "RGBA":
        clean.save(out, "PNG", optimize=True)
        return SafeCopy(out.getvalue(), PNG, clean.width, clean.height)
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return SafeCopy(out.getvalue(), JPEG, clean.width, clean.height)
