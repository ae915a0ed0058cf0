"""What a PDF carries besides its pages: form fields with what was entered, programs, embedded files.

Read with pikepdf. Boxes are fractions of the page as a viewer shows it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from extractors import sniff
from extractors.limits import Limits
from extractors.refusals import Unreadable, Unsafe
from models.geometry import Box
from models.sheet import FormValue

_MOST_FIELDS = 3000
_DEEPEST = 30
_MOST_XFA = 4 * 1024 * 1024  # bytes
_PUSH_BUTTON = 1 << 16
_TICKED, _UNTICKED = "☒", "☐"


@dataclass(frozen=True, slots=True)
class Fields:
    """Form fields and typed notes (text that a viewer program laid over the page) by page, from 0."""

    by_page: Mapping[int, tuple[FormValue, ...]] = field(default_factory=dict)
    notes: Mapping[int, tuple[FormValue, ...]] = field(default_factory=dict)


def inspect(content: bytes, limits: Limits) -> Fields:
    """The form fields of a PDF. Raises ``Unsafe`` for active content and for pictures that are bombs, ``Unreadable``
    for a form that only a program that draws XFA can show. A file that only PDFium opens has no fields."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            _refuse_bombs(document, limits)
            _refuse_active(document)
            values = _values(document)
            _refuse_xfa(document, values)
            return Fields(values, _notes(document))
    except (Unsafe, Unreadable):
        raise
    except Exception:  # noqa: BLE001 - the adapter round pikepdf: broken trees raise many unrelated errors
        return Fields()


_MOST_OBJECTS = 20_000


def _refuse_bombs(document: pikepdf.Pdf, limits: Limits) -> None:
    for _, item in zip(range(_MOST_OBJECTS), document.objects, strict=False):
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            pixels = int(item.get("/Width", 0)) * int(item.get("/Height", 0))
            if pixels > limits.jpeg_pixels:
                raise Unsafe(f"a picture of {pixels // 1_000_000} megapixels: over the limit")
    for page in document.pages:
        contents = page.obj.get("/Contents")
        for stream in _items(contents) or [contents]:
            if isinstance(stream, pikepdf.Stream):
                _refuse_packed(stream)


_PICTURE_FILTERS = frozenset({"/JBIG2Decode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode"})
_MOST_CONTENT = 64 * 1024 * 1024  # bytes of a page's drawing program


def _refuse_packed(stream: pikepdf.Stream) -> None:
    """A page's program that is packed like a picture, or that unpacks to more than any page needs."""
    filters = [str(each) for each in _items(stream.get("/Filter"))] or [str(stream.get("/Filter", ""))]
    if _PICTURE_FILTERS & set(filters):
        raise Unsafe("a page that is packed like a picture")
    data = stream.read_raw_bytes()
    for each in filters:
        if each != "/FlateDecode":
            return
        data = zlib.decompressobj().decompress(data, _MOST_CONTENT + 1)
        if len(data) > _MOST_CONTENT:
            raise Unsafe("a page that unpacks to more than is allowed")


def embedded_files(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files that a PDF carries inside (portfolios, attachments), by name; none where they cannot be read."""
    if b"/EmbeddedFile" not in content and b"/ObjStm" not in content:
        return ()
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return tuple((name, file.get_file().read_bytes()) for name, file in document.attachments.items())
    except Exception:  # noqa: BLE001 - the adapter round pikepdf
        return ()


# --- active content --------------------------------------------------------------------------------------------------


def _refuse_active(document: pikepdf.Pdf) -> None:
    """Programs that run by themselves, and programs in files. Scripts of single fields, which only format what is
    typed, are what any form maker writes and are left alone."""
    root = document.Root
    if _kind(root.get("/OpenAction")) in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
        raise Unsafe("active content: an action runs when the file is opened")
    if _has_names(root.get("/Names"), "/JavaScript"):
        raise Unsafe("active content: JavaScript of the document")
    if any(_kind(action) in ("/JavaScript", "/Launch") for action in _entries(root.get("/AA"))):
        raise Unsafe("active content: actions of the document")
    for page in document.pages:
        annotations = page.obj.get("/Annots")
        actions = [*_entries(page.obj.get("/AA")), *(_action(each) for each in _items(annotations))]
        if any(_kind(action) == "/Launch" for action in actions):
            raise Unsafe("active content: a program is started from a page")
    for name, file in document.attachments.items():
        kind = sniff.media_type(file.get_file().read_bytes()[:65536])
        if kind in sniff.EXECUTABLES or sniff.is_script_name(name):
            raise Unsafe("active content: a program is embedded")


def _kind(action: Any) -> str:
    return str(action.get("/S", "")) if isinstance(action, pikepdf.Dictionary) else ""


def _entries(actions: Any) -> list[Any]:
    return [value for _, value in actions.items()] if isinstance(actions, pikepdf.Dictionary) else []


def _items(array: Any) -> list[Any]:
    return list(array)[:_MOST_FIELDS] if isinstance(array, pikepdf.Array) else []


def _action(annotation: Any) -> Any:
    return annotation.get("/A") if isinstance(annotation, pikepdf.Dictionary) else None


def _has_names(names: Any, key: str) -> bool:
    tree = names.get(key) if isinstance(names, pikepdf.Dictionary) else None
    return isinstance(tree, pikepdf.Dictionary) and bool(_items(tree.get("/Names")) or _items(tree.get("/Kids")))


def _refuse_xfa(document: pikepdf.Pdf, values: Mapping[int, tuple[FormValue, ...]]) -> None:
    """Refuses a form whose answers stand in its XFA part alone, so that its pages show none of them."""
    form = document.Root.get("/AcroForm")
    if not (isinstance(form, pikepdf.Dictionary) and "/XFA" in form):
        return
    entered = any(value.value not in ("", _UNTICKED) for page in values.values() for value in page)
    if (
        document.Root.get("/NeedsRendering", False)
        or not values
        or (not entered and _XFA_ANSWER.search(_datasets(form)))
    ):
        raise Unreadable("an XFA form that only its own program can show; a printed or scanned copy is needed")


_XFA_DATA = re.compile(rb"<xfa:data\b")
_XFA_ANSWER = re.compile(rb"<([\w.-]+)(?: [^<>]*)?>\s*[^<>\s][^<>]*</\1>")


def _datasets(form: pikepdf.Dictionary) -> bytes:
    """The part of an XFA form in which the answers stand."""
    packets = _items(form.XFA)
    named = [each for name, each in zip(packets[::2], packets[1::2], strict=False) if str(name) == "datasets"]
    whole = [form.XFA] if isinstance(form.XFA, pikepdf.Stream) else []
    content = b"".join(each.read_bytes() for each in (*named, *whole) if isinstance(each, pikepdf.Stream))
    start = _XFA_DATA.search(content)
    return content[start.start() : start.start() + _MOST_XFA] if start else b""


# --- form fields -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a field takes from those above it."""

    name: str = ""
    kind: str = ""
    value: Any = None
    tooltip: str = ""
    options: Any = None
    flags: int = 0


def _values(document: pikepdf.Pdf) -> dict[int, tuple[FormValue, ...]]:
    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return {}
    pages = {page.obj.objgen: (index, page) for index, page in enumerate(document.pages)}
    owners = {
        annotation.objgen: place
        for place in pages.values()
        for annotation in _items(place[1].obj.get("/Annots"))
        if isinstance(annotation, pikepdf.Dictionary)
    }
    found: dict[int, list[FormValue]] = {}
    for root in _items(form.get("/Fields")):
        for widget, inherited in _widgets(root, _Inherited(), 0):
            place = owners.get(widget.objgen) or pages.get(widget.get("/P", pikepdf.Dictionary()).objgen)
            if place and (box := _box(widget, place[1])):
                value = FormValue(inherited.name, _entered(widget, inherited), box, inherited.tooltip)
                found.setdefault(place[0], []).append(value)
    return {index: tuple(sorted(values, key=lambda v: (v.box.y0, v.box.x0))) for index, values in found.items()}


def _notes(document: pikepdf.Pdf) -> dict[int, tuple[FormValue, ...]]:
    found: dict[int, tuple[FormValue, ...]] = {}
    for index, page in enumerate(document.pages):
        annotations = [each for each in _items(page.obj.get("/Annots")) if isinstance(each, pikepdf.Dictionary)]
        texts = [each for each in annotations if each.get("/Subtype") == "/FreeText" and str(each.get("/Contents", ""))]
        boxed = [(str(each.Contents), box) for each in texts if (box := _box(each, page))]
        if boxed:
            found[index] = tuple(FormValue("", text.replace("\r", "\n"), box) for text, box in boxed)
    return found


def _widgets(node: Any, above: _Inherited, depth: int) -> Iterator[tuple[pikepdf.Dictionary, _Inherited]]:
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    own = str(node.get("/T", ""))
    here = _Inherited(
        ".".join(part for part in (above.name, own) if part),
        str(node.get("/FT", above.kind)),
        node.get("/V", above.value),
        str(node.get("/TU", above.tooltip)),
        node.get("/Opt", above.options),
        int(node.get("/Ff", above.flags)),
    )
    for kid in _items(node.get("/Kids")):
        yield from _widgets(kid, here, depth + 1)
    if "/Rect" in node and here.kind in ("/Tx", "/Ch", "/Btn"):
        yield node, here


def _entered(widget: pikepdf.Dictionary, of: _Inherited) -> str:
    """What stands in a field as a person sees it; a box or ring that can be ticked as the sign of one."""
    if of.kind == "/Btn":
        return "" if of.flags & _PUSH_BUTTON else _TICKED if _is_chosen(widget, of) else _UNTICKED
    values = list(of.value) if isinstance(of.value, pikepdf.Array) else [of.value]
    shown = [_display(value, of.options) for value in values if value is not None]
    return "\n".join(shown).replace("\r\n", "\n").replace("\r", "\n").strip()


def _is_chosen(widget: pikepdf.Dictionary, of: _Inherited) -> bool:
    """Whether a box is ticked: by its own state, else by the field's value, which some programs set alone."""
    looks = widget.get("/AP", pikepdf.Dictionary()).get("/N")
    states = [key for key, _ in looks.items() if key != "/Off"] if isinstance(looks, pikepdf.Dictionary) else []
    told = [str(state) for state in (widget.get("/AS"), of.value) if state is not None]
    return any(state in states or not (states or state == "/Off") for state in told)


def _display(value: Any, options: Any) -> str:
    """The shown wording of a choice, which is kept beside the exported one."""
    text = str(value)
    for option in _items(options):
        if isinstance(option, pikepdf.Array) and len(option) == 2 and str(option[0]) == text:
            return str(option[1])
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return text


def _box(widget: pikepdf.Dictionary, page: pikepdf.Page) -> Box | None:
    """A widget's rectangle as fractions of the shown page: crop box and /Rotate applied."""
    crop, rect = [float(v) for v in page.cropbox], [float(v) for v in widget.Rect]
    left, bottom, right, top = (
        min(crop[0], crop[2]),
        min(crop[1], crop[3]),
        max(crop[0], crop[2]),
        max(crop[1], crop[3]),
    )
    width, height = right - left, top - bottom
    if width <= 0 or height <= 0:
        return None
    xs = sorted((x - left) / width for x in (rect[0], rect[2]))
    ys = sorted((top - y) / height for y in (rect[1], rect[3]))
    return _turned(Box(xs[0], ys[0], xs[1], ys[1]), _rotation(page.obj) // 90 % 4).clipped()


def _rotation(node: Any, depth: int = 0) -> int:
    """The page's /Rotate, its own or that of the tree above it."""
    if "/Rotate" in node or depth > _DEEPEST or "/Parent" not in node:
        return int(node.get("/Rotate", 0))
    return _rotation(node.Parent, depth + 1)


def _turned(box: Box, quarters: int) -> Box:
    """A box of the upright page on the page turned clockwise by quarters."""
    for _ in range(quarters):
        box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return box
