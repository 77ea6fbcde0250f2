"""What the process promises before anything is opened: no crash dump and no report of an error holds a key or a name."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_PACKAGE = Path(__file__).resolve().parents[1]
_PR_SET_DUMPABLE = 4


def keep_to_itself() -> None:
    """No core file, no reading of our memory by other programs of the same user (Linux); no dump by Windows Error Reporting.

    What a system does not offer is left: full-disk encryption remains the protection of last resort (docs/security.md).
    """
    import ctypes  # here, since this is called after the first window is shown

    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.wer.WerAddExcludedApplication(ctypes.c_wchar_p("victimcare.exe"), False)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _say_nothing(kind: str) -> None:
    return None


def report_errors(tell: Callable[[str], object] = _say_nothing) -> None:
    """What nobody foresaw goes to stderr as its class and where in our code it came up; never as its text or the values of a line.

    `tell(kind)` is then called with the class name, in the thread it happened in: the window says it calmly.
    """

    def report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if sys.stderr is not None:  # a window started from a menu may have none
            sys.stderr.write(f"victimcare: {kind.__name__}{_where(trace)}\n")
        tell(kind.__name__)

    sys.excepthook = report
    threading.excepthook = lambda told: report(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: report(told.exc_type, told.exc_value, told.exc_traceback)


def _where(trace: TracebackType | None) -> str:
    """` at ui/window.py:210, ui/screens/cases.py:33`: our own lines, the one that called first."""
    lines = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            lines.append(f"{path.relative_to(_PACKAGE).as_posix()}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f" at {', '.join(lines)}" if lines else ""
