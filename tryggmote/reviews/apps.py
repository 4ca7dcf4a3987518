from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "tryggmote.reviews"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices, the phone, hazards, measures and buildings of reviews."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.controls.vocabulary import OriginKind
        from tryggmote.duties import kinds
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.premises.panels import on_building
        from tryggmote.reviews import building_panel, duties, evidence, kept, queries, told
        from tryggmote.risk import sources
        from tryggmote.risk.vocabulary import Cause, Source
        from tryggmote.ui import navigation, offline

        for kind in told.KINDS:
            notices.register(kind, group=Group.SAFETY)
        for rule in evidence.RULES:
            compliance.register(rule)
        kinds.register(*duties.KINDS)
        on_building.register("reviews/building_panel.html", building_panel.review_card)
        finding = _("Funnet i vernerunden")
        sources.register(sources.SourcePage(Source.REVIEW, finding, queries.address_of_finding))
        sources.register_cause(Cause.CHANGE, queries.address_of_change)
        origins.register(origins.Origin(OriginKind.REVIEW.value, finding, queries.address_of_finding))
        offline.register(
            offline.Place(
                _("Vernerunde"), "reviews:home", "ClipboardCheckmarkIcon", order=70, also=kept.pages_to_keep
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Vernerunder"),
                url_name="reviews:home",
                icon="ClipboardCheckmarkIcon",
                order=61,
                text=_("Leder og verneombud går gjennom lokalene, hvert år og ved hver endring"),
            )
        )
