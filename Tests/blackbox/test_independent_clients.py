"""Clients and verifiers that others wrote, unchanged, against our server."""

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

from harness.server import Account, TestServer
from harness.surroundings import wait_until
from test_exactly_once import DEVICE_GRANT, REDIRECT, Visitor, post, signed_in

from demonstration.person import answer, invitation

SCOPE = "openid profile email offline_access"


class OIDCAgent:
    """oidc-agent in a home of its own."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self._environment = {
            "HOME": str(home), "PATH": os.environ["PATH"], "OIDC_CONFIG_DIR": str(home), "OIDC_PW": "pw",
        }
        said = self.run("oidc-agent").stdout
        found = dict(re.findall(r"(OIDC_SOCK|OIDCD_PID)=([^;]+);", said))
        assert len(found) == 2, said
        self._environment |= found

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=60, check=False)

    def start(self, *command: str, output: Path) -> subprocess.Popen:
        with output.open("wb") as file:
            return subprocess.Popen(
                command, env=self._environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )

    def close(self) -> None:
        os.kill(int(self._environment["OIDCD_PID"]), signal.SIGTERM)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[OIDCAgent]:
    assert shutil.which("oidc-agent"), "install the Debian package oidc-agent-cli"
    running = OIDCAgent(tmp_path / "agent")
    yield running
    running.close()


def userinfo(server: TestServer, token: str) -> requests.Response:
    return requests.get(
        server.address + "/oauth/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )


def test_oidc_agent_signs_in_by_the_device_flow_and_refreshes(
    server: TestServer, account: Account, agent: OIDCAgent, tmp_path: Path
) -> None:
    output = tmp_path / "oidc-gen.txt"
    generator = agent.start(
        "oidc-gen", "--pub", f"--issuer={server.address}", "--client-id=keyfob", "--client-secret=",
        f"--scope={SCOPE}", "--flow=device", "--no-url-call", "--no-scheme", "--prompt=none", "--confirm-default",
        "--redirect-uri=http://localhost:8765", "--pw-cmd=echo pw", "test", output=output,
    )
    address, code = wait_until(lambda: invitation(output.read_text(errors="replace")), "oidc-gen's code")
    answer(Visitor(), address, code, account)
    assert generator.wait(60) == 0, output.read_text(errors="replace")

    first = agent.run("oidc-token", "test").stdout.strip()
    assert userinfo(server, first).json()["preferred_username"] == account.name
    renewed = agent.run("oidc-token", "--force-new", "test").stdout.strip()
    assert renewed and renewed != first
    assert userinfo(server, renewed).status_code == 200


@pytest.fixture
def device_tokens(server: TestServer, account: Account) -> dict:
    """The reply to a device flow with every standard scope."""
    _, started = post(server, "/oauth/device_authorization", {"client_id": "keyfob", "scope": SCOPE})
    answer(Visitor(), started["verification_uri"], started["user_code"], account)
    form = {"grant_type": DEVICE_GRANT, "device_code": started["device_code"], "client_id": "keyfob"}
    status, reply = post(server, "/oauth/token", form)
    assert status == 200
    return reply


def test_another_library_verifies_our_tokens_through_the_key_set(
    server: TestServer, device_tokens: dict
) -> None:
    metadata = requests.get(server.address + "/.well-known/openid-configuration", timeout=30).json()
    keys = KeySet.import_key_set(requests.get(metadata["jwks_uri"], timeout=30).json())
    now = int(time.time())

    access = jwt.decode(device_tokens["access_token"], keys, algorithms=["ES256"])
    jwt.JWTClaimsRegistry(
        now=now, iss={"essential": True, "value": server.address}, aud={"essential": True, "value": server.address},
        client_id={"essential": True, "value": "keyfob"}, sub={"essential": True}, jti={"essential": True},
        iat={"essential": True}, exp={"essential": True},
    ).validate(access.claims)
    assert access.header["typ"] == "at+jwt"  # RFC 9068 section 2.1

    identity = jwt.decode(device_tokens["id_token"], keys, algorithms=["ES256"])
    jwt.JWTClaimsRegistry(
        now=now, iss={"essential": True, "value": server.address}, aud={"essential": True, "value": "keyfob"},
        sub={"essential": True, "value": access.claims["sub"]}, exp={"essential": True}, iat={"essential": True},
    ).validate(identity.claims)
    half = hashlib.sha256(device_tokens["access_token"].encode()).digest()[:16]
    assert identity.claims["at_hash"] == base64.urlsafe_b64encode(half).decode().rstrip("=")
    assert identity.claims["preferred_username"] == "ada"


def test_a_changed_token_is_refused_by_the_other_library_and_by_us(
    server: TestServer, device_tokens: dict
) -> None:
    header, payload, signature = device_tokens["access_token"].split(".")
    claims = base64.urlsafe_b64decode(payload + "==").replace(b"keyfob", b"keyfop")
    changed = ".".join([header, base64.urlsafe_b64encode(claims).decode().rstrip("="), signature])
    keys = KeySet.import_key_set(requests.get(server.address + "/oauth/jwks", timeout=30).json())
    with pytest.raises(Exception, match="bad_signature"):
        jwt.decode(changed, keys, algorithms=["ES256"])
    assert userinfo(server, changed).status_code == 401
    assert userinfo(server, device_tokens["access_token"]).status_code == 200


def test_authlib_signs_in_with_code_and_pkce_refreshes_introspects_and_revokes(
    server: TestServer, account: Account
) -> None:
    service = server.add_client("service", confidential=True)
    session = OAuth2Session(
        "keyfob", redirect_uri=REDIRECT, scope=SCOPE, code_challenge_method="S256",
        token_endpoint_auth_method="none",
    )
    verifier = "v" * 64
    address, _ = session.create_authorization_url(server.address + "/authorize", code_verifier=verifier)
    visitor = signed_in(server, account)
    location = visitor.redirect_of(visitor.open(address), "Approve")
    token = session.fetch_token(
        server.address + "/oauth/token", authorization_response=location, code_verifier=verifier
    )
    assert userinfo(server, token["access_token"]).json()["email"] == "ada@example.org"

    renewed = session.refresh_token(server.address + "/oauth/token", refresh_token=token["refresh_token"])
    assert renewed["refresh_token"] != token["refresh_token"]

    resource_server = OAuth2Session(service["client_id"], service["client_secret"])
    introspection = server.address + "/oauth/introspect"
    assert resource_server.introspect_token(introspection, token=renewed["access_token"]).json()["active"] is True
    assert session.revoke_token(server.address + "/oauth/revoke", token=renewed["refresh_token"]).status_code == 200
    assert resource_server.introspect_token(introspection, token=renewed["access_token"]).json() == {"active": False}
