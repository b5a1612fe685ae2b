"""What Zephyr writes by itself: log lines and boot banners."""

from __future__ import annotations

_RESET = "\x1b[0m"
_COLOURS = {"dbg": _RESET, "inf": _RESET, "wrn": "\x1b[1;33m", "err": "\x1b[1;31m"}
_FIRST_LINE_S, _BETWEEN_LINES_S = 7.258361, 0.025013

# Words of the Asset Tracker Template 1.5.3, of the modules that log most.
_LINES = (
    ("dbg", "cloud: No update in shadow"),
    ("inf", "main: Sampling"),
    ("wrn", "network: PDN connection network detached"),
    ("dbg", "location: Location search trigger received"),
    ("inf", "power: State of charge: 87%"),
    ("err", "lte_lc: Could not get PSM parameters, error: -128"),
)


def banner(application: str) -> bytes:
    """Return the three lines that `application` boots with; the SDK's version is an example."""
    return (
        f"*** Booting {application} ***\r\n"
        "*** Using nRF Connect SDK v3.2.1-d8887f6f32df ***\r\n"
        "*** Using Zephyr OS v4.2.99-ec78104f1569 ***\r\n"
    ).encode()


BOOT_BANNER = banner("Asset Tracker Template v1.5.3")


def log_line(number: int) -> bytes:
    """Return the `number`th line that the application logs, in colour, with its line end."""
    return entry(*_LINES[number % len(_LINES)], _FIRST_LINE_S + number * _BETWEEN_LINES_S)


def entry(level: str, text: str, up_s: float) -> bytes:
    """Return a log entry of `level` (dbg, inf, wrn, err), `up_s` seconds after the start."""
    minutes, micros = divmod(round(up_s * 1_000_000), 60_000_000)
    seconds, micros = divmod(micros, 1_000_000)
    millis, micros = divmod(micros, 1000)
    stamp = (
        f"[{minutes // 60 % 100:02d}:{minutes % 60:02d}:{seconds:02d}.{millis:03d},{micros:03d}]"
    )
    return f"{stamp} {_COLOURS[level]}<{level}> {text}{_RESET}\r\n".encode()
