"""The proof of an erasure: one shape in the trail, whatever was erased on whatever board."""

from __future__ import annotations

from collections.abc import Sequence

from station.run import Run


async def tell_erased(run: Run, what: Sequence[str], shown: str) -> None:
    """Note that a unit holds none of `what` any more; `shown` is how that was read back.

    Only what was shown is told so.
    """
    await run.note("erased", {"what": list(what), "shown": shown, "left": []})
