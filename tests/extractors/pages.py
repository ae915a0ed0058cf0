"""Small synthetic pages with their truth, and what scanners, phones and faxes do to them. Invented people only."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = {
    "dejavu": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "dejavu-serif": "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "sans": "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    "serif": "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "mono": "/usr/share/fonts/truetype/liberation2/LiberationMono-Regular.ttf",
    "carlito": "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
    "noto": "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
    "script": "/usr/share/fonts/opentype/kaushanscript/KaushanScript-Regular.otf",
    "ocr-b": "/usr/share/fonts/opentype/ocr-b/OCRB.otf",
}

QUESTIONS = (
    "1. Soyadınız, adınız, atanızın adı (soyadınızı, adınızı dəyişmisinizsə, əvvəlkiləri göstərin)",
    "2. Doğulduğunuz gün, ay, il",
    "3. Doğulduğunuz yer",
    "4. Milliyyətiniz",
    "5. Ailə vəziyyətiniz",
    "6. Hansı dövlətin vətəndaşısınız",
    "7. Başqa dövlətin vətəndaşlığı olubmu",
    "8. Azərbaycana nə vaxt gəlmisiniz",
    "9. Gəlişinizin səbəbi",
    "12. Təhsiliniz",
    "16. Yaşayış yeriniz və əlaqə telefonu",
)
SURNAMES = ("Məmmədov", "Hüseynova", "Çərkəzov", "Qasımlı", "Jafarov", "Əliyeva", "Wahidi", "Şükürzadə", "Ivanov")
GIVEN = ("Rəşad", "Günel", "Ülviyyə", "Əkbər", "Jalə", "Tofiq", "Xədicə", "Nərgiz", "Yusif")
FATHERS = ("Elçin oğlu", "Vaqif qızı", "İbrahim oğlu", "Ağamirzə qızı", "Oqtay oğlu")
PLACES = ("Bakı şəhəri", "Tovuz rayonu, Qovlar qəsəbəsi", "Tbilisi şəhəri", "İğdır vilayəti", "Dərbənd şəhəri")
JOBS = ('mühasib, "Azərenerji" ASC', "müəllim, 12 №-li orta məktəb", 'sürücü, "Şəfəq" MMC', "təqaüdçü")
PHRASES = ("ailə həyatı qurduğum üçün", "işləmək məqsədilə", "təhsil almaq üçün", "2009-cu ilin may ayında")


@dataclass(frozen=True)
class Truth:
    """An answer and where it stands, in fractions of the flat page."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class TestPage:
    picture: np.ndarray
    answers: tuple[Truth, ...]
    __test__ = False


def answers(rng: random.Random) -> list[str]:
    phone = f"(+994 {rng.choice((50, 55, 70))}) {rng.randint(200, 999)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}"
    day = f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{rng.randint(1950, 2001)}"
    return [
        f"{rng.choice(SURNAMES)} {rng.choice(GIVEN)} {rng.choice(FATHERS)}", day, rng.choice(PLACES),
        rng.choice(("azərbaycanlı", "ləzgi", "gürcü", "rus")), rng.choice(("evli", "subay", "dul")),
        rng.choice(("Gürcüstan Respublikası", "Rusiya Federasiyası", "İran İslam Respublikası")),
        rng.choice(("yox", "yoxdur", "olmayıb")), rng.choice(PHRASES[3:]), rng.choice(PHRASES[:3]),
        rng.choice(("ali, Bakı Dövlət Universiteti", "orta ixtisas", "natamam ali")),
        f"{rng.choice(PLACES)}, {rng.choice(GIVEN)} küç. {rng.randint(1, 99)}, {phone}",
    ]  # fmt: skip


def form_page(seed: int, font: str = "serif", *, answer_font: str | None = None, dpi: int = 300) -> TestPage:
    """A ruled form page: questions left, answers right."""
    rng = random.Random(seed)
    width, height = round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    size = rng.choice((11, 11.5, 12)) * dpi / 72
    printed = ImageFont.truetype(FONTS[font], round(size))
    written = ImageFont.truetype(FONTS[answer_font or font], round(size * (1.25 if answer_font == "script" else 1)))
    unit = dpi / 25.4
    draw.text((width / 2, 18 * unit), "ƏRİZƏ-ANKET", font=printed, fill="black", anchor="mm")
    draw.text((105 * unit, 28 * unit), "Azərbaycan Respublikasının Prezidentinə", font=printed, fill="black")
    top, left, middle, right = 40 * unit, 20 * unit, rng.uniform(80, 105) * unit, 195 * unit
    pen = max(1, round(dpi / rng.choice((100, 150, 200))))
    truths = []
    for question, answer in zip(QUESTIONS, answers(rng), strict=True):
        asked = wrapped(question, printed, middle - left - 4 * unit)
        told = wrapped(answer, written, right - middle - 4 * unit)
        line = size * 1.25
        bottom = top + max(len(asked), len(told)) * line + 3 * unit
        draw.rectangle((left, top, middle, bottom), outline="black", width=pen)
        draw.rectangle((middle, top, right, bottom), outline="black", width=pen)
        for number, text in enumerate(asked):
            draw.text((left + 2 * unit, top + unit + number * line), text, font=printed, fill="black")
        for number, text in enumerate(told):
            draw.text((middle + 2 * unit, top + unit + number * line), text, font=written, fill=(15, 15, 20))
        truths.append(Truth(" ".join(answer.split()), (middle / width, top / height, right / width, bottom / height)))
        top = bottom
    draw.text((left, top + 8 * unit), "Tarix: «12» mart 2026-cı il", font=printed, fill="black")
    draw.text((110 * unit, top + 8 * unit), "İmza: ____________", font=printed, fill="black")
    return TestPage(cv2.cvtColor(np.array(image), cv2.COLOR_RGB2BGR), tuple(truths))


def letter_page(seed: int, font: str = "serif", dpi: int = 300) -> TestPage:
    """A page of running text; its truth is one answer over the whole page."""
    rng = random.Random(seed)
    width, height = round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    unit, size = dpi / 25.4, 12 * dpi / 72
    face = ImageFont.truetype(FONTS[font], round(size))
    text = (
        f"ARAYIŞ № {rng.randint(10, 999)}\n\nVerilir {rng.choice(SURNAMES)} {rng.choice(GIVEN)} "
        f"{rng.choice(FATHERS)} ona görə ki, o, həqiqətən də {rng.choice(PLACES)} ünvanında yaşayır və "
        f"{rng.choice(JOBS)} vəzifəsində çalışır. Orta aylıq əməkhaqqı {rng.randint(300, 2500)} manat təşkil edir. "
        "Arayış Dövlət Miqrasiya Xidmətinə təqdim edilmək üçün verilir.\n\n"
        f"Direktor: {rng.choice(GIVEN)[0]}. {rng.choice(SURNAMES)}"
    )
    top, truth = 40 * unit, []
    for paragraph in text.split("\n"):
        for line in wrapped(paragraph, face, 165 * unit) or [""]:
            draw.text((25 * unit, top), line, font=face, fill="black")
            truth.append(line)
            top += size * 1.4
    return TestPage(
        cv2.cvtColor(np.array(image), cv2.COLOR_RGB2BGR), (Truth(" ".join(" ".join(truth).split()), (0, 0, 1, 1)),)
    )


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# --- what happens to paper -------------------------------------------------------------------------------------------


def turned(picture: np.ndarray, degrees: float, paper: int = 255) -> np.ndarray:
    """The page lying askew on the scanner."""
    height, width = picture.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, move, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,) * 3)


def office_scan(picture: np.ndarray, seed: int, dpi: int = 200) -> np.ndarray:
    """An office scan: skew, dim paper, noise, a round stamp, JPEG."""
    rng = np.random.default_rng(seed)
    out = cv2.resize(picture, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    out = stamped(out, seed)
    out = turned(out, float(rng.uniform(-2.5, 2.5)), 235)
    out = np.clip(out.astype(np.float32) * rng.uniform(0.86, 0.95) + 12 + rng.normal(0, 5, out.shape), 0, 255)
    return jpeg(cv2.GaussianBlur(out.astype(np.uint8), (0, 0), 0.6), 70)


def stamped(picture: np.ndarray, seed: int, colour: tuple[int, int, int] = (190, 70, 50)) -> np.ndarray:
    """A round coloured stamp somewhere on the lower half; ink multiplies with what is under it."""
    rng = np.random.default_rng(seed + 1)
    height, width = picture.shape[:2]
    centre = (int(rng.uniform(0.35, 0.75) * width), int(rng.uniform(0.45, 0.75) * height))
    radius = int(19 / 210 * width)
    ink = np.full_like(picture, 255)
    for share, thick in ((1.0, 0.05), (0.92, 0.02), (0.6, 0.02)):
        cv2.circle(ink, centre, int(radius * share), colour, max(1, int(radius * thick)), cv2.LINE_AA)
    for step in range(24):
        angle = step / 24 * 2 * np.pi
        place = (int(centre[0] + 0.75 * radius * np.cos(angle)), int(centre[1] + 0.75 * radius * np.sin(angle)))
        cv2.putText(
            ink, "ABCDEFGHIKLM"[step % 12], place, cv2.FONT_HERSHEY_SIMPLEX, radius / 160, colour, 1, cv2.LINE_AA
        )
    cv2.putText(ink, "DMX", (centre[0] - radius // 3, centre[1]), cv2.FONT_HERSHEY_SIMPLEX, radius / 90, colour, 2)
    return (picture.astype(np.float32) * ink / 255).astype(np.uint8)


def phone_photo(
    picture: np.ndarray, seed: int, *, table: str = "dark", cropped: bool = False, long_side: int = 3000
) -> np.ndarray:
    """A hand-held photo of the page on a table: perspective, uneven light, blur, noise, JPEG."""
    rng = np.random.default_rng(seed)
    height = long_side
    width = int(long_side * 0.75)
    base = {"dark": 70, "light": 205, "middle": 130}[table]
    grain = cv2.resize(
        rng.normal(0, 14, (60, 45, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    ground = np.clip(np.array([base * 0.75, base * 0.9, base], np.float32) + grain, 0, 255)
    margin = -0.06 if cropped else 0.06
    jitter = rng.uniform(-0.035, 0.035, (4, 2))
    corners = np.array([[margin, margin], [0.94, 0.06], [0.94, 0.94], [0.06, 0.94]]) + jitter
    corners = (corners * [width, height]).astype(np.float32)
    page_height, page_width = picture.shape[:2]
    source = np.array([[0, 0], [page_width, 0], [page_width, page_height], [0, page_height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    reduced = cv2.GaussianBlur(picture, (0, 0), 0.6)
    page = cv2.warpPerspective(reduced, matrix, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(picture.shape[:2], 255, np.uint8), matrix, (width, height))
    shadow = cv2.GaussianBlur(np.roll(mask, (18, 18), (0, 1)), (0, 0), 14)[..., None] / 255.0
    ground = ground * (1 - 0.45 * shadow)
    out = np.where(mask[..., None] > 127, page * np.array([0.86, 0.9, 0.93]), ground)
    ys, xs = np.mgrid[0:height, 0:width]
    light = 0.75 + 0.25 * np.cos((xs / width - rng.uniform(0, 1)) * 1.6) * np.cos(
        (ys / height - rng.uniform(0, 1)) * 1.6
    )
    out = out * light[..., None] + rng.normal(0, 4, out.shape)
    return jpeg(cv2.GaussianBlur(np.clip(out, 0, 255).astype(np.uint8), (0, 0), 0.9), 80)


def fax(picture: np.ndarray, seed: int) -> np.ndarray:
    """A fine-mode fax: 204 x 196 dots per inch, black and white, specks, slight skew."""
    rng = np.random.default_rng(seed)
    grey = cv2.cvtColor(turned(picture, float(rng.uniform(-1, 1))), cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (1728, 2292), interpolation=cv2.INTER_AREA).astype(np.float32) + rng.normal(
        0, 22, (2292, 1728)
    )
    out = np.where(small > 150, 255, 0).astype(np.uint8)
    specks = rng.random(out.shape) < 0.0006
    out[specks] = 255 - out[specks]
    return out


def jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    coded, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert coded
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def fonts_missing() -> bool:
    return not all(Path(path).is_file() for path in FONTS.values())
