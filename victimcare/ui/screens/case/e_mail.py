"""An e-mail as a contact: the box opens filled for review; what was attached is kept with the contact, all in one change.

Until it is saved the attachments are only in memory; the draft says which they are and where the e-mail lies, and reads it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from victimcare.casework.dates import in_office_time
from victimcare.casework.document_files import MAIL, file_to_keep, kind_of
from victimcare.casework.documents import add_document
from victimcare.casework.mail import Attachment, Mail, read_mail
from victimcare.overview.timeline_documents import size_text
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.ui.screens.case.box import Deed, Ground
from victimcare.ui.screens.case.log_contact import LogContactBox
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Title, Words

THEY, WE = "INBOUND", "OUTBOUND"
WHO: Final = ((THEY, "They wrote"), (WE, "We wrote"))


@dataclass(frozen=True, slots=True, repr=False)
class MailFile:
    """An e-mail read from a file, with its own bytes."""

    path: Path
    name: str
    content: bytes
    mail: Mail


def mail_file(path: Path) -> MailFile | None:
    """Read a file as an e-mail; None when its bytes say it is none. Raises DocumentRefused, BytesChanged, MailRefused."""
    file = file_to_keep(path)
    content = b"".join(file.chunks())
    if kind_of(content[:65536], file.name)[0] != MAIL:
        return None
    return MailFile(path, file.name, content, read_mail(content))


class Attached(QWidget):
    """What came with the e-mail. Its value, for the draft: where the e-mail lies, and the names that are to be kept. `changed` when it is another."""

    changed = Signal()
    missing = Signal(str)  # the path of an e-mail whose attachments have to be read again

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        space(self._rows, gap=2)
        self.path, self.here = "", tuple[Attachment, ...]()
        self.wanted: list[str] = []
        self.setAccessibleName("Attached")

    def show_files(self, path: Path, files: Sequence[Attachment]) -> None:
        """Attachments that are in memory."""
        self.path, self.here, self.wanted = str(path), tuple(files), [one.name for one in files]
        self._list()
        self.changed.emit()

    def value(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"path": self.path, "names": self.wanted}

    def set_value(self, value: dict[str, Any]) -> None:
        """From a draft: the names, until the e-mail has been read again."""
        self.path, self.here, self.wanted = value["path"], (), list(value["names"])
        self._list()
        self.missing.emit(self.path)

    def forget(self) -> None:
        """Drop names and content."""
        self.path, self.here, self.wanted = "", (), []
        self._list()

    def is_whole(self) -> bool:
        """Whether all that is to be kept is in memory."""
        return [one.name for one in self.here] == self.wanted

    def _list(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self.is_whole():
            for one in self.here:
                self._rows.addWidget(Title(f"{one.name}, {size_text(len(one.content))}", "", whole_up_to=200))
        else:
            for name in self.wanted:
                self._rows.addWidget(Title(f"{name}, not read yet", "muted", whole_up_to=200))
        if not self.wanted:
            self._rows.addWidget(Words("Nothing", "muted"))


class EmailBox(LogContactBox):
    """`take(mail)` fills it. Who wrote is for the person to say; day and time are those of the e-mail, on the office's clock."""

    heading = "Log an e-mail"
    verb = "Log e-mail"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self._whole: MailFile | None = None
        self.way.set_value("EMAIL")
        self.form.setRowVisible(self.way, False)
        self.who = self.field("who", "", CodeBox(WHO, "Who wrote", empty="Choose: they wrote, or we wrote"))
        self.from_to = self.field("from_to", "", HeaderWords())
        self.attached = self.field("attached", "", Attached())
        self.keeps_whole = self.field("keeps_whole", "", QCheckBox("Keep the e-mail itself as a document too"))
        self.keeps_whole.setChecked(True)
        # Above what every contact has: this is what is to be answered, and what one would not look for below.
        for at, (label, field) in enumerate((("Who wrote", self.who), ("Header", self.from_to), ("Attached", self.attached), ("", self.keeps_whole))):
            words = Words(label)
            words.setBuddy(field)
            self.form.insertRow(at, words, field)
        self._tab_down()
        self.inbound.hide()
        self.who.chosen.connect(self._who_chosen)
        self.attached.missing.connect(self._read_again)
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.who)

    def take(self, found: MailFile) -> None:
        """Fill the box from an e-mail."""
        mail = found.mail
        self._whole = found
        self.way.set_value("EMAIL")
        at = in_office_time(mail.at) if mail.at is not None else None
        self.on.set_value(at.date() if at else None)
        self.at.set_value(at.time().replace(second=0, microsecond=0) if at else None)
        self.said.set_text("\n\n".join(filter(None, (f"Subject: {mail.subject}" if mail.subject else "", mail.text))))
        self.from_to.set_value(", ".join(filter(None, (f"from {mail.sender}" if mail.sender else "", f"to {mail.recipients}" if mail.recipients else ""))))
        self.attached.show_files(found.path, mail.attachments)
        self._tell_what_is_odd(mail)
        self._edited()

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.who.value() is None:
            return "Say who wrote the e-mail: they, or we.", self.who
        if not self.attached.is_whole():
            return "The attachments are not here any more. Drop the e-mail on this box again, or discard the draft.", self.who
        if self.keeps_whole.isChecked() and self._whole is None:
            return "The e-mail itself is not here any more. Drop it on this box again, or untick that it is kept.", self.keeps_whole
        if self.on.value() is not None and self.moment() > self.ground.work.vault.clock():
            return "The e-mail says it was written in the future: its sender's clock is wrong. Give the day and time it came.", self.on
        return super().wrong()

    def deed(self) -> Deed:
        log, attached = super().deed(), [(one.name, one.content) for one in self.attached.here]
        if self.keeps_whole.isChecked() and self._whole is not None:
            attached.append((self._whole.name, self._whole.content))
        case_id, on = self.ground.case_id, day_of(self.moment())

        def keep(session: Any) -> None:
            contact_id = log(session)
            for name, content in attached:
                add_document(session, case_id=case_id, name=name, size=len(content), chunks=[content], on=on, contact_id=contact_id)

        return keep

    def forget(self) -> None:
        super().forget()
        self._whole = None
        self.attached.forget()
        self.from_to.set_value("")

    # Inside

    def _tab_down(self) -> None:
        """Tab goes as one reads."""
        rest = [self.on, self.at, self.about, self.said, self.own_words, self.view, self.exact, self.minutes, self.interpreter, self.whom, self.agency]
        results = self.result.findChildren(QToolButton)
        for before, after in pairwise(
            [self.who, self.keeps_whole, *results, *rest, self.asked_again, self.next_step, self.next_on, *self.findChildren(Button)]
        ):
            QWidget.setTabOrder(before, after)

    def _who_chosen(self, who: str | None) -> None:
        self.inbound.setChecked(who == THEY)
        self.exact.set_value("DELIVERED" if who == WE else None)

    def _tell_what_is_odd(self, mail: Mail) -> None:
        told = [
            "It says no day that can be read: give the day it came." if mail.at is None else "",
            "Its text is too long to be kept here whole; the whole stays in the e-mail kept as a document." if mail.is_cut else "",
            f"Empty, so not kept: {', '.join(mail.empty)}." if mail.empty else "",
            "It has no text." if not mail.text else "",
        ]
        words = " ".join(filter(None, told))
        if words:
            self.message.say("caution", words)
        else:
            self.message.put_away()

    def _read_again(self, path: str) -> None:
        """After a restart the e-mail is read again where it lay; what was typed stays as it is."""
        if path:
            self.ground.work.ask(self, partial(mail_file, Path(path)), self._came_again, failed=self._not_there)

    def _came_again(self, found: MailFile | None) -> None:
        if found is not None and [one.name for one in found.mail.attachments] == self.attached.wanted:
            self._whole = found
            self.attached.show_files(found.path, found.mail.attachments)
        elif found is not None:
            self._not_there(None)

    def _not_there(self, _: Refused | None) -> None:
        names = ", ".join(self.attached.wanted)
        told = f"These attachments were only in the e-mail, which is no longer where it lay: {names}." if names else "The e-mail is no longer where it lay."
        self.message.say("caution", told, "Drop the e-mail on this box again; what you typed stays.")

    def take_again(self, found: MailFile) -> bool:
        """Whether `found` is the e-mail this draft lacks; then only its attachments are taken, and nothing typed is lost."""
        if self._whole is None and [one.name for one in found.mail.attachments] == self.attached.wanted:
            self._came_again(found)
            self.message.put_away()
            return True
        return False


class HeaderWords(Words):
    """Who wrote to whom, as the e-mail says it. Part of the draft, not of what is saved."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("", "muted", wraps=True)

    def value(self) -> str:
        """What it says."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Say it."""
        self.setText(text)
