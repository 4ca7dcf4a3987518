"""The frame around every page, as people of different roles meet it."""

import json
import re

import html5lib
import pytest
from django.contrib.messages import success
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.html import escapejs

from tryggmote.access.decorators import public
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_office, make_person
from tryggmote.ui import build, catalogue, error_pages, navigation

SMALL_PAGE = engines["django"].from_string(
    "{% extends 'ui/page.html' %}{% block title %}Hei{% endblock %}"
    "{% block content %}<h1>Hei</h1>{% endblock %}"
)


def fails(error):
    def view(request):
        raise error

    return view


@public
def says_something(request):
    success(request, "Lagret <b>nå</b>.")
    return HttpResponse(SMALL_PAGE.render({}, request))


def redirects(request):
    return render(request, "finnes-ikke.html") if "feil" in request.GET else redirect("/mottatt/")


handler403, handler404, handler500 = (
    error_pages.permission_denied,
    error_pages.not_found,
    error_pages.server_error,
)
urlpatterns = [
    path("prove/melding/", says_something),
    path("prove/nei/", fails(NotAllowed("Bare lederen kan lukke saken.", "Spør Elin."))),
    path("prove/umulig/", fails(NotPossible("Saken er lukket."))),
    path("prove/database/", fails(OperationalError("borte"))),
    path("prove/feil/", fails(ZeroDivisionError())),
    path("prove/sendt/", redirects),
    path("", include("tryggmote.config.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def kari(client_of):
    client = client_of(make_person("Kari Fiktiv"))
    client.raise_request_exception = False
    return client


def ids_of(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [
        element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")
    ]


def text_of(response) -> str:
    return response.content.decode()


def test_every_page_gives_the_way_to_stop_a_meeting_and_to_report(kari):
    html = text_of(kari.get("/min-side/"))
    for action in navigation.quick_actions():
        assert f'href="{action.address}"' in html
    assert len(navigation.quick_actions()) >= 3
    assert 'href="tel:112"' in html


def test_the_page_has_one_main_part_and_unique_ids(kari):
    html = text_of(kari.get("/mer/"))
    assert html.count("<main") == html.count("<h1") == 1
    ids = ids_of(html)
    assert len(ids) == len(set(ids))


def test_the_skip_link_comes_first_and_leads_to_the_content(kari):
    html = text_of(kari.get("/mer/"))
    body = html[html.index("<body") :]
    assert body.index('class="tm-skip" href="#innhold"') < body.index("<header")
    assert 'id="innhold"' in body


def test_a_stranger_sees_the_frame_without_menu_or_safety_sheet():
    html = text_of(Client().get("/prove/melding/"))
    assert "tm-tabs" not in html
    assert "popover" not in html
    assert 'data-person=""' in html


def test_one_with_several_units_chooses_which_one_the_pages_show(client_of):
    lillevik, granlia = make_office("Nav Lillevik"), make_office("Nav Granlia")
    assign(lillevik.counsellor, Role.SAFETY_REPRESENTATIVE, granlia.unit, safety_area=granlia.area)
    client = client_of(lillevik.counsellor)
    assert "tm-menu--unit" in text_of(client.get("/mer/"))
    client.post("/valg/enhet/", {"unit": granlia.unit.id, "next": "/mer/"})
    chosen = re.search(r'aria-pressed="true"><span>([^<]*)</span>', text_of(client.get("/mer/")))
    assert chosen
    assert chosen[1] == "Nav Granlia"


def test_one_without_several_units_has_nothing_to_switch(kari):
    assert "tm-menu--unit" not in text_of(kari.get("/mer/"))


@pytest.mark.parametrize(("language", "title"), [("nb", "Meny"), ("nn", "Meny"), ("en", "Menu")])
def test_the_language_is_chosen_and_follows_the_person(kari, language, title):
    kari.post("/valg/sprak/", {"language": language, "next": "/mer/"})
    html = text_of(kari.get("/mer/"))
    assert f'<html lang="{language}"' in html
    assert f'<h1 class="aksel-heading aksel-heading--large">{title}</h1>' in html


def test_the_theme_is_in_the_first_byte(kari):
    assert '<html lang="nb">' in text_of(kari.get("/mer/"))
    answer = kari.post("/valg/utseende/", {"theme": "dark", "next": "/mer/"})
    assert answer.cookies["tryggmote_theme"]["httponly"]
    assert '<html lang="nb" class="dark">' in text_of(kari.get("/mer/"))


@pytest.mark.parametrize("elsewhere", ["https://ondt.example/", "//ondt.example", "javascript:alert(1)", ""])
def test_a_choice_never_leads_out_of_the_house(kari, elsewhere):
    assert kari.post("/valg/utseende/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_what_is_not_a_choice_is_ignored(kari):
    for address, field in (("sprak", "language"), ("utseende", "theme"), ("enhet", "unit")):
        answer = kari.post(f"/valg/{address}/", {field: "<script>", "next": "/"})
        assert answer.status_code == 302
        assert not answer.cookies.keys() & {"tryggmote_language", "tryggmote_theme", "tryggmote_unit"}


def test_messages_are_shown_once_and_as_text(kari):
    html = text_of(kari.get("/prove/melding/"))
    assert "Lagret &lt;b&gt;nå&lt;/b&gt;." in html
    assert 'role="status"' in html


def test_the_forbidden_page_says_who_can_help(kari):
    answer = kari.get("/prove/nei/")
    assert answer.status_code == 403
    assert "Bare lederen kan lukke saken." in text_of(answer)
    assert "Spør Elin." in text_of(answer)
    assert "tm-tabs" in text_of(answer)


def test_an_act_that_makes_no_sense_any_more_is_explained(kari):
    answer = kari.get("/prove/umulig/")
    assert answer.status_code == 409
    assert "Saken er lukket." in text_of(answer)


def test_a_page_that_is_not_there_says_whom_to_ask(kari):
    answer = kari.get("/finnes-ikke/")
    assert answer.status_code == 404
    assert "Hvem kan hjelpe" in text_of(answer)


def test_a_database_that_is_away_is_told_apart_from_an_error_of_ours(kari):
    away = kari.get("/prove/database/")
    assert away.status_code == 503
    assert away["Retry-After"]
    assert "databasen svarer ikke" in text_of(away)
    assert kari.get("/prove/feil/").status_code == 500


def test_pages_about_errors_of_the_house_need_no_database(django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        for answer in (
            error_pages.database_down(rf.get("/")),
            error_pages.maintenance(rf.get("/")),
            error_pages.server_error(rf.get("/")),
        ):
            assert "Ring 112" in text_of(answer)


def test_maintenance_is_announced_by_a_file_and_lifted_without_a_restart(tmp_path):
    with override_settings(VAR=tmp_path):
        client = Client()
        (tmp_path / "maintenance").touch()
        assert client.get("/logg-inn/").status_code == 503
        (tmp_path / "maintenance").unlink()
        assert client.get("/uten-nett/nb/").status_code == 200


def test_a_form_sent_by_script_is_told_where_to_go(kari):
    sent = kari.post("/prove/sendt/", headers={"X-Tryggmote-Send": "1"})
    assert sent.status_code == 200
    assert json.loads(sent.content) == {"location": "/mottatt/"}
    assert kari.post("/prove/sendt/").status_code == 302


def test_a_form_sent_by_script_after_the_session_ended_is_told_so():
    headers = {"X-Tryggmote-Send": "1", "Accept": "application/json"}
    assert Client().post("/prove/sendt/", headers=headers).status_code == 401


def test_offline_help_holds_nothing_about_anybody(kari):
    html = text_of(kari.get("/uten-nett/nb/"))
    assert "Kari" not in html
    assert 'href="tel:112"' in html
    assert kari.get("/uten-nett/fr/").status_code == 404


def test_offline_help_is_kept_in_every_language_by_one_and_the_same_worker(kari):
    worker = kari.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    for language, title in [("nb", "Du er uten nett"), ("nn", "Du er utan nett"), ("en", "You are offline")]:
        address = f"/uten-nett/{language}/"
        assert escapejs(address) in text_of(worker)
        html = text_of(kari.get(address))
        assert f'<html lang="{language}"' in html
        assert title in html
    kari.cookies["tryggmote_language"] = "en"
    assert text_of(kari.get("/sw.js")) == text_of(worker)


def test_the_catalogue_shows_every_component_in_both_themes(rf):
    request = rf.get("/ui/")
    html = text_of(catalogue.page(request))
    ids = ids_of(html)
    assert len(ids) == len(set(ids))
    assert html.count("tm-theme") == 2
    templates = (build.UI / "templates" / "ui" / "components").glob("*.html")
    source = (build.UI / "templates" / "ui" / "catalogue.html").read_text()
    shown = set(re.findall(r"{%\s*(\w+)", source))
    assert {template.stem for template in templates} <= shown


def test_what_one_person_has_seen_is_not_kept_by_the_browser(kari):
    assert "no-store" in kari.get("/mer/")["Cache-Control"]


def test_the_frame_costs_one_query_for_the_bell(kari, django_assert_max_num_queries):
    kari.get("/trygghet/")
    with django_assert_max_num_queries(9) as queries:
        kari.get("/trygghet/")
    asked_by_the_frame = [q["sql"] for q in queries.captured_queries if "notices_notice" in q["sql"]]
    assert len(asked_by_the_frame) == 1
