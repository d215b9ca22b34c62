"""Clean copies of a dataset: their shape, that they are safe to open, and that they read back the same."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from ruamel.yaml import YAML

from docsmith.errors import OutputError, UsageError
from docsmith.model.columns import Column, Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.records import Activity, Branch, Member, Talk, Unit
from docsmith.model.rows import Record, RowPlace
from docsmith.model.schema import Schema, derive_record
from docsmith.sources import load
from docsmith.sources.export import write_gathered
from docsmith.sources.export_rows import Gathered
from docsmith.sources.formulas import marked, unmarked
from tests.sources.making import write_dataset
from tests.sources.plain import as_plain

SCHEMA = Schema.built_in()
BRANCH = Branch(name="第一党支部", code="020100", other_members="张三、李四", term_started_on="2024-06")
TARGETS = ("out.json", "out.yaml", "out.xlsx", "out")


def dataset_of(schema: Schema = SCHEMA, examples: frozenset[str] = frozenset(), **tables: Any) -> Dataset:
    unit = Unit(name="某研究院", year=2026, report_date="2026-12-08", phone="010-1")
    return Dataset(schema, unit, {"branches": (BRANCH,), **tables}, examples=examples)


def member(**values: Any) -> Member:
    return Member(**{"branch": BRANCH.name, "name": "张三", **values})


def read_back(dataset: Dataset, path: Path) -> dict[str, Any]:
    write_dataset(dataset, path)
    return as_plain(load([path], dataset.schema))


def test_export_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    table = (member(born_on="1993-10", joined_on="2026-03-05", extra={"爱好": "书法"}),)
    write_dataset(dataset_of(members=table), tmp_path / "a.json")
    written = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert list(written) == list(SCHEMA.sheets)
    assert (written["unit"]["year"], written["unit"]["superior"]) == (2026, None)
    assert written["branches"][0]["other_members"] == ["张三", "李四"]
    (first,) = written["members"]
    assert (first["born_on"], first["joined_on"], first["extra"]) == (
        "1993-10",
        "2026-03-05",
        {"爱好": "书法"},
    )
    assert written["talks"] == []


def test_export_yaml_holds_the_same_as_json(tmp_path: Path) -> None:
    dataset = dataset_of(members=(member(note="NO", mobile="010", department="2026-03-05\n12:30"),))
    write_dataset(dataset, tmp_path / "a.yaml")
    assert YAML(typ="safe").load((tmp_path / "a.yaml").read_text(encoding="utf-8")) == as_plain(dataset)


@pytest.mark.parametrize("target", TARGETS)
def test_export_reads_back_the_same(tmp_path: Path, target: str) -> None:
    activity = Activity(branch=BRANCH.name, kind="党课", date="2026-03-05", time="14:30", due=18, present=17)
    dataset = dataset_of(members=(member(id_number="11010519491231002X"),), activities=(activity,))
    assert read_back(dataset, tmp_path / target) == as_plain(dataset)


@pytest.mark.parametrize("target", TARGETS)
def test_export_of_the_sample_unit_reads_back_the_same(tmp_path: Path, target: str) -> None:
    sample = Path(__file__).parents[2] / "fixtures" / "示例单位" / "数据.xlsx"
    dataset = load([sample], SCHEMA)
    assert read_back(dataset, tmp_path / target) == as_plain(dataset)


# What a cell can hold after it was read: no control characters, no blanks around it. Left out are the few
# words by which a sheet tells readers that a row is no data (示例, 必填), and the names of cell errors.
NO_DATA = re.compile(r"[示样范]例|[必选]填|必须|可[不选空]|^#|^Err:")
TEXTS = (
    (
        st.text(
            st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
        )
        | st.sampled_from(("=1+1", "-5", "'=x", "''@", "_x0041_", "010", "1e5", "NO", "null", "a\nb", "＝1"))
    )
    .map(lambda text: text.strip())
    .filter(lambda text: not NO_DATA.search(text))
)


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=2, max_size=2))
def test_export_of_any_text_reads_back_the_same(tmp_path: Path, target: str, texts: list[str]) -> None:
    content, opinion = texts
    talk = Talk.read(
        {
            "branch": BRANCH.name,
            "date": "2026-03-05",
            "talker": "张三",
            "listener": "李四",
            "content": content,
            "opinion": opinion,
        }
    )
    dataset = dataset_of(talks=(talk,))
    assert read_back(dataset, tmp_path / target) == as_plain(dataset)


@given(st.text())
def test_formula_mark_is_taken_off_exactly(text: str) -> None:
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_export_never_writes_a_formula(tmp_path: Path, text: str) -> None:
    dataset = dataset_of(members=(member(note=text),))
    write_dataset(dataset, tmp_path / "a.xlsx")
    write_dataset(dataset, tmp_path / "a")
    (cell,) = (cell for cell in load_workbook(tmp_path / "a.xlsx")["党员"][2] if cell.value == text)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    rows = list(csv.reader(io.StringIO((tmp_path / "a" / "党员.csv").read_text(encoding="utf-8-sig"))))
    assert f"'{text}" in rows[1]


@pytest.mark.parametrize("target", TARGETS)
def test_export_never_writes_what_only_stands_in_for_a_missing_value(tmp_path: Path, target: str) -> None:
    source = tmp_path / "source.json"
    source.write_text('{"unit": {"phone": "010-1"}, "branches": [{"name": "第一党支部"}]}', encoding="utf-8")
    dataset = load([source], SCHEMA)
    unit = as_plain(dataset)["unit"]
    assert (unit["name"], unit["year"], unit["phone"]) == (None, None, "010-1")
    assert read_back(dataset, tmp_path / target)["unit"] == unit


def test_export_folder_is_read_by_excel_as_utf8(tmp_path: Path) -> None:
    write_dataset(dataset_of(), tmp_path / "csv")
    assert (tmp_path / "csv" / "支部.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {file.stem for file in (tmp_path / "csv").iterdir()} == {s.title for s in SCHEMA.sheets.values()}


def test_export_leaves_a_plugins_examples_out(tmp_path: Path) -> None:
    items = derive_record(
        Record, [Column("text", "项目内容", kind=SCHEMA.sheets["talks"].column("content").kind)]
    )
    schema = SCHEMA.with_sheet(Sheet("check_items", "自查项目", items))
    table = (items.read({"text": "是否"}),)
    kept = as_plain(dataset_of(schema, check_items=table))
    left = as_plain(dataset_of(schema, frozenset({"check_items"}), check_items=table))
    assert (kept["check_items"], left["check_items"]) == ([{"text": "是否"}], [])


def test_export_to_an_unknown_suffix_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_dataset(dataset_of(), tmp_path / "a.docx")
    assert ".json, .yaml or .xlsx" in caught.value.hint


def test_export_never_overwrites_its_source(tmp_path: Path) -> None:
    source = tmp_path / "数据.xlsx"
    write_dataset(dataset_of(), source)
    before = source.read_bytes()
    with pytest.raises(UsageError, match="read from"):
        write_dataset(load([source], SCHEMA), source, sources=[source])
    assert source.read_bytes() == before


def test_export_never_overwrites_part_of_its_source(tmp_path: Path) -> None:
    table = tmp_path / "支部.csv"
    table.write_text("支部名称\n第一党支部\n", encoding="utf-8")
    with pytest.raises(UsageError, match="read from"):
        write_dataset(dataset_of(), tmp_path, sources=[table])
    (tmp_path / "党员.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="read from"):
        write_dataset(dataset_of(), tmp_path / "党员.json", sources=[tmp_path])
    assert table.read_text(encoding="utf-8") == "支部名称\n第一党支部\n"


def test_export_never_overwrites_a_file_that_a_record_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    person = member().read_from(RowPlace("a.json", "members", 1))
    with pytest.raises(UsageError, match="read from"):
        write_dataset(dataset_of(members=(person,)), Path("a.json"))


def test_export_never_writes_into_a_folder_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="holds something else"):
        write_dataset(dataset_of(), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["报告.docx"]


@pytest.mark.parametrize("target", TARGETS)
def test_export_is_the_same_every_time(tmp_path: Path, target: str) -> None:
    def content() -> dict[str, bytes]:
        write_dataset(dataset_of(), tmp_path / target)
        return {str(f): f.read_bytes() for f in sorted(tmp_path.rglob("*")) if f.is_file()}

    assert content() == content()


def test_export_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("docsmith._files.os.fsync", full)
    with pytest.raises(OutputError, match="could not be written"):
        write_dataset(dataset_of(), target)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.json", "old")]


def test_export_of_more_rows_than_a_workbook_holds_is_refused_with_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.sources.export_tables._MOST_ROWS", 3)
    people = dataset_of(members=tuple(member(name=name) for name in ("张三", "李四", "王五")))
    with pytest.raises(UsageError, match="党员 has 3 rows") as caught:
        write_dataset(people, tmp_path / "a.xlsx")
    assert "csv" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", TARGETS)
def test_export_is_the_same_from_memory_and_from_disk(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [member(name=f"党员{number}", extra={f"附加{number % 3}": "有"}) for number in range(250)]
    dataset = dataset_of(members=tuple(people))
    write_dataset(dataset, tmp_path / "1" / target)
    monkeypatch.setattr("docsmith.sources.export_rows._IN_MEMORY", 100)
    write_dataset(dataset, tmp_path / "2" / target)
    assert _content(tmp_path / "1") == _content(tmp_path / "2")
    assert as_plain(load([tmp_path / "1" / target], SCHEMA)) == as_plain(dataset)


def _content(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


@pytest.mark.parametrize("target", TARGETS)
def test_export_takes_no_more_memory_for_more_rows(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.sources.export_rows._IN_MEMORY", 10_000)

    def most_used(rows: int) -> int:
        with Gathered(SCHEMA) as gathered:
            gathered.add_shared(dataset_of())
            tracemalloc.start()
            for number in range(rows // 100):
                people = (member(name=f"党员{number}-{one}", note="备注" * 99) for one in range(100))
                gathered.add_branches(dataset_of(members=tuple(people)))
            write_gathered(gathered, tmp_path / str(rows) / target)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    most_used(100)  # what is imported and kept once
    few = most_used(200)
    assert most_used(800) < few + 400_000  # bytes; 600 records take 700,000


@pytest.mark.parametrize("target", TARGETS)
def test_export_says_how_many_rows_it_has_written(tmp_path: Path, target: str) -> None:
    people = tuple(member(name=f"党员{number}") for number in range(7))
    written: list[int] = []
    with Gathered(SCHEMA) as gathered:
        gathered.add_branches(dataset_of(members=people))
        gathered.add_shared(dataset_of())
        assert len(gathered) == 9
        write_gathered(gathered, tmp_path / target, written.append)
    assert sum(written) in (8, 9)  # the one row of 单位 is many lines of a table
