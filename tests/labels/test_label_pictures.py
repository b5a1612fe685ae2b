"""Labels as pictures and as pages, read back by a decoder and a PDF reader of others."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from station.faults import LabelMisfit
from station.labels import Fields, Form, documents, lettering
from station.labels.sheet import Raster, sheet
from station.labels.template import Template
from tests.labels.label_samples import CODES, FIELDS, read_codes

ascii_text = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)
any_text = st.text(min_size=1, max_size=40).filter(str.isprintable)


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def expected(template: Template, fields: Fields) -> list[tuple[str, str]]:
    return sorted((each.symbology.value, each.text) for each in template.expected_codes(fields))


def page(document: bytes) -> pypdfium2.PdfPage:
    return pypdfium2.PdfDocument(document)[0]


@given(ascii_text, any_text)
@settings(max_examples=60, deadline=None)
def test_any_printable_value_is_read_back_from_the_picture(ascii_: str, any_: str) -> None:
    fields = {"ascii": ascii_, "any": any_}
    assert read_codes(documents.preview(CODES, fields, 1)) == expected(CODES, fields)


def test_a_preview_is_as_large_as_is_asked(template: Template) -> None:
    assert opened(documents.preview(template, FIELDS)).size == (1600, 960)


@pytest.mark.parametrize("turn", "NRIB")
@pytest.mark.parametrize("place", ["FO300,300", "FT500,500"])
def test_codes_are_read_however_they_are_turned(turn: str, place: str) -> None:
    for body in (
        f"^{place}^BY2^BC{turn},60,Y,N,N^FD{{x}}^FS",
        f"^{place}^BX{turn},5,200^FD{{x}}^FS",
        f"^FW{turn}^{place}^BQ,2,5^FDHA,{{x}}^FS",
    ):
        template = Template.read(f"^XA^PW1000^LL1000{body}^XZ")
        picture = documents.preview(template, {"x": "SN-42"}, 1)
        assert read_codes(picture) == expected(template, {"x": "SN-42"})


def test_where_things_are_put() -> None:
    zpl = (
        b"^XA^PW200^LL200^LH10,5"
        b"^FO10,10^GB20,30,20^FS"  # filled
        b"^FO50,10^GB40,40,2^FS"  # a frame
        b"^FO12,12^GB4,4,4,W^FS"  # white on black
        b"^FT100,50^A0R,20,10^FDI^FS"
        b"^FO110,100^GFA,8,8,1,K0:IF,FF!^FS"
        b"^XZ"
    )
    template = Template.read(zpl.decode())
    picture = opened(documents.preview(template, {}, 1)).convert("1")
    assert picture.size == (200, 200)
    assert dark(picture, (20, 15, 40, 45)) == 20 * 30 - 16
    assert picture.crop((22, 17, 26, 21)).getextrema() == (255, 255)
    assert dark(picture, (60, 15, 100, 55)) == 40 * 40 - 36 * 36
    assert dark(picture, (105, 50, 140, 70)) > 0


def dark(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    return picture.crop(box).convert("L").histogram()[0]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("GFA,4,4,1,F00FAA55", ["11110000", "00001111", "10101010", "01010101"]),
        ("GFA,4,4,2,IF,:", 2 * ["1" * 12 + "0000"]),
        ("GFA,6,6,2,F,:!", ["1111" + "0" * 12, "1111" + "0" * 12, "1" * 16]),
        ("GFA,11,11,11,gGF,", ["1" * 84 + "0000"]),
        ("GFA,9,9,x,FF", []),
        ("GFA,8,8,1,:Z64:eJx:", []),
    ],
)
def test_pictures_in_hexadecimal(data: str, rows: list[str]) -> None:
    inks = sheet(f"^XA^FO1,1^{data}^FS^XZ".encode()).inks
    drawn = [
        "".join("1" if dot else "0" for dot in row)
        for ink in inks
        if isinstance(ink, Raster)
        for row in ink.rows
    ]
    assert drawn == rows


def test_white_on_black_by_inverting() -> None:
    body = "^FO0,0^GB100,40,40^FS^FO10,5^FR^A0N,30,30^FDMM^FS"
    inverted = Template.read(f"^XA^PW100^LL40{body}^XZ")
    plain = Template.read("^XA^PW100^LL40^FO10,5^A0N,30,30^FDMM^FS^XZ")
    first, second = (opened(documents.preview(each, {}, 1)) for each in (inverted, plain))
    assert [255 - grey for grey in first.tobytes()] == list(second.tobytes())


def test_a_block_breaks_its_lines_and_keeps_to_their_count() -> None:
    def height(lines: int) -> int:
        body = f"^FO0,0^FB90,{lines},0,L^A0N,20,20^FDone two three four five six seven^FS"
        made = documents.preview(Template.read(f"^XA^PW300^LL200{body}^XZ"), {}, 1)
        return (Image.eval(opened(made), lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0))[3]

    assert height(1) < 20 < height(2) < 40 < height(3) < 60


def test_a_page_has_the_labels_size_and_its_codes(template: Template) -> None:
    job = documents.job("unit-7", template, FIELDS, Form.PDF)
    made = page(job.document)
    width_mm, height_mm = (points * 25.4 / 72 for points in made.get_size())
    assert (width_mm, height_mm) == (pytest.approx(100, abs=0.1), pytest.approx(60, abs=0.1))
    assert read_codes(made.render(scale=3).to_pil()) == expected(template, FIELDS)
    assert documents.job("unit-7", template, FIELDS, Form.PDF).document == job.document
    assert FIELDS["claim_secret"] not in repr(job)


@given(ascii_text, any_text)
@settings(max_examples=10, deadline=None)
def test_any_value_is_read_back_from_the_page(ascii_: str, any_: str) -> None:
    fields = {"ascii": ascii_, "any": any_}
    document = documents.job("a", CODES, fields, Form.PDF).document
    assert read_codes(page(document).render(scale=3).to_pil()) == expected(CODES, fields)


def test_a_page_is_not_made_with_boxes_for_letters(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lettering, "FILES", ())
    told = {**FIELDS, "place": "\N{SNOWMAN}\N{SNOWMAN}!"}
    with pytest.raises(LabelMisfit, match="no font of this computer has 1 of its characters"):
        documents.job("a", template, told, Form.PDF)
    assert documents.preview(template, told)
    assert documents.job("a", template, told, Form.ZPL).form is Form.ZPL


@pytest.mark.parametrize(
    ("body", "value", "told"),
    [
        ("^FO10,10^BY3^BCN,80^FD{x}^FS", "canary" * 9, "line 2, {x}: the code is larger"),
        ("^FT10,80^BY3^BCB,80^FD{x}^FS", "canary", "line 2, {x}: the code is larger"),
        ("^FO10,10\n^BQN,2,9^FDQA,{x}^FS", "canary" * 20, "line 3, {x}: the code is larger"),
        ("^FO10,10^BQN,2,1^FDHA,{x}^FS", "canary" * 400, "line 2, {x}: qr can't hold so much"),
        ("^FO10,10^BXN,1,200^FD{x}^FS", "\N{SNOWMAN}" * 900, "datamatrix can't hold so much"),
    ],
)
def test_a_code_that_does_not_fit_is_told_and_not_printed(body: str, value: str, told: str) -> None:
    template = Template.read(f"^XA^PW400^LL300\n{body}^XZ")
    for form in Form:
        with pytest.raises(LabelMisfit, match=re.escape(told)) as caught:
            documents.job("a", template, {"x": value}, form)
        assert "canary" not in str(caught.value)
