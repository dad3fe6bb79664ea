"""What an operator reads when something is wrong, and that nothing is lost by it."""

import json
import os
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from harness.server import Account, TestServer, free_port, program
from test_exactly_once import signed_in


def operator(*arguments: str, text: str = "", as_user: int | None = None) -> subprocess.CompletedProcess:
    command = [str(program("keyfob-server")), *arguments]
    if as_user is not None:
        command = ["setpriv", f"--reuid={as_user}", f"--regid={as_user}", "--clear-groups", *command]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)


def errors(result: subprocess.CompletedProcess) -> list[str]:
    """The lines that a person reads; logs are JSON and are not among them."""
    return [line for line in result.stderr.splitlines() if not line.startswith("{")]


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database = tmp_path / "keyfob.db"
    database.write_text("my diary, not a database\n" * 100)
    before = database.read_bytes()
    result = operator("serve", "--data", str(tmp_path), "--listen", f"127.0.0.1:{free_port()}")
    assert result.returncode == 1
    assert errors(result)[0].startswith("error: ")
    assert "keyfob.db" in errors(result)[0] and "not a database" in errors(result)[0]
    assert database.read_bytes() == before


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = operator("serve", "--data", str(tmp_path / "data"), "--listen", f"127.0.0.1:{port}")
    assert result.returncode == 1
    assert errors(result) == [
        f"error: the port {port} is taken",
        "hint: stop what uses it, or choose another with --listen",
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_a_folder_without_write_permission_is_named(tmp_path: Path) -> None:
    # A copy that everyone may run: the project's folder may be closed to others.
    shared = Path("/tmp") / f"keyfob-test-{os.getpid()}"
    shared.mkdir(mode=0o755)
    try:
        copy = shutil.copy(program("keyfob-server"), shared)
        folder = shared / "data"
        folder.mkdir(mode=0o555)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy]
        result = subprocess.run(
            [*command, "migrate", "--data", str(folder)], capture_output=True, text=True, timeout=60, check=False
        )
        assert result.returncode == 1
        assert str(folder) in errors(result)[0]
        assert list(folder.iterdir()) == []
    finally:
        shutil.rmtree(shared)


def test_a_root_key_that_belongs_to_another_database_is_refused(server: TestServer, tmp_path: Path) -> None:
    server.stop()
    other = TestServer(tmp_path / "other/data")
    other.prepare()
    other.start()
    other.stop()
    (server.folder / "root.key").write_bytes((other.folder / "root.key").read_bytes())
    result = operator("serve", "--data", str(server.folder), "--listen", f"127.0.0.1:{free_port()}")
    assert result.returncode == 1
    assert "root key does not open the signing keys" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "--listen", "nowhere"], "nowhere is not an address to listen on"),
        (["serve", "--issuer", "http://example.com"], "http://example.com can't be the issuer"),
        (["serve", "--issuer", "https://example.com/auth"], "can't be the issuer"),
        (["serve", "--dialect", "klingon"], "there is no dialect klingon"),
        (["serve", "--log-level", "loud"], "loud is not a log level"),
        (["user", "add", "no spaces", "--password-stdin"], "a username has 1 to 64 letters"),
        (["client", "add", "x", "--name", "X", "--redirect-uri", "http://evil.example/"], "is not a redirect URI"),
        (["client", "add", "x", "--name", "X", "--grant", "password"], "password is not a grant"),
        (["user", "disable", "nobody"], "there is no account named nobody"),
        (["token", "list", "nobody"], "there is no account named nobody"),
        (["token", "revoke", "nothing"], "there is no such token"),
        (["organization", "add", "Acme", "--slug", "Acme"], "a slug has 1 to 63 lower-case letters"),
        (["organization", "add", "Token"], "a slug has 1 to 63 lower-case letters"),
        (["organization", "add-member", "acme", "ada"], "there is no such organization"),
        (["organization", "set-secret", "acme", "daily"], "there is no such organization"),
        (["project", "add", "acme", "Web"], "there is no such organization"),
        (["project", "key", "add", "web", "--name", "CI"], "there is no such project"),
        (["project", "key", "add", "web", "--name", "CI", "--dialect", "klingon"], "no dialect klingon with project"),
    ],
)
def test_wrong_input_is_explained(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = operator(*arguments, "--data", str(tmp_path / "data"), text="a long password\n")
    assert result.returncode == 1
    assert errors(result)[0].startswith("error: ")
    assert said in errors(result)[0]


def test_a_password_that_is_too_short_and_a_name_that_is_taken_are_refused(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    short = operator("user", "add", "ada", "--password-stdin", "--data", data, text="short\n")
    assert short.returncode == 1 and "at least 8 characters" in short.stderr
    assert operator("user", "add", "ada", "--password-stdin", "--data", data, text="long enough\n").returncode == 0
    again = operator("user", "add", "ADA", "--password-stdin", "--data", data, text="long enough\n")
    assert again.returncode == 1
    assert errors(again) == ["error: an account named ada exists already"]


def test_what_the_server_writes_is_private_and_logs_hold_no_secret(server: TestServer, account: Account) -> None:
    signed_in(server, account)
    os.kill(server.pid, 0)
    for path in [server.folder, *server.folder.iterdir()]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, f"{path.name} is open to others: {mode:o}"
    assert account.password not in server.log


def test_accounts_and_sign_ins_survive_a_kill(server: TestServer, account: Account) -> None:
    visitor = signed_in(server, account)
    server.kill()
    server.start()
    assert account.name in visitor.open(server.address + "/").text


def test_a_second_migration_changes_nothing(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    first = operator("migrate", "--data", data)
    assert first.returncode == 0 and "0001-" in first.stdout
    assert operator("migrate", "--data", data).stdout == "The tables are up to date.\n"


def in_json(data: str, *arguments: str) -> dict | list:
    """What a command that must succeed prints with --json."""
    result = operator(*arguments, "--json", "--data", data)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def organization(tmp_path: Path) -> str:
    """A data folder with ada, bob, and ada's organization acme."""
    data = str(tmp_path / "data")
    for name in ("ada", "bob"):
        added = operator("user", "add", name, "--password-stdin", "--data", data, text="a long password\n")
        assert added.returncode == 0, added.stderr
    assert in_json(data, "organization", "add", "Acme Inc", "--slug", "acme", "--owner", "ada")["slug"] == "acme"
    return data


def test_an_organization_its_people_and_what_is_noted_about_them(organization: str) -> None:
    data = organization
    taken = operator("organization", "add", "Other", "--slug", "acme", "--data", data)
    assert errors(taken) == ["error: an organization with the slug acme exists already"]
    assert in_json(data, "organization", "add-member", "acme", "bob", "--role", "admin")["role"] == "admin"
    assert in_json(data, "organization", "add-member", "acme", "bob")["role"] == "member"
    members = in_json(data, "organization", "members", "acme")
    assert [(one["username"], one["role"]) for one in members] == [("ada", "owner"), ("bob", "member")]
    assert operator("organization", "remove-member", "acme", "bob", "--data", data).returncode == 0
    assert [one["username"] for one in in_json(data, "organization", "members", "acme")] == ["ada"]
    assert operator("organization", "set-attribute", "acme", "plan", "Team", "--data", data).returncode == 0
    assert in_json(data, "organization", "list")[0]["attributes"] == {"plan": "Team"}
    assert operator("user", "set-attribute", "ada", "tier", "Pro", "--data", data).returncode == 0
    assert [one["attributes"] for one in in_json(data, "user", "list")] == [{"tier": "Pro"}, {}]
    assert operator("user", "set-attribute", "ada", "tier", "--data", data).returncode != 0
    assert operator("user", "set-attribute", "ada", "tier", "--remove", "--data", data).returncode == 0
    assert in_json(data, "user", "list")[0]["attributes"] == {}


def test_an_organizations_secret_is_in_no_file_and_no_output(organization: str) -> None:
    secret = "daily-0123456789abcdef"
    done = operator("organization", "set-secret", "acme", "daily", "--data", organization, text=secret + "\n")
    assert (done.returncode, done.stdout) == (0, "Set daily of acme.\n")
    assert secret not in done.stderr
    for file in Path(organization).iterdir():
        assert secret.encode() not in file.read_bytes()
    empty = operator("organization", "set-secret", "acme", "daily", "--data", organization, text="\n")
    assert errors(empty)[0] == "error: there is no secret on standard input"
    assert operator("organization", "set-secret", "acme", "daily", "--remove", "--data", organization).returncode == 0


def test_a_project_key_is_printed_once_and_revoked(organization: str) -> None:
    data = organization
    first = in_json(data, "project", "add", "acme", "Web Shop", "--description", "Sells things")
    second = in_json(data, "project", "add", "acme", "Web Shop")
    assert [first["slug"], second["slug"]] == ["web-shop", "web-shop-2"]
    assert in_json(data, "project", "list", "--organization", "acme") == [first, second]
    made = in_json(
        data, "project", "key", "add", "acme/web-shop", "--name", "CI", "--dialect", "skytells", "--scope", "admin"
    )
    assert made["key"].startswith(made["start"]) and len(made["key"]) == 48
    assert made["scopes"] == ["admin"]
    listed = operator("project", "key", "list", first["id"], "--data", data).stdout
    assert made["id"] in listed and made["start"] in listed and made["key"] not in listed
    for file in Path(data).iterdir():
        assert made["key"].encode() not in file.read_bytes()
    elsewhere = operator("project", "key", "revoke", "web-shop-2", made["id"], "--data", data)
    assert errors(elsewhere) == ["error: there is no such key"]
    assert "revoked_at" not in in_json(data, "project", "key", "list", "web-shop")[0]
    for _ in range(2):
        assert operator("project", "key", "revoke", "web-shop", made["id"], "--data", data).returncode == 0
    assert "revoked_at" in in_json(data, "project", "key", "list", "web-shop")[0]


def test_a_disabled_person_is_turned_away_at_once_by_a_running_server(server: TestServer, account: Account) -> None:
    visitor = signed_in(server, account)
    data = str(server.folder)
    assert account.name in visitor.open(server.address + "/").text
    assert in_json(data, "user", "disable", account.name)["state"] == "disabled"
    assert account.name not in visitor.open(server.address + "/").text
    assert in_json(data, "user", "enable", account.name)["state"] == "active"
    assert account.name in visitor.open(server.address + "/").text
