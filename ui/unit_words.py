"""What is said of a unit's life: its timeline, its numbers, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model import CaseEnd, Outcome
from station.model.life import (
    CaseTold,
    ClaimTold,
    Erasure,
    LabelTold,
    Moment,
    NoteTold,
    OverrideTold,
    QueuedTold,
    RunTold,
    SerialTold,
    StepTold,
    What,
)
from ui import brought_words, figures, step_words, words

translate = QCoreApplication.translate

PROCEDURES = {
    "provision": QT_TRANSLATE_NOOP("Words", "Provision"),
    "claim": QT_TRANSLATE_NOOP("Words", "Claim"),
    "claim_and_wake": QT_TRANSLATE_NOOP("Words", "Claim and wake"),
    "claim_own_ca": QT_TRANSLATE_NOOP("Words", "Claim, certificates of our own"),
    "provision_self": QT_TRANSLATE_NOOP("Words", "Provision, by the unit itself"),
    "provision_own_key": QT_TRANSLATE_NOOP("Words", "Provision, key of its own"),
    "local_credentials": QT_TRANSLATE_NOOP("Words", "Credentials made here"),
    "gather": QT_TRANSLATE_NOOP("Words", "Gather for later"),
    "import": QT_TRANSLATE_NOOP("Words", "Taken in from a file"),
    "renew": QT_TRANSLATE_NOOP("Words", "Renew credentials"),
    "take_back": QT_TRANSLATE_NOOP("Words", "Take back and erase"),
    "arduino_take_back": QT_TRANSLATE_NOOP("Words", "Take back and erase"),
    "provision_take_back": QT_TRANSLATE_NOOP("Words", "Take back and erase"),
    "arduino_unclaim": QT_TRANSLATE_NOOP("Words", "Take the claim back"),
    "reflash": QT_TRANSLATE_NOOP("Words", "Flash again"),
    "identify": QT_TRANSLATE_NOOP("Words", "Read who it is"),
    "read_identity": QT_TRANSLATE_NOOP("Words", "Read who it is"),
    "change_network": QT_TRANSLATE_NOOP("Words", "Change its network"),
    "drop_network": QT_TRANSLATE_NOOP("Words", "Remove its network"),
    "arduino": QT_TRANSLATE_NOOP("Words", "Provision by Arduino 2.0"),
    "arduino_legacy": QT_TRANSLATE_NOOP("Words", "Provision by Arduino 1.0"),
    "arduino_key": QT_TRANSLATE_NOOP("Words", "Provision by device key"),
    "arduino_lora": QT_TRANSLATE_NOOP("Words", "Provision for LoRaWAN"),
    "arduino_migrate": QT_TRANSLATE_NOOP("Words", "Migrate to Arduino 2.0"),
    "arduino_prepare": QT_TRANSLATE_NOOP("Words", "Prepare for Arduino 2.0"),
}

_TITLES = {
    What.CLAIMED: QT_TRANSLATE_NOOP("Words", "Claimed: {device}"),
    What.RELEASED: QT_TRANSLATE_NOOP("Words", "Claim released: {device}"),
    What.NOTE: QT_TRANSLATE_NOOP("Words", "Note"),
    What.OPENED: QT_TRANSLATE_NOOP("Words", "Rework began: {reason}"),
    What.SERIAL: QT_TRANSLATE_NOOP("Words", "Serial number given: {number}"),
    What.QUEUED: QT_TRANSLATE_NOOP("Words", "Put into the queue"),
    What.ADOPTED: QT_TRANSLATE_NOOP("Words", "Taken into the record by hand"),
    What.SCRAPPED: QT_TRANSLATE_NOOP("Words", "Scrapped"),
}

_ERASED = {
    "erased": QT_TRANSLATE_NOOP("Words", "Credentials erased"),
    "network removed": QT_TRANSLATE_NOOP("Words", "Network removed"),
}

_OVERRIDES = {
    "skip a failed check": QT_TRANSLATE_NOOP("Words", "Override: a failed check was skipped"),
    "provision again": QT_TRANSLATE_NOOP("Words", "Override: provisioned again"),
    "scrap": QT_TRANSLATE_NOOP("Words", "Override: scrapped"),
    "reprint": QT_TRANSLATE_NOOP("Words", "Override: label printed again"),
    "rework beyond the limit": QT_TRANSLATE_NOOP("Words", "Override: rework beyond the limit"),
}

_STATES = {
    "waiting": QT_TRANSLATE_NOOP("Words", "It waits to be sent to the cloud."),
    "claimed": QT_TRANSLATE_NOOP("Words", "The cloud took it."),
    "refused": QT_TRANSLATE_NOOP("Words", "The cloud refused it."),
    "refused before": QT_TRANSLATE_NOOP("Words", "The cloud refused it, and took it later."),
}


def procedure(name: str) -> str:
    """Return the plain name of a procedure; a customer's own keeps the name that it has."""
    known = PROCEDURES.get(name)
    return translate("Words", str(known)) if known else name.replace("_", " ")


def outcome(ended: Outcome | None) -> str:
    return words.outcome(ended) if ended else translate("Words", "UNDER WAY")


def title(moment: Moment) -> str:
    """Return the headline of a moment."""
    match moment.told:
        case RunTold() as run:
            said = f"{procedure(run.procedure)} – {outcome(run.outcome)}"
        case ClaimTold() as claim:
            said = _titled(moment.what, device=claim.device_id)
        case LabelTold() as label:
            said = _label(label)
        case CaseTold() as case:
            said = _case(case, moment.what)
        case OverrideTold() as override:
            known = _OVERRIDES.get(override.what)
            said = translate("Words", str(known)) if known else override.what
        case SerialTold() as serial:
            said = _titled(moment.what, number=serial.number)
        case Erasure() as erasure:
            known = _ERASED.get(erasure.what)
            said = translate("Words", str(known)) if known else erasure.what
        case _:
            said = _titled(moment.what)
    return said


def below(moment: Moment) -> tuple[str, ...]:
    """Return the lines below the headline, the weightiest first; none of them is empty."""
    match moment.told:
        case RunTold() as run:
            lines = _run_below(run)
        case ClaimTold() as claim:
            lines = (claim.cloud, claim.place, ", ".join(claim.tags))
        case LabelTold() as label:
            lines = _label_below(label)
        case NoteTold() as note:
            lines = (note.text, note.operator)
        case CaseTold() as case:
            lines = _case_below(case, moment.what)
        case OverrideTold() as override:
            lines = (_joined(override.code, override.reason), _pair(override))
        case SerialTold() as serial:
            lines = (serial.pool,)
        case Erasure() as erasure:
            told = ", ".join(f"{name}: {value}" for name, value in erasure.told)
            lines = (told, _seal(erasure))
        case QueuedTold() as queued:
            lines = (_state(queued), _fault(queued.code, queued.words), queued.place)
        case _:
            lines = ()
    return tuple(line for line in lines if line)


def step_title(step: StepTold) -> str:
    return step_words.title(step.name)


def step_time(step: StepTold) -> str:
    return "" if step.seconds is None else words.seconds(step.seconds)


def step_below(step: StepTold) -> str:
    return _fault(step.code, step.words)


def step_spoken(step: StepTold) -> str:
    """One step, as it is read aloud."""
    told = (step_title(step), outcome(step.outcome), step_time(step), step_below(step))
    return ", ".join(part for part in told if part)


def steps(count: int, *, shown: bool) -> str:
    """Say how many steps a run had, on the row that shows or hides them."""
    if shown:
        return translate("Words", "Hide {count} steps").format(count=count)
    return translate("Words", "Show {count} steps").format(count=count)


def spoken(moment: Moment) -> str:
    """One moment, as it is read aloud."""
    return ". ".join((title(moment), figures.moment(moment.at), *below(moment)))


def _titled(what: What, **values: str) -> str:
    return translate("Words", str(_TITLES.get(what, what.value))).format(**values)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _fault(code: str, told: str) -> str:
    return _joined(code, brought_words.recorded(code, told))


def _run_below(run: RunTold) -> tuple[str, ...]:
    took = words.seconds(run.seconds) if run.seconds is not None else ""
    firmware = translate("Words", "firmware {version}").format(version=run.firmware)
    where = _joined(run.station, words.slot(run.slot), run.operator, run.order)
    what = _joined(run.recipe, firmware if run.firmware else "", took)
    return _fault(run.code, run.words), where, what


def _label(label: LabelTold) -> str:
    if label.failed:
        return translate("Words", "Label not printed")
    if not label.printed:
        return translate("Words", "Label: nobody knows whether it was printed")
    if label.reprint_of is not None:
        return translate("Words", "Label printed again")
    return translate("Words", "Label printed")


def _label_below(label: LabelTold) -> tuple[str, ...]:
    checked = translate("Words", "scanned and right") if label.scanned else ""
    return label.reason, _joined(label.template, label.printer, label.operator), checked


def _case(case: CaseTold, what: What) -> str:
    if what is What.OPENED:
        return _titled(what, reason=case.reason)
    if case.end is CaseEnd.SCRAPPED:
        return translate("Words", "Rework ended: scrapped")
    return translate("Words", "Rework ended: shipped again")


def _case_below(case: CaseTold, what: What) -> tuple[str, ...]:
    if what is What.OPENED:
        return case.fault, case.operator
    return ", ".join(case.actions), case.closed_by


def _pair(override: OverrideTold) -> str:
    return translate("Words", "{first}, approved by {second}").format(
        first=override.operator, second=override.second
    )


def _seal(erasure: Erasure) -> str:
    # the whole digest would fill the line: its beginning finds the row of the trail
    return translate("Words", "proof {seal}").format(seal=erasure.seal[:16])


def _state(queued: QueuedTold) -> str:
    known = _STATES.get(queued.state)
    return translate("Words", str(known)) if known else queued.state


def timeline() -> str:
    return translate("Words", "What befell it, the latest first")
