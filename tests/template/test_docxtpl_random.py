"""Random templates, with random values: docxtpl and docsmith make the same document of them."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import docxtpl
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith import RichText, Template
from tests.template.builders import docx, saved, with_body_xml
from tests.template.docxtpl_compare import Rules, differences

BASE = docx(header="页眉 {{ one }}")
RULES = Rules(widths=True, format_after_values=True, stories_only=True)
FORMATS = ["", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:color w:val="FF0000"/><w:sz w:val="30"/></w:rPr>']
PARAGRAPHS = ["", '<w:pPr><w:jc w:val="center"/></w:pPr>', "<w:pPr><w:rPr><w:b/></w:rPr></w:pPr>"]

words = st.text("甲乙 &<>\"'{}ab", max_size=6).filter(lambda text: not set("{}") & set(text))
values = st.text("甲乙 &<>\"'\n\tab]", max_size=8)
names = st.sampled_from(["one", "two", "item.name", "xs|length", "'字' ~ one", "one or two", "one|upper"])
tags = names.map("{{{{ {} }}}}".format) | st.just("{{r rich }}")
conditions = st.sampled_from(["yes", "no", "one == two", "xs|length > 1"])


@st.composite
def contents(draw: Any, depth: int = 2) -> str:
    """Return what stands in a paragraph: words, tags and conditions."""
    piece = draw(st.sampled_from(["words", "tag", "both", *(["if", "for"] if depth else [])]))
    if piece == "words":
        return str(draw(words))
    if piece == "tag":
        return str(draw(tags))
    inner, other = draw(contents(depth=depth - 1)) if depth else "", ""
    if piece == "both":
        return f"{inner}{draw(tags)}{draw(words)}"
    if piece == "if":
        other = draw(contents(depth=depth - 1))
        return f"{{% if {draw(conditions)} %}}{inner}{{% else %}}{other}{{% endif %}}"
    return f"{{% for item in xs %}}{inner}{{% endfor %}}"


@st.composite
def paragraphs(draw: Any) -> str:
    """Return a paragraph whose text is cut into runs anywhere, in the middle of tags, too."""
    text = draw(contents())
    cuts = sorted({*draw(st.lists(st.integers(0, len(text)), max_size=3)), 0, len(text)})
    texts = [escape(text[start:end]) for start, end in pairwise(cuts)]
    runs = "".join(
        f'<w:r>{draw(st.sampled_from(FORMATS))}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts
    )
    return f"<w:p>{draw(st.sampled_from(PARAGRAPHS))}{runs}</w:p>"


def tag(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def cell(*blocks: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>{"".join(blocks)}</w:tc>'


@st.composite
def tables(draw: Any) -> str:
    """Return a table with a first row, a loop over rows, and perhaps a loop over cells in them."""
    columns = draw(st.integers(1, 3))
    first = "".join(cell(tag(f"头{number}")) for number in range(columns))
    row = "".join(cell(draw(paragraphs())) for _ in range(columns))
    if draw(st.booleans()):
        row += cell(tag("{%tc for other in xs %}")) + cell(draw(paragraphs())) + cell(tag("{%tc endfor %}"))
    rows = [first, cell(tag("{%tr for item in xs %}")), row, cell(tag("{%tr endfor %}"))]
    grid = "<w:tblGrid>{}</w:tblGrid>".format('<w:gridCol w:w="1000"/>' * columns)
    body = "".join(f"<w:tr>{cells}</w:tr>" for cells in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{grid}{body}</w:tbl>'


@st.composite
def bodies(draw: Any) -> str:
    blocks = draw(st.lists(paragraphs() | tables(), min_size=1, max_size=3))
    if draw(st.booleans()):
        blocks = [tag(f"{{%p if {draw(conditions)} %}}"), *blocks, tag("{%p endif %}")]
    if draw(st.booleans()):
        blocks = [tag("{%p for item in xs %}"), *blocks, tag("{%p endfor %}")]
    return "".join(blocks)


contexts = st.fixed_dictionaries(
    {
        "one": values,
        "two": values,
        "yes": st.just(1),
        "no": st.just(0),
        "item": st.fixed_dictionaries({"name": values}),
        "xs": st.lists(st.fixed_dictionaries({"name": values}), max_size=3),
    }
)


@given(bodies(), contexts, contexts)
@settings(max_examples=60, deadline=None)
def test_random_templates_give_the_documents_of_docxtpl(
    body: str, context: dict[str, Any], other: dict[str, Any]
) -> None:
    data = with_body_xml(BASE, body)
    template = Template.open(data)
    for chosen in (context, other, context):
        theirs = docxtpl.DocxTemplate(io.BytesIO(data))
        theirs.render({**chosen, "rich": docxtpl.RichText(chosen["two"], bold=True)}, autoescape=True)
        ours = template.render({**chosen, "rich": RichText(chosen["two"], bold=True)})
        assert differences(ours, saved(theirs), RULES) == []
