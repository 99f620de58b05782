"""What bad connections and slow hands send: nothing half-read is ever written, and nobody else waits for it."""

import re
import socket
import time
import uuid

import httpx
from django.conf import settings
from django.test import Client

from deliberation.models import Comment
from tests import cast, make
from tests.server import LiveServer

FORM = "application/x-www-form-urlencoded"


def said(site: LiveServer, path: str, body: bytes, *, announced: int, cookies: str = "csrftoken=" + "a" * 32) -> socket.socket:
    """A request whose body may be shorter than announced; the connection stays open."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nContent-Type: {FORM}\r\nContent-Length: {announced}\r\n\r\n"
    line = socket.create_connection(("127.0.0.1", site.port), timeout=10)
    line.sendall(head.encode() + body)
    return line


def test_bodies_that_never_come_hold_up_nobody(site: LiveServer) -> None:
    """Without this a handful of sleeping phones, or one idle hand, stops the whole platform."""
    held = [said(site, "/akun/masuk/", b"login=a", announced=1000) for _ in range(settings.HTTP_THREADS + 2)]
    try:
        assert httpx.get(f"{site.url}/healthz", timeout=5).status_code == 200
    finally:
        for line in held:
            line.close()


def test_a_comment_cut_off_by_the_connection_is_not_kept(site: LiveServer) -> None:
    """The half would stay for good: the phone's second try has the same identifier."""
    people = cast.build()
    number = make.proposal().number
    browser = Client()
    browser.force_login(people.resident, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(f"/usulan/{number}/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    key = uuid.uuid4()
    body = f"csrfmiddlewaretoken={token}&id={key}&stance=question&body=Kapan+jembatan+ini+diperbaiki".encode()

    line = said(site, f"/usulan/{number}/tanggapan/", body, announced=len(body) + 40, cookies=cookies)
    time.sleep(0.5)  # what came is read by now
    line.close()
    time.sleep(1)
    assert not Comment.objects.exists()

    whole = body + b"+sebelum+musim+hujan%3F"
    line = said(site, f"/usulan/{number}/tanggapan/", whole, announced=len(whole), cookies=cookies)
    assert b" 303 " in line.recv(200)
    line.close()
    assert Comment.objects.get(pk=key).body == "Kapan jembatan ini diperbaiki sebelum musim hujan?"


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(site: LiveServer) -> None:
    for path in ("/akun/masuk/", "/api/v1/proposals/"):
        line = said(site, path, b"", announced=settings.BODY_MAX_BYTES + 1)
        with line, line.makefile("rb") as read:
            answer = read.read()
        assert b" 413 " in answer.splitlines()[0]
        assert b'"too_large"' in answer


def test_a_large_body_arrives_as_it_was_sent(site: LiveServer) -> None:
    cast.build()
    sent = httpx.post(
        f"{site.url}/akun/masuk/", content=b"login=" + b"a" * 1_500_000, headers={"Content-Type": FORM, "Cookie": "csrftoken=" + "a" * 32}
    )
    assert sent.status_code == 403, "read to its end, and refused for what it is"
