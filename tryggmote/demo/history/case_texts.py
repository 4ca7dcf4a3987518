"""What is written in the demo's two cases about measures towards clients. Nothing in it is about anybody."""

from typing import Any

IN_FORCE: dict[str, Any] = {
    "code": "FYUS",
    "facts": "Vedkommende sparket i glasset i døra til mottaket så det sprakk. En uke senere gikk "
    "vedkommende bak skranken og slo en ansatt i hodet. Den ansatte måtte til legevakt. "
    "Begge hendelsene er meldt.",
    "prevents": "At ansatte i mottaket blir skadet igjen.",
    "place": "Mottaket og møterommene i Nav Fjordvik",
    "proportionality": "Ingen av møtene som er avtalt, må holdes på kontoret. Saken om sosialhjelp går "
    "videre uten opphold, og utbetalingene er de samme. Perioden er kortere enn det lengste som er tillatt.",
    "services": "Fast kontaktperson på telefon hver dag klokka 9 til 11. Haster det ellers, ringer "
    "vedkommende sentralbordet. Papirer kan sendes digitalt eller leveres i postkassen ute.",
    "milder_means": {
        "conversation": {
            "answer": "tried",
            "why": "Lederen snakket med vedkommende etter at glasset sprakk.",
        },
        "warning": {"answer": "tried", "why": "Skriftlig advarsel ble sendt samme dag, uten virkning."},
        "fixed_contact": {"answer": "tried", "why": "Har hatt fast kontaktperson siden i høst."},
        "two_employees": {"answer": "considered", "why": "Slaget kom i mottaket, utenfor et møte."},
        "guard": {"answer": "tried", "why": "Vekter var i bygget og kom etter et minutt. Det var for sent."},
        "remote_only": {
            "answer": "considered",
            "why": "Avtalt muntlig etter advarselen. Vedkommende møtte opp likevel.",
        },
    },
}
ANSWER = (
    "Sier at det ikke var meningen å skade noen, og at ventetiden hadde vært for lang. Klarer seg med "
    "telefon en periode, men vil vite hvor papirer kan leveres."
)
REASONS = (
    "To alvorlige hendelser på en uke, den siste med skade. Mildere tiltak er prøvd. Vi har tatt inn en "
    "postkasse ute, slik brukeren ba om."
)
UNDER_HEARING: dict[str, Any] = {
    "code": "TFUS",
    "facts": "Vedkomande har ringt kontoret ti til tretti gonger dagen i to veker og truga den som svarar.",
    "prevents": "At dei som svarar telefonen, blir utsette for nye truslar.",
    "place": "Telefonen til Nav Fjordvik",
    "proportionality": "Vedkomande kan møte opp og skrive som før, og har ei avtale kvar veke.",
    "services": "Fast avtale på kontoret kvar tysdag klokka 10. Brev blir svara på innan to dagar.",
    "milder_means": {
        "conversation": {"answer": "tried", "why": "Vi har forklart kvifor vi legg på når det kjem truslar."},
        "warning": {"answer": "tried", "why": "Sendt for ei veke sidan. Samtalane heldt fram."},
        "fixed_contact": {"answer": "considered", "why": "Kontaktpersonen er den som blir truga."},
    },
}
