"""The way in: the window, or the command line when there is something to do without one."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Run victimcare. Returns the exit code: 0 done, 1 refused, 2 wrong usage."""
    arguments = sys.argv[1:]
    if not arguments:
        if not has_display():
            print("There is no display to show a window on. `victimcare --help` lists what can be done without one.", file=sys.stderr)  # noqa: T201
            return 1
        from victimcare.app import run

        return run()
    from victimcare.cli.main import run_command

    code = run_command(arguments)
    if code == 0 and arguments[0] == "demo" and has_display() and "--json" not in arguments and "--no-window" not in arguments:
        from victimcare.app import run
        from victimcare.cli.example import demo_folder

        return run(example=demo_folder(arguments))
    return code


if __name__ == "__main__":
    sys.exit(main())
