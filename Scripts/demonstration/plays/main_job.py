"""The main job: a product's tool and the general command sign in, a token is used, both sign out."""

import json

from ..stage import Stage, call, expect, heading, show

FAREWELL = """
Done.
A server was started with an empty data folder and an account; `skytells` and `keyfob` signed in to it by
device code; a token was used; both signed out, and the server refuses the old tokens. Nothing is left running.

Go on with:
  make run PRODUCT=skytells                               a product's whole page, screen by screen
  make serve                                              a server that stays, with an account to try
  .build/debug/keyfob login http://127.0.0.1:8080         sign in to it from another terminal
  .build/debug/keyfob --help                              what else there is"""


def play(stage: Stage) -> None:
    """Plays it."""
    commands, address = stage.commands, stage.server.address
    heading("1. A product's own tool signs in")
    stage.introduce()
    stage.sign_in("skytells", "login")
    commands.run("skytells", "whoami")
    stored = json.loads((commands.home / ".config/skytells/credentials.json").read_text())
    projects = f"{address}/api/v1/cli/projects"
    expect(call(projects, stored["token"])[0], 200, "the product's API with the new token")

    heading("2. keyfob signs in to the same server, as to any OAuth 2.0 service")
    stage.sign_in("keyfob", "login", address, "--device")
    commands.run("keyfob", "whoami")
    commands.run("keyfob", "status")

    heading("3. Another program uses the token")
    token = commands.run("keyfob", "token", quietly=True).strip()
    show(f"  (a token of {len(token)} characters)")
    userinfo = call(f"{address}/.well-known/openid-configuration")[1]["userinfo_endpoint"]
    status, claims = call(userinfo, token)
    show(f"\nGET {userinfo}\n  {status} {json.dumps(claims)}")
    expect(status, 200, "userinfo with the token")

    heading("4. Sign out, and see that the session is dead")
    commands.run("keyfob", "logout")
    status = call(userinfo, token)[0]
    show(f"\nGET {userinfo} with the old token\n  {status}")
    expect(status, 401, "userinfo with the old token")
    commands.run("keyfob", "token", expect=4)
    commands.run("skytells", "logout", "--force")
    status = call(projects, stored["token"])[0]
    show(f"\nGET {projects} with the old token\n  {status}")
    expect(status, 401, "the product's API with the old token")
