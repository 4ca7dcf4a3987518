"""What the worker does for follow-up: offers more, reminds, finds successors, and forgets."""

from procrastinate.contrib.django import app

from tryggmote.followup import offering, reminding, retention, succession


@app.periodic(cron="*/10 * * * *")
@app.task(name="followup.remind", queueing_lock="followup.remind")
def remind(timestamp: int = 0) -> None:
    """Tell of what is due today, of what is late, and the next leader of what is later still."""
    reminding.remind()


@app.periodic(cron="*/2 * * * *")
@app.task(name="followup.offer_more", queueing_lock="followup.offer_more")
def offer_more(timestamp: int = 0) -> None:
    """Offer more where a leader has judged the incident graver; let go of what is no longer of use."""
    offering.offer_more()
    offering.let_lapse()


@app.periodic(cron="40 2 * * *")
@app.task(name="followup.nightly", queueing_lock="followup.nightly")
def nightly(timestamp: int = 0) -> None:
    """Forget what was closed long ago, end the plans of those who have left, and find new followers."""
    retention.forget_closed_plans()
    succession.end_for_those_who_left()
    succession.find_successors()
