"""Pages of somebody else's PDF as pictures, in memory. No script is run, no form filled, no link followed, no file written.

PDFium takes one caller at a time. A PDF may say it is as large as it likes: a picture has a bounded number of points.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final

from victimcare.refused import Refused

MOST_POINTS: Final = 8_000_000  # of one picture: an A4 page at 290 dots an inch
_one_at_a_time = threading.Lock()


class PdfRefused(Refused):
    """A PDF that is damaged, or closed with a password."""

    def __init__(self) -> None:
        super().__init__("This PDF cannot be shown: it is damaged, or closed with a password.", "Save it out to open it with another program.")


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """One page: `pixels` in rows of `stride` bytes, four bytes a point: blue, green, red, one unused."""

    width: int
    height: int
    stride: int
    pixels: bytes
    pages: int


def page_picture(content: bytes, page: int, *, width: int) -> Picture:
    """Page `page` (0 is the first) `width` points wide, less where it would be too large. Raises PdfRefused, IndexError."""
    import pypdfium2  # 7 MB of library, and few open a PDF

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            raise PdfRefused from None
        try:
            return _drawn(document, page, width)
        except pypdfium2.PdfiumError:
            raise PdfRefused from None
        finally:
            document.close()


def _drawn(document: Any, number: int, width: int) -> Picture:
    if not 0 <= number < len(document):
        raise IndexError(number)
    page = document[number]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        raise PdfRefused
    scale = min(width / across, (MOST_POINTS / (across * down)) ** 0.5)
    if across * scale < 1 or down * scale < 1:
        raise PdfRefused
    drawn = page.render(scale=scale, may_draw_forms=False, force_bitmap_format=_FOUR_BYTES)
    return Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer), len(document))


_FOUR_BYTES = 3  # FPDFBitmap_BGRx
