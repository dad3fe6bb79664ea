"""The page of VideoSDK: login in the browser, logout, and what the token in between is good for."""

import json
import urllib.error
import urllib.request

from ..person import link
from ..stage import Stage, expect, heading, show

FAREWELL = """
Done.
`videosdk` signed in by a link that was confirmed in a browser, a program of its own got the token, and the logout
ended the session on the server. Nothing is left running. Docs/products/videosdk.md says what is true of it."""

AGENT = """#!/bin/sh
echo "this is videosdk-agent, called with: $*; VIDEOSDK_AUTH_TOKEN has ${#VIDEOSDK_AUTH_TOKEN} characters"
"""


def play(stage: Stage) -> None:
    """Plays it."""
    commands, server = stage.commands, stage.server
    server.operate("user", "set-attribute", stage.account.name, "tier", "Pro")
    _install_agent(stage)
    file = commands.home / ".config/videosdk_config/config.json"
    registry = f"{server.address}/ai/v1/cloud/registry/me"

    heading("Before deploying agents, you need to authenticate")
    commands.run("videosdk", "agent", "deploy", expect=4)

    heading("Login")
    stage.introduce()
    stage.sign_in("videosdk", "auth", "login", finds=link)
    token = json.loads(file.read_text())["VIDEOSDK_AUTH_TOKEN"]
    show(f"\n  the file's mode is {file.stat().st_mode & 0o777:04o}")
    expect(_tell(registry, token), 200, "the product's API with the new token")

    heading("The stored token is used for all further commands")
    commands.run("videosdk", "auth", "whoami")
    commands.run("videosdk", "agent", "deploy")

    heading("Logout")
    commands.run("videosdk", "auth", "logout")
    show(f"\n  left in the file: {json.loads(file.read_text())}")
    expect(_tell(registry, token), 401, "the product's API with the old token")

    heading("After logging out, a login is needed again")
    commands.run("videosdk", "agent", "deploy", expect=4)


def _install_agent(stage: Stage) -> None:
    folder = stage.commands.home / "bin"
    folder.mkdir()
    (folder / "videosdk-agent").write_text(AGENT)
    (folder / "videosdk-agent").chmod(0o755)
    stage.commands.environment["PATH"] = f"{folder}:{stage.commands.environment['PATH']}"


def _tell(address: str, token: str) -> int:
    """Asks the API as the vendor's client does, with the bare token, and shows what it says."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, headers={"Authorization": token}), timeout=30) as response:
            status, told = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            status, told = error.code, ""
    show(f"\nGET {address} with the token\n  {status} {told}")
    return status
