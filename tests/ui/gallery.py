"""Every picture of every page, in light, dark and high contrast, and in any language.

`python -m tests.ui.gallery OUTDIR [--only NAME] [--language CODE] [--theme NAME] [--small]`; no
display is needed. ./packaging/pictures does this on a machine where nothing is installed yet.

A page adds its pictures by one entry in `GALLERY`: the name of a module of tests/ui that has

    def draw(out: Path, name: str, only: str = "") -> None

It writes its pictures into the folder `out`, each by `pictures.save`, and calls them
`{title}-{name}.png`; titles that do not begin with `only` may be left out. The application is
dressed and speaks its language by then. A module that is run by itself ends with
`gallery.main(draw)`.
"""

from __future__ import annotations

import math
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from PIL import Image
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui import languages, theme
from ui.garbage import GarbageCollector

GALLERY = (
    "window_pictures",
    "pictures",
    "people_pictures",
    "unit_pictures",
    "records_pictures",
    "rework_pictures",
    "look_pictures",
)
THEMES = ("light", "dark", "contrast")
ENGLISH = "en"
OFTEN, RARE = 128, 64

Colour = tuple[int, int, int]
Draw = Callable[[Path, str, str], None]


def draw_all(out: Path, name: str, only: str = "") -> None:
    """Let every page draw its pictures."""
    for module in GALLERY:
        import_module(f"tests.ui.{module}").draw(out, name, only)


def main(draw: Draw = draw_all) -> None:
    """Let `draw` draw in every theme and language that the command line asks for."""
    asked = _parser().parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    # The offscreen platform says for each window that it knows no window manager.
    qInstallMessageHandler(lambda _kind, _context, _text: None)
    garbage = GarbageCollector()
    for code in asked.language or [ENGLISH]:
        if languages.use(code).code != code:
            sys.exit(f"This computer has no letters for {code}, or the window does not speak it.")
        for each in asked.theme or THEMES:
            theme.dress(app, each)
            draw(asked.out, each if code == ENGLISH else f"{each}-{code}", asked.only)
    garbage.stop()
    if asked.small:
        for path in asked.out.glob("*.png"):
            _shrink(path)
    print(f"{len(list(asked.out.glob('*.png')))} pictures in {asked.out}")


def _shrink(path: Path) -> None:
    """Write a picture anew in few colours: for a page that is loaded over a network.

    The grounds keep theirs, and so does what is small and of a colour of its own.
    """
    with Image.open(path) as image:
        full = image.convert("RGB")
    pixels = list(_colours(full.tobytes()))
    rare = full.quantize(RARE, Image.Quantize.MAXCOVERAGE).getpalette() or []
    often = (colour for colour, _ in Counter(pixels).most_common(OFTEN))
    palette = list(dict.fromkeys((*often, *_colours(bytes(rare[: 3 * RARE])))))
    place = {colour: _nearest(colour, palette) for colour in set(pixels)}
    few = Image.frombytes("P", full.size, bytes(place[colour] for colour in pixels))
    few.putpalette([part for colour in palette for part in colour])
    few.save(path, optimize=True)


def _colours(parts: bytes) -> Iterator[Colour]:
    """Yield the colours whose reds, greens and blues follow each other in `parts`."""
    return zip(parts[0::3], parts[1::3], parts[2::3], strict=True)


def _nearest(colour: Colour, palette: Sequence[Colour]) -> int:
    return min(range(len(palette)), key=lambda n: math.dist(colour, palette[n]))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(description="Makes pictures of every page and state of the window.")
    parser.add_argument("out", type=Path, help="the folder that they are written to")
    parser.add_argument("only", nargs="?", default="", help="only titles that begin so")
    parser.add_argument(
        "--language", action="append", choices=[each.code for each in languages.LANGUAGES]
    )
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--small", action="store_true", help="in few colours: fewer bytes")
    return parser


if __name__ == "__main__":
    main()
