"""Templates made to take for ever or to fill the memory, by name; each with a word of what is said of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping

from tests.template.builders import docx, part, repacked

DATA = {
    "x": "",
    "d": dt.date(2026, 3, 5),
    "lines": "\n" * 1_000_000,
    "tabs": "\t" * 100_000,
    "sharp": "<&>" * 300_000,
}

_BIG = "{% set b = range(100000)|list %}{% set c = range(100000)|list %}"
_LONG = "{% set b = 'x' * 999999 ~ 'a' %}{% set c = 'x' * 999999 ~ 'b' %}"
_WORDS = "{% set b = 'a b ' * 50000 %}"
# Two lists that hold the same list twice, forty times over: 2**40 numbers, in a few kilobytes.
_DOUBLED = "{% set b = [1] %}{% set c = [1] %}" + "{% set b = [b, b] %}{% set c = [c, c] %}" * 40
_STEPS, _CHARACTERS, _A_LIST = "steps", "characters", "whole list|list has"


def _looped(body: str, before: str = "") -> str:
    return f"{before}{{% for i in range(100000) %}}{body}{{% endfor %}}"


RENDERINGS: Mapping[str, tuple[str, str]] = {
    # Work in one operation
    "compare lists": (_looped("{% if b == c %}{% endif %}", _BIG), _STEPS),
    "compare texts": (_looped("{% if b < c %}{% endif %}", _LONG), _STEPS),
    "compare doubled lists": (_DOUBLED + "{% if b == c %}{% endif %}", _STEPS),
    "compare by a test": (_DOUBLED + "{% if b is eq c %}{% endif %}", _STEPS),
    "compare passes": (_looped("{% if loop.changed(loop.cycle(b, c)) %}{% endif %}", _BIG), _STEPS),
    "look for an item": (_looped("{% if x in b %}{% endif %}", _BIG), _STEPS),
    "look for no item": (_looped("{% if x not in b %}{% endif %}", _BIG), _STEPS),
    "look for an item by a test": (_looped("{% if x is in b %}{% endif %}", _BIG), _STEPS),
    "look for a text": (_LONG + "{% if c in b %}{% endif %}", _STEPS),
    "look for the last text": (_LONG + "{{ b.rpartition(c) }}", _STEPS),
    "count in a text": (_looped("{% if b.count('a') %}{% endif %}", _LONG), _STEPS),
    "count in a list": (_looped("{% if b.count(x) %}{% endif %}", _BIG), _STEPS),
    "strip one of many": (_LONG + "{{ b.strip(c) }}", _STEPS),
    "trim one of many": (_LONG + "{{ b|trim(c) }}", _STEPS),
    "split": (_looped("{% set q = b.split() %}", _WORDS), _STEPS),
    "change the case": (_looped("{% if b.lower() %}{% endif %}", _LONG), f"{_STEPS}|{_CHARACTERS}"),
    "sort": (_looped("{% set q = b|sort %}", _BIG), _STEPS),
    "sort by long texts": (_LONG + "{% set q = ([b] * 100000)|sort %}", _STEPS),
    "group": (_looped("{% set q = ([{'a': 1}] * 1000)|groupby('a') %}"), _STEPS),
    "largest": (_looped("{% set q = b|max %}", _BIG), _STEPS),
    "sum": (_looped("{% set q = b|sum %}", _BIG), _STEPS),
    "sum of lists": ("{{ range(1000)|batch(1)|sum(start=[])|length }}", "not a number"),
    "select": (_looped("{% set q = b|select('odd') %}", _BIG), _STEPS),
    "select by a list": ("{% set b = range(9999)|list %}{{ b|select('in', b)|length }}", _STEPS),
    "map": (_looped("{% set q = b|map('string') %}", _BIG), _STEPS),
    "map to a long path": ("{{ ([{}] * 99999)|map(attribute='" + "a." * 1500 + "')|length }}", _STEPS),
    "numbers that collide": ("{{ {5: 1, 2305843009213693951 * 2: 1} }}", "cannot be the name"),
    "words": (_looped("{% set q = b|wordcount %}", _WORDS), _STEPS),
    "titles": (_looped("{% set q = b|title %}", _WORDS), f"{_STEPS}|{_CHARACTERS}"),
    "tags in a text": ("{% set b = '<!---->' * 120000 %}" + _looped("{% set q = b|striptags %}"), _STEPS),
    "addresses": (_looped("{% set q = b|urlencode %}", _WORDS), f"{_STEPS}|{_CHARACTERS}"),
    "dates": (_looped("{% set q = d.strftime('%Y' * 50) %}"), _STEPS),
    "round up": ("{{ 1|round(1000000000, 'floor') }}", "places"),
    "round down": ("{{ 1|round(-1000000000) }}", "places"),
    "percent": ("{{ 1|percent(1000000000) }}", "places"),
    # Work in many operations
    "print nothing": (_looped(_looped("{{ '' }}" * 1000)), _STEPS),
    "ask nothing": (_looped(_looped("{% if x %}{% endif %}" * 1000)), _STEPS),
    "ask much, rarely": (_looped("{% if i %}" + "{{ i }}" * 1000 + "{% endif %}"), _STEPS),
    "compute": (_looped(_looped("{% set q = i * 2 + 3 %}")), _STEPS),
    "call with many arguments": (_looped("{% set q = loop.cycle(*b) %}", _BIG), _STEPS),
    "call a macro": ("{% macro m() %}" + "{{ 1 }}" * 100 + "{% endmacro %}" + _looped("{{ m() }}"), _STEPS),
    "call oneself": (
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        _STEPS,
    ),
    "loop in itself": (
        "{% for i in range(100000) recursive %}{{ loop(range(100000)) }}{% endfor %}",
        f"{_STEPS}|calls itself",
    ),
    "unknown names": (_looped(_looped("{{ nobody }}")), _STEPS),
    "many unknown names": (
        "".join(f"{{{{ n{number} }}}}" for number in range(500)),
        "101 mistakes",
    ),
    # Memory
    "long texts in names": ("".join(f"{{% set a{n} = 'x' * 1000000 %}}" for n in range(99)), _CHARACTERS),
    "lists in names": ("".join(f"{{% set a{n} = range(99999)|list %}}" for n in range(99)), _STEPS),
    "slices in names": (_BIG + "".join(f"{{% set a{n} = b[1:] %}}" for n in range(99)), _STEPS),
    "one long list": ("{% set a = [x] * 10000000 %}", _A_LIST),
    "texts of a list joined": ("{{ (['x' * 1000000] * 1000)|join|length }}", _CHARACTERS),
    "names of a list joined": ("{{ (['x' * 1000000] * 1000)|join_names|length }}", _CHARACTERS),
    "texts joined in a tag": (_LONG + "{% set q = " + "~".join("b" * 99) + " %}", _CHARACTERS),
    "a list written out": (_DOUBLED + "{{ b|string|length }}", _A_LIST),
    "a list in capitals": (_DOUBLED + "{{ b|upper|length }}", _A_LIST),
    "a list in lower case, perhaps": (_DOUBLED + "{% if b is lower %}{% endif %}", _A_LIST),
    "a list in a message": (_DOUBLED + "{{ b|date }}", "is not a date"),
    "a list in another message": (_DOUBLED + "{{ [1].index(b) }}", "single values"),
    "a text in a block": ("{% set a %}" + _looped("静" * 9999) + "{% endset %}", _CHARACTERS),
    "a text in a filter": ("{% filter upper %}" + _looped("静" * 9999) + "{% endfilter %}", _CHARACTERS),
    "a text in a macro": (
        "{% macro m() %}" + _looped("静" * 9999) + "{% endmacro %}{{ m()|length }}",
        _CHARACTERS,
    ),
    "a text in a call": (
        "{% macro m() %}{{ caller()|length }}{% endmacro %}{% call m() %}"
        + _looped("静" * 9999)
        + "{% endcall %}",
        _CHARACTERS,
    ),
    "generators in generators": (
        "{% set a = ['x'] %}" + "{% set a = a|map('upper') %}" * 3000 + "{{ a|first }}",
        "nothing",
    ),
    # Data
    "line breaks": ("{{ lines }}" * 99, _CHARACTERS),
    "tabs": ("{{ tabs }}" * 99, _CHARACTERS),
    "special characters": ("{{ sharp }}" * 99, _CHARACTERS),
}

EXPENSIVE: Mapping[str, tuple[str, str]] = {
    "print for ever": (_looped(_looped("{{ i }}")), f"{_STEPS}|{_CHARACTERS}"),
    "loop for ever": (_looped(_looped("{% for k in range(100000) %}{% endfor %}")), _STEPS),
    "filter for ever": (_looped(_looped("{% if 'a'|upper|lower|trim %}{% endif %}")), _STEPS),
    "keep lists": ("".join(f"{{% set a{n} = range(99999)|list %}}" for n in range(999)), _STEPS),
    "keep texts": ("".join(f"{{% set a{n} = '静' * 999999 %}}" for n in range(999)), _CHARACTERS),
    "print line breaks": (_looped("{{ lines }}"), _CHARACTERS),
    "print special characters": (_looped("{{ sharp }}"), _CHARACTERS),
    "store special characters": ("{% set a %}" + _looped("{{ sharp }}") + "{% endset %}", _CHARACTERS),
}


def in_body(xml: str) -> bytes:
    """Return a .docx with that at the beginning of its body, stored: no limit on how well it packs."""
    plain = docx("x")
    body = part(plain).decode().replace("<w:body>", f"<w:body>{xml}", 1)
    return repacked(plain, {"word/document.xml": body.encode()}, stored=True)


def _texts(*texts: str) -> Callable[[], bytes]:
    return lambda: in_body("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts))


def _body(xml: str) -> Callable[[], bytes]:
    return lambda: in_body(xml)


def _styles(content: str) -> Callable[[], bytes]:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:styles xmlns:w="{namespace}">{content}</w:styles>'
    return lambda: repacked(docx("x"), {"word/styles.xml": xml.encode()}, stored=True)


def _table(*rows: str) -> Callable[[], bytes]:
    return _body("<w:tbl>" + "".join(f"<w:tr><w:tc>{row}</w:tc></w:tr>" for row in rows) + "</w:tbl>")


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _pictures() -> bytes:
    noise = os.urandom(60 << 20)
    return repacked(docx("x"), {f"word/media/{n}.png": noise for n in range(3)}, stored=True)


_NESTED = "nested|calls itself"

OPENINGS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "as many tags as may be": (_texts(*["{{ x.y }}"] * 14_900), "nothing"),
    "as many blocks as may be": (_texts(*["{% if x %}a{% endif %}"] * 7_400), "nothing"),
    "as many elements as may be": (_body("<w:p/>" * 240_000 + _paragraph("{{ x }}")), "nothing"),
    "as many cells as may be": (_table(*[_paragraph("{{ x }}")] * 14_000), "nothing"),
    "as much text as may be": (_texts(*["{{ x }}" + "静" * 1_000_000] * 3), "nothing"),
    "as much escaped text as may be": (_texts(*["{{ x }}" + "&lt;" * 900_000] * 3), "nothing"),
    "more tags": (_texts("{{ x }}" * 21_000), "15000 tags"),
    "more elements": (_body("<w:p/>" * 600_000), "elements"),
    "more attributes": (_body("".join(f'<w:p a{n}="1"/>' for n in range(300_000))), "attributes"),
    "more styles": (_styles("<w:style/>" * 600_000), "elements"),
    "more text": (_styles("<!--" + "a" * (17 << 20) + "-->"), "bytes"),
    "more pictures": (_pictures, "128 MB"),
    "a long tag": (_texts("{{ [" + "1," * 100_000 + "] }}"), "4000 characters"),
    "long tags": (_texts(*["{{ " + "~".join("x" * 1000) + " }}"] * 900), "800000 characters"),
    "rich tags": (_texts(*["{{ " + "~".join("x" * 100) + " }}"] * 1500), "elements"),
    "brackets in brackets": (_texts("{{ " + "(" * 900 + "x" + ")" * 900 + " }}"), "brackets"),
    "not not not": (_texts("{{ " + "not " * 900 + "x }}"), _NESTED),
    "sums of sums": (_texts("{{ " + "+".join("x" * 1500) + " }}"), _NESTED),
    "filters of filters": (_texts("{{ x" + "|trim" * 700 + " }}"), _NESTED),
    "members of members": (_texts("{{ x" + ".a" * 1500 + " }}"), _NESTED),
    "blocks in blocks": (_texts("{% if x %}" * 9000 + "{% endif %}" * 9000), "blocks are open"),
    "loops in loops": (_texts("{% for a in x %}" * 30 + "{% endfor %}" * 30), "blocks are open"),
    "loops of rows in loops": (
        _texts(*["{% for a in x %}"] * 14, *["{{ a }}"] * 5000, *["{% endfor %}"] * 14),
        "nothing",
    ),
    "one choice after the other": (_texts("{% if x %}" + "{% elif x %}" * 9000 + "{% endif %}"), "too many"),
    "names in branches": (
        _texts(*(f"{{% if x{n} %}}{{% set y{n} = 1 %}}{{% endif %}}" for n in range(6600))),
        "names",
    ),
    "blocks that are not theirs": (_texts("{% if x %}" * 9000 + "{% endfor %}" * 9000), "blocks are open"),
    "tags that cannot be read": (_texts(*["{{ x y }}"] * 14_900), "mistakes"),
    "tags without an end": (_texts("{% " * 29_000), "mistakes"),
    "rows in one row": (_table(_paragraph("{%tr if x %}") * 9000), "lost"),
    "a comment of a row in one row": (_table(_paragraph("{#tr x #}") * 9000 + "<w:p/>" * 99_000), "nothing"),
    "spans outside of tables": (_texts(*["{% colspan x %}"] * 9000), "no table"),
    "rows in attributes": (_body('<w:sdt w:a="{{tr x }}"/>' * 9000 + "<w:sdt/>" * 99_000), "only works"),
    "rows outside of paragraphs": (
        _body('<w:tr w:a="1"/>' + "<w:sdt>{{tr x }}</w:sdt>" * 9000 + "<w:sdt/>" * 90_000),
        "only works",
    ),
    "rows in divided braces": (
        _body('<w:tr w:a="1"/>' + (_paragraph("{") + _paragraph("{tr x }}")) * 9000 + "<w:sdt/>" * 90_000),
        "other end",
    ),
    "braces outside of paragraphs": (_body("<w:sdt>" + "{{ " * 25_000 + "</w:sdt>"), "other end"),
    "properties of a cell in each other": (
        _body(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:x w:a='"
            + "{% if x %}{% endif %}" * 3000
            + "'><w:tcPr><w:b/></w:tcPr></w:x></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
        ),
        "nothing",
    ),
    "properties of no cell": (_body(_paragraph("{{ x }}") + '<w:tcPr w:a="1"/>' * 60_000), "nothing"),
    "runs without an end": (
        _body('<w:p><w:r w:a="1"/>' + "<w:t>{{r x }}</w:t>" * 9000 + "</w:p>" + "<w:p/>" * 99_000),
        "nothing",
    ),
    "large formatting": (
        _body(f"<w:p><w:r><w:rPr>{'<w:b/>' * 99_000}</w:rPr><w:t>{{{{ x }}}}</w:t></w:r></w:p>"),
        "formatting",
    ),
    "controls that repeat": (
        _body('<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr></w:sdt>' * 60_000 + _paragraph("{{ x }}")),
        "nothing",
    ),
    "deep and wide": (_body("<w:sdt>" * 190 + "<w:p/>" * 250_000 + "</w:sdt>" * 190), "nothing"),
}

_GRID = (
    '<w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
)
_WIDTH = '<w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>'
_STORED = _paragraph("{% set q %}x{% endset %}")  # nothing is proved of a part with such a block
_ROW_OF_CELLS = (
    f"<w:tbl>{_GRID}<w:tr>"
    + "".join(
        f"<w:tc>{_WIDTH}{_paragraph(text)}</w:tc>"
        for text in ("{%tc for q in range(100000) %}", "{{ q }}", "{%tc endfor %}")
    )
    + "</w:tr></w:tbl>"
)
_WIDE_CELL = (
    f'<w:tbl>{_GRID}<w:tr><w:tc><w:tcPr><w:gridSpan w:val="4000000000"/></w:tcPr>'
    f"{_paragraph('{{ d }}')}</w:tc></w:tr></w:tbl>"
)
_SPAN = _WIDE_CELL.replace('"4000000000"', '"{{ 4000000000 }}"')
_DIGITS = "9" * 5000
_DIGITS_ANYWHERE = (
    f'<w:sdt><w:sdtPr><w:id w:val="{_DIGITS}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
    f'<w:p><w:bookmarkStart w:id="{_DIGITS}" w:name="a"/><w:bookmarkEnd w:id="{_DIGITS}"/></w:p>'
    + _WIDE_CELL.replace("4000000000", _DIGITS).replace("3000", _DIGITS)
)


def _repeated(xml: str, times: int) -> str:
    """Return a loop over paragraphs or tables; ``xml`` may be something that loops may not repeat."""
    return _paragraph(f"{{%p for q in range({times}) %}}") + xml + _paragraph("{%p endfor %}")


_BOOKMARK = '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/></w:p>'
_CONTROL = '<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'

DOCUMENTS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a row of many cells": (_body(_ROW_OF_CELLS), "nothing"),
    "a row of many cells, parsed": (_body(_ROW_OF_CELLS + _STORED), "nothing"),
    "a cell of many columns": (_body(_WIDE_CELL), "nothing"),
    "a cell of many columns, parsed": (_body(_WIDE_CELL + _STORED), "nothing"),
    "a cell of many columns by a value": (_body(_SPAN), "takes 1 to"),
    "bookmarks": (_body(_repeated(_BOOKMARK, 50_000)), "nothing"),
    "bookmarks, parsed": (_body(_repeated(_BOOKMARK, 50_000) + _STORED), "nothing"),
    "controls": (_body(_repeated(_CONTROL, 50_000)), "nothing"),
    "numbers of many digits": (_body(_DIGITS_ANYWHERE + _paragraph("{{ d }}")), "nothing"),
    "numbers of many digits, parsed": (_body(_DIGITS_ANYWHERE + _STORED), "nothing"),
    "as much as may be parsed": (_body(_repeated("<w:p/>" * 60, 49_000) + _STORED), "nothing"),
    "more than may be parsed": (_body(_repeated("<w:p/>" * 60, 99_000) + _STORED), "elements"),
    "large constants": (_body(_repeated(_paragraph("静" * 900_000) * 4, 9_000)), _CHARACTERS),
}
