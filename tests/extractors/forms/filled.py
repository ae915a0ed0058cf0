"""Annex 1, filled in and laid out in memory in several prints. The people are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.shapes import ReadSheet
from models.catalogue import FormDescription, Question
from models.geometry import Box
from models.sheet import Line
from tests.extractors.forms.paper import ROW, Paper

ANSWERS = {
    "1": "Əliyev Rəşad Kamil oğlu",
    "2": "12.03.1985",
    "3": "Gürcüstan Respublikası, Marneuli rayonu, Qızılhacılı kəndi",
    "4": "azərbaycanlı",
    "5": "nikahda",
    "6": "Gürcüstan",
    "7": "yox",
    "8": "12 may 2009-cu il",
    "9": "Ailə qurmaq üçün",
    "10": "Xeyr, olmamışam",
    "11": "mühakimə olunmamışam",
    "12": "Ali, Bakı Dövlət Universiteti, hüquqşünas, 2007",
    "13": "işləməmişəm",
    "16": "Bakı şəhəri, Nizami küçəsi 12, mənzil 45, tel. 050 123 45 67, ev 012 440-12-34",
    "17": "Ailəm Bakıda yaşayır və mən də burada işləyirəm, övladlarım burada təhsil alırlar",
    "18": "foto 3x4, qəbz, pasportun surəti, arayış",
    "20": "Azərbaycanda yaşamaq istəyirəm",
}
TABLES = {
    "14": [
        ["09.2001", "06.2005", "ADNA, tələbə", "Bakı, Azadlıq pr. 20"],
        ["07.2005", "hal-hazırda", "“Azərenerji” ASC, baş mühəndis", "Bakı şəhəri, Tbilisi pr. 10"],
    ],
    "15": [
        ["arvadı", "Əliyeva Günel Tofiq qızı", "azərbaycanlı", "Azərbaycan", "müəllim", "Azərbaycan, Bakı"],
        ["atası", "Əliyev Kamil Rza oğlu", "azərbaycanlı", "Gürcüstan", "-", "Gürcüstan, Marneuli"],
    ],
    "19": [["oğul", "Əliyev Murad Rəşad oğlu", "2012-05", "Bakı", "-"]],
}
EDGES = {
    "14": (0.05, 0.17, 0.29, 0.65, 0.95),
    "15": (0.03, 0.15, 0.34, 0.5, 0.65, 0.8, 0.98),
    "19": (0.05, 0.2, 0.5, 0.65, 0.8, 0.95),
}
EXPECTED = {
    "surname": "Əliyev",
    "given_name": "Rəşad",
    "patronymic": "Kamil oğlu",
    "former_names": None,
    "birth_date": "1985-03-12",
    "birth_place": ANSWERS["3"],
    "ethnicity": "azərbaycanlı",
    "marital_status": "married",
    "citizenship": "Gürcüstan",
    "other_citizenships": "none",
    "arrival_date": "2009-05-12",
    "arrival_reason": "Ailə qurmaq üçün",
    "previous_visits": "none",
    "convictions": "none",
    "education": ANSWERS["12"],
    "work_abroad": "none",
    "employment": [
        {"from": "2001-09", "to": "2005-06", "organisation_position": "ADNA, tələbə",
         "address": "Bakı, Azadlıq pr. 20"},
        {"from": "2005-07", "to": None, "organisation_position": "“Azərenerji” ASC, baş mühəndis",
         "address": "Bakı şəhəri, Tbilisi pr. 10"},
    ],
    "relatives": [
        {"relationship": "arvadı", "full_name": "Əliyeva Günel Tofiq qızı", "ethnicity": "azərbaycanlı",
         "citizenship": "Azərbaycan", "workplace_position": "müəllim", "country_address": "Azərbaycan, Bakı"},
        {"relationship": "atası", "full_name": "Əliyev Kamil Rza oğlu", "ethnicity": "azərbaycanlı",
         "citizenship": "Gürcüstan", "workplace_position": None, "country_address": "Gürcüstan, Marneuli"},
    ],
    "address": "Bakı şəhəri, Nizami küçəsi 12, mənzil 45",
    "phones": ["+994501234567", "+994124401234"],
    "about": ANSWERS["17"],
    "attached_documents": ANSWERS["18"],
    "children": [{"relation": "oğul", "full_name": "Əliyev Murad Rəşad oğlu", "birth": "2012-05", "birth_place": "Bakı",
                  "note": None}],
    "purpose": ANSWERS["20"],
    "signed_on": "2019-03-12",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A way to print the form. ``breaks`` are questions that begin a sheet; ``edition`` picks among the wordings."""

    question: Callable[[Paper, str, str, int], None]
    ruled: bool = True
    breaks: tuple[str, ...] = ("14", "16")
    edition: int = 0
    numbered: bool = True
    declarations: bool = True
    office: bool = True


def two_columns(paper: Paper, question: str, answer: str, index: int) -> None:
    paper.row([question, answer], [0.05, 0.5, 0.95], index=index)


def two_columns_without_rules(paper: Paper, question: str, answer: str, index: int) -> None:
    paper.row([question, answer], [0.05, 0.5, 0.95], index=index, ruled=False)


def three_columns(paper: Paper, question: str, answer: str, index: int) -> None:
    number, _, text = question.partition(". ")
    paper.row([f"{number}.", text, answer], [0.03, 0.08, 0.5, 0.97], index=index)


def under(paper: Paper, question: str, answer: str, _: int) -> None:
    paper.write(question)
    paper.write(answer)


def beside(paper: Paper, question: str, answer: str, _: int) -> None:
    paper.write(f"{question} {answer}")


def row_under_row(paper: Paper, question: str, answer: str, index: int) -> None:
    paper.row([question], [0.05, 0.95], index=2 * index)
    paper.row([answer], [0.05, 0.95], index=2 * index + 1)


def with_colon(paper: Paper, question: str, answer: str, _: int) -> None:
    paper.write(f"{question}: {answer} _________________")


LAYOUTS = {
    "two columns": Layout(two_columns),
    "two columns without rules": Layout(two_columns_without_rules, ruled=False),
    "three columns, other edition": Layout(three_columns, edition=1, breaks=("8", "15")),
    "answer under": Layout(under, breaks=("12", "15", "19")),
    "answer beside": Layout(beside, ruled=False, office=False),
    "row under row": Layout(row_under_row, breaks=("6", "14", "16")),
    "retyped, short wordings": Layout(with_colon, edition=-1, breaks=("15",)),
    "retyped without numbers": Layout(with_colon, numbered=False, ruled=False, declarations=False),
}


def filled(form: FormDescription, layout: Layout, answers: dict[str, str] | None = None) -> list[ReadSheet]:
    """The sheets of a filled Annex 1 in their order."""
    answers = ANSWERS if answers is None else answers
    papers = [_begin(form)]
    for index, question in enumerate(q for q in form.questions if q.parts):
        if question.number in layout.breaks:
            papers.append(Paper(page=len(papers) + 1))
        wording = question.wordings[layout.edition if abs(layout.edition) <= len(question.wordings) - 1 else 0]
        printed = f"{question.number}. {wording}" if layout.numbered else wording
        if question.columns:
            _table(papers[-1], question, printed, layout)
        elif int(question.number) > 15:
            papers[-1].write(f"{printed} {answers.get(question.number, '')} ______")
        else:
            layout.question(papers[-1], printed, answers.get(question.number, ""), index)
    _end(papers[-1], form, layout)
    return [paper.read() for paper in papers]


def _begin(form: FormDescription) -> Paper:
    paper = Paper()
    for text in (form.addressees[0], form.titles[0], form.photo_labels[0], form.requests[0]):
        paper.write(text, x=0.3)
    paper.y += ROW
    return paper


def _table(paper: Paper, question: Question, printed: str, layout: Layout) -> None:
    paper.write(printed)
    paper.tables += 1
    rows: Sequence[Sequence[str]] = TABLES[question.number]
    headings = [column.headings[0] for column in question.columns]
    for index, row in enumerate([headings, *rows, [""] * len(headings)]):
        paper.row(row, EDGES[question.number], table=paper.tables, index=index, ruled=layout.ruled)


def _end(paper: Paper, form: FormDescription, layout: Layout) -> None:
    for text in form.declarations if layout.declarations else ():
        paper.write(text)
    paper.write("«12» mart 2019-cu il")
    paper.y -= ROW
    paper.write("Şəxsi imza ____________", x=0.55)
    paper.write("(gün, ay, il)")
    if layout.office:
        paper.write("Xidməti qeydlər (Dövlət Miqrasiya Xidmətində doldurulur)")
        paper.write("Vətəndaş Qurbanov Elçin 12.12.2020 verilmiş pasporta malikdir")


class NoEngine:
    """A region reader for sheets that need none."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        return ()

    def second(self, on: ReadSheet, box: Box, lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(lines)

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        return "", 0.0
