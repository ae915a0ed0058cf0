"""Shares with intervals, the tables made of them, and the judgement of a run by the targets."""

from __future__ import annotations

import json

import pytest

from intake.bench.cost import Costs, Spent
from intake.bench.figures import accuracy
from intake.bench.scaling import Throughput
from intake.bench.scoring import Answer, Findings, PageType, Rows, Score, Stream, Verdict, Zone
from intake.bench.shares import Share, f1
from intake.bench.targets import Run, judged
from intake.bench.ways import BARE, ONE_ENGINE

SURE = 0.997


def answer(right: bool, quality: str = "office", style: str = "typed", confidence: float = 0.99) -> Answer:
    return Answer("application_form_acquisition", "surname", right, confidence, quality, style, "grid", "a", "b")


def verdicts(run: Run) -> dict[str, str]:
    return {each.target.what: each.verdict for each in judged(run)}


def test_the_interval_is_wilsons() -> None:
    """Values that textbooks print; nothing counted leaves everything possible."""
    assert Share(8, 10).interval == pytest.approx((0.490, 0.943), abs=0.001)
    assert Share(0, 10).interval == pytest.approx((0.0, 0.278), abs=0.001)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_f1_is_a_share_of_the_mean() -> None:
    """Three rows right, four expected, five given."""
    assert f1(3, 4, 5).value == pytest.approx(2 * 3 / 9)


def test_nothing_measured_meets_no_target() -> None:
    """A folder without messages of a kind says nothing about it, neither good nor bad."""
    assert set(verdicts(Run(Score(), Costs(), (), SURE)).values()) == {"not in this folder"}


def test_each_quality_and_print_has_its_own_target() -> None:
    """Typed and handwriting-like answers, clean and scanned, are judged apart."""
    score = Score(answers=[answer(True), answer(False, style="handwriting-like"), answer(True, "text", "DOCX")])
    found = verdicts(Run(score, Costs(), (), SURE))
    assert found["typed, office scan"] == "met"
    assert found["handwriting-like, office scan"] == "not met"
    assert found["text layer, AcroForm, DOCX"] == "met"
    assert found["typed, phone photo"] == "not in this folder"


def test_a_single_wrong_notice_or_accepted_zone_breaks_its_target() -> None:
    """Of these none is allowed."""
    zones = [Zone("passport", "phone", True, True), Zone("passport", "phone", False, True)]
    decided = [Verdict("a.eml", "review", "refused", ()), Verdict("b.eml", "accepted", "accepted", ())]
    found = verdicts(Run(Score(zones=zones, verdicts=decided), Costs(), (), SURE))
    assert found["zones wrong but check digits accepted"] == "not met"
    assert found["wrong notices"] == "not met"
    assert found["decided without a clerk, of the decidable"] == "met"


def test_streams_pages_rows_and_findings_are_judged() -> None:
    """Messages count as streams, files do not; precision and recall are two figures."""
    score = Score(
        pages=[PageType("unknown", "passport", "fax", "a.pdf"), PageType("passport", "passport", "office", "a.pdf")],
        rows=[
            Rows("relatives", 19, 20, 20, "office", "typed"),
            Rows("relatives", 0, 9, 9, "office", "handwriting-like"),
        ],
        streams=[Stream("", 2, True), Stream("a.pdf", 2, False)],
        findings=[Findings(1, 2, 1)],
    )
    found = verdicts(Run(score, Costs(), (), SURE))
    assert found["page streams split without error"] == "met"
    assert found["table rows, F1, office scan"] == "met"
    assert found["document type per page, clean and office"] == "met"
    assert found["unknown pages forced into a type"] == "not met"
    assert (found["findings: precision"], found["findings: recall"]) == ("met", "not met")


def test_cost_and_memory_may_be_at_most_so_much() -> None:
    """CPU is told as a share of the bare command on the same pages, memory as that of the largest process."""
    spent = {BARE: [Spent(2.0, 1.0)] * 2, ONE_ENGINE: [Spent(0.6, 0.6), Spent(0.8, 0.8)]}
    runs = (Throughput(1, 4, 60.0, 600.0), Throughput(2, 60, 100.0, 950.0))
    told = {each.target.what: each for each in judged(Run(Score(), Costs(spent, {}, ["office"] * 2), runs, SURE))}
    one_engine = told["CPU per page beside bare tesseract: one engine"]
    assert one_engine.verdict == "met"
    assert one_engine.texts[1:4] == ("at most 0.40", "0.35", "0.30 - 0.40")
    assert told["memory of one worker, message after message"].verdict == "not met"


def test_every_figure_is_told_as_json_with_its_interval() -> None:
    """Nothing stands only in a table for people."""
    pages = [PageType("passport", "passport", "office", "a.pdf"), PageType("passport", "visa", "fax", "b.pdf")]
    score = Score(answers=[answer(True), answer(False)], streams=[Stream("", 2, True)], pages=pages)
    tables = {each.title: each.to_json() for each in accuracy(score, SURE)}
    line = json.loads(json.dumps(tables["answers of forms, exact"]))["lines"][0]
    assert (line["quality"], line["print"], line["right"], line["of"], line["share"]) == ("office", "typed", 1, 2, 0.5)
    assert 0 < line["low"] < 0.5 < line["high"] < 1
    [of_type] = tables["pages of each document type given that type"]["lines"]
    assert (of_type["type"], of_type["right"], of_type["of"]) == ("passport", 1, 2)
    assert json.dumps([each.to_json() for each in judged(Run(score, Costs(), (), SURE))])
