"""MathML as TeX: fractions, powers and roots of formulas that have no other source keep their meaning in a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

# Without one of these a formula reads as it stands: "n=5".
_BUILT = frozenset((
    "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "mover", "munder", "munderover", "mtable",
))  # fmt: skip
_ABOVE = {
    "→": r"\vec", "⃗": r"\vec", "^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "¯": r"\overline",
    "‾": r"\overline", "―": r"\overline", "˙": r"\dot", ".": r"\dot", "¨": r"\ddot", "ˇ": r"\check", "⏞": r"\overbrace",
}  # fmt: skip
_BELOW = {"_": r"\underline", "̲": r"\underline", "⏟": r"\underbrace"}
_RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇔↦∈∉⊂⊆⊃⊇∣+−±×·∪∩∧∨")
_UNSEEN = re.compile("[\u2061-\u2064\u200b\u00a0]")
_ESCAPED = re.compile(r"[{}%#&]")
_NO_LINE = re.compile(r"0(?:\.0+)?[a-z%]*")
# Deeper formulas are none; what is deeper is read as plain text.
_LEVELS = 60


def tex_of(math: Any) -> str | None:
    """The TeX of a MathML element, None where it holds nothing that a line cannot show.

    >>> from lxml.html import fromstring
    >>> tex_of(fromstring("<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>"))
    '\\\\frac{a}{b^{2}}'
    """
    if not any(_name(node) in _BUILT for node in math.iter()):
        return None
    return " ".join(_write(math, 0).split()) or None


def _name(element: Any) -> str:
    return element.tag.rpartition(":")[2] if isinstance(element.tag, str) else ""


def _write(element: Any, level: int) -> str:
    name = _name(element)
    if not name:
        return ""
    if level >= _LEVELS:
        return "".join(element.itertext())
    if name == "mo":
        return _sign(element)
    if name in ("mi", "mn", "ms", "mtext", "none", "mspace") or not len(element):
        return _token(element, name)
    parts = [_write(child, level + 1) for child in element if not _name(child).startswith("annotation")]
    writer = _WRITERS.get(name)
    if writer is None or len(parts) < _LEAST.get(name, 0):
        return "".join(parts)
    return writer(element, parts)


def _token(element: Any, name: str) -> str:
    if name == "mspace":
        return " "
    text = _ESCAPED.sub(r"\\\g<0>", _UNSEEN.sub("", "".join(element.itertext())))
    text = " ".join(text.split())
    if name == "mtext" and len(text) > 1:
        return rf"\text{{{text}}}"
    # A name of several letters is one word: sin, max.
    return f" {text} " if name == "mi" and len(text) > 1 and text.isalpha() else text


def _sign(element: Any) -> str:
    text = _UNSEEN.sub("", "".join(element.itertext())).strip()
    if text in _RELATIONS:
        return f" {text.replace('−', '-')} "
    return _ESCAPED.sub(r"\\\g<0>", text)


def _base(text: str) -> str:
    """What a power is of, in braces where it is more than one sign."""
    text = text.strip()
    return text if len(text) <= 1 or text.startswith("\\") else f"{{{text}}}"


def _fraction(element: Any, parts: Sequence[str]) -> str:
    name = r"\binom" if _NO_LINE.fullmatch(element.get("linethickness") or "") else r"\frac"
    return f"{name}{{{parts[0].strip()}}}{{{parts[1].strip()}}}"


def _power(element: Any, parts: Sequence[str]) -> str:
    above = parts[1].strip()
    return _base(parts[0]) + (above.replace("′", "'") if above and not above.strip("′'") else f"^{{{above}}}")


def _over(element: Any, parts: Sequence[str]) -> str:
    above = parts[1].strip()
    if above in _ABOVE:
        return f"{_ABOVE[above]}{{{parts[0].strip()}}}"
    return f"{_base(parts[0])}^{{{above}}}"


def _under(element: Any, parts: Sequence[str]) -> str:
    below = parts[1].strip()
    if below in _BELOW:
        return f"{_BELOW[below]}{{{parts[0].strip()}}}"
    return f"{_base(parts[0])}_{{{below}}}"


def _both(element: Any, parts: Sequence[str]) -> str:
    return f"{_base(parts[0])}_{{{parts[1].strip()}}}^{{{parts[2].strip()}}}"


def _table(element: Any, parts: Sequence[str]) -> str:
    rows = r" \\ ".join(part.strip() for part in parts)
    return rf"\begin{{matrix}} {rows} \end{{matrix}}"


def _fenced(element: Any, parts: Sequence[str]) -> str:
    return f"{element.get('open', '(')}{','.join(parts)}{element.get('close', ')')}"


_WRITERS: dict[str, Callable[[Any, Sequence[str]], str]] = {
    "mfrac": _fraction,
    "msqrt": lambda _, parts: rf"\sqrt{{{''.join(parts).strip()}}}",
    "mroot": lambda _, parts: rf"\sqrt[{parts[1].strip()}]{{{parts[0].strip()}}}",
    "msub": lambda _, parts: f"{_base(parts[0])}_{{{parts[1].strip()}}}",
    "msup": _power,
    "msubsup": _both,
    "mover": _over,
    "munder": _under,
    "munderover": _both,
    "mtable": _table,
    "mtr": lambda _, parts: " & ".join(part.strip() for part in parts),
    # The first cell is the number of the formula.
    "mlabeledtr": lambda _, parts: " & ".join(part.strip() for part in parts[1:]),
    "mfenced": _fenced,
    "mphantom": lambda _, parts: "",
    "semantics": lambda _, parts: parts[0],
    "maction": lambda _, parts: parts[0],
}
_LEAST = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3} | {
    "mlabeledtr": 1, "semantics": 1, "maction": 1,
}  # fmt: skip
