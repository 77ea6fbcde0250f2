"""An error nobody foresaw: what stderr may hold of it."""

from __future__ import annotations

import os
import subprocess
import sys

SECRET = "Oluwaseun Adebayo-Canary"

PROGRAM = f"""
import threading
from victimcare.app.process import report_errors
told = []
report_errors(told.append)
def thread():
    raise KeyError("{SECRET}")
one = threading.Thread(target=thread)
one.start()
one.join()
class Left:
    def __del__(self):
        raise RuntimeError("{SECRET}")
Left()
print(told)
from victimcare.resources import resource_bytes
resource_bytes("{SECRET}")
"""


def test_stderr_holds_the_class_and_our_line_and_nothing_of_a_person() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=dict(os.environ), check=False)
    assert done.returncode == 1
    assert done.stdout.strip() == "['KeyError', 'RuntimeError']"
    lines = done.stderr.splitlines()
    assert lines[:2] == ["victimcare: KeyError", "victimcare: RuntimeError"]
    assert lines[2].startswith("victimcare: FileNotFoundError at resources.py:")
    assert SECRET not in done.stderr
