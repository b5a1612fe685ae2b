"""Our ZPL as another renderer draws it: what its codes say, and where its lines are."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from station.labels import Fields, documents
from station.labels.template import Template
from tests.labels.label_samples import CODES, FIELDS, TEMPLATE, read_codes

pytestmark = pytest.mark.peer

ascii_text = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def drawn(python: Path, zpl: Sequence[bytes]) -> list[list[bytes]]:
    """Return the labels, PNG, that the other renderer makes of each."""
    done = subprocess.run(
        [python, Path(__file__).with_name("drive_zplkit.py")],
        input=json.dumps([base64.b64encode(each).decode() for each in zpl]),
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    return [[base64.b64decode(png) for png in labels] for labels in json.loads(done.stdout)]


def expected(fields: Fields) -> list[tuple[str, str]]:
    return sorted((each.symbology.value, each.text) for each in CODES.expected_codes(fields))


@given(st.lists(st.tuples(ascii_text, ascii_text), min_size=20, max_size=20))
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_another_renderer_reads_the_same_from_our_zpl(
    python: Path, values: list[tuple[str, str]]
) -> None:
    each = [{"ascii": ascii_, "any": any_} for ascii_, any_ in values]
    made = drawn(python, [CODES.zpl(fields) for fields in each])
    assert [read_codes(labels[0]) for labels in made] == [expected(fields) for fields in each]


def test_hostile_values_are_words_to_the_other_renderer_too(python: Path) -> None:
    values = ["^XA^PQ99^XZ", "~JA~HS", "_5E_", ">;>8>9", "a\\&b", "=1+1", "{x}"]
    each = [{"ascii": value, "any": value} for value in values]
    made = drawn(python, [CODES.zpl(fields) for fields in each])
    assert [len(labels) for labels in made] == [1] * len(values)
    assert [read_codes(labels[0]) for labels in made] == [expected(fields) for fields in each]


def test_the_sample_looks_as_the_other_renderer_draws_it(python: Path) -> None:
    template = Template.read(TEMPLATE, FIELDS)
    ((png,),) = drawn(python, [template.zpl(FIELDS)])
    ours = Image.open(io.BytesIO(documents.preview(template, FIELDS, 1))).convert("1")
    theirs = Image.open(io.BytesIO(png)).convert("1")
    assert ours.size == theirs.size == (800, 480)
    for box in ((0, 60, 800, 170), (20, 230, 48, 258), (260, 230, 262, 300)):
        assert ours.crop(box).tobytes() == theirs.crop(box).tobytes()
