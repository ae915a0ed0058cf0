"""Whether a page goes on with the page before it: numbers, broken sentences and tables, room left, its own title."""

from __future__ import annotations

import re

from classifiers.phrases import bare
from models.sheet import Line, MarkKind, Sheet

_OTHER_SHAPE = 0.35  # difference of width to height: a card or slip does not go on with a page
_FOOT = 0.85  # how far down a page is written that had no room for more
_TOP = 0.35
_A_TITLE = 6  # words and fewer
_ROWS = 3  # lines at the end and the beginning of a page that show a table going on
_OF_FIGURES = 0.4  # share of their words
_CELLS = 3  # lines beside each other that are a row of a table; a letterhead in two languages has two
_MOSTLY_ROWS = 0.5  # share of a page's lines
_OF_TEXT = 6  # words of a line that is running text
_ENOUGH_WORDS = 25  # of four letters and more, to tell what language a page is in
_AN_EDGE = 0.09
_A_COLUMN = 0.04
_NUMBERED = re.compile(
    r"\b(?:səh(?:ifə)?|page|стр(?:аница)?|sayfa)\.?\s*(\d{1,2})\s*(?:[/\\]|-?d[ae]n|of|из)\s*(\d{1,2})\b", re.IGNORECASE
)
_OF_SO_MANY = re.compile(r"\b(\d{1,2})\s+s[əe]hifədən\s+(\d{1,2})\b", re.IGNORECASE)
_JUST_A_NUMBER = re.compile(
    r"\W*(?:səh(?:ifə)?\.?|s\.|page|стр\.?|sayfa|vərəq)?\s*(\d{1,2})\s*(?:[/\\]|-?d[ae]n|of|из)?\s*(\d{1,2})?\W*",
    re.IGNORECASE,
)
_A_FEW = 2  # words of "Direktor R. Sultanov"; pictures that are hardly read have strokes like signatures, too
_LINES_OF_AN_END = 5
_SIGNED = re.compile(
    r"imza|baş həkim|rektor|konsul|m\.\s?y\.|m\.\s?ö\.|подпись|signature|direktor|rəis|müdir|hakim|notarius|нотариус"
)
_WORDS_BY_A_SIGNER = 8
_WORDS_OF_AN_ATTESTATION = 120
_ATTESTS = re.compile(  # words on the paper before: a notary's, an apostille's, a portal's; folded
    r"imzan\w* heqiqiiiyini|tercumenin (?:duzguniuyunu|heqiqiiiyini)|notariu\w* .{0,60}\btesdiq (?:edi|oiun)"
    r"|qarsisinda imzaianmis|menim terefimden tesdiq|tercumecinin imzasini tesdiq"
    r"|удостоверен\w* мно[йию]|верность (?:перевода|подписи)|подписан\w* в мо[её]м присутствии"
    r"|дееспособност\w* проверен|зарегистрировано в реестре"
    r"|aitindaki imzan\w*|imzan\w* .{0,90}\bait oidugunu|noteri yerine|huzurumda imza|imzaiandigini .{0,90}onayia"
    r"|convention de ia haye|this (?:pubiic document|is a true transiation)|signed (?:and sworn )?before me"
    r"|документ сформирован портал|равнозначен документу на бумажном|senedin heqiqiiiyini .{0,40}yoxia"
)
_ANNEX = re.compile(  # its first line, folded
    r"\W*(?:(?!dipiom)\w+(?:[ae]|[iu]n)\s+)?"  # "Arayışa əlavə", "Orderin arxa tərəfi"
    r"(?:eiave(?:si)?|приложение|annex|appendix|ek|ardi|davami|arxa teref\w*|продолжение|оборотная сторона|continued)"
    r"(?:\s*(?:n[o°ec]?|№)?\W*[\dio]{1,2})?(?:\s+к .{1,40})?\W*"
)
_REFERS = re.compile(  # to what comes behind a paper; folded
    r"\beiave oiunur|\beiavede\b|\beiave:? [\di]|\barxa (?:sehife|teref)|\bnovbeti sehife|\bsiyahi\w* eiave"
    r"|\beiave \w+ (?:siyahi|cedvei)"
    r"|\boverieaf\b|\bon the reverse|\bnext page|\b(?:attached|enciosed) (?:iist|tabie)"
    r"|\bприлага|\bв приложении|\bна обороте|\bekte\b|\bekii (?:iiste|cizeige)|\barka (?:sayfa|yuz)"
)
_A_LIST = re.compile(r"\b(?:siyahi|cedvei|netice|vereqe|список|перечень|таблица|iiste|cizeige|tabie)")
_A_PAPER = re.compile(  # what titles end with, folded
    r"(?:arayis|sehadetname|cixaris|qerar|qetname|qerardad|vesatet|muqaviie|erize|etibarname|razii\w*|bidiris|serencam|emr"
    r"|справка|решение|договор|заявление|доверенность|свидетельство|выписка|certificate|agreement|statement|receipt|qebz"
    r"|bildiris|biidiris|beigesi|dilekce|diiekce)(?:i|si)?\W*(?:n[o°ec]?\W*\d.*)?"
)
_OWN_NUMBER = re.compile(r"\W*(?:№|N[o°e?£2º]\W)\s*\w*\d\S*\s+\d{1,2}[. ]")  # "№ 9-32/3933 21.04.2025"
_GREETS = re.compile(r"\W*(?:saiam|hormetii|men\b|biz\b|dear|sayin|уважаем|здравству|я\b)")
_LAST_NUMBER = re.compile(r"(.*?)(\d{1,9})(\D*?\.\w+)")
_ITEM = re.compile(r"(\d{1,3}(?:\.\d{1,2})*)(?:[.)]?\s|[.)]?$)")


def continuation(before: Sheet, after: Sheet) -> float:
    """Points for ``after`` going on with ``before``; 1 and more is good evidence."""
    points = page_number_points(before, after)
    if near(before, after):
        points += 1.0 if (before.file, before.page) == (after.file, after.page) else 0.5
    if not _written(before):
        return 0.0
    if not _written(after):  # a signature that found no room, a stamp
        return points + 0.5 * (_is_full(before) and not _looks_signed(before))
    return points + _from_its_beginning(before, after) + _from_the_end_before(before, after) + _unlike(before, after)


def near(a: Sheet, b: Sheet) -> bool:
    """On one page, on following pages of one file, or in files that count on: "IMG_0412.jpg", "IMG_0413.jpg"."""
    if a.file == b.file:
        return 0 <= b.page - a.page <= 1
    (name, number), (other, following) = _counted(a.file), _counted(b.file)
    return name == other and number is not None and following == number + 1


def is_annex(sheet: Sheet) -> bool:
    """Whether a page says that it is the annex of another."""
    lines = _written(sheet)
    if not lines:
        return False
    label, _, _ = lines[0].text.partition(":")  # "Приложение: перечень документов"
    return _ANNEX.fullmatch(bare(label)) is not None


def is_announced(before: Sheet, after: Sheet) -> bool:
    """Whether ``before`` says that a list or table comes behind it, and ``after`` is one."""
    listed = _tabular(after) or any(_A_LIST.search(bare(line.text)) for line in _written(after)[:_ROWS])
    return listed and _REFERS.search(_folded(before)) is not None


def _from_its_beginning(before: Sheet, after: Sheet) -> float:
    """Nothing begins with half a sentence, the next number of a list, a row, an annex's or a notary's words."""
    lines, ends = _written(after), _written(before)
    if is_annex(after):
        return 1.0
    points = 1.3 * _attests(after)
    first = next((c for c in lines[0].text if c.isalpha()), "")
    if _counts_on(ends, lines):
        points += 1.0
    elif not points and (first.islower() or re.match(r"\d+[.)]\s", lines[0].text.strip())):
        points += 0.5
    elif not points and _is_running_text(lines[0]):
        points += 0.4
    points += 0.4 * ((_rows(ends[-_ROWS:]) and _rows(lines[:_ROWS])) or _begins_with_a_row(lines))
    return points - _own_title(lines)


def _from_the_end_before(before: Sheet, after: Sheet) -> float:
    """A paper ends with its signature; a full page without one, or half a sentence, is no end."""
    ends = _written(before)
    full = _is_full(before)
    if full and _is_a_signers(after):
        return 1.0
    if _looks_signed(before):
        return -0.5
    points = 0.3 * (ends[-1].text.strip()[-1] not in '.!?:;"»”)')
    return points + 0.4 * full + 0.5 * (_looks_signed(after) and (full or _words(after) >= _A_FEW))


def _unlike(before: Sheet, after: Sheet) -> float:
    """Points against a page in another language or of another shape; tables tell none, an apostille is in any."""
    points = 0.0
    tells = _words(after) >= _ENOUGH_WORDS and not _tabular(after) and not _attests(after)
    if before.language is not after.language and tells:
        points -= 0.6
    if abs(_ratio(before) - _ratio(after)) > _OTHER_SHAPE:
        points -= 1.0
    return points


def _counted(file: str) -> tuple[str, int | None]:
    """A file's name without its last number, and that number."""
    found = _LAST_NUMBER.fullmatch(file)
    return (found[1] + found[3], int(found[2])) if found else (file, None)


def _written(sheet: Sheet) -> list[Line]:
    """The lines that say something, without the page's number."""
    return [line for line in sheet.lines if line.text.strip() and not _says_number(line)]


def _folded(sheet: Sheet) -> str:
    return bare(" ".join(line.text for line in sheet.lines))


def _words(sheet: Sheet) -> int:
    """Words of four letters and more."""
    return sum(sum(map(str.isalpha, word)) > 3 for word in sheet.text.split())


def _attests(sheet: Sheet) -> bool:
    words = _folded(sheet)
    return len(words.split()) < _WORDS_OF_AN_ATTESTATION and _ATTESTS.search(words) is not None


def _rows(lines: list[Line]) -> bool:
    """Whether lines are of a table of sums and dates."""
    words = [word for line in lines for word in line.text.split()]
    return sum(any(c.isdigit() for c in word) for word in words) >= _OF_FIGURES * len(words)


def _beside(line: Line, lines: list[Line]) -> int:
    """How many lines stand in one row with a line, itself among them."""
    middle = (line.box.y0 + line.box.y1) / 2
    return sum(other.box.y0 < middle < other.box.y1 for other in lines)


def _begins_with_a_row(lines: list[Line]) -> bool:
    return _beside(lines[0], lines) >= _CELLS


def _tabular(sheet: Sheet) -> bool:
    lines = _written(sheet)
    return sum(_beside(line, lines) >= _CELLS for line in lines) >= _MOSTLY_ROWS * len(lines)


def _is_running_text(line: Line) -> bool:
    """Whether a line is part of a sentence, and not of one that greets or begins a statement."""
    words = [word for word in line.text.split() if any(map(str.isalpha, word))]
    small = sum(word[0].islower() for word in words)
    return len(words) >= _OF_TEXT and small >= len(words) / 2 and not _GREETS.match(bare(line.text))


def _counts_on(ends: list[Line], lines: list[Line]) -> bool:
    """Whether the first number that begins a line is the one after the last before, in the same column."""
    column = [line for line in ends if abs(line.box.x0 - lines[0].box.x0) < _A_COLUMN]
    numbers = [found[1] for line in column if (found := _ITEM.match(line.text.strip()))]
    first = _ITEM.match(lines[0].text.strip())
    return first is not None and bool(numbers) and first[1] in _followers(numbers[-1])


def _followers(number: str) -> set[str]:
    """The numbers that may come after one: "3.2" is followed by "3.3" and "4"."""
    parts = [int(part) for part in number.split(".")]
    return {".".join(map(str, [*parts[:at], parts[at] + 1])) for at in range(len(parts))}


def _own_title(lines: list[Line]) -> float:
    """Points against a page that begins a paper near its top: with the paper's name, a number and date of its own, or
    a few words in capitals; a list's name says less, and "MÜƏYYƏN ETDİ:" or what stands under running text nothing."""
    running = [line.box.y0 for line in lines if _is_running_text(line)]
    end = running[1] if len(running) > 1 else _TOP
    return max((_as_a_title(line) for line in lines if line.box.y0 < min(end, _TOP)), default=0.0)


def _as_a_title(line: Line) -> float:
    folded, letters = bare(line.text), [c for c in line.text if c.isalpha()]
    if _A_PAPER.fullmatch(folded):
        return 1.6
    if _OWN_NUMBER.match(line.text) and len(line.text.split()) <= _A_TITLE:
        return 0.8
    words = [word for word in folded.split() if len(word) > 3]
    short = words and len(line.text.split()) <= _A_TITLE and not line.text.rstrip().endswith(":")
    if not short or "apost" in folded or sum(c.isupper() for c in letters) <= 0.8 * len(letters):
        return 0.0
    return 1.6 if _A_PAPER.fullmatch(words[-1]) else 0.4 if _A_LIST.match(words[-1]) else 0.8


def _ratio(sheet: Sheet) -> float:
    return sheet.width_px / max(1, sheet.height_px)


def page_number_points(before: Sheet, after: Sheet) -> float:
    """ "2", "- 2 -", "2/3", "səh. 2" at the edge of the page; only the next number counts, the more where both pages
    say of how many."""
    (was, of), (now, of_now) = _page_number(before), _page_number(after)
    if now is None or now < 2:
        return -1.0 if now == 1 else 0.0
    if was not in (None, now - 1):
        return -0.5
    if was is None:
        return 0.8 if now == 2 else 0.3  # first pages often go without
    return 1.3 if of is not None and of == of_now else 0.8


def _page_number(sheet: Sheet) -> tuple[int | None, int | None]:
    """The number that a page gives itself, and of how many."""
    if found := _NUMBERED.search(sheet.text):
        number, of = int(found[1]), int(found[2])
    elif found := _OF_SO_MANY.search(sheet.text):
        number, of = int(found[2]), int(found[1])
    else:
        return next(
            (said for line in sheet.lines if (said := _says_number(line))), _counted_by(sheet.folio) or (None, None)
        )
    return (number, of) if number <= of else (None, None)  # "Page 10of3" is read wrong


def _says_number(line: Line) -> tuple[int, int | None] | None:
    """The page's number and of how many, where a line at the edge says just that."""
    if _AN_EDGE < line.box.y0 < 1 - _AN_EDGE:
        return None
    return _counted_by(line.text)


def _counted_by(text: str) -> tuple[int, int | None] | None:
    found = _JUST_A_NUMBER.fullmatch(text.strip())
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None


def _is_full(sheet: Sheet) -> bool:
    return max(line.box.y1 for line in _written(sheet)) >= _FOOT


def _looks_signed(sheet: Sheet) -> bool:
    """Whether a page ends a paper: a signature, a stamp, or words about them under its text."""
    if any(True for _ in sheet.marked(MarkKind.SIGNATURE)) or any(True for _ in sheet.marked(MarkKind.STAMP)):
        return True
    return any(_names_a_signer(line.text.lower()) for line in _written(sheet)[-_LINES_OF_AN_END:])


def _is_a_signers(sheet: Sheet) -> bool:
    """Whether nothing but a signer's line was left for a page."""
    said = any(_names_a_signer(line.text.lower()) for line in _written(sheet))
    return said and len(sheet.text.split()) <= _WORDS_BY_A_SIGNER


def _names_a_signer(text: str) -> bool:
    """ "Hakim: (imza) A. Hüseynov", but no sentence in which a notary occurs."""
    found = _SIGNED.search(text)
    return found is not None and ("(" in text or (len(text.split()) <= _WORDS_BY_A_SIGNER and text[-1] != "."))
