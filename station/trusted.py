"""The gate of a line without a screen: who may run its programs is guarded by file rights."""

from __future__ import annotations

from dataclasses import dataclass

from station.faults import NameMissing
from station.model import Approval, Credentials, Override, Person, Right, Role


@dataclass(frozen=True, slots=True)
class TrustedGate:
    """Lets everybody in by the name that is told, as an engineer whom nobody has named."""

    async def admit(self, who: Credentials) -> Person:
        """Return who that is.

        Raises:
            NameMissing: no name was told.

        """
        if name := " ".join(who.name.split()):
            return Person(name, Role.ENGINEER, known=False)
        raise NameMissing

    async def second(self, first: Person, what: Override, approval: Approval) -> Person:
        """Return who that is, as `admit`."""
        return await self.admit(approval.second)

    def require(self, person: Person, right: Right) -> None:
        """Let everybody do everything."""
