"""USB boards without hardware: umockdev's testbed in a process of its own.

`MockUsb` starts this very file under libumockdev-preload and tells it what to plug in. A program
that is started with `MockUsb.env` sees those boards in /sys and /dev, and hears of them from udev.
Needs the Debian package umockdev.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
import tty
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

PRELOAD = "libumockdev-preload.so.0"
BUS = "/devices/pci0000:00/0000:00:14.0/usb1"


@dataclass(frozen=True)
class MockBoard:
    """A board to plug into `socket`: one port for each of `interfaces`, named by `names`.

    `behind` holds, for each port, the pseudo-terminal that is to answer there; where it holds
    none the testbed makes one to which nobody listens.
    """

    vid: int
    pid: int
    usb_serial: str = ""
    product: str = "Board"
    manufacturer: str = "Maker"
    socket: str = "1-1"
    interfaces: tuple[int, ...] = (0,)
    names: tuple[str, ...] = ("ttyACM0",)
    behind: tuple[str, ...] = ()

    def at(self, socket: str, *names: str) -> MockBoard:
        """Return the same board in another socket, with its ports named anew if any are given."""
        return replace(self, socket=socket, names=names or self.names)


NRF9151_DK = MockBoard(
    0x1366, 0x1069, "001051216197", "J-Link", "SEGGER", "1-4.2", (0, 2), ("ttyACM0", "ttyACM1")
)
PORTENTA_IN_BOOT_LOADER = MockBoard(
    0x2341, 0x035B, "002700433438510833343139", "Portenta H7", "Arduino", "1-7", (), ()
)
THINGY91X = MockBoard(
    0x1915,
    0x910A,
    "THINGY91X_F39CC1B120C",
    "Thingy:91 X UART",
    "Nordic Semiconductor",
    "1-3",
    (1, 4),
    ("ttyACM2", "ttyACM3"),
)


class MockUsb:
    """The parent's hand on the testbed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env={**os.environ, "LD_PRELOAD": PRELOAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.root = str(self._answer()["root"])

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that is to see these boards and no real ones."""
        return {**os.environ, "LD_PRELOAD": PRELOAD, "UMOCKDEV_DIR": self.root}

    def plug(self, *boards: MockBoard) -> float:
        """Plug all in; return the time just before, by `time.monotonic`."""
        return self._do("plug", boards)

    def unplug(self, *boards: MockBoard) -> float:
        """Take all out; return the time just before, by `time.monotonic`."""
        return self._do("unplug", boards)

    def swap(self, old: MockBoard, new: MockBoard) -> float:
        """Take one out and plug the other in with no pause; return the time just before."""
        return self._do("swap", (old, new))

    def close(self) -> None:
        self._process.communicate(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _do(self, what: str, boards: Iterable[MockBoard]) -> float:
        assert self._process.stdin is not None
        order = {"do": what, "boards": [asdict(board) for board in boards]}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return float(self._answer()["at_s"])

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("{"):  # its library says on this pipe why it gives up
            rest, errors = self._process.communicate(timeout=10)
            said = line + rest + errors
            raise RuntimeError(f"umockdev does not work; is the package umockdev there?\n{said}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def plug_latency_s(
    usb: MockUsb, board: MockBoard, program: subprocess.Popen[str], shows: Callable[[str], bool]
) -> float:
    """Plug `board` in and return the seconds until a line of `program`'s output shows it.

    `program` was started with `usb.env` and `stdout=PIPE, text=True`, and flushes each line.
    """
    assert program.stdout is not None
    plugged_s = usb.plug(board)
    for line in program.stdout:
        if shows(line):
            return time.monotonic() - plugged_s
    raise RuntimeError("the program ended before it showed the board")


class _Testbed:
    """umockdev's testbed by ctypes: its introspection would need packages outside of ours."""

    def __init__(self) -> None:
        self._umockdev = ctypes.CDLL("libumockdev.so.0")
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        self._declare("new", pointer)
        self._declare("get_root_dir", pointer, pointer)
        self._declare("add_from_string", ctypes.c_int, pointer, text, pointer)
        self._declare("uevent", None, pointer, text, text)
        self._declare("remove_device", None, pointer, text)
        self._bed = self._umockdev.umockdev_testbed_new()
        root = self._umockdev.umockdev_testbed_get_root_dir(self._bed)
        self.root = Path(os.fsdecode(ctypes.string_at(root)))
        self._plugged = 1
        self._open: dict[str, list[int]] = {}

    def close(self) -> None:
        unref = ctypes.CDLL("libgobject-2.0.so.0").g_object_unref
        unref.argtypes = [ctypes.c_void_p]
        unref(self._bed)

    def plug(self, board: MockBoard) -> None:
        self._plugged += 1
        self._add(_device(board, self._plugged))
        for index, (interface, name) in enumerate(zip(board.interfaces, board.names, strict=True)):
            self._add(_interface(board, interface))
            self._make_node(name, board.behind[index] if index < len(board.behind) else None)
            self._add(_port(board, interface, name))

    def unplug(self, board: MockBoard) -> None:
        for interface, name in zip(board.interfaces, board.names, strict=True):
            (self.root / "dev" / name).unlink()
            self._remove(f"{_path(board, interface)}/tty/{name}")
            self._remove(_path(board, interface))
            for descriptor in self._open.pop(name, []):
                os.close(descriptor)
        self._remove(f"{BUS}/{board.socket}")

    def _make_node(self, name: str, behind: str | None) -> None:
        # Not by the testbed ("N:"): it refuses a name that it has made before.
        if behind is None:
            master, slave = os.openpty()
            tty.setraw(slave)
            self._open[name] = [master, slave]
            behind = os.ttyname(slave)
        (self.root / "dev").mkdir(exist_ok=True)
        (self.root / "dev" / name).symlink_to(behind)

    def _declare(self, name: str, result: Any, *arguments: Any) -> None:
        function = getattr(self._umockdev, f"umockdev_testbed_{name}")
        function.restype, function.argtypes = result, arguments

    def _add(self, description: str) -> None:
        add = self._umockdev.umockdev_testbed_add_from_string
        if not add(self._bed, description.encode(), None):
            raise RuntimeError(f"umockdev refused:\n{description}")

    def _remove(self, path: str) -> None:
        self._umockdev.umockdev_testbed_uevent(self._bed, f"/sys{path}".encode(), b"remove")
        self._umockdev.umockdev_testbed_remove_device(self._bed, f"/sys{path}".encode())


def _path(board: MockBoard, interface: int) -> str:
    return f"{BUS}/{board.socket}/{board.socket}:1.{interface}"


def _device(board: MockBoard, number: int) -> str:
    # A CDC port has two interfaces, one for control and one for data.
    count = 2 * len(board.interfaces)
    serial = rf"A: serial={board.usb_serial}\n" + "\n" if board.usb_serial else ""
    return (
        f"P: {BUS}/{board.socket}\n"
        f"N: bus/usb/001/{number:03d}\n"
        f"E: DEVNAME=bus/usb/001/{number:03d}\n"
        "E: DEVTYPE=usb_device\n"
        "E: SUBSYSTEM=usb\n"
        rf"A: idVendor={board.vid:04x}\n"
        "\n"
        rf"A: idProduct={board.pid:04x}\n"
        "\n"
        rf"A: product={board.product}\n"
        "\n"
        rf"A: manufacturer={board.manufacturer}\n"
        "\n"
        rf"A: bNumInterfaces={count:2d}\n"
        "\n"
        r"A: busnum=1\n"
        "\n"
        rf"A: devnum={number}\n"
        "\n"
        f"{serial}"
    )


def _interface(board: MockBoard, interface: int) -> str:
    return (
        f"P: {_path(board, interface)}\n"
        "E: DEVTYPE=usb_interface\n"
        "E: SUBSYSTEM=usb\n"
        "E: DRIVER=cdc_acm\n"
        rf"A: bInterfaceNumber={interface:02x}\n"
        "\n"
    )


def _port(board: MockBoard, interface: int, name: str) -> str:
    return (
        f"P: {_path(board, interface)}/tty/{name}\n"
        f"E: DEVNAME=/dev/{name}\n"
        "E: SUBSYSTEM=tty\n"
        f"L: device=../../../{board.socket}:1.{interface}\n"
    )


def _board(told: dict[str, Any]) -> MockBoard:
    lists = {key: tuple(told[key]) for key in ("interfaces", "names", "behind")}
    return MockBoard(**{**told, **lists})


def _serve() -> None:
    # The loader only warns when it finds no library to preload, and devices would be real ones.
    if PRELOAD not in Path("/proc/self/maps").read_text(encoding="utf-8"):
        sys.exit(f"{PRELOAD} was not loaded")
    testbed = _Testbed()
    _say({"root": str(testbed.root)})
    for line in sys.stdin:
        order = json.loads(line)
        boards = [_board(told) for told in order["boards"]]
        at_s = time.monotonic()
        match order["do"]:
            case "plug":
                for board in boards:
                    testbed.plug(board)
            case "unplug":
                for board in boards:
                    testbed.unplug(board)
            case _:
                testbed.unplug(boards[0])
                testbed.plug(boards[1])
        _say({"at_s": at_s})
    testbed.close()


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve()
