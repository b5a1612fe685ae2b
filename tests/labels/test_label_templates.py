"""Templates: what may stand in one, and that no value can be more than a value."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.faults import LabelMisfit, LabelWrong
from station.labels import Code, Symbology
from station.labels.template import Template
from station.labels.zpl import commands, unhexed
from tests.labels.label_samples import FIELDS, TEMPLATE

HOSTILE = [
    "^XA^PQ99^XZ",
    "~JA",
    "^FS^XZ",
    "_5E",
    "\\&",
    ">;12",
    "=cmd|' /C calc'!A0",
    "{serial}",
    "}",
]
printable = st.text(min_size=1, max_size=40).filter(str.isprintable)
ascii_printable = st.text(
    st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30
)


def label(body: str) -> str:
    return f"^XA^PW800^LL480\n{body}\n^XZ"


def only(body: str, **fields: str) -> str:
    """Return what the only field of a label says, without what ^FH does to it."""
    zpl = Template.read(label(body)).zpl(fields).decode()
    rows = list(commands(zpl))
    sign = next((row.data for row in rows if row.name == "^FH"), "")
    return unhexed(next(row.data for row in rows if row.name == "^FD"), sign).decode()


def test_fields_are_put_in_their_places(template: Template) -> None:
    assert template.fields == FIELDS.keys()
    assert (template.width_dots, template.height_dots, template.dots_per_mm) == (800, 480, 8)
    zpl = template.zpl(FIELDS).decode()
    assert "^FO20,20^A0N,40,40^FH_^FDTracker Sensor_207^FS" in zpl
    assert "^FO20,70^GB760,3,3^FS" in zpl
    assert zpl.count("\n") == TEMPLATE.count("\n")


def test_a_job_is_named_in_a_comment(template: Template) -> None:
    assert template.zpl(FIELDS, "unit-7-1").startswith(b"^XA^CI28^FX unit-7-1 ^FS\n")


def test_what_a_scanner_must_read(template: Template) -> None:
    assert template.expected_codes(FIELDS) == (
        Code(Symbology.CODE_128, "SN-0001", 6),
        Code(Symbology.QR, '{"s":"SN-0001","k":"fe3-9a-canary-71"}', 7),
        Code(Symbology.DATA_MATRIX, "SN-0001 Sensor 7", 8),
    )


def test_no_secret_shows_in_a_repr(template: Template) -> None:
    shown = repr(template.expected_codes(FIELDS)) + repr(template)
    assert FIELDS["claim_secret"] not in shown


@given(st.sampled_from(HOSTILE) | printable)
@settings(max_examples=200, deadline=None)
def test_a_value_can_never_be_a_command(value: str) -> None:
    plain = label("^FO1,1^A0N,20,20^FD{x}^FS^FO1,50^BQN,2,3^FDQA,{x}^FS^FO1,200^BXN,3,200^FD{x}^FS")
    zpl = Template.read(plain).zpl({"x": value}).decode()
    harmless = Template.read(plain).zpl({"x": "-"}).decode()
    names, expected = (
        [row.name for row in commands(each) if row.name != "^FH"] for each in (zpl, harmless)
    )
    assert names == expected
    assert zpl.count("\n") == harmless.count("\n")
    assert zpl.isascii()


@given(st.sampled_from(HOSTILE) | printable)
@settings(max_examples=200, deadline=None)
def test_a_value_is_told_as_it_is(value: str) -> None:
    assert only("^FO1,1^A0N,20,20^FD<{x}>^FS", x=value) == f"<{value}>"
    for body in ("^FO1,1^BQN,2,3^FDQA,a{x}_b^FS", "^FO1,1^BXN,3,200^FDa{x}_b^FS"):
        (code,) = Template.read(label(body)).expected_codes({"x": value})
        assert code.text == f"a{value}_b"


@given(ascii_printable)
@settings(max_examples=200, deadline=None)
def test_a_code_128_says_what_the_value_says(value: str) -> None:
    template = Template.read(label("^FO1,1^BCN,80,N,N,N^FD>:>8A{x}^FS"))
    assert template.expected_codes({"x": value})[0].text == f"A{value}"


@pytest.mark.parametrize(
    ("data", "value", "says"),
    [
        (">;{x}", "123456", "123456"),
        (">;00>6{x}", "a>b", "00a>b"),
        ("AB>5{x}", "0042", "AB0042"),
        ("1>8{x}", "2", "1\x1d2"),
    ],
)
def test_subsets_of_code_128(data: str, value: str, says: str) -> None:
    template = Template.read(label(f"^FO1,1^BCN,80,N,N,N^FD{data}^FS"))
    assert template.expected_codes({"x": value})[0].text == says


@pytest.mark.parametrize("value", ["SN-000123", "12345678", "1234567", "12345A1234", "A12B"])
def test_a_code_128_that_packs_itself(value: str) -> None:
    template = Template.read(label("^FO1,1^BCN,80,N,N,N,A^FD{x}^FS"))
    assert template.expected_codes({"x": value})[0].text == value


def test_control_sequences_of_a_data_matrix() -> None:
    body = "^FO1,1^BXN,4,200,,,,|^FD|1010{x}|d029||^FS"
    (code,) = Template.read(label(body)).expected_codes({"x": "a|1_~"})
    assert code.text == "010a|1_~\x1d|"


def test_a_template_may_write_hexadecimal_itself() -> None:
    assert only("^FO1,1^A0N,20,20^FH|^FD|5E_{x}^FS", x="|_") == "^_|_"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("^FO1,1^FD{serial^FS", "line 2: a brace alone"),
        ("^FO1,1^FDa}b^FS", "line 2: a brace alone"),
        ("^FO1,1^FD{no such}^FS", "line 2: {no such} is no placeholder"),
        ("^FO1,1\n^FD{colour}^FS", "line 3: units have no field {colour}; they have serial"),
        (
            "^FO{serial},1^FDx^FS",
            "line 2: a placeholder stands in field data (^FD) alone, not in ^FO",
        ),
        ("^FO1,1^BCN,80,Y,N,N,D^FD{serial}^FS", "line 2: a Code 128's mode is N or A"),
        ("^FO1,1^BCN,80^FD>9{serial}^FS", "line 2: of a Code 128's control sequences"),
        ("^FO1,1^BQN,2,4^FD{serial}^FS", "line 2: a QR code's data begins with QA,"),
        ("^FO1,1^BXN,4,100^FD{serial}^FS", "line 2: ^BX: only quality 200"),
        ("^FO1,1^BXN,4,200,,,,_^FD_2{serial}^FS", "line 2: of a Data Matrix's escape sequences"),
        ("^FO1,1^BXN,4,200^FH^FD{serial}^FS", "line 2: a ^BX field with ^FH names"),
        ("^FO1,1^BEN,80^FD{serial}^FS", "line 2: ^BE: the codes that can be read back"),
        ("^FO1,1^FC%^FD{serial}^FS", "line 2: ^FC: a clock"),
        ("^FO1,1^TBN,9,9^FD{serial}^FS", "line 2: ^TB: a text block"),
        ("^CI13^FO1,1^FD{serial}^FS", "line 2: ^CI: a label is written in UTF-8"),
        ("^CC+^FO1,1^FD{serial}^FS", "line 2: ^CC: the template keeps"),
        ("~JA^FO1,1^FD{serial}^FS", "line 2: ~JA: a template gives the printer no orders"),
        ("^PQ3^FO1,1^FD{serial}^FS", "line 2: ^PQ: a job is one label"),
        ("^FO1,1^GFB,1,1,1,x^FS^FD{serial}^FS", "line 2: ^GF: a picture is written as ^GFA"),
        ("^FO1,1^FDa^FS^XZ^XA^FDb^FS", "line 1: a template is one label, this one is 2"),
        ("", "line 1: a template is one label, this one is none"),
        ("^XA^FDx^FS", "line 2: ^XA where none may be"),
        ("^FDx^FS^XZ^XZ^XA", "line 2: ^XZ where none may be"),
    ],
)
def test_a_mistake_is_told_with_its_line(body: str, told: str) -> None:
    with pytest.raises(LabelWrong, match=re.escape(told)):
        Template.read(label(body), {"serial"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("^XA^LL100^FDx^FS^XZ", "no size of the label by ^PW"),
        ("^XA^PW100^LL0^FDx^FS^XZ", "no size of the label by ^LL"),
        ("^FDx^FS^XA^PW1^LL1^XZ", "line 1: field data outside"),
        ("^XA^PW1^LL1^FDx^FS", "line 1: this ^XA has no ^XZ"),
        ("nothing at all", "this one is none"),
    ],
)
def test_a_template_is_a_whole_label(text: str, told: str) -> None:
    with pytest.raises(LabelWrong, match=re.escape(told)):
        Template.read(text)


def test_what_label_designers_write_around_a_label_is_taken() -> None:
    text = (
        "CT~~CD,~CC^~CT~\n^XA\n~TA000\n~JSN\n^LT0^MNW^MTT^PON^PMN^LH0,0^JMA^PR4,4~SD15^JUS^LRN^CI27\n"
        "^XZ^XA^MMT^PW609^LL406^LS0^FT20,40^A0N,28,28^FH\\^CI28^FD{serial}\\5F^FS^CI28^PQ1,0,1,Y^XZ\n"
    ).replace("^CI27", "^CI28")
    zpl = Template.read(text).zpl({"serial": "A_1\\"})
    assert b"^FH\\^CI28^FDA\\5F1\\5C\\5F^FS" in zpl


@pytest.mark.parametrize(
    ("body", "value", "told"),
    [
        ("^FO1,1^FD{x:4}^FS", "canary", "line 2, {x}: {x} has 6 characters, 4 is the most"),
        ("^FO1,1^FD{x}^FS", "", "line 2, {x}: the unit has no {x}"),
        ("^FO1,1^FD{x}^FS", "canary\n", "has characters that can't be printed"),
        ("^FO1,1^FD{x}^FS", "canary\u202e", "has characters that can't be printed"),
        ("^FO1,1^FD{x}^FS", "canary" * 2000, "more than 3072 bytes"),
        ("^FO1,1^FB90^FD{x}^FS", "canary\\&", "a block of text (^FB) can't hold a backslash"),
        ("^FO1,1^BCN,80^FD{x}^FS", "canary\N{LATIN SMALL LETTER E WITH ACUTE}", "plain ASCII"),
        ("^FO1,1^BCN,80^FD>;{x}^FS", "12345", "odd count of digits"),
        ("^FO1,1^BCN,80^FD>;{x}^FS", "canary", "digits alone"),
        ("^FO1,1^BCN,80^FD>;{x}>6A^FS", "123", "odd count of digits"),
        ("^FO1,1^BCN,80,N,N,N,A^FD{x}^FS", "canary>", "can't hold ^, > or ~"),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_not_told(body: str, value: str, told: str) -> None:
    template = Template.read(label(body))
    with pytest.raises(LabelMisfit, match=re.escape(told)) as caught:
        template.zpl({"x": value})
    assert "canary" not in str(caught.value)
    with pytest.raises(LabelMisfit):
        Template.read(label("^FO1,1^BQN,2,3^FDQA,{y}^FS")).expected_codes({})
