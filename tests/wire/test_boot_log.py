from __future__ import annotations

import base64

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.wire.boot_log import BootLog


def token(nonce: int = 0, signature: int = 0) -> str:
    body = cbor2.CBORTag(55799, [1, b"P" * 16, 6, b"F" * 16, bytes([nonce]) * 16])
    cose = cbor2.CBORTag(18, [b"\xa1\x01\x26", {4: b"\x21"}, None, bytes([signature]) * 64])
    halves = (base64.urlsafe_b64encode(cbor2.dumps(half)) for half in (body, cose))
    return ".".join(half.rstrip(b"=").decode() for half in halves)


A, B = token(1, 1), token(2, 2)


def entry(text: str, at: str = "00:01:07.000,001", level: str = "wrn") -> str:
    return f"[{at}] \x1b[1;33m<{level}> {text}\x1b[0m\r\n"


BANNER = "*** Booting Asset Tracker Template v1.5.3 ***\r\n"
OTHER = entry("network: PDN connection activated", "00:01:07.250,000", "inf")
BEGIN, END = "----- BEGIN ATTESTATION TOKEN -----", "----- END ATTESTATION TOKEN -----"


def forms(shown: str) -> dict[str, str]:
    """Return how firmware shows a token, by the version that does."""
    words = entry("cloud: Provisioning failed, device not claimed")
    return {
        "v1.1.1": words + entry(f"cloud: \r\n\n{shown}"),
        "v1.4.0": words + "".join(entry(f"cloud: {line}") for line in (BEGIN, shown, END)),
        "v1.5.0": words + entry(f"cloud: \n\r{BEGIN}\n\r{shown}\n\r{END}"),
        "v1.5.3": words + entry(f"cloud: \n\r{BEGIN}\n\r\n\r{shown}\n\r\n\r{END}"),
        "sample": entry(f"nrf_provisioning: Attestation token:\r\n\n{shown}"),
        "printed": f"Attestation token:\r\n\n{shown}\r\n",
    }


FORMS = sorted(forms(""))


def found(*chunks: str | bytes) -> list[str]:
    log = BootLog()
    data = (chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in chunks)
    return [each for chunk in data for each in log.feed(chunk)]


@pytest.mark.parametrize("form", FORMS)
def test_a_token_is_found_in_every_form_however_the_bytes_are_cut(form: str) -> None:
    text = BANNER + OTHER + forms(A)[form] + OTHER
    assert found(text) == [A]
    for cut in range(1, len(text)):
        assert found(text[:cut], text[cut:]) == [A], cut
    assert found(*text) == [A]


@pytest.mark.parametrize("form", FORMS)
def test_each_token_that_is_shown_is_found(form: str) -> None:
    later = forms(B)[form].replace("00:01:07", "00:02:07")
    assert found(forms(A)[form] + OTHER + later) == [A, B]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=40)
def test_log_entries_inside_a_token_change_nothing(form: str, data: st.DataObject) -> None:
    text = OTHER + forms(A)[form]
    begins = text.index(A)
    places = data.draw(st.lists(st.integers(1, len(A) - 1), max_size=4, unique=True))
    for place in sorted(places, reverse=True):
        at = data.draw(st.sampled_from(["00:01:07.000,002", "00:01:08.0"]))
        lines = "".join(entry("net: text", at, "dbg") for _ in range(data.draw(st.integers(1, 3))))
        text = text[: begins + place] + lines + text[begins + place :]
    assert found(text) == [A]


SPLITS = [
    pytest.param(BANNER, id="a restart"),
    pytest.param("\r\n", id="a line end"),
    pytest.param("\r\n\r\n", id="a blank line"),
    pytest.param("\r\n" + OTHER, id="a line end, and entries"),
    pytest.param(OTHER + BANNER, id="an entry, then a restart"),
    pytest.param(OTHER + "\r\n", id="an entry, then a blank line"),
    pytest.param(OTHER + "Ready for it\r\n", id="an entry, then a line of words"),
    pytest.param(entry("x: y", "00:02:07.0"), id="an entry of a minute later"),
    pytest.param(entry("x: y", "00:00:01.0"), id="an entry after a restart"),
    pytest.param(entry("x: y") + entry("x: y", "00:00:01.0"), id="one now, one after a restart"),
    pytest.param("", id="nothing, and a byte is lost"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("between", SPLITS)
def test_two_halves_of_different_tokens_are_never_one(form: str, between: str) -> None:
    # Up to its nonce a unit's token is always the same: only from there on halves can differ.
    shown = forms(A)[form]
    begins = shown.index(A)
    for cut in range(1, 180):
        rest = B[cut:] if between else B[cut + 1 :]
        assert found(shown[: begins + cut] + between + rest + "\r\n" + OTHER) == [], cut


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("between", ["", BANNER, OTHER, "\r\n" + BANNER, OTHER + BANNER])
def test_after_a_token_that_was_cut_off_the_next_one_is_found(form: str, between: str) -> None:
    for cut in range(1, 180):
        shown = forms(A)[form]
        text = shown[: shown.index(A) + cut] + between + "\r\n" + forms(B)[form]
        assert found(text) == [B], cut


def test_a_whole_token_that_interrupts_another_is_the_one() -> None:
    for cut in range(1, 180):
        text = entry(f"cloud: {A[:cut]}")[:-6] + entry(f"cloud: {B}") + A[cut:] + "\r\n"
        assert B in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        A[:-1],
        A + "A",
        A.replace(".", ""),
        A.replace("2dn3", "2dn4"),
        A[:77] + "/" + A[78:],
        A[:100] + "\0\xff" + A[100:],
    ],
)
def test_what_is_no_whole_token_is_none(text: str) -> None:
    assert found(text.encode("latin-1") + b"\r\n") == []


@given(st.binary(max_size=400) | st.text("[0:1] 2dn3hQFQ.\r\n\x1b[mJ<>", max_size=400))
def test_any_bytes_are_read_alike_however_they_are_cut(noise: bytes | str) -> None:
    data = noise if isinstance(noise, bytes) else noise.encode()
    end = ("\r\n\r\n" + A + "\r\n").encode()
    whole = found(data + end)
    assert whole == [A]
    assert found(*[(data + end)[i : i + 1] for i in range(len(data + end))]) == whole


def test_an_endless_beginning_of_a_token_is_not_kept() -> None:
    log = BootLog()
    for _ in range(100):
        assert list(log.feed(("2dn3hQFQ" + "A" * 200 + OTHER).encode())) == []
    assert len(log._half.text) < 180
