"""Labels, printers and serial numbers on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station.folder import offers
from tests.conftest import Call
from tests.label_hall import LABELS, read
from tests.station_program import simulated

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
[label]
template = "label.zpl"
printer = "labels"
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    (tmp_path / "label.zpl").write_text((LABELS / "tracker.zpl").read_text("utf-8"), "utf-8")
    (tmp_path / "recipe.toml").write_text(RECIPE)
    return tmp_path / "recipe.toml"


def settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "line").mkdir(exist_ok=True)
    (tmp_path / "line" / "station.toml").write_text(text)


def test_a_label_can_be_looked_at(call: Call, recipe: Path, tmp_path: Path) -> None:
    out = tmp_path / "label.png"
    status, said, _ = call("labels", "preview", str(recipe), "-o", str(out))
    assert status == 0
    assert "400 x 200 dots" in said
    assert read(out.read_bytes()) == {"352656100000017", "50503041-3633-4261-803d-1e2b8f70111a"}
    call("labels", "preview", str(recipe), "-o", str(out), "--field", "serial=123456789012345")
    assert "123456789012345" in read(out.read_bytes())


def test_a_recipe_that_prints_nothing_has_no_label_to_look_at(
    call: Call, recipe: Path, tmp_path: Path
) -> None:
    recipe.write_text(RECIPE.partition("[label]")[0])
    status, _, complaint = call("labels", "preview", str(recipe), "-o", str(tmp_path / "x.png"))
    assert status == 2
    assert "prints no label" in complaint


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("label.zpl", "other.zpl"), "RECIPE-WRONG"),
        (('"labels"', f'"labels"\nsha256 = "{"0" * 64}"'), "is not the one: its SHA-256 is"),
    ],
)
def test_a_template_that_is_not_the_one_is_told(
    call: Call, recipe: Path, tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    recipe.write_text(RECIPE.replace(*change))
    status, _, said = call("labels", "preview", str(recipe), "-o", str(tmp_path / "x.png"))
    assert status == 2
    assert complaint in said


def test_a_template_with_a_mistake_is_told_with_its_line(
    call: Call, recipe: Path, tmp_path: Path
) -> None:
    (tmp_path / "label.zpl").write_text("^XA\n^PW400^LL200\n^FO1,1^FD{serial^FS\n^XZ")
    status, _, said = call("labels", "preview", str(recipe), "-o", str(tmp_path / "x.png"))
    assert status == 2
    assert "LABEL-WRONG" in said
    assert "line 3" in said


def test_a_recipe_is_checked_with_its_label(call: Call, recipe: Path, tmp_path: Path) -> None:
    assert call("recipe", "check", str(recipe))[0] == 0
    (tmp_path / "line" / "recipes").mkdir(parents=True)
    for name in ("recipe.toml", "label.zpl"):
        (tmp_path / "line" / "recipes" / name).write_text((tmp_path / name).read_text())
    assert [each.trouble for each in offers(tmp_path / "line")] == [None]
    for folder in (tmp_path, tmp_path / "line" / "recipes"):
        (folder / "label.zpl").unlink()
    assert call("recipe", "check", str(recipe))[0] == 2
    (offer,) = offers(tmp_path / "line")
    assert offer.trouble
    assert offer.trouble.code == "RECIPE-WRONG"


def test_a_printer_is_tried(call: Call, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    with simulated("printer", "--folder", str(pictures)) as (hello,):
        settings(tmp_path, f'[[printers]]\nname = "labels"\naddress = "{hello["printer"]}"\n')
        status, said, _ = call("labels", "test", "labels")
    assert (status, said) == (0, "It was printed.\n")
    (picture,) = pictures.iterdir()
    assert read(picture.read_bytes()) == {"TEST-12345"}


def test_a_printer_that_is_a_folder_lies_below_the_data_directory(
    call: Call, tmp_path: Path
) -> None:
    settings(tmp_path, '[[printers]]\nname = "labels"\naddress = "folder:out"\nform = "pdf"\n')
    assert "PRINTER-MISSING" in call("labels", "test", "labels")[2]
    (tmp_path / "line" / "out").mkdir()
    assert call("labels", "test", "labels")[0] == 0
    (document,) = (tmp_path / "line" / "out").iterdir()
    assert document.read_bytes().startswith(b"%PDF")


def test_a_printer_that_nobody_named_is_missing(call: Call, tmp_path: Path) -> None:
    settings(tmp_path, '[[printers]]\nname = "big"\naddress = "folder:out"\n')
    status, _, complaint = call("labels", "test", "labels")
    assert status == 3
    assert "labels; the settings name big" in complaint


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[printers]]\nname = "a"\naddress = "b"\n', "station.toml:3: printers.0.address"),
        (
            '[[printers]]\nname = "a"\naddress = "folder:b"\n'
            '[[printers]]\nname = "a"\naddress = "folder:c"\n',
            "station.toml:5: printers.1.name: another printer has the same name",
        ),
    ],
)
def test_settings_that_name_a_printer_wrongly_are_told(
    call: Call, tmp_path: Path, text: str, complaint: str
) -> None:
    settings(tmp_path, text)
    status, _, said = call("labels", "test", "a")
    assert status == 3
    assert complaint in said


def test_a_pool_is_made_and_shown(call: Call) -> None:
    status, said, _ = call(
        "serials", "make", "trackers", "--prefix", "TRK-", "--last", "1500", "--width", "6"
    )
    assert (status, said) == (0, "1500 numbers, up to TRK-001500.\n")
    status, said, _ = call("serials", "list", "--json")
    assert json.loads(said) == {
        "pool": "trackers",
        "next": "TRK-000001",
        "free": 1500,
        "taken": 0,
        "confirmed": 0,
    }
    status, _, complaint = call("serials", "make", "trackers", "--last", "5")
    assert status == 2
    assert "POOL-EXISTS" in complaint


def test_numbers_that_were_given_make_a_pool(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("A-9\n\nA-2\n")
    assert call("serials", "import", "given", str(file))[1] == (
        "2 of 2 numbers were new to the pool.\n"
    )
    file.write_text("A-2\nA-3\n")
    assert "1 of 2 numbers" in call("serials", "import", "given", str(file))[1]
    told = json.loads(call("serials", "list", "--json")[1])
    assert (told["next"], told["free"]) == ("A-9", 3)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("A-1\nB\nA-1\n", ":3: A-1 stands in line 1 too"),
        ("Ä\n", ":1: a letter that a barcode can't hold"),
        ("x" * 65, "65 letters, 64 at most"),
        ("\n \n", "there is no number in it"),
    ],
)
def test_a_list_with_a_mistake_is_not_taken(
    call: Call, tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text(text, "utf-8")
    status, _, said = call("serials", "import", "given", str(file))
    assert status == 2
    assert complaint in said


@pytest.mark.parametrize(
    "args",
    [
        ("x", "--first", "5", "--last", "4"),
        ("", "--last", "4"),
        ("x", "--prefix", "P" * 64, "--last", "4"),
    ],
)
def test_a_pool_that_makes_no_sense_is_refused(call: Call, args: tuple[str, ...]) -> None:
    assert call("serials", "make", *args)[0] == 2
