"""PEM and base64: what is taken, and what is not."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.wire.pem import CERTIFICATE, PRIVATE_KEY, blocks, from_base64, to_base64


def pem(data: bytes, label: str = CERTIFICATE, end: str = "") -> str:
    body = base64.encodebytes(data).decode()
    return f"-----BEGIN {label}-----\n{body}-----END {end or label}-----\n"


@given(st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=3))
def test_blocks_come_in_their_order_without_what_stands_between(ders: list[bytes]) -> None:
    text = "".join(f"subject=CN: {n}\n{pem(der)}\r\n" for n, der in enumerate(ders))
    assert blocks(text, CERTIFICATE) == tuple(ders)
    assert from_base64(to_base64(*ders)) == b"".join(ders)
    assert to_base64(*ders).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MIIB",
        pem(b"key", "EC PRIVATE KEY"),
        pem(b"a") + pem(b"key", PRIVATE_KEY),
        pem(b"a", end=PRIVATE_KEY),
        pem(b""),
        pem(b"abc").replace("YWJj", "YW!j"),
        pem(b"abc").replace("YWJj", "YWJ"),
    ],
)
def test_what_is_not_whole_or_not_what_it_must_be_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not ") as caught:
        blocks(text, CERTIFICATE)
    assert "YW" not in str(caught.value)
    assert "MIIB" not in str(caught.value)


@pytest.mark.parametrize("text", ["", " \r\n", "abc", "ab=c", "ab-c", "ü" * 4])
def test_what_is_no_base64(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not base64$"):
        from_base64(text)


def test_base64_may_stand_on_several_lines() -> None:
    assert from_base64("YWJj\r\nZGVm\n") == b"abcdef"
