"""What every command shares: its arguments, the passphrase, one machine-readable result, and how a refusal is told."""

from __future__ import annotations

import argparse
import codecs
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from victimcare.refused import Refused
from victimcare.store.vault import Vault

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
Command = Callable[["Console"], int]


class PassphraseMissing(Refused):
    """No passphrase was given and there is nobody to ask."""

    def __init__(self, variable: str) -> None:
        super().__init__("No passphrase was given.", f"Use --passphrase-file FILE, or set {variable}, or run this in a terminal.")


class FileNotReadable(Refused):
    """A file named on the command line cannot be read or written."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} cannot be read.", "Check that it is there and that you may read it.")


class FileNotWritable(Refused):
    """A file named on the command line cannot be written."""

    def __init__(self) -> None:
        super().__init__("The file cannot be written there.", "Choose a folder you may write to, with room on the disk.")


@dataclass
class Console:
    """One run of one command: its arguments, what it answers, and where progress goes."""

    arguments: argparse.Namespace
    result: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """A line for the person: on standard output, or on standard error when a machine reads the output."""
        print(text, file=sys.stderr if self.arguments.json else sys.stdout)

    def say_secret(self, text: str) -> None:
        """A line with something to hand over once. Where a machine reads the result it stands there and nowhere else: logs keep what they get."""
        if not self.arguments.json:
            print(text)

    def progress(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def answer(self, **values: Any) -> None:
        """Part of the machine-readable result."""
        self.result.update(values)

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase from a file, the environment, or the person. Raises PassphraseMissing, FileNotReadable."""
        variable = "VICTIMCARE_NEW_PASSPHRASE" if new else "VICTIMCARE_PASSPHRASE"
        file: Path | None = self.arguments.new_passphrase_file if new else self.arguments.passphrase_file
        if file is not None:
            return first_line(file)
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise PassphraseMissing(variable)
        return getpass.getpass("New passphrase: " if new else "Passphrase: ")

    @contextmanager
    def vault(self) -> Iterator[Vault]:
        """The vault named on the command line, open as `--user`; closed again whatever happens."""
        opened = Vault.open(self.arguments.vault, self.arguments.user, self.passphrase(), read_only=getattr(self.arguments, "read_only", False))
        try:
            yield opened
        finally:
            opened.close()

    def write(self, path: Path, content: bytes) -> None:
        """A file the person named. Raises FileNotWritable."""
        try:
            path.write_bytes(content)
        except OSError:
            raise FileNotWritable from None


def first_line(file: Path) -> str:
    """A secret kept in a file: its first line, in UTF-8 or, as some shells write it, UTF-16 with its mark. Raises FileNotReadable."""
    try:
        content = file.read_bytes()
        is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return content.decode("utf-16" if is_utf16 else "utf-8-sig").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise FileNotReadable("passphrase file") from None


def add_command(commands: Any, name: str, run: Command, help: str, *, vault: bool = True) -> argparse.ArgumentParser:
    """A subcommand with the arguments every command takes."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    if vault:
        parser.add_argument("vault", type=Path, metavar="VAULT", help="the vault's folder")
        parser.add_argument("--user", default="", help="who signs in")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from the first line of FILE")
    parser.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="one JSON result on standard output, progress on standard error")
    parser.set_defaults(run=run)
    return parser


def run(parser: argparse.ArgumentParser, argv: list[str]) -> int:
    """Parse, run, tell: 0 done, 1 refused with the reason and what to do, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter must not end the command
    try:
        console = Console(parser.parse_args(argv))
    except SystemExit as usage:
        if usage.code == WRONG_USAGE and "--json" in argv:
            print(json.dumps({"error": "wrong_usage", "reason": "The command was not understood.", "remedy": "See --help."}, indent=1))
        raise
    try:
        code = console.arguments.run(console)
    except KeyboardInterrupt:
        print("Stopped. Nothing was left half done.", file=sys.stderr)
        console.answer(error="stopped", reason="Stopped.", remedy="Nothing was left half done.")
        code = REFUSED
    except Refused as refusal:
        print(f"{refusal.reason} {refusal.remedy}".strip(), file=sys.stderr)
        console.answer(error=refusal.code, reason=refusal.reason, remedy=refusal.remedy)
        code = REFUSED
    if console.arguments.json:
        is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        print(json.dumps(console.result, ensure_ascii=not is_unicode, indent=1, default=str))
    return int(code)
