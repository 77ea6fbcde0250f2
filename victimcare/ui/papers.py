"""Papers and files that the window writes where a person asked for them: recovery shares and the office's public keys to print, a check, the audit."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from victimcare.paper.pdf import pages, pdf
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.office_keys import OfficePublicKeys
from victimcare.store.recovery import typed_share
from victimcare.ui.words import day

OFFICE_KEYS = "Our keys"
NAME_BY_HAND = "." * 40  # where no name is known: a line to write on


class FileNotWritten(Refused):
    """The file could not be written where the person wanted it; what was there is as it was."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The file was not written: {why}. What was there before is as it was.", "Choose another place, then try again.")


def shares_pdf(shares: Sequence[str], *, made_at: datetime, vault_name: str = "") -> bytes:
    """The recovery shares as a PDF, one a page, each with what to do with it. `made_at`: aware. Raises PaperRefused."""
    typed = [typed_share(share) for share in shares]
    data = {
        "vault": vault_name or NAME_BY_HAND,
        "made_on": day(day_of(made_at)),
        "needed": str(typed[0].needed),
        "of": str(len(shares)),
        "shares": [{"number": str(at), "words": share.split()} for at, share in enumerate(shares, start=1)],
    }
    return pdf("recovery_shares", data, title="Recovery shares", made_at=made_at)


def office_keys_pdf(keys: OfficePublicKeys, *, made_at: datetime, vault_name: str) -> bytes:
    """The public halves of the office's own keys on one page, to hand to a partner. `made_at`: aware. Raises PaperRefused."""
    return pdf("office_keys", _office_keys(keys, vault_name), title=OFFICE_KEYS, made_at=made_at)


def office_keys_pages(keys: OfficePublicKeys, *, made_at: datetime, vault_name: str) -> tuple[bytes, ...]:
    """The same page for a printer, as PNG. Raises PaperRefused."""
    return pages("office_keys", _office_keys(keys, vault_name), title=OFFICE_KEYS, made_at=made_at)


def _office_keys(keys: OfficePublicKeys, vault_name: str) -> dict[str, str]:
    since = day(day_of(keys.made_at))
    return {"office": vault_name, "since": since, "recipient": keys.recipient, "signer": keys.signer, "fingerprint": keys.fingerprint}


def write_file(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, readable by its owner alone. Raises FileNotWritten."""
    beside = path.with_name(path.name + ".part")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as wrong:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise FileNotWritten(_why(wrong)) from None


def _why(wrong: OSError) -> str:
    reasons = {
        errno.ENOSPC: "the disk is full", errno.EACCES: "you may not write there", errno.EROFS: "that disk can only be read",
        errno.ENOENT: "there is no such folder", errno.EISDIR: "there is a folder of that name", errno.EPERM: "you may not write there",
    }  # fmt: skip
    return reasons.get(wrong.errno or 0, "the disk or folder did not take it")
