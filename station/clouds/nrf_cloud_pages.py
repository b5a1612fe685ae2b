"""Lists of nRF Cloud, page after page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from station.clouds.http import Caller
from station.clouds.replies import refused
from station.faults import CloudNonsense

MOST_PAGES = 100


async def items(
    caller: Caller, path: str, params: Mapping[str, str] | None = None
) -> AsyncIterator[Mapping[str, Any]]:
    """Yield the objects of the list at `path`; the next page is asked for when it is needed.

    Raises:
        NotThere: there is no such list.
        CloudFault: it does not tell, or it never ends.

    """
    asked = dict(params or {})
    for _ in range(MOST_PAGES):
        reply = await caller.get(path, params=asked)
        if reply.status != 200:
            raise refused(reply)
        told = reply.body if isinstance(reply.body, dict) else {"items": reply.body}
        page = told.get("items")
        if not isinstance(page, list):
            raise CloudNonsense("a list without items")
        for each in page:
            if isinstance(each, dict):
                yield each
        if not (token := told.get("pageNextToken")):
            return
        asked["pageNextToken"] = str(token)
    raise CloudNonsense(f"more than {MOST_PAGES} pages")
