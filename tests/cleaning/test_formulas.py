"""Formulas without a TeX annotation: MathML alone, sources in attributes, pictures that services draw."""

from __future__ import annotations

import pytest

from tests.cleaning.test_extract import text_of

ROOT = (
    "<math><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>p</mi><mo>±</mo><msqrt><msup><mi>p</mi><mn>2</mn></msup>"
    "<mo>−</mo><mi>q</mi></msqrt></mrow><mn>2</mn></mfrac></math>"
)
ROOT_TEX = r"$x = \frac{- p ± \sqrt{p^{2} - q}}{2}$"
DRAWN = '<span class="katex"><span class="katex-html" aria-hidden="true">x2</span></span>'


def math(inner: str) -> str:
    return f"<math>{inner}</math>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (ROOT, ROOT_TEX),
        (ROOT.replace("math>", "mml:math>"), ROOT_TEX),
        (
            '<mjx-container class="MathJax"><mjx-math aria-hidden="true"><mjx-mi></mjx-mi></mjx-math>'
            f"<mjx-assistive-mml>{ROOT}</mjx-assistive-mml></mjx-container>",
            ROOT_TEX,
        ),
        (
            '<mjx-container class="MathJax"><mjx-assistive-mml><math><mi>n</mi><mo>=</mo><mn>5</mn></math>'
            "</mjx-assistive-mml></mjx-container>",
            "n=5",
        ),
        (
            math("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>"),
            "$∑_{i = 1}^{n}i$",
        ),
        (math("<mover><mi>F</mi><mo>→</mo></mover>"), r"$\vec{F}$"),
        (math("<msup><mi>f</mi><mo>′</mo></msup>"), "$f'$"),
        (math("<msub><mi>r</mi><mtext>max</mtext></msub>"), r"$r_{\text{max}}$"),
        (math('<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>'), r"$\binom{n}{k}$"),
        (math("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>"), "${ab}^{2}$"),
        (
            math(
                "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>"
            ),
            r"$\begin{matrix} a & b \\ c \end{matrix}$",
        ),
        (math("<msup><mi>x</mi></msup>"), "$x$"),
        (f'<span class="math-inline" data-math="x^2">{DRAWN}</span>', "$x^2$"),
        ('<img data-tex="x^2" alt="a">', "$x^2$"),
        ('<mjx-container><mjx-math data-latex="n"><mjx-mi data-latex="n">n</mjx-mi></mjx-math></mjx-container>', "$n$"),
        ('<img src="https://latex.codecogs.com/svg.image?%5Cfrac%7Ba%7D%7Bb%7D">', r"$\frac{a}{b}$"),
        ('<img src="https://www.example.com/equation?tex=x%5E2">', "$x^2$"),
        ('<mjx-math data-latex="x^2">x</mjx-math>', "$x^2$"),
        (r'<img src="a.svg" alt="\sqrt{x} + 1">', r"$\sqrt{x} + 1$"),
    ],
)
def test_a_formula_is_tex(formula: str, text: str) -> None:
    assert text_of(f"<p>If {formula} is</p>") == f"If {text} is"


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/photo.jpg?math=teacher" alt="A teacher of maths">',
        r'<img src="/a.png" alt="C:\Users\jane\{1}">',
        '<img src="http://[::1" alt="x">',
        '<img src="/photo.jpg?a=1" alt="a {b}">',
    ],
)
def test_other_pictures_are_none(picture: str) -> None:
    assert text_of(f"<p>If {picture} is</p>") == "If is"


def test_a_formula_and_its_script_are_one() -> None:
    drawn = f'<span class="MathJax"><nobr aria-hidden="true">x2</nobr><span class="MJX_Assistive_MathML">{ROOT}</span></span>'
    assert text_of(f'<p>If {drawn}<script type="math/tex">x^2</script> is</p>') == "If $x^2$ is"


@pytest.mark.parametrize("body", ['<div data-math="x^2"><p>{}</p></div>', '<div data-math="on">{}</div>'])
def test_a_story_in_an_element_with_a_source_stays(body: str) -> None:
    assert text_of(body.format("The council voted.")) == "The council voted."
