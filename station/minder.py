"""What goes on beside the slots: open deeds are settled, claimed units followed, the queue sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from station import deeds
from station.clouds import Cloud, TakesProofs, TellsStandings
from station.drain import Drain
from station.follow import Follower
from station.journal import Found
from station.record import Intent
from station.run import Bench
from station.seal import Seal


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
            return await deeds.found(cloud, intent.deed, intent.key)

        self.doubt = bool(await self.bench.journal.settle(cloud.address, ask))

    async def look_after(self, cloud: Cloud) -> None:
        """Follow what was claimed, and send what waits in the queue.

        Raises:
            CloudFault: the cloud does not answer; all is tried again later.
            SetupFault: the queue can't be opened.

        """
        if isinstance(cloud, TellsStandings):
            await self._follower.look(cloud)
        if isinstance(cloud, TakesProofs) and (await self._drain.tell(cloud)).waiting:
            await cloud.probe()
            seal = Seal.of(self.secret, self.store)
            while await self._drain.send(cloud, seal):
                pass
