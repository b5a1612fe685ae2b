"""The consoles of simulated boards for scripts: what their keys, commands and logs look like.

Written from general knowledge of ESP-IDF's console component and of Zephyr's shell with its
settings and hwinfo commands; no firmware was at hand to compare with. Each has a command of the
product's own that makes a key and a certificate request.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Protocol

from station.simulation.nrf91_unit import drawn
from station.simulation.scripted_kept import Kept
from station.simulation.scripted_words import esp_words, zephyr_words
from station.simulation.zephyr import banner, entry

ESP_PROMPT, ZEPHYR_PROMPT = b"\x1b[0;32mesp> \x1b[0m", b"\x1b[1;32muart:~$ \x1b[m"
_ESP_FIRMWARE, _ZEPHYR, _ZEPHYR_FIRMWARE = "1.4.2", "4.1.0", "2.0.1"
_SKETCH_FIRMWARE = "1.0.3"
_FIRST_NAMESPACE = "storage"
_GREEN, _PLAIN = "\x1b[0;32m", "\x1b[0m"


class Restart(Exception):
    """The command restarts the board."""


class Firmware(Protocol):
    """What runs behind a console. `redraws`: a log entry pushes a half typed line aside.

    What is typed beyond `longest_line` characters is lost. A log entry can stand in an answer
    after each `breaks_after`. `version` is that of the product's own firmware.
    """

    version: str
    prompt: bytes
    redraws: bool
    echoes: bool
    longest_line: int
    breaks_after: bytes

    def identity(self) -> dict[str, str]:
        """Return what the board says of itself."""
        ...

    def boot(self) -> bytes:
        """Return what it writes when it starts, before its prompt."""
        ...

    def restart(self) -> None:
        """Forget what is not kept."""

    def log(self, number: int) -> bytes:
        """Return its `number`th log entry, with its line end."""
        ...

    def is_write(self, line: str) -> bool:
        """Tell whether `line` gives it a credential."""
        ...

    def execute(self, line: str) -> str:
        """Carry `line` out and return the answer; every line ends with a LF.

        Raises:
            Restart: it restarts.

        """
        ...


class Esp32:
    """An ESP32 with ESP-IDF's console example: its nvs commands, and a product's own `id`."""

    prompt = ESP_PROMPT
    redraws = False
    echoes = True
    longest_line = 256
    breaks_after = b" "  # never within an escape sequence

    def __init__(self, seed: int, kept: Kept) -> None:
        self._kept = kept
        mac = b"\x24\x6f\x28" + drawn("esp32 mac", seed, 3)
        self._mac = mac.hex(":")
        self._serial = f"E{seed:07d}"
        self.version = _ESP_FIRMWARE
        self._namespace = _FIRST_NAMESPACE

    def identity(self) -> dict[str, str]:
        """As `Firmware.identity`."""
        return {
            "serial": self._serial,
            "mac": self._mac,
            "model": "ESP32-S3",
            "firmware": self.version,
        }

    def boot(self) -> bytes:
        """As `Firmware.boot`."""
        rom = "ESP-ROM:esp32s3-20210327\r\nrst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n"
        logs = _logged(31, "boot", "ESP-IDF v5.3 2nd stage bootloader") + _logged(
            281, "app_init", f"App version:      {self.version}"
        )
        return (rom + logs + "\r\nType 'help' to get the list of commands.\r\n\r\n").encode()

    def restart(self) -> None:
        """As `Firmware.restart`: the namespace is chosen anew after each start."""
        self._namespace = _FIRST_NAMESPACE

    def log(self, number: int) -> bytes:
        """As `Firmware.log`."""
        return _logged(1000 + 25 * number, "wifi", f"sta scan round {number}").encode()

    def is_write(self, line: str) -> bool:
        """As `Firmware.is_write`."""
        return line.startswith("nvs_set ")

    def execute(self, line: str) -> str:
        """As `Firmware.execute`."""
        match esp_words(line):
            case ["id"]:
                return "".join(f"{name}: {value}\n" for name, value in self.identity().items())
            case ["nvs_namespace", name]:
                self._namespace = name
                return _logged(4000, "cmd_nvs", "Namespace set").replace("\r\n", "\n")
            case ["nvs_set", name, "str", "-v", value]:
                return self._write(name, value)
            case ["nvs_get", name, "str"]:
                return self._read(name)
            case ["nvs_erase_namespace", name]:
                self._kept.erase(lambda key: key.startswith(f"{name}/"))
                return _logged(4200, "cmd_nvs", f"Namespace '{name}' was  erased").replace(
                    "\r\n", "\n"
                )
            case ["csr", name]:
                return _pem(self._kept.request(name))
            case ["restart"]:
                raise Restart
            case []:
                return ""
            case _:
                return "Unrecognized command\n"

    def _write(self, name: str, value: str) -> str:
        if self._kept.refuses(name):
            return "Command returned non-zero error code: 0x1105 (ESP_ERR_NVS_NOT_ENOUGH_SPACE)\n"
        self._kept.write(f"{self._namespace}/{name}", value)
        return _logged(4100, "cmd_nvs", f"Value stored under key '{name}'").replace("\r\n", "\n")

    def _read(self, name: str) -> str:
        value = self._kept.values.get(f"{self._namespace}/{name}")
        if value is None:
            return "Command returned non-zero error code: 0x1102 (ESP_ERR_NVS_NOT_FOUND)\n"
        return f"{value}\n"


class Zephyr:
    """A board with Zephyr's shell: `hwinfo devid`, `settings`, `kernel`; `app version` is its own."""

    prompt = ZEPHYR_PROMPT
    redraws = True
    echoes = True
    longest_line = 256
    breaks_after = b" "  # never within an escape sequence

    def __init__(self, seed: int, kept: Kept) -> None:
        self._kept = kept
        self._serial = drawn("zephyr device", seed, 8).hex()
        self.version = _ZEPHYR_FIRMWARE

    def identity(self) -> dict[str, str]:
        """As `Firmware.identity`."""
        return {"serial": self._serial, "firmware": _ZEPHYR}

    def boot(self) -> bytes:
        """As `Firmware.boot`."""
        return banner(f"sensor v{self.version}")

    def restart(self) -> None:
        """As `Firmware.restart`: it keeps all that there is."""

    def log(self, number: int) -> bytes:
        """As `Firmware.log`."""
        return entry("inf", f"sensor: sample {number}", 1.0 + number * 0.025)

    def is_write(self, line: str) -> bool:
        """As `Firmware.is_write`."""
        return line.startswith("settings write ")

    def execute(self, line: str) -> str:
        """As `Firmware.execute`."""
        try:
            words = zephyr_words(line)
        except ValueError as unclosed:
            return f"{unclosed}\n"
        return self._done(words)

    def _done(self, words: list[str]) -> str:
        match words:
            case ["hwinfo", "devid"]:
                return f"Length: 8\nID: 0x{self._serial}\n"
            case ["kernel", "version"]:
                return f"Zephyr version {_ZEPHYR}\n"
            case ["app", "version"]:
                return f"{self.version}\n"
            case ["kernel", "reboot", "cold" | "warm"]:
                raise Restart
            case ["settings", *rest]:
                return self._settings(rest)
            case ["prov", "csr", name]:
                return _pem(self._kept.request(name))
            case _:
                return f"{words[0]}: command not found\n" if words else ""

    def _settings(self, words: list[str]) -> str:
        match words:
            case ["write", "string", name, value]:
                if self._kept.refuses(name):
                    return "Failed to write setting: -28\n"
                self._kept.write(name, value)
                return ""
            case ["read", "string", name]:
                if name not in self._kept.values:
                    return "Failed to read setting: -2\n"
                return f"{self._kept.values[name]}\n"
            case ["delete", name]:
                return "" if self._kept.erase(name.__eq__) else "Failed to delete setting: -2\n"
            case _:
                return "settings: wrong parameter count\n"


class Sketch:
    """An Arduino board whose sketch takes `id`, `set`, `get`, `clear`, `request`, `restart`; no echo."""

    prompt = b""
    redraws = False
    echoes = False
    longest_line = 80
    breaks_after = b"\n"  # a sketch prints its lines whole

    def __init__(self, seed: int, kept: Kept) -> None:
        self._kept = kept
        self._serial = f"A{seed:07d}"
        self.version = _SKETCH_FIRMWARE

    def identity(self) -> dict[str, str]:
        """As `Firmware.identity`."""
        return {"serial": self._serial, "model": "MKR", "firmware": self.version}

    def boot(self) -> bytes:
        """As `Firmware.boot`."""
        return b"READY\r\n"

    def restart(self) -> None:
        """As `Firmware.restart`: it keeps all that there is."""

    def log(self, number: int) -> bytes:
        """As `Firmware.log`: what a sketch prints by the way."""
        return f"# reading {number}\r\n".encode()

    def is_write(self, line: str) -> bool:
        """As `Firmware.is_write`."""
        return line.startswith("set ")

    def execute(self, line: str) -> str:
        """As `Firmware.execute`."""
        verb, _, rest = line.partition(" ")
        match verb:
            case "id" if not rest:
                return "".join(f"{name}={value}\n" for name, value in self.identity().items())
            case "set":
                return self._write(*rest.partition(" "))
            case "clear" if not rest:
                self._kept.erase(lambda key: True)
                return "OK clear\n"
            case "get" if rest in self._kept.values:
                return f"{rest}={self._kept.values[rest]}\n"
            case "get":
                return f"ERROR get {rest}: not there\n"
            case "request" if rest:
                return f"request={self._kept.request(rest)}\n"
            case "restart" if not rest:
                raise Restart
            case _:
                return f"ERROR {verb}: not known\n" if line else ""

    def _write(self, name: str, blank: str, value: str) -> str:
        if not name or not blank or self._kept.refuses(name):
            return f"ERROR set {name}: not kept\n"
        self._kept.write(name, value)
        return f"OK set {name}\n"


FIRMWARES: Mapping[str, type[Esp32 | Zephyr | Sketch]] = {
    "esp32": Esp32,
    "zephyr": Zephyr,
    "arduino": Sketch,
}


def _pem(request: str) -> str:
    lines = "\n".join(textwrap.wrap(request, 64))
    kind = "CERTIFICATE REQUEST"
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----\n"


def _logged(at_ms: int, tag: str, text: str) -> str:
    return f"{_GREEN}I ({at_ms}) {tag}: {text}{_PLAIN}\r\n"
