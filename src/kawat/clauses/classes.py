"""Word classes by position: whether a form that may be a verb or a noun is one or the other, and what "that" is.

For languages in which one form is often both (`word_class = "position"`). What stands before decides first (an article
makes a noun, an auxiliary a verb), then what stands behind (an object makes a verb, a preposition a noun).
"""

from __future__ import annotations

from kawat.clauses.borders import LINKS
from kawat.lexicon.compile import Entry
from kawat.lexicon.match import kinds_of
from kawat.mentions.nodes import Node, adverb, is_verb
from kawat.packs import Pack

_REACH = 9  # nodes from a conjunction back to the verb whose clause it opens
_DETERMINERS = ("glue:plural_markers", "glue:definite", "glue:genitive")
_FUNCTION = ("glue:articles", "glue:prepositions", "glue:complementizers", "glue:relative", "glue:auxiliaries", "glue:modals")


def decide(nodes: list[Node], pack: Pack) -> None:
    """Set `verb`, `noun` and `form` of all nodes, and take away the readings that their place rules out."""
    for n in nodes:
        n.verb = n.noun = False
        n.form = _form(n, pack) if is_verb(n, pack) else ""
    for i, n in enumerate(nodes):
        if n.form == "progressive" and n.has("glue:prepositions") and (j := before(nodes, i, pack)) >= 0 and nodes[j].has("glue:copulas"):
            n.entries, n.kinds = (), frozenset()  # "was concerning"
        if n.form:
            n.verb = _is_verb(nodes, i, pack)
            n.noun = not n.verb
            _keep(n, pack)
        elif n.kinds and n.has("cue", "trigger"):
            n.noun = True
    for i, n in enumerate(nodes):
        if "glue:complementizers" in n.kinds and "glue:relative" in n.kinds:
            _conjunction(nodes, i, pack)


def _form(n: Node, pack: Pack) -> str:
    """progressive, past, third or base, by the shape of the head word; an irregular form of a listed verb is past."""
    word = n.text.lower().split()[0]
    for name, shape in pack.verb_forms.items():
        if shape.fullmatch(word):
            return name
    if word in pack.homographs:
        return "base"
    lemmas = {e.rule.rsplit(":", 1)[-1].split()[0] for e in n.entries if e.kind in ("cue", "trigger")}
    return "base" if word in lemmas else "past"


def _shaped(n: Node, pack: Pack) -> bool:
    """It has the shape of an inflected form."""
    return any(shape.fullmatch(n.text.lower().split()[0]) for shape in pack.verb_forms.values())


def _act_noun(e: Entry, pack: Pack) -> bool:
    return (e.kind == "trigger" and pack.data.triggers[e.ref].pos == "noun") or (e.kind == "cue" and pack.data.cues[e.ref].kind == "noun")


def _keep(n: Node, pack: Pack) -> None:
    """Only the readings of the class that was decided."""
    if not n.has("cue", "trigger"):
        return
    entries = tuple(e for e in n.entries if e.kind not in ("cue", "trigger") or _act_noun(e, pack) != n.verb)
    if len(entries) != len(n.entries):
        n.entries, n.kinds = entries, kinds_of(entries)


def small(n: Node, pack: Pack) -> bool:
    """An adverb or negation, which stands between words that belong together."""
    if n.has("glue:adverbs", "glue:negation") and not n.has("glue:auxiliaries", "glue:modals"):
        return True
    return not n.kinds and not n.mention and adverb(n, pack)


def before(nodes: list[Node], i: int, pack: Pack) -> int:
    """Index of the node before `i` over adverbs; -1 where none is."""
    j = i - 1
    while j >= 0 and small(nodes[j], pack):
        j -= 1
    return j


def _behind(nodes: list[Node], i: int, pack: Pack) -> int:
    j = i + 1
    while j < len(nodes) and small(nodes[j], pack):
        j += 1
    return j


def _is_verb(nodes: list[Node], i: int, pack: Pack) -> bool:
    n = nodes[i]
    if n.has("glue:auxiliaries"):
        return not _carries(nodes, i, pack)
    if n.has("glue:prepositions") and n.form == "progressive":
        return False  # "regarding the deal"
    doubtful = any(_act_noun(e, pack) for e in n.entries) or n.text.lower() in pack.homographs
    j = before(nodes, i, pack)
    if j < 0:
        return n.form in ("past", "progressive") or not doubtful
    left = nodes[j]
    by_left = _by_left(nodes, i, j, left, doubtful, pack)
    if by_left is not None:
        return by_left
    if n.form == "past":
        return True
    if n.form == "progressive":
        return not (doubtful and not object_behind(nodes, i, pack))
    if not doubtful:
        return True
    if n.form == "third":
        return object_behind(nodes, i, pack)
    plural = _plural(left, pack) or (left.has(*LINKS) and _bare_verb_before(nodes, j))
    return plural and (object_behind(nodes, i, pack) or left.mention is not None)


def _by_left(nodes: list[Node], i: int, j: int, left: Node, doubtful: bool, pack: Pack) -> bool | None:
    """What the node before decides; None where it leaves it open."""
    n = nodes[i]
    last = left.text.lower().rsplit(" ", 1)[-1]
    if left.has("glue:modals") and not (left.mention or n.form in ("third", "progressive")):
        return True
    if left.has("glue:auxiliaries"):
        return n.form in ("past", "progressive") or n.text.lower() in pack.unchanged or (n.form == "base" and not doubtful)
    if last in pack.data.glue.infinitive and (left.has("glue:prepositions") or " " in left.text):
        return n.form in ("base", "progressive") or not _shaped(n, pack)
    if left.has("glue:articles"):
        return False
    if left.mention and left.mention.of == "possessor":
        return False
    if left.has("glue:genitive"):
        return j > 0 and nodes[j - 1].mention is not None and _pronoun(nodes[j - 1]) and n.form in ("past", "progressive")
    if left.has(*_DETERMINERS) or _count(left, pack):
        return not doubtful and n.form != "progressive" and not (n.form == "past" and _noun_behind(nodes, i, pack))
    if left.mention:
        return _by_mention(nodes, i, left, doubtful, pack)
    if left.has("glue:relative"):
        return True
    if left.has("glue:prepositions"):
        if n.form == "progressive":
            return not (doubtful and not object_behind(nodes, i, pack))
        return n.form == "past" and left.has("glue:sub:time") and not _noun_behind(nodes, i, pack)
    if n.form == "past" and left.verb and _noun_behind(nodes, i, pack):
        return left.has("cue") and not left.has("glue:light")
    if left.verb and n.form in ("base", "third") and (doubtful or n.form == "base"):
        return bool(left.has("glue:causatives") and n.form == "base" and object_behind(nodes, i, pack))
    return None


def _by_mention(nodes: list[Node], i: int, left: Node, doubtful: bool, pack: Pack) -> bool | None:
    n = nodes[i]
    if _pronoun(left):
        return True
    if n.text.lower() in pack.unchanged and not adjective(left):
        return object_behind(nodes, i, pack) or _behind(nodes, i, pack) >= len(nodes) - 1
    if adjective(left):
        if n.form == "past":
            return not _noun_behind(nodes, i, pack)
        return not doubtful if n.form != "progressive" else None
    return None


def _carries(nodes: list[Node], i: int, pack: Pack) -> bool:
    """An auxiliary with its verb behind it."""
    k = _behind(nodes, i, pack)
    if k < len(nodes) and (nodes[k].mention or nodes[k].has("glue:articles")):
        return False
    if k >= len(nodes):
        return False
    n = nodes[k]
    if n.has("glue:auxiliaries", "glue:modals"):
        return True
    if n.moods and (" " in n.text or n.form == "past"):
        return True
    passive = nodes[i].has("glue:passive_auxiliaries") or not nodes[i].has("glue:modals")
    word = n.text.lower()
    return n.form in ("past", "progressive") or word in pack.unchanged or (n.form == "base" and not passive)


def object_behind(nodes: list[Node], i: int, pack: Pack) -> bool:
    """What follows is an object, not a preposition, mark or verb."""
    k = _behind(nodes, i, pack)
    if k >= len(nodes) or not nodes[k].word:
        return k < len(nodes) and nodes[k].has("quote")
    n = nodes[k]
    if n.mention or n.has("glue:articles", "glue:complementizers", *_DETERMINERS) or _count(n, pack):
        return True
    if n.time and nodes[k + 1 : k + 2] and nodes[k + 1].has("glue:genitive"):
        return True
    if n.time or n.has("glue:prepositions", "glue:auxiliaries", "glue:modals", "glue:relative", *LINKS):
        return False
    if any(x.startswith(("modality:", "glue:sub:")) for x in n.kinds):
        return False
    return not n.form or n.form == "progressive" or (n.form == "past" and _noun_behind(nodes, k, pack))


def _noun_behind(nodes: list[Node], i: int, pack: Pack) -> bool:
    """A noun of which the node is an attribute: "the proposed deal"."""
    k = _behind(nodes, i, pack)
    if k >= len(nodes) or not nodes[k].word or nodes[k].time:
        return False
    n = nodes[k]
    if n.mention:
        return False
    if n.has(*_FUNCTION, *_DETERMINERS, *LINKS):
        return False
    if n.form:
        return any(_act_noun(e, pack) for e in n.entries)
    return n.has("trigger", "cue") or (not n.kinds and not _count(n, pack)) or n.has("organisation", "institution", "group")


def _pronoun(n: Node) -> bool:
    m = n.mention
    return bool(m and m.entry and m.entry.kind == "pronoun" and m.of != "possessor")


def adjective(n: Node) -> bool:
    """A state named by its adjective."""
    m = n.mention
    return bool(m and m.entry and m.entry.kind in ("state", "place") and m.entry.via.startswith("adjective"))


def _plural(n: Node, pack: Pack) -> bool:
    if n.mention:
        return len(n.mention.ids) > 1 or n.mention.kind in ("group", "plain-group", "institution") or bool(n.mention.nouns)
    third = pack.verb_forms.get("third")
    return n.word and not n.verb and not n.kinds and third is not None and bool(third.fullmatch(n.text.lower()))


def _bare_verb_before(nodes: list[Node], j: int) -> bool:
    return any(nodes[k].verb and nodes[k].form == "base" for k in range(max(0, j - 8), j))


def _count(n: Node, pack: Pack) -> bool:
    return n.text.isdecimal() or n.text.lower() in pack.data.times.numbers


def _conjunction(nodes: list[Node], i: int, pack: Pack) -> None:
    """A word that may be a complementizer, a relative or a demonstrative is left as one of them."""
    what = _what(nodes, i, pack)
    drop = {"complement": "glue:relative", "relative": "glue:complementizers"}.get(what)
    gone = {drop} if drop else {"glue:relative", "glue:complementizers"}
    nodes[i].kinds = nodes[i].kinds - gone


def _what(nodes: list[Node], i: int, pack: Pack) -> str:
    j = before(nodes, i, pack)
    if j < 0 or nodes[j].has("glue:prepositions"):
        return "demonstrative"
    left = nodes[j]
    if left.has("glue:coordinators") or left.verb or left.has("cue"):
        return "complement"
    k = _behind(nodes, i, pack)
    finite = k < len(nodes) and (nodes[k].has("glue:auxiliaries", "glue:modals") or (nodes[k].verb and nodes[k].form != "progressive"))
    owner = _clause_taker(nodes, i, j)
    if finite:
        return "relative" if left.text != "," or owner else "demonstrative"
    return "complement" if owner else "relative"


def _told(nodes: list[Node], k: int, i: int) -> bool:
    """An article before one who is told: "told the BBC that"."""
    n = nodes[k + 1]
    return bool(n.mention and (k + 2 >= i or nodes[k + 2].time or nodes[k + 2].has("glue:prepositions")))


def _clause_taker(nodes: list[Node], i: int, j: int) -> bool:
    """A verb or noun to the left that takes a clause and has no object of its own but whom it is told."""
    plain = bare = False
    for k in range(j, max(-1, i - _REACH), -1):
        n = nodes[k]
        if n.verb:
            return not bare and (n.has("cue", "glue:copulas") or not plain)
        if n.has("cue") and n.noun:
            return not plain
        if n.has("glue:prepositions"):
            bare = False
        if n.has("glue:articles", "glue:indefinite") and not _told(nodes, k, i):
            bare = True
        if n.has("glue:complementizers", "glue:relative") or n.text in ";:":
            return False
        plain |= n.word and not n.kinds and not n.mention
    return False
