"""What a hosted CI runs is safe, and is what runs here."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.adapter import ROOT, run_command

FOLDER = ROOT / ".github" / "workflows"
JOBS: list[dict[str, Any]] = [
    job
    for path in sorted(FOLDER.glob("*.yml"))
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
]
# What is no target of make: what only that machine lacks, has or may do.
OTHERS = {
    "sudo apt-get install --yes --quiet fonts-noto-cjk",
    "git diff > versions.patch",
    ".github/differs.sh /tmp/said",
    ".github/keep.sh /tmp/said",
    ".github/notebooks.sh /tmp/site",
}
# A gh that writes down what it was asked, and knows of one issue if there is a file.
GH = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$*" in *"issue list"*) cat known 2> /dev/null;; esac
exit 0
"""


def audited(folder: Path) -> subprocess.CompletedProcess[str]:
    zizmor = Path(sys.executable).parent / "zizmor"
    command = [zizmor, "--offline", "--quiet", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_audit_of_the_workflows_finds_nothing() -> None:
    done = audited(FOLDER)

    assert done.returncode == 0, done.stdout + done.stderr


def test_each_job_names_the_few_things_that_it_may_do() -> None:
    for job in JOBS:
        writes = {name for name, may in job["permissions"].items() if may == "write"}
        assert writes <= {"contents", "id-token", "issues", "pages", "pull-requests"}
        # What may write runs nothing that was installed.
        steps = [str(step.get("run", "")) for step in job.get("steps", ())]
        assert not writes or not any("make" in run for run in steps), job["name"]


@pytest.mark.parametrize(
    ("this", "that"),
    [
        ("@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0", "@v7"),
        ("persist-credentials: false", "fetch-depth: 1"),
        ("run: make lint", "run: echo ${{ github.head_ref }}"),
    ],
    ids=["unpinned", "credentials", "injection"],
)
def test_an_unsafe_workflow_is_found(this: str, that: str, tmp_path: Path) -> None:
    text = (FOLDER / "test.yml").read_text("utf-8")
    assert this in text
    unsafe = tmp_path / ".github" / "workflows" / "test.yml"
    unsafe.parent.mkdir(parents=True)
    unsafe.write_text(text.replace(this, that, 1), "utf-8")

    assert audited(unsafe).returncode > 10


def test_what_a_workflow_runs_is_a_target_of_make() -> None:
    steps = [step for job in JOBS for step in job.get("steps", ())]
    ran = {step["run"].split(" 2>&1")[0] for step in steps if "run" in step}
    targets = ran - OTHERS

    assert ran >= OTHERS
    for target in targets:
        assert target.startswith("make "), target
        assert run_command(target) is None, target
    assert len(targets) > 6


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with something new to say, a gh, and a host that takes a branch."""

    def git(*command: str) -> None:
        author = "-c", "user.name=a", "-c", "user.email=a@b"
        subprocess.run(["git", *author, *command], cwd=clone, check=True)

    clone, docs = tmp_path / "clone", tmp_path / "clone" / "docs"
    docs.mkdir(parents=True)
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(GH, "utf-8")
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setenv("GH_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/convarith")
    monkeypatch.chdir(clone)
    (docs / "versions.json").write_text("old\n", "utf-8")
    git("init", "--quiet", "--initial-branch=main")
    git("init", "--quiet", "--bare", str(tmp_path / "host" / "somebody" / "convarith"))
    host = f"url.{tmp_path}/host/.insteadOf"
    git("config", host, "https://x-access-token:secret@github.com/")
    git("add", ".")
    git("commit", "--quiet", "--message=old")
    (docs / "versions.json").write_text("new\n", "utf-8")
    patch = subprocess.run(["git", "diff"], capture_output=True, check=True).stdout
    git("checkout", "--quiet", ".")
    (tmp_path / "said.txt").write_text("PyTorch 3 and 2 differ:\n", "utf-8")
    (tmp_path / "versions.patch").write_bytes(patch)
    return tmp_path


def asked(said: Path, script: str) -> str:
    subprocess.run([ROOT / ".github" / script, said], check=True)
    return (said / "asked").read_text("utf-8")


def test_one_issue_tells_that_the_newest_torch_differs(said: Path) -> None:
    assert "issue create" in asked(said, "differs.sh")
    (said / "clone" / "known").write_text("7\n", "utf-8")

    assert "issue comment 7" in asked(said, "differs.sh")


def test_what_the_newest_torch_says_is_kept_by_a_pull_request(said: Path) -> None:
    assert "pr create --head versions" in asked(said, "keep.sh")
    host = said / "host" / "somebody" / "convarith"
    kept = ["git", "show", "versions:docs/versions.json"]
    assert subprocess.check_output(kept, cwd=host) == b"new\n"
