"""How encounters look: one icon a meeting form, one meaning a level (`ui` gives it colour and shape)."""

from tryggmote.encounters.outing_rules import Step
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.meeting_levels import Level

FORM_ICONS = {
    MeetingForm.RECEPTION: "ReceptionIcon",
    MeetingForm.PLANNED: "PersonChatIcon",
    MeetingForm.GROUP: "PersonGroupIcon",
    MeetingForm.HOME_VISIT: "HouseIcon",
    MeetingForm.OTHERS_PREMISES: "Buildings3Icon",
    MeetingForm.OUTDOORS: "HikingTrailSignIcon",
    MeetingForm.DRIVING: "CarIcon",
    MeetingForm.TELEPHONE: "PhoneIcon",
    MeetingForm.VIDEO: "VideoIcon",
    MeetingForm.WRITTEN: "ChatElipsisIcon",
}

STEP_VARIANTS = {
    Step.NONE: "info",
    Step.SELF: "warning",
    Step.CONTACT: "warning",
    Step.LEADER: "warning",
    Step.CALL: "error",
}
LEVEL_VARIANTS = {Level.LOW: "success", Level.RAISED: "warning", Level.HIGH: "error"}
