from __future__ import annotations

import base64
import re
from uuid import UUID

import pytest

from station.simulation import attestation
from station.simulation.nrf91_unit import NRF9151, NRF9160, Unit, imei_of, luhn_digit

SHAPE = r"2dn3hQFQ[A-Za-z0-9_-]{68}\.0oRDoQEmoQRBIfZY[A-Za-z0-9_-]{87}"
# Tokens that Nordic has published: their keys are Nordic's own, so only the shape can be compared.
PUBLISHED = {
    "2dn3hQFQUDYxVDkxRPCAIhIbZAFifQNQGv86y_GmR2SiY0wmRsHGVFDT791_BPH8YOWFiyCHND1q.0oRDoQEmoQRBIfZYQ"
    "GuXwJliinHc6xDPruiyjsaXyXZbZVpUuOhHG9YS8L05VuglCcJhMN4EUhWVGpaHgNnHHno6ahi-d5tOeZmAcNY": (
        "50363154-3931-44f0-8022-121b6401627d",
        "1aff3acb-f1a6-4764-a263-4c2646c1c654",
        "d3efdd7f04f1fc60e5858b2087343d6a",
    ),
    "2dn3hQFQSWHIc0CMRc6xunwNmdiBeQNQpNWAuar7SSW8jduV9zfUrlDi2RpLvSI7Lpj6UEpyjZUy.0oRDoQEmoQRBIfZYQ"
    "OOK3tk8JPbQj97vYSUwvg2l4RWnI-HkW870dxWy6pirvWJ5ZfjLtJsP-R5C9MJNtMHkZEZNjI1bmMaMLInZWTE": (
        "4961c873-408c-45ce-b1ba-7c0d99d88179",
        "a4d580b9-aafb-4925-bc8d-db95f737d4ae",
        "e2d91a4bbd223b2e98fa504a728d9532",
    ),
}
CUT_SHORT = (
    "2dn3hQFQUFZBTjQyRAqARAIf47w9GANQ9uO9e33zS4i0OqepdmoErVDTluTkTuSk5wSathm9GYCY.0oRDoQEmoQ"
)
DUMMY = "9aiUFOq7SOwtdPfEgdkPxV_vTYLoGeE0-gzV2e5c.jUfK3OpdVBVYWnso-aOjIZcSTAwdqQQJWrrY2Lnc"
NONCE = bytes(range(16))


def a_token(number: int = 1) -> attestation.Token:
    unit = Unit(number)
    return attestation.issue(unit.uuid, 6, unit.product.firmware_uuid, NONCE)


@pytest.mark.parametrize(("text", "said"), PUBLISHED.items())
def test_published_tokens_are_read_and_written_back_to_the_letter(
    text: str, said: tuple[str, str, str]
) -> None:
    token = attestation.read(text)

    assert (str(token.device), str(token.firmware), token.nonce.hex()) == said
    assert token.device_type == 3
    assert token.text() == text


def test_a_token_of_ours_has_the_published_shape() -> None:
    text = a_token().text()

    assert len(text) == 180
    assert re.fullmatch(SHAPE, text)
    for published in PUBLISHED:
        assert text[77:94] == published[77:94]


def test_a_token_says_what_was_put_in_and_is_genuine() -> None:
    token = attestation.read(a_token().text())

    assert token.device == Unit(1).uuid
    assert token.nonce == NONCE
    assert attestation.is_genuine(token)


def test_every_changed_byte_is_noticed() -> None:
    first, second = a_token().text().split(".")
    body, cose = (base64.urlsafe_b64decode(part + "==") for part in (first, second))
    for place in range(len(body) + len(cose)):
        changed = bytearray(body + cose)
        changed[place] ^= 1
        halves = changed[: len(body)], changed[len(body) :]
        text = ".".join(base64.urlsafe_b64encode(half).rstrip(b"=").decode() for half in halves)
        try:
            genuine = attestation.is_genuine(attestation.read(text))
        except ValueError:
            genuine = False
        assert not genuine, place


def test_a_signature_by_another_device_is_not_genuine() -> None:
    ours, theirs = a_token(1).text(), a_token(2).text()

    assert not attestation.is_genuine(attestation.read(ours[:77] + theirs[77:]))


@pytest.mark.parametrize("text", ["", ".", CUT_SHORT, CUT_SHORT[:76], DUMMY, "ü" * 180, "a" * 180])
def test_what_is_no_token_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"body|signature|character") as refused:
        attestation.read(text)
    assert len(text) < 5 or text not in str(refused.value)


def test_units_follow_from_their_number_and_are_all_different() -> None:
    units = [Unit(number) for number in range(3000)]

    assert len({unit.imei for unit in units}) == len({unit.uuid for unit in units}) == 3000
    assert Unit(7) == Unit(7)
    assert Unit(7).identity == Unit(7).identity


@pytest.mark.parametrize("number", range(20))
def test_a_unit_looks_like_a_real_one(number: int) -> None:
    unit = Unit(number)

    assert unit.uuid.bytes[:6].decode("ascii").isalnum()
    assert unit.uuid.version == 4
    assert re.fullmatch(r"\d{15}", unit.imei)
    assert luhn_digit(unit.imei[:-1]) == unit.imei[-1]
    assert re.fullmatch(r"89\d{17}", unit.iccid)
    assert imei_of(unit.uuid) == unit.imei


def test_luhn_of_a_published_imei() -> None:
    assert luhn_digit("49015420323751") == "8"


def test_units_with_the_same_firmware_share_its_build() -> None:
    assert Unit(1).product.firmware_uuid == Unit(2).product.firmware_uuid
    assert isinstance(NRF9151.firmware_uuid, UUID)
    assert NRF9151.firmware_uuid != NRF9160.firmware_uuid
