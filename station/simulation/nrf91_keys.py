"""The AT commands of the credential store: %CMNG, %KEYGEN, %XFACTORYRESET."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.simulation import key_message
from station.simulation.cme import NOT_WHILE_ACTIVE, WRONG_PARAMETERS, CmeError
from station.simulation.csr import KEY_USAGE, request, with_null_parameters
from station.simulation.key_message import KeyMessage
from station.simulation.nrf91_credentials import CLIENT_KEY, Credentials
from station.simulation.nrf91_modem import Command, Modem, numbers_of, parameters

_ENDORSEMENT_KEY = 8


def credential_management(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT%CMNG: 0 write, 1 list, 2 read, 3 delete."""
    store = modem.credentials
    match parameters(rest):
        case ["0", tag, kind, content] | ["0", tag, kind, content, _]:
            _offline(modem)
            at, of = numbers_of(tag, kind)
            store.write(at, of, content)
            return ()
        case ["1", *which] if len(which) < 3:
            return tuple(_list(store, numbers_of(*which)))
        case ["2", tag, kind]:
            at, of = numbers_of(tag, kind)
            content = store.read(at, of)
            digest = next(sha for t, k, sha in store.listed() if (t, k) == (at, of))
            return (f'%CMNG: {at},{of},"{digest}","{content}"',)
        case ["3", tag, kind]:
            _offline(modem)
            at, of = numbers_of(tag, kind)
            store.delete(at, of)
            return ()
        case _:
            raise CmeError(WRONG_PARAMETERS)


def key_generation(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT%KEYGEN: make a key and answer with a CSR (0) or the public key (1)."""
    given = parameters(rest)
    if not 2 <= len(given) <= 5:
        raise CmeError(WRONG_PARAMETERS)
    tag, kind, content = numbers_of(given[0], given[1], *(given[2:3] or ["0"]))
    if kind not in {CLIENT_KEY, _ENDORSEMENT_KEY} or content not in {0, 1}:
        raise CmeError(WRONG_PARAMETERS)
    attributes = (given[3:4] or [""])[0] or f"CN={modem.unit.uuid}"
    usage = (given[4:5] or [""])[0] or KEY_USAGE
    _offline(modem)
    payload_id = key_message.PUBLIC_KEY if content else key_message.CSR
    der = _der(modem, tag, kind, None if content else (attributes, usage))
    return (f'%KEYGEN: "{key_message.issue(KeyMessage(modem.unit.uuid, tag, payload_id, der))}"',)


def _der(modem: Modem, tag: int, kind: int, asked: tuple[str, str] | None) -> bytes:
    """Return the public key, or the CSR with the attributes and the usage that were asked for."""
    store = modem.credentials
    old = store.key(tag, kind) if kind == _ENDORSEMENT_KEY else None  # the only one that repeats
    key = old or store.new_key(tag, kind)
    if asked is None:
        return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        der = request(key, *asked)
    except ValueError:
        if old is None:
            store.delete(tag, kind)
        raise CmeError(WRONG_PARAMETERS) from None
    return with_null_parameters(der) if modem.old_csr else der


def factory_reset(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT%XFACTORYRESET=0: all that the user has stored is erased."""
    if rest != "=0":
        raise CmeError(WRONG_PARAMETERS)
    _offline(modem)
    modem.credentials.erase()
    return ()


def _list(store: Credentials, which: tuple[int, ...]) -> list[str]:
    return [
        f'%CMNG: {tag},{kind},"{digest}"'
        for tag, kind, digest in store.listed()
        if (tag, kind)[: len(which)] == which
    ]


def _offline(modem: Modem) -> None:
    if modem.mode not in {0, 4}:
        raise CmeError(NOT_WHILE_ACTIVE)


KEY_COMMANDS: Mapping[str, Command] = {
    "%CMNG": credential_management,
    "%KEYGEN": key_generation,
    "%XFACTORYRESET": factory_reset,
}
