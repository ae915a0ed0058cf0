"""Receipts of designs that nobody announced: sum, account, VÖEN, budget code, payer, date."""

from __future__ import annotations

import pytest

from extractors.papers.receipt import read_receipt
from extractors.shapes import ReadSheet
from models.document import Field
from models.sheet import Source
from tests.classifiers.pages import sheet
from tests.extractors.papers.engines import Echo

BANK = """
      KAPİTAL BANK ASC                       03.04.2021
                  ÖDƏNİŞ TAPŞIRIĞI № 77
 Ödəyən:              Karimov Anvar Rustam oğlu
 Ödəyicinin VÖEN-i:   1234567891
 Ödəyən bank          Kapital Bank ASC
 Alan bank            Dövlət Xəzinədarlıq Agentliyi, kod 210005
 Bankın VÖEN-i        1401555071
 Müxbir hesab         AZ41NABZ01360100000000003944
 Alan                 Vergilər Nazirliyi yanında Milli gəlirlər Departamenti
 Hesab                AZ17 CTRE 0000 0000 0000 0211 7131
 VÖEN                 1602473621
 Büdcə təsnifatının kodu   142234
 Məbləğ               110,00 AZN
 Məbləğ yazı ilə      yüz on manat 00 qəpik
 Ödənişin təyinatı    Vətəndaşlıq üçün dövlət rüsumu
"""
TERMINAL = """
   eManat
   ÇEK № 88123
   Xidmət: Dövlət rüsumu
   Ad, soyad: Petrova Anna
   Məbləğ: 110.00 AZN
   Komissiya: 1.00 AZN
   Cəmi: 111.00 AZN
   Daxil edilmiş məbləğ: 120.00 AZN
   Qaytarılan: 9.00 AZN
   Tarix: 03.04.2021 14:22
"""
RUSSIAN = """
   КВИТАНЦИЯ
   Плательщик: Петрова Анна Сергеевна
   Назначение платежа: государственная пошлина
   Сумма: 110 AZN
   Дата: 03.04.2021
"""


def fields(text: str) -> dict[str, Field]:
    return read_receipt([ReadSheet(sheet(text, source=Source.TEXT_LAYER))], Echo())


def test_payment_order_tells_recipient_from_bank_and_payer() -> None:
    """Three VÖENs and two accounts stand on it; only the recipient's count."""
    read = fields(BANK)
    assert read["account"].value == "AZ17CTRE00000000000002117131"
    assert read["voen"].value == "1602473621"
    assert read["budget_code"].value == "142234"
    assert read["amount"].value == 110.0
    assert read["payer"].value == "Karimov Anvar Rustam oğlu"
    assert read["date"].value == "2021-04-03"
    assert read["currency"].value == "AZN"
    assert "rüsumu" in read["purpose"].text


def test_terminal_receipt_without_requisites() -> None:
    """Commission, the notes put in and the change are not what was paid; what is not shown is null."""
    read = fields(TERMINAL)
    assert read["amount"].value == 110.0
    assert read["amount"].confidence >= 0.9
    assert read["payer"].value == "Petrova Anna"
    assert read["account"].value is None
    assert read["voen"].value is None


def test_russian_receipt() -> None:
    """Labels in Russian."""
    read = fields(RUSSIAN)
    assert (read["amount"].value, read["date"].value) == (110.0, "2021-04-03")
    assert read["payer"].value == "Петрова Анна Сергеевна"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Məbləğ 110", 110.0),
        ("Məbləğ: 110-00", 110.0),
        ("Ödənilən məbləğ: 1 110,50 AZN", 1110.5),
        ("Məbləğ: 110 manat 00 qəpik", 110.0),
        ("Cəmi: 40.00 ₼", 40.0),
        ("CƏMİ ÖDƏNİLİB 110.00", 110.0),
    ],
)
def test_sums_as_they_are_written(line: str, value: float) -> None:
    """Thousands apart, qəpik after a dash, the sign of the manat."""
    assert fields(f"QƏBZ\n{line}\nTarix 03.04.2021")["amount"].value == value


def test_total_less_commission_is_less_certain() -> None:
    """A total that includes a commission may hide an insufficient payment."""
    read = fields("ÇEK\nKomissiya: 1.00 AZN\nCəmi: 111.00 AZN")
    assert read["amount"].value == 110.0
    assert read["amount"].confidence < 0.8


@pytest.mark.parametrize(("source", "certain"), [(Source.TEXT_LAYER, True), (Source.OCR, False)])
def test_an_account_whose_check_digits_fail_is_certain_only_in_a_text(source: Source, certain: bool) -> None:
    """A text holds what was printed; an engine may have misread a digit."""
    page = sheet("QƏBZ\nBenefisiar hesab AZ26CTRE00000000000002117198\nMəbləğ 110.00 AZN", source=source)
    account = read_receipt([ReadSheet(page)], Echo())["account"]
    assert account.value == "AZ26CTRE00000000000002117198"
    assert (account.confidence >= 0.85) is certain


def test_wrong_account_is_read_as_it_stands() -> None:
    """Its check digits are right, so it is what the paper says; the rules judge it."""
    read = fields(
        "QƏBZ\nAlan Xəzinədarlıq\nHesab AZ21NABZ00000000137010001944\nBenefisiar hesab AZ97CTRE00000000000002117132"
    )
    assert read["account"].value is None or read["account"].confidence < 0.6 or "CTRE" in read["account"].text


@pytest.mark.parametrize(
    "line",
    [
        "Ödəyici (S.A.A.): Petrova Anna Sergeyevna",
        "Kimdən qəbul edilib: Petrova Anna Sergeyevna",
        "Vəsaiti ödəyən şəxsin adı: Petrova Anna Sergeyevna",
        "Ödəyən: Petrova Anna Sergeyevna",
        "S.A.A.: Petrova Anna Sergeyevna",
    ],
)
def test_a_label_goes_on_up_to_its_colon(line: str) -> None:
    """No name begins in the middle of its label."""
    assert fields(f"QƏBZ\n{line}\nMəbləğ 110.00 AZN\nTarix 03.04.2021")["payer"].value == "Petrova Anna Sergeyevna"


@pytest.mark.parametrize("line", ["Məbləğ 110:00 AZN", "Məbləğ 110;00 manat", "Məbləğ 110:00"])
def test_a_sum_of_odd_form_is_never_certain(line: str) -> None:
    """A colon is a misread mark; who misread it may have misread a digit."""
    amount = fields(f"QƏBZ\n{line}\nTarix 03.04.2021")["amount"]
    assert amount.value == 110.0
    assert amount.confidence < 0.95


def test_a_sum_of_nothing_is_no_sum() -> None:
    """Nobody pays nothing; only a commission may be 0."""
    read = fields("ÇEK\nMəbləğ: 00 AZN\nKomissiya: 0.00 AZN\nCəmi: 110.00 AZN")
    assert read["amount"].value == 110.0


def test_words_that_tell_another_sum_make_it_doubtful() -> None:
    """The sum in words is the second witness."""
    read = fields("QƏBZ\nMəbləğ 11.00 AZN (yüz on manat 00 qəpik)\nTarix 03.04.2021")
    assert read["amount"].confidence < 0.7


def test_the_next_label_of_a_row_is_no_part_of_the_payers_name() -> None:
    """A narrow column breaks "Alanın bankı" behind the name."""
    read = fields("ÖDƏNİŞ QƏBZİ\nÖdəyici: Bayatlı Omar Alanın\nbankı: Mərkəzi Bank\nMəbləğ: 110.00 AZN")
    assert read["payer"].value == "Bayatlı Omar"


def test_an_account_number_goes_on_in_the_next_line() -> None:
    """On a telephone's screen the last digits stand under the others; check digits prove that they belong together."""
    read = fields("""
      IBAN                    AZ17CTRE0000000000000
                                            2117131
      VÖEN                               1602473621
    """)
    assert read["account"].value == "AZ17CTRE00000000000002117131"


def test_the_recipients_part_of_a_boxed_order() -> None:
    """Banks stand above their clients; payer and VÖEN are the clients'."""
    read = fields("""
      EMİTENT (ÖDƏYƏN) BANK                      BENEFİSİAR (ALAN) BANK
      Unibank, Kod: 505754, VÖEN: 1300017201     Dövlət Xəzinədarlıq Agentliyi, Kod: 210005
                                                 VÖEN: 1401555071, SWIFT: CTREAZ22
      ÖDƏYƏN MÜŞTƏRİ                             ALAN MÜŞTƏRİ
      Reyes Rosa                                 Milli gəlirlər Departamenti
      Hesab: AZ12UBAZ00000000000038190944        Hesab: AZ17CTRE00000000000002117131
                                                 VÖEN: 1602473621
    """)
    assert (read["payer"].value, read["voen"].value) == ("Reyes Rosa", "1602473621")


def test_a_unit_beside_a_label_is_no_sum() -> None:
    """ "Ödənilmiş məbləğ, AZN" has its sum in the next column."""
    read = fields("""
      Ödəyici                      Petrova Anna
      Ödənilmiş məbləğ, AZN        110.00
    """)
    assert read["amount"].value == 110
