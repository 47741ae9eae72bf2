"""What a page declares to be its content is kept; what it declares and does not show is read from there."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from cleaning.extract import extract_page
from cleaning.extract.blocks import drop_unread, read_blocks
from cleaning.extract.declared import find_declared
from cleaning.extract.parse import parse_page
from cleaning.extract.stated import is_untold, keep_stated, marked_parts

INGREDIENTS = ["400 g rhubarb", "75 g sugar", "2.5 dl whipping cream", "100 g macaroons"]
STEPS = [
    {"@type": "HowToStep", "text": "Cut the rhubarb into thin slices and cook it with the sugar for ten minutes."},
    {"@type": "HowToSection", "itemListElement": [{"@type": "HowToStep", "name": "Whip the cream until it is soft."}]},
]
RECIPE = {
    "@context": "https://schema.org",
    "@graph": [{"@type": ["Recipe", "NewsArticle"], "recipeIngredient": INGREDIENTS, "recipeInstructions": STEPS}],
}


def script_of(data: Any) -> str:
    text = json.dumps(data).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def kept_of(body: str, stated: list[str], likely: float = 0.05) -> list[str]:
    """The texts that are kept of a body of which the model would keep nothing."""
    root = parse_page(f"<html><body>{body}</body></html>")
    drop_unread(root)
    blocks = read_blocks(root)
    none = np.zeros(len(blocks.texts), dtype=bool)
    kept = keep_stated(blocks, np.full(none.shape, likely), none, stated)
    return [text for text, is_kept in zip(blocks.texts, kept, strict=True) if is_kept]


def test_parts_of_a_recipe_and_answers_are_read() -> None:
    faq = {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": "Is it sweet?", "acceptedAnswer": {"@type": "Answer", "text": "Very."}},
            {"@type": "Question", "name": "And who knows?", "suggestedAnswer": {"@type": "Answer", "text": "I do."}},
        ],
    }
    stated = find_declared(script_of(RECIPE) + script_of(faq), None).stated
    assert stated[:4] == tuple(INGREDIENTS)
    assert stated[4:] == (STEPS[0]["text"], "Whip the cream until it is soft.", "Very.", "Is it sweet?")


@pytest.mark.parametrize(
    "broken", [{"recipeIngredient": 7}, {"recipeIngredient": [[[[[[[["deep"]]]]]]]]}, {"step": {}}]
)
def test_broken_parts_are_none(broken: dict[str, Any]) -> None:
    assert find_declared(script_of({"@type": "Recipe", **broken}), None).stated == ()


def test_microdata_of_recipes_is_read() -> None:
    page = '<ul><li itemprop="recipeIngredient">400 g <b>rhubarb</b></li><li itemprop=ingredients>Salt</li></ul>'
    assert marked_parts(page, parse_page(f"<html><body>{page}</body></html>")) == ("400 g rhubarb", "Salt")
    assert marked_parts("<p>ingredients</p>", None) == ()


@pytest.mark.parametrize(
    "rows",
    [
        "".join(f"<li>{text}</li>" for text in INGREDIENTS),
        # One block for the amount and one for what it is of, a box to tick before each, or in another order.
        "<li>▢<div>400 g</div><div>rhubarb</div></li><li>▢<div>75 g</div><div>sugar</div></li>"
        "<li>▢<div>2.5 dl</div><div>whipping cream</div></li><li>▢<div>100 g</div><div>macaroons</div></li>",
        "<li>rhubarb, 400 g</li><li>sugar, 75 g</li><li>whipping cream 2.5 dl</li><li>macaroons (100 g)</li>",
        # One that nobody declares is of the list, too.
        "".join(f"<li>{text}</li>" for text in INGREDIENTS[:3]) + "<li>some mint</li>",
    ],
)
def test_what_is_stated_is_kept_with_its_heading(rows: str) -> None:
    menu = "<ul><li><a href=/s>Sugar</a></li><li><a href=/r>Rhubarb</a></li></ul>"
    kept = kept_of(f"{menu}<p>Print</p><h3>For the trifle</h3><ul>{rows}</ul><p>Add to my list</p>", INGREDIENTS)
    assert kept[0] == "For the trifle" and "Add to my list" not in kept and "Sugar" not in kept and "▢" not in kept
    text = " ".join(kept)
    assert all(word in text for word in ("400 g", "rhubarb", "75 g", "sugar", "whipping cream"))
    assert rows.count("<li>") == 4 and ("some mint" in text or "macaroons" in text)


def test_signs_without_blanks_count_as_words() -> None:
    rows = ["卵(60g程度) 2個", "めんつゆ（3倍濃縮） 大さじ1", "水 適量"]
    assert kept_of("".join(f"<p>{row.replace(' ', '')}</p>" for row in rows), rows) != []


def test_a_few_words_of_a_menu_are_a_chance() -> None:
    answer = "Our shop sells recreational kayaks, paddles and whatever else one needs on a river in May."
    assert kept_of("<p>Recreational kayaks</p><p>Paddles</p><p>Contact</p>", [answer]) == []
    assert kept_of(f"<p>Contact</p><p>{answer}</p>", [answer]) == [answer]


def test_a_copy_for_printers_is_not_kept_beside_the_first() -> None:
    rows = "".join(f"<li>{text}</li>" for text in INGREDIENTS)
    far = "<p>Nothing of it</p>" * 6
    assert kept_of(f"<ul>{rows}</ul>{far}<ul>{rows}</ul>", INGREDIENTS) == INGREDIENTS


def test_a_body_that_scripts_write_is_read_from_the_declaration() -> None:
    story = ["The council voted on Tuesday to keep the old bridge open.", "Nobody knows who is going to pay for that."]
    story = [f"{line} {number} of the members had said so before." for number, line in enumerate(story * 4)]
    article = {"@type": "NewsArticle", "headline": "Bridge", "articleBody": "<p>" + "</p><p>".join(story) + "</p>"}
    page = f"<html><head>{script_of(article)}</head><body><div id=app>Please switch on JavaScript.</div></body></html>"
    found = extract_page(page, keep_dropped=True)
    assert found is not None and (found.made_by, found.text.split("\n")[-len(story) :]) == ("declared", story)
    shown = extract_page(page.replace("Please", "".join(f"<p>{line}</p>" for line in story) + "Please"))
    assert shown is not None and shown.made_by != "declared"
    empty = extract_page(f"<html><head>{script_of(article)}</head><body></body></html>")
    assert empty is not None and empty.text.split("\n") == story


def test_a_summary_is_no_body() -> None:
    blocks = read_blocks(parse_page("<html><body><p>Something else.</p></body></html>"))
    assert is_untold("A bridge stays open. " * 40, "", blocks)
    assert not is_untold("A bridge stays open.", "", blocks)
    assert not is_untold("A bridge stays open. " * 40, "Something longer than that. " * 40, blocks)


def test_what_a_page_shows_is_not_given_away_for_what_it_declares() -> None:
    shown = "".join(
        f"<p>{number} people crossed the bridge on foot, and nobody asked them why.</p>" for number in range(30)
    )
    recipe = {"@type": "Recipe", "recipeIngredient": [f"{number} g sugar" for number in range(2_000)]}
    found = extract_page(f"<html><body><h1>Bridge</h1>{script_of(recipe)}{shown}</body></html>")
    assert found is not None and "0 people" in found.text and "29 people" in found.text


def body_of(text: Any, **more: Any) -> str:
    return find_declared(script_of({"@type": "NewsArticle", "articleBody": text, **more}), None).body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Up by 5% (p<0.05), while wages > 2,000 euros were frozen.", None),
        ("Under &lt;5 and over &gt;3.", "Under <5 and over >3."),
        ("<H2>Head</H2><blockquote>One.</blockquote><table><tr><td>a</td><td>b</td></tr></table>", "Head\nOne.\na\nb"),
        ("&lt;p&gt;If a &amp;lt; b.&lt;/p&gt;&lt;p&gt;Then c.&lt;/p&gt;", "If a < b.\nThen c."),
        ("One.\\n\\nTwo.", "One.\nTwo."),
        ("<p>One.</p><script>track(a)</script><style>.x{}</style>", "One."),
        (["One.", "Two."], "One.\nTwo."),
    ],
)
def test_the_form_of_a_declared_body(text: Any, body: str | None) -> None:
    assert body_of(text) == (text if body is None else body)


def test_another_story_s_text_is_not_taken_for_the_page_s() -> None:
    other = {"@type": "NewsArticle", "headline": "Bridge stays open", "articleBody": "The bridge stays open. " * 40}
    page = f"<title>Lamp Alpha</title>{script_of(other)}<h1>Lamp Alpha</h1><p>The lamp is made of oak and of glass.</p>"
    found = extract_page(f"<html><body>{page}</body></html>")
    assert found is None or "bridge" not in found.text


def test_menus_comments_and_cards_of_other_recipes_are_not_kept() -> None:
    rows = "".join(f"<li>{text}</li>" for text in INGREDIENTS)
    menu = "".join(f"<li><a href=/>{word}</a></li>" for word in ("Rhubarb", "Whipping cream", "Macaroons", "Fish"))
    comments = "".join(
        f"<p>Jo {n}</p><p>I used 400 g of rhubarb here, which was fine</p><p>Reply</p>" for n in range(5)
    )
    kept = kept_of(
        f"<nav><ul>{menu}</ul></nav><p>x</p><p>x</p><p>x</p><p>x</p><ul>{rows}</ul>{comments}", INGREDIENTS, 0.06
    )
    assert kept == INGREDIENTS
    between = "<p><a href=/>Read also: Lemon cake</a></p><p>Sign up for our newsletter!</p>"
    steps = [
        f"<p>{step}</p>"
        for step in ("Cut the rhubarb into thin slices, as thin as you can.", "Whip the cream until it is soft.")
    ]
    said = [step[3:-4] for step in steps]
    assert kept_of(between.join(steps), said, 0.25) == said
    two = find_declared(
        script_of([RECIPE["@graph"][0], {"@type": "Recipe", "recipeIngredient": ["corn starch"]}]), None
    )
    assert "corn starch" not in two.stated
