"""An address as a QR code."""

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """A drawing that stands inside a page: paths only, no text, no style, no identifier. Corrects up to 15 % of damage."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return out.getvalue().decode().strip()
