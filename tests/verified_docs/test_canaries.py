"""A small project in which one thing is wrong: each kind of fault has to be found.

The project in template/ is also how others may verify pages of their own.
"""

import fnmatch
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

TEMPLATE = Path(__file__).parent / "template"
EN, ZH, CODE = "docs/en/page.md", "docs/zh/page.md", "adding.py"
PAGE = (TEMPLATE / EN).read_text("utf-8")
GENERATED = '<div class="generated">\n</div>'
# What is written instead of what, the line counted from there, and the words of the
# failure: in both languages at once, so that no comparison of the two can find it.
FAULTS = {
    "output": ("#> 8", "#> 9", 0, "but this comes out: '8'"),
    "last output that is left out": ("#> {'add': 3, 'size': 6}\n", "", 0, "but this comes out"),
    "output that is left out": ("#> 8\n", "", 2, "but this comes out: '8'"),
    "blanks of an output": ("#> 8", "#>  8", 0, "but this comes out: '8'"),
    "code": ("f(7))", "f(8))", 1, "but this comes out: '9'"),
    "dropped import": ("f = lambda x: x + 1\n", "", 0, "NameError"),
    "syntax": ("print(f(7))", "print(f(7)", 0, "not Python"),
    "comment": ("x + 1", "x + 1  # 44", 0, "a number in a comment"),
    "output beside code": ("print(f(6))", "print(f(6))  #> 7", 0, "start of a line"),
    "language": ("```pycon", "```py", 1, "is not run"),
    "continues": ('continues="first"', 'continues="last"', 0, "has the id 'last'"),
    "session": ("3 + 4\n7", "3 + 4\n8", 1, "but this comes out"),
    "session without code": (">>> 3 + 4\n7", "7", 0, "neither code nor"),
    "command": ("echo 8\n8", "echo 8\n9", 1, "but this comes out"),
    "blanks of a command": ("echo 8\n8", "echo 8\n 8", 1, "but this comes out"),
    "output before a command": ("$ echo 8", "8\n$ echo 8", 0, "begins without a command"),
    "command that prints nothing": ("$ echo 8", "$ true", 1, "but this comes out"),
    "command that fails": ("$ echo 8", "$ false", 1, "exit code 1"),
    "sign": ("d + b - 1", "d + b + 1", 0, "is false on"),
    "constant": ("d + b - 1", "d + b - 2", 0, "is false on"),
    "letter": ("d + b - 1", "d + a - 1", 0, "is false on"),
    "condition": (r"c \ge a, \qquad b \ge 0", r"c > a, \qquad b \ge 0", 0, "false on"),
    "bound": (r"c \ge a, \qquad", r"c \ge a - 1, \qquad", 0, "less than could"),
    "bound of one letter": (r"c \ge a, \qquad", r"2a \ge a, \qquad", 0, "less than could"),
    "one half of two": (r"c \ge a, \qquad b \ge 0", r"c > a + 5 \iff b > 7", 0, "is false on"),
    "other half of two": (r"c \ge a, \qquad b \ge 0", r"c > a + 5 \iff b > 3", 0, "is false on"),
    "false on one row": (r"c \ge a, \qquad", r"c \le 37, \qquad", 0, "is false on 1 of"),
    "few rows": (r"a, \qquad b \ge 0", r"a, \qquad a = 99", 0, "0 rows only"),
    "definition": ("d := a + 1", "d := a + 2", 4, "is false on"),
    "definition of what is measured": ("d := a + 1", "c := a + b", 0, "which is measured"),
    "definition of nothing": ("d := a + 1", "d := x + 1", 0, "x"),
    "definition that nothing uses": ("d := a + 1", "d := a + 1\n$$\n\n$$\ne := a + 9", 4, "e"),
    "defined twice": ("## ", "$$\nd := b\n$$\n\n## ", None, "a second time"),
    "mention": ("$d + b$", "$d + 3b$", 0, "part of no formula"),
    "mention of a product": ("$d + b$", "$2a$", 0, "part of no formula"),
    "half a term": ("$d + b$", "$d + b - 2$", 0, "part of no formula"),
    "half a difference": ("$d + b$", "$d + b$, $c - b + 1 = a + 1$, $b + 1$", 0, "b + 1 is part of no"),
    "relation in passing": ("$d + b$", "$d + 0 > b + b$", 0, "is false on"),
    "letters alone": ("$d + b$", "$b - d$", 0, "part of no formula"),
    "nothing": ("$d + b$", "$7$", 0, "is a number alone"),
    "claim": (r"\Rightarrow c=7", r"\Rightarrow c=8", 0, "is false"),
    "refused case": (r"b=2 \Rightarrow c=7", r"b=20 \Rightarrow c=25", 0, "refused"),
    "unreadable": ("$d + b$", r"$d \mystery b = 1$", 0, r"\mystery"),
    "row": ("| 2 | 7 |", "| 2 | 8 |", 0, "is false"),
    "sum": ("+ 3 = 7`", "+ 3 = 8`", 0, "is not so"),
    "sum with an ellipsis": ("`f(7)`", "`1 + 2 + ... + 7 = 15`", 0, "no block of this page has"),
    "rounded sum": ("`(5 - 1) + 3 = 7`", "`floor(15 / 2) + 1 = 7`", 0, "is not so"),
    "number": ("prints 7", "prints 397", 0, "the number 397"),
    "number with a point": ("prints 7", "prints 7.5", 0, "the number 7.5"),
    "number of a plane": ("prints 7", "prints 9 x 9", 0, "the number 9"),
    "second number of a plane": ("prints 7", "prints 7x9", 0, "the number 9"),
    "number between tags": ("\n## ", f"\n{GENERATED}\n\n397\n\n<div>\n</div>\n\n## ", 3, "the number 397"),
    "numbers that only fit": ("\n<sum", "\nThe 44 and the 46.\n\n<sum", 0, "the number 44"),
    "numbers of two clauses": ("\n<sum", "\nOne is 44; it becomes 46.\n\n<sum", 0, "the number 44"),
    "sizes exchanged": ("5 becomes 7", "7 becomes 5", 0, "7 becomes 5: this is not"),
    "another size": ("5 becomes 7:", "5 becomes `(5 - 1) + 4 = 8`:", 0, "5 becomes 8: this is not"),
    "number of a linked section": ("](#code)", "](#adding)", 0, "the number 8"),
    "number of a title": ("title: ", "title: 99 ", 0, "the number 99"),
    "number of an argument of an element": ('add="2"', 'add="44"', 0, "add=44"),
    "number below zero of an element": ('in_size="5"', "in_size='-5'", 0, "in_size=-5"),
    "number of an element": ('in_size="5"', 'in_size="44"', 0, "in_size=44"),
    "number of a size of an element": ('in_size="5"', 'in_size="5" out_size="44"', 0, "out_size=44"),
    "number of a cell": ("| 6 | 9 |", "| 6 | 10 |", 0, "number 6"),
    "number that is asked": ("`add=2`", "`add=4`", 0, "5 becomes 7: this is not"),
    "number of an argument that varies": ("`f(7)`", "`add=44`", 0, "is run with `add=44`"),
    "number of a description": (" 7", " 17", 0, "the number 17"),
    "number of a picture": ("![", "![99 ", 0, "the number 99"),
    "number in a name": ("`f(7)`", "k12", 0, "k12"),
    "number in a capital name": ("`f(7)`", "Law12", 0, "Law12"),
    "number in a name of code": ("`f(7)`", "`conv4d`", 0, "has `conv4d`"),
    "number with a unit": ("`f(7)`", "44ms", 0, "the number 44"),
    "number of an item": ("\n## ", "\n- 397\n\n## ", 0, "the number 397"),
    "sum without its value": ("`f(7)`", "`(5 - 1) * 11`", 0, "does not stand here"),
    "place beside an argument": ("`f(7)`", "`dict(44, add=3)`", 0, "is run with"),
    "number of a linked page": ("](#code)", "](page.md)", 0, "the number 8"),
    "number of another script": ("`f(7)`", "&frac12;", 0, "½"),
    "number in a tag": ("\n## ", "\n<div>99</div>\n\n## ", 0, "the number 99"),
    "number with a letter": ("prints 7", "prints 97th", 0, "the number 97"),
    "number in a docstring": ("f = lambda x: x + 1", "def f(x):\n    \"99\"\n    return x + 1", 1, "docstring"),
    "number in a heading": ("{ #code }", "99 { #code }", 0, "the number 99"),
    "number in a tab": ("\n## ", '\n=== "99"\n\n    x\n\n## ', 0, "the number 99"),
    "code in a sentence": ("`f(7)`", "`f(9)`", 0, "has `f(9)`"),
    "one of two arguments": ("`f(7)`", "`add=3, size=7`", 0, "is run with"),
    "name": ("`f(7)`", "`firsts`", 0, "has the name firsts"),
    "option": ("`f(7)`", "`--firsts`", 0, "has the name --firsts"),
    "command in a sentence": ("`f(7)`", "`echo add`", 0, "gives the command"),
    "command of another section": ("\n## ", "\n`echo add`\n\n## ", 0, "gives the command"),
    "operator": ("`f(7)`", "`x * size`", 0, "has `x ? size`"),
    "argument": ("`add=3`", "`add=5`", 0, "number 6"),
    "dead anchor": ("](#code)", "](#cod)", 0, "no place called cod"),
    "dead anchor of another page": ("](#code)", "](../zh/page.md#cod)", 0, "no place called cod"),
    "dead anchor beside a tag": ("](#code)", "](#cod)\n<div>x</div>\n", 0, "no place called cod"),
    "dead link": ("](../../README.md)", "](../README.md)", 0, "is not there"),
}  # fmt: skip
CHINESE = {
    "prints 7": "输出 7",
    "5 becomes 7": "5 变成 7",
    "5 becomes 7:": "5 变成 7：",
}
# The same, in one language only.
ONE_SIDED = {
    "prose": ("```\n\n```pycon", "```\n\n=== x\n\n```pycon", "has no such note"),
    "code": ("f(7))\n#> 8", "f(8))\n#> 9", "has the block"),
    "equation": ("c = d + b - 1", "c = b + d - 1", "has the display formula"),
    "formula": ("$d + b$", "$d$", "has the inline formula"),
    "link": ("](#code)", "](#adding)", "has the link"),
    "heading": ("## ", "### ", "has the heading"),
    "anchor": ("{ #code }", "{ #kode }", "has the heading"),
    "note": ("!!! note", "!!! tip", "has the note"),
    "image": ("![", "[", "has the image"),
    "address of an image": ("](../../README.md)", "](page.md)", "has the image"),
    "bare address": ("\n## ", "\n<https://x.org>\n\n## ", "has no such link"),
    "element": ('in_size="5"', 'in_size="7"', "has the element"),
    "tag": ("\n## ", '\n<div class="a"></div>\n\n## ', "has no such element"),
    "front matter": ("title: 加法\n", "", "has the front matter"),
    "cell": ("| `add=3` | 6 | 9 |", "| `add=3` | 9 |", "has the table row"),
    "table": ("| `add=3` | 6 | 9 |\n", "", "has the table row"),
}


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    shutil.copytree(TEMPLATE, pytester.path, dirs_exist_ok=True)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    off = "doctest", "cacheprovider", "unraisableexception", "hypothesispytest", "cov"
    plugins = "verified_docs.plugin", *(f"no:{name}" for name in off)
    own = (f"-p{name}" for name in plugins)
    return project.runpytest_inprocess(*own, *(arguments or (EN, CODE)))


def edit(project: pytest.Pytester, name: str, before: str, after: str) -> int:
    """Change a file, and return the line of what is changed."""
    path = project.path / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return text.count("\n", 0, text.index(before) + before.startswith("\n")) + 1


def test_what_is_right_passes(project: pytest.Pytester) -> None:
    result = run(project, EN, ZH, CODE, "README.md")

    result.assert_outcomes(passed=43)


def planted(project: Path, page: str, name: str, before: str, after: str) -> int:
    """A page of its own with one thing changed; the line of what is changed."""
    text = (project / page).read_text("utf-8")
    assert before in text
    faulty = text.replace(before, after, 1)
    (project / page).with_name(f"{name}.md").write_text(faulty, "utf-8")
    return text.count("\n", 0, text.index(before) + before.startswith("\n")) + 1


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, int]]:
    """What one run says of all faults, each in pages of its own, and their lines."""
    project = tmp_path_factory.mktemp("faults")
    shutil.copytree(TEMPLATE, project, dirs_exist_ok=True)
    lines = {}
    for number, (before, after, *_) in enumerate(FAULTS.values()):
        name = f"both-{number}"
        lines[name] = planted(project, EN, name, before, after)
        twins = [CHINESE.get(text, text) for text in (before, after)]
        planted(project, ZH, name, *twins)
    for number, (before, after, _) in enumerate(ONE_SIDED.values()):
        name = f"one-{number}"
        lines[name] = planted(project, ZH, name, before, after)
        shutil.copy(project / EN, (project / EN).with_name(f"{name}.md"))
    pages = [*project.glob("docs/en/*.md"), *project.glob("docs/zh/one-*.md")]
    plain = "-pno:terminal", "--plain", "-pverified_docs.plugin", "-pno:cacheprovider"
    command = [
        sys.executable,
        "-m",
        "pytest",
        *plain,
        "--continue-on-collection-errors",
    ]
    done = subprocess.run(
        [*command, *(page.relative_to(project) for page in pages)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, lines


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_both_languages_is_found_where_it_is(
    told: tuple[str, dict[str, int]], name: str
) -> None:
    said, lines = told
    page = f"both-{list(FAULTS).index(name)}"
    _, _, offset, words = FAULTS[name]

    line = "*" if offset is None else lines[page] + offset
    place = f"*docs/en/{page}.md:{line}: *{words}*".replace("[", "[[]")
    assert fnmatch.filter(said.splitlines(), place)


@pytest.mark.parametrize("name", ONE_SIDED)
def test_a_fault_in_one_language_is_found_where_it_is(
    told: tuple[str, dict[str, int]], name: str
) -> None:
    said, _ = told
    page = f"one-{list(ONE_SIDED).index(name)}"
    _, _, words = ONE_SIDED[name]

    found = fnmatch.filter(said.splitlines(), f"*docs/zh/{page}.md:*: *")
    assert any(words in line or "has no such" in line for line in found)


def test_a_page_without_a_fault_is_not_told_of(
    told: tuple[str, dict[str, int]],
) -> None:
    said, lines = told

    assert "docs/en/page.md:" not in said
    assert all(f"/{name}.md" in said for name in lines)


def test_a_missing_translation_is_found(project: pytest.Pytester) -> None:
    (project.path / ZH).rename(project.path / "page.md")
    result = project.runpytest_inprocess("-p", "verified_docs.plugin", EN)

    result.stdout.fnmatch_lines([f"*{EN}:1: this page has no translation*"])


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("        2\n", "        3\n", 13),
        ("c = a + b", "c = a - b", 8),
        ("1, or", "9, or", 5),
    ],
)
def test_a_false_docstring_is_found(
    project: pytest.Pytester, before: str, after: str, line: int
) -> None:
    edit(project, CODE, before, after)

    result = run(project)

    result.assert_outcomes(failed=1, passed=22)
    result.stdout.fnmatch_lines([f"*{CODE}:{line}: *"])


def test_a_block_runs_in_an_empty_folder(project: pytest.Pytester) -> None:
    for name in (EN, ZH):
        edit(
            project,
            name,
            "print(f(7))\n#> 8",
            "import os\n\nprint(f(7), os.listdir())\n#> 8 []",
        )

    run(project).assert_outcomes(passed=23)


def test_a_fault_is_told_in_two_lines(project: pytest.Pytester) -> None:
    line = edit(project, EN, "#> 7", "#> 6")
    plain = "-o", "addopts=", "-p", "no:terminal", "--plain"
    result = run(project, *plain, EN)

    assert result.outlines[0].startswith(f"{EN}:{line}: the page shows '6', but")
    assert "make outputs" in result.outlines[1]


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [(["-k", "python", EN], 2), ([f"{EN}::code:prose"], 1)],
)
def test_any_selection_does(
    project: pytest.Pytester, arguments: list[str], passed: int
) -> None:
    assert run(project, *arguments).parseoutcomes()["passed"] == passed


def test_any_number_of_workers_does(project: pytest.Pytester) -> None:
    own = "-p", "verified_docs.plugin", "-p", "xdist", "-n", "2"
    result = project.runpytest_subprocess(*own, EN, ZH, CODE)

    result.assert_outcomes(passed=41)


def test_two_tests_never_have_one_name(project: pytest.Pytester) -> None:
    more = "\n## Again { #code }\n\n```python\nprint(1)\n#> 1\n```\n"
    with (project.path / EN).open("a", encoding="utf-8") as file:
        file.write(more)

    names = [line for line in run(project, "--co", "-q", EN).outlines if "::" in line]
    assert len(set(names)) == len(names) == 20


def test_any_order_does(project: pytest.Pytester) -> None:
    conftest = project.path / "conftest.py"
    reverse = "\n\ndef pytest_collection_modifyitems(items):\n    items.reverse()\n"
    conftest.write_text(conftest.read_text("utf-8") + reverse, "utf-8")

    run(project).assert_outcomes(passed=23)


def test_what_failed_is_run_again_after_an_edit(project: pytest.Pytester) -> None:
    edit(project, EN, "#> 7", "#> 6")
    own = ("-p", "verified_docs.plugin", EN)
    project.runpytest_subprocess(*own).assert_outcomes(failed=2, passed=16)
    edit(project, EN, "\nWith ", "\nA line.\n\nWith ")
    edit(project, EN, "#> 6", "#> 7")

    project.runpytest_subprocess("--lf", *own).assert_outcomes(passed=2)


@pytest.fixture
def tracked(project: pytest.Pytester) -> Callable[..., pytest.RunResult]:
    """The project in git, below a folder with a name that tools like to skip."""
    home = project.path / "node_modules"
    shutil.copytree(TEMPLATE, home)
    (home / "CHANGELOG.md").write_text("None.\n", "utf-8")
    (home / ".gitignore").write_text(
        ".report/\n__pycache__/\n.pytest_cache/\n", "utf-8"
    )
    subprocess.run(["git", "init", "--quiet"], cwd=home, check=True)
    project.chdir()
    return lambda *more: project.runpytest_subprocess(
        "-p", "verified_docs.plugin", "--report", "--rootdir", home, *more, home / EN
    )


def test_a_green_run_leaves_a_report_of_exactly_these_files(
    project: pytest.Pytester, tracked: Callable[..., pytest.RunResult]
) -> None:
    from verified_docs import report

    home = project.path / "node_modules"
    others = "figure.mjs", "data.json", "LICENSE"
    for name in others:
        (home / name).write_text("\n", "utf-8")
    tracked().assert_outcomes(passed=18)
    known = report.current(home)
    assert known is not None
    assert known.rows("d := a + 1") == 0
    assert known.rows("c = d + b - 1") == 400
    assert known.rows("print(f(7))\n#> 8") is None
    assert known.counts["equations held"] == 2
    (home / "pins.toml").write_text("\n", "utf-8")
    assert report.current(home) is None
    (home / "pins.toml").unlink()
    for name in ("CHANGELOG.md", EN, "conftest.py", *others):
        edit(project, f"node_modules/{name}", "\n", "\n\n")
        assert report.current(home) is None
        edit(project, f"node_modules/{name}", "\n\n", "\n")
        assert report.current(home) is not None


def test_a_run_during_which_a_file_changes_leaves_no_report(
    project: pytest.Pytester, tracked: Callable[..., pytest.RunResult]
) -> None:
    home = project.path / "node_modules"
    during = (
        "\n\ndef pytest_runtest_setup():\n"
        "    with open(f'{__file__}.txt', 'a') as file:\n        file.write('x')\n"
    )
    with (home / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(during)

    result = tracked()

    result.assert_outcomes(passed=18)
    result.stdout.fnmatch_lines(["files changed during the run: no report is left"])
    assert not (home / ".report" / "verified-examples.json").exists()


def test_a_red_run_and_one_that_checks_too_little_leave_no_report(
    project: pytest.Pytester, tracked: Callable[..., pytest.RunResult]
) -> None:
    left = project.path / "node_modules" / ".report" / "verified-examples.json"
    edit(
        project,
        "node_modules/conftest.py",
        "words=WORDS,",
        "words=WORDS,\n    at_least={'blocks run': 5},",
    )
    result = tracked()

    assert result.ret == 1
    result.stdout.fnmatch_lines(["only 4 blocks run; at least 5 are expected"])
    edit(project, "node_modules/conftest.py", "run': 5", "run': 4")
    edit(project, f"node_modules/{EN}", "#> 8", "#> 9")
    tracked().assert_outcomes(failed=2, passed=16)
    assert not left.exists()
    edit(project, f"node_modules/{EN}", "#> 9", "#> 8")
    tracked().assert_outcomes(passed=18)
    assert json.loads(left.read_text("utf-8"))["counts"]["blocks run"] == 4
