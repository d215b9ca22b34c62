"""The membership of a branch in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Generic, TypeVar

from docsmith.model.dates import PartialDate
from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.percent import mean
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Member

FORMAL = "正式党员"
PROBATIONARY = "预备党员"

T = TypeVar("T")


class MemberFigures(FigureGroup):
    """People, by what the sheet 党员 says of them at the report date.

    ``total`` is 正式党员 + 预备党员: probationary members are members of the Party, and count towards the
    50 of 支部工作条例 第四条. 入党积极分子, 发展对象 and 入党申请人 are not members; they are counted beside
    it (党员18人，另有入党积极分子1人). All figures below ``applicants`` are about the members alone.

    Ages are completed years; 35岁以下 includes 35. A member whose cell is empty is in none of the classes
    and is counted as unknown; a class is ``None`` where nobody's cell is filled in.
    """

    total: int | None = figure("党员总数")
    formal: int | None = figure("正式党员")
    probationary: int | None = figure("预备党员")
    activists: int | None = figure("入党积极分子")
    development: int | None = figure("发展对象")
    applicants: int | None = figure("入党申请人")
    male: int | None = figure("男党员")
    female: int | None = figure("女党员")
    gender_unknown: int | None = figure("性别不详")
    minority: int | None = figure("少数民族党员")
    ethnicity_unknown: int | None = figure("民族不详")
    under_35: int | None = figure("35岁以下党员")
    from_36_to_45: int | None = figure("36至45岁党员")
    from_46_to_59: int | None = figure("46至59岁党员")
    over_60: int | None = figure("60岁以上党员")
    age_unknown: int | None = figure("年龄不详")
    average_age: Decimal | None = figure("平均年龄")
    average_party_years: Decimal | None = figure("平均党龄")
    party_years_unknown: int | None = figure("党龄不详")
    master_or_above: int | None = figure("硕士及以上")
    bachelor: int | None = figure("本科")
    college: int | None = figure("大专")
    education_unknown: int | None = figure("学历不详")
    groups: int | None = figure("党小组数")
    group_names: tuple[str, ...] = figure("党小组")


@once_per_dossier
def party_members(dossier: Dossier) -> tuple[Member, ...]:
    """Return the members of the Party, 正式 and 预备, in the order of the source."""
    return tuple([member for member in dossier.members if member.status in (FORMAL, PROBATIONARY)])


@once_per_dossier
def formal_members(dossier: Dossier) -> tuple[Member, ...]:
    """Return the 正式党员, in the order of the source."""
    return tuple([member for member in dossier.members if member.status == FORMAL])


def age_of(member: Member, at: PartialDate) -> int | None:
    """Return the age in completed years, or ``None`` without a date of birth before ``at``."""
    return _years_since(member.born_on, at)


def party_years(member: Member, at: PartialDate) -> int | None:
    """Return the completed years in the Party (党龄), counted from the day of becoming a full member.

    党章 第七条; a probationary member, and one whose day is not given, has ``None``.
    """
    return _years_since(member.full_on, at) if member.status == FORMAL else None


def education_level(member: Member) -> str | None:
    """Return 硕士及以上, 本科, 大专 or 其他, the higher of education and degree; ``None`` if unknown."""
    stated = f"{member.education or ''} {member.degree or ''}"
    if not stated.strip():
        return None
    if any(word in stated for word in ("研究生", "硕士", "博士")):
        return "硕士及以上"
    if any(word in stated for word in ("本科", "大学", "学士")):
        return "大专" if "大学专科" in stated and "学士" not in stated else "本科"
    return "大专" if any(word in stated for word in ("大专", "专科", "高职")) else "其他"


def group_names(members: Iterable[Member]) -> tuple[str, ...]:
    """Return the names of the Party groups (党小组), each once, in the order of the source."""
    return tuple(dict.fromkeys(member.group for member in members if member.group))


@once_per_dossier
def count_members(dossier: Dossier) -> MemberFigures:
    """Return the figures of the sheet 党员; all ``None`` where the branch has no row in it."""
    members = party_members(dossier)
    statuses = _Classes(dossier.members, lambda member: member.status)
    genders = _Classes(members, lambda member: member.gender)
    minority = _Classes(members, _is_minority)
    ages = _Classes(members, lambda member: age_of(member, dossier.as_of))
    levels = _Classes(members, education_level)
    years = _Classes(formal_members(dossier), lambda member: party_years(member, dossier.as_of))
    groups = group_names(members)
    return MemberFigures(
        total=len(members) if dossier.members else None,
        formal=statuses.count(FORMAL.__eq__),
        probationary=statuses.count(PROBATIONARY.__eq__),
        activists=statuses.count("入党积极分子".__eq__),
        development=statuses.count("发展对象".__eq__),
        applicants=statuses.count("入党申请人".__eq__),
        male=genders.count("男".__eq__),
        female=genders.count("女".__eq__),
        gender_unknown=genders.unknown,
        minority=minority.count(bool),
        ethnicity_unknown=minority.unknown,
        under_35=ages.count(lambda age: age <= 35),
        from_36_to_45=ages.count(lambda age: 36 <= age <= 45),
        from_46_to_59=ages.count(lambda age: 46 <= age <= 59),
        over_60=ages.count(lambda age: age >= 60),
        age_unknown=ages.unknown,
        average_age=mean(ages.known),
        average_party_years=mean(years.known),
        party_years_unknown=years.unknown,
        master_or_above=levels.count("硕士及以上".__eq__),
        bachelor=levels.count("本科".__eq__),
        college=levels.count("大专".__eq__),
        education_unknown=levels.unknown,
        groups=len(groups) or None,
        group_names=groups,
    )


class _Classes(Generic[T]):
    """A property of some members: ``None`` for those of whom it is not known."""

    def __init__(self, members: Iterable[Member], of: Callable[[Member], T | None]) -> None:
        self._values = [of(member) for member in members]
        self.known = [value for value in self._values if value is not None]

    def count(self, belongs: Callable[[T], bool]) -> int | None:
        """Return how many belong to a class; ``None`` where the property is known of nobody."""
        return sum(map(belongs, self.known)) if self.known else None

    @property
    def unknown(self) -> int | None:
        """How many members the property is not known of; ``None`` where there are no members."""
        return len(self._values) - len(self.known) if self._values else None


def _is_minority(member: Member) -> bool | None:
    return None if member.ethnicity is None else member.ethnicity not in ("汉族", "汉")


def _years_since(date: PartialDate | None, at: PartialDate) -> int | None:
    return date.full_years_until(at) if date and date.first <= at.last else None
