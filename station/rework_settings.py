"""The factory's lists for the bench, in `station.toml`: why units come back, what was found and done."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from station.model import RepairCode, RepairCodes

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,16}$")]
Says = Annotated[str, Field(min_length=1, max_length=80)]

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


class ReworkSettings(BaseModel):
    """What `[rework]` may hold; a list that is written there takes the place of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(
        default=3,
        ge=0,
        le=100,
        description="how many times a unit is reworked before an engineer must approve; 0: always",
    )
    reasons: dict[Code, Says] = Field(
        default=REASONS, description="why a unit came back: R10 = 'Returned by a customer'"
    )
    faults: dict[Code, Says] = Field(default=FAULTS, description="what was found")
    actions: dict[Code, Says] = Field(default=ACTIONS, description="what was done")

    def codes(self) -> RepairCodes:
        """Return the lists in the order in which they are written."""
        return RepairCodes(
            _codes(self.reasons), _codes(self.faults), _codes(self.actions), self.limit
        )


def _codes(told: dict[str, str]) -> tuple[RepairCode, ...]:
    return tuple(RepairCode(code, says) for code, says in told.items())
