from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EquipmentConfig(AppConfig):
    name = "tryggmote.equipment"

    def ready(self) -> None:
        """Tell rooms, menu, search, "Now", phones, notices and feed what equipment brings."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.controls.vocabulary import OriginKind
        from tryggmote.duties import kinds as duties
        from tryggmote.equipment import searching, told
        from tryggmote.equipment.belongings import BELONGINGS
        from tryggmote.equipment.duties import KINDS
        from tryggmote.equipment.evidence import RULE
        from tryggmote.equipment.queries import (
            address_of_item,
            address_of_tested,
            addresses_to_keep,
            troubles_of_rooms,
        )
        from tryggmote.equipment.room_panel import equipment_here
        from tryggmote.equipment.rule_sets import rules_sql
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings
        from tryggmote.premises.panels import on_room
        from tryggmote.premises.registry import register_trouble
        from tryggmote.risk import sources
        from tryggmote.risk.vocabulary import Cause
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation, offline

        also_apply(rules_sql)
        register_trouble(troubles_of_rooms)
        on_room.register("equipment/room_panel.html", equipment_here)
        search.register(searching.EQUIPMENT)
        origins.register(
            origins.Origin(OriginKind.EQUIPMENT, _("Utstyret og testene av det"), address_of_item)
        )
        origins.register(
            origins.Origin(OriginKind.MEASURE, _("Tiltaket som ble testet"), told.address_of_measure)
        )
        sources.register_cause(Cause.TEST, address_of_tested)
        compliance.register(RULE)
        notices.register(told.NOTICE, group=Group.SAFETY)
        information.register(told.NEWS)
        duties.register(*KINDS)
        offline.register(
            offline.Place(
                _("Test utstyr"), "equipment:test_any", "WrenchIcon", order=60, also=addresses_to_keep
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Utstyr"),
                url_name="equipment:items",
                icon="WrenchIcon",
                order=61,
                text=_("Alarmer, låser og annet som skal virke, og testene av det"),
            )
        )
        belongings.register(BELONGINGS)
