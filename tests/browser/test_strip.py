"""The strip, used as a person would: pasted into, dragged, stepped, fixed and undone."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from convarith import ConvTranspose, Stack
from convarith import _from_text as reading
from convarith._fitting_sizes import FittingSizes
from tests.adapter import PAGES
from tests.browser import machine
from tests.browser.conftest import SIZE, WITHOUT_SEARCH
from tests.widgets.test_strip import PASTES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = "recipes/your-network/"
READ = """() => {
    const found = document.querySelector('conv-strip');
    const all = (what) => [...found.querySelectorAll(what)].map(e => e.textContent);
    return {
        text: found.text, size: found.getAttribute('in_size'), fixes: [...found.fixes],
        refused: found.hasAttribute('data-refused'), refusal: found.refusal.textContent,
        sizes: found.picture.ariaLabel.match(/\\d+/g).map(Number), verdict: found.verdict.textContent,
        bad: all('.strip text.meet.t-bad'), good: all('.strip text.meet.t-good'),
        buttons: all('.strip-fixes button'), why: all('.strip-fixes > p')[0] ?? '',
        changed: all('.strip-diff ins')[0] ?? '', rule: found.rule.textContent,
        fits: all('.ruler .fits').map(one => Number(one.replaceAll('\\u202f', ''))),
        handle: found.querySelector('[role=slider]').getAttribute('aria-valuetext'),
    };
}"""
TYPE = """([what, value]) => {
    const box = document.querySelector(`conv-strip ${what}`);
    box.value = value;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
}"""
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def visit(chromium: Browser, address: str) -> Iterator[Page]:
    """One window on one page, which each test leaves as it likes."""
    context = chromium.new_context(base_url=f"{address}/", viewport=SIZE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(WITHOUT_SEARCH)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    at(page)
    yield page
    context.close()
    assert faults == []


def at(page: Page, query: str = "", language: str = "en") -> Locator:
    page.goto(f"{language}/{PATH}" + (f"?network={query}" if query else ""))
    found = page.locator("conv-strip")
    found.scroll_into_view_if_needed()
    expect(found.locator(".strip-verdict")).not_to_be_empty()
    return found


def u_net(draw: random.Random) -> str:
    """A U-Net as its layers are written, shallow enough to be broken by chance."""
    depth = draw.randint(1, 3)
    downs = [
        draw.choice(("nn.MaxPool2d(2)", "nn.Conv2d(3, 4, 3, stride=2, padding=1)"))
        for _ in range(depth)
    ]
    ups = [
        draw.choice(
            (
                "nn.ConvTranspose2d(8, 4, 2, stride=2)",
                "nn.ConvTranspose2d(8, 4, 4, 2, 1)",
                "nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)",
            )
        )
        for _ in range(depth)
    ]
    return "\n".join(f"self.l{n} = {own}" for n, own in enumerate(downs + ups))


def expected(seen: Seen) -> tuple[list[int], list[tuple[int, int]], Stack]:
    """The sizes at every place with the fixes that were chosen, the skips and the stack."""
    lines = seen["text"].split("\n")
    layers = [layer for line in lines for layer in reading.layers(line, 2)]
    depth, sizes = len(layers) // 2, [int(seen["size"])]
    fixes = dict(seen["fixes"])
    for number, layer in enumerate(layers):
        fix = fixes.get(number, {})
        if "sized" in fix:
            # As PyTorch does it: the output_padding that gives the size, if it is legal.
            own = layer.replace(output_padding=0).out_size(sizes[-1])
            fix = {"extra": sizes[fix["sized"]] - own}
            fix = fix if 0 <= fix["extra"] < layer.stride else {}
        if "extra" in fix:
            assert isinstance(layer, ConvTranspose)
            layers[number] = layer = layer.replace(output_padding=fix["extra"])
        sizes.append(layer.out_size(sizes[-1]))
    return sizes, [(depth - 1 - n, depth + 1 + n) for n in range(depth)], Stack(layers)


def faults(seen: Seen) -> Iterator[str]:
    """What the page shows and the library does not give."""
    sizes, pairs, stack = expected(seen)
    apart = [one for n, one in enumerate(sizes) if not n or one != sizes[n - 1]]
    if seen["sizes"] != apart:
        yield f"{seen['sizes']}, not {apart}"
    first = next((pair for pair in pairs if sizes[pair[0]] != sizes[pair[1]]), None)
    if first is None:
        if (seen["bad"], seen["verdict"]) != ([], "all skips fit"):
            yield f"{seen['bad']}, {seen['verdict']}"
    else:
        wanted, got = (sizes[place] for place in first)
        if (
            seen["bad"] != [f"{wanted} ≠ {got}"]
            or f"the skip has {wanted}." not in (seen["why"])
        ):
            yield f"{seen['bad']}, {seen['why']}, not {wanted} and {got}"
        if seen["verdict"] != f"l{first[1] - 1} does not fit its skip":
            yield f"{seen['verdict']}, not {first}"
    if seen["handle"] != f"{seen['size']}: {seen['verdict']}":
        yield seen["handle"]
    if any("sized" in fix for _, fix in seen["fixes"]):
        return
    rule = stack.fitting_sizes(pairs)
    assert isinstance(rule, FittingSizes)
    if seen["rule"] != f"sizes that fit: {rule}" or not all(
        one in rule for one in seen["fits"]
    ):
        yield f"{seen['rule']}, {seen['fits']}, not {rule}"


def act(page: Page, draw: random.Random, seen: Seen) -> str:
    """One thing that a reader does, and what it was."""
    kind = draw.choice(("paste", "type", "step", "key", "fix", "fix", "fix"))
    found = page.locator("conv-strip")
    if kind == "paste":
        page.evaluate(TYPE, ["textarea", u_net(draw)])
    elif kind == "type":
        kind = str(draw.randint(30, 999))
        page.evaluate(TYPE, ["[aria-label=in_size]", kind])
    elif kind == "step":
        found.get_by_label(f"in_size: one {draw.choice(('more', 'less'))}").click()
    elif kind == "key":
        found.get_by_role("slider").press(draw.choice(("ArrowRight", "PageDown")))
    elif seen["buttons"] and seen["bad"]:
        number = draw.randrange(len(seen["buttons"]))
        kind = seen["buttons"][number]
        button = found.locator(".strip-fixes button").nth(number)
        # It is gone once it has done what it says.
        handle = button.element_handle()
        button.click()
        assert handle is not None
        handle.wait_for_element_state("hidden")
    return kind


def test_after_any_edits_the_numbers_are_those_of_the_library(visit: Page) -> None:
    at(visit)
    draw, done, wrong, mended = random.Random(2015), [""], [], 0
    visit.evaluate(TYPE, ["textarea", u_net(draw)])
    seen: Seen = visit.evaluate(READ)
    for _ in range(45):
        done.append(act(visit, draw, seen))
        try:
            expected(after := visit.evaluate(READ))
        except Exception as error:
            wrong.append(f"after {done[-3:]}: {error}")
            break
        seen = after
        mended += bool(seen["changed"])
        wrong += [f"after {done[-3:]}: {fault}" for fault in faults(seen)]

    assert wrong == []
    assert mended > 3


def test_a_fix_is_chosen_copied_and_undone_by_keyboard(visit: Page) -> None:
    found = at(visit)
    fixes = found.locator(".strip-fixes")
    expect(fixes).to_contain_text("down turns 111 into 55: the floor drops 1.")
    fixes.get_by_role("button", name="output_padding=1").press("Enter")
    changed = "self.up1 = nn.ConvTranspose2d(128, 64, 2, stride=2, output_padding=1)"
    expect(fixes.locator("ins")).to_have_text(changed)
    visit.keyboard.press("Enter")
    expect(fixes).to_contain_text("Copied")
    assert visit.evaluate("navigator.clipboard.readText()") == changed
    visit.keyboard.press("Tab")
    visit.keyboard.press("Enter")
    expect(fixes).to_contain_text("the skip has 111")
    fixes.get_by_role("button", name="input size 224").press("Enter")
    expect(found.locator(".strip-verdict")).to_have_text("all skips fit")
    assert visit.evaluate("document.activeElement.getAttribute('role')") == "slider"


def test_the_ruler_is_dragged_by_hand(visit: Page) -> None:
    found = at(visit)
    box = found.locator(".ruler .handle rect").first.bounding_box()
    ruler = found.locator(".ruler").bounding_box()
    assert box is not None
    assert ruler is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 14
    visit.mouse.move(x, y)
    visit.mouse.down()
    visit.mouse.move(x + ruler["width"] / 48 * 2, y, steps=4)
    visit.mouse.up()
    expect(found.get_by_role("slider")).to_have_attribute(
        "aria-valuetext", "224: all skips fit"
    )
    visit.go_back()
    expect(found.get_by_label("in_size", exact=True)).to_have_value("222")


TRACEBACK = """Traceback (most recent call last):
RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 111 but got size 110 for tensor number 1 in the list."""


@pytest.mark.parametrize("language", PAGES)
def test_pastes_of_every_kind_can_be_used_by_everyone(
    visit: Page, language: str
) -> None:
    found = at(visit, "", language)
    visit.set_viewport_size({"width": 390 if language == "zh" else 1280, "height": 900})
    palette = {"en": machine.LIGHT, "zh": machine.DARK}[language]
    pastes = {kind: text for kind, (text, _) in PASTES.items()}
    for kind, text in {**pastes, "traceback": TRACEBACK, "nothing": "hello"}.items():
        visit.evaluate(TYPE, ["textarea", text])
        expect(found.locator(".strip-verdict")).not_to_be_empty()
        if kind == "traceback":
            expect(found.locator(".strip text.meet.t-bad")).to_have_text("111 ≠ 110")
            expect(found.locator(".strip-fixes a")).to_have_attribute(
                "href", re.compile("errors/skip-connections/#")
            )
        if kind in ("traceback", "nothing"):
            assert machine.barriers(visit, palette, "conv-strip") == [], kind
        assert visit.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    expect(found).to_have_attribute("data-refused", "")
    expect(found.locator(".strip-verdict")).to_have_text("—")
    visit.set_viewport_size(SIZE)


HOSTILE = {
    "layers": ("nn.Conv2d(3, 4, 3)\n", 50_000),
    "keys": ("(0): ", 200_000),
    "word": ("a.", 500_000),
    "calls": ("a()", 330_000),
    "nodes": ("%a = Conv[[1, ", 70_000),
    "summary": ("Output Shape [1, ", 60_000),
}
TOOK = """async (text) => {
    const box = document.querySelector('conv-strip textarea');
    box.value = text;
    const begun = performance.now();
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return performance.now() - begun;
}"""


def test_hostile_and_huge_pastes_are_answered_at_once(visit: Page) -> None:
    found = at(visit)
    for kind, (text, times) in HOSTILE.items():
        # Once of some times: a busy machine says nothing of the answer.
        assert any(visit.evaluate(TOOK, text * times) < 200 for _ in range(4)), kind
        assert visit.locator("conv-strip svg *").count() < 1000, kind
    visit.evaluate(TYPE, ["textarea", '"><img src=x onerror=alert(1)> nn.MaxPool2d(2)'])
    expect(found.locator("img")).to_have_count(0)
    visit.evaluate(TYPE, ["[aria-label=in_size]", str(10**12)])
    expect(found.locator(".strip text.size").last).to_have_text(
        "500 000 000 000".replace(" ", "\u202f")
    )
    visit.evaluate(TYPE, ["[aria-label=in_size]", "ten"])
    expect(found.locator(".cw-refused")).to_contain_text("whole number")
    assert (
        found.locator(".strip-stage").evaluate("e => getComputedStyle(e).opacity")
        == "0.28"
    )


def test_nothing_moves_for_a_reader_who_wants_no_motion(visit: Page) -> None:
    moving = """async (element) => {
        element.querySelector('[role=slider]').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }));
        for (let task = 0; task < 10; task++) await null;
        return element.getAnimations({ subtree: true }).length > 0;
    }"""
    visit.emulate_media(reduced_motion="reduce")
    found = at(visit)
    assert not found.evaluate(moving)
    visit.emulate_media(reduced_motion="no-preference")
    assert found.evaluate(moving)
    visit.emulate_media(reduced_motion="null")
