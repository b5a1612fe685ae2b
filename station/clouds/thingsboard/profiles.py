"""The product's device profile: found, or made with a key and a secret of our own."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from station.clouds.replies import NotThere
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.refusals import ProfileNameTaken, ProvisionKeyTaken
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import id_in, object_at, text_in
from station.faults import (
    CloudNonsense,
    CloudRefused,
    NameRefused,
    ProvisionKeyRefused,
    StrategyWrong,
)
from station.model import DeviceProfile, Strategy

WORD_CHARS = 20
"""Of a key and of a secret: as many as the server's own window makes, 119 bits of chance."""

_LETTERS = string.ascii_letters + string.digits
_MARKERS = re.compile(r"-----(?:BEGIN|END) CERTIFICATE-----|\s")
_ATTEMPTS = 3


class Profiles:
    """The device profiles of a tenant, of which one is the product's."""

    def __init__(self, rest: Rest, options: ThingsBoardOptions, provision_key: SecretStr) -> None:
        self._rest, self._options, self._key = rest, options, provision_key
        self._known: DeviceProfile | None = None

    async def profile(self) -> DeviceProfile:
        """As `KeepsRegister.profile`; asked anew each time, for engineers change it."""
        found = await self._again() or await self._found()
        self._known = found
        if found is None:
            raise ProvisionKeyRefused(self._lacking)
        return found

    async def known(self) -> DeviceProfile:
        """Return the profile as it was when it was asked for last; its id does not change."""
        return self._known or await self.profile()

    def forget(self) -> None:
        """Have the profile looked for again: it is not there any more."""
        self._known = None

    async def make(
        self, name: str, strategy: Strategy, transport: str, authority: str
    ) -> DeviceProfile:
        """As `KeepsRegister.make_profile`."""
        for _ in range(_ATTEMPTS):
            if (found := await self._named(name)) is not None:
                return _checked(found, strategy, transport, authority)
            try:
                return await self._made(name, strategy, transport, authority)
            except ProfileNameTaken:
                continue  # somebody was faster, perhaps ourselves: an answer may have been lost
            except ProvisionKeyTaken:
                if strategy is Strategy.CERTIFICATE_CHAIN:
                    raise
        raise CloudRefused(f"the profile {name} can't be made: its name and its key are taken")

    async def _made(
        self, name: str, strategy: Strategy, transport: str, authority: str
    ) -> DeviceProfile:
        sent = _new(name, strategy, transport, authority)
        try:
            return profile_in(object_in(await self._rest.post("api/deviceProfile", sent)))
        except NameRefused as no:  # it is the recipe's name, not a unit's
            raise CloudRefused(f"the profile's name: {no.detail}") from None

    async def _again(self) -> DeviceProfile | None:
        if self._known is None:
            return None
        try:
            told = await self._rest.get(f"api/deviceProfile/{self._known.id}")
        except NotThere:
            return None
        found = profile_in(object_in(told))
        return found if self._is_ours(found) else None

    async def _found(self) -> DeviceProfile | None:
        if self._options.profile:
            return await self._named(self._options.profile)
        async for each in self._rest.listed("api/deviceProfiles"):
            if self._is_ours(found := profile_in(each)):
                return found
        return None

    async def _named(self, name: str) -> DeviceProfile | None:
        async for each in self._rest.listed("api/deviceProfiles", {"textSearch": name}):
            if each.get("name") == name:
                return profile_in(each)
        return None

    def _is_ours(self, found: DeviceProfile) -> bool:
        if self._options.profile:
            return found.name == self._options.profile
        key = self._key.get_secret_value().encode()
        return bool(key) and secrets.compare_digest(found.key.encode(), key)

    @property
    def _lacking(self) -> str:
        if self._options.profile:
            return f"there is no device profile {self._options.profile}"
        if not self._key.get_secret_value():
            return "the recipe names neither a device profile nor a key"
        return "no device profile of the tenant has this provision key"


def profile_in(told: Mapping[str, Any]) -> DeviceProfile:
    """Return a device profile as the API tells it.

    Raises:
        CloudNonsense: it is none.

    """
    asked = object_at(object_at(told, "profileData"), "provisionConfiguration")
    kind = text_in(told, "provisionType") or Strategy.DISABLED.value
    if kind not in set(Strategy):
        raise CloudNonsense(f"a device profile with the strategy {kind}")
    secret = text_in(asked, "provisionDeviceSecret")
    return DeviceProfile(
        id=id_in(told),
        name=text_in(told, "name"),
        strategy=Strategy(kind),
        key=text_in(told, "provisionDeviceKey"),
        secret=SecretStr(secret) if secret else None,
        transport=text_in(told, "transportType") or "DEFAULT",
        may_create=asked.get("allowCreateNewDevicesByX509Certificate") is not False,
    )


def _checked(
    found: DeviceProfile, strategy: Strategy, transport: str, authority: str
) -> DeviceProfile:
    """Return the profile that is there, if it is as it should be."""
    if found.strategy is not strategy:
        raise StrategyWrong(f"{found.name} has {found.strategy}, not {strategy}")
    if found.transport != transport:
        raise StrategyWrong(f"{found.name} is bound to {found.transport}, not {transport}")
    if strategy is Strategy.CERTIFICATE_CHAIN:
        held = found.secret.get_secret_value() if found.secret else ""
        if _MARKERS.sub("", held) != _MARKERS.sub("", authority):
            raise StrategyWrong(f"{found.name} has another authority's certificate")
    return found


def _new(name: str, strategy: Strategy, transport: str, authority: str) -> dict[str, Any]:
    """Return a new profile as the API takes it; the server makes neither key nor secret."""
    asked: dict[str, Any] = {"type": strategy.value}
    key = {}
    if strategy is Strategy.CERTIFICATE_CHAIN:  # the key is the certificate's hash: the server's
        asked["provisionDeviceSecret"] = authority
        asked["certificateRegExPattern"] = "(.*)"
        asked["allowCreateNewDevicesByX509Certificate"] = True
    elif strategy is not Strategy.DISABLED:
        key = {"provisionDeviceKey": _word()}
        asked["provisionDeviceSecret"] = _word()
    return {
        "name": name,
        "type": "DEFAULT",
        "transportType": transport,
        "provisionType": strategy.value,
        **key,
        "profileData": {
            "configuration": {"type": "DEFAULT"},
            "transportConfiguration": {"type": transport},
            "provisionConfiguration": asked,
        },
    }


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(WORD_CHARS))
