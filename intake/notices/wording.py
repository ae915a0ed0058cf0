"""From the facts of a letter to its text, HTML and one-page PDF, through templates that an office may edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from intake.notices.facts import page_words
from intake.notices.foreign import display_file, printable
from intake.notices.letter import Letter, term_words
from intake.notices.paper import one_page
from models.azerbaijani import upper
from models.case import Finding, Notice
from models.grammar import clause_words, date_words, deadline_words, moment_words, suffix

_SHIPPED = Path(__file__).with_name("templates")


def render(letter: Letter) -> Notice:
    """The notice of a letter. Raises ``jinja2.TemplateError`` where an office's own template is broken."""
    templates = _environment(letter.office.templates)
    kind = letter.kind.value
    subject = _squeeze(templates.get_template(f"{kind}/subject.txt").render(letter=letter))
    facts = {"letter": letter, "subject": subject, "room": "full", "paper": False}
    html = templates.get_template(f"{kind}/body.html")

    def on_paper(size: float, room: str) -> str:
        return html.render(facts | {"paper": True, "size": size, "room": room})

    return Notice(
        kind=letter.kind,
        to=letter.to,
        subject=subject,
        text=_tidy(templates.get_template(f"{kind}/body.txt").render(facts)),
        html=html.render(facts),
        reference=letter.reference,
        registration=letter.registration,
        pdf=one_page(on_paper),
    )


@cache
def _environment(override: Path | None) -> SandboxedEnvironment:
    folders = ([override] if override else []) + [_SHIPPED]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clause": clause_words,
        "date": date_words,
        "finding": _finding,
        "length_of_time": term_words,
        "deadline": deadline_words,
        "moment": moment_words,
        "pages": page_words,
        "squeeze": _squeeze,
        "suffix": suffix,
        "upper": upper,
    }
    return environment


def _finding(finding: Finding) -> str:
    """What the applicant reads of a finding; no finding goes out without its clause, no file name unwashed."""
    text = finding.text.replace(finding.file, display_file(finding.file)) if finding.file else finding.text
    text = printable(text)
    clause = clause_words(finding.clause) if finding.clause else ""
    return f"{text.rstrip(' .')} ({clause})." if clause not in text else text


def _squeeze(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """No trailing spaces, never two empty lines in a row."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept) + "\n"
