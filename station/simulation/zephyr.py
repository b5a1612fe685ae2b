"""What Zephyr writes by itself: log lines and boot banners."""

from __future__ import annotations

_RESET = "\x1b[0m"
_COLOURS = {"dbg": _RESET, "inf": _RESET, "wrn": "\x1b[1;33m", "err": "\x1b[1;31m"}

# Words of the Asset Tracker Template 1.5.3, of the modules that log most.
_LINES = (
    ("dbg", "cloud: No update in shadow"),
    ("inf", "main: Sampling"),
    ("wrn", "network: PDN connection network detached"),
    ("dbg", "location: Location search trigger received"),
    ("inf", "power: State of charge: 87%"),
    ("err", "lte_lc: Could not get PSM parameters, error: -128"),
)

# The version of the SDK is an example; the three lines are what the template prints.
BOOT_BANNER = (
    b"*** Booting Asset Tracker Template v1.5.3 ***\r\n"
    b"*** Using nRF Connect SDK v3.2.1-d8887f6f32df ***\r\n"
    b"*** Using Zephyr OS v4.2.99-ec78104f1569 ***\r\n"
)


def log_line(number: int) -> bytes:
    """Return the `number`th line that the application logs, in colour, with its line end."""
    level, text = _LINES[number % len(_LINES)]
    minutes, micros = divmod(7_258_361 + number * 25_013, 60_000_000)
    seconds, micros = divmod(micros, 1_000_000)
    millis, micros = divmod(micros, 1000)
    stamp = f"[00:{minutes % 60:02d}:{seconds:02d}.{millis:03d},{micros:03d}]"
    return f"{stamp} {_COLOURS[level]}<{level}> {text}{_RESET}\r\n".encode()
