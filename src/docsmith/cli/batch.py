"""``docsmith batch``: every document type for every branch."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from docsmith._i18n import gettext as _
from docsmith._urls import shown_source
from docsmith.cli.options import (
    FromOne,
    branch_option,
    clean_pinyin_option,
    data_option,
    examples,
    json_option,
    out_option,
    period_option,
    plugin_dir_option,
    trusted_plugins,
)
from docsmith.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_SOME_FAILED

if TYPE_CHECKING:
    from docsmith.cli.progress import Steps
    from docsmith.cli.session import Session
    from docsmith.engine.batch.planning import Decisions
    from docsmith.engine.batch.run import Outcome
    from docsmith.plugin.document_type import DocumentType
    from docsmith.sources.shares import Source

# What a shell would take for something else than part of a word.
_UNUSUAL = re.compile(r"[\s\"'$`&|<>;()*?!#~]")


@click.command(
    "batch",
    short_help=_("Make every document for every branch."),
    help=_(
        "Make the documents of the named TYPEs for every branch; by default those of the evaluation pack:"
        " what pack in docsmith.toml lists, else all types but those made for one purpose. One bad branch"
        " never stops the others. What is as it was is not made again, and what a person has edited stays."
        " Stopped at any moment, the same command goes on."
    ),
    epilog=examples(
        "docsmith batch",
        'docsmith batch 自检自查表 --where "支部类别=普通支部" --pdf --zip',
        "docsmith batch --data postgresql+psycopg://reader@db/party --jobs 8",
    ),
)
@click.argument("names", metavar="[TYPE]...", nargs=-1)
@data_option
@out_option
@click.option(
    "--jobs",
    metavar="N",
    type=FromOne(),
    help=_("How many processes make documents; one for each processor by default."),
)
@branch_option
@click.option(
    "--where",
    metavar="CONDITION",
    multiple=True,
    help=_(
        "Only branches for which this is true: kind=普通支部|联合支部, or 书记!= (not empty)."
        " May be repeated."
    ),
)
@click.option("--limit", metavar="N", type=FromOne(), help=_("Only the first N branches."))
@period_option
@click.option("--pdf", is_flag=True, help=_("A PDF beside each document, by LibreOffice."))
@click.option("--print-pack", is_flag=True, help=_("All PDFs as one, in the order of the branches."))
@click.option("--zip", "zips", is_flag=True, help=_("An archive for each superior unit."))
@click.option(
    "--engine", metavar="URL", default="", help=_("A cluster to make documents on: dask://HOST:PORT.")
)
@click.option(
    "--resume/--fresh",
    "resume",
    default=True,
    help=_("Go on where an earlier run stopped (the default), or make again what is as it was."),
)
@click.option("--durable", is_flag=True, help=_("Wait for the disk after each document: for loss of power."))
@clean_pinyin_option
@plugin_dir_option
@json_option
def command(names: tuple[str, ...], out: Path | None, as_json: bool, **asked: Any) -> int:
    """Make a batch; the exit code is 1 where a document failed, 130 where the run was interrupted."""
    from docsmith.cli.progress import progress
    from docsmith.cli.session import Session

    asked["out_given"] = out is not None
    session = Session.start(asked["plugin_dirs"])
    with _stopping_politely(), progress(as_json=as_json) as steps:
        return _made(session, names, out or session.workspace.out, asked, steps, as_json=as_json)


def _made(
    session: Session,
    names: tuple[str, ...],
    out: Path,
    asked: Mapping[str, Any],
    steps: Steps,
    *,
    as_json: bool,
) -> int:
    from docsmith.cli.batch_report import show_outcome
    from docsmith.engine.batch.run import Undertaking, Wishes
    from docsmith.engine.copies.unit import makeable
    from docsmith.engine.ledger import Ledger
    from docsmith.engine.selection import select

    types = session.types(names)
    year = session.year(asked["period"])
    with steps.step(_("reading the data")):
        source = session.open(asked["data"], year=year, clean_pinyin=asked["clean_pinyin"])
    with closing(source), Ledger(out) as ledger:
        chosen = select(source, asked["branches"], asked["where"], asked["limit"])
        again = partial(_again, _names_for_some(names, types), out, asked)
        types, notes = makeable(types, is_partial=len(chosen) < sum(1 for _name in source.names()))
        wishes = Wishes(
            arguments=_remembered(names, asked),
            again=again,
            jobs=asked["jobs"],
            engine=asked["engine"],
            fresh=not asked["resume"],
            durable=asked["durable"],
            pdf=asked["pdf"],
            print_pack=asked["print_pack"],
            zips=asked["zips"],
            whole=[one.id for one in session.types(())] if names and _binds(asked) else (),
        )
        decisions = _decisions(session, source, year)
        outcome = Undertaking(source, decisions, types, chosen, out, wishes, steps, ledger).go()
        show_outcome(outcome, session.manager, notes, as_json=as_json)
    return _exit_code(outcome)


def _names_for_some(names: tuple[str, ...], types: Sequence[DocumentType]) -> tuple[str, ...]:
    """Return the names of the types to make from the rows of some branches, none of the whole unit."""
    if not any(one.manifest.per == "unit" for one in types):
        return names
    return tuple(one.id for one in types if one.manifest.per != "unit")


def _again(names: tuple[str, ...], out: Path, asked: Mapping[str, Any], retry: Path) -> str:
    """Return the command that makes what failed from a mended workbook: the same, with other data."""
    from docsmith.cli.report import short

    words = ["docsmith", "batch", *names, "--data", short(retry)]
    if asked["out_given"]:
        words += ["--out", short(out)]
    if asked["period"]:
        words += ["--period", asked["period"]]
    for folder in asked["plugin_dirs"]:
        words += ["--plugin-dir", str(folder)]
    for name in trusted_plugins():
        words += ["--trust", name]
    if asked["pdf"] or asked["print_pack"]:
        words.append("--pdf")
    return " ".join(f'"{word}"' if _UNUSUAL.search(word) else word for word in words)


def _binds(asked: Mapping[str, Any]) -> bool:
    """Say whether a command makes bundles of documents."""
    return bool(asked["print_pack"] or asked["zips"])


def _remembered(names: tuple[str, ...], asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the ledger may keep of a command: neither passwords nor what conditions ask of people."""
    data = list(map(shown_source, asked["data"]))
    where = [condition.partition("=")[0].rstrip("! ") for condition in asked["where"]]
    return {"types": names, **asked, "data": data, "where": where}


def _decisions(session: Session, source: Source, year: int | None) -> Decisions:
    from docsmith.engine.batch.planning import Decisions

    workspace = session.workspace
    return Decisions(
        manager=session.manager,
        plugins=session.plugins,
        options=workspace.types,
        settings=session.rules,
        survey=workspace.survey,
        pattern=workspace.path,
        year=year or source.head.dataset.unit.year,
    )


def _exit_code(outcome: Outcome) -> int:
    if outcome.error:
        return outcome.error.exit_code
    if outcome.reported.report.interrupted:
        return EXIT_INTERRUPTED
    return EXIT_DONE if outcome.is_whole else EXIT_SOME_FAILED


@contextmanager
def _stopping_politely() -> Iterator[None]:
    """Take a request to end (of the system, or of a closed terminal) as Ctrl-C: what is done is reported."""

    def stop(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    asked = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What nohup has switched off stays so.
    taken = [number for number in asked if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in taken}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
