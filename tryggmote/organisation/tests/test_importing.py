"""What an import does to who is who: what comes, what changes, who leaves and who returns."""

from collections.abc import Collection
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from tryggmote.access.context import acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.organisation import queries, reorganising
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.importing.reading import Pages, read_path, read_workbook
from tryggmote.organisation.importing.steps import Proposal, carry_out, propose
from tryggmote.organisation.importing.tables import PEOPLE
from tryggmote.organisation.importing.terminal import import_organisation
from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitClosure,
    Workforce,
)
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.files import Tables, csv_folder, nation, office, pages, workbook
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


def take_in(found: Pages, *, may_end_many: bool = False) -> Proposal:
    with acting_as_job():
        proposal = propose(found)
        carry_out(proposal, may_end_many=may_end_many)
    return proposal


def take_in_tables(tables: Tables, *, may_end_many: bool = False) -> Proposal:
    return take_in(pages(tables), may_end_many=may_end_many)


def without(tables: Tables, number: str) -> Tables:
    """The same file after somebody has left."""
    found = deepcopy(tables)
    found["people"] = [row for row in found["people"] if row["id"] != number]
    found["roles"] = [row for row in found["roles"] if row["person"] != number]
    return found


def test_a_joint_office_with_dual_leadership_comes_in_whole() -> None:
    take_in_tables(office())

    unit = Unit.objects.get(code="0451")
    above = set(UnitClosure.objects.filter(descendant=unit).values_list("ancestor__code", "depth"))
    assert above == {("0451", 0), ("F1", 1), ("K1", 1), ("K2", 1), ("NAV", 2)}
    assert unit.meeting_forms == ["reception", "home_visit"]
    assert set(Workforce.objects.filter(unit=unit).values_list("employer__code", flat=True)) == {
        "NAV",
        "K1",
        "K2",
    }
    leaders = RoleAssignment.objects.filter(role=Role.OFFICE_LEADER, unit=unit)
    assert {(r.person.name, r.employer.code) for r in leaders if r.employer} == {
        ("Stine Statlig", "NAV"),
        ("Karl Kommunal", "K1"),
    }
    colleague = Person.objects.get(external_id="K2")
    nearest = queries.nearest_leaders(colleague.id)
    assert queries.names(nearest.ids) == {
        nearest.daily_id: "Stine Statlig",
        nearest.formal_id: "Karl Kommunal",
    }
    area = SafetyArea.objects.get(code="V1")
    assert queries.safety_representatives_of(area.id) == [Person.objects.get(external_id="S2").id]


def test_the_same_file_twice_changes_nothing() -> None:
    take_in_tables(office())
    assert take_in_tables(office()).changes_nothing


def test_workbook_and_csv_say_the_same(tmp_path: Path) -> None:
    take_in(read_workbook(workbook(office()), "fil.xlsx"))
    for delimiter, encoding in ((";", "utf-8-sig"), (",", "utf-8")):
        folder = csv_folder(tmp_path, office(), delimiter=delimiter, encoding=encoding)
        assert take_in(read_path(folder)).changes_nothing


def test_excel_dates_and_numbers_are_understood() -> None:
    tables = office()
    tables["people"][0] |= {"id": 4711, "starts_on": date(2023, 8, 1)}
    tables["people"][2] |= {"formal_leader": 4711.0, "starts_on": "1.2.2024"}
    tables["people"][3] |= {"daily_leader": "4711"}
    tables["roles"][0] |= {"person": "4711"}

    take_in(read_workbook(workbook(tables), "fil.xlsx"))

    started = dict(Placement.objects.values_list("person__external_id", "starts_on"))
    assert started["4711"] == date(2023, 8, 1)
    assert started["S2"] == date(2024, 2, 1)


def test_one_who_is_not_in_the_file_any_more_is_ended_and_not_deleted() -> None:
    take_in_tables(office())
    take_in_tables(without(office(), "S2"), may_end_many=True)

    today = oslo_today()
    gone = Person.objects.get(external_id="S2")
    assert gone.ended_on == today
    for rows in (Employment.objects, Placement.objects, RoleAssignment.objects):
        assert list(rows.filter(person=gone).values_list("ends_on", flat=True)) == [today]
    assert take_in_tables(without(office(), "S2")).changes_nothing


def test_one_who_returns_the_same_day_is_opened_again_as_if_nothing_had_happened() -> None:
    take_in_tables(office())
    take_in_tables(without(office(), "S2"), may_end_many=True)
    proposal = take_in_tables(office())

    back = Person.objects.get(external_id="S2")
    assert back.ended_on is None
    assert Placement.objects.get(person=back).ends_on is None
    assert take_in_tables(office()).changes_nothing
    assert proposal.difference.of(PEOPLE).changed


def test_one_who_returns_after_years_gets_a_new_period_and_the_gap_stays_visible() -> None:
    take_in_tables(office())
    long_ago = date(2025, 3, 31)
    person = Person.objects.get(external_id="S2")
    Person.objects.filter(pk=person.pk).update(ended_on=long_ago)
    for rows in (Employment.objects, Placement.objects, RoleAssignment.objects):
        rows.filter(person=person).update(ends_on=long_ago)
    tables = office()
    tables["people"][2]["starts_on"] = ""

    proposal = take_in_tables(tables)

    periods = (
        Placement.objects.filter(person=person).order_by("starts_on").values_list("starts_on", "ends_on")
    )
    assert list(periods) == [(date(2024, 1, 1), long_ago), (oslo_today(), None)]
    assert [change.row.key for change in proposal.difference.of(PEOPLE).reopened] == [("S2",)]
    assert take_in_tables(tables).changes_nothing


def test_one_who_changes_employer_and_workplace_gets_new_ones_from_today() -> None:
    take_in_tables(office())
    tables = office()
    tables["people"][3] |= {"employer": "NAV", "unit": "F1", "starts_on": ""}
    tables["people"][3].pop("daily_leader")

    take_in_tables(tables, may_end_many=True)

    today = oslo_today()
    moved = Person.objects.get(external_id="K2")
    employments = Employment.objects.filter(person=moved).order_by("id")
    assert [(e.employer.code, e.ends_on) for e in employments] == [
        ("K2", today - timedelta(days=1)),
        ("NAV", None),
    ]
    now = queries.placement_of(moved.id)
    assert now is not None
    assert now.unit_name == "Nav Fjordfylket"
    assert take_in_tables(tables).changes_nothing


def test_one_with_two_workplaces_has_the_first_as_the_main_one() -> None:
    tables = office()
    tables["people"].append({"id": "S2", "unit": "F1", "title": "Rådgiver", "meets_clients": "nei"})
    take_in_tables(tables)

    places = Placement.objects.filter(person__external_id="S2").order_by("-is_primary")
    assert [(p.workforce.unit.code, p.is_primary, p.meets_clients) for p in places] == [
        ("0451", True, True),
        ("F1", False, False),
    ]


def test_a_known_last_day_ends_the_person_on_that_day() -> None:
    tables = office()
    last_day = oslo_today() + timedelta(days=30)
    tables["people"][3]["ends_on"] = last_day.isoformat()
    take_in_tables(tables)
    assert Person.objects.get(external_id="K2").ended_on == last_day
    assert Employment.objects.get(person__external_id="K2").ends_on == last_day


def test_what_people_choose_themselves_is_left_alone() -> None:
    tables = office()
    tables["people"][2]["language"] = "nynorsk"
    take_in_tables(tables)
    Unit.objects.filter(code="0451").update(meeting_forms=["telephone"])
    Person.objects.filter(external_id="S2").update(language="en")

    assert take_in_tables(tables).changes_nothing
    assert Unit.objects.get(code="0451").meeting_forms == ["telephone"]


def test_columns_and_sheets_that_are_left_out_are_left_alone() -> None:
    take_in_tables(office())
    Person.objects.filter(external_id="S2").update(phone="99 00 00 00")
    only_people = {"people": [{"id": row["id"], "name": row["name"]} for row in office()["people"]]}
    assert take_in_tables(only_people).changes_nothing


def test_half_a_file_is_refused_unless_it_is_meant() -> None:
    take_in_tables(office())
    tables = without(office(), "S2")
    with pytest.raises(NotPossible, match="20 prosent"):
        take_in_tables(tables)
    assert Person.objects.get(external_id="S2").ended_on is None
    take_in_tables(tables, may_end_many=True)


def test_a_unit_that_moves_lies_under_its_new_parent_only() -> None:
    take_in_tables(office())
    tables = office()
    tables["units"][4]["parents"] = "F1 K1"
    take_in_tables(tables)
    unit = Unit.objects.get(code="0451")
    above = UnitClosure.objects.filter(descendant=unit).values_list("ancestor__code", flat=True)
    assert set(above) == {"0451", "F1", "K1", "NAV"}


def test_a_unit_that_is_closed_stays_where_it_was() -> None:
    take_in_tables(office())
    tables = {"units": [row for row in office()["units"] if row["code"] != "0451"]}
    take_in_tables(tables)
    closed = Unit.objects.get(code="0451")
    assert closed.ended_on == oslo_today()
    assert UnitClosure.objects.filter(descendant=closed).count() == 5
    assert take_in_tables(tables).changes_nothing


def test_a_new_name_is_sorted_anew_and_told_in_the_difference() -> None:
    take_in_tables(office())
    tables = office()
    tables["people"][2]["name"] = "Åse Veileder"
    with acting_as_job():
        proposal = propose(pages(tables))
        (people,) = proposal.summary()
        assert people.groups[0].first == ["Åse Veileder (S2): navn Vera Veileder → Åse Veileder"]
        carry_out(proposal)
    assert Person.objects.get(external_id="S2").sort_key.startswith("z\x03se")


def test_the_terminal_shows_the_difference_and_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "fil.xlsx"
    file.write_bytes(workbook(office()))
    out = Console(record=True, width=100)
    before = Person.objects.count()

    assert import_organisation(file, dry_run=True, end_many=False, console=out)

    text = out.export_text()
    assert "Nye: 4" in text
    assert "Vera Veileder" in text
    assert Person.objects.count() == before
    assert import_organisation(file, dry_run=False, end_many=False, console=out)
    assert Person.objects.count() == before + 4


def test_the_terminal_lists_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
    tables = office()
    tables["people"][1]["unit"] = "[bold]X"
    tables["people"][2]["starts_on"] = "i fjor"
    file = tmp_path / "fil.xlsx"
    file.write_bytes(workbook(tables))
    out = Console(record=True, width=140)

    assert not import_organisation(file, dry_run=False, end_many=False, console=out)

    text = out.export_text()
    assert "[bold]X" in text
    assert "31.01.2026" in text
    assert not Person.objects.exists()


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="XLSX"):
        read_workbook(b"hei", "fil.xlsx")
    with pytest.raises(BadFile, match="finnes ikke"):
        read_path(tmp_path / "borte.xlsx")
    (tmp_path / "people.csv").write_bytes("ansattnummer;navn\n1;Kåre\n".encode("latin-1"))
    with pytest.raises(BadFile, match="UTF-8"):
        read_path(tmp_path)


@pytest.mark.slow
def test_as_many_people_as_the_nation_come_in_within_a_minute(
    tmp_path: Path, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    file = tmp_path / "nation.xlsx"
    file.write_bytes(workbook(nation()))
    with django_assert_max_num_queries(150):
        assert import_organisation(file, dry_run=False, end_many=False, console=Console(quiet=True))
    assert Person.objects.count() == 22_000


def with_administrator(tables: Tables) -> Tables:
    """The same file, and one of them keeps the system."""
    found = deepcopy(tables)
    found["roles"].append({"person": "K2", "role": "administrator", "unit": "0451"})
    return found


@pytest.mark.parametrize("gone", ["the role", "the person"])
def test_the_last_administrator_cannot_be_imported_away(gone: str) -> None:
    whole = with_administrator(office())
    take_in_tables(whole)
    left = office() if gone == "the role" else without(whole, "K2")
    with pytest.raises(NotPossible, match="systemadministrator"):
        take_in_tables(left, may_end_many=True)
    assert RoleAssignment.objects.get(role=Role.ADMINISTRATOR).ends_on is None
    assert Person.objects.get(external_id="K2").ended_on is None


def test_one_administrator_may_follow_another() -> None:
    take_in_tables(with_administrator(office()))
    after = office()
    after["roles"].append({"person": "S2", "role": "administrator", "unit": "0451"})
    take_in_tables(after, may_end_many=True)
    assert (
        RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, ends_on=None).get().person.name
        == "Vera Veileder"
    )


def with_departments(*names: str) -> Tables:
    """The same office in departments."""
    found = office()
    found["units"] += [{"code": name, "name": name, "kind": "Avdeling", "parents": "0451"} for name in names]
    return found


def test_who_listens_is_told_which_units_got_or_lost_a_unit_below_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[set[str]] = []

    def listen(unit_ids: Collection[int]) -> None:
        told.append(set(Unit.objects.filter(id__in=unit_ids).values_list("code", flat=True)))

    monkeypatch.setattr(reorganising, "_listeners", [listen])
    take_in_tables(office())
    assert told == [{"NAV", "F1", "K1", "K2"}]
    take_in_tables(with_departments("Mottak", "Oppfølging"))
    take_in_tables(with_departments("Mottak", "Oppfølging"))
    take_in_tables(with_departments("Mottak"), may_end_many=True)
    assert told[1:] == [{"0451"}, {"0451"}]
