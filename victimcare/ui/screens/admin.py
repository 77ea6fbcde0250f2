"""Admin: users, backups, checks, recovery, the office's keys, settings, the audit. Each part shows for whom its rights reach; nothing here holds a case's text."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from victimcare.store.rights import Right
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.admin_audit import AuditPart
from victimcare.ui.screens.admin_backup import BackupPart
from victimcare.ui.screens.admin_check import CheckPart
from victimcare.ui.screens.admin_office_keys import OfficeKeysPart
from victimcare.ui.screens.admin_part import AdminPart
from victimcare.ui.screens.admin_recovery import RecoveryPart
from victimcare.ui.screens.admin_settings import SettingsPart
from victimcare.ui.screens.admin_users import UsersPart
from victimcare.ui.style import space
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

KEEPS = frozenset({Right.CASEWORK, Right.ADMINISTER})
PARTS: tuple[tuple[str, type[AdminPart], frozenset[Right]], ...] = (
    ("users", UsersPart, KEEPS),
    ("backup", BackupPart, KEEPS),
    ("check", CheckPart, KEEPS),
    ("recovery", RecoveryPart, KEEPS),
    ("office_keys", OfficeKeysPart, KEEPS),
    ("settings", SettingsPart, frozenset(Right)),
    ("audit", AuditPart, frozenset({Right.ADMINISTER, Right.SUPERVISE})),
)


class AdminScreen(Screen):
    """`place.id` names a part: users, backup, check, recovery, office_keys, settings, audit; without one, the part one was on."""

    title = "Admin"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        rights = work.vault.member.rights
        self.head = PageHead("Admin")
        self.parts: dict[str, AdminPart] = {name: part(work, window) for name, part, reach in PARTS if reach & rights}
        self.choice = Segments([(name, part.heading) for name, part in self.parts.items()], "Part of Admin")
        self.stack, bar = QStackedWidget(), QFrame()
        bar.setProperty("edge", "bottom")
        row = QVBoxLayout(bar)
        space(row, 24, 0, 24, 12, gap=0)
        row.addWidget(self.choice)
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.page.addWidget(self.head)
        self.page.addWidget(bar)
        self.page.addWidget(self.stack, 1)
        self.choice.chosen.connect(self._show)
        self.setFocusProxy(self.choice)
        self._tell()

    @property
    def part(self) -> AdminPart:
        """The part one is on."""
        return self.parts[self.choice.value()]

    def open(self, place: Place) -> None:
        if place.id in self.parts and place.id != self.choice.value():
            self.choice.set_value(place.id)
        else:
            self._show(self.choice.value())

    def refresh(self, kinds: set[str]) -> None:
        self.part.refresh(kinds)

    def keys(self) -> list[Key]:
        return [Key(str(at), part.heading, partial(self.choice.set_value, name)) for at, (name, part) in enumerate(self.parts.items(), start=1)]

    def forget(self) -> None:
        for part in self.parts.values():
            part.forget()

    def _show(self, name: str) -> None:
        self.stack.setCurrentWidget(self.parts[name])
        self._tell()
        self.parts[name].open()

    def _tell(self) -> None:
        self.head.about.setText(self.part.about)
