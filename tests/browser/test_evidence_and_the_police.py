"""Evidence is kept from a telephone, looked at, and goes to the police with the report (2.4)."""

import io
import wave
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor
from tryggmote.exhibits.tests.helpers import photograph

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
WORDS = "«Jeg vet hvor du bor.»"

SECONDS = 30
Arrive = Callable[..., Visitor]


def a_recording() -> bytes:
    """Silence of some megabytes, as a telephone without compression writes it."""
    written = io.BytesIO()
    with wave.open(written, "wb") as recording:
        recording.setnchannels(2)
        recording.setsampwidth(2)
        recording.setframerate(44_100)
        recording.writeframes(bytes(SECONDS * 44_100 * 4))
    return written.getvalue()


def test_a_picture_is_kept_and_the_incident_reported_to_the_police(visitor: Arrive) -> None:
    counsellor = visitor(size=NARROW)
    counsellor.sign_in(COUNSELLOR)
    incident = reports(counsellor)
    keeps_a_picture(counsellor, incident)
    writes_what_was_said(counsellor, incident)

    leader = visitor(size=PHONE, dark=True)
    leader.sign_in(LEADER)
    looks_at_the_picture(leader, incident)
    reports_to_the_police(leader, incident)

    counsellor.go(f"/anmeldelser/{incident}/")
    expect(counsellor.page.get_by_text(counsellor.says("Anmeldt"), exact=True).first).to_be_visible()
    counsellor.look_at()


def test_a_recording_is_played_on_its_page_to_its_end_and_never_before_somebody_presses(
    visitor: Arrive,
) -> None:
    counsellor = visitor(size=NARROW)
    counsellor.sign_in(COUNSELLOR)
    incident = reports(counsellor)
    page = counsellor.page
    counsellor.go(f"/bevis/hendelse/{incident}/")
    page.get_by_label("Hva er det?").fill("Telefonsvareren")
    page.locator("input[type=file]").set_input_files(
        {"name": "svarer.wav", "mimeType": "audio/wav", "buffer": a_recording()}
    )
    page.get_by_role("button", name="Lagre beviset").click()
    page.get_by_role("link", name="Telefonsvareren").click()
    page.get_by_role("link", name="Vis innholdet").click()
    page.wait_for_url("**/vis/")
    counsellor.look_at()
    player = page.locator("audio")
    assert player.evaluate("player => player.readyState") == 0
    assert player.evaluate("player => player.play().then(() => player.duration)") == SECONDS
    # It is longer than one answer: the end is asked for by itself.
    player.evaluate(f"player => {{ player.currentTime = {SECONDS - 0.5} }}")
    page.wait_for_function("() => document.querySelector('audio').ended")
    counsellor.go(page.url.removeprefix(counsellor.address).removesuffix("vis/"))
    expect(page.get_by_text("Vist på skjermen", exact=True)).to_have_count(1)
    counsellor.look_at()


def reports(counsellor: Visitor) -> str:
    """Three answers; the id of the incident."""
    page = counsellor.page
    counsellor.go("/hendelser/meld/")
    page.get_by_label(counsellor.says("Trussel mot en ansatt"), exact=True).check()
    page.get_by_label(counsellor.says("Telefon"), exact=True).check()
    page.get_by_label(counsellor.says("Skremmende"), exact=True).check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/mottatt/")
    return page.url.split("/")[-3]


def keeps_a_picture(counsellor: Visitor, incident: str) -> None:
    page = counsellor.page
    counsellor.go(f"/hendelser/{incident}/")
    page.get_by_role("link", name=counsellor.says("Legg inn bevis")).click()
    page.wait_for_url("**/bevis/hendelse/*/")
    counsellor.look_at()
    page.get_by_role("button", name=counsellor.says("Lagre beviset")).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    counsellor.look_at()
    page.get_by_label(counsellor.says("Hva er det?")).fill("SMS mandag kveld")
    page.locator("input[type=file]").set_input_files(
        {"name": "Ola Nordmann.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_role("button", name=counsellor.says("Lagre beviset")).click()
    expect(page.get_by_role("link", name="SMS mandag kveld")).to_be_visible()
    # What was received is no draft any more: the next piece of evidence begins with an empty form.
    expect(page.get_by_label(counsellor.says("Hva er det?"))).to_have_value("")
    counsellor.look_at()


def writes_what_was_said(counsellor: Visitor, incident: str) -> None:
    page = counsellor.page
    counsellor.go(f"/anmeldelser/{incident}/grunnlag/")
    counsellor.look_at()
    page.get_by_label(counsellor.says("Telefon"), exact=True).check()
    page.get_by_label(counsellor.says("Hva ble sagt eller skrevet, ord for ord?")).fill(WORDS)
    page.get_by_role("button", name=counsellor.says("Lagre grunnlaget")).click()
    page.wait_for_url(f"**/anmeldelser/{incident}/")
    counsellor.look_at()


def looks_at_the_picture(leader: Visitor, incident: str) -> None:
    page = leader.page
    leader.go(f"/bevis/hendelse/{incident}/")
    page.get_by_role("link", name="SMS mandag kveld").click()
    page.wait_for_url("**/bevis/*-*/")
    leader.look_at()
    page.get_by_role("link", name=leader.says("Vis innholdet")).click()
    page.wait_for_url("**/vis/")
    picture = page.get_by_role("img", name="SMS mandag kveld")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") == 80
    leader.look_at()
    with page.expect_download() as saved:
        page.get_by_role("link", name=leader.says("Last ned originalen")).click()
    assert saved.value.path().read_bytes() == photograph()
    assert saved.value.suggested_filename.endswith(".jpg")


def reports_to_the_police(leader: Visitor, incident: str) -> None:
    page = leader.page
    leader.go(f"/anmeldelser/{incident}/")
    leader.look_at()
    page.get_by_label(leader.says("Ja, arbeidsgiveren anmelder")).check()
    page.get_by_role("button", name=leader.says("Lagre avgjørelsen")).click()
    page.get_by_role("link", name=leader.says("Åpne dokumentet til politiet")).click()
    page.wait_for_url("**/dokument/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    leader.look_at()
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    leader.look_at()
    leader.go(f"/anmeldelser/{incident}/")
    page.locator("summary").filter(has_text=leader.says("Den er sendt eller levert")).click()
    leader.look_at()
    page.get_by_label(leader.says("Levert på politistasjonen"), exact=True).check()
    page.get_by_role("button", name=leader.says("Registrer som sendt")).click()
    expect(page.get_by_role("heading", name=leader.says("Hva sier politiet?"))).to_be_visible()
    page.locator("summary").filter(has_text=leader.says("Legg inn noe nytt")).click()
    leader.look_at()
