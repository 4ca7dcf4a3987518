"""The pages, as people who work in an office meet them."""

import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.catalogue.loader import load_standards
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.search.tests.helpers import found_by

ClientOf = Callable[[Person], Client]
EVERY_PAGE = [f"/standarden/{s.code}/{r.number}/" for s in load_standards() for r in s.requirements]


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def counsellor(office: Office, client_of: ClientOf) -> Client:
    return client_of(office.counsellor)


def text_of(client: Client, address: str) -> str:
    """What is read on the page, without tags."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", main[0])).split())


def numbers_on(client: Client, address: str) -> list[str]:
    """The requirements listed, by the addresses their links lead to."""
    return re.findall(r'href="/standarden/[^/"]+/([^/"]+)/"', client.get(address).content.decode())


def test_one_who_is_not_signed_in_is_asked_to_sign_in(db: None, client: Client) -> None:
    for address in ("/standarden/", EVERY_PAGE[0]):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/logg-inn/")


def test_the_book_holds_every_requirement_of_both_sets(counsellor: Client) -> None:
    assert numbers_on(counsellor, "/standarden/") == [page.split("/")[3] for page in EVERY_PAGE]
    assert "Bare i loven" in text_of(counsellor, "/standarden/")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_answers_in_the_language_of_the_reader(
    office: Office, client_of: ClientOf, language: str
) -> None:
    Person.objects.filter(pk=office.counsellor.id).update(language=language)
    client = client_of(office.counsellor)
    for standard in load_standards():
        for requirement in standard.requirements:
            shown = text_of(client, f"/standarden/{standard.code}/{requirement.number}/")
            for text in (requirement.title, requirement.summary, requirement.here, requirement.evidence.says):
                assert getattr(text, language) in shown


def test_a_requirement_shows_who_what_how_often_and_the_law_of_today(counsellor: Client) -> None:
    shown = text_of(counsellor, "/standarden/trygge-brukermoter/1.1/")
    assert "Arbeidsgiver på alle nivåer" in shown
    assert "evidence_1_1" in shown
    assert "AML § 4-3 sjette ledd" in shown
    assert "Fra 1. januar 2026" in shown
    assert shown.index("Slik sto det før") < shown.index("AML § 4-3 fjerde ledd")
    assert "Til og med 31. desember 2025" in shown


def test_a_reference_nobody_has_checked_says_so(counsellor: Client) -> None:
    assert "Ikke kontrollert mot lovteksten" in text_of(counsellor, "/standarden/lov/aml-7-2/")
    assert "Ikke kontrollert mot lovteksten" not in text_of(counsellor, "/standarden/lov/23a-5/")


def test_the_pages_can_be_turned_from_the_first_to_the_last(counsellor: Client) -> None:
    address, visited = EVERY_PAGE[0], []
    while address:
        visited.append(address)
        following = re.search(r'href="([^"]+)" rel="next"', counsellor.get(address).content.decode())
        address = following[1] if following else ""
    assert visited == EVERY_PAGE


@pytest.mark.parametrize(
    "address",
    ["/standarden/lov/2.2/", "/standarden/finnes-ikke/2.2/", "/standarden/trygge-brukermoter/9.9/"],
)
def test_a_requirement_that_does_not_exist_is_not_found(counsellor: Client, address: str) -> None:
    assert counsellor.get(address).status_code == 404


def test_searching_narrows_the_book_and_marks_the_words(counsellor: Client) -> None:
    found = numbers_on(counsellor, "/standarden/?q=partnerskapet")
    assert "1.3" in found
    assert "3.4" not in found
    assert "<mark>partnerskapet</mark>" in counsellor.get("/standarden/?q=partnerskapet").content.decode()


@pytest.mark.parametrize("query", ["rømningsveier", "ROMNINGSVEIER", "Rømningsvei+§+2-21", "romnings veier"])
def test_words_are_found_without_regard_to_accents_and_case(counsellor: Client, query: str) -> None:
    assert numbers_on(counsellor, f"/standarden/?q={query}") == ["3.2", "3.3", "3.4"]


def test_a_word_beyond_the_summary_is_shown_with_where_it_stands(counsellor: Client) -> None:
    assert "Lov og forskrift: Arbeidsplassforskriften § 2-1" in text_of(
        counsellor, "/standarden/?q=innredes+2-1"
    )


def test_the_old_place_in_the_law_still_finds_the_requirement(counsellor: Client) -> None:
    assert numbers_on(counsellor, "/standarden/?q=4-3+fjerde") == ["1.1"]


def test_a_search_that_finds_nothing_says_what_to_do(counsellor: Client) -> None:
    shown = text_of(counsellor, "/standarden/?q=xyzzy")
    assert "Ingen krav passer" in shown
    assert "Vis hele standarden" in shown


@pytest.mark.parametrize(
    "query", ["%3Cscript%3Ealert(1)%3C/script%3E", "%00", "a" * 300, "%C2%A7", "&hvem=boss"]
)
def test_a_strange_search_does_no_harm(counsellor: Client, query: str) -> None:
    response = counsellor.get(f"/standarden/?q={query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_safety_representative_sees_what_concerns_safety_representatives(
    office: Office, client_of: ClientOf
) -> None:
    found = numbers_on(client_of(office.safety_representative), "/standarden/?hvem=meg")
    assert {"4.3", "aml-6-3", "2.4"} <= set(found)
    assert "1.3" not in found


def test_a_leader_sees_what_the_employer_answers_for(office: Office, client_of: ClientOf) -> None:
    assert {"1.2", "2.1", "23a-5"} <= set(numbers_on(client_of(office.leader), "/standarden/?hvem=meg"))


def test_a_counsellor_does_not_get_the_duties_of_leaders(counsellor: Client) -> None:
    found = numbers_on(counsellor, "/standarden/?hvem=meg")
    assert "2.2" in found
    assert "1.2" not in found


def test_one_can_look_at_what_concerns_another_role(counsellor: Client) -> None:
    assert numbers_on(counsellor, "/standarden/?hvem=municipal_director&q=partnerskapet") == ["1.3"]


def test_the_search_of_the_header_finds_requirements(office: Office) -> None:
    assert found_by(office.counsellor, "arlig", "krav") == found_by(office.counsellor, "årlig", "krav") != []
    assert found_by(office.counsellor, "verneombud stanse", "krav") == [
        "AML § 6-3 Verneombudet kan stanse farlig arbeid"
    ]
    assert "2.4" in found_by(office.counsellor, "2.4", "krav")[0]
    assert found_by(office.counsellor, "  ", "krav") == []


def test_the_menu_leads_to_the_standard(counsellor: Client) -> None:
    assert 'href="/standarden/"' in counsellor.get("/mer/").content.decode()


def test_the_book_asks_the_database_nothing_of_its_own(counsellor: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as page:
        counsellor.get(EVERY_PAGE[0])
    with CaptureQueriesContext(connection) as book:
        counsellor.get("/standarden/?q=vold&hvem=meg")
    assert not [query for query in book.captured_queries if "catalogue" in query["sql"]]
    assert len(book) == len(page)
