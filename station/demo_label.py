"""The demonstration's labels: printed as pictures into its folder, the last few of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from station.labels import Form, Job, Printed, check_form

FOLDER = "labels"
FILE = "demo.zpl"
LABEL_S = 0.8
"""How long a label takes, in seconds: about what a desktop printer needs for one so small."""
KEPT = 50
"""A demonstration may run for days."""

TABLE = f"""
[label]
template = "{FILE}"
printer = "demo"
"""
TEMPLATE = """\
^XA
^PW400^LL200^LH0,0
^FO12,14^A0N,26,26^FD{model:14}^FS
^FO12,46^A0N,20,20^FD{date}^FS
^FO12,80^BY2^BCN,64,N,N,N,A^FD{serial:16}^FS
^FO12,152^A0N,24,24^FD{serial:16}^FS
^FO300,14^BQN,2,3^FDQA,{device_id}^FS
^XZ
"""


class PicturePrinter:
    """A `Printer` whose labels are PNG files in `folder`, named by their jobs."""

    def __init__(self, folder: Path, label_s: float = LABEL_S, kept: int = KEPT) -> None:
        self.folder = folder
        self._label_s, self._kept = label_s, kept
        self._one_at_a_time = asyncio.Lock()

    @property
    def form(self) -> Form:
        """As `Printer.form`."""
        return Form.ZPL

    async def probe(self) -> bool:
        """As `Printer.probe`."""
        return True

    async def print(self, job: Job) -> Printed:
        """As `Printer.print`."""
        check_form(self, job)
        async with self._one_at_a_time:
            await asyncio.sleep(self._label_s)
            await asyncio.to_thread(self._draw, job)
        return Printed(job.id, sure=True)

    def _draw(self, job: Job) -> None:
        from station.labels.picture import png
        from station.labels.sheet import sheet

        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{job.id}.png").write_bytes(png(sheet(job.document), 2))
        for old in sorted(self.folder.glob("*.png"))[: -self._kept]:
            old.unlink(missing_ok=True)
