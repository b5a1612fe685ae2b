"""ThingsBoard's bulk import of devices: the text of a CSV file, and what its columns mean."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from station.simulation import thingsboard_credentials as credentials
from station.simulation import thingsboard_values as values
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_nouns import Credentials, Device
from station.simulation.thingsboard_refusals import Refused
from station.simulation.thingsboard_visit import broken

_NUMBER = re.compile(r"-?\d+([.,]\d+)?([eE][+-]?\d+)?")  # a comma is taken for a point
_LEADING_ZERO = re.compile(r"-?0\d+")
_OCTAL = re.compile(r"-?0[0-7]+")
_LONGS_END = 2.0**63
_JSON_SINCE = (4, 3)
_TYPES = re.compile(
    "NAME|TYPE|LABEL|SHARED_ATTRIBUTE|SERVER_ATTRIBUTE|TIMESERIES|ACCESS_TOKEN|X509"
    "|MQTT_(CLIENT_ID|USER_NAME|PASSWORD)|(LWM2M|SNMP)_[A-Z0-9_]+|IS_GATEWAY|DESCRIPTION"
    "|ROUTING_KEY|SECRET"
)
_KEYED = {"SHARED_ATTRIBUTE": "SHARED_SCOPE", "SERVER_ATTRIBUTE": "SERVER_SCOPE"}
Cells = list[tuple[dict[str, Any], str]]


def cast(text: str, *, with_json: bool = True) -> Any:
    """Return a cell as an attribute: numbers with exponents, truths and JSON are not text.

    What is still text then is cast as that of any other JSON, so that no zero in front survives:
    one that can't be octal is a number only by that. JSON is read by servers from 4.3 on.
    """
    return values.cast(_first_cast(text, with_json=with_json))


def _first_cast(text: str, *, with_json: bool) -> Any:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if _LEADING_ZERO.fullmatch(text):
        return int(text) if _OCTAL.fullmatch(text) else text
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", "."))
        if abs(number) >= _LONGS_END:
            return text
        return int(number) if number.is_integer() and not {".", ","} & {*text} else number
    if with_json and text[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def load(account: Account, tenant: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Import a file. Returns what was created, updated and refused; rows stand by themselves.

    Raises:
        Refused: 500, the file or part of the mapping is missing.

    """
    mapping = sent.get("mapping")
    if not isinstance(mapping, dict) or not isinstance(sent.get("file"), str):
        raise broken("java.lang.NullPointerException")
    delimiter, columns = mapping.get("delimiter"), mapping.get("columns")
    if not isinstance(delimiter, str) or type(mapping.get("header")) is not bool:
        raise broken("java.lang.NullPointerException")
    if len(delimiter) != 1 or not isinstance(columns, list) or not all(map(_is_column, columns)):
        raise Refused("JSON parse error")
    rows = list(csv.reader(io.StringIO(sent["file"]), delimiter=delimiter))
    done: dict[str, Any] = {"created": 0, "updated": 0, "errors": 0, "errorsList": []}
    first = 1 if mapping["header"] else 0
    for number, row in enumerate(rows[first:], first + 1):
        if not any(row):
            continue
        cells = list(zip(columns, row, strict=False))
        try:
            is_new = _load_row(account, tenant, cells, update=mapping.get("update"))
            done["created" if is_new else "updated"] += 1
        except Refused as no:
            done["errors"] += 1
            done["errorsList"].append(f"Line {number}: {no.kind}: {no.message}")
    return done


def _is_column(sent: Any) -> bool:
    return isinstance(sent, dict) and _TYPES.fullmatch(str(sent.get("type"))) is not None


def _load_row(account: Account, tenant: str, cells: Cells, *, update: Any) -> bool:
    """Import a row, or nothing of it. Returns whether the device is new."""
    if type(update) is not bool:
        raise Refused("null", kind="NullPointerException")
    told = {str(column.get("type")): text.strip() for column, text in cells if text.strip()}
    name, given = told.get("NAME", ""), _credentials(told)
    known = account.device_named(tenant, name)
    if known is None:
        account.check_name(tenant, name)
        profile = account.profile_of_type(tenant, told.get("TYPE", ""))
        device = account.add_device(profile, name, given, label=told.get("LABEL"))
    else:
        device = known
        if given is not None:
            account.set_credentials(device, given)
        device.profile = account.profile_of_type(tenant, told.get("TYPE", ""))
        device.label, device.version = told.get("LABEL"), device.version + 1
    _tell_more(device, told)
    if known is None or update:
        _keep(account, device, cells)
    return known is None


def _tell_more(device: Device, told: dict[str, str]) -> None:
    if "IS_GATEWAY" in told:
        device.info["gateway"] = told["IS_GATEWAY"].lower() == "true"
    if "DESCRIPTION" in told:
        device.info["description"] = told["DESCRIPTION"]


def _keep(account: Account, device: Device, cells: Cells) -> None:
    with_json = account.at_least(*_JSON_SINCE)
    for column, text in cells:
        key, kind = column.get("key"), str(column.get("type"))
        if not text.strip() or not key:
            continue
        value = cast(text.strip(), with_json=with_json)
        if kind in _KEYED:
            account.set_attributes(device, _KEYED[kind], {str(key): value})
        elif kind == "TIMESERIES":
            device.telemetry.append((account.now_ms(), {str(key): value}))


def _credentials(told: dict[str, str]) -> Credentials | None:
    if "ACCESS_TOKEN" in told:
        return credentials.token(told["ACCESS_TOKEN"])
    if "X509" in told:
        return credentials.certificate(told["X509"])
    parts = [told.get(f"MQTT_{part}", "") for part in ("CLIENT_ID", "USER_NAME", "PASSWORD")]
    return credentials.mqtt_basic(*parts) if any(parts) else None
