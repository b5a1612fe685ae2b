"""What is said of a step: its title, how far it has come, and what a hand does in it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model import Gesture
from ui import figures

translate = QCoreApplication.translate

TITLES = {
    "connect": QT_TRANSLATE_NOOP("Words", "Connect"),
    "identify": QT_TRANSLATE_NOOP("Words", "Read the board"),
    "prove": QT_TRANSLATE_NOOP("Words", "Prove it is genuine"),
    "check": QT_TRANSLATE_NOOP("Words", "Ask the cloud"),
    "claim": QT_TRANSLATE_NOOP("Words", "Claim it"),
    "login": QT_TRANSLATE_NOOP("Words", "Prepare its login"),
    "provision": QT_TRANSLATE_NOOP("Words", "Provision it"),
    "verify": QT_TRANSLATE_NOOP("Words", "Try its login"),
    "register": QT_TRANSLATE_NOOP("Words", "Register it"),
    "wake": QT_TRANSLATE_NOOP("Words", "Wake the board"),
    "order": QT_TRANSLATE_NOOP("Words", "Send the order"),
    "wait": QT_TRANSLATE_NOOP("Words", "Wait for the board"),
    "request": QT_TRANSLATE_NOOP("Words", "Wait for its request"),
    "sign": QT_TRANSLATE_NOOP("Words", "Sign its certificate"),
    "deliver": QT_TRANSLATE_NOOP("Words", "Send the certificates"),
    "onboard": QT_TRANSLATE_NOOP("Words", "Register it"),
    "prepare": QT_TRANSLATE_NOOP("Words", "Look what it holds"),
    "key": QT_TRANSLATE_NOOP("Words", "Make its key"),
    "write": QT_TRANSLATE_NOOP("Words", "Write to the board"),
    "online": QT_TRANSLATE_NOOP("Words", "Radio on"),
    "queue": QT_TRANSLATE_NOOP("Words", "Put into the queue"),
    "release": QT_TRANSLATE_NOOP("Words", "Release it"),
    "erase": QT_TRANSLATE_NOOP("Words", "Erase its credentials"),
    "confirm": QT_TRANSLATE_NOOP("Words", "Confirm it is free"),
    "sketch": QT_TRANSLATE_NOOP("Words", "Bring the sketch up to date"),
    "look": QT_TRANSLATE_NOOP("Words", "Look into its flash"),
    "flash": QT_TRANSLATE_NOOP("Words", "Write its firmware"),
    "recheck": QT_TRANSLATE_NOOP("Words", "Check the unit again"),
    "unclaim": QT_TRANSLATE_NOOP("Words", "Take the claim back"),
    "reset": QT_TRANSLATE_NOOP("Words", "Clear its old settings"),
    "join": QT_TRANSLATE_NOOP("Words", "Join the network"),
    "arrive": QT_TRANSLATE_NOOP("Words", "Wait for the cloud"),
    "finish": QT_TRANSLATE_NOOP("Words", "Finish it"),
    "device": QT_TRANSLATE_NOOP("Words", "Create it in the cloud"),
    "certify": QT_TRANSLATE_NOOP("Words", "Get its certificate"),
    "store": QT_TRANSLATE_NOOP("Words", "Store its certificate"),
    "address": QT_TRANSLATE_NOOP("Words", "Read its radio address"),
    "remove": QT_TRANSLATE_NOOP("Words", "Remove its network"),
    "delete": QT_TRANSLATE_NOOP("Words", "Delete it in the cloud"),
    "match": QT_TRANSLATE_NOOP("Words", "Scan its label"),
    "label": QT_TRANSLATE_NOOP("Words", "Print its label"),
    "scan": QT_TRANSLATE_NOOP("Words", "Scan the new label"),
}


def title(name: str) -> str:
    """Return the step's plain title, its own name when it has none."""
    return translate("Words", str(TITLES[name])) if name in TITLES else name


def gesture(wanted: Gesture) -> str:
    """Return what the hand does, in one sentence."""
    light = translate("Words", "the LED") if wanted.led == "LED" else wanted.led
    if wanted.button:
        hold = translate("Words", "Hold {button} until {light} goes off")
        return hold.format(button=wanted.button, light=light)
    join = translate("Words", "Join pin {pin} to {to} until {light} goes off")
    return join.format(pin=wanted.pin, to=wanted.to, light=light)


def note(wanted: Gesture) -> str:
    """Return what is to be known before a gesture; empty for most."""
    return translate("Gestures", wanted.note) if wanted.note else ""


def let_go() -> str:
    """Said below a gesture: the board acts when the hand lets go, not before."""
    return translate("Words", "Then let go.")


def flashing(done: int, total: int, left_s: int | None) -> tuple[str, ...]:
    """How far an image is on its way, the longest wording first, for whoever has less room."""
    unit, size = ("MB", 1e6) if total >= 1_000_000 else ("kB", 1e3)
    digits = 1 if unit == "MB" else 0
    of = translate("Words", "{done} of {total} {unit}").format(
        done=figures.number(done / size, digits),
        total=figures.number(total / size, digits),
        unit=unit,
    )
    share = f"{100 * done // total} %"
    if done >= total:
        return translate("Words", "Flashed: {of}").format(of=of), of, share
    if left_s is None:
        long = translate("Words", "Flashing: {share} – {of}").format(share=share, of=of)
        return long, f"{share} – {of}", share
    left = translate("Words", "{seconds} s left").format(seconds=left_s)
    long = translate("Words", "Flashing: {share} – {of}, {left}")
    return (
        long.format(share=share, of=of, left=left),
        f"{share} – {of}, {left}",
        f"{share}, {left}",
        share,
    )
