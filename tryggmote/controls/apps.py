from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlsConfig(AppConfig):
    name = "tryggmote.controls"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices and the feed what measures, procedures and agreements bring."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import searching
        from tryggmote.controls.action_card_duties import KINDS as CARD_DUTIES
        from tryggmote.controls.action_card_queries import addresses_of_cards, national_cards
        from tryggmote.controls.action_card_texts import cards_sql, version
        from tryggmote.controls.agreement_duties import KINDS as AGREEMENT_DUTIES
        from tryggmote.controls.belongings import BELONGINGS
        from tryggmote.controls.duties import KINDS as MEASURE_DUTIES
        from tryggmote.controls.evidence import RULES
        from tryggmote.controls.news import KINDS as NEWS
        from tryggmote.controls.procedure_duties import KINDS as PROCEDURE_DUTIES
        from tryggmote.controls.told import KINDS
        from tryggmote.duties import kinds as duties
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation, offline

        also_apply(cards_sql)
        for rule in RULES:
            compliance.register(rule)
        for kind in KINDS:
            notices.register(kind, group=Group.SAFETY)
        for news in NEWS:
            information.register(news)
        for place in searching.PLACES:
            search.register(place)
        duties.register(*MEASURE_DUTIES, *PROCEDURE_DUTIES, *AGREEMENT_DUTIES, *CARD_DUTIES)
        offline.register_part(
            offline.Part("controls/cards_without_network.html", national_cards, edition=version())
        )
        offline.register(
            offline.Place(
                _("Tiltakskort"), "controls:cards", "LifebuoyIcon", order=20, also=addresses_of_cards
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Tiltak"),
                url_name="controls:measures",
                icon="TasklistIcon",
                order=55,
                text=_("Det enheten gjør for å hindre vold og trusler"),
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Rutiner"),
                url_name="controls:procedures",
                icon="FileTextIcon",
                order=56,
                text=_("Slik gjør vi det, og det alle skal ha lest"),
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Tiltakskort"),
                url_name="controls:cards",
                icon="LifebuoyIcon",
                order=58,
                text=_("Hva du gjør til politiet kommer. Virker uten nett"),
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Samordning"),
                url_name="controls:own_agreement",
                icon="HandshakeIcon",
                order=57,
                text=_("Avtalen mellom stat og kommune om hvem som samordner"),
            )
        )
        belongings.register(BELONGINGS)
