"""The lists that a bench begins with, until a factory writes its own into `station.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from station.model import RepairCode, RepairCodes

LIMIT = 3
"""How many times a unit is reworked before an engineer must approve of the next."""

REASONS = {
    "R10": "Returned by a customer",
    "R20": "Failed on the line",
    "R30": "Failed in a later test",
    "R40": "Damaged on its way",
    "R50": "Recalled, or due for an update",
    "R90": "Another reason",
}
FAULTS = {
    "F00": "No fault found",
    "F10": "Does not start",
    "F20": "Does not reach its network",
    "F30": "Does not reach its cloud",
    "F40": "Firmware wrong or broken",
    "F50": "Credentials wrong or missing",
    "F60": "Damaged",
    "F70": "Label wrong or missing",
    "F90": "Another fault",
}
ACTIONS = {
    "A00": "Nothing was needed",
    "A10": "Provisioned again",
    "A20": "Credentials renewed",
    "A30": "Network changed",
    "A40": "Reflashed",
    "A50": "Part replaced",
    "A60": "Soldered or cleaned",
    "A70": "Label replaced",
    "A90": "Something else",
}


def codes_of(told: Mapping[str, str]) -> tuple[RepairCode, ...]:
    """Return a list in the order in which it is written."""
    return tuple(RepairCode(code, says) for code, says in told.items())


USUAL = RepairCodes(codes_of(REASONS), codes_of(FAULTS), codes_of(ACTIONS), LIMIT)
