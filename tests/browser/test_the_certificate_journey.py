"""A certificate is refused with a reason, corrected, and counts when the leader has approved it (4.1)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tests.browser.conftest import DESKTOP, PHONE, Visitor, leaving

Arrive = Callable[..., Visitor]
COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


def test_a_certificate_is_refused_corrected_and_approved(visitor: Arrive, tmp_path: Path) -> None:
    proof = tmp_path / "kursbevis.pdf"
    proof.write_bytes(PDF)
    day = timezone.localdate() - timedelta(days=10)
    guest = visitor(size=PHONE)
    guest.sign_in(COUNSELLOR)
    page = guest.page
    guest.go("/opplaering/")
    with leaving(page):
        page.get_by_role("link", name="Send inn kursbevis").click()
    page.locator("select[name=element]").select_option("communication")
    page.locator("input[name=done_on]").fill(day.isoformat())
    page.locator("input[type=file]").set_input_files(proof)
    guest.inspect()
    with leaving(page):
        page.get_by_role("button", name="Send til lederen").click()
    page.get_by_text("Kursbeviset er sendt.").wait_for()

    boss = visitor(size=DESKTOP, dark=True)
    boss.sign_in(LEADER)
    desk = boss.page
    boss.go("/opplaering/kursbevis/")
    with leaving(desk):
        desk.get_by_role("link", name=COUNSELLOR).first.click()
    boss.inspect()
    desk.locator("summary", has_text="Send tilbake").click()
    desk.get_by_label("Hva må rettes?").fill("Kurset var en uke før.")
    with leaving(desk):
        desk.get_by_role("button", name="Send tilbake").click()
    desk.get_by_text("Kursbeviset er sendt tilbake.").wait_for()

    guest.go("/opplaering/")
    with leaving(page):
        page.locator("li", has_text="Må rettes").get_by_role("link").click()
    page.get_by_text("Kurset var en uke før.").wait_for()
    guest.inspect()
    with leaving(page):
        page.get_by_role("link", name="Rett og send på nytt").click()
    page.locator("input[name=done_on]").fill((day - timedelta(days=7)).isoformat())
    with leaving(page):
        page.get_by_role("button", name="Send til lederen").click()

    boss.go("/opplaering/kursbevis/")
    with leaving(desk):
        desk.get_by_role("link", name=COUNSELLOR).first.click()
    with leaving(desk):
        desk.get_by_role("button", name="Godkjenn").click()
    desk.get_by_text("Kursbeviset er godkjent, og opplæringen er registrert.").wait_for()
    guest.go("/opplaering/")
    page.get_by_text("Godkjent", exact=True).wait_for()
