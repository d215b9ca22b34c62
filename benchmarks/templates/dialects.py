"""How each engine writes a value, a row for each item, and a choice of two paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The tags of one engine, as they are typed in Word. ``NAME`` stands for the name of a value.

    ``tick`` is for an engine that can choose in the template; the others take a mark that is in the data.
    The tags around rows stand in rows of their own, or else in the first and last cell of the row.
    The tags around the two paragraphs stand in paragraphs of their own.
    """

    value: str
    row_value: str
    opens_rows: str = ""
    closes_rows: str = ""
    own_rows: bool = False
    next_row: str = ""
    tick: str = ""
    line_breaks: str = ""
    choice: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None = None
    merge_fields: bool = False

    def item(self, name: str) -> str:
        """Return the tag of a value of a row."""
        if name == "tick" and self.tick:
            return self.tick
        if name == "evidence" and self.line_breaks:
            return self.line_breaks
        return self.row_value.replace(NAME, name)


DOCXTPL = Dialect(
    value="{{ NAME }}",
    row_value="{{ item.NAME }}",
    opens_rows="{%tr for item in items %}",
    closes_rows="{%tr endfor %}",
    own_rows=True,
    tick="{% if item.ok %}√{% else %}×{% endif %}",
    choice=(("{%p if passed %}",), ("{%p else %}",), ("{%p endif %}",)),
)
DOCXTEMPLATER = Dialect(
    value="{NAME}",
    row_value="{NAME}",
    opens_rows="{#items}",
    closes_rows="{/items}",
    tick="{#ok}√{/ok}{^ok}×{/ok}",
    choice=(("{#passed}",), ("{/passed}", "{^passed}"), ("{/passed}",)),
)
EASY_TEMPLATE_X = Dialect(
    value="{NAME}",
    row_value="{NAME}",
    opens_rows="{#items}",
    closes_rows="{/items}",
    choice=(("{#passed}",), ("{/passed}", "{#failed}"), ("{/failed}",)),
)
DOCX_TEMPLATES = Dialect(
    value="+++INS NAME+++",
    row_value="+++INS $item.NAME+++",
    opens_rows="+++FOR item IN items+++",
    closes_rows="+++END-FOR item+++",
    own_rows=True,
    tick="+++INS $item.ok ? '√' : '×'+++",
    choice=(("+++IF passed+++",), ("+++END-IF+++", "+++IF !passed+++"), ("+++END-IF+++",)),
)
CARBONE = Dialect(
    value="{d.NAME}",
    row_value="{d.items[i].NAME}",
    next_row="{d.items[i+1].no}",
    line_breaks="{d.items[i].evidence:convCRLF}",
    choice=(
        ("{d.passed:ifEQ(true):showBegin}",),
        ("{d.passed:showEnd}", "{d.passed:ifEQ(false):showBegin}"),
        ("{d.passed:showEnd}",),
    ),
)
# Mail merge knows no choice: the paragraph that applies is a value.
MERGE_FIELDS = Dialect(value=NAME, row_value=NAME, merge_fields=True)
