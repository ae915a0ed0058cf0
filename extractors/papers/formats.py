"""The formats of machine-readable zones by ICAO 9303, and the states that they may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Columns ``start`` to ``end`` (exclusive) of line ``line``."""

    line: int
    start: int
    end: int


class Check(NamedTuple):
    """A check digit over spans. ``optional`` ones may be a filler when the spans are all fillers."""

    digit: Span
    over: tuple[Span, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of one format stand: place and kind (letters A, digits D, both N, sex S) by name."""

    name: str
    rows: int
    length: int
    fields: Mapping[str, tuple[Span, str]]
    checks: tuple[Check, ...]


def _two_line(name: str, length: int, checks: tuple[Check, ...], optional: int, visa: bool) -> Layout:
    fields = {
        "code": (Span(0, 0, 2), "A"),
        "issuer": (Span(0, 2, 5), "A"),
        "names": (Span(0, 5, length), "A"),
        "number": (Span(1, 0, 9), "N"),
        "nationality": (Span(1, 10, 13), "A"),
        "birth": (Span(1, 13, 19), "D"),
        "sex": (Span(1, 20, 21), "S"),
        "expiry": (Span(1, 21, 27), "D"),
        "optional": (Span(1, 28, optional), "N"),
    }
    common = (
        Check(Span(1, 9, 10), (Span(1, 0, 9),)),
        Check(Span(1, 19, 20), (Span(1, 13, 19),)),
        Check(Span(1, 27, 28), (Span(1, 21, 27),)),
    )
    return Layout(name, 2, length, fields, common if visa else common + checks)


def _composite(end: int) -> Check:
    return Check(Span(1, end, end + 1), (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, end)))


TD3 = _two_line("TD3", 44, (Check(Span(1, 42, 43), (Span(1, 28, 42),), optional=True), _composite(43)), 42, False)
TD2 = _two_line("TD2", 36, (_composite(35),), 35, False)
MRVA = _two_line("MRVA", 44, (), 44, True)
MRVB = _two_line("MRVB", 36, (), 36, True)
TD1 = Layout(
    "TD1",
    3,
    30,
    {
        "code": (Span(0, 0, 2), "A"),
        "issuer": (Span(0, 2, 5), "A"),
        "number": (Span(0, 5, 14), "N"),
        "optional": (Span(0, 15, 30), "N"),
        "birth": (Span(1, 0, 6), "D"),
        "sex": (Span(1, 7, 8), "S"),
        "expiry": (Span(1, 8, 14), "D"),
        "nationality": (Span(1, 15, 18), "A"),
        "optional2": (Span(1, 18, 29), "N"),
        "names": (Span(2, 0, 30), "A"),
    },
    (
        Check(Span(0, 14, 15), (Span(0, 5, 14),)),
        Check(Span(1, 6, 7), (Span(1, 0, 6),)),
        Check(Span(1, 14, 15), (Span(1, 8, 14),)),
        Check(Span(1, 29, 30), (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29))),
    ),
)

#: Codes of states and bodies that may stand in a zone (ISO 3166-1 alpha-3 and the additions of ICAO 9303-3).
_STATES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR
CYM CYP CZE D DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA
GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR
ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO
MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD
NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP
SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS
TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE EUE GBD
GBN GBO GBP GBS UNA UNK UNO XAA XBA XCC XCE XCO XEC XIM XMP XOM XPO XXA XXB XXC XXX UTO RKS XKX
"""
STATES = frozenset(_STATES.split())
