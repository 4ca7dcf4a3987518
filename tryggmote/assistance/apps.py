from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    name = "tryggmote.assistance"

    def ready(self) -> None:
        """Tell the database its times, and the pages and "Now" what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.assistance import duties, evidence, now_panel
        from tryggmote.assistance.belongings import BELONGINGS
        from tryggmote.assistance.channel_news import UnitChannelCarrier
        from tryggmote.assistance.notice_pushes import PushCarrier
        from tryggmote.assistance.timing import timing_sql
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import panels, registry
        from tryggmote.notices import carriers
        from tryggmote.notices.vocabulary import Channel
        from tryggmote.organisation import belongings
        from tryggmote.ui import offline
        from tryggmote.ui.navigation import NavItem, QuickAction, register, register_quick_action
        from tryggmote.ui.parts import register_line, register_part

        also_apply(timing_sql)
        for rule in evidence.RULES:
            compliance.register(rule)
        carriers.register(Channel.PUSH, PushCarrier())
        carriers.register(Channel.UNIT, UnitChannelCarrier())
        register_line("assistance/lines.html")
        register_part("assistance/part.html")
        registry.register(duties.my_open_calls)
        panels.register(now_panel.TOLD)
        offline.register(offline.Place(_("Tilkall hjelp"), "assistance:raise", "BellFillIcon", order=1))
        register(
            NavItem(
                _("Tilkall hjelp"), "assistance:unit", "BellFillIcon", order=75,
                text=_("Hvem som varsles, øvelser og tester, og hvor fort noen kommer."),
            )
        )  # fmt: skip
        register_quick_action(
            QuickAction(
                _("Tilkall hjelp"), _("Alle kollegene dine ser og hører det med en gang."),
                "assistance:raise", "BellFillIcon", order=10, is_urgent=True,
            )
        )  # fmt: skip
        belongings.register(BELONGINGS)
