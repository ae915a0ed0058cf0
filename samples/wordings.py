"""The printed wordings of Annex 1 as they circulate: both official editions, and what people retype."""

# ruff: noqa: E501 - printed wordings in whole lines

from __future__ import annotations

REG28 = {
    "1": "Soyadınız, adınız və atanızın adı (əgər soyadınızı, adınızı və ya atanızın adını dəyişmisinizsə, səbəbləri "
    "göstərilməklə əvvəllər daşıdığınız bütün adları, soyadları və ata adlarını sadalayın)",
    "2": "Doğulduğunuz gün, ay, il",
    "3": "Doğulduğunuz yer (respublika, şəhər (rayon), kənd)",
    "4": "Milliyyətiniz",
    "5": "Ailə vəziyyətiniz (nikahda, dul, subay)",
    "6": "Vətəndaşlıq mənsubiyyətiniz",
    "7": "Başqa ölkənin (ölkələrin) vətəndaşı olmusunuzmu (ətraflı göstərin: harada, nə vaxt və hansı ölkənin "
    "vətəndaşlığında olmusunuz, hansı yolla qəbul edilmisiniz və niyə çıxmısınız)",
    "8": "Azərbaycan Respublikasına nə vaxt gəlmisiniz",
    "9": "Azərbaycan Respublikasına gəlişinizin səbəblərini göstərin",
    "10": "Əvvəllər Azərbaycan Respublikasında olmusunuzmu, məhz nə vaxt (Azərbaycan Respublikasına gəlişinizin və "
    "Azərbaycan Respublikasından gedişinizin tarixi, məqsədi)",
    "11": "Azərbaycan Respublikasında mühakimə olunmusunuzmu və ya istintaqa cəlb edilmisinizmi (əgər edilmisinizsə, "
    "nə vaxt, harada hansı orqan tərəfindən və nəyə görə cəlb edilmisiniz)",
    "12": "Təhsiliniz və təhsil üzrə ixtisasınız (harada, nə vaxt və hansı təhsil müəssisəsini bitirmisiniz, əgər "
    "bitirməmisinizsə, nə səbəbdən)",
    "13": "Azərbaycan Respublikasına gəlməmişdən qabaq xaricdə harada və nə qismində işləmisiniz",
    "14": "Əmək fəaliyyətinə başladıqdan sonra icra olunan iş (ali və ya orta ixtisas təhsili müəssisələrində təhsil, "
    "hərbi xidmət daxil olmaqla). Bu bəndi doldurarkən idarə, müəssisə və təşkilatların Sizin işlədiyiniz dövrdəki "
    "adını, ünvanını, hərbi xidmətdəki vəzifəni göstərmək zəruridir",
    "15": "Yaxın qohumlarınız (arvad, ər, valideynlər, böyük uşaqlar, qardaşlar və bacılar)",
    "16": "Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)",
    "17": "Özünüz və ya yaxın qohumlarınız haqqında nəyi bildirmək istəyirsiniz",
    "18": "Ərizəyə əlavə edilən sənədləri sadalayın",
    "19": "Azərbaycan Respublikası vətəndaşlığına mənimlə eyni zamanda aşağıda göstərilən yetkinlik yaşına çatmayan "
    "uşaqlarımı qəbul etməyi xahiş edirəm",
    "20": "Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaqda məqsəd",
    "21": "Azərbaycan Respublikasının Konstitusiyasına və qanunlarına riayət edəcəyimə öhdəlik götürürəm.",
    "22": "Bəyan edirəm ki, mənim tərəfimdən təqdim olunan məlumatlar tam və dəqiqdir.",
}
DEC189 = {**REG28, "5": "Ailə vəziyyətiniz (nikahdasınızmı, dulsunuzmu, subaysınızmı)"}
EDITIONS = {"REG28": REG28, "DEC189": DEC189}

WARNING = (
    "Mən xəbərdar edilmişəm ki, Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaq üçün zəruri olan məlumatların "
    "qəsdən saxtalaşdırılması və ya saxta sənəd təqdim edilməsi Azərbaycan Respublikası vətəndaşlığının itirilməsinə "
    "səbəb ola bilər."
)
REQUEST = "Xahiş edirəm, məni Azərbaycan Respublikası vətəndaşlığına qəbul edəsiniz."

#: The field keys under each question, in the order they are written.
PARTS = {
    "1": ("surname", "given_name", "patronymic", "former_names"), "2": ("birth_date",), "3": ("birth_place",),
    "4": ("ethnicity",), "5": ("marital_status",), "6": ("citizenship",), "7": ("other_citizenships",),
    "8": ("arrival_date",), "9": ("arrival_reason",), "10": ("previous_visits",), "11": ("convictions",),
    "12": ("education",), "13": ("work_abroad",), "14": ("employment",), "15": ("relatives",),
    "16": ("address", "phones"), "17": ("about",), "18": ("attached_documents",), "19": ("children",), "20": ("purpose",),
}  # fmt: skip

EMPLOYMENT_HEADS = ("Ay və il", "daxilolma", "çıxma", "İdarə, müəssisə və təşkilatın adı göstərilməklə, vəzifəniz",
                    "İdarə, müəssisə və təşkilatın ünvanı")  # fmt: skip
RELATIVES_HEADS = ("Qohumluq dərəcələri", "Soyadı, adı və atasının adı", "Milliyyəti", "Vətəndaşlıq", "İş yeri və vəzifəsi",
                   "Olduğu ölkə və yaşadığı ünvan")  # fmt: skip
CHILDREN_HEADS = ("Oğul, qız", "Soyadı, adı və atasının adı", "Doğum ili və ayı", "Doğum yeri", "Qeyd")

SERVICE_NOTES = {
    "REG28": (
        "Vətəndaş ______________________________________________________________",
        "a) ____________________________________________________________________",
        "(pasportu vermiş orqanın adı)",
        "____________________________________________________________ tərəfindən",
        "«___»__________________ ildən «___»______________ ilədək müddətə verilmiş pasporta",
        (
            "b) Daxili İşlər Nazirliyi tərəfindən, _________ rayon (şəhər) DİŞ tərəfindən _______ seriyalı _______ nömrəli "
            "«___»_______________19___ ildən «___»______________19___ ilədək müddətə verilmiş vətəndaşlığı olmayan şəxs üçün "
            "yaşayış vəsiqəsinə malikdir"
        ),
    ),
    "DEC189": (
        "Vətəndaş ______________________________________________________________",
        "a) ____________________________________________________________________",
        "(pasportu vermiş orqanın adı)",
        "____________________________________________________________ tərəfindən",
        "«___»__________________ ildən «___»___________________ ilədək müddətə verilmiş pasporta",
        (
            "b) Daxili İşlər Nazirliyi tərəfindən, _____________________ rayon (şəhər) DİŞ tərəfindən _________ seriyalı "
            "____________ nömrəli «___»____________19___ ildən «___»___________19___ ilədək müddətə verilmiş əcnəbi vətəndaş "
            "üçün qeydiyyat vəsiqəsinə"
        ),
        (
            "b) Daxili İşlər Nazirliyi tərəfindən, _________________ rayon (şəhər) DİŞ tərəfindən _____________ seriyalı "
            "_______ nömrəli «___»_________________19___ ildən «___»____________19___ ilədək müddətə verilmiş vətəndaşlığı "
            "olmayan şəxs üçün yaşayış vəsiqəsinə malikdir"
        ),
    ),
}
ACCEPTED_BY = (
    (
        "Ərizə-anketi və orada göstərilmiş sənədləri qəbul etdi və doldurmanın düzgünlüyünü yoxladı "
        "________________________________________"
    ),
    "(sənədləri qəbul etmiş əməkdaşın soyadı, adı və onun imzası)",
    "«___» _______________________",
)
