"""Papers of the demonstration, made on the spot: a drawn page that looks photographed, and a plain PDF. Nobody's real paper."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_PAGE = (620, 877)
_PAPER, _INK, _SHADE = (250, 248, 241), (44, 52, 66), (226, 222, 210)
_STAMP = "CONTOH"


def page(title: str, lines: Sequence[str]) -> bytes:
    """A photographed sheet of about 30 KB."""
    image = Image.new("RGB", _PAGE, _SHADE)
    draw = ImageDraw.Draw(image)
    draw.rectangle([18, 14, _PAGE[0] - 20, _PAGE[1] - 18], fill=_PAPER)
    draw.text((60, 60), title, font=ImageFont.load_default(size=24), fill=_INK)
    for place, line in enumerate(lines):
        draw.text((60, 130 + 30 * place), line, font=ImageFont.load_default(size=15), fill=_INK)
    draw.text((200, 640), _STAMP, font=ImageFont.load_default(size=52), fill=_SHADE)
    written = BytesIO()
    image.save(written, "JPEG", quality=75)
    return written.getvalue()


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """One page of plain text as a PDF 1.4: the smallest file that every reader opens."""
    words = [f"BT /F1 18 Tf 60 760 Td ({_escaped(title)}) Tj ET"]
    words += [f"BT /F1 11 Tf 60 {720 - 20 * place} Td ({_escaped(line)}) Tj ET" for place, line in enumerate(lines)]
    words.append(f"BT /F1 40 Tf 0.85 g 200 300 Td ({_STAMP}) Tj ET")
    drawn = "\n".join(words).encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects with the table that says where each begins."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
