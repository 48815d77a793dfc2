"""The text of a PDF, and nothing of what is none."""

from io import BytesIO

import pytest

from zoll.parse import pdf

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")


def page(text):
    """Return a PDF with one line of text."""
    writer = pypdf.PdfWriter()
    blank = writer.add_blank_page(300, 200)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject(key): pypdf.generic.NameObject(value) for key, value in font.items()}
    )
    fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): named})
    blank[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/Font"): fonts}
    )
    blank[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_gives_its_lines():
    assert pdf.lines(page("Removed telnet"))[0] == "Removed telnet"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf", page("x")[:200]])
def test_a_broken_file_gives_nothing(data):
    assert "".join(pdf.lines(data)) == ""
