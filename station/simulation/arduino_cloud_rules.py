"""What the IoT API takes as the fields of devices and things: lengths, patterns, lists of words.

By Arduino's API description (iot-client-py 3.0); a pattern without anchors is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from station.simulation.arduino_cloud_products import CONNECTIONS, FREQUENCY_PLANS
from station.simulation.arduino_cloud_refusals import Refusal

_TYPES = [
    "mkrwifi1010",
    "mkr1000",
    "nano_33_iot",
    "mkrgsm1400",
    "mkrnb1500",
    "login_and_secretkey_wifi",
    "envie_m7",
    "nanorp2040connect",
    "nicla_vision",
    "phone",
    "portenta_x8",
    "opta",
    "giga",
    "generic_device_secretkey",
    "portenta_c33",
    "unor4wifi",
    "nano_nora",
]
_LORA_TYPES = ("lora-device", "mkrwan1300", "mkrwan1310")

_ANY = re.compile(r"")
_SOMETHING = re.compile(r"[a-zA-Z0-9_.@-]")
_VERSION = re.compile(r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}([-+][0-9a-zA-Z.+-]+)?\Z")
_THING = re.compile(r"^[a-zA-Z0-9_. -]+\Z")
_EUI = re.compile(r"[0-9a-z]{16}")

Rules = Mapping[str, tuple[re.Pattern[str], int]]
"""A pattern and the greatest length of each field that has to be text."""

DEVICE: Rules = {
    "name": (_SOMETHING, 64),
    "serial": (_SOMETHING, 64),
    "wifi_fw_version": (_VERSION, 10),
    "fqbn": (_ANY, 1024),
    "type": (_ANY, 64),
    "connection_type": (_ANY, 64),
}
THING: Rules = {"name": (_THING, 64), "timezone": (_ANY, 64), "device_id": (_ANY, 64)}
TAG: Rules = {"key": (_ANY, 64), "value": (_ANY, 64)}
CERTIFICATE: Rules = {"csr": (_ANY, 1024), "ca": (_ANY, 64)}
LORA: Rules = {"eui": (_EUI, 16), **dict.fromkeys(("app", "name", "serial"), (_ANY, 64))}

_WORDS: Mapping[str, tuple[str, ...]] = {"type": tuple(_TYPES), "connection_type": CONNECTIONS}
_LORA_WORDS = {"type": _LORA_TYPES, "frequency_plan": tuple(FREQUENCY_PLANS)}


def check(sent: Mapping[str, Any], rules: Rules) -> None:
    """Look at the fields of `sent` that have a rule; what is empty passes, as if it were not there.

    Raises:
        Refusal: 400, one breaks its rule.

    """
    for name, (pattern, most) in rules.items():
        value = sent.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise Refusal(400, f'type of attribute "{name}" must be string')
        if len(value) > most:
            raise Refusal(400, f"length of {name} must be less than or equal to {most}")
        if not pattern.search(value):
            raise Refusal(400, f'{name} must match the regexp "{pattern.pattern}"')


def check_words(sent: Mapping[str, Any], *, lora: bool = False) -> None:
    """See that the fields that take one of some words have one of them.

    Raises:
        Refusal: 400, one has not.

    """
    for name, words in (_LORA_WORDS if lora else _WORDS).items():
        if sent.get(name) and sent[name] not in words:
            raise Refusal(400, f"value of {name} must be one of {', '.join(words)}")
