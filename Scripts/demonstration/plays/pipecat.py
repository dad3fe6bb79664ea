"""The page of Pipecat Cloud: sign in, who is signed in, the configuration, organizations and keys, a personal token."""

import tomllib

from ..stage import Stage, call, expect, heading, show

FAREWELL = """
Done.
`pipecat` signed in without a browser of its own, showed user, organization and Daily API key, made a public key, used a
personal access token, and signed out. Nothing is left running. Docs/products/pipecat.md says what is true of it."""


def play(stage: Stage) -> None:
    """Plays it."""
    commands, server = stage.commands, stage.server
    server.operate("organization", "add", "The Lab", "--slug", "lab", "--owner", stage.account.name)
    server.operate("organization", "add", "Workshop", "--slug", "workshop", "--owner", stage.account.name)
    server.operate("organization", "set-secret", "lab", "daily_api_key", text="a-Daily-API-key-of-the-lab\n")
    file = commands.home / ".config/pipecatcloud/pipecatcloud.toml"
    users = f"{server.address}/v1/users"

    heading("login")
    commands.run("pipecat", "cloud", "auth", "whoami", expect=4)
    stage.introduce()
    stage.sign_in("pipecat", "cloud", "auth", "login", "--headless")
    token = tomllib.loads(file.read_text())["token"]
    show(f"\n  the file's mode is {file.stat().st_mode & 0o777:04o}")
    expect(call(users, token)[0], 200, "the product's API with the new token")

    heading("whoami")
    commands.run("pipecat", "cloud", "auth", "whoami")

    heading("Organizations and their keys")
    commands.run("pipecat", "cloud", "organizations", "list")
    commands.run("pipecat", "cloud", "organizations", "keys", "create", "--name", "Test Key", "--default")
    commands.run("pipecat", "cloud", "organizations", "keys", "list")
    commands.run("pipecat", "cloud", "organizations", "select", "--organization", "workshop")

    heading("Configuration")
    commands.run("pipecat", "cloud", "--config")

    heading("logout")
    commands.run("pipecat", "cloud", "auth", "logout")
    status = call(users, token)[0]
    show(f"\nGET {users} with the old token\n  {status}")
    expect(status, 401, "the product's API with the old token")
    commands.run("pipecat", "cloud", "--config")

    heading("Personal access token")
    page = stage.open_page("/settings/personal-access-tokens/new")
    page = stage.visitor.submit(page, "Create", {"Name": "demo"})
    pasted = page.field_labelled("Your token").value
    show(f"(a token was made on {server.address}/settings/personal-access-tokens, by the person's browser)")
    commands.run("pipecat", "cloud", "auth", "use-pat", typed=pasted + "\n")
    commands.run("pipecat", "cloud", "auth", "whoami")

    heading("A malformed configuration")
    file.write_text("token = \n")
    commands.run("pipecat", "cloud", "auth", "whoami", expect=1)
    commands.run("pipecat", "cloud", "auth", "logout")
    expect(call(users, pasted)[0], 200, "the personal token, which is other jobs' too and lives on")
