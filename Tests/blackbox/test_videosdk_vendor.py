"""The vendor's own client against our server, and one file under both clients."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import Machine
from harness.server import Account
from harness.terminal import Terminal
from harness.vendors import vendor_program
from harness.videosdk import call, content_of, decide, file_of, link_on, me, new_token, new_world, write_file
from harness.world import VendorWorld

OTHER_KEYS = {
    "user_id": "u-1", "username": "ada", "selected_project_name": "Lab", "selected_project_api_key": "key",
    "auth_token": "older", "later": {"list": [1, 2.5, None, "é"]},
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendorWorld]:
    """The vendor's hosts, where the operator lets clients in that send no challenge."""
    one = new_world(tmp_path_factory.mktemp("world"), requires_challenge="false")
    yield one
    one.close()


@pytest.fixture
def machine(world: VendorWorld, tmp_path: Path) -> Machine:
    """A machine of the test's own in the world; the vendor's client dies without ~/.config."""
    one = world.new_machine(tmp_path / "home")
    (one.home / ".config").mkdir()
    return one


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """Ada's account."""
    return world.ada


def theirs() -> Path:
    """The vendor's client."""
    return vendor_program("videosdk", "videosdk")


def log_in_with_theirs(world: VendorWorld, machine: Machine, account: Account) -> str:
    """A login by the vendor's client on a terminal; returns its token."""
    # It indents the link, and calls a browser opened that it could not open.
    screen = Terminal(machine.command(theirs(), "auth", "login"), machine.environment, columns=140)
    link = screen.wait_for(lambda text: next((word for word in text.split() if "requestId=" in word), None))
    page = decide(world.visitor(), link, account)
    assert "signed in" in page.text
    ended = screen.end()
    assert ended.code == 0 and "✓ Successfully authenticated!" in ended.output, ended.output
    return content_of(machine)["VIDEOSDK_AUTH_TOKEN"]


def test_the_vendors_client_signs_in_asks_who_it_is_and_signs_out(
    world: VendorWorld, machine: Machine, ada: Account
) -> None:
    token = log_in_with_theirs(world, machine, ada)
    assert me(world, token).status_code == 200
    ended = machine.run(theirs(), "auth", "whoami")
    assert ended.code == 0
    for name, value in (("Name", "ada"), ("Email", "ada@example.org"), ("Tier", "Pro")):
        assert f"{name}: {value}" in ended.output, ended.output

    # Ours goes on with what theirs left: readable by all, which is repaired with a word.
    assert machine.mode(file_of(machine)) == "0644"
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 0 and ended.output.endswith("  Tier: Pro\n")
    assert ended.errors.startswith("Warning: ") and "config.json" in ended.errors
    assert machine.mode(file_of(machine)) == "0600"
    assert machine.run("videosdk", "auth", "whoami").errors == ""

    ended = machine.run(theirs(), "auth", "logout")
    assert ended.code == 0 and "✓ Successfully logged out" in ended.output
    assert machine.run("videosdk", "auth", "whoami").code == 4
    # Theirs only forgets; ours ends what it minted itself.
    assert me(world, token).status_code == 200


def test_the_vendors_client_uses_the_file_that_ours_wrote(world: VendorWorld, machine: Machine, ada: Account) -> None:
    login = machine.start("videosdk", "auth", "login")
    decide(world.visitor(), link_on(login), ada)
    assert login.end().code == 0
    ended = machine.run(theirs(), "auth", "whoami")
    assert ended.code == 0 and "Name: ada" in ended.output
    token = content_of(machine)["VIDEOSDK_AUTH_TOKEN"]
    assert machine.run("videosdk", "auth", "logout").code == 0
    assert me(world, token).status_code == 401
    ended = machine.run(theirs(), "auth", "whoami")
    assert ended.code == 0 and "Not logged in" in ended.output


def test_the_vendors_client_stops_at_a_denial(world: VendorWorld, machine: Machine, ada: Account) -> None:
    screen = Terminal(machine.command(theirs(), "auth", "login"), machine.environment, columns=140)
    link = screen.wait_for(lambda text: next((word for word in text.split() if "requestId=" in word), None))
    decide(world.visitor(), link, ada, "Deny")
    ended = screen.end()
    assert ended.code == 1 and "Error: Authentication failed: Please try again" in ended.output


def test_the_vendors_client_says_that_a_dead_token_is_dead(world: VendorWorld, machine: Machine, ada: Account) -> None:
    token = new_token(world, world.visitor(), ada)
    write_file(machine, {"VIDEOSDK_AUTH_TOKEN": token})
    call(world, "POST", "/oauth/revoke", data={"token": token, "client_id": "videosdk-cli"})
    ended = machine.run(theirs(), "auth", "whoami")
    assert ended.code == 1 and "Please check your VIDEOSDK_AUTH_TOKEN." in ended.errors
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 4 and "Please check your VIDEOSDK_AUTH_TOKEN." in ended.errors


def test_a_server_that_demands_the_challenge_refuses_the_vendors_client(tmp_path: Path) -> None:
    world = new_world(tmp_path / "strict")
    try:
        (world.machine.home / ".config").mkdir()
        ended = world.machine.run(theirs(), "auth", "login")
        assert ended.code == 1 and "Error: Authentication failed: Please try again" in ended.errors
        reply = call(world, "POST", "/v2/cli/request/start")
        assert reply.status_code == 400 and "challenge" in reply.json()["error_description"]
        # The operator changes their mind: the settings count from the next start on.
        settings = tmp_path / "strict/keyfob.yaml"
        settings.write_text(settings.read_text().replace("    hosts:", "    requires_challenge: false\n    hosts:"))
        world.server.restart()
        assert call(world, "POST", "/v2/cli/request/start").status_code == 200
    finally:
        world.close()


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o666])
def test_an_existing_file_survives_login_and_logout(
    world: VendorWorld, machine: Machine, ada: Account, mode: int
) -> None:
    old = new_token(world, world.visitor(), ada)
    text = json.dumps(OTHER_KEYS | {"VIDEOSDK_AUTH_TOKEN": old}, indent=2).replace("2.5", "2.50")
    file = write_file(machine, text, mode)
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 0 and ended.output.endswith("  Tier: Pro\n")
    assert (ended.errors == "") == (mode == 0o600)
    assert machine.mode(file) == "0600"
    assert file.read_text() == text  # to look at it changes nothing of it
    if mode == 0o600:
        login = machine.start("videosdk", "auth", "login")
        decide(world.visitor(), link_on(login), ada)
        assert login.end().code == 0
        content = content_of(machine)
        assert content["VIDEOSDK_AUTH_TOKEN"] not in (None, old)
        assert {name: content[name] for name in OTHER_KEYS} == OTHER_KEYS
        assert "2.50" in file.read_text()  # as it was written, not as it was understood
    assert machine.run("videosdk", "auth", "logout").code == 0
    content = content_of(machine)
    assert content["VIDEOSDK_AUTH_TOKEN"] is None
    assert {name: content[name] for name in OTHER_KEYS} == OTHER_KEYS
    # The vendor's client minted it, or somebody wrote it there: it is other programs' too.
    assert me(world, old).status_code == 200


def test_a_token_that_no_login_of_ours_minted_is_forgotten_and_not_ended(
    world: VendorWorld, machine: Machine, ada: Account
) -> None:
    token = new_token(world, world.visitor(), ada)
    write_file(machine, {"VIDEOSDK_AUTH_TOKEN": token})
    ended = machine.run("videosdk", "auth", "logout")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.splitlines()[-2:] == [
        "✓ Successfully logged out", "ℹ The token was not made by a login here, so it was not revoked"]
    assert me(world, token).status_code == 200


def test_a_link_to_dotfiles_stays_a_link(world: VendorWorld, machine: Machine, ada: Account) -> None:
    token = new_token(world, world.visitor(), ada)
    dotfiles = machine.home / "dotfiles"
    dotfiles.mkdir()
    target = dotfiles / "videosdk.json"
    target.write_text(json.dumps(OTHER_KEYS | {"VIDEOSDK_AUTH_TOKEN": token, "origin": "login"}))
    target.chmod(0o600)
    file_of(machine).parent.mkdir(parents=True)
    file_of(machine).symlink_to(target)
    assert machine.run("videosdk", "auth", "whoami").code == 0
    assert machine.run("videosdk", "auth", "logout").code == 0
    assert file_of(machine).is_symlink()
    content = json.loads(target.read_text())
    assert content["VIDEOSDK_AUTH_TOKEN"] is None and content["later"] == OTHER_KEYS["later"]
    assert machine.mode(target) == "0600"
    assert me(world, token).status_code == 401


@pytest.mark.parametrize("text", ["{}", '{"VIDEOSDK_AUTH_TOKEN": null}', '{"VIDEOSDK_AUTH_TOKEN": ""}'])
def test_a_file_without_a_token_is_that_of_somebody_who_is_not_logged_in(machine: Machine, text: str) -> None:
    file = write_file(machine, text)
    ended = machine.run("videosdk", "auth", "whoami")
    assert (ended.code, ended.errors) == (4, "Error: Not logged in. Run `videosdk auth login`.\n")
    assert machine.run("videosdk", "auth", "logout").code == 0
    assert file.read_text() == text


@pytest.mark.parametrize("text", ['{"VIDEOSDK_AUTH_TOKEN": "a', "[]", "not json", "  \n", "\0\0\0\0", '{"VIDEOSDK_AUTH_TOKEN": 7}'])
def test_a_malformed_file_is_kept_aside_and_never_overwritten(
    world: VendorWorld, machine: Machine, ada: Account, text: str
) -> None:
    file = write_file(machine, text)
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 1 and ended.errors.startswith("Error: ") and "config.json" in ended.errors
    assert file.read_text() == text
    ended = machine.run("videosdk", "auth", "logout")
    assert ended.code == 0 and ended.errors.startswith("Warning: ")
    aside = [path for path in file.parent.iterdir() if path.name.startswith("config.json.")]
    assert [path.read_text() for path in aside if path.read_text()] == [text]
    assert all(machine.mode(path) == "0600" for path in aside)
    assert machine.run("videosdk", "auth", "whoami").code == 4


def test_a_login_over_a_malformed_file_keeps_it_aside(world: VendorWorld, machine: Machine, ada: Account) -> None:
    write_file(machine, "not json")
    login = machine.start("videosdk", "auth", "login")
    decide(world.visitor(), link_on(login), ada)
    ended = login.end()
    assert ended.code == 0 and "Warning: " in ended.output and "~/.config/videosdk_config/config.json" in ended.output
    assert set(content_of(machine)) == {"VIDEOSDK_AUTH_TOKEN", "origin"}


def test_without_a_home_there_is_no_place_for_a_token(machine: Machine) -> None:
    environment = {name: value for name, value in machine.environment.items() if name not in ("HOME", "XDG_CONFIG_HOME")}
    machine.environment = environment
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 1 and "HOME is not set" in ended.errors


def test_the_place_follows_xdg_config_home(world: VendorWorld, machine: Machine, ada: Account) -> None:
    token = new_token(world, world.visitor(), ada)
    folder = machine.home / "elsewhere/videosdk_config"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "config.json").write_text(json.dumps({"VIDEOSDK_AUTH_TOKEN": token}))
    (folder / "config.json").chmod(0o600)
    there = {"XDG_CONFIG_HOME": str(machine.home / "elsewhere")}
    assert machine.run("videosdk", "auth", "whoami", **there).code == 0
    assert machine.run("videosdk", "auth", "whoami").code == 4
    assert "Name: ada" in machine.run(theirs(), "auth", "whoami", **there).output


@pytest.mark.parametrize("kind", ["garbage", "hs256", "other", "revoked", "disabled"])
def test_a_token_that_is_not_good_is_exit_code_4(
    world: VendorWorld, machine: Machine, ada: Account, kind: str
) -> None:
    token = {
        "garbage": lambda: "not-a-token", "other": lambda: "sk_pat_" + "0" * 64,
        "hs256": lambda: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhcGlrZXkiOiJrIn0.c2ln",
        "revoked": lambda: new_token(world, world.visitor(), ada),
        "disabled": lambda: new_token(world, world.visitor(), world.add_account("bob")),
    }[kind]()
    if kind == "revoked":
        call(world, "POST", "/oauth/revoke", data={"token": token, "client_id": "videosdk-cli"})
    if kind == "disabled":
        assert me(world, token).status_code == 200
        world.server.operate("user", "disable", "bob")
    before = write_file(machine, {"VIDEOSDK_AUTH_TOKEN": token, "origin": "login"}).read_bytes()
    ended = machine.run("videosdk", "auth", "whoami")
    assert ended.code == 4
    assert ended.errors.splitlines()[0] == (
        "Error: Failed to fetch user: Authentication failed. Please check your VIDEOSDK_AUTH_TOKEN.")
    assert token not in ended.output + ended.errors
    assert file_of(machine).read_bytes() == before
