"""Restricting a case to named users, and lifting it: who can read it afterwards is said before it is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.casework.approvals import RESTRICT, UNRESTRICT
from victimcare.casework.case_events import RESTRICTED, UNRESTRICTED, record_step
from victimcare.casework.cases import Case
from victimcare.store.members import Member
from victimcare.store.restrict import lift_restriction, may_read_cases, readers_of, restrict
from victimcare.store.rights import Right
from victimcare.ui.screens.case.asking import AskBox
from victimcare.ui.screens.case.box import Deed, Ground
from victimcare.ui.widgets.segments import Segments

NAMED, ALL = "NAMED", "ALL"
LEAVES = "It leaves the lists, Today, search and exports of everybody else. Its coded facts still count in summaries. Whoever holds the recovery shares together can read it."


class RestrictBox(AskBox):
    """The boxes of users come once they are read; those who can read the case now are ticked."""

    heading = "Who can read this case"

    def __init__(self, form: str, ground: Ground) -> None:
        self.readers: dict[UUID, QCheckBox] = {}
        self._names: dict[UUID, str] = {}
        self.approval = UNRESTRICT if ground.page.facts.is_restricted else RESTRICT
        super().__init__(form, ground)

    def decide_here(self) -> None:
        facts = self.ground.page.facts
        self.scope = self.field("scope", "Readers", Segments(((NAMED, "Named users only"), (ALL, "Every caseworker")), "Who can read it"))
        for member in sorted(self.ground.work.vault.membership.active_with(Right.CASEWORK), key=lambda one: one.name):
            self._offer(member, is_ticked=not facts.is_restricted or member.id == self.ground.work.vault.member.id)
        self.scope.chosen.connect(lambda _: self._tell())
        self.setFocusProxy(self.scope)
        case_id = facts.id
        self.ground.work.read(self, lambda session: (may_read_cases(session), readers_of(session, case_id)), self._take, key="readers")
        self._tell()

    def wrong_here(self) -> tuple[str, QWidget] | None:
        is_restricted = self.ground.page.facts.is_restricted
        if self.scope.value() == ALL and not is_restricted:
            return "Every caseworker can read it now.", self.scope
        if self.scope.value() == NAMED and not self._chosen():
            return "Tick at least one user: a case nobody can read is lost.", next(iter(self.readers.values()))
        return None

    def do_it(self) -> Deed:
        case, chosen, why, is_lifted = self.ground.page.facts, self._chosen(), self.why.text(), self.scope.value() == ALL
        files = tuple(self.ground.page.parts)  # what is read as one is shut and opened as one: a part left open would tell all the same

        def change(session: Any) -> None:
            for one in files:
                # Written first, so that it is sealed anew with the rest.
                record_step(session, case_id=one, kind=UNRESTRICTED if is_lifted else RESTRICTED, why=why)
                session.flush()
                version = case.version if one == case.id else session.get(Case, one).version
                if is_lifted:
                    lift_restriction(session, case_id=one, version=version)
                else:
                    restrict(session, case_id=one, version=version, members=chosen)

        return change

    def _chosen(self) -> list[UUID]:
        return [member for member, box in self.readers.items() if box.isChecked()]

    def _offer(self, member: Member, *, is_ticked: bool) -> None:
        box = QCheckBox(member.name)
        box.setChecked(is_ticked)
        box.setAccessibleName(f"{member.name} can read it")
        self.readers[member.id], self._names[member.id] = box, member.name
        self.field(f"reader {member.id}", "", box)
        self.form.addRow("", box)
        box.toggled.connect(lambda _: self._tell())

    def _take(self, answer: tuple[tuple[Member, ...], tuple[Member, ...]]) -> None:
        everyone, now = answer
        for member in everyone:
            if member.id not in self.readers:
                self._offer(member, is_ticked=member in now)
        if not self._is_touched:
            for number, box in self.readers.items():
                box.setChecked(number in {one.id for one in now})
            self._is_touched = False
            self._keep_soon.stop()
        self._tell()

    def _tell(self) -> None:
        is_named = self.scope.value() == NAMED
        for box in self.readers.values():
            self.form.setRowVisible(box, is_named)
        if not is_named:
            self.means.show_state("info", "Afterwards", "info", f"Every caseworker can read it: {_listed(list(self._names.values()))}.")
            return
        names = [self._names[number] for number in self._chosen()]
        without = "" if self.ground.work.vault.member.id in self._chosen() else " You yourself could not read it any more."
        who = f"Only {_listed(names)} can read it." if names else "Nobody is ticked."
        parts = f" So it is with what is read as one with it: {_listed(list(self.ground.page.parts.values())[1:])}." if len(self.ground.page.parts) > 1 else ""
        self.means.show_state("lock", "Afterwards", "caution" if without else "info", f"{who}{without}{parts} {LEAVES}")


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
