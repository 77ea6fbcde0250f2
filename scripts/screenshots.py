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

from scripts.lively_office import make_office
from victimcare.app.desk import Desk
from victimcare.app.entrance import Entrance
from victimcare.resources import resource_dir
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
    path = folder / f"{name}-{theme}-{window.width()}x{window.height()}.png"
    window.grab().save(str(path))
    print(path.name)


def screens(desk: Desk, ana: object) -> dict[str, Callable[[], object]]:
    """What to show, by the name of its picture."""
    window = desk.window
    go = lambda *place: lambda: window.go(Place(*place))  # noqa: E731
    return {
        "today": go("today"),
        "cases": go("cases"),
        "case": go("case", ana),
        "case-log-contact": lambda: (window.go(Place("case", ana)), settle(), window.screen_shown.log()),  # type: ignore[union-attr]
        "new-case": go("new_case"),
        "refer": go("refer", ana),
        "referrals": go("referrals"),
        "activities": go("activities"),
        "investigations": go("investigations"),
        "import": lambda: (
            window.go(Place("import")),
            settle(),
            window.screen_shown.read([resource_dir() / "example" / "register.xlsx"]),
            settle(6000),
        ),  # type: ignore[union-attr]
        "leftovers": go("leftovers"),
        "summaries": lambda: (window.go(Place("summaries")), settle(1500)),
        "admin": go("admin"),
    }


def main(folder: Path, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(Path(temporary) / "settings")
        dress(application, "light", 100)
        if not only or "unlock" in only:
            draw_entrance(settings, application, folder)
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
