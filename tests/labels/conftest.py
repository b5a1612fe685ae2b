from __future__ import annotations

import pytest

from station.labels.template import Template
from tests.labels.label_samples import FIELDS, TEMPLATE


@pytest.fixture
def template() -> Template:
    return Template.read(TEMPLATE, FIELDS)
