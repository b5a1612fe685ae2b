"""What stands on a unit's label: its template, filled from the record alone.

So the same label can be made anew, for a second try and for a reprint. A secret that belongs on it
is unsealed here, and goes nowhere but to the printer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from station.clouds import Cloud, ProvisionsDevices
from station.faults import LabelOtherRecipe
from station.label_options import LabelPlan
from station.labels.template import Template
from station.record import CLAIM_SECRET, Record
from station.record.label_facts import Facts
from station.scans import without_symbology
from station.stock import Stock

SECRET = "claim_secret"  # noqa: S105 - a field's name
GROUP = "\x1d"
"""What a symbol FNC1 reads as; scanners that type leave it out."""

_ODD = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Content:
    """One unit's label; `unit` is its serial number. The fields hold secrets and never print."""

    unit: str
    template: Template
    fields: Mapping[str, str] = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of what is printed, without the job's id."""
        return sha256(self.template.zpl(self.fields)).hexdigest()

    @property
    def has_codes(self) -> bool:
        """Whether there is anything to scan on it."""
        return bool(self.template.expected_codes(self.fields))

    def is_read_from(self, text: str) -> bool:
        """Tell whether `text` was scanned from this label: one of its codes says exactly that."""
        said = {_bare(code.text) for code in self.template.expected_codes(self.fields)}
        return _bare(without_symbology(text)) in said


async def content_of(
    record: Record, stock: Stock, plan: LabelPlan, cloud: Cloud, run: int
) -> Content:
    """Return the label of the unit of `run`, as the record knows that unit now.

    Raises:
        LabelOtherRecipe: the plan has no template.
        RecordBroken: nobody knows the unit.
        SealBroken, SecretMissing, KeystoreUnsafe: its secret can't be unsealed.

    """
    if (template := plan.template) is None:
        raise LabelOtherRecipe("this recipe prints nothing")
    facts = await record.labels.facts(run, cloud.address, plan.pool)
    fields = {**_told(facts), **plan.options.fields}
    if SECRET in template.fields:
        fields[SECRET] = await _secret(record, stock, cloud, run, facts.device_id)
    return Content(facts.serial, template, fields)


def _told(facts: Facts) -> dict[str, str]:
    return {
        **{_ODD.sub("_", name): value for name, value in facts.ids},
        "serial": facts.serial,
        "kind": facts.kind,
        "model": facts.model,
        "firmware": facts.firmware,
        "hardware": facts.hardware,
        "device_id": facts.device_id,
        "cloud": facts.cloud,
        "serial_number": facts.serial_number,
        "order": facts.order,
        "recipe": facts.recipe,
        "station": facts.station,
        "operator": facts.operator,
        "date": facts.date,
    }


async def _secret(record: Record, stock: Stock, cloud: Cloud, run: int, device: str) -> str:
    """Return the secret by which a customer takes the device; empty where none was made."""
    if not device or not isinstance(cloud, ProvisionsDevices):
        return ""
    kept = await record.keepsakes.kept(run, cloud.address, device, CLAIM_SECRET)
    if not kept:
        return ""
    seal = stock.seal(cloud.provision_words["provision_secret"])
    return seal.open(kept[0]).get_secret_value()


def _bare(text: str) -> str:
    return text.replace(GROUP, "").strip()
