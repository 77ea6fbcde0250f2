"""Step 2: what the person agreed to. Asked of each partner by itself, recorded here in place."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout

from victimcare.casework.under_18 import STATUTE
from victimcare.reference.codelists import codelist, label
from victimcare.reference.languages import language_label
from victimcare.referrals.consent import ConsentRow, record_consent
from victimcare.referrals.sharing import CONSENT, scope
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import day
from victimcare.ui.work import Work

BASES = ("VITAL_INTERESTS", "SAFEGUARDING", "LEGAL_DUTY", "COURT_ORDER")
THROUGH_INTERPRETER = "ORAL_THROUGH_INTERPRETER"
CHILD = (
    f"Presumed under 18 until assessed ({STATUTE}): a referral to the NRM needs no consent and is made whatever they say. For this partner ask them, "
    "and whoever is responsible for them; where that cannot be, it may go on the basis of safeguarding."
)
TOLD = "Told that support is not tied to the police"


class ConsentPart(QFrame):
    """`changed`: what it may go on is another; `recorded`: the person's answer was written; `wrong(words)`: it cannot be yet."""

    changed = Signal()
    recorded = Signal()
    wrong = Signal(str)

    def __init__(self, work: Work, user: str) -> None:
        super().__init__()
        self._work, self._user = work, user
        self._case_id: UUID | None = None
        self._partner_id: UUID | None = None
        self._today = date.min
        self.state, self.about = State("info", "Choose a partner", "info"), Words("", "small", wraps=True)
        self.child = State("person", "Child", "caution", CHILD, small=True)
        self.ask, self.without = Button("Ask again", self.open_box, kind="link"), Button("Send without consent", self.open_basis, kind="link")
        self.box, self.basis_box = QFrame(), QFrame()
        page = QVBoxLayout(self)
        space(page, gap=4)
        for part in (Words("2  Consent", "section"), self.child, self.state, self.about, self._box(), self._basis()):
            page.addWidget(part)
        for link in (self.ask, self.without):
            page.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.forget()

    def show_consent(self, case_id: UUID, partner: Any, consent: ConsentRow | None, language: str | None, interpreter: str, today: date) -> None:
        """The person's newest answer about `partner` (a PartnerRow), and the box where there is none in force."""
        if partner.id != self._partner_id:
            self._reset(language, interpreter, today)
        self._case_id, self._partner_id, self._today = case_id, partner.id, today
        given = consent is not None and consent.state == "GIVEN"
        if consent is None:
            self.state.show_state("caution", "Not asked yet", "caution", f"about {partner.name}")
            self.about.setText("")
        else:
            icon, tone = ("safe", "safe") if given else ("caution", "caution")
            self.state.show_state(icon, label("consent_basis.consent_state", consent.state), tone, f"for {partner.name}")
            self.about.setText(_about(consent))
        self.about.setVisible(bool(self.about.text()))
        self.box.setVisible(not given and self.basis() == CONSENT)
        self.ask.setVisible(given)
        self.without.setVisible(not given and self.basis_box.isHidden())

    def open_box(self) -> None:
        """Ask the person anew."""
        self.box.show()
        self.ask.hide()
        self.explained.setFocus()

    def open_basis(self) -> None:
        """It must go although the person was not or could not be asked."""
        self.basis_box.show()
        self.without.hide()
        self.box.hide()
        self.basis_code.setFocus()

    def basis(self) -> str:
        """A code of `consent_basis`."""
        return self.basis_code.value() or CONSENT

    def put_basis(self, basis: str, reason: str) -> None:
        """Show the basis of a draft."""
        self.basis_code.set_value(None if basis == CONSENT else basis)
        self.basis_reason.setText(reason)
        self.basis_box.setVisible(basis != CONSENT)

    def record(self) -> None:
        """Write the person's answer."""
        if self._partner_id is None or self._case_id is None:
            return
        problem = self._problem()
        if problem:
            self.wrong.emit(problem)
            return
        entry: dict[str, Any] = {
            "case_id": self._case_id, "partner_id": self._partner_id, "scope": scope(), "form": self.how.value(), "state": self.answer.value(),
            "on": self.on.value(), "ends_on": self.ends_on.value(), "language": self.language.value(),
            "interpreter": "YES" if self.how.value() == THROUGH_INTERPRETER else "NO",
            "told_support_is_not_tied": self.told.isChecked(), "explained": self.explained.text().strip(),
        }  # fmt: skip
        self._work.change(self, lambda session: record_consent(session, **entry), self._recorded)

    def forget(self) -> None:
        """Back to nothing chosen."""
        self._case_id = self._partner_id = None
        self.state.show_state("info", "Choose a partner", "info", "consent is asked for one partner at a time")
        self.about.setText("")
        self._reset(None, "UNKNOWN", date.min)
        self.put_basis(CONSENT, "")
        for part in (self.child, self.about, self.box, self.ask, self.without):
            part.hide()

    def _problem(self) -> str:
        if not self.explained.text().strip():
            self.explained.setFocus()
            return "Say who explained it to the person."
        if not self.told.isChecked():
            self.told.setFocus()
            return "The person must have been told that support does not depend on helping the police."
        if self.on.value() is None or not self.ends_on.is_valid():
            self.on.setFocus()
            return "A day of the consent cannot be read."
        return ""

    def _recorded(self, _: UUID) -> None:
        self._partner_id = None  # the box is filled afresh when it opens again
        self.recorded.emit()

    def _reset(self, language: str | None, interpreter: str, today: date) -> None:
        self.answer.set_value("GIVEN")
        self.how.set_value(THROUGH_INTERPRETER if interpreter == "YES" else "ORAL_WITNESSED")
        self.language.set_value(language)
        self.explained.setText(self._user)
        self.on.set_value(today if today != date.min else None)
        self.ends_on.set_value(None)
        self.told.setChecked(False)

    def _box(self) -> QFrame:
        self.box.setObjectName("box")
        self.answer = Segments([("GIVEN", "Given"), ("REFUSED", "Refused")], "The person's answer")
        self.explained = QLineEdit()
        self.how = CodeBox([(value.code, value.label) for value in codelist("consent_basis.consent_form").values], "How it was given", small=True)
        tongues = [(value.code, value.label) for value in codelist("language").values]
        self.language = CodeBox(tongues, "Language it was explained in", empty="Not known", small=True)
        self.on, self.ends_on = DateBox(name="Asked on", today=lambda: self._today, small=True), DateBox(name="Ends on", today=lambda: self._today, small=True)
        self.ends_on.setPlaceholderText("No end set")
        self.told = QCheckBox(TOLD)
        page, form = QVBoxLayout(self.box), Form(label_width=88, gap=6)
        space(page, 12, 8, 12, 8, gap=6)
        page.addLayout(form)
        form.add("Answer", self.answer)
        form.add("Explained by", self.explained)
        form.add("In", self.language)
        form.add("How", self.how)
        form.add("On", self.on)
        form.add("Until", self.ends_on)
        page.addWidget(self.told)
        self.record_button = Button("Record the answer", self.record, small=True)
        page.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.box

    def _basis(self) -> QFrame:
        self.basis_box.setObjectName("box")
        self.basis_code = CodeBox(
            [(code, label("consent_basis", code)) for code in BASES], "Basis instead of consent", empty="Consent of the person", small=True
        )
        self.basis_reason = QLineEdit()
        page, form = QVBoxLayout(self.basis_box), Form(label_width=76, gap=6)
        space(page, 12, 8, 12, 8, gap=6)
        page.addWidget(Words("The paper says that it goes without consent, and on what basis.", "small", wraps=True))
        page.addLayout(form)
        form.add("Basis", self.basis_code)
        form.add("Because", self.basis_reason)
        self.basis_code.chosen.connect(lambda _: self.changed.emit())
        self.basis_reason.textEdited.connect(lambda _: self.changed.emit())
        self.basis_box.hide()
        return self.basis_box


def _about(consent: ConsentRow) -> str:
    how = label("consent_basis.consent_form", consent.form)
    first = ", ".join(filter(None, (day(consent.on), f"in {language_label(consent.language)}" if consent.language else "", how[:1].lower() + how[1:])))
    ends = f"Ends {day(consent.ends_on)}." if consent.ends_on else "No end set."
    told = "Told that support does not depend on helping the police." if consent.told_support_is_not_tied else ""
    return " ".join(filter(None, (f"{first}.", ends, told)))
