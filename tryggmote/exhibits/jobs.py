"""What the worker does for evidence: seals files' keys anew, and has unscanned files scanned."""

from procrastinate.contrib.django import app

from tryggmote.exhibits import rescanning, rotation


@app.periodic(cron="40 3 * * *")
@app.task(name="exhibits.seal_keys_anew", queueing_lock="exhibits.seal_keys_anew")
def seal_keys_anew(timestamp: int = 0) -> None:
    """Each night; when nothing is sealed with an older key, nothing is done."""
    rotation.seal_keys_anew()


@app.periodic(cron="12 * * * *")
@app.task(name="exhibits.scan_what_nobody_has", queueing_lock="exhibits.scan_what_nobody_has")
def scan_what_nobody_has(timestamp: int = 0) -> None:
    """Each hour; without a scanner, and when every file has been scanned, nothing is done."""
    rescanning.scan_what_nobody_has()
