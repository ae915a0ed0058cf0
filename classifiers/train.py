"""Trains the text classifier on synthetic texts: ``python -m classifiers.train`` (``--judge`` only measures).

Everything comes from seeds, so the same command gives the same weights. Texts are combined from the recipes in
``training/``, filled with invented people and damaged as recognition damages them; the judgement is on
``training/heldout.yaml``, whose wordings no training text has.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import spacy
import yaml
from spacy.training import Example
from thinc.api import fix_random_seed

from classifiers.documents import classify
from classifiers.features import stems
from classifiers.phrases import bare
from classifiers.voter import LEAST_WORDS, WEIGHTS, votes
from models.document import UNKNOWN, Classification
from models.geometry import Box
from models.sheet import Line, Sheet, Word
from rules.catalogue import load_catalogue

_HERE = Path(__file__).parent / "training"
_RECIPES = ("texts.yaml", "others.yaml", "wider.yaml", "companies.yaml", "strangers.yaml", "pages.yaml")
_PER_TYPE = 400
_PER_SUBTYPE = 140
_PER_WORDINGS = 40  # texts of a type's wordings in the catalogue
_PER_KIND = 320  # of strangers
_UNKNOWNS = 3000
_ONE_BODY = 0.7  # of the texts of types
_CLAUSES = (2, 8)  # on a page
_FIRST_PAGES = 0.5
_EPOCHS = 2
_CONFIG: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "length": 6000,
        "ngram_size": 2,
        "no_output_layer": False,
    },
    "threshold": 0.5,
}


def _each(words: str) -> list[str]:
    return words.split()


_SURNAMES = _each("Qasımov Rüstəmli Petrov Demir Abdullayeva Hüseynzadə Novikova Şahin Rəhmanov Ivanidze Xəlilova Kaya")
_GIVEN = _each("Tural Nərgiz Oleg Murat Günel Kamran Natalia Emre Zöhrə Vaqif Aysel Giorgi Samir Pərvin")
_FATHERS = _each("Akif Nazim Sergey İlqar Ramiz Faiq Tofiq Ahmet Yaşar Elman")
_CITIES = _each("Bakı Gəncə Sumqayıt Şəki Lənkəran Quba Mingəçevir Şirvan Xaçmaz Binəqədi Nəsimi")
_FILLER = (
    "{person}",
    "{person}, {date} təvəllüdlü",
    "{city} şəhəri",
    "№ {num} {date}",
    "{date}-cü il",
    "{sign}",
    "M.Y.",
    "imza",
    "Direktor {sign}",
    "Təqdim olunur: tələb olunan yerə",
    "{org}",
    "{sum} AZN",
    "Azərbaycan Respublikası",
    "telefon {phone}",
    "Azərbaycan Respublikasının vətəndaşı",
    "ünvan {city}",
    "FİN {fin}",
    "{year}-ci ildən bu günədək",
    "barədə",
    "Bu sənəd",
    "ondan ötrü",
    "təsdiq edir ki",
    "şöbə müdiri {sign}",
    "etibarlıdır",
    "Mütəxəssis {sign}",
    "Tarix {date}",
)
#: What a page of any kind may begin with: whose paper it is says little of what it is.
_LETTERHEADS = (
    "{org}",
    "{org} {city} Nizami küç. {num} tel. {phone}",
    "{org} VÖEN {voen} {city} e-mail",
    "AZƏRBAYCAN RESPUBLİKASI {org}",
    "№ {num} {date} {city}",
)
_LETTERHEAD = 0.25  # of all texts
_TAILS = ("{sign}", "{date}", "M.Y.", "Direktor {sign}", "", "")
_WORDS: Mapping[str, Sequence[str]] = {
    "org": (
        '"Nur" MMC',
        '"Xəzər-Tikinti" QSC',
        '"Delta" ASC',
        '"Yeni Həyat" İB',
        "7 saylı orta məktəb",
        "{num} nömrəli tam orta məktəb",
        "{num} nömrəli körpələr evi-uşaq bağçası",
        "Şəhər xəstəxanası",
        "{city} Mərkəzi Xəstəxanası",
        "{num} saylı poliklinika",
        '"Gülüstan" mehmanxanası',
        '"Nərgiz" restoranı',
        "{uni}",
        "{bank}",
        '"Araz" MMC',
        "ООО «Строймастер»",
        "Caspian Services LLC",
    ),
    "bank": ("Kapital Bank", "Beynəlxalq Bank", "Paşa Bank", "Rabitəbank", "Unibank"),
    "job": ("mühəndis", "mühasib", "həkim", "sürücü", "müəllim", "satıcı", "aşpaz", "proqramçı", "fəhlə", "menecer"),
    "uni": ("Bakı Dövlət Universiteti", "Texniki Universitet", "Pedaqoji Universitet", "Neft Akademiyası"),
    "country": ("Gürcüstan", "Türkiyə", "Rusiya", "Ukrayna", "Özbəkistan"),
    "countryru": ("РОССИЙСКОЙ ФЕДЕРАЦИИ", "УКРАИНЫ", "РЕСПУБЛИКИ КАЗАХСТАН", "ГРУЗИИ"),
    "countryen": ("GEORGIA", "UKRAINE", "PAKISTAN", "KAZAKHSTAN", "ISRAEL"),
    "ministry": ("MƏDƏNİYYƏT NAZİRLİYİ", "GƏNCLƏR VƏ İDMAN NAZİRLİYİ", "ELM VƏ TƏHSİL NAZİRLİYİ"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and judge; the weights go where the service looks for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judge", action="store_true", help="measure the shipped weights, train nothing")
    if not parser.parse_args(arguments).judge:
        _train()
    _judge()
    return 0


# --- texts -----------------------------------------------------------------------------------------------------------


_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")


def filled(text: str, rng: Random) -> str:
    """A text with one of each "[a|b]" taken and its slots filled by invented people, bodies, sums and dates."""
    out = _ALTERNATIVES.sub(lambda found: rng.choice(found[1].split("|")), text)
    while "{" in out:
        start = out.index("{")
        end = out.index("}", start)
        out = out[:start] + _slot(out[start + 1 : end], rng) + out[end + 1 :]
    return out


def _slot(key: str, rng: Random) -> str:
    person = f"{rng.choice(_SURNAMES)} {rng.choice(_GIVEN)} {rng.choice(_FATHERS)}"
    if key in _WORDS:
        return rng.choice(_WORDS[key])
    made = {
        "person": person + rng.choice((" oğlu", " qızı", "")),
        "person_dat": person + rng.choice((" oğluna", " qızına", "a")),
        "name": rng.choice(_SURNAMES),
        "sign": f"{rng.choice('ABRSTEN')}. {rng.choice(_SURNAMES)}",
        "city": rng.choice(_CITIES),
        "sum": f"{rng.choice((110, 250, 480, 900, 35, 1200))}{rng.choice(('', '.00', ',00'))}",
        "num": str(rng.randrange(100, 99999999)),
        "voen": str(rng.randrange(1000000000, 2000000000)),
        "date": f"{rng.randrange(1, 29):02}.{rng.randrange(1, 13):02}.{rng.randrange(2015, 2026)}",
        "year": str(rng.randrange(2000, 2025)),
        "fin": "".join(rng.choice("0123456789ABCDEFGH") for _ in range(7)),
        "phone": f"050{rng.randrange(1000000, 9999999)}",
    }
    return made[key]


_TAKEN_FOR: Mapping[str, Sequence[str]] = {
    letter: others.split()
    for letter, others in {
        "a": "e o", "b": "h 6", "c": "e o", "d": "cl a", "e": "c o a", "f": "t", "g": "q y 9", "h": "b li",
        "i": "l j 1", "k": "h lc", "l": "i t", "m": "rn nn", "n": "ri m u", "o": "c e 0", "q": "g 9", "r": "n t",
        "s": "5 e", "t": "f l", "u": "ii n v", "v": "y u", "y": "v", "z": "s 2",
    }.items()
}  # fmt: skip


def damaged(text: str, rng: Random, rate: float) -> str:
    """Letters lost, taken for others or split off and words joined, as recognition does; ``rate`` of all letters."""
    out = []
    for char in text:
        chance = rng.random()
        if char.isalpha() and chance < rate:
            other = rng.choice(_TAKEN_FOR.get(bare(char), ("i", "l")))
            out.append(rng.choice(("", char + " ", *3 * [other.upper() if char.isupper() else other])))
        elif char != " " or chance > rate / 2:
            out.append(char)
    return "".join(out)


def training_texts(seed: int = 7) -> Iterator[tuple[str, str]]:
    """Pairs of label and text; labels are document types, subtypes of income proofs joined into theirs."""
    rng = Random(seed)  # noqa: S311
    for name in _RECIPES:
        recipes = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
        for label, recipe in recipes.items():
            for _ in range(_copies(label)):
                yield label.split("/")[0], _combined(recipe, label, rng)


def _copies(label: str) -> int:
    kind, _, part = label.partition("/")
    if kind == UNKNOWN:
        return _PER_KIND if part else _UNKNOWNS
    return _PER_SUBTYPE if part else _PER_TYPE


def catalogue_texts(seed: int = 8) -> Iterator[tuple[str, str]]:
    """Pairs of label and text from the wordings of the catalogue, also for types without a recipe."""
    rng = Random(seed)  # noqa: S311
    for kind in load_catalogue().document_types.values():
        for subtype in kind.subtypes or (None,):
            own = (*subtype.headings, *subtype.phrases) if subtype else ()
            titles = [phrase.text for phrase in (*kind.headings, *own[:1])] or [kind.name]
            phrases = [phrase.text for phrase in (*kind.phrases, *own) if phrase.weight >= 1] or titles
            for _ in range(_PER_WORDINGS):
                picked = rng.sample(phrases, k=min(len(phrases), rng.randrange(1, 4)))
                filler = rng.choices(_FILLER, k=rng.randrange(2, 6))
                parts = [rng.choice(titles), *picked, *filler]
                rng.shuffle(parts)
                yield kind.key, damaged(filled(" ".join(parts), rng), rng, rng.choice((0.0, 0.02, 0.06)))


def _combined(recipe: Mapping[str, Sequence[str]], label: str, rng: Random) -> str:
    filler = rng.choices(_FILLER, k=rng.randrange(4))
    letterhead = [rng.choice(_LETTERHEADS)] if rng.random() < _LETTERHEAD else []
    parts = [*letterhead, *_text(recipe, label, rng), *filler, rng.choice(recipe.get("tail", _TAILS))]
    words = filled(" ".join(part for part in parts if part), rng).split()
    dropped = rng.choice((0.1, 0.3, 0.5))
    kept = [word for word in words if rng.random() > dropped]
    return damaged(" ".join(kept), rng, rng.choice((0.0, 0.02, 0.06, 0.1)))


def _text(recipe: Mapping[str, Sequence[str]], label: str, rng: Random) -> list[str]:
    """A head and a body or two; of a paper's clauses some that stand on one page, which may be no first one."""
    head = rng.choice(recipe["head"])
    if clauses := recipe.get("clauses"):
        on_page = rng.sample(clauses, k=min(len(clauses), rng.randrange(*_CLAUSES)))
        return [head, *on_page] if rng.random() < _FIRST_PAGES else on_page
    two = label != UNKNOWN and rng.random() >= _ONE_BODY
    return [head, *rng.sample(recipe["body"], k=min(2 if two else 1, len(recipe["body"])))]


def heldout_texts(seed: int = 11, each: int = 6) -> Iterator[tuple[str, str]]:
    """Pairs of label and text (lines kept) for judging."""
    rng = Random(seed)  # noqa: S311
    for label, texts in yaml.safe_load((_HERE / "heldout.yaml").read_text(encoding="utf-8")).items():
        for text in texts:
            for _ in range(each):
                yield label, damaged(filled(text, rng), rng, rng.choice((0.0, 0.02, 0.05)))


# --- training and judging --------------------------------------------------------------------------------------------


def _train() -> None:
    fix_random_seed(7)
    model = spacy.blank("xx")
    pipe: Any = model.add_pipe("textcat", config=_CONFIG)
    pairs = [(label, stems(bare(text))) for label, text in (*training_texts(), *catalogue_texts())]
    pairs = [(label, text) for label, text in pairs if len(text.split()) >= LEAST_WORDS]
    labels = sorted({label for label, _ in pairs})
    for label in labels:
        pipe.add_label(label)
    examples = [
        Example.from_dict(model.make_doc(text), {"cats": {name: float(name == label) for name in labels}})
        for label, text in pairs
    ]
    optimizer = model.initialize(lambda: examples[:200])
    rng = Random(7)  # noqa: S311
    for epoch in range(_EPOCHS):
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        for start in range(0, len(examples), 64):
            model.update(examples[start : start + 64], sgd=optimizer, losses=losses)
        print(f"epoch {epoch + 1}: loss {losses['textcat']:.3f}", file=sys.stderr)
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    model.to_disk(WEIGHTS, exclude=["vocab"])  # the model knows words by their hashes


def _judge() -> None:
    """Held-out wordings through the whole classifier, with the trained voter and without, by confidence."""
    types = load_catalogue().document_types
    texts = list(heldout_texts())
    for name, voter in (("with the text classifier", votes), ("wordings alone", lambda _: {})):
        told = [(label, classify(as_sheet(text), types, voter=voter)) for label, text in texts]
        print(f"{name}: {_summary(told)}")
        for low, high in pairwise((0.6, 0.8, 0.9, 0.95, 1.0)):
            within = [(label, found) for label, found in told if _claims(found) and low <= found.confidence < high]
            right = sum(label == found.type for label, found in within)
            mean = sum(found.confidence for _, found in within) / max(1, len(within))
            print(f"  confidence {low:.2f}-{high:.2f}: mean {mean:.3f}, right {right}/{len(within)}")


def _summary(told: Sequence[tuple[str, Classification]]) -> str:
    known = [(label, found) for label, found in told if label != UNKNOWN]
    strange = [found for label, found in told if label == UNKNOWN]
    right = sum(label == found.type for label, found in known)
    wrong = sum(found.type not in (label, UNKNOWN) for label, found in known)
    forced = sum(map(_claims, strange))
    return f"right {right}/{len(known)}, wrong type {wrong}, unknown forced into a type {forced}/{len(strange)}"


def _claims(found: Classification) -> bool:
    return found.type != UNKNOWN


def as_sheet(text: str) -> Sheet:
    """A sheet with the lines of a text, set as a page would set them."""
    lines = []
    for row, line in enumerate(text.split("\n")):
        top = 0.06 + 0.03 * row
        words = [
            Word(word, Box(0.1 + 0.08 * at, top, 0.17 + 0.08 * at, top + 0.015), 0.95)
            for at, word in enumerate(line.split()[:11])
        ]
        rest = line.split()[11:]
        words += [Word(word, Box(0.9, top, 0.95, top + 0.015), 0.95) for word in rest]
        if words:
            lines.append(Line(tuple(words), Box(0.1, top, 0.95, top + 0.015), size=0.015))
    return Sheet("text", 1, lines=tuple(lines), width_px=1654, height_px=2339)


if __name__ == "__main__":
    sys.exit(main())
