"""Certificates through a console: on one line, in pieces, and for a key that the unit made itself."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from station import logins
from station.authority import Authority, KeyInMemory, make_authority
from station.boards import MakesKey
from station.boards.scripted import Scripted
from station.boards.scripted_options import Deed, ScriptedOptions
from station.boards.scripted_values import on_one_line, rounds
from station.faults import AnswerBroken, BoardRefused, CredentialLost, KeyMismatch, RecipeWrong
from station.model import SigningRequest
from tests.boards.scripted_console import TableConsole, all_text, with_table

ID = {"send": "id", "expect": r"serial: (?P<serial>\w+)"}
KEEP = {"send": "keep {offset} {piece}", "expect": "^kept {offset}$", "pieces_of": "certificate"}
NAME = "E0000001"


def authority() -> Authority:
    pem, key = make_authority("Line 1")
    made = KeyInMemory(key_of(key.get_secret_value()))
    return Authority(x509.load_pem_x509_certificate(pem.encode()), made)


def key_of(pem: str) -> ec.EllipticCurvePrivateKey:
    body = "".join(pem.splitlines()[1:-1])
    key = load_der_private_key(base64.b64decode(body), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


AUTHORITY = authority()
LOGIN = dict(logins.key_and_certificate(NAME, AUTHORITY).values)


def lines(told: Mapping[str, SecretStr]) -> dict[str, str]:
    return {name: value.get_secret_value() for name, value in on_one_line(told).items()}


def request(subject: str, key: ec.EllipticCurvePrivateKey | None = None) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    made = x509.CertificateSigningRequestBuilder().subject_name(name)
    der = made.sign(key or ec.generate_private_key(ec.SECP256R1()), SHA256())
    return base64.b64encode(der.public_bytes(Encoding.DER)).decode()


# On one line


def test_a_certificate_its_issuers_and_its_key_are_each_one_line_of_der() -> None:
    told = lines(LOGIN)
    own = x509.load_der_x509_certificate(base64.b64decode(told["certificate"]))
    issuer = x509.load_der_x509_certificate(base64.b64decode(told["authority"]))
    own.verify_directly_issued_by(issuer)
    key = load_der_private_key(base64.b64decode(told["private_key"]), None)
    assert key.public_key() == own.public_key()
    assert all(value.isprintable() and "-----" not in value for value in told.values())


def test_several_issuers_follow_one_another_in_one_der() -> None:
    second = authority().certificate
    chain = SecretStr(LOGIN["certificate"].get_secret_value() + second)
    told = lines({"certificate": chain})
    whole = base64.b64decode(told["authority"])
    first = x509.load_pem_x509_certificate(AUTHORITY.certificate.encode()).public_bytes(
        Encoding.DER
    )
    assert whole == first + x509.load_pem_x509_certificate(second.encode()).public_bytes(
        Encoding.DER
    )


def test_a_certificate_alone_has_no_issuers_and_the_servers_own_may_be_told() -> None:
    issued = AUTHORITY.issue(SigningRequest(base64.b64decode(request("a")), "a", 0))
    assert set(lines({"certificate": SecretStr(issued)})) == {"certificate"}
    other = SecretStr(authority().certificate)
    assert (
        lines({**LOGIN, "authority": other})["authority"]
        == lines({"certificate": other})["certificate"]
    )


def test_other_values_are_left_as_they_are() -> None:
    assert lines({"token": SecretStr("-----BEGIN")}) == {"token": "-----BEGIN"}


@pytest.mark.parametrize("name", ["certificate", "private_key", "authority"])
def test_what_is_no_pem_is_not_written_and_not_told(name: str) -> None:
    secret = SecretStr("Zq-no-pem-qZ")
    console = TableConsole({})
    told = {"identify": [ID], "write": [{"send": f"keep {{{name}}}", "expect": "ok"}]}
    with pytest.raises(RecipeWrong, match=rf"\{{{name}\}}") as caught:
        with_table(console, told, lambda board: board.write({name: secret}))
    assert console.lines == []
    assert "Zq-no-pem" not in all_text([caught.value])


# In pieces


@given(st.text("ab", max_size=300), st.integers(16, 80))
def test_pieces_make_the_whole_again(whole: str, length: int) -> None:
    deed = Deed(
        send="{number}/{count} {offset} {piece}",
        expect="ok",
        pieces_of="token",
        piece_length=length,
    )
    told = [
        {name: value.get_secret_value() for name, value in each.items()}
        for each in rounds(deed, {"token": SecretStr(whole)})
    ]
    assert "".join(each["piece"] for each in told) == whole
    assert all(0 < len(each["piece"]) <= length for each in told)
    assert [each["number"] for each in told] == [str(n) for n in range(len(told))]
    assert {each["count"] for each in told} <= {str(len(told))}
    assert all(whole[int(each["offset"]) :].startswith(each["piece"]) for each in told)


class Keeper(TableConsole):
    """Keeps what `keep OFFSET PIECE` brings, and tells it by `read OFFSET`; loses `lost` once."""

    def __init__(self, lost: int = -1) -> None:
        super().__init__({})
        self.kept: dict[int, str] = {}
        self.longest = 0
        self._drops = lost

    def key(self, key: bytes) -> None:
        if key != b"\r":
            super().key(key)
            return
        line = self.half_typed.decode()
        self._answers = {line: [self._said(line)]}
        super().key(key)

    def _said(self, line: str) -> str:
        self.longest = max(self.longest, len(line))
        match line.split():
            case ["keep", offset, piece]:
                if int(offset) == self._drops:
                    self._drops = -1
                    piece = piece[:-1]
                self.kept[int(offset)] = piece
                return f"kept {offset}\r\n"
            case ["read", offset]:
                return f"{self.kept[int(offset)]}\r\n"
            case _:
                return ""

    @property
    def whole(self) -> str:
        return "".join(piece for _, piece in sorted(self.kept.items()))


@pytest.mark.parametrize("lost", [-1, 0, 100])
def test_a_long_value_goes_in_pieces_and_each_is_read_back(lost: int) -> None:
    console = Keeper(lost)
    read = {**KEEP, "send": "read {offset}", "expect": "^{piece}$", "tries": 1}
    cut = {"piece_length": 100}
    told = {"identify": [ID], "write": [{**KEEP, **cut}], "verify": [{**read, **cut}]}

    with_table(console, told, lambda board: board.write(LOGIN))

    assert console.whole == lines(LOGIN)["certificate"]
    assert console.longest <= len("keep 9999 ") + 100


def test_how_many_pieces_there_are_is_said_once() -> None:
    console = TableConsole({"count 4": "ok\r\n"})
    count = {"send": "count {count}", "expect": "^ok", "pieces_of": "token", "piece_length": 16}
    told = {"identify": [ID], "write": [count]}
    with_table(console, told, lambda board: board.write({"token": SecretStr("t" * 50)}))
    assert console.lines == ["count 4"]


def test_a_value_in_pieces_that_is_not_there_is_the_recipes_mistake() -> None:
    told = {"identify": [ID], "write": [KEEP]}
    with pytest.raises(RecipeWrong, match=r"\{certificate\}"):
        with_table(TableConsole({}), told, lambda board: board.write({"token": SecretStr("a")}))
    made = ScriptedOptions.model_validate(told)
    assert made.wanted == {"certificate"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pieces_of": ""}, "needs pieces_of"),
        ({"send": "keep {certificate}", "expect": "ok"}, r"pieces_of needs \{piece\}"),
        ({"pieces_of": "tokn"}, "no value 'tokn'"),
        ({"piece_length": 15}, "greater than or equal to 16"),
    ],
)
def test_a_line_of_pieces_that_makes_no_sense(more: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Deed.model_validate({**KEEP, **more})


# A key of the unit's own

DEMAND = {"send": "csr {name}", "expect": "^request: (?P<request>.+)", "refuse": "^no.*"}


def demanded(console: TableConsole, *demands: dict[str, Any], name: str = NAME) -> SigningRequest:
    async def story(board: Scripted) -> SigningRequest:
        assert isinstance(board, MakesKey)
        return await board.make_own_key(name)

    told = {"identify": [ID], "request": list(demands or (DEMAND,))}
    return with_table(console, told, story)


def split_up(text: str) -> Iterator[str]:
    return (text[place : place + 64] for place in range(0, len(text), 64))


def test_a_request_is_read_from_one_line() -> None:
    asked = request(NAME)
    told = demanded(TableConsole({f"csr {NAME}": f"request: {asked}\r\n"}))
    assert (told.der, told.subject, told.device_id) == (base64.b64decode(asked), NAME, "")
    certificate = x509.load_pem_x509_certificate(AUTHORITY.issue(told).encode())
    assert certificate.subject == x509.load_der_x509_csr(told.der).subject


def test_a_request_is_read_from_pem_with_log_entries_between_its_lines() -> None:
    asked = request(NAME)
    log = "\x1b[0;32mI (1234) wifi: scan\x1b[0m\r\n"
    body = log.join(f"{line}\r\n" for line in split_up(asked))
    kind = "CERTIFICATE REQUEST"
    says = f"-----BEGIN {kind}-----\r\n{body}-----END {kind}-----\r\n"
    pattern = f"BEGIN {kind}-----(?P<request>[^-]+)-----END"
    console = TableConsole({"key": "made\r\n", f"csr {NAME}": says})
    told = demanded(console, {"send": "key", "expect": "made"}, {**DEMAND, "expect": pattern})
    assert told.der == base64.b64decode(asked)
    assert console.lines == ["key", f"csr {NAME}"]


def forged(asked: str) -> str:
    der = bytearray(base64.b64decode(asked))
    der[-1] ^= 1
    return base64.b64encode(der).decode()


@pytest.mark.parametrize(
    ("said", "kind", "why"),
    [
        (request("E0000002"), KeyMismatch, "another name"),
        (forged(request(NAME)), KeyMismatch, "own signature is wrong"),
        (request(NAME)[:-8], AnswerBroken, "can't be read"),
        ("!" + request(NAME)[1:], AnswerBroken, "cut off or garbled"),
        ("AAAA", AnswerBroken, "can't be read"),
        (request(NAME)[:-1], AnswerBroken, "cut off or garbled"),
    ],
)
def test_a_request_that_is_not_the_units_own(said: str, kind: type[Exception], why: str) -> None:
    console = TableConsole({f"csr {NAME}": f"request: {said}\r\n"})
    with pytest.raises(kind, match=why):
        demanded(console)
    assert console.lines == [f"csr {NAME}"] * 2


def test_a_request_that_came_garbled_is_asked_for_once_more() -> None:
    asked = request(NAME)
    console = TableConsole({f"csr {NAME}": [f"request: !{asked}\r\n", f"request: {asked}\r\n"]})
    assert demanded(console).der == base64.b64decode(asked)


def test_a_key_of_another_curve_is_none() -> None:
    asked = request(NAME, ec.generate_private_key(ec.SECP384R1()))
    with pytest.raises(AnswerBroken, match="curve P-256"):
        demanded(TableConsole({f"csr {NAME}": f"request: {asked}\r\n"}))


def test_a_refusal_is_told_in_the_boards_words_as_a_name_is_no_secret() -> None:
    with pytest.raises(BoardRefused, match="no entropy"):
        demanded(TableConsole({f"csr {NAME}": "no entropy\r\n"}))


def test_a_recipe_that_does_not_say_how_a_board_is_asked() -> None:
    told = {"identify": [ID]}
    with pytest.raises(RecipeWrong, match="certificate request"):
        with_table(TableConsole({}), told, lambda board: board.make_own_key(NAME))


@pytest.mark.parametrize(
    ("demand", "why"),
    [
        ({**DEMAND, "expect": "^request: (.+)"}, "no pattern has the group"),
        ({**DEMAND, "send": "csr {token}"}, r"no placeholder \{token\}; there is name"),
        ({**DEMAND, "refuse": "{ssid}"}, r"no placeholder \{ssid\}"),
    ],
)
def test_a_demand_that_makes_no_sense(demand: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ScriptedOptions.model_validate({"identify": [ID], "request": [demand]})


def test_what_was_not_kept_in_pieces_is_named_in_the_recipes_words() -> None:
    read = {**KEEP, "send": "read {offset}", "expect": "^never {piece}$", "tries": 1}
    told = {"identify": [ID], "write": [KEEP], "verify": [{**read, "else": "No certificate."}]}
    with pytest.raises(CredentialLost, match="No certificate") as caught:
        with_table(Keeper(), told, lambda board: board.write(LOGIN))
    assert lines(LOGIN)["certificate"][:40] not in all_text([caught.value])
