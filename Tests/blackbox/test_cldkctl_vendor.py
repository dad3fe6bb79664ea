"""Another author's client of the same service, unmodified, against our server on the service's own host.

The vendor's own program is closed and can't be had. This one speaks MCP on its standard streams.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.cldkctl import file_of, machine, ours, portal, stored, token  # noqa: F401 (fixtures)
from harness.cli import Machine
from harness.vendors import vendor_program


class Tools:
    """The client, running on a machine; its tools are called by name."""

    def __init__(self, place: Machine, errors: Path, **environment: str) -> None:
        program = vendor_program("mcp-cldkctl", "mcp-cldkctl")
        with errors.open("wb") as log:
            self._process = subprocess.Popen(
                place.command(program), env=place.environment | environment, cwd=place.home, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True,
            )
        self._number = 0
        self._ask("initialize", {
            "protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        })
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def call(self, name: str, /, **arguments: object) -> str:
        """What a tool says."""
        return self._ask("tools/call", {"name": name, "arguments": arguments})["content"][0]["text"]

    def data(self, name: str, /, **arguments: object) -> object:
        """The `data` of the API's reply that a tool shows."""
        text = self.call(name, **arguments)
        return json.loads(text.removeprefix("```json\n").removesuffix("\n```"))["data"]

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()

    def _ask(self, method: str, parameters: dict) -> dict:
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": parameters})
        for line in self._process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self._number:
                return answer["result"]
        raise AssertionError("the client ended")

    def _send(self, message: dict) -> None:
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()


@pytest.fixture
def tools(tmp_path) -> Iterator[Callable[..., Tools]]:
    """Starts the client: `tools(machine, NAME="value")`."""
    started: list[Tools] = []

    def start(place: Machine, **environment: str) -> Tools:
        started.append(Tools(place, tmp_path / f"mcp-{len(started)}.log", **environment))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_it_signs_in_and_reads(portal, machine, token, tools) -> None:
    client = tools(machine)
    said = client.call("auth", token=token)
    assert said.startswith("✅ Authentication successful!")
    assert "User: ada\nRole: owner\nOrganization: org_" in said
    assert client.data("cldkctl_profile_detail")["email"] == "ada@example.org"
    assert [project["name"] for project in client.data("cldkctl_project_list")] == ["Vision"]
    project = client.data("cldkctl_project_list")[0]
    assert client.data("cldkctl_project_detail", project_id=project["id"]) == project
    assert client.data("cldkctl_org_detail")["name"] == "Lab"


def test_it_renames_and_renews_a_token_that_ours_made(portal, ours, token, tools) -> None:
    made = json.loads(ours.run("cldkctl", "token", "create", "--name", "theirs", "--json").output)
    client = tools(ours, CLDKCTL_TOKEN=token)
    assert client.data("cldkctl_token_update", token_id=made["id"], name="renamed")["name"] == "renamed"
    renewed = client.data("cldkctl_token_regenerate", token_id=made["id"], expiration_days=7)
    assert renewed["expired_at"] and portal.exchange(made["token"]).status_code == 401
    ended = ours.run("cldkctl", "auth", text=renewed["token"] + "\n")
    assert (ended.code, ended.output) == (0, "Auth success\n")


def test_the_two_do_not_disturb_each_other_s_files(portal, ours, token, tools) -> None:
    before = stored(ours)
    client = tools(ours, CLDKCTL_TOKEN=token)
    assert client.data("cldkctl_profile_detail")["name"] == "ada"
    cache = file_of(ours).parent / "mcp_cache.json"
    theirs = cache.read_text()
    assert stored(ours) == before
    assert ours.run("cldkctl", "profile").code == 0
    assert ours.run("cldkctl", "logout").code == 0
    assert cache.read_text() == theirs
    # Ours ends nothing that theirs uses.
    assert client.data("cldkctl_profile_detail")["name"] == "ada"


def test_it_is_told_of_a_token_that_is_no_good(portal, machine, tools) -> None:
    client = tools(machine)
    assert client.call("auth", token="cldkctl_" + "0" * 32) == "❌ Authentication failed."
