"""What a browser has sealed is opened with the vault's keys, and anything else is refused in a sentence."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwe import JWERegistry, encrypt_compact
from joserfc.jwk import ECKey

from generator.jwk import new_pair, public_part, thumbprint
from generator.nominations.arrivals import Arrival, arrivals
from generator.nominations.audit import findings
from generator.problems import SetupError
from generator.serialize import serialize
from generator.vault.envelope import LIMIT_BYTES, opened
from generator.vault.files import is_open
from generator.vault.keys import key_path, keys_of, made, names_of_keys
from tests.seasons import Office, office
from tests.test_nominations_import import FORM, desk
from tests.test_vault import sealed as sealed_office

PAIR = new_pair()
OTHER = new_pair()
KEYS = {PAIR["kid"]: PAIR}
HEADER: dict[str, Any] = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": PAIR["kid"]}


def sealed(text: str | bytes = FORM, key: dict[str, str] = PAIR, **header: Any) -> bytes:
    """A text sealed to a key, as another library does it."""
    told = {**HEADER, "kid": key["kid"], **header}
    registry = JWERegistry(algorithms=[told["alg"], told["enc"], "DEF"], strict_check_header=False)
    public = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y")})
    return encrypt_compact(told, text, public, registry=registry).encode()


def with_header(**changed: Any) -> bytes:
    """A sealed text under another header than its own."""
    head = json.dumps({**HEADER, **changed}).encode()
    return b".".join((urlsafe_b64encode(head).rstrip(b"="), *sealed().split(b".")[1:]))


def come(folder: Path, content: bytes, here: Office) -> Arrival:
    """What staff take in of a sealed file."""
    path = folder / "nomination-2027-02-10.jwe"
    path.write_bytes(content)
    (found,) = arrivals(path, replace(desk(), keys=lambda: keys_of(here.vault())))
    return found


def test_a_key_is_named_by_its_thumbprint() -> None:
    """The library's and ours: RFC 7638 over the four public parts in the order of their names."""
    from hashlib import sha256

    parts = {name: PAIR[name] for name in ("crv", "kty", "x", "y")}
    digest = sha256(json.dumps(parts, separators=(",", ":"), sort_keys=True).encode()).digest()
    assert PAIR["kid"] == thumbprint(PAIR) == urlsafe_b64encode(digest).decode().rstrip("=")
    assert "d" not in public_part(PAIR)


@pytest.mark.parametrize("text", ["", FORM, "ስም: ሰላም\n" * 5_000, "x" * 200_000])
def test_what_was_sealed_comes_out_as_it_went_in(text: str) -> None:
    assert opened(sealed(text) + b"\r\n", KEYS) == (text.encode(), "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "five parts"),
        (b"form: nomination\nwhat: They came... every. week. and. so. on.\n", "five parts"),
        (sealed()[: len(sealed()) // 4], "five parts"),
        (sealed()[:-4], "cut off"),
        (sealed()[:-9] + b"AAAAAAAAA", "cut off"),
        (b"x" * (LIMIT_BYTES + 1), "longer than anything"),
        (b"!!.....", "five parts"),
        (b"e30....", "alg"),
        (b"%%%%....", "alg"),
        (b"W10....", "alg"),
        (with_header(alg="none"), 'says alg: "none"'),
        (with_header(alg="dir"), 'says alg: "dir"'),
        (with_header(alg=["ECDH-ES"]), "says alg"),
        (with_header(enc="A128CBC-HS256"), 'says enc: "A128CBC-HS256"'),
        (sealed(zip="DEF"), "packed"),
        (with_header(crit=["exp"]), 'does not write "crit"'),
        (
            sealed(key=OTHER),
            f'{OTHER["kid"]}", which is not in this vault (perhaps in one of another year); the keys here are:',
        ),
        (with_header(kid=None), '"None", which is not in this vault'),
        (with_header(kid=["x"]), "which is not in this vault"),
        (with_header(), "cut off"),
        (with_header(epk={"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}), "cut off"),
        (with_header(epk={"kty": "EC", "crv": "P-384", "x": 5}), "cut off"),
        (with_header(epk="x"), "cut off"),
        (with_header(kid="x" * 2_000), "alg"),
        (sealed(key={**OTHER, "kid": PAIR["kid"]}), "cut off"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    plain, fault = opened(content, KEYS)
    assert plain == b""
    assert words in fault
    assert "\n" not in fault
    assert PAIR["d"] not in fault


def test_without_a_key_it_says_how_to_make_one() -> None:
    assert "which has none: partners nominations key" in opened(sealed(), {})[1]


@given(st.binary(max_size=400) | st.integers(0, len(sealed()) - 1).map(lambda n: sealed()[:n] + b"~" + sealed()[n:]))
def test_no_bytes_make_it_stumble(content: bytes) -> None:
    plain, fault = opened(content, KEYS)
    assert not plain
    assert fault


@given(st.recursive(st.text(max_size=9) | st.integers() | st.none(), lambda below: st.lists(below, max_size=3)))
def test_no_sender_of_a_key_makes_it_stumble(value: object) -> None:
    for epk in (value, {"kty": "EC", "crv": "P-256", "x": value, "y": value}):
        assert opened(with_header(epk=epk), KEYS)[1]


@pytest.mark.parametrize("make", [office, sealed_office], ids=["plain", "sealed"])
def test_a_key_lives_in_the_vault_and_the_older_one_still_opens(make: Any, tmp_path: Path) -> None:
    here: Office = make(tmp_path)
    first, second = (here.do(lambda season: made(by="cory")) for _ in range(2))
    assert names_of_keys(here.vault()) == (first["kid"], second["kid"]) == tuple(keys_of(here.vault()))
    for number, key in enumerate((first, second)):
        found = come(tmp_path, sealed(FORM.replace("Partner 1", f"Partner {number}"), key=key), here)
        assert (found.fault, found.came_by) == ("", "form")
        assert found.data["organization"] == f"Partner {number}"
        assert here.take(found)[0].verdict == "taken"
    files = list((here.folder / "keys").iterdir())
    assert len(files) == 2
    assert not any(map(is_open, files))
    content = b"".join(path.read_bytes() for path in here.folder.rglob("*") if path.is_file())
    assert (first["d"].encode() in content) == (here.identity is None)
    assert list(findings(here.vault())) == []


def test_a_key_that_was_changed_by_hand_opens_nothing(tmp_path: Path) -> None:
    here = office(tmp_path)
    key = here.do(lambda season: made(by="cory"))
    path = here.folder / key_path(key["kid"])
    path.write_text(path.read_text("utf-8").replace(key["d"], OTHER["d"]), "utf-8")
    with pytest.raises(SetupError, match="not as the ledger says"):
        come(tmp_path, sealed(key=key), here)
    assert any(key_path(key["kid"]) in sentence for sentence in findings(here.vault()))


def test_one_spoiled_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    here = office(tmp_path)
    key = here.do(lambda season: made(by="cory"))
    bad, good = come(tmp_path, sealed(key=key)[:-5], here), come(tmp_path, sealed(key=key), here)
    assert bad.place == "nomination-2027-02-10.jwe"
    assert [each.verdict for each in here.take(bad, good)] == ["refused", "taken"]


def test_what_is_sealed_is_judged_like_any_form(tmp_path: Path) -> None:
    here = office(tmp_path)
    key = here.do(lambda season: made(by="cory"))
    found = come(tmp_path, sealed(serialize({"form": "nomination", "what": "x"}), key=key), here)
    assert "organization" in found.fault or "missing-field" in found.fault
    assert come(tmp_path, sealed(b"\xff\xfe{[", key=key), here).fault


def test_a_sealed_file_is_taken_from_the_e_mail_it_is_attached_to(tmp_path: Path) -> None:
    here = office(tmp_path)
    key = here.do(lambda season: made(by="cory"))
    mail = EmailMessage()
    mail["From"] = "Neighbor One <neighbor@example.org>"
    mail.set_content("The nomination is in the attached file: nomination-2027-02-10.jwe")
    mail.add_attachment(sealed(key=key), maintype="application", subtype="octet-stream", filename="nomination.jwe")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    (found,) = arrivals(tmp_path / "mail.eml", replace(desk(), keys=lambda: keys_of(here.vault())))
    assert (found.fault, found.came_by) == ("", "email")
    assert found.data == come(tmp_path, sealed(key=key), here).data


def test_a_phone_may_have_named_it_a_text(tmp_path: Path) -> None:
    here = office(tmp_path)
    key = here.do(lambda season: made(by="cory"))
    path = tmp_path / "nomination-2027-02-10.jwe.txt"
    path.write_bytes(sealed(key=key) + b"\r\n")
    (found,) = arrivals(path, replace(desk(), keys=lambda: keys_of(here.vault())))
    assert (found.fault, found.data["organization"]) == ("", "Partner 1")
