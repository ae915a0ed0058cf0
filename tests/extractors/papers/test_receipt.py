"""Receipts of designs that nobody announced: sum, account, VÖEN, budget code, payer, date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.papers.receipt import read_receipt
from extractors.shapes import ReadSheet
from models.azerbaijani import fold
from models.document import Field
from models.geometry import Box
from models.sheet import Line, Source
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


@pytest.mark.parametrize(("line", "currency"), [("s $ z", None), ("110.00 $", "USD"), ("Cəmi: €110", "EUR")])
def test_a_sign_of_money_stands_beside_a_number(line: str, currency: str | None) -> None:
    """A sign that is read alone may be a letter of a logo."""
    read = fields(f"QƏBZ\n{line}\nTarix: 28.04.2024").get("currency")
    assert (read.value if read else None) == currency


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


def test_an_order_in_two_parts_has_its_label_twice_in_a_row() -> None:
    """The label of the slip beside it is not what the order's label is about; the name stands below."""
    read = fields("""
      KASSA MƏDAXİL ORDERİ № 1607              QƏBZ № 1607
      Tarix: 03.04.2021                        Tarix: 03.04.2021
      Qəbul edilmişdir (kimdən):               Qəbul edilmişdir (kimdən):
      Petrova Anna Sergeyevna                  Petrova Anna Sergeyevna
      Məbləğ: 110.00 AZN                       Məbləğ: 110.00 AZN
    """)
    assert (read["payer"].value, read["amount"].value) == ("Petrova Anna Sergeyevna", 110)


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


#: The same payment as ten banks, terminals and portals show it.
_DESIGNS = {
    "kapital order": """
                         "KAPİTAL BANK" ASC
           ÖDƏNİŞ TAPŞIRIĞI № 457 14.03.2025
 Ödəyicinin adı            Petrova Anna Sergeyevna
 Ödəyicinin FİN-i          5ABC123
 Emitent bankın adı        Kapital Bank ASC  Kod 200004  VÖEN 9900003611
 Benefisiar bankın adı     Dövlət Xəzinədarlıq Agentliyi  Kod 210005  VÖEN 1401555071
 Müxbir hesabı             AZ41NABZ01360100000000003944
 Benefisiarın adı          Milli gəlirlər Departamenti
 Benefisiarın hesabı       AZ17CTRE00000000000002117131
 Benefisiarın VÖEN-i       1602473621
 Məbləğ (rəqəmlə)          110.00 AZN
 Məbləğ (yazı ilə)         Yüz on manat 00 qəpik
 Büdcə təsnifatının kodu   142234
 Büdcə səviyyəsinin kodu   1
 Ödənişin təyinatı         Vətəndaşlığa qəbul üçün dövlət rüsumu
""",
    "abb mobile": """
              Ödəniş qəbzi
              110,00 AZN
              Uğurlu
 Tarix                       14 mart 2025, 10:22
 Əməliyyatın ID-si           7784512245
 Ödəniş növü                 Dövlət rüsumu
 Ödəyən                      PETROVA ANNA SERGEYEVNA
 Kart                        **** 4512
 Alan                        Milli gəlirlər Departamenti
 Alanın hesabı               AZ17CTRE00000000000002117131
 Alanın VÖEN-i               1602473621
 Büdcə təsnifatı             142234
 Məbləğ                      110,00 AZN
 Komissiya                   0,00 AZN
""",
    "emanat slip": """
        eManat
   Terminal ID: 004512
   Ünvan: Bakı ş., 28 may
   Tarix: 14.03.2025 18:01:22
   Çek №: 112233445
   Xidmət: Dövlət Miqrasiya Xidməti
   Ad, soyad: Petrova Anna Sergeyevna
   Hesab: AZ17CTRE00000000000002117131
   VÖEN: 1602473621
   Təsnifat kodu: 142234
   Daxil edilən məbləğ: 111.00 AZN
   Komissiya: 1.00 AZN
   Ödənilən məbləğ: 110.00 AZN
   Təşəkkür edirik!
""",
    "gpp": """
 HÖKUMƏT ÖDƏNİŞ PORTALI            www.gpp.az
 ÖDƏNİŞ BARƏDƏ ARAYIŞ
 Qəbzin nömrəsi            GPP20250314-88991
 Ödənişin tarixi və vaxtı  14.03.2025 11:45:02
 Ödəniş kanalı             İnternet bankçılıq
 Ödəyici                   Petrova Anna Sergeyevna
 Qurum                     Dövlət Miqrasiya Xidməti
 Xidmət                    Vətəndaşlığa qəbulla bağlı dövlət rüsumu
 Hesablanmış məbləğ        110.00
 Ödənilmiş məbləğ          110.00
 Valyuta                   AZN
 Xəzinə hesabı             AZ17CTRE00000000000002117131
 Vergi ödəyicisinin VÖEN-i 1602473621
 Büdcə təsnifatı kodu      142234
""",
    "asan": """
 asan ödəniş
 ELEKTRON QƏBZ                               № 000451278
 Ödəniş edən şəxs:  Petrova Anna Sergeyevna
 Ödəniş edilən qurum:  Dövlət Miqrasiya Xidməti
 Ödənişin təyinatı:  Vətəndaşlıq – dövlət rüsumu
 İBAN:  AZ17 CTRE 0000 0000 0000 0211 7131
 VÖEN:  1602473621
 Təsnifat:  142234
 Ödəniş vaxtı:  14/03/2025 15:30
 Yekun məbləğ:  110.00 ₼
""",
    "pasha": """
 PAŞA Bank                          Ödəniş sənədi / Payment document
 Sənəd № / Document No      55671
 Tarix / Date               14.03.2025
 Ödəyən / Payer             Petrova Anna Sergeyevna
 Ödəyənin hesabı / Payer account    AZ96PAHA00000000000019012345
 Alan bank / Beneficiary bank   Dövlət Xəzinədarlıq Agentliyi
 Alan / Beneficiary         Milli Gəlirlər Departamenti
 Alanın hesabı / Beneficiary account   AZ17CTRE00000000000002117131
 Alanın VÖEN-i / TIN        1602473621
 Büdcə kodu / Budget code   142234
 Məbləğ / Amount            AZN 110.00
 Təyinat / Details          Dövlət rüsumu
""",
    "unibank": """
 Unibank
 Nağd pul mədaxil orderi № 4478
 Əməliyyat günü: 14.03.2025
 Müştəri: Petrova Anna Sergeyevna
 Ş.V. seriya nömrə: AA1234567
 Mədaxil məbləği: 110 (yüz on) manat 00 qəp.
 Təyinat: DMX vətəndaşlıq rüsumu
 Alan: Milli gəlirlər departamenti, h/h AZ17CTRE00000000000002117131, VÖEN 1602473621, BTK 142234
""",
    "russian": """
 КВИТАНЦИЯ ОБ ОПЛАТЕ № 55612
 Дата платежа: 14.03.2025
 Плательщик: Петрова Анна Сергеевна
 Получатель: Milli gəlirlər Departamenti
 Счет получателя: AZ17CTRE00000000000002117131
 ИНН (VÖEN): 1602473621
 Код бюджетной классификации: 142234
 Назначение платежа: госпошлина за прием в гражданство
 Сумма: 110,00 AZN
 Комиссия: 0,50 AZN
 Итого: 110,50 AZN
""",
    "access": """
 AccessBank QSC
 Köçürmə təsdiqi
 Göndərənin adı:      Petrova Anna Sergeyevna
 Göndərənin hesabı:   AZ56ACCB00000000000012345678
 Benefisiarın adı:    Milli gəlirlər Departamenti
 Benefisiarın IBAN-ı: AZ17CTRE00000000000002117131
 Benefisiarın VÖEN-i: 1602473621
 Köçürmənin məbləği:  110.00 AZN
 Köçürmə haqqı:       0.30 AZN
 Köçürmənin tarixi:   14.03.2025
 Büdcə təsnifatı:     142234
""",
    "rabita two col": """
 Rabitəbank ASC               MƏDAXİL QƏBZİ № 771
 Ödəyənin soyadı, adı, atasının adı     Ödəniş tarixi
 Petrova Anna Sergeyevna                14.03.2025
 Alanın hesab nömrəsi                   Alanın VÖEN-i
 AZ17CTRE00000000000002117131           1602473621
 Büdcə təsnifatının kodu                Məbləğ, manatla
 142234                                 110.00
""",
}  # fmt: skip


@pytest.mark.parametrize("design", _DESIGNS)
def test_designs_of_banks_terminals_and_portals(design: str) -> None:
    """Whatever the labels and their order: who paid how much when, to which account."""
    read = fields(_DESIGNS[design])
    assert {key: read[key].value for key in ("amount", "currency", "date", "account", "voen", "budget_code")} == {
        "amount": 110.0,
        "currency": "AZN",
        "date": "2025-03-14",
        "account": "AZ17CTRE00000000000002117131",
        "voen": "1602473621",
        "budget_code": "142234",
    }
    assert fold(read["payer"].text) in ("petrova anna sergeyevna", "петрова анна сергеевна")


def test_digits_under_a_duty_that_is_no_label_are_no_sum() -> None:
    """What was paid for may end in "dövlət rüsumu", with a part of the account below it."""
    read = fields("""
      Ödənişin təyinatı: vətəndaşlıq, dövlət rüsumu
      IBAN: AZ17 CTRE 0000 0000 0000 0211 7131
      Yekun məbləğ: 110.00 AZN
    """)
    assert read["amount"].value == 110


def test_a_payer_goes_on_in_the_next_line_of_the_column() -> None:
    """Slips set names to the right edge and break them; half of a name is another name."""
    read = fields("Ödəyən şəxs        HÜSEYNZADƏ NİGAR\n                        ELÇİN QIZI\nMəbləğ     110.00 AZN")
    assert read["payer"].value == "HÜSEYNZADƏ NİGAR ELÇİN QIZI"


def test_payer_and_recipient_side_by_side_have_a_voen_each() -> None:
    """The one in the column of the treasury's account is meant, though both stand below that account's row."""
    read = fields(
        "Kimdən                                       Kimə\n"
        "Hesab: AZ96HAJC00001944000000123456          Hesab: AZ17CTRE00000000000002117131\n"
        "VÖEN: 2900112231                             VÖEN: 1602473621\n"
    )
    assert read["voen"].value == "1602473621"
    assert read["voen"].confidence > 0.9


def test_what_was_put_in_is_not_what_was_paid() -> None:
    """A terminal's slip names the sum put in, the fee and what went to the account."""
    read = fields("Daxil edilən: 111.00 AZN\nKomissiya: 1.00 AZN\nHesaba köçürülən: 110.00 AZN")
    assert read["amount"].value == 110.0


def test_an_account_in_cyrillic_letters_that_look_alike() -> None:
    """The Russian model writes what it knows; the check digits prove the Latin reading."""
    read = fields("КВИТАНЦИЯ\nСчёт получателя: А717СТКЕО0000000000002117131")
    assert read["account"].value == "AZ17CTRE00000000000002117131"


def test_a_budget_code_that_its_sentence_names_in_the_line_before() -> None:
    """A confirmation in running text breaks its lines anywhere."""
    for text in ("Büdcə təsnifatının kodu:\n142234, büdcə səviyyəsinin kodu: 1.", "Büdcə təsnifatının\nkodu: 142234."):
        assert fields(f"Vəsait hesabına köçürülmüşdür. {text}")["budget_code"].value == "142234"


def test_the_only_sum_of_a_sentence_that_tells_of_a_payment() -> None:
    """It needs no label."""
    amount = fields("06.05.2024 tarixində Orlova Anna tərəfindən 110,00 manat məbləğində rüsum ödənilmişdir.")["amount"]
    assert (amount.value, amount.confidence > 0.9) == (110.0, True)


def test_an_account_behind_other_digits_of_its_line() -> None:
    """Without blanks a VÖEN runs into the account; only the account's own beginning fits its check digits."""
    read = fields(
        "Alan: Dövlət Miqrasiya Xidməti, VÖEN 1602473621, h/h AZ17CTRE00000000000002117131, BTK\n142234\n"
        "Tarix: 11 fev 2025, 19:08"
    )
    assert (read["account"].value, read["budget_code"].value) == ("AZ17CTRE00000000000002117131", "142234")
    assert read["date"].value == "2025-02-11"


def test_a_label_with_a_letter_in_seven_misread() -> None:
    """Light grey print costs y its tail."""
    assert fields("Ödəvici        Tanaka Yuko\nMəbləğ      110.00 AZN")["payer"].value == "Tanaka Yuko"


def test_a_voen_behind_the_treasurys_account_is_the_recipients() -> None:
    """The line before names a bank."""
    read = fields(
        "Bank rekvizitləri: Dövlət Xəzinədarlıq Agentliyi, h/h\nAZ17CTRE00000000000002117131, VÖEN 1602473621"
    )
    assert read["voen"].value == "1602473621"


def test_a_slip_in_one_column_has_no_part_of_the_payers() -> None:
    """The only VÖEN far below the payer belongs with the account below it; right under the payer it is the payer's."""
    slip = "Ödəyən: Quliyeva Təranə\n{}Məbləğ: 110.00 AZN\nVÖEN: 1602473621\nIBAN: AZ17CTRE00000000000002117131"
    assert fields(slip.format("Tarix: 19.08.2025\nSənəd: AA1209934\n"))["voen"].value == "1602473621"
    own = "Ödəyən: Quliyeva Təranə\nVÖEN: 2900112231\nMəbləğ: 110.00 AZN\nIBAN: AZ17CTRE00000000000002117131"
    assert fields(own)["voen"].value is None


class SecondLook(Echo):
    """It reads a VÖEN as 1602473621."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        return tuple(
            replace(line, words=tuple(replace(word, text=word.text.replace("1502473821", "1602473621")) for word in
                                      line.words)) for line in super().read(on, box)
        )  # fmt: skip


def test_a_voen_that_fails_its_check_digit_is_read_again() -> None:
    """The engine whose reading fits is believed."""
    slip = sheet("Alan: DMX\nVÖEN: 1502473821\nMəbləğ: 110.00 AZN")
    grey = np.full((100, 100), 255, np.uint8)
    assert read_receipt([ReadSheet(slip, grey=grey)], SecondLook())["voen"].value == "1602473621"
