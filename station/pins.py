"""PINs and badges as the record keeps them: never themselves."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from argon2 import Parameters, PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import hash_secret_raw
from pydantic import SecretStr

from station.faults import BadgeUnfit, PinUnfit

RFC_9106 = profiles.RFC_9106_LOW_MEMORY
"""RFC 9106, section 4, second choice: argon2id, 3 passes, 4 lanes, 64 MiB, a salt of 16 bytes.

The first choice takes 2 GiB, which a station's computer may not have.
"""

LEAST_DIGITS, MOST_DIGITS = 4, 12
LEAST_OF_BADGE = 4


@dataclass(frozen=True, slots=True)
class Hashing:
    """How PINs and badges are hashed. Each verb takes a core some 0.1 s: call it on a thread.

    A PIN is hashed with a salt of its own. A badge tells no name, so all badges of a record share
    one salt, and a person is found by the digest. It is as slow as that of a PIN because the
    numbers on badges are as few: whoever copies the record could try all of them with a fast one.
    A key in the computer's keystore would be stronger, but a record that is moved to another
    computer, or restored there, would then let nobody in by badge.
    """

    cost: Parameters = field(default_factory=lambda: RFC_9106)

    def hash_pin(self, pin: SecretStr) -> str:
        """Return what is kept of a PIN, which `check_pin` has passed."""
        return self._hasher().hash(_digits(pin))

    def is_pin(self, kept: str, pin: SecretStr) -> bool:
        """Tell whether `pin` is the one of which `kept` was made."""
        try:
            return self._hasher().verify(kept, _digits(pin))
        except (VerifyMismatchError, InvalidHashError):
            return False

    def is_old(self, kept: str) -> bool:
        """Tell whether a hash was made in another way than today's."""
        return self._hasher().check_needs_rehash(kept)

    def nobodys(self) -> str:
        """Return a hash that no PIN fits: it is verified where there is none, as slowly."""
        return self._hasher().hash("nobody's: no digits")

    def digest_badge(self, badge: SecretStr, salt: bytes) -> str:
        """Return what a badge is found by; case and blanks round it count nothing.

        Raises:
            BadgeUnfit: it is too short to be a badge.

        """
        text = unicodedata.normalize("NFKC", badge.get_secret_value()).strip().casefold()
        if len(text) < LEAST_OF_BADGE:
            raise BadgeUnfit(f"it has fewer than {LEAST_OF_BADGE} letters")
        cost = self.cost
        return hash_secret_raw(
            text.encode(),
            salt,
            cost.time_cost,
            cost.memory_cost,
            cost.parallelism,
            cost.hash_len,
            cost.type,
            cost.version,
        ).hex()

    def _hasher(self) -> PasswordHasher:
        return PasswordHasher.from_parameters(self.cost)


def check_pin(pin: SecretStr) -> None:
    """Raise PinUnfit unless it is 4 to 12 digits, not one over and over, and no row of them."""
    digits = _digits(pin)
    if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS or not re.fullmatch(r"[0-9]+", digits):
        raise PinUnfit
    if {int(after) - int(before) for before, after in pairwise(digits)} in ({0}, {1}, {-1}):
        raise PinUnfit


def _digits(pin: SecretStr) -> str:
    """Return the digits as ASCII: a Chinese input method may type them twice as wide."""
    return unicodedata.normalize("NFKC", pin.get_secret_value()).strip()
