"""Linked cases: family, same house, same investigation; whether one must not know of the other is said in words and icon.

Of the other case its reference alone is here: no name, number or address of it is read for this page.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.case_links import LinkRefused, LinkRow, change_link, end_link, link_cases
from victimcare.casework.cases import case_ids
from victimcare.overview.case_page import CasePage
from victimcare.overview.linked import SAME_INVESTIGATION, linkable
from victimcare.reference.codelists import codelist, label
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import count, short_day

MUST_NOT_KNOW = (("", "Not answered"), ("YES", "Must not know"), ("NO", "May know"))
FOUND = 8
LEAST_TYPED = 3
NOTHING = "Nothing found yet"
MUST_NOT_WORDS = "One must not know of the other. Say nothing of this case when working on that one."


class LinkBox(CaseBox):
    """The other case by reference, or found by what is typed among cases one may open; those of the same investigation are offered."""

    heading = "Link to another case"
    verb = "Link"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.other = self.field("other", "Other case", QLineEdit())
        self.other.setPlaceholderText("VC-2026-0142, or a name, phone or reference to find it")
        self.other.setAccessibleName("The other case: its reference, or what to find it by")
        self.found = CodeBox((), "Cases found", empty=NOTHING)
        self.form.add("Found", self.found)
        kinds = [(value.code, value.label) for value in codelist("case_link_kind").values]
        self.kind = self.field("kind", "How", CodeBox(kinds, "How they belong together", empty="Choose, or type to find"))
        self.must_not_know = self.field("must_not_know", "The other", Segments(MUST_NOT_KNOW, "Whether one must not know of the other"))
        self.words = self.field("words", "In words", NoteBox("In words", "Kept with this case alone: the other does not show it"))
        self.under.addWidget(State("info", "Note", "info", "The link shows on both cases, by reference alone.", small=True))
        self.other.textChanged.connect(self._find)
        self.found.chosen.connect(self._take)
        self._offered: tuple[tuple[UUID, str], ...] = ()
        ground.work.read(self, lambda session: linkable(session, ground.case_id), self._offer, key="linkable")
        self._show_found()
        self.setFocusProxy(self.other)

    def wrong(self) -> tuple[str, QWidget] | None:
        if not self.other.text().strip():
            return "Give the reference of the other case, or find it by a name.", self.other
        if self.kind.value() is None:
            return "Choose how the two belong together.", self.kind
        if not self.must_not_know.value():
            return "Answer whether one must not know of the other.", self.must_not_know
        return None

    def deed(self) -> Deed:
        case_id, reference = self.ground.case_id, self.other.text().strip().upper()
        facts = {"kind": self.kind.value(), "must_not_know": self.must_not_know.value() == "YES", "words": self.words.text()}

        def link(session: object) -> UUID:
            other = case_ids(session, (reference,)).get(reference)  # type: ignore[arg-type]
            if other is None:
                raise LinkRefused("There is no such case among those you may open.", "Check the reference, or choose a case under Found.")
            return link_cases(session, case_id=case_id, other_case_id=other, **facts)  # type: ignore[arg-type]

        return link

    def forget(self) -> None:
        super().forget()
        self.found.fill(())

    def _offer(self, offered: tuple[tuple[UUID, str], ...]) -> None:
        self._offered = offered
        self._find()

    def _find(self, *_: object) -> None:
        """What is typed, looked for in memory; before anything is typed, the cases of the same investigation."""
        if self._is_gone:
            return
        text = self.other.text().strip()
        if len(text) < LEAST_TYPED:
            choices = [(reference, f"{reference}, same investigation") for _, reference in self._offered]
        else:
            hits = [hit for hit in self.ground.find(text) if hit.case_id != self.ground.case_id][:FOUND]
            choices = [(hit.reference, f"{hit.reference}  {hit.name}".strip()) for hit in hits]
        if [one for one, _ in choices] != [text.upper()]:
            self.found.blockSignals(True)
            self.found.fill(choices)
            self.found.setItemText(0, f"{len(choices)} found, choose" if choices else NOTHING)
            self.found.blockSignals(False)
        self._show_found()

    def _show_found(self) -> None:
        self.form.setRowVisible(self.found, self.found.count() > 1)

    def _take(self, reference: str | None) -> None:
        if reference is None:
            return
        self.other.setText(reference)
        if any(reference == one for _, one in self._offered) and self.kind.value() is None:
            self.kind.set_value(SAME_INVESTIGATION)


class LinkStepBox(CaseBox):
    """`about`: a link. Whether one must not know of the other is said anew, or the link ends."""

    heading = "A linked case"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        row = self.row = next(one for one in ground.page.file.links if one.id == ground.about)
        self.form.addRow(Words(f"{row.reference or 'A restricted case'}: {label('case_link_kind', row.kind).lower()}. {row.words}".strip(), wraps=True))
        choices = [*MUST_NOT_KNOW[1:], ("END", "End the link")]
        self.answer = self.field("answer", "The other", Segments(choices, "What is so of the link", "YES" if row.must_not_know else "NO"))
        self.setFocusProxy(self.answer)

    def deed(self) -> Deed:
        row, answer = self.row, self.answer.value()
        if answer == "END":
            return lambda session: end_link(session, link_id=row.id, version=row.version, on=session.today)
        return lambda session: change_link(session, link_id=row.id, version=row.version, must_not_know=answer == "YES")


class LinksPart(Part):
    """Each link with its warning; Enter goes to the other case. Under it, what changes or ends the link."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Linked cases", "G", "Link to another case", doors.to_box("link"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        standing = [row for row in page.file.links if row.ended_on is None]
        for row in standing:
            self._add(row, today)
        ended = len(page.file.links) - len(standing)
        if not standing:
            self.nothing(f"None now, {count(ended, 'has', 'have')} ended" if ended else "None")

    def _add(self, row: LinkRow, today: date) -> None:
        kind, since = label("case_link_kind", row.kind), short_day(row.made_at.date(), today)
        title = row.reference or "A restricted case"
        about = (MUST_NOT_WORDS if row.must_not_know else "", row.words)
        icon, state = ("caution", "Must not know") if row.must_not_know else ("link", "")
        tone = "caution" if row.must_not_know else "text"
        pressed = partial(self._doors.go, Place("case", row.other_id)) if row.other_id else None
        deed = "Go to the other case" if row.other_id else ""
        self.add(Card(title, state, about, icon=icon, tone=tone, is_strong=row.must_not_know, pressed=pressed, deed=deed))
        if row.other_id:
            change = self._doors.to_box("link_step", row.id)
            self.add(Card(f"{kind}, linked {since}", "", (), tone="muted", pressed=change, deed="Say anew what must not be known, or end the link"))
