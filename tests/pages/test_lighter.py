"""What a finished site is made of is left out only where nothing can ask for it."""

from pathlib import Path

import quickjs
from docs.lighter import modules, styles

from verified_docs.extensions.outlines import joined


def meets(selector: str) -> bool:
    page = '<p class="here" id="there" data-md-color-scheme="default">'
    return styles.Used([page], ["made-by-script"]).meets(selector)


def test_a_selector_is_left_out_if_no_page_and_no_script_names_it() -> None:
    found = (
        ".here", "#there", "p > .made-by-script", ".here:not(.gone)", "p:is(.gone, a)",
        '[data-md-color-scheme=default] img[src$="#only-dark"]', ".here\\.made-by-script, p",
    )  # fmt: skip
    assert [one for one in found[:6] if not meets(one)] == []
    gone = (".gone", "#gone .here", "[dir=rtl] p", "[data-md-color-scheme=slate] p")
    assert [one for one in gone if meets(one)] == []


def test_rules_are_parted_where_a_string_holds_their_signs() -> None:
    text = '@import "a;b";@media print{a{b:url("}")}}c{d:e;--f:"{;"}'

    assert [*styles.rules(text)] == [
        ('@import "a;b"', None),
        ("@media print", 'a{b:url("}")}'),
        ("c", 'd:e;--f:"{;"'),
    ]


def test_joined_modules_run_each_once_under_their_own_names(tmp_path: Path) -> None:
    files = {
        "base.mjs": "globalThis.ran = (globalThis.ran ?? 0) + 1;\nexport const known = 2;\n",
        "twice.mjs": 'import { known as two } from "./base.mjs";\nexport function twice(n) { return n * two; }\n',
        "first.mjs": 'import { twice } from "./twice.mjs";\nconst known = 5;\nexport const ten = twice(known);\n'
        '/** @type {import("./typed.mjs").T} */\nexport const later = () => import("./twice.mjs");\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")

    modules.join(tmp_path, [tmp_path / "first.mjs"])

    engine = quickjs.Context()
    for name in ("first", "twice"):
        text = (tmp_path / f"{name}.mjs").read_text("utf-8")
        assert 'from "' not in text
        engine.eval(f"(() => {{{text.replace('export const', 'const')}}})()")
    assert engine.eval("globalThis.modules.get('first.mjs').ten") == 10
    assert engine.eval("globalThis.ran") == 1


def test_a_formula_is_one_path_and_a_glyph_has_the_same_words_wherever_it_stands() -> (
    None
):
    svg = (
        '<svg style="s" width="1ex" viewBox="0 0 1 1" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<defs><path id="a" d="M10 20H30V-5Q1 2 3 4T7 8Z M1 1L2 2Z"/></defs>'
        '<g transform="scale(1,-1)"><use xlink:href="#a"/>'
        '<g transform="translate(100,50) scale(2)"><g transform="translate(5,0)"><use xlink:href="#a"/></g></g>'
        '<rect x="1" y="2" width="30" height="4"/></g></svg>'
    )
    drawn = joined(svg)

    assert drawn.count("<") == 3
    assert 'd="M10 20h20v-25q-29 7-27 9t4 4zm-9-19l1 1z' in drawn
    assert "M130 90h40v-50q-58 14-54 18t8 8zm-18-38l2 2z" in drawn
    assert "M1 2h30v4h-30z" in drawn
