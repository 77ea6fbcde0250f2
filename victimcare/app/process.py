"""What the process promises before anything is opened: no crash dump holds a key or a name."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_PR_SET_DUMPABLE = 4


def keep_to_itself() -> None:
    """No core file, no reading of our memory by other programs of the same user (Linux); no dump by Windows Error Reporting.

    What a system does not offer is left: full-disk encryption remains the protection of last resort (docs/security.md).
    """
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
