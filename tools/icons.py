"""Draws the icons of the installed program after `mark.svg`: `.venv/bin/python tools/icons.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).resolve().parents[1] / "src" / "otklik" / "web" / "static" / "otklik"
Colour = tuple[int, int, int, int]

ACCENT = (27, 91, 189, 255)
WHITE = (255, 255, 255, 255)
CLEAR = (0, 0, 0, 0)
FINER = 4
"""Drawn so many times larger, then made smaller: smooth edges."""

BOX = (3.0, 3.0, 21.0, 17.0)
TAIL = ((8.0, 16.0), (14.0, 16.0), (8.0, 21.5))
TICK = ((7.2, 10.3), (10.5, 13.5), (16.8, 7.3), (15.4, 5.9), (10.5, 10.7), (8.6, 8.8))
"""The shapes of mark.svg, on its field of 24 by 24."""
MIDDLE = (12.0, 12.25)


def draw(side: int, *, ground: Colour, ink: Colour, tick: Colour, share: float) -> Image.Image:
    """The mark in the middle of a square. `share`: how much of the square the field of 24 takes."""
    big = side * FINER
    unit = big * share / 24

    def at(x: float, y: float) -> tuple[float, float]:
        return big / 2 + (x - MIDDLE[0]) * unit, big / 2 + (y - MIDDLE[1]) * unit

    image = Image.new("RGBA", (big, big), ground)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((*at(*BOX[:2]), *at(*BOX[2:])), radius=2 * unit, fill=ink)
    pen.polygon([at(*point) for point in TAIL], fill=ink)
    pen.polygon([at(*point) for point in TICK], fill=tick)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def main() -> int:
    """0: all drawn. A maskable icon is cut to a circle of four fifths by the system, so its mark is smaller."""
    for side in (192, 512):
        draw(side, ground=CLEAR, ink=ACCENT, tick=WHITE, share=1.2).save(OUT / f"icon-{side}.png", optimize=True)
    draw(512, ground=ACCENT, ink=WHITE, tick=ACCENT, share=0.66).save(OUT / "icon-maskable-512.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
