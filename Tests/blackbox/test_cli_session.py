"""`keyfob` after the sign-in: a session from its beginning to its end, and a token that stays valid meanwhile."""

import json
import random
import subprocess
from pathlib import Path

import requests

from harness.cli import Machine
from harness.journeys import credentials, expire, sign_in
from harness.server import Account, TestServer, program
from harness.surroundings import scaled


def accepts(server: TestServer, token: str) -> bool:
    reply = requests.get(
        server.address + "/oauth/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    assert reply.status_code in (200, 401), reply.text
    return reply.status_code == 200


def refresh_token(machine: Machine) -> str:
    (login,) = json.loads(credentials(machine).read_text())["issuers"].values()
    return login["refresh_token"]


# A session from its beginning to its end


def test_whoami_status_and_token_agree(server: TestServer, signed_in: Machine) -> None:
    token = signed_in.run("keyfob", "token").output.strip()
    owner = requests.get(
        server.address + "/oauth/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=30
    ).json()
    who = json.loads(signed_in.run("keyfob", "whoami", "--json").output)
    assert who == {
        "issuer": server.address, "account": "ada@example.org", "subject": owner["sub"], "name": owner.get("name"),
        "email": "ada@example.org", "source": "credentials_file", "verified": True,
    }
    state = json.loads(signed_in.run("keyfob", "status", "--json").output)
    answer = json.loads(signed_in.run("keyfob", "token", "--json").output)
    assert answer == {"access_token": token, "token_type": "Bearer", "expires_at": state["expires_at"]}
    del state["expires_at"]
    assert state == {
        "signed_in": True, "issuer": server.address, "account": "ada@example.org", "client_id": "keyfob",
        "scopes": ["openid", "profile", "email", "offline_access"], "source": "credentials_file", "server": "accepts",
    }


def test_the_same_for_people(server: TestServer, signed_in: Machine) -> None:
    ended = signed_in.run("keyfob", "whoami")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.splitlines()[0] == f"Signed in to {server.address} as ada@example.org"
    ended = signed_in.run("keyfob", "status")
    assert (ended.code, ended.errors) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in ended.output.splitlines())
    assert rows["issuer"] == server.address
    assert rows["account"] == "ada@example.org"
    assert rows["server"] == "accepts the token"
    assert rows["source"].startswith("~/.config/keyfob/credentials.json")


def test_after_a_logout_nothing_is_good_any_more(server: TestServer, signed_in: Machine) -> None:
    token = signed_in.run("keyfob", "token").output.strip()
    refresh = refresh_token(signed_in)
    assert accepts(server, token)
    ended = signed_in.run("keyfob", "logout", "--json")
    assert ended.code == 0
    report = json.loads(ended.output)
    assert (report["signed_in"], report["removed"], report["server"]) == (False, True, "ended")
    assert not accepts(server, token)
    reply = requests.post(
        server.address + "/oauth/token", timeout=30,
        data={"grant_type": "refresh_token", "refresh_token": refresh, "client_id": "keyfob"},
    )
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant")
    for verb in ("token", "whoami", "status"):
        ended = signed_in.run("keyfob", verb)
        assert (ended.code, ended.output) == (4, "")
        assert ended.errors == "error: you are not signed in\nhint: run 'keyfob login ISSUER'\n"
        ended = signed_in.run("keyfob", verb, "--json")
        assert (ended.code, ended.output) == (4, "")
        assert json.loads(ended.errors)["error"]["code"] == "not_signed_in"
    assert signed_in.run("keyfob", "logout").code == 0


def test_a_session_that_was_ended_elsewhere_is_exit_code_4(
    server: TestServer, signed_in: Machine, tmp_path: Path
) -> None:
    other = Machine(tmp_path / "other")
    credentials(other).parent.mkdir(parents=True, mode=0o700)
    credentials(other).write_bytes(credentials(signed_in).read_bytes())
    credentials(other).chmod(0o600)
    assert signed_in.run("keyfob", "logout").code == 0
    for verb in ("whoami", "status"):
        ended = other.run("keyfob", verb)
        assert ended.code == 4, verb
        assert "error: " in ended.errors and "hint: run 'keyfob login ISSUER'" in ended.errors
    expire(other)
    ended = other.run("keyfob", "token")
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors.splitlines()[0] == "error: this login was ended by the server"


def test_logout_without_the_server_says_what_may_live_on(server: TestServer, signed_in: Machine) -> None:
    token = signed_in.run("keyfob", "token").output.strip()
    server.stop()
    ended = signed_in.run("keyfob", "logout")
    assert ended.code == 0
    assert ended.errors.startswith("warning: the session may still be alive on the server")
    assert signed_in.run("keyfob", "token").code == 4
    server.start()
    assert accepts(server, token)


# A token that stays valid


def test_a_cached_token_needs_no_server(server: TestServer, signed_in: Machine) -> None:
    token = signed_in.run("keyfob", "token").output
    server.stop()
    assert signed_in.run("keyfob", "token").output == token
    assert signed_in.run("keyfob", "whoami").code == 6


def test_an_expired_token_is_refreshed(server: TestServer, signed_in: Machine) -> None:
    old, before = signed_in.run("keyfob", "token").output, refresh_token(signed_in)
    expire(signed_in)
    ended = signed_in.run("keyfob", "token")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output != old and accepts(server, ended.output.strip())
    assert refresh_token(signed_in) != before
    assert signed_in.run("keyfob", "token").output == ended.output


def test_tokens_that_live_a_second_are_refreshed_at_each_use(
    server: TestServer, account: Account, machine: Machine
) -> None:
    server.add_client(
        "brief", grants=("device_code", "refresh_token"), scopes=("openid", "offline_access"), token_life=1
    )
    sign_in(machine, server, account, "--client-id", "brief", "--scope", "openid offline_access")
    tokens = {machine.run("keyfob", "token").output for _ in range(3)}
    assert len(tokens) == 3 and "" not in tokens
    assert machine.run("keyfob", "whoami").code == 0


def test_an_expired_token_without_the_server_is_exit_code_6_and_no_logout(
    server: TestServer, signed_in: Machine
) -> None:
    expire(signed_in)
    server.stop()
    before = refresh_token(signed_in)
    ended = signed_in.run("keyfob", "token")
    assert (ended.code, ended.output) == (6, "")
    assert ended.errors.startswith("error: ") and "hint: " in ended.errors
    assert refresh_token(signed_in) == before
    server.start()
    assert signed_in.run("keyfob", "token").code == 0


def test_eight_programs_that_ask_at_once_share_one_refresh(server: TestServer, signed_in: Machine) -> None:
    old = signed_in.run("keyfob", "token").output
    for _ in range(scaled(2, 50)):
        expire(signed_in)
        asking = [
            subprocess.Popen(
                [program("keyfob"), "token"], env=signed_in.environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
            for _ in range(8)
        ]
        answers = [(*one.communicate(timeout=60), one.returncode) for one in asking]
        assert {(errors, code) for _, errors, code in answers} == {("", 0)}
        (token,) = {output for output, _, _ in answers}  # one refresh, one token
        assert token != old
        assert accepts(server, token.strip())
        old = token


def test_a_refresh_that_is_killed_at_any_moment_loses_nothing(server: TestServer, signed_in: Machine) -> None:
    chance = random.Random(8628)
    for _ in range(scaled(12, 300)):
        expire(signed_in)
        victim = subprocess.Popen(
            [program("keyfob"), "token"], env=signed_in.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            # A random moment of its life is the point; most end within a tenth of a second.
            victim.wait(chance.uniform(0, 0.12))
        except subprocess.TimeoutExpired:
            victim.kill()
            victim.wait()
        ended = signed_in.run("keyfob", "token")
        assert (ended.code, ended.errors) == (0, "")
        assert accepts(server, ended.output.strip())
    assert signed_in.run("keyfob", "whoami").code == 0
    assert sorted(path.name for path in credentials(signed_in).parent.iterdir() if path.suffix != ".lock") == [
        "credentials.json"
    ]


def test_a_server_that_is_killed_between_two_refreshes_keeps_the_login(
    server: TestServer, signed_in: Machine
) -> None:
    for _ in range(2):
        expire(signed_in)
        assert signed_in.run("keyfob", "token").code == 0
        server.kill()
        server.restart()
    expire(signed_in)
    token = signed_in.run("keyfob", "token").output.strip()
    assert accepts(server, token)
