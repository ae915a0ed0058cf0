"""The project's own fillable blank of Annex 1, filled in on a screen."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from intake.forms import write_form
from rules.catalogue import load_catalogue
from samples.answers import Answers
from samples.ink import signature

_MARITAL = {"married": "nikahda", "widowed": "dul", "single": "subay", "divorced": "boşanmış"}


def own_form_pdf(filled: Answers, rng: Random) -> bytes:
    """The blank from ``intake form``, its fields filled, a scanned signature pasted on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.pdf"
        write_form(load_catalogue().forms["application_form_acquisition"], path)
        blank = path.read_bytes()
    values = _values(filled)
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(blank)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if str(field.T) in values:
                field.V = pikepdf.String(values[str(field.T)])
        pdf.Root.AcroForm.NeedAppearances = True
        if filled.printed["signature_present"]:
            _paste(pdf, blank, signature(rng))
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _values(filled: Answers) -> dict[str, str]:
    """Field name to text."""
    out: dict[str, str] = {}
    for key, shown in filled.printed.items():
        if key in ("employment", "relatives", "children"):
            rows: list[dict[str, Any]] = shown
            out |= {
                f"{key}_{n}_{column}": str(text)
                for n, row in enumerate(rows, 1)
                for column, text in row.items()
                if text
            }
        elif key == "phones":
            out[key] = ", ".join(shown)
        elif isinstance(shown, str) and shown:
            out[key] = shown
    if filled.expected["marital_status"]:
        out["marital_status"] = _MARITAL[filled.expected["marital_status"]]
    return out


def _paste(pdf: pikepdf.Pdf, blank: bytes, pen: Image.Image) -> None:
    """The signature beside its label."""
    number, (x, y) = _place_of(blank, "Şəxsi imza")
    flat = Image.new("RGB", pen.size, (255, 255, 255))
    flat.paste(pen, mask=pen.getchannel("A"))
    stream = pikepdf.Stream(pdf, flat.tobytes(), {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": flat.width, "/Height": flat.height,
        "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8,
    })  # fmt: skip
    page = pdf.pages[number]
    page.add_resource(stream, pikepdf.Name.XObject, pikepdf.Name.Imza)
    page.contents_add(f"q 100 0 0 34 {x:.1f} {y:.1f} cm /Imza Do Q".encode("ascii"))


def _place_of(pdf: bytes, words: str) -> tuple[int, tuple[float, float]]:
    """Page index and the point (PDF units) right of the last place of some words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in reversed(range(len(document))):
            text = document[number].get_textpage()
            found = text.search(words).get_next()
            if found:
                _, bottom, right, _ = text.get_charbox(found[0] + found[1] - 1)
                return number, (right + 6, bottom - 8)
    finally:
        document.close()
    raise ValueError(f"{words!r} is not on the form")
