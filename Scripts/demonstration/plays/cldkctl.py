"""The page of cldkctl: a token from the portal, `auth`, what it is good for, and the errors."""

import json

from ..stage import Stage, call, expect, heading, show

FAREWELL = """
Done.
`cldkctl` took a token that was made in the portal, exchanged it, managed tokens, and signed out. Nothing is left
running. Docs/products/cldkctl.md says what is true of it."""

TOKENS = "/profile/api/token"


def play(stage: Stage) -> None:
    """Plays it."""
    commands, server = stage.commands, stage.server
    server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", stage.account.name)
    server.operate("project", "add", "lab", "Vision", "--slug", "vision")
    file = commands.home / ".cldkctl/config.json"
    person = f"{server.address}/core/user/profile"

    heading("Before signing in")
    commands.run("cldkctl", "profile", expect=4)

    heading("Generate a new token in the Service Portal AI")
    if stage.alone:
        page = stage.open_page(f"{TOKENS}/new")
        page = stage.visitor.submit(page, "Create", {"Token Name": "demo"})
        token = page.field_labelled("Secret API Key").value
        show(f"(a token was made on {server.address}{TOKENS}, by the person's browser)")
    else:
        show(f"   Open {server.address}{TOKENS} in your browser; sign in as {stage.account.name} with "
             f"{stage.account.password}, and press New Token.")
        token = input("   Paste the Secret API Key here, for this script: ").strip()

    heading("Authenticate")
    show("\n(the token comes through a pipe here; at a terminal the command asks: Enter your token)")
    commands.run("cldkctl", "auth", typed=token + "\n")
    kept = json.loads(file.read_text())
    show(f"\n  the file's mode is {file.stat().st_mode & 0o777:04o}; it has {', '.join(kept)}")
    status, told = call(person, kept["session"]["token"])
    show(f"\nGET {person} with the JWT\n  {status} {json.dumps(told)}")
    expect(status, 200, "the product's API with the JWT")

    heading("After authentication")
    commands.run("cldkctl", "profile")
    commands.run("cldkctl", "-P", "vision", "profile")
    commands.run("cldkctl", "token", "create", "--name", "ci", "--expired", "31/12/2030")
    commands.run("cldkctl", "token", "list")
    listed = json.loads(commands.run("cldkctl", "token", "list", "--json", quietly=True))["tokens"]
    made = next(one for one in listed if one["name"] == "ci")["id"]
    commands.run("cldkctl", "token", "edit", made, "-n", "pipeline")
    commands.run("cldkctl", "token", "regenerate", made)
    commands.run("cldkctl", "token", "delete", made)

    heading("Help")
    commands.run("cldkctl", "auth", "-h")

    heading("When it fails")
    commands.run("cldkctl", "auth", typed=token[:-1] + "\n", expect=1)
    commands.run("cldkctl", "auth", typed="cldkctl_" + "0" * 32 + "\n", expect=4)

    heading("Log out (not a command of the vendor's)")
    commands.run("cldkctl", "logout")
    commands.run("cldkctl", "profile", expect=4)
