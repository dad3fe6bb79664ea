"""The page of Podstack: the ways to sign in, profiles, projects, tokens, a CI job, and the errors."""

import json

from ..stage import Stage, call, expect, heading, show

FAREWELL = """
Done.
`podstack` signed in through a browser and with an API token, chose a project and a profile, refreshed and revoked
tokens, and ran a program of another name with what it was given. Nothing is left running. Docs/products/podstack.md
says what is true of it, and how the installer and the keyring are tried."""

_POD = """#!/bin/sh
code=$(printf 'header = "Authorization: Bearer %s"\\n' "$PODSTACK_API_TOKEN" |
    curl -sS -K - -o /dev/null -w '%{http_code}' "$PODSTACK_API_ENDPOINT/v1/projects/$PODSTACK_PROJECT")
echo "pod $*: the API answers $code for project $PODSTACK_PROJECT (profile $PODSTACK_PROFILE)"
"""


def play(stage: Stage) -> None:
    """Plays it."""
    commands, server = stage.commands, stage.server
    server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", stage.account.name)
    server.operate("project", "add", "lab", "My project", "--slug", "my-project")
    programs = commands.home / "bin"
    programs.mkdir()
    (programs / "podstack-pod").write_text(_POD)
    (programs / "podstack-pod").chmod(0o755)
    commands.environment["PATH"] = f"{programs}:{commands.environment['PATH']}"
    account = f"{server.address}/v1/account"

    heading("Interactive login")
    commands.run("podstack", "auth", "status", expect=4)
    stage.introduce()
    stage.sign_in("podstack", "auth", "login")
    heading("Verify authentication")
    commands.run("podstack", "auth", "status")
    commands.run("podstack", "auth", "whoami")
    heading("Configuration file")
    commands.run("podstack", "config", "show")

    heading("Project context")
    commands.run("podstack", "project", "list")
    commands.run("podstack", "project", "use", "my-project")
    commands.run("podstack", "project", "current")

    heading("Token management")
    commands.run("podstack", "auth", "token-info")
    commands.run("podstack", "auth", "refresh")
    token = json.loads(commands.run("podstack", "auth", "status", "-o", "json", quietly=True))["token"]
    show(f"  (the token in use now begins with {token})")
    commands.run("podstack", "auth", "revoke")

    heading("API token login, and another profile")
    page = stage.open_page("/account/api-tokens/new")
    page = stage.visitor.submit(page, "Create", {"Name": "demo"})
    pasted = page.field_labelled("Your API token").value
    show(f"(a token was made on {server.address}/account/api-tokens, by the person's browser)")
    commands.run("podstack", "--profile", "work", "auth", "login", "--token", "-", typed=pasted + "\n")
    commands.run("podstack", "config", "set-profile", "work")
    commands.run("podstack", "auth", "whoami")

    heading("CI/CD integration")
    show("(a program called podstack-pod is on PATH; it gets the token and the project in variables)")
    commands.run("podstack", "pod", "create", "--name", "ci-pod", "--image", "myimage:latest")

    heading("Troubleshooting")
    commands.run("podstack", "project", "use", "not-mine", expect=5)
    commands.run("podstack", "auth", "login", "--token", "-", typed=pasted[:-1] + "\n", expect=4)

    heading("Logout")
    commands.run("podstack", "auth", "logout")
    status = call(account, pasted)[0]
    show(f"\nGET {account} with the API token: it is other jobs' too, and lives on\n  {status}")
    expect(status, 200, "the API with the API token")
