"""The pages of follow-up (§ 23A-5). Which plans there are is decided by the database."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from tryggmote.access.ids import new_id
from tryggmote.access.reading import reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.followup import forms, queries, services
from tryggmote.followup.models import Plan, Step
from tryggmote.followup.vocabulary import Answer
from tryggmote.notices.services import mark_seen_about


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """One's own plans, those one follows up, and those one was let into."""
    return render(request, "followup/home.html", {"mine": queries.mine(request.person)})


@require_GET
def plan(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """One plan: for the person, for whoever follows up, or for somebody the person has let in."""
    return show(request, get_object_or_404(queries.plan_in_full(plan_id)))


@dataclass(frozen=True)
class Row:
    """A step as one of the two sees it: `act_id` makes the taps on it harmless to repeat."""

    step: Step
    act_id: UUID
    time_form: forms.StepTimeForm
    is_persons: bool

    @property
    def awaits_answer(self) -> bool:
        """Whether the person is asked yes or no."""
        return self.is_persons and self.step.is_open and not (self.step.answer or self.step.is_wish)

    @property
    def goes_on(self) -> bool:
        """Whether it can be given a time and be marked as done: for the person what they said yes to."""
        return self.step.is_open and not self.awaits_answer

    @property
    def takes_time(self) -> bool:
        """Whether the form for a time is shown; always when something in it must be put right."""
        return self.goes_on or self.time_form.is_bound

    @property
    def is_late(self) -> bool:
        """Nobody is told that they are late with an answer."""
        return self.step.is_overdue and not self.awaits_answer

    @property
    def may_be_declined_again(self) -> bool:
        return self.is_persons and self.step.is_open and self.step.answer == Answer.ACCEPTED

    @property
    def may_be_accepted_again(self) -> bool:
        return self.is_persons and self.step.done_at is None and self.step.answer == Answer.DECLINED

    @property
    def may_be_disputed(self) -> bool:
        """Whether the person can say that what is marked as done was not."""
        return self.is_persons and self.step.done_at is not None


def show(request: PersonRequest, shown: Plan, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of a plan. `bound`: forms that were filled in wrongly, by name; `time_form` by its step."""
    person = request.person
    services.read_plan(by=person, plan=shown)
    mark_seen_about(subject_id=shown.id)
    page = _Page(shown, person.id, bound)
    return render(
        request, "followup/plan.html", {"plan": shown, "page": page, **page.own_forms()}, status=status
    )


class _Page:
    """What the template draws; it decides nothing itself."""

    def __init__(self, plan: Plan, person_id: int, bound: dict[str, Any]) -> None:
        self.plan, self.bound = plan, bound
        self.is_person = person_id == plan.person_id
        self.is_follower = person_id == plan.follower_id
        self.acts_on_it = plan.is_open and (self.is_person or self.is_follower)
        self.steps = queries.steps_of(plan)
        self.acts = queries.acts_of(plan)
        self.pause = queries.pause_of(self.acts)

    @cached_property
    def offers(self) -> list[Row]:
        """What waits for the person's answer."""
        return self._rows(lambda step: step.is_open and step.answer == Answer.WAITING and not step.is_wish)

    @cached_property
    def agreed(self) -> list[Row]:
        """What is still to be done, wishes among it."""
        return self._rows(lambda step: step.is_open and (step.answer == Answer.ACCEPTED or step.is_wish))

    @cached_property
    def ended(self) -> list[Row]:
        """What is done or was declined."""
        return self._rows(lambda step: not step.is_open)

    def own_forms(self) -> dict[str, Any]:
        """The forms of whoever looks, filled in or empty; and what only the person sees."""
        if self.is_person:
            return self._persons()
        return self._followers() if self.is_follower else {}

    def _persons(self) -> dict[str, Any]:
        plan = self.plan
        shown = {
            "wish_form": forms.WishForm(),
            "close_form": forms.CloseForm(prefix="close"),
            "reopen_form": forms.ReopenForm(),
            "let_in_form": forms.LetInForm(people=queries.may_be_let_in(plan), prefix="let_in"),
            "hand_over_form": forms.HandOverForm(leaders=queries.others_who_may_follow_up(plan), prefix="to"),
            "consents": queries.consents_of(plan),
            "readers": reads_of(services.READ_LOG_KIND, plan.id),
            "resume_id": new_id(),
        }
        return shown | self.bound

    def _followers(self) -> dict[str, Any]:
        plan = self.plan
        shown = {
            "offer_form": forms.OfferForm(others=queries.not_yet_offered(plan, self.steps)),
            "pause_form": forms.PauseForm(prefix="pause"),
            "resume_id": new_id(),
        }
        return shown | self.bound

    def _rows(self, wanted: Any) -> list[Row]:
        return [
            Row(step, new_id(), self._time_form(step), self.is_person) for step in self.steps if wanted(step)
        ]

    def _time_form(self, step: Step) -> forms.StepTimeForm:
        filled = self.bound.get("time_form")
        if filled is not None and filled.step.id == step.id:
            return filled
        return forms.StepTimeForm(
            step=step,
            is_persons=self.is_person,
            initial={"on": (step.planned_at or step.due_at).date(), "who": step.who_does_it},
        )
