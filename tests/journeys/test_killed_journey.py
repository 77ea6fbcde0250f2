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
from victimcare.app.entrance import Entrance, open_vault
from victimcare.exchange.proposal import propose, read_register
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.ui.navigation import Place
from victimcare.ui.screens.importing.begun import begun, put_back
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
folder, case, passphrase, typed, form, field = sys.argv[1:]
application = QApplication([])
dress(application, "light")
desk = Desk(open_vault(folder, "VLO 17", passphrase), Settings(Path(folder + "-settings")))
desk.window.show()
desk.window.go(Place("case", UUID(case)))
while desk.window.screen_shown.shown is None:
    QTest.qWait(10)
desk.window.screen_shown.open_box(form)
getattr(desk.window.screen_shown.box, field).setFocus()
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
@pytest.mark.parametrize(("form", "field"), [("contact", "said"), ("barrier", "words"), ("risk", "plan")])
def test_what_was_typed_before_a_kill_is_back_after_unlock(
    qtbot: QtBot,
    qapp: QObject,
    vault: Vault,
    vault_dir: Path,
    settings: Settings,  # noqa: F811
    form: str,
    field: str,
) -> None:
    with vault.transaction() as session:
        case = person(session)
    vault.close()
    command = [sys.executable, "-c", PROGRAM, str(vault_dir), str(case), PASSPHRASE, TYPED, form, field]
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
    back = getattr(window.screen_shown.box, field)
    assert back.toPlainText().startswith(TYPED)
    assert back.textCursor().position() >= len(TYPED)
    assert window.screen_shown.box.form_name == form
    assert verify(entrance.desk.vault).holds
    window.close()
    entrance.finish()


IMPORTING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from victimcare.app.desk import Desk
from victimcare.app.entrance import open_vault
from victimcare.store import kdf
from victimcare.ui.navigation import Place
from victimcare.ui.screens.importing.begun import FORM
from victimcare.ui.screens.importing.corrections import with_code
from victimcare.ui.settings import Settings
from victimcare.ui.style import dress

kdf.FLOOR = kdf.KdfCost(passes=1, lanes=1, kib=64)
folder, register, passphrase = sys.argv[1:]
application = QApplication([])
dress(application, "light")
desk = Desk(open_vault(folder, "VLO 17", passphrase), Settings(Path(folder + "-settings")))
desk.window.show()
desk.window.go(Place("import"))
screen = desk.window.screen_shown
screen.read([Path(register)])
while screen.prepared is None:
    QTest.qWait(10)
kept = []
desk.work.saved.connect(kept.append)
screen._correct(with_code(screen.prepared.mappings, 0, 2, "Yugoslav?", "RS"))
while not kept:
    QTest.qWait(10)
print("kept", flush=True)
while True:
    QTest.qWait(1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that kills")
def test_a_mapping_corrected_before_a_kill_is_back_when_the_files_are_chosen_again(vault: Vault, vault_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Ref,Date received,Nationality\n" + "".join(f"K/{day},{day}/03/2016,{'Yugoslav?' if day == 13 else 'Poland'}\n" for day in range(13, 20)))
    vault.close()
    command = [sys.executable, "-c", IMPORTING, str(vault_dir), str(path), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as importing:
        assert importing.stdout is not None
        assert importing.stdout.readline() == "kept\n"
        importing.send_signal(signal.SIGKILL)

    again = open_vault(str(vault_dir), "VLO 17", PASSPHRASE)
    sheets = read_register([path])
    with again.reading(Reading.office("drafts")) as session:
        kept = begun(session)
    assert kept is not None
    assert kept.paths == (path,)
    back = put_back(kept, sheets, propose(sheets))
    assert back is not None
    assert back[0].columns[2].codes == {"Yugoslav?": "RS"}
    assert verify(again).holds
    again.close()
