"""The door of the simulations: the other end of every wire, with faults that are asked for by name.

Written from what is known of the real boards and servers, never from our own client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Protocol, Self

from station.links import Link


class SimulatedBoard(Protocol):
    """The firmware of one board, as an entry point of `station.simulated_boards` names it.

    `seed` numbers the board: the same seed is the same board. `known_faults` has a sentence for
    each fault that can be asked for; the first of `dialects` is the one a board has by itself.
    """

    kind: ClassVar[str]
    dialects: ClassVar[tuple[str, ...]]
    known_faults: ClassVar[Mapping[str, str]]

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """Make a board whose wire is as slow as a real one.

        A kind with a radio also takes `cloud`, the address of the simulated cloud to reach, and one
        that runs several applications `firmware`, the name of one.

        Raises:
            ValueError: no such dialect, fault or firmware; the text lists those there are.

        """
        ...

    @property
    def identity(self) -> Mapping[str, str]:
        """What the board says of itself, by name."""
        ...

    async def run(self, link: Link) -> bool:
        """Be the board at the other end of `link` until the wire goes away.

        Returns True when the board left by itself, as one that is pulled out does.
        """
        ...


class SimulatedCloud(Protocol):
    """A cloud's server, as an entry point of `station.simulated_clouds` names it."""

    kind: ClassVar[str]
    known_faults: ClassVar[Mapping[str, str]]

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a server for `host` and `port`; port 0 lets the system choose.

        Raises:
            ValueError: no such fault; the text lists those there are.

        """
        ...

    async def start(self) -> None:
        """Begin to listen."""

    @property
    def hello(self) -> Mapping[str, str]:
        """Where the server listens and the credentials that it accepts."""
        ...

    async def close(self) -> None:
        """Stop listening and drop every connection; safe to call twice."""


def chosen(names: Iterable[str], known: Iterable[str], what: str) -> frozenset[str]:
    """Return `names` as a set.

    Raises:
        ValueError: one of them is not in `known`; the text lists what there is.

    """
    wanted, there = frozenset(names), sorted(known)
    if unknown := sorted(wanted.difference(there)):
        raise ValueError(f"no {what} {unknown[0]!r}; there are: {', '.join(there)}")
    return wanted
