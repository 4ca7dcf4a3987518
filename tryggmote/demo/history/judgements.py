"""What the fictional offices have written about the eight factors of § 23A-1, singly and together."""

from tryggmote.demo.history.episodes import Words

FACTORS: dict[int, Words] = {
    1: Words(
        "Avslag og stans gis på telefon når det går, og aldri på slutten av dagen. To team deler på "
        "de tunge samtalene. Tidspresset er størst rundt utbetaling, og da er det vanskelig å ta "
        "pauser.",
        "Avslag og stans blir gitt på telefon når det går, og aldri på slutten av dagen. Vi deler "
        "på dei tunge samtalane. Tidspresset er størst rundt utbetaling, og då er det vanskeleg å "
        "ta pausar.",
    ),
    2: Words(
        "Mest uro er det i mottaket mandag formiddag og dagen etter utbetaling. Vi vet at noen har "
        "hatt kniv i sekken, så vesker og sekker er tatt med i situasjonene under.",
        "Mest uro er det i mottaket måndag formiddag og dagen etter utbetaling. Vi veit at nokon "
        "har hatt kniv i sekken, så vesker og sekker er tekne med i situasjonane under.",
    ),
    3: Words(
        "Vi er to i samtaler der beskjeden er tung. Én er likevel alene i mottaket mellom 11.30 og 12.",
        "Vi er to i samtalar der meldinga er tung. Éin er likevel åleine i mottaket mellom 11.30 og 12.",
    ),
    4: Words(
        "Ingen møter etter klokka 15. Stenging av mottaket gjøres av to sammen.",
        "Ingen møte etter klokka 15. Vi stengjer mottaket to i lag.",
    ),
    5: Words(
        "Fire på jobb er nok på vanlige dager. Ved sykdom flyttes avtaler, og mottaket holdes ikke "
        "åpent av én.",
        "Fire på jobb er nok på vanlege dagar. Ved sjukdom flytter vi avtalar, og mottaket er ikkje "
        "ope med éin på vakt.",
    ),
    6: Words(
        "Alle har hatt kurs i konflikthåndtering. To nye har ikke øvd på alarmen ennå og sitter "
        "sammen med en erfaren.",
        "Alle har hatt kurs i konflikthandtering. To nye har ikkje øvd på alarmen enno og sit saman "
        "med ein erfaren.",
    ),
    7: Words(
        "Samtalerom 1 til 3 har to utganger og alarm. Rom 4 har én utgang innerst i gangen og "
        "brukes bare til samtaler som er vurdert som lav risiko. Løse ting er ryddet bort.",
        "Samtaleromma har to utgangar og alarm. Eitt rom har éin utgang og blir brukt berre til "
        "samtalar som er vurderte til låg risiko. Lause ting er rydda bort.",
    ),
    8: Words(
        "Alarmene er testet hver måned og virker. Fast vakt har gitt mindre uro i mottaket. Vi vet "
        "ikke ennå om ny rutine for avslag på telefon hjelper.",
        "Alarmane er testa kvar månad og verkar. Vi veit ikkje enno om ny rutine for avslag på "
        "telefon hjelper.",
    ),
    0: Words(
        "Hver for seg er forholdene håndterbare. Farligst er det når flere av dem møtes: tung "
        "beskjed, én på jobb ved lunsj og et rom med én utgang. Derfor skal de tunge samtalene "
        "ligge utenom lunsj og i rom med to utganger.",
        "Kvar for seg er forholda handterlege. Farlegast er det når fleire av dei møtest: tung "
        "melding, éin på jobb ved lunsj og eit rom med éin utgang. Difor skal dei tunge samtalane "
        "liggje utanom lunsj og i rom med to utgangar.",
    ),
}
REMARK = Words(
    "Jeg er enig i hovedtrekkene, men én alene i mottaket ved lunsj er ikke godt nok. Det må få et "
    "tiltak med dato.",
    "Eg er samd i hovudtrekka, men éin åleine i mottaket ved lunsj er ikkje godt nok. Det må få eit "
    "tiltak med dato.",
)
NO_EFFECT = Words(
    "Vi ser ingen forskjell ennå.",
    "Vi ser ingen skilnad enno.",
)
EFFECT = Words(
    "Færre hendelser i mottaket siden vi begynte.",
    "Færre hendingar i mottaket sidan vi byrja.",
)
