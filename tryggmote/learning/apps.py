from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "tryggmote.learning"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices, the feed and the search what lessons and patterns bring."""
        from tryggmote.access import policies
        from tryggmote.duties import kinds
        from tryggmote.incidents import guide
        from tryggmote.information import registry as information
        from tryggmote.learning import pattern_told, searching, told
        from tryggmote.learning.belongings import BELONGINGS
        from tryggmote.learning.duties import KINDS
        from tryggmote.learning.incident_panel import lessons_from
        from tryggmote.learning.limits import limits_sql
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        policies.also_apply(limits_sql)
        for kind in told.KINDS:
            notices.register(kind, group=Group.READING)
        for kind in pattern_told.KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        information.register(told.NEWS)
        kinds.register(*KINDS)
        search.register(searching.LESSONS)
        guide.register_panel("learning/incident_panel.html", lessons_from)
        navigation.register(
            navigation.NavItem(
                label=_("Lærdommer"),
                url_name="learning:list",
                icon="LightBulbIcon",
                order=59,
                text=_("Det vi og andre har lært av hendelser, og mønstre i tallene"),
            )
        )
        belongings.register(BELONGINGS)
