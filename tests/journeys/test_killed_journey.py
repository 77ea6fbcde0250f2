"""The program is killed while somebody types: what they typed is there when the vault is opened again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from tests.ui.conftest import dressed, settings  # noqa: F401
from tests.ui.screens.given import person, settle
from victimcare.app.entrance import Entrance
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.ui.navigation import Place
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow

TYPED = "She will come on Friday, if her sister may wait outside"

PROGRAM = """
import os, sys
from pathlib import Path
from uuid import UUID
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from victimcare.app.desk import Desk
from victimcare.app.entrance import open_vault
from victimcare.store import kdf
from victimcare.ui.navigation import Place
from victimcare.ui.settings import Settings
from victimcare.ui.style import dress

kdf.FLOOR = kdf.KdfCost(passes=1, lanes=1, kib=64)
folder, case, passphrase, typed = sys.argv[1:]
application = QApplication([])
dress(application, "light")
desk = Desk(open_vault(folder, "VLO 17", passphrase), Settings(Path(folder + "-settings")))
desk.window.show()
desk.window.go(Place("case", UUID(case)))
while desk.window.screen_shown.shown is None:
    QTest.qWait(10)
desk.window.screen_shown.open_box("contact")
desk.window.screen_shown.box.setFocus()
QTest.keyClicks(QApplication.focusWidget(), typed)
kept = []
desk.work.saved.connect(kept.append)
while not kept:
    QTest.qWait(10)
print("kept", flush=True)
while True:
    QTest.keyClicks(QApplication.focusWidget(), ".")
    QTest.qWait(1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that kills")
def test_what_was_typed_before_a_kill_is_back_after_unlock(qtbot: QtBot, qapp: QObject, vault: Vault, vault_dir: Path, settings: Settings) -> None:  # noqa: F811
    with vault.transaction() as session:
        case = person(session)
    vault.close()
    command = [sys.executable, "-c", PROGRAM, str(vault_dir), str(case), PASSPHRASE, TYPED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "kept\n"
        typing.send_signal(signal.SIGKILL)

    entrance = Entrance(settings, qapp)
    entrance.unlock(str(vault_dir), "VLO 17")
    entrance.window.passphrase.setText(PASSPHRASE)  # type: ignore[union-attr]
    entrance.window.unlock()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: isinstance(entrance.window, MainWindow))
    window = entrance.desk.window
    assert not entrance.desk.vault.presence.others()
    window.go(Place("case", case))
    settle(qtbot, window.work)
    qtbot.waitUntil(lambda: window.screen_shown.box is not None)
    assert window.screen_shown.box.said.toPlainText().startswith(TYPED)
    assert verify(entrance.desk.vault).holds
    window.close()
    entrance.finish()
