"""Everything wrong with a pattern of one line, such as that of a file name."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.model.fields import Field
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.compiling.parts import compile_line
from docsmith.template.dialect.scan import HEAD, Scan, check_plain, keyword_of, tags_in
from docsmith.template.dialect.syntax import unreadable
from docsmith.template.language.environment import LINE
from docsmith.template.linting.naming import names_of
from docsmith.template.linting.skeleton import skeleton
from docsmith.template.problems import Passage, Problem, Spot


def lint_line(pattern: str, fields: Sequence[Field] | None = None) -> list[Problem]:
    """Return everything that is wrong with a pattern, in its order; each spot has the text of its tag.

    ``fields`` is everything that it may name; without it names are not looked at.
    """
    scan = Scan("", Allowance())
    _scan(Passage("", pattern), scan)
    problems = [*scan.problems, *unreadable(scan.tags, LINE)]
    if not problems:
        problems += compile_line(pattern, "")[1]
    told = {problem.spot for problem in problems}
    if tags := skeleton(scan):
        found = names_of(tags.tree, tags.lines, fields).problems
        problems += [one for one in found if one.code == "unknown-name" or one.spot not in told]
    return sorted(problems, key=lambda one: one.spot.at)


def _scan(passage: Passage, scan: Scan) -> None:
    end = 0
    for match in tags_in(passage.text):
        _follow_plain(passage, end, match.start(), scan)
        end = match.end()
        _follow(match[0], passage.spot(*match.span()), scan)
    _follow_plain(passage, end, len(passage.text), scan)
    scan.problems.extend(scan.blocks.left_open())


def _follow_plain(passage: Passage, start: int, end: int, scan: Scan) -> None:
    for found, spot in check_plain(passage, start, end, scan):
        _follow(found.meant, spot, scan)


def _follow(source: str, spot: Spot, scan: Scan) -> None:
    keyword, head = keyword_of(source), HEAD.match(source)
    meant = scan.blocks.meant(keyword)
    if keyword:
        scan.problems.extend(scan.blocks.take(keyword, source, spot, (head and head["level"]) or ""))
    scan.add(source.replace(keyword, meant, 1), meant, spot)
