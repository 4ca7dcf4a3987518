from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    name = "tryggmote.exercises"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices, the feed, hazards and measures of exercises."""
        from tryggmote.access import policies
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.controls.vocabulary import OriginKind
        from tryggmote.duties import kinds
        from tryggmote.exercises import library, queries, searching, told
        from tryggmote.exercises.belongings import BELONGINGS
        from tryggmote.exercises.duties import KINDS
        from tryggmote.exercises.evidence import RULE
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings
        from tryggmote.risk import sources
        from tryggmote.risk.vocabulary import Source
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        policies.also_apply(library.elements_sql)
        belongings.register(BELONGINGS)
        for kind in told.KINDS:
            notices.register(kind, group=Group.TRAINING)
        information.register(told.NEWS)
        kinds.register(*KINDS)
        compliance.register(RULE)
        finding = _("Funnet i øvelsen")
        sources.register(sources.SourcePage(Source.EXERCISE, finding, queries.address_of_finding))
        origins.register(origins.Origin(OriginKind.EXERCISE.value, finding, queries.address_of_finding))
        search.register(searching.EXERCISES)
        navigation.register(
            navigation.NavItem(
                label=_("Øvelser"),
                url_name="exercises:home",
                icon="PersonGroupIcon",
                order=60,
                text=_("Øv på det som kan skje, og gjør noe med det dere finner"),
            )
        )
