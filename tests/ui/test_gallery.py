"""No page is left out of the pictures, and each picture is what it says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from PySide6.QtGui import QImage
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
