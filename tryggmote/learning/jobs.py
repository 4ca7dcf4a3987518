"""What the worker does for learning: looks for patterns at night, and forgets old ones."""

from procrastinate.contrib.django import app

from tryggmote.learning import patterns


@app.periodic(cron="40 3 * * *")
@app.task(name="learning.look_for_patterns", queueing_lock="learning.look_for_patterns")
def look_for_patterns(timestamp: int = 0) -> None:
    """Tell what is above its limit, once for its window, and delete what is older than it is kept."""
    patterns.look_for_patterns()
    patterns.forget_old_patterns()
