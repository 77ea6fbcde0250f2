"""E-mails taken apart: text, sender, day and attachments, from good ones, odd ones and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from victimcare.casework.mail import LONGEST_TEXT_SHOWN, MOST_PARTS, MailRefused, read_mail


def message(text: str = "I can meet on Friday.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {"From": "Ana <ana@example.org>", "To": "vlo17@office.example", "Subject": "Friday", "Date": "Mon, 23 Nov 2026 18:40:00 +0200", **headers}
    for name, value in given.items():
        made[name] = value
    made.set_content(text)
    return made


HEAD = b"From: Ana <ana@example.org>\r\nTo: vlo\r\nMIME-Version: 1.0\r\n"


def test_a_plain_e_mail() -> None:
    mail = read_mail(message().as_bytes())
    assert (mail.sender, mail.recipients, mail.subject) == ("Ana <ana@example.org>", "vlo17@office.example", "Friday")
    assert mail.at == datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
    assert (mail.text, mail.attachments, mail.is_cut) == ("I can meet on Friday.", (), False)


def test_attachments_come_out_byte_by_byte_under_names_that_can_be_kept() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.4\0\xff", maintype="application", subtype="pdf", filename="../../etc/passport\u202efdp.exe")
    made.add_attachment(b"", maintype="image", subtype="png", filename="empty.png")
    made.add_attachment("ten o'clock", filename="note.txt")
    mail = read_mail(made.as_bytes())
    assert [(one.name, one.content.rstrip()) for one in mail.attachments] == [("passportfdp.exe", b"%PDF-1.4\0\xff"), ("note.txt", b"ten o'clock")]
    assert mail.empty == ("empty.png",)
    assert mail.text == "I can meet on Friday."


def test_html_is_read_as_words_and_never_beside_the_same_in_plain() -> None:
    html = "<html><head><title>x</title><style>p{}</style></head><body><script>alert('run')</script><p>I can&nbsp;meet <b>on</b> Friday.</p>\
<p>See <a href='http://example.org/track?me'>this</a><img src='http://example.org/pixel.png'></p></body></html>"
    both = message()
    both.add_alternative(html, subtype="html")
    assert read_mail(both.as_bytes()).text == "I can meet on Friday."
    alone = EmailMessage()
    alone["From"], alone["Date"] = "ana@example.org", "Mon, 23 Nov 2026 18:40:00 -0000"
    alone.set_content(html, subtype="html")
    mail = read_mail(alone.as_bytes())
    assert [line.strip() for line in mail.text.split("\n") if line.strip()] == ["I can meet on Friday.", "See this"]
    assert mail.at == datetime(2026, 11, 23, 18, 40, tzinfo=UTC)
    for sign in ("alert", "example.org", "pixel", "<"):
        assert sign not in mail.text


def test_a_forwarded_e_mail_is_an_attachment_that_can_be_read_again() -> None:
    inner = message("The brother knows the address.", Subject="Fwd: please")
    made = message("See below.")
    made.add_attachment(inner)
    mail = read_mail(made.as_bytes())
    assert mail.text == "See below."
    [one] = mail.attachments
    assert one.name == "Fwd_ please.eml"
    assert read_mail(one.content).text == "The brother knows the address."


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        (b"windows-1250", "Zażółć gęślą jaźń".encode("cp1250")),
        (b"koi8-r", "Привет".encode("koi8-r")),
        (b"iso-2022-jp", "こんにちは".encode("iso-2022-jp")),
        (b"utf-8", "שלום עליכם".encode()),
        (b"x-nobody-knows", "Zażółć".encode()),
        (b"base64", b"plain"),
        (b"us-ascii", "caf\xe9".encode("cp1252")),
    ],
)
def test_every_character_set_is_read_or_replaced(charset: bytes, body: bytes) -> None:
    mail = read_mail(HEAD + b'Content-Type: text/plain; charset="' + charset + b'"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + body)
    expected = {b"x-nobody-knows": "Zażółć", b"base64": "plain", b"us-ascii": "café", b"iso-2022-jp": "こんにちは"}
    try:
        wanted = expected.get(charset) or body.decode(charset.decode())
    except LookupError:
        wanted = ""
    assert mail.text == wanted


def test_encoded_headers_are_read_and_cannot_turn_the_reading_direction() -> None:
    mail = read_mail(
        b"From: =?utf-8?B?xYF1Y2phIOKArmdybw==?= <l@example.org>\r\nTo: vlo\r\nSubject: =?iso-8859-2?Q?Za=BF=F3=B3=E6?=\r\nMessage-ID: <1@x>\r\n\r\nhello"
    )
    assert mail.sender.startswith("Łucja gro")
    assert mail.subject == "Zażółć"
    assert mail.at is None


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Mon, 99 Nov 2026 18:40:00 +0200", "Mon, 23 Nov 2026 18:40:00 +9999", "Mon, 23 Nov 999999999 18:40:00 +0000"]
)
def test_a_date_nobody_can_read_is_none(date: str) -> None:
    assert read_mail(HEAD + b"Date: " + date.encode() + b"\r\n\r\nhello").at is None


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", b"just some words\nand more", b"\x89PNG\r\n\x1a\n" + b"\0" * 99],
    ids=["empty", "pdf", "words", "picture"],
)
def test_what_is_no_e_mail_is_refused(content: bytes) -> None:
    with pytest.raises(MailRefused):
        read_mail(content)


def test_too_many_and_too_deep_parts_are_refused() -> None:
    many = message()
    for number in range(MOST_PARTS):
        many.add_attachment(b"x", maintype="application", subtype="x", filename=f"{number}")
    with pytest.raises(MailRefused, match="more than"):
        read_mail(many.as_bytes())
    for depth in (20, 3_000):
        nested = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(depth))
        with pytest.raises(MailRefused, match="deep"):
            read_mail(HEAD + nested + b"\r\n\r\nhello")


def test_a_very_long_text_is_cut_and_says_so() -> None:
    mail = read_mail(HEAD + b"\r\n" + b"word " * 100_000)
    assert (len(mail.text), mail.is_cut) == (LONGEST_TEXT_SHOWN, True)


@example(b"%PDF-", b"text/plain")
@given(
    st.binary(max_size=400),
    st.sampled_from([b"text/plain", b"text/html", b"multipart/mixed; boundary=x", b'multipart/alternative; boundary="', b"message/rfc822"]),
)
def test_no_body_breaks_the_reading(body: bytes, kind: bytes) -> None:
    mail = read_mail(HEAD + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n--x\r\n" + body)
    assert "\0" not in mail.text


@given(
    st.binary(max_size=200).filter(lambda value: b"\n" not in value and b"\r" not in value),
    st.sampled_from([b"From", b"To", b"Date", b"Subject", b"Content-Type", b"Content-Disposition"]),
)
def test_no_header_breaks_the_reading(value: bytes, name: bytes) -> None:
    try:
        mail = read_mail(b"Received: x\r\nMessage-ID: <1@x>\r\n" + name + b": " + value + b"\r\n\r\nhello")
    except MailRefused:
        return
    assert not any(ord(sign) < 32 for sign in mail.sender + mail.recipients + mail.subject)
