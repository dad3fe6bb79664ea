"""The file of `cldkctl`: what stands in it already is read, kept and tightened; what makes no sense is set aside."""

import json

from harness.cldkctl import (
    file_of, machine, ours, portal, stored, token,  # noqa: F401 (fixtures)
)

# What another author's client keeps beside it, and keys that are nobody's here.
FOREIGN = {"TOKEN": "cldkctl_" + "0" * 32, "editor": "vim", "numbers": [1, 2.50, {"a": None}], "default_project": "x"}


def write(machine, content: str, mode: int = 0o644) -> None:
    """A file that was there before."""
    file = file_of(machine)
    file.parent.mkdir(mode=0o755, exist_ok=True)
    file.write_text(content)
    file.chmod(mode)


def test_a_file_that_was_there_is_read_kept_and_tightened(portal, machine, token) -> None:
    write(machine, json.dumps(FOREIGN | {"token": token}, indent=4).replace("2.5,", "2.50,"))
    cache = file_of(machine).parent / "mcp_cache.json"
    cache.write_text('{"jwt_token": "x"}')
    ended = machine.run("cldkctl", "profile")
    assert ended.code == 0
    assert ended.errors.startswith("Warning: ")  # it was open to others
    assert (machine.mode(file_of(machine)), machine.mode(file_of(machine).parent)) == ("0600", "0700")
    kept = stored(machine)
    assert kept.pop("session")["token"].startswith("ey")
    assert kept == FOREIGN | {"token": token}
    assert "2.50" in file_of(machine).read_text()  # numbers keep their spelling
    # Through a login, an exchange and a logout.
    assert machine.run("cldkctl", "auth", text=token + "\n").errors == ""
    assert {name: stored(machine)[name] for name in FOREIGN} == FOREIGN
    session = stored(machine)["session"]
    file_of(machine).write_text(json.dumps(stored(machine) | {"session": session | {"expires_at": "2020-01-01T00:00:00Z"}}))
    assert machine.run("cldkctl", "profile").code == 0
    assert stored(machine)["session"]["expires_at"] > "2026"
    assert {name: stored(machine)[name] for name in FOREIGN} == FOREIGN
    assert machine.run("cldkctl", "logout").code == 0
    assert stored(machine) == FOREIGN
    assert machine.mode(file_of(machine)) == "0600"
    assert cache.read_text() == '{"jwt_token": "x"}'


def test_a_link_to_dotfiles_is_followed(portal, machine, token, tmp_path) -> None:
    target = tmp_path / "dotfiles/cldkctl.json"
    target.parent.mkdir()
    target.write_text(json.dumps(FOREIGN))
    target.chmod(0o644)
    file_of(machine).parent.mkdir()
    file_of(machine).symlink_to(target)
    ended = machine.run("cldkctl", "auth", text=token + "\n")
    assert (ended.code, ended.output) == (0, "Auth success\n")
    assert file_of(machine).is_symlink() and machine.mode(target) == "0600"
    assert json.loads(target.read_text())["token"] == token
    assert machine.run("cldkctl", "logout").code == 0
    assert file_of(machine).is_symlink() and json.loads(target.read_text()) == FOREIGN


def test_a_session_without_an_end_or_of_another_shape_does_no_harm(portal, machine, token) -> None:
    for session in ({}, {"token": "x"}, {"token": "x", "expires_at": "soon"}, {"expires_at": "2099-01-01T00:00:00Z"}):
        write(machine, json.dumps({"token": token, "session": session}), 0o600)
        ended = machine.run("cldkctl", "profile")
        assert ended.code in (0, 1), (session, ended.errors)
        assert stored(machine)["token"] == token


def test_a_file_that_makes_no_sense_is_set_aside_by_auth_and_by_logout(portal, machine, token) -> None:
    for words, text in ((["auth"], token + "\n"), (["logout"], "")):
        write(machine, '{"token": ', 0o600)
        ended = machine.run("cldkctl", "profile")
        assert (ended.code, ended.output) == (1, "")
        assert file_of(machine).read_text() == '{"token": '
        ended = machine.run("cldkctl", *words, text=text)
        assert ended.code == 0
        assert "kept as ~/.cldkctl/config.json." in ended.errors
        aside = [path for path in file_of(machine).parent.iterdir() if path.name.startswith("config.json.")]
        assert {path.read_text() for path in aside if "lock" not in path.name} == {'{"token": '}
        for path in aside:
            path.unlink()
    assert not file_of(machine).exists() or "token" not in stored(machine)


def test_a_place_that_can_t_be_written_is_an_error_before_the_service_is_asked(portal, machine, token) -> None:
    file_of(machine).parent.write_text("not a folder")
    ended = machine.run("cldkctl", "auth", text=token + "\n")
    assert (ended.code, ended.output) == (1, "")
    assert "~/.cldkctl" in ended.errors or str(file_of(machine).parent) in ended.errors
    assert file_of(machine).parent.read_text() == "not a folder"


def test_without_a_home_it_says_so(portal, machine) -> None:
    ended = machine.run("cldkctl", "auth", HOME="")
    assert ended.code == 1 and "HOME" in ended.errors
