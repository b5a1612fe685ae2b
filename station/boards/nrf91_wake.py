"""Having an nRF91 board ask its cloud for orders now."""

from __future__ import annotations

from station.boards.nrf91_refusals import CommandMissing
from station.boards.nrf91_talk import Talk
from station.faults import BoardFault, BoardSilent, PowerNeeded

# Asset Tracker Template from v1.2.7 on, before that, and the SDK's provisioning sample.
_WAYS = ("att_cloud provision", "att_cloud_provision now", "nrf_provisioning now")
_RESTART = "kernel reboot warm"
_WITHIN_S = 2.0


class Trigger:
    """What wakes a board; the way that its firmware knows is remembered."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._ways: tuple[str, ...] = (*_WAYS, _RESTART)

    async def wake(self) -> str:
        """As `Wakes.wake`.

        Raises:
            PowerNeeded: it has no shell, or a shell that can't even restart it.
            AnswerBroken: what it said can't be understood.

        """
        if self._talk.is_shell:
            for way in self._ways:
                if await self._knows(way):
                    self._ways = (way,)
                    return way
        raise PowerNeeded

    async def _knows(self, way: str) -> bool:
        try:
            await self._typed(way)
        except CommandMissing:
            return False
        return True

    async def _typed(self, way: str) -> None:
        if way == _RESTART:
            await self._restart()
            return
        try:
            await self._talk.run(way, _WITHIN_S)
        except CommandMissing:
            raise
        except BoardFault:  # to ask twice does no harm
            await self._talk.settle()
            await self._talk.run(way, _WITHIN_S)

    async def _restart(self) -> None:
        try:
            await self._talk.run(_RESTART, _WITHIN_S)
        except (CommandMissing, BoardSilent):
            raise
        except BoardFault:
            pass  # it boots, and shows no prompt before that is done
        self._talk.forget_settings()
