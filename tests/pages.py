"""The pages there are, each with somebody of the fictional county who may see it."""

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
SAFETY_REPRESENTATIVE = "Aksel Stjernevoll"
DIRECTOR = "Mathea Sommermyr"
ADMINISTRATOR = "Julie Morgenstien"

EVERYBODY = [
    "/",
    "/i-dag/",
    "/moter/nytt/",
    "/moter/kalender/",
    "/sjekk/",
    "/sjekk/ny/home_visit/",
    "/sjekk/ny/telephone/",
    "/sjekker/",
    "/ute/",
    "/ute/ny/",
    "/stopp/",
    "/risiko/",
    "/risiko/ny/",
    "/hjelp/",
    "/hjelp/enhet/",
    "/hjelp/ovelse/",
    "/hjelp/varsles-forst/",
    "/hjelp/alarmsystemer/",
    "/hjelp/kanal/",
    "/hendelser/",
    "/hendelser/meld/",
    "/laering/",
    "/laering/?q=trussel&form=planned",
    "/laering/ny/",
    "/laering/monstre/",
    "/meldeplikt/",
    "/meldeplikt/eksport/",
    "/hendelser/kodebok/",
    "/hendelser/tall/",
    "/hendelser/delt/",
    "/anmeldelser/",
    "/anmeldelser/?alle=1",
    "/oppfolging/",
    "/farer/",
    "/farer/meld/",
    "/informasjon/",
    "/informasjon/?show=unread",
    "/tiltak/",
    "/tiltak/nytt/",
    "/rutiner/",
    "/rutiner/ny/",
    "/tiltakskort/",
    "/tiltakskort/violence/",
    "/tiltakskort/utskrift/",
    "/samordning/",
    "/handbok/",
    "/handbok/tekst/",
    "/lokaler/",
    "/lokaler/nytt/",
    "/pakrevd/",
    "/restrisiko/",
    "/utstyr/",
    "/utstyr/?state=failing",
    "/utstyr/nytt/",
    "/utstyr/t/",
    "/utstyr/runde/",
    "/utstyr/plan/",
    "/utstyr/regneark/",
    "/vernerunde/",
    "/endringer/",
    "/overfor-bruker/",
    "/overfor-bruker/ny/",
    "/status/",
    "/status/enheter/",
    "/standarden/",
    "/standarden/?q=verneombud",
    "/standarden/trygge-brukermoter/2.2/",
    "/standarden/lov/aml-5-2/",
    "/varsler/",
    "/min-side/",
    "/mer/",
    "/trygghet/",
    "/sok/?q=fjord",
    "/enheter/",
    "/ui/",
]
ADMINISTRATION = ["/administrasjon/", "/administrasjon/import/", "/varsler/utsending/"]
BY_PERSON = [
    *((LEADER, path) for path in EVERYBODY),
    *((COUNSELLOR, path) for path in ("/", "/i-dag/", "/hendelser/", "/laering/")),
    *(
        (DIRECTOR, path)
        for path in ("/", "/hendelser/", "/enheter/", "/status/enheter/", "/laering/monstre/")
    ),
    *(
        (SAFETY_REPRESENTATIVE, path)
        for path in ("/", "/sjekker/", "/risiko/", "/hendelser/", "/meldeplikt/")
    ),
    *((ADMINISTRATOR, path) for path in ADMINISTRATION),
]
