"""Step 4: the very text. What stands here is what goes, word for word, and is kept."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFrameFormat, QTextLength, QTextTableFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout

from victimcare.reference.dates_text import day_text
from victimcare.referrals.sharing import Package
from victimcare.ui.style import look, space
from victimcare.ui.widgets.labels import Words


class PreviewPart(QFrame):
    """Shows a Package in the order and words of its `text`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.package: Package | None = None
        self.paper = QTextBrowser()
        self.paper.setObjectName("paper")
        self.paper.setAccessibleName("Preview: the very text that goes")
        self.paper.setOpenLinks(False)
        page = QVBoxLayout(self)
        space(page, 20, 12, 20, 20, gap=12)
        page.addWidget(Words("4  Preview", "section"))
        page.addWidget(self.paper, 1)
        look().changed.connect(self._redraw)

    def show_package(self, package: Package | None) -> None:
        """Show what would go; None: say what is missing."""
        self.package = package
        self.paper.clear()
        document = self.paper.document()
        document.setDocumentMargin(look().px(20))
        write = QTextCursor(document)
        if package is None:
            write.insertText("Choose a partner to read here exactly what would go.", _format("body", "muted"))
            return
        write.insertText(f"Referral to {package.to}\n", _format("strong", "text"))
        write.insertText(f"From: {package.sender}. {day_text(package.sent_on)}\nOur reference: {package.reference}\n", _format("small", "text"))
        self._table(write, package)
        write.movePosition(QTextCursor.MoveOperation.End)
        write.insertText(f"{package.anonymity}\nPlease answer by {day_text(package.answer_by)}, with our reference.", _format("small", "text"))
        self.paper.moveCursor(QTextCursor.MoveOperation.Start)

    def text(self) -> str:
        """What stands on the paper."""
        return self.paper.toPlainText()

    def _redraw(self) -> None:
        self.show_package(self.package)

    def _table(self, write: QTextCursor, package: Package) -> None:
        pairs = (("Asked for", package.asked_for), *package.lines, ("Consent", package.consent))
        layout = QTextTableFormat()
        layout.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        layout.setBorder(0)
        layout.setTopMargin(look().px(8))
        layout.setBottomMargin(look().px(12))
        layout.setCellPadding(look().px(2))
        layout.setCellSpacing(0)
        layout.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        layout.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, look().px(104)), QTextLength(QTextLength.Type.VariableLength, 0)])
        table = write.insertTable(len(pairs), 2, layout)
        for at, (name, value) in enumerate(pairs):
            for column, words, role in ((0, name, "muted"), (1, value, "text")):
                table.cellAt(at, column).firstCursorPosition().insertText(words, _format("small", role))


def _format(font: str, role: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(look().font(font))
    made.setForeground(look().colour(role))
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignNormal)
    return made
