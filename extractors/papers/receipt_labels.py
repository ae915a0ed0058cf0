"""What receipts print beside their values, by what the value is."""

from __future__ import annotations

from extractors.papers.labels import Labels

LABELS: Labels = {
    "principal": (
        "Məbləğ", "Məbləği", "Ödənilən məbləğ", "Ödənilmiş məbləğ", "Ödəniş məbləği", "Ödənişin məbləği",
        "Rüsumun məbləği", "Dövlət rüsumunun məbləği", "Dövlət rüsumu", "Rüsum", "Köçürülən məbləğ", "Əsas məbləğ",
        "Köçürmə məbləği", "Mədaxil məbləği", "Hesaba köçürülən", "Hesaba köçürülən məbləğ", "Hesaba mədaxil",
        "Köçürülən", "Köçürülüb", "Köçürüldü", "Məbləğ rəqəmlə", "Məbləğ (AZN)", "Məbləğ manatla", "Hesablanmış məbləğ",
        "Сумма", "Сумма платежа", "Сумма к зачислению", "Amount", "Payment amount", "Paid amount", "Tutar",
    ),
    "total": (
        "Cəmi", "Cəmi məbləğ", "Cəmi ödənilib", "Cəmi ödəniş", "Yekun", "Yekun məbləğ", "Ümumi məbləğ", "Toplam",
        "Ümumi", "Ödənişin cəmi", "Kartdan çıxılan məbləğ", "Kartdan silinən", "Итого", "Всего", "К оплате", "Total",
        "Total amount",
    ),
    "commission": (
        "Komissiya", "Komissiya haqqı", "Komissiya məbləği", "Xidmət haqqı", "Bank xidmət haqqı", "Bankın komissiyası",
        "Xidmət haqqı (komissiya)", "Komis.", "Kom. haqqı", "Комиссия", "Commission", "Fee", "Service fee",
    ),
    "other_sum": (
        "Qalıq", "Qaytarılan", "Qaytarılan məbləğ", "Qaytarıldı", "Nağd", "Nağd verilib", "Daxil edilmiş məbləğ",
        "Daxil edilən məbləğ", "Daxil edilib", "Daxil edilən", "Qəbul edildi", "Qəbul edilib", "Verilən nağd",
        "Qəbul edilən məbləğ", "Qəbul edilmiş nağd", "Balans", "Borc", "ƏDV", "Сдача", "Внесено",
        "Наличные", "Change", "Cash", "Balance",
    ),
    "payer": (
        "Ödəyən", "Ödəyici", "Ödəyicinin adı", "Ödəyənin adı", "Ödəyən şəxs", "Ödəyicinin soyadı, adı",
        "Vəsaiti ödəyən",
        "Ödəyicinin S.A.A.", "Ödəyənin soyadı, adı, atasının adı", "Ödənişi edən", "Ödənişi edən şəxs", "Müştəri",
        "Müştərinin adı", "Göndərən", "Pulu ödəyən", "Kimdən", "Kimdən qəbul edilib", "Kimdən qəbul edilmişdir",
        "Kimdən alınıb", "Rüsum ödəyicisi", "Vəsaiti köçürən", "Emitent müştəri",
        "Ödəyicinin adı, soyadı", "Ödəyənin adı, soyadı", "Ödəyicinin adı və soyadı", "Müştərinin adı, soyadı",
        "Göndərənin adı, soyadı", "Ödəyicinin soyadı, adı, atasının adı", "Rüsumu ödəyən", "Göndərənin adı",
        "Ödəyən (emitent)", "Ödəyən müştəri", "Emitent (ödəyən)", "Emitent (ödəyən) müştəri",
        "Плательщик", "ФИО плательщика", "Payer", "Payer name", "Ordering customer",
        "Remitter", "Sifarişçi", "Göndərən müştəri", "Отправитель", "Paid by", "Sender",
    ),
    "name": (
        "S.A.A.", "A.S.A.", "Soyadı, adı, atasının adı", "Soyadı, adı, ata adı", "Soyad, ad, ata adı",
        "Soyad Ad Ata adı",
        "Adı, soyadı", "Ad, soyad", "Ad Soyad", "Soyad, ad", "Soyadı, adı", "Abonent", "Ad", "Adı", "Ödəyən ad",
         "Ф.И.О.", "ФИО", "Full name",
    ),
    "recipient": (
        "Alan", "Benefisiar", "Vəsaiti alan", "Vəsait alan", "Alan müştəri", "Alan tərəf", "Alan şəxs",
        "Ödənişi alan", "Alan təşkilat", "Alan müəssisə",
        "Benefisiar müştəri", "Benefisiar (alan)", "Vəsaiti alanın adı", "Alanın adı", "Benefisiarın adı",
        "Kimə", "Qurum", "Təşkilat",
        "Получатель", "Recipient", "Beneficiary", "Rüsumu alan",
    ),
    "bank": (
        "Bank", "Alan bank", "Benefisiar bank", "Benefisiarın bankı", "Alanın bankı", "Emitent bank", "Ödəyən bank",
        "Vəsaiti alan bank", "Vəsaiti ödəyən bank", "Bankın adı", "Bank rekvizitləri", "Банк", "Банк получателя",
        "Банк плательщика", "Beneficiary bank", "Bankın VÖEN-i", "Bankın VÖEN", "Bank VÖEN", "VÖEN (bank)",
        "Emitent (ödəyən) bank", "Benefisiar (alan) bank", "Ödəyənin bankı", "Ödəyicinin bankı",
    ),
    "correspondent": (
        "Müxbir hesab", "Müxbir hesabı", "M/h", "Müx. hesab", "Корр. счет", "К/с", "Correspondent account",
    ),
    "date": (
        "Tarix", "Tarixi", "Ödəniş tarixi", "Ödənişin tarixi", "Ödənilmə tarixi", "Əməliyyat tarixi", "Sənədin tarixi",
        "Əməliyyatın tarixi", "İcra tarixi", "Tarix və saat", "Tarix / Saat", "Qəbzin tarixi", "Дата", "Дата платежа",
        "Date", "Payment date",
    ),
    "purpose": (
        "Təyinat", "Təyinatı", "Ödənişin təyinatı", "Ödəniş təyinatı", "Ödənişin məqsədi", "Ödənişin təsviri", "Məqsəd",
        "Ödənişin növü", "Ödəniş növü", "Xidmət", "Xidmətin adı", "Xidmət növü", "Əsas", "Rüsumun adı", "Rüsumun növü",
        "Назначение платежа", "Назначение", "Вид платежа", "Услуга", "Purpose", "Payment purpose", "Details",
        "Description", "Service",
    ),
    "budget_code": (
        "Büdcə təsnifatının kodu", "Büdcə təsnifatı", "Büdcə təsnifat kodu", "Büdcə təsnifatı kodu", "Büdcə kodu",
        "Təsnifat kodu", "Təsnifatın kodu", "BTK", "Büdcə gəlirlərinin təsnifatı", "Gəlir kodu", "Təsnifat",
        "Код бюджетной классификации", "КБК", "Budget classification code", "Budget code",
    ),
    "budget_level": ("Büdcə səviyyəsi", "Büdcə səviyyəsinin kodu", "Səviyyə kodu", "Budget level"),
    "account": (
        "Hesab", "Hesab nömrəsi", "Hesab №", "Hesablaşma hesabı", "H/h", "Hesab IBAN", "IBAN", "Alanın hesabı", "Счет",
        "Р/с", "Account", "Account number", "Benefisiarın hesabı", "Xəzinə hesabı",
    ),
    "voen": ("VÖEN", "VOEN", "VÖEN-i", "VÖİN", "ИНН", "TIN"),
    "payer_voen": ("Ödəyicinin VÖEN-i", "Ödəyicinin VÖEN", "Ödəyənin VÖEN-i", "Ödəyənin hesabı"),
    "other": (
        "FİN", "FİN kod", "Qəbz №", "Çek №", "Sənəd №", "Terminal", "Kassir", "Saat", "Valyuta", "SWIFT", "Kod",
        "Bankın kodu", "Əməliyyat №", "Müştəri nüsxəsi",
        "Bank nüsxəsi", "Telefon", "Ünvan", "Status", "Kart", "Məbləğ yazı ilə", "Qeyd",
        "Ödəyicinin imzası", "Ödəyənin imzası", "Bankın qeydləri", "Kassirin imzası", "İmza",
    ),
}  # fmt: skip
