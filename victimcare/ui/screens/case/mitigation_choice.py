"""What may help with a barrier: the choice, why it fits and on whose word, what the law says of it, and which other barriers it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.casework.case_now import STANDING
from victimcare.casework.legal_basis import APPLIES, NO, NOT_KNOWN, LegalBasis, legal_basis_of
from victimcare.casework.mitigations import ENDED, Suggestion, answer_barrier, general_suggestions, record_mitigation, suggestions
from victimcare.casework.safeguarding import OVERSEAS
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.reference.mitigation_pairs import none_words
from victimcare.ui.screens.case.box import CaseBox, Ground
from victimcare.ui.screens.case.safeguarding import AbroadFields
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.segments import Segments

STEPS = (("ASKED", "Asked for"), ("OFFERED", "Offered"), ("AGREED", "Agreed"), ("IN_PLACE", "In place"))
THERE = "="  # before the id of a mitigation that is there already, as a value of the choice
LOOKS = {APPLIES: ("tick", "safe"), NO: ("caution", "caution"), NOT_KNOWN: ("caution", "caution")}


def basis_of(page: CasePage, mitigation: str) -> LegalBasis | None:
    """What the law says of a mitigation for the person of the page, as the page stands."""
    return legal_basis_of(mitigation, [row.code for row in page.offences], may_be_under_18=page.facts.may_be_under_18 == "YES")


def show_basis(state: State, basis: LegalBasis | None) -> bool:
    """Put a legal basis into words; answers whether there is one."""
    if basis is not None:
        icon, tone = LOOKS.get(basis.answer, ("info", "info"))
        state.show_state(icon, basis.label, tone, f"{basis.words} ({basis.statute})")
    return basis is not None


class MitigationChoice:
    """Rows of a barrier's box. What fits the barrier comes first, then what helps with any, then what is there for another barrier, then the rest."""

    def __init__(self, box: CaseBox, barrier_id: UUID | None = None) -> None:
        self._box, self._barrier_id, self._page = box, barrier_id, box.ground.page
        self._fit: dict[str, Suggestion] = {}
        self.none = Words("", "small", wraps=True)
        self.code = box.field("mitigation", "Helps", CodeBox((), "What may help", empty="Nothing yet, or type to find"))
        box.form.addRow("", self.none)
        self.step = box.field("mitigation_step", "", Segments(STEPS, "How far it is", "OFFERED"))
        box.form.add("", self.step)
        self.abroad = AbroadFields(box)
        self.means = Words("", "small", wraps=True)
        self.basis = State(small=True)
        box.form.addRow("", self.means)
        box.form.addRow("", self.basis)
        self.also: dict[str, QCheckBox] = {}
        self._also_row = QWidget()
        for signal in (self.code.chosen, self.step.chosen):
            signal.connect(self._show)
        self._show()

    def fit(self, barrier: str | None, besides: list[str] | tuple[()]) -> None:
        """Offer what fits a barrier first, then everything else; say so where nothing is listed."""
        barrier = barrier if barrier and codelist("barrier").known(barrier) else None  # one of an older list fits nothing
        first = suggestions(barrier, besides=besides) if barrier else ()
        self._fit = {one.code: one for one in (*general_suggestions(besides=besides), *first)}
        named = [one.code for one in first]
        general = [code for code in self._fit if code not in named]
        rest = [value for value in codelist("mitigation").values if value.code not in self._fit and value.code not in besides]
        there = [row for row in self._page.file.mitigations if row.barrier_ids and self._barrier_id not in row.barrier_ids and row.status not in ENDED]
        self.code.fill([
            *((code, f"{self._fit[code].label} (fits)") for code in named),
            *((code, f"{self._fit[code].label} (helps with any)") for code in general),
            *((f"{THERE}{row.id}", f"{label('mitigation', row.code)} (there for another barrier)") for row in there),
            *((value.code, value.label) for value in rest),
        ])  # fmt: skip
        words = none_words(barrier) if barrier else ""
        self.none.setText(words)
        self._box.form.setRowVisible(self.none, bool(words))
        self._show()

    def page_came(self, page: CasePage) -> None:
        """The case was read again: the offences may be others now, and the law with them."""
        self._page = page
        self._show()

    def wrong(self) -> tuple[str, QWidget] | None:
        """A request to another state needs its country."""
        return self.abroad.wrong() if self._is_asked_abroad() else None

    def deed(self, ground: Ground) -> Callable[[Any, tuple[UUID, ...]], object]:
        """`fn(session, barriers)` that records what was chosen; nothing where nothing was."""
        code, status, case_id, on = self.code.value(), self.step.value(), ground.case_id, ground.today()
        also = tuple(UUID(id) for id, box in self.also.items() if box.isChecked())
        ask = self.abroad.deed(on) if self._is_asked_abroad() else None
        if code is None:
            return lambda session, barriers: None
        if code.startswith(THERE):
            there = UUID(code.removeprefix(THERE))
            return lambda session, barriers: [answer_barrier(session, mitigation_id=there, barrier_id=id) for id in barriers]

        def help(session: Any, barriers: tuple[UUID, ...]) -> None:
            id = record_mitigation(session, case_id=case_id, code=code, on=on, status=status, barrier_ids=(*barriers, *also), worker_id=my_worker(session))
            if ask is not None:
                ask(session, id)

        return help

    def add_others(self) -> None:
        """Add a row with a tick for each other barrier that stands, which the same mitigation may answer too."""
        cards = [card for card in self._page.barriers if card.barrier.status in STANDING and card.barrier.code != "NONE"]
        self.also = {str(card.barrier.id): QCheckBox(label("barrier", card.barrier.code)) for card in cards if card.barrier.id != self._barrier_id}
        if not self.also:
            return
        flow = Flow(self._also_row)
        for id, box in self.also.items():
            box.setAccessibleName(f"Also answers: {box.text()}")
            self._box.field(f"also {id}", "", box)
            flow.addWidget(box)
        self._box.form.add("Also for", self._also_row)
        self._show()

    def _is_asked_abroad(self) -> bool:
        return self.code.value() == OVERSEAS and self.step.value() == "ASKED"

    def _show(self, *_: object) -> None:
        form, code = self._box.form, self.code.value()
        is_new = code is not None and not code.startswith(THERE)
        means = self._means(code) if code is not None and is_new else ""
        self.means.setText(means)
        form.setRowVisible(self.step, is_new)
        form.setRowVisible(self.means, bool(means))
        form.setRowVisible(self.basis, show_basis(self.basis, basis_of(self._page, code) if code is not None and is_new else None))
        if self.also:
            form.setRowVisible(self._also_row, is_new)
        self.abroad.show(told=code == OVERSEAS, asked=self._is_asked_abroad())

    def _means(self, code: str) -> str:
        """Why it fits and on whose word; what it is where it does not fit by any."""
        found = self._fit.get(code)
        if found is not None:
            return f"{found.why} Source: {'; '.join(found.sources)}."
        value = codelist("mitigation").value(code)
        return value.definition if value.definition.rstrip(".") != value.label else ""
