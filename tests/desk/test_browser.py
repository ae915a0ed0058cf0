"""A clerk's morning in a real browser, on the real path: read, corrected, issued, in the outbox."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from intake import bootstrap
from intake.casework.check import check
from intake.casework.desk import work_list
from intake.casework.read import read
from intake.casework.receive import receive
from intake.casework.send import send
from intake.casework.users import add_user
from intake.settings import Settings, load_settings
from models.office import CaseState, NoticeState, Role

pytestmark = pytest.mark.story
CHROMIUM = Path("/usr/bin/chromium")
SAMPLE = Path(__file__).parents[2] / "samples" / "messages" / "accepted-docx.eml"
PASSWORD = "correct horse battery"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data=tmp_path, automatic="none", grace_minutes=0, desk="127.0.0.1:0")


@pytest.fixture
def desk(settings: Settings) -> Iterator[str]:
    """The address of a desk that runs as its own process."""
    environment = {**os.environ, **settings.as_environment()}
    command = [sys.executable, "-m", "intake", "desk"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        yield next(line.strip() for line in lines if line.startswith("http://"))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def page() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield browser.new_page()
        browser.close()


def test_a_clerk_corrects_a_field_and_issues_the_notice(settings: Settings, desk: str, page: Page) -> None:
    """Sign in, open a case in review, correct a field, issue the notice, find it in the outbox."""
    reference = arrived_in_review(settings)
    add_user(bootstrap.service(settings), "leyla", PASSWORD, Role.EXAMINER, full_name="Leyla Məmmədova")

    page.goto(desk)
    page.get_by_label("İstifadəçi adı").fill("leyla")
    page.get_by_label("Şifrə").fill(PASSWORD)
    page.get_by_role("button", name="Daxil ol").click()
    page.get_by_role("link", name=reference).click()
    expect(page.locator(".sheet img").first).to_be_visible()

    field = page.locator('form.field:has(input[name=key][value="residence_card_number"])').first
    field.locator("input[name=value]").fill("AA 1234567")
    field.get_by_role("button", name="Yadda saxla").click()
    expect(page.locator("#decision")).to_contain_text("Qəbul")
    expect(page.locator("#preview")).to_contain_text("sorğunuz qəbul olunmuşdur")
    page.get_by_role("button", name="Bildirişi göndər").click()
    expect(page.locator("#history + table")).to_contain_text("bildiriş buraxılıb")

    service = bootstrap.service(settings)
    with service.registry.read() as records:
        (notice,) = records.notices_in([NoticeState.QUEUED])
    send(service, notice.id)
    (letter,) = (settings.data / "outbox" / "new").iterdir()
    sent = message_from_bytes(letter.read_bytes(), policy=default)
    body = sent.get_body(("plain",))
    assert body is not None and reference in str(sent["Subject"])
    assert re.search(r"Qeydiyyat nömrəsi: VƏ-\d{4}/00001", body.get_content())


def with_half_a_card_number(raw: bytes) -> bytes:
    """The sample with only the number of the residence card in its letter, not the series: a clerk must look."""
    message = message_from_bytes(raw, policy=default)
    letter = message.get_body(("plain",))
    assert letter is not None
    text = letter.get_content()
    changed = re.sub(r"seriya və nömrəsi: [A-Z]+ (\d+)", r"nömrəsi: \1", text)
    assert changed != text
    letter.set_content(changed)
    return bytes(message)


def arrived_in_review(settings: Settings) -> str:
    """Takes a sample over through the real path; the case's reference number."""
    bootstrap.prepare(settings)
    box = bootstrap.mailbox(settings)
    delivered = settings.data / "mailbox" / "new" / "sample.eml"
    delivered.write_bytes(with_half_a_card_number(SAMPLE.read_bytes()))
    os.utime(delivered, (0, 0))  # long settled
    service = bootstrap.service(settings)
    receive(service, box)
    box.close()
    read(service, 1)
    (case,) = work_list(service)
    check(service, case.id)
    (case,) = work_list(service)
    assert case.state is CaseState.REVIEW
    return case.reference
