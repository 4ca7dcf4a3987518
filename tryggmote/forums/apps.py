from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "tryggmote.forums"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices, the feed, measures and units of forums."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.controls.vocabulary import OriginKind
        from tryggmote.duties import kinds as now
        from tryggmote.duties import panels
        from tryggmote.forums import belongings, duties, evidence, now_panel, queries, told
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings as goes_along
        from tryggmote.ui import navigation

        goes_along.register(belongings.BELONGINGS)
        for kind in told.KINDS:
            notices.register(kind, group=Group.DUTIES)
        information.register(told.NEWS)
        for rule in evidence.RULES:
            compliance.register(rule)
        now.register(*duties.KINDS)
        panels.register(now_panel.COMING)
        decided = _("Bestemt i møtet")
        origins.register(origins.Origin(OriginKind.MEETING.value, decided, queries.address_of_decision))
        navigation.register(
            navigation.NavItem(
                label=_("Møter og utvalg"),
                url_name="forums:home",
                icon="PersonChatIcon",
                order=62,
                text=_("Partnerskapsmøter, AMU og andre møter der vold og trusler tas opp"),
            )
        )
