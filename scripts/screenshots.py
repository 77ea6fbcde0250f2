"""Draw every screen with made-up people: light and dark, 1366x768 and 1920x1080. `make screenshots` writes docs/pictures."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from scripts.lively_office import NOW, make_office
from victimcare.app.collecting import Collector
from victimcare.app.desk import Desk
from victimcare.app.entrance import Entrance
from victimcare.example.vault import PASSPHRASE
from victimcare.records import make_vault
from victimcare.resources import resource_dir
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.settings import Settings
from victimcare.ui.style import dress, look

SIZES = ((1366, 768), (1920, 1080))
SETTLE_MS = 700


def settle(milliseconds: int = SETTLE_MS) -> None:
    """Let reads come back and the window paint."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def draw(window: QWidget, folder: Path, name: str, theme: str) -> None:
    """Draw the window, or what lies over it, which goes then."""
    path = folder / f"{name}-{theme}-{window.width()}x{window.height()}.png"
    over = QApplication.activeModalWidget()
    (over or window).grab().save(str(path), "PNG", 0)
    if over is not None:
        over.close()
    print(path.name)


def screens(desk: Desk, ana: object) -> dict[str, Callable[[], object]]:
    """What to show, by the name of its picture."""
    window = desk.window

    def go(*place: object) -> Callable[[], object]:
        return lambda: window.go(Place(*place))  # type: ignore[arg-type]

    def log_contact() -> None:
        window.go(Place("case", ana))  # type: ignore[arg-type]
        settle()
        window.screen_shown.log()  # type: ignore[union-attr]

    def statement() -> None:
        window.go(Place("summaries"))
        settle(1200)
        window.screen_shown.choices.typed.setText("2017-01-01..2017-10-31")  # type: ignore[union-attr]
        window.screen_shown.choices.typed.editingFinished.emit()  # type: ignore[union-attr]
        settle(1200)

    def change_partner() -> None:
        window.go(Place("partners"))
        settle()
        window.screen_shown.change()  # type: ignore[union-attr]

    def box(form: str) -> Callable[[], None]:
        def show() -> None:
            window.go(Place("case", ana))  # type: ignore[arg-type]
            settle()
            window.screen_shown.open_box(form)  # type: ignore[union-attr]

        return show

    def document() -> None:
        window.go(Place("case", ana))  # type: ignore[arg-type]
        settle()
        page = window.screen_shown.shown  # type: ignore[union-attr]
        window.screen_shown.documents.open_entry(page.file.documents[0].id)  # type: ignore[union-attr]

    def suspended() -> None:
        window.go(Place("case", desk.people.find("Thảo", 1)[0].case_id))

    def exceptional() -> None:
        window.go(Place("refer", ana))  # type: ignore[arg-type]
        settle()
        partner = window.screen_shown.partner  # type: ignore[union-attr]
        partner.exceptional.setChecked(True)
        settle()
        rows = partner.partners.choices.rows
        partner.partners.choose(next(one.partner.id for one in rows if one.partner.is_exceptional))

    return {
        "today": go("today"), "cases": go("cases"), "case": go("case", ana), "case-log-contact": log_contact, "new-case": go("new_case"),
        "refer": go("refer", ana), "referrals": go("referrals"), "activities": go("activities"), "investigations": go("investigations"),
        "leftovers": go("leftovers"), "partners": go("partners"), "partner-change": change_partner, "refer-exceptional": exceptional, "summaries": statement, "admin": go("admin"),
        "danger": go("danger"), "tasks": go("tasks"), "case-suspended": suspended, "document": document,
        **{f"case-{form}": box(form) for form in ("barrier", "deadline", "appointment", "around", "link", "risk", "offer")},
    }  # fmt: skip


def empty_office(folder: Path) -> Vault:
    """A vault nobody is in yet, for the picture of an import."""
    vault, _ = make_vault(folder, name="MSKU casework", user="VLO 17", passphrase=PASSPHRASE, clock=lambda: NOW)
    return vault


def draw_import(vault: Vault, settings: Settings, folder: Path) -> None:
    """Today where nobody is yet, and the columns of the example register, before anything is written."""
    desk = Desk(vault, settings)
    desk.window.show()
    desk.window.resize(*SIZES[0])
    for theme in ("light", "dark"):
        look().set_theme(theme)
        settle(1500)
        draw(desk.window, folder, "today-empty", theme)
    desk.window.go(Place("import"))
    settle()
    desk.window.screen_shown.read([resource_dir() / "example" / "register.xlsx"])  # type: ignore[union-attr]
    settle(7000)
    for width, height in SIZES:
        desk.window.resize(width, height)
        for theme in ("light", "dark"):
            look().set_theme(theme)
            settle()
            draw(desk.window, folder, "import", theme)
    desk.window.close()


def main(folder: Path, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    Collector(application)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        settings = Settings(Path(temporary) / "settings")
        dress(application, "light", 100)
        if not only or "unlock" in only:
            draw_entrance(settings, application, folder)
        if not only or "import" in only:
            draw_import(empty_office(Path(temporary) / "empty"), settings, folder)
        vault, ana = make_office(Path(temporary) / "office")
        desk = Desk(vault, settings)
        desk.window.show()
        settle(2500)
        for name, show in screens(desk, ana).items():
            if only and name not in only:
                continue
            for width, height in SIZES:
                desk.window.resize(width, height)
                for theme in ("light", "dark"):
                    look().set_theme(theme)
                    show()
                    settle()
                    draw(desk.window, folder, name, theme)
        desk.window.close()


def draw_entrance(settings: Settings, application: QApplication, folder: Path) -> None:
    """The windows before a vault is open."""
    settings.remember_vault("MSKU casework", "/vaults/msku")
    entrance = Entrance(settings, application)
    for theme in ("light", "dark"):
        look().set_theme(theme)
        entrance.unlock()
        settle(300)
        draw(entrance.window, folder, "unlock", theme)  # type: ignore[arg-type]
        entrance.first_run()
        settle(300)
        draw(entrance.window, folder, "first-run", theme)  # type: ignore[arg-type]
    entrance.window.close()  # type: ignore[union-attr]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
