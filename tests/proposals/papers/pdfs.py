"""PDFs for the tests, made on the spot: one honest, and each of the others with one thing that acts."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

SCRIPT = "app.launchURL('https://example.org')"


def _name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({_name(key): value for key, value in entries.items()})


def made(change: Callable[[PdfWriter], object] = lambda writer: writer, pages: int = 1) -> bytes:
    """A PDF of blank pages, after a change to its writer."""
    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    change(writer)
    writer.write(out)
    return out.getvalue()


def in_catalog(key: str, value: object) -> bytes:
    """A PDF whose catalog has one more entry."""
    return made(lambda writer: writer.root_object.update({_name(key): value}))


def on_page(annotation: DictionaryObject) -> bytes:
    """A PDF with one annotation on its page."""
    return made(lambda writer: writer.pages[0].update({_name("Annots"): ArrayObject([annotation])}))


def action(kind: str, **entries: object) -> DictionaryObject:
    return _dictionary(S=_name(kind), **entries)


def honest(pages: int = 1) -> bytes:
    """Goes to its first page when it is opened, as most writers of PDFs have it."""
    return made(
        lambda writer: writer.root_object.update({_name("OpenAction"): ArrayObject([writer.pages[0].indirect_reference, _name("Fit")])}), pages
    )


def encrypted() -> bytes:
    return made(lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"))


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("jahat.html", "<script>")
    return out.getvalue()


def hidden_in_object_stream() -> bytes:
    """The catalog and its action lie compressed in an object stream, their names escaped: no plain search finds them."""
    catalog, acting = b"<</Type/Catalog/Pages 3 0 R/OpenAction 2 0 R>>", b"<</S/Java#53cript/J#53(app.alert(1))>>"
    head = b"1 0 2 %d " % (len(catalog) + 1)
    packed = zlib.compress(head + catalog + b" " + acting)
    out, places = b"%PDF-1.5\n", {}
    for number, content in (
        (3, b"<</Type/Pages/Kids[4 0 R]/Count 1>>"),
        (4, b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>"),
        (5, b"<</Type/ObjStm/N 2/First %d/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(head), len(packed), packed)),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places[6] = len(out)
    rows = bytes(5) + b"".join(b"\x02\x00\x00\x05" + bytes([place]) for place in (0, 1))
    rows += b"".join(b"\x01" + places[number].to_bytes(3, "big") + b"\x00" for number in (3, 4, 5, 6))
    out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 3 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    return out + b"startxref\n%d\n%%%%EOF" % places[6]


def in_a_stream_that_no_list_names() -> bytes:
    """The list of objects is silent about what the object stream holds; readers that mend a broken list find it there."""
    packed = zlib.compress(b"5 0 <</S/J#61vaScript/JS(app.alert(1))>>")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    )
    out, table = b"%PDF-1.5\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return out + b"xref\n0 5\n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))


def swelling() -> bytes:
    """An object stream of a hundred kilobytes that unpacks to a hundred and twenty million octets."""
    packed = zlib.compress(b"1 0 " + b" " * 120_000_000, 9)
    out = b"%PDF-1.5\n"
    place = len(out)
    out += b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    table = len(out)
    rows = bytes(5) + b"\x02\x00\x00\x05\x00" + bytes(15) + b"\x01" + place.to_bytes(3, "big") + b"\x00"
    out += b"6 0 obj\n<</Type/XRef/Size 6/W[1 3 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    return out + b"startxref\n%d\n%%%%EOF" % table


#: Name, file, and a word of the sentence that refuses it (the tests read English).
ACTING: dict[str, tuple[Callable[[], bytes], str]] = {
    "a script that runs on opening": (lambda: in_catalog("OpenAction", action("JavaScript", JS=TextStringObject(SCRIPT))), "JavaScript"),
    "a script in the table of names": (
        lambda: in_catalog("Names", _dictionary(JavaScript=_dictionary(Names=ArrayObject([TextStringObject("a"), action("JavaScript")])))),
        "JavaScript",
    ),
    "a script under escaped names": (lambda: honest().replace(b"/Type /Catalog", b"/Type /Catalog /J#61vaScript (x)"), "JavaScript"),
    "a script in an object stream": (hidden_in_object_stream, "JavaScript"),
    "a script in a stream that no list names": (in_a_stream_that_no_list_names, "JavaScript"),
    "a program that is started": (lambda: in_catalog("OpenAction", action("Launch", F=TextStringObject("cmd.exe"))), "another program"),
    "a click that opens another file": (
        lambda: on_page(_dictionary(Type=_name("Annot"), Subtype=_name("Link"), A=action("GoToR", F=TextStringObject("lain.pdf")))),
        "another program",
    ),
    "printing on opening": (lambda: in_catalog("OpenAction", action("Named", N=_name("Print"))), "by itself"),
    "something that happens on closing": (lambda: in_catalog("AA", _dictionary(WC=action("Named", N=_name("Print")))), "by itself"),
    "a file inside": (lambda: made(lambda writer: writer.add_attachment("jahat.exe", b"MZ")), "other files"),
    "a form of forms (XFA)": (lambda: in_catalog("AcroForm", _dictionary(XFA=TextStringObject("<xdp/>"))), "XFA"),
    "a film": (lambda: on_page(_dictionary(Type=_name("Annot"), Subtype=_name("RichMedia"))), "film"),
    "a form that is sent away": (
        lambda: on_page(_dictionary(Type=_name("Annot"), Subtype=_name("Widget"), A=action("SubmitForm", F=TextStringObject("https://example.org")))),
        "sends its content",
    ),
    "a page behind it": (lambda: honest() + b"<html><script>fetch('/akun/')</script>", "second file"),
    "an archive behind it": (lambda: honest() + archive(), "second file"),
    "an archive inside a comment": (lambda: honest().replace(b"%%EOF", b"%" + archive().replace(b"\n", b" ") + b"\n%%EOF"), "second file"),
}
