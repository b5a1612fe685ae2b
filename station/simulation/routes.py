"""How a request finds its call, for any simulated server."""

from __future__ import annotations

import re
from collections.abc import Callable

from station.simulation.http_server import Response

Call = Callable[..., Response]


class Calls:
    """A table of calls: a method, a path, and what is done to the account."""

    def __init__(self) -> None:
        self._known: list[tuple[str, re.Pattern[str], Call]] = []

    def on(self, method: str, path: str) -> Callable[[Call], Call]:
        """Make a function the call for `method` on paths like `path`."""

        def keep(call: Call) -> Call:
            self._known.append((method, re.compile(path), call))
            return call

        return keep

    def at(self, path: str) -> dict[str, tuple[Call, tuple[str, ...]]]:
        """Return, by method, what can be done at `path`, with the parts of it that are names."""
        found = [(method, call, way.fullmatch(path)) for method, way, call in self._known]
        return {method: (call, match.groups()) for method, call, match in found if match}
