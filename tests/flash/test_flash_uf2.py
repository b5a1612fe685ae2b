"""The RP2040: files made for its boot loader, its drive, and picotool."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station.faults import FlashRefused, ImageWrong, ToolMissing
from station.flash import Target, uf2
from station.flash.drives import drive_socket, usb_address
from station.flash.uf2 import Uf2
from station.flash.uf2_file import BLOCK, FLASH_AT, RP2040
from station.flash.uf2_file import uf2 as made_uf2
from station.model import Attachment, Flashing, Image, Port, Tool
from tests.flash.conftest import program

NANO_RP2040 = Flashing(
    Tool.UF2, touch=True, changes_port=True, boot_ids=((0x2E8A, 3),), suffix=".elf"
)
BEFORE = Attachment((Port("/dev/ttyACM0", 0x2341, 0x5E, "S1", "1-4.2"),))
TARGET = Target(NANO_RP2040, None, BEFORE)
INFO = "UF2 Bootloader v2.0\nModel: Raspberry Pi RP2\nBoard-ID: RPI-RP2\n"


def blocks(file: bytes) -> list[tuple[int, bytes]]:
    """Return addresses and contents, as the format's own document tells how to read them."""
    found = []
    assert len(file) % BLOCK == 0
    count = len(file) // BLOCK
    for number in range(count):
        block = file[number * BLOCK : (number + 1) * BLOCK]
        words = struct.unpack_from("<8I", block)
        assert words[:3] == (0x0A324655, 0x9E5D5157, 0x2000)
        assert words[5:] == (number, count, RP2040)
        assert block[-4:] == bytes.fromhex("306fb10a")
        found.append((words[3], block[32 : 32 + words[4]]))
    return found


def test_bare_flash_becomes_blocks_from_the_start_of_flash_on() -> None:
    content = bytes(range(250)) * 3
    found = blocks(made_uf2(content, "x.bin"))
    assert [address for address, _ in found] == [FLASH_AT, FLASH_AT + 256, FLASH_AT + 512]
    assert b"".join(data for _, data in found) == content.ljust(768, b"\0")


def test_an_elf_is_loaded_at_its_physical_addresses_and_what_is_for_memory_is_left_out() -> None:
    text, data, bss = b"T" * 300, b"D" * 20, b"B" * 50
    file = elf(
        (FLASH_AT, FLASH_AT, text), (0x20000000, FLASH_AT + 300, data), (0x20001000,) * 2 + (bss,)
    )
    found = dict(blocks(made_uf2(file, "x.elf")))
    assert sorted(found) == [FLASH_AT, FLASH_AT + 256]
    assert found[FLASH_AT] == b"T" * 256
    assert found[FLASH_AT + 256] == (b"T" * 44 + b"D" * 20).ljust(256, b"\0")


def test_a_uf2_stays_as_it_is() -> None:
    file = made_uf2(b"abc", "x.bin")
    assert made_uf2(file, "x.uf2") == file
    with pytest.raises(ImageWrong, match="cut short"):
        made_uf2(file[:-1], "x.uf2")


@pytest.mark.parametrize("size", [20, 52, 80, 200])
def test_an_elf_that_is_cut_short_is_noticed(size: int) -> None:
    with pytest.raises(ImageWrong, match="cut short"):
        made_uf2(elf((FLASH_AT, FLASH_AT, b"T" * 300))[:size], "x.elf")


def test_an_elf_for_nothing_in_flash_is_wrong() -> None:
    with pytest.raises(ImageWrong, match="nothing for the flash"):
        made_uf2(elf((0x20000000, 0x20000000, b"R")), "x.elf")


@pytest.fixture
def drive(tmp_path: Path, bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A boot loader's drive among other things that are mounted."""
    for name in ("PHOTOS", "RPI-RP2"):
        (tmp_path / "media" / name).mkdir(parents=True)
    (tmp_path / "media" / "RPI-RP2" / uf2.MARK).write_text(INFO)
    (tmp_path / "media" / "PHOTOS" / uf2.MARK).write_text("Board-ID: SAMD21G18A\n")
    monkeypatch.setattr(uf2, "mounts", lambda: tuple(sorted((tmp_path / "media").iterdir())))
    monkeypatch.setattr(uf2, "drive_socket", lambda folder: None)
    monkeypatch.setattr(uf2, "BOOT_WITHIN_S", 0.05)
    return tmp_path / "media" / "RPI-RP2"


async def test_the_file_is_copied_to_the_drive_of_the_boot_loader(
    drive: Path, image: Image
) -> None:
    progress: list[tuple[int, int]] = []
    await Uf2().write(TARGET, image, lambda *told: progress.append(told))
    (written,) = (path for path in drive.iterdir() if path.name != uf2.MARK)
    content = image.path.read_bytes()
    assert b"".join(data for _, data in blocks(written.read_bytes()))[: len(content)] == content
    assert progress == sorted(progress)
    assert progress[-1] == (written.stat().st_size,) * 2
    assert await Uf2().version() == "drive"


async def test_of_two_drives_none_is_taken_unless_one_sits_in_the_boards_socket(
    drive: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = drive.with_name("RPI-RP2-1")
    other.mkdir()
    (other / uf2.MARK).write_text(INFO)
    with pytest.raises(FlashRefused, match="several boot loaders"):
        await Uf2().write(TARGET, image, _nobody)
    monkeypatch.setattr(
        uf2, "drive_socket", {other: "1-4.2", drive: "1-4.3", drive.with_name("PHOTOS"): ""}.get
    )
    await Uf2().write(TARGET, image, _nobody)
    assert [path.name for path in drive.iterdir()] == [uf2.MARK]
    assert len(list(other.iterdir())) == 2


async def test_without_drive_and_picotool_both_are_told(
    drive: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    (drive / uf2.MARK).unlink()
    with pytest.raises(FlashRefused, match=r"no drive with INFO_UF2\.TXT .* no picotool"):
        await Uf2().write(TARGET, image, _nobody)
    monkeypatch.setattr(uf2, "usb_address", lambda where, ids: (1, 9))
    with pytest.raises(ToolMissing, match="have drives mounted"):
        await Uf2().write(TARGET, image, _nobody)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
async def test_picotool_is_told_which_board(
    bare_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uf2, "tells_sockets", lambda where: True)
    monkeypatch.setattr(uf2, "usb_address", lambda where, ids: (1, 9) if where == "1-4.2" else None)
    words = bare_path / "words"
    script = f"echo \"$@\" >> {words}; echo 'picotool v2.0.0'; printf '\\rLoading into Flash: [===]  60%%\\r'"
    program(bare_path / "picotool", script)
    heard: list[int] = []
    await Uf2().write(TARGET, image, lambda done, total: heard.append(done * 100 // total))
    assert heard == [0, 59, 100]  # 60 % of the blocks, rounded down
    said = words.read_text().split()
    assert [word for word in said if "image.uf2" not in word] == [
        *("load", "-v", "-x", "--bus", "1", "--address", "9")
    ]
    assert await Uf2().version() == "picotool 2.0.0"
    monkeypatch.setattr(uf2, "BOOT_WITHIN_S", 0.05)
    elsewhere = replace(TARGET, before=Attachment((replace(BEFORE.ports[0], location="1-9"),)))
    with pytest.raises(FlashRefused, match="no boot loader"):  # and never another board's
        await Uf2().write(elsewhere, image, _nobody)


def test_linux_tells_where_a_boot_loader_sits(tmp_path: Path) -> None:
    folder = tmp_path / "bus/usb/devices/1-4.2"
    folder.mkdir(parents=True)
    for name, value in (
        ("idVendor", "2e8a"),
        ("idProduct", "0003"),
        ("busnum", "1"),
        ("devnum", "17"),
    ):
        (folder / name).write_text(value + "\n")
    assert usb_address("1-4.2", NANO_RP2040.boot_ids, tmp_path) == (1, 17)
    assert usb_address("1-4.3", NANO_RP2040.boot_ids, tmp_path) is None
    assert usb_address("1-4.2", ((0x2341, 0x5E),), tmp_path) is None
    assert usb_address("/dev/pts/1", NANO_RP2040.boot_ids, tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows numbers no devices")
def test_linux_tells_where_a_drive_sits(tmp_path: Path) -> None:
    import os

    device = tmp_path.stat().st_dev
    node = tmp_path / "devices/pci0/usb1/1-4/1-4.2/1-4.2:1.0/host0/block/sdb/sdb1"
    node.mkdir(parents=True)
    links = tmp_path / "dev/block"
    links.mkdir(parents=True)
    assert drive_socket(tmp_path, tmp_path) is None
    (links / f"{os.major(device)}:{os.minor(device)}").symlink_to(node)
    assert drive_socket(tmp_path, tmp_path) == "1-4.2"


@pytest.mark.parametrize(("system", "some"), [("win32", "D:"), ("darwin", ""), ("linux", "")])
def test_drives_are_looked_for_where_the_system_mounts_them(system: str, some: str) -> None:
    found = [str(path) for path in uf2.mounts(system)]
    assert not some or any(path.startswith(some) for path in found)
    assert all(
        path.startswith(("/Volumes", "/media", "/run/media", "/mnt")) for path in found if not some
    )


def elf(*segments: tuple[int, int, bytes]) -> bytes:
    """Return an ELF file of 32 bits with segments of (virtual address, physical address, content)."""
    table = 52
    at = table + 32 * len(segments)
    head = b"\x7fELF\x01\x01\x01" + bytes(9)
    head += struct.pack(
        "<HHIIIIIHHHHHH", 2, 40, 1, FLASH_AT, table, 0, 0, 52, 32, len(segments), 0, 0, 0
    )
    entries, body = b"", b""
    for virtual, physical, content in segments:
        entries += struct.pack(
            "<8I", 1, at + len(body), virtual, physical, len(content), len(content), 5, 4
        )
        body += content
    return head + entries + body


_nobody: Callable[[int, int], None] = lambda done, total: None  # noqa: E731
