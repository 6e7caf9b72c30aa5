"""The pages as tests: one for each block, formula and section of prose, and for links.

A project says in its conftest.py which files are pages, and what its letters mean:

    pytest_plugins = ["verified_docs.plugin"]

    def pytest_verified_docs_project():
        return Project(patterns=["docs/**/*.md"], measured=Torch(), imports=["torch"])

Every result is pytest's own: nothing else is kept, so any selection, order and number
of workers does. With --report, a green run leaves its report for the site; with
--plain, only what is false is printed, and what to do about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.example import SybilFailure
from sybil.integration.pytest import SybilFile, SybilItem

from verified_docs import blocks, formulas, links, parity, prose, source
from verified_docs.recorder import Recorder
from verified_docs.source import Falsehood, Item, Section


@dataclass
class Project:
    """What the checks have to be told of a project."""

    # What formulas are asked of; without it, they are not read.
    measured: formulas.Measurements | None = None
    patterns: Sequence[str] = ("*.md",)
    docstrings: Sequence[str] = ()
    # What code finds imported when it starts, and the versions that a report names.
    imports: Sequence[str] = ()
    command: blocks.Command = blocks.in_a_shell
    # How the pages call what is measured; without it, sentences are not read.
    words: prose.Words | None = None
    # Pairs of a part of a path, and what it is in the other language.
    languages: Sequence[tuple[str, str]] = ()
    # How many of each count a report must have: what is checked may only grow.
    at_least: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def runner(self) -> blocks.Runner:
        """The one runner of this process."""
        return blocks.Runner(self.imports, self.command)

    def twin(self, path: Path) -> Path | None:
        """The same page in the other language."""
        name = path.as_posix()
        for one, other in self.languages:
            for this, that in ((one, other), (other, one)):
                if this in name:
                    return Path(name.replace(this, that))
        return None


@dataclass
class Check:
    """One test: its name, where it stands, what it is counted as, and what to call."""

    name: str
    span: tuple[int, int]
    kind: str
    key: str
    call: Callable[[], int]
    rows: int = field(default=0)

    def result(self) -> tuple[str, str, int]:
        """What a report is told of it."""
        kind = self.kind if self.rows else UNCLAIMED.get(self.kind, self.kind)
        return kind, self.key, self.rows


KINDS = {"display": "equations held", "inline": "claims asked", "row": "claims asked"}
UNCLAIMED = {
    "equations held": "definitions evaluated",
    "claims asked": "formulas mentioned",
    "blocks run": "blocks of commands known to make",
}


def page_checks(path: Path, text: str, project: Project) -> Iterator[Check]:
    """Everything that a page has to show."""
    sections = source.page(text)
    # What is false by itself is told first.
    end = len(text), len(text)
    call: Callable[[], int] = partial(links.check, path)
    yield Check("page:links", end, "pages with links", "", call)
    if twin := project.twin(path):
        call = partial(parity.check, path, twin)
        yield Check("page:parity", end, "pages in both languages", "", call)
    yield from _checks(path, sections, project)


def docstring_checks(path: Path, text: str, project: Project) -> Iterator[Check]:
    """Everything that the docstrings of a module have to show."""
    yield from _checks(path, source.docstrings(text), project)


def _checks(path: Path, sections: list[Section], project: Project) -> Iterator[Check]:
    context = formulas.Context.of(item for part in sections for item in part.items)
    pages = prose.Pages(path, sections, project.words) if project.words else None
    for section in sections:
        count: Counter[str] = Counter()
        for item in section.items:
            if item.is_formula and project.measured is None:
                continue
            count[item.kind] += 1
            name = f"{section.name}:{item.kind}-{count[item.kind]}"
            kind = KINDS.get(item.kind, "blocks run")
            call = _call(item, project, context)
            yield Check(name, item.span, kind, item.key, call)
        if pages and section.prose.strip():
            here, call = (section.start,) * 2, partial(prose.check, section, pages)
            yield Check(f"{section.name}:prose", here, "sections of prose", "", call)


def _call(item: Item, project: Project, page: formulas.Context) -> Callable[[], int]:
    if item.is_formula and project.measured is not None:
        return partial(formulas.check, item, project.measured, page)
    return partial(blocks.check, item, project.runner)


class _Named(Sybil):
    """Tests are called by section and kind, so an edit elsewhere renames none."""

    def identify(self, example: Example) -> str:
        return str(example.parsed.name)


class Hooks:
    """What a project may say; pytest finds it in its conftest.py."""

    @pytest.hookspec(firstresult=True)
    def pytest_verified_docs_project(self) -> Project | None:
        """The project whose pages are tests."""


def _raise(falsehood: Falsehood) -> int:
    raise falsehood


def _evaluate(example: Example) -> str | None:
    check = example.parsed
    try:
        check.rows = check.call()
    except Falsehood as falsehood:
        return falsehood.told(example.path).replace(f"{Path.cwd()}/", "")
    return None


def _parser(project: Project, checks: Callable[..., Iterator[Check]]) -> Any:
    def parse(document: Document) -> Iterator[Region]:
        try:
            found = list(checks(Path(document.path), document.text, project))
        except Falsehood as falsehood:
            # It cannot be read: that is what its one test says.
            call = partial(_raise, falsehood)
            found = [Check("page:text", (0, 0), "pages that can be read", "", call)]
        names: Counter[str] = Counter()
        for check in found:
            # Of two tests with one name, workers would run only one.
            names[check.name] += 1
            if names[check.name] > 1:
                check.name += f"-again-{names[check.name] - 1}"
            yield Region(*check.span, check, _evaluate)

    return parse


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, what in (
        ("report", "leave what passed"),
        ("plain", "print what is false"),
    ):
        parser.addoption(f"--{name}", action="store_true", help=what)


def pytest_configure(config: pytest.Config) -> None:
    project = config.hook.pytest_verified_docs_project()
    if project is None:
        return
    add = config.pluginmanager.register
    add(_Collector(project, config.rootpath), "verified-docs-collector")
    if config.getoption("--report") and not hasattr(config, "workerinput"):
        results = Recorder(config.rootpath, project.imports, project.at_least)
        add(results, "verified-docs-report")
    if config.getoption("--plain"):
        add(_Plain(), "verified-docs-plain")


class _Collector:
    """Collects pages and docstrings by Sybil."""

    def __init__(self, project: Project, root: Path) -> None:
        self.project = project
        where: Any = {"path": str(root), "document_types": {".py": Document}}
        pages, modules = (
            _parser(project, page_checks),
            _parser(project, docstring_checks),
        )
        self.sybils = (
            _Named([pages], patterns=project.patterns, **where),
            _Named([modules], patterns=project.docstrings, **where),
        )

    def pytest_collect_file(self, file_path: Path, parent: Any) -> SybilFile | None:
        mine = [sybil for sybil in self.sybils if sybil.should_parse(file_path)]
        if not mine:
            return None
        self.project.runner.begin()
        return SybilFile.from_parent(parent, path=file_path, sybils=mine)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> Any:
        """Hand on with the result what it is a result of, or why it is none."""
        if call.when == "call" and isinstance(item, SybilItem):
            item.user_properties.append(("verified", item.example.parsed.result()))
        report = yield
        if call.excinfo and isinstance(call.excinfo.value, SybilFailure):
            report.longrepr = call.excinfo.value.result
        return report

    def pytest_unconfigure(self) -> None:
        self.project.runner.close()


class _Plain:
    """Each falsehood in two lines, and nothing else but the number of checks."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.outcomes[report.outcome] += report.when == "call"
        self.pytest_collectreport(report)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            print(str(report.longrepr).rstrip(), flush=True)

    def pytest_sessionfinish(self) -> None:
        print(", ".join(f"{n} {outcome}" for outcome, n in self.outcomes.items()))
