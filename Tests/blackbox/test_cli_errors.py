"""`keyfob` when something is wrong: every error says what happened and what to do next, and nothing is lost."""

import http.server
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest

from harness.cli import Machine
from harness.journeys import credentials, sign_in
from harness.server import Account, TestServer, program
from harness.surroundings import wait_until
from harness.terminal import Terminal

OpenTerminal = Callable[..., Terminal]


class Impostor(http.server.BaseHTTPRequestHandler):
    """Answers everything with the server's `answer`."""

    def do_GET(self) -> None:
        kind, body = self.server.answer
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def impostor() -> Iterator[http.server.ThreadingHTTPServer]:
    """A web server that is no sign-in server; set its `answer`."""
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Impostor)
    running.address = f"http://127.0.0.1:{running.server_port}"
    running.answer = ("text/html", b"<!doctype html><title>Welcome</title>")
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


# The file


def test_the_file_is_private(signed_in: Machine) -> None:
    file = credentials(signed_in)
    assert signed_in.mode(file) == "0600"
    assert signed_in.mode(file.parent) == "0700"
    assert {signed_in.mode(path) for path in file.parent.iterdir()} == {"0600"}


def test_a_file_that_others_can_read_is_closed_with_a_warning(signed_in: Machine) -> None:
    file = credentials(signed_in)
    file.chmod(0o640)
    ended = signed_in.run("keyfob", "token")
    assert ended.code == 0 and ended.output.count("\n") == 1
    assert ended.errors.startswith("warning: ")
    assert signed_in.mode(file) == "0600"


def test_a_file_that_makes_no_sense_is_an_error_and_stays(signed_in: Machine) -> None:
    for content in ("{ half", "", "[]", '{"issuers": 7}'):
        credentials(signed_in).write_text(content)
        for verb in ("token", "whoami", "status"):
            ended = signed_in.run("keyfob", verb)
            assert (ended.code, ended.output) == (1, ""), (verb, content)
            assert "error: " in ended.errors and "credentials.json" in ended.errors
            assert "hint: " in ended.errors
        assert credentials(signed_in).read_text() == content


def test_a_login_sets_a_file_aside_that_makes_no_sense(
    server: TestServer, account: Account, machine: Machine
) -> None:
    file = credentials(machine)
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text("{ half")
    ended = sign_in(machine, server, account)
    assert "warning: " in ended.output and "credentials.json.corrupt-1" in ended.output
    aside = file.with_name("credentials.json.corrupt-1")
    assert aside.read_text() == "{ half"
    assert machine.mode(aside) == "0600"
    assert machine.run("keyfob", "whoami").code == 0


def test_a_logout_sets_a_file_aside_that_makes_no_sense(signed_in: Machine) -> None:
    file = credentials(signed_in)
    file.write_text("{ half")
    ended = signed_in.run("keyfob", "logout")
    assert ended.code == 0
    assert "credentials.json.corrupt-1" in ended.errors
    assert file.with_name("credentials.json.corrupt-1").read_text() == "{ half"
    assert signed_in.run("keyfob", "token").code == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(signed_in: Machine) -> None:
    os.chown(credentials(signed_in), 65534, 65534)
    ended = signed_in.run("keyfob", "token")
    assert (ended.code, ended.output) == (1, "")
    assert "error: " in ended.errors and "hint: " in ended.errors


# Issuers that are none


def test_an_unreachable_issuer_is_exit_code_6(machine: Machine) -> None:
    ended = machine.run("keyfob", "login", "http://127.0.0.1:1")
    assert (ended.code, ended.output) == (6, "")
    assert ended.errors.splitlines()[0] == "error: 127.0.0.1:1: nobody answers there (connection refused)"
    assert ended.errors.splitlines()[1].startswith("hint: ")
    ended = machine.run("keyfob", "login", "http://127.0.0.1:1", "--json")
    assert (ended.code, ended.output) == (6, "")
    assert json.loads(ended.errors)["error"]["code"] == "unreachable"


def test_an_issuer_that_calls_itself_otherwise_is_refused(machine: Machine, impostor) -> None:
    metadata = {
        "issuer": "https://elsewhere.example", "token_endpoint": impostor.address + "/token",
        "device_authorization_endpoint": impostor.address + "/device",
        "authorization_endpoint": impostor.address + "/authorize",
    }
    impostor.answer = ("application/json", json.dumps(metadata).encode())
    ended = machine.run("keyfob", "login", impostor.address)
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors.splitlines() == [
        f"error: the server at {impostor.address} calls itself https://elsewhere.example",
        "hint: check the address; a server must not speak for another issuer",
    ]


@pytest.mark.parametrize(
    "answer",
    [
        ("text/html", b"<!doctype html><title>Welcome</title>"), ("application/json", b"<!doctype html>"),
        ("application/json", b"{}"), ("application/json", b"[" * 5000), ("application/json", b""),
    ],
    ids=["page", "page-as-json", "empty-object", "deep", "nothing"],
)
def test_a_server_that_is_no_sign_in_server_is_said_to_be_none(machine: Machine, impostor, answer) -> None:
    impostor.answer = answer
    ended = machine.run("keyfob", "login", impostor.address)
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors.startswith(f"error: {impostor.address} is not a sign-in server")
    assert ended.errors.splitlines()[-1].startswith("hint: check the address")
    assert len(ended.errors) < 1000


def test_an_answer_without_end_is_not_read_to_its_end(machine: Machine, impostor) -> None:
    impostor.answer = ("application/json", b'{"issuer": "' + b"x" * 3_000_000 + b'"}')
    ended = machine.run("keyfob", "login", impostor.address)
    assert (ended.code, ended.output) == (1, "")
    assert "the answer is too large" in ended.errors.splitlines()[0]
    assert ended.errors.splitlines()[1].startswith("hint: ")


def test_plain_http_to_another_machine_is_refused(machine: Machine) -> None:
    ended = machine.run("keyfob", "login", "http://auth.example.com")
    assert ended.code == 2
    assert ended.errors.splitlines()[0] == "error: http://auth.example.com is not encrypted"


def test_a_client_that_the_server_does_not_know_is_named(server: TestServer, machine: Machine) -> None:
    ended = machine.run("keyfob", "login", server.address, "--device", "--client-id", "nobody")
    assert ended.code == 1
    assert "error: " in ended.errors and "client" in ended.errors


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["logn"], "there is no command 'logn'", "did you mean 'login'?"),
        (["statsu"], "there is no command 'statsu'", "did you mean 'status'?"),
        (["frobnicate"], "there is no command 'frobnicate'", "run 'keyfob --help'"),
        (["login"], "which server?", "keyfob login https://auth.example.com"),
        (["login", "not an address"], "is not the address of a sign-in server", "https://auth.example.com"),
        (["login", "--device", "--browser", "https://a.example"], "exclude each other", "keyfob login --help"),
        (["login", "https://a.example", "--timeout", "0"], "--timeout takes 1 to 86400", "keyfob login --help"),
        (["whoami", "--frob"], "unknown option '--frob'", "keyfob whoami --help"),
        (["token", "more", "words"], "more", "keyfob token --help"),
    ],
)
def test_wrong_usage_is_exit_code_2(machine: Machine, arguments: list[str], error: str, hint: str) -> None:
    ended = machine.run("keyfob", *arguments)
    assert (ended.code, ended.output) == (2, "")
    first, second = ended.errors.splitlines()
    assert first.startswith("error: ") and error in first
    assert second.startswith("hint: ") and hint in second
    assert not first.endswith(".")


def test_every_command_explains_itself(machine: Machine) -> None:
    for arguments in ([], ["--help"], ["help"], *([verb, "--help"] for verb in (
        "login", "whoami", "status", "token", "logout",
    ))):
        ended = machine.run("keyfob", *arguments)
        assert (ended.code, ended.errors) == (0, ""), arguments
        assert "USAGE: keyfob" in ended.output
    assert machine.run("keyfob", "--version").output == "keyfob 0.1.0\n"


# Surroundings


def test_a_token_in_the_environment_wins_and_is_said_to(server: TestServer, signed_in: Machine) -> None:
    stored = signed_in.run("keyfob", "token").output
    assert signed_in.run("keyfob", "token", KEYFOB_TOKEN="from-a-job").output == "from-a-job\n"
    ended = signed_in.run("keyfob", "whoami", "--explain", KEYFOB_TOKEN="from-a-job")
    assert ended.code == 0
    assert "1. the environment variable KEYFOB_TOKEN: used" in ended.output
    assert "there, but not used" in ended.output
    ended = signed_in.run("keyfob", "whoami", "--issuer", server.address, KEYFOB_TOKEN="from-a-job")
    assert ended.code == 4  # the server was asked about the token that applies
    assert signed_in.run("keyfob", "token", KEYFOB_TOKEN="").output == stored
    ended = signed_in.run("keyfob", "logout", KEYFOB_TOKEN="from-a-job")
    assert ended.code == 0
    assert "warning: KEYFOB_TOKEN is set" in ended.errors
    assert "from-a-job" not in ended.output + ended.errors


def test_a_login_says_that_the_environment_shadows_it(
    server: TestServer, account: Account, machine: Machine
) -> None:
    machine.environment["KEYFOB_TOKEN"] = "from-a-job"
    ended = sign_in(machine, server, account)
    assert "warning: KEYFOB_TOKEN is set and goes on being used instead of this login" in ended.output
    assert "from-a-job" not in credentials(machine).read_text()


def test_a_reader_that_has_gone_is_no_crash(signed_in: Machine) -> None:
    for verb in (["whoami"], ["status"], ["token"], ["--help"], ["whoami", "--json"]):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            result = subprocess.run(
                [program("keyfob"), *verb], env=signed_in.environment, stdout=gone, stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL, timeout=60, check=False,
            )
        assert result.returncode in (0, 1), (verb, result.stderr)


def test_standard_output_that_was_closed_is_no_crash(signed_in: Machine) -> None:
    result = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" token >&- 2>&- <&-', program("keyfob")], env=signed_in.environment, timeout=60,
        check=False,
    )
    assert 0 < result.returncode < 128  # the token reached nobody
    content = credentials(signed_in).read_text()
    json.loads(content)  # and was not written into the next file that was opened


def test_a_token_that_reached_nobody_is_a_failure(signed_in: Machine) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [program("keyfob"), "token"], env=signed_in.environment, stdout=full, stderr=subprocess.PIPE, timeout=60,
            check=False,
        )
    assert result.returncode == 1


def test_without_a_home_there_is_a_clear_error(machine: Machine) -> None:
    environment = {name: value for name, value in machine.environment.items()
                   if name != "HOME" and not name.startswith("XDG_")}
    result = subprocess.run(
        [program("keyfob"), "token"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stderr.startswith("error: ") and "HOME" in result.stderr


def test_errors_are_coloured_for_people_only(machine: Machine, terminal: OpenTerminal) -> None:
    assert "\x1b" not in machine.run("keyfob", "whoami").errors
    screen = terminal("keyfob", "whoami")
    assert screen.end().code == 4
    assert b"\x1b[31;1merror:\x1b[0m" in screen.transcript
    plain = terminal("keyfob", "whoami", NO_COLOR="1")
    assert plain.end().code == 4
    assert b"\x1b" not in plain.transcript


def test_without_a_terminal_nothing_is_asked(server: TestServer, machine: Machine) -> None:
    login = machine.start("keyfob", "login", server.address)
    wait_until(lambda: login.read_until(lambda screen: "Waiting" in screen), "the plain line")
    assert "\x1b" not in login.screen
    login.interrupt()
    assert login.end().code == 130
