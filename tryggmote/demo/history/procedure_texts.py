"""What the procedures of the fictional offices say, when, and who wrote them."""

from dataclasses import dataclass

from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.demo.county import CONTACT_CENTRE, COUNTY, FJORDVIK, GRANLIA, SKJAERGARD


@dataclass(frozen=True)
class Text:
    """One version, approved some days before the demo is shown; a draft was put aside that day."""

    days_ago: int
    words: str
    note: str = ""
    is_draft: bool = False


@dataclass(frozen=True)
class Plan:
    """One procedure. `by`: who wrote it, by key; `adds_to`: the title of one written before it."""

    unit: str
    title: str
    by: str
    forms: tuple[str, ...]
    texts: tuple[Text, ...]
    kind: ProcedureKind = ProcedureKind.PROCEDURE
    adds_to: str = ""


_WEAPON = """\
Gjelder når noen viser, henter frem eller truer med kniv, verktøy eller annet som kan skade.

1. Trekk deg bakover mot utgangen. Si lite, snakk rolig, og ikke be om å få gjenstanden.
2. Utløs alarmen så snart du kan gjøre det uten å bli sett.
3. Gå ut, ta med dem du møter, og lås døra bak deg. Ting og papirer blir igjen.
4. Den som er trygg først, ringer **112** og sier hvor, hvor mange og hva som er sett.
5. Hold sammen i et låst rom til politiet kommer. Ingen går ut for å se etter.
6. Møt politiet ved en annen inngang enn den personen står ved.

### Etterpå

- Lederen samler alle som var til stede, før noen går hjem.
- Meld hendelsen samme dag. Skriv hva som skjedde, ikke hvem det var.
- Vi holder stengt resten av dagen.
"""
_REPORTING = """\
Gjelder all vold, alle trusler og all uro, også «bare ord», på telefon, på nett og utenfor arbeidstiden.

1. Er noen i fare, ringer du **112** og tilkaller hjelp.
2. Meld i Tryggmøte så snart du kan, med tre svar. Du kan melde for en kollega.
3. Nærmeste leder og verneombudet får vite det med en gang. Du ser når de har lest.
4. Lederen snakker med deg og svarer innen fem arbeidsdager. Hører du ingenting, går saken til neste leder.
"""

_WEAPON_FJORDVIK = """\
- Alarmknappene sitter under skranken, ved døra i hvert samtalerom og i gangen til kjøkkenet.
- Vekteren tar imot politiet ved varemottaket.
- Vi samles i møterom «Naustet», som låses innenfra. Den som kommer først, teller.
- Lederen for mottaket ringer 112. Er lederen borte, gjør den som sitter nærmest bakdøra det.
"""
_UNREST = """\
Gjelder når noen hever stemmen, slår i ting eller ikke vil gå.

1. Si rolig hva du kan hjelpe med, og hva som må stoppe.
2. Roer det seg ikke, tilkaller du vekteren eller en kollega med hjelpeknappen.
3. Be andre som venter, om å gå ut eller inn i gangen.
4. Gå fra skranken hvis du er redd. Du trenger ikke begrunne det.
5. Ring **112** når noen truer eller ødelegger. Hold avstand til politiet kommer.
"""
_UNREST_CHANGED = """\
Gjelder når noen hever stemmen, slår i ting eller ikke vil gå.

1. Si rolig hva du kan hjelpe med, og hva som må stoppe.
2. Roer det seg ikke, trykker du på hjelpeknappen. Vekteren og én kollega til kommer alltid.
3. Den som kommer til, følger andre som venter, ut gjennom sidedøra.
4. Gå fra skranken hvis du er redd. Du trenger ikke begrunne det.
5. Ring **112** når noen truer eller ødelegger. Lås døra til kontorene, og bli bak den til politiet kommer.

### Etterpå

- Ta ti minutter sammen før mottaket åpner igjen.
- Meld hendelsen, også når det gikk bra. Ikke skriv navn på den det gjelder.
"""
_THREAT_ON_PHONE = """\
1. Si det én gang: «Nå oppfatter jeg det du sier, som en trussel. Fortsetter du, avslutter jeg.»
2. Vink på en kollega, som hører på og noterer ordene så nøyaktig som mulig.
3. Avslutt samtalen. Det er alltid lov, og du trenger ikke spørre noen først.
4. Sier personen at noe skal skje **nå**, ringer du 112 før du gjør noe annet.
5. Si fra i mottaket hvis personen kan komme hit. Da holder vi døra låst til politiet har svart.

Ta ikke neste samtale før du har snakket med noen. Lederen vurderer sammen med deg om det skal anmeldes.
"""
_HOME_VISIT = """\
### Før du drar

1. Gjør sjekken i Tryggmøte. Er du i tvil, møtes vi på kontoret.
2. Dra alltid to sammen første gang, og når beskjeden er tung.
3. Avtal med en kollega når du ringer. Den kollegaen slipper ikke telefonen før du har gjort det.

### Der ute

1. Parker med fronten mot veien, og ha nøkkelen i lomma.
2. La den andre gå først inn, og sett deg nærmest døra.
3. Er det flere til stede enn avtalt, eller kjennes det galt, går dere. Si at dere har glemt noe i bilen.

### Hvis noe skjer

- Kom dere ut, kjør til et sted med folk, og ring **112** derfra. Vent der til politiet kommer.
- Ringer du ikke til avtalt tid, prøver kollegaen to ganger og varsler så lederen og politiet.
"""
_CLOSING = """\
Å stenge mottaket er særlig farlig arbeid, fordi den siste som går, kan bli alene med noen som ikke vil gå.

**Ingen stenger mottaket alene. Er dere ikke to, stenger dere før den andre går.**

1. Den ene blir ved skranken med alarmen på seg. Den andre går runden.
2. Se etter i venterommet, på toalettene og i samtalerommene før døra låses.
3. Vil noen ikke gå, tilkaller dere vekteren. Ingen tar i noen.
4. Truer personen, går begge ut bak, låser og ringer **112**. Vent ute til politiet kommer.
5. Gå ut sammen. Den som har bil, følger den andre til bussen.

Lederen setter opp begge navnene i vaktlista. Står det bare ett, er mottaket stengt den dagen.
"""
_UNREST_NN = """\
Vi er få på kontoret. Difor gjer vi alltid dette i lag.

1. Den som står i mottaket, seier «kan du kome ei stund?». Då kjem den som er nærast, utan å spørje kvifor.
2. Snakk roleg, éin om gongen. Sei kva vi kan hjelpe med, og kva som må ta slutt.
3. Blir det ikkje rolegare, går de inn på kontorsida og låser døra.
4. Ring **112** når nokon trugar eller øydelegg. Politiet har lang veg hit, så ring tidleg.
5. Hald dykk bak låst dør til politiet kjem. Leiaren held kontakten med dei på telefon.

### Etterpå

- Vi stengjer mottaket til alle har snakka i lag.
- Alle kjenner alle her. Skriv ikkje kven det var, verken i meldinga eller i kalenderen.
"""
_HOME_VISIT_NN = """\
Heimebesøk er særleg farleg arbeid: det er langt til hjelp, og det manglar dekning fleire stader.

**Ingen dreg på heimebesøk åleine.**

1. Gjer sjekken i Tryggmøte, og avtal kven på kontoret som ventar på telefon frå dykk.
2. Finn ut om det er dekning. Er det ikkje det, avtaler de eit klokkeslett og ein stad å ringje frå.
3. Ta siste ferja med i planen. De skal aldri måtte bli verande.
4. Set dykk nærast døra, og gå straks den eine vil. Vi diskuterer det i bilen, ikkje inne.
5. Skjer det noko, køyrer de til næraste stad med folk og ringjer **112**. Vent der til politiet kjem.

Høyrer ikkje kontoret frå dykk innan eit kvarter etter avtalt tid, varslar leiaren politiet.
"""
_THREAT_CENTRE = """\
1. Si én gang at du oppfatter det som en trussel, og at du legger på hvis det fortsetter.
2. Løft det røde kortet. Teamlederen kobler seg på og lytter.
3. Skriv ned ordene mens du hører dem: mot hvem, hvor og når.
4. Legg på. Sett deg som opptatt, så kommer det ingen ny samtale.
5. Gjelder trusselen et kontor eller en navngitt ansatt, ringer teamlederen kontoret **med en gang**, og
   112 hvis det kan skje i dag. Kontoret holder døra låst til politiet har svart.

Du får alltid en prat og minst et kvarters pause. Meld hendelsen før du går for dagen.
"""
_SUICIDE = """\
Du skal ikke behandle noen. Du skal holde kontakten til andre kan ta over.

1. Spør rett ut: «Tenker du på å ta livet ditt?» Det gjør ikke faren større.
2. Løft det gule kortet. En kollega ringer **113** fra sin egen telefon mens du snakker.
3. Spør hvor personen er, og om noen er i nærheten. Si at du blir i telefonen.
4. Er det fare for andre, eller er det våpen i huset, ringer kollegaen 112 i tillegg.
5. Hold linja til helsepersonell eller politi er fremme, eller til de ber deg legge på.
6. Blir det brutt, ringer du ikke opp igjen før 113 har sagt hva du skal gjøre.

### Etterpå

- Du tar ikke flere samtaler den dagen. Teamlederen blir med deg.
- Bedriftshelsetjenesten ringer deg dagen etter hvis du vil.
- Skriv bare i saken det som trengs for å hjelpe. I meldingen skriver du ikke hvem det var.
"""
_GRANLIA = """\
1. Snakk rolig, og hold avstand.
2. Hent en kollega. (Hvem når det er lunsj?)
3. Ring **112** når noen truer. Vent bak låst dør til politiet kommer. (Hvilken dør kan låses?)
"""

WEAPON = "Når noen har kniv eller annet å skade med"
PLANS = (
    Plan(COUNTY, WEAPON, "sikkerhetskoordinator", (), (Text(240, _WEAPON),)),
    Plan(
        FJORDVIK,
        "Slik melder vi vold og trusler",
        "fjordvik-mottak-leder",
        (),
        (Text(200, _REPORTING),),
        ProcedureKind.REPORTING,
    ),
    Plan(
        FJORDVIK,
        "Kniv eller annet å skade med: slik gjør vi det i Fjordvik",
        "fjordvik-mottak-leder",
        ("reception", "planned", "group"),
        (Text(212, _WEAPON_FJORDVIK),),
        adds_to=WEAPON,
    ),
    Plan(
        FJORDVIK,
        "Uro i mottaket",
        "fjordvik-mottak-leder",
        ("reception",),
        (
            Text(310, _UNREST),
            Text(
                96, _UNREST_CHANGED, "Etter det vi har lært: to kommer alltid, og de som venter, følges ut."
            ),
        ),
    ),
    # To be gone through again within a month.
    Plan(
        FJORDVIK,
        "Truende telefonsamtale",
        "fjordvik-arbeid-stat-1",
        ("telephone",),
        (Text(345, _THREAT_ON_PHONE),),
    ),
    Plan(
        FJORDVIK,
        "Mottaket stenges alltid av to",
        "fjordvik-mottak-leder",
        ("reception",),
        (Text(180, _CLOSING),),
        ProcedureKind.WRITTEN_INSTRUCTION,
    ),
    # So new that some have not come to it yet.
    Plan(
        FJORDVIK,
        "Hjemmebesøk",
        "fjordvik-sosial-fjordvik-2",
        ("home_visit", "driving"),
        (Text(4, _HOME_VISIT),),
    ),
    Plan(SKJAERGARD, "Uro i mottaket", "skjaergard-2", ("reception",), (Text(150, _UNREST_NN),)),
    Plan(
        SKJAERGARD,
        "Heimebesøk gjer vi to i lag",
        "skjaergard-nav-leder",
        ("home_visit", "driving"),
        (Text(70, _HOME_VISIT_NN),),
        ProcedureKind.WRITTEN_INSTRUCTION,
    ),
    Plan(
        CONTACT_CENTRE,
        "Trussel på telefon",
        "kontaktsenter-telefon-stat-3",
        ("telephone",),
        (Text(170, _THREAT_CENTRE),),
    ),
    Plan(
        CONTACT_CENTRE,
        "Selvmordstrussel på telefon",
        "kontaktsenter-telefon-leder",
        ("telephone", "written"),
        (Text(40, _SUICIDE),),
    ),
    Plan(
        GRANLIA,
        "Uro på kontoret",
        "granlia-arbeid-stat-2",
        ("reception", "planned"),
        (Text(20, _GRANLIA, is_draft=True),),
    ),
)
