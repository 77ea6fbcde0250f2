"""Settings of this computer: colours, size, when to lock, recent vaults; one's own passphrase; and what the office sets for everybody.

Those of the computer are rows of `ui/settings.py`'s table; those of the office lie in the vault (`casework/office_rules.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from victimcare.casework.office_rules import PLAN_CHECK, days_of, set_days, usual_days
from victimcare.store.rights import Right
from victimcare.ui.door import beside
from victimcare.ui.screens.admin_danger import DangerSteps
from victimcare.ui.screens.admin_part import AdminPart, reading_page, section
from victimcare.ui.settings import SETTINGS
from victimcare.ui.style import THEMES, ZOOMS, look, size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import count

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

THEME_WORDS = {"system": "As the system", "light": "Light", "dark": "Dark"}
MINUTES = (1, 2, 5, 10, 15, 20, 30, 60)
PLAN_DAYS = (7, 14, 21, 28, 42, 56, 90)
ABOUT = {setting.name: setting.description for setting in SETTINGS}


class SettingsPart(AdminPart):
    """Every change holds at once, for this computer and whoever uses it."""

    heading = "Settings"
    about = "Of this computer, for everybody who uses it"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        settings, self._office_days = window.settings, usual_days(PLAN_CHECK)
        self.theme = Segments([(theme, THEME_WORDS[theme]) for theme in THEMES], "Colours", settings["theme"])
        self.zoom = CodeBox([(one, f"{one} %") for one in ZOOMS], "Size", look().zoom)
        minutes = sorted({*MINUTES, settings["idle_minutes"]})
        self.idle = CodeBox([(one, count(one, "minute", "minutes")) for one in minutes], "Lock after", settings["idle_minutes"])
        self.recent, self.known = QCheckBox("Offer vaults opened here again"), Words("", "muted", wraps=True)
        self.forget_vaults = Button("Forget them", self._forget_vaults)
        self.passphrase = Button("Change passphrase", window.passphrase_asked.emit, icon="key")
        column = reading_page(self.page)
        section(column, "Your passphrase", "Known to nobody but you. If you forget it, an administrator can invite you again.")
        column.addLayout(beside(self.passphrase))
        section(column, "This computer")
        self._row(column, "theme", self.theme)
        self._row(column, "zoom", self.zoom)
        self._row(column, "idle_minutes", self.idle)
        section(column, "Recent vaults", ABOUT["recent_vaults"])
        column.addWidget(self.recent)
        column.addWidget(self.known)
        column.addLayout(beside(self.forget_vaults))
        section(column, "This office", "For everybody who uses this vault. An administrator sets it.")
        self._office(column)
        self.danger = DangerSteps(work, window) if Right.SUPERVISE in work.vault.member.rights else None
        if self.danger is not None:
            column.addSpacing(12)
            column.addWidget(self.danger)
        column.addStretch(1)
        for box in (self.zoom, self.idle, self.plan_days):
            size(box, width=160)
        self._show()
        self._connect()

    def open(self) -> None:
        self._show()
        self.work.read(self, lambda session: (days_of(session, PLAN_CHECK), session.may(Right.ADMINISTER)), self._show_office, key="office")
        if self.danger is not None:
            self.danger.open()

    def forget(self) -> None:
        if self.danger is not None:
            self.danger.forget()

    def refresh(self, kinds: set[str]) -> None:
        if "office_rule" in kinds:
            self.open()

    def _office(self, column: QVBoxLayout) -> None:
        words = Words("Days after which a safe-contact plan must be gone through with the person again")
        self.plan_days = CodeBox([(one, f"{one} days") for one in PLAN_DAYS], words.text(), usual_days(PLAN_CHECK))
        self.plan_days.setEnabled(False)
        self.plan_days.chosen.connect(self._set_plan_days)
        words.setBuddy(self.plan_days)
        column.addWidget(words)
        column.addLayout(beside(self.plan_days))

    def _show_office(self, found: tuple[int, bool]) -> None:
        days, may_set = found
        self._office_days = days
        if self.plan_days.value() != days:
            self.plan_days.fill([(one, f"{one} days") for one in sorted({*PLAN_DAYS, days})])
            self.plan_days.set_value(days)
        self.plan_days.setEnabled(may_set)

    def _set_plan_days(self, days: int | None) -> None:
        if days is not None and self.plan_days.isEnabled() and days != self._office_days:
            self.work.change(self, lambda session: set_days(session, rule=PLAN_CHECK, days=days), lambda _: None, failed=self.frame.refuse)

    def _row(self, column: QVBoxLayout, name: str, field: QWidget) -> None:
        row = QVBoxLayout()
        space(row, 0, 0, 0, 6, gap=4)
        words = Words(ABOUT[name])
        words.setBuddy(field)
        row.addWidget(words)
        row.addLayout(beside(field))
        column.addLayout(row)

    def _connect(self) -> None:
        self.theme.chosen.connect(self._set_theme)
        self.zoom.chosen.connect(self._set_zoom)
        self.idle.chosen.connect(self._set_idle)
        self.recent.toggled.connect(self._set_recent)
        look().changed.connect(self._show)

    def _show(self) -> None:
        """Show what holds now: a key or a command may have changed it too."""
        settings = self.frame.settings
        for field, value in ((self.theme, look().theme), (self.zoom, look().zoom), (self.idle, settings["idle_minutes"])):
            if field.value() != value:
                field.set_value(value)
        self.recent.setChecked(settings["recent_vaults_kept"])
        known = settings.recent_vaults()
        self.known.setText(", ".join(name for name, _ in known) if known else "None are kept.")
        self.forget_vaults.setEnabled(bool(known))

    def _set_theme(self, theme: str) -> None:
        self.frame.settings["theme"] = theme
        if look().theme != theme:
            look().set_theme(theme)

    def _set_zoom(self, percent: int) -> None:
        self.frame.settings["zoom"] = percent
        if look().zoom != percent:
            look().set_zoom(percent)

    def _set_idle(self, minutes: int) -> None:
        self.frame.settings["idle_minutes"] = minutes
        self.frame.locker.idle_seconds = minutes * 60

    def _set_recent(self, is_on: bool) -> None:
        if is_on:
            self.frame.settings["recent_vaults_kept"] = True
        else:
            self.frame.settings.forget_vaults()
        self._show()

    def _forget_vaults(self) -> None:
        self.frame.settings["recent_vaults"] = []
        self._show()
