"""Recovery shares typed from paper: a field for each, told while it is typed how far it is and which words are not in the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimcare.store.recovery import SHARE_WORDS, TypedShare, typed_share
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox

AT_FIRST = 2
MOST_SHARES = 16


class ShareBox(QWidget):
    """One share: its field, and under it what can be said of it so far."""

    edited = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self.typed = typed_share("")
        self.field = NoteBox(f"Share {place}", f"The {SHARE_WORDS} words, parted by spaces", lines=3, most_lines=5)
        self.field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hints = Qt.InputMethodHint
        self.field.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhPreferLowercase | hints.ImhMultiLine)
        self.state = State("part", "", "text", "")
        name, column = Words(f"Share {place}"), QVBoxLayout(self)
        name.setBuddy(self.field)
        space(column, gap=4)
        for widget in (name, self.field, self.state):
            column.addWidget(widget)
        self.field.edited.connect(self._look)
        self.tell("")

    def text(self) -> str:
        """What was typed, words parted by single spaces."""
        return " ".join(self.field.text().split())

    def tell(self, clash: str) -> None:
        """Say how far the share is; `clash`: what is wrong with it beside the others."""
        typed = self.typed
        if clash:
            self.state.show_state("caution", "Look again", "caution", clash)
        elif typed.strange:
            self.state.show_state("caution", "Not in the list", "caution", ", ".join(typed.strange[:4]))
        elif typed.is_mistyped:
            self.state.show_state("caution", "Look again", "caution", "every word is in the list, yet one of them is not the one on the paper")
        elif typed.is_whole:
            self.state.show_state("tick", "Whole", "safe", f"{typed.needed} of its set are needed")
        else:
            self.state.show_state("part", f"{typed.words} of {SHARE_WORDS} words", "")

    def _look(self) -> None:
        self.typed = typed_share(self.field.toPlainText())
        self.edited.emit()


class ShareBoxes(QWidget):
    """As many fields as shares are needed, once the first whole share has told how many. `changed` while typing."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[ShareBox] = []
        self._column = QVBoxLayout(self)
        space(self._column, gap=8)
        self.more = Button("Another share", self._add, kind="link")
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for _ in range(AT_FIRST):
            self._add()
        self.setFocusProxy(self.boxes[0].field)

    def shares(self) -> list[str]:
        """The whole shares, each once."""
        return list(dict.fromkeys(box.text().lower() for box in self.boxes if box.typed.is_whole))

    def missing(self) -> str:
        """What is still to be typed, or nothing."""
        for place, box in enumerate(self.boxes, start=1):
            if box.typed.words and (self._clash(box) or not box.typed.is_whole):
                return f"Share {place} is not whole yet, or is not one of this set."
        needed = max((box.typed.needed for box in self.boxes), default=0)
        if not needed:
            return "Type the shares, each in a field of its own."
        left = needed - len(self.shares())
        return f"{left} more of the {needed} shares needed {'is' if left == 1 else 'are'} missing." if left > 0 else ""

    def clear(self) -> None:
        """Take every word off the screen."""
        for box in self.boxes:
            box.field.clear()

    def _add(self) -> None:
        box = ShareBox(len(self.boxes) + 1)
        box.edited.connect(self._look)
        self.boxes.append(box)
        self._column.insertWidget(len(self.boxes) - 1, box)
        self.more.setVisible(len(self.boxes) < MOST_SHARES)

    def _look(self) -> None:
        while len(self.boxes) < max(one.typed.needed for one in self.boxes):
            self._add()
        for box in self.boxes:
            box.tell(self._clash(box))
        self.changed.emit()

    def _clash(self, box: ShareBox) -> str:
        """What is wrong with a whole share beside those before it."""
        if not box.typed.is_whole:
            return ""
        for place, one in enumerate(self.boxes[: self.boxes.index(box)], start=1):
            if one.typed.is_whole and one.typed.set_id != box.typed.set_id:
                return f"it is of another set than share {place}"
            if one.typed.is_whole and same_place(one.typed, box.typed):
                return f"it is the same as share {place}"
        return ""


def same_place(one: TypedShare, other: TypedShare) -> bool:
    """Whether two whole shares are the same one of a set."""
    return (one.set_id, one.number) == (other.set_id, other.number)
