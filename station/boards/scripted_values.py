"""What a script's placeholders are filled with: certificates on one line, long values in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import SecretStr

from station.boards.scripted_options import Deed
from station.boards.scripted_pattern import names_in
from station.faults import RecipeWrong
from station.wire.pem import CERTIFICATE, PRIVATE_KEY, blocks, to_base64

_ONCE_EACH = frozenset({"piece", "offset", "number"})


def on_one_line(values: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
    """Return `values` with certificates and keys, which come as PEM, as base64 of their DER.

    The first block of `certificate` is the unit's own. Those that follow, which issued it, are
    `authority`, one DER after the other, unless that has a value of its own.

    Raises:
        RecipeWrong: one is no PEM.

    """
    told = dict(values)
    if chain := _ders(values, "certificate", CERTIFICATE):
        told["certificate"] = SecretStr(to_base64(chain[0]))
        if chain[1:]:
            told["authority"] = SecretStr(to_base64(*chain[1:]))
    if authority := _ders(values, "authority", CERTIFICATE):
        told["authority"] = SecretStr(to_base64(*authority))
    if key := _ders(values, "private_key", PRIVATE_KEY):
        told["private_key"] = SecretStr(to_base64(*key))
    return told


def rounds(deed: Deed, values: Mapping[str, SecretStr]) -> Iterator[Mapping[str, SecretStr]]:
    """Yield what the lines of `deed` are filled with, one after the other: one line, or one a piece.

    Raises:
        RecipeWrong: the value to be sent in pieces is not there.

    """
    if not deed.pieces_of:
        yield values
        return
    if deed.pieces_of not in values:
        raise RecipeWrong(f"nothing is there to fill {{{deed.pieces_of}}} with")
    whole = values[deed.pieces_of].get_secret_value()
    offsets = range(0, len(whole), deed.piece_length)
    for number, offset in enumerate(offsets):
        piece = whole[offset : offset + deed.piece_length]
        told = {"piece": piece, "offset": offset, "number": number, "count": len(offsets)}
        yield {**values, **{name: SecretStr(str(each)) for name, each in told.items()}}
        if not _ONCE_EACH & names_in(*deed.texts):
            return


def _ders(values: Mapping[str, SecretStr], name: str, label: str) -> tuple[bytes, ...]:
    if name not in values:
        return ()
    try:
        return blocks(values[name].get_secret_value(), label)
    except ValueError as exc:
        raise RecipeWrong(f"what {{{name}}} is to be filled with is {exc}") from None
