"""Duty to Notify: what it asks in the box of NRM stages, and its sheet on paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.justice.duty_to_notify import NO, STAGE, YES
from victimcare.overview.notify_sheet import notify_pages, notify_pdf
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox
from victimcare.ui.screens.case.paper_box import PaperBox
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.segments import Segments

CO_OPERATES = (("", "Not answered"), (YES, "Yes, they co-operate"), (NO, "No: anonymous"))
MEANS = "Without their consent an adult may not be identified (Modern Slavery Act 2015, s52(3)). Only who co-operates is named. The words below stay here."


class NoticeFields:
    """Two fields of the box of NRM stages: whether the person co-operates with public authorities, and why they did not want to be referred."""

    def __init__(self, box: CaseBox) -> None:
        self._box = box
        self.co_operates = box.field("co_operates", "Named", Segments(CO_OPERATES, "Co-operates with public authorities"))
        self.reasons: dict[str, QCheckBox] = {}
        self._inside = QWidget()
        flow = Flow(self._inside)
        for value in codelist("nrm_refusal_reason").values:
            tick = box.field(f"reason {value.code}", "", QCheckBox(value.label))
            self.reasons[value.code] = tick
            flow.addWidget(tick)
        box.form.add("Why not", self._inside)
        self.means = State("info", "Note", "info", MEANS, small=True)
        box.under.addWidget(self.means)

    def show_for(self, stage: str | None) -> None:
        """Only with the stage they belong to."""
        for field in (self.co_operates, self._inside):
            self._box.form.setRowVisible(field, stage == STAGE)
        self.means.setVisible(stage == STAGE)

    def wrong(self) -> tuple[str, QWidget] | None:
        """What is not answered yet."""
        if not self.co_operates.value():
            return "Answer whether the person co-operates with public authorities: only then may they be named.", self.co_operates
        if not any(tick.isChecked() for tick in self.reasons.values()):
            return "Tick why they did not want to be referred; not said is an answer.", self.reasons["AUTHORITIES"]
        return None

    def entry(self) -> dict[str, Any]:
        """What the fields say, as `notify` takes it."""
        return {"co_operates": self.co_operates.value(), "reasons": [code for code, tick in self.reasons.items() if tick.isChecked()]}


class NotifySheetBox(PaperBox):
    """The sheet of the newest Duty to Notify."""

    heading = "Duty to Notify, on paper"
    kind = "DUTY_TO_NOTIFY"
    about = "To fill in the Home Office's form from. It holds nothing that tells who the person is, unless they co-operate with public authorities."
    make_pages, make_pdf = staticmethod(notify_pages), staticmethod(notify_pdf)
    file_name = "duty-to-notify"

    def parts(self) -> list[str]:
        notice = next((row for row in self.ground.page.nrm if row.stage == STAGE), None)
        return ["Identity" if notice is not None and notice.co_operates == YES else "No identity"]
