"""Composition: which window comes when, and what each is given. Imported before the store, so that the first window is there at once."""

from __future__ import annotations

import sys
from pathlib import Path


def run(example: Path | None = None) -> int:
    """Show the window that opens a vault (`example`: the example vault, to be offered) and run until the person quits."""
    from PySide6.QtWidgets import QApplication

    from victimcare.app.entrance import Entrance
    from victimcare.app.process import keep_to_itself, report_errors
    from victimcare.ui.settings import Settings
    from victimcare.ui.style import dress

    keep_to_itself()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("victimcare")
    application.setQuitOnLastWindowClosed(False)
    settings = Settings()
    dress(application, settings["theme"], settings["zoom"])
    entrance = Entrance(settings, application, example)
    entrance.ended.connect(application.quit)
    report_errors(entrance.broke.emit)
    entrance.show()
    code = application.exec()
    entrance.finish()
    return code
