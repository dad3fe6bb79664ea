"""What an operator writes in the settings file, and what the server says of mistakes in it."""

import os
import subprocess
from pathlib import Path

import pytest

from harness.server import free_port, program


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEYFOB_SERVER_")}
    return subprocess.run(
        [str(program("keyfob-server")), *arguments], capture_output=True, text=True, timeout=60, check=False,
        env=clean | environment,
    )


def check(settings: Path, *arguments: str, **environment: str) -> list[str]:
    """The lines of what the server would run with."""
    result = run("settings", "check", "--config", str(settings), *arguments, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "keyfob.yaml"


def test_flags_win_over_the_environment_and_that_over_the_file(settings: Path) -> None:
    settings.write_text("listen: 127.0.0.1:1001\nissuer: https://file.example\ndata: /file\n")
    assert check(settings) == ["Listen: 127.0.0.1:1001", "Issuer: https://file.example", "Data: /file"]
    environment = {
        "KEYFOB_SERVER_LISTEN": "127.0.0.1:1002", "KEYFOB_SERVER_ISSUER": "https://env.example",
        "KEYFOB_SERVER_DATA": "/env",
    }
    assert check(settings, **environment) == [
        "Listen: 127.0.0.1:1002", "Issuer: https://env.example", "Data: /env",
    ]
    flags = ("--listen", "127.0.0.1:1003", "--issuer", "https://flag.example", "--data", "/flag")
    assert check(settings, *flags, **environment) == [
        "Listen: 127.0.0.1:1003", "Issuer: https://flag.example", "Data: /flag",
    ]
    empty = dict.fromkeys(environment, "")
    assert check(settings, **empty) == ["Listen: 127.0.0.1:1001", "Issuer: https://file.example", "Data: /file"]


def test_the_file_can_be_named_by_the_environment(settings: Path) -> None:
    settings.write_text("issuer: https://file.example\n")
    result = run("settings", "check", KEYFOB_SERVER_CONFIG=str(settings))
    assert "Issuer: https://file.example" in result.stdout.splitlines()


def test_the_operator_s_commands_find_the_same_data(settings: Path, tmp_path: Path) -> None:
    settings.write_text(f"data: {tmp_path / 'state'}\n")
    assert run("migrate", "--config", str(settings)).returncode == 0
    assert (tmp_path / "state/keyfob.db").exists()


def test_a_dialect_in_the_file_is_on_unless_it_says_otherwise(settings: Path) -> None:
    settings.write_text("dialects: {skytells: {hosts: {console: https://Console.Vendor.Example/}}}\n")
    assert check(settings)[-2:] == ["Dialect: skytells", "  console: https://console.vendor.example"]
    settings.write_text("dialects: {skytells: {enabled: false, hosts: {console: https://console.vendor.example}}}\n")
    assert check(settings)[-1] == "Data: keyfob-data"
    assert check(settings, "--dialect", "skytells")[-1] == "  console: https://console.vendor.example"


def test_the_example_is_a_settings_file_as_it_is_and_without_its_comment_signs(settings: Path) -> None:
    example = run("settings", "example").stdout
    settings.write_text(example)
    assert check(settings) == ["Listen: 127.0.0.1:8080", "Issuer: http://127.0.0.1:8080", "Data: keyfob-data"]
    # Comments for people have a blank after the sign; the value of a dialect's own setting is for the operator to fill in.
    lines = [
        line if line.startswith("# ") and line[2] != " " else line.removeprefix("#")
        for line in example.splitlines() if not line.endswith(": …")
    ]
    settings.write_text("\n".join(lines))
    assert check(settings)[:3] == [
        "Listen: 127.0.0.1:8080", "Issuer: https://login.example.com", "Data: /var/lib/keyfob",
    ]
    assert {"Dialect: skytells", "  console: https://console.skytells.example.com"} <= set(check(settings))


@pytest.mark.parametrize(
    ("text", "error", "hint"),
    [
        (
            "# one\nlisten: 127.0.0.1:1\nlisen: 127.0.0.1:2\n", "line 3: there is no setting lisen",
            "the settings here are: listen, issuer, data, log_level, device_code_life, poll_interval, "
            "trusted_proxies, name, accent, accent_dark, dialects",
        ),
        (
            "dialects:\n  skytells:\n    hosts:\n      dashboard: https://x.example\n",
            "line 4: skytells has no hosts.dashboard", "the hosts are: console",
        ),
        (
            "dialects:\n  skytells:\n    enabled: true\n    colour: red\n", "line 4: skytells has no colour", None,
        ),
        (
            "dialects:\n  skytells:\n    hosts:\n      console: http://console.vendor.example\n",
            "line 4: http://console.vendor.example can't be a host",
            "use https://HOST without a path, or http with 127.0.0.1, [::1] or a name under localhost",
        ),
        (
            "dialects:\n  skytells:\n    accent: #5b3df5\n", "line 3: accent has no value",
            "leave it out, or write the value in quotes",
        ),
        (
            "dialects:\n  skytells:\n    accent: red\n", "line 3: red is not a colour",
            "write # and six hexadecimal digits, in quotes",
        ),
        ("device_code_life: soon\n", "line 1: device_code_life is not of the right kind", None),
        ("poll_interval: 0\n", "line 1: poll_interval can't be 0", "write a number of 1 to 60"),
        ("- listen\n", "line 1: the file must be a table", None),
        ("listen: 127.0.0.1:1\nlisten: 127.0.0.1:2\n", "listen is there twice", None),
        ("listen: [\n", "line 2:", None),
        ("\tlisten: x\n", "line 1:", None),
        ("dialects: [skytells]\n", "line 1: dialects must be a table", None),
        ("trusted_proxies: {a: b}\n", "line 1: trusted_proxies is not of the right kind", None),
    ],
)
def test_a_mistake_is_named_with_its_line_and_with_what_would_be_right(
    settings: Path, text: str, error: str, hint: str | None
) -> None:
    settings.write_text(text)
    result = run("serve", "--config", str(settings))
    lines = result.stderr.splitlines()
    assert result.returncode == 1
    assert lines[0].startswith(f"error: {settings} ") and error in lines[0]
    assert lines[1].startswith("hint: ") and (hint is None or lines[1] == f"hint: {hint}")
    assert len(lines) == 2


def test_what_is_no_file_and_what_is_no_dialect_is_said(settings: Path) -> None:
    result = run("serve", "--config", str(settings))
    assert result.stderr.splitlines()[0] == f"error: the settings file {settings} can't be read"
    settings.write_text("dialects: {vendor: {}}\n")
    result = run("serve", "--config", str(settings))
    assert result.stderr.splitlines()[0] == "error: there is no dialect vendor"
    assert "skytells" in result.stderr.splitlines()[1]
    settings.write_text("trusted_proxies: [127.0.0.1, 10.0.0.1/8]\n")
    result = run("serve", "--config", str(settings), "--listen", f"127.0.0.1:{free_port()}")
    assert result.stderr.splitlines()[0] == "error: 10.0.0.1/8 is not a proxy's address"
