"""The CSV files of nRF Cloud and its vendor's tools, as text in and text out.

Read with or without a header, a byte order mark or CRLF; every cell is checked by its shape, so
that what a spreadsheet or a copy has damaged is named by row and column. What is written is read
again before it is returned: no formula, quote or line break can hide in a cell.

Sources: the file formats of nrfcloud-utils 3.3.1; the onboarding rows of the Cloud API.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pydantic import SecretStr

from station.csv_text import Cells, CellWrong, read, shaped, sifted, text_of, written
from station.faults import TokenBroken
from station.model import Onboarding
from station.wire import attestation

GATHERED = ("imei", "uuid", "token", "time")
ATTESTED = ("deviceId", "attestationToken")
INSTALLED = ("id", "mfw", "imei")
ONBOARDING = ("deviceId", "subType", "tags", "fwTypes", "certificate")

_FIRMWARE_TYPES = {"APP", "MODEM", "BOOT", "SOFTDEVICE", "BOOTLOADER", "MDM_FULL"}
_DEVICE_ID = re.compile(r"[a-z0-9:_-]{1,128}", re.IGNORECASE | re.ASCII)
_SUB_TYPE = re.compile(r"[a-zA-Z0-9_.,@/:#-]{0,799}")
_TAG = re.compile(r"[a-zA-Z0-9_.@:#-]+")
_FIRMWARE = re.compile(r"[a-zA-Z0-9_.+-]{1,80}")
_IMEI = re.compile(r"[0-9]{15}")
_PEM = re.compile(
    r"-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END CERTIFICATE-----\n"
)


@dataclass(frozen=True, slots=True)
class GatheredToken:
    """A token that was read from a board without asking its cloud; `at` is in UTC."""

    imei: str
    device_id: str
    token: SecretStr
    at: datetime


@dataclass(frozen=True, slots=True)
class AttestedDevice:
    """A device and its token, as the new generation of nRF Cloud onboards it."""

    device_id: str
    token: SecretStr


@dataclass(frozen=True, slots=True)
class InstalledDevice:
    """A device whose credentials were written on the line, with its modem firmware."""

    device_id: str
    firmware: str
    imei: str


def read_gathered(text: str) -> tuple[GatheredToken, ...]:
    """Read rows of `imei,uuid,token,time`; a device may stand there more than once.

    Raises:
        FileWrong: with row and column of each mistake; a token's text is not told.

    """
    return read(text, GATHERED, _gathered)


def sift_gathered(text: str) -> tuple[tuple[tuple[int, GatheredToken], ...], tuple[str, ...]]:
    """Read as `read_gathered`; return the good rows with their numbers, and the others' mistakes.

    Raises:
        FileWrong: it is no CSV at all.

    """
    return sifted(text, GATHERED, _gathered)


def write_gathered(tokens: Iterable[GatheredToken]) -> str:
    """Write what `read_gathered` reads, as the vendor's tool does: no header.

    Raises:
        FileWrong: a value can't stand in such a file.

    """
    rows = [
        (each.imei, each.device_id, each.token.get_secret_value(), each.at.isoformat())
        for each in tokens
    ]
    return written(rows, read_gathered)


def read_attested(text: str) -> tuple[AttestedDevice, ...]:
    """Read rows of `deviceId,attestationToken`; with a header there may be more columns.

    Raises:
        FileWrong: as `read_gathered`.

    """
    return read(text, ATTESTED, _attested)


def write_attested(devices: Iterable[AttestedDevice]) -> str:
    """Write what `read_attested` reads, with its header.

    Raises:
        FileWrong: a value can't stand in such a file.

    """
    text = attested_rows((each.device_id, each.token) for each in devices)
    read_attested(text)
    return text


def read_installed(text: str) -> tuple[InstalledDevice, ...]:
    """Read rows of `id,mfw,imei`.

    Raises:
        FileWrong: with row and column of each mistake.

    """
    return read(text, INSTALLED, _installed)


def write_installed(devices: Iterable[InstalledDevice]) -> str:
    """Write what `read_installed` reads: no header.

    Raises:
        FileWrong: a value can't stand in such a file.

    """
    rows = [(each.device_id, each.firmware, each.imei) for each in devices]
    return written(rows, read_installed)


def read_onboarding(text: str) -> tuple[Onboarding, ...]:
    """Read onboarding rows: device, sub-type, tags, firmware types, certificate.

    Raises:
        FileWrong: with row and column of each mistake.

    """
    return read(text, ONBOARDING, _onboarding)


def write_onboarding(units: Iterable[Onboarding]) -> str:
    """Write what `read_onboarding` reads and what the Cloud API takes: no header.

    Raises:
        FileWrong: a value can't stand in such a file.

    """
    rows = [
        (
            unit.device_id,
            unit.sub_type,
            "|".join(unit.tags),
            "|".join(unit.firmware_types),
            _ended(unit.certificate),
        )
        for unit in units
    ]
    return written(rows, read_onboarding)


def attested_rows(devices: Iterable[tuple[str, SecretStr]]) -> str:
    """Write what `read_attested` reads, unchecked: the cloud tells which row is wrong."""
    rows = [(device, token.get_secret_value()) for device, token in devices]
    return text_of([ATTESTED, *rows], csv.QUOTE_MINIMAL)


def claim_rows(tokens: Iterable[SecretStr], tags: Sequence[str]) -> str:
    """Write the rows of a bulk claim: a token, and its tags in one cell; every cell quoted."""
    rest = (",".join(tags),) if tags else ()
    return text_of([(each.get_secret_value(), *rest) for each in tokens], csv.QUOTE_ALL)


def _gathered(cells: Cells) -> GatheredToken:
    token = _token("token", cells["token"])
    if cells["uuid"].lower() != str(token.device):
        raise CellWrong("uuid", f"the token speaks of {token.device}")
    return GatheredToken(
        shaped("imei", cells["imei"], _IMEI, _digits_expected(cells["imei"])),
        str(token.device),
        SecretStr(cells["token"]),
        _time("time", cells["time"]),
    )


def _attested(cells: Cells) -> AttestedDevice:
    device = shaped("deviceId", cells["deviceId"], _DEVICE_ID, "letters, digits, : _ -")
    token = _token("attestationToken", cells["attestationToken"])
    if _is_uuid(device) and UUID(device) != token.device:
        raise CellWrong("deviceId", f"the token speaks of {token.device}")
    return AttestedDevice(device, SecretStr(cells["attestationToken"]))


def _installed(cells: Cells) -> InstalledDevice:
    return InstalledDevice(
        shaped("id", cells["id"], _DEVICE_ID, "letters, digits, : _ -"),
        shaped("mfw", cells["mfw"], _FIRMWARE, "a modem firmware such as mfw_nrf91x1_2.0.2"),
        shaped("imei", cells["imei"], _IMEI, _digits_expected(cells["imei"])),
    )


def _onboarding(cells: Cells) -> Onboarding:
    certificate = _ended(cells["certificate"])
    types = _listed(cells["fwTypes"])
    if unknown := set(types) - _FIRMWARE_TYPES:
        raise CellWrong("fwTypes", f"{sorted(unknown)[0][:40]!r} is none of those there are")
    tags = _listed(cells["tags"])
    for tag in tags:
        shaped("tags", tag, _TAG, "tags with | between them")
    return Onboarding(
        device_id=shaped("deviceId", cells["deviceId"], _DEVICE_ID, "letters, digits, : _ -"),
        certificate=shaped("certificate", certificate, _PEM, "one certificate in PEM"),
        sub_type=shaped("subType", cells["subType"], _SUB_TYPE, "up to 799 letters and digits"),
        tags=tags,
        firmware_types=types,
    )


def _token(column: str, text: str) -> attestation.Attestation:
    try:
        return attestation.read(text)
    except TokenBroken as broken:
        raise CellWrong(column, broken.detail) from None


def _digits_expected(text: str) -> str:
    if text.isdecimal() and len(text) < 15:
        return f"15 digits, not {len(text)}: has a spreadsheet dropped zeros in front?"
    return "15 digits"


def _time(column: str, text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise CellWrong(column, "a time in ISO 8601") from None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _ended(pem: str) -> str:
    """Return a PEM with line feeds that ends with one, as the Cloud API wants it."""
    return "\n".join(line.strip() for line in pem.strip().splitlines()) + "\n"
