"""What of an agency's own sign-in is believed? Only what its provider signed, for us, for this way, just now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey

from sanctuary.gateways import single_sign_on
from sanctuary.gateways.single_sign_on import Identity, NotProved, Provider
from tests.support.access.provider import CLIENT, SECRET, FakeProvider, provider

BACK = "https://sanctuary.example/sign-in/from/council"
WHO = {"sub": "1234", "email": "Robin@Agency.example", "email_verified": True, "amr": ["pwd", "mfa"]}


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    with provider() as made:
        made.who = dict(WHO)
        yield made


def there_and_back(fake: FakeProvider, **changed: Any) -> Identity:
    """Who comes back, where what this installation kept or has is `changed`."""
    arranged = Provider(issuer=fake.issuer, client_id=CLIENT, secret=changed.pop("secret", SECRET))
    way = single_sign_on.begin(arranged, BACK)
    came = {name: values[0] for name, values in parse_qs(urlsplit(fake.comes_back(way.address)).query).items()}
    assert came["state"] == way.state
    kept = {"code": came["code"], "nonce": way.nonce, "verifier": way.verifier, **changed}
    return single_sign_on.finish(arranged, BACK, **kept)


def test_who_the_provider_signed_for_is_believed(fake: FakeProvider) -> None:
    assert there_and_back(fake) == Identity(subject="1234", email="robin@agency.example", strong=True)


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "mfa", [["mfa"]], {"mfa": True}])
def test_a_password_alone_is_not_called_strong(fake: FakeProvider, amr: object) -> None:
    fake.who["amr"] = amr
    assert not there_and_back(fake).strong


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_that_nobody_checked_is_nobodys(fake: FakeProvider, verified: object) -> None:
    fake.who["email_verified"] = verified
    assert there_and_back(fake).email == ""


LIES: list[dict[str, Any]] = [
    {"iss": "https://another.example"},
    {"iss": None},
    {"aud": "another"},
    {"aud": [CLIENT, "another"]},
    {"aud": None},
    {"nonce": "another"},
    {"nonce": None},
    {"sub": None},
    {"sub": 7},
    {"exp": 1},
    {"exp": None},
    {"iat": None},
    {"nbf": 4_102_444_800},  # the year 2100, however long it takes to come here
]


@pytest.mark.parametrize("claims", LIES, ids=lambda claims: "-".join(f"{k}={v}" for k, v in claims.items()))
def test_a_token_for_another_way_or_time_proves_nothing(fake: FakeProvider, claims: dict[str, Any]) -> None:
    fake.claims = claims
    with pytest.raises(NotProved):
        there_and_back(fake)


def test_a_token_for_two_says_which_of_them_asked(fake: FakeProvider) -> None:
    fake.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert there_and_back(fake).subject == "1234"


def test_another_key_proves_nothing(fake: FakeProvider) -> None:
    fake.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    with pytest.raises(NotProved):
        there_and_back(fake)


@pytest.mark.parametrize("changed", [{"code": "guessed"}, {"verifier": "x" * 64}, {"nonce": "x"}, {"secret": "x"}])
def test_what_belongs_to_another_way_proves_nothing(fake: FakeProvider, changed: dict[str, str]) -> None:
    with pytest.raises(NotProved):
        there_and_back(fake, **changed)


def test_a_provider_that_calls_itself_something_else_is_another(fake: FakeProvider) -> None:
    fake.described_as = "https://another.example"
    with pytest.raises(NotProved):
        there_and_back(fake)


def test_a_provider_that_is_away_proves_nothing() -> None:
    with provider() as fake:
        gone = Provider(issuer=fake.issuer, client_id=CLIENT, secret=SECRET)
    with pytest.raises(NotProved):
        single_sign_on.begin(gone, BACK)


DESCRIPTION = "/.well-known/openid-configuration"


def test_a_provider_is_asked_once_who_it_is_and_each_time_for_its_keys(fake: FakeProvider) -> None:
    for _ in range(3):
        there_and_back(fake)
    assert fake.asked.count(DESCRIPTION) == 1
    assert fake.asked.count("/keys") == fake.asked.count("/token") == 3


def test_that_a_provider_fails_is_remembered_until_somebody_arranges_it(fake: FakeProvider) -> None:
    arranged = Provider(issuer=fake.issuer, client_id=CLIENT, secret=SECRET)
    fake.described_as = "https://another.example"
    for _ in range(5):
        with pytest.raises(NotProved):
            single_sign_on.begin(arranged, BACK)
    assert fake.asked == [DESCRIPTION]
    fake.described_as = ""
    single_sign_on.reach(arranged)
    assert single_sign_on.begin(arranged, BACK).address.startswith(f"{fake.issuer}/authorize")
    assert fake.asked == [DESCRIPTION] * 2


def test_arranging_asks_whether_the_provider_is_there_now(fake: FakeProvider) -> None:
    arranged = Provider(issuer=fake.issuer, client_id=CLIENT, secret=SECRET)
    single_sign_on.reach(arranged)
    fake.described_as = "https://another.example"
    single_sign_on.begin(arranged, BACK)
    with pytest.raises(NotProved):
        single_sign_on.reach(arranged)


@pytest.mark.parametrize(
    ("issuer", "development", "production"),
    [
        ("https://login.agency.example", True, True),
        ("https://login.agency.example/tenant/v2.0", True, True),
        ("http://login.agency.example", False, False),
        ("http://127.0.0.1:9000", True, False),
        ("https://", False, False),
        ("https://login.agency.example/?a=b", False, False),
        ("file:///etc/passwd", False, False),
        ("", False, False),
    ],
)
def test_where_a_provider_may_be(issuer: str, development: bool, production: bool) -> None:
    assert single_sign_on.may_be_issuer(issuer, in_production=False) is development
    assert single_sign_on.may_be_issuer(issuer, in_production=True) is production
