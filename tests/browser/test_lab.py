"""The checkerboard lab, used as a person would; each language's page is loaded once."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from docs.javascript import words
from playwright.sync_api import Browser, Locator, Page, expect

from tests.adapter import PAGES
from tests.browser import conftest as of_conftest
from tests.browser import machine
from tests.widgets.lab import SIDE, State, engine, grid, images, of_torch, results

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRITTEN = "k3,s2,seed2"
# The lab takes an address as it does on the way back.
TO = """(query) => {
    history.pushState(null, '', location.pathname + (query ? `?lab=${query}` : ''));
    dispatchEvent(new PopStateEvent('popstate'));
}"""
PIXELS = """([panel, image]) => {
    const canvas = document.querySelectorAll('.lab-panel')[panel].querySelectorAll('.lab-image > canvas:first-child')[image];
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return Array.from(data).filter((_, at) => at % 4 === 0);
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, address: str) -> Iterator[dict[str, Page]]:
    """The page in each language, on which nothing melts.

    Each has a window of its own: behind another one a frame takes a second.
    """
    pages = {language: of_conftest.opened(chromium, address) for language in PAGES}
    for language, page in pages.items():
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{language}/learn/overlap/")
        page.locator("conv-lab").scroll_into_view_if_needed()
        expect(page.locator("conv-lab .cw-answer")).not_to_be_empty()
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def lab(opened: dict[str, Page]) -> Iterator[Page]:
    """The English page as it is at first; in the end no script may have failed in it."""
    page = opened["en"]
    with of_conftest.unfailing(page):
        page.evaluate(TO, "")
        yield page
    page.emulate_media(reduced_motion="reduce")


def query(page: Page) -> str:
    return page.evaluate("new URLSearchParams(location.search).get('lab') ?? ''")


def contrasts(page: Page) -> list[str]:
    return page.locator(".lab-contrast b").all_text_contents()


def image(page: Page, panel: int = 0) -> Locator:
    return page.locator(".lab-image").nth(2 * panel)


def sentence(found: dict[str, Any], language: str) -> str:
    """What Python says of a layer."""
    said = words(language)
    key, values = found["sentence"]
    if "counts" in values:
        *first, last = map(str, values["counts"])
        listed = said["lab"]["comma"].join(first) + said["lab"]["or"] + last
        values = {**values, "counts": listed}
    return said["layers"][key].format(**values)


def percent(contrast: float) -> str:
    return "0 %" if contrast < 1e-9 else f"{contrast:.1%}".replace("%", " %")


@pytest.mark.parametrize("language", PAGES)
def test_numbers_sentences_and_pixels_are_those_of_torch(
    opened: dict[str, Page], language: str
) -> None:
    page, asked = opened[language], engine()
    draw = random.Random(f"lab {language}")
    for equal in (False, True):
        chosen = State(
            draw.randint(2, 6), draw.randint(2, 4), draw.randint(1, 999_999), equal
        )
        first = results(asked, chosen)[0]
        others = results(asked, State(3, 2, chosen.seed, equal))[1:]
        page.evaluate(
            TO, f"{'equal,' * equal}k{chosen[0]},s{chosen[1]},seed{chosen.seed}"
        )
        found = [first, *others]
        made = [
            [of_torch(one, own) for own in images(one["layer"]["in_size"])]
            for one in found
        ]
        scales = [SIDE // one["layer"]["in_size"] for one in found]
        assert contrasts(page) == [
            percent(grid(constant, scale))
            for (constant, _), scale in zip(made, scales, strict=True)
        ], chosen
        assert page.locator(".lab-panel p").all_text_contents() == [
            sentence(one, language) for one in found
        ]
        for panel, pair in enumerate(made):
            for number, output in enumerate(pair):
                wanted = (output.clamp(0, 1) * 255).flatten().tolist()
                got = page.evaluate(PIXELS, [panel, number])
                far = [
                    one
                    for one, other in zip(got, wanted, strict=True)
                    if abs(one - other) > 0.5 + 1e-9
                ]
                assert far == [], (chosen, panel, number)


def test_the_map_shows_the_counts_in_place_of_the_constant_image(lab: Page) -> None:
    lab.get_by_role("button", name="Overlap map").click()
    found = results(engine(), State(3, 2))
    shades = [lab.evaluate(PIXELS, [panel, 0]) for panel in range(5)]

    for one, shown in zip(found, shades, strict=True):
        colours = {count: set() for count in one["counts"]}
        for count, shade in zip(one["counts"], shown, strict=True):
            colours[count].add(shade)
        assert all(len(own) == 1 for own in colours.values())
        assert len({own.pop() for own in colours.values()}) == len(set(one["counts"]))
    assert lab.locator(".lab-scale i").all_text_contents() == list("0123469")
    assert lab.locator(".lab-used").all_text_contents() == list("1249")
    expect(
        lab.get_by_role("img", name="overlap map of ConvTranspose2d(kernel_size=3")
    ).to_be_visible()


def test_everything_is_done_by_keyboard(lab: Page) -> None:
    lab.get_by_role("button", name="New weights").focus()
    stops = []
    for _ in range(9):
        stops.append(
            lab.evaluate(
                "(({ localName, textContent, ariaLabel }) => ariaLabel ?? textContent)(document.activeElement)"
            )
        )
        lab.keyboard.press("Tab")
    assert stops == [
        "New weights", "seed", "random", "all equal", "Overlap map", "Loupe",
        "kernel_size", "stride", "Copy link",
    ]  # fmt: skip
    lab.get_by_role("slider", name="kernel_size").focus()
    lab.keyboard.press("ArrowRight")
    expect(lab.locator(".lab-slider b").first).to_have_text("4")
    lab.get_by_role("textbox", name="seed").focus()
    lab.keyboard.press("ArrowUp")
    assert query(lab) == "k4,s2,seed3"
    expect(lab.locator(".cw-answer")).to_contain_text(
        "Grid contrast: ConvTranspose2d(kernel_size=4"
    )
    lab.get_by_role("button", name="Loupe").focus()
    for key in ("Enter", "ArrowRight", "Shift+ArrowDown"):
        lab.keyboard.press(key)
    assert query(lab) == "k4,s2,pin50x43,seed3"
    counts = results(engine(), State(3, 2, 3))[2]["outputs"][0]
    expect(lab.locator(".lab-hint")).to_contain_text("Row 50, column 43. 1: ")
    expect(lab.locator(".lab-hint")).to_contain_text(f"3: {counts[49 * SIDE + 42]:.2f}")
    expect(lab.locator(".lab-lens:visible")).to_have_count(10)
    expect(lab.locator(".cw-answer")).to_contain_text("Row 50, column 43.")
    lab.keyboard.press("Escape")
    expect(lab.locator(".lab-lens:visible")).to_have_count(0)


def test_a_click_pins_the_loupe_and_a_second_one_unpins_it(lab: Page) -> None:
    image(lab).scroll_into_view_if_needed()
    image(lab).hover(position={"x": 40, "y": 60})
    expect(lab.locator(".lab-lens:visible")).to_have_count(10)
    assert query(lab) == ""
    image(lab, 3).click(position={"x": 40, "y": 60})
    pinned = query(lab)
    assert re.fullmatch("k3,s2,pin3[01]x2[01],seed2", pinned)
    image(lab).hover(position={"x": 100, "y": 100})
    assert query(lab) == pinned
    lab.keyboard.press("ArrowLeft")
    assert query(lab) != pinned
    image(lab).click(position={"x": 40, "y": 60})
    assert query(lab) == ""


def test_a_finger_pins_the_loupe_and_drags_it(lab: Page) -> None:
    box = image(lab).bounding_box()
    assert box
    for kind, x in (("down", 10), ("move", 60), ("up", 60), ("move", 90)):
        image(lab).dispatch_event(
            f"pointer{kind}",
            {"pointerType": "touch", "clientX": box["x"] + x, "clientY": box["y"] + 21, "bubbles": True},
        )  # fmt: skip

    assert query(lab) == "k3,s2,pin11x31,seed2"
    lab.get_by_role("button", name="Loupe").click()
    expect(lab.locator(".lab-lens:visible")).to_have_count(0)


@pytest.mark.parametrize("language", PAGES)
def test_nobody_is_kept_from_the_map_and_the_loupe(
    opened: dict[str, Page], language: str
) -> None:
    page = opened[language]
    page.evaluate(TO, "map,k2,s3,seed4,pin20x70")
    for palette in (machine.LIGHT, machine.DARK):
        assert machine.barriers(page, palette, "conv-lab") == []
    page.evaluate(TO, "k9,s2,seed2")
    assert machine.barriers(page, machine.DARK, "conv-lab") == []


def test_the_address_keeps_the_state_and_the_way_back_is_one_press_a_step(
    lab: Page,
) -> None:
    lab.get_by_role("button", name="all equal").click()
    lab.get_by_role("slider", name="stride").focus()
    for key in ("ArrowRight", "ArrowRight"):
        lab.keyboard.press(key)
    lab.get_by_role("button", name="Overlap map").click()
    kept = query(lab)
    assert kept == "equal,map,k3,s4,seed2"
    assert contrasts(lab)[:2] == ["88.2 %", "0 %"]
    lab.get_by_role("button", name="New weights").click()
    assert query(lab) == "map,k3,s4,seed3"
    lab.reload()
    lab.locator("conv-lab").scroll_into_view_if_needed()
    expect(lab.get_by_role("textbox", name="seed")).to_have_value("3")
    for before, contrast in (
        (kept, "88.2 %"),
        ("equal,k3,s4,seed2", "88.2 %"),
        ("equal,k3,s3,seed2", "0 %"),
        ("equal,k3,s2,seed2", "48.4 %"),
        ("", "49.9 %"),
    ):
        lab.go_back()
        assert query(lab) == before
        expect(lab.locator(".lab-contrast b").first).to_have_text(contrast)


HOSTILE = {
    "k1000000,s2,seed2": "kernel_size goes from 2 to 6 here, got kernel_size=1000000.",
    "k3,s1,seed2": "stride goes from 2 to 4 here, got stride=1.",
    "k3,s2,seed0": "seed goes from 1 to 999999 here, got seed=0.",
    "k3,s2,seed99999999999": "seed is counted up to 1000000000 here, got seed=99999999999.",
    "k3,s2,seed1.5": "seed must be a whole number, got seed=1.5.",
    "k-3,s2,seed2": "kernel_size goes from 2 to 6 here, got kernel_size=-3.",
    "k3,s2,seed2,pin0x3": "pin goes from 1 to 84 here, got pin=0.",
    "k3,s2": "seed is missing.",
}
UNREAD = {
    "k3,s2,seed2,<img src=x onerror=alert(1)>": "<img src=x onerror=alert(1)>",
    "k3,s2,seed2,__proto__": "__proto__",
    "k3,s2,seed2,op1": "op1",
}


def test_an_address_that_the_lab_cannot_have_is_refused_in_words(lab: Page) -> None:
    for asked, said in HOSTILE.items():
        lab.evaluate(TO, asked)
        expect(lab.locator(".lab-refused")).to_have_text(said)
        assert set(contrasts(lab)) == {"\u2014"}
        lab.locator(".lab-legend button").click()
        expect(lab.locator(".lab-refused")).to_have_count(0)
        assert "\u2014" not in contrasts(lab)
    for asked, said in UNREAD.items():
        lab.evaluate(TO, asked)
        expect(lab.locator(".lab-legend")).to_contain_text(
            f"Cannot be read: the part {said}"
        )
        assert contrasts(lab)[0] == "49.9 %"


def test_new_weights_melt_in_unless_the_reader_wants_no_motion(lab: Page) -> None:
    arrived = """() => {
        const { images, results } = document.querySelector('conv-lab');
        return images.seen()[0].values === results[0].outputs[0];
    }"""
    # Before the next frame, however slow the machine is.
    press = f"""async () => {{
        document.querySelector('conv-lab .cw-btn--go').click();
        for (let task = 0; task < 10; task++) await null;
        return ({arrived})();
    }}"""
    for motion in ("reduce", "no-preference"):
        lab.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        assert lab.evaluate(press) == (motion == "reduce")
        lab.wait_for_function(arrived)


WHOLE = """(ratio) => {
    const side = document.querySelector('.lab-image canvas').getBoundingClientRect().width;
    const times = side * ratio / 84;
    const [one, two] = document.querySelectorAll('.lab-image');
    const across = two.getBoundingClientRect().right - one.getBoundingClientRect().left;
    const fits = one.closest('.lab-panel').clientWidth - across >= -1;
    return devicePixelRatio === ratio && Math.abs(times - Math.round(times)) < 0.01 && fits;
}"""


def test_every_pixel_of_an_image_is_a_whole_number_of_the_screens(lab: Page) -> None:
    screen = lab.context.new_cdp_session(lab)
    seen = set()
    # Who zooms changes the width of the window, too.
    widths = (390, 768, 1280, 1920)
    for ratio, width in zip((1, 1.25, 1.5, 2, 3) * 2, widths * 3, strict=False):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": ratio}
        screen.send("Emulation.setDeviceMetricsOverride", {**metrics, "mobile": False})
        lab.wait_for_function(WHOLE, arg=ratio, timeout=20_000)
        seen.add(image(lab).evaluate("e => e.clientWidth"))
    screen.send("Emulation.clearDeviceMetricsOverride")
    assert len(seen) > 3
