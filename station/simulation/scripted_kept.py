"""What a simulated board for scripts keeps: what it was given, and the key that it made."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from station.simulation.csr import KEY_USAGE, request


@dataclass
class Kept:
    """What the board keeps; `forgets` says yes to what it is given, and keeps nothing.

    `never_erases` says that it has erased what it keeps still. `key` is the one that it made last. `garbles_request` gets a letter of its next request wrong,
    `forges_request` has each signed by another key.
    """

    values: dict[str, str] = field(default_factory=dict)
    forgets: bool = False
    refuses_token: bool = False
    never_erases: bool = False
    garbles_request: bool = False
    forges_request: bool = False
    key: ec.EllipticCurvePrivateKey | None = None

    def refuses(self, name: str) -> bool:
        """Tell whether it refuses to keep anything under `name`."""
        return self.refuses_token and "token" in name

    def write(self, name: str, value: str) -> None:
        """Keep `value` under `name`, as far as it keeps anything."""
        if not self.forgets:
            self.values[name] = value

    def erase(self, goes: Callable[[str], bool]) -> bool:
        """Forget all whose name `goes`, unless it only says so; return whether there was any."""
        there = [name for name in self.values if goes(name)]
        for name in there if not self.never_erases else ():
            del self.values[name]
        return bool(there)

    def request(self, name: str) -> str:
        """Make a key, and return the request for a certificate of `name` in base64."""
        self.key = ec.generate_private_key(ec.SECP256R1())
        der = bytearray(request(self.key, f"CN={name}", KEY_USAGE))
        if self.forges_request:
            der[-1] ^= 1  # the end of the signature
        told = base64.b64encode(der).decode()
        if self.garbles_request:
            self.garbles_request = False
            return "!" + told[1:]
        return told
