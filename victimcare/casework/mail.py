"""An e-mail file (.eml, RFC 5322) taken apart: who wrote when, its text, and what was attached. Nothing in it is run, followed or fetched.

Text in HTML is read as text alone: no script, style, picture or address of a link comes out of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any, Final

from victimcare.casework.document_files import LARGEST, MAIL, kind_of, name_kept
from victimcare.refused import Refused
from victimcare.store.document_bytes import PART

DEEPEST: Final = 10  # parts within parts
MOST_PARTS: Final = 200
LONGEST_TEXT_SHOWN: Final = 100_000  # characters, half of what one text may have: the box adds to it
_LONGEST_HEADER = 1_000
_SKIPPED = ("script", "style", "head", "title", "template", "noscript", "object", "svg")
_BREAKS = ("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "hr", "pre")
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, AssertionError)  # what the standard library raises on headers nobody should write


class MailRefused(Refused):
    """A file that is no e-mail, or one that is built so that it cannot be taken apart safely."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This e-mail cannot be read: {why}. Nothing was kept.", "Keep it as a document instead: F, then choose the file.")


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """What came with an e-mail. `name`: as it can be kept."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """An e-mail. `at`: aware, None where its header says none that can be read. `is_cut`: its text is longer than `text`. `empty`: names of attachments without a byte."""

    sender: str
    recipients: str
    subject: str
    at: datetime | None
    text: str
    is_cut: bool
    attachments: tuple[Attachment, ...]
    empty: tuple[str, ...]


def read_mail(content: bytes) -> Mail:
    """Take an e-mail apart. Raises MailRefused."""
    if len(content) > LARGEST:
        raise MailRefused(f"it has {len(content) / PART:,.1f} MB, and {LARGEST // PART} MB can be read")
    if kind_of(content[:PART], ".eml")[0] != MAIL:
        raise MailRefused("the file does not begin as an e-mail does")
    try:
        message = message_from_bytes(content, policy=policy.default)
        texts, attached = _taken_apart(message)
    except RecursionError:
        raise MailRefused("its parts are nested too deep") from None
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(texts)).strip()
    return Mail(
        sender=_header(message, "From"),
        recipients=_header(message, "To"),
        subject=_header(message, "Subject"),
        at=_written_at(message),
        text=text[:LONGEST_TEXT_SHOWN],
        is_cut=len(text) > LONGEST_TEXT_SHOWN,
        attachments=tuple(one for one in attached if one.content),
        empty=tuple(one.name for one in attached if not one.content),
    )


# Taking apart


def _taken_apart(message: Message) -> tuple[list[str], list[Attachment]]:
    texts: list[str] = []
    attached: list[Attachment] = []
    for part in _leaves(message):
        shown = _text_of(part)
        if shown is None:
            attached.append(_attachment(part))
        elif shown:
            texts.append(shown)
    return texts, attached


def _leaves(message: Message) -> Iterator[Message]:
    """Each part that is no container, in order; of alternatives, plain text is taken before HTML. Raises MailRefused."""
    waiting, seen = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise MailRefused(f"it has more than {MOST_PARTS} parts")
        if depth > DEEPEST:
            raise MailRefused("its parts are nested too deep")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inside = [one for one in part.get_payload() if isinstance(one, Message)]
            waiting.extend((one, depth + 1) for one in reversed(_best(part, inside)))
        else:
            yield part


def _best(part: Message, inside: list[Message]) -> list[Message]:
    """Of the same text twice, the plain one."""
    if part.get_content_subtype() != "alternative":
        return inside
    has_plain = any(one.get_content_type() == "text/plain" and _is_shown(one) for one in inside)
    return [one for one in inside if not (has_plain and one.get_content_type() == "text/html" and _is_shown(one))]


def _is_shown(part: Message) -> bool:
    return part.get_content_disposition() != "attachment" and not _file_name(part)


def _text_of(part: Message) -> str | None:
    """The text of a part that is shown as text; None for one that is attached."""
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html") or not _is_shown(part) or part.is_multipart():
        return None
    words = _decoded(_bytes_of(part), part)
    if kind == "text/html":
        reader = _PlainText()
        reader.feed(words)
        reader.close()
        words = "".join(reader.words)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).rstrip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).replace("\0", "").strip()


def _attachment(part: Message) -> Attachment:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner: Any = part.get_payload(0)
        return Attachment(name_kept(_file_name(part) or f"{_header(inner, 'Subject') or 'e-mail'}.eml"), _whole(inner))
    return Attachment(name_kept(_file_name(part) or _name_by_type(part)), _bytes_of(part))


def _whole(message: Message) -> bytes:
    """A message within a message, as it was as far as the library keeps that."""
    try:
        return message.as_bytes(policy=policy.compat32)
    except _UNREADABLE:
        return str(message.get_payload()).encode("utf-8", "surrogateescape")


def _bytes_of(part: Message) -> bytes:
    if part.is_multipart():  # a delivery report and such: its parts as they were written
        return b"\n".join(_whole(one) for one in part.get_payload() if isinstance(one, Message))
    try:
        content = part.get_payload(decode=True)
    except _UNREADABLE:
        content = None
    return content if isinstance(content, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def _decoded(content: bytes, part: Message) -> str:
    """Text in the character set its header names; where that is unknown or wrong, UTF-8, else the usual one of Windows."""
    try:
        named = part.get_content_charset() or ""
    except _UNREADABLE:
        named = ""
    for charset in (named, "utf-8"):
        try:
            return content.decode(charset or "utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


# Headers


def _header(message: Message, name: str) -> str:
    """A header as one line that can be shown, without control or direction signs; "" where it is absent."""
    try:
        value = str(message.get(name) or "")
    except (*_UNREADABLE, RecursionError):
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "") if isinstance(message, EmailMessage) else ""
    plain = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = "".join(" " if sign.isspace() else sign for sign in plain if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    return re.sub(r" +", " ", shown).strip()[:_LONGEST_HEADER]


def _written_at(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
        # "-0000" says that nobody knows the zone: the number is then UTC (RFC 5322, 3.3).
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (*_UNREADABLE, RecursionError):
        return ""


def _name_by_type(part: Message) -> str:
    endings = {"text/plain": "txt", "text/html": "html", "text/calendar": "ics", "image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
    ending = endings.get(part.get_content_type(), "")
    return f"attachment.{ending}" if ending else "attachment"


class _PlainText(HTMLParser):
    """The words of an HTML text, with its lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag in _BREAKS and not self._skipping:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in _BREAKS and not self._skipping and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words.append(re.sub(r"\s+", " ", data))
