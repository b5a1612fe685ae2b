"""A unit's label in the form that is wanted: a job for a printer, a picture to look at."""

from __future__ import annotations

from station.faults import LabelMisfit
from station.labels import Fields, Form, Job, lettering, picture
from station.labels.sheet import CodeWrong, Sheet, sheet
from station.labels.template import Template


def job(job_id: str, template: Template, fields: Fields, form: Form) -> Job:
    """Return the label of a unit as a job for a printer that takes `form`.

    Raises:
        LabelMisfit: the unit has no such field, or its value can't stand there or is too long.
        ValueError: `job_id` is none.

    """
    zpl = template.zpl(fields, job_id)
    drawn = _drawn(template, zpl)
    if form is Form.ZPL:
        return Job(job_id, form, zpl)
    if lacking := lettering.lacking(drawn.said):
        raise LabelMisfit(f"no font of this computer has {len(lacking)} of its characters")
    return Job(job_id, form, picture.pdf(drawn, template.dots_per_mm))


def preview(template: Template, fields: Fields, scale: int = 2) -> bytes:
    """Return the label as PNG, with `scale` pixels a dot.

    Raises:
        LabelMisfit: as `job`.

    """
    return picture.png(_drawn(template, template.zpl(fields)), scale)


def _drawn(template: Template, zpl: bytes) -> Sheet:
    """Return what the printer will draw, if all its codes fit on the label.

    Raises:
        LabelMisfit: one does not.

    """
    try:
        drawn = sheet(zpl)
    except CodeWrong as error:
        raise _misfit(template, error.line, str(error)) from None
    for line in drawn.beyond():
        raise _misfit(template, line, "the code is larger than the label")
    return drawn


def _misfit(template: Template, line: int, text: str) -> LabelMisfit:
    named = [each for data in template.data if data.line == line for each in data.placeholders]
    return LabelMisfit(f"line {line}, {', '.join(f'{{{each.name}}}' for each in named)}: {text}")
