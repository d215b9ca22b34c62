"""A template that does more than any form needs is told apart from one that is broken: less data may do."""

from __future__ import annotations

import pytest

from docsmith.errors import BudgetError
from docsmith.template import Template
from docsmith.template.language import journal
from tests.template.builders import docx


def test_template_that_does_too_much_for_its_data_is_a_budget_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_STEPS", 10_000)
    template = Template.open(docx("{% for a in rows %}{% for b in rows %}{{ b }}{% endfor %}{% endfor %}"))
    assert template.render({"rows": [1, 2, 3]})
    with pytest.raises(BudgetError, match="more than 10000 steps"):
        template.render({"rows": list(range(500))})
