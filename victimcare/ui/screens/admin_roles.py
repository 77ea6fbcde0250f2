"""The roles a user may hold, in words, and a box to tick for each."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from victimcare.store.rights import Role
from victimcare.ui.style import space
from victimcare.ui.widgets.labels import Words

ROLES = (
    (Role.CASEWORKER, "Caseworker", "Reads and writes cases"),
    (Role.SUPERVISOR, "Supervisor", "Also decides on unusual recipients of a referral"),
    (Role.ANALYST, "Analyst", "Counts; never sees a name"),
    (Role.ADMINISTRATOR, "Administrator", "Lets people in and out; holds no key to a case"),
)


def role_words(roles: frozenset[Role]) -> str:
    """`caseworker, supervisor`, in the order of the roles."""
    return ", ".join(words.lower() for role, words, _ in ROLES if role in roles)


class RoleBoxes(QFrame):
    """A box for each role, with what it lets one do."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Role, QCheckBox] = {}
        column = QVBoxLayout(self)
        space(column, gap=2)
        for role, words, about in ROLES:
            box = self.boxes[role] = QCheckBox(words)
            box.setToolTip(about)
            told, row = Words(about, "small", wraps=True), QVBoxLayout()
            space(row, 26, 0, 0, 6, gap=0)
            row.addWidget(told)
            column.addWidget(box)
            column.addLayout(row)

    def roles(self) -> frozenset[Role]:
        """What is ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def show_roles(self, roles: frozenset[Role]) -> None:
        """Tick these."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)
