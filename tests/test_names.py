"""People in no list: one id from every script."""

from __future__ import annotations

import pytest
from conftest import one

from kawat import packs
from kawat.mentions.romanise import latin_id


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("方晓明", "zh"),
        ("方曉明", "zh"),
        ("Фан Сяомин", "ru"),
        ("Phương Hiểu Minh", "vi"),
        ("Fang Xiaoming", "en"),
        ("Fang Xiaoming", "id"),
    ],
)
def test_chinese_name_has_one_id(name: str, language: str) -> None:
    assert latin_id(name.lower(), "CHN", packs.load(language)) == "fang-xiaoming"


@pytest.mark.parametrize(
    ("name", "country", "language", "ident"),
    [
        ("Иван Ли", "RUS", "ru", "ivan-li"),
        ("Чжоу Цзюньцзе", "CHN", "ru", "zhou-junjie"),
        ("Айбек Чанъаньев", "CHN", "ru", "aybek-chananev"),
        ("Trần Văn Minh", "VNM", "vi", "tran-van-minh"),
        ("欧阳晓明", "CHN", "zh", "ouyang-xiaoming"),
        ("阿里·本", "YEM", "zh", "ali-ben"),
    ],
)
def test_other_names(name: str, country: str, language: str, ident: str) -> None:
    assert latin_id(name.lower(), country, packs.load(language)) == ident


def test_a_later_mention_without_office_is_the_same_person() -> None:
    text = "Представитель МИД Китая Фан Сяомин осудил США. Фан Сяомин заявил, что Пекин ответит."
    assert {s.speaker for s in one(text, "ru").statements} == {"fang-xiaoming"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kapal Patroli Jepang Disiram Meriam Air\nKapal patroli Jepang disiram dengan meriam air oleh Tiongkok, kata Tokyo.", "id"),
        ("Japan Rejects Four Island Demands Over Fishing Row\nJapan rejected the island demands of South Korea in the fishing row.", "en"),
    ],
)
def test_a_headline_in_capitals_makes_no_names(text: str, language: str) -> None:
    assert [a.id for a in one(text, language).actors if a.kind not in ("state", "media")] == []
