"""From the bytes of a template to all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docsmith.errors import TemplateError
from docsmith.model.fields import Field
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.compiling.opening import compiled_properties, parts_with_text
from docsmith.template.compiling.parts import ReadPart, compile_read, read_part
from docsmith.template.dialect.places import Located, located
from docsmith.template.linting.balance import unbalanced
from docsmith.template.linting.fixing import repairs
from docsmith.template.linting.mistakes import Mistake
from docsmith.template.linting.naming import names_of
from docsmith.template.linting.pages import Page, off_page, pages_of
from docsmith.template.linting.skeleton import Skeleton, skeleton
from docsmith.template.linting.tables import of_tables
from docsmith.template.linting.unseen import not_filled, unseen
from docsmith.template.package.admission import how_to_mend, objections, read_xml
from docsmith.template.package.oxml import Element
from docsmith.template.package.properties import CORE_PART
from docsmith.template.package.reading import read_package
from docsmith.template.package.relations import main_part
from docsmith.template.problems import Problem, Spot

_NAMELESS = "template"
_PREFIX = re.compile(rf"^{_NAMELESS}\s*[:：]\s*")
_OF_NAMES = ("unknown-name", "outside-its-loop")
_NO_PAGE = Page(0, 0, 0, 0)


class Examined(NamedTuple):
    """All that is wrong with a template, and the fields that it uses, by their English names."""

    mistakes: tuple[Mistake, ...]
    used: frozenset[str]


def lint(data: bytes, fields: Sequence[Field] | None = None) -> tuple[Mistake, ...]:
    """Return everything that is wrong with a template, part by part from its beginning to its end.

    ``fields`` is everything that the data can have (:func:`docsmith.engine.fields.fields_of`); without it
    names are not looked at. Never raises, whatever the bytes are.
    """
    return examined(data, fields).mistakes


def examined(data: bytes, fields: Sequence[Field] | None = None) -> Examined:
    """Return what :func:`lint` does, and the fields that the template uses (``members.name``)."""
    try:
        parts = read_package(data, _NAMELESS)
        xml = read_xml(parts, _NAMELESS)
    except TemplateError as error:
        wrong = _of_file(_PREFIX.sub("", error.message), error.hint, "file-unusable")
        return Examined((wrong,), frozenset())
    refused = [_of_file(message, how_to_mend(), "not-allowed") for message in objections(parts, xml)]
    used: set[str] = set()
    return Examined((*refused, *_of_parts(xml, fields, used)), frozenset(used))


def _of_file(message: str, hint: str, code: str) -> Mistake:
    return Mistake.of(Problem(Spot(""), message, hint, code), "", {})


def _of_parts(
    xml: Mapping[str, Element], fields: Sequence[Field] | None, used: set[str]
) -> Iterator[Mistake]:
    allowance = Allowance()
    body = main_part(xml, _NAMELESS)
    pages = pages_of(xml[body])
    last = next(reversed(pages.values()), _NO_PAGE)
    named = list(parts_with_text(xml, _NAMELESS))
    for part, label in named:
        places = list(located(xml[part], label))
        mendable = {(one.spot.where, one.spot.at, code) for one in repairs(places) for code in one.codes}
        problems = [*unseen(places, fields), *of_tables(places), *off_page(places, pages, last)]
        try:
            read = read_part(label, xml[part], allowance)
        except TemplateError as error:
            problems.append(Problem(Spot(label), error.message, error.hint, "template-too-large"))
        else:
            problems += _of_tags(read, fields, used) if read else ()
        yield from _in_order(problems, places, label, mendable)
    for problem in compiled_properties(xml)[1]:
        yield Mistake.of(problem, problem.spot.where, {})
    for part, problem in not_filled(xml, [CORE_PART, *(part for part, _label in named)]):
        yield Mistake.of(problem, part, {})


def _of_tags(read: ReadPart, fields: Sequence[Field] | None, used: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with the tags of a part, and note the fields that it uses."""
    told = {id(problem.spot) for problem in read.problems}
    rich = [
        tag.spot
        for tag in read.scan.tags
        if tag.level in ("r", "p") and tag.source.startswith("{{") and id(tag.spot) not in told
    ]
    yield from read.problems
    found = Skeleton(read.tree, read.source.lines, ()) if read.tree and read.source else skeleton(read.scan)
    if found:
        problems, names = names_of(found.tree, found.lines, fields, rich)
        used |= names
        # Of a tag that is wrong its names are looked at, and nothing else.
        yield from (one for one in problems if one.code in _OF_NAMES or id(one.spot) not in told)
        told |= set(map(id, found.endless))
        yield from (one for one in unbalanced(found.tree, found.lines) if id(one.spot) not in told)
    if read.tree:
        yield from compile_read("", read)[1]


def _in_order(
    problems: Iterable[Problem],
    places: Iterable[Located],
    label: str,
    mendable: Container[tuple[str, int, str]],
) -> Iterator[Mistake]:
    """Yield a mistake for each problem, once, from the beginning of the part to its end."""
    numbers: dict[str, Mapping[str, int]] = {}
    starts: dict[str, int] = {}
    for place in places:
        numbers.setdefault(place.where, place.numbers)
        starts.setdefault(place.where, place.at)
    once = {(str(problem), problem.code): problem for problem in problems}
    for problem in sorted(once.values(), key=lambda one: one.spot.at or starts.get(one.spot.where, -1)):
        spot = problem.spot
        mistake = Mistake.of(problem, label, numbers.get(spot.where, {}))
        yield mistake._replace(mendable=(spot.where, spot.at, problem.code) in mendable)
