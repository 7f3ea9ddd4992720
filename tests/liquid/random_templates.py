"""Random templates and data: from a grammar of what people write, down to noise.

The grammar makes templates that mostly parse, so that rendering is reached; `damaged` ones are the same with a piece cut out
or put in.
"""

from typing import Any

from hypothesis import strategies as st

from cio_tui.liquid.filters.registry import filters_of

_FILTERS = sorted(filters_of("latest").keys() | filters_of("legacy").keys() | {"no_such_filter"})
_NAMES = ["customer", "event", "item", "x", "y", "trigger", "snippets", "forloop", "event_name", "empty", "blank", "nobody"]
_KEYS = ["first_name", "items", "name", "price", "tags", "size", "first", "last", "limit", "a", "b", "empty", "total", "at", "0"]

plain_values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.sampled_from(
        ["2026-03-29", "1782898200", "now", "12.50", "{{ x }}", "<b>x</b>", "a,b,,c", "(GMT-11:00) Hawaii", "{", "%"]
    ),
)
values: st.SearchStrategy[Any] = st.recursive(
    plain_values,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS) | st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
data: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(_NAMES), values | st.dictionaries(st.sampled_from(_KEYS), values, max_size=5), max_size=6
)

_texts = st.text(st.characters(exclude_characters="\"'"), max_size=8)
_literals = st.one_of(
    _texts.map('"{}"'.format),
    _texts.map("'{}'".format),
    st.integers(-100, 10**12).map(str),
    st.floats(-1e6, 1e6, allow_nan=False).map("{:.3f}".format),
    st.sampled_from(
        [
            "true",
            "false",
            "nil",
            "empty",
            "blank",
            "(1..3)",
            "(x..y)",
            "%Y-%m",
            '"%s %Z"',
            '"Europe/Oslo"',
            "'item'",
            "'item.price > 1'",
        ]
    ),
)


@st.composite
def _paths(draw: st.DrawFn) -> str:
    path = draw(st.sampled_from(_NAMES))
    for key in draw(st.lists(st.sampled_from(_KEYS), max_size=3)):
        path += draw(st.sampled_from([f".{key}", f'["{key}"]', f"[{key}]", f"['{key}']"]))
    return path


_operands = _paths() | _literals


@st.composite
def _filtered(draw: st.DrawFn) -> str:
    text = draw(_operands)
    for name in draw(st.lists(st.sampled_from(_FILTERS), max_size=3)):
        arguments = draw(st.lists(_operands, max_size=2))
        text += f" | {name}" + (f": {', '.join(arguments)}" if arguments else "")
    return text


_conditions = st.lists(
    st.builds("{} {} {}".format, _operands, st.sampled_from(["==", "!=", ">", "<", ">=", "<=", "contains", "<>"]), _operands)
    | _operands,
    min_size=1,
    max_size=3,
).flatmap(lambda terms: st.sampled_from([" and ", " or "]).map(lambda word: word.join(terms)))
_dashes = st.sampled_from(["", "", "", "-"])


@st.composite
def _tag(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """One tag, with its block when it has one."""
    left, right = draw(_dashes), draw(_dashes)

    def mark(text: str) -> str:
        return f"{{%{left} {text} {right}%}}"

    kind = draw(
        st.sampled_from(
            [
                "if",
                "unless",
                "case",
                "for",
                "tablerow",
                "assign",
                "capture",
                "cycle",
                "increment",
                "comment",
                "raw",
                "echo",
                "liquid",
                "own",
                "break",
            ]
        )
    )
    body = draw(inner)
    condition = draw(_conditions)
    match kind:
        case "if" | "unless":
            middle = draw(st.sampled_from(["", mark("else"), mark(f"elsif {condition}"), mark("else if x")]))
            return mark(f"{kind} {condition}") + body + middle + draw(inner) + mark(f"end{kind}")
        case "case":
            arms = "".join(mark(f"when {draw(_operands)}") + draw(inner) for _ in range(draw(st.integers(0, 2))))
            return mark(f"case {draw(_operands)}") + arms + mark("else") + body + mark("endcase")
        case "for" | "tablerow":
            options = draw(
                st.sampled_from(
                    ["", " reversed", " limit: 2", " limit: x", " offset: continue", " cols: 2", " limit: event.limit"]
                )
            )
            return mark(f"{kind} item in {draw(_operands)}{options}") + body + mark(f"end{kind}")
        case "assign":
            return mark(f"assign {draw(st.sampled_from(_NAMES))} = {draw(_filtered())}")
        case "capture" | "comment" | "raw":
            return mark(f"{kind} x" if kind == "capture" else kind) + body + mark(f"end{kind}")
        case "cycle":
            return mark(f"cycle {', '.join(draw(st.lists(_operands, min_size=1, max_size=3)))}")
        case "increment":
            return mark(f"increment {draw(st.sampled_from(_NAMES))}")
        case "echo":
            return mark(f"echo {draw(_filtered())}")
        case "liquid":
            return mark(f"liquid\nassign x = {draw(_filtered())}\necho x\n")
        case "own":
            own = [
                "unsubscribe_url",
                "cio_link url:'x'",
                "cio_link_id",
                "random 9",
                "generate_uuid",
                "render_liquid x",
                "countdown point:1",
                "nosuch",
            ]
            return mark(draw(st.sampled_from(own)))
        case _:
            return mark("break")


_outputs = st.builds("{{{{{}{}{}}}}}".format, _dashes, _filtered().map(" {} ".format), _dashes)
_pieces = st.recursive(
    _outputs | st.text(max_size=6) | st.sampled_from([" ", "\n", "<p>", "\r\n"]),
    lambda inner: st.lists(inner, max_size=3).map("".join) | _tag(inner),
    max_leaves=6,
)
templates: st.SearchStrategy[str] = st.lists(_pieces | _tag(_pieces), max_size=5).map("".join)

_MARKS = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{%-",
    "-%}",
    "{% if",
    "{% endif %}",
    "{% else %}",
    "{% raw %}",
    "{% endraw %}",
    "..",
    "{% # x %}",
]
_scraps = st.sampled_from([*_MARKS, "{% liquid", "{% comment %}", "{% endfor %}"]) | st.sampled_from("|:\"'[]( .a\x00\ud800")
noise: st.SearchStrategy[str] = st.lists(_scraps | st.text(st.characters(exclude_categories=()), max_size=4), max_size=24).map(
    "".join
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A good template with a piece taken out and a scrap put in."""
    text = draw(templates)
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(_scraps | st.just("")) + text[start + draw(st.integers(0, 5)) :]
