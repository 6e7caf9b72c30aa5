"""A layer with numbers in its cells, used with the mouse, the keyboard and a thumb."""

import re
from urllib.parse import urlsplit

import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch.nn import functional

from tests.browser import machine

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UP = "convtranspose1d,i3,k3,s2,p1,op1"


def tracing(page: Page, query: str = UP, language: str = "en") -> Locator:
    machine.visit(page, f"{language}/learn/picture/?tracing={query}")
    found = page.locator("conv-tracing").first
    found.evaluate("element => customElements.whenDefined(element.localName)")
    return found


def outputs(found: Locator) -> list[int]:
    """What stands in the cells of the output, without what is cropped."""
    texts = found.locator(".tr-out.tr-cell:not(.tr-cropped)[aria-pressed]")
    return [
        int(re.sub(r"\s", "", text).replace("\u2212", "-"))
        for text in texts.all_inner_texts()
    ]


def output(found: Locator, name: str) -> Locator:
    return found.get_by_role("button", name=f"output {name}:")


def spoken(found: Locator) -> Locator:
    return found.locator("output")


def lit(found: Locator) -> list[str]:
    """The names of the cells that are pointed out, products aside."""
    names: list[str] = found.locator(".tr-lit[aria-label]").evaluate_all(
        "all => all.map(e => e.ariaLabel.split(' ')[1].replace(':', ''))"
    )
    return names


X, W = [3, -7, 99], [-2, 5, 11, 40]
X2, W2 = [1, -2, 3, 4, 5, 6], [9, -8, 7, 6]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (
            "convtranspose1d,i3,k4,s3,p2,op1,x3_-7_99,w-2_5_11_40,b-9",
            functional.conv_transpose1d(
                torch.tensor([[X]]), torch.tensor([[W]]), torch.tensor([-9]), 3, 2, 1
            ),
        ),
        (
            "convtranspose1d,i3,k4,s2,p1,op2,d3,x3_-7_99,w-2_5_11_40",
            functional.conv_transpose1d(
                torch.tensor([[X]]), torch.tensor([[W]]), None, 2, 1, 2, 1, 3
            ),
        ),
        (
            "convtranspose2d,i2x3,k2,s2x3,op1,x1_-2_3_4_5_6,w9_-8_7_6,b5",
            functional.conv_transpose2d(
                torch.tensor(X2).reshape(1, 1, 2, 3),
                torch.tensor(W2).reshape(1, 1, 2, 2),
                torch.tensor([5]), (2, 3), 0, 1,
            ),
        ),
        (
            "conv1d,i3,k2,s1,p2,d2,x3_-7_99,w-2_5,b1",
            functional.conv1d(
                torch.tensor([[X]]), torch.tensor([[W[:2]]]), torch.tensor([1]), 1, 2, 2
            ),
        ),
        (
            "conv2d,i2x3,k2,s1x2,p1,x1_-2_3_4_5_6,w9_-8_7_6",
            functional.conv2d(
                torch.tensor(X2).reshape(1, 1, 2, 3),
                torch.tensor(W2).reshape(1, 1, 2, 2),
                None, (1, 2), 1,
            ),
        ),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_torch_in_both_views(
    page: Page, query: str, wanted: torch.Tensor
) -> None:
    found = tracing(page, query)

    assert outputs(found) == wanted.flatten().tolist()
    zeros = found.get_by_role("button", name="Zeros between")
    if "transpose" not in query:
        expect(zeros).to_be_hidden()
        return
    zeros.click()
    expect(zeros).to_have_attribute("aria-pressed", "true")
    assert outputs(found) == wanted.flatten().tolist()


def test_what_is_pointed_at_shows_what_it_is_made_of(page: Page) -> None:
    found = tracing(page)
    expect(spoken(found)).to_have_text("y\u2081 = 2 \u00b7 3 + 5 \u00b7 1 + 0 = 11")
    for view in ("Scatter", "Zeros between"):
        found.get_by_role("button", name=view).click()
        output(found, "y\u2083").hover()
        expect(spoken(found)).to_have_text("y\u2083 = 5 \u00b7 3 + 4 \u00b7 1 + 0 = 19")
        assert lit(found) == ["w\u2080", "w\u2082", "x\u2081", "x\u2082", "y\u2083"]
        assert found.locator(".tr-prod.tr-lit").all_inner_texts() == ["15", "4"]
        assert found.locator("path").count() == {"Scatter": 3}.get(view, 6) + 1
        found.get_by_label("input x\u2080").hover()
        expect(spoken(found)).to_have_text(
            "x\u2080 lands on y\u2080, y\u2081; cropped: 1."
        )
        found.get_by_label("weight w\u2082").hover()
        expect(spoken(found)).to_have_text("w\u2082 takes part in 3 products.")
    found.locator(".tr-hint").hover()
    expect(spoken(found)).to_contain_text("y\u2081 =")
    assert "tracing=" in page.url


def test_a_press_pins_and_a_second_one_or_escape_unpins(page: Page) -> None:
    found = tracing(page)
    dot = found.locator(".tr-dot")
    for end in ("press", "Escape"):
        output(found, "y\u2083").click()
        expect(dot).to_be_visible()
        expect(output(found, "y\u2083")).to_have_attribute("aria-pressed", "true")
        assert urlsplit(page.url).query.endswith(",pin3")
        output(found, "y\u2080").hover()
        expect(spoken(found)).to_contain_text("y\u2083 =")
        if end == "press":
            output(found, "y\u2083").click()
        else:
            page.keyboard.press(end)
        expect(dot).to_be_hidden()
        assert "pin" not in page.url
    output(found, "y\u2083").click()
    page.reload()
    expect(spoken(found)).to_contain_text("y\u2083 =")
    expect(dot).to_be_visible()
    # An input that goes takes its outputs with it, and the pin of one of them.
    found.get_by_role("button", name="in_size: one less").click()
    found.get_by_role("button", name="in_size: one less").click()
    expect(dot).to_be_hidden()
    assert "pin" not in page.url
    expect(found.locator(".tr-note")).to_be_empty()


@pytest.mark.parametrize("pin", ["99", "2x2", "-9", "9i"])
def test_a_pin_that_names_no_cell_is_said(page: Page, pin: str) -> None:
    found = tracing(page, f"{UP},pin{pin}")

    expect(found.locator(".tr-note")).to_have_text(
        f"This figure has no cell {pin} to pin."
    )
    found = tracing(page, f"{UP},pinabc")
    expect(found.locator(".tr-note")).to_contain_text("Cannot be read")


def test_the_keyboard_stops_once_in_a_row_and_roams_in_it(page: Page) -> None:
    found = tracing(page, "convtranspose2d,i2,k2,s2")
    found.get_by_label("bias").last.focus()
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.ariaLabel.split(':')[0]"))
    assert stops == ["weight w\u2080\u2080", "input x\u2080\u2080", "output y\u2080\u2080"]  # fmt: skip
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(output(found, "y\u2081\u2081")).to_be_focused()
    expect(spoken(found)).to_have_text("y\u2081\u2081 = 1 \u00b7 0 + 0 = 0")
    page.keyboard.press("Enter")
    expect(output(found, "y\u2081\u2081")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(found.get_by_label("input x\u2081\u2080")).to_be_focused()
    expect(spoken(found)).to_have_text(
        "x\u2081\u2080 lands on y\u2082\u2080, y\u2082\u2081, y\u2083\u2080, y\u2083\u2081."
    )


def test_every_cell_takes_a_number_and_says_what_is_none(page: Page) -> None:
    found = tracing(page)
    cell = found.get_by_label("input x\u2081")
    cell.fill("-8")
    wanted = functional.conv_transpose1d(
        torch.tensor([[[2, -8, 4]]]), torch.tensor([[[1, 2, 3]]]), None, 2, 1, 1
    ).flatten()
    expect(output(found, "y\u2082")).to_have_text("\u221216")
    assert outputs(found) == wanted.tolist()
    assert "x2_-8_4" in page.url
    cell.fill("abc")
    expect(cell).to_have_attribute("aria-invalid", "true")
    # No number that is shown is made of one that is not there.
    expect(found.locator(".tr-out.tr-cell[aria-pressed]")).to_have_text(
        ["2", "4", "\u2014", "\u2014", "\u2014", "8", "12"]
    )
    expect(found.locator(".tr-note")).to_have_text(
        "x\u2081 = abc is not a whole number from -99 to 99."
    )
    cell.fill("99")
    expect(found.locator(".tr-note")).to_be_empty()
    expect(cell).to_have_attribute("aria-invalid", "false")
    expect(output(found, "y\u2082")).to_have_text("198")
    found.get_by_role("button", name="in_size: one more").click()
    expect(found.get_by_label("input x\u2081")).to_have_value("99")
    expect(found.get_by_label("input x\u2083")).to_have_value("1")
    page.reload()
    expect(found.get_by_label("input x\u2081")).to_have_value("99")
    found = tracing(page, f"{UP},x1_2")
    expect(found.get_by_role("alert")).to_have_text(
        "inputs holds 2 numbers here, but 3 are needed."
    )


# How long it takes until it is said; the least of some, for what else the machine does
# only ever adds.
TYPED = """async (field, [before, value]) => {
    const times = [];
    for (const typed of [before, value, before, value, before, value]) {
        const start = performance.now();
        field.value = typed;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await null;
        await null;
        times.push(performance.now() - start);
    }
    return Math.min(times[1], times[3], times[5]);
}"""


def test_what_is_too_large_to_draw_is_said_at_once(page: Page) -> None:
    found = tracing(page, "convtranspose1d,i3,k3,s2")
    said = found.get_by_role("alert")
    large = ("1000000", "1000000000", "10^6", "2x2", "-1")
    for place, name in enumerate(("in_size", "kernel_size", "stride", "padding")):
        field = found.get_by_label(name, exact=True)
        before = field.input_value()
        for value in large[place:]:
            took = field.evaluate(TYPED, [before, value])
            assert said.inner_text(), (name, value)
            assert took < 200, (name, value)
            assert not found.locator(".tr-sheet").is_visible(), (name, value)
            assert field.input_value() == value
        found.get_by_role("button", name="Use").click()
        expect(said).to_have_count(0)
        expect(found.locator(".tr-cell").first).to_be_visible()
        field.fill(before)
    found.get_by_label("in_size", exact=True).fill("1000000")
    page.reload()
    expect(said).to_contain_text(
        re.compile("in_size 1.000.000 gives out_size 2.000.001")
    )


def test_an_impossible_setting_has_a_way_out(page: Page) -> None:
    found = tracing(page, "convtranspose1d,i4,k3,s2,op2", "zh")
    expect(found.get_by_role("alert")).to_contain_text(
        "output_padding 必须小于 max(stride, dilation)"
    )
    found.get_by_role("button", name="改成 output_padding = 1").click()

    expect(found.get_by_role("alert")).to_have_count(0)
    assert len(outputs(found)) == 10


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_kernel_slides_on_request_and_nothing_else_moves(
    clocked: Page, motion: str
) -> None:
    clocked.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    found = tracing(clocked, "convtranspose2d,i2,k2,s2,x1_2_3_4,w1_1_1_1")
    # Else it goes on by itself meanwhile, and a slow machine is a step ahead.
    clocked.clock.pause_at(clocked.evaluate("Date.now() / 1000 + 1"))
    before = found.inner_html()
    clocked.clock.run_for(5000)
    assert found.inner_html() == before
    step = {"reduce": 1200, "no-preference": 620}[motion]
    found.get_by_role("button", name="Slide the kernel").click()
    partial = [1, 1, 0, 0] * 2 + [0] * 8
    assert outputs(found) == partial
    clocked.clock.run_for(step + 20)
    assert outputs(found) == [1, 1, 2, 2] * 2 + [0] * 8
    found.get_by_role("button", name="Pause").click()
    clocked.clock.run_for(5000)
    assert outputs(found) == [1, 1, 2, 2] * 2 + [0] * 8
    found.get_by_role("button", name="Slide the kernel").click()
    clocked.clock.run_for(4 * step)
    assert outputs(found) == [1, 1, 2, 2] * 2 + [3, 3, 4, 4] * 2
    expect(found.get_by_role("button", name="Slide the kernel")).to_be_visible()
    if motion == "reduce":
        assert found.evaluate("e => e.getAnimations({ subtree: true }).length") == 0


def test_on_a_phone_cells_stay_large_and_names_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    found = tracing(page, "convtranspose1d,i12,k7,s3")
    stage = found.locator(".tr-stage")
    narrowest = found.locator(".tr-cell").evaluate_all(
        "all => Math.min(...all.map(e => e.getBoundingClientRect().width))"
    )
    before = found.locator(".tr-name").first.bounding_box()
    stage.evaluate("e => { e.scrollLeft = 400 }")

    assert narrowest >= 24
    assert stage.evaluate("e => e.scrollLeft") == 400
    assert found.locator(".tr-name").first.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") == 390
