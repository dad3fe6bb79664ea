"""The page of Skytells: both ways to sign in, whoami, a project's access key, and the errors."""

import json

from ..stage import Stage, call, expect, heading, show

FAREWELL = """
Done.
`skytells` signed in by a device code and with a personal access token, linked a project by its access key, and
signed out. Nothing is left running. Docs/products/skytells.md says what is true of it."""


def play(stage: Stage) -> None:
    """Plays it."""
    commands, server = stage.commands, stage.server
    server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", stage.account.name)
    server.operate("project", "add", "lab", "Vision", "--slug", "vision")
    file = commands.home / ".config/skytells/credentials.json"
    projects = f"{server.address}/api/v1/cli/projects"

    heading("Before signing in")
    commands.run("skytells", "whoami", expect=4)

    heading("Device flow (default)")
    stage.introduce()
    stage.sign_in("skytells", "login")
    token = json.loads(file.read_text())["token"]
    show(f"\n  the file's mode is {file.stat().st_mode & 0o777:04o}")
    status, listed = call(projects, token)
    show(f"\nGET {projects} with the token\n  {status} {json.dumps(listed)}")
    expect(status, 200, "the product's API with the new token")

    heading("After authentication")
    commands.run("skytells", "whoami")
    made = json.loads(server.operate(
        "project", "key", "add", "lab/vision", "--dialect", "skytells", "--name", "demo", "--json",
    ))
    show("\n(the project's access key comes through a pipe here, so that no list of processes shows it)")
    commands.run("skytells", "link", typed=made["key"] + "\n")
    commands.run("skytells", "whoami")

    heading("Log out")
    commands.run("skytells", "logout", "--force")
    status = call(projects, token)[0]
    show(f"\nGET {projects} with the old token\n  {status}")
    expect(status, 401, "the product's API with the old token")

    heading("Personal access token")
    page = stage.open_page("/settings/tokens/new")
    page = stage.visitor.submit(page, "Create", {"Name": "demo"})
    pasted = page.field_labelled("Your token").value
    show(f"(a token was made on {server.address}/settings/tokens, by the person's browser)")
    commands.run("skytells", "login", "--token", typed=pasted + "\n")
    commands.run("skytells", "whoami")

    heading("Troubleshooting")
    commands.run("skytells", "login", "--token", typed=pasted[:-1] + "\n", expect=1)
    commands.run("skytells", "logout", "--force")
    status = call(projects, pasted)[0]
    show(f"\nGET {projects} with the pasted token: it is other jobs' too, and lives on\n  {status}")
    expect(status, 200, "the product's API with the pasted token")
