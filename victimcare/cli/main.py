"""The command line: one parser, a subcommand a job."""

from __future__ import annotations

import argparse

from victimcare import __version__
from victimcare.cli import example, keeping, office_keys, registers, reports, users, vaults
from victimcare.cli.console import run


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = argparse.ArgumentParser(prog="victimcare", description="Without arguments, the window. These commands need none.")
    whole.add_argument("--version", action="version", version=f"victimcare {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (example, vaults, users, registers, reports, keeping, office_keys):
        module.add(commands)
    return whole


def run_command(arguments: list[str]) -> int:
    """Run one command: 0 done, 1 refused with the reason and what to do, 2 wrong usage."""
    return run(parser(), arguments)
