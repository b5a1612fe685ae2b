"""Labels as pictures: PNG to look at, PDF for office printers. Pillow is known here and in lettering.py.

One picture for all three (preview, PDF, the simulated printer's paper), so that what an engineer
sees is what comes out. Pillow writes the PDF too: a page of the label's size with the picture at
three times the label printer's resolution, about 600 dots an inch, which is as fine as office
printers are. No further library is needed for it.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from station.labels.lettering import face, font
from station.labels.sheet import Box, Ink, Raster, Sheet, Spot, Text

PDF_SCALE = 3
_MM_AN_INCH = 25.4
# The printers' font 0 stands in a cell of its nominal height, with a quarter of it below the base.
_BASE, _SIZE = 0.77, 0.84
_CAPTION_DOTS = 20
_EPOCH = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class _Pen:
    """So many pixels a dot, and one font for the whole label."""

    scale: int
    face: str


def png(sheet: Sheet, scale: int = 1, *, upper_half: bool = False) -> bytes:
    """Return a grey picture with `scale` pixels a dot; the lower half may be left white."""
    page = _picture(sheet, scale)
    if upper_half:
        page.paste(255, (0, page.height // 2, page.width, page.height))
    return _saved(lambda out: page.save(out, "PNG"))


def pdf(sheet: Sheet, dots_per_mm: int) -> bytes:
    """Return a page of the label's size. The same label makes the same bytes."""
    page = _picture(sheet, PDF_SCALE).point(lambda grey: 255 if grey > 127 else 0, "1")
    return _saved(
        lambda out: page.save(
            out,
            "PDF",
            resolution=dots_per_mm * _MM_AN_INCH * PDF_SCALE,
            creationDate=_EPOCH,
            modDate=_EPOCH,
        )
    )


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _picture(sheet: Sheet, scale: int) -> Image.Image:
    page = Image.new("L", (sheet.width * scale, sheet.height * scale), 255)
    pen = _Pen(scale, face(sheet.said))
    for ink in sheet.inks:
        for spot, tile, base in _tiles(ink, pen):
            _put(page, spot, tile, base, scale, white=isinstance(ink, Box) and ink.white)
    return page


def _put(
    page: Image.Image, spot: Spot, tile: Image.Image, base: int, scale: int, *, white: bool
) -> None:
    """Lay a tile (255 where there is ink) on the page; `base` is its base line, in pixels."""
    width, height = tile.size
    x, y = spot.x * scale, spot.y * scale
    if spot.on_base:
        corners = ((0, base), (height - base, 0), (width, height - base), (base, width))
        x, y = x - corners[spot.turn][0], y - corners[spot.turn][1]
    turned = tile.rotate(-90 * spot.turn, expand=True)
    if not spot.inverts:
        page.paste(255 if white else 0, (x, y), turned)
        return
    whole = Image.new("L", page.size, 0)
    whole.paste(turned, (x, y))
    page.paste(ImageChops.difference(page, whole))


def _tiles(ink: Ink, pen: _Pen) -> list[tuple[Spot, Image.Image, int]]:
    match ink:
        case Text():
            return [(ink.spot, *_text(ink, pen))]
        case Box():
            tile = _frame(ink, pen)
            return [(ink.spot, tile, tile.height)]
        case Raster():
            return _raster(ink, pen)


def _frame(box: Box, pen: _Pen) -> Image.Image:
    width, height = box.width * pen.scale, box.height * pen.scale
    tile = Image.new("L", (width, height), 0)
    thickness = min(box.thickness * pen.scale, (min(width, height) + 1) // 2)
    ImageDraw.Draw(tile).rectangle((0, 0, width - 1, height - 1), outline=255, width=thickness)
    return tile


def _raster(ink: Raster, pen: _Pen) -> list[tuple[Spot, Image.Image, int]]:
    columns, rows = len(ink.rows[0]), len(ink.rows)
    dots = Image.new("L", (columns, rows))
    dots.putdata([255 if dark else 0 for row in ink.rows for dark in row])
    size = (columns * ink.dot_width * pen.scale, rows * ink.dot_height * pen.scale)
    bars = dots.resize(size, Image.Resampling.NEAREST)
    if not ink.caption:
        return [(ink.spot, bars, bars.height)]
    caption = _line(ink.caption, _CAPTION_DOTS, _CAPTION_DOTS, pen)
    both = Image.new("L", (max(bars.width, caption.width), bars.height + caption.height))
    both.paste(bars, (0, caption.height if ink.above else 0))
    left = max(0, (bars.width - caption.width) // 2)
    both.paste(caption, (left, 0 if ink.above else bars.height))
    return [(ink.spot, both, bars.height + (caption.height if ink.above else 0))]


def _text(text: Text, pen: _Pen) -> tuple[Image.Image, int]:
    """Return the text's tile and its base line: that of the first line, of a block its last."""
    base = round(text.height * _BASE * pen.scale)
    if text.block is None:
        return _line(text.said, text.height, text.width, pen), base
    block = text.block
    lines = _broken(text, pen)[: max(1, block.most_lines)]
    step = (text.height + block.extra_spacing) * pen.scale
    tile = Image.new("L", (max(1, block.width) * pen.scale, max(1, step * len(lines))), 0)
    for place, said in enumerate(lines):
        line = _line(said, text.height, text.width, pen)
        room = tile.width - line.width
        left = {"C": room // 2, "R": room}.get(block.justify, 0)
        tile.paste(line, (left, place * step))
    return tile, base + step * (len(lines) - 1)


def _broken(text: Text, pen: _Pen) -> list[str]:
    r"""Break a block's text into lines: at `\&`, and between words where the width ends."""
    assert text.block is not None  # noqa: S101 - asked for blocks alone
    most = text.block.width * pen.scale
    lines: list[str] = []
    for said in text.said.split("\\&"):
        line = ""
        for word in said.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _line(longer, text.height, text.width, pen).width > most:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _line(said: str, height: int, width: int, pen: _Pen) -> Image.Image:
    """Return one line of text, `height` dots high."""
    letters = font(pen.face, max(1, round(height * _SIZE * pen.scale)))
    long = max(1, round(letters.getlength(said)))
    tile = Image.new("L", (long, height * pen.scale), 0)
    draw = ImageDraw.Draw(tile)
    draw.text((0, round(height * _BASE * pen.scale)), said, fill=255, font=letters, anchor="ls")
    if width == height:
        return tile
    return tile.resize((max(1, round(long * width / height)), tile.height))
