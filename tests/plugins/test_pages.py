"""All bundled types on real pages, for the fullest and the emptiest branch of the sample unit."""

from __future__ import annotations

import re

import pytest
from tools.make_templates import ROOT

from docsmith.engine.loading import load_dataset
from docsmith.engine.pipeline import Pipeline
from docsmith.model.survey import USUAL_SURVEY
from docsmith.rules import RuleSettings
from docsmith.template import Template
from tests.pages import needs_pages, pages_of
from tests.plugins.making import manager

pytestmark = needs_pages

SAMPLE = ROOT / "fixtures" / "示例单位"
FULL, EMPTY = "第一党支部", "成果转化中心党支部"
# Words of the header row of each form, which come back on every page that has rows.
HEADERS = {
    "self-check": "评估内容",
    "problem-list": "整改措施",
    "member-roster": "加入党组织",
    "acceptance-score": "评分标准",
}
Pages = dict[str, list[str]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return the pages of every type, by ``id branch``; where each row has a document, of the fullest."""
    found = manager()
    found.use(found.types.values())
    data = load_dataset([SAMPLE], found, {}, USUAL_SURVEY)
    pipeline = Pipeline(data, found, RuleSettings())
    documents = {}
    for branch in (one for one in data.branches if one.name in (FULL, EMPTY)):
        for one in found.types.values():
            dossier = data.dossier(branch)
            if one.plan.per:
                rows = one.plan.per.rows(dossier)
                if not rows:
                    continue
                dossier = dossier.about(max(rows, key=lambda row: len(str(row.values()))))
            made = pipeline.make(one, Template.open(one.template), dossier)
            assert made.content is not None
            documents[f"{one.id} {branch.name}"] = made.content
    return pages_of(documents, tmp_path_factory.mktemp("pages"))


def test_no_page_is_empty_and_none_holds_a_single_line(pages: Pages) -> None:
    def lines(page: str) -> int:
        return len([line for line in page.splitlines() if line.strip() and not re.match(r"[—第]", line)])

    assert {name: [lines(page) > 1 for page in found] for name, found in pages.items() if found} == {
        name: [True] * len(found) for name, found in pages.items()
    }


@pytest.mark.parametrize("branch", [FULL, EMPTY])
def test_self_check_fits_on_three_pages_and_ends_with_boxes_and_signatures_together(
    pages: Pages, branch: str
) -> None:
    found = pages[f"self-check {branch}"]
    assert len(found) <= 3
    assert all(words in found[-1] for words in ("是否", "支委会审议意见", "填表人", "注："))


@pytest.mark.parametrize("type_id", HEADERS)
def test_header_row_stands_on_every_page_with_rows(pages: Pages, type_id: str) -> None:
    found = pages[f"{type_id} {FULL}"]
    assert all(HEADERS[type_id] in page for page in found)


def test_group_that_goes_on_overleaf_is_named_at_the_top_of_the_page(pages: Pages) -> None:
    _first, overleaf, _signed = (page.partition("评估内容")[2] for page in pages[f"self-check {FULL}"])
    assert "（续）" in overleaf.replace("\r\n", "")[:120]


def test_ballot_is_one_page_and_the_tally_another(pages: Pages) -> None:
    assert len(pages[f"satisfaction-survey {EMPTY}"]) == 1
    ballot, tally = pages[f"satisfaction-survey {FULL}"]
    assert "不记名" in ballot
    assert "计票人" in tally


@pytest.mark.parametrize("type_id", ["work-plan", "year-end-summary"])
def test_article_is_signed_on_the_page_of_its_last_paragraph(pages: Pages, type_id: str) -> None:
    signed = next(page for page in pages[f"{type_id} {FULL}"] if re.search(r"^附件", page, re.MULTILINE))
    assert FULL in signed.partition("附件")[2]


def test_matrix_of_a_year_is_one_sheet(pages: Pages) -> None:
    assert sum("责任主体" in page and "党员个人" in page for page in pages[f"work-plan {FULL}"]) == 1


@pytest.mark.parametrize("type_id", ["talk-record", "meeting-record"])
def test_record_at_length_is_one_page_that_both_sign(pages: Pages, type_id: str) -> None:
    (page,) = pages[f"{type_id} {FULL}"]
    assert page.count("（签字）") == 2


def test_roster_of_an_empty_branch_is_one_page(pages: Pages) -> None:
    (page,) = pages[f"member-roster {EMPTY}"]
    assert "填表人" in page


@pytest.mark.parametrize("branch", [FULL, EMPTY])
def test_rota_is_one_sheet_for_the_wall(pages: Pages, branch: str) -> None:
    (page,) = pages[f"duty-rota {branch}"]
    assert "12 月" in page


@pytest.mark.parametrize("branch", [FULL, EMPTY])
def test_scores_fit_on_three_pages_and_end_with_total_and_signatures_together(
    pages: Pages, branch: str
) -> None:
    found = pages[f"acceptance-score {branch}"]
    assert len(found) == 3
    assert all(words in found[-1] for words in ("保障机制", "总分", "验收组意见", "注："))


def test_pledge_is_one_page_to_sign(pages: Pages) -> None:
    (page,) = pages[f"integrity-pledge {FULL}"]
    assert page.count("（签字）") == 1
