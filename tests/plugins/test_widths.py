"""Every bundled type, for the fullest and the emptiest branch of the sample unit: tables hold anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tools.make_templates import ROOT

from docsmith.engine.loading import load_dataset
from docsmith.engine.pipeline import Pipeline
from docsmith.model.dossier import Dossier
from docsmith.model.survey import USUAL_SURVEY
from docsmith.plugin import DocumentType
from docsmith.rules import RuleSettings
from docsmith.template import Template
from tests.plugins.making import manager
from tests.widths import check_widths

TYPES = sorted(manager().types)
BRANCHES = ("第一党支部", "成果转化中心党支部")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    found = manager()
    found.use(found.types.values())
    data = load_dataset([ROOT / "fixtures" / "示例单位"], found, {}, USUAL_SURVEY)
    return Pipeline(data, found, RuleSettings())


def _dossiers(pipeline: Pipeline, document_type: DocumentType) -> Iterator[Dossier]:
    for branch in pipeline.dataset.branches:
        if branch.name in BRANCHES:
            dossier = pipeline.dataset.dossier(branch)
            per = document_type.plan.per
            yield from map(dossier.about, per.rows(dossier)) if per else [dossier]


@pytest.mark.parametrize("type_id", TYPES)
def test_every_cell_is_as_wide_as_its_grid_columns(pipeline: Pipeline, type_id: str) -> None:
    document_type = pipeline.manager.types[type_id]
    template = Template.open(document_type.template)
    for dossier in _dossiers(pipeline, document_type):
        made = pipeline.make(document_type, template, dossier)
        assert made.content is not None
        check_widths(made.content)
