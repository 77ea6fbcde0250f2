"""The way in: the window, or the command line when there is something to do without one."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Run victimcare. Returns the exit code: 0 done, 1 refused, 2 wrong usage."""
    from victimcare.app.process import report_errors

    report_errors()
    arguments = sys.argv[1:]
    if not arguments:
        if not has_display():
            print("There is no display to show a window on. `victimcare --help` lists what can be done without one.", file=sys.stderr)  # noqa: T201
            return 1
        from victimcare.app import run

        return run()
    from victimcare.cli.example import demo_folder, is_made, say_who
    from victimcare.cli.main import run_command

    shows_window = arguments[0] == "demo" and has_display() and not {"--json", "--no-window", "-h", "--help"} & set(arguments)
    if shows_window and is_made(demo_folder(arguments)):
        say_who(demo_folder(arguments))
        code = 0
    else:
        code = run_command(arguments)
    if code == 0 and shows_window:
        from victimcare.app import run

        return run(example=demo_folder(arguments))
    return code


if __name__ == "__main__":
    sys.exit(main())
