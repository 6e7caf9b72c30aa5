"""The hero of the first page, used as a person would, and compared with the library."""

import random
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from convarith import Conv, ConvTranspose, Pool, SizeError, diagnose, explain, solve
from tests.adapter import PROJECT, ROOT
from tests.browser import machine

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ConvTranspose.__match_args__
# What the hero shows; a term of the formula is its value and its numbers.
SHOWN = """hero => {
    const text = (name) => hero.querySelector(name)?.textContent;
    return {
        answer: text('.hero-out'), note: text('.hero-note'), code: text('.hero-code > code'),
        terms: [...hero.querySelectorAll('.hero-term b')].map(one => one.textContent.replaceAll('\\u202f', '')),
        picture: hero.querySelector('.hero-picture').ariaLabel, formula: text('.hero-formula'),
        problem: text('.hero-problem span'), stale: hero.hasAttribute('data-stale'),
    };
}"""
SET = """async (hero, values) => {
    for (const [name, value] of Object.entries(values)) hero.setAttribute(name, value);
    await null;
    await null;
}"""
# To paint each picture takes longer than all that is asked of it.
SET_EACH = f"""async (hero, all) => {{
    const set = {SET};
    const read = {SHOWN};
    const shown = [];
    for (const values of all) {{
        await set(hero, values);
        shown.push(read(hero));
    }}
    return shown;
}}"""


def hero(page: Page, query: str = "", language: str = "en") -> Locator:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{language}/" + (f"?calculator={query}" if query else ""))
    found = page.locator("conv-hero")
    expect(found.locator(".hero-code > code")).not_to_be_empty()
    return found


def field(found: Locator, name: str) -> Locator:
    return found.get_by_label(name, exact=True)


def answer(found: Locator) -> Locator:
    return found.locator(".hero-out")


def paste(found: Locator, text: str) -> Locator:
    found.locator("textarea").fill(text)
    return found.locator(".hero-reading")


def refusal(made: Callable[[], object], language: str = "en") -> str:
    """The first line of what the library says."""
    with pytest.raises(SizeError) as refused:
        made()
    return str(refused.value.told(received="").text(language)).splitlines()[0]


def settings(count: int) -> Iterator[tuple[int, dict[str, int]]]:
    """Legal ones and others, small and large."""
    draw = random.Random(14)
    for _ in range(count):
        most = draw.choice((4, 9, 9, 300))
        numbers = [draw.randint(1, most), draw.randint(1, 8), draw.randint(0, 5)]
        more = [draw.choice((0, 0, 1, 3)), draw.choice((1, 1, 2, 3))]
        yield (
            draw.choice((draw.randint(1, 40), 10**6)),
            dict(zip(NAMES, [*numbers, *more], strict=True)),
        )


def said_of(in_size: int, given: dict[str, int]) -> ConvTranspose | str:
    """The layer, or what the library says against it."""
    try:
        layer = ConvTranspose(**given)
        layer.out_size(in_size)
    except SizeError as error:
        return str(error.told(received="")).splitlines()[0]
    return layer


def test_every_number_that_it_shows_is_the_librarys(page: Page) -> None:
    drawn = [*settings(120)]
    asked = [{"in_size": str(size), **given} for size, given in drawn]
    refused = 0
    for (in_size, given), shown in zip(
        drawn, hero(page).evaluate(SET_EACH, asked), strict=True
    ):
        layer = said_of(in_size, given)
        if isinstance(layer, str):
            refused += 1
            assert (shown["problem"], shown["answer"]) == (layer, "—")
            assert shown["stale"]
            continue
        out_size = layer.out_size(in_size)
        k, s, p, a, d = given.values()
        terms = [(in_size - 1) * s, d * (k - 1) + 1, 2 * p, a, out_size]
        assert shown["answer"].replace("\u202f", "") == str(out_size)
        assert shown["terms"] == [str(term) for term in terms]
        named = re.findall(r"\d+", shown["picture"])
        assert [named[3], named[5]] == [str(terms[0] + terms[1]), str(out_size)]
        line = shown["code"].replace("nn.ConvTranspose2d(64, 32, ", "ConvTranspose(")
        assert eval(line) == layer
        assert (shown["problem"], shown["stale"]) == ("", False)
    assert 10 < refused < 60


def test_a_convolution_and_pooling_are_those_of_the_library(page: Page) -> None:
    found = hero(page)
    for name, kind, layer in [
        ("Conv2d", "Conv", Conv(3, stride=2, padding=1)),
        ("MaxPool2d", "Pooling", Pool(3, stride=2, padding=1)),
    ]:
        found.evaluate(
            SET,
            {
                "layer": name,
                "in_size": "27",
                "kernel_size": "3",
                "stride": "2",
                "padding": "1",
            },
        )
        expect(answer(found)).to_have_text(str(layer.out_size(27)))
        wanted = "\n".join(explain(Conv(3, stride=2, padding=1), 27).splitlines()[:-1])
        expect(found.locator(".hero-formula")).to_have_text(wanted)
        expect(
            found.locator(".hero-more button[aria-pressed=true]").first
        ).to_have_text(kind)
        expect(found.locator(".hero-stage")).to_be_hidden()
    field(found, "padding").fill("2")
    expect(found.locator(".hero-problem span")).to_have_text(
        refusal(lambda: Pool(3, stride=2, padding=2))
    )


def test_the_size_that_is_wanted_gives_the_layers_in_the_order_of_the_library(
    page: Page,
) -> None:
    found = hero(page, "convtranspose2d,backwards,i28,o55")
    cards = found.get_by_role("radio")
    expect(cards).to_have_count(5)
    for in_size, out_size in [(28, 55), (14, 28), (5, 16), (7, 7), (1, 4)]:
        found.evaluate(SET, {"in_size": str(in_size), "out_size": str(out_size)})
        shown = [
            described(text)
            for text in found.locator("[role=radio] strong").all_inner_texts()
        ]
        assert shown == [
            {
                name: getattr(layer, name)
                for name in NAMES
                if getattr(layer, name) != (1 if name == "dilation" else 0)
            }
            for layer in solve(in_size, out_size)[:5]
        ]
    field(found, "in_size").fill("14")
    field(found, "out_size").fill("28")
    expect(cards.first).to_have_attribute("aria-checked", "true")
    cards.nth(1).click()
    expect(field(found, "kernel_size")).to_have_value("4")
    expect(cards.nth(1)).to_be_focused()
    field(found, "stride").fill("3")
    expect(field(found, "out_size")).to_have_value(
        str(ConvTranspose(4, stride=3, padding=1).out_size(14))
    )


def described(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in re.findall(r"(\w+) (\d+)", text)}


def test_where_nothing_fits_the_library_says_why_and_a_button_takes_the_nearest(
    page: Page,
) -> None:
    found = hero(page, "convtranspose2d,backwards,i28,o5")
    reason = solve(28, 5).reason
    expect(found.locator(".hero-problem span")).to_contain_text(str(reason))
    expect(found).to_have_attribute("data-stale", "")
    found.locator(".hero-problem button").click()
    nearest = min(solve(28, 5).nearest, key=lambda size: abs(size - 5))
    expect(field(found, "out_size")).to_have_value(str(nearest))
    expect(found.get_by_role("radio").first).to_be_visible()


def test_what_the_way_back_brings_stays_when_the_field_that_was_typed_in_is_left(
    page: Page,
) -> None:
    found = hero(page)
    field(found, "stride").fill("3")
    page.go_back()
    expect(field(found, "stride")).to_have_value("2")
    machine.visit(page, "en/?calculator=convtranspose2d,backwards,i28,o5")
    found.locator(".hero-problem button").click()
    expect(field(found, "out_size")).to_have_value("13")


WRITTEN = {
    "14x20": ("14x20", "28 × 40"),
    "14, 20": ("14x20", "28 × 40"),
    "[1, 64, 14, 14]": ("14", "28"),
    "torch.Size([1, 64, 7, 9])": ("7x9", "14 × 18"),
}


def test_sizes_are_read_as_they_are_written_and_what_is_none_is_refused(
    page: Page,
) -> None:
    found = hero(page)
    box = field(found, "in_size")
    for written, (kept, shown) in WRITTEN.items():
        box.fill(written)
        expect(answer(found)).to_have_text(shown)
        box.blur()
        expect(box).to_have_value(kept)
    for wrong, said in [
        ("12 px", "must be a whole number"),
        ("3x4x5", "has 2 axes"),
        ("", "is missing"),
        ("0", "at least 1"),
    ]:
        box.fill(wrong)
        expect(found.locator(".hero-problem span")).to_contain_text(said)
        expect(answer(found)).to_have_text("—")
        expect(box).to_have_value(wrong)
        expect(found.get_by_role("button", name="Copy layer")).to_be_disabled()
    found.locator(".hero-problem button").click()
    expect(answer(found)).to_have_text("2")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_impossible_setting_has_one_sentence_and_one_button(
    page: Page, language: str
) -> None:
    found = hero(page, language=language)
    cases = [
        (
            {"output_padding": "5"},
            lambda: ConvTranspose(4, stride=2, padding=1, output_padding=5),
            "output_padding = 1",
        ),
        (
            {"output_padding": "0", "padding": "20"},
            lambda: ConvTranspose(4, stride=2, padding=20).out_size(14),
            "padding = 14",
        ),
        (
            {"padding": "1", "stride": "0"},
            lambda: ConvTranspose(4, stride=0, padding=1),
            "stride = 1",
        ),
    ]
    for values, made, cure in cases:
        for name, value in values.items():
            field(found, name).fill(value)
        expect(found.locator(".hero-problem span")).to_have_text(
            refusal(made, language)
        )
        expect(found.locator(".hero-stage")).to_have_attribute("aria-hidden", "true")
        button = found.locator(".hero-problem button")
        expect(button).to_contain_text(cure)
        button.click()
        expect(answer(found)).to_have_text(re.compile(r"^\d+$"))


def test_each_axis_may_have_its_own_numbers(page: Page) -> None:
    found = hero(page)
    found.get_by_role("button", name="Convolution, pooling, other dimensions").click()
    found.get_by_role("button", name="axis 1").click()
    field(found, "in_size").fill("20")
    field(found, "stride").fill("3")
    layer = ConvTranspose((4, 4), stride=(2, 3), padding=1)
    expect(answer(found)).to_have_text(" × ".join(map(str, layer.out_size((14, 20)))))
    field(found, "output_padding").fill("3")
    expect(found.locator(".hero-problem span")).to_contain_text("axis 1:")
    found.locator(".hero-problem button").click()
    expect(field(found, "output_padding")).to_have_value("2")
    code = found.locator(".hero-code > code").inner_text()
    assert (
        run(
            f"from torch import empty, nn\nprint(*{code}(empty(1, 64, 14, 20)).shape[2:])"
        )
        == "28 61\n"
    )
    found.get_by_role("button", name="all axes").click()
    expect(field(found, "in_size")).to_have_value("14x20")


def run(code: str) -> str:
    """What it prints as a script of its own."""
    said = PROJECT.runner.run(code)
    assert "error" not in said, said
    return "".join(said["printed"])


def test_a_pasted_layer_fills_in_the_boxes_and_a_model_offers_its_layers(
    page: Page,
) -> None:
    found = hero(page)
    read = paste(
        found,
        "self.up = nn.ConvTranspose1d(8, 4, 16, 8, padding=(16 - 8) // 2, bias=False)",
    )
    expect(read).to_contain_text("Read: ConvTranspose1d.")
    assert urlsplit(page.url).query == "calculator=convtranspose1d,i14,k16,s8,p4,op0,d1"
    expect(found.locator(".hero-code > code")).to_have_text(
        "nn.ConvTranspose1d(8, 4, 16, stride=8, padding=4, bias=False)"
    )

    model = "Sequential(\n  (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2))\n  (1): ReLU()\n  (2): ConvTranspose2d(8, 3, kernel_size=(2, 2), stride=(2, 2))\n)"
    read = paste(found, model)
    expect(read).to_contain_text("2 layers")
    expect(answer(found)).to_have_text("112")
    read.get_by_role("button").last.click()
    expect(answer(found)).to_have_text("28")

    read = paste(found, "F.conv_transpose2d(x, w, stride=2)")
    expect(read).to_contain_text("kernel_size is not a number there")
    expect(field(found, "kernel_size")).to_be_empty()
    expect(answer(found)).to_have_text("—")
    for text, said in [
        ("hello", "no layer with sizes"),
        ("nn.Conv2d(1, 2, 3, strid=2)", "Conv2d has no argument strid"),
        (
            "nn.Conv2d(1, 2, (globalThis.caught = 1))",
            "kernel_size is not a number there",
        ),
        ("Conv2DTranspose(8, 3, strides=2, padding='same')", "How to port it"),
    ]:
        expect(paste(found, text)).to_contain_text(said)
    assert page.evaluate("globalThis.caught === undefined")
    paste(found, "Conv2DTranspose(8, 4, strides=2, padding='same')")
    expect(answer(found)).to_have_text("28")
    expect(paste(found, "")).to_be_empty()


MESSAGE = (
    "Traceback …\nRuntimeError: output padding must be smaller than either stride or dilation, but got "
    "output_padding_height: 0 output_padding_width: 2 stride_height: 2 stride_width: 2 dilation_height: 1 dilation_width: 1"
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pasted_message_shows_its_cure_and_fills_in_only_what_it_names(
    page: Page, language: str
) -> None:
    found = hero(page, language=language)
    read = paste(found, MESSAGE)
    known = diagnose("negative padding is not supported", language=language)
    for name, value in [
        ("in_size", ""),
        ("kernel_size", ""),
        ("padding", ""),
        ("stride", "2"),
        ("output_padding", "0x2"),
    ]:
        expect(field(found, name)).to_have_value(value)
    expect(answer(found)).to_have_text("—")
    expect(read).to_contain_text(diagnose(MESSAGE, language=language).fix)
    field(found, "in_size").fill("5")
    field(found, "kernel_size").fill("3")
    expect(found.locator(".hero-problem span")).to_contain_text("output_padding")

    read = paste(found, "RuntimeError: negative padding is not supported")
    expect(read).to_contain_text(known.fix)
    expect(read).to_contain_text(known.cause)
    expect(field(found, "in_size")).to_be_empty()
    expect(answer(found)).to_have_text("—")
    read.locator("a").click()
    page.wait_for_url(f"**/{language}/{known.page}")


def test_the_address_holds_what_was_changed_and_the_way_back_goes_through_it(
    page: Page,
) -> None:
    found = hero(page)
    page.evaluate(
        """() => {
            const push = history.pushState;
            globalThis.pushed = 0;
            history.pushState = function (...given) { pushed++; push.apply(this, given); };
        }"""
    )
    box = field(found, "in_size")
    box.focus()
    page.keyboard.type("123")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    field(found, "stride").fill("3")
    expect(answer(found)).to_have_text("371")
    assert page.evaluate("pushed") == 2
    page.go_back()
    expect(answer(found)).to_have_text("248")
    page.go_back()
    expect(answer(found)).to_have_text("28")
    assert urlsplit(page.url).query == ""
    page.go_forward()
    page.reload()
    expect(answer(found)).to_have_text("248")
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    page.wait_for_url("**/zh/?calculator=*")
    expect(answer(page.locator("conv-hero"))).to_have_text("248")
    found = hero(page, "convtranspose2d,i4,k3,zz9")
    expect(found.locator(".hero-problem")).to_contain_text(
        "the part zz9 of the address"
    )
    expect(answer(found)).to_have_text("6")


def test_instant_navigation_takes_the_hero_away_and_brings_it_back(page: Page) -> None:
    found = hero(page)
    page.evaluate("window.kept = true")
    field(found, "in_size").fill("7")
    page.locator("article a", has_text=re.compile("^The picture$")).click()
    page.wait_for_url("**/en/learn/picture/")
    page.go_back()
    page.wait_for_url("**/en/?calculator=*")

    expect(answer(found)).to_have_text("14")
    assert page.evaluate("window.kept") is True
    expect(page.locator("conv-hero")).to_have_count(1)


LARGE = [
    (10**12, (10**6, 2, 1, 0, 1)),
    (14, (4, 10**7, 1, 0, 1)),
    (10**6, (24, 1, 0, 0, 1)),
    (10**12, (10**6, 1000, 1, 0, 1)),
]
TIMED = f"""async (hero, values) => {{
    const start = performance.now();
    await ({SET})(hero, values);
    return performance.now() - start;
}}"""


def test_the_largest_numbers_are_answered_at_once(page: Page) -> None:
    found = hero(page)
    took: dict[int, list[float]] = {}
    for turn in range(3 * len(LARGE)):
        in_size, numbers = LARGE[turn % len(LARGE)]
        given = dict(zip(NAMES, numbers, strict=True))
        values = {name: str(value) for name, value in given.items()}
        time = found.evaluate(TIMED, {"in_size": str(in_size), **values})
        took.setdefault(turn % len(LARGE), []).append(time)
        shown = found.evaluate(SHOWN)["answer"].replace("\u202f", "")
        assert shown == str(ConvTranspose(**given).out_size(in_size))
        assert found.locator(".hero-picture *").count() < 1700
    # The least of some: what else the machine does only ever adds.
    assert max(map(min, took.values())) < 200
    field(found, "dilation").fill("1000000000000")
    problem = found.locator(".hero-problem span")
    expect(problem).to_contain_text("9007199254740991")


def test_every_stop_of_the_keyboard_is_seen_and_in_order(page: Page) -> None:
    found = hero(page)
    found.locator(".hero-install button").focus()
    stops = []
    for _ in range(40):
        stop = page.evaluate("""() => {
            const one = document.activeElement, box = one.closest('.cw-step > span, .hero-paste') ?? one;
            if (!one.closest('conv-hero')) return null;
            return [one.ariaLabel || one.textContent, getComputedStyle(box).outlineStyle];
        }""")
        if stop is None:
            break
        stops.append(stop)
        page.keyboard.press("Tab")
    names = [name for name, _ in stops]
    assert {outline for _, outline in stops} == {"solid"}
    assert names[2:4] == ["The size I get", "The size I want"]
    assert names[4].startswith("Paste")
    assert names[10:16] == ["in_size", *NAMES]
    assert len(names) == 26


def test_it_plays_once_and_ends_where_it_rests(chromium: Browser, address: str) -> None:
    running = "document.getAnimations().filter(one => one.id === 'play').length"
    for motion, plays in (("no-preference", True), ("reduce", False)):
        context = chromium.new_context(base_url=f"{address}/", reduced_motion=motion)
        page = context.new_page()
        page.goto("en/")
        found = page.locator("conv-hero")
        expect(answer(found)).to_have_text("28")
        if plays:
            page.wait_for_function(f"{running} > 50")
            page.keyboard.press("Escape")
        else:
            found.get_by_role("button", name="Checkerboard").click()
            machine.at_rest(page)
            page.wait_for_timeout(300)
        assert page.evaluate(running) == 0
        assert plays or page.evaluate("document.getAnimations().length") == 0
        context.close()


def test_a_phone_shows_the_answer_without_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for language in ("en", "zh"):
        found = hero(page, language=language)
        for part in (
            answer(found),
            found.locator(".hero-picture .columns, .l-columns").first,
        ):
            expect(part).to_be_visible()
            box = part.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < 844


def test_what_is_copied_runs_and_what_is_saved_stands_alone(page: Page) -> None:
    found = hero(page)
    found.get_by_role("button", name="Copy layer").click()
    code = page.evaluate("navigator.clipboard.readText()")
    assert (
        run(f"from torch import empty, nn\nprint(*{code}(empty(1, 64, 14, 14)).shape)")
        == "1 32 28 28\n"
    )
    found.locator(".hero-install button").click()
    guide = (ROOT / "docs/en/getting-started.md").read_text("utf-8")
    assert f"$ {page.evaluate('navigator.clipboard.readText()')}\n" in guide
    for name in ("SVG", "PNG"):
        with page.expect_download() as saved:
            found.get_by_role("button", name=f"Save {name}").click()
        content = saved.value.path().read_bytes()
        assert content.startswith(b"<svg" if name == "SVG" else b"\x89PNG")
        assert b"var(" not in content


def test_pointing_at_a_cell_says_what_it_sums(page: Page) -> None:
    found = hero(page, "convtranspose2d,i4,k3,s2,p1,op1")
    found.locator(".l-columns .output").nth(1).hover()
    expect(found.locator(".hero-note")).to_contain_text(
        "Output 2 sums 2 products, from inputs 1 and 2."
    )
    assert found.locator(".l-threads path").count() == 2
    found.locator(".l-inputs g").first.hover()
    expect(found.locator(".hero-note")).to_contain_text(
        "Input 1 is spread over 3 positions."
    )
    found.locator("h1").hover()
    expect(found.locator(".hero-note")).to_contain_text("Uneven overlap")
