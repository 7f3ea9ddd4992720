"""Random templates without a mistake, and random data with the few names that they use.

Those of `random_templates` try everything; these are kept small, so that what they read is often there, and often not.
"""

from hypothesis import strategies as st

NAMES = ["a", "b", "c", "event", "customer", "i", "j"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.sampled_from(["", " ", "x", "y", "12"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)
DATA = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5)

_PATHS = st.lists(st.sampled_from([*NAMES, "size", "first"]), min_size=1, max_size=3).map(".".join) | st.sampled_from(
    ["a[0]", 'event["b"]', "event[a].b", "a[0].b.first"]
)
_LITERALS = st.sampled_from(["nil", "blank", "empty", "true", "1", "'x'", "''"])
_ARGUMENTS = _PATHS | _LITERALS
_FILTERS = st.one_of(
    _ARGUMENTS.map(lambda argument: f" | default: {argument}"),
    st.sampled_from(["map", "where", "sort", "sum", "uniq"]).map(lambda name: f" | {name}: 'b'"),
    st.sampled_from([" | upcase", " | first", " | size", " | join: ','", " | compact"]),
)
_OUTPUTS = st.tuples(_PATHS, st.lists(_FILTERS, max_size=2).map("".join)).map("".join)
_TESTS = st.one_of(
    _PATHS,
    st.tuples(_PATHS, st.sampled_from(["==", "!=", ">", "contains"]), _ARGUMENTS).map(" ".join),
)
_CONDITIONS = st.tuples(_TESTS, st.sampled_from(["", " and a", " or b == blank"])).map("".join)


def _blocks(inner):
    else_part = st.just("") | inner.map(lambda text: "{% else %}" + text)
    names = st.sampled_from(["i", "j", "a"])
    return st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(st.sampled_from(["if", "unless"]), _CONDITIONS, inner, else_part).map(
            lambda part: f"{{% {part[0]} {part[1]} %}}{part[2]}{part[3]}{{% end{part[0]} %}}"
        ),
        st.tuples(_CONDITIONS, inner, _CONDITIONS, inner, else_part).map(
            lambda part: f"{{% if {part[0]} %}}{part[1]}{{% elsif {part[2]} %}}{part[3]}{part[4]}{{% endif %}}"
        ),
        st.tuples(_PATHS, _ARGUMENTS, inner, else_part).map(
            lambda part: f"{{% case {part[0]} %}}{{% when {part[1]}, 'x' %}}{part[2]}{part[3]}{{% endcase %}}"
        ),
        st.tuples(names, _PATHS, inner, else_part).map(
            lambda part: f"{{% for {part[0]} in {part[1]} %}}{part[2]}{part[3]}{{% endfor %}}"
        ),
        st.tuples(names, inner).map(lambda part: f"{{% capture {part[0]} %}}{part[1]}{{% endcapture %}}"),
    )


_LEAVES = st.one_of(
    st.sampled_from(["text", " ", "\n", "<b>", "{% break %}", "{% raw %}{% if %}{% endraw %}"]),
    _OUTPUTS.map(lambda text: f"{{{{ {text} }}}}"),
    st.tuples(st.sampled_from(["a", "c"]), _OUTPUTS).map(lambda part: f"{{% assign {part[0]} = {part[1]} %}}"),
)
TEMPLATES = st.recursive(_LEAVES, _blocks, max_leaves=12)
"""Templates that parse."""
