"""Sheets become documents: streams split, pages joined, sides of a card paired, nothing swallowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.continuing import continuation, is_annex
from classifiers.documents import classify
from classifiers.stream import Group, group
from models.document import BLANK, UNKNOWN, Classification
from models.geometry import Box
from models.sheet import Language, Mark, MarkKind, Sheet
from rules.catalogue import load_catalogue
from tests.classifiers.pages import face, sheet, zone

TYPES = load_catalogue().document_types

CERTIFICATE = (
    "TƏHSİL NAZİRLİYİ\nARAYIŞ\n№ 12\nKarimov Anvar dövlət dilini bilir. Azərbaycan dilini bilməsi\nŞöbə müdiri imza"
)
COURT = """AZƏRBAYCAN RESPUBLİKASI ADINDAN
QƏTNAMƏ
Məhkəmə iclasında ərizəçinin heç bir dövlətin vətəndaşlığına mənsub olmaması
və daimi yaşaması faktının müəyyən edilməsi haqqında mülki işə baxaraq"""
FORM = Classification("application_form_acquisition", None, 0.97, ("form: questions 0.8",))


def grouped(*sheets: Sheet) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.type, each.members) for each in group(sheets, [classify(s, TYPES) for s in sheets], TYPES)]


def joined(sheets: list[Sheet], *classes: Classification) -> list[Group]:
    return group(sheets, list(classes), TYPES)


def test_pages_of_a_form_are_joined_whatever_their_order() -> None:
    """Questions, not positions, order the pages; another paper may lie between."""
    first = sheet("Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız\n2. Doğulduğunuz gün", page=3)
    second = sheet("8. Azərbaycana nə vaxt gəlmisiniz\n9. Gəlişinizin səbəbi", page=1)
    paper = sheet(CERTIFICATE, page=2)
    groups = joined(
        [second, paper, first], FORM, Classification("language_certificate", None, 0.97, ("heading: x",)), FORM
    )
    assert [(each.type, each.members) for each in groups] == [
        ("application_form_acquisition", (2, 0)),
        ("language_certificate", (1,)),
    ]


def test_two_copies_of_a_form_stay_two() -> None:
    """A page that brings questions which the form has already begins another form."""
    page = (
        "Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız\n2. Doğulduğunuz gün\n3. Doğulduğunuz yer"
    )
    groups = joined([sheet(page), sheet(page, page=2)], FORM, FORM)
    assert [each.members for each in groups] == [(0,), (1,)]


def test_both_sides_of_a_card_are_one_document_even_from_two_files() -> None:
    """The front has the face, the back the zone."""
    front = sheet(
        "DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ\nSoyadı KARIMOV", "vesiqe1.jpg", marks=(face(),), width=1011, height=638
    )
    back = sheet("Verən orqan DMX", "vesiqe2.jpg", marks=(zone(),), width=1011, height=638)
    card = Classification("permanent_residence_card", None, 0.97, ("heading: x",))
    groups = joined([front, back], card, Classification(UNKNOWN, None, 0.5))
    assert [(each.type, each.members) for each in groups] == [("permanent_residence_card", (0, 1))]


def test_two_fronts_are_two_cards() -> None:
    """Equal copies are never merged."""
    front = sheet("ŞƏXSİYYƏT VƏSİQƏSİ\nSoyadı KARIMOV", marks=(face(),))
    card = Classification("id_card", None, 0.97, ("heading: x",))
    assert len(joined([front, front], card, card)) == 2


def test_photographs_count_one_by_one() -> None:
    """Four photographs are four documents."""
    photo = Classification("photo_3x4", None, 0.97)
    assert len(joined([sheet("x")] * 4, *[photo] * 4)) == 4


def test_untitled_page_goes_on_with_the_paper_before_it() -> None:
    """A numbered page that continues a sentence belongs to the decision that it continues."""
    first = sheet(COURT)
    second = sheet("2\nölkədə yaşadığını nəzərə alaraq bildirir ki, sübutlar kifayətdir.\nHakim imza", page=2)
    assert grouped(first, second) == [("court_decision_statelessness", (0, 1))]


def test_page_of_another_file_or_language_is_not_swallowed() -> None:
    """Nothing shows that it belongs there, so it stays unknown."""
    first = sheet(COURT)
    stranger = sheet("Ümumi məlumat\nBu səhifə başqa bir sənədə aiddir.", "other.pdf")
    russian = Sheet(
        "scan.pdf", 2, lines=sheet("Общая информация о товаре\nЦена договорная").lines, language=Language.RU
    )
    assert [kind for kind, _ in grouped(first, stranger, russian)] == ["court_decision_statelessness", UNKNOWN, UNKNOWN]


def test_second_titled_paper_begins_a_new_document() -> None:
    """Two certificates in one scan are two documents."""
    assert [members for _, members in grouped(sheet(CERTIFICATE), sheet(CERTIFICATE, page=2))] == [(0,), (1,)]


def test_blank_page_stands_alone_and_joins_nothing() -> None:
    """It is unknown and blank, and the page after it does not join it."""
    blank = Classification(UNKNOWN, BLANK, 0.99, ("blank",))
    certificate = Classification("language_certificate", None, 0.97, ("heading: x",))
    groups = joined([sheet("."), sheet(CERTIFICATE, page=2)], blank, certificate)
    assert [(each.type, each.subtype) for each in groups] == [(UNKNOWN, BLANK), ("language_certificate", None)]


def test_a_lease_behind_a_card_stays_an_open_page() -> None:
    """A page of free text is no other side of a card and no further page of one."""
    card = sheet("DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ", file="all.pdf", page=1)
    lease = sheet("mənzilin kirayə haqqı ayda dörd yüz manatdır və kirayəçi evi saxlayır\n" * 8, file="all.pdf", page=2)
    found = joined(
        [card, lease],
        Classification("permanent_residence_card", None, 0.99, ("heading: DAİMİ YAŞAMAQ",)),
        Classification(UNKNOWN, None, 0.9, ("points 2.0",)),
    )
    assert [each.type for each in found] == ["permanent_residence_card", UNKNOWN]


def test_a_paper_of_another_kind_is_no_further_page_of_a_certificate() -> None:
    """What surely is an invoice does not go on with the certificate before it in the file, signed or not."""
    before = sheet("verilir ondan ötrü ki", file="all.pdf", page=1)
    invoice = sheet("2\nmal və xidmətlərin siyahısı", file="all.pdf", page=2)
    found = joined(
        [before, invoice],
        Classification("language_certificate", None, 0.99, ("phrase: dövlət dilini",)),
        Classification(UNKNOWN, None, 0.9, ("of another kind: 6.0",)),
    )
    assert [each.type for each in found] == ["language_certificate", UNKNOWN]


def test_a_paper_of_few_words_is_no_side_of_a_card() -> None:
    """Only a zone, or signs of the same card, make a page its other side; else a stranger would hide behind it."""
    card = Classification("permanent_residence_card", None, 0.97, ("heading: x",))
    front = sheet("DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ\nSoyadı KARIMOV", page=1, marks=(face(),))
    stranger = sheet("DƏVƏTNAMƏ\nHörmətli qonaq, sizi toy məclisimizə dəvət edirik", page=2)
    unknown = Classification(UNKNOWN, None, 0.5, ("points 2.0",))
    assert len(joined([front, stranger], card, unknown)) == 2
    likely = Classification(UNKNOWN, None, 0.3, ("points 3.0",), (("permanent_residence_card", 0.2),))
    assert len(joined([front, sheet("Verən orqan DMX\nÜnvan Bakı", page=2)], card, likely)) == 1


def test_a_card_with_both_sides_on_one_sheet_takes_no_other_page() -> None:
    """A copier puts both sides on one page; the next page is another paper."""
    both = sheet("DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ", page=1, marks=(face(), zone()))
    unknown = Classification(UNKNOWN, None, 0.3, ("points 3.0",), (("permanent_residence_card", 0.2),))
    card = Classification("permanent_residence_card", None, 0.97, ("heading: x",))
    assert len(joined([both, sheet("Kirayə haqqı ayda 300 manat", page=2)], card, unknown)) == 2


def test_a_card_shaped_picture_does_not_go_on_with_a_letter() -> None:
    """What is of another shape than the page before is no further page of it."""
    letter = Classification("court_decision_statelessness", None, 0.97, ("heading: x",))
    unknown = Classification(UNKNOWN, None, 0.4, ("points 2.0",))
    badge = sheet("üzvlük kartı\n1234 5678", page=2, width=1016, height=638)
    assert len(joined([sheet(COURT, page=1), badge], letter, unknown)) == 2


def test_a_page_that_only_its_place_joins_may_be_anything() -> None:
    """What was not recognised goes on with the paper before it, and yet bars that anything counts as missing."""
    first = sheet("QƏTNAMƏ\nməhkəmə müəyyən edir ki, ərizəçi")
    after = sheet("heç bir dövlətin vətəndaşı deyildir və daimi yaşayır", page=2)
    numbered = sheet("heç bir dövlətin vətəndaşı deyildir və daimi yaşayır\n2", page=2)
    told = Classification("court_decision_statelessness", None, 0.97, ("heading: x",))
    (loose,) = joined([first, after], told, Classification(UNKNOWN, None, 0.3))
    (held,) = joined([first, numbered], told, Classification(UNKNOWN, None, 0.3))
    assert loose.members == held.members == (0, 1)
    assert (loose.rivals, held.rivals) == ((UNKNOWN,), ())


def test_a_face_or_a_zone_goes_on_with_no_paper() -> None:
    """A card whose print could not be read is no second page of the certificate before it."""
    told = Classification("income_proof", None, 0.97, ("heading: x",))
    first = sheet("ARAYIŞ\nişləyir və onun orta aylıq əməkhaqqısı")
    for mark in (face(), zone()):
        card = sheet("seriya və nömrə", page=2, marks=(mark,))
        assert len(joined([first, card], told, Classification(UNKNOWN, None, 0.3))) == 2


UNSURE = Classification(UNKNOWN, None, 0.8)


def test_a_page_with_little_but_date_and_signature_ends_the_form_before_it() -> None:
    """The pages may be files of their own; a longer paper with a signature is a paper of its own."""
    form = sheet("8. Azərbaycana nə vaxt gəlmisiniz\n9. Gəlişinizin səbəbi", "doc_1.png")
    end = sheet("«07» aprel 2025\n(gün, ay, il)\n(şəxsi imza)", "doc_2.png")
    assert [each.members for each in joined([form, end], FORM, UNSURE)] == [(0, 1)]
    other = sheet("Tərəflər razılaşdılar ki, mənzil verilir və alınır\n" * 5 + "(şəxsi imza)", "doc_2.png")
    assert [each.members for each in joined([form, other], FORM, UNSURE)] == [(0,), (1,)]


def test_the_offices_notes_belong_to_the_form_before_them_whichever_form_prints_them() -> None:
    """Annex 1 and 2 end alike; notes alone begin no second form."""
    form = sheet("8. Azərbaycana nə vaxt gəlmisiniz\n9. Gəlişinizin səbəbi", "IMG_1.heic")
    notes = sheet("Vətəndaş\na) pasporta b) yaşayış vəsiqəsinə malikdir\nqəbul etdi və yoxladı", "IMG_2.heic")
    likely = Classification("application_form_renunciation", None, 0.995, ("form: questions 0.58",))
    groups = joined([form, notes], FORM, likely)
    assert [(each.type, each.members) for each in groups] == [("application_form_acquisition", (0, 1))]


def test_nothing_goes_on_after_a_signature_without_a_sign_of_it() -> None:
    """A menu after a signed certificate stays open: it may be what seems to be missing."""
    menu = sheet("öz kafemiz\nKapuçino 5.50\nPaxlava 3.20", page=2)
    paper = Classification("income_proof", "employment_certificate", 0.99, ("heading: x",))
    signed = sheet(CERTIFICATE, marks=(Mark(MarkKind.SIGNATURE, Box(0.6, 0.5, 0.8, 0.6), 0.9),))
    assert [each.members for each in joined([signed, menu], paper, UNSURE)] == [(0,), (1,)]


def test_cards_of_two_kinds_are_two() -> None:
    """However unsure one of them is, unless it may be of the other's kind."""
    front = sheet("DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ", page=1, width=1011, height=638)
    second = sheet("QAÇQIN VƏSİQƏSİ", page=2, width=1011, height=638)
    classes = (
        Classification("permanent_residence_card", None, 0.7, ("heading: x",)),
        Classification("refugee_card", None, 0.99, ("heading: y",)),
    )
    assert [each.members for each in joined([front, second], *classes)] == [(0,), (1,)]


def test_a_page_of_rows_between_two_pages_of_a_form_is_of_the_form() -> None:
    """But only its place says so: the document is open for what the page may be."""
    first = sheet("Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız\n2. Doğulduğunuz gün")
    rows = sheet("Qohumluq dərəcəsi\nS.A.A.\nYaşadığı ölkə", page=2)
    last = sheet("15. Ünvanınız\n16. Əlavə edilmiş sənədlər", page=3)
    unknown = Classification(UNKNOWN, None, 0.9, ("points 5.4",))
    (found,) = joined([first, rows, last], FORM, unknown, FORM)
    assert (found.members, UNKNOWN in found.rivals) == ((0, 1, 2), True)
    another_kind = Classification(UNKNOWN, None, 0.9, ("of another kind: 6.0",))
    assert len(joined([first, rows, last], FORM, another_kind, FORM)) == 2


def test_what_browsers_print_above_each_page_begins_no_form() -> None:
    """ "28.05.2025, 11:47 Ərizə-anket" stands on every page of one form."""
    pages = [
        sheet(f"28.05.2025, 11:47 Ərizə-anket\n\n{text}", page=number)
        for number, text in enumerate(("ƏRİZƏ-ANKET\n1. Soyadınız", "14. Ünvanınız", "20. Məqsədiniz"), start=1)
    ]
    assert len(joined(pages, FORM, FORM, FORM)) == 1


def test_date_and_signature_alone_end_the_form_before_them() -> None:
    """ "Tarix: ... İmza:" is the rest of a form that filled its pages."""
    first = sheet("Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız")
    end = sheet("Tarix: 24.05.2025\nİmza:", page=2)
    assert len(joined([first, end], FORM, Classification(UNKNOWN, None, 0.3, ("points 1.8",)))) == 1


def test_the_office_s_notes_end_the_form_before_them() -> None:
    """Who took the papers signs on the form's last page, on which nothing else may stand."""
    first = sheet("Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız")
    notes = sheet(
        "Ərizə-anketi və orada göstərilmiş sənədləri qəbul etdi və doldurmanın düzgünlüyünü yoxladı\n"
        "(sənədləri qəbul etmiş əməkdaşın soyadı, adı və onun imzası)\n«___» ___ (gün, ay, il)",
        page=2,
    )
    assert len(joined([first, notes], FORM, Classification(UNKNOWN, None, 0.99, ("points 7.0",)))) == 1


MONTHS = "\n".join(f"{month:02}.2024 812,00 96,40 715,60" for month in range(1, 13))


def test_a_table_goes_on_over_the_end_of_a_page_also_with_an_empty_back_between() -> None:
    """Rows of sums sound like many papers; a scanner of both sides brings the backs."""
    first = sheet("Məlumat verilir ki, məvacibi belədir\n" + "\n" * 26 + MONTHS, page=1)
    back, rows = sheet(".", page=2), sheet(MONTHS + "\nBaş mühasib K. Əhmədli", page=3)
    told = Classification("income_proof", None, 0.97, ("phrase: məvacib",))
    blank = Classification(UNKNOWN, BLANK, 0.99, ("blank",))
    guess = Classification("residence_certificate", None, 0.8, ("nothing but the text classifier +5.0",))
    groups = joined([first, back, rows], told, blank, guess)
    assert [(each.type, each.members) for each in groups] == [("income_proof", (0, 2)), (UNKNOWN, (1,))]
    assert "residence_certificate" in groups[0].rivals


def test_pages_photographed_one_by_one_go_on_over_files_that_count_on() -> None:
    """IMG_0413 follows IMG_0412; a file with another name is no next page."""
    told = Classification("court_decision_statelessness", None, 0.97, ("phrase: qət etdi",))
    first, after = "məhkəmə müəyyən edir ki, ərizəçi", "şahidlərin izahatları bir-birini tamamlayır."
    for name, documents in (("IMG_0413.jpg", 1), ("qeyd.jpg", 2)):
        pages = [sheet(first, "IMG_0412.jpg"), sheet(after, name)]
        assert len(joined(pages, told, Classification(UNKNOWN, None, 0.5))) == documents


def test_a_page_with_a_title_of_its_own_goes_on_with_nothing() -> None:
    """Whatever the title says, known or not; what a court "MÜƏYYƏN ETDİ:" is none."""
    told = Classification("court_decision_statelessness", None, 0.97, ("phrase: qət etdi",))
    first = sheet("məhkəmə iclasında baxaraq" + "\n" * 37 + "belə qərara gəlir ki, ərizəçi", page=1)
    for title, documents in (("QRAFİK", 2), ("MÜƏYYƏN ETDİ:", 1)):
        page = sheet(f"{title}\nbu il üçün tərtib olunmuşdur", page=2)
        assert len(joined([first, page], told, Classification(UNKNOWN, None, 0.5))) == documents


def test_visas_and_stamps_are_further_pages_of_the_passport_before_them() -> None:
    """A visa with a zone, and a page of prose, are papers of their own."""
    book = Classification("passport", None, 0.99, ("zone: TD3 P",))
    data = sheet("PASSPORT\nSurname KARIMOV", page=1, marks=(zone(),))
    stamps = sheet("VISAS\nGİRİŞ 12.03.2016 BAKI\n8 9", page=2)
    unsure = Classification(UNKNOWN, None, 0.8)
    assert [each.members for each in joined([data, stamps], book, unsure)] == [(0, 1)]
    for other in (sheet("VISA", page=2, marks=(zone(),)), sheet("giriş hissəsi\n" + "və bundan sonra\n" * 20, page=2)):
        assert len(joined([data, other], book, unsure)) == 2


def test_two_fronts_with_their_titles_are_two_cards_where_no_face_was_found() -> None:
    """Cards of the same kind of two people in succession."""
    card = Classification("registration_card", None, 0.97, ("heading: QEYDİYYAT VƏSİQƏSİ",))
    fronts = [
        sheet(f"ƏCNƏBİNİN QEYDİYYAT VƏSİQƏSİ\nSoyadı {name}", page=page) for page, name in ((1, "NAIR"), (2, "VAYSS"))
    ]
    assert len(joined(fronts, card, card)) == 2


def test_a_receipts_second_page_is_known_by_its_number_alone() -> None:
    """Receipts follow one another in a scan."""
    receipt = Classification("state_duty_receipt", None, 0.97, ("heading: ÖDƏNİŞ TAPŞIRIĞI",))
    first = sheet("ÖDƏNİŞ TAPŞIRIĞI\nMəbləğ 110.00", page=1)
    for foot, documents in (("Səhifə 2 / 2", 1), ("Sənəd imzalanıb", 2)):
        page = sheet(f"Bankın əlaqə mərkəzi 196\n{foot}", page=2)
        assert len(joined([first, page], receipt, UNSURE)) == documents


def test_a_notarys_attestation_goes_on_with_the_signed_paper_before_it() -> None:
    """Signed papers end; what attests their signature is theirs."""
    consent = Classification("notarised_consent", None, 0.97, ("phrase: razılıq verirəm",))
    first = sheet("oğlumun vətəndaşlığa qəbul edilməsinə razılıq verirəm\nƏrizəçi (imza)", page=1)
    for words, documents in (
        ("bu sənəddəki imzanın həqiqiliyini təsdiq edirəm", 1),
        ("bu barədə qeyd aparılmışdır", 2),
    ):
        page = sheet(f"Mən, notarius Məlikova, {words}\nNotarius (imza)", page=2)
        assert len(joined([first, page], consent, UNSURE)) == documents


def test_an_annex_and_an_apostille_go_on_with_the_signed_paper_before_them() -> None:
    """ "ƏLAVƏ", "Arayışa əlavə" and an apostille begin nothing; a diploma's supplement is a paper of its own."""
    paper = Classification("income_proof", "employment_certificate", 0.99, ("heading: ARAYIŞ",))
    signed = sheet("ARAYIŞ\nVerilir ki, o, müəssisədə texnoloq işləyir\nDirektor (imza)")
    apostille = "APOSTILLE\n(Convention de La Haye du 5 octobre 1961)\n1. Country: Georgia"
    for words, documents in (("ƏLAVƏ", 1), ("Arayışa əlavə", 1), (apostille, 1), ("DİPLOMA ƏLAVƏ", 2)):
        assert len(joined([signed, sheet(f"{words}\nyanvar 1150,00", page=2)], paper, UNSURE)) == documents


def test_a_list_that_a_paper_says_comes_behind_it_goes_on_with_it() -> None:
    """What a covering letter encloses are papers of their own."""
    signed = sheet("VƏSATƏT\nİdmançının nəticələrinin siyahısı əlavə olunur\nNazirin müavini (imza)")
    table = sheet("nəticələrin siyahısı\nDünya çempionatı   2019   1-ci yer", page=2)
    for key, documents in (("state_body_motion", 1), ("cover_letter", 2)):
        assert len(joined([signed, table], Classification(key, None, 0.99, ("heading: x",)), UNSURE)) == documents


def test_an_unknown_paper_goes_on_by_its_numbers_only() -> None:
    """Clause 3.3 is followed by 3.4; two pages of which neither is known are not alike for that."""
    contract = sheet("MÜQAVİLƏ\n3.2. İş vaxtı müəyyən edilir.\n3.3. Məzuniyyət verilir.")
    for clause, documents in (("3.4. Sirr qorunur.", 1), ("Kassa çeki", 2)):
        pages = [contract, sheet(f"{clause}\nvə sair", page=2)]
        assert len(joined(pages, UNSURE, UNSURE)) == documents


def test_page_numbers_of_how_many_join_what_a_signature_ended() -> None:
    """ "1/2" and "2/2" are of one paper, also in the words "2 səhifədən 2-ci səhifə"."""
    paper = Classification("notarised_consent", None, 0.99, ("heading: RAZILIQ",))
    for was, now in (("1/2", "2/2"), ("2 səhifədən 1-ci səhifə", "2 səhifədən 2-ci səhifə")):
        pages = [
            sheet(f"RAZILIQ\n(imza)\n{' ' * 40}" + "\n" * 40 + was, page=1),
            sheet("Oxudum\n" + "\n" * 40 + now, page=2),
        ]
        assert len(joined(pages, paper, UNSURE)) == 1


def test_a_sentence_in_which_a_notary_occurs_is_no_signature() -> None:
    """The paper goes on with the next page."""
    consent = Classification("notarised_consent", None, 0.97, ("phrase: razılıq verirəm",))
    first = sheet("\n" * 38 + "qanunun mənası notarius tərəfindən mənə izah edilmişdir və aydındır.")
    last = sheet("Mətn oxundu və tərəfimdən imzalandı, məzmunu mənə aydındır\nNotarius (imza)", page=2)
    assert len(joined([first, last], consent, UNSURE)) == 1


def test_one_side_of_two_cards_is_no_front_and_back() -> None:
    """Both print the labels of the same side, though one lost its title and the other its face."""
    labels = ("phrase: 4a", "phrase: 4b", "phrase: BDYPİ")
    first, second = sheet("2. KLARA\n5. AZ722865", marks=(face(),)), sheet("2. DANIYAR\n5. AZ296560", page=2)
    licence = Classification("driving_licence", None, 0.97, labels)
    assert len(joined([first, second], licence, licence)) == 2


def test_a_letter_that_says_last_what_it_is_begins_with_the_page_before() -> None:
    """A page that surely is another paper stays that."""
    first = sheet("№ 3/2 17.02.2025\nYatağın işlənməsi layihəsində çalışan" + "\n" * 37 + "onun fəaliyyəti ölkə üçün")
    last = sheet("xüsusi əhəmiyyət daşıyır. Əsaslandırılmış vəsatəti təqdim edirik\nNazirin müavini (imza)", page=2)
    motion = Classification("state_body_motion", None, 0.95, ("phrase: əsaslandırılmış vəsatət",))
    groups = joined([first, last], UNSURE, motion)
    assert [(each.type, each.members) for each in groups] == [("state_body_motion", (0, 1))]
    assert len(joined([first, last], Classification(UNKNOWN, None, 0.9, ("of another kind: 6.0",)), motion)) == 2


def test_a_page_number_beyond_the_last_is_read_wrong() -> None:
    """ "Page 10of3" is no page before "Page 2 of 3", and none after "Page 9 of 9"."""
    foot = "\n" * 40
    statement = [sheet(f"ATM 823.00{foot}Page {said}", page=page) for page, said in ((1, "10of3"), (2, "2 of 3"))]
    assert len(joined(statement, UNSURE, UNSURE)) == 1


def test_a_zone_parted_from_its_passport_by_a_fold_is_the_passports() -> None:
    """On one page of a file; a second passport has its own data beside its zone."""
    book = Classification("passport", None, 0.99, ("phrase: Passport No",))
    data = sheet("PASSEPORT\nSurname JUMABAYEVA", marks=(face(),))
    strip = sheet("PXKAZJUMABAYEVA<<DANA<<<<<<<\nN113574796KAZ6611134F2904308<<<<", marks=(zone(),))
    assert [each.members for each in joined([data, strip], book, book)] == [(0, 1)]
    second = sheet("PASSEPORT Surname ORLOV\n" + "Given names Date of birth\n" * 4, marks=(zone(),))
    assert len(joined([data, second], book, book)) == 2


def test_a_signers_line_that_found_no_room_goes_on_with_a_full_page() -> None:
    """Also where its rows were signed one by one; under half a page it may be anybody's."""
    paper = Classification("health_certificate", None, 0.99, ("heading: SAĞLAMLIQ HAQQINDA ARAYIŞ",))
    end = sheet("Baş həkim R. Sadıqov (imza)", page=2)
    for rows, documents in ((38, 1), (3, 2)):
        assert len(joined([sheet("Uroloq sağlamdır (imza)\n" * rows), end], paper, UNSURE)) == documents


def test_an_annex_is_of_the_paper_before_it_whatever_it_speaks_of() -> None:
    """The family that an order lists is no certificate of the family's composition."""
    order = Classification("housing_document", None, 0.99, ("heading: ORDER",))
    family = Classification("family_composition_certificate", None, 0.9, ("phrase: ailə üzvü",))
    pages = [sheet("MƏNZİL ORDERİ\nailəsi 4 nəfər"), sheet("Orderə əlavə\nAilə üzvü   Qohumluq", page=2)]
    assert [each.type for each in joined(pages, order, family)] == ["housing_document"]


def test_a_lone_number_at_the_edge_joins_pages() -> None:
    """Page readers leave lone numbers out; the sheet knows them beside its lines."""
    first = sheet("QƏTNAMƏ\nMəhkəmə ərizəçinin izahatını dinləyib. Şahidlər dindirildi.", page=1)
    second = sheet("Sübutlar araşdırıldı. Məhkəmə yığıncağı fasilədən sonra davam etdi.", page=2)
    apart = (replace(first, folio="1"), replace(second, folio="1"))
    counted = (replace(first, folio="- 1 -"), replace(second, folio="- 2 -"))
    assert continuation(*counted) >= 1.0 > continuation(*apart)


def test_a_page_with_nothing_on_it_but_a_signature_goes_on() -> None:
    """What found no room on a full page is no paper of its own, also where none of it was read."""
    full = sheet("\n".join(["Razılığımı könüllü surətdə verirəm, mənə oxundu"] * 40), page=1)
    rest = sheet("", page=2)
    assert continuation(full, rest) >= 1.0
    assert continuation(full, replace(rest, file="other.pdf")) < 1.0


def test_a_table_page_of_a_form_scanned_last_page_first_is_the_forms() -> None:
    """Rows without a question between the pages of a form stay with it, whichever way it lay in the scanner."""
    last = sheet("15. Yaxın qohumlarınız\n16. Vəkalətiniz varmı\n17. Xarici dillər", page=1)
    rows = sheet("04.2021      hazırda      Bravo supermarketi, kassir", page=2)
    first = sheet("Azərbaycan Respublikasının Prezidentinə\nƏRİZƏ-ANKET\n1. Soyadınız\n14. Əmək fəaliyyəti", page=3)
    unknown = Classification(UNKNOWN, None, 0.99, ("points 7.5",))
    assert [set(each.members) for each in joined([last, rows, first], FORM, unknown, FORM)] == [{0, 1, 2}]


@pytest.mark.parametrize("label", ["Orderin arxa tərəfi", "Приложение: перечень документов", "EK: Bordro dökümü"])
def test_a_label_makes_an_annex_of_a_page(label: str) -> None:
    """Backs and annexes say whose they are or what they list."""
    assert is_annex(sheet(f"{label}\nAilə üzvləri Yaxınlığı"))
    assert not is_annex(sheet("AİLƏ TƏRKİBİ HAQQINDA ARAYIŞ\nAilə üzvləri Yaxınlığı"))


@pytest.mark.parametrize(
    "words",
    [
        "Bu etibarnamə notarius Fərzəliyeva Aidənin qarşısında imzalanmış və təsdiq edilmişdir",
        "Доверенность подписана в моём присутствии, дееспособность проверена",
        "İşbu muvafakatnamenin Ayşen Aydın tarafından huzurumda imzalandığını onaylarım",
    ],
)
def test_a_notary_on_the_next_page_attests_the_signed_paper_before(words: str) -> None:
    """A signature ends a paper, but what a notary says of it is its last page."""
    signed = sheet("ETİBARNAMƏ\nMən etibar edirəm\nİmza (imza) O. Petrenko", page=1)
    assert continuation(signed, sheet(words, page=2)) >= 1.0
