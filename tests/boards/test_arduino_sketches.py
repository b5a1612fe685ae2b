"""Provisioning 2.0 against a scripted sketch: whatever is awkward on the wire, the dialogue holds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from station.boards import (
    Board,
    BoardKind,
    DropsNetwork,
    RunsSketches,
    TakesCertificate,
    TakesNetwork,
    TellsDevEui,
)
from station.boards.arduino import Arduino
from station.boards.arduino_options import ArduinoOptions
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    BoardSilent,
    BoardWedged,
    Fault,
    HardwareBroken,
    LinkLost,
    NetworkRefused,
    SketchMissing,
    TokenBroken,
    TokenMismatch,
)
from station.model import (
    AccessPoint,
    Attachment,
    Connection,
    EthernetNetwork,
    Identity,
    Medium,
    MobileNetwork,
    Port,
    Proof,
    WifiNetwork,
)
from station.wire.arduino import says
from tests.boards.arduino_seat import FakeSeat, attached
from tests.boards.scripted_arduino import (
    BLE_MAC,
    HARDWARE_ID,
    JWT,
    LIBRARY,
    NACK,
    OTHER_KEY,
    PUBLIC_KEY,
    SKETCH,
    UHWID,
    WIFI_FW,
    Said,
    ScriptedSketch,
    networks,
    of_a_thing,
    pem,
    say,
    spoilt,
    status,
    token,
)
from tests.boards.scripted_nrf91 import at_once

NOW = 1_767_225_600
MAC = "F4:12:FA:65:43:21"
LOUDEST_FIRST = (
    AccessPoint("factory-net", -42),
    AccessPoint("guest", -71),
    AccessPoint("Café d'Or", -88),
)
WIFI = WifiNetwork("factory-net", SecretStr("s3cretpass"))
UNO = attached(0x2341, 0x1002, "F412FA654321")
ON_AIR = Attachment(
    (
        Port(
            MAC,
            0x2341,
            0x1002,
            usb_serial=MAC,
            location="ble-1",
            product="Arduino-2341-1002",
            medium=Medium.BLUETOOTH,
        ),
    )
)

T = TypeVar("T")
Story = Callable[[Arduino], Awaitable[T]]


def told(
    board: ScriptedSketch, story: Story[T], *, there: Attachment = UNO, clock: float = NOW
) -> tuple[T, float]:
    """What `story` returns, and the seconds that were waited for."""

    async def whole() -> tuple[T, float]:
        seat = FakeSeat(there, lambda line: board)
        arduino = await Arduino.open(board, ArduinoOptions(), seat, clock=lambda: clock)
        return await story(arduino), asyncio.get_running_loop().time()

    return at_once(whole())


def fault(
    kind: type[Fault], board: ScriptedSketch, story: Story[Any], *, there: Attachment = UNO
) -> str:
    with pytest.raises(kind) as caught:
        told(board, story, there=there)
    assert type(caught.value).__mro__[1] is not Exception
    return caught.value.detail


async def greet(board: Arduino) -> tuple[AccessPoint, ...]:
    return await board.greet(30)


async def greet_and_ask(board: Arduino) -> str:
    await board.greet(30)
    return await board.sketch_version()


async def join(board: Arduino) -> None:
    await board.greet(30)
    await board.join(WIFI, 200)


# The whole way


def test_an_arduino_can_do_what_the_doors_ask() -> None:
    kind: type[BoardKind] = Arduino
    assert (kind.name, kind.title, [line.baud for line in kind.lines]) == (
        "arduino",
        "Arduino",
        [9600],
    )

    async def doors(board: Arduino) -> None:
        as_board: Board = board
        for door in (RunsSketches, TakesNetwork, TakesCertificate, TellsDevEui, DropsNetwork):
            assert isinstance(as_board, door)

    told(ScriptedSketch(), doors)


def test_opening_says_nothing_to_a_board_that_may_be_blank() -> None:
    board = ScriptedSketch()

    async def nothing(_: Arduino) -> None:
        pass

    _, waited_s = told(board, nothing)
    assert board.sent == []
    assert waited_s == 0


def test_the_whole_dialogue_asks_each_thing_once_and_waits_only_where_it_must() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> tuple[Any, str, str, Identity, Proof]:
        heard = await arduino.greet(30)
        version = await arduino.sketch_version()
        firmware = await arduino.wifi_firmware()
        identity = await arduino.identify()
        proof = await arduino.prove()
        await arduino.forget()
        await arduino.join(WIFI, 200)
        await arduino.part()
        await arduino.close()
        return heard, version, firmware, identity, proof

    said, waited_s = told(board, story)
    heard, version, firmware, identity, proof = said
    assert heard == LOUDEST_FIRST
    assert (version, firmware) == ("0.6.2", "0.6.0")
    assert identity == Identity(
        "arduino",
        "F412FA654321",
        "UNO R4 WiFi",
        "0.6.2",
        "arduino:renesas_uno:unor4wifi",
        (("usb serial", "F412FA654321"), ("ble mac", MAC)),
    )
    assert (proof.kind, proof.names, proof.subject) == (
        "arduino board token",
        "uhwid",
        HARDWARE_ID.hex(),
    )
    assert dict(proof.told) == {"public key": pem(), "ble mac": MAC}
    assert proof.text.get_secret_value() not in repr(proof)
    assert board.heard == [
        "disconnect", "connect", 200, 101, 3, "time", 2, 4, "network", 1, "disconnect",
    ]  # fmt: skip
    assert board.settings == [(0x12004, ["factory-net", "s3cretpass"])]
    assert board.closed
    # 0.3 s before CONNECT, 3 s for joining, and the two things that have no answer are heard out
    assert waited_s < 4


def test_each_frame_goes_out_in_a_write_of_its_own() -> None:
    board = ScriptedSketch()
    told(board, join)
    assert all(
        frame.startswith(b"\x55\xaa") and frame.endswith(b"\xaa\x55") for frame in board.sent
    )
    assert len(board.sent) == len(board.heard)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1))
def test_however_the_bytes_are_cut_and_whatever_stands_between_the_answers_are_the_same(
    sizes: list[int],
) -> None:
    board = ScriptedSketch()
    board.noise = b"[ 42 ] U sing 0x55 \x55 BoardConfigurationProtocol::x\r\n\x55\x55"

    def cut(data: bytes) -> list[bytes]:
        pieces: list[bytes] = []
        at = 0
        while at < len(data):
            pieces.append(data[at : at + sizes[len(pieces) % len(sizes)]])
            at += len(pieces[-1])
        return pieces

    board.cuts = cut
    identity, _ = told(board, Arduino.identify)
    assert identity.firmware == "0.6.2"
    assert identity.id("ble mac") == MAC


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 255)), max_size=12))
def test_however_the_answers_are_garbled_what_is_told_is_true_or_a_fault(
    damage: list[tuple[int, int]],
) -> None:
    board = ScriptedSketch()
    to_come = list(damage)

    def garble(data: bytes) -> list[bytes]:
        if not to_come:
            return [data]
        at, mask = to_come.pop(0)
        at %= len(data)
        return [data[:at] + (bytes([data[at] ^ mask]) if mask else b"") + data[at + 1 :]]

    board.cuts = garble
    try:
        identity, _ = told(board, Arduino.identify)
    except BoardFault:
        return
    assert identity.firmware in {"0.6.2", "library 0.5.1"}
    assert dict(identity.ids) == {"usb serial": "F412FA654321", "ble mac": MAC}


# Greeting


def test_connect_is_sent_alone_after_a_pause_and_again_every_two_seconds() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[], [], [networks()]]
    heard, waited_s = told(board, greet)
    assert heard == LOUDEST_FIRST
    assert board.heard == ["disconnect", "connect", "connect", "connect"]
    assert waited_s == pytest.approx(0.3 + 2 + 2)


def test_what_was_said_before_the_session_is_no_part_of_it() -> None:
    board = ScriptedSketch()
    board._put(networks("stale", -1) + status(-150)[:7])
    heard, _ = told(board, greet)
    assert heard == LOUDEST_FIRST


@pytest.mark.parametrize("stale", [-1, -3, -4, -6, -8, 2, 0])
def test_a_status_from_before_is_read_and_stands_in_nobodys_way(stale: int) -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(stale), (8.0, networks())], []]
    heard, _ = told(board, greet)
    assert heard == LOUDEST_FIRST


def test_an_empty_list_is_a_list() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[say(0x12001)]]
    assert told(board, greet)[0] == ()


@pytest.mark.parametrize("code", [-150, -151, -152, -160, -200, -201])
def test_a_part_that_does_not_work_is_told_at_once(code: int) -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(code)]]
    assert fault(HardwareBroken, board, greet) == says(code)


def test_a_radio_that_does_not_work_hears_no_networks() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(-101), say(0x12001)]]
    assert fault(HardwareBroken, board, greet) == says(-101)
    board = ScriptedSketch()
    board.next["connect"] = [[status(-101), networks()]]  # an old one: the radio hears
    assert told(board, greet)[0] == LOUDEST_FIRST


def test_a_modem_that_was_refused_before_is_no_broken_board() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(-101), say(0x12001)]]
    assert told(board, greet, there=attached(0x2341, 0x025B))[0] == ()


def test_silence_is_another_sketch_or_none() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[] for _ in range(20)]
    assert "30 s" in fault(SketchMissing, board, greet)
    assert board.heard.count("connect") == 15


def test_another_sketchs_text_is_no_sign_of_ours() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[b"temperature: 21.5\r\n"] for _ in range(20)]
    fault(SketchMissing, board, greet)


def test_a_sketch_that_echoes_all_that_it_hears_is_another() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> None:
        board.next["connect"] = [[board.sent[-1]] for _ in range(20)]
        await arduino.greet(30)

    board.sent.append(bytes.fromhex("55aa03000301e1f1aa55"))
    fault(SketchMissing, board, story)


def test_whatever_was_broken_before_the_session_is_no_fault_of_the_board() -> None:
    board = ScriptedSketch()
    for _ in range(20):
        board._put(spoilt(networks("a", -1)))
    assert told(board, greet)[0] == LOUDEST_FIRST
    assert NACK not in board.sent


@pytest.mark.parametrize(
    "log",
    [b"NetworkConfiguratorClass::update connected\r\n", b"x\r\n[ 91234 ] serial: connected\r\n"],
)
def test_a_board_that_logs_and_does_not_hear_is_wedged(log: bytes) -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[log], *([] for _ in range(20))]
    fault(BoardWedged, board, greet)


def test_a_board_that_answered_before_and_does_not_now_is_wedged() -> None:
    board = ScriptedSketch()

    async def twice(arduino: Arduino) -> None:
        await arduino.greet(30)
        board.next["connect"] = [[] for _ in range(20)]
        await arduino.greet(30)

    fault(BoardWedged, board, twice)


def test_a_status_without_a_list_is_not_the_sketch_that_is_needed() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(-8)], *([] for _ in range(20))]
    assert "no networks" in fault(SketchMissing, board, greet)


def test_greeting_ends_a_session_that_another_program_left_open() -> None:
    board = ScriptedSketch()
    board._in_session = True
    assert told(board, greet)[0] == LOUDEST_FIRST


# What gets lost on the way


def test_a_broken_answer_is_asked_for_again_and_what_came_twice_does_not_matter() -> None:
    board = ScriptedSketch()
    board.next[200] = [[spoilt(say(SKETCH, "0.6.2"))]]
    board.next["nack"] = [[say(SKETCH, "0.6.2"), say(SKETCH, "0.6.2")]]

    async def story(arduino: Arduino) -> tuple[str, str]:
        return await greet_and_ask(arduino), await arduino.wifi_firmware()

    assert told(board, story)[0] == ("0.6.2", "0.6.0")
    assert board.commands == [200, 101]
    assert board.sent.count(NACK) == 1


def test_the_nack_waits_until_the_board_is_quiet() -> None:
    board = ScriptedSketch()
    broken = spoilt(say(SKETCH, "0.6.2"))
    board.next[200] = [[broken, (0.06, b"text\r\n"), (0.12, b"more text\r\n")]]
    board.next["nack"] = [[say(SKETCH, "0.6.2")]]
    version, waited_s = told(board, greet_and_ask)
    assert version == "0.6.2"
    assert waited_s == pytest.approx(0.3 + 0.12 + 0.1)


def test_a_frame_that_was_cut_off_is_asked_for_again() -> None:
    board = ScriptedSketch()
    board.next[200] = [[say(SKETCH, "0.6.2")[:12]]]
    board.next["nack"] = [[say(SKETCH, "0.6.2")]]
    version, waited_s = told(board, greet_and_ask)
    assert version == "0.6.2"
    assert waited_s < 1.5


def test_all_broken_is_no_answer_for_ever() -> None:
    board = ScriptedSketch()
    broken: list[list[Said]] = [[spoilt(say(SKETCH, "0.6.2"))] for _ in range(30)]
    board.next[200], board.next["nack"] = broken[:10], broken[10:]
    assert "broken" in fault(AnswerBroken, board, greet_and_ask)


def test_what_the_board_did_not_understand_is_sent_again() -> None:
    board = ScriptedSketch()
    board.next[200] = [[NACK], [NACK], [NACK]]
    assert told(board, greet_and_ask)[0] == "0.6.2"
    assert board.commands == [200] * 4


def test_what_the_board_never_understands_is_given_up() -> None:
    board = ScriptedSketch()
    board.next[200] = [[NACK] for _ in range(9)]
    assert "did not understand" in fault(AnswerBroken, board, greet_and_ask)
    assert board.commands == [200] * 4


def test_a_request_that_got_lost_is_made_again() -> None:
    board = ScriptedSketch()
    board.next[200] = [[], [say(SKETCH, "0.6.2")]]
    assert told(board, greet_and_ask)[0] == "0.6.2"


def test_an_answer_that_came_twice_is_not_the_answer_to_the_next_question() -> None:
    board = of_a_thing(ScriptedSketch())
    # deaf for a while: then it answers both
    board.next[200] = [[], [status(-7), (0.3, status(-7))]]

    async def story(arduino: Arduino) -> str:
        await arduino.greet(30)
        with pytest.raises(SketchMissing):
            await arduino.sketch_version()
        return await arduino.library_version()

    assert told(board, story)[0] == "0.5.1"


def test_a_busy_board_is_asked_again_until_it_has_time() -> None:
    board = ScriptedSketch()
    board.next[200] = [[status(-6)] for _ in range(9)]
    version, waited_s = told(board, greet_and_ask)
    assert version == "0.6.2"
    assert waited_s == pytest.approx(0.3 + 9 + 0.5)


def test_a_board_that_is_busy_for_ever_is_given_up() -> None:
    board = ScriptedSketch()
    board.next[200] = [[status(-6)] for _ in range(90)]
    assert "busy" in fault(AnswerBroken, board, greet_and_ask)


def test_a_message_that_is_new_to_us_is_passed_over() -> None:
    board = ScriptedSketch()
    board.next[200] = [[say(0x12042, "new"), say(SKETCH, "0.9.0")]]
    assert told(board, greet_and_ask)[0] == "0.9.0"
    assert NACK not in board.sent


def test_a_wire_that_goes_away_is_told_as_that() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        board.lose()
        try:
            await arduino.sketch_version()
        finally:
            await arduino.close()

    fault(LinkLost, board, story)


async def _cancelled(arduino: Arduino, board: ScriptedSketch) -> str:
    await arduino.greet(30)
    board.next[101] = [[(1.0, say(WIFI_FW, "0.6.0"))]]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await arduino.wifi_firmware()
    return await arduino.sketch_version()


def test_a_question_that_was_cancelled_spoils_no_other() -> None:
    board = ScriptedSketch()
    board.next[200] = [[(1.0, say(SKETCH, "0.6.2"))]]
    assert told(board, lambda arduino: _cancelled(arduino, board))[0] == "0.6.2"


# Who it is


def test_a_cloud_sketch_is_known_by_its_library() -> None:
    board = of_a_thing(ScriptedSketch())
    identity, _ = told(board, Arduino.identify)
    assert identity.firmware == "library 0.5.1"
    assert identity.ids == (("usb serial", "F412FA654321"),)


@pytest.mark.parametrize("address", [b"", b"\xff" * 6])
def test_a_board_without_an_address_is_known_by_its_serial_number(address: bytes) -> None:
    board = ScriptedSketch()
    board.next[3] = [[say(BLE_MAC, address)]]
    identity, _ = told(board, Arduino.identify)
    assert identity.ids == (("usb serial", "F412FA654321"),)


def test_a_board_without_a_serial_number_is_known_by_its_address() -> None:
    identity, _ = told(ScriptedSketch(), Arduino.identify, there=attached(0x2341, 0x1002))
    assert (identity.serial, identity.ids) == (MAC, (("ble mac", MAC),))


def test_a_board_without_wifi_has_no_firmware_for_it() -> None:
    board = ScriptedSketch()
    board.next[101] = [[status(-7)], [say(WIFI_FW, "")]]

    async def story(arduino: Arduino) -> tuple[str, str]:
        await arduino.greet(30)
        return await arduino.wifi_firmware(), await arduino.wifi_firmware()

    assert told(board, story)[0] == ("", "")


def test_no_version_is_another_sketch() -> None:
    board = of_a_thing(ScriptedSketch())
    assert fault(SketchMissing, board, greet_and_ask) == says(-7)
    board = ScriptedSketch()
    board.next[200] = [[] for _ in range(9)]
    fault(SketchMissing, board, greet_and_ask)


# What proves it


def test_the_time_is_told_again_when_the_board_has_lost_it() -> None:
    board = ScriptedSketch()
    board.next[2] = [[status(-4)]]
    told(board, Arduino.prove)
    assert board.heard.count("time") == 2


def test_the_time_is_told_again_only_once() -> None:
    board = ScriptedSketch()
    board.next[2] = [[status(-4)] for _ in range(9)]
    fault(BoardRefused, board, Arduino.prove)
    assert board.heard.count("time") == 2


def test_a_key_that_was_garbled_comes_again_with_all_that_followed_it() -> None:
    board = ScriptedSketch()
    good = [say(PUBLIC_KEY, pem()), say(UHWID, HARDWARE_ID), say(JWT, token(NOW).encode())]
    board.next[2] = [[spoilt(good[0]), good[1], good[2]]]
    board.next["nack"] = [[b"".join(good)]]
    told(board, Arduino.prove)
    assert board.commands.count(2) == 1


def test_a_request_for_a_token_that_is_repeated_is_repeated_with_the_time() -> None:
    board = ScriptedSketch()
    board.next[2] = [[NACK], []]
    told(board, Arduino.prove)
    assert [each for each in board.heard if each in {"time", 2}] == ["time", 2] * 3


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda now: token(now + 1), TokenMismatch),
        (lambda now: token(now, issuer="ab" * 32), TokenMismatch),
        (lambda now: token(now, key=OTHER_KEY), TokenMismatch),
        (lambda now: token(now)[:-9], TokenBroken),
        (lambda now: "no token", TokenBroken),
    ],
    ids=["another time", "another board", "another key", "cut short", "none"],
)
def test_a_token_that_proves_nothing_goes_no_further(
    make: Callable[[int], str], kind: type[Fault]
) -> None:
    board = ScriptedSketch()
    board.make_token = make
    detail = fault(kind, board, Arduino.prove)
    assert make(NOW) not in detail


def test_a_cloud_sketch_proves_nothing() -> None:
    fault(SketchMissing, of_a_thing(ScriptedSketch()), Arduino.prove)


def test_a_secure_element_that_fails_at_the_key_is_broken() -> None:
    board = ScriptedSketch()
    board.next[2] = [[status(-150)]]
    assert fault(HardwareBroken, board, Arduino.prove) == says(-150)


# Forgetting


def test_forgetting_waits_for_its_end() -> None:
    board = ScriptedSketch()
    board.next[4] = [[status(100), status(-8), (2.0, status(4))]]
    _, waited_s = told(board, Arduino.forget)
    assert waited_s == pytest.approx(0.3 + 2)


@pytest.mark.parametrize(("code", "kind"), [(-7, SketchMissing), (-200, HardwareBroken)])
def test_what_can_not_be_forgotten_is_told(code: int, kind: type[Fault]) -> None:
    board = ScriptedSketch()
    board.next[4] = [[status(code)]]
    assert fault(kind, board, Arduino.forget) == says(code)


def test_forgetting_that_is_not_answered_is_silence() -> None:
    board = ScriptedSketch()
    board.next[4] = [[] for _ in range(9)]
    fault(BoardSilent, board, Arduino.forget)


# Joining


@pytest.mark.parametrize("code", [-1, -2, -3, -8, -101, -102, -255])
def test_a_network_that_can_not_be_joined_says_why(code: int) -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(1), (5.0, status(code))]]
    assert fault(NetworkRefused, board, join) == says(code)


def test_other_settings_may_follow_in_the_same_session() -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(1), status(-1)]]

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        with pytest.raises(NetworkRefused):
            await arduino.join(WIFI, 200)
        await arduino.join(WifiNetwork("guest", SecretStr("")), 200)

    told(board, story)
    assert board.heard.count("connect") == 1
    assert [fields for _, fields in board.settings] == [
        ["factory-net", "s3cretpass"],
        ["guest", ""],
    ]


def test_joining_is_waited_for_while_the_board_says_that_it_goes_on() -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(1), (40.0, status(100)), (80.0, status(1)), (120.0, status(2))]]
    _, waited_s = told(board, join)
    assert waited_s > 120


def test_joining_has_an_end() -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(1)]]
    assert "200 s" in fault(NetworkRefused, board, join)


def test_settings_that_got_lost_are_given_again_once() -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(-4)]]
    told(board, join)
    assert board.heard.count("network") == 2
    board = ScriptedSketch()
    board.next[1] = [[status(-4)] for _ in range(9)]
    fault(BoardRefused, board, join)
    assert board.heard.count("network") == 2


def test_settings_that_came_garbled_are_given_again_before_the_board_is_sent_off() -> None:
    board = ScriptedSketch()
    board.next["network"] = [[(0.1, NACK)]]
    told(board, join)
    assert board.heard[-3:] == ["network", "network", 1]


@pytest.mark.parametrize("where", ["network", 1])
def test_a_board_without_the_adapter_says_so(where: str | int) -> None:
    board = ScriptedSketch()
    board.next[where] = [[status(-5)]]

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        await arduino.join(EthernetNetwork(), 200)

    assert fault(NetworkRefused, board, story) == "the board takes no eth settings"


def test_a_board_that_is_busy_joining_already_is_waited_for() -> None:
    board = ScriptedSketch()
    board.next[1] = [[status(-6), (0.2, status(2))]]
    told(board, join)
    board = ScriptedSketch()
    board.next[1] = [[status(1), status(-6), (3.0, status(2))]]
    told(board, join)
    assert board.commands == [1]


def test_settings_that_no_board_can_hold_are_not_sent() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        await arduino.join(WifiNetwork("x" * 33, SecretStr("hidden-secret")), 200)

    detail = fault(NetworkRefused, board, story)
    assert "ssid" in detail
    assert "hidden-secret" not in detail
    assert board.settings == []


def test_all_kinds_of_settings_reach_the_board() -> None:
    board = ScriptedSketch()
    ip = IPv4Address("192.168.1.10")
    kinds = (
        EthernetNetwork(ip, ip, ip, ip, timeout_s=15, answer_within_s=0.2),
        MobileNetwork(
            Connection.CAT_M1, "apn", "login", SecretStr("1234"), SecretStr("pass"), (3, 20)
        ),
    )

    async def story(arduino: Arduino) -> None:
        for kind in kinds:
            await arduino.join(kind, 200)

    told(board, story)
    assert board.settings == [
        (0x12009, [ip.packed] * 4 + [15000, 200]),
        (0x12008, ["1234", [4, 0x80000], "apn", "login", "pass"]),
    ]


# Over the air


def test_over_the_air_the_subscription_has_begun_the_session() -> None:
    board = ScriptedSketch(is_radio=True)

    async def story(arduino: Arduino) -> tuple[Any, Identity]:
        heard = await arduino.greet(30)
        identity = await arduino.identify()
        await arduino.prove()
        await arduino.join(WIFI, 200)
        await arduino.part()
        assert not arduino.flashable
        return heard, identity

    said, _ = told(board, story, there=ON_AIR)
    heard, identity = said
    assert heard == LOUDEST_FIRST
    assert (identity.serial, identity.ids) == (MAC, (("ble mac", MAC),))
    assert not {"connect", "disconnect"}.intersection(board.heard)
    assert board.closed


def test_over_the_air_a_cloud_sketch_is_known_by_the_address_it_tells() -> None:
    board = of_a_thing(ScriptedSketch(is_radio=True))
    identity, _ = told(board, Arduino.identify, there=ON_AIR)
    assert identity.ids == (("ble mac", MAC),)


def test_over_the_air_networks_are_looked_for_anew_when_they_are_asked_for_twice() -> None:
    board = ScriptedSketch(is_radio=True)
    board.next[100] = [[status(100), (4.0, networks("later", -50))]]

    async def story(arduino: Arduino) -> object:
        return await arduino.greet(30), await arduino.greet(30)

    heard, _ = told(board, story, there=ON_AIR)
    assert heard == (LOUDEST_FIRST, (AccessPoint("later", -50),))


def test_over_the_air_what_has_no_answer_is_heard_out_for_longer() -> None:
    board = ScriptedSketch(is_radio=True)
    board.next["network"] = [[(0.35, NACK)]]
    told(board, join, there=ON_AIR)
    assert board.heard == ["network", "network", 1]


def test_a_board_that_has_hung_up_by_itself_has_parted() -> None:
    for is_radio in (True, False):
        board = ScriptedSketch(is_radio=is_radio)

        async def story(arduino: Arduino, board: ScriptedSketch = board) -> None:
            await join(arduino)
            board.lose()
            await arduino.part()
            await arduino.close()
            await arduino.close()

        told(board, story, there=ON_AIR if is_radio else UNO)
        assert board.closed


def test_closing_ends_the_session_and_may_be_done_twice() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        await arduino.close()
        await arduino.close()

    told(board, story)
    assert board.heard == ["disconnect", "connect", "disconnect"]


def test_after_parting_the_board_is_greeted_anew() -> None:
    board = ScriptedSketch()

    async def story(arduino: Arduino) -> str:
        await arduino.greet(30)
        await arduino.part()
        return await arduino.library_version()

    assert told(board, story)[0] == "0.5.1"
    assert board.heard.count("connect") == 2
    assert say(LIBRARY, "0.5.1")  # what was asked for last
