"""What the keys of an American keyboard write, by their place: for scanners that are set to one.

Places are those of the keyboard's own codes: Linux' input event codes and Windows' scan codes
(set 1) are the same for these keys, macOS has numbers of its own (Carbon's kVK_ANSI).
"""

from __future__ import annotations

from collections.abc import Mapping

_ROWS = ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'`"), (43, "\\zxcvbnm,./"))
_MAC = "asdfhgzxcv\0bqweryt123465=97-80]ou[ip\0lj'k;\\,/nm.\0 `"
_PLAIN = "1234567890-=[];'`\\,./"
_SHIFTED = '!@#$%^&*()_+{}:"~|<>?'

X11_OFFSET = 8
"""X11 and Wayland count from the input event codes and 8."""

EVDEV: Mapping[int, str] = {
    57: " ",
    **{first + n: letter for first, row in _ROWS for n, letter in enumerate(row)},
}
MAC: Mapping[int, str] = {n: letter for n, letter in enumerate(_MAC) if letter != "\0"}

_UPPER = dict(zip(_PLAIN, _SHIFTED, strict=True))


def code_of(platform: str, scan_code: int, virtual_key: int) -> str:
    """Return the letter at a key's place, without Shift; empty for keys that write none.

    `platform` is `sys.platform`; the codes are Qt's native ones.
    """
    match platform:
        case "darwin":
            return MAC.get(virtual_key, "")
        case "win32":
            return EVDEV.get(scan_code, "")
        case _:
            return EVDEV.get(scan_code - X11_OFFSET, "")


def letter(plain: str, *, shift: bool, ctrl: bool) -> str:
    """Return what the key of `plain` writes with Shift or Ctrl."""
    shown = _UPPER.get(plain, plain.upper()) if shift else plain
    if not ctrl:
        return shown
    code = ord(shown.upper())
    # Ctrl and @, A to Z, or [ \ ] ^ _ give the control characters (ASCII)
    return chr(code & 0x1F) if 0x40 <= code <= 0x5F else ""
