"""Generated people have names that a presenter would show, and that every form takes."""

import re
from dataclasses import asdict
from typing import Final

import pytest

from e2e.scenario.labels import LANGUAGES, Language
from e2e.scenario.people import People

MANY: Final = 300
"""More than the Chinese names of people that there are, so some are made twice."""

RULES: Final = {
    "domain": r"[a-z0-9][a-z0-9.-]{0,28}[a-z0-9]",
    "account": r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
    "username": r"[A-Za-z0-9][A-Za-z0-9_.-]{1,30}[A-Za-z0-9]",
}
"""What the forms take, in full."""

COMMON: Final = {"example", "com", "cloud"}

PINYIN: Final = r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]+(?:ng?)?)+"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_people_or_companies_of_a_world_are_the_same_and_every_form_takes_them(language: Language) -> None:
    people, seen = People("2026", language), list[str]()
    for _ in range(MANY):
        company = people.enterprise()
        for one in (company, people.member(company), people.registration(company), people.registration(company)):
            typed = asdict(one)
            seen += [typed[key] for key in ("domain", "account", "username", "email", "phone") if key in typed]
            wrong = [key for key, rule in RULES.items() if key in typed and not re.fullmatch(rule, typed[key])]
            assert not wrong, one
    assert len(set(seen)) == len(seen)
    assert any(re.fullmatch("[a-z]+-2", name) for name in seen), "there is none with a number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_is_made_of_names_and_no_random_letters(language: Language) -> None:
    people, checked = People("2026", language), 0
    for _ in range(MANY):
        company = people.enterprise()
        member, registration = people.member(company), people.registration(company)
        names = f"{company.name} {member.name}".lower().split()
        typed = [company.domain, member.account, member.email, registration.username, registration.email]
        for word in {word for text in typed for word in re.split(r"[.@-]", text)} - COMMON:
            checked += 1
            assert word.isdecimal() or (word in names if language == "en" else re.fullmatch(PINYIN, word)), word
        assert registration.company == company.name
        assert registration.workspace.startswith(company.name)
    assert checked >= 3 * MANY


def test_a_seed_gives_the_same_people_again() -> None:
    first, again, other = (People(seed, "en").enterprise() for seed in ("2026", "2026", "2027"))
    assert first == again != other
