"""Wordings of papers that people enclose but the office does not ask for; they speak for ``unknown``."""

from __future__ import annotations

from models.catalogue import Phrase


def _phrases(language: str, weight: float, texts: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(text.strip(), language, weight) for text in texts.split("|"))


#: Titles; they count fully only where they stand as a title.
HEADINGS: tuple[Phrase, ...] = (
    *_phrases(
        "az",
        3.0,
        "DİPLOM|BAKALAVR DİPLOMU|MAGİSTR DİPLOMU|ATTESTAT|MÜQAVİLƏ|ƏMƏK MÜQAVİLƏSİ|İCARƏ MÜQAVİLƏSİ|KREDİT MÜQAVİLƏSİ|"
        "ALQI-SATQI MÜQAVİLƏSİ|HESABDAN ÇIXARIŞ|BANK ÇIXARIŞI|KART HESABINDAN ÇIXARIŞ|SIĞORTA ŞƏHADƏTNAMƏSİ|"
        "SIĞORTA POLİSİ|İCBARİ SIĞORTA|HESAB-FAKTURA|QAİMƏ-FAKTURA|ELEKTRON BİLET|AVİABİLET|MİNİK TALONU|"
        "TƏRCÜMEYİ-HAL|KOMMUNAL XİDMƏTLƏR|ZƏMANƏT TALONU|REKLAM|ELAN|MENYU|PROTOKOL|SƏRƏNCAM|ÖDƏNİŞ BİLDİRİŞİ|"
        "KOMMERSİYA TƏKLİFİ|QİYMƏT TƏKLİFİ|TƏŞƏKKÜRNAMƏ|FƏXRİ FƏRMAN|XASİYYƏTNAMƏ|TÖVSİYƏ MƏKTUBU|ƏMƏK KİTABÇASI|"
        "DƏVƏTNAMƏ|İMTAHAN VƏRƏQƏSİ|LABORATOR ANALİZ|HESAB ÜZRƏ ÇIXARIŞ|MÜVƏQQƏTİ YAŞAMAQ ÜÇÜN İCAZƏ|"
        "ƏMANƏT MÜQAVİLƏSİ|TƏHVİL-TƏSLİM AKTI|KOMMERSİYA|MÜRACİƏTƏ CAVAB|TEST NƏTİCƏLƏRİ|BALANS HESABATI|"
        "KİRAYƏ MÜQAVİLƏSİ|KİRAYƏSİ HAQQINDA MÜQAVİLƏ|VƏSİYYƏTNAMƏ|NİKAH MÜQAVİLƏSİ|BAĞIŞLAMA MÜQAVİLƏSİ|"
        "MƏHKUMLUQ HAQQINDA ARAYIŞ|"
        "TƏLƏBƏ BİLETİ|LAYİHƏ|HESABAT|AKT|RESEPT|VERGİ BƏYANNAMƏSİ|VERGİNİN BƏYANNAMƏSİ|"
        "VERGİ HESABATI|GÖMRÜK BƏYANNAMƏSİ|ŞİKAYƏT ƏRİZƏSİ",
    ),
    *_phrases("ru", 3.0, "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ|ДИПЛОМ|АТТЕСТАТ|ДОГОВОР|ВЫПИСКА ПО СЧЕТУ|СТРАХОВОЙ ПОЛИС|"
                             "СЧЕТ-ФАКТУРА|РЕЗЮМЕ|"
                             "ЗАВЕЩАНИЕ|"
                             "ЭЛЕКТРОННЫЙ БИЛЕТ|ПОСАДОЧНЫЙ ТАЛОН|ТРУДОВОЙ ДОГОВОР|ХАРАКТЕРИСТИКА|ТРУДОВАЯ КНИЖКА"),
    *_phrases("en", 3.0, "CURRICULUM VITAE|RESUME|INVOICE|BOARDING PASS|E-TICKET|INSURANCE POLICY|BANK STATEMENT|"
                             "ACCOUNT STATEMENT|DIPLOMA|BACHELOR OF|MASTER OF|AGREEMENT|CONTRACT|ITINERARY|MENU|"
                             "NATIONAL IDENTITY CARD|ACADEMIC TRANSCRIPT|ELECTRONIC TICKET|TEMPORARY RESIDENCE PERMIT|"
                             "PERSONALAUSWEIS|CARTE NATIONALE D'IDENTITÉ|PURCHASE ORDER|DELIVERY NOTE|"
                             "TRANSCRIPT OF RECORDS|RECOMMENDATION LETTER"),
    *_phrases("tr", 3.0, "KİMLİK KARTI|KİMLİK NO|DİPLOMA|SÖZLEŞME|FATURA|ÖZGEÇMİŞ|HESAP EKSTRESİ|SİGORTA POLİÇESİ|"
                             "ELEKTRONİK BİLET"),
)  # fmt: skip

#: Phrases of such papers.
PHRASES: tuple[Phrase, ...] = (
    *_phrases("az", 3.5, "Azəriqaz|Azərsu|Azərişıq|kommunal ödəniş|mobil operator|internet provayder|yol hərəkəti|"
                         "sinfində təhsil alır|sinfində oxuyur|məhkumluğun olmaması|məhkumluğunun olmaması|"
                         "cinayət məsuliyyətinə cəlb olunma|maliyyə sanksiyası|vəsiyyət edirəm"),
    *_phrases(
        "az",
        2.0,
        "elektrik enerjisi|sayğacın göstəricisi|istehlak olunan|abonent kodu|kVt|kub metr|"
        "dövr üzrə qalıq|başlanğıc qalıq|son qalıq|dövriyyə|sığortalı|sığortaçı|sığorta məbləği|uçuş|reys|oturacaq|"
        "iş təcrübəsi|kompüter bilikləri|əlavə bacarıqlar|xarici dil bilikləri|maraq dairəsi|ixtisas dərəcəsi|"
        "ali təhsil haqqında|bitirmişdir və|tərəflər razılaşdılar|bundan sonra icarəçi|kirayə verən|sifarişçi|"
        "tərəflərin hüquq və vəzifələri|fors-major|malın adı|ölçü vahidi|ƏDV daxil|endirim|kampaniya|bonus balı|"
        "internet paketi|balansın artırılması|cərimə qərarı|cərimənin ödənilməsi|parkinq|kredit ödənişi|"
        "sinif şagirdi|şagirdidir|məhkumluğu yoxdur|borcun tutulması|kredit borcunun|iddia tələbi|"
        "pasiyent|hemoqlobin|zəmanət müddəti|satış tarixi|poz tranzaksiya|son qalıq|məxaric|"
        "kirayəyə verən|icarəyə verən|kirayəçi|kirayə müqaviləsi|icarə müqaviləsi|"
        "kabel televiziyası|qaz haqqı|su haqqı|işıq pulu",
    ),
    *_phrases("ru", 3.0, "сведений о судимости|о наличии судимости|судимости не имеет|наличии (отсутствии) судимости"),
    *_phrases("tr", 3.5, "adli sicil kaydı"),
    *_phrases("en", 3.0, "police clearance|criminal record certificate"),
    *_phrases("ru", 2.0, "электроэнергия|опыт работы|стороны договорились|входящий остаток|исходящий остаток|"
                             "страхователь|рейс"),
    *_phrases("en", 2.0, "work experience|opening balance|closing balance|passenger|flight|policyholder|unit price|"
                             "subtotal|bill to|terms and conditions|hotel booking|hotel reservation|booking reference|"
                             "check-in"),
    *_phrases("tr", 2.0, "iş deneyimi|birim fiyat|yolcu adı|sigortalı|taraflar"),
)  # fmt: skip
