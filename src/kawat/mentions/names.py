"""Runs of capitalised words: people and bodies that no list need know."""

from __future__ import annotations

from kawat.lexicon.match import fold
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node, state_of
from kawat.packs import Pack
from kawat.records import Span
from kawat.slugs import slug

_TITLE = 4  # words that a sentence in capitals has at least
_TITLE_SHARE = 0.75
_STORY = 40  # different words of a text that names again whom its headline names


def name_runs(nodes: list[Node], text: str, pack: Pack, known: frozenset[str]) -> list[Node]:
    """Listed people and runs of capitalised words as single nodes with a mention of kind `person` or `name`.

    `known`: capitalised words seen inside sentences of this report, and those of its listed people; a lone
    capital at the start of a sentence counts only if it is one of them.
    """
    for k, n in enumerate(nodes):
        if n.kinds and n.text in known and _family_name(n):
            nodes[k] = Node(n.start, n.end, n.text)
    out: list[Node] = []
    i = 0
    while i < len(nodes):
        node = nodes[i]
        person = node.entry("person") if "person" in node.kinds else None
        j = i + 1 if person else _run_end(nodes, i, text, pack) if node.text[0].isupper() else i
        if person:
            if j < len(nodes) and _glued(nodes[i], nodes[j]) and not _two_people(nodes, i):
                j = max(j, _run_end(nodes, i, text, pack))  # a listed name may begin small: "al-Jubeir"
            whole = j == i + 1
            span = Span(node.start, nodes[j - 1].end)
            mention = Mention(span, "person" if whole else "name", text[slice(*span)], entry=person if whole else None)
            out.append(merged(mention, text))
            out[-1].tags = node.tags if whole else frozenset()
        elif j > i + 2 and _initialled(nodes, i, j, pack):
            span, last = Span(node.start, nodes[j - 1].end), nodes[j - 1]
            out.append(merged(Mention(span, "person", text[slice(*span)], entry=last.entry("person")), text))
            out[-1].tags = last.tags
        elif j == i + 1 and (_month(nodes, i, pack) or _epithet(nodes, i, j, pack)):
            out.append(node)
        elif j > i and not _plain_opening(nodes, i, j) and not (j == i + 1 and _initial(nodes, i) and _no_name(node.text, pack, known)):
            mention, j = _named(nodes, i, j, out[-1] if out else None, text, pack)
            out.append(merged(mention, text))
        else:
            out.append(node)
            j = i + 1
        i = j
    return out


def lower_titles(rows: list[list[Node]], pack: Pack) -> None:
    """Where nearly all words of a sentence begin with a capital, as headlines do in some papers, a capital tells no name: words that the
    report has in small letters elsewhere, or nowhere else at all, and numbers, are read in small letters there."""
    titles = [nodes for nodes in rows if _all_capitals(nodes)]
    if not titles or len(titles) == len(rows):
        return
    small = {n.text for nodes in rows for n in nodes if n.text.islower()}.union(pack.data.times.numbers)
    story = {n.text for nodes in rows if not any(nodes is t for t in titles) for n in nodes}
    for nodes in titles:
        headline = len(story) >= _STORY and nodes[-1].text != "."
        for k, n in enumerate(nodes):
            unknown = headline and n.text not in story and not (k and nodes[k - 1].has("office"))
            if not n.entries and n.text[0].isupper() and (n.text.lower() in small or unknown):
                nodes[k] = Node(n.start, n.end, n.text.lower())


def _all_capitals(nodes: list[Node]) -> bool:
    words = [n for n in nodes if n.text[0].isalpha()]
    return len(words) >= _TITLE and sum(n.text[0].isupper() for n in words) >= _TITLE_SHARE * len(words)


def _month(nodes: list[Node], i: int, pack: Pack) -> bool:
    """ "The July coup": a month alone is nobody, but behind a title."""
    titled = i and nodes[i - 1].has("office", "modifier")
    return not titled and nodes[i].text in pack.data.times.months and not pack.entries_of(fold(nodes[i].text))


def _no_name(word: str, pack: Pack, known: frozenset[str]) -> bool:
    """A lone capital at the start of a sentence that the report has nowhere else, or that is a number."""
    return word not in known or word.lower() in pack.data.times.numbers


def _initialled(nodes: list[Node], i: int, j: int, pack: Pack) -> bool:
    """ "E. Macron": the initials of a listed person before the family name."""
    person = nodes[j - 1].entry("person")
    given = [n for n in nodes[i : j - 1] if n.text != "."]
    if person is None or person.case == 0 or any(len(n.text) > 1 for n in given):
        return False
    names = [n for row in pack.world.people[person.ref].names.values() for n in row if " " in n]
    return any(n.startswith(nodes[i].text) for n in names)


def _plain_opening(nodes: list[Node], i: int, j: int) -> bool:
    """ "Message of NAME": a word that opens the sentence before a name in another case than the nominative."""
    return _initial(nodes, i) and any(n.has("person") and n.tags and all(t[2:] != "n" for t in n.tags) for n in nodes[i + 1 : j])


def _epithet(nodes: list[Node], i: int, j: int, pack: Pack) -> bool:
    """ "[Of the] Second department": a lone adjective whose noun stands behind it in a case that is no subject's."""
    if j >= len(nodes) or pack.epithet_shape is None or not pack.epithet_shape.fullmatch(nodes[i].text):
        return False
    after = nodes[j]
    small = after.text[0].islower() or (bool(after.tags) and all(t[0] == "A" for t in after.tags))
    return small and after.word and not after.verb and any(len(t) == 3 and t[0] in "NA" and t[2] in "gdil" for t in after.tags)


def _named(nodes: list[Node], i: int, j: int, before: Node | None, text: str, pack: Pack) -> tuple[Mention, int]:
    """A run of name words `[i, j)` as a mention, and where it ends: what it is, the noun before it or its first word may say."""
    introducer = before.entry("introducer") if before else None
    ending = pack.endings.get(nodes[j - 1].text, "") if j > i + 1 else ""  # "Lowy Institute", "Telma TV"
    if introducer is None and not ending and (j == i + 1 or not _headed(nodes, i, pack)):
        span = Span(nodes[i].start, nodes[j - 1].end)
        return Mention(span, "name", text[slice(*span)]), j
    owner = nodes[j] if j < len(nodes) and nodes[j].has("state") else None
    country = state_of(owner, pack) if owner else None
    if owner and pack.grammar.possessor == "behind" and nodes[i].text in pack.heads:
        j += 1
    span = Span(nodes[i].start, nodes[j - 1].end)
    name = text[slice(*span)]
    if introducer and introducer.id == "place":
        return Mention(span, "name", name, place=True), j
    kind = introducer.id if introducer else ending or "organisation"
    return Mention(
        span, kind, name, (slug(name) or kind,), country, owner.span if owner and country else None, "stated" if country else None
    ), j


def _initial(nodes: list[Node], i: int) -> bool:
    return not any(n.word for n in nodes[:i])


def capitals(nodes: list[Node], i: int) -> bool:
    """A capitalised word that no list explains."""
    n = nodes[i]
    if n.entries or n.time or not n.text[0].isupper():
        return False
    return n.word and (n.text[0].isalpha() or any(c.isalpha() for c in n.text))


def _in_name(nodes: list[Node], i: int) -> bool:
    """A capitalised word that may be part of a name although a list has it ("Ari Perdana", "Grace")."""
    n = nodes[i]
    if not n.text[0].isupper():
        return False
    return capitals(nodes, i) or "person" in n.kinds or _small_word_as_name(nodes, i)


def _family_name(n: Node) -> bool:
    """A function word with a capital that the report has in a person's name: "May" where it names Theresa May."""
    return n.text[0].isupper() and not n.text.isupper() and all(e.kind in ("glue", "modality") for e in n.entries)


def _small_word_as_name(nodes: list[Node], i: int) -> bool:
    """A function word with a capital behind a title is a family name: "Prime Minister May"."""
    n = nodes[i]
    if not i or not n.kinds or not n.text[0].isupper() or any(e.kind not in ("glue", "modality") for e in n.entries):
        return False
    if n.text.isupper() and len(n.text) > 1:
        return False
    before = nodes[i - 1]
    return (before.has("office", "modifier") and before.text[0].isupper()) or _before_given_name(nodes, i)


def _before_given_name(nodes: list[Node], i: int) -> bool:
    """A small word with a capital inside a sentence, before a capitalised word in no list: the family name "U" of "envoy U Ken"."""
    before, n, after = nodes[i - 1], nodes[i], nodes[i + 1] if i + 1 < len(nodes) else None
    if after is None or n.has("glue:articles", "quote") or " " in n.text or not capitals(nodes, i + 1) or after.start != n.end + 1:
        return False
    inside = before.word and (before.text[0].islower() or before.has("office", "state", "body", "place", "institution"))
    return inside and not _all_capitals(nodes)


def _syllable(nodes: list[Node], i: int, pack: Pack) -> bool:
    """A capitalised syllable that a list has in small letters, or only doubtfully: "Trung", "Đoàn" in a name."""
    n = nodes[i]
    if pack.grammar.names != "syllables" or not n.word or not n.text[0].isupper() or " " in n.text or n.time:
        return False
    return all((e.case == 0 and e.kind not in ("cue", "trigger")) or e.via.endswith("?") for e in n.entries)


def _glued(a: Node, b: Node) -> bool:
    return (a.end == b.start and b.text in "-'’") or (a.end < b.start and b.word and b.text[0].isupper() and not b.entries and not b.time)


def _two_people(nodes: list[Node], i: int) -> bool:
    """ "Biden-Scholz": two listed people with a hyphen between."""
    first, second = nodes[i].entry("person"), nodes[i + 2].entry("person") if i + 2 < len(nodes) else None
    tight = nodes[i + 1].text in "-–" and second is not None and nodes[i + 2].start == nodes[i + 1].end
    return tight and first is not None and second is not None and first.ref != second.ref


def _named_state(n: Node) -> bool:
    return any(e.kind == "state" and not e.via.startswith(("capital", "seat")) for e in n.entries)


def _headed(nodes: list[Node], i: int, pack: Pack) -> bool:
    """A word, or a word with its preposition, by which the name of a body begins: "Institute for"."""
    two = f"{nodes[i].text} {nodes[i + 1].text}" if i + 1 < len(nodes) else ""
    return nodes[i].text in pack.heads or two in pack.heads


def _run_end(nodes: list[Node], i: int, text: str, pack: Pack) -> int:
    """Index after the run of name words that starts at `i`; `i` where none starts."""
    if not nodes[i].text[0].isupper():
        return i
    opens = not _initial(nodes, i) and _syllable(nodes, i, pack) and i + 1 < len(nodes) and _in_name(nodes, i + 1)
    if not _in_name(nodes, i) and not opens:
        return i
    particles, links = pack.data.head.shapes.name_particles, pack.data.head.shapes.name_links
    j = i + 1
    headed = _headed(nodes, i, pack)
    if headed and nodes[i].text not in pack.heads:
        j = i + 2
    while j < len(nodes):
        n = nodes[j]
        if (headed and n.word and n.text[0].isupper() and not n.has("person") and not _named_state(n) and text[n.start - 1] == " ") or (
            (_in_name(nodes, j) or _syllable(nodes, j, pack)) and text[n.start - 1] in " -'’."
        ):
            j += 1
        elif (
            (
                n.text in "-'’"
                and j + 1 < len(nodes)
                and n.start == nodes[j - 1].end
                and nodes[j + 1].start == n.end
                and nodes[j + 1].word
                and not nodes[j + 1].has("state", "place", "body")
            )
            or (n.text in particles and j + 1 < len(nodes) and _in_name(nodes, j + 1))
            or (headed and n.text in links and j + 1 < len(nodes) and nodes[j + 1].text[0].isupper() and not nodes[j + 1].time)
            or (n.text == "." and len(nodes[j - 1].text) == 1 and j + 1 < len(nodes) and _in_name(nodes, j + 1))
            or (
                n.word and n.text[0].isupper() and j + 1 < len(nodes) and nodes[j + 1].text in pack.endings and not n.has("state", "person")
            )
        ):
            j += 2
        else:
            break
    return j


def merged(mention: Mention, text: str) -> Node:
    start, end = mention.span
    return Node(start, end, text[start:end], mention=mention)
