"""Devices by their names: which device it is that has a name, now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from station.clouds.replies import NotThere
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import id_in
from station.faults import NotRegistered

_T = TypeVar("_T")


class Names:
    """Finds devices, and remembers their ids: most of what is asked of one follows at once."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._ids: dict[str, str] = {}

    async def find(self, name: str) -> Mapping[str, Any] | None:
        """Ask for the device that has `name` now; None when there is none."""
        if not _can_be_asked(name):
            return None
        try:
            reply = await self._rest.get("api/tenant/devices", {"deviceName": name})
        except NotThere:
            self._ids.pop(name, None)
            return None
        return self.keep(object_in(reply))

    async def device(self, name: str) -> Mapping[str, Any]:
        """Ask for the device that has `name` now.

        Raises:
            NotRegistered: there is none.

        """
        found = await self.find(name)
        if found is None:
            raise NotRegistered(name)
        return found

    async def on(self, name: str, ask: Callable[[str], Awaitable[_T]]) -> _T:
        """Return what `ask` returns for the id of the device; one that is gone is looked for again.

        Raises:
            NotRegistered: there is none.

        """
        if (known := self.id_of(name)) is not None:
            try:
                return await ask(known)
            except NotThere:
                self.forget(name)
        try:
            return await ask(id_in(await self.device(name)))
        except NotThere:
            raise NotRegistered(name) from None

    def id_of(self, name: str) -> str | None:
        """Return the id that the device had when it was looked for last."""
        return self._ids.get(name)

    def keep(self, device: Mapping[str, Any]) -> Mapping[str, Any]:
        """Remember the id of a device that was told, and return it as it is."""
        self._ids[str(device.get("name"))] = id_in(device)
        return device

    def forget(self, name: str) -> None:
        """Have the device looked for again."""
        self._ids.pop(name, None)


def _can_be_asked(name: str) -> bool:
    """Tell whether it can be sent: half a surrogate pair is no text, and blanks mean them all."""
    return bool(name.strip()) and not any("\ud800" <= each <= "\udfff" for each in name)
