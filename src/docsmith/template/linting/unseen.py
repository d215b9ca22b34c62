"""Tags that a person does not see where they are filled in, or sees where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.model.fields import ANY, Field, find_field
from docsmith.template.dialect.mistyped import QUOTES, mistyped
from docsmith.template.dialect.places import Located
from docsmith.template.dialect.scan import STRAY, TAG, tags_in
from docsmith.template.dialect.syntax import is_readable
from docsmith.template.package.oxml import PARAGRAPH, ROW, Element, ancestor, w
from docsmith.template.problems import Passage, Problem

# What other programs and people put around a name.
_BRACKETS = {"{": "}", "${": "}", "<<": ">>", "《《": "》》", "«": "»", "【【": "】】", "[[": "]]"}
_PATH = r"\s*([^\W\d]\w*)(?:\s*\.\s*\w+)*\s*"
_OTHERS = re.compile(
    "|".join(
        rf"(?<![{{_%#$\\]){re.escape(begin)}{_PATH}{re.escape(end)}(?![}}_])"
        for begin, end in _BRACKETS.items()
    )
)
_INNER = re.compile(r"[\w.\s]+")
_QUOTES = re.compile(f"[{''.join(map(chr, QUOTES))}]")
_OFF = ("0", "false", "off", "none")


def unseen(places: Iterable[Located], fields: Sequence[Field] | None) -> Iterator[Problem]:
    """Yield what is wrong with tags that the tracking of changes or a format hides, and with half ones."""
    for place in places:
        if place.element.tag != PARAGRAPH:
            continue
        pieces = place.pieces
        passage = place.passage_of(pieces)
        if not any(begin in passage.text for begin in _BRACKETS):
            continue
        yield from _tracked(place, pieces)
        yield from _hidden(place.passage_of(filter(_is_hidden, pieces)))
        yield from _single_braces(passage, fields)
        yield from _smart_quotes(passage)


def _tracked(place: Located, pieces: Iterable[Element]) -> Iterator[Problem]:
    row = ancestor(place.element, ROW)
    deleted_row = row is not None and row.find(f"{w('trPr')}/{w('del')}") is not None
    changed: dict[str, list[Element]] = {}
    for piece in pieces:
        parents = {parent.tag for parent in piece.iterancestors()}
        if deleted_row or w("moveFrom") in parents:
            changed.setdefault("deleted", []).append(piece)
        elif parents & {w("ins"), w("moveTo")}:
            changed.setdefault("inserted", []).append(piece)
    for kind, texts in changed.items():
        passage = place.passage_of(texts)
        if not STRAY.search(passage.text):
            continue
        spot = passage.whole()
        if kind == "deleted":
            message = _("a tag stands in text that is marked as deleted.")
            yield Problem(spot, message, _("Accept the changes first."), "tag-deleted")
        else:
            message = _("a tag stands in text that is marked as inserted: who rejects it rejects the value.")
            yield Problem(spot, message, _("Accept the changes first."), "tag-inserted")


def _hidden(hidden: Passage) -> Iterator[Problem]:
    for match in TAG.finditer(hidden.text):
        if match[0].startswith("{{"):
            yield Problem(
                hidden.spot(*match.span()),
                _("the tag is formatted as hidden text: nobody will see its value."),
                _("Take the tick off “Hidden” in the font dialogue."),
                "tag-hidden",
            )


def _is_hidden(piece: Element) -> bool:
    run = ancestor(piece, w("r"))
    vanish = None if run is None else run.find(f"{w('rPr')}/{w('vanish')}")
    return vanish is not None and vanish.get(w("val"), "1") not in _OFF


def _single_braces(passage: Passage, fields: Sequence[Field] | None) -> Iterator[Problem]:
    """Look for ``{支部.书记}``, where a name is known, and for ``{{ x }}}``; other texts have them too."""
    text = passage.text
    for match in tags_in(text):
        if text.startswith("}", match.end()):
            message = _("a single brace beside a tag is printed as it is.")
            hint = _("Take the brace out, if nobody wants it there.")
            yield Problem(passage.spot(*match.span()), message, hint, "single-braces")
    plain = TAG.sub(lambda match: "\0" * len(match[0]), text)
    for one in mistyped(plain):
        plain = f"{plain[: one.start]}{chr(0) * (one.end - one.start)}{plain[one.end :]}"
    for match in _OTHERS.finditer(plain):
        found = find_field(fields or (), match[match.lastindex or 0])
        if found is not None and found.name != ANY:
            yield Problem(
                passage.spot(*match.span()),
                _("a name in these brackets is printed as it is."),
                _("Write {tag}.").format(tag=f"{{{{ {_INNER.findall(match[0])[0].strip()} }}}}"),
                "single-braces",
            )


def _smart_quotes(passage: Passage) -> Iterator[Problem]:
    for match in tags_in(passage.text):
        if _QUOTES.search(match[0]) and is_readable(match[0]):
            yield Problem(
                passage.spot(*match.span()),
                _("the tag has curly quotation marks; they are read as straight ones."),
                _("Write {tag}.").format(tag=match[0].translate(QUOTES)),
                "smart-quotes",
            )


def not_filled(xml: Mapping[str, Element], filled: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """Yield a problem for each part with tags that are not filled in, such as comments, with its name."""
    known = set(filled)
    for part, root in xml.items():
        if part in known:
            continue
        if part.endswith(".rels"):
            text = " ".join(unquote(link.get("Target", "")) for link in root)
        else:
            text = etree.tostring(root, encoding="unicode", method="text")
        if match := TAG.search(text):
            yield (
                part,
                Problem(
                    Passage("", text).spot(*match.span()),
                    _("a tag stands in {part}, where nothing is filled in.").format(part=part),
                    _("Move it into the text: comments, charts, addresses of links stay as they are."),
                    "tag-not-filled",
                ),
            )
