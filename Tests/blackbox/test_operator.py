"""What an operator reads when something is wrong, and that nothing is lost by it."""

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
