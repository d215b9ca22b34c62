"""The text of a template, element by element, into constants and slots for values.

What the finished document would have to be mended for is done here once, in the constants: breaks in the
template's own text, paragraph ids that a loop would repeat. What depends on the data gets a slot that does
it while the document is written: numbers of pictures and bookmarks, widths of columns, last paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import cast

from jinja2 import nodes

from docsmith.template.compiling.elements import (
    END_RULES,
    START_RULES,
    WHOLE_TAGS,
    drawing,
    slot_of_attribute,
)
from docsmith.template.compiling.frames import EITHER, Frame
from docsmith.template.compiling.layout import CellLayout
from docsmith.template.compiling.lexer import EndTag, OpenTag, RestOfTag, StartTag, Text, Unprovable, tokens
from docsmith.template.compiling.pieces import Pieces, merge_slot
from docsmith.template.package.oxml import CELL_PROPERTIES, W14, WP, W
from docsmith.template.slots.breaks import with_breaks

_NAMESPACES = {"xmlns:w": W, "xmlns:w14": W14, "xmlns:wp": WP}
_OUR_PREFIXES = {uri: name for name, uri in _NAMESPACES.items()}
_END_WITH_PARAGRAPH = frozenset({"w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"})
_BLOCK_CONTAINERS = _END_WITH_PARAGRAPH | {"w:body", "w:sdtContent"}
_OTHER_TEXT = frozenset({"w:t", "a:t", "m:t", "wp:posOffset"})
_NEVER_EMPTY = _END_WITH_PARAGRAPH | {"w:tbl", "w:tr"}
_RANKS = {f"w:{name}": rank for rank, name in enumerate(CELL_PROPERTIES)}
_WORDS_OWN = frozenset({"w14:paraId", "w14:textId"})
_PARAGRAPH_IDS = re.compile(r'\sw14:(?:paraId|textId)="[^"]*"')
_FORMATTING = frozenset({("w:rPr", "w:r"), ("w:pPr", "w:p")})


class Weaver:
    """Takes the text and the values of one part in order; ``out`` is what has become of them so far.

    ``depth`` and ``loops`` count the blocks and the loops that are open.
    """

    def __init__(self, tracked: frozenset[Hashable], formats: Callable[[int], tuple[str, str]]) -> None:
        self.out = Pieces(tracked)
        self.depth = self.loops = 0
        self._formats = formats
        self._paragraph_ids: dict[str, Hashable] = {}

    def constant(self, node: nodes.TemplateData) -> None:
        """Take a piece of the template's own text."""
        for offset, token in tokens(node.data, self.out.stack.tag):
            key = (id(node), offset)
            match token:
                case Text():
                    self._text(token.source)
                case StartTag():
                    self._start(key, token)
                case EndTag():
                    self._end(token.name)
                case OpenTag():
                    self._open(key, token)
                case RestOfTag():
                    self._rest(key, token)

    def value(self, expression: nodes.Expr, following: str) -> None:
        """Take a value that is printed; ``following`` is the template's text after it."""
        if self.out.stack.tag:
            self.out.put(slot_of_attribute(self.out), expression)
            return
        frame = self.out.stack.frames[-1] if self.out.stack.frames else Frame("", 0, None)
        if frame.name == "w:t" and self.out.stack.parent_is("w:r"):
            last = following.startswith("</w:t></w:r>")
            self.out.put(
                ("text", self.out.stack.frames[-2].formatting, self._paragraph_formatting(), last), expression
            )
        elif frame.name in _OTHER_TEXT:
            self.out.put(("other text",), expression)
        elif frame.name in _BLOCK_CONTAINERS:
            self.out.put(("blocks", *self._formats(expression.lineno)), expression)
            frame.last = EITHER
        elif frame.name == "w:tcPr" and (slot := merge_slot(expression)):
            self.out.put(slot, expression)
            frame.last = "w:vMerge"
        else:
            raise Unprovable(f"a value stands in {frame.name or 'no element'}")

    def _text(self, source: str) -> None:
        if not self.out.stack.frames:
            raise Unprovable("text outside of the root element")
        if self.out.stack.frames[-1].name == "w:t" and self.out.stack.parent_is("w:r"):
            formatting = self.out.stack.frames[-2].formatting
            if "\t" in source and formatting is None:
                raise Unprovable("a tab in a run whose formatting is not known")
            source = with_breaks(source, formatting or "")
        self.out.write(source)

    def _paragraph_formatting(self) -> str | None:
        """Return the formatting of the paragraph that holds this run itself; ``None`` if not known."""
        frames = self.out.stack.frames
        return frames[-3].formatting if len(frames) > 2 and frames[-3].name == "w:p" else None

    def _start(self, key: Hashable, tag: StartTag) -> None:
        _check_prefixes(tag.attributes)
        frame = Frame(tag.name, self.depth, key)
        self._check_order(tag.name)
        if tag.empty and tag.name in _NEVER_EMPTY:
            raise Unprovable(f"{tag.name} is empty")
        if self.out.stack.frames and self.out.stack.frames[-1].name == "w:t":
            raise Unprovable("an element stands in a text")
        source = self._without_repeated_ids(key, tag.name, tag.attributes, tag.source)
        self.out.stack.frames.append(frame)
        if rule := START_RULES.get(tag.name):
            rule(self.out, frame, tag, source)
        elif tag.empty and tag.name == "w:p":
            self.out.write(source.removesuffix("/>").rstrip() + "></w:p>")
        else:
            self._begin_capture(tag)
            self.out.write(source)
        if tag.empty:
            self._close(tag.name)

    def _end(self, name: str) -> None:
        if not self.out.stack.frames or self.out.stack.frames[-1].name != name or self.out.stack.tag:
            raise Unprovable(f"{name} is closed where it is not open")
        frame = self.out.stack.frames[-1]
        if rule := END_RULES.get(name):
            rule(self.out, frame)
        if name in _END_WITH_PARAGRAPH and frame.last not in ("w:p", "w:sdt"):
            if frame.last == EITHER:
                self.out.put(("last paragraph",))
            else:
                self.out.write("<w:p></w:p>")
        self.out.write(f"</{name}>")
        self._close(name)

    def _open(self, key: Hashable, tag: OpenTag) -> None:
        if self.out.stack.tag == "":
            _check_prefixes(tag.attributes)
            has_id = tag.name != "wp:docPr" or "id" in tag.attributes
            if tag.name in WHOLE_TAGS or tag.attribute in _WORDS_OWN or not has_id:
                raise Unprovable(f"{tag.name} depends on values")
            self._check_order(tag.name)
            self.out.stack.frames.append(Frame(tag.name, self.depth, key))
        source = self._without_repeated_ids(key, tag.name, tag.attributes, tag.source)
        if tag.name == "wp:docPr":
            drawing(self.out, source)
        else:
            self.out.write(source)
        self.out.stack.tag = tag.name
        self.out.stack.attribute = tag.attribute or self.out.stack.attribute

    def _rest(self, key: Hashable, tag: RestOfTag) -> None:
        name = self.out.stack.tag
        if tag.empty and (name == "w:p" or name in _NEVER_EMPTY):
            raise Unprovable(f"{name} is empty")
        source = self._without_repeated_ids(key, name, tag.attributes, tag.source)
        if name == "w:gridSpan" and self.out.stack.attribute == "w:val":
            cast(CellLayout, self.out.stack.nearest("w:tc").layout).span = None
        if name == "wp:docPr":
            drawing(self.out, source)
        else:
            self.out.write(source)
        self.out.stack.tag = self.out.stack.attribute = ""
        if tag.empty:
            self._close(name)

    def _close(self, name: str) -> None:
        """Take an element off the stack."""
        self.out.stack.frames.pop()
        if not self.out.stack.frames:
            return
        parent = self.out.stack.frames[-1]
        parent.last = name
        if (name, parent.name) in _FORMATTING and parent.formatting == "":
            source = None if self.out.stack.capture is None else "".join(self.out.stack.capture)
            # A section must not end twice; a paragraph that does so is not copied.
            parent.formatting = None if source is None or "<w:sectPr" in source else source
            self.out.stack.capture = None

    def _begin_capture(self, tag: StartTag) -> None:
        frames = self.out.stack.frames
        if len(frames) > 1 and (tag.name, frames[-2].name) in _FORMATTING and frames[-2].formatting == "":
            self.out.stack.capture = []

    def _check_order(self, name: str) -> None:
        parent = self.out.stack.frames[-1] if self.out.stack.frames else None
        if parent is None or parent.name != "w:tcPr":
            return
        before = _RANKS.get(parent.last, -1 if not parent.last else len(_RANKS))
        if _RANKS.get(name, len(_RANKS)) < before:
            raise Unprovable("the properties of a cell are not in order")

    def _without_repeated_ids(
        self, key: Hashable, name: str, attributes: Mapping[str, str], source: str
    ) -> str:
        """Take Word's own ids off paragraphs and rows that a loop repeats, or that a template repeats."""
        identity = attributes.get("w14:paraId")
        if identity is None or name not in ("w:p", "w:tr"):
            return source
        if self.loops == 0 and self._paragraph_ids.setdefault(identity, key) == key:
            return source
        return _PARAGRAPH_IDS.sub("", source)


def _check_prefixes(attributes: Mapping[str, str]) -> None:
    """Refuse a template that calls the namespaces otherwise than everybody does."""
    for name, value in attributes.items():
        if name.startswith("xmlns") and _OUR_PREFIXES.get(value, name) != name:
            raise Unprovable(f"{value} is called {name}")
        if _NAMESPACES.get(name, value) != value:
            raise Unprovable(f"{name} is {value}")
