"""What the store refuses, by what the person can do about it."""

from __future__ import annotations

from victimcare.refused import Refused


class NoKey(Refused):
    """The sealed part is under a key this member does not hold."""

    def __init__(self) -> None:
        super().__init__("You do not hold a key to this.", "Ask a supervisor who may read it.")


class NotAllowed(Refused):
    """The member lacks the right that this change needs."""

    def __init__(self, right: str) -> None:
        super().__init__(f"Your role does not let you do this (it needs the right {right}).", "Ask the administrator who may.")
        self.right = right


class ReadNotNoted(Refused):
    """Text was about to be read without an audit entry that says so."""

    def __init__(self) -> None:
        super().__init__("This text cannot be opened here, because the reading was not recorded.", "Open the case first.")


class Conflict(Refused):
    """Somebody changed the same record since it was shown. `table`, `row` and both versions are with it."""

    def __init__(self, table: str, row: object, seen: int, now: int) -> None:
        super().__init__("Somebody changed this while you were working on it.", "Both versions are kept: look at theirs, then save yours again.")
        self.table, self.row, self.seen, self.now = table, row, seen, now


class AppendOnly(Refused):
    """A record that may not be altered was about to be."""

    def __init__(self, table: str) -> None:
        super().__init__(f"An entry in {table} cannot be changed or removed.", "Write a new entry that corrects it.")
        self.table = table


class LinkBroken(Refused):
    """A record names another that is not there. Found when the transaction ends."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(
            f"A record in {', '.join(tables)} points to something that is not there. Nothing was saved.",
            "Open the case again and repeat the change.",
        )
        self.tables = tables


class DoesNotFit(Refused):
    """A record breaks a rule of the schema: something it needs is missing, or what may stand once stands twice."""

    def __init__(self) -> None:
        super().__init__(
            "The change does not fit what is in the vault: something is missing, or stands there already. Nothing was saved.",
            "Look at the record again, then repeat the change.",
        )


class VaultBusy(Refused):
    """Another program holds the write lock for longer than we wait."""

    def __init__(self) -> None:
        super().__init__("Another window or user is writing to this vault. Nothing was saved yet.", "Try again in a moment.")


class DiskFull(Refused):
    """The disk has no room for the transaction; it was rolled back whole."""

    def __init__(self) -> None:
        super().__init__(
            "The disk is full. Nothing of this change was saved, and nothing saved before was lost.",
            "Make room on the disk, then save again.",
        )


class ReadOnlyVault(Refused):
    """The vault lies where it cannot be written, so no reading can be recorded."""

    def __init__(self) -> None:
        super().__init__(
            "This vault can only be read: its folder or disk is read-only. Reading cannot be recorded, so only the case list and coded facts open.",
            "Copy the vault's folder to a disk you can write to.",
        )


class PlaceNotWritable(ReadOnlyVault):
    """Something new was to be written where nothing can be: a backup, a vault, what was rescued."""

    def __init__(self) -> None:
        Refused.__init__(self, "Nothing can be written there.", "Choose a folder that exists and that you may write to, and a file name that is no folder.")


class WrongPassphrase(Refused):
    """The user is not known or the passphrase is wrong: the same words for both, on purpose."""

    def __init__(self) -> None:
        super().__init__("That user and passphrase do not open this vault.", "Check Caps Lock and the keyboard language, then type both again.")


class HeaderDamaged(Refused):
    """`header.json` is missing, is not what it should be, or its seal does not fit."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The vault's header is damaged: {what}. The cases in it are untouched.",
            "Restore header.json from the newest backup, or ask for help before changing anything.",
        )


class StoreDamaged(Refused):
    """The encrypted database cannot be read."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The vault's database is damaged: {what}.",
            "Restore the newest backup, or run `victimcare rescue` to save what can still be read.",
        )


class NewerVault(Refused):
    """Made by a later version of the program."""

    def __init__(self) -> None:
        super().__init__("This vault was made by a newer version of victimcare.", "Update the program, then open it again.")


class NetworkShare(Refused):
    """The vault lies on a network share, where the database's locks do not hold."""

    def __init__(self) -> None:
        super().__init__("This vault is on a network share, where two computers could destroy each other's work.", "Move its folder to a local disk.")


class OpenElsewhere(Refused):
    """Another program has the vault open, and this work needs it alone."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The vault is open in another window or by another user, and {what} needs it alone.", "Close the other one, then try again.")


class PassphraseTooShort(Refused):
    """Fewer characters than a passphrase needs."""

    def __init__(self, shortest: int) -> None:
        super().__init__(f"A passphrase needs at least {shortest} characters.", "Take four or five words that only you would put together.")


class PlaceTaken(Refused):
    """There is something in the folder already."""

    def __init__(self) -> None:
        super().__init__("That folder is not empty.", "Choose a new folder, or open the vault that is in it.")


class NoVault(Refused):
    """There is no header in the folder."""

    def __init__(self) -> None:
        super().__init__("There is no vault in that folder.", "Choose the folder that holds header.json.")


class InvitationFound(Refused):
    """The name belongs to an invitation: the code was typed where the passphrase goes. `Vault.join` is next."""

    def __init__(self) -> None:
        super().__init__("This is your invitation.", "Choose your own passphrase now.")


class InvitationOver(Refused):
    """The invitation's seven days have passed."""

    def __init__(self) -> None:
        super().__init__("This invitation is older than 7 days.", "Ask the administrator for a new one.")
