"""What goes on beside the slots: open deeds are settled, claimed units followed, the queue sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from station import deeds, logins
from station.clouds import Cloud, ProvisionsDevices, TakesProofs, TellsStandings
from station.drain import Drain
from station.follow import Follower
from station.journal import Found
from station.model import Login
from station.record import LOGIN, Intent
from station.seal import Seal
from station.step import Bench


@dataclass(slots=True)
class Minder:
    """Minds what runs have left behind. `doubt` is true while deeds may be open."""

    bench: Bench
    secret: Callable[[str], SecretStr]
    store: Callable[[str, SecretStr], None]
    doubt: bool = True
    _follower: Follower = field(init=False)
    _drain: Drain = field(init=False)

    def __post_init__(self) -> None:
        self._follower = Follower(self.bench.record, self.bench.post)
        self._drain = Drain(self.bench.record, self.bench.post)

    async def settle(self, cloud: Cloud) -> None:
        """Ask the cloud what is true of every deed there whose end is not known."""

        async def ask(intent: Intent) -> Found:
            async def kept() -> tuple[Login, ...]:
                return await self._kept(cloud, intent)

            return await deeds.found(cloud, intent.deed, intent.key, kept)

        self.doubt = bool(await self.bench.journal.settle(cloud.address, ask))

    async def _kept(self, cloud: Cloud, intent: Intent) -> tuple[Login, ...]:
        """Return the logins that were kept of a deed's unit, the latest first.

        Raises:
            SealBroken: one can't be read any more: whatever has the name would be taken for it.

        """
        assert isinstance(cloud, ProvisionsDevices)  # noqa: S101 - it began the deed
        keepsakes = self.bench.record.keepsakes
        found = await keepsakes.kept(intent.run, intent.place, intent.key, LOGIN)
        seal = Seal.of(self.secret, self.store, cloud.provision_words["provision_secret"])
        return tuple(logins.read(seal.open(each)) for each in found)

    async def look_after(self, cloud: Cloud) -> None:
        """Follow what was claimed, and send what waits in the queue.

        Raises:
            CloudFault: the cloud does not answer; all is tried again later.
            SetupFault: the queue can't be opened.

        """
        tells = not isinstance(cloud, ProvisionsDevices) or cloud.register is not None
        if isinstance(cloud, TellsStandings) and tells:
            await self._follower.look(cloud)
        if isinstance(cloud, TakesProofs) and (await self._drain.tell(cloud)).waiting:
            await cloud.probe()
            seal = Seal.of(self.secret, self.store)
            while await self._drain.send(cloud, seal):
                pass
