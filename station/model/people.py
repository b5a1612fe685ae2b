"""Who works at a station, what each may do, and what takes two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window needs the nouns, and pydantic takes long to load
    from pydantic import SecretStr


class Role(StrEnum):
    """What somebody is to a station."""

    OPERATOR = "operator"
    TECHNICIAN = "technician"
    ENGINEER = "engineer"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What somebody may do; the core asks before it does it."""

    WORK = "work"
    """Sign in to a recipe and have units made."""
    REWORK = "rework"
    """Take a unit up again, write notes, adopt what nobody knows."""
    READ = "read"
    """See and export the record."""
    SET_UP = "set up"
    """Teach slots, name people and pools, leave the kiosk."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OPERATOR: frozenset({Right.WORK}),
    Role.TECHNICIAN: frozenset({Right.WORK, Right.REWORK, Right.READ}),
    Role.ENGINEER: frozenset(Right),
    Role.AUDITOR: frozenset({Right.READ}),
}


class Override(StrEnum):
    """What is done against the rule, with a reason and a second person's word."""

    SKIP = "skip a failed check"
    AGAIN = "provision again"
    SCRAP = "scrap"
    REPRINT = "reprint"
    BEYOND = "rework beyond the limit"


MAY_APPROVE: Mapping[Override, frozenset[Role]] = {
    Override.SKIP: frozenset({Role.TECHNICIAN, Role.ENGINEER}),
    Override.AGAIN: frozenset({Role.TECHNICIAN, Role.ENGINEER}),
    Override.SCRAP: frozenset({Role.TECHNICIAN, Role.ENGINEER}),
    Override.REPRINT: frozenset({Role.TECHNICIAN, Role.ENGINEER}),
    Override.BEYOND: frozenset({Role.ENGINEER}),
}
"""Of which role the second person must be; the first is never the second."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who somebody says that they are, and what they show for it: a badge, or a PIN to a name.

    A badge alone tells the name too.
    """

    name: str = ""
    pin: SecretStr | None = field(default=None, repr=False)
    badge: SecretStr | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the station has let in. `language` is a code ("zh_CN"), empty for its own.

    `known`: an engineer has named them. On a station where nobody was named yet, whoever gives a
    name is let in as an engineer, and is not known.
    """

    name: str
    role: Role
    language: str = ""
    known: bool = True

    def may(self, right: Right) -> bool:
        """Tell whether this is theirs to do."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's word for an override, and why."""

    reason: str
    second: Credentials
