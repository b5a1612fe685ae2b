"""What esptool says, as it was heard to say it; which one is taken, and what it is told."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

from station.faults import (
    BootModeMissed,
    Fault,
    FlashLocked,
    FlashRefused,
    FlashWorn,
    HardwareBroken,
    ImageWrong,
    LinkLost,
    PortBusy,
    PortForbidden,
    RecipeWrong,
    ToolMissing,
    WrongProduct,
)
from station.flash import Target
from station.flash.esptool import Esptool, Files, fault, placed, programs
from station.flash.program import Ran, arduino_folder
from station.model import Attachment, Image, Port
from tests.flash.conftest import program
from tests.flash.esp_seated import esp, files

# esptool 4.12.0 with a simulated ESP32
FOUR = """\
Flash will be erased from 0x00001000 to 0x0004afff...
Flash will be erased from 0x00080000 to 0x00098fff...
Compressed 300000 bytes to 300101...
Writing at 0x00001000... (5 %)\rWriting at 0x00028fcc... (57 %)\rWriting at 0x00048fa4... (100 %)
Wrote 300000 bytes (300101 compressed) at 0x00001000 in 0.1 seconds (effective 35249.8 kbit/s)...
Hash of data verified.
Compressed 100000 bytes to 120...
Writing at 0x00080000... (100 %)
Wrote 100000 bytes (120 compressed) at 0x00080000 in 0.0 seconds (effective 141663.6 kbit/s)...
Hash of data verified.
"""
# esptool 5.6.0 with the same, the first file being there already
FIVE = """\
Writing '/tmp/a.bin' at 0x00001000...
Comparing flash contents against new data...
'/tmp/a.bin' at 0x00001000 already in flash, skipping write.

Writing '/tmp/b.bin' at 0x00080000...
Comparing flash contents against new data...
Flash will be erased from 0x00080000 to 0x00098fff...
Writing at 0x000a0000 ━━━━━━━━━━━━━━━━                54.6% 160.00kB/292.97kB [0s]
Writing at 0x000c93e0 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 100.0% 292.97kB/292.97kB [0s]
Wrote 100000 bytes at 0x00080000 in 0.4 seconds (5492.5 kbit/s).
Verifying written data...
Hash of data verified.
"""
SIZES = (300_000, 100_000)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        (FOUR, [15_000, 171_000, 300_000, 300_000, 400_000, 400_000]),
        (FIVE, [300_000, 354_600, 400_000, 400_000]),
    ],
    ids=["4", "5"],
)
def test_how_far_it_has_come_is_read_from_its_lines(said: str, done: list[int]) -> None:
    told: list[tuple[int, int]] = []
    progress = Files(lambda *each: told.append(each), SIZES)
    for line in re.split(r"[\r\n]+", said):
        progress.hear(line)
    assert told == [(each, 400_000) for each in done]
    assert progress.sure == 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "Failed to connect to ESP32: Wrong boot mode detected (0x13)! The chip needs to be in download mode.",
            BootModeMissed,
        ),
        ("Could not open /dev/ttyUSB0, the port is busy or doesn't exist.\n([Errno 16])", PortBusy),
        (
            "Could not open /dev/ttyUSB0, the port is busy or doesn't exist.\n"
            "([Errno 13] could not open port /dev/ttyUSB0: [Errno 13] Permission denied)",
            PortForbidden,
        ),
        (
            "A serial exception error occurred: device reports readiness to read but returned no data",
            LinkLost,
        ),
        ("This chip is ESP32-S3, not ESP32. Wrong chip argument?", WrongProduct),
        ("bootloader.bin requires chip revision in range [v3.0 - v3.99]", WrongProduct),
        ("Unexpected chip ID in image. Expected 0 but value was 9.", ImageWrong),
        ("Detected overlap at address: 0x8000 for file: app.bin", RecipeWrong),
        ("Detected flash encryption and secure download mode enabled.", FlashLocked),
        ("Write failed, the written flash region is empty.", FlashWorn),
        (
            "WARNING: Failed to communicate with the flash chip, read/write operations will fail."
            "\nMD5 of file does not match data in flash!",
            HardwareBroken,
        ),
        ("The chip stopped responding.", FlashRefused),
    ],
)
def test_what_it_says_names_the_fault(said: str, kind: type[Fault]) -> None:
    named = fault(Ran(2, tuple(said.splitlines())), "5.6.0")
    assert type(named) is kind
    assert named.detail.startswith("esptool 5.6.0, exit status 2: ")


def test_the_lowest_comes_first_and_each_has_its_place(tmp_path: Path) -> None:
    image = files(tmp_path, ((0x10000, b"app"), (0x0, b"boot"), (0x8000, b"table")))
    assert [file.at for file in placed(image)] == [0, 0x8000, 0x10000]
    with pytest.raises(RecipeWrong, match=r"part at 0\.bin"):
        placed(Image(image.more[0].path, image.more[0].sha256))


def test_several_files_have_one_digest_whatever_their_order(tmp_path: Path) -> None:
    one = files(tmp_path, ((0x10000, b"app"), (0x0, b"boot")))
    other = files(tmp_path, ((0x0, b"boot"), (0x10000, b"app")))
    moved = files(tmp_path, ((0x0, b"boot"), (0x20000, b"app")))
    alone = files(tmp_path, ((0x0, b"boot"),))
    assert one.digest == other.digest != moved.digest
    assert alone.digest == hashlib.sha256(b"boot").hexdigest()


@pytest.fixture
def no_neighbour(bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is all of PATH; beside Python there is nothing either."""
    monkeypatch.setattr(sys, "executable", str(bare_path / "python"))
    return bare_path


needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


@needs_a_shell
def test_arduinos_comes_last(no_neighbour: Path) -> None:
    tools = arduino_folder() / "packages" / "esp32" / "tools" / "esptool_py"
    arduinos = program(tools / "5.0.dev1" / "esptool", "exit 0")
    assert programs() == (arduinos,)
    beside = program(no_neighbour / "esptool.py", "exit 0")
    assert programs() == (beside, beside, arduinos)


async def test_what_is_missing_is_told_with_its_remedy(no_neighbour: Path) -> None:
    with pytest.raises(ToolMissing, match=r"no program esptool .*pipx install esptool"):
        await Esptool().version()


@needs_a_shell
async def test_one_that_says_no_version_is_not_used(no_neighbour: Path) -> None:
    program(no_neighbour / "esptool", "echo ModuleNotFoundError; exit 1")
    with pytest.raises(ToolMissing, match="does not say its version"):
        await Esptool().version()


@needs_a_shell
@pytest.mark.parametrize("is_there", [True, False], ids=["there", "not there"])
async def test_version_4_is_asked_first_what_the_flash_holds(
    no_neighbour: Path, tmp_path: Path, *, is_there: bool
) -> None:
    words = tmp_path / "words"
    verdict = "exit 0" if is_there else "echo '-- verify FAILED (digest mismatch)'; exit 2"
    program(
        no_neighbour / "esptool.py",
        'case "$*" in\n'
        "version) echo 'esptool.py v4.12.0'; echo 4.12.0; exit;;\n"
        "*--help) echo 'usage: esptool write_flash [--erase-all]'; exit;;\n"
        f'esac\necho "$@" >> {words}\n'
        f'case "$*" in *verify_flash*) {verdict};; esac\n'
        "echo 'Writing at 0x00010000... (100 %)'\n"
        "echo 'Wrote 3 bytes at 0x00010000 in 0.1 seconds'; echo 'Hash of data verified.'",
    )
    image = files(tmp_path, ((0x10000, b"app"),))
    there = Attachment((Port("/dev/ttyUSB9"),))
    told: list[tuple[int, int]] = []
    wanted = esp("--chip", "esp32", "write-flash", "--flash_size", "4MB")
    await Esptool().write(
        Target(wanted, there.ports[0], there), image, lambda *each: told.append(each)
    )
    assert told[-1] == (3, 3)
    begins = "--port /dev/ttyUSB9 --chip esp32"
    asked = f"{begins} verify_flash 0x10000 {image.path}"
    written = f"{begins} write_flash --flash_size 4MB 0x10000 {image.path}"
    assert words.read_text().splitlines() == ([asked] if is_there else [asked, written])


@needs_a_shell
async def test_an_end_without_a_check_is_no_good_end(no_neighbour: Path, tmp_path: Path) -> None:
    program(
        no_neighbour / "esptool",
        "echo 5.6.0; echo --skip-flashed; echo 'Wrote 3 bytes at 0x00010000 in 0.1 seconds'",
    )
    there = Attachment((Port("/dev/ttyUSB9"),))
    with pytest.raises(FlashRefused, match="exit status 0"):
        await Esptool().write(
            Target(esp(), there.ports[0], there),
            files(tmp_path, ((0x10000, b"app"),)),
            lambda done, total: None,
        )


@needs_a_shell
async def test_version_4_writes_those_alone_that_are_not_there(
    no_neighbour: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    program(
        no_neighbour / "esptool.py",
        'case "$*" in\n'
        "version) echo 4.12.0;;\n"
        "*--help) echo 'usage: esptool write_flash [--erase-all]';;\n"
        "*verify_flash*) echo '-- verify OK (digest matched)';"
        " echo '-- verify FAILED (digest mismatch)'; echo 'Verify failed.'; exit 2;;\n"
        f'*) echo "$@" > {words}; echo Wrote 3 bytes; echo Hash of data verified.;;\n'
        "esac",
    )
    image = files(tmp_path, ((0x8000, b"table"), (0x10000, b"app")))
    there = Attachment((Port("/dev/ttyUSB9"),))
    told: list[tuple[int, int]] = []
    await Esptool().write(
        Target(esp(), there.ports[0], there), image, lambda *each: told.append(each)
    )
    assert words.read_text().split()[2:] == [
        "write_flash",
        "0x10000",
        *str(image.more[0].path).split(),
    ]
    assert told == [(3, 3)]
