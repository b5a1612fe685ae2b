from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.model import (
    AccessPoint,
    Connection,
    EthernetNetwork,
    MobileNetwork,
    Network,
    WifiNetwork,
)
from station.wire import arduino
from station.wire.arduino import (
    BluetoothAddress,
    BoardToken,
    Command,
    HardwareId,
    LibraryVersion,
    Message,
    MessageBroken,
    NetworksHeard,
    PublicKey,
    SketchVersion,
    Status,
    StatusCode,
    WifiFirmware,
)
from station.wire.arduino_cbor import Tag, packed, unpacked
from station.wire.frames import Frame, FrameReader, FrameType, encode

COMMANDS = {
    Command.CONNECT: "55aa020009da0001200381017e1baa55",
    Command.GET_ID: "55aa020009da0001200381024c80aa55",
    Command.GET_BLE_MAC: "55aa020009da0001200381035d09aa55",
    Command.RESET: "55aa020009da00012003810429b6aa55",
    Command.SCAN: "55aa02000ada0001200381186439ffaa55",
    Command.GET_WIFI_FW: "55aa02000ada000120038118652876aa55",
    Command.GET_SKETCH_VERSION: "55aa02000ada000120038118c85699aa55",
    Command.GET_LIBRARY_VERSION: "55aa02000ada000120038118c94710aa55",
}
MOBILE = "64313233346e61706e2e61726475696e6f2e63636474657374687465737470617373"


def mobile(connection: Connection, bands: tuple[int, ...] = ()) -> MobileNetwork:
    pin, password = SecretStr("1234"), SecretStr("testpass")
    return MobileNetwork(connection, "apn.arduino.cc", "test", pin, password, bands)


NETWORKS: tuple[tuple[Network, str], ...] = (
    (
        WifiNetwork("factory-net", SecretStr("s3cretpass")),
        "55aa02001fda00012004826b666163746f72792d6e65746a7333637265747061737340ddaa55",
    ),
    (EthernetNetwork(), "55aa02000eda0001200986404040402020fc3faa55"),
    (
        EthernetNetwork(
            IPv4Address("192.168.1.10"),
            IPv4Address("8.8.8.8"),
            IPv4Address("192.168.1.1"),
            IPv4Address("255.255.255.0"),
            0.015,
            0.2,
        ),
        "55aa02001fda000120098644c0a8010a440808080844c0a8010144ffffff000f18c87790aa55",
    ),
    (mobile(Connection.NB_IOT), f"55aa02002ada0001200784{MOBILE}5cbbaa55"),
    (mobile(Connection.GSM), f"55aa02002ada0001200684{MOBILE}f0f4aa55"),
    (mobile(Connection.CELLULAR), f"55aa02002ada0001201284{MOBILE}c5b0aa55"),
    (
        mobile(Connection.CAT_M1, (3, 20)),
        "55aa020031da0001200885643132333482041a000800006e61706e2e61726475696e6f2e63636474657374"
        "6874657374706173737872aa55",
    ),
)
SAID: tuple[tuple[str, Message], ...] = (
    ("55aa020009da000120008101917faa55", Status(StatusCode.CONNECTING)),
    ("55aa020009da000120008102a3e4aa55", Status(StatusCode.CONNECTED)),
    ("55aa020009da000120008104c6d2aa55", Status(StatusCode.RESET_COMPLETED)),
    ("55aa02000ada000120008118641c32aa55", Status(StatusCode.SCANNING)),
    ("55aa020009da000120008120a1f4aa55", Status(StatusCode.FAILED_TO_CONNECT)),
    ("55aa020009da000120008123936faa55", Status(StatusCode.PARAMS_NOT_FOUND)),
    ("55aa020009da000120008124e7d0aa55", Status(StatusCode.INVALID_PARAMS)),
    ("55aa020009da000120008125f659aa55", Status(StatusCode.OTHER_REQUEST_IN_EXECUTION)),
    ("55aa020009da000120008126c4c2aa55", Status(StatusCode.INVALID_REQUEST)),
    ("55aa020009da000120008127d54baa55", Status(StatusCode.INTERNET_NOT_AVAILABLE)),
    ("55aa02000ada000120008138643f01aa55", Status(StatusCode.HARDWARE_ERROR)),
    ("55aa02000ada00012000813895d907aa55", Status(StatusCode.SECURE_ELEMENT_BEGIN)),
    ("55aa02000ada000120008138c7a890aa55", Status(StatusCode.STORAGE_BEGIN)),
    ("55aa02000eda000120158165302e362e32170daa55", SketchVersion("0.6.2")),
    ("55aa02000eda000120148165302e362e30b5a0aa55", WifiFirmware("0.6.0")),
    ("55aa02000eda000120168165302e352e314022aa55", LibraryVersion("0.5.1")),
    ("55aa02000fda000120138146f412fa654321aaecaa55", BluetoothAddress("F4:12:FA:65:43:21")),
    ("55aa020008da00012001801912aa55", NetworksHeard(())),
    (
        "55aa02002bda00012001866b666163746f72792d6e6574382965677565737438466a436166c3a92064274f72"
        "38579809aa55",
        NetworksHeard(
            (
                AccessPoint("factory-net", -42),
                AccessPoint("guest", -71),
                AccessPoint("Café d'Or", -88),
            )
        ),
    ),
)
BARE: dict[type[Message], Tag] = {
    WifiFirmware: Tag.WIFI_FIRMWARE,
    SketchVersion: Tag.SKETCH_VERSION,
    LibraryVersion: Tag.LIBRARY_VERSION,
    PublicKey: Tag.PUBLIC_KEY,
}


def say(tag: Tag, *fields: object) -> Message:
    return arduino.decode(packed(tag, fields))


def payload_of(whole: bytes) -> bytes:
    (frame,) = FrameReader().feed(whole)
    assert isinstance(frame, Frame)
    assert frame.type is FrameType.DATA
    return frame.payload


@pytest.mark.parametrize("which", Command)
def test_a_command_is_the_published_frame(which: Command) -> None:
    assert arduino.command(which).hex() == COMMANDS[which]


def test_a_timestamp_is_the_published_frame() -> None:
    assert arduino.timestamp(1767225600).hex() == "55aa02000dda00012002811a6955b900347faa55"


@pytest.mark.parametrize("seconds", [1, 2**32 - 1])
def test_a_time_within_limits_is_told(seconds: int) -> None:
    assert unpacked(payload_of(arduino.timestamp(seconds))) == (Tag.TIMESTAMP, [seconds])


@pytest.mark.parametrize("seconds", [-1, 0, 2**32])
def test_a_time_that_a_board_would_misread_is_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="a time is from"):
        arduino.timestamp(seconds)


@pytest.mark.parametrize(("network", "frame"), NETWORKS)
def test_a_network_is_the_published_frame(network: Network, frame: str) -> None:
    assert arduino.network(network).hex() == frame


@pytest.mark.parametrize(("frame", "said"), SAID)
def test_a_published_frame_says_what_it_should(frame: str, said: Message) -> None:
    assert arduino.decode(payload_of(bytes.fromhex(frame))) == said


@pytest.mark.parametrize("frame", [frame for frame, _ in SAID])
def test_a_published_frame_is_what_we_would_make_of_its_fields(frame: str) -> None:
    tag, fields = unpacked(payload_of(bytes.fromhex(frame)))
    assert encode(Frame(FrameType.DATA, packed(Tag(tag), fields))).hex() == frame


@given(st.integers(-(2**31), 2**31 - 1))
def test_any_status_is_read_and_has_a_sentence(code: int) -> None:
    assert say(Tag.STATUS, code) == Status(code)
    assert arduino.says(code).endswith(".")


def test_each_known_status_has_a_sentence_of_its_own() -> None:
    sentences = {arduino.says(code) for code in StatusCode}
    assert len(sentences) == len(StatusCode)
    assert not any("new to the station" in sentence for sentence in sentences)
    assert "-42" in arduino.says(-42)


@given(st.binary(min_size=32, max_size=32))
def test_a_hardware_id_is_read_as_lower_case_hex(raw: bytes) -> None:
    assert say(Tag.HARDWARE_ID, raw) == HardwareId(raw.hex())


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=1, max_size=246))
def test_a_token_is_read_without_its_padding(text: str) -> None:
    said = say(Tag.BOARD_TOKEN, text.encode() + bytes(268 - len(text)))
    assert said == BoardToken(SecretStr(text))
    assert text not in repr(said) or len(text) < 12


@pytest.mark.parametrize("raw", [b"", bytes(3), b"a" * 269, b"caf\xc3\xa9"])
def test_a_token_that_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(MessageBroken, match="a token is ASCII"):
        say(Tag.BOARD_TOKEN, raw)


@pytest.mark.parametrize("raw", [b"", bytes(6), b"\xff" * 6])
def test_a_board_without_bluetooth_has_no_address(raw: bytes) -> None:
    assert say(Tag.BLUETOOTH_ADDRESS, raw) == BluetoothAddress("")


@pytest.mark.parametrize("kind", BARE)
@given(text=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=100))
@example(text="")
def test_a_text_is_read_back(kind: type[SketchVersion], text: str) -> None:
    assert say(BARE[kind], text) == kind(text)
    assert say(BARE[kind], text + "\0") == kind(text)


def test_networks_are_told_once_the_loudest_first_and_no_hidden_ones() -> None:
    heard = (
        "far",
        -90,
        "",
        -20,
        "twice",
        -70,
        "near",
        -40,
        "twice",
        -60,
        "near",
        -80,
        "odd",
        0,
        "loud",
        7,
    )
    assert say(Tag.NETWORKS_HEARD, *heard) == NetworksHeard(
        (
            AccessPoint("loud", 7),
            AccessPoint("odd", 0),
            AccessPoint("near", -40),
            AccessPoint("twice", -60),
            AccessPoint("far", -90),
        )
    )


def test_a_name_that_is_not_utf_8_spoils_no_list() -> None:
    payload = packed(Tag.NETWORKS_HEARD, ["XX", -50, "guest", -60]).replace(b"XX", b"\xe9!")
    assert arduino.decode(payload) == NetworksHeard(
        (AccessPoint("\N{REPLACEMENT CHARACTER}!", -50), AccessPoint("guest", -60))
    )


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.integers(-120, 20), max_size=20))
def test_any_list_of_networks_is_read_back(networks: dict[str, int]) -> None:
    flat = [part for pair in networks.items() for part in pair]
    said = say(Tag.NETWORKS_HEARD, *flat)
    assert isinstance(said, NetworksHeard)
    told = {ssid.strip("\0") for ssid in networks} - {""}
    assert {each.ssid for each in said.networks} == told
    loudness = [each.rssi_dbm for each in said.networks]
    assert loudness == sorted(loudness, reverse=True)


def test_an_array_of_no_stated_length_and_fields_that_are_new_are_read() -> None:
    assert arduino.decode(bytes.fromhex("da000120009f20ff")) == Status(-1)
    assert arduino.decode(bytes.fromhex("da000120159f65302e362e32ff")) == SketchVersion("0.6.2")
    assert say(Tag.STATUS, 2, "new", True) == Status(2)
    assert say(Tag.HARDWARE_ID, bytes(32), 1) == HardwareId("00" * 32)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xda\x00\x01\x20\x00",
        bytes.fromhex("db00000000000120008101"),  # the tag in its 64-bit form
        bytes.fromhex("d92ee08101"),  # 12000 in decimal
        bytes.fromhex("8101"),
        bytes.fromhex("da00012000a10101"),
        bytes.fromhex("da0001200001"),
        bytes.fromhex("da000120008118"),
        bytes.fromhex("da00012000810102"),
        bytes.fromhex("da00012000811bffffffff"),
        packed(Tag.STATUS, []),
        packed(Tag.STATUS, [True]),
        packed(Tag.STATUS, ["1"]),
        packed(Tag.STATUS, [1.0]),
        packed(Tag.HARDWARE_ID, [bytes(31)]),
        packed(Tag.HARDWARE_ID, [bytes(33)]),
        packed(Tag.HARDWARE_ID, ["00" * 32]),
        packed(Tag.BOARD_TOKEN, ["text"]),
        packed(Tag.BLUETOOTH_ADDRESS, [bytes(5)]),
        packed(Tag.SKETCH_VERSION, [b"0.6.2"]),
        packed(Tag.NETWORKS_HEARD, ["odd"]),
        packed(Tag.NETWORKS_HEARD, [-40, "name"]),
        packed(Tag.NETWORKS_HEARD, ["name", True]),
        packed(Tag.WIFI, ["host", "to board"]),
        packed(Tag.TIMESTAMP, [1]),
        bytes.fromhex("da000120ff8161") + b"x",
    ],
)
def test_what_is_no_message_is_refused(payload: bytes) -> None:
    with pytest.raises(MessageBroken):
        arduino.decode(payload)


@given(st.integers(0, 0x1F), st.binary(max_size=60))
def test_garbage_is_refused_and_nothing_else_happens(number: int, rest: bytes) -> None:
    with suppress(MessageBroken):
        assert isinstance(arduino.decode(b"\xda\x00\x01\x20" + bytes((number,)) + rest), Message)


def test_a_broken_message_tells_nothing_of_what_it_held() -> None:
    with pytest.raises(MessageBroken) as broken:
        say(Tag.BOARD_TOKEN, "eyJsecret")
    assert "eyJ" not in str(broken.value)
