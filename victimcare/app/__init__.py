"""Composition: which window comes when, and what each is given. Imported before the store, so that the first window is there at once."""

from __future__ import annotations

import builtins
import gc
import sys
from pathlib import Path


def run(example: Path | None = None) -> int:
    """Show the window that opens a vault (`example`: the example vault, to be offered) and run until the person quits."""
    gc.disable()  # what is loaded for the first window stays to the end: nothing of it is garbage
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    from victimcare.app.collecting import Collector
    from victimcare.app.entrance import Entrance
    from victimcare.app.process import keep_to_itself, report_errors
    from victimcare.ui.settings import Settings
    from victimcare.ui.style import dress

    application = QApplication(sys.argv[:1])
    application.setApplicationName("victimcare")
    application.setQuitOnLastWindowClosed(False)
    settings = Settings()
    dress(application, settings["theme"], settings["zoom"])
    entrance = Entrance(settings, application, example)
    entrance.ended.connect(application.quit)
    report_errors(entrance.broke.emit)
    entrance.show()
    keep_to_itself()  # nothing can have been typed yet: keys arrive with `exec`
    gc.freeze()
    Collector(application)
    code = application.exec()
    entrance.finish()
    return code


def _import_plainly() -> None:
    """Give Python its own import back.

    PySide6 puts one of its own there, which reads the source text of every module imported from then on, in search of
    `from __feature__ import`, and keeps the text in memory. We use none of its features.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
