"""All the guides, in the order they are shown. They say who sees what as the policies do."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.guides import steps
from tryggmote.guides.guide import Guide
from tryggmote.organisation.roles import LEADS, Role


def _with(*roles: Role) -> Callable[[SignedInPerson], bool]:
    return lambda person: person.has_role(*roles)


def _leads(person: SignedInPerson) -> bool:
    """Also those who lead people without the role; who leads an office or above has a guide of its own."""
    return person.has_role(Role.LEADER) or (person.is_leader and not person.has_role(*LEADS))


def _meets_no_clients(person: SignedInPerson) -> bool:
    return not person.meets_clients and not person.roles and not person.is_leader


_EXPERTS_HELP = (_("Står du fast, spør noen som kan det."), steps.ASK_EXPERTS)
_STANDARD_HELPS = (_("Er du i tvil om hva som kreves, står det i standarden, i klart språk."), steps.STANDARD)
_COLLEAGUES_HELP = (
    _("Spør lederen din eller verneombudet. Navnene står på siden til enheten."),
    steps.WHO_IS_WHO,
)
_LEADERS_ARE_SEEN = _(
    "De som melder, ser når du har åpnet det, og hva du svarer."
    " Er noe for sent, får lederen over deg vite det."
)
_REPRESENTATIVES_ARE_SEEN = _(
    "De som melder, ser når du har åpnet det. Kravene og uttalelsene dine går til lederne på begge linjer."
)
_DIRECTORS_ARE_SEEN = _(
    "Åpner du en hendelse, ser den det gjelder, at du har gjort det."
    " Ellers ser du status og tall der ingen kan kjennes igjen."
)
_WORDS_STAND = _("Det du sier om en risikovurdering, og referater du godkjenner, står med navnet ditt.")

GUIDES = (
    Guide(
        code="leader",
        title=_("Du som er leder"),
        task=_(
            "Du svarer på det folk melder, følger opp dem det gikk ut over, og sørger for at de kan jobben."
        ),
        steps=(
            steps.ANSWER_INCIDENTS,
            steps.OWN_DUTIES,
            steps.WHO_LACKS_TRAINING,
            steps.WHAT_IS_MISSING,
        ),
        seen=_LEADERS_ARE_SEEN,
        help=_EXPERTS_HELP,
        is_for=_leads,
    ),
    Guide(
        code="office_leader",
        title=_("Du som er Nav-leder"),
        task=_(
            "Du svarer for at kontoret kjenner risikoen sin, gjør noe med den, og lærer av det som skjer."
        ),
        steps=(
            steps.WHAT_IS_MISSING,
            steps.MAKE_ASSESSMENT,
            steps.ANSWER_INCIDENTS,
            steps.THE_YEAR,
            steps.CHOOSE_SUBSTITUTE,
        ),
        seen=_LEADERS_ARE_SEEN,
        help=_EXPERTS_HELP,
        is_for=_with(Role.OFFICE_LEADER),
    ),
    Guide(
        code="safety_representative",
        title=_("Du som er verneombud"),
        task=_("Du ser til at arbeidet er trygt, og taler saken til dem som jobber i området ditt."),
        steps=(
            steps.FOLLOW_INCIDENTS,
            steps.ANSWER_CONCERNS,
            steps.JOIN_ASSESSMENT,
            steps.SAFETY_REVIEW,
            steps.WHAT_IS_MISSING,
        ),
        seen=_REPRESENTATIVES_ARE_SEEN,
        help=_STANDARD_HELPS,
        is_for=_with(Role.SAFETY_REPRESENTATIVE),
    ),
    Guide(
        code="chief_safety_representative",
        title=_("Du som er hovedverneombud"),
        task=_("Du støtter verneombudene på din linje, og ser hva som går igjen på tvers av enhetene."),
        steps=(
            steps.WHERE_TO_HELP,
            steps.FOLLOW_INCIDENTS,
            steps.ANSWER_CONCERNS,
            steps.MEETINGS,
            steps.FIGURES,
        ),
        seen=_REPRESENTATIVES_ARE_SEEN,
        help=_STANDARD_HELPS,
        is_for=_with(Role.CHIEF_SAFETY_REPRESENTATIVE),
    ),
    Guide(
        code="union_representative",
        title=_("Du som er tillitsvalgt"),
        task=_("Du er med når risiko vurderes og planer lages. Hendelsene leser du ikke."),
        steps=(steps.WHAT_IS_MISSING, steps.JOIN_ASSESSMENT, steps.MEETINGS, steps.THE_YEAR),
        seen=_WORDS_STAND,
        help=_STANDARD_HELPS,
        is_for=_with(Role.UNION_REPRESENTATIVE),
    ),
    Guide(
        code="committee_member",
        title=_("Du som sitter i AMU eller et HMS-utvalg"),
        task=_("Du går gjennom det som har skjedd, i tall, og følger med på at det blir gjort noe med."),
        steps=(steps.MEETINGS, steps.FIGURES, steps.WHAT_IS_MISSING, steps.LESSONS),
        seen=_WORDS_STAND,
        help=_STANDARD_HELPS,
        is_for=_with(Role.COMMITTEE_MEMBER),
    ),
    Guide(
        code="county_security_coordinator",
        title=_("Du som er sikkerhetskoordinator i fylket"),
        task=_(
            "Du gir kontorene råd, hjelper dem å øve, og får beskjed når et anrop om hjelp ikke blir besvart."
        ),
        steps=(steps.ANSWER_OFFICES, steps.EXERCISES, steps.WHERE_TO_HELP, steps.LESSONS),
        seen=_(
            "Kontoret ser rådene dine med navnet ditt."
            " Svarer du på et anrop om hjelp, ser de som er varslet, det."
        ),
        help=_STANDARD_HELPS,
        is_for=_with(Role.COUNTY_SECURITY_COORDINATOR),
    ),
    Guide(
        code="county_director",
        title=_("Du som er fylkesdirektør"),
        task=_(
            "Du ser hvor det trengs hjelp, og sørger for at kontorene har det de trenger for å være trygge."
        ),
        steps=(steps.WHERE_TO_HELP, steps.SERIOUS_INCIDENTS, steps.FIGURES, steps.MEETINGS),
        seen=_DIRECTORS_ARE_SEEN,
        help=_EXPERTS_HELP,
        is_for=_with(Role.COUNTY_DIRECTOR),
    ),
    Guide(
        code="municipal_director",
        title=_("Du som er kommunedirektør"),
        task=_("Du eier kontoret sammen med staten, og svarer for at kommunens ansatte der er trygge."),
        steps=(steps.WHERE_TO_HELP, steps.SERIOUS_INCIDENTS, steps.MEETINGS, steps.FIGURES),
        seen=_DIRECTORS_ARE_SEEN,
        help=_EXPERTS_HELP,
        is_for=_with(Role.MUNICIPAL_DIRECTOR),
    ),
    Guide(
        code="directorate",
        title=_("Du som er i direktoratet"),
        task=_("Du ser hvordan det står til i hele landet, og hva som går igjen."),
        steps=(steps.WHERE_TO_HELP, steps.FIGURES, steps.SERIOUS_INCIDENTS, steps.LESSONS),
        seen=_DIRECTORS_ARE_SEEN,
        help=_STANDARD_HELPS,
        is_for=_with(Role.DIRECTORATE),
    ),
    Guide(
        code="occupational_health",
        title=_("Du som er i bedriftshelsetjenesten"),
        task=_("Du svarer når enhetene spør, og er med når risiko vurderes og noen skal følges opp."),
        steps=(steps.ANSWER_OFFICES, steps.FOLLOW_UP, steps.JOIN_ASSESSMENT, steps.INJURIES),
        seen=_(
            "Den som har delt en plan eller er skadet, ser at du har åpnet det. Svarene dine leses i enheten."
        ),
        help=_STANDARD_HELPS,
        is_for=_with(Role.OCCUPATIONAL_HEALTH),
    ),
    Guide(
        code="guard",
        title=_("Du som er vekter"),
        task=_("Du får beskjed når noen tilkaller hjelp, og svarer at du kommer. Hendelsene leser du ikke."),
        steps=(steps.HOW_TO_BE_TOLD, steps.CALLS_HERE, steps.ACTION_CARDS, steps.PRACTISE_CALLING),
        seen=_("Den som tilkaller hjelp, og de andre som er varslet, ser navnet ditt og hva du svarer."),
        help=_COLLEAGUES_HELP,
        is_for=_with(Role.GUARD),
    ),
    Guide(
        code="auditor",
        title=_("Du som er revisor eller fører tilsyn"),
        task=_("Du ser hva enhetene kan vise for seg, og hva det bygger på. Du endrer ingenting."),
        steps=(steps.WHAT_IS_MISSING, steps.DOSSIERS, steps.READ_ASSESSMENTS),
        seen=_("Hver gang en mappe åpnes, blir det skrevet ned, og den som laget den, ser det."),
        help=_STANDARD_HELPS,
        is_for=_with(Role.AUDITOR),
    ),
    Guide(
        code="administrator",
        title=_("Du som er systemadministrator"),
        task=_("Du holder enheter, personer og roller i orden, og ser at det vi sender, kommer fram."),
        steps=(steps.TAKE_IN, steps.KEEP_UNITS, steps.WHAT_IS_SENT),
        seen=_(
            "Det du endrer, blir skrevet ned med navnet ditt. Det folk skriver om hendelser, ser du ikke."
        ),
        help=_COLLEAGUES_HELP,
        is_for=_with(Role.ADMINISTRATOR),
    ),
    Guide(
        code="counsellor",
        title=_("Du som møter brukere"),
        task=_("Du sjekker møtene dine før du går inn, og melder fra når noe skjer, også når det er lite."),
        steps=(
            steps.CHECK_A_MEETING,
            steps.PRACTISE_CALLING,
            steps.REPORT,
            steps.READ_THE_HANDBOOK,
            steps.OWN_TRAINING,
        ),
        seen=_(
            "Lederne dine ser sjekkene dine og det du melder."
            " Verneombudet ser det du melder, og sjekker med høy risiko."
            " Du ser hvem som har åpnet dem. Møtene dine ser bare du."
        ),
        help=_COLLEAGUES_HELP,
        is_for=lambda person: person.meets_clients,
    ),
    Guide(
        code="employee",
        title=_("Du som jobber i Nav"),
        task=_("Du melder fra når noe skjer eller uroer deg, også når det ikke er deg det går ut over."),
        steps=(steps.REPORT, steps.WRITE_A_CONCERN, steps.READ_THE_HANDBOOK, steps.PRACTISE_CALLING),
        seen=_("Lederne dine og verneombudet ser det du melder. Du ser hvem som har åpnet det."),
        help=_COLLEAGUES_HELP,
        is_for=_meets_no_clients,
    ),
)
