"""The kinds that know their console: against the simulated ones, in a recipe, and each mistake."""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_pem_private_key,
)

from station import logins, recipes, registry
from station.authority import Authority, KeyInMemory, make_authority
from station.boards import KnownByRecipe, MakesKey, TakesCredentials
from station.boards.arduino_console import ArduinoConsole
from station.boards.esp_console import EspConsole
from station.boards.scripted import Scripted
from station.boards.scripted_options import Exchange, ScriptedOptions
from station.boards.scripted_pattern import PLACEHOLDERS
from station.boards.zephyr_shell import ZephyrShell
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    CredentialLost,
    Fault,
    KeyMismatch,
    LinkLost,
    NotErased,
)
from station.model import Identity, SigningRequest
from station.simulation.scripted import FAULTS, SimulatedConsole
from station.toml_text import TextWrong
from tests.boards.arduino_seat import attached
from tests.boards.scripted_console import FILES, SECRETS, all_text, options, values, with_kind

KINDS: dict[str, type[Scripted]] = {
    "esp32": EspConsole,
    "zephyr": ZephyrShell,
    "arduino": ArduinoConsole,
}
PLACE = {"esp32": "prov/", "zephyr": "prov/", "arduino": ""}
PEM_REQUEST = r"BEGIN CERTIFICATE REQUEST-----(?P<request>[^-]+)-----END"
REQUESTS: dict[str, Any] = {
    "esp32": {"request": [{"send": "csr {name}", "expect": PEM_REQUEST}]},
    "zephyr": {"request": [{"send": "prov csr {name}", "expect": PEM_REQUEST}]},
    "arduino": {},
}
KEYS = {"token": "tb_token", "ssid": "wifi", "password": "wifi_pass"}
HEALED = {"noisy", "log-inside", "lost-byte", "reboots-in-the-middle", "slow"}
FAILS: dict[str, tuple[type[Fault], str]] = {
    "no-serial": (AnswerBroken, ""),
    "refuses-token": (BoardRefused, "did not take the unit's access token"),
    "forgets": (CredentialLost, "has not kept"),
    "hangs-at-write": (Fault, "did not take"),
    "unplug-at-write": (LinkLost, ""),
    "silent": (BoardSilent, ""),
}
NAME = "E0000001"


async def provisioned(board: Scripted) -> Identity:
    identity = await board.identify()
    await board.write(values())
    return identity


def kept(simulated: SimulatedConsole, keys: dict[str, str]) -> dict[str, str]:
    place = PLACE[simulated.dialect]
    return {name: simulated.stored.get(place + key, "") for name, key in keys.items()}


def authority() -> Authority:
    pem, key = make_authority("Line 1")
    loaded = load_pem_private_key(key.get_secret_value().encode(), None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return Authority(x509.load_pem_x509_certificate(pem.encode()), KeyInMemory(loaded))


def test_every_fault_is_tried() -> None:
    others = {"deaf-first-second", "garbled-echo", "garbled-request", "forged-request"}
    others |= {"never-erases"}
    assert HEALED | set(FAILS) | others == set(FAULTS)


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("fault", [None, "deaf-first-second", *sorted(HEALED)])
def test_a_board_is_known_and_written(dialect: str, fault: str | None) -> None:
    simulated = SimulatedConsole(3, dialect=dialect, faults=(fault,) if fault else ())

    identity = with_kind(KINDS[dialect], {"keys": KEYS}, simulated, provisioned)

    assert identity.kind == KINDS[dialect].name
    assert identity.serial == simulated.identity["serial"]
    assert identity.firmware == simulated.identity["firmware"]
    assert identity.model == simulated.identity.get("model", "")
    assert kept(simulated, KEYS) == SECRETS


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("fault", sorted(FAILS))
def test_what_can_not_be_healed_is_named_without_a_secret(
    dialect: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    simulated = SimulatedConsole(4, dialect=dialect, faults=(fault,))
    kind, words = FAILS[fault]

    with caplog.at_level(logging.DEBUG), pytest.raises(kind) as caught:
        with_kind(KINDS[dialect], {"keys": KEYS}, simulated, provisioned)

    assert words in caught.value.detail
    for secret in SECRETS.values():
        assert secret not in caplog.text + all_text([caught.value])


async def emptied(board: Scripted) -> None:
    await board.write(values())
    assert board.can_erase()
    await board.erase()


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("fault", [None, "noisy", "log-inside"])
def test_a_board_forgets_what_it_was_given(dialect: str, fault: str | None) -> None:
    simulated = SimulatedConsole(3, dialect=dialect, faults=(fault,) if fault else ())
    with_kind(KINDS[dialect], {"keys": KEYS}, simulated, emptied)
    assert simulated.stored == {}


@pytest.mark.parametrize("dialect", KINDS)
def test_a_board_that_forgets_nothing_is_found_out_and_no_secret_is_told(
    dialect: str, caplog: pytest.LogCaptureFixture
) -> None:
    simulated = SimulatedConsole(4, dialect=dialect, faults=("never-erases",))
    with caplog.at_level(logging.DEBUG), pytest.raises(NotErased) as caught:
        with_kind(KINDS[dialect], {"keys": KEYS}, simulated, emptied)
    for secret in SECRETS.values():
        assert secret not in caplog.text + all_text([caught.value])


@pytest.mark.parametrize("dialect", KINDS)
def test_firmware_without_a_word_for_it_is_not_told_to_forget(dialect: str) -> None:
    options = KINDS[dialect].Options.model_validate({"keys": KEYS, "erases": False})
    script = KINDS[dialect].script(options)
    assert (script.erase, script.erased) == ((), ())


@pytest.mark.parametrize("dialect", KINDS)
def test_only_what_the_recipe_lists_is_wanted_and_written(dialect: str) -> None:
    simulated = SimulatedConsole(5, dialect=dialect)

    async def story(board: Scripted) -> None:
        assert isinstance(board, TakesCredentials)
        assert board.wanted() == {"token"}
        await board.write(values())

    with_kind(KINDS[dialect], {"keys": {"token": "t"}}, simulated, story)
    assert dict(simulated.stored) == {f"{PLACE[dialect]}t": SECRETS["token"]}


@pytest.mark.parametrize("dialect", KINDS)
def test_a_certificate_goes_in_pieces_that_fit_the_consoles_line(dialect: str) -> None:
    simulated = SimulatedConsole(6, dialect=dialect)
    login = logins.key_and_certificate(NAME, authority())
    keys = {"certificate": "cert", "private_key": "key", "authority": "ca"}

    with_kind(
        KINDS[dialect], {"keys": keys}, simulated, lambda board: board.write(dict(login.values))
    )

    ders = {name: whole(simulated, key) for name, key in keys.items()}
    own = x509.load_der_x509_certificate(ders["certificate"])
    own.verify_directly_issued_by(x509.load_der_x509_certificate(ders["authority"]))
    assert load_der_private_key(ders["private_key"], None).public_key() == own.public_key()


def whole(simulated: SimulatedConsole, key: str) -> bytes:
    """Return what firmware would read: as many pieces as the key says that there are."""
    place = PLACE[simulated.dialect] + key
    count = int(simulated.stored[place])
    assert count > 1
    return base64.b64decode("".join(simulated.stored[f"{place}.{n}"] for n in range(count)))


@pytest.mark.parametrize("dialect", KINDS)
def test_a_piece_that_is_too_long_for_the_line_is_noticed(dialect: str) -> None:
    simulated = SimulatedConsole(6, dialect=dialect)
    login = logins.key_and_certificate(NAME, authority())
    told = {"keys": {"certificate": "cert"}, "piece_length": 400}
    with pytest.raises(Fault, match="the unit's certificate"):
        with_kind(KINDS[dialect], told, simulated, lambda board: board.write(dict(login.values)))


async def asked(board: Scripted) -> SigningRequest:
    assert isinstance(board, MakesKey)
    await board.identify()
    return await board.make_own_key(NAME)


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("fault", [None, "garbled-request", "noisy"])
def test_a_unit_makes_its_own_key(dialect: str, fault: str | None) -> None:
    simulated = SimulatedConsole(1, dialect=dialect, faults=(fault,) if fault else ())
    told = {"keys": {"certificate": "cert"}, **REQUESTS[dialect]}
    request = with_kind(KINDS[dialect], told, simulated, asked)
    assert simulated.key
    assert x509.load_der_x509_csr(request.der).public_key() == simulated.key.public_key()
    assert request.subject == NAME


@pytest.mark.parametrize("dialect", KINDS)
def test_a_request_that_another_key_has_signed_is_none(dialect: str) -> None:
    simulated = SimulatedConsole(1, dialect=dialect, faults=("forged-request",))
    with pytest.raises(KeyMismatch, match="signature"):
        with_kind(KINDS[dialect], {"keys": {"token": "t"}, **REQUESTS[dialect]}, simulated, asked)


@pytest.mark.parametrize("dialect", KINDS)
def test_a_firmware_that_tells_nothing_back_and_is_not_restarted(dialect: str) -> None:
    simulated = SimulatedConsole(7, dialect=dialect, faults=("forgets",))
    told = {"keys": KEYS, "reads_back": False, "restarts": False}
    script = KINDS[dialect].script(KINDS[dialect].Options.model_validate(told))
    assert (script.restart, script.verify) == ((), ())
    with_kind(KINDS[dialect], told, simulated, provisioned)
    assert simulated.stored == {}


def test_another_prompt_namespace_and_way_to_identify() -> None:
    other = {
        "keys": {"token": "t"},
        "prompt": "dev> ",
        "namespace": "cloud",
        "identify": [{"send": "who", "expect": r"sn=(?P<serial>\w+)"}],
    }
    script = EspConsole.script(EspConsole.Options.model_validate(other))
    assert script.prompt == "dev> "
    assert [each.send for each in script.identify] == ["who"]
    assert [each.send for each in script.write] == [
        "nvs_namespace cloud",
        "nvs_set t str -v {token}",
    ]
    zephyr = ZephyrShell.Options.model_validate({"keys": {"token": "t"}, "prefix": "app/cloud"})
    assert [each.send for each in ZephyrShell.script(zephyr).write] == [
        "settings write string app/cloud/t {token}"
    ]


@pytest.mark.parametrize("kind", KINDS.values())
def test_each_is_installed_and_makes_an_equal_script_of_equal_words(kind: type[Scripted]) -> None:
    assert registry.boards()[kind.name] is kind
    assert issubclass(kind, KnownByRecipe)
    told = {"keys": {name: f"k{n}" for n, name in enumerate(PLACEHOLDERS)}, "baud": 9600}
    script = kind.script(kind.Options.model_validate(told))
    assert isinstance(script, ScriptedOptions)
    assert (script.baud, script.wanted) == (9600, frozenset(PLACEHOLDERS))
    with pytest.raises(TypeError, match="not ScriptedOptions"):
        Scripted.script(kind.Options.model_validate(told))
    with pytest.raises(TypeError, match=kind.Options.__name__):
        kind.script(script)


@pytest.mark.parametrize("dialect", FILES)
def test_a_kind_sends_what_the_projects_recipe_for_it_sends(dialect: str) -> None:
    kind, theirs = KINDS[dialect], options(dialect)
    ours = kind.script(kind.Options.model_validate({"keys": {n: n for n in SECRETS}}))
    assert sent(ours.identify) == sent(theirs.identify)
    assert sent(ours.deeds) == sent(theirs.deeds)
    assert ours.wanted == theirs.wanted
    same = {"baud", "line_end", "prompt", "echoes", "quoting", "wake"}
    assert ours.model_dump(include=same) == theirs.model_dump(include=same)


def sent(exchanges: Sequence[Exchange]) -> list[str]:
    return [each.send for each in exchanges]


def test_a_kind_is_not_known_by_anothers_options() -> None:
    with pytest.raises(TypeError, match="EspConsoleOptions"):
        EspConsole.script(ZephyrShell.Options.model_validate({"keys": {"token": "t"}}))
    there = attached(0x10C4, 0xEA60)
    made = EspConsole.Options.model_validate({"keys": {"token": "t"}, "marks": ["1a86:7523"]})
    assert EspConsole.port_of(there, made) is None


RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "claim"
[board]
kind = "{kind}"
{more}
[cloud]
kind = "nrf_cloud"
"""


@pytest.mark.parametrize(
    ("kind", "more", "key", "expected"),
    [
        ("esp_console", "", "board.keys", "missing"),
        ("esp_console", "keys = {}", "board.keys", "at least 1"),
        ("esp_console", 'keys = { tokn = "t" }', "board.keys", "no value 'tokn'; there is token"),
        ("esp_console", 'keys = { token = "a b" }', "board.keys.token", "match"),
        ("zephyr_shell", 'keys = { token = "t", ssid = "t" }', "board.keys", "the same key"),
        ("esp_console", 'keys = { token = "t123456789012345" }', "board", "no more than 15"),
        ("esp_console", 'keys = { certificate = "c123456789012" }', "board", "no more than 12"),
        ("esp_console", 'keys = { token = "t" }\nprompt = ""', "board.prompt", "at least 1"),
        ("arduino_console", 'keys = { token = "t" }\nprompt = ""', "board.prompt", "no such key"),
        ("zephyr_shell", 'keys = { token = "t" }\nprefix = "a b"', "board.prefix", "match"),
    ],
)
def test_a_mistake_is_named_by_its_key(kind: str, more: str, key: str, expected: str) -> None:
    with pytest.raises(TextWrong) as caught:
        recipes.check(RECIPE.format(kind=kind, more=more), "s.toml", registry.shapes())
    (mistake,) = caught.value.mistakes
    assert mistake.key == key
    assert expected in mistake.expected


@pytest.mark.parametrize("kind", [each.name for each in KINDS.values()])
def test_a_new_recipe_can_be_used_as_it_is(kind: str) -> None:
    text = recipes.template("claim", kind, "nrf_cloud", registry.shapes())
    assert recipes.check(text, "new.toml", registry.shapes()).board == kind


def test_a_long_value_is_never_sent_whole() -> None:
    told = EspConsole.Options.model_validate({"keys": {"private_key": "key"}})
    assert not [each for each in EspConsole.script(told).deeds if "{private_key}" in each.send]
