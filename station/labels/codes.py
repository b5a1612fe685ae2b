"""Codes as modules: the only file that knows pyStrich."""

from __future__ import annotations

from pystrich.datamatrix import FNC1, DataMatrixCodeword, DataMatrixData, DataMatrixEncoder
from pystrich.exceptions import PyStrichError
from pystrich.qrcode import QRCodeEncoder, QRErrorCorrectionLevel

from station.labels import Symbology, code128
from station.labels.code128 import GROUP
from station.labels.field_data import Symbol, data_matrix_pieces, qr_parts

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True for a dark one; without a quiet zone."""

_LEVELS: dict[str, QRErrorCorrectionLevel] = {"L": "L", "M": "M", "Q": "Q", "H": "H"}


def modules(drawn: Symbol, data: str) -> Modules:
    """Return the modules of a code; one row for a linear one.

    Raises:
        ValueError: the data is laid out wrongly, or too long for this code.

    """
    try:
        match drawn.symbology:
            case Symbology.CODE_128:
                return (code128.bars(code128.values(data, drawn.mode)),)
            case Symbology.QR:
                return _qr(*qr_parts(data))
            case Symbology.DATA_MATRIX:
                return _data_matrix("".join(data_matrix_pieces(data, drawn.escape)))
    except PyStrichError as error:
        raise ValueError(f"{drawn.symbology} can't hold so much") from error


def _qr(level: str, text: str) -> Modules:
    rows = QRCodeEncoder(text, _LEVELS[level]).matrix
    return tuple(tuple(bool(each) for each in row) for row in rows)


def _data_matrix(text: str) -> Modules:
    segments: list[str | DataMatrixCodeword] = []
    for place, segment in enumerate(text.split(GROUP)):
        segments += [FNC1, segment] if place else [segment]
    data = DataMatrixData(*segments, auto_encoding=True)
    picture = DataMatrixEncoder(data, quiet_zone=0).get_pilimage(1).convert("L")
    dark = [value < 128 for value in picture.tobytes()]
    width, height = picture.size
    return tuple(tuple(dark[row * width : (row + 1) * width]) for row in range(height))
