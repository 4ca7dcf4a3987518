"""The places the guides lead to, each said as the act one comes there for."""

from django.utils.translation import gettext_lazy as _

from tryggmote.guides.guide import Step

CHECK_A_MEETING = Step(
    _("Sjekk et møte"),
    _("Noen trykk før møtet, så vet du hva du trenger for å være trygg."),
    "encounters:check_start",
    "TasklistIcon",
)
PRACTISE_CALLING = Step(
    _("Øv på å tilkalle hjelp"),
    _("Prøv knappen én gang, så vet du hva som skjer når det gjelder."),
    "assistance:practise",
    "BellIcon",
)
REPORT = Step(
    _("Meld en hendelse"),
    _("Vold, trussel eller uro. Tre svar holder, resten kan vente."),
    "incidents:report",
    "ExclamationmarkTriangleIcon",
)
WRITE_A_CONCERN = Step(
    _("Skriv en bekymring"),
    _("Når noe uroer deg, uten at noe har skjedd. Du velger hvem som leser."),
    "concerns:write",
    "ChatIcon",
)
READ_THE_HANDBOOK = Step(
    _("Les håndboken for enheten"),
    _("Rutiner, tiltakskort og tiltak som gjelder der du jobber. Mobilen beholder den uten nett."),
    "handbook:own",
    "BookIcon",
)
OWN_TRAINING = Step(
    _("Se hva du skal ha lært og øvd på"),
    _("Øverst står det som må være på plass før du møter brukere."),
    "training:own",
    "HatSchoolIcon",
)
OWN_DUTIES = Step(
    _("Se alt du skal gjøre"),
    _("Med frister. Det du ikke må gjøre selv, kan du gi videre."),
    "duties:all",
    "TasklistIcon",
)
ANSWER_INCIDENTS = Step(
    _("Svar på det som er meldt"),
    _("Den som meldte, får vite at du har lest, og venter på svaret ditt."),
    "incidents:list",
    "ExclamationmarkTriangleIcon",
)
FOLLOW_INCIDENTS = Step(
    _("Les hendelsene i området ditt"),
    _("Du ser dem samtidig med lederen, og hva som er svart og gjort."),
    "incidents:list",
    "ExclamationmarkTriangleIcon",
)
SERIOUS_INCIDENTS = Step(
    _("Les det som er alvorlig"),
    _("Hendelser på nivå 4 og 5, og de ingen har lest i tide."),
    "incidents:list",
    "ExclamationmarkTriangleIcon",
)
WHAT_IS_MISSING = Step(
    _("Se hva enheten mangler"),
    _("Hvert krav i standarden, hva som er på plass, og hva som er neste steg."),
    "compliance:mine",
    "ShieldCheckmarkIcon",
)
WHERE_TO_HELP = Step(
    _("Se hvor det trengs hjelp"),
    _("Alle enhetene og kravene på ett sted, de som mangler mest, først."),
    "compliance:overview",
    "ShieldCheckmarkIcon",
)
MAKE_ASSESSMENT = Step(
    _("Lag risikovurderingen"),
    _("Sammen med verneombudet og de som kjenner arbeidet. Du godkjenner den."),
    "risk:home",
    "ShieldLockIcon",
)
JOIN_ASSESSMENT = Step(
    _("Vær med på risikovurderingen"),
    _("Si hva du mener før den godkjennes. Det du sier, blir stående i den."),
    "risk:home",
    "ShieldLockIcon",
)
READ_ASSESSMENTS = Step(
    _("Les risikovurderingene"),
    _("Det som er godkjent, med risikoer og tiltak for hver måte å møte brukere på."),
    "risk:home",
    "ShieldLockIcon",
)
WHO_LACKS_TRAINING = Step(
    _("Se hvem som mangler opplæring"),
    _("Registrer det som er gjennomført, så kan de møte brukere."),
    "training:own_unit",
    "HatSchoolIcon",
)
CHOOSE_SUBSTITUTE = Step(
    _("Velg en stedfortreder"),
    _("Når du er borte, får en annen det som venter på deg."),
    "duties:substitute",
    "PersonIcon",
)
THE_YEAR = Step(
    _("Se året for enheten"),
    _("Øvelser, tester, vernerunder og møter, måned for måned."),
    "cycle:own",
    "CalendarIcon",
)
ANSWER_CONCERNS = Step(
    _("Svar på bekymringer"),
    _("Kollegene kan skrive til deg. Her krever du også tiltak, og stanser farlig arbeid."),
    "concerns:home",
    "ChatIcon",
)
SAFETY_REVIEW = Step(
    _("Gå vernerunde"),
    _("Rom for rom sammen med lederen, med telefonen i hånden."),
    "reviews:home",
    "Buildings3Icon",
)
MEETINGS = Step(
    _("Se møtene du er med i"),
    _("Saksliste, sakspapirer og referater. Der godkjenner du det som er skrevet."),
    "forums:home",
    "HandshakeIcon",
)
FIGURES = Step(
    _("Se tallene"),
    _("Hva som endrer seg over tid, uten at noen kan kjennes igjen."),
    "statistics:own",
    "LineGraphIcon",
)
ANSWER_OFFICES = Step(
    _("Svar på det kontorene spør om"),
    _("Spørsmålene til deg, med dagen de trenger svaret."),
    "expertise:home",
    "ChatIcon",
)
EXERCISES = Step(
    _("Foreslå en øvelse"),
    _("Femten situasjoner som er klare til bruk, rundt bordet eller i praksis."),
    "exercises:home",
    "ArrowsSquarepathIcon",
)
LESSONS = Step(
    _("Les hva andre har lært"),
    _("Lærdommer som er delt, uten navn og sted."),
    "learning:list",
    "BookIcon",
)
INJURIES = Step(
    _("Åpne skaderegisteret"),
    _("For de ansatte du tjener. Navnet vises først når du åpner linjen."),
    "statutory:register",
    "FirstAidIcon",
)
FOLLOW_UP = Step(
    _("Se planene som er delt med deg"),
    _("Oppfølging etter hendelser, når den det gjelder har villet det."),
    "followup:home",
    "HandShakeHeartIcon",
)
ACTION_CARDS = Step(
    _("Les tiltakskortene"),
    _("Hva dere gjør når det skjer, ett kort for hver situasjon."),
    "controls:cards",
    "FilesIcon",
)
CALLS_HERE = Step(
    _("Se hvem et anrop når"),
    _("Hvor mange som får det på skjermen nå, og når rommene sist ble testet."),
    "assistance:unit",
    "BellIcon",
)
HOW_TO_BE_TOLD = Step(
    _("Velg hvordan du får varsler"),
    _("Slå på varsel på telefonen, så ringer den når noen trenger hjelp."),
    "notices:choices",
    "BellIcon",
)
DOSSIERS = Step(
    _("Lag en mappe"),
    _("Alt en enhet kan vise for en periode, som PDF og regneark, med segl."),
    "dossier:list",
    "FolderIcon",
)
STANDARD = Step(
    _("Slå opp i standarden"),
    _("Hva dere har krav på, og hva som gjelder hos dere."),
    "catalogue:index",
    "BookIcon",
)
TAKE_IN = Step(
    _("Ta inn enheter, personer og roller"),
    _("Fra et regneark eller en fil. Du ser hva som endres, før det skjer."),
    "organisation:import",
    "UploadIcon",
)
KEEP_UNITS = Step(
    _("Hold enhetene i orden"),
    _("Slå sammen og del enheter, og se hva som er tatt inn."),
    "organisation:administration",
    "CogIcon",
)
WHAT_IS_SENT = Step(
    _("Se at det vi sender, kommer fram"),
    _("E-post, varsler og tekstmeldinger, med det som står fast."),
    "notices:outbox",
    "PaperplaneIcon",
)
ASK_EXPERTS = Step(
    _("Spør fagfolk"),
    _("Bedriftshelsetjenesten, sikkerhetskoordinatoren i fylket, politiet."),
    "expertise:home",
    "ChatIcon",
)
WHO_IS_WHO = Step(
    _("Finn ut hvem som er hvem"),
    _("Hvem som leder og er verneombud i hver enhet."),
    "organisation:units",
    "Buildings3Icon",
)
