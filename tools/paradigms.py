"""Write `paradigms.toml` of a pack: how the words of its entries, and of the world's names, inflect.

Run by the authors of a pack, never by its readers: `pip install -e .[morphology] && python tools/paradigms.py ru`.
Words come from pymorphy3 (OpenCorpora); names of people and places that it does not know are declined by the rules of Russian
grammar for names in consonants and vowels. The output depends on the packs and the dictionary alone.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kawat.lexicon.match import fold
from kawat.lexicon.tokens import TOKEN

ROOT = Path(__file__).parent.parent / "src/kawat/packs"
CASES = {"nomn": "n", "gent": "g", "gen2": "g", "datv": "d", "accs": "a", "acc2": "a", "ablt": "i", "loct": "l", "loc2": "l"}
GENDERS = {"masc": "m", "femn": "f", "neut": "n"}
_MEN = frozenset({"эммануэль", "мишель", "никола", "андреа"})  # names that the dictionary has for women alone
_MALE = {"": "n", "а": "ga", "у": "d", "ом": "i", "е": "l"}
_SIBILANT = {**_MALE, "ом": "", "ем": "i"}
_SHORT_NAME = re.compile("[аеиоуыэюя][бвгдзклмнпрстфхш]")  # the last of a name in three words, "Ын"
_RULES = (  # ending of a name, letters cut off, endings with their cases, gender
    (("ий", "ей", "ай", "ой", "уй", "эй"), 1, {"й": "n", "я": "ga", "ю": "d", "ем": "i", "е": "l"}, "m"),
    (("ь",), 1, {"ь": "n", "я": "ga", "ю": "d", "ем": "i", "е": "l"}, "m"),
    (("ов", "ев", "ин"), 0, {**_MALE, "ым": "i"}, "m"),
    (("ц", "ч", "ш", "щ", "ж"), 0, _SIBILANT, "m"),
    (("га", "ка", "ха", "жа", "ша"), 1, {"а": "n", "и": "g", "е": "dl", "у": "a", "ой": "i"}, "f"),
    (("а",), 1, {"а": "n", "ы": "g", "е": "dl", "у": "a", "ой": "i"}, "f"),
    (("ия",), 1, {"я": "n", "и": "gdl", "ю": "a", "ей": "i"}, "f"),
    (("я",), 1, {"я": "n", "и": "g", "е": "dl", "ю": "a", "ей": "i"}, "f"),
)  # fmt: skip
Paradigm = tuple[str, tuple[tuple[str, str], ...]]  # stem, (ending, tag) of every form


def _morph() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def tag_of(tag: Any) -> str | None:
    """A form's tag: part of speech, number or gender (m f n p, x: any), case, as docs/packs.md has it. None: not kept."""
    gn = "p" if tag.number == "plur" else GENDERS.get(tag.gender or "", "x")
    case = CASES.get(tag.case or "", "")
    if tag.POS in ("NOUN", "NPRO") and case:
        return f"N{gn}{case}"
    if tag.POS == "ADJF" and case:
        return f"A{gn}{case}"
    if tag.POS == "PRTF" and case:
        return f"{'P' if tag.voice == 'pssv' else 'T'}{gn}{case}"
    if tag.POS in ("PRTS", "ADJS"):
        return ("S" if tag.POS == "PRTS" else "J") + gn
    if tag.POS in ("INFN", "GRND"):
        return tag.POS[0]
    if tag.POS == "VERB":
        if tag.mood == "impr":
            return "M"
        if tag.tense == "past":
            return "V" + gn
        who = {"1per": "1", "2per": "2"}.get(tag.person or "", "p" if tag.number == "plur" else "s")
        return ("F" if tag.tense == "futr" else "R") + who
    return None


class Writer:
    def __init__(self) -> None:
        self.morph = _morph()
        self.words: dict[str, set[Paradigm]] = defaultdict(set)
        self.verbs: set[str] = set()

    def paradigm(self, lexeme: Iterable[tuple[str, str]]) -> Paradigm | None:
        forms = sorted({(fold(w), t) for w, t in lexeme})
        words = {w for w, _ in forms}
        if len(words) < 2:
            return None
        stem = os.path.commonprefix(sorted(words))  # noqa: RUF071
        return stem, tuple((w[len(stem) :], t) for w, t in forms)

    def lexeme(self, parse: Any) -> list[tuple[str, str]]:
        return [
            (f.word, t)
            for f in parse.lexeme
            if f.word.count("-") == parse.word.count("-") and (t := tag_of(f.tag)) and ("Infr" not in f.tag or "Abbr" in f.tag)
        ]

    def add(self, word: str, paradigm: Paradigm | None) -> None:
        if paradigm:
            self.words[fold(word)].add(paradigm)

    def listed(self, form: str, transitive: bool = False) -> None:
        """A form of a pack: its words by the dictionary."""
        tokens = TOKEN.findall(form)
        for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
            if after == "-" and token.endswith("о"):
                continue  # the first half of a compound adjective is no noun
            if token[0].isalpha() and len(token) > 2 and not token.isupper():
                self._word(token.lower(), transitive)
            elif token in ("я", "мы", "вы", "он", "МИД", "МВД", "НАТО"):
                self._word(token.lower(), False)

    def _word(self, word: str, transitive: bool) -> None:
        parses = [p for p in self.morph.parse(word) if p.tag.POS in ("NOUN", "ADJF", "ADJS", "INFN", "NPRO", "VERB", "PRTF", "PRTS")]
        best = max((p.score for p in parses), default=0)
        inf = [p for p in parses if p.tag.POS == "INFN"]
        kept = inf or [p for p in parses if p.score >= best / 8]
        if any(p.tag.POS == "NOUN" and p.normal_form == word for p in kept):
            kept = [p for p in kept if p.tag.POS != "ADJS"]
        for p in kept:
            if p.tag.POS in ("VERB", "PRTS"):
                continue
            if p.tag.POS == "PRTF":
                self.add(word, self.paradigm(self._participle(p)))
                continue
            self.add(word, self.paradigm(self.lexeme(p)))
            if inf and transitive and "tran" in p.tag and "impf" in p.tag and fold(word + "ся") not in self.verbs:
                self._reflexive(word)

    def _participle(self, parse: Any) -> list[tuple[str, str]]:
        """A participle that is listed by itself, as an adjective."""
        kind = (parse.tag.voice, parse.tag.tense)
        return [
            (f.word, "A" + t[1:])
            for f in parse.lexeme
            if f.tag.POS == "PRTF" and (f.tag.voice, f.tag.tense) == kind and (t := tag_of(f.tag))
        ]

    def _reflexive(self, word: str) -> None:
        for p in self.morph.parse(word + "ся"):
            if p.tag.POS == "INFN" and p.is_known:
                self.add(word, self.paradigm([(w, t.lower() if t[0] in "VRFIT" else t) for w, t in self.lexeme(p) if t[0] not in "GM"]))

    def name(self, name: str, female: bool, person: bool) -> None:
        """A proper name: by the dictionary where it is known as one, else by the rules."""
        tokens = TOKEN.findall(name)
        for k, token in enumerate(tokens):
            if (
                token[0].isupper()
                and (len(token) > 2 or (person and 0 < k == len(tokens) - 1 and _SHORT_NAME.fullmatch(token.lower())))
                and not token.isupper()
                and fold(token)[-1] in ("абвгдежзийклмнпрстфхцчшщьюяе" if person else "абвгдежзийклмнпрстфхцчшщьыюяе")
            ):
                self._name_word(token.lower(), female, person)
            if not person and token[0].isalpha() and tokens[k + 1 : k + 2] != ["-"] and not self._adjective(token.lower()):
                break

    def _adjective(self, word: str) -> bool:
        return any(p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn" and p.is_known for p in self.morph.parse(word))

    def _name_word(self, word: str, female: bool, person: bool) -> None:
        wanted = "femn" if female else "masc"
        found = False
        for p in self.morph.parse(word):
            proper = not {"Surn", "Name", "Geox", "Patr"}.isdisjoint(p.tag.grammemes)
            if not p.is_known or p.tag.case != "nomn" or p.tag.POS not in ("NOUN", "ADJF") or (person and not proper):
                continue
            if person and str(p.tag.gender) not in (wanted, "None"):
                continue
            found = found or "Fixd" not in p.tag or female or not person
            if "Fixd" not in p.tag and (person or p.tag.number != "plur" or "Geox" in p.tag or p.tag.POS == "ADJF"):
                self.add(
                    word,
                    self.paradigm(
                        [
                            (w, t)
                            for w, t in self.lexeme(p)
                            if self._own(p, t) and (p.tag.POS != "NOUN" or (t[1] == "p") == (p.tag.number == "plur"))
                        ]
                    ),
                )
        if not found and not (person and female and word[-1] not in "ая"):
            self.add(word, self.by_rule(word, person, female))

    def _own(self, parse: Any, tag: str) -> bool:
        """A form of the same gender: a family name's paradigm holds those of both."""
        if parse.tag.number == "plur" and "Geox" in parse.tag:
            return tag[1] == "p"
        return tag[0] == "A" or tag[1] in ("p", "x", GENDERS.get(parse.tag.gender or "", "x"))

    def by_rule(self, word: str, person: bool, female: bool) -> Paradigm | None:
        if word.endswith(("их", "ых")) and person:
            return None
        if word.endswith(("ский", "цкий")):
            ends = {"ий": "n", "ого": "g", "ому": "d", "им": "i", "ом": "l", **({"ого": "ga"} if person else {"ий": "na"})}
            return word[:-2], tuple(sorted((e, f"Nm{c}") for e, cs in ends.items() for c in cs))
        if word.endswith("ая"):
            ends = {"ая": "n", "ой": "gdil", "ую": "a"}
            return word[:-2], tuple(sorted((e, f"Nf{c}") for e, cs in ends.items() for c in cs))
        for endings, cut, forms, gender in _RULES:
            if word.endswith(endings):
                return self._declined(word, cut, forms, gender if not person else "f" if female else "m", person)
        return self._declined(word, 0, _MALE, "m", person) if word[-1] in "бвгдзклмнпрстфх" else None

    def _declined(self, word: str, cut: int, forms: dict[str, str], gender: str, person: bool) -> Paradigm:
        rows = [(e, f"N{gender}{c}") for e, cases in forms.items() for c in cases]
        if not person and cut < 2 and forms.get("а") == "ga":
            rows = [r for r in rows if r != ("а", f"N{gender}a")] + [("", f"N{gender}a")]
        return word[: len(word) - cut], tuple(sorted(rows))

    def female(self, full: str) -> bool:
        first = TOKEN.findall(full)[0].lower()
        tags = [p.tag for p in self.morph.parse(first) if "Name" in p.tag and p.tag.case == "nomn" and p.tag.number == "sing"]
        return bool(tags) and first not in _MEN and all(t.gender == "femn" for t in tags)


def _load(folder: str, name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / folder / f"{name}.toml").read_text("utf-8"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for x in value:
            yield from _strings(x)
    elif isinstance(value, dict):
        for k, x in value.items():
            yield k
            yield from _strings(x)


_PLAIN_GLUE = frozenset({
    "prepositions", "locative", "place_of_event", "coordinators", "complementizers", "quotes", "abbreviations", "adverbs", "background",
})  # fmt: skip


def _pack(w: Writer, language: str) -> None:
    acts = [x for f, t in (("cues", "cue"), ("triggers", "trigger")) for x in _load(language, f)[t]]
    drafts = ROOT.parent.parent.parent / "drafts" / language
    for f, t in (("cues", "cue"), ("triggers", "trigger")):
        if (drafts / f"{f}.toml").exists():
            acts += tomllib.loads((drafts / f"{f}.toml").read_text("utf-8")).get(t, [])
    w.verbs = {fold(f) for a in acts for f in [a["lemma"], *a.get("forms", [])]}
    for a in acts:
        for form in a.get("needs", []):
            if form.islower():  # names are in the world's lists
                w.listed(form)
        for form in [a["lemma"], *a.get("forms", [])]:
            w.listed(form, transitive=a.get("kind", "verb") in ("verb", "participle"))
    glue = _load(language, "glue")
    for key, value in glue.items():
        if key not in _PLAIN_GLUE:
            for s in _strings(value):
                w.listed(s, transitive=key in ("light", "takes_place"))
    for key in ("offices", "institutions", "force", "relations"):
        for s in _strings({k: v for k, v in _load(language, key).items() if k not in ("orders", "parts")}):
            w.listed(s)
    for state in _load(language, "states")["state"]:
        for key in ("names", "capital", "seats"):
            for s in state.get(key, ()):
                w.name(s, False, False)
                if " " in s:
                    w.listed(s)
        for s in state.get("adjectives", ()):
            w.listed(s)


def _world(w: Writer, languages: list[str]) -> None:
    for file, table in (("people", "person"), ("bodies", "body"), ("outlets", "outlet"), ("places", "place"), ("mechanisms", "mechanism")):
        for row in _load("world", file)[table]:
            names = [n for lang in languages for n in row.get("names", {}).get(lang, ())]
            if not names:
                continue
            person = file == "people"
            female = person and w.female(names[0])
            for n in names:
                if file in ("bodies", "mechanisms"):
                    w.listed(n)
                w.name(n, female, person)
            for lang in languages:
                for s in row.get("adjectives", {}).get(lang, ()):
                    w.listed(s)


_HEAD = (
    "# How the words of this pack inflect. Written by tools/paradigms.py: do not edit.",
    "# Paradigms of known words are those of the OpenCorpora dictionary (CC BY-SA 3.0), read through pymorphy3.",
    "# A class is the endings of a paradigm, each with its tags; a word has a stem and the number of a class.",
)


def _quoted(s: str) -> str:
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(language: str) -> None:
    w = Writer()
    _pack(w, language)
    _world(w, [language])
    rows = {word: sorted(p) for word, p in sorted(w.words.items())}
    classes = sorted({c for ps in rows.values() for _, c in ps})
    at = {c: i for i, c in enumerate(classes)}
    out = [*_HEAD, "", "classes = ["]
    for c in classes:
        tags: dict[str, list[str]] = defaultdict(list)
        for ending, tag in c:
            tags[ending].append(tag)
        out.append("  " + _quoted(" ".join(f"{e}={','.join(t)}" for e, t in sorted(tags.items()))) + ",")
    out += ["]", "", "[words]"]
    out += [f"{_quoted(word)} = [{', '.join(_quoted(f'{stem} {at[c]}') for stem, c in ps)}]" for word, ps in rows.items()]
    (ROOT / language / "paradigms.toml").write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
