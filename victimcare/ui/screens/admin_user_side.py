"""Beside the list of users: the chosen one and what can be done, the form of an invitation, its code, a removal in its two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.store.members import Member, State
from victimcare.store.people import INVITATION_DAYS
from victimcare.store.rights import Role, needs_casework_key
from victimcare.ui.door import beside, labelled
from victimcare.ui.letting_in import ASK, who_invited
from victimcare.ui.screens.admin_roles import RoleBoxes, role_words
from victimcare.ui.six_words import SixWords
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message

STAYS_READABLE = "What they copied before stays readable to them: backups made before today open with their old passphrase. Make a new one and replace those."


class UserSide(QFrame):
    """Asks the page for deeds: `invite_asked(name, roles)`, `renew_asked(member)`, `roles_asked(id, roles)`, `remove_asked(id)`,
    `decided(id, let in)`, `finish_asked`."""

    invite_asked = Signal(str, object)
    renew_asked = Signal(object)
    roles_asked = Signal(object, object)
    remove_asked = Signal(object)
    decided = Signal(object, bool)
    finish_asked = Signal()

    def __init__(self, me: UUID, *, can_manage: bool, can_let_in: bool) -> None:
        super().__init__()
        self._me, self._can_manage, self._can_let_in = me, can_manage, can_let_in
        self.member: Member | None = None
        self._inviter = ""
        self.message, self.pages = Message(closes=False, framed=False), QStackedWidget()
        self.user_page, self.form_page, self.code_page = self._user_page(), self._form_page(), self._code_page()
        self.asking_page, self.steps_page = self._asking_page(), self._steps_page()
        for page in (self.user_page, self.form_page, self.code_page, self.asking_page, self.steps_page):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        space(column, 0, 4, 0, 0, gap=8)
        column.addWidget(self.pages)
        column.addWidget(self.message)
        column.addStretch(1)
        self.show_user(None)

    # What the page tells

    def show_user(self, row: Any) -> None:
        """The chosen user; while something else is under way here, only kept for later."""
        chosen = row.member if row is not None else None
        is_another = chosen is not None and self.member is not None and chosen.id != self.member.id
        self.member, self._inviter = chosen, row.inviter if row is not None else ""
        if is_another and self.pages.currentWidget() is self.asking_page:
            self.back_to_user()
        self._tell_user()

    def show_code(self, name: str, code: str) -> None:
        """An invitation's code, this once."""
        self.code_title.setText(f"Code for {name}")
        self.code.setText(code)
        self.code_how.setText(
            f"Hand it over yourself, or by a way that does not pass a computer. {name} types it where the passphrase goes, within {INVITATION_DAYS} days. "
            "It is shown only now."
        )
        self._turn_to(self.code_page)
        self.copy.setFocus()

    def removed(self, waits: Refused | None) -> None:
        """The removal was begun; `waits`: why the file key could not be changed yet."""
        self._turn_to(self.steps_page)
        if waits is not None:
            self.message.refuse(waits)

    def show_steps(self, *, file_key_due: bool, casework_key_due: bool) -> None:
        """How far the removal is."""
        done = ("tick", "Done", "safe")
        first = ("caution", "Waits", "caution", "They can no longer sign in, but the file still has its old key.") if file_key_due else (
            *done, "They can no longer sign in, and the file has a new key.")  # fmt: skip
        second = ("hourglass", "To come", "", "The casework key is renewed at the next sign-in of a caseworker.") if casework_key_due else (
            *done, "The casework key is renewed.")  # fmt: skip
        self.step_one.show_state(*first)
        self.step_two.show_state(*second)
        self.finish.setVisible((file_key_due and self._can_manage) or (casework_key_due and self._can_let_in))

    def refuse(self, refused: Refused) -> None:
        """What was not done, said where it was asked for."""
        self.pages.setEnabled(True)
        self.message.refuse(refused)

    def back_to_user(self) -> None:
        """Show the chosen user again; what was typed or shown here goes."""
        self.name.clear()
        self.code.clear()
        self._turn_to(self.user_page)
        self._tell_user()

    def forget(self) -> None:
        """Lock: no code, words or name stay."""
        self.member = None
        self.back_to_user()

    # Pages

    def _user_page(self) -> QWidget:
        page, column = _page()
        self.title, self.told = Words("", "section"), Words("", "muted", wraps=True)
        self.ask, self.words = Words(ASK, wraps=True), SixWords()
        self.let_in = Button("Let in", lambda: self._decide(True), kind="primary")
        self.not_them = Button("Not this person", self._ask_not_them)
        self.waits = Words("A caseworker must let them in: ask one to open Users and compare the six words.", wraps=True)
        self.invite = Button("Invite somebody", self._start_invite, icon="plus", left=True)
        self.roles_button = Button("Change roles", self._start_roles, icon="pen", left=True)
        self.again = Button("New invitation", self._ask_again, icon="key", left=True)
        self.remove = Button("Remove", self._ask_remove, icon="bin", left=True)
        for widget in (self.title, self.told, self.words, self.ask, self.waits):
            column.addWidget(widget)
        column.addLayout(beside(self.let_in, self.not_them))
        column.addSpacing(8)
        for button in (self.roles_button, self.again, self.remove):
            column.addWidget(button)
        column.addSpacing(16)
        column.addWidget(self.invite)
        column.addStretch(1)
        return page

    def _form_page(self) -> QWidget:
        page, column = _page()
        self.form_title, self.name, self.role_boxes = Words("", "section"), QLineEdit(), RoleBoxes()
        self.name.setPlaceholderText("A collar number or initials, such as VLO 23")
        self.name_row = QFrame()
        row = QVBoxLayout(self.name_row)
        space(row, gap=4)
        labelled(row, "User name", self.name)
        self.save = Button("Save", self._save_form, kind="primary")
        column.addWidget(self.form_title)
        column.addWidget(self.name_row)
        column.addWidget(self.role_boxes)
        column.addLayout(beside(self.save, Button("Cancel", self.back_to_user)))
        column.addStretch(1)
        self.name.returnPressed.connect(self._save_form)
        return page

    def _code_page(self) -> QWidget:
        page, column = _page()
        self.code_title, self.code, self.code_how = Words("", "section"), Words("", "title"), Words("", wraps=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button("Copy", self._copy, icon="copy")
        for widget in (self.code_title, self.code, self.code_how):
            column.addWidget(widget)
        column.addLayout(beside(self.copy, Button("Done", self.back_to_user, kind="primary")))
        column.addStretch(1)
        return page

    def _asking_page(self) -> QWidget:
        page, column = _page()
        self.asking_title, self.asking_words = Words("", "section", wraps=True), Words("", wraps=True)
        self.asking_more = Words("", "muted", wraps=True)
        self.sure = Button("Go on", self._sure, kind="primary")
        self._deed: Callable[[], object] = self.back_to_user
        for widget in (self.asking_title, self.asking_words, self.asking_more):
            column.addWidget(widget)
        column.addLayout(beside(self.sure, Button("Cancel", self.back_to_user)))
        column.addStretch(1)
        return page

    def _steps_page(self) -> QWidget:
        page, column = _page()
        self.step_one, self.step_two = (Shown("hourglass", "", "", "", plain=True) for _ in range(2))
        self.finish = Button("Finish now", self.finish_asked.emit)
        column.addWidget(Words("Removed", "section"))
        for number, step in enumerate((self.step_one, self.step_two), start=1):
            column.addWidget(Words(f"Step {number} of 2", "muted"))
            column.addWidget(step)
        column.addWidget(Words(STAYS_READABLE, "muted", wraps=True))
        column.addLayout(beside(self.finish, Button("Done", self.back_to_user, kind="primary")))
        column.addStretch(1)
        return page

    def _turn_to(self, page: QWidget) -> None:
        self.message.put_away()
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(page)

    def _tell_user(self) -> None:
        member = self.member
        is_there = member is not None and member.state is not State.REMOVED
        is_waiting, is_me = member is not None and member.state is State.WAITING, member is not None and member.id == self._me
        self.title.setText(member.name if member else "")
        self.told.setText(self._told(member) if member else "")
        self.words.show_words(member.words if member is not None and is_waiting else ())
        for widget in (self.words, self.ask, self.let_in, self.not_them):
            widget.setVisible(is_waiting and (self._can_let_in or widget is self.words))
        self.waits.setVisible(is_waiting and not self._can_let_in)
        self.roles_button.setVisible(is_there and self._can_manage and member is not None and member.state is not State.INVITED)
        self.again.setVisible(is_there and self._can_manage and not is_me)
        self.remove.setVisible(is_there and self._can_manage)
        self.invite.setVisible(self._can_manage)

    def _told(self, member: Member) -> str:
        if member.id == self._me:
            return f"This is you: {role_words(member.roles)}."
        told = who_invited(member, self._inviter).removeprefix(f"{member.name}, ")
        return f"{told[:1].upper()}{told[1:]}, as {role_words(member.roles)}."

    def _start_invite(self) -> None:
        self._open_form("Invite somebody", "Make the code", frozenset({Role.CASEWORKER}), is_new=True)
        self.name.setFocus()

    def _start_roles(self) -> None:
        if self.member is not None:
            self._open_form(f"Roles of {self.member.name}", "Change roles", self.member.roles, is_new=False)
            self.role_boxes.boxes[Role.CASEWORKER].setFocus()

    def _open_form(self, title: str, verb: str, roles: frozenset[Role], *, is_new: bool) -> None:
        self._turn_to(self.form_page)
        self.form_title.setText(title)
        self.save.setText(verb)
        self.name_row.setVisible(is_new)
        self.role_boxes.show_roles(roles)

    def _save_form(self) -> None:
        roles, name, is_new = self.role_boxes.roles(), " ".join(self.name.text().split()), not self.name_row.isHidden()
        if is_new and not name:
            self.message.say("info", "Give the user a name.")
            self.name.setFocus()
        elif not roles:
            self.message.say("info", "Tick at least one role.")
        else:
            self._wait()
            if is_new:
                self.invite_asked.emit(name, roles)
            elif self.member is not None:
                self.roles_asked.emit(self.member.id, roles)

    def _ask_again(self) -> None:
        if self.member is not None:
            member = self.member
            back = " A caseworker then lets them in to the cases again." if needs_casework_key(member.roles) else ""
            self._ask(f"Invite {member.name} again?", f"For a forgotten passphrase. Their old one stops working now, and they choose a new one.{back}", "",
                      "Make the code", lambda: self.renew_asked.emit(member))  # fmt: skip

    def _ask_remove(self) -> None:
        if self.member is not None:
            member = self.member
            words = (
                "Step 1, now: they can no longer sign in, and the file gets a new key.\n"
                "Step 2, at the next sign-in of a caseworker: the casework key is renewed. If you read cases yourself, it is done now."
            )
            self._ask(f"Remove {member.name}?", words, STAYS_READABLE, "Remove", lambda: self.remove_asked.emit(member.id))

    def _ask_not_them(self) -> None:
        if self.member is not None:
            member = self.member
            self._ask(f"Not {member.name}?", "The words differ, or it is somebody else. Their sign-in is taken away.",
                      "An administrator can invite them again.", "Take it away", lambda: self.decided.emit(member.id, False))  # fmt: skip

    def _ask(self, title: str, words: str, more: str, verb: str, deed: Callable[[], object]) -> None:
        self._turn_to(self.asking_page)
        self.asking_title.setText(title)
        self.asking_words.setText(words)
        self.asking_more.setText(more)
        self.asking_more.setVisible(bool(more))
        self.sure.setText(verb)
        self._deed = deed

    def _sure(self) -> None:
        self._wait()
        self._deed()

    def _decide(self, is_let_in: bool) -> None:
        if self.member is not None:
            self._wait()
            self.decided.emit(self.member.id, is_let_in)

    def _wait(self) -> None:
        self.message.put_away()
        self.pages.setEnabled(False)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.message.say("info", "Copied. The clipboard is cleared when the vault locks.")


def _page() -> tuple[QFrame, QVBoxLayout]:
    page = QFrame()
    column = QVBoxLayout(page)
    space(column, gap=8)
    return page, column
