"""The desk over a real registry: strangers, rights, corrections, headers, words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from intake.casework.desk import case_file
from intake.casework.examination import advance
from intake.casework.users import add_user
from intake.desk import create_app
from intake.desk.texts import LANGUAGES, Words, all_keys
from models.case import Category, DecisionValue, Remark, ReviewReason
from models.office import CaseState, EventRecord, NoticeState, Role
from rules.catalogue import load_catalogue
from tests.casework.test_path import deliver
from tests.fakes import World, mail, make_world

PASSWORD = "correct horse battery"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def client(world: World, role: Role | None = None, agency: str | None = None) -> TestClient:
    """A browser at the desk, signed in when a role is given."""
    browser = TestClient(create_app(world.service, load_catalogue(), "secret"), follow_redirects=False)
    if role is not None:
        add_user(world.service, role.value, PASSWORD, role, agency=agency)
        answer = browser.post("/sign-in", data={"name": role.value, "password": PASSWORD})
        assert answer.status_code == 303
    return browser


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def in_review(world: World) -> str:
    (done,) = deliver(world, mail("review"))
    return str(done.reference)


@pytest.mark.parametrize("path", ["/", "/cases/QBL-00000-00000", "/cases/QBL-00000-00000/notice.pdf"])
def test_strangers_are_led_to_the_sign_in_page(world: World, path: str) -> None:
    """Nothing of a case is shown to anybody who is not signed in, and every answer carries the policy."""
    answer = client(world).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_wrong_password_lets_nobody_in(world: World) -> None:
    """The page says the same for a wrong name and a wrong password."""
    add_user(world.service, "leyla", PASSWORD, Role.EXAMINER)
    browser = client(world)
    pages = [
        browser.post("/sign-in", data={"name": name, "password": "wrong password"}) for name in ("leyla", "nobody")
    ]
    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].text == pages[1].text


def test_a_clerk_corrects_a_field_and_issues_the_notice(world: World) -> None:
    """The correction is decided anew, the notice waits for the key, then leaves once."""
    reference = in_review(world)
    browser = client(world, Role.EXAMINER)
    page = browser.get(f"/cases/{reference}").text
    form = {"token": token(page), "version": "1", "document": "1", "key": "wish", "value": "accepted"}
    assert browser.post(f"/cases/{reference}/field", data=form).status_code == 303
    found = case_file(world.service, reference)
    assert found.case.state is CaseState.PREPARED and found.submission.documents[1].value("wish") == "accepted"
    issued = browser.post(f"/cases/{reference}/issue", data={"token": token(page)})
    assert issued.status_code == 303
    world.work()
    notice = case_file(world.service, reference).notice
    assert notice is not None and notice.state is NoticeState.SENT and len(world.postman.letters) == 1


def test_forms_of_other_sites_are_refused(world: World) -> None:
    """A form without the session's token changes nothing."""
    reference = in_review(world)
    answer = client(world, Role.EXAMINER).post(f"/cases/{reference}/note", data={"token": "forged", "text": "x"})
    assert answer.status_code == 403
    assert all(event.action != "note" for event in case_file(world.service, reference).events)


def test_an_old_view_of_a_case_changes_nothing(world: World) -> None:
    """A clerk is told that the case changed meanwhile."""
    reference = in_review(world)
    browser = client(world, Role.EXAMINER)
    form = {"token": token(browser.get(f"/cases/{reference}").text), "version": "1", "document": "0"}
    assert browser.post(f"/cases/{reference}/confirm", data=form).status_code == 303
    assert browser.post(f"/cases/{reference}/confirm", data=form).status_code == 409


@pytest.mark.parametrize(("role", "status"), [(Role.ADMIN, 403), (Role.EXAMINER, 303)])
def test_rights_follow_roles(world: World, role: Role, status: int) -> None:
    """Who administers users does not decide cases."""
    reference = in_review(world)
    browser = client(world, role)
    form = {"token": token(browser.get(f"/cases/{reference}").text), "value": "accepted", "reason": "seen by eye"}
    assert browser.post(f"/cases/{reference}/decide", data=form).status_code == status


def test_an_agency_sees_only_what_was_sent_to_it(world: World) -> None:
    """Its list and pages hold the cases it was asked about; every other case, and the office's own work on its cases,
    do not exist for it."""
    other = in_review(world)
    (_, done) = deliver(world, mail("accepted", "murad@example.az", name="Murad Quliyev"))
    asked = str(done.reference)
    id_ = case_file(world.service, asked).case.id
    for step in (CaseState.UNDER_EXAMINATION, CaseState.SENT_FOR_OPINIONS):
        advance(world.service, id_, step, "leyla")
    browser = client(world, Role.AGENCY, agency="internal_affairs")
    assert asked in browser.get("/").text and other not in browser.get("/").text
    assert browser.get(f"/cases/{other}").status_code == 404
    page = browser.get(f"/cases/{asked}")
    assert page.status_code == 200 and "notice.pdf" not in page.text and "history" not in page.text
    assert "Xarici Kəşfiyyat" not in page.text, "other agencies' opinions are none of its business"
    for path in ("notice.pdf", "letters/1.pdf"):
        assert browser.get(f"/cases/{asked}/{path}").status_code == 403
    given = {"token": token(page.text), "agency": "state_security", "favourable": "true", "text": "etiraz yoxdur"}
    for action in ("note", "seen", "step", "issue", "close"):
        assert browser.post(f"/cases/{asked}/{action}", data=given).status_code == 403
    assert browser.post(f"/cases/{asked}/opinion", data=given).status_code == 303
    opinions = {each.agency: each.favourable for each in case_file(world.service, asked).opinions}
    assert opinions == {"internal_affairs": True, "state_security": None, "foreign_intelligence": None}


def test_steps_are_taken_at_the_desk(world: World) -> None:
    """Each open step is a button that the key N reaches; a grant asks for its order; the letters can be looked at."""
    (done,) = deliver(world, mail("accepted"))
    reference = str(done.reference)
    browser = client(world, Role.EXAMINER)
    page = browser.get(f"/cases/{reference}").text

    def act(path: str, **data: str) -> str:
        answer = browser.post(f"/cases/{reference}/{path}", data={"token": token(page), **data})
        assert answer.status_code == 303, answer.text
        return browser.get(f"/cases/{reference}").text

    assert page.count("data-next") == 1
    act("step", state="under_examination")
    page = act("step", state="sent_for_opinions")
    assert "Dövlət Təhlükəsizliyi Xidməti" in page and "22.12.2026" in page
    assert 'value="opinions_received"' not in page, "not before all opinions are in"
    for agency in ("internal_affairs", "state_security", "foreign_intelligence"):
        act("opinion", agency=agency, favourable="true")
    act("step", state="service_opinion")
    act("step", state="sent_to_commission")
    wrong = {"token": token(page), "state": "granted", "order_date": "sabah"}
    assert browser.post(f"/cases/{reference}/step", data=wrong).status_code == 409
    page = act("step", state="granted", order_date="20.11.2026", order_number="123")
    assert "Təmin edilib" in page and "letters/" in page
    assert re.search(r"\b(event|state|step|notice_kind|reason)\.[a-z_]+", page) is None


def test_hostile_names_are_shown_as_text(world: World) -> None:
    """What strangers wrote is never markup."""
    (done,) = deliver(world, mail("review", subject="<script>alert(1)</script>"))
    page = client(world, Role.EXAMINER).get(f"/cases/{done.reference}").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_unknown_pages_say_so_without_a_traceback(world: World) -> None:
    """Wrong addresses and wrong input get a page in the clerk's language."""
    browser = client(world, Role.EXAMINER)
    assert browser.get("/cases/QBL-ZZZZZ-ZZZZZ").status_code == 404
    assert "Traceback" not in browser.get("/nowhere").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vocabulary_has_words(language: str) -> None:
    """No key of a closed vocabulary is shown to a clerk."""
    words = Words(language, load_catalogue())
    vocabularies = {
        "state": CaseState, "decision": DecisionValue, "reason": ReviewReason, "category": Category,
        "notice_state": NoticeState, "remark": Remark,
    }  # fmt: skip
    missing = [f"{name}.{each}" for name, kinds in vocabularies.items() for each in kinds
               if words(f"{name}.{each.value}") == f"{name}.{each.value}"]  # fmt: skip
    assert not missing


def test_every_refusal_and_event_has_words() -> None:
    """What an action answers when it is not done, and each line of a history, is told in the clerk's language."""
    root = Path(__file__).parents[2] / "intake"
    paths = {*(root / "casework").glob("*.py"), *(root / "desk").glob("*.py")} - {root / "casework" / "users.py"}
    code = "\n".join(path.read_text() for path in paths)
    refusals = set(re.findall(r'Rejected\("([^"]+)"', code))
    events = set(re.findall(r'add_event\(\s*[^,]+, [^,]+, "([a-z_]+)"', code))
    assert len(refusals) > 15 and {f"rejected.{each}" for each in refusals} <= all_keys()
    assert len(events) > 12 and {f"event.{each}" for each in events} <= all_keys()
    assert {f"event.notice_{state}" for state in ("failed", "unconfirmed")} <= all_keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_an_answer_is_doubtful_is_told_in_the_history(language: str) -> None:
    """Late, from a stranger, without papers: each has words."""
    words = Words(language, load_catalogue())
    doubts = {"late": True, "stranger": False, "empty": True}
    told = words.told(EventRecord(1, datetime(2026, 11, 22, tzinfo=UTC), "program", "answer_doubtful", details=doubts))
    assert told == ", ".join((words("answer.late"), words("answer.empty"))) and "answer." not in told
    assert "answer." not in words("answer.stranger")


def test_a_failure_is_a_page_without_a_traceback(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of the program answers with the headers of every page; neither page nor log quotes an applicant."""
    browser = client(world, Role.EXAMINER)

    def broken(*_: object) -> None:
        raise RuntimeError("Aysel Quliyeva")

    monkeypatch.setattr("intake.desk.pages.desk.counts", broken)
    answer = browser.get("/")
    assert answer.status_code == 500 and "Content-Security-Policy" in answer.headers
    assert "Traceback" not in answer.text + caplog.text and "Aysel" not in answer.text + caplog.text


def test_refusals_speak_the_clerks_language(world: World) -> None:
    """A decision that the findings cannot carry, a stale page and a wrong number are told in Azerbaijani."""
    (done,) = deliver(world, mail("review"))
    browser = client(world, Role.EXAMINER)
    page = f"/cases/{done.reference}"
    given = {"token": token(browser.get(page).text), "value": "refused", "reason": "imzasız"}
    answer = browser.post(f"{page}/decide", data=given)
    assert answer.status_code == 409 and "əsas verən çatışmazlıq yoxdur" in answer.text
    assert "Səhifə köhnəlib" in browser.post(f"{page}/decide", data=given | {"token": "old"}).text
    assert browser.get(f"{page}/page.png?file=a&page=one").status_code == 404


def test_the_other_language_shows_the_same_page(world: World) -> None:
    """Whoever changes the language in a case stays there; a foreign address is never followed."""
    browser = client(world, Role.EXAMINER)
    for before, after in (
        ("http://testserver/cases/QBL-1?a=b", "/cases/QBL-1?a=b"),
        ("http://evil.example/x", "/"),
        ("http://testserver//evil.example", "/"),
    ):
        assert browser.post("/language", headers={"referer": before}).headers["location"] == after


def test_a_tables_columns_have_names_of_their_own() -> None:
    """The address of a workplace is not called the applicant's address."""
    words = Words("az", load_catalogue())
    form = "application_form_acquisition"
    assert words.field("address", form, "employment") != words.field("address", form)
    assert "təşkilat" in words.field("address", form, "employment")


def test_every_text_of_a_template_exists() -> None:
    """A template names no key that ``texts.yaml`` lacks."""
    folder = Path(__file__).parents[2] / "intake" / "desk" / "templates"
    used = {
        key for path in folder.glob("*.html") for key in re.findall(r'\bt\(["\']([a-z_]+)["\']\)', path.read_text())
    }
    assert used and used <= all_keys()
