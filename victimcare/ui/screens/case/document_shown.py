"""What a document looks like, made ready off the window's thread and in memory: text, a picture, or pages of a PDF.

Nothing in a document is run or followed, and no other program gets it. Every picture and text is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from victimcare.casework.documents import DocumentRow
from victimcare.casework.mail import MailRefused, read_mail
from victimcare.exchange.code_pages import likeliest
from victimcare.overview.timeline_documents import size_text
from victimcare.paper.pdf_pages import Picture, page_picture
from victimcare.refused import Refused
from victimcare.store.clock import LONDON
from victimcare.ui.words import moment

LONGEST: Final = 300_000  # characters shown: a list of a million lines stops a window
WIDEST_LINE: Final = 2_000  # characters, for the same reason
MOST_POINTS: Final = 60_000_000  # of a picture as its file says, before anything of it is unpacked
WIDEST: Final = 1_600  # points of a picture shown
FORMATS: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/webp": "webp", "image/tiff": "tiff"}
_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class NotShown(Refused):
    """A document that cannot be shown here, though it is whole."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This document cannot be shown here: {why}. It is whole.", "Save it out to open it with another program.")


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A document made ready. `told`: what is to be known of how it is shown. `content`: kept for the other pages of a PDF; `pages` 0 for what has none."""

    text: str = ""
    image: QImage | None = None
    told: str = ""
    pages: int = 0
    content: bytes = b""


def made_ready(row: DocumentRow, content: bytes) -> Shown:
    """What to show of `content`. Raises NotShown, PdfRefused."""
    if row.kind == "IMAGE":
        return Shown(image=_image(content, row.media_type))
    if row.kind == "PDF":
        first = page_picture(content, 0, width=WIDEST)
        return Shown(image=image_of(first), pages=first.pages, content=content)
    return _mail(content) if row.kind == "MAIL" else _text(content)


def pdf_page(content: bytes, page: int) -> QImage:
    """One page of a PDF. Raises PdfRefused."""
    return image_of(page_picture(content, page, width=WIDEST))


def image_of(picture: Picture) -> QImage:
    """A drawn page as Qt has it, with points of its own."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32).copy()


def text_of(content: bytes) -> str:
    """Text in whatever it was written."""
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content.decode(charset, "replace")
    try:
        return content.decode("utf-8")
    except ValueError:
        return content.decode(likeliest(content[:200_000]) or "cp1252", "replace")


def _text(content: bytes) -> Shown:
    whole = text_of(content[: 4 * LONGEST])
    is_cut = len(whole) > LONGEST or len(content) > 4 * LONGEST
    lines = (line[at : at + WIDEST_LINE] for line in whole[:LONGEST].splitlines() for at in range(0, max(1, len(line)), WIDEST_LINE))
    told = f"Only its beginning is shown; the whole has {size_text(len(content))}." if is_cut else ""
    return Shown(text="\n".join(lines).replace("\0", ""), told=told)


def _mail(content: bytes) -> Shown:
    try:
        mail = read_mail(content)
    except MailRefused:
        return _text(content)
    at = moment(mail.at.astimezone(LONDON)) if mail.at else "not known"
    attached = "; ".join(f"{one.name} ({size_text(len(one.content))})" for one in mail.attachments)
    head = (("From", mail.sender), ("To", mail.recipients), ("Written", at), ("Subject", mail.subject), ("Attached", attached))
    shown = _text("\n".join([*(f"{name}: {value}" for name, value in head if value), "", mail.text]).encode())
    return Shown(text=shown.text, told="Only its beginning is shown." if mail.is_cut else shown.told)


def _image(content: bytes, media_type: str) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(FORMATS[media_type].encode()))
    reader.setAutoDetectImageFormat(False)  # no other reader gets it, whatever its bytes go on to say
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_POINTS:
        raise NotShown(f"the picture has {size.width():,} by {size.height():,} points")
    if size.isValid() and size.width() > WIDEST:
        reader.setScaledSize(QSize(WIDEST, max(1, size.height() * WIDEST // size.width())))
    image = reader.read()
    if image.isNull():
        raise NotShown("the picture is damaged, or larger than it says")
    return image
