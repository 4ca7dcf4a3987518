"""The whole history, in the order in which one part needs another."""

from datetime import date, timedelta

from tryggmote.demo.history.action_cards import write_action_cards
from tryggmote.demo.history.agreements import write_agreements
from tryggmote.demo.history.assessments import write_assessments
from tryggmote.demo.history.calls import write_calls
from tryggmote.demo.history.cast import gather_cast
from tryggmote.demo.history.client_measures import write_client_measures
from tryggmote.demo.history.clock import CHECKS_KEPT_DAYS, at, workdays
from tryggmote.demo.history.concerns import write_concerns
from tryggmote.demo.history.equipment import write_equipment
from tryggmote.demo.history.exercises import write_exercises
from tryggmote.demo.history.exhibits import write_exhibits
from tryggmote.demo.history.expert_help import write_expert_help
from tryggmote.demo.history.followups import write_followups
from tryggmote.demo.history.forums import write_forums
from tryggmote.demo.history.handbooks import write_openings
from tryggmote.demo.history.hazards import write_hazards
from tryggmote.demo.history.incidents import disturbed_meetings, plan_events, write_incidents
from tryggmote.demo.history.lessons import write_lessons
from tryggmote.demo.history.meetings import write_meetings
from tryggmote.demo.history.news import write_news
from tryggmote.demo.history.notices import write_notices
from tryggmote.demo.history.outings import write_outings
from tryggmote.demo.history.patterns import write_patterns
from tryggmote.demo.history.police import write_police
from tryggmote.demo.history.premises import write_premises
from tryggmote.demo.history.procedures import write_procedures
from tryggmote.demo.history.readership import gather_readership
from tryggmote.demo.history.required import write_required
from tryggmote.demo.history.residual_risk import write_residual_risk
from tryggmote.demo.history.reviews import write_reviews
from tryggmote.demo.history.risks import write_risks
from tryggmote.demo.history.short_lessons import write_short_lessons
from tryggmote.demo.history.status import write_status
from tryggmote.demo.history.story import EXPOSED, events_of_story
from tryggmote.demo.history.surveys import write_surveys
from tryggmote.demo.history.training import write_training
from tryggmote.demo.history.training_plans import write_training_plans
from tryggmote.demo.plan import County
from tryggmote.training.keeping import keep_counts

END_OF_DAY = 16 * 60  # minutes


def write_history(county: County, ids: dict[str, int], *, seed: int, anchor: date) -> None:
    """Write what happened in the year up to the end of the last working day before `anchor`.

    `ids`: people of the county by key. What is planned for `anchor` and the week after is written too.
    """
    until = at(workdays(anchor - timedelta(days=14), anchor - timedelta(days=1))[-1], END_OF_DAY)
    cast = gather_cast(county, ids)
    checks_from = anchor - timedelta(days=CHECKS_KEPT_DAYS - 1)
    events = sorted(
        [
            *plan_events(cast, seed=seed, anchor=anchor, checks_from=checks_from),
            *events_of_story(cast, ids[EXPOSED], seed=seed, anchor=anchor),
        ],
        key=lambda event: event.reported_at,
    )
    diary = write_meetings(cast, disturbed_meetings(events), seed=seed, anchor=anchor)
    write_outings(cast, ids, diary, seed=seed, anchor=anchor)
    ledger = write_incidents(events, seed=seed, until=until)
    write_police(seed=seed, until=until)
    write_followups(events, ledger, seed=seed, until=until)
    write_exhibits(ids, seed=seed)
    write_client_measures(ids, seed=seed, anchor=anchor)
    write_lessons(ids, seed=seed, anchor=anchor)
    write_patterns(ledger.incidents, seed=seed, anchor=anchor)
    risks = write_risks(cast, seed=seed, anchor=anchor, until=until)
    write_assessments(seed=seed, anchor=anchor)
    write_hazards(ids, ledger.incidents, risks, seed=seed, anchor=anchor, until=until)
    readership = gather_readership(county, ids)
    write_procedures(ids, readership, seed=seed, anchor=anchor, until=until)
    write_agreements(ids, seed=seed, anchor=anchor)
    write_premises(ids, seed=seed, anchor=anchor)
    write_reviews(seed=seed, anchor=anchor)
    write_action_cards(ids, seed=seed, anchor=anchor)
    write_required(seed=seed, anchor=anchor)
    write_residual_risk(seed=seed, anchor=anchor, until=until)
    write_expert_help(seed=seed, anchor=anchor)
    write_concerns(seed=seed, anchor=anchor)
    write_openings(readership, seed=seed, anchor=anchor)
    write_calls(ids, seed=seed, anchor=anchor)
    write_exercises(ids, seed=seed, anchor=anchor)
    write_equipment(ids, seed=seed, anchor=anchor)
    write_training(ids, seed=seed, anchor=anchor)
    write_training_plans(ids, anchor=anchor)
    write_short_lessons(seed=seed, anchor=anchor)
    write_surveys(seed=seed, anchor=anchor)
    write_forums(seed=seed, anchor=anchor)
    write_news(readership, seed=seed, until=until)
    names = {ids[person.key]: person.name for person in county.people}
    write_notices(cast, names, ledger, diary.checks, risks, seed=seed, until=until)
    write_status(seed=seed, anchor=anchor)
    keep_counts()
