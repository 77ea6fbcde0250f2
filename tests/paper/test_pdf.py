"""PDFs: tagged, in every script an office meets, the same bytes for the same data, nothing of the machine in them."""

from __future__ import annotations

import io
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontDatabase

from victimcare.paper.letters import font_files, in_our_letters
from victimcare.paper.pdf import FONTS, PaperRefused, pdf
from victimcare.resources import resource_dir

AT = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
SCRIPTS = {
    "Polish": "Łucja Śliwińska-Ćmiel",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Cyrillic": "Олена Шевченко",
    "Arabic": "فاطمة",
    "Ethiopic": "ሰላም ተስፋዬ",
    "Bengali": "বাংলা",
    "Devanagari": "हिन्दी",
    "Thai": "ไทย",
    "Hebrew": "עברית",
    "Armenian": "Հայերեն",
    "Georgian": "ქართული",
    "Gurmukhi": "ਪੰਜਾਬੀ",
    "Gujarati": "ગુજરાતી",
    "Khmer": "ខ្មែរ",
    "Lao": "ລາວ",
    "Myanmar": "မြန်မာ",
    "Sinhala": "සිංහල",
    "Tamil": "தமிழ்",
    "Tigrinya": "ትግርኛ ኣማኑኤል",
    "Chinese": "王小明",
    "Chinese, traditional": "陳慧嫻",
    "Japanese": "さくら サクラ 山田",
    "Korean": "김민수",
    "narrow space": "10\u202f214",
}
STATEMENT = {
    "subtitle": "1 Jan 2016 to 31 Dec 2016",
    "lead": ["Taken from the records."],
    "sections": [
        {
            "heading": "Prosecutions",
            "definition": "Defendants by date of outcome.",
            "notes": ["33 of 44 is 75 %."],
            "tables": [{"caption": "By year", "headers": ["Year", "Successful"], "rows": [["2016/17", "33"], ["2017/18", "22"]], "numbers": [1]}],
        }
    ],
    "footer": "24 Nov 2026",
}
REFERRAL = {
    "from": "Modern Slavery and Kidnap Unit",
    "to": "Caritas Bakhita House",
    "our_reference": "VC-2026-0142",
    "sent_on": "24 Nov 2026",
    "answer_by": "27 Nov 2026",
    "anonymity": "Lifetime anonymity by law.",
    "asked_for": ["Safe house accommodation", "English classes"],
    "fields": [{"label": "Name used", "value": "Ana"}, {"label": "Language", "value": "ትግርኛ"}],
    "consent": ["Given in writing on 23 Nov 2026."],
    "contact": ["VLO 17"],
    "footer": "Confidential",
}


def shares(words: int) -> dict:
    return {
        "vault": "MSKU",
        "made_on": "24 Nov 2026",
        "needed": 2,
        "of": 3,
        "shares": [{"number": n, "words": [f"share{n}word{i}" for i in range(1, words + 1)]} for n in (1, 2, 3)],
    }


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(made).pages)


def test_a_statement_says_its_numbers_definitions_and_notes():
    text = text_of(pdf("statement", STATEMENT, title="Statement", made_at=AT))
    for words in ("Statement", "Prosecutions", "Defendants by date of outcome.", "2016/17", "33", "33 of 44 is 75 %.", "Page 1 of 1"):
        assert words in text


def test_a_statement_may_be_nearly_empty():
    assert "Statement" in text_of(pdf("statement", {"sections": [{"heading": "None"}]}, title="Statement", made_at=AT))


def test_a_long_table_runs_over_pages_and_repeats_its_header():
    table = {"headers": ["Reference", "Note"], "rows": [[f"R{n}", "x"] for n in range(120)]}
    made = pdf("statement", {"sections": [{"heading": "Long", "tables": [table | {"caption": "Long"}]}]}, title="Long", made_at=AT)
    pages = read(made).pages
    assert len(pages) > 2
    assert all("Reference" in page.extract_text() for page in pages)
    assert "R119" in text_of(made)


OFFICE_KEYS = {"office": "MSKU casework", "since": "24 Nov 2026", "recipient": "age1qq", "signer": "ssh-ed25519 AAAA", "fingerprint": "SHA256:aa"}


@pytest.mark.parametrize(
    ("template", "data"), [("statement", STATEMENT), ("referral", REFERRAL), ("recovery_shares", shares(20)), ("office_keys", OFFICE_KEYS)]
)
def test_every_paper_is_tagged_titled_and_declares_pdf_ua(template, data):
    made = pdf(template, data, title="Our title", made_at=AT)
    catalogue = read(made).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("en")
    assert read(made).metadata.title == "Our title"
    assert read(made).metadata.author is None
    assert b"pdfuaid" in made


def test_tables_are_tagged_with_real_header_cells():
    kinds: list[str] = []

    def walk(node) -> None:
        node = node.get_object()
        for one in node if isinstance(node, list) else [node]:
            one = one.get_object() if hasattr(one, "get_object") else one
            if isinstance(one, dict):
                kinds.append(str(one.get("/S")))
                if "/K" in one:
                    walk(one["/K"])

    walk(read(pdf("statement", STATEMENT, title="T", made_at=AT)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 4
    assert "/H1" in kinds
    assert "/H2" in kinds


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_an_office_meets_is_set_in_its_own_letters(script):
    data = {"from": "", "to": "", "our_reference": "", "contact": [SCRIPTS[script]]}
    assert in_our_letters(SCRIPTS[script]) == SCRIPTS[script]
    made = pdf("referral", data, title="Referral", made_at=AT)
    # PDF/UA refuses a letter without a shape, so that this was set at all says there is no box in it.
    assert "[" not in text_of(made)
    assert b"pdfuaid" in made
    assert made == pdf("referral", data, title="Referral", made_at=AT)


@pytest.mark.parametrize("name", ["王小明", "陳慧嫻", "さくら", "김민수", "Олена Шевченко"])
def test_a_name_can_be_copied_out_of_the_form_and_the_statement_as_it_was_typed(name):
    form = pdf("referral", REFERRAL | {"fields": [{"label": "Name used", "value": name}]}, title="Referral", made_at=AT)
    statement = pdf("statement", STATEMENT | {"subtitle": name}, title="Statement", made_at=AT)
    for made in (form, statement):
        assert name in text_of(made)
        assert len(made) < 200_000  # only the letters used are in it, not the font


def test_a_name_in_a_script_no_bundled_font_has_is_printed_in_latin_letters():
    text = text_of(pdf("referral", REFERRAL | {"contact": ["Name: བོད"]}, title="Referral", made_at=AT))
    assert "Name: [bod]" in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_whatever_costs_the_paper(text):
    assert pdf("referral", {"from": text, "contact": [text]}, title="Referral", made_at=AT).startswith(b"%PDF")


def test_a_paper_that_cannot_be_set_is_refused_without_quoting_the_text():
    data = {"sections": [{"no heading": "Ana"}]}
    with pytest.raises(PaperRefused) as refused:
        pdf("statement", data, title="T", made_at=AT)
    assert "Ana" not in "".join(traceback.format_exception(refused.value))


def test_a_referral_leaves_out_what_was_not_given():
    text = text_of(pdf("referral", {"from": "Us", "to": "Them", "our_reference": "VC-2026-0001"}, title="Referral", made_at=AT))
    assert "VC-2026-0001" in text
    for heading in ("Consent", "About the person", "Please answer", "anonymity"):
        assert heading not in text


@pytest.mark.parametrize("words", [20, 33])
def test_each_share_has_a_page_of_its_own_with_its_words_numbered(words):
    pages = [page.extract_text() for page in read(pdf("recovery_shares", shares(words), title="Shares", made_at=AT)).pages]
    assert len(pages) == 3
    for n, page in enumerate(pages, start=1):
        assert f"Recovery share {n} of 3" in page
        assert f"share{n}word{words}" in page
        assert not any(f"share{other}word" in page for other in {1, 2, 3} - {n})


def test_the_same_data_make_the_same_bytes_and_another_time_other_ones():
    first, again = (pdf("referral", REFERRAL, title="Referral", made_at=AT) for _ in range(2))
    assert first == again
    assert first != pdf("referral", REFERRAL, title="Referral", made_at=AT + timedelta(days=1))


def test_data_stay_data():
    sly = '#read("/etc/passwd") $x^2$ *bold* <a> "quoted" \\ #sys.inputs'
    assert sly.replace('"', "") in text_of(pdf("referral", REFERRAL | {"contact": [sly]}, title="Referral", made_at=AT)).replace('"', "")


def test_nothing_of_it_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pdf("referral", REFERRAL, title="Referral", made_at=AT)
    assert list(tmp_path.iterdir()) == []


def test_the_window_can_use_the_same_fonts_and_they_may_be_passed_on(qapp):
    families = {family for path in font_files() for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))}
    assert set(FONTS) <= families
    assert sum(path.stat().st_size for path in font_files()) < 8_000_000
    assert "SIL OPEN FONT LICENSE" in (resource_dir() / "fonts" / "OFL.txt").read_text()
    assert "Apache License" in (resource_dir() / "fonts" / "BundledSansCJK-licence.txt").read_text()
