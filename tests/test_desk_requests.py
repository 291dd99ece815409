"""What a review desk lets in: nobody but its person's browser, from its own pages, with forms that are not too long."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.desks import OTHER, PARTNER, Client, RealOffice, at_desk, desk, real_office
from tests.hard_texts import PARTS, texts
from tests.invented import DAY_SECONDS
from tests.seasons import REASON, arrival

SECRET = "Neighbor Number0"
LIVE = '<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}" onfocus="alert(3)'
PAGES = ("", "audit", "report", *(f"n/N-2026-0001/{page}" for page in ("", "triage", "ending")))


@pytest.fixture(autouse=True, scope="module")
def day() -> Iterator[None]:
    """The day of the invented district, for everything that looks at the clock."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = DAY_SECONDS
    yield
    if before is None:
        del os.environ["SOURCE_DATE_EPOCH"]
    else:
        os.environ["SOURCE_DATE_EPOCH"] = before


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> RealOffice:
    """An office with two nominations, the first of them hostile."""
    made = real_office(tmp_path_factory.mktemp("desk"), repository)
    evil = f"{LIVE} See https://evil.example/login?x=1 or javascript:alert(1)\nMy son Mateo, 7, call (555) 555-0100"
    signed = "Fwd: thank you, from Neighbor Number1"
    made.take(arrival(0, what=evil, organization=f"Daboldow {LIVE}"), arrival(1, organization=signed))
    return made


@pytest.fixture(scope="module")
def client(here: RealOffice) -> Iterator[Client]:
    """The coordinator, at the desk."""
    with at_desk(here, "cory") as found:
        yield found


def test_the_address_works_once_and_leaves_the_bar(here: RealOffice) -> None:
    with desk(here, "cory") as client:
        first = client.enter()
        assert first.status == 303
        assert first.headers["Location"].endswith(f"{client.base}/")
        assert "token" not in first.headers["Location"]
        cookie = first.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and f"Path={client.base}/" in cookie
        assert client.ask("GET", f"{client.base}/").status == 200
        assert client.enter().status == 403
        assert client.told == []


@pytest.mark.parametrize("token", ["", "x", "%FF", "a" * 5000])
def test_a_wrong_token_lets_nobody_in(here: RealOffice, token: str) -> None:
    with desk(here, "cory") as client:
        address = client.opened.address
        answer = client.enter(re.sub("token=.*", f"token={token}", address))
        assert answer.status == 403 and "Set-Cookie" not in answer.headers
        assert client.enter(address).status == 303


@pytest.mark.parametrize("cookie", ["", "desk=", "desk=x", "desk=%00", "desk=é", "other=1; desk=y"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_shown_without_a_session(client: Client, path: str, cookie: str) -> None:
    stranger = replace(client, cookie=cookie.encode("utf-8").decode("latin-1"))
    answer = stranger.get(path)
    assert answer.status == 403
    assert "N-2026" not in answer.body and "Cory" not in answer.body and "Daboldow" not in answer.body


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "",
        None,
        "[::1]:{port}",
    ],
)
def test_another_name_of_this_computer_is_refused(client: Client, host: str | None) -> None:
    name = host.format(port=client.opened.server.server_port) if host is not None else None
    answer = client.ask("GET", f"{client.base}/", headers={"Host": name})
    assert answer.status in (400, 421)
    assert "N-2026" not in answer.body


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
        {"Content-Type": None},
    ],
)
def test_a_form_of_another_page_changes_nothing(
    here: RealOffice, client: Client, headers: Mapping[str, str | None]
) -> None:
    client.get("n/N-2026-0002/triage")
    answer = client.send("n/N-2026-0002/triage", {"outcome": "take-up", "partner": OTHER}, headers)
    assert answer.status in (403, 415)
    assert here.state("N-2026-0002") == "received"


@pytest.mark.parametrize("key", ["", "x", "é", "a" * 43])
def test_a_form_without_its_own_secret_changes_nothing(here: RealOffice, client: Client, key: str) -> None:
    answer = client.send("n/N-2026-0002/triage", {"outcome": "take-up", "partner": OTHER, "form-key": key})
    assert answer.status == 403
    assert here.state("N-2026-0002") == "received"


def test_the_secret_of_another_session_is_none_of_this_one(here: RealOffice, client: Client) -> None:
    client.get("n/N-2026-0002/triage")
    with at_desk(here, "cory") as other:
        other.get("n/N-2026-0002/triage")
        other.key = client.key
        assert other.send("n/N-2026-0002/triage", {"outcome": "take-up", "partner": OTHER}).status == 403
        other.cookie = client.cookie
        assert other.get("").status == 403


def test_a_form_of_unsaid_length_is_refused(client: Client) -> None:
    body = b"4\r\na=b&\r\n0\r\n\r\n"
    answer = client.ask("POST", f"{client.base}/leave", body, {"Content-Length": None, "Transfer-Encoding": "chunked"})
    assert answer.status == 411


def test_a_page_of_another_site_cannot_even_read(client: Client) -> None:
    assert client.ask("GET", f"{client.base}/", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert client.ask("GET", f"{client.base}/", headers={"Sec-Fetch-Site": "none"}).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert client.ask(method, f"{client.base}/", headers={"Origin": client.origin}).status in (405, 501)


@pytest.mark.parametrize("path", ["", "audit", "report", "n/N-2026-0001/", "n/N-2026-0001/preview/x"])
def test_pages_without_a_form_take_none(client: Client, path: str) -> None:
    assert client.send(path, {}).status == 405


@pytest.mark.parametrize("size", [310_000, 5_000_000])
def test_a_form_that_is_too_long_is_refused(here: RealOffice, client: Client, size: int) -> None:
    client.get("n/N-2026-0002/triage")
    answer = client.send("n/N-2026-0002/triage", {"outcome": "set-aside", "reason": "x" * size})
    assert answer.status == 413
    assert here.state("N-2026-0002") == "received"


PATHS = (
    "/",
    "/enter?token=",
    "/favicon.ico",
    "{base}",
    "{base}/nowhere",
    "{base}/assets/",
    "{base}/assets/../app.py",
    "{base}/assets/..%2fapp.py",
    "{base}/assets/%2e%2e/%2e%2e/ledger.jsonl",
    "{base}/assets/desk.css%00",
    "{base}//n/N-2026-0001/",
    "{base}/n/../../vault.yml",
    "{base}/n/%2e%2e%2fvault.yml/",
    "{base}/n/N-2026-9999/",
    "{base}/n/N-2026-0001/preview/../../../vault.yml",
    "{base}/n/N-2026-0001/preview/media/recognition/photos/..%2f..%2fvault.yml",
    "{base}/n/N-2026-0001/preview//etc/passwd",
    "{base}/n/{{7*7}}/",
    "{base}/n/%3Cscript%3E/",
    "{base}x/n/N-2026-0001/",
    "/desk-0000000000000000/",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_other_path_leads_anywhere(client: Client, path: str) -> None:
    answer = client.ask("GET", path.replace("{base}", client.base))
    assert answer.status in (403, 404)
    assert "salt:" not in answer.body and "root:" not in answer.body and "<script>" not in answer.body
    assert "49" not in re.sub(r"[0-9a-f]{16}", "", answer.body)


@pytest.mark.parametrize("path", [*PAGES, "nowhere", "assets/dp.css", "n/N-2026-0001/preview/x"])
def test_every_answer_tells_the_browser_what_to_keep_to(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == ("SAMEORIGIN" if "preview" in path else "DENY")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script" not in policy and "unsafe" not in policy
    assert "Werkzeug" not in str(headers) and "Python" not in str(headers)


def test_refusals_tell_the_browser_as_well(client: Client) -> None:
    for answer in (client.ask("GET", "/"), client.ask("GET", f"{client.base}/", headers={"Host": "evil.example"})):
        assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Frame-Options"] == "DENY"


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("path", PAGES)
def test_what_strangers_wrote_is_text(client: Client, path: str) -> None:
    found = Elements(client.get(path).body).found
    assert {tag for tag, _ in found}.isdisjoint(("script", "img", "svg", "object", "embed", "base", "style"))
    for tag, attributes in found:
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
        for name in ("href", "src", "action", "formaction"):
            assert attributes.get(name, "#").startswith((client.base + "/", "#")), (tag, attributes)


def test_addresses_of_strangers_are_no_links_and_say_where_they_lead(client: Client) -> None:
    body = client.get("n/N-2026-0001/").body
    assert "(leads to evil.example)" in body
    assert 'href="https://evil' not in body and 'href="javascript' not in body


def test_what_is_private_is_marked(client: Client) -> None:
    body = client.get("n/N-2026-0001/").body
    marked = re.findall(r'<mark class="dp-desk-mark">(.*?)</mark>', body)
    assert marked == ["Mateo", "(555) 555-0100"]


@pytest.mark.parametrize("part", PARTS)
def test_texts_that_are_made_to_be_slow_are_shown(part: str) -> None:
    from generator.desk.marked import paragraphs

    for text in texts(part):
        pieces = [piece for line in paragraphs(text[:6000]) for piece in line]
        assert "".join(piece.text for piece in pieces) == text[:6000].replace("\n", "") or not text.strip()


def test_an_idle_desk_closes_and_tells_a_new_address(here: RealOffice) -> None:
    with desk(here, "cory") as client:
        now = [1000.0]
        client.opened.desk.sessions.clock = lambda: now[0]
        client.enter()
        now[0] += 59 * 60
        assert client.get("").status == 200
        now[0] += 59 * 60
        assert client.get("").status == 200
        now[0] += 61 * 60
        assert client.get("").status == 403
        assert client.get("").status == 403
        assert len(client.told) == 1
        assert client.enter(client.told[0]).status == 303
        assert client.get("").status == 200


def test_whoever_leaves_is_out(here: RealOffice) -> None:
    with at_desk(here, "cory") as client:
        answer = client.send("leave", {})
        assert answer.status == 200 and "desk=;" in answer.headers["Set-Cookie"]
        assert client.get("").status == 403
        assert len(client.told) == 1


def test_leaving_needs_the_form(client: Client) -> None:
    client.get("")
    client.send("leave", {"form-key": "x"})
    assert client.get("").status == 200


def test_it_listens_on_this_computer_only(client: Client) -> None:
    assert client.opened.server.server_address[0] == "127.0.0.1"


def test_a_person_who_left_meanwhile_sees_nothing(tmp_path: Path, repository: Path) -> None:
    from tests.desks import STAFF
    from tests.seasons import put_on_record

    office = real_office(tmp_path, repository)
    office.take(arrival(0))
    with at_desk(office, "rae") as client:
        assert client.get("").status == 200
        put_on_record(office, office.vault(), STAFF.replace("email: rae@district.example.org,", "left: true,"))
        answer = client.get("")
        assert (
            answer.status == 500 and "nobody who works with this vault" in answer.body and "N-2026" not in answer.body
        )


def test_reviewers_never_see_who_sent_it(here: RealOffice) -> None:
    with at_desk(here, "rae") as client:
        for path in ("", "n/N-2026-0001/", "n/N-2026-0002/", "audit", "report"):
            body = client.get(path).body
            assert "Neighbor Number" not in body and "neighbor0@" not in body and "555-555-01" not in body
    with at_desk(here, "cory") as client:
        assert SECRET in client.get("n/N-2026-0001/").body


@pytest.mark.parametrize("page", ["triage", "consent", "story", "publish", "ending", "decision", "preview/x"])
def test_pages_of_other_roles_are_closed(here: RealOffice, page: str) -> None:
    with at_desk(here, "rae") as client:
        answer = client.get(f"n/N-2026-0001/{page}")
        assert answer.status == 403
        assert "rae is no " in answer.body
        assert SECRET not in answer.body


def test_a_change_made_meanwhile_is_not_overwritten(tmp_path: Path, repository: Path) -> None:
    office = real_office(tmp_path, repository)
    number = office.take(arrival(0))[0].number
    with at_desk(office, "cory") as client:
        client.get(f"n/{number}/triage")
        office.triage(number, partners=(OTHER,))
        answer = client.send(f"n/{number}/triage", {"outcome": "take-up", "partner": PARTNER})
        assert answer.status == 422 and "somebody changed this nomination" in answer.body
        assert office.season().nomination(number).partners == (OTHER,)
        assert client.send(f"n/{number}/triage", {"outcome": "take-up", "partner": PARTNER, "seen": "x"}).status == 422
        client.get(f"n/{number}/triage")
        assert client.send(f"n/{number}/triage", {"outcome": "take-up", "partner": PARTNER}).status == 303
        assert office.season().nomination(number).partners == (PARTNER,)


def test_drafts_are_kept_for_their_writer_and_go_with_the_rest(tmp_path: Path, repository: Path) -> None:
    office = real_office(tmp_path, repository)
    number = office.take(arrival(0))[0].number
    office.triage(number, partners=(PARTNER,))
    fields = {"step": "keep", "score-impact": "4", "reason": "Halfway through it."}
    with at_desk(office, "rae") as client:
        client.get(f"n/{number}/review")
        assert client.send(f"n/{number}/review", fields).status == 422, "the rubric opens after the question only"
        assert client.send(f"n/{number}/review", {"step": "ask", "conflict": "no"}).status == 303
        assert client.send(f"n/{number}/review", fields).status == 303
    with at_desk(office, "rae") as client:
        body = client.get(f"n/{number}/review").body
        assert "Halfway through it." in body and re.search(r'name="score-impact" value="4" checked', body)
    with at_desk(office, "rob") as client:
        client.get(f"n/{number}/review")
        client.send(f"n/{number}/review", {"step": "ask", "conflict": "no"})
        assert "Halfway" not in client.get(f"n/{number}/review").body
    kept = list(office.folder.glob(".drafts/*/*/*"))
    assert len(kept) == 2 and all(path.stat().st_mode & 0o077 == 0 for path in kept)
    assert office.state(number) == "triaged"
    with at_desk(office, "cory") as client:
        client.get(f"n/{number}/ending")
        answer = client.send(f"n/{number}/ending", {"how": "anonymise", "sure": "yes", "reason": REASON})
        assert answer.status == 303
    assert list(office.folder.glob(".drafts/*/*/*")) == []


ANSWERS = """Whom,What did they do?,Your name,Shoe size
Daboldow Theater,They came at night.,Neighbor Nine,44
Daboldow Theater,,,
"""


def bring(client: Client, fields: Mapping[str, str], *files: tuple[str, bytes]) -> str:
    """The page that answers when files are brought to the desk."""
    boundary = "dividing-line"
    parts = [(f'name="{name}"', value.encode()) for name, value in {"form-key": client.key, **fields}.items()]
    parts += [(f'name="files"; filename="{name}"', content) for name, content in files]
    lines = (f"--{boundary}\r\nContent-Disposition: form-data; {w}\r\n\r\n".encode() + c + b"\r\n" for w, c in parts)
    body = b"".join(lines) + f"--{boundary}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return client.ask("POST", f"{client.base}/incoming", body, kind).body


def test_answers_are_looked_at_and_then_taken_in(tmp_path: Path, repository: Path) -> None:
    here = real_office(tmp_path, repository)
    with at_desk(here, "cory") as client:
        assert "Bring in what was sent" in client.get("incoming").body
        assert "the file is missing" in bring(client, {"step": "look"})
        said = bring(client, {"step": "look"}, ("../../answers.csv", ANSWERS.encode()))
        assert "no column is called" in said and "--" not in re.sub(r"<[^>]*>", "", said)
        said = bring(client, {"step": "look", "column-0-0": "organization"})
        assert "Is new" in said and "&#34;what&#34; is missing" in said and "Take in 1<" in said
        assert here.season().nominations == {}
        assert [path.name for path in here.folder.rglob("*answers*")] == []
        looked = {"looked": re.findall(r'name="looked" value="([0-9a-f]+)"', said)[0], "column-0-0": "organization"}
        assert "changed since you looked" in bring(client, {"step": "take", **looked, "column-0-2": "-"})
        assert here.season().nominations == {}
        assert "Taken as" in bring(client, {"step": "take", **looked})
        (found,) = here.season().nominations.values()
        assert found.answers is not None
        assert (found.partners, found.answers.nominator.name) == ((PARTNER,), "Neighbor Nine")
        assert "44" not in str(found.answers)
        assert "the file is missing" in bring(client, {"step": "take"}), "the files are forgotten"
        bring(client, {"step": "look"}, ("answers.csv", ANSWERS.replace("Whom", "organization").encode()))
        client.send("leave", {})
        assert client.opened.desk.memory.incoming.files == {}
    with at_desk(here, "rae") as client:
        assert "Bring in" not in client.get("").body
        assert client.get("incoming").status == 403


def test_a_head_that_is_none_says_nothing_against_the_vault(client: Client) -> None:
    said = client.get("audit?head=nonsense").body
    assert "a head looks like" in said and "every file is as the last of them left it" in said
    assert "is not what its ledger says" in client.get(f"audit?head=1:{'0' * 16}").body


def test_a_partner_can_be_said_by_its_name(tmp_path: Path, repository: Path) -> None:
    here = real_office(tmp_path, repository)
    number = here.nominate(organization="Somebody")
    with at_desk(here, "cory") as client:
        client.get(f"n/{number}/triage")
        answer = client.send(f"n/{number}/triage", {"outcome": "take-up", "partner": "daboldow  THEATER"})
    assert answer.status == 303
    assert here.season().nomination(number).partners == (PARTNER,)


def test_everything_that_is_missing_is_said_at_once(tmp_path: Path, repository: Path) -> None:
    here = real_office(tmp_path, repository)
    number = here.nominate(organization="Daboldow Theater")
    here.triage(number)
    for by in ("rae", "rob"):
        here.review(number, by)
    here.decide(number)
    with at_desk(here, "cory") as client:
        client.get(f"n/{number}/consent")
        said = client.send(f"n/{number}/consent", {"step": "consent"}).body
        for missing in ("who gave the consent", "how it was given", "what it covers", "until when it holds"):
            assert f"{missing} is missing" in said
        here.consent(number)
        client.get(f"n/{number}/story")
        said = client.send(f"n/{number}/story", {"step": "schedule"}).body
        assert "the day is missing" in said and "the consent to tell the story is missing" in said
        assert "needs an address" in said and "&#34;summary&#34; is missing" in said
        told = {"title": "A", "summary": "B.", "story": "My son Mateo, 7, came.", "impact-1-figure": "many"}
        said = client.send(
            f"n/{number}/story", {"step": "keep", "school_year": "2026-27", "partners": PARTNER, **told}
        ).body
        said = client.get(f"n/{number}/story").body
        assert "impact: &#34;many&#34; is not a number" in said and "line 1" not in said
