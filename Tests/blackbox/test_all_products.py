"""Five products from one server process and one database, each with its own hosts, looks and tokens."""

from collections.abc import Iterator

import pytest
import requests

from harness.world import OPERATOR, VendorWorld

PRODUCTS = {
    "skytells": {"console": "console.skytells.ai"},
    "videosdk": {"api": "api.videosdk.live", "dashboard": "app.videosdk.live"},
    "cldkctl": {"portal": "ai.cloudeka.id"},
    "podstack": {"api": "api.podstack.ai", "dashboard": "cloud.podstack.ai", "get": "get.podstack.ai"},
    "pipecat": {"api": "api.pipecat.daily.co", "dashboard": "pipecat.daily.co"},
}
# Where people of a product open its pages, and what those call it.
PAGES = {
    "console.skytells.ai": "Skytells", "app.videosdk.live": "VideoSDK", "ai.cloudeka.id": "Cloudeka",
    "cloud.podstack.ai": "Podstack", "pipecat.daily.co": "Pipecat",
}
# A call of each product's API that wants a token: host, path, and the header's form.
CALLS = {
    "skytells": ("console.skytells.ai", "/api/v1/cli/projects", "Bearer {}"),
    "videosdk": ("api.videosdk.live", "/ai/v1/cloud/registry/me", "{}"),
    "cldkctl": ("ai.cloudeka.id", "/core/user/profile", "Bearer {}"),
    "podstack": ("api.podstack.ai", "/v1/projects", "Bearer {}"),
    "pipecat": ("api.pipecat.daily.co", "/v1/organizations", "Bearer {}"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendorWorld]:
    """All five at once."""
    others = {name: roles for name, roles in PRODUCTS.items() if name != "skytells"}
    made = VendorWorld(tmp_path_factory.mktemp("five"), "skytells", PRODUCTS["skytells"], {}, others)
    yield made
    made.close()


def call(world: VendorWorld, host: str, path: str, **headers: str) -> requests.Response:
    """A request to one of the server's hosts, past the TLS in front of it."""
    return requests.get(
        f"http://127.0.0.1:{world.server.inner_port}{path}", headers={"Host": host} | headers, timeout=30,
        allow_redirects=False,
    )


def test_each_product_s_pages_wear_its_name_and_nobody_else_s(world: VendorWorld) -> None:
    for host, name in PAGES.items():
        page = call(world, host, "/sign-in").text
        assert name in page
        for other in PAGES.values():
            assert other == name or other not in page, (host, other)
    operators = call(world, OPERATOR, "/sign-in").text
    assert not any(name in operators for name in PAGES.values())


def test_an_account_is_the_same_on_all_of_them_and_a_browser_s_sign_in_is_not(world: VendorWorld) -> None:
    ada = world.add_account("ada")
    browser = world.browser()
    for host in PAGES:
        browser.open(f"https://{host}/device")
        browser.sign_in(ada)  # cookies are bound to one host
        assert not browser.has_field("Password")
        # A product whose terminal shows no code is not asked for one.
        browser.open(f"https://{host}/")
        assert ("Enter a code" in browser.text) == (PAGES[host] in ("Skytells", "Podstack")), host


def test_a_token_of_one_product_is_no_good_for_another(world: VendorWorld) -> None:
    grace = world.add_account("grace")
    browser = world.browser()
    login = world.machine.start("skytells", "login")
    code = login.read_until(lambda screen: screen.partition("device code is: ")[2][:9].strip())
    browser.open("https://console.skytells.ai/device")
    browser.sign_in(grace)
    browser.enter_code(code)
    browser.approve()
    assert login.end().code == 0
    token = (world.machine.home / ".config/skytells/credentials.json").read_text().split('"token": "')[1].split('"')[0]
    for product, (host, path, form) in CALLS.items():
        reply = call(world, host, path, Authorization=form.format(token))
        assert (reply.status_code == 200) == (product == "skytells"), (product, reply.status_code)
        assert reply.status_code in (200, 401, 403), (product, reply.status_code)


def test_a_host_answers_for_its_own_product_only(world: VendorWorld) -> None:
    for product, (_, path, _) in CALLS.items():
        for other, (host, _, _) in CALLS.items():
            status = call(world, host, path).status_code
            assert status == 404 if other != product else status in (401, 403), (path, host, status)
        assert call(world, OPERATOR, path).status_code == 404


def test_a_host_that_nobody_named_gets_the_operator_s_pages_and_is_not_repeated(world: VendorWorld) -> None:
    reply = call(world, "evil.example", "/")
    assert "evil.example" not in reply.text + str(reply.headers)
    metadata = call(world, "evil.example", "/.well-known/openid-configuration").json()
    assert metadata["issuer"] == f"https://{OPERATOR}"
