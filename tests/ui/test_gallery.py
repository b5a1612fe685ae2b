"""No page is left out of the pictures, and each picture is what it says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.ui import gallery
from ui.theme import DARK, LIGHT

HERE = Path(__file__).parent


def test_every_file_of_pictures_is_in_the_gallery() -> None:
    assert {path.stem for path in HERE.glob("*pictures.py")} == set(gallery.GALLERY)
    assert all(callable(import_module(f"tests.ui.{name}").draw) for name in gallery.GALLERY)


def test_a_picture_is_written_under_its_title_and_theme(
    qapp: QApplication, light: None, tmp_path: Path
) -> None:
    gallery.draw_all(tmp_path, "light", "look-icons")
    assert [path.name for path in tmp_path.iterdir()] == ["look-icons-light.png"]
    image = QImage(str(tmp_path / "look-icons-light.png"))
    assert image.pixelColor(0, 0) == LIGHT.surface
    assert image.pixelColor(0, 0) != DARK.surface


def test_a_picture_in_few_colours_keeps_its_grounds_and_its_small_marks(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    for x in range(256):
        for y in range(256):
            image.setPixelColor(x, y, QColor(x, y, 128) if y < 32 else LIGHT.window)
    image.setPixelColor(128, 128, QColor("#F5B70A"))
    image.save(str(path))
    gallery._shrink(path)
    after = QImage(str(path))
    seen = {after.pixel(x, y) for x in range(256) for y in range(256)}
    assert len(seen) <= gallery.OFTEN + gallery.RARE
    assert after.pixelColor(0, 255) == LIGHT.window
    kept = after.pixelColor(128, 128)
    assert (kept.red(), kept.green(), kept.blue()) == (0xF5, 0xB7, 0x0A)
