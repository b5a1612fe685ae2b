"""DER, as much of it as a repair needs: elements in a row, each a tag, a length and contents."""

from __future__ import annotations

_SEQUENCE = 0x30
_ECDSA_WITH_SHA256 = bytes.fromhex("06082a8648ce3d040302")
_NULL = b"\x05\x00"


def without_null_parameters(request: bytes) -> bytes:
    """Return a PKCS #10 request whose ecdsa-with-SHA256 has no parameters, as RFC 5758 wants it.

    Older modem firmware writes NULL there. What was signed stays as it is. Anything that is not
    exactly of that form is returned unchanged.
    """
    try:
        (whole,) = _elements(request)
        signed, _, signature = _elements(_contents(whole))
    except ValueError:
        return request
    wrong = signed + _sequence(_ECDSA_WITH_SHA256 + _NULL) + signature
    if _sequence(wrong) != request:
        return request
    return _sequence(signed + _sequence(_ECDSA_WITH_SHA256) + signature)


def _elements(data: bytes) -> list[bytes]:
    elements = []
    while data:
        size = sum(_header(data))
        if size > len(data):
            raise ValueError("an element is cut off")
        elements.append(data[:size])
        data = data[size:]
    return elements


def _contents(element: bytes) -> bytes:
    return element[_header(element)[0] :]


def _header(data: bytes) -> tuple[int, int]:
    """Return how many bytes the header has, and how many its contents."""
    if len(data) < 2:
        raise ValueError("an element is cut off")
    if data[1] < 0x80:
        return 2, data[1]
    more = data[1] - 0x80
    return 2 + more, int.from_bytes(data[2 : 2 + more], "big")


def _sequence(contents: bytes) -> bytes:
    size = len(contents)
    if size < 0x80:
        return bytes((_SEQUENCE, size)) + contents
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((_SEQUENCE, 0x80 + len(length))) + length + contents
