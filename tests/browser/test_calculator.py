"""The calculator, used as a person would."""

import re
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from convarith import Conv, ConvTranspose, SizeError, diagnose, explain, solve
from convarith._say import say
from tests.adapter import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def calculator(page: Page, query: str = "", language: str = "en") -> Locator:
    page.goto(f"{language}/" + (f"?calculator={query}" if query else ""))
    found = page.locator("conv-calculator")
    expect(found.locator(".cw-answer")).not_to_be_empty()
    return found


def fill(found: Locator, **values: object) -> None:
    for name, value in values.items():
        found.get_by_label(name, exact=True).fill(str(value))


def answer(found: Locator) -> Locator:
    return found.locator(".cw-answer")


def test_typing_the_numbers_one_after_the_other_gives_the_size(page: Page) -> None:
    found = calculator(page, "convtranspose1d")
    found.get_by_label("in_size", exact=True).focus()
    for number in "43201":
        page.keyboard.type(number)
        page.keyboard.press("Tab")

    expect(answer(found)).to_have_text("out_size 10")


def test_a_size_is_answered_without_scrolling_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for language in ("en", "zh"):
        found = calculator(page, language=language)
        box = answer(found).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 844
        expect(answer(found)).to_have_text("out_size 10")


def test_two_sizes_give_the_parameters_that_the_library_gives(page: Page) -> None:
    found = calculator(page, "convtranspose2d")
    found.get_by_label("find").select_option("backwards")
    fill(found, in_size=28, out_size=55)

    expect(answer(found)).to_have_text(repr(solve(28, 55)[0]))
    shown = found.locator("ol > li > code").all_text_contents()
    assert shown == [repr(layer) for layer in solve(28, 55)[:4]]
    phrases = found.locator("ol > li").first.locator("ul li").all_text_contents()
    assert tuple(phrases) == solve(28, 55).reasons(0)
    found.get_by_role("button", name="Use").first.click()
    expect(answer(found)).to_have_text("out_size 55")


def test_two_sizes_that_do_not_fit_say_why_and_what_is_near(page: Page) -> None:
    found = calculator(page, "convtranspose1d,backwards,i28,o55,k4,op0")
    none = solve(28, 55, kernel_size=4, output_padding=0)

    expect(answer(found)).to_have_text(none.text())


def test_two_sizes_give_convolutions_too(page: Page) -> None:
    for query, sizes in [
        ("conv2d,backwards,i55,o28", (55, 28)),
        ("conv1d,backwards,i9,o4,k3", (9, 4)),
    ]:
        found = calculator(page, query)
        expect(found.locator("ol > li > code").first).to_be_visible()
        for line in found.locator("ol > li > code").all_text_contents():
            layer = eval(line, {"Conv": Conv})
            assert layer.out_size(sizes[0]) == sizes[1], line


def test_an_impossible_setting_shows_the_sentence_of_the_library(page: Page) -> None:
    found = calculator(page, "convtranspose1d,i4,k3,s2")
    fill(found, output_padding=2)
    with pytest.raises(SizeError) as refused:
        ConvTranspose(3, stride=2, output_padding=2)
    sentences = str(refused.value.told(received="")).splitlines()

    expect(answer(found)).to_have_text("".join(sentences))
    assert not found.locator(".cw-code").count()
    fill(found, output_padding=1)
    expect(answer(found)).to_have_text("out_size 10")


def test_the_chinese_page_says_it_in_chinese(page: Page) -> None:
    found = calculator(page, "convtranspose1d,i4,k3,s2,op2", "zh")
    with pytest.raises(SizeError) as refused:
        ConvTranspose(3, stride=2, output_padding=2)
    sentences = refused.value.told(received="").text("zh").splitlines()

    expect(answer(found)).to_have_text("".join(sentences))


NO_SIZES = [
    ("kernel_size", "", "kernel_size is missing."),
    ("kernel_size", "2.5", "kernel_size must be a whole number, got kernel_size=2.5."),
    ("stride", "0", "stride must be at least 1, got stride=0."),
    ("padding", "-1", "padding must be at least 0, got padding=-1."),
    ("in_size", "1e12", "in_size is counted up to 1000000000 here, got in_size=1e12."),
]


def test_what_is_no_size_is_refused_in_words(page: Page) -> None:
    found = calculator(page)
    for name, typed, said in NO_SIZES:
        before = found.get_by_label(name, exact=True).input_value()
        fill(found, **{name: typed})
        expect(answer(found).locator("strong")).to_have_text(said)
        fill(found, **{name: before})
        expect(answer(found)).to_have_text("out_size 10")


def test_letters_are_refused_and_stay_for_their_writer(page: Page) -> None:
    found = calculator(page)
    box = found.get_by_label("padding", exact=True)
    box.focus()
    page.keyboard.type("-")
    expect(answer(found).locator("strong")).to_contain_text("must be a whole number")
    page.keyboard.type("1")
    expect(answer(found).locator("strong")).to_contain_text(
        "at least 0, got padding=-1"
    )


def test_each_axis_may_have_its_own_numbers(page: Page) -> None:
    found = calculator(page, "convtranspose2d,i14,k4,s2,p1")
    found.get_by_label("each axis its own").check()
    expect(answer(found)).to_have_text("out_size 28 × 28")
    found.get_by_label("in_size, axis 1").fill("20")
    expect(answer(found)).to_have_text("out_size 28 × 40")
    found.get_by_label("stride, axis 1").fill("0")
    expect(answer(found)).to_contain_text("axis 1: stride must be at least 1")
    found.get_by_label("stride, axis 1").fill("3")
    expect(answer(found)).to_have_text("out_size 28 × 59")
    assert run(copied(found, 0)) == ""
    assert run(copied(found, 1)) == "(28, 59)\n"


def copied(found: Locator, number: int) -> str:
    """What the button copies, which is what stands beside it."""
    button = found.locator(".cw-code button").nth(number)
    button.click()
    expect(button).to_have_text("Copied")
    code = str(found.page.evaluate("navigator.clipboard.readText()"))
    assert code == found.locator(".cw-code code").nth(number).inner_text()
    return code


def run(code: str) -> str:
    """What it prints as a script of its own."""
    said = PROJECT.runner.run(code)
    assert "error" not in said, said
    return "".join(said["printed"])


def test_the_lines_to_copy_run_and_give_the_size_that_is_shown(page: Page) -> None:
    for layer, axes in product(("conv", "convtranspose"), (1, 2, 3)):
        found = calculator(page, f"{layer}{axes}d,i9,k3,s2,p1,d2")
        size = answer(found).locator("strong").inner_text()
        shape = ", ".join(["1", "64", *["9"] * axes])
        asked = f"\nprint(*layer(torch.empty({shape})).shape[2:])"
        assert run(copied(found, 0) + asked).split() == [size] * axes
        assert run(copied(found, 1)).strip() == size


@pytest.mark.parametrize(
    ("query", "layer", "size"),
    [
        ("convtranspose1d,i4,k3,s2,op1", ConvTranspose(3, stride=2, output_padding=1), 4),
        ("conv1d,i10,k3,s2", Conv(3, stride=2), 10),
    ],
)  # fmt: skip
def test_the_formula_is_the_one_that_the_library_writes(
    page: Page, query: str, layer: Conv | ConvTranspose, size: int
) -> None:
    found = calculator(page, query)
    wanted = "\n".join(explain(layer, size).splitlines()[:-1])

    expect(found.locator("details code")).to_have_text(wanted)
    fill(found, in_size=5)
    expect(found.locator("details code")).to_contain_text(" 5 ")
    assert found.locator("details").get_attribute("open") is not None


def test_what_it_undoes_is_said_or_that_nothing_leads_back(page: Page) -> None:
    found = calculator(page, "convtranspose1d,i4,k3,s2,op1")
    expect(found).to_contain_text("undoes Conv(3, stride=2), which makes 4 of 9 to 10")
    found = calculator(page, "convtranspose1d,i4,k3,s1,d2,op1")
    expect(found).to_contain_text(
        "no convolution with these parameters leads back from 9 to 4"
    )
    found = calculator(page, "conv1d,i10,k3,s2")
    expect(found).to_contain_text(say("en", "shared", first=9, last=10, o=4))


LINES = {
    "nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1, bias=False)": "convtranspose2d,i4,k4,s2,p1",
    "self.up = nn.ConvTranspose1d(8, 8, kernel_size=(16,), stride=(8,), padding=(4,)),": "convtranspose1d,i4,k16,s8,p4",
    "ConvTranspose2d(3, 3, (3, 5), (2, 1), 1, (1, 0))": "convtranspose2d,i4,k3x5,s2x1,p1,op1x0",
    "nn.LazyConv3d(8, 3, padding='valid')": "conv3d,i4,k3",
    "Conv(3, stride=2, dilation=2)": "conv1d,i4,k3,s2,d2",
    "torch.nn.Conv2d(in_channels=1, out_channels=2, kernel_size=[3, 3])": "conv2d,i4,k3",
}


def test_a_pasted_layer_fills_in_the_boxes(page: Page) -> None:
    for line, state in LINES.items():
        found = calculator(page)
        found.get_by_label("Paste a layer").fill(line)
        expect(found.locator(".cw-note")).to_contain_text("Read: ")
        # What came out of the page's own state stays out of the address.
        assert urlsplit(page.url).query == f"calculator={state}"


MESSAGES = [
    ("RuntimeError: output padding must be smaller than either stride or dilation, but got "
     "output_padding_height: 0 output_padding_width: 2 stride_height: 2 stride_width: 2 "
     "dilation_height: 1 dilation_width: 1",
     "convtranspose2d,i4,k3,s2,op0x2,d1", "axis 1: output_padding must be below max(stride, dilation)"),
    ("requested an output size of [8, 8], but valid sizes range from [9, 9] to [10, 10] "
     "(for an input of torch.Size([4, 4]))",
     "convtranspose2d,backwards,i4,o8", "ConvTranspose(2, stride=2)"),
    ("Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size "
     "can't be greater than actual input size",
     "conv2d,i2,k3,s2", "the kernel must fit into the padded input"),
    ("Given input size per channel: (1 x 1). Calculated output size per channel: (-1 x -1). "
     "Output size is too small",
     "convtranspose2d,i1,k3,s2", "out_size"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "state", "said"), MESSAGES)
def test_a_pasted_message_fills_in_what_it_holds(
    page: Page, message: str, state: str, said: str
) -> None:
    found = calculator(page, "convtranspose2d,i4,k3,s2")
    if "backwards" in state:
        fill(found, kernel_size="", stride="")
    found.get_by_label("Paste a layer").fill(f"Traceback …\n{message}")
    expect(found.locator(".cw-note")).to_contain_text(f"Read: {diagnose(message).kind}")

    assert urlsplit(page.url).query == f"calculator={state}"
    expect(answer(found)).to_contain_text(said)


UNREADABLE = {
    "hello": "no line with nn.Conv",
    "nn.Conv2d(1, 2, k)": "kernel_size is not a number that stands there",
    "nn.Conv2d(1, 2, 3, strid=2)": "strid is no parameter of Conv2d",
    "nn.Conv2d(1, 2, 3, padding='same')": "is not one number for every size",
    "Conv(3, 2)": "takes fewer values",
    "nn.Conv2d(1, 2, (3, 3, 3))": "kernel_size is not a number that stands there",
}


def test_what_cannot_be_read_is_said_and_changes_nothing(page: Page) -> None:
    found = calculator(page)
    for text, said in UNREADABLE.items():
        found.get_by_label("Paste a layer").fill("")
        expect(found.locator(".cw-note")).to_be_empty()
        found.get_by_label("Paste a layer").fill(text)
        expect(found.locator(".cw-note")).to_contain_text(said)
        expect(answer(found)).to_have_text("out_size 10")
        assert urlsplit(page.url).query == ""


def test_a_pasted_text_is_never_run(page: Page) -> None:
    found = calculator(page)
    found.get_by_label("Paste a layer").fill("nn.Conv2d(1, 2, globalThis.caught = 1)")
    expect(found.locator(".cw-note")).to_contain_text("Cannot be read")

    assert page.evaluate("globalThis.caught === undefined")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pasted_message_leads_to_its_entry(page: Page, language: str) -> None:
    found = calculator(page, language=language)
    message = "RuntimeError: negative padding is not supported"
    found.locator("textarea").fill(message)
    found.locator(".cw-note a").click()

    page.wait_for_url(f"**/{language}/{diagnose(message).page}")


def test_the_address_holds_what_was_typed_and_a_reload_brings_it_back(
    page: Page,
) -> None:
    found = calculator(page)
    fill(found, in_size=14, kernel_size=4, padding=1, output_padding="")
    assert urlsplit(page.url).query == "calculator=convtranspose2d,i14,k4,s2,p1"
    page.reload()

    expect(answer(found)).to_have_text("out_size 28")
    expect(found.get_by_label("kernel_size", exact=True)).to_have_value("4")


def test_the_way_back_goes_through_the_edits(page: Page) -> None:
    found = calculator(page)
    box = found.get_by_label("in_size", exact=True)
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("123")
    page.keyboard.press("Tab")
    fill(found, stride=3)
    expect(answer(found)).to_have_text("out_size 370")

    page.go_back()
    expect(answer(found)).to_have_text("out_size 248")
    page.go_back()
    expect(answer(found)).to_have_text("out_size 10")
    assert urlsplit(page.url).query == ""
    page.go_forward()
    expect(answer(found)).to_have_text("out_size 248")


def test_the_state_stays_when_the_language_changes(page: Page) -> None:
    found = calculator(page)
    fill(found, in_size=7)
    expect(answer(found)).to_have_text("out_size 16")
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    page.wait_for_url("**/zh/?calculator=*")

    expect(answer(page.locator("conv-calculator"))).to_have_text("out_size 16")
    expect(page.locator("conv-calculator")).to_contain_text("各轴分别设置")


def test_the_language_changes_on_a_page_that_was_swapped_in(page: Page) -> None:
    page.goto("en/")
    page.locator("article a", has_text=re.compile("^The picture$")).click()
    page.wait_for_url("**/en/learn/picture/")
    figure = page.locator("conv-tracing").first
    figure.get_by_label("in_size", exact=True).fill("3")
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    page.wait_for_url("**/zh/learn/picture/?tracing=*")

    figure = page.locator("conv-tracing").first
    expect(figure.get_by_label("in_size", exact=True)).to_have_value("3")


def test_instant_navigation_takes_the_widget_away_and_brings_it_back(
    page: Page,
) -> None:
    found = calculator(page)
    page.evaluate("window.kept = true")
    fill(found, in_size=7)
    page.locator("article a", has_text=re.compile("^The picture$")).click()
    page.wait_for_url("**/en/learn/picture/")
    expect(page.locator("conv-tracing").first.locator(".tr-cell").first).to_be_visible()
    page.go_back()
    page.wait_for_url("**/en/?calculator=*")

    assert page.evaluate("window.kept") is True
    expect(answer(found)).to_have_text("out_size 16")


def test_an_address_that_cannot_be_read_is_said(page: Page) -> None:
    found = calculator(page, "convtranspose2d,i4,k3,zz9")

    expect(found.locator(".cw-note")).to_have_text(
        "Cannot be read: the part zz9 of the address."
    )
    expect(answer(found)).to_have_text("out_size 6")


def test_everything_is_reached_by_the_keyboard_in_order(page: Page) -> None:
    found = calculator(page)
    expect(found.locator(".cw-code")).to_have_count(2)
    wanted = found.evaluate(
        """e => [...e.querySelectorAll('select, input, textarea, button, summary, [tabindex]')]
            .filter(one => !one.disabled && one.checkVisibility()).length"""
    )
    found.locator("textarea").first.focus()
    seen = 1
    while seen <= wanted:
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement.closest('conv-calculator') !== null"
        )
        if not inside:
            break
        seen += 1
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert seen == wanted
