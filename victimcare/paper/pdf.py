"""Paper: a PDF set in memory from a template of `resources/reports/` and plain data. Nothing is written to disk."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from functools import cache
from typing import Any

from victimcare.paper.letters import in_our_letters
from victimcare.refused import Refused
from victimcare.resources import resource_bytes, resource_dir

# Inter is what is meant to be read; the others stand in, letter by letter, for scripts it has not.
_SCRIPTS = ("Arabic", "Ethiopic", "Bengali", "Devanagari", "Thai", "Hebrew", "Armenian", "Georgian", "Gujarati", "Gurmukhi", "Khmer", "Lao")
FONTS = ("Inter", "Noto Sans", *(f"Noto Sans {script}" for script in (*_SCRIPTS, "Myanmar", "Sinhala", "Tamil")), "Bundled Sans CJK")


class PaperRefused(Refused):
    """A paper could not be set. What the typesetter said is left out: it quotes the text."""

    def __init__(self) -> None:
        super().__init__("This could not be put on paper: something in it cannot be set as text.", "Look for unusual signs in it, or save it as CSV.")


def pdf(template: str, data: dict[str, Any], *, title: str, made_at: datetime) -> bytes:
    """A tagged PDF/UA-1 file of `resources/reports/<template>.typ`.

    `data`: JSON values in the shape the template's first lines give; `title` is added to it and is the document's title.
    `made_at`: aware; the only date in the file, so that the same data give the same bytes. The file names no author.
    Letters no bundled font has stand in Latin letters in brackets (`letters.py`).
    Raises FileNotFoundError for no such template, PaperRefused where a key the template needs is missing or the text cannot be set.
    """
    made: bytes = _set(template, data, title, made_at, format="pdf", pdf_standards="ua-1")
    return made


def pages(template: str, data: dict[str, Any], *, title: str, made_at: datetime, dpi: int = 300) -> tuple[bytes, ...]:
    """The same paper for a printer: each page as a PNG of `dpi` dots an inch, so that printing leaves no file. Raises as `pdf` does."""
    made = _set(template, data, title, made_at, format="png", ppi=dpi)
    return (made,) if isinstance(made, bytes) else tuple(made)


def _set(template: str, data: dict[str, Any], title: str, made_at: datetime, **how: Any) -> Any:
    import typst  # 20 MB, and nobody prints at once

    source = _source(template)
    given = json.dumps(_printable({**data, "title": title}), ensure_ascii=False, sort_keys=True)
    # A template can read files below its root, and without one those of the current folder: give it a folder with nothing in it.
    with tempfile.TemporaryDirectory() as empty:
        try:
            # The stub binds the types of the source and the root together; the library does not.
            return typst.compile(  # type: ignore[call-overload]
                source, root=empty, font_paths=_fonts(), sys_inputs={"data": given}, timestamp=made_at.astimezone(UTC), **how
            )
        except typst.TypstError:
            raise PaperRefused from None


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return in_our_letters(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _source(template: str) -> bytes:
    fonts = ", ".join(f'"{name}"' for name in FONTS)
    return f"#let fonts = ({fonts})\n".encode() + resource_bytes(f"reports/{template}.typ")


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource_dir() / "fonts"])
