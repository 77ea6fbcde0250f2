"""What every part of Admin is: a page of its own under the choice of parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Words

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Job, Work

READING_WIDTH = 760  # px at 100 %: lines longer than this tire the eye


class AdminPart(QFrame):
    """`heading` is its name among the parts, `about` the muted words beside the title."""

    heading = ""
    about = ""

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__()
        self.work, self.frame = work, window
        self.setProperty("ground", "panel")
        self.page = QVBoxLayout(self)
        space(self.page, gap=0)

    def open(self) -> None:
        """Read what is shown; called each time one comes here."""

    def refresh(self, kinds: set[str]) -> None:
        """Records of these tables were written."""

    def forget(self) -> None:
        """Lock: take texts off the widgets."""

    def do(self, deed: Callable[[], Any], then: Callable[[Any], object], *, name: str, failed: Callable[[Any], object] | None = None) -> Job:
        """Run a deed of the store that writes by itself, in order with every other change; what is refused is said above the page."""
        return self.work.run(self, lambda token: deed(), then, name=name, writes=True, failed=failed or self.frame.refuse)


def reading_page(page: QVBoxLayout) -> QVBoxLayout:
    """A page that is read from the top, scrolls where it must, and keeps its lines short: the layout to fill."""
    area, inside = QScrollArea(), QFrame()
    inside.setProperty("ground", "panel")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    page.addWidget(area)
    across, text = QHBoxLayout(inside), QFrame()
    space(across, 24, 16, 24, 24, gap=0)
    across.addWidget(text, 1)
    across.addStretch(0)
    size(text, most_width=READING_WIDTH)
    column = QVBoxLayout(text)
    space(column, gap=8)
    return column


def section(column: QVBoxLayout, heading: str, words: str = "") -> None:
    """A heading with the words under it."""
    if column.count():
        column.addSpacing(12)
    column.addWidget(Words(heading, "section"))
    if words:
        column.addWidget(Words(words, "muted", wraps=True))
