"""How devices stand, many at once: one question for all whose ids are known."""

from __future__ import annotations

from collections.abc import Sequence

from station.clouds.thingsboard import census
from station.clouds.thingsboard.census import PROVISION_STATE
from station.clouds.thingsboard.names import Names
from station.clouds.thingsboard.rest import Rest
from station.model import Standing

_ACTIVE = "active"
_NOTHING = Standing(claimed=False, waiting=0, provisioned=False, connected=False)


class Standings:
    """Tells how the devices of a tenant stand."""

    def __init__(self, rest: Rest, names: Names) -> None:
        self._rest, self._names = rest, names

    async def of(self, names: Sequence[str]) -> tuple[Standing, ...]:
        """As `TellsStandings.standings`; connected is what the server calls active.

        A name is asked for by itself once, and again when another device has it by now.
        """
        known = [name for name in dict.fromkeys(names) if self._names.id_of(name)]
        told = await self._told(known)
        others = [name for name in dict.fromkeys(names) if name not in told]
        await census.each(others, self._look)
        told |= await self._told([name for name in others if self._names.id_of(name)])
        return tuple(told.get(name, _NOTHING) for name in names)

    async def _look(self, name: str) -> None:
        await self._names.find(name)

    async def _told(self, names: Sequence[str]) -> dict[str, Standing]:
        """Return how those stand that still have the ids that are known."""
        ids = [device for name in names if (device := self._names.id_of(name))]
        if not ids:
            return {}
        wanted = frozenset(names)
        return {
            told.name: Standing(
                claimed=True,
                waiting=0,
                provisioned=bool(told.values.get(PROVISION_STATE)),
                connected=told.values.get(_ACTIVE) == "true",
            )
            async for told in census.attributes_of(self._rest, ids, (PROVISION_STATE, _ACTIVE))
            if told.name in wanted  # it may have been renamed since its id was known
        }
