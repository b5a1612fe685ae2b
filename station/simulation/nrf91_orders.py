"""How a simulated nRF91 carries out a provisioning command: the AT commands that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from station.simulation.cme import NOT_FOUND, CmeError
from station.simulation.nrf91_credentials import (
    CLIENT_CERTIFICATE,
    CLIENT_KEY,
    PSK,
    PSK_IDENTITY,
    ROOT_CA,
)
from station.simulation.nrf91_modem import Modem

DEFAULT_TAG = 16_842_753
MAKE_KEYS = frozenset(
    {"certificateSigningRequest", "clientPrivateKeyGeneration", "cloudAccessKeyGeneration"}
)
_CONTENTS = {
    "serverCertificate": ROOT_CA,
    "clientCertificate": CLIENT_CERTIFICATE,
    "clientPrivateKey": CLIENT_KEY,
}


class Unable(Exception):
    """The device can't do what it is told: `code` and `text` for the cloud."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def carry_out(modem: Modem, request: Mapping[str, Any], config: dict[str, str]) -> dict[str, Any]:
    """Carry out `request` and return what it yields; settings go into `config`.

    A key that is there is replaced: nobody could renew one over the air otherwise.

    Raises:
        Unable: the modem has refused, or nobody knows such a command.

    """
    name, given = next(iter(request.items()))
    given = given if isinstance(given, dict) else {}
    match name:
        case "finished":
            return {}
        case "config":
            config.update({str(key): str(value) for key, value in given.items()})
            return {}
        case "certificateSigningRequest":
            attributes, usage = (str(given.get(part, "")) for part in ("attributes", "keyUsage"))
            return {name: {"csr": _new_key(modem, given, f',0,"{attributes}","{usage}"')}}
        case "clientPrivateKeyGeneration" | "cloudAccessKeyGeneration":
            return {name: {"publicKey": _new_key(modem, given, ",1")}}
        case _:
            for kind, content in _writes(name, given):
                _write(modem, _tag(given), kind, content)
            return {}


def _writes(name: str, given: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    if name in _CONTENTS:
        yield _CONTENTS[name], str(given.get("content", ""))
    elif name == "preSharedKey":
        yield PSK_IDENTITY, str(given.get("identity", ""))
        yield PSK, str(given.get("secret", ""))
    else:
        raise Unable(0, f"Unknown command {name}")


def _new_key(modem: Modem, given: Mapping[str, Any], how: str) -> str:
    tag = _tag(given)
    _delete(modem, tag, CLIENT_KEY)
    return _at(modem, "%KEYGEN", f"={tag},{CLIENT_KEY}{how}")[0].split('"')[1]


def _write(modem: Modem, tag: int, kind: int, content: str) -> None:
    _delete(modem, tag, kind)
    _at(modem, "%CMNG", f'=0,{tag},{kind},"{content}"')


def _delete(modem: Modem, tag: int, kind: int) -> None:
    try:
        _at(modem, "%CMNG", f"=3,{tag},{kind}")
    except Unable as unable:
        if unable.code != NOT_FOUND:
            raise


def _at(modem: Modem, name: str, rest: str) -> tuple[str, ...]:
    try:
        return modem.lines(name, rest)
    except CmeError as no:
        raise Unable(no.code, f"AT{name} failed with +CME ERROR: {no.code}") from None


def _tag(given: Mapping[str, Any]) -> int:
    tag = given.get("secTag", DEFAULT_TAG)
    return tag if isinstance(tag, int) else DEFAULT_TAG
