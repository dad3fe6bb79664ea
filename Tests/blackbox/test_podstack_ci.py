"""`podstack` in CI: the recipes of the vendor's page run as scripts, from the vendor's installer on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.podstack import (
    GET, HOSTS, WARNING, add_person, call, config, identifier, make_token, offer_program, put_pod_program,
)
from harness.world import VendorWorld

GITHUB = """\
- name: Setup Podstack CLI
  run: |
    curl -sSL https://get.podstack.ai/cli | bash
    podstack auth login --token ${{ secrets.PODSTACK_API_TOKEN }}
- name: Deploy Pod
  run: podstack pod create --name ci-pod --image myimage:latest
"""
GITLAB = """\
deploy:
  script:
    - curl -sSL https://get.podstack.ai/cli | bash
    - export PODSTACK_API_TOKEN=$PODSTACK_TOKEN
    - podstack pod create --name ci-pod --image myimage:latest
"""
JENKINS = """\
pipeline {
  environment {
    PODSTACK_API_TOKEN = credentials('podstack-token')
  }
  stages {
    stage('Deploy') {
      steps {
        sh 'podstack pod create --name ci-pod --image myimage:latest'
      }
    }
  }
}
"""
CREATED = (
    "pod create (--name ci-pod --image myimage:latest) in {project} as default at https://api.podstack.ai\n"
    "account: 200, project: {status}\n"
)
INSTALLED = "podstack was installed in {home}/.local/bin\n"

@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[VendorWorld]:
    """The vendor's hosts, led to a server of ours that also offers the program."""
    folder = tmp_path_factory.mktemp("podstack")
    one = VendorWorld(folder / "world", "podstack", HOSTS, {"programs": offer_program(folder / "programs")})
    yield one
    one.close()


@pytest.fixture(scope="module")
def browser(world: VendorWorld) -> Browser:
    """A browser that sees the vendor's hosts."""
    return world.browser()


@pytest.fixture(scope="module")
def ada(world: VendorWorld):
    """A person with one project."""
    return add_person(world, "ada", "my-project")


@pytest.fixture
def runner(world: VendorWorld, tmp_path: Path) -> Machine:
    """A CI machine without a terminal: nothing of ours is on it but a program for `pod`."""
    one = world.new_machine(tmp_path / "runner")
    one.environment["PATH"] = f"{one.home}/.local/bin:{put_pod_program(tmp_path / 'pod')}:/usr/bin:/bin"
    return one


def bash(machine: Machine, script: str, **environment: str):
    """Runs a script as a CI runner does: it ends at the first error."""
    return machine.run(Path("/bin/bash"), "-e", "-o", "pipefail", "-c", script, **environment)


def test_the_github_actions_recipe_runs(world: VendorWorld, ada, browser, runner) -> None:
    token = make_token(browser, ada, "github")
    recipe = GITHUB.replace("${{ secrets.PODSTACK_API_TOKEN }}", token)  # what GitHub does before it runs a step
    steps = [re.sub("^    ", "", step.removeprefix(" |\n"), flags=re.MULTILINE).strip()
             for step in re.findall(r"run:(.*?)(?=^- name|\Z)", recipe, re.DOTALL | re.MULTILINE)]
    assert len(steps) == 2
    ended = bash(runner, steps[0])
    account = identifier(world, token)
    assert (ended.code, ended.errors) == (0, WARNING)
    assert ended.output == INSTALLED.format(home=runner.home) + (
        f"Authenticated as: ada@example.org\nAccount ID: {account}\nProject: my-project\n"
        "Credentials saved to ~/.podstack/config.yaml\n"
    )
    ended = bash(runner, steps[1])
    assert (ended.code, ended.output, ended.errors) == (0, CREATED.format(project="my-project", status=200), "")


def test_the_gitlab_and_jenkins_recipes_run(world: VendorWorld, ada, browser, runner) -> None:
    token = make_token(browser, ada, "gitlab")
    script = "\n".join(re.findall("^    - (.*)$", GITLAB, re.MULTILINE))
    ended = bash(runner, script, PODSTACK_TOKEN=token, PODSTACK_PROJECT="my-project")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == INSTALLED.format(home=runner.home) + CREATED.format(project="my-project", status=200)
    assert not config(runner).exists()  # a variable is never stored

    step = re.search("sh '(.*)'", JENKINS)[1]
    assert "PODSTACK_API_TOKEN = credentials" in JENKINS
    ended = bash(runner, step, PODSTACK_API_TOKEN=token, PODSTACK_PROJECT="my-project")
    assert (ended.code, ended.output, ended.errors) == (0, CREATED.format(project="my-project", status=200), "")
    # The wrong secret fails the job in the program, which says what the service said.
    assert bash(runner, step).code == 4


def test_the_installer_takes_no_program_with_another_checksum(world: VendorWorld, runner, tmp_path) -> None:
    one = VendorWorld(tmp_path / "other", "podstack", HOSTS, {"programs": tmp_path / "programs"})
    try:
        machine = one.new_machine(tmp_path / "elsewhere")
        install = f"curl -sSL {GET}/cli | bash"
        ended = bash(machine, install)
        assert (ended.code, ended.errors) == (1, "podstack: there is no program to install here yet\n")
        (tmp_path / "programs").mkdir()
        (tmp_path / "programs/podstack-linux-x86_64").write_text("#!/bin/sh\necho somebody else's\n")
        (tmp_path / "programs/podstack-linux-x86_64.sha256").write_text("0" * 64 + "\n")
        (tmp_path / "programs/secret").write_text("not for you")
        machine.environment["PODSTACK_INSTALL_DIR"] = str(machine.home / "bin")
        ended = bash(machine, install)
        assert ended.code == 1
        assert ended.errors == (
            "podstack: the checksum of podstack-linux-x86_64 is wrong; nothing was installed\n"
        )
        assert list((machine.home / "bin").iterdir()) == []
        for path in ("/cli/secret", "/cli/..%2fsecret", "/cli/podstack-linux-x86_64.sha256"):
            assert call(one, "GET", path, host=HOSTS["get"]).status_code == 404
        # On the API's host there is no installer.
        assert call(one, "GET", "/cli").status_code == 404
    finally:
        one.close()
