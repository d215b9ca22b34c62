"""A form made in Word: its blanks, lists and items, found once, and filled with tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docsmith.official.adopting.blanks import Gap, Kind, counted, gaps, with_suffix
from docsmith.official.adopting.filling import fill_cell, fill_gap, say
from docsmith.official.adopting.grid import Box, Grid
from docsmith.official.adopting.labels import group_of, is_photograph, label_of, leads_on, repeats_row
from docsmith.official.adopting.lines import Line, control_name
from docsmith.official.adopting.places import Place
from docsmith.official.adopting.regions import regions
from docsmith.official.adopting.repeating import repeat
from docsmith.official.adopting.rows import Rows
from docsmith.template.package.admission import admit
from docsmith.template.package.archive import Entry, FixedBlock, write_package
from docsmith.template.package.oxml import PARAGRAPH, TABLE, Element, serialise, w
from docsmith.template.package.reading import read_package

# Letters of a paragraph that are looked at; no form has longer ones.
_LONGEST_LINE = 4000
_AROUND = 20
_PARTS = {w("hdr"): "页眉", w("ftr"): "页脚"}


@dataclass(eq=False)
class Blank:
    """A place to fill in: ``label`` is what the form calls it, as it says it (may be empty).

    ``text`` is what stands around it; ``options`` are the words behind boxes to tick; ``group`` is the box
    whose words hold for several labels of its row (谈话人: 姓名, 职务).
    """

    place: Place
    kind: Kind
    label: str
    text: str
    options: tuple[str, ...] = ()
    line: Line | None = None
    gap: Gap | None = None
    box: Box | None = None
    label_box: Box | None = None
    group: Box | None = None

    @property
    def text_of_gap(self) -> str:
        """What stands there now; empty for a cell."""
        return "" if self.gap is None or self.line is None else self.line.text[self.gap.start : self.gap.end]

    @property
    def is_whole_cell(self) -> bool:
        """Whether there is nothing else in a cell that has its label beside it: ``/``, ``（　）``."""
        return self.label_box is not None and self.box is not None and self.box.gap is not None


class Form:
    """A Word file as a form.

    Raises :class:`docsmith.errors.TemplateError` for a file that no template may be.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._parts = read_package(data, name)
        trees = admit(self._parts, name)
        self._trees = {part: root for part, root in trees.items() if root.tag in (w("document"), *_PARTS)}
        self.blanks: list[Blank] = []
        self.rows: list[Rows] = []
        for root in sorted(self._trees.values(), key=lambda root: root.tag != w("document")):
            self._look_at(root, _PARTS.get(root.tag, ""))

    @property
    def text(self) -> str:
        """The words of the body outside of tables, a line each: the title is among the first."""
        body = next(root for root in self._trees.values() if root.tag == w("document"))
        return "\n".join(Line(one).text for one in _outside_tables(body))

    def _look_at(self, root: Element, part: str) -> None:
        for number, paragraph in enumerate(_outside_tables(root), 1):
            self.blanks += _in_line(Line(paragraph), Place(part, paragraph=number))
        for number, table in enumerate(root.iter(TABLE), 1):
            grid = Grid(table)
            found = list(regions(grid))
            self.rows += [
                Rows(Place(part, table=number, row=one.first + 1, cell=1), grid, one) for one in found
            ]
            taken = {row for one in found for row in range(one.first, one.last + 1)}
            self.blanks += _in_table(grid, taken, Place(part, table=number))

    def fill(self, tags: Mapping[Blank, str]) -> None:
        """Put tags into blanks."""
        for blank in reversed(self.blanks):
            if blank in tags:
                if blank.gap is not None and blank.line is not None:
                    fill_gap(blank.line, blank.gap, tags[blank], blank.box)
                elif blank.box is not None:
                    fill = fill_cell if blank.box.is_blank else say
                    fill(blank.box, tags[blank], blank.label_box)

    def repeat(
        self, rows: Rows, table: str, tags: Iterable[str | None], groups: Iterable[str | None]
    ) -> None:
        """Make one row of a list, repeated for each row of ``table``, with a tag in each column.

        ``groups`` are those of the columns in which cells are merged downwards. ``None`` leaves a column as
        it is. Records that stand side by side are ``行[0]``, ``行[1]``.
        """
        beside = f"|分栏({rows.abreast})" if rows.reads_down else f'|batch({rows.abreast}, "")'
        loop = f"{table}.行" + (beside if rows.abreast > 1 else "")
        repeat(rows.grid, rows.region, loop, list(tags), list(groups))

    def to_bytes(self) -> bytes:
        """Return the .docx as it is now."""
        changed = {part: serialise(root) for part, root in self._trees.items()}
        entries = [Entry.once(part, changed.get(part, data)) for part, data in self._parts.items()]
        return write_package(FixedBlock.of(entries), ())


def _in_one_line(label: str) -> str:
    """Return a label without line breaks; a name that was broken over two lines is whole again."""
    whole = "".join(label.split())
    return whole if whole.isidentifier() else " ".join(label.split())


def _outside_tables(root: Element) -> Iterator[Element]:
    for paragraph in root.iter(PARAGRAPH):
        if next(paragraph.iterancestors(TABLE), None) is None:
            yield paragraph


def _in_line(line: Line, place: Place, box: Box | None = None) -> Iterator[Blank]:
    for gap in gaps(line.text[:_LONGEST_LINE]):
        control = line.control(gap.start)
        label = (control_name(control) if control is not None else "") or gap.label
        around = " ".join(line.text[max(0, gap.start - _AROUND) : gap.end + _AROUND].split())
        yield Blank(place, gap.kind, _in_one_line(label), around, gap.options, line, gap, box)


def _in_table(grid: Grid, taken: set[int], table: Place) -> Iterator[Blank]:
    """Yield the blanks of a table but for the rows that are a list or items."""
    heads = {row - 1 for row in taken}
    photographs = {box for box in grid.boxes if box.last_row not in heads and is_photograph(grid, box)}
    used = set(photographs)
    for box in grid.boxes:
        if box.row in taken or any(repeats_row(one) for one in grid.rows[box.row]):
            continue
        place = table._replace(row=box.row + 1, cell=box.number)
        if box in photographs:
            yield Blank(place, Kind.CELL, "照片", "", box=box)
        elif box.is_blank:
            yield _blank_cell(grid, box, place, used)
        elif box.gap is not None and box.gap.options:
            yield _choice(grid, box, place, used)
        elif not leads_on(grid, box):
            yield from _in_box(grid, box, place, used)


def _blank_cell(grid: Grid, box: Box, place: Place, used: set[Box]) -> Blank:
    label_box = label_of(grid, box, used)
    name = next((control_name(one) for line in box.lines if (one := line.control(0)) is not None), "")
    label = name or (label_box.text if label_box else "")
    if label_box is not None:
        used.add(label_box)
    group = _group(grid, label_box, box)
    return Blank(place, Kind.CELL, "".join(label.split()), "", box=box, label_box=label_box, group=group)


def _choice(grid: Grid, box: Box, place: Place, used: set[Box]) -> Blank:
    """Return the choices that are all that a cell says, each in a line of its own or not."""
    blank = _blank_cell(grid, box, place, used)
    blank.kind, blank.text = Kind.CHOICE, " ".join(box.text.split())
    blank.options = box.gap.options if box.gap is not None else ()
    return blank


def _in_box(grid: Grid, box: Box, place: Place, used: set[Box]) -> Iterator[Blank]:
    """Yield the blanks in a box with words; one without a name goes by the label beside the box."""
    found = [blank for line in box.lines for blank in _in_line(line, place, box)]
    for blank in found:
        if not blank.label and len(found) == 1 and (label_box := label_of(grid, box, used)) is not None:
            used.add(label_box)
            blank.label, blank.label_box = "".join(label_box.text.split()), label_box
            blank.group = _group(grid, label_box, box)
            if blank.gap is not None and blank.line is not None:
                start, end, kind = blank.gap[:3]
                blank.label = counted(blank.line.text, blank.label, start, end, kind)
                blank.gap = blank.gap._replace(end=with_suffix(blank.line.text, end, blank.label))
        yield blank


def _group(grid: Grid, label: Box | None, box: Box) -> Box | None:
    """Return the box that holds for the label at the left of another, if there is one."""
    return group_of(grid, label, box.row) if label is not None and label.column < box.column else None
