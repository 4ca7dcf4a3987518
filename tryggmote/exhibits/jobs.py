"""What the worker does for evidence: seals the files' keys anew when a key has been replaced."""

from procrastinate.contrib.django import app

from tryggmote.exhibits import rotation


@app.periodic(cron="40 3 * * *")
@app.task(name="exhibits.seal_keys_anew", queueing_lock="exhibits.seal_keys_anew")
def seal_keys_anew(timestamp: int = 0) -> None:
    """Each night; when nothing is sealed with an older key, nothing is done."""
    rotation.seal_keys_anew()
