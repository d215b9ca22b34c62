"""The report as one page: to be read on the screen, printed, or handed on; it needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from docsmith._files import write_atomically
from docsmith._i18n import gettext as _
from docsmith._i18n import language
from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.outcomes import status_words
from docsmith.engine.report import wording
from docsmith.engine.report.contents import Report, ToFillIn, causes, remarks
from docsmith.engine.report.page_style import STYLE
from docsmith.model.findings import Finding

# What one list shows; whoever has more to read takes the workbook, where it can be filtered.
MOST_ROWS = 1000
# Nothing is fetched and nothing is run, whatever a text in the data may look like.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(report: Report, path: Path) -> None:
    """Write the report to ``path`` (.html), in one step: counts, what to do, and the lists, failed first.

    Raises :class:`docsmith.errors.OutputError` where that cannot be done.
    """
    write_atomically(path, _Page(report, path.parent).html().encode())


class _Page:
    """One writing of the page; ``folder`` is where it will lie, and where its links start."""

    def __init__(self, report: Report, folder: Path) -> None:
        self._report, self._folder = report, folder
        self._start = report.start_from(folder)
        self._to_fill_in = ToFillIn()

    def html(self) -> str:
        # The lists first: only when they are made is it known how many fields are empty.
        lists = [
            *self._failed(),
            *self._kept(),
            *self._remarked(),
            *self._data(),
            *self._empty(),
            *self._counts(),
        ]
        title = escape(wording.heading(self._report))
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{language().replace("_", "-")}"><head><meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title><style>{STYLE}</style></head><body>",
                f"<h1>{title}</h1>",
                f'<p class="when">{escape(wording.when(self._report))}</p>',
                self._figures(),
                self._next_steps(),
                *lists,
                "</body></html>\n",
            )
        )

    def _figures(self) -> str:
        cells = [("", _("documents"), self._report.number())]
        cells += [
            (str(status) if self._report.number(status) else "", word, self._report.number(status))
            for status, word in status_words().items()
        ]
        shown = "".join(
            f'<td class="{kind}"><b>{number:,}</b>{escape(word)}</td>' for kind, word, number in cells
        )
        return f'<table class="figures"><tr>{shown}</tr></table>'

    def _next_steps(self) -> str:
        steps = wording.next_steps(self._report, self._to_fill_in, self._folder)
        return "<ol>" + "".join(f"<li>{escape(step)}</li>" for step in steps) + "</ol>"

    def _failed(self) -> Iterator[str]:
        """Yield the list of failures; what stops several documents stands there once."""
        if not self._report.number(Status.FAILED):
            return
        found, is_all = causes(self._report, MOST_ROWS)
        yield f'<h2 class="failed">{escape(_("Failed"))}</h2>'
        yield _table(
            (_("Branch"), _("Document type"), _("Reason"), _("Place")),
            (
                (_text(one.branches()), _text(one.titles()), _reason(one.finding), _place(one.finding))
                for one in found
            ),
        )
        yield _rest(not is_all)

    def _kept(self) -> Iterator[str]:
        if not self._report.number(Status.KEPT):
            return
        results = self._report.results(Status.KEPT)
        yield f'<h2 class="kept">{escape(_("Kept"))}</h2>'
        yield _table(
            (_("Branch"), _("Document type"), _("Kept file"), _("New version")),
            (
                (*self._named(result), self._link(result.path), self._link(result.beside))
                for result in islice(results, MOST_ROWS)
            ),
        )
        yield _rest(next(results, None) is not None)

    def _remarked(self) -> Iterator[str]:
        remarked = remarks(self._report)
        shown = list(islice(remarked, MOST_ROWS))
        if not shown:
            return
        yield f'<h2 class="kept">{escape(_("Remarks"))}</h2>'
        yield _table(
            (_("Branch"), _("Document type"), _("Remark"), _("Place")),
            ((*self._named(one), _reason(finding), _place(finding)) for one, finding in shown),
        )
        yield _rest(next(remarked, None) is not None)

    def _empty(self) -> Iterator[str]:
        results = self._to_fill_in.counted(self._report.results(None))
        shown = list(islice(results, MOST_ROWS))
        if not shown:
            return
        yield f"<h2>{escape(_('To fill in'))}</h2>"
        yield _table(
            (_("Branch"), _("Document type"), _("Empty fields"), _("Path")),
            ((*self._named(one), _number(one.to_fill_in), self._link(one.path)) for one in shown),
        )
        yield _rest(sum(1 for _result in results) > 0)

    def _data(self) -> Iterator[str]:
        findings = self._report.about_data()
        if not findings:
            return
        yield f"<h2>{escape(_('Data'))}</h2>"
        yield _table(
            (_("Finding"), _("Place")), ((_reason(one), _place(one)) for one in findings[:MOST_ROWS])
        )
        yield _rest(len(findings) > MOST_ROWS)

    def _counts(self) -> Iterator[str]:
        words = status_words()
        yield f"<h2>{escape(_('By document type'))}</h2>"
        rows = [
            [_text(self._report.title(one)), *map(_number, numbers)]
            for one, numbers in wording.counts_by_type(self._report)
        ]
        totals = [self._report.number(status) for status in self._report.statuses]
        rows.append([_text(_("Total")), *map(_number, (*totals, sum(totals)))])
        titles = (_("Document type"), *(words[status] for status in self._report.statuses), _("Total"))
        yield _table(titles, rows, total=True)

    def _named(self, result: ResultRow) -> tuple[str, str]:
        return _text(self._report.branch(result)), _text(self._report.title(result.document_type))

    def _link(self, path: str) -> str:
        if not path:
            return _text("")
        way = self._start + path
        # The ./ is for a first part with a colon, which would be taken for a scheme.
        target = Path(way).as_uri() if Path(way).is_absolute() else quote(f"./{way}")
        return f'<td><a href="{escape(target)}">{escape(path)}</a></td>'


def _table(titles: Iterable[str], rows: Iterable[Sequence[str]], *, total: bool = False) -> str:
    """Return a table; ``rows`` are finished cells, and the last is that of totals if ``total``."""
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    lines = ["<tr>" + "".join(cells) for cells in rows]
    if total:
        lines[-1] = lines[-1].replace("<tr>", '<tr class="total">', 1)
    body = "\n".join(lines)
    return f'<table class="list"><thead><tr>{head}</thead><tbody>\n{body}\n</tbody></table>'


def _text(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _number(number: int) -> str:
    return f'<td class="number">{number:,}</td>'


def _reason(finding: Finding) -> str:
    hint = f'<p class="hint">{escape(finding.hint)}</p>' if finding.hint else ""
    return f"<td>{escape(finding.message)}{hint}</td>"


def _place(finding: Finding) -> str:
    lines = (finding.place.file, str(finding.place._replace(file="")))
    return '<td class="place">' + "<br>".join(escape(line) for line in lines if line) + "</td>"


def _rest(more: bool) -> str:
    """Return the sentence below a list that was cut."""
    if not more:
        return ""
    text = _("Here are the first {number}; the workbook of the report lists all of them.")
    return f'<p class="note">{escape(text.format(number=MOST_ROWS))}</p>'
