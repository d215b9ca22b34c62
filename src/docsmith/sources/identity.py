"""ID numbers (GB 11643-1999): whether they can be right, and whether birth date and gender agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.model.records import Member

_CHECKS = "10X98765432"
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"\d{15}", re.ASCII)

# What is wrong: the field, a code, a message and what to do.
Doubt = tuple[str, str, str, str]


def check_character(first: str) -> str:
    """Return the 18th character for the first 17 digits (GB 11643-1999, 4.2; ISO 7064 MOD 11-2)."""
    area, birth, serial = first[:6], first[6:14], first[14:]
    return _CHECKS[((_weighed(area) << 12) + (_weighed(birth) << 4) + (_weighed(serial) << 1)) % 11]


@lru_cache(maxsize=1 << 15)
def _weighed(digits: str) -> int:
    """Return the sum of digits that each weigh twice as much as the next; areas and birthdays repeat."""
    total = 0
    for digit in digits:
        total = total * 2 + int(digit)
    return total


def doubts(member: Member) -> Iterator[Doubt]:
    """Yield what is doubtful about a member's ID number."""
    number = member.id_number
    if not number:
        return
    if not _SHAPE.fullmatch(number):
        old = bool(_OLD_SHAPE.fullmatch(number))
        message = (
            _("an ID number of 15 digits is no longer valid")
            if old
            else _("an ID number has 18 characters, this has {count}").format(count=len(number))
        )
        yield "id_number", "id-shape", message, _("Expected 17 digits and a digit or X: 11010519491231002X.")
        return
    if check_character(number[:17]) != number[17]:
        hint = _("Compare it with the card; one digit is wrong or two are swapped.")
        if number.endswith("000"):
            hint = _("Excel may have replaced its last digits by zeros; type it again in a text column.")
        yield "id_number", "id-checksum", _("the check digit of the ID number does not fit"), hint
        return
    yield from _contradictions(member, number)


def _contradictions(member: Member, number: str) -> Iterator[Doubt]:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    said = member.born_on
    if not said or (said.year, said.month, said.day) != (year, month, day):
        try:
            born = PartialDate(year, month, day)
        except ValueError:
            yield "id_number", "id-birth-date", _("the ID number holds no date of birth"), _compare()
            return
        if said and (said.year, said.month, said.day or day) != (year, month, day):
            message = _("the date of birth is {said}, but the ID number says {born}")
            yield "born_on", "id-birth-date", message.format(said=said.iso(), born=born.iso()), _compare()
    gender = "男" if int(number[16]) % 2 else "女"
    if member.gender and member.gender != gender:
        message = _("the gender is {said}, but the ID number says {gender}")
        yield "gender", "id-gender", message.format(said=member.gender, gender=gender), _compare()


def _compare() -> str:
    return _("Compare both with the card.")
