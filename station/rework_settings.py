"""The factory's lists for the bench, in `station.toml`: why units come back, what was found and done."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from station.model import RepairCodes
from station.rework_codes import ACTIONS, FAULTS, LIMIT, REASONS, codes_of

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,16}$")]
Says = Annotated[str, Field(min_length=1, max_length=80)]


class ReworkSettings(BaseModel):
    """What `[rework]` may hold; a list that is written there takes the place of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(
        default=LIMIT,
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
            codes_of(self.reasons), codes_of(self.faults), codes_of(self.actions), self.limit
        )
