"""Fields laid over a printed form: an AcroForm in which Azerbaijani letters can be typed."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from reportlab.pdfbase.ttfonts import TTFont

from intake.forms.paper import FAMILY, REGULAR, FieldPlace, font_file

#: PDFium (Chrome, Edge) draws letters such as Ə, ğ and ı with the form's own font only where it bears this name.
_FONT = "/Wingdings"
_FIRST, _LAST = 32, 255

#: What Windows Latin lacks and answers need, as glyph names, in place of signs that no answer needs (daggers, ...).
_LETTERS_AT = 0x86
_LETTERS = {"Ə": "uni018F", "ə": "uni0259", "Ğ": "Gbreve", "ğ": "gbreve", "İ": "Idotaccent", "ı": "dotlessi",
            "Ş": "Scedilla", "ş": "scedilla", "Ž": "Zcaron", "№": "uni2116"}  # fmt: skip

_REQUIRED, _MULTILINE, _COMBO, _EDITABLE = 1 << 1, 1 << 12, 1 << 17, 1 << 18
_PRINTED = 4  # annotation flag
_AUTOMATIC = 0  # the type size that lets programs shrink long answers, so that none is cut off on paper


def fillable(printed: bytes, places: Iterable[FieldPlace], *, title: str) -> bytes:
    """``printed`` with a field at each place, named by its key, its tooltip the question."""
    with Pdf.open(BytesIO(printed)) as pdf:
        font = pdf.make_indirect(_font(pdf))
        _replace_helvetica(pdf, font)
        fields = [_field(pdf, place) for place in places]
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(
                Fields=Array(fields),
                DR=Dictionary(Font=Dictionary({_FONT: font})),
                DA=String(f"{_FONT} {_AUTOMATIC} Tf 0 g"),
                NeedAppearances=True,
            )
        )
        pdf.Root.Lang = String("az")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = title
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _replace_helvetica(pdf: Pdf, font: Object) -> None:
    """ReportLab selects Helvetica at the head of every page and draws nothing with it; all fonts must be embedded."""
    for page in pdf.pages:
        fonts = page.Resources.Font
        for name in [name for name, used in fonts.items() if used.BaseFont == Name.Helvetica]:
            fonts[name] = font


def _field(pdf: Pdf, place: FieldPlace) -> Object:
    page = pdf.pages[place.page]
    flags = (_REQUIRED if place.required else 0) | (_MULTILINE if place.multiline else 0)
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        # a full stop in a partial name would make a hierarchy of it
        T=String(place.name.replace(".", "_")),
        TU=String(place.tooltip),
        V=String(""),
        F=_PRINTED,
        P=page.obj,
        Rect=Array([round(edge, 2) for edge in place.rect]),
        DA=String(f"{_FONT} {_AUTOMATIC} Tf 0 g"),
    )
    if place.options:
        field.FT = Name.Ch
        field.Opt = Array([String(option) for option in place.options])
        flags |= _COMBO | _EDITABLE
    field.Ff = flags
    indirect = pdf.make_indirect(field)
    if Name.Annots not in page:
        page.Annots = Array()
    page.Annots.append(indirect)
    return indirect


def _font(pdf: Pdf) -> Dictionary:
    """The regular font as a simple one, whole, because nobody knows what will be typed."""
    face = TTFont(REGULAR, str(font_file(FAMILY))).face
    characters = [_character(code) for code in range(_FIRST, _LAST + 1)]
    differences = Array([_LETTERS_AT, *(Name(f"/{glyph}") for glyph in _LETTERS.values())])
    file = Stream(pdf, font_file(FAMILY).read_bytes())
    name = Name("/" + face.name.decode() if isinstance(face.name, bytes) else "/" + face.name)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,  # nonsymbolic
        FontBBox=Array([int(edge) for edge in face.bbox]),
        ItalicAngle=0,
        Ascent=int(face.ascent),
        Descent=int(face.descent),
        CapHeight=int(face.capHeight),
        StemV=int(face.stemV),
        FontFile2=pdf.make_indirect(file),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=_FIRST,
        LastChar=_LAST,
        Widths=Array([int(face.charWidths.get(ord(c), face.defaultWidth)) for c in characters]),
        FontDescriptor=pdf.make_indirect(descriptor),
        ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode())),
        Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=differences),
    )


def _character(code: int) -> str:
    letters = "".join(_LETTERS)
    if _LETTERS_AT <= code < _LETTERS_AT + len(letters):
        return letters[code - _LETTERS_AT]
    return bytes([code]).decode("cp1252", errors="replace")


def _to_unicode() -> bytes:
    """The map from codes to letters, by which programs find the code of a typed letter."""
    pairs = [f"<{code:02X}> <{ord(_character(code)):04X}>" for code in range(_FIRST, _LAST + 1)]
    chunks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Anket def /CMapType 2 def\n"
        f"1 begincodespacerange <{_FIRST:02X}> <{_LAST:02X}> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
