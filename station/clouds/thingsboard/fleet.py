"""What is done to devices once they are made: another name, a customer, an end."""

from __future__ import annotations

from station.clouds.replies import NotThere
from station.clouds.thingsboard.names import Names
from station.clouds.thingsboard.refusals import Changed
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import NOBODY, id_in
from station.clouds.thingsboard.words import check_name
from station.faults import CloudRefused, NotRegistered

_ATTEMPTS = 3


class Fleet:
    """The devices of a tenant, by their names. Each verb can be asked twice."""

    def __init__(self, rest: Rest, names: Names) -> None:
        self._rest, self._names = rest, names
        self._renaming: dict[str, str] = {}

    async def rename(self, name: str, new_name: str) -> None:
        """As `KeepsRegister.rename`.

        A device that has its new name already is known by its id, while the station runs; later
        nobody can tell it from another device, and it is NotRegistered.
        """
        check_name(new_name)
        for left in reversed(range(_ATTEMPTS)):
            found = await self._names.find(name)
            if found is None:
                await self._check_renamed(name, new_name)
                return
            self._renaming[name] = id_in(found)
            try:
                await self._rest.post("api/device", {**found, "name": new_name})
            except Changed:
                if not left:
                    raise
            else:
                self._names.forget(name)
                return

    async def assign(self, name: str, customer: str) -> None:
        """As `KeepsRegister.assign`."""
        found = await self._names.device(name)
        device, held = id_in(found), id_in(found, "customerId")
        wanted = await self._customer(customer) if customer else NOBODY
        if held == wanted:
            return
        if wanted == NOBODY:
            await self._rest.delete(f"api/customer/device/{device}")
        else:
            await self._rest.post(f"api/customer/{wanted}/device/{device}")

    async def delete(self, name: str) -> bool:
        """Delete the device with all that it sent; return whether there was one."""
        found = await self._names.find(name)
        if found is None:
            return False
        self._names.forget(name)
        try:
            await self._rest.delete(f"api/device/{id_in(found)}")
        except NotThere:
            return False
        return True

    async def _check_renamed(self, name: str, new_name: str) -> None:
        found = await self._names.find(new_name)
        if found is None:
            raise NotRegistered(name)
        if id_in(found) != self._renaming.get(name):
            raise NotRegistered(f"{name}; there is a device {new_name}: was it renamed before?")

    async def _customer(self, title: str) -> str:
        try:
            reply = await self._rest.get("api/tenant/customers", {"customerTitle": title})
        except NotThere:
            raise CloudRefused(f"there is no customer {title}") from None
        return id_in(object_in(reply))
