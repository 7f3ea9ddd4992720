import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse
from cio_tui.liquid.usage import lacking, uses
from tests.liquid.made_up_templates import DATA, TEMPLATES
from tests.liquid.random_templates import damaged, noise, templates


def read(text, partials=None, profile="latest"):
    """Every use as `path` or, where it is guarded, `path?`."""
    template = parse(text, profile)
    assert template.tree is not None, template.problems
    return [use.text + "?" * use.guarded for use in uses(template, partials)]


PATHS = [
    ("plain text", []),
    ("{{ event.total }}", ["event.total"]),
    ('{{ event["sign up date"].day }}', ['event["sign up date"].day']),
    ("{{ event['a\"b'] }}", ["event['a\"b']"]),
    ("{{ event.items[0].name }}", ["event.items[0].name"]),
    ("{{ event.items.first.name }} {{ event.items.size }}", ["event.items.first.name", "event.items.size"]),
    ("{{ event.items[customer.pick].name }}", ["event.items[?].name", "customer.pick"]),
    ("{{ event_name }}", ["event_name"]),
    ("{{ 'text' | append: event.a }}", ["event.a"]),
    ("{% echo event.a %}", ["event.a"]),
    ("{% cycle event.a, 'b' %}", ["event.a"]),
    ("{% capture c %}{{ event.a }}{% endcapture %}{{ c }}", ["event.a"]),
    ("{% increment n %}{{ n }}", []),
    ("{% raw %}{{ event.a }}{% endraw %}{% comment %}{{ event.b }}{% endcomment %}", []),
    ("{% render_liquid journey.body %}", ["journey.body"]),
    ("{% cio_link url: event.url track: false %}", ["event.url"]),
    ('{% cio_link url:"https://x.test/{{ event.id }}" %}', ["event.id"]),
    ("{% random customer.most %}", ["customer.most"]),
]
LOOPS = [
    ("{% for i in event.items %}{{ i }}{% endfor %}", ["event.items", "event.items[]?"]),
    ("{% for i in event.items %}{{ i.name }}{{ forloop.index }}{% endfor %}", ["event.items", "event.items[].name"]),
    (
        "{% for i in event.items %}{% for t in i.tags %}{{ t.label }}{% endfor %}{% endfor %}",
        ["event.items", "event.items[].tags", "event.items[].tags[].label"],
    ),
    ("{% for i in event.items limit: event.n %}{% endfor %}", ["event.items", "event.n"]),
    ("{% for i in (1..event.n) %}{{ i }}{% endfor %}", ["event.n"]),
    ("{% for i in event.items %}{% else %}{{ event.a }}{% endfor %}", ["event.items", "event.a"]),
    ("{% tablerow i in event.items %}{{ i.name }}{{ tablerowloop.col }}{% endtablerow %}", ["event.items", "event.items[].name"]),
    ("{% for event in event.items %}{{ event.name }}{% endfor %}{{ event.a }}", ["event.items", "event.items[].name", "event.a"]),
    (
        "{% assign last = nil %}{% for i in event.items %}{{ last.name }}{% assign last = i %}{% endfor %}",
        ["event.items", "event.items[].name", "event.items[]?"],
    ),
]
NAMES = [
    ("{% assign a = event.a %}{{ a }}", ["event.a?", "event.a?"]),
    ("{% assign a = event.a %}{{ a.b }}", ["event.a?", "event.a.b"]),
    ("{% assign a = event.a | upcase %}{{ a }}", ["event.a?"]),
    ("{% assign a = event.a | default: 'x' %}{{ a }}{{ a.b }}", ["event.a?", "event.a?", "event.a.b"]),
    ("{% assign a = 'x' %}{{ a }}{{ a.size }}", []),
    ("{% assign c = event.cart %}{% for i in c.items %}{{ i.name }}{% endfor %}",
     ["event.cart?", "event.cart.items", "event.cart.items[].name"]),
    (
        "{% if event.x %}{% assign a = event.a %}{% else %}{% assign a = event.b %}{% endif %}{{ a.name }}",
        ["event.x?", "event.a?", "event.b?", "event.a.name", "event.b.name"],
    ),
    ("{% if event.x %}{% assign a = 'A' %}{% endif %}{{ a }}", ["event.x?"]),
    ("{% assign event = 'x' %}{{ event }}", []),
]  # fmt: skip
FILTERS = [
    ("{{ event.items | map: 'price' | join: ', ' }}", ["event.items", "event.items[].price?"]),
    ("{{ event.items | sum: 'price.amount' }}", ["event.items", "event.items[].price.amount?"]),
    ("{{ event.items | sort: 'price' | map: 'name' }}", ["event.items", "event.items[].price?", "event.items[].name?"]),
    ("{{ event.items | where: 'stock', event.n }}", ["event.items", "event.n", "event.items[].stock"]),
    ("{{ event.items | where: 'a' | where: 'b' | size }}", ["event.items", "event.items[].a", "event.items[].b"]),
    ("{% assign f = event.items | first %}{{ f.name }}", ["event.items?", "event.items.first.name"]),
    ("{% assign f = event.items | find: 'id', 3 %}{{ f.name }}", ["event.items?", "event.items[].id", "event.items[].name"]),
    ("{% assign p = event.items | map: 'price' %}{% for i in p %}{{ i }}{% endfor %}",
     ["event.items?", "event.items[].price?", "event.items[].price"]),
    ("{% assign all = event.a | concat: event.b %}{% for i in all %}{{ i.n }}{% endfor %}",
     ["event.a?", "event.b", "event.a[].n", "event.b[].n"]),
    (
        "{% assign gs = event.items | group_by: 'kind' %}"
        "{% for g in gs %}{{ g.name }}{% for i in g.items %}{{ i.id }}{% endfor %}{% endfor %}",
        ["event.items?", "event.items[].kind", "event.items[].kind?", "event.items[].id"],
    ),
    (
        "{% assign xs = event.items | where_exp: 'x', 'x.price > customer.most' %}{% for x in xs %}{{ x.id }}{% endfor %}",
        ["event.items?", "event.items[].price", "customer.most", "event.items[].id"],
    ),
    ("{{ event.items | group_by_exp: 'x', 'x.day | date: \"%F\"' | size }}", ["event.items", "event.items[].day"]),
    ("{{ event.items | uniq: 'id' | reverse | last }}", ["event.items", "event.items[].id?"]),
    ("{{ event.a | split: ',' | first }}", ["event.a"]),
]  # fmt: skip
GUARDS = [
    ("{{ event.a | default: 'x' }}", ["event.a?"]),
    ("{{ event.a | default: event.b }}", ["event.a?", "event.b"]),
    ("{{ event.a | upcase | default: 'x' }}", ["event.a"]),
    ("{% if event.a %}{% endif %}", ["event.a?"]),
    ("{% if event.a %}{{ event.a }}{% else %}{{ event.a }}{% endif %}", ["event.a?", "event.a?", "event.a"]),
    ("{% if event.a != blank %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if blank != event.a %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if event.a != nil %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if event.a != '' %}{{ event.a }}{% endif %}", ["event.a?", "event.a"]),
    ("{% if event.a != empty %}{{ event.a }}{% endif %}", ["event.a?", "event.a"]),
    ("{% if event.a == blank %}{{ event.a }}{% else %}{{ event.a }}{% endif %}", ["event.a?", "event.a", "event.a?"]),
    ("{% unless event.a == blank %}{{ event.a }}{% else %}{{ event.a }}{% endunless %}", ["event.a?", "event.a?", "event.a"]),
    ("{% unless event.a %}{{ event.a }}{% endunless %}", ["event.a?", "event.a"]),
    ("{% if event.a == 'x' %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if event.a == event.b %}{{ event.a }}{% endif %}", ["event.a?", "event.b?", "event.a"]),
    ("{% if event.a > 0 %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if 0 < event.a %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if event.a < 5 %}{{ event.a }}{% endif %}", ["event.a?", "event.a"]),
    ("{% if event.a >= 0 %}{{ event.a }}{% endif %}", ["event.a?", "event.a"]),
    ("{% if event.a contains 'x' %}{{ event.a }}{% endif %}", ["event.a?", "event.a?"]),
    ("{% if event.a and event.b %}{{ event.a }}{{ event.b }}{% endif %}", ["event.a?", "event.b?", "event.a?", "event.b?"]),
    ("{% if event.a or event.b %}{{ event.a }}{% endif %}", ["event.a?", "event.b?", "event.a"]),
    ("{% unless event.a == blank or event.b == blank %}{{ event.b }}{% endunless %}", ["event.a?", "event.b?", "event.b?"]),
    ("{% if event.a == blank and event.b %}{% else %}{{ event.a }}{% endif %}", ["event.a?", "event.b?", "event.a"]),
    ("{% if event.a %}{% if event.b %}{{ event.a }}{% endif %}{% endif %}", ["event.a?", "event.b?", "event.a?"]),
    ("{% if event.a %}1{% elsif event.b %}{{ event.a }}{{ event.b }}{% endif %}",
     ["event.a?", "event.b?", "event.a", "event.b?"]),
    ("{% if event.a == blank %}1{% elsif event.b %}{{ event.a }}{% endif %}", ["event.a?", "event.b?", "event.a?"]),
    ("{% if event.a.b.c %}{{ event.a.b }}{{ event.a.d }}{% endif %}", ["event.a.b.c?", "event.a.b?", "event.a.d"]),
    ("{% if event.a %}{{ event.a.b }}{% endif %}", ["event.a?", "event.a.b"]),
    ("{% if event.a.size > 0 %}{{ event.a.first }}{{ event.a[0] }}{{ event.a[1] }}{% endif %}",
     ["event.a.size?", "event.a.first?", "event.a[0]?", "event.a[1]"]),
    ("{% case event.a %}{% when 'x' %}{{ event.a }}{% when nil %}{{ event.a }}{% else %}{{ event.a }}{% endcase %}",
     ["event.a?", "event.a?", "event.a", "event.a"]),
    ("{% for i in event.l %}{% if i.a %}{{ i.a }}{% endif %}{{ i.a }}{% endfor %}",
     ["event.l", "event.l[].a?", "event.l[].a?", "event.l[].a"]),
    ("{% for i in event.l %}{% if i.a %}{% for j in event.l %}{{ j.a }}{% endfor %}{% endif %}{% endfor %}",
     ["event.l", "event.l[].a?", "event.l?", "event.l[].a"]),
    ("{% assign a = event.a %}{% if a != blank %}{{ event.a }}{% endif %}", ["event.a?", "event.a?", "event.a?"]),
    ("{% assign a = event.a | default: 1 %}{% if a %}{{ event.a }}{% endif %}", ["event.a?", "event.a?", "event.a"]),
    ("{% if event.l[event.n] %}{% endif %}", ["event.l[?]?", "event.n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [*PATHS, *LOOPS, *NAMES, *FILTERS, *GUARDS])
def test_uses(text, found):
    assert read(text) == found


def test_a_property_that_where_looks_at_may_be_missing_in_the_legacy_profile():
    assert read("{{ event.l | where: 'a' }}", profile="legacy") == ["event.l", "event.l[].a?"]


def test_default_guards_nothing_in_the_legacy_profile():
    assert read("{{ event.a | default: 'x' }}", profile="legacy") == ["event.a"]


def test_each_use_has_its_place():
    text = "{% if event.a %}\n  {{ event.b | plus: event.c }}\n{% endif %}{{ event.l | map: 'x' }}"
    found = [(use.text, use.line, use.column) for use in uses(parse(text))]
    assert found == [("event.a", 1, 7), ("event.b", 2, 6), ("event.c", 2, 22), ("event.l", 3, 15), ("event.l[].x", 3, 30)]


def test_what_a_filter_or_an_address_reads_has_its_place_inside_the_quotes():
    text = "{{ event.l | map: 'b' | where_exp: 'x', 'x.a > 1' }}\n{% cio_link url:\"https://a.test/{{ event.b }}\" %}"
    places = {use.text: text.splitlines()[use.line - 1][use.column - 1 :][:9].strip() for use in uses(parse(text))}
    assert places == {"event.l": "event.l |", "event.l[].b": "'b' | whe", "event.l[].b.a": "x.a > 1'", "event.b": "event.b }"}


PARTIALS = {
    "footer": "{{ customer.name }}{{ snippets.address }}{{ item }}",
    "address": "{{ customer.city | default: '-' }}",
    "row": "{{ item.name }}",
    "loop": "{% include 'loop' %}",
    "twice": "{% include 'a' %}{% include 'a' %}",
    "sets": "{% assign x = event.x %}",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ snippets.footer }}", ["snippets.footer", "customer.name", "snippets.address", "item", "customer.city?"]),
        ("{{ snippets.nowhere }}", ["snippets.nowhere"]),
        ("{% for item in event.items %}{% include 'row' %}{% endfor %}", ["event.items", "event.items[].name"]),
        ("{% for item in event.items %}{% render 'row' %}{% endfor %}", ["event.items", "item.name"]),
        ("{% render 'row', item: event.first %}", ["event.first", "event.first.name"]),
        ("{% render 'row' for event.items as item %}", ["event.items", "event.items[].name"]),
        ("{% include 'loop' %}", []),
        ("{% include 'sets' %}{{ x.y }}", ["event.x?", "event.x.y"]),
        ("{% render 'sets' %}{{ x.y }}", ["event.x?", "x.y"]),
    ],
)
def test_partials(text, found):
    assert read(text, PARTIALS) == found


def test_what_a_partial_reads_has_its_own_source_and_places():
    found = {(use.text, use.source, use.line, use.column) for use in uses(parse("\n{{ snippets.footer }}"), PARTIALS)}
    assert ("customer.name", "snippets.footer", 1, 4) in found
    assert ("customer.city", "snippets.address", 1, 4) in found
    assert ("snippets.footer", "", 2, 4) in found


def test_partials_that_multiply_come_to_an_end():
    partials = {f"p{number}": f"{{% include 'p{number + 1}' %}}" * 4 for number in range(18)}
    assert uses(parse("{% include 'p0' %}"), partials) == ()


def test_partials_nested_beyond_what_renders_are_not_followed():
    partials = {
        f"p{number}": "{% if a %}" * 90 + f"{{{{ b{number} }}}}{{% include 'p{number + 1}' %}}" + "{% endif %}" * 90
        for number in range(19)
    }
    found = read("{% include 'p0' %}", partials)
    assert "b0" in found
    assert "b18" not in found


NOBODY_WRITES = [
    "".join(f"{{% assign b{n} = c %}}" for n in range(1_500)) + "{% if a %}" + "".join(
        f"{{% elsif a{n} == blank %}}" for n in range(1_500)
    ) + "{% endif %}",
    "{% assign a = a.b %}" * 2_000 + "{{ a }}",
    "{% assign a = a | map: 'b' %}" * 2_000 + "{{ a }}",
    "{% assign a = b %}" + "{% assign a = a | concat: a %}" * 2_000 + "{% for i in a %}{{ i.x }}{% endfor %}",
    "{% for i in a %}" * 90 + "{% assign x = i %}" * 300 + "{% endfor %}" * 90,
]  # fmt: skip


@pytest.mark.parametrize("text", NOBODY_WRITES)
def test_what_nobody_writes_is_read_as_far_as_the_steps_go(text, monkeypatch):
    """Counted, not timed: what is copied, compared and spelled out at each step is bounded."""
    from cio_tui.liquid import usage_walk

    monkeypatch.setattr(usage_walk, "_MOST_STEPS", 20_000)
    walk = usage_walk.Walk(parse(text), {})
    found = list(walk.read())
    assert 0 < len(found) <= 20_000
    assert walk._steps <= 20_000 + 20_000
    assert max(len(use.path) for use in found) <= 101


def test_a_template_with_a_mistake_uses_nothing():
    assert uses(parse("{{ event.a }}{% if %}")) == ()


def sample(**event):
    return Scope({"customer": {"name": "Anna"}, "event": event, "trigger": None})


ITEMS = "{% for i in event.items %}{{ i.name }}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "event", "found"),
    [
        ("{{ event.a }}", {"a": 1}, ""),
        ("{{ event.a }}", {}, "missing"),
        ("{{ event.a }}", {"a": None}, "null"),
        ("{{ event.a.b }}", {"a": None}, "null"),
        ("{{ event.a.b }}", {"a": "x"}, "missing"),
        ("{{ event.a[1] }}", {"a": [1]}, "missing"),
        ("{{ event.a[-1] }}", {"a": [1]}, ""),
        ("{{ event.a.size }}", {"a": [1]}, ""),
        ("{{ event.a.size }}", {"a": "x"}, ""),
        ("{{ event.a.size }}", {"a": 3}, "missing"),
        ("{{ event.a.last }}", {"a": []}, "missing"),
        ("{{ event.a.first.b }}", {"a": [{"b": 1}]}, ""),
        ("{{ event.a[event.a] }}", {"a": 1}, ""),
        ("{{ event.a | map: 'b' }}", {"a": [{"b": 1}, {"b": None}, {"b": 2}]}, "null"),
        ("{{ event.a | map: 'b' }}", {"a": [{"b": None}, {}, {"b": 2}]}, "missing"),
        ("{{ event.a | map: 'b' }}", {"a": []}, ""),
        ("{{ trigger.x }}", {}, "null"),
    ],
)
def test_what_a_sample_lacks(text, event, found):
    path = lacking(uses(parse(text)), [("s", sample(**event))]).paths[-1]
    assert (path.missing, path.null) == (found == "missing", found == "null")
    assert path.missing_in + path.null_in == ["s"] * (found != "")


def test_elements_of_a_list_that_is_not_there_are_not_missing_beside_it():
    usage = lacking(uses(parse(ITEMS)), [("s", sample())])
    assert [(path.path, path.missing) for path in usage.paths] == [("event.items", 1), ("event.items[].name", 0)]


def test_which_unguarded_paths_the_last_events_lack():
    text = "{{ event.a }}{{ event.b | default: 1 }}{% if event.c %}{{ event.c }}{% endif %}" + ITEMS
    samples = ((str(number), sample(a=1, items=[{}] * (number % 2))) for number in range(100))
    usage = lacking(uses(parse(text)), samples)
    assert usage.samples == 100
    assert [(path.path, path.missing, path.missing_in) for path in usage.failing()] == [
        ("event.items[].name", 50, ["1", "3", "5", "7", "9"])
    ]
    assert {path.path: path.missing for path in usage.paths if path.guarded} == {"event.b": 100, "event.c": 100}


def test_with_renderings_only_samples_that_really_failed_count():
    text = "{% if event.vip %}{{ event.gift }}{% endif %}{{ event.l | where: 'a' | size }}{{ event.b }}{{ event.b }}"
    template = parse(text)
    samples = [
        ("no gift, none asked for", sample(l=[], b=1)),
        ("no gift for a vip", sample(vip=True, l=[{}], b=1)),
        ("no b", sample(l=[{"a": 1}])),
    ]
    usage = lacking(uses(template), samples, lambda scope: template.render(scope).problems)
    assert {path.path: (path.missing, path.failed, path.failed_in) for path in usage.paths} == {
        "event.vip": (2, 0, []),
        "event.gift": (3, 1, ["no gift for a vip"]),
        "event.l": (0, 0, []),
        "event.l[].a": (1, 1, ["no gift for a vip"]),
        "event.b": (1, 1, ["no b"]),
    }
    assert [path.path for path in usage.failing()] == ["event.gift", "event.l[].a", "event.b"]
    assert usage.to_json()["paths"][0]["failed"] == 0


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{% cio_link url:"https://a.test/{{ event.b }}" %}', "event.b"),
        ("{{ snippets.footer }}", "customer.city"),
        ("{{ event.l | where_exp: 'x', 'x.a > x.b' | size }}", "event.l[].a"),
        ("{% assign i = event.l[0] %}{{ i.a }}", "event.l[0].a"),
        ("{% for i in event.l %}{{ i.a.b }}{% endfor %}", "event.l[].a.b"),
        ("{% render 'footer' %}", "customer.city"),
    ],
)
def test_a_failure_is_told_of_the_path_that_failed(text, path):
    template, partials = parse(text), {"footer": "{{ customer.city }}"}
    scope = Scope({"customer": {}, "event": {"l": [{"b": 1}]}}, partials=partials)
    usage = lacking(uses(template, partials), [("s", scope)], lambda scope: template.render(scope).problems)
    assert [one.path for one in usage.failing()] == [path]


def test_snippets_are_looked_for_among_the_partials():
    usage = lacking(uses(parse("{{ snippets.a }}{{ snippets.b }}")), [("s", Scope({}, partials={"a": ""}))])
    assert {path.path: path.missing for path in usage.paths} == {"snippets.a": 0, "snippets.b": 1}


def test_the_json_shape():
    shape = lacking(uses(parse("{{ event.a }}{{ event.a | default: 1 }}")), [("s", sample())]).to_json()
    assert shape == {
        "samples": 1,
        "paths": [
            {
                "path": "event.a",
                "guarded": False,
                "missing": 1,
                "missing_in": ["s"],
                "null": 0,
                "null_in": [],
                "uses": [{"line": 1, "column": 4, "guarded": False}, {"line": 1, "column": 17, "guarded": True}],
            }
        ],
    }


@given(TEMPLATES | templates | damaged() | noise, st.sampled_from(["latest", "legacy"]))
def test_any_text_has_uses_with_places_in_it(text, profile):
    lines = text.split("\n")
    for use in uses(parse(text, profile), {"a": text}):
        assert use.text
        assert 1 <= use.line <= len(lines)
        assert 1 <= use.column <= len(lines[use.line - 1])


ASSIGNED = ("a", "c", "i", "j", "forloop")


@given(TEMPLATES, DATA)
def test_a_rendering_fails_only_over_what_is_told_as_unguarded(text, data):
    """Every value that is missing in a rendering stands at a place that usage knows, and does not call guarded.

    Only a property of what filters made, under a name that the template gave it or in a filter's quotes, is nothing of the data.
    """
    guarded = {(use.line, use.column): use.guarded for use in uses(parse(text))}
    for problem in parse(text).render(Scope(data)).problems:
        if problem.kind == "missing":
            quoted = text.split("\n")[problem.line - 1][problem.column - 1] in "'\""
            made_up = quoted or problem.path.split(".")[0] in ASSIGNED
            assert guarded.get((problem.line, problem.column), not made_up and None) is False, problem
