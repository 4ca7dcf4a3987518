"""Whatever a leader sends to a row that is there, the answer is a page and never an error of ours."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tryggmote.controls.act_forms import (
    CancelForm,
    EstablishForm,
    EvaluateForm,
    HandOverForm,
    PostponeForm,
)
from tryggmote.controls.agreement_forms import AgreementForm
from tryggmote.controls.forms import MeasureForm
from tryggmote.controls.models import Agreement
from tryggmote.controls.procedure_forms import ApprovalForm, EndingForm, NewProcedureForm
from tryggmote.controls.tests.helpers import established_by, in_force, planned_by, rewritten_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientOf = Callable[[Person], Client]
FORM = "application/x-www-form-urlencoded"
FORMS = (
    MeasureForm, EstablishForm, EvaluateForm, PostponeForm, HandOverForm, CancelForm, NewProcedureForm,
    ApprovalForm, EndingForm, AgreementForm,
)  # fmt: skip
FIELDS = sorted(
    {"fra", "til", "page", "eldre", "opphav", "ord", "former", "enhet", "revision", "change_note"}.union(
        *(form.base_fields for form in FORMS)
    )
)
NASTY = (
    "", "a%00b", "%ED%A0%80", "%FF%FE", "-1", "9" * 40, "%D9%A3", "0001-01-01", "9999-12-31",
    "0193a000-0000-7000-8000-000000000000", "%3Cscript%3E%27%22%3B--", "reduced", "x" * 60_000,
)  # fmt: skip


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def addresses(office: Office) -> list[str]:
    """Every page and act of a planned and an established measure, a procedure with a draft, an agreement."""
    planned = planned_by(office.office_leader, office.unit, office.counsellor)
    established = established_by(
        office.counsellor,
        planned_by(office.office_leader, office.unit, office.counsellor, origin_kind="scenario"),
    )
    procedure = in_force(office.office_leader, office.unit)
    rewritten_by(office.counsellor, procedure, "Ny tekst.")
    agreement = Agreement.objects.create(
        unit=office.unit, employer_ids=[office.directorate.id, office.municipality.id], text="Sammen.",
        co_ordinator=office.leader, from_on="2026-01-01", created_by=office.office_leader,
    )  # fmt: skip
    acts = ("measure", "establish", "evaluate", "postpone", "hand_over", "cancel")
    of_procedure = (
        "procedure",
        "edit",
        "draft",
        "ask",
        "versions",
        "confirm",
        "readers",
        "frame",
        "approve",
        "end",
    )
    return [
        *(reverse(f"controls:{name}", args=[m.id]) for m in (planned, established) for name in acts),
        *(reverse(f"controls:{name}", args=[procedure.id]) for name in of_procedure),
        *(reverse(f"controls:{name}") for name in ("measures", "plan", "procedures", "new_procedure")),
        *(reverse(f"controls:{name}", args=[office.unit.id]) for name in ("agreement", "propose")),
        reverse("controls:review_agreement", args=[agreement.id]),
        reverse("controls:sign", args=[agreement.id, office.directorate.id]),
        f"/samordning/{agreement.id}/signer/{'9' * 30}/",
        f"/samordning/{'9' * 30}/",
    ]


def test_nothing_a_leader_sends_breaks_a_page(
    office: Office, addresses: list[str], client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    client.raise_request_exception = False
    broken = []
    for address in addresses:
        for value in NASTY:
            body = "&".join(f"{name}={value}" for name in FIELDS)
            asked = client.get(address, QUERY_STRING=body[:3000]).status_code
            sent = client.post(address, body, content_type=FORM).status_code
            if max(asked, sent) >= 500:
                broken.append((address, value[:40], asked, sent))
    assert not broken, broken
