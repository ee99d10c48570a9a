"""QR codes as pictures."""

import segno
from markupsafe import Markup


def qr(text: str) -> Markup:
    """The QR code of a text (ISO/IEC 18004) as an SVG element, with the error correction M: 15 % may be unreadable."""
    # Dark on light in every theme, or else cameras do not read it.
    drawing = segno.make_qr(text, error="m").svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    return Markup(drawing)  # noqa: S704 - the text is in it as a pattern only
