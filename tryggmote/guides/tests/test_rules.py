"""Which guide is for whom."""

import pytest

from tryggmote.access.context import PlacementInfo, SignedInPerson
from tryggmote.guides import rules
from tryggmote.guides.contents import GUIDES
from tryggmote.guides.guide import Guide
from tryggmote.organisation.roles import Role


def somebody(*roles: str, meets_clients: bool = False, team: tuple[int, ...] = ()) -> SignedInPerson:
    placement = PlacementInfo(1, "Nav Lillevik", 1, 1, None, meets_clients, ())
    return SignedInPerson(
        id=1, name="Vera", language="nb", theme="system", roles=frozenset(roles), placements=(placement,),
        units=(), led=(), team=team, areas=(), overseen=(),
    )  # fmt: skip


def codes(person: SignedInPerson) -> list[str]:
    return [guide.code for guide in rules.guides_for(person)]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_a_guide_of_its_own(role: Role) -> None:
    assert codes(somebody(role)) == [role.value]


def test_who_meets_clients_and_who_works_beside_them_have_one_each() -> None:
    assert codes(somebody(meets_clients=True)) == ["counsellor"]
    assert codes(somebody()) == ["employee"]


def test_who_leads_people_without_the_role_is_told_what_leaders_do() -> None:
    assert codes(somebody(team=(2,))) == ["leader"]
    assert codes(somebody(Role.OFFICE_LEADER, team=(2,))) == ["office_leader"]
    assert codes(somebody(Role.COUNTY_DIRECTOR, team=(2,))) == ["county_director"]


def test_somebody_with_two_roles_has_both_guides_and_is_led_to_no_place_twice() -> None:
    both = rules.guides_for(somebody(Role.LEADER, Role.SAFETY_REPRESENTATIVE, meets_clients=True))
    assert [guide.code for guide in both] == ["leader", "safety_representative", "counsellor"]
    places = [step.url_name for guide in both for step in guide.steps]
    told = [step.url_name for guide in rules.without_repetition(both) for step in guide.steps]
    assert len(set(places)) < len(places)
    assert told == list(dict.fromkeys(places))


def test_what_is_put_away_leaves_the_guide_of_a_new_role() -> None:
    mine = rules.guides_for(somebody(Role.SAFETY_REPRESENTATIVE, meets_clients=True))
    assert [guide.code for guide in rules.not_put_away(mine, {"counsellor"})] == ["safety_representative"]
    assert rules.not_put_away(mine, {"counsellor", "safety_representative"}) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_a_guide_is_short(guide: Guide) -> None:
    assert 3 <= len(guide.steps) <= 5
    assert len(str(guide.task)) <= 110
    assert len({step.url_name for step in guide.steps}) == len(guide.steps)
    assert all(len(step.text) <= 100 for step in guide.steps)


def test_what_is_kept_of_each_is_its_own() -> None:
    assert len({guide.code for guide in GUIDES}) == len(GUIDES)
