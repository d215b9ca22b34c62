"""测评: votes that add up, and a result that is good enough."""

from __future__ import annotations

from decimal import Decimal

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.miscounts import miscounts
from docsmith.model.figures.satisfaction import overall_rate
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import sheet_place
from docsmith.rules.registry import branch_check

_NO_TALLIES = "数据中没有测评结果"


@branch_check("R-22")
def people_are_satisfied(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Compare the overall result with what the place asks for a good branch, and for any."""
    survey = dossier.survey
    overall = overall_rate(dossier)
    if overall is None:
        return unknown(_NO_TALLIES)
    item, rate = overall
    evidence = f"群众{survey.measure}{survey.printed(rate)}（{item}）"
    if rate >= parameters["good"]:
        return judged((), evidence)
    asked = parameters["minimum"] if rate < parameters["minimum"] else parameters["good"]
    message = _("the satisfaction rate is {rate}, below {asked}").format(
        rate=survey.printed(rate), asked=survey.printed(Decimal(asked))
    )
    hint = _("Counted as {formula}.").format(formula=survey.worded)
    return judged((Objection(message, hint, sheet_place(dossier, "ballots")),), evidence)


@branch_check("X-15")
def votes_add_up(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that no more ballots came back than went out, and that the grades make up the valid ones."""
    if not dossier.ballots:
        return unknown(_NO_TALLIES)
    return judged(
        Objection(miscount.message, miscount.hint, ballot.where(miscount.field))
        for ballot in dossier.ballots
        for miscount in miscounts(ballot, dossier.survey)
    )
