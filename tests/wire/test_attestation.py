from __future__ import annotations

import base64
from uuid import UUID

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.faults import TokenBroken
from station.wire import attestation, cose
from station.wire.attestation import Attestation

ATT_DOCS = (
    "2dn3hQFQUDYxVDkxRPCAIhIbZAFifQNQGv86y_GmR2SiY0wmRsHGVFDT791_BPH8YOWFiyCHND1q"
    ".0oRDoQEmoQRBIfZYQGuXwJliinHc6xDPruiyjsaXyXZbZVpUuOhHG9YS8L05VuglCcJhMN4EUhWVGpaHgNnHHno6ahi-d5tOeZmAcNY"
)
CLAIM_DOCS = (
    "2dn3hQFQSWHIc0CMRc6xunwNmdiBeQNQpNWAuar7SSW8jduV9zfUrlDi2RpLvSI7Lpj6UEpyjZUy"
    ".0oRDoQEmoQRBIfZYQOOK3tk8JPbQj97vYSUwvg2l4RWnI-HkW870dxWy6pirvWJ5ZfjLtJsP-R5C9MJNtMHkZEZNjI1bmMaMLInZWTE"
)
CUT_OFF = "2dn3hQFQUFZBTjQyRAqARAIf47w9GANQ9uO9e33zS4i0OqepdmoErVDTluTkTuSk5wSathm9GYCY.0oRDoQEmoQ"
AT_MANUAL_DUMMY = (
    "9aiUFOq7SOwtdPfEgdkPxV_vTYLoGeE0-gzV2e5c.jUfK3OpdVBVYWnso-aOjIZcSTAwdqQQJWrrY2Lnc"
)


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(cbor2.dumps(value)).rstrip(b"=").decode()


def body(*items: object) -> str:
    return encoded(cbor2.CBORTag(55799, list(items)))


def signature(
    protected: bytes = b"\xa1\x01\x26", key: bytes = b"\x21", payload: object = None, size: int = 64
) -> str:
    return encoded(cbor2.CBORTag(18, [protected, {4: key}, payload, bytes(size)]))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (
            ATT_DOCS,
            Attestation(
                UUID("50363154-3931-44f0-8022-121b6401627d"),
                3,
                UUID("1aff3acb-f1a6-4764-a263-4c2646c1c654"),
                bytes.fromhex("d3efdd7f04f1fc60e5858b2087343d6a"),
            ),
        ),
        (
            CLAIM_DOCS,
            Attestation(
                UUID("4961c873-408c-45ce-b1ba-7c0d99d88179"),
                3,
                UUID("a4d580b9-aafb-4925-bc8d-db95f737d4ae"),
                bytes.fromhex("e2d91a4bbd223b2e98fa504a728d9532"),
            ),
        ),
    ],
)
def test_a_published_token_says_who_the_device_is(token: str, expected: Attestation) -> None:
    assert attestation.read(token) == expected
    assert len(token) == 180


@pytest.mark.parametrize(
    ("token", "says"),
    [
        pytest.param(CUT_OFF, "cut off: the second half ends too early", id="published, cut off"),
        pytest.param(CUT_OFF.partition(".")[0], "the second half is missing", id="first half only"),
        pytest.param(CUT_OFF.partition(".")[0] + ".", "the second half is missing", id="no second"),
        pytest.param(AT_MANUAL_DUMMY, "the first half holds no array", id="the manual's dummy"),
        pytest.param(ATT_DOCS[:-1], "cut off: the second half has stray", id="one character short"),
        pytest.param(ATT_DOCS[:-2], "cut off: the second half has 101", id="two short"),
        pytest.param(ATT_DOCS[:40], "cut off: the first half ends too early", id="in the body"),
        pytest.param(ATT_DOCS[4:], "the first half", id="the beginning is gone"),
        pytest.param(ATT_DOCS + "AAAA", "not encoded as a modem", id="something trails"),
        pytest.param(ATT_DOCS.replace("_", "/"), "not base64url", id="plain base64"),
        pytest.param(ATT_DOCS[:60] + "\r\n" + ATT_DOCS[60:], "not base64url", id="broken line"),
        pytest.param(ATT_DOCS[:-1] + "Z", "stray bits at its end", id="stray bits at the end"),
        pytest.param("", "not base64url", id="empty"),
        pytest.param(ATT_DOCS * 3, "540 characters are too many", id="far too long"),
        pytest.param(
            encoded([1, bytes(16), 6, bytes(16), bytes(16)]) + "." + signature(),
            "first half is not encoded as a modem",
            id="no CBOR tag",
        ),
        pytest.param("2ByB2B0A." + signature(), "the first half", id="an array that holds itself"),
        pytest.param(body(1, 2) + "." + signature(), "not an attestation", id="two items"),
        pytest.param(
            body(1, bytes(15), 6, bytes(16), bytes(16)) + "." + signature(),
            "not an",
            id="short UUID",
        ),
        pytest.param(
            body(True, bytes(16), 6, bytes(16), bytes(16)) + "." + signature(),
            "not an",
            id="a bool",
        ),
        pytest.param(
            body(9, bytes(16), 6, bytes(16), bytes(16)) + "." + signature(),
            "of type 9",
            id="a KEYGEN",
        ),
        *(
            pytest.param(body(1, bytes(16), 6, bytes(16), bytes(16)) + "." + half, says, id=name)
            for name, half, says in [
                ("other algorithm", signature(protected=b"\xa1\x01\x27"), "not an ES256 signature"),
                ("other key", signature(key=b"\x23"), "not an ES256 signature"),
                ("payload attached", signature(payload=b""), "not an ES256 signature"),
                ("short signature", signature(size=63), "not an ES256 signature"),
                ("no COSE", encoded([1, 2, 3, 4]), "not an ES256 signature"),
                (
                    "no COSE tag",
                    encoded([b"\xa1\x01\x26", {4: b"\x21"}, None, bytes(64)]),
                    "second half is not encoded as a modem",
                ),
            ]
        ),
        pytest.param("_____w", "the first half is not CBOR", id="no CBOR"),
    ],
)
def test_a_broken_token_is_refused_with_the_reason_and_without_its_text(
    token: str, says: str
) -> None:
    with pytest.raises(TokenBroken, match=says) as caught:
        attestation.read(token)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__} {caught.value.trouble}"
    assert all(token[i : i + 8] not in shown for i in range(len(token) - 8))


@given(
    st.text("ABCDEFZ059-_", max_size=120)
    | st.binary(max_size=90).map(lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode())
)
def test_no_text_is_anything_worse_than_a_broken_token(half: str) -> None:
    for text in (half, half + "." + half, ATT_DOCS[:77] + half):
        with pytest.raises(TokenBroken):
            attestation.read(text)


@given(st.integers(0, 179), st.characters(codec="ascii"))
def test_one_wrong_character_is_refused_or_read_as_another_token(place: int, wrong: str) -> None:
    token = ATT_DOCS[:place] + wrong + ATT_DOCS[place + 1 :]
    try:
        said = attestation.read(token)
    except TokenBroken:
        assert token != ATT_DOCS
    else:
        # The ids and the signature can't be checked here; the nonce and a second read can.
        assert (said == attestation.read(ATT_DOCS)) == (place >= 77 or token == ATT_DOCS)


def test_a_new_device_type_is_shown_as_its_number() -> None:
    token = body(1, bytes(16), 300, bytes(16), bytes(16)) + "." + signature()
    assert attestation.read(token).device_type_name == "300"
    assert attestation.read(ATT_DOCS).device_type_name == "nRF9160 SICA"


def test_both_forms_in_which_cbor2_gives_an_array_are_taken() -> None:
    assert cose.array_in(cbor2.CBORTag(55799, [1, 2])) == [1, 2]
    assert cose.array_in((1, 2)) == [1, 2]
    assert cose.array_in(cbor2.CBORTag(1, "x")) is None


@pytest.mark.parametrize(
    "line",
    [
        ATT_DOCS,
        f'%ATTESTTOKEN: "{ATT_DOCS}"',
        f"[00:00:12.000,000] <wrn> cloud: {ATT_DOCS}",
        f"\x1b[0m{ATT_DOCS}\x1b[0m",
        f"{CUT_OFF} {ATT_DOCS}",
    ],
)
def test_a_token_is_found_in_a_line(line: str) -> None:
    assert attestation.find(line) == ATT_DOCS


@pytest.mark.parametrize("line", ["", CUT_OFF, ATT_DOCS[:-1], ATT_DOCS + "A", AT_MANUAL_DUMMY])
def test_what_is_not_a_whole_token_is_not_found(line: str) -> None:
    assert attestation.find(line) is None
