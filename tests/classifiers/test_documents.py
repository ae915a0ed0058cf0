"""What a sheet is, and when it is honestly nothing that the office knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.documents import classify
from classifiers.phrases import PageText
from classifiers.train import as_sheet, heldout_texts
from models.catalogue import Phrase
from models.document import BLANK, UNKNOWN, Classification
from models.geometry import Box
from models.sheet import Line, Mark, MarkKind, Sheet, Word
from rules.catalogue import load_catalogue
from tests.classifiers.pages import face, sheet, zone

TYPES = load_catalogue().document_types


def told(page: Sheet, **more: object) -> Classification:
    return classify(page, TYPES, **more)  # type: ignore[arg-type]


def test_certificate_of_the_state_language_is_recognised_by_its_sentence() -> None:
    """No formula of ours is needed: the body of the ministry and what it says are enough."""
    page = sheet("""
                 AZƏRBAYCAN RESPUBLİKASI
                 TƏHSİL NAZİRLİYİ
                      ARAYIŞ
      № 118/5                                   03.02.2019
      Karimov Anvar Rustam oğlu Azərbaycan Respublikasının dövlət dilini bilir.
    """)
    assert told(page).type == "language_certificate"
    assert told(page).confidence >= 0.9


def test_what_a_barcode_says_counts_as_print_does() -> None:
    """A terminal's pale slip of which little was read, with a QR code that says what it is."""
    slip = "110,00\n14:22 03.02.2026"
    said = "Dövlət rüsumunun ödənilməsi\nVÖEN 1602473621 Büdcə təsnifatının kodu 142234 Ödəyici Karimov Anvar"
    code = Mark(MarkKind.BARCODE, Box(0.3, 0.6, 0.5, 0.8), 1.0, said)
    assert told(sheet(slip)).type == UNKNOWN
    assert told(sheet(slip, marks=(code,))).type == "state_duty_receipt"


def test_heading_in_spaced_letters_and_wrong_letters_is_read() -> None:
    """Recognition errors and letter-spacing do not hide a title."""
    page = sheet("""
            A Z Ə R B A Y C A N   R E S P U B L İ K A S I
                    Q Ə T N A M Ə
      Azərbaycan Respublıkası adından
      Hakim sədrliyi ilə məhkəmə ıclasında ərizəçinin heç bir dövlətin vətəndaşlıgına mənsub olmamasl
      və respublikada daımi yaşaması faktının müəyyən edılməsi haqqında mülki iş
    """)
    assert told(page).type == "court_decision_statelessness"


@pytest.mark.parametrize(
    ("subtype", "sentence"),
    [
        ("employment_certificate", "o, {o} mühəndis vəzifəsində işləyir və aylıq əmək haqqı 900 manatdır"),
        ("pension_certificate", "ona yaşa görə əmək pensiyası təyin edilmişdir, pensiyanın məbləği 320 manatdır"),
        ("scholarship_certificate", "o, universitetin tələbəsidir və hər ay 110 manat təqaüd alır"),
        ("social_aid_certificate", "ailəsi ünvanlı dövlət sosial yardımı alır, məbləği 210 manatdır"),
        (
            "tax_income_certificate",
            "fiziki şəxsin gəlirləri haqqında vergi orqanının arayışı, vergi ödəyicisi bəyannamə",
        ),
        ("alimony_certificate", "o, uşağın saxlanması üçün hər ay 150 manat aliment alır"),
        (
            "guardian_income_certificate",
            "o, həyat yoldaşının himayəsindədir, himayəsində olduğu şəxsin gəliri 1000 manat",
        ),
        ("inheritance_certificate", "vərəsəlik hüququ haqqında şəhadətnamə, miras əmlakın vərəsəsi"),
        ("other", "o, dividend alır və icarə haqqı əldə edir, gəliri 500 manatdır"),
    ],
)
def test_subtypes_of_income_proof(subtype: str, sentence: str) -> None:
    """Every lawful source of income of 2.6.1.8 is told apart."""
    page = sheet(f"                ARAYIŞ\n  № 12   01.03.2020\n Əliyev Rəşad Məmməd oğlu {sentence}\n  Direktor")
    found = told(page)
    assert (found.type, found.subtype) == ("income_proof", subtype)


@pytest.mark.parametrize(
    "text",
    [
        "Azərişıq ASC\nHESAB\nAbonent kodu 1234567\nElektrik enerjisi 230 kVt\nÖdəniləcək məbləğ 23.50 AZN",
        "TERMİNAL ÇEKİ\nXidmət: Azərsu su haqqı\nAbonent 232342\nMəbləğ 12.00 AZN\nCəmi 12.00 AZN",
        "HESABDAN ÇIXARIŞ\nKapital Bank\nBaşlanğıc qalıq 120 AZN\nMədaxil 450\nSon qalıq 80 AZN",
        "DİPLOM\nBakı Dövlət Universiteti\nKarimov Anvar iqtisadçı ixtisası üzrə bitirmişdir",
        "İCARƏ MÜQAVİLƏSİ\nTərəflər razılaşdılar: kirayə verən mənzili kirayəçiyə verir. Haqqı 300 manat",
        "CURRICULUM VITAE\nWork experience 2010 manager\nEducation\nLanguages English",
        "BOARDING PASS\nPassenger Karimov\nFlight J2 8006 Gate 4 Seat 14C",
        "SIĞORTA ŞƏHADƏTNAMƏSİ\nSığortalı Karimov\nSığorta məbləği 5000 manat",
        "INVOICE 2231\nBill to Nur MMC\nUnit price Subtotal Total 1200 USD",
        "WhatsApp\nSalam, necəsən?\nYaxşıyam, sabah zəng edərəm",
    ],
)
def test_papers_that_nobody_asked_for_are_unknown(text: str) -> None:
    """A wrong type is worse than none."""
    assert told(sheet(text)).type == UNKNOWN


def test_receipt_of_another_sum_is_still_a_duty_receipt() -> None:
    """What was paid too little or to another account is judged later; the paper stays what it is."""
    page = sheet("ÖDƏNİŞ QƏBZİ\nÖdəyici: Karimov Anvar\nTəyinat: dövlət rüsumu\nMəbləğ: 40.00 AZN\nTarix: 12.03.2020")
    assert told(page).type == "state_duty_receipt"


def test_blank_page_is_unknown_and_blank() -> None:
    """Blank pages stand as documents of their own."""
    found = told(replace(sheet("."), lines=(), blank=True))
    assert (found.type, found.subtype) == (UNKNOWN, BLANK)


def test_face_without_words_is_a_photograph() -> None:
    """One face that fills an upright picture."""
    assert told(Sheet("IMG_1.jpg", 1, width_px=354, height_px=472, marks=(face(),))).confidence >= 0.9


def test_picture_without_face_is_no_photograph_unless_its_sender_says_so() -> None:
    """A random picture is unknown; a small upright one called "foto" is doubtful, one called by its size is not."""
    picture = Mark(MarkKind.PICTURE, Box(0, 0, 1, 1))
    assert told(Sheet("IMG_1.jpg", 1, width_px=4000, height_px=3000, marks=(picture,))).type == UNKNOWN
    named = told(Sheet("foto.jpg", 1, width_px=354, height_px=472, marks=(picture,)))
    assert named.type == "photo_3x4"
    by_camera, by_size = (
        told(Sheet(name, 1, width_px=354, height_px=472, marks=(picture,)))
        for name in ("photo_2013_4.jpg", "foto 3x4.jpg")
    )
    assert by_camera.confidence < 0.8 < by_size.confidence
    assert named.confidence < 0.7


def test_zone_tells_passport_visa_and_card_apart() -> None:
    """The same poor print, three zones."""
    page = sheet(
        "Surname  KARIMOV\nGiven names  ANVAR\nDate of birth 12.03.1985", marks=(zone(), face(0.1, 0.3, 0.2, 0.4))
    )
    assert told(page, zone=("TD3", "P", "UZB")).type == "passport"
    assert told(page, zone=("MRVA", "V", "AZE")).type == "visa"


def test_card_of_another_state_is_left_to_a_clerk() -> None:
    """Whether a foreign card replaces a passport is no question for a program (documents.md)."""
    page = sheet("KİMLİK KARTI  IDENTITY CARD\nSoyadı Surname  DEMİR\nT.C. Kimlik No 12345678901", marks=(zone(),))
    assert told(page, zone=("TD1", "I", "TUR")).type == UNKNOWN


def test_azerbaijani_cyrillic_is_read() -> None:
    """Certificates of the eighties and nineties are in Cyrillic letters."""
    page = sheet("АРАЈЫШ\nАиләниҝ тәркиби һаггында\nӘлијев Рәшад Мәммәд оғлу аилә тәркиби: арвады, оғлу, гызы")
    assert told(page).type in ("family_composition_certificate", UNKNOWN)
    assert told(page).type == "family_composition_certificate" or told(page).rivals


def test_wordings_never_trained_are_never_taken_for_another_type() -> None:
    """Held-out wordings: hardly a wrong type, hardly a stranger forced into one, most recognised; 0.9 means it."""
    judged = [(label, told(as_sheet(text))) for label, text in heldout_texts(each=2)]
    known = [(label, found) for label, found in judged if label != UNKNOWN]
    assert sum(found.type not in (label, UNKNOWN) for label, found in known) <= 0.01 * len(known)
    assert sum(label == found.type for label, found in known) > 0.85 * len(known)
    strangers = [found for label, found in judged if label == UNKNOWN]
    assert sum(found.type != UNKNOWN for found in strangers) <= 0.02 * len(strangers)
    sure = [label == found.type for label, found in judged if found.type != UNKNOWN and found.confidence >= 0.9]
    assert sum(sure) >= 0.99 * len(sure)


def test_a_certificate_with_words_of_the_form_is_no_form() -> None:
    """The title of a paper of its own tells more than the few questions of a form that its text resembles."""
    page = sheet("""
                 ELM VƏ TƏHSİL NAZİRLİYİ
              Dövlət dilini bilməsi barədə
                     ARAYIŞ
      Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaq istəyən şəxsin dövlət dilini bilməsi barədə
      Soyadı, adı, atasının adı: Topal İon Petru oğlu   Doğum tarixi: 14.03.1981
      Vətəndaşlıq mənsubiyyəti: Moldova   Pasportun seriyası və nömrəsi: A 1234567
      Yoxlamanın nəticəsi: kafi. Arayış Dövlət Miqrasiya Xidmətinə təqdim edilmək üçün verilmişdir, tarix 07.02.2025
    """)
    scores = {"application_form_acquisition": 0.3, "application_form_renunciation": 0.1}
    assert told(page, form_scores=scores).type == "language_certificate"


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("ÖLÜM HAQQINDA ŞƏHADƏTNAMƏ", "death_certificate"),
        ("DOĞUM HAQQINDA ŞƏHADƏTNAMƏ", "birth_certificate"),
        ("BOŞANMA HAQQINDA ŞƏHADƏTNAMƏ", "divorce_certificate"),
        ("SÜRÜCÜLÜK VƏSİQƏSİ", "driving_licence"),
        ("VAKSİNASİYA KARTI", "vaccination_card"),
        ("TİBBİ ARAYIŞ (forma 083)", "medical_certificate"),
        ("BORCUN OLMAMASI BARƏDƏ ARAYIŞ", "no_obligations_certificate"),
        ("AİLƏ TƏRKİBİ BARƏSİNDƏ ARAYIŞ", "family_composition_certificate"),
        ("ULUSLARARASI AİLE CÜZDANI", "marriage_certificate"),
    ],
)
def test_titles_of_one_kind_are_told_apart_by_their_first_word(title: str, type_: str) -> None:
    """A plain title is enough, and one that differs in its first word only is another title."""
    page = sheet(
        f"AZƏRBAYCAN RESPUBLİKASI\n\n          {title}\n\nSeriya AZ № 123456\nQuliyev Rəşad Akif oğlu 12.03.1985"
    )
    assert told(page).type == type_


def test_a_court_that_decides_of_an_adoption_decides_nothing_of_statelessness() -> None:
    """Courts head every decision alike."""
    page = sheet("""
        Kəpəz Rayon Məhkəməsi
                       QƏTNAMƏ
        Övladlığa götürmə barədə iş üzrə məhkəmə qət etdi: Quliyev Cavid Əli oğlu tərəfindən 2019-cu il
        təvəllüdlü uşağın övladlığa götürülməsi müəyyən edilsin.
        Hakim
    """)
    assert told(page).type == "adoption_guardianship_document"


def test_the_number_of_a_civil_record_is_no_act() -> None:
    """A word that begins other papers' titles is no stranger in running text."""
    page = sheet("""
        SOYADIN, ADIN, ATA ADININ DƏYİŞDİRİLMƏSİ
        HAQQINDA ŞƏHADƏTNAMƏ
        Əvvəlki soyadı Hacıyeva    Yeni soyadı Quliyeva
        Akt qeydinin tarixi 12.03.2023
    """)
    assert told(page).type == "name_change_certificate"


def test_a_zone_of_a_citizen_is_on_an_identity_card_and_of_a_foreigner_on_none() -> None:
    """Azerbaijan gives its citizens identity cards and other people the other cards."""
    page = sheet("Doğulduğu yer  BAKI\nVerilmə tarixi 04.10.2024\nEtibarlıdır 04.10.2034", marks=(zone(),))
    citizen, foreigner = (told(page, zone=("TD1", "I", "AZE", state)) for state in ("AZE", "RUS"))
    assert citizen.type == "id_card"
    assert foreigner.type != "id_card"


def test_receipts_of_bills_are_no_proof_of_the_duty() -> None:
    """A terminal prints the same slip for gas; what was paid for decides."""
    page = sheet("ePul terminal\nÇEK № 123456789\nXidmət: Azəriqaz\nAbonent kodu: 1234567890\n"
                 "Abonent: Quliyev Rəşad\nMəbləğ: 25.00 AZN\nKomissiya: 0.00\nÖDƏNİŞ QƏBUL EDİLDİ")  # fmt: skip
    assert told(page).type == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "MƏNZİLİN KİRAYƏ MÜQAVİLƏSİ\nKirayəyə verən Əliyev Rəşad və kirayəçi Karimov Anvar: kirayə haqqı 300 manat",
        "ARAYIŞ\nKarimov Anvar Bakı Dövlət Universitetinin 3-cü kurs tələbəsidir.\nDekan",
        "DÖVLƏT VERGİ XİDMƏTİ\nBİLDİRİŞ\nHörmətli vergi ödəyicisi, bəyannaməni təqdim etməlisiniz",
        "AVTOMOBİLİN KİRAYƏ MÜQAVİLƏSİ\nKirayəçi avtomobili 3 gün müddətinə götürür. Gündəlik 40 AZN",
    ],
)
def test_near_neighbours_of_a_type_are_none_of_it(text: str) -> None:
    """A lease may be meant as an income or as nothing; a student without a scholarship has no income."""
    assert told(sheet(text)).type == UNKNOWN


def test_an_extract_on_a_dwelling_entitles_to_it() -> None:
    """QA names the extract of the register first among the papers that entitle to a dwelling."""
    page = sheet(
        "DAŞINMAZ ƏMLAKIN DÖVLƏT REYESTRİNDƏN ÇIXARIŞ\nMülkiyyətçi Karimov Anvar\nMənzil, ümumi sahəsi 64 kv.m"
    )
    assert told(page).type == "housing_document"


def test_a_page_with_strokes_beside_a_small_portrait_is_no_photograph() -> None:
    """Two sides of a card on A4 whose print was not read must stay open, or its number would be found missing."""
    small = Box(0.66, 0.1, 0.76, 0.2)
    strokes = tuple(Mark(MarkKind.SIGNATURE, Box(0.1, y, 0.3, y + 0.05), 0.8) for y in (0.1, 0.3, 0.5))
    marks = (Mark(MarkKind.PICTURE, small, 0.95), face(0.67, 0.12, 0.74, 0.17))
    page = Sheet("scan.pdf", 1, width_px=1653, height_px=2338, marks=marks)
    assert told(page).type == "photo_3x4"
    found = told(replace(page, marks=(*marks, *strokes)))
    assert found.type == UNKNOWN
    assert found.rivals[0][0] == "photo_3x4"


def test_a_residence_card_known_by_its_zone_alone_is_not_certain() -> None:
    """Temporary permits carry the same zone; only the print tells them apart."""
    found = told(replace(sheet("."), lines=(), marks=(zone(),)), zone=("TD1", "IR", "AZE", "BGD"))
    assert found.type == "permanent_residence_card"
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("HESAB AÇILMASI HAQQINDA ARAYIŞ\nKarimov Anvar adına cari hesab açılmışdır", UNKNOWN),
        ("CERTIFICATE OF COMPLETION\nAnvar Karimov has completed the course", UNKNOWN),
        ("APPLICATION FOR A VISA\nSurname KARIMOV\nPurpose of visit: tourism\nNumber of entries", "visa_application"),
    ],
)
def test_a_title_is_itself_only_with_all_its_own_words(text: str, type_: str) -> None:
    """ "Certificate of completion" is not a badly read "certificate of employment"."""
    assert told(sheet(text)).type == type_


@pytest.mark.parametrize(
    ("type_", "office", "words"),
    [
        ("parents_citizenship_documents", "DÖVLƏT MİQRASİYA XİDMƏTİ\nARAYIŞ",
         ("Karimova Leylaya verilir ondan ötrü ki, o, 2023-cü ildə vətəndaşlığa\nqəbul edilmişdir. "
         "Uşağın atası Gürcüstan vətəndaşıdır.")),
        ("founder_information_individual", "“Araz” MMC",
         ("Fiziki şəxs olan təsisçilər barədə\n1. Karimov Anvar, 03.02.1980, pay 50 %\n"
         "2. Karimova Leyla, 01.07.1985, pay 50 %")),
        ("spouse_consent", "RAZILIQ",
         ("Mən, Karimov Anvar, həyat yoldaşım Karimova Leylanın nikahda olarkən\nalınmış mənzili satmasına "
         "razılıq verirəm.\nNotarius A. Məmmədov")),
        (UNKNOWN, "ARAYIŞ", "Karimov Anvar ilə əmək müqaviləsinə 3 may 2010-cu ildə xitam verilmişdir."),
        (UNKNOWN, "“Araz” MMC", "Müştəri haqqında məlumat\nAd, soyad: Karimov Anvar\nTəvəllüdü: 03.02.1980"),
    ],
)  # fmt: skip
def test_rare_types_are_told_from_their_neighbours(type_: str, office: str, words: str) -> None:
    """A paper without a title of its own is known by its words; neighbours with the same words stay unknown."""
    assert told(sheet(f"{office}\n{words}")).type == type_


def test_a_long_table_does_not_drown_what_its_certificate_says() -> None:
    """Two years of salaries, month by month, are still a certificate from the workplace."""
    rows = "\n".join(f"{month:02}.{year} 812,00 96,40 715,60" for year in (2023, 2024) for month in range(1, 13))
    page = sheet(
        "“Nur” MMC\nARAYIŞ\nKarimov Anvar müəssisəmizdə mühəndis vəzifəsində işləyir\n"
        f"ona hesablanmış əmək haqqı:\n{rows}\nDirektor R. Sultanov"
    )
    assert told(page).type == "income_proof"


def test_another_states_card_is_known_by_its_name_where_its_zone_is_not_in_sight() -> None:
    """Whether it replaces a passport is for a clerk."""
    card = "REPUBLIC OF {}\nIDENTITY CARD\nSurname KARIMOV\nGiven names ANVAR\nPersonal number 31203850220011"
    assert told(sheet(card.format("UZBEKISTAN"))).type == UNKNOWN
    assert told(sheet(card.format("AZERBAIJAN"))).type == "id_card"


def test_an_employers_trade_is_no_sign_of_a_paper_of_another_kind() -> None:
    """Hotels, laboratories and broadcasters write certificates, too."""
    words = "Karimov Anvar laborant vəzifəsində işləyir, aylıq əmək haqqı 730 manatdır.\nİcraçı direktor"
    assert told(sheet(f"“Qala” Hotel\nARAYIŞ\n{words}")).type == "income_proof"


def test_a_spot_like_a_face_on_blurred_paper_is_no_photograph() -> None:
    """No eyes were seen in it, and it takes little of its picture."""
    spot = Mark(MarkKind.FACE, Box(0.25, 0.13, 0.46, 0.42), 0.9)
    assert told(Sheet("IMG_4430.heic", 1, width_px=2157, height_px=1517, marks=(spot,))).type == UNKNOWN


def test_strangers_that_speak_like_a_type_are_none() -> None:
    """A tax office's demand is no income, a police record no foreign attitude, a will no inheritance."""
    tax = """DÖVLƏT VERGİ XİDMƏTİ\nBİLDİRİŞ\nSadələşdirilmiş verginin bəyannaməsi təqdim edilməmişdir.
Bəyannaməni 10 gün ərzində təqdim etməlisiniz, əks halda 40 manat maliyyə sanksiyası tətbiq ediləcəkdir."""
    record = """МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РЕСПУБЛИКИ КАЗАХСТАН\nСПРАВКА № 884\nВыдана Ахметову Руслану в том, что
сведений о наличии судимости не имеется. Начальник управления"""
    will = """VƏSİYYƏTNAMƏ\nMən, Hacıyeva Firuzə, öz iradəmlə mənə məxsus evi və torpaq sahəsini
oğluma və qızıma bərabər paylarla vəsiyyət edirəm. Vəsiyyət edən (imza)"""
    assert [told(sheet(text)).type for text in (tax, record, will)] == [UNKNOWN] * 3
    attitude = """ПОСОЛЬСТВО РЕСПУБЛИКИ КАЗАХСТАН\nСообщаем, что сведений о судимости Ахметова Руслана не имеется
и возражений против принятия его в гражданство Азербайджанской Республики нет. Консул"""
    assert told(sheet(attitude)).type == "foreign_authority_attitude"


def test_a_misread_title_counts_though_the_text_under_it_says_the_word() -> None:
    """ "NİZAMNAM9" in capitals is the title of a charter whose first clause speaks of "bu Nizamnamə"."""
    page = PageText(sheet("NİZAMNAM9\n\n1.1. Cəmiyyət öz fəaliyyətini bu Nizamnamə əsasında həyata keçirir"))
    found = page.find(Phrase("NİZAMNAMƏ", "az", 2.5))
    assert found and found.heading == 1.0


def test_what_answers_a_label_is_no_title() -> None:
    """ "Əsas: alğı-satqı müqaviləsi" in an extract does not make it a contract."""
    words = (("Əsas", 0.1, 0.2), ("müqavilə", 0.5, 0.7))
    lines = tuple(Line((Word(text, Box(x0, 0.1, x1, 0.115), 0.9),), Box(x0, 0.1, x1, 0.115)) for text, x0, x1 in words)
    beside = PageText(Sheet("a.pdf", 1, lines=lines)).find(Phrase("MÜQAVİLƏ", "az", 3.0))
    alone = PageText(Sheet("a.pdf", 1, lines=lines[1:])).find(Phrase("MÜQAVİLƏ", "az", 3.0))
    assert beside and alone and beside.heading < 0.2 < alone.heading
