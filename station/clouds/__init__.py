"""The door of the clouds: what every cloud can do. One file or folder a cloud."""

from __future__ import annotations

from station.clouds.account import Cloud, CloudKind, Releases, TakesProofs, TellsStandings
from station.clouds.boards_that_come import KeepsDevices, OnboardsBoards
from station.clouds.orders import TakesOrders
from station.clouds.provisioning import Administered, HasRegister, KeepsRegister, ProvisionsDevices

__all__ = [
    "Administered",
    "Cloud",
    "CloudKind",
    "HasRegister",
    "KeepsDevices",
    "KeepsRegister",
    "OnboardsBoards",
    "ProvisionsDevices",
    "Releases",
    "TakesOrders",
    "TakesProofs",
    "TellsStandings",
]
