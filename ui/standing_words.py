"""What is said of a unit at the head of its page: who it is, how it stands, what it is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.model import Stage
from station.model.life import ClaimTold, FollowedTold, Life
from ui import figures, step_words, words

translate = QCoreApplication.translate


def numbers() -> str:
    return translate("Words", "Numbers")


def id_name(name: str) -> str:
    """Return what an identity is called: IMEI, UUID and their like are the same in all languages."""
    return name.upper().replace("_", " ")


def product(life: Life) -> str:
    """Say what the unit is: model, hardware, and the firmware that it told of last."""
    firmware = translate("Words", "firmware {version}").format(version=life.firmware)
    told = (life.model or life.kind, life.hardware, firmware if life.firmware else "")
    return " · ".join(part for part in told if part)


def seen(life: Life) -> str:
    return translate("Words", "First seen {first}, last seen {last}").format(
        first=figures.moment(life.first_seen), last=figures.moment(life.last_seen)
    )


def standing(life: Life) -> tuple[tuple[str, bool], ...]:
    """Return how the unit stands now, in sentences; True marks what wants somebody's attention."""
    told: list[tuple[str, bool]] = []
    if life.scrapped:
        told.append((translate("Words", "Scrapped: no run is begun on it any more."), True))
    if case := life.open_case:
        on_bench = translate("Words", "On the bench since {when}: {reason}")
        told.append((on_bench.format(when=figures.moment(case.opened), reason=case.reason), True))
    for deed in life.open_deeds:
        unknown = translate("Words", "Nobody knows yet whether this was done: {deed} at {place}")
        told.append((unknown.format(deed=step_words.title(deed.deed), place=deed.place), True))
    told += [(_followed(each), _is_missed(each)) for each in life.followed[-1:]]
    waits = any(each.state == "waiting" for each in life.queued)
    if waits:
        told.append((translate("Words", "Its proof waits to be sent to the cloud."), False))
    told += [(_held(claim), False) for claim in life.held]
    if not life.held and not waits:
        told.append((translate("Words", "No cloud holds it for us."), False))
    return tuple(told)


def _held(claim: ClaimTold) -> str:
    return translate("Words", "Ours at {cloud} as {device}").format(
        cloud=claim.cloud, device=claim.device_id
    )


def _is_missed(each: FollowedTold) -> bool:
    return each.late and each.stage is not Stage.CONNECTED


def _followed(each: FollowedTold) -> str:
    if _is_missed(each):
        late = translate("Words", "It should have been online by {when}, and was not.")
        return late.format(when=figures.moment(each.due))
    return translate("Words", "As far as the cloud tells: {stage}").format(
        stage=words.stage(each.stage)
    )


def copy_button() -> str:
    return translate("Words", "Copy its numbers")


def copied() -> str:
    return translate("Words", "Copied")


def no_unit() -> tuple[str, str]:
    """Say that a page is empty, and what to do."""
    return (
        translate("Words", "No unit chosen yet"),
        translate("Words", "Scan its label, or type any of its numbers."),
    )


def unit_told(life: Life) -> str:
    """Return the head of the page, as it is read aloud."""
    ids = (f"{id_name(name)} {value}" for name, value in life.ids)
    return ". ".join((life.serial, product(life), *(said for said, _ in standing(life)), *ids))
