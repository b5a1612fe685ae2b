"""Units' lives for tests and pictures of their pages: short, full, and in long words."""

from __future__ import annotations

from dataclasses import replace

from station.model import CaseEnd, Outcome, Stage
from station.model.life import (
    CaseTold,
    ClaimTold,
    Erasure,
    FollowedTold,
    LabelTold,
    Life,
    NoteTold,
    OpenDeed,
    OverrideTold,
    QueuedTold,
    RunTold,
    SerialTold,
    StepTold,
)

STEPS = ("identify", "prove", "claim", "write", "verify")
PLACE = "https://api.provisioning.nrfcloud.com/v1"
UUID = "50503041-3633-4261-803d-1e2b8f70111a"


def at(minute: int, day: int = 3) -> str:
    return f"2026-11-{day:02}T{9 + minute // 60:02}:{minute % 60:02}:12.000+00:00"


def steps(ends: int, outcome: Outcome = Outcome.PASS, words: str = "") -> tuple[StepTold, ...]:
    """Return the steps of a run, of which the last one ended so."""
    passed = tuple(
        StepTold(name, at(n), Outcome.PASS, "", "", 0.3 + n) for n, name in enumerate(STEPS[:ends])
    )
    code = "" if outcome is Outcome.PASS else "CLOUD-SILENT"
    return (
        *passed[:-1],
        replace(passed[-1], outcome=outcome, code=code, words=words, seconds=20.0),
    )


def run(number: int, day: int, outcome: Outcome | None = Outcome.PASS, words: str = "") -> RunTold:
    """Return a run of one day."""
    good = outcome in {Outcome.PASS, None}
    return RunTold(
        run=number,
        began=at(number, day),
        ended=at(number + 1, day) if outcome else "",
        outcome=outcome,
        code="" if good else "CLOUD-SILENT",
        words=words,
        seconds=41.7 if outcome else None,
        station="Line 3",
        slot="2",
        operator="Anna Kowalska",
        order="WO-2026-1187",
        recipe="nRF9151 asset tracker",
        procedure="claim",
        software="1.4.0",
        firmware="mfw_nrf91x1_2.0.2",
        steps=steps(5) if good else steps(3, outcome or Outcome.FAIL, words),
    )


NEW = Life(
    unit=7,
    kind="nrf91",
    serial="355025930000421",
    model="nRF9151-LACA",
    firmware="mfw_nrf91x1_2.0.2",
    hardware="0.9.0",
    first_seen=at(1),
    last_seen=at(1),
    adopted="",
    scrapped="",
    ids=(("imei", "355025930000421"), ("uuid", UUID)),
    runs=(run(1, 3),),
    claims=(ClaimTold("nrf_cloud", PLACE, UUID, ("spring", "lot 7"), at(2), ""),),
    open_deeds=(),
    followed=(),
    queued=(),
    labels=(),
    notes=(),
    cases=(),
    overrides=(),
    serials=(),
    erasures=(),
)

_SILENT = "The cloud did not answer. No answer from api.provisioning.nrfcloud.com within 20 s"

FULL = replace(
    NEW,
    last_seen=at(50, 21),
    ids=(*NEW.ids, ("iccid", "89450421180216211234"), ("mac", "F4:12:FA:65:43:21")),
    runs=(
        run(1, 3, Outcome.ERROR, _SILENT),
        run(2, 3),
        replace(
            run(20, 18, Outcome.FAIL, "The unit does not answer. Nothing within 5 s"),
            code="BOARD-SILENT",
        ),
        replace(run(30, 20), procedure="take_back", recipe="Tracker, back from the field"),
        replace(run(41, 21), procedure="reflash", firmware="mfw_nrf91x1_2.0.3"),
    ),
    claims=(
        replace(NEW.claims[0], released=at(31, 20)),
        replace(NEW.claims[0], noted=at(42, 21)),
    ),
    followed=(FollowedTold(UUID, PLACE, Stage.PROVISIONED, at(2), at(30), at(9), "", late=True),),
    queued=(QueuedTold("claimed", UUID, PLACE, at(1), at(2), "", ""),),
    labels=(
        LabelTold(
            1, 2, "tracker.toml", "Zebra ZD421", "Anna Kowalska", None, "", at(3), at(4), "", at(5)
        ),
        LabelTold(
            2,
            None,
            "tracker.toml",
            "Zebra ZD421",
            "Li Wei",
            1,
            "smeared",
            at(5, 21),
            at(6, 21),
            "",
            "",
        ),
    ),
    notes=(
        NoteTold(at(15, 18), "Li Wei", "The connector J3 was bent. Straightened, pull test good."),
    ),
    cases=(CaseTold(1, at(10, 18), "Li Wei", "R2 no contact", "F10 no radio", "", "", None, ()),),
    overrides=(
        OverrideTold(
            at(40, 21),
            "provision again",
            "ALREADY-DONE",
            "new modem firmware",
            "Li Wei",
            "Jürgen Weiß",
            41,
        ),
    ),
    serials=(SerialTold("trackers", "TRK-000421", at(2), at(4)),),
    erasures=(
        Erasure(
            at(30, 20), 30, "erased", (("sec_tags", "16842753"), ("left", "–")), "9f31c2d5" * 8
        ),
    ),
    open_deeds=(OpenDeed("claim", UUID, PLACE, at(41, 21)),),
)

GONE = replace(
    FULL,
    scrapped=at(55, 21),
    open_deeds=(),
    cases=(
        replace(
            FULL.cases[0],
            closed=at(55, 21),
            closed_by="Li Wei",
            end=CaseEnd.SCRAPPED,
            actions=("A1 reflashed",),
        ),
    ),
)

_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "

LONG = replace(
    FULL,
    serial="SN-" + "0123456789ABCDEF" * 5,
    model=_LONG * 2,
    runs=(
        replace(run(1, 3, Outcome.ERROR, _LONG * 6), station=_LONG, recipe=_LONG, operator=_LONG),
        *FULL.runs[1:],
    ),
    notes=(NoteTold(at(58, 21), "Li Wei", _LONG * 8),),
)
