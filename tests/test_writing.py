"""The same report written otherwise - other code points, other marks, other scripts among its own - gives the same records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from conftest import one
from shorthand import lines_of

from kawat import Reading, Report, packs, read

REPORTS = {
    "id": 'Menteri Luar Negeri Rusia Sergei Lavrov mengecam sanksi Uni Eropa pada hari Selasa. "Kami akan membalas," kata Lavrov.',
    "ms": 'Menteri Luar Rusia Sergei Lavrov mengecam sekatan Kesatuan Eropah pada hari Selasa. "Kami akan membalas," kata Lavrov.',
    "en": 'On Tuesday Russian Foreign Minister Sergei Lavrov criticised the European Union. "We will respond," Lavrov said.',
    "vi": 'Hôm thứ Ba, Thứ trưởng Ngoại giao Nga Mikhail Galuzin chỉ trích Liên minh châu Âu. "Chúng tôi sẽ đáp trả", ông Galuzin nói.',
    "ru": "Министр иностранных дел России Сергей Лавров осудил во вторник санкции Евросоюза. «Мы ответим», — сказал Лавров.",
    "zh": "俄罗斯外长拉夫罗夫星期二批评欧盟。法国总统马克龙说：“我们会作出回应。”据路透社报道，德国谴责了俄罗斯的袭击。",
}
ENGLISH = {
    "id": 'Presiden Prancis Emmanuel Macron mengatakan, "We will stand with Ukraine for as long as it takes."',
    "ru": "Президент Франции Эммануэль Макрон заявил: «We will stand with Ukraine for as long as it takes».",
    "zh": "法国总统马克龙说：“We will stand with Ukraine for as long as it takes.”",
    "vi": 'Tổng thống Pháp Emmanuel Macron nói: "We will stand with Ukraine for as long as it takes."',
}
FOREIGN = {
    "de": "Der russische Außenminister kritisierte am Dienstag die Sanktionen der Europäischen Union.",
    "ar": "\u202bقال وزير الخارجية الروسي إن موسكو سترد على العقوبات.\u202c",
    "ko": "러시아 외무장관은 화요일 유럽연합의 제재를 비판했다.",
}
each = pytest.mark.parametrize("language", REPORTS)


def records(reading: Reading, change: Callable[[str], str] = lambda x: x) -> list[str]:
    return [unicodedata.normalize("NFC", change(row)) for row in lines_of(reading) if " piece " not in row]


def unseen(text: str) -> str:
    return re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text)


def test_every_pack_has_a_report_here() -> None:
    assert set(REPORTS) == set(packs.languages())


@each
def test_report_has_records(language: str) -> None:
    rows = records(one(REPORTS[language], language))
    assert any(" event ACCUSE " in r for r in rows)
    assert any(" statement direct " in r for r in rows)


@each
def test_letters_taken_apart(language: str) -> None:
    apart = unicodedata.normalize("NFD", REPORTS[language])
    assert (apart == REPORTS[language]) == (language in ("id", "ms", "en", "zh"))
    assert records(one(apart, language)) == records(one(REPORTS[language], language))


def first_letter_marked(mark: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=\w)(?=\w)", mark, text, count=40)


@each
@pytest.mark.parametrize(
    "change",
    [
        lambda t: "\u202b" + t.replace(" ", " \u200f").replace("。", "。\u200f") + "\u202c",
        lambda t: "\u2067" + t.replace(". ", ".\u200e \u200e") + "\u2069",
        first_letter_marked("\u00ad"),
        first_letter_marked("\u200b"),
        lambda t: "\ufeff" + t + "\ufeff",
    ],
    ids=["embedding", "isolate", "soft hyphen", "zero width", "byte order mark"],
)
def test_what_nobody_sees_changes_nothing(language: str, change: Callable[[str], str]) -> None:
    text = change(REPORTS[language])
    reading = one(text, language)
    assert reading.report.text == text
    assert records(reading, unseen) == records(one(REPORTS[language], language))
    ends = [text[e.trigger.start] + text[e.trigger.end - 1] for e in reading.events]
    assert "".join(ends) == unseen("".join(ends))


def test_stress_is_no_letter() -> None:
    plain = one(REPORTS["ru"], "ru")
    marked = one(REPORTS["ru"].replace("осудил", "осуди\u0301л").replace("Лавров", "Лавро\u0301в"), "ru")
    assert records(marked, lambda row: row.replace("\u0301", "")) == records(plain)
    assert marked.report.text[slice(*marked.events[0].trigger)] == "осуди\u0301л"


@each
@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "  ", " \u2009"])
def test_blanks_of_any_width_are_spaces(language: str, blank: str) -> None:
    reading = one(REPORTS[language].replace(" ", blank), language)
    assert records(reading, lambda row: " ".join(row.replace(blank, " ").split())) == [
        " ".join(row.split()) for row in records(one(REPORTS[language], language))
    ]


@each
@pytest.mark.parametrize("sign", ["😀", "🇷🇺", "👩🏽‍⚖️", "⚡️"])
def test_emoji_between_sentences(language: str, sign: str) -> None:
    text = re.sub("。(?!”)", f"。{sign}", REPORTS[language].replace(". ", f". {sign} "))
    assert sign in text
    assert records(one(f"{sign} {text} {sign}", language)) == records(one(REPORTS[language], language))


def test_traditional_characters_are_the_same_words() -> None:
    traditional = "俄羅斯外長拉夫羅夫星期二批評歐盟。法國總統馬克龍說：「我們會作出回應。」據路透社報道，德國譴責了俄羅斯的襲擊。"
    rows = records(one(traditional, "zh"), lambda row: re.sub('"[^"]*"', "", row))
    assert rows == records(one(REPORTS["zh"], "zh"), lambda row: re.sub('"[^"]*"', "", row))
    assert read(Report(id="x", text=traditional)).report.language == "zh"


def test_marks_of_half_the_width() -> None:
    narrow = REPORTS["zh"].translate(str.maketrans("，。：“”", ',.:""'))
    assert records(one(narrow, "zh")) == records(one(REPORTS["zh"], "zh"))


def test_letters_and_digits_of_full_width() -> None:
    wide = "俄罗斯外长拉夫罗夫１１月１２日访问中国。ＮＡＴＯ谴责了俄罗斯。"
    narrow = "俄罗斯外长拉夫罗夫11月12日访问中国。NATO谴责了俄罗斯。"
    assert [e.date for e in one(wide, "zh").events] == [e.date for e in one(narrow, "zh").events]
    assert records(one(wide, "zh")) == records(one(narrow, "zh"))
    assert len(one(wide, "zh").events) == 2


@pytest.mark.parametrize("language", ENGLISH)
def test_english_quotation(language: str) -> None:
    reading = one(REPORTS[language] + "\n" + ENGLISH[language], language)
    added = [s for s in reading.statements if reading.report.text[: s.content[0].start].count("\n")]
    assert [(s.speaker, s.kind) for s in added] == [("emmanuel-macron", "direct")]
    assert "as long as it takes" in reading.report.text[slice(*added[0].content[0])]
    assert [e for e in reading.events if reading.report.text[: e.trigger.start].count("\n")] == []


@pytest.mark.parametrize("foreign", FOREIGN)
@each
def test_line_in_another_language_adds_nothing(language: str, foreign: str) -> None:
    first, rest = REPORTS[language], "\n".join([REPORTS[language]] * 2)
    reading = read(Report(id="x", text=f"{first}\n{FOREIGN[foreign]}\n{rest}"))
    assert reading.report.language == language or {reading.report.language, language} == {"id", "ms"}
    lines = {reading.report.text[: e.trigger.start].count("\n") for e in reading.events}
    assert lines
    assert 1 not in lines
    assert {reading.report.text[: s.content[0].start].count("\n") for s in reading.statements}.isdisjoint({1})
