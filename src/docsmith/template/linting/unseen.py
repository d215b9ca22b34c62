"""Tags that a person does not see where they are filled in, or sees where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.model.fields import ANY, Field, find_field
from docsmith.template.dialect.mistyped import mistyped
from docsmith.template.dialect.places import Located
from docsmith.template.dialect.scan import QUOTES, STRAY, TAG
from docsmith.template.dialect.syntax import is_readable
from docsmith.template.package.oxml import PARAGRAPH, ROW, TEXT, Element, ancestor, nearest, w
from docsmith.template.problems import Problem, Spot, around

_SINGLE = re.compile(r"(?<![{_%#$\\])\{\s*([^\W\d]\w*)(?:\s*\.\s*\w+)*\s*\}(?![}_])")
_QUOTES = re.compile(f"[{''.join(map(chr, QUOTES))}]")
_OFF = ("0", "false", "off", "none")


def unseen(places: Iterable[Located], fields: Sequence[Field] | None) -> Iterator[Problem]:
    """Yield what is wrong with tags that the tracking of changes or a format hides, and with half ones."""
    for paragraph, where, _numbers in places:
        if paragraph.tag != PARAGRAPH:
            continue
        pieces = list(nearest(paragraph, TEXT, PARAGRAPH))
        text = "".join(piece.text or "" for piece in pieces)
        if "{" not in text:
            continue
        yield from _tracked(paragraph, pieces, where)
        yield from _hidden(pieces, where)
        yield from _single_braces(text, where, fields)
        yield from _smart_quotes(text, where)


def _tracked(paragraph: Element, pieces: Iterable[Element], where: str) -> Iterator[Problem]:
    row = ancestor(paragraph, ROW)
    deleted_row = row is not None and row.find(f"{w('trPr')}/{w('del')}") is not None
    texts: dict[str, str] = {}
    for piece in pieces:
        parents = {parent.tag for parent in piece.iterancestors()}
        if deleted_row or w("moveFrom") in parents:
            texts["deleted"] = texts.get("deleted", "") + (piece.text or "")
        elif parents & {w("ins"), w("moveTo")}:
            texts["inserted"] = texts.get("inserted", "") + (piece.text or "")
    for kind, text in texts.items():
        if not STRAY.search(text):
            continue
        spot = Spot(where, around(text, 0, len(text)))
        if kind == "deleted":
            message = _("a tag stands in text that is marked as deleted.")
            yield Problem(spot, message, _("Accept the changes first."), "tag-deleted")
        else:
            message = _("a tag stands in text that is marked as inserted: who rejects it rejects the value.")
            yield Problem(spot, message, _("Accept the changes first."), "tag-inserted")


def _hidden(pieces: Iterable[Element], where: str) -> Iterator[Problem]:
    hidden = "".join(piece.text or "" for piece in pieces if _is_hidden(piece))
    for match in TAG.finditer(hidden):
        if match[0].startswith("{{"):
            yield Problem(
                Spot(where, around(hidden, *match.span())),
                _("the tag is formatted as hidden text: nobody will see its value."),
                _("Take the tick off “Hidden” in the font dialogue."),
                "tag-hidden",
            )


def _is_hidden(piece: Element) -> bool:
    run = ancestor(piece, w("r"))
    vanish = None if run is None else run.find(f"{w('rPr')}/{w('vanish')}")
    return vanish is not None and vanish.get(w("val"), "1") not in _OFF


def _single_braces(text: str, where: str, fields: Sequence[Field] | None) -> Iterator[Problem]:
    """Look for ``{支部.书记}``, where a name is known, and for ``{{ x }}}``; other texts have braces, too."""
    for match in TAG.finditer(text):
        if text.startswith("}", match.end()):
            message = _("a single brace beside a tag is printed as it is.")
            yield Problem(Spot(where, around(text, *match.span())), message, "", "single-braces")
    plain = TAG.sub(lambda match: "\0" * len(match[0]), text)
    for one in mistyped(plain):
        plain = f"{plain[: one.start]}{chr(0) * (one.end - one.start)}{plain[one.end :]}"
    for match in _SINGLE.finditer(plain):
        found = find_field(fields or (), match[1])
        if found is not None and found.name != ANY:
            yield Problem(
                Spot(where, around(text, *match.span())),
                _("a name in single braces is printed as it is."),
                _("Write {tag}.").format(tag=f"{{{{ {match[0][1:-1].strip()} }}}}"),
                "single-braces",
            )


def _smart_quotes(text: str, where: str) -> Iterator[Problem]:
    for match in TAG.finditer(text):
        if _QUOTES.search(match[0]) and is_readable(match[0]):
            yield Problem(
                Spot(where, around(text, *match.span())),
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
                    Spot("", around(text, *match.span())),
                    _("a tag stands in {part}, where nothing is filled in.").format(part=part),
                    _("Move it into the text: comments, charts, addresses of links stay as they are."),
                    "tag-not-filled",
                ),
            )
