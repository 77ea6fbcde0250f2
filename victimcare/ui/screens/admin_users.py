"""Users: who may do what, who waits, letting people in and out. Names of users only, never of a person supported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.refused import Refused
from victimcare.store import people, rotation
from victimcare.store.clock import day_of
from victimcare.store.header import INVITATION, read_header
from victimcare.store.members import Member, State
from victimcare.store.rights import Right, Role
from victimcare.store.vault import Vault
from victimcare.ui.door import beside
from victimcare.ui.navigation import column
from victimcare.ui.screens.admin_part import AdminPart
from victimcare.ui.screens.admin_roles import role_words
from victimcare.ui.screens.admin_user_side import UserSide
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import count, day

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

ORDER = {State.WAITING: 0, State.ACTIVE: 1, State.INVITED: 2, State.REMOVED: 3}


@dataclass(frozen=True, slots=True, repr=False)
class UserRow:
    """One user as the list shows them. `expires`: the last day of an open invitation; `is_over`: it has passed."""

    member: Member
    inviter: str
    expires: date | None
    is_over: bool

    @property
    def id(self) -> UUID:
        return self.member.id


@dataclass(frozen=True, slots=True, repr=False)
class UsersNow:
    """Everything the page shows. The two `..._due`: steps of a removal that are not done yet."""

    rows: tuple[UserRow, ...]
    one_holds_all: bool
    file_key_due: bool
    casework_key_due: bool


def users_now(vault: Vault) -> UsersNow:
    """Read the membership and the ways in again, as they are on disk now."""
    members, now = vault.refresh_membership().members, vault.clock()
    invitations = {slot.member: slot.expires for slot in read_header(vault.folder).slots if slot.kind == INVITATION}
    rows = [_row(one, members, invitations.get(one.id), now) for one in members.values()]
    rows.sort(key=lambda row: (ORDER[row.member.state], row.member.name.casefold()))
    there = [one for one in members.values() if one.state is State.ACTIVE]
    return UsersNow(tuple(rows), len(there) == 1 and there[0].roles >= set(Role), people.file_key_is_stale(vault), people.casework_key_is_stale(vault))


def _row(member: Member, members: dict[UUID, Member], expires: datetime | None, now: datetime) -> UserRow:
    inviter = members.get(member.invited_by)
    by = inviter.name if inviter is not None and inviter.id != member.id else ""
    return UserRow(member, by, day_of(expires) if expires else None, expires is not None and expires < now)


def finish_removal(vault: Vault) -> Refused | None:
    """Whatever is due of both steps; answers why the file key could not be changed yet, if so. Raises NotAllowed."""
    waits = None
    if people.file_key_is_stale(vault):
        try:
            rotation.rotate_file_key(vault)
        except Refused as refused:
            waits = refused
    if waits is None and vault.keyring.holds_casework and Right.CASEWORK in vault.member.rights and people.casework_key_is_stale(vault):
        rotation.renew_casework_key(vault)
    return waits


def remove_user(vault: Vault, member: UUID) -> Refused | None:
    """Both steps of a removal, as far as they can be done now. Raises LastCaseworker, LastAdministrator, NoSuchUser, NotAllowed."""
    people.remove(vault, member)
    return finish_removal(vault)


def state_mark(row: UserRow) -> Mark | None:
    """The state as icon and word; who can simply sign in needs none."""
    if row.member.state is State.WAITING:
        return Mark("hourglass", "Waiting", "text")
    return Mark("caution", "Over", "caution") if row.member.state is State.INVITED and row.is_over else None


def state_words(row: UserRow) -> str:
    """What stands after the mark."""
    if row.member.state is State.INVITED:
        if row.is_over:
            return f"invited until {day(row.expires)}"
        return f"Invited, until {day(row.expires)}" if row.expires else "Invited"
    return {State.WAITING: "to be let in to cases", State.ACTIVE: "Can sign in", State.REMOVED: "Removed"}[row.member.state]


def _columns() -> tuple[Column, ...]:
    return (
        Column("User", lambda row: row.member.name, width=150, strong=lambda row: row.member.state is not State.REMOVED),
        Column("State", state_words, width=272, mark=state_mark, sort=lambda row: ORDER[row.member.state]),
        Column("Roles", lambda row: role_words(row.member.roles), width=240, stretch=True, tip=lambda row: role_words(row.member.roles)),
        Column("Invited", lambda row: day(day_of(row.member.invited_at)), width=112, tone="muted", sort=lambda row: row.member.invited_at,
               tip=lambda row: f"by {row.inviter}" if row.inviter else ""),
    )  # fmt: skip


class UsersPart(AdminPart):
    """The list at the left; at the right the chosen user and what can be done, in place."""

    heading = "Users"
    about = "Who may sign in, and as what"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        vault = work.vault
        rights = vault.member.rights
        self.can_manage = Right.ADMINISTER in rights and not vault.store.is_read_only
        self.can_let_in = Right.CASEWORK in rights and not vault.store.is_read_only
        self.now: UsersNow | None = None
        self._doing = self._asked = 0
        self.table = RowsTable(_columns(), "Users")
        self.table.remember(window.settings, window.vault_id, "users")
        self.alone = Shown(
            "caution",
            "One user alone",
            "caution",
            "holds every role, so nobody can let anybody back in. Invite a second person.",
            plain=True,
        )
        self.due = Shown("caution", "Not finished", "caution", "", plain=True)
        self.finish = Button("Finish now", self._finish, small=True)
        self.tally = Words("", "muted")
        self.side = UserSide(vault.member.id, can_manage=self.can_manage, can_let_in=self.can_let_in)
        side, layout = column(edge="left")
        layout.addWidget(self.side)
        self.page.addWidget(Columns((self._list(), 0), (side, 376), main_width=600))
        self._connect()
        self._tell_notices()

    def open(self) -> None:
        self._read()

    def refresh(self, kinds: set[str]) -> None:
        # While a deed of this page runs, a half of it is nothing to show: its end reads again.
        if not self._doing and (kinds & {"member_entry", "group_key", "audit"} or not kinds):
            self._read()

    def forget(self) -> None:
        self.now = None
        self._asked += 1
        self.table.show_rows(())
        self.side.forget()

    def _list(self) -> QFrame:
        frame = QFrame()
        page, above = QVBoxLayout(frame), QVBoxLayout()
        space(page, 16, 12, 8, 12, gap=8)
        space(above, 8, 0, 8, 0, gap=6)
        for widget in (self.alone, self.due):
            above.addWidget(widget)
        above.addLayout(beside(self.finish))
        size(self.table, least_height=232)
        foot = QVBoxLayout()
        space(foot, 8, 0, 0, 0, gap=0)
        foot.addWidget(self.tally)
        page.addLayout(above)
        page.addWidget(self.table, 1)
        page.addLayout(foot)
        return frame

    def _connect(self) -> None:
        self.table.chosen.connect(self.side.show_user)
        side = self.side
        side.invite_asked.connect(self._invite)
        side.renew_asked.connect(self._renew)
        side.roles_asked.connect(self._change_roles)
        side.remove_asked.connect(self._remove)
        side.decided.connect(self._decide)
        side.finish_asked.connect(self._finish)

    # Reading

    def _read(self) -> None:
        self._asked += 1
        self.work.ask(self, partial(users_now, self.work.vault), partial(self._take, self._asked), failed=self.frame.refuse)

    def _take(self, asked: int, now: UsersNow) -> None:
        if asked != self._asked:  # a newer question is on its way: an older answer may come after a younger one
            return
        self.now = now
        self.table.show_rows(now.rows)
        if self.table.current_row() is None and now.rows:
            self.table.selectRow(0)
        self.side.show_user(self.table.current_row())
        self.side.show_steps(file_key_due=now.file_key_due, casework_key_due=now.casework_key_due)
        self._tell_notices()

    def _tell_notices(self) -> None:
        now = self.now
        self.alone.setVisible(now is not None and now.one_holds_all)
        is_due = now is not None and (now.file_key_due or now.casework_key_due)
        self.due.setVisible(is_due)
        can_finish = now is not None and ((now.file_key_due and self.can_manage) or (now.casework_key_due and self.can_let_in))
        self.finish.setVisible(bool(can_finish))
        if now is not None and is_due:
            step = "the file key is not changed yet" if now.file_key_due else "the casework key is renewed at the next sign-in of a caseworker"
            self.due.show_state("caution", "Not finished", "caution", f"Somebody was removed; {step}.")
        there = [row for row in now.rows if row.member.state is not State.REMOVED] if now else []
        self.tally.setText(count(len(there), "user", "users"))

    # Deeds

    def _deed(self, deed: Callable[[], Any], then: Callable[[Any], object], name: str) -> None:
        self._doing += 1

        def over(tell: Callable[[Any], object], answer: Any) -> None:
            self._doing -= 1
            tell(answer)
            self._read()

        self.do(deed, partial(over, then), name=name, failed=partial(over, self.side.refuse))

    def _invite(self, name: str, roles: frozenset[Role]) -> None:
        vault = self.work.vault
        known = vault.membership.by_name(name)
        if known is not None and known.state is not State.REMOVED:
            self.side.refuse(people.NameTaken())
            return
        self._deed(partial(people.invite, vault, name, roles), partial(self.side.show_code, name), "an invitation")

    def _renew(self, member: Member) -> None:
        deed = partial(people.invite, self.work.vault, member.name, member.roles)
        self._deed(deed, partial(self.side.show_code, member.name), "an invitation")

    def _change_roles(self, member: UUID, roles: frozenset[Role]) -> None:
        own = member == self.work.vault.member.id
        words = "The roles are changed. Sign in again to work with them." if own else "The roles are changed."
        self._deed(partial(people.change_roles, self.work.vault, member, roles), lambda _: self._done(words), "a change of roles")

    def _remove(self, member: UUID) -> None:
        self._deed(partial(remove_user, self.work.vault, member), self.side.removed, "removing a user")

    def _finish(self) -> None:
        def finished(waits: Refused | None) -> None:
            self.frame.refuse(waits) if waits else self._done("The keys are changed.")

        self._deed(partial(finish_removal, self.work.vault), finished, "changing the keys")

    def _decide(self, member: UUID, is_let_in: bool) -> None:
        deed = people.approve if is_let_in else people.refuse
        words = "They can now read cases." if is_let_in else "They were not let in, and can no longer sign in."
        self._deed(partial(deed, self.work.vault, member), lambda _: self._done(words), "letting in")

    def _done(self, words: str) -> None:
        self.side.back_to_user()
        self.frame.say("safe", words)
