from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from docsmith.engine.pipeline import Pipeline
from docsmith.engine.run import Result, open_run
from docsmith.engine.writing import Status
from docsmith.errors import TemplateError
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.records import Problem, Unit
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from tests.engine.data import branch, dataset, text_of
from tests.plugins_for_tests import make_plugin, manager_of

TEXT = "{{ 支部.支部名称 }}的书记是{{ branch.secretary }}"
TWO = (branch("第一党支部", secretary="张三"), branch("第二党支部"))


def _run(out: Path, manager: Manager, data: Dataset, names: Sequence[str] = ()) -> list[Result]:
    types = [manager.types[name] for name in names] or list(manager.types.values())
    with open_run(Pipeline(data, manager, RuleSettings()), out, 2026) as run:
        return list(run.documents(types, data.branch_names))


def _text(result: Result) -> str:
    return text_of(result.path.read_bytes())


def test_every_type_is_made_for_every_branch(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, "a", "甲", text=TEXT), make_plugin(tmp_path, "b", "乙"))
    results = _run(tmp_path / "out", manager, dataset(*TWO))
    assert [(one.document_type, one.branch, one.status) for one in results] == [
        ("a", "第一党支部", Status.WRITTEN),
        ("a", "第二党支部", Status.WRITTEN),
        ("b", "第一党支部", Status.WRITTEN),
        ("b", "第二党支部", Status.WRITTEN),
    ]
    assert _text(results[0]) == "第一党支部的书记是张三"


def test_what_is_missing_is_printed_and_listed_with_its_cell(tmp_path: Path) -> None:
    results = _run(tmp_path / "out", manager_of(make_plugin(tmp_path, text=TEXT)), dataset(*TWO))
    assert _text(results[1]) == "第二党支部的书记是（待补充）"
    assert results[0].findings == ()
    (finding,) = results[1].findings
    assert (finding.code, finding.severity) == ("field-missing", Severity.INFO)
    assert "支部.书记" in finding.message
    assert finding.place == Place("数据.xlsx", "支部", "B2")


def test_the_same_again_is_unchanged_and_the_same_in_another_folder(tmp_path: Path) -> None:
    manager, data = manager_of(make_plugin(tmp_path, text=TEXT)), dataset(*TWO)
    first, again = _run(tmp_path / "out", manager, data), _run(tmp_path / "out", manager, data)
    other = _run(tmp_path / "other", manager, data)
    assert {one.status for one in again} == {Status.UNCHANGED}
    assert [one.path.read_bytes() for one in first] == [one.path.read_bytes() for one in other]


def test_a_row_that_failed_stops_the_documents_that_need_it_and_no_others(tmp_path: Path) -> None:
    finding = Finding(Severity.ERROR, "no date", place=Place("数据.xlsx", "问题清单", "D5"))
    failed = FailedRow("problems", ("第二党支部",), finding)
    manager = manager_of(
        make_plugin(tmp_path, "needs", "甲", 'uses = ["unit", "branches", "problems"]\n'),
        make_plugin(tmp_path, "needs-not", "乙"),
    )
    results = _run(tmp_path / "out", manager, dataset(*TWO, failed=(failed,)))
    assert [one.status for one in results] == [Status.WRITTEN, Status.FAILED, Status.WRITTEN, Status.WRITTEN]
    assert results[1].findings == (finding,)
    assert results[1].path is None


def test_a_failed_row_of_the_unit_stops_every_branch(tmp_path: Path) -> None:
    failed = FailedRow("unit", (), Finding(Severity.ERROR, "no year"))
    results = _run(tmp_path / "out", manager_of(make_plugin(tmp_path)), dataset(*TWO, failed=(failed,)))
    assert {one.status for one in results} == {Status.FAILED}


def test_a_branch_whose_own_row_failed_fails_in_all_its_documents_and_no_other_branch_does(
    tmp_path: Path,
) -> None:
    finding = Finding(Severity.ERROR, "no date", place=Place("数据.xlsx", "支部", "F3"))
    data = dataset(TWO[0], failed=(FailedRow("branches", ("第二党支部",), finding),))
    first, second = _run(tmp_path / "out", manager_of(make_plugin(tmp_path)), data)
    assert (first.branch, first.status) == ("第一党支部", Status.WRITTEN)
    assert (second.branch, second.status, second.findings) == ("第二党支部", Status.FAILED, (finding,))


def test_a_plugin_that_fails_for_one_branch_harms_no_other(tmp_path: Path) -> None:
    python = (
        "from docsmith.plugin import hookimpl\n"
        "@hookimpl\n"
        "def docsmith_build_context(dossier, document_type, verdicts):\n"
        "    return {'first': {'第二党支部': 2}[dossier.branch.name]}\n"
    )
    manager = manager_of(make_plugin(tmp_path, python=python, text="{{ first }}"))
    first, second = _run(tmp_path / "out", manager, dataset(*TWO))
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert "KeyError" in first.findings[0].message
    assert _text(second) == "2"


def test_a_name_that_the_data_cannot_have_fails_that_document(tmp_path: Path) -> None:
    manager = manager_of(
        make_plugin(tmp_path, "bad", "甲", text="{{ 支部.没有这一列 }}"), make_plugin(tmp_path, "good", "乙")
    )
    results = _run(tmp_path / "out", manager, dataset())
    assert [one.status for one in results] == [Status.FAILED, Status.WRITTEN]
    assert "没有这一列" in results[0].findings[0].message


def test_a_broken_template_fails_its_type_and_no_other(tmp_path: Path) -> None:
    bad = make_plugin(tmp_path, "bad", "甲")
    (bad / "template.docx").write_bytes(b"no template")
    manager = manager_of(bad, make_plugin(tmp_path, "good", "乙"))
    assert [one.status for one in _run(tmp_path / "out", manager, dataset())] == [
        Status.FAILED,
        Status.WRITTEN,
    ]
    with pytest.raises(TemplateError):
        _run(tmp_path / "out", manager, dataset(), ["bad"])


def test_what_a_plugin_finds_belongs_to_its_document(tmp_path: Path) -> None:
    python = (
        "from docsmith.model.findings import Finding, Severity\n"
        "from docsmith.plugin import hookimpl\n"
        "@hookimpl\n"
        "def docsmith_check_dossier(dossier, document_type):\n"
        "    return [Finding(Severity.WARNING, 'look', code='look')]\n"
    )
    manager = manager_of(make_plugin(tmp_path, "a", "甲", python=python), make_plugin(tmp_path, "b", "乙"))
    first, second = _run(tmp_path / "out", manager, dataset())
    assert [finding.code for finding in first.findings] == ["look"]
    assert second.findings == ()


def test_an_edited_document_is_kept_and_said_so(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, text=TEXT))
    (first,) = _run(tmp_path / "out", manager, dataset(TWO[0]))
    first.path.write_bytes(b"edited")
    (again,) = _run(tmp_path / "out", manager, dataset(TWO[0]))
    assert (again.status, again.path.read_bytes()) == (Status.KEPT, b"edited")
    assert again.beside is not None
    assert zipfile.is_zipfile(again.beside)
    assert again.findings[-1].code == "document-kept"


def test_a_mistake_of_ours_fails_one_document_and_tells_nothing_personal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = manager_of(make_plugin(tmp_path))
    make = Pipeline.make

    def breaks(self: Pipeline, document_type: object, template: object, dossier: object) -> object:
        if dossier.branch.name == "第一党支部":  # type: ignore[attr-defined]
            raise ZeroDivisionError("11010519491231002X")
        return make(self, document_type, template, dossier)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipeline, "make", breaks)
    first, second = _run(tmp_path / "out", manager, dataset(*TWO))
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert "ZeroDivisionError" in first.findings[0].message
    assert "1101" not in str(first.as_json())


def test_documents_for_another_year_leave_out_what_is_of_the_datas_year_and_say_so(tmp_path: Path) -> None:
    text = (
        "{{ 年度 }} {{ 单位.填报日期 or '无日期' }} {% for one in 问题清单 %}{{ one.存在问题 }}{% endfor %}"
    )
    name = TWO[0].name
    problems = (
        Problem(branch=name, problem="旧", found_on="2025-03-01"),
        Problem(branch=name, problem="新", found_on="2026-03-01"),
        Problem(branch=name, problem="无日期"),
    )
    unit = Unit(name="示例研究所", year=2026, report_date="2026-12-08")
    data = dataset(TWO[0], unit=unit, tables={"branches": TWO[:1], "problems": problems})
    manager = manager_of(make_plugin(tmp_path, text=text))
    with open_run(Pipeline(data, manager, RuleSettings()), tmp_path / "out", 2025) as run:
        (result,) = run.documents(list(manager.types.values()), [name])
    assert _text(result) == "2025 无日期 旧"
    assert [finding.code for finding in result.findings] == ["other-year"]


def test_data_of_which_a_file_could_not_be_read_leaves_a_warning_on_every_document(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, text=TEXT))
    data = dataset(*TWO, partial=True)
    assert data.dossier(TWO[0]).unread == frozenset(data.schema.sheets)
    for result in _run(tmp_path / "out", manager, data):
        assert result.findings[0].code == "data-partial"


def test_row_of_no_known_branch_leaves_a_doubt_on_the_documents_that_count_its_sheet(tmp_path: Path) -> None:
    counting = make_plugin(tmp_path, "a", "甲", text=TEXT, more='uses = ["unit", "branches", "members"]')
    manager = manager_of(counting, make_plugin(tmp_path, "b", "乙", text=TEXT))
    finding = Finding(Severity.ERROR, "there is no such branch", code="branch-unknown")
    results = _run(tmp_path / "out", manager, dataset(*TWO, failed=(FailedRow("members", (), finding),)))
    doubted = [(one.document_type, "data-partial" in [f.code for f in one.findings]) for one in results]
    assert doubted == [("a", True), ("a", True), ("b", False), ("b", False)]
