"""On which line of a TOML text each table and key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Keys = tuple[str, ...]

# strings of all four kinds, comments, and what joins or ends keys; the rest is bare words
_PIECE = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|'''
    r"""\#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,."'#]+""",
    re.DOTALL,
)


def lines_of(text: str) -> dict[Keys, int]:
    """Return the line, from 1, of each table and key of a text that is valid TOML.

    The elements of an array of tables are called by their numbers, from "0" on. What stands in an
    inline table or an array is not told: it is found on the line of its key.
    """
    lines: dict[Keys, int] = {}
    counts: dict[Keys, int] = {}
    table: Keys = ()
    for line, pieces in _statements(text):
        if pieces[0] != "[":
            key = _key(pieces[: pieces.index("=")] if "=" in pieces else pieces)
            for length in range(1, len(key) + 1):
                lines.setdefault((*table, *key[:length]), line)
            continue
        table = _element(_key(pieces), counts)
        if pieces[:2] == ["[", "["]:
            lines.setdefault(table, line)
            counts[table] = counts.get(table, -1) + 1
            table = (*table, str(counts[table]))
        for length in range(1, len(table) + 1):
            lines.setdefault(table[:length], line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    line, begun, depth = 1, 1, 0
    pieces: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "\n" and depth <= 0:
            if pieces:
                yield begun, pieces
            pieces, depth = [], 0
        elif piece != "\n" and not piece.startswith("#"):
            begun = begun if pieces else line
            pieces.append(piece)
            depth += (piece in {"[", "{"}) - (piece in {"]", "}"})
        line += piece.count("\n")
    if pieces:
        yield begun, pieces


def _key(pieces: list[str]) -> Keys:
    return tuple(_name(piece) for piece in pieces if piece not in {"[", "]", "."})


def _name(piece: str) -> str:
    if piece[0] in "\"'":
        return str(tomllib.loads(f"name = {piece}")["name"])
    return piece


def _element(key: Keys, counts: dict[Keys, int]) -> Keys:
    """Lead `key` through the last elements of the arrays of tables on its way."""
    path: Keys = ()
    for part in key[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, str(counts[path]))
    return (*path, key[-1])
