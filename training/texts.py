"""What may stand on a line of a form or paper, from a seed: words, names, dates, numbers, addresses, capitals.

Words come from the word list that ships with the lexicon, from syllables and from templates; nobody named here exists.
A tenth of the words is never trained on.
"""

# ruff: noqa: E501, SIM905 - word lists and one-line templates

from __future__ import annotations

import gzip
import zlib
from functools import cache
from pathlib import Path
from random import Random

import extractors.engines.lexicon as lexicon
from extractors.engines.paddle import AZERBAIJANI
from models.azerbaijani import MONTHS, UPPER, lower, upper

_WORDS = Path(lexicon.__file__).parent / "data" / "words.txt.gz"
_ONSETS = tuple(
    "b c ç d f g h x k q l m n p r s ş t v y z br dr st şt sk kr j w th sh ch tr qr mr nk str v p t".split()
)
_VOWELS = tuple("a a a e ə ə i i ı ı o u u ü ö ya yu iy ey ay ou".split())
_CODAS = ("", "", "", "n", "r", "l", "m", "s", "ş", "t", "d", "k", "q", "v", "y", "z", "ğ", "x", "rd", "nt", "nd", "rt")
_ENDINGS = (
    "ov", "ova", "yev", "yeva", "zadə", "li", "lı", "lu", "lü", "oğlu", "qızı", "in", "ina", "ski", "ko", "enko", "dze",
    "şvili", "yan", "son", "man", "pur", "i", "can", "xan", "bəy", "", "",
)  # fmt: skip
_PLACES = (
    "şəhəri", "rayonu", "kəndi", "qəsəbəsi", "vilayəti", "Respublikası", "küçəsi", "prospekti", "döngəsi", "ş.", "r.",
    "küç.", "pr.", "ili", "bölgəsi", "mahalı",
)  # fmt: skip
_BODIES = (
    "MMC", "ASC", "QSC", "Universiteti", "İnstitutu", "Kolleci", "nömrəli tam orta məktəb", "saylı uşaq bağçası",
    "Nazirliyi", "İdarəsi", "Agentliyi", "zavodu", "xəstəxanası", "Mərkəzi", "Akademiyası", "mağazası", "Bankı",
)  # fmt: skip
_JOBS = (
    "mühəndis", "müəllim", "həkim", "usta", "mühasib", "sürücü", "aşpaz", "direktor", "satıcı", "fəhlə", "hüquqşünas",
    "baş mütəxəssis", "tibb bacısı", "elektrik", "jurnalist", "dizayner", "proqramçı", "tələbə", "evdar qadın", "işsiz",
)  # fmt: skip
_SHORT = (
    "yox", "Yox", "yoxdur", "xeyr", "Xeyr", "bəli", "Bəli", "olmamışam", "Xeyr, olmamışam", "-", "evli", "subay", "dul",
    "boşanmış", "ali", "orta", "kişi", "qadın", "atası", "anası", "qardaşı", "bacısı", "həyat yoldaşı", "oğlu", "qızı",
    "Azərbaycan", "azərbaycanlı", "rus", "gürcü", "türk", "hazırda", "h/h", "pensiyaçı", "mülki vəzifə", "tam ali",
)  # fmt: skip


def is_unseen(word: str) -> bool:
    """Whether a listed word is kept from training."""
    return zlib.crc32(word.encode()) % 10 == 0


@cache
def _words(unseen: bool) -> tuple[str, ...]:
    listed = gzip.decompress(_WORDS.read_bytes()).decode().split("\n")
    return tuple(word for word in listed if is_unseen(word) is unseen)


class Texts:
    """Lines of text; the same seed gives the same lines."""

    def __init__(self, seed: str, *, unseen_words: bool = False) -> None:
        self._rng = Random(seed)
        self._listed = _words(unseen_words)
        self._kinds = (
            (self._sentence, 26), (self._person, 20), (self._place, 12), (self._employer, 10), (self._date, 8),
            (self._phone, 5), (self._number, 8), (self._short, 4), (self._signs, 4), (self._relative, 6),
        )  # fmt: skip

    def line(self) -> str:
        """A line of at most 64 signs (now and then 96), all of them readable by the engine's alphabet."""
        kinds, weights = zip(*self._kinds, strict=True)
        text = self._cased(self._rng.choices(kinds, weights)[0]())
        if self._rng.random() < 0.04:
            text += f" {self._sentence()} {self._sentence()}"[:32]
        text = text[:96].strip() if len(text) > 64 and self._rng.random() < 0.3 else text[:64].strip()
        clean = " ".join("".join(c for c in text if c in AZERBAIJANI).split())
        return clean or self.line()

    def _cased(self, text: str) -> str:
        chance = self._rng.random()
        return upper(text) if chance < 0.16 else lower(text) if chance < 0.2 else text

    def _word(self) -> str:
        return self._rng.choice(self._listed) if self._rng.random() < 0.75 else self._made_up()

    def _made_up(self) -> str:
        count = self._rng.choice((1, 2, 2, 2, 3, 3, 4))
        return "".join(
            self._rng.choice(_ONSETS) * (i > 0 or self._rng.random() < 0.75)
            + self._rng.choice(_VOWELS) + self._rng.choice(_CODAS) for i in range(count)
        )  # fmt: skip

    def _name(self) -> str:
        base = self._rng.choice((self._made_up, self._word))()[:12] + self._rng.choice(_ENDINGS)
        return upper(base[0]) + base[1:]

    def _person(self) -> str:
        parts = [self._name() for _ in range(self._rng.choice((1, 2, 2, 3)))]
        if self._rng.random() < 0.3:
            parts.append(self._rng.choice(("oğlu", "qızı")))
        if self._rng.random() < 0.12:
            parts = [f"{parts[0][0]}.", *parts[-1:]] if parts[0][0] in UPPER else parts
        return self._rng.choice((" ", " ", " ", "-")).join(parts[:2]) + " " + " ".join(parts[2:])

    def _sentence(self) -> str:
        words = [self._word() for _ in range(self._rng.randint(1, 6))]
        if self._rng.random() < 0.5:
            words[0] = upper(words[0][0]) + words[0][1:]
        at = self._rng.randrange(len(words))
        words[at] += self._rng.choice(("", "", ",", ".", ";", ":", "?", "!"))
        if self._rng.random() < 0.15:
            words[at] = self._quoted(words[at])
        return " ".join(words)

    def _quoted(self, text: str) -> str:
        left, right = self._rng.choice((("“", "”"), ('"', '"'), ("«", "»"), ("(", ")"), ("„", "“"), ("'", "'")))
        return left + text + right

    def _place(self) -> str:
        parts = [f"{self._name()} {self._rng.choice(_PLACES)}" for _ in range(self._rng.choice((1, 1, 2)))]
        if self._rng.random() < 0.4:
            parts.append(self._rng.choice(("ev", "bina", "mənzil", "m.", "b.")) + f" {self._rng.randint(1, 250)}"
                         + self._rng.choice(("", "", "a", "B", "/2", "-14")))  # fmt: skip
        if self._rng.random() < 0.2:
            parts.insert(0, f"AZ{self._rng.randint(1000, 9999)}")
        return ", ".join(parts)

    def _employer(self) -> str:
        name = self._quoted(self._name()) if self._rng.random() < 0.5 else self._name()
        body = f"{name} {self._rng.choice(_BODIES)}"
        if self._rng.random() < 0.25:
            body = f"{self._rng.randint(1, 320)} {self._rng.choice(_BODIES)}"
        if self._rng.random() < 0.15:
            body += f" №{self._rng.choice(('', ' '))}{self._rng.randint(1, 300)}"
        return body + (f", {self._rng.choice(_JOBS)}" if self._rng.random() < 0.5 else "")

    def _date(self) -> str:
        day, month, year = self._rng.randint(1, 31), self._rng.randint(1, 12), self._rng.randint(1935, 2029)
        return self._rng.choice((
            f"{day:02}.{month:02}.{year}", f"{month:02}.{year}", f"{day} {MONTHS[month - 1]} {year}-ci il",
            f"{day:02}/{month:02}/{year}", f"«{day:02}» {MONTHS[month - 1]} {year}-cü il", f"{year}-{month:02}-{day:02}",
            f"{day}.{month}.{year} il", f"{year}-{self._rng.choice(('ci', 'cu', 'cü', 'cı'))} ildən", str(year),
            f"{MONTHS[month - 1]} {year}", f"{month:02}.{year} - {month:02}.{min(2029, year + 5)}",
        ))  # fmt: skip

    def _phone(self) -> str:
        d = "".join(self._rng.choice("0123456789") for _ in range(9))
        return self._rng.choice((
            f"+994 {d[:2]} {d[2:5]} {d[5:7]} {d[7:]}", f"(+994 {d[:2]}) {d[2:5]}-{d[5:7]}-{d[7:]}", f"0{d}",
            f"(0{d[:2]}) {d[2:5]}-{d[5:7]}-{d[7:]}", f"+{d[:1]} {d[1:4]} {d[4:]}", f"+994{d}", f"tel: +90 {d[:3]} {d[3:]}",
        ))  # fmt: skip

    def _number(self) -> str:
        n = self._rng.randint(0, 10 ** self._rng.randint(1, 8))
        letter = self._rng.choice("ABCDEFGHIJKLMNPQRSTUVWXYZ")
        return self._rng.choice((
            f"№ {n}", f"№{n}", f"AZE {n:08}", f"{letter}{n:07}", f"{letter}{letter} №{n:07}", f"{n} AZN", f"{n},50 manat",
            f"{n / 100:.2f} ₼", f"FIN: {self._pin()}", f"Seriya {letter}{letter} № {n}", f"{n} nömrəli", f"{n % 100} %",
            self._pin(), f"§ {n % 300}, b. {n % 20}.{n % 7}", f"{n % 1000} m², {n % 90}°", f"{n}",
        ))  # fmt: skip

    def _pin(self) -> str:
        return "".join(self._rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(7))

    def _short(self) -> str:
        return self._rng.choice(_SHORT)

    def _signs(self) -> str:
        name = lower(self._made_up() + self._rng.choice(("", ".", "_", "-")) + self._made_up())
        return self._rng.choice((
            f"{name}@mail.az", f"www.{name}.com", f"{self._word()}/{self._word()}", f"{self._word()} – {self._word()}",
            f"{self._word()} — {self._word()}", f"[{self._word()}] & {self._word()}", f"{self._word()} = {self._word()}",
            f"A{self._number()}W", f"{self._name()}-{self._name()}", f"* {self._sentence()}", f"#{self._pin()}",
        ))  # fmt: skip

    def _relative(self) -> str:
        born = self._rng.randint(1930, 2020)
        return self._rng.choice((
            f"{self._rng.choice(_SHORT)} - {self._person()}", f"{self._person()}, {born}", f"{self._name()} {born}-ci il",
            f"{self._rng.choice(_JOBS)}, {self._place()}", f"{self._rng.choice(_JOBS)}",
        ))  # fmt: skip
