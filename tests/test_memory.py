"""What a pack remembers of forms and tokens stays bounded, and forgetting it changes no record."""

from __future__ import annotations

from itertools import product

import pytest
from conftest import one

from kawat import packs
from kawat.lexicon import inflect

_TEXT = "Министр иностранных дел России Сергей Лавров осудил санкции Евросоюза и встретился с послом Японии в Москве."
_FEW = 40
_SENTENCE = 25  # words


def test_words_that_no_text_had_before_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflect, "_KEPT", _FEW)
    monkeypatch.setattr(packs, "_KEPT", _FEW)
    pack = packs.load("ru")
    assert pack.lexicon
    wanted = one(_TEXT, "ru")
    words = [f"{a}о{b}а{c}ов" for a, b, c in product("бвгджзкл", repeat=3)]
    for k in range(0, len(words), _SENTENCE):
        one(" ".join(words[k : k + _SENTENCE]) + ".", "ru")
        remembered = (pack.met, pack.cased, pack.lexicon._read, pack.lexicon._keys, pack.lexicon._tags)
        assert all(len(kept) <= _FEW + 2 * _SENTENCE for kept in remembered)
    assert one(_TEXT, "ru") == wanted
