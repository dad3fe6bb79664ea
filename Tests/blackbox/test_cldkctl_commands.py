"""`cldkctl` after signing in: tokens, the profile, the global flags, and programs that add commands."""

import datetime
import json
import re

import pytest

from harness.cldkctl import (
    FORM, TOKENS, machine, not_authenticated, ours, portal, stored, token,  # noqa: F401 (fixtures)
)


def tokens(machine, **environment: str) -> dict[str, dict]:
    """The tokens by name."""
    ended = machine.run("cldkctl", "token", "list", "--json", **environment)
    assert (ended.code, ended.errors) == (0, "")
    return {one["name"]: one for one in json.loads(ended.output)["tokens"]}


def create(machine, name: str, *options: str) -> dict:
    """A token, made by the tool."""
    ended = machine.run("cldkctl", "token", "create", "--name", name, "--json", *options)
    assert (ended.code, ended.errors) == (0, "")
    return json.loads(ended.output)


def test_a_token_is_created_used_edited_regenerated_and_deleted(portal, ours, tmp_path) -> None:
    ended = ours.run("cldkctl", "token", "create", "--name", "ci job", "--expired", "31/12/2030")
    assert (ended.code, ended.errors) == (0, "")
    made = tokens(ours)["ci job"]
    secret = re.search(FORM, ended.output).group()
    assert ended.output == (
        "Cldkctl token created\n"
        f"ID:              {made['id']}\n"
        "Token Name:      ci job\n"
        "Expired date:    31/12/2030\n"
        f"Secret API Key:  {secret}\n"
        "Copy it now: it is not shown again.\n"
    )
    assert made["expires_at"] == "2031-01-01T00:00:00Z"
    assert (made["prefix"], made["status"]) == (secret[:12], "active")
    other = portal.signed_in(tmp_path / "other", secret)

    # The page shows the same day.
    portal.browser.open(TOKENS)
    assert "2030-12-31" in portal.browser.text and secret[:12] in portal.browser.text

    ended = ours.run("cldkctl", "token", "edit", made["id"], "-n", "pipeline")
    assert (ended.code, ended.output, ended.errors) == (0, "Cldkctl token updated\n", "")
    assert tokens(ours)["pipeline"]["id"] == made["id"] and "ci job" not in tokens(ours)

    ended = ours.run("cldkctl", "token", "regenerate", made["id"])
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.startswith("Cldkctl token regenerated\n")
    assert "Expired date:    31/12/2030\n" in ended.output  # the day stays
    second = re.search(FORM, ended.output).group()
    assert second != secret
    assert portal.exchange(secret).status_code == 401
    assert other.run("cldkctl", "profile").code == 4
    assert portal.exchange(second).status_code == 200
    ended = ours.run("cldkctl", "token", "regenerate", made["id"], "--expired", "never")
    assert "Expired date:    Never\n" in ended.output
    third = re.search(FORM, ended.output).group()

    ended = ours.run("cldkctl", "token", "delete", made["id"])
    assert (ended.code, ended.output, ended.errors) == (0, "Cldkctl token deleted\n", "")
    assert "pipeline" not in tokens(ours)
    assert portal.exchange(third).status_code == 401


def test_the_list_is_a_table(ours) -> None:
    made = create(ours, "for the list")
    lines = ours.run("cldkctl", "token", "list").output.splitlines()
    assert re.split(r"  +", lines[0]) == ["ID", "Token Name", "Token", "Status", "Expired date", "Last used"]
    row = next(line for line in lines if "for the list" in line)
    assert re.split(r"  +", row) == [made["id"], "for the list", f"{made['prefix']}...", "active", "Never", "Never"]


def test_a_token_without_a_day_lives_for_ever_and_one_of_today_until_midnight(ours) -> None:
    assert create(ours, "for ever")["expires_at"] is None
    assert create(ours, "for ever too", "--expired", "")["expires_at"] is None
    today = datetime.datetime.now(datetime.UTC).date()
    made = create(ours, "today", "--expired", today.strftime("%d/%m/%Y"))
    assert made["expires_at"] == f"{today + datetime.timedelta(days=1)}T00:00:00Z"


def test_a_day_that_is_none_or_over_is_wrong_usage(ours) -> None:
    before = tokens(ours)
    for day in ("2030-12-31", "31/12/30", "31-12-2030", "30/02/2030", "1/1/2030", "00/00/0000", "soon", "31/12/2020"):
        ended = ours.run("cldkctl", "token", "create", "--name", "x", "--expired", day)
        assert (ended.code, ended.output) == (2, ""), day
        assert day in ended.errors and "DD/MM/YYYY" in ended.errors
    assert tokens(ours) == before


def test_a_day_that_is_too_far_is_refused_by_the_server(ours) -> None:
    ended = ours.run("cldkctl", "token", "create", "--name", "x", "--expired", "31/12/2099")
    assert (ended.code, ended.output) == (1, "")
    assert "expiry" in ended.errors


def test_an_empty_name_is_refused(portal, ours) -> None:
    made = create(ours, "keeps its name")
    for words in (["edit", made["id"], "-n", ""], ["edit", made["id"], "--name", "  "], ["create", "--name", ""]):
        ended = ours.run("cldkctl", "token", *words)
        assert (ended.code, ended.output) == (2, "")
        assert ended.errors.startswith("Token Name may not be empty\n")
    assert "keeps its name" in tokens(ours)
    jwt = portal.jwt(stored(ours)["token"])
    assert portal.call("PUT", f"/core/cldkctl/token/{made['id']}", jwt, json={"name": ""}).status_code == 400


def test_edit_at_a_terminal_asks_for_what_is_missing(portal, ours) -> None:
    made = create(ours, "asked for")
    screen = portal.world.terminal("cldkctl", "token", "edit", machine=ours, columns=140, rows=60)
    screen.wait_for("Token ID:")
    assert "asked for" in screen.screen
    screen.type(made["id"])
    screen.press("enter")
    screen.wait_for("Token Name:")
    screen.type("answered")
    screen.press("enter")
    ended = screen.end()
    assert ended.code == 0
    assert ended.output.endswith("Token Name: answered\nCldkctl token updated")
    assert tokens(ours)["answered"]["id"] == made["id"]


def test_delete_at_a_terminal_asks_first(portal, ours) -> None:
    made = create(ours, "stays")
    screen = portal.world.terminal("cldkctl", "token", "delete", made["id"], machine=ours)
    screen.wait_for("stops working at once.")
    screen.press("enter")
    assert screen.end().code == 0
    assert "stays" in tokens(ours)
    screen = portal.world.terminal("cldkctl", "token", "delete", made["id"], "--force", machine=ours)
    assert screen.end().output == "Cldkctl token deleted"
    assert "stays" not in tokens(ours)


@pytest.mark.parametrize("words", [["edit", "nothing", "-n", "x"], ["delete", "nothing"], ["regenerate", "nothing"],
                                   ["delete", "../../user/profile"], ["delete", "a b"]])
def test_an_unknown_id_is_said_to_be_unknown(ours, words) -> None:
    ended = ours.run("cldkctl", "token", *words)
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == (
        f"There is no token with the ID '{words[1]}'\n  Run 'cldkctl token list' for the IDs.\n"
    )


def test_the_token_in_use_is_replaced_here_when_it_is_regenerated(portal, tmp_path) -> None:
    first = portal.make_token("in use")
    machine = portal.signed_in(tmp_path / "home", first)
    made = tokens(machine)["in use"]
    ended = machine.run("cldkctl", "token", "regenerate", made["id"])
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.endswith("This machine is signed in with the new token.\n")
    second = re.search(FORM, ended.output).group()
    assert stored(machine)["token"] == second != first
    assert machine.run("cldkctl", "profile").code == 0

    # From the environment it can't be replaced.
    other = portal.world.new_machine(tmp_path / "other")
    ended = other.run("cldkctl", "token", "regenerate", made["id"], CLDKCTL_TOKEN=second)
    assert ended.code == 0
    assert ended.errors == "Warning: It was the token in CLDKCTL_TOKEN; put the new one there\n"
    third = re.search(FORM, ended.output).group()

    # Deleting it is allowed, and said.
    machine.run("cldkctl", "auth", text=third + "\n")
    ended = machine.run("cldkctl", "token", "delete", made["id"])
    assert (ended.code, ended.output) == (0, "Cldkctl token deleted\n")
    assert ended.errors == (
        "Warning: It was the token that you are signed in with; run 'cldkctl auth' with another one\n"
    )
    assert machine.run("cldkctl", "profile").code == 4


def test_the_profile_follows_the_organization_and_the_project(portal, ours) -> None:
    ended = ours.run("cldkctl", "-O", "other", "profile", "-P", "speech", "--json")
    assert (ended.code, ended.errors) == (0, "")
    told = json.loads(ended.output)
    assert (told["organization"], told["project"], told["role"]) == ("Other", "Speech", "owner")
    detail = portal.call(
        "GET", f"/core/user/project/detail/{told['project_id']}", portal.jwt(stored(ours)["token"])
    ).json()["data"]
    assert detail["name"] == "Speech" and detail["organization_id"] == told["organization_id"]
    ended = ours.run("cldkctl", "profile", CLDKCTL_DEFAULT_PROJECT_ID="vision", CLDKCTL_ORGANIZATION="lab")
    assert "Project:          Vision\n" in ended.output and "Organization:     Lab\n" in ended.output


@pytest.mark.parametrize(("words", "text"), [
    (["-O", "nowhere"], "There is no organization 'nowhere' of yours\n  Check -O"),
    (["-P", "nothing"], "There is no project 'nothing' of yours\n  Check -P"),
    (["-O", "lab", "-P", "speech"], "There is no project 'speech' of yours\n  Check -P"),
])
def test_an_unknown_organization_or_project_is_an_error(ours, words, text) -> None:
    ended = ours.run("cldkctl", "profile", *words)
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors.startswith(text)


def test_a_person_without_an_organization_has_a_profile(portal, tmp_path) -> None:
    account = portal.world.add_account("grace")
    browser = portal.world.browser()
    browser.open(f"{TOKENS}/new")
    browser.sign_in(account)
    browser.fill_in("Token Name", "x")
    browser.press("Create")
    machine = portal.signed_in(tmp_path / "home", browser.field("Secret API Key").get_attribute("value"))
    ended = machine.run("cldkctl", "profile")
    assert ended.code == 0
    assert "Email:    grace@example.org\n" in ended.output and "Organization" not in ended.output
    # Whose organization it is not, finds nothing.
    assert machine.run("cldkctl", "profile", "-O", "lab").code == 1
    assert machine.run("cldkctl", "profile", "-P", "vision").code == 1
    # An account that is disabled is out at once, its JWT included.
    portal.server.operate("user", "disable", "grace")
    assert machine.run("cldkctl", "profile").code == 4


def test_the_environment_s_token_wins_and_is_never_stored(portal, ours, token) -> None:
    second = portal.make_token("environment")
    before = stored(ours)
    ended = ours.run("cldkctl", "profile", CLDKCTL_TOKEN=second)
    assert f"Token:            {second[:12]}...\nSource:           CLDKCTL_TOKEN env var\n" in ended.output
    assert stored(ours) == before
    ended = ours.run("cldkctl", "auth", text=token + "\n", CLDKCTL_TOKEN=second)
    assert ended.code == 0 and "CLDKCTL_TOKEN is set" in ended.errors
    ended = ours.run("cldkctl", "logout", CLDKCTL_TOKEN=second)
    assert ended.code == 0 and "CLDKCTL_TOKEN is set" in ended.errors
    assert ours.run("cldkctl", "profile", CLDKCTL_TOKEN=second).code == 0
    assert not_authenticated(ours.run("cldkctl", "profile", CLDKCTL_TOKEN=""))


def test_a_program_adds_a_command_and_gets_what_it_needs(portal, machine, token, tmp_path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "cldkctl-vm"
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$CLDKCTL_TOKEN" "$CLDKCTL_ACCESS_TOKEN" "$CLDKCTL_BASE_URL" '
        '"$CLDKCTL_DEFAULT_PROJECT_ID" "$CLDKCTL_ORGANIZATION" "$*"\n'
    )
    program.chmod(0o755)
    path = {"PATH": f"{tools}:{machine.environment['PATH']}"}
    assert not_authenticated(machine.run("cldkctl", "vm", "list", **path))
    assert machine.run("cldkctl", "auth", text=token + "\n").code == 0
    ended = machine.run(
        "cldkctl", "-P", "vision", "-O", "lab", "-N", "prod", "-R", "images", "--editor", "nano", "vm", "list", "-o",
        "wide", **path,
    )
    assert (ended.code, ended.errors) == (0, "")
    given = ended.output.splitlines()
    assert given[0] == token and given[2:5] == ["https://ai.cloudeka.id", "vision", "lab"]
    assert given[1] == stored(machine)["session"]["token"]
    assert given[5] == "--default-namespace prod --default-registry images --editor nano list -o wide"
    assert portal.call("GET", "/core/user/profile", given[1]).status_code == 200
    ended = machine.run("cldkctl", "vm", "-t", **path)
    assert ended.output.splitlines()[5] == "-t"
    ended = machine.run("cldkctl", "atuh", **path)
    assert ended.code == 2 and "auth" in ended.errors
    ended = machine.run("cldkctl", "kubernetes", "list")
    assert ended.code == 2 and "cldkctl-kubernetes" in ended.errors


def test_wrong_usage_is_2(ours) -> None:
    for words in (["--max-retries", "x", "profile"], ["--max-retries", "11", "profile"], ["-t", "profile"],
                  ["token", "lst"], ["token", "delete"], ["token", "edit"], ["-U", "ftp://ai.cloudeka.id", "profile"],
                  ["auth", "a", "b"], ["profile", "x"]):
        ended = ours.run("cldkctl", *words)
        assert (ended.code, ended.output) == (2, ""), words
        assert ended.errors
