"""The ways in which an nRF91 board says no, and how they are told without a secret in them."""

from __future__ import annotations

from station.faults import BoardRefused
from station.wire.at import Refused

# +CME ERROR, as Nordic's AT commands reference and nrfcloud-utils 3.3.1 name them.
_MEANINGS = {
    0: "unknown command",
    50: "wrong parameters",
    51: "the command is disabled in this modem firmware",
    513: "not found",
    514: "no access",
    515: "memory full",
    518: "not allowed while the modem is active",
    519: "already exists",
    520: "authentication failed",
    523: "key generation failed",
    527: "invalid content",
    528: "a power-off warning is active",
    529: "the answer could not be built",
}


class AtMissing(BoardRefused):
    """The shell has no command that reaches the modem."""


class CommandMissing(BoardRefused):
    """The shell does not know the words that were typed."""


class Refusal(BoardRefused):
    """The modem's no; `number` is that of a +CME ERROR, None where it gave none."""

    def __init__(self, detail: str, number: int | None) -> None:
        super().__init__(detail)
        self.number = number


def name_of(command: str) -> str:
    """Return `command` as a fault may show it: without what stands in quotes, or is typed at length.

    A key would be there.
    """
    shown, quote, _ = command.partition('"')
    words = shown.split(" ")
    return " ".join(words[:2]) + (" …" if words[2:] else "") + ('"…"' if quote else "")


def cme_number(refused: Refused) -> int | None:
    """Return the number of a +CME ERROR; other errors count otherwise."""
    return refused.number if refused.by == "CME" else None


def reason(refused: Refused) -> str:
    """Return a refusal in words, with its number."""
    if refused.number is None:
        return "ERROR"
    if refused.by == "shell":
        return f"the modem could not be asked, error {refused.number}"
    meaning = _MEANINGS.get(refused.number) if refused.by == "CME" else None
    return f"+{refused.by} ERROR: {refused.number}" + (f", {meaning}" if meaning else "")
