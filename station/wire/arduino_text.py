"""What Arduino's small text sketches say: an address again and again, or a question and a result."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

YES = b"y"
"""The answer that has the DeleteConfiguration sketch delete."""

_DEV_EUI = re.compile(r"\s*([0-9A-Fa-f]{16})\s*")
_LORA_FAILED = "Failed to start module"


class Deletion(StrEnum):
    """How far the DeleteConfiguration sketch has come."""

    ASKS = "asks"
    DONE = "done"
    FAILED = "failed"
    ABORTED = "aborted"


_SENTENCES: Final = {
    "Y/[n]": Deletion.ASKS,
    "Network configuration reset successfully": Deletion.DONE,
    "Failed to reset network configuration": Deletion.FAILED,
    "Aborted.": Deletion.ABORTED,
}


def dev_eui(line: str) -> str | None:
    """Return the DevEUI that a whole line is, 16 hex digits in upper case.

    The first line that is heard may be the end of one: shorter lines are none.
    """
    found = _DEV_EUI.fullmatch(line)
    return found[1].upper() if found else None


def lora_failed(line: str) -> bool:
    """Return whether the sketch says that the LoRaWAN module did not start."""
    return _LORA_FAILED in line


def deletion(text: str) -> Deletion | None:
    """Return what the DeleteConfiguration sketch said last in `text`; its question ends no line."""
    ended = [(text.rfind(sentence), which) for sentence, which in _SENTENCES.items()]
    at, said = max(ended)
    return said if at >= 0 else None
