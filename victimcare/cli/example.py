"""The command `demo`: the example vault, and the figures of the statement it gives."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from victimcare.cli.console import DONE, Console, add_command
from victimcare.example.vault import NAME, PASSPHRASE, USER, example_folder, make_example
from victimcare.example.worked_case import work_a_case
from victimcare.reference.codelists import label
from victimcare.store.vault import Vault
from victimcare.summaries.statement import headline_figures


def add(commands: Any) -> None:
    """Add `demo`."""
    parser = add_command(commands, "demo", _demo, "Make the example vault from a made-up register, and open it where there is a display.", vault=False)
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR", help="where (default: your account's data folder)")
    parser.add_argument("--no-window", action="store_true", help="do not open the window afterwards")


def demo_folder(arguments: list[str]) -> Path:
    """The folder that `victimcare demo [DIR]` was about."""
    named = [one for one in arguments[1:] if not one.startswith("-")]
    return Path(named[0]) if named else example_folder()


def is_made(folder: Path) -> bool:
    """Whether the example vault is there already."""
    return (folder / "header.json").exists()


def say_who(folder: Path) -> None:
    """How to open the example vault, for the person at the terminal."""
    Console(Namespace(json=False)).say(f"{NAME}: a vault of made-up people, in {folder}\nUser: {USER}    Passphrase: {PASSPHRASE}")


def _demo(console: Console) -> int:
    folder: Path = console.arguments.folder or example_folder()
    made = not is_made(folder)
    if made:
        console.progress("Making the example vault from a made-up register (about 15 seconds) ...")
        vault = make_example(folder, told=lambda what, done, total: _tell(console, what, done, total))
    else:
        vault = Vault.open(folder, USER, PASSPHRASE)
    with vault.reading() as session:
        figures = headline_figures(session)
    papers = folder.with_name(folder.name + "-papers")
    worked = work_a_case(vault, papers) if made else None
    vault.close()
    console.answer(vault=str(folder), made=made, user=USER, passphrase=PASSPHRASE, figures=figures)
    if not console.arguments.json:
        say_who(folder)
    if worked is not None:
        console.answer(case=worked.reference, files=[str(path) for path in worked.files])
        console.say(f"Worked one case as an officer would: found {worked.reference} by half a name, logged a contact, recorded a barrier and a")
        console.say(f"mitigation ({label('mitigation', worked.mitigation)}), referred to Bakhita House. The form and the statement are in {papers}:")
        for path in worked.files:
            console.say(f"  {path.name}")
    console.say("What the statement for the Santa Marta Group says:")
    for line in _lines(figures):
        console.say(f"  {line}")
    return DONE


def _tell(console: Console, what: str, done: int, total: int) -> None:
    if done % 2000 == 0 or done == total:
        console.progress(f"  {what}: {done} of {total}")


def _lines(figures: dict[str, int | float]) -> list[str]:
    def shown(key: str) -> str:
        return f"{figures[key]:,}"

    rate = figures.get("success_rate_2016_17")
    return [
        f"People referred: {shown('referrals_2015')} in 2015, {shown('referrals_2016')} in 2016.",
        f"Arrests: {shown('arrests_2016')} in 2016, {shown('arrests_2017_to_september')} from January to September 2017.",
        f"Prosecutions completed from April 2016 to March 2017: {shown('successful_2016_17')} of {shown('completed_2016_17')} successful"
        + (f" ({rate:g} %)." if rate is not None else "."),
        f"From April to September 2017: {shown('successful_2017_18_to_september')} of {shown('completed_2017_18_to_september')} successful.",
    ]
