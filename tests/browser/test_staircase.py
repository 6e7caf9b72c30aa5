"""The staircase, used as a person would: by fields, knob, cards, pointer and text."""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from convarith import Conv, ConvTranspose, SizeError
from tests.adapter import PAGES
from tests.browser import machine
from tests.browser.conftest import SIZE, WITHOUT_SEARCH, unfailing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WINDOW = ("kernel_size", "stride", "padding", "dilation")
PATH = "learn/output-padding/"
# What stands there, read off the page in one go.
READ = """() => {
    const found = document.querySelector('conv-staircase');
    const all = (what) => [...found.querySelectorAll(what)];
    const number = (text) => Number(text.replaceAll('\\u202f', ''));
    const knob = found.querySelector('[role=slider]');
    return {
        given: Object.fromEntries([...found.attributes].map(({ name, value }) => [name, value])),
        refused: found.hasAttribute('data-refused'),
        lines: all('.cw-refused p').map(e => e.textContent),
        fields: Object.fromEntries(all('.cw-step input').map(e => [e.ariaLabel, e.value])),
        bad: all('.cw-step[data-bad] input').map(e => e.ariaLabel),
        cards: all('.cw-pick label').map(e => [
            Number(e.querySelector('input').value), e.querySelector('input').checked,
            number(e.querySelector('strong span').textContent), number(e.querySelector('em').textContent),
            e.querySelector('code').textContent, e.querySelector('small').textContent,
        ]),
        knob: ['valuemin', 'valuemax', 'valuenow', 'valuetext'].map(name => knob.getAttribute(`aria-${name}`)),
        dots: all('.dot').map(e => Number(e.dataset.size)),
        picked: all('.stairs text:is(.picked, .lit)').map(e => number(e.textContent)),
        heights: all('.stairs text.height').map(e => number(e.textContent)),
        sum: found.querySelector('.cw-answer code')?.textContent ?? '',
    };
}"""
TYPE = """([name, value]) => {
    const box = document.querySelector(`conv-staircase [aria-label=${name}]`);
    box.value = value;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
}"""


@pytest.fixture(scope="module")
def visit(chromium: Browser, address: str) -> Iterator[Page]:
    """One window on one page, which each test leaves as it likes."""
    context = chromium.new_context(base_url=f"{address}/", viewport=SIZE)
    context.add_init_script(WITHOUT_SEARCH)
    page = context.new_page()
    with unfailing(page):
        page.goto(f"en/{PATH}")
        ready(page)
        yield page
    context.close()


def ready(page: Page) -> Locator:
    found = page.locator("conv-staircase")
    found.scroll_into_view_if_needed()
    expect(found.locator(".cw-answer")).not_to_be_empty()
    return found


def at(page: Page, query: str, language: str = "en", path: str = PATH) -> Locator:
    page.goto(f"{language}/{path}" + (f"?range={query}" if query else ""))
    return ready(page)


Seen = dict[str, Any]


def expected(seen: Seen) -> tuple[int, int, ConvTranspose] | None:
    """The step and the size that the library gives, or None where it refuses."""
    given = {name: seen["given"].get(name) for name in (*WINDOW, "in_size", "out_size")}
    known = {"stride": 1, "padding": 0, "dilation": 1}
    window = {name: int(given[name] or known[name]) for name in WINDOW}
    extra = int(seen["given"].get("output_padding") or 0)
    try:
        back = ConvTranspose(**window, output_padding=extra)
        if given["in_size"]:
            return (
                Conv(**window).out_size(int(given["in_size"])),
                int(given["in_size"]),
                back,
            )
        return int(given["out_size"]), back.out_size(int(given["out_size"])), back
    except SizeError:
        return None


def faults(seen: Seen) -> Iterator[str]:
    """What the page shows and the library does not give."""
    wanted = expected(seen)
    if wanted is None or seen["refused"]:
        if (wanted is None) != seen["refused"]:
            yield f"refused: {seen['lines']}, but {wanted}"
        return
    out, size, back = wanted
    window = {name: getattr(back, name) for name in WINDOW}
    conv = Conv(**window)
    for name, value in {**window, "in_size": size, "out_size": out}.items():
        if seen["fields"][name] != str(value):
            yield f"{name} says {seen['fields'][name]}, not {value}"
    for value, checked, here, there, code, away in seen["cards"]:
        real = ConvTranspose(**window, output_padding=value).out_size(out)
        if (here, there, code) != (out, real, f"output_padding={value}"):
            yield f"the card of {value} says {here} -> {there}, not {out} -> {real}"
        if checked != (real == size) or bool(away) != (conv.out_size(real) != out):
            yield f"the card of {value} is {checked}, {away}"
    if seen["knob"][3] != f"{out} → {size}":
        yield f"the knob says {seen['knob'][3]}, not {out} → {size}"
    if seen["picked"] != [size] or seen["heights"] != [out] or size not in seen["dots"]:
        yield f"the picture says {seen['picked']}, {seen['heights']}, {seen['dots']}"
    if not seen["sum"].endswith(f" = {out if seen['given'].get('in_size') else size}"):
        yield f"the sum is {seen['sum']}"


# What is there of it is pressed, or given a key; to move a pointer to it is another test.
PRESS = """([what, place, key]) => {
    const all = [...document.querySelectorAll(`conv-staircase ${what}`)].filter(one => !one.disabled);
    const one = all[Math.floor(place * all.length)];
    if (!key) one?.click();
    one?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}"""


def act(page: Page, draw: random.Random, refused: bool) -> str:
    """One thing that a reader does, and what it was."""
    kind = draw.choice(
        ("fix", "type") if refused else ("type", "type", "step", "knob", "card")
    )
    if kind == "fix":
        page.evaluate(PRESS, [".cw-refused button", 0, ""])
    elif kind == "type":
        name = draw.choice((*WINDOW, "in_size", "out_size"))
        value = draw.choice(
            (draw.randint(0, 9), draw.randint(1, 9), draw.randint(1, 10**6))
        )
        page.evaluate(TYPE, [name, str(value)])
        kind = f"{name}={value}"
    elif kind == "step":
        kind = (
            f"{draw.choice((*WINDOW, 'out_size'))}: one {draw.choice(('more', 'less'))}"
        )
        page.evaluate(PRESS, [f"[aria-label='{kind}']", 0, ""])
    elif kind == "knob":
        kind = draw.choice(("ArrowLeft", "ArrowRight", "PageUp", "Home", "End"))
        page.evaluate(PRESS, [".knob:not([hidden])", 0, kind])
    elif kind == "card":
        page.evaluate(PRESS, [".cw-pick label", draw.random(), ""])
    return kind


def test_after_any_edits_the_numbers_are_those_of_the_library(visit: Page) -> None:
    at(visit, "")
    draw = random.Random(2016)
    seen: Seen = visit.evaluate(READ)
    done, wrong, refusals = [""], list(faults(seen)), 0
    for _ in range(90):
        done.append(act(visit, draw, seen["refused"]))
        seen = visit.evaluate(READ)
        refusals += seen["refused"]
        wrong += [f"after {done[-3:]}: {fault}" for fault in faults(seen)]

    assert wrong == []
    assert 5 < refusals < 70


LARGEST = ("stride", 10**7), ("in_size", 10**12), ("kernel_size", 10**9)


def test_the_largest_numbers_are_answered_at_once(visit: Page) -> None:
    """The least of three times: a busy machine says nothing of the answer."""
    took: dict[str, list[float]] = {}
    for _ in range(3):
        at(visit, "")
        for name, value in LARGEST:
            took.setdefault(name, []).append(
                visit.evaluate(
                    f"""async (given) => {{
                        const begun = performance.now();
                        ({TYPE})(given);
                        await new Promise((done) => {{ const {{ port1, port2 }} = new MessageChannel(); port2.onmessage = done; port1.postMessage(0); }});
                        return performance.now() - begun;
                    }}""",
                    [name, str(value)],
                )
            )
            assert list(faults(visit.evaluate(READ))) == []
        if max(map(min, took.values())) < 200:
            break
    assert max(map(min, took.values())) < 200
    expect(visit.locator(".stairs")).to_contain_text("more")
    assert visit.locator("conv-staircase svg *").count() < 200


def test_the_knob_is_turned_by_keyboard_and_by_hand(visit: Page) -> None:
    found = at(visit, "o4,k3,s4")
    knob = found.get_by_role("slider")
    knob.focus()
    said = []
    for key in ("ArrowRight", "ArrowUp", "End", "ArrowRight", "ArrowLeft", "Home"):
        visit.keyboard.press(key)
        said.append(knob.get_attribute("aria-valuetext"))
    sizes = Conv(3, stride=4).in_sizes(4)

    assert said == [f"4 → {sizes[at]}" for at in (1, 2, 3, 3, 2, 0)]
    assert visit.evaluate("document.activeElement.getAttribute('role')") == "slider"
    handle, goal = knob.locator(".handle").bounding_box(), dot(found, sizes[2])
    assert handle is not None
    visit.mouse.move(handle["x"] + 13, handle["y"] + 13)
    visit.mouse.down()
    visit.mouse.move(goal, handle["y"] + 60, steps=4)
    visit.mouse.up()
    expect(knob).to_have_attribute("aria-valuetext", f"4 → {sizes[2]}")
    assert urlsplit(visit.url).query == "range=o4,k3,s4,op2"


def dot(found: Locator, size: int) -> float:
    """Where the dot of a size is, from the left."""
    box = found.locator(f".dot[data-size='{size}']").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_a_card_is_chosen_by_the_arrow_keys_and_a_size_by_pointing(visit: Page) -> None:
    found = at(visit, "")
    found.get_by_role("radio").nth(1).focus()
    visit.keyboard.press("ArrowLeft")
    expect(found.get_by_role("slider")).to_have_attribute("aria-valuetext", "4 → 9")
    assert visit.evaluate("document.activeElement.type") == "radio"
    assert found.get_by_role("radio").first.is_checked()
    box = found.locator(".dot[data-size='12']").bounding_box()
    assert box is not None
    visit.mouse.click(box["x"] + 5, box["y"] + 30)
    expect(found.get_by_role("slider")).to_have_attribute("aria-valuetext", "5 → 12")
    visit.go_back()
    expect(found.get_by_role("slider")).to_have_attribute("aria-valuetext", "4 → 9")


REFUSED = {
    "o4,k3,s2,op2": ("max(stride, dilation)", "Use output_padding = 1", "改成 output_padding = 1"),
    "o1,k1,p1": ("padding", "Use padding = 0", "改成 padding = 0"),
    "o1,k3,s4,p2": ("output_padding", "Use output_padding = 2", "改成 output_padding = 2"),
    "i2,k3,s2": ("kernel_size", "Use in_size = 3", "改成 in_size = 3"),
    "o4,k3,s-1": ("stride", "Use stride = 1", "改成 stride = 1"),
}  # fmt: skip


def test_an_impossible_setting_is_refused_in_words_and_fixed_by_one_button(
    visit: Page,
) -> None:
    for place, (query, (rule, *fixes)) in enumerate(REFUSED.items()):
        language = "zh" if place % 2 else "en"
        found = at(visit, query, language)
        expect(found.locator(".cw-refused")).to_contain_text(rule)
        fix = found.get_by_role("button", name=fixes[language == "zh"], exact=True)
        fix.click()
        expect(found.locator(".cw-refused")).to_be_hidden()
        assert list(faults(visit.evaluate(READ))) == [], query
        assert visit.evaluate("document.activeElement.closest('conv-staircase')")


def test_a_refusal_keeps_the_old_picture_and_names_its_field(visit: Page) -> None:
    found = at(visit, "")
    before = found.locator(".stairs").inner_html()
    visit.evaluate(TYPE, ["kernel_size", "three"])

    expect(found.locator(".cw-refused")).to_contain_text("kernel_size must be")
    assert visit.evaluate(READ)["bad"] == ["kernel_size"]
    assert found.locator(".stairs").inner_html() == before
    assert (
        found.locator(".cw-stairs").evaluate("e => getComputedStyle(e).opacity")
        == "0.28"
    )
    expect(found.locator(".cw-pick")).to_be_hidden()


# The last sum of each step of the story.
STORY = (
    "floor((10 − 3) / 2) + 1 = 4",
    "floor((10 − 3) / 2) + 1 = 4",
    "(4 − 1) × 2 + 3 = 9",
    "(4 − 1) × 2 + 3 + 1 = 10",
)


@pytest.mark.parametrize("language", PAGES)
def test_the_text_beside_it_drives_the_picture(visit: Page, language: str) -> None:
    found = at(visit, "", language, "derivation/")
    steps = visit.locator(".cw-steps > div")
    for number, (said, lines) in enumerate(zip(STORY, (1, 2, 1, 1), strict=True)):
        steps.nth(number).focus()
        expect(steps.nth(number)).to_have_attribute("aria-current", "step")
        expect(found.locator(".cw-answer code")).to_have_count(lines)
        expect(found.locator(".cw-answer code").last).to_have_text(said)
        assert found.locator(".knob:not([hidden])").count() == (number == 3)
    top = "e => scrollTo({ top: e.getBoundingClientRect().top + scrollY - innerHeight * .35, behavior: 'instant' })"
    steps.first.evaluate(top)
    expect(steps.first).to_have_attribute("aria-current", "step")
    steps.nth(1).evaluate(top)
    expect(steps.nth(1)).to_have_attribute("aria-current", "step")
    expect(found).to_be_in_viewport(ratio=1)


def test_on_paper_the_story_is_all_there_without_controls(visit: Page) -> None:
    found = at(visit, "", "en", "derivation/")
    visit.emulate_media(media="print")
    for step in visit.locator(".cw-steps > div").all():
        expect(step).to_be_visible()
    expect(found.locator("svg .stairs")).to_be_visible()
    assert not found.locator("button:visible, input:visible").count()
    assert found.evaluate("e => getComputedStyle(e).position") == "static"
    visit.emulate_media(media="null")


@pytest.mark.parametrize(
    ("language", "palette", "query", "path"),
    [
        ("zh", machine.LIGHT, "", PATH),
        ("en", machine.DARK, "o4,k3,s2,op2", PATH),
        ("zh", machine.DARK, "o4,k3,s2,op2,d4", PATH),
        ("en", machine.LIGHT, "", "derivation/"),
    ],
)
def test_it_can_be_used_by_everyone(
    visit: Page, language: str, palette: str, query: str, path: str
) -> None:
    at(visit, query, language, path)

    story = ":is(conv-staircase, .cw-story)"
    assert machine.barriers(visit, palette, story) == []


def test_nothing_moves_for_a_reader_who_wants_no_motion(visit: Page) -> None:
    # Before the next frame, however slow the machine is.
    moving = """async (element, key) => {
        const knob = element.querySelector('[role=slider]');
        knob.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        for (let task = 0; task < 10; task++) await null;
        return element.getAnimations({ subtree: true }).length > 0;
    }"""
    visit.emulate_media(reduced_motion="reduce")
    found = at(visit, "o4,k3,s4")
    assert not found.evaluate(moving, "End")
    visit.emulate_media(reduced_motion="no-preference")
    assert found.evaluate(moving, "Home")
    visit.emulate_media(reduced_motion="null")
