"""The words of meetings: what they are, how they stand, who is there, which papers they leave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.codes import Level
from proposals.stages import Stage


class MeetingKind(models.TextChoices):
    """The meetings of a plan year, from the hamlet up (DOMAIN 3)."""

    HAMLET = "hamlet", _("Hamlet meeting")
    VILLAGE = "village", _("Village meeting")
    VILLAGE_PLAN = "village_plan", _("Village planning deliberation")
    SUBDISTRICT = "subdistrict", _("Sub-district planning deliberation")
    AGENCY_FORUM = "agency_forum", _("Agency forum")
    DISTRICT = "district", _("District planning deliberation")


#: At which level of region each kind is held, and the stage whose proposals it decides; hamlet and village meetings prepare.
LEVEL_OF = {
    MeetingKind.HAMLET: Level.VILLAGE,
    MeetingKind.VILLAGE: Level.VILLAGE,
    MeetingKind.VILLAGE_PLAN: Level.VILLAGE,
    MeetingKind.SUBDISTRICT: Level.SUBDISTRICT,
    MeetingKind.AGENCY_FORUM: Level.DISTRICT,
    MeetingKind.DISTRICT: Level.DISTRICT,
}
STAGE_OF = {
    MeetingKind.VILLAGE_PLAN: Stage.VILLAGE,
    MeetingKind.SUBDISTRICT: Stage.SUBDISTRICT,
    MeetingKind.AGENCY_FORUM: Stage.AGENCY,
    MeetingKind.DISTRICT: Stage.DISTRICT,
}


class MeetingState(models.TextChoices):
    """How a meeting stands. A person opens and closes it; the clock never does."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("In session")
    ADJOURNED = "adjourned", _("Adjourned")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class ItemKind(models.TextChoices):
    """What an item of the agenda is for."""

    OPENING = "opening", _("Opening")
    CEILINGS = "ceilings", _("Ceilings and rules")
    PROPOSAL = "proposal", _("Proposal")
    PRIORITIES = "priorities", _("Priority and reserve lists")
    DELEGATES = "delegates", _("Election of delegates")
    RECORD = "record", _("Record and signatures")
    OTHER = "other", _("Other")


class ItemState(models.TextChoices):
    """How an item of the agenda stands."""

    WAITING = "waiting", _("Waiting")
    IN_HAND = "in_hand", _("In hand")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")


class Sex(models.TextChoices):
    """As it is written on the roll."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Element(models.TextChoices):
    """Elements of society and offices on the roll (PP 43/2014 article 80, as DOMAIN 3.1 reports it, and the sub-district's roll)."""

    CUSTOM = "custom", _("Customary leader")
    RELIGION = "religion", _("Religious leader")
    COMMUNITY = "community", _("Community leader")
    EDUCATION = "education", _("Education")
    FARMERS = "farmers", _("Farmers")
    FISHERS = "fishers", _("Fishers")
    ARTISANS = "artisans", _("Artisans and small trade")
    WOMEN = "women", _("Women's group (PKK)")
    CHILDREN = "children", _("Child protection")
    YOUTH = "youth", _("Youth")
    DISABILITY = "disability", _("People with disabilities")
    POOR = "poor", _("Poor households")
    HAMLET = "hamlet", _("Hamlet, RW and RT")
    VILLAGE_GOVERNMENT = "village_government", _("Village government")
    CONSULTATIVE = "consultative", _("Village consultative body (BPD)")
    EMPOWERMENT = "empowerment", _("Community empowerment body (LPM)")
    SUBDISTRICT = "subdistrict", _("Sub-district office")
    AGENCY = "agency", _("Regional agency")
    COUNCIL = "council", _("District council (DPRD)")
    FACILITATOR = "facilitator", _("Facilitator")
    OTHER = "other", _("Other")


class Mode(models.TextChoices):
    """Where somebody takes part."""

    HALL = "hall", _("In the hall")
    ONLINE = "online", _("Online")


class RollSource(models.TextChoices):
    """How a line came onto the roll."""

    TYPED = "typed", _("Typed by the note-taker")
    PASTED = "pasted", _("From a pasted list")
    CODE = "code", _("Checked in by code")
    SELF = "self", _("Joined online")
    OFFLINE = "offline", _("Captured without signal")


class Method(models.TextChoices):
    """How a meeting came to its decision."""

    CONSENSUS = "consensus", _("By consensus")
    VOTE = "vote", _("By vote")


class DocumentKind(models.TextChoices):
    """The papers of a meeting (DOMAIN 9); which of them a stage needs before it closes is its window's."""

    RECORD = "record", _("Record (berita acara)")
    ATTENDANCE = "attendance", _("Attendance list")
    MINUTES = "minutes", _("Minutes")
    PRIORITIES = "priorities", _("Priority list")
    NOT_ACCOMMODATED = "not_accommodated", _("Not accommodated and reserve list")
    DELEGATES = "delegates", _("Delegates")
    PHOTOS = "photos", _("Photos of the meeting")


class DocumentState(models.TextChoices):
    """How a paper of a meeting stands."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Printed, waiting for signatures")
    SIGNED = "signed", _("Signed")
