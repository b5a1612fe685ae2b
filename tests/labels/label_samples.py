"""A template with one of everything, and a reader that is not ours."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image

from station.labels.template import Template

TEMPLATE = """^XA
^PW800^LL480^LH0,0
^FX The name, its line, and where it was made ^FS
^FO20,20^A0N,40,40^FDTracker {name:20}^FS
^FO20,70^GB760,3,3^FS
^FO20,90^BY2^BCN,80,Y,N,N^FD{serial}^FS
^FO20,230^BQN,2,4^FDQA,{{"s":"{serial}","k":"{claim_secret}"}}^FS
^FO260,230^BXN,4,200^FD{serial} {name}^FS
^FO560,240^FB200,3,0,C^A0N,24,24^FDMade in {place}\\&with care^FS
^XZ
"""

CODES = Template.read(
    "^XA^PW1200^LL800"
    "^FO40,40^BY2^BCN,80,N,N,N^FD{ascii}^FS"
    "^FO40,240^BQN,2,4^FDQA,{any}^FS"
    "^FO600,240^BXN,6,200^FD{any}^FS"
    "^XZ"
)

FIELDS = {
    "serial": "SN-0001",
    "name": "Sensor 7",
    "claim_secret": "fe3-9a-canary-71",
    "place": "Norway",
}


def read_codes(picture: bytes | Image.Image) -> list[tuple[str, str]]:
    """Return what another program reads from a picture: (symbology, text), in no order."""
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    found = zxingcpp.read_barcodes(image.convert("L"), text_mode=zxingcpp.TextMode.Plain)
    names = {"code 128": "code128", "qr code": "qr", "data matrix": "datamatrix"}
    return sorted((names[str(each.format).lower()], each.text) for each in found)
