"""The tree of a page, made ready for extraction: what surely is furniture goes out, what belongs to the article is kept in.

An extractor knows paragraphs; it loses captions, standfirsts, bylines and agency credits, which Kawat reads or marks as pieces. Such an
element is told by the names that its markup gives it (class, id, itemprop, data-…), turned into a plain paragraph, and, where it stands
around the text's container, moved to its edge. Names of markup are no language: sites of all languages give them in English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from kawat.sources.tree import BLOCKS, Element, line_of, words_of

_SHORT = 600  # characters of a caption or credit
_SMALL = 0.4  # of the page's words: what holds more is no advertisement
_MOST = 0.5  # of the running text: what holds so much is the article's body
_WORDY = 25  # characters: a text node that counts
_FULL_CELL = 300  # characters: no table of figures has such a cell
_ATTRIBUTES = ("class", "id", "itemprop", "data-testid", "data-role", "data-type", "rel")
_UNSEEN = ("script", "style", "template", "iframe", "svg", "ins", "amp-ad", "amp-consent", "amp-sidebar", "button", "select", "form")

_COMMENTS = frozenset(("comment", "comments", "disqus", "respond"))
_ADS = frozenset((
    "ad", "ads", "adv", "advert", "advertisement", "advertising", "adslot", "adsense", "adsbygoogle", "banner", "sponsored", "promo",
))  # fmt: skip
_SITE = frozenset((
    "cookie", "cookies", "consent", "gdpr", "onetrust", "newsletter", "paging", "pagination", "breadcrumb", "breadcrumbs", "share",
    "sharing", "social",
))  # fmt: skip
_CAPTION = frozenset(("caption", "figcaption", "descr", "imgdescr", "cutline", "legend"))
_PICTURE = frozenset(("media", "photo", "image", "img", "picture", "figure"))
_OF_PICTURE = frozenset(("description", "copyright", "credit", "credits", "author", "source"))
_LEAD = frozenset((
    "sapo", "lead", "lede", "standfirst", "dek", "deck", "subtitle", "description", "summary", "intro", "subheadline",
    "subheading", "alternative",
))  # fmt: skip
_CREDIT = frozenset(("source", "sources", "credit", "credits", "signoff", "agency", "copyright"))
_SIGNED = _CREDIT | frozenset(("author", "authors", "byline", "editor", "editors"))


class _Names(NamedTuple):
    """The words in an element's own names."""

    words: frozenset[str]

    def furniture(self) -> bool:
        return bool(self.words & (_COMMENTS | _ADS | _SITE))

    def caption(self) -> bool:
        return bool(self.words & _CAPTION) or bool(self.words & _PICTURE and self.words & _OF_PICTURE)

    def lead(self) -> bool:
        return bool(self.words & _LEAD)


_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_PART = re.compile("[a-z]+")


def _names(element: Element) -> _Names:
    names = " ".join(value[:200] for a in _ATTRIBUTES if (value := element.get(a)))
    words = set(_PART.findall(_CAMEL.sub(" ", names).lower())) if names else set()
    if element.tag == "figcaption":
        words.add("caption")
    if "sign" in words and "off" in words:
        words.add("signoff")
    return _Names(frozenset(words))


def furnish(root: Element, heading: Element) -> Element:
    """The tree to extract from: that of the article's container, where one surely holds it, else the whole page. Changes `root`.
    `heading` is the element of the headline, or None."""
    _without_furniture(root, heading)
    _without_layout(root)
    main, share = container(root)
    if main is None:
        return root
    for box in [main, *main.iter("div", "section")]:
        _broken_into_paragraphs(box)
    before, behind = _around(root, main, heading)
    for element in list(main.iter()):
        if element.getparent() is not None and element is not main:
            names = _names(element)
            if names.caption() or names.lead() or names.words & _SIGNED:
                _as_paragraph(element)
    for element in main.iter("div", "section"):
        if not any(e.tag in BLOCKS and e.tag != "br" for e in element.iterdescendants()):
            element.tag = "p"
    for i, text in enumerate(before):
        main.insert(i, text)
    if before:
        before[-1].tail, main.text = main.text, None
    main.extend(behind)
    return _alone(main) if share >= _MOST and main.tag != "body" else root


def _alone(main: Element) -> Element:
    from lxml import html

    root = html.document_fromstring("<html><body><article></article></body></html>")
    main.attrib.clear()
    main.tail = None
    main.tag = "div"
    root.find(".//article").append(main)
    return root


def _without_furniture(root: Element, heading: Element) -> None:
    everything = max(1, len(words_of(root)))
    kept = set(heading.iterancestors()) | {heading} if heading is not None else set()
    for element in list(root.iter()):
        if element.getparent() is None or element in kept or element.tag in ("html", "head", "body"):
            continue
        if element.tag in _UNSEEN or (_names(element).furniture() and len(words_of(element)) < _SMALL * everything):
            element.drop_tree()


def _without_layout(root: Element) -> None:
    """Tables that hold paragraphs instead of figures become plain boxes."""
    for table in list(root.iter("table")):
        cells = [c for row in table.iter("td", "th") for c in (row,)]
        holds = any(e.tag in ("p", "div", "table", "h1", "h2", "h3") for e in table.iterdescendants())
        if holds or len(cells) < 2 or any(len(words_of(c)) > _FULL_CELL for c in cells):
            for part in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th", "center")]:
                part.tag = "div"
                part.attrib.pop("width", None)


def container(root: Element) -> tuple[Element | None, float]:
    """The element that holds most of the running text, and its share. Each piece of text counts for its block's parent, and half for
    the next one up."""
    weight: dict[Element, float] = defaultdict(float)
    sizes: dict[Element, int] = {}
    for element in root.iter():
        if element.tag in ("a", "head", "title", "option", "body", "html"):
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        size = sum(len(t) for t in map(str.strip, own) if len(t) >= _WORDY)
        block = _block(element) if size else None
        if block is None:
            continue
        sizes[element] = size
        broken = block.tag != "p" and sum(child.tag == "br" for child in block) > 1
        direct = block if broken else block.getparent()
        weight[direct] += size
        if (above := direct.getparent()) is not None:
            weight[above] += size / 2
    weight = {e: w for e, w in weight.items() if e.tag not in ("html", "head")}
    if not weight:
        return None, 0.0
    main = max(weight, key=weight.__getitem__)
    if any(e in sizes for sibling in _alike(main) for e in sibling.iter()):  # one text in several boxes
        main = main.getparent()
    return main, sum(sizes.get(e, 0) for e in main.iter()) / max(1, sum(sizes.values()))


def _alike(element: Element) -> list[Element]:
    """Siblings of the same name."""
    parent = element.getparent()
    own = element.get("class")
    return [s for s in parent.iterchildren(element.tag) if s is not element and s.get("class") == own] if own and parent is not None else []


def _broken_into_paragraphs(main: Element) -> None:
    """Text between line breaks, as old pages have it, becomes paragraphs."""
    if not any(child.tag == "br" for child in main):
        return
    children, run = list(main), main.makeelement("p")
    run.text, main.text = main.text, None
    for child in children:
        main.remove(child)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            main.append(run)
            if child.tag != "br":
                main.append(child)
            run = main.makeelement("p")
            run.text = tail
        else:
            child.tail = tail
            run.append(child)
    main.append(run)


def _block(element: Element) -> Element | None:
    """The box around an inline element, or itself; None for what stands right in the body."""
    while element is not None and (element.tag not in BLOCKS or element.tag == "br"):
        element = element.getparent()
    return element


def _around(root: Element, main: Element, heading: Element) -> tuple[list[Element], list[Element]]:
    """What belongs to the article and stands before or behind its container, as paragraphs taken out of their places: captions and
    standfirsts between headline and text; credits in the box that holds both."""
    up = list(main.iterancestors())
    if heading is None or main in heading.iterancestors():
        frame, begun = main.getparent(), True
    else:
        frame, begun = next((a for a in heading.iterancestors() if a in up), None), False
    if frame is None or frame is root:
        return [], []
    before: list[Element] = []
    behind: list[Element] = []
    passed = False
    inner = set(main.iter())
    for element in list(frame.iterdescendants()):
        if element is heading:
            begun = True
        passed = passed or element is main
        if element in inner or element in up or element.getparent() is None or not begun:
            continue
        names = _names(element)
        wanted = (names.words & _CREDIT and frame.tag != "body") if passed else (names.caption() or names.lead())
        if wanted and _as_paragraph(element):
            (behind if passed else before).append(element)
    for element in (*before, *behind):
        element.drop_tree()
        element.tail = None
    return before, behind


def _as_paragraph(element: Element) -> bool:
    """Turn a short element into a paragraph of its words. Tells whether it is one."""
    text = line_of(element)
    if not text or len(text) > _SHORT:
        return False
    inner = [e for e in element.iterdescendants() if e.tag in ("p", "div", "figure")]
    if len(inner) > 3:  # a box of several things
        return False
    for child in list(element):
        element.remove(child)
    element.text = text
    element.attrib.clear()
    if element.tag in ("span", "em", "i", "strong", "b", "a", "small", "cite", "font") and _in_paragraph(element):
        return False
    element.tag = "p"
    for above in element.iterancestors("figure"):
        above.tag = "div"
    return True


def _in_paragraph(element: Element) -> bool:
    return any(a.tag in ("p", "h1", "h2", "h3", "h4", "li", "blockquote") for a in element.iterancestors())
