"""Beside the directory: the chosen partner told in full, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from victimcare.reference.codelists import label
from victimcare.referrals.partners import PartnerRow, criteria
from victimcare.ui.navigation import column
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.words import count

WIDTH = 344
ALONE = "Only a supervisor may send there, each time with a reason. It is in no list unless asked for."


class PartnersSide(QObject):
    """`frame` is the widget to place. `change_asked`, `use_asked`: change what is known of it; take it out of use or into use again."""

    change_asked = Signal()
    use_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.frame, layout = column(WIDTH, "left", scrolls=False)
        space(layout, 24, 16, 24, 16, gap=4)
        self.name, self.kind = Words("", "section", wraps=True), Words("", "muted", wraps=True)
        self.use, self.alone = (
            State("minus", "Out of use", "text", "offered for no referral", small=True),
            State("caution", "Exceptional", "caution", ALONE, small=True),
        )
        self.facts = {
            words: (Words(words, "strong"), Words("", wraps=True)) for words in ("Services", "Whom it takes", "Answers", "Reached by", "What it says of itself")
        }
        self.change_button = Button("Change", self.change_asked.emit, key="E", left=True)
        self.use_button = Button("Take out of use", self.use_asked.emit, key="U", left=True)
        self._lay_out(layout)
        self.forget()

    def show_partner(self, row: PartnerRow | None, contact: str) -> None:
        """Tell one partner; None: nothing is chosen."""
        for part in (self.name, self.kind, self.change_button, self.use_button):
            part.setVisible(row is not None)
        self.use.setVisible(row is not None and not row.is_active)
        self.alone.setVisible(row is not None and row.is_exceptional)
        told = _told(row, contact) if row is not None else {}
        for words, (head, text) in self.facts.items():
            text.setText(told.get(words, ""))
            for part in (head, text):
                part.setVisible(bool(told.get(words)))
        if row is not None:
            self.name.setText(row.name)
            self.kind.setText(", ".join(filter(None, (label("partner_type", row.type), row.area))))
            self.use_button.setText("Take out of use" if row.is_active else "Take into use again")

    def forget(self) -> None:
        """Drop every text."""
        self.show_partner(None, "")
        for words in (self.name, self.kind):
            words.setText("")

    def text(self) -> str:
        """Everything it says now."""
        return "\n".join(words.text() for words in self.frame.findChildren(Words) if not words.isHidden() and words.text())

    def _lay_out(self, layout: QVBoxLayout) -> None:
        for part, gap in ((self.name, 0), (self.kind, 8), (self.use, 4), (self.alone, 8)):
            layout.addWidget(part)
            layout.addSpacing(gap)
        for head, text in self.facts.values():
            layout.addWidget(head)
            layout.addWidget(text)
            layout.addSpacing(6)
        self.facts["Reached by"][1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.facts["Reached by"][1].setAccessibleName("Reached by")
        buttons = QVBoxLayout()
        space(buttons, gap=8)
        for button in (self.change_button, self.use_button):
            buttons.addWidget(button)
        layout.addLayout(buttons)
        layout.addStretch(1)


def takes(row: PartnerRow) -> str:
    """`Female, from 18`; `Anybody`."""
    whom = label("gender", row.accepts_gender) if row.accepts_gender else "Anybody"
    return f"{whom}, from {row.accepts_from_age}" if row.accepts_from_age else whom


def _told(row: PartnerRow, contact: str) -> dict[str, str]:
    said = criteria(row.code)
    return {
        "Services": "; ".join(label("referral_service", code) for code in row.services) or "None are recorded.",
        "Whom it takes": f"{takes(row)}. {row.area or 'Everywhere'}.",
        "Answers": f"Asked again after {count(row.answers_in_days, 'day', 'days')}.",
        "Reached by": contact,
        "What it says of itself": said.words if said is not None else "",
    }
