"""Stories told in events: the screens that pictures and tests look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from station.faults import (
    BoardSilent,
    CloudUnreachable,
    HandNeeded,
    KeyRefused,
    ReplyLost,
    Stopped,
    TooSlow,
)
from station.model import (
    Advanced,
    Appeared,
    Asked,
    Asking,
    Counted,
    Event,
    Gesture,
    Halted,
    Identified,
    Identity,
    Lamp,
    LampTurned,
    Medium,
    Nearby,
    NearbyHeard,
    Outcome,
    Port,
    Prompted,
    Question,
    RunBegan,
    RunEnded,
    Scanned,
    ShiftBegan,
    Slot,
    SlotsKnown,
    StepBegan,
    StepEnded,
    Tally,
    Teaching,
    Trouble,
)
from ui.screen import Screen

STEPS = ("identify", "prove", "check", "claim")
ARDUINO = "check sketch identify prove claim reset join arrive finish"
ARDUINO_STEPS = tuple(ARDUINO.split())
HAND_STEPS = ("identify", "remove", "finish")
PIN = Gesture(pin="7")
OLD_PIN = Gesture(pin="2", to="3.3V")
NOTED_PIN = Gesture(
    pin="PA_13", note="Take it off a Portenta Machine Control first: on one it does nothing."
)
BUTTON = Gesture(button="BTN_USER", led="LED_USER")
ENDS: tuple[tuple[Outcome, Trouble | None], ...] = (
    (Outcome.PASS, None),
    (Outcome.FAIL, BoardSilent().trouble),
    (Outcome.ERROR, CloudUnreachable().trouble),
    (Outcome.TIMEOUT, TooSlow().trouble),
    (Outcome.ABORTED, Stopped().trouble),
    (Outcome.UNKNOWN, ReplyLost().trouble),
)


def told(events: Iterable[Event], screen: Screen | None = None) -> Screen:
    """Fold `events` into one screen."""
    return reduce(Screen.after, events, screen or Screen())


def line(count: int, *, signed_in: bool = True) -> Iterator[Event]:
    """Tell of a line with `count` slots, called 1, 2, 3, ..."""
    yield LampTurned("cloud", Lamp.GOOD)
    yield LampTurned("record", Lamp.GOOD)
    yield SlotsKnown(tuple(Slot(str(n + 1)) for n in range(count)))
    if signed_in:
        yield ShiftBegan("Anna Kowalska", "nRF9151 asset tracker", "WO-2041", 250)
        yield Counted(
            Tally(
                passed=117, failed=4, units=121, first_pass=116, order_passed=87, order_quantity=250
            )
        )


def begun(slot: str, run: int, steps: tuple[str, ...] = STEPS) -> Iterator[Event]:
    yield Appeared(slot, Port(f"/dev/ttyACM{run}"), "nrf91")
    yield RunBegan(slot, run, "tracker", steps)


def identity(run: int) -> Identity:
    return Identity("nrf91", f"35045799{run:07d}", "nRF9151-LACA", "mfw_nrf91x1_2.0.2")


def stepped(slot: str, run: int, steps: tuple[str, ...], present: str) -> Iterator[Event]:
    """Tell the steps before `present` as done, and `present` as begun."""
    for step in steps[: steps.index(present)]:
        yield StepBegan(slot, run, step, 20)
        if step == steps[0]:
            yield Identified(slot, run, identity(run), run % 2)
        yield StepEnded(slot, run, step, Outcome.PASS, None, 0.2 + 0.3 * len(step))
    yield StepBegan(slot, run, present, 20)


def ended(
    slot: str, run: int, outcome: Outcome, trouble: Trouble | None, steps: tuple[str, ...] = STEPS
) -> Iterator[Event]:
    """Tell a whole run of `slot`."""
    yield from begun(slot, run, steps)
    yield from stepped(slot, run, steps, steps[-1])
    yield StepEnded(slot, run, steps[-1], outcome, trouble, 1.4)
    yield RunEnded(slot, run, outcome, identity(run).serial, trouble, 3.4 + run)


def busy(count: int) -> Iterator[Event]:
    """Tell a line in full swing: every slot at something else."""
    yield from line(count)
    for n in range(count):
        slot, run = str(n + 1), n + 1
        if n % 8 == 2:
            yield from ended(slot, run, *ENDS[1])
        elif n % 8 == 5:
            yield from ended(slot, run, *ENDS[5])
        elif n % 8 == 7:
            continue
        elif n % 2 == 0:
            yield from ended(slot, run, *ENDS[0])
        else:
            yield from begun(slot, run)
            yield from stepped(slot, run, STEPS, STEPS[1 + n % 3])


def all_verdicts() -> Iterator[Event]:
    yield from line(6)
    for n, (outcome, trouble) in enumerate(ENDS):
        yield from ended(str(n + 1), n + 1, outcome, trouble)


def halted() -> Iterator[Event]:
    yield from line(4)
    yield from ended("1", 1, *ENDS[0])
    yield LampTurned("cloud", Lamp.BAD, KeyRefused().trouble)
    yield Halted(KeyRefused().trouble)
    yield Appeared("2", Port("/dev/ttyACM9"), "nrf91")
    yield Appeared("3", Port("/dev/ttyACM9"), "")


def long_words() -> Iterator[Event]:
    """Tell a line whose every word is longer than ours: names, steps, faults and units."""
    long = Trouble(
        "PROVISIONING-INFRASTRUCTURE-UNREACHABLE",
        "Die Bereitstellungsinfrastruktur des Zertifikatsdienstanbieters ist derzeit nicht erreichbar.",
        "Bitte überprüfen Sie die Netzwerkverbindung der Fertigungsstation und wiederholen Sie danach "
        "den Vorgang; verständigen Sie andernfalls die Fertigungssteuerung im zweiten Obergeschoss.",
    )
    steps = ("Geräteidentifikationsnummer auslesen", "Zertifikatsvertrauenskettenprüfung", "write")
    slots = ("Aufnahme vorne links außen", "Aufnahme vorne rechts außen", "Hinten", "4", "5", "6")
    yield SlotsKnown(tuple(Slot(name) for name in slots))
    yield LampTurned("Zertifikatsdienst", Lamp.BUSY)
    yield ShiftBegan(
        "Bartholomäus-Maximilian von Hohenstaufenberg-Schwarzenfels",
        "Temperaturüberwachungsmodul Hochregallager Ausführung Skandinavien",
        "FA-2026-11-000000471-B",
        120_000,
    )
    yield Counted(Tally(11_117, 1_404, 12_521, 11_000, 87_000, 120_000))
    for n, (outcome, _) in enumerate(ENDS[1:]):
        yield from ended(slots[n], n + 1, outcome, long, steps)
    yield from begun("6", 9, steps)
    yield from stepped("6", 9, steps, steps[1])


def asked_for_a_hand(slot: str, run: int, gesture: Gesture | None) -> Iterator[Event]:
    """Tell a run that waits for a person's hand."""
    yield from begun(slot, run, HAND_STEPS)
    yield from stepped(slot, run, HAND_STEPS, "remove")
    yield Prompted(slot, run, HandNeeded().trouble, gesture)


def hands(count: int, gestures: tuple[Gesture, ...]) -> Iterator[Event]:
    """Tell a line on which every slot waits for a hand, at one gesture after the other."""
    yield from line(count)
    for n in range(count):
        yield from asked_for_a_hand(str(n + 1), n + 1, gestures[n % len(gestures)])


ASKS = (
    Question(Asking.MATCH, "350457990000001"),
    Question(Asking.SCAN_BACK, "350457990000002", by_word=True),
    Question(Asking.LABEL_THERE, "350457990000003", by_word=True),
    Question(Asking.MATCH, "350457990000004", mistakes=1),
)


def asking(count: int) -> Iterator[Event]:
    """Tell a line on which every slot asks for a scan, one question after the other."""
    steps = ("match", *STEPS, "label", "scan")
    at = {Asking.MATCH: "match", Asking.SCAN_BACK: "scan", Asking.LABEL_THERE: "label"}
    yield from line(count)
    for n in range(count):
        question = ASKS[n % len(ASKS)]
        yield from begun(str(n + 1), n + 1, steps)
        yield from stepped(str(n + 1), n + 1, steps, at[question.asking])
        yield Asked(str(n + 1), n + 1, question)
    yield Scanned("tracker-0042…")


def teaching(count: int, columns: int) -> Iterator[Event]:
    """Tell a bench whose slots are being taught, the second of them now."""
    yield from line(count, signed_in=False)
    yield ShiftBegan("Eva Lindqvist", "", "", None)
    yield SlotsKnown(tuple(Slot(str(n + 1)) for n in range(count)), columns)
    yield Teaching("2")


def flashed(slot: str, run: int, done: int, total: int) -> Iterator[Event]:
    """Tell a run that has flashed `done` of `total` bytes."""
    yield from begun(slot, run, ARDUINO_STEPS)
    yield from stepped(slot, run, ARDUINO_STEPS, "sketch")
    yield Advanced(slot, run, 0, total)
    yield Advanced(slot, run, done, total)


def flashing(count: int) -> Iterator[Event]:
    """Tell a line on which every slot is being flashed, each further than the one before."""
    yield from line(count)
    for n in range(count):
        total = (40_960, 1_638_400)[n % 2]
        done = total * (9 if n == count - 1 else n % 9) // 9
        yield from flashed(str(n + 1), n + 1, done, total)


NAMES = (
    "Arduino-2341-006D",
    "Arduino-2341-8054",
    "Arduino UNO R4 WiFi of the north line, upper row",
)


def nearby(count: int, free: int) -> NearbyHeard:
    """Tell of `count` boards on the air, the loudest first."""
    boards = (Nearby(label(n), NAMES[n % 3], label(n), -48 - 3 * n) for n in range(count))
    return NearbyHeard(tuple(boards), free)


def label(n: int) -> str:
    return f"F4:12:FA:65:{n:02X}:{33 * n % 256:02X}"


def on_air(count: int, heard: int) -> Iterator[Event]:
    """Tell a line with `count` lanes, the first of them taken, and `heard` boards that wait."""
    yield LampTurned("cloud", Lamp.GOOD)
    yield LampTurned("bluetooth", Lamp.GOOD)
    yield SlotsKnown(tuple(Slot(f"BLE {n + 1}", f"ble-{n + 1}") for n in range(count)))
    yield ShiftBegan("Anna Kowalska", "UNO R4 WiFi sensor", "WO-2050", 40)
    yield picked("BLE 1", label(20))
    yield RunBegan("BLE 1", 1, "sensor", ARDUINO_STEPS)
    yield from stepped("BLE 1", 1, ARDUINO_STEPS, "join")
    yield nearby(heard, count - 1)


def picked(slot: str, address: str) -> Appeared:
    """Tell that a board on the air was given the lane called `slot`."""
    return Appeared(slot, Port(address, medium=Medium.BLUETOOTH), "arduino")
