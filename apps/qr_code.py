"""QR codes as pictures that stand in a page by themselves."""

from __future__ import annotations

import segno


def qr_picture(text: str, *, border: int = 4) -> str:
    """A data URI (SVG) of the QR code of `text`; error correction M, quiet zone of 4 as ISO/IEC 18004 wants.

    Scale it by its width in the page: the picture has no size of its own.
    """
    code = segno.make(text, error='m', micro=False)
    return str(code.svg_data_uri(border=border, dark='#000000', light='#ffffff', omitsize=True))
