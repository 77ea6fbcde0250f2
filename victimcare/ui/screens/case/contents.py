"""What the case page is made of: its parts by side, its boxes by the name of their form, the letters that open them.

Whoever adds a concept to the page adds its part, its box and its letter here, and nothing to the page itself.
"""

from __future__ import annotations

from collections.abc import Callable

from victimcare.ui.screens.case.appointment_outcome import AppointmentOutcomeBox
from victimcare.ui.screens.case.appointments import AppointmentBox, AppointmentsPart
from victimcare.ui.screens.case.barriers import BarrierBox, BarriersPart, BarrierStepBox
from victimcare.ui.screens.case.box import CaseBox, Ground
from victimcare.ui.screens.case.change_plan import ChangePlanBox
from victimcare.ui.screens.case.channel_review import ChannelReviewBox
from victimcare.ui.screens.case.correcting import CorrectContactBox
from victimcare.ui.screens.case.deadlines import DeadlineBox, DeadlinesPart, NotApplicableBox
from victimcare.ui.screens.case.documents import DocumentBox, DocumentsPart
from victimcare.ui.screens.case.e_mail import EmailBox
from victimcare.ui.screens.case.entitlement import EntitlementBox
from victimcare.ui.screens.case.file_menu import FILE_BOXES
from victimcare.ui.screens.case.justice import InvestigationBox, InvestigationPart, JusticeBox, JusticePart
from victimcare.ui.screens.case.links import LinkBox, LinksPart, LinkStepBox
from victimcare.ui.screens.case.log_contact import LogContactBox
from victimcare.ui.screens.case.next_dates import NextDatesPart
from victimcare.ui.screens.case.notify import NotifySheetBox
from victimcare.ui.screens.case.number_boxes import AddNumberBox, EndNumberBox
from victimcare.ui.screens.case.offered import OfferBox, OfferedListBox, OfferedPart
from victimcare.ui.screens.case.parts import Doors, Part
from victimcare.ui.screens.case.people_around import PeopleAroundPart, PersonAroundBox
from victimcare.ui.screens.case.person import PersonBox, PersonPart
from victimcare.ui.screens.case.referrals import AnswerBox, ReferralsPart
from victimcare.ui.screens.case.risk import RiskBox, RiskPart
from victimcare.ui.screens.case.safeguarding import SafeguardingAnswerBox, SafeguardingBox
from victimcare.ui.screens.case.special_measures import MeasureBox, MeasuresPart
from victimcare.ui.screens.case.stance import StanceBox, StancePart
from victimcare.ui.screens.case.tasks import TaskBox, TasksPart, TaskStepBox
from victimcare.ui.screens.case.withdrawing import WithdrawBox

LEFT: tuple[Callable[[Doors], Part], ...] = (
    PersonPart,
    RiskPart,
    PeopleAroundPart,
    LinksPart,
    JusticePart,
    MeasuresPart,
    InvestigationPart,
    DocumentsPart,
)
"""Facts, from the top."""

RIGHT: tuple[Callable[[Doors], Part], ...] = (
    NextDatesPart,
    BarriersPart,
    StancePart,
    ReferralsPart,
    DeadlinesPart,
    AppointmentsPart,
    TasksPart,
    OfferedPart,
)
"""What is open and what comes next, from the top."""

BOXES: dict[str, Callable[[str, Ground], CaseBox]] = {
    **FILE_BOXES,
    "contact": LogContactBox,
    "correct": CorrectContactBox,
    "withdraw": WithdrawBox,
    "barrier": BarrierBox,
    "barrier_step": BarrierStepBox,
    "safeguarding": SafeguardingBox,
    "safeguarding_answer": SafeguardingAnswerBox,
    "stance": StanceBox,
    "plan": ChangePlanBox,
    "channel_review": ChannelReviewBox,
    "number": AddNumberBox,
    "number_end": EndNumberBox,
    "person": PersonBox,
    "answer": AnswerBox,
    "deadline": DeadlineBox,
    "deadline_off": NotApplicableBox,
    "entitlement": EntitlementBox,
    "document": DocumentBox,
    "email": EmailBox,
    "offer": OfferBox,
    "offered_list": OfferedListBox,
    "risk": RiskBox,
    "measure": MeasureBox,
    "justice": JusticeBox,
    "notify_sheet": NotifySheetBox,
    "investigation": InvestigationBox,
    "appointment": AppointmentBox,
    "appointment_outcome": AppointmentOutcomeBox,
    "task": TaskBox,
    "task_step": TaskStepBox,
    "around": PersonAroundBox,
    "link": LinkBox,
    "link_step": LinkStepBox,
}
"""By the first word of a form's name; what follows is the id of the row the box is about."""

LETTERS: tuple[tuple[str, str, str], ...] = (
    ("L", "Log a contact", "contact"),
    ("B", "Add a barrier", "barrier"),
    ("S", "Record a stance", "stance"),
    ("E", "Correct the facts of the person", "person"),
    ("C", "Change the safe-contact plan", "plan"),
    ("J", "Record an NRM stage or an offence", "justice"),
    ("I", "Link to an investigation", "investigation"),
    ("D", "Mark a deadline done, or record a new event", "deadline"),
    ("F", "Add a document", "document"),
    ("M", "Plan an appointment", "appointment"),
    ("T", "Write down a task", "task"),
    ("N", "Add somebody around the person", "around"),
    ("G", "Link to another case", "link"),
    ("K", "Review the risk", "risk"),
    ("O", "Record support that was offered", "offer"),
    ("Shift+O", "Print or save what was offered, for disclosure", "offered_list"),
    ("Q", "Record a step of a special measure", "measure"),
)
"""(key, words, form): a letter opens that box."""
