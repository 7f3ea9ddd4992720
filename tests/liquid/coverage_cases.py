"""Templates with every branch labelled by hand: which samples reach it.

A row is a line of the template, the branch's tag and kind, and behind the bar the samples that reach it; a dash where none does.
Rows stand in the order of the text. A branch without a row, or a row without a branch, is a failure.
"""

from typing import NamedTuple


class Case(NamedTuple):
    name: str
    template: str
    samples: dict[str, dict]
    rows: str


ANNA = {"customer": {"first_name": "Anna", "plan": "pro", "age": 34}}
BEN = {"customer": {"plan": "free"}}


def items(*prices):
    return {"event": {"items": [{"price": price} for price in prices]}}


CASES = [
    Case("no branch at all", "Hello {{ customer.plan }}!", {"anna": ANNA}, ""),
    Case(
        "an if without else, taken only",
        "{% if customer.first_name %}Hi{% endif %}",
        {"anna": ANNA},
        """
        1 if if    | anna
        1 if none  | -
        """,
    ),
    Case(
        "an if without else, never taken",
        "{% if customer.first_name %}Hi{% endif %}",
        {"ben": BEN},
        """
        1 if if    | -
        1 if none  | ben
        """,
    ),
    Case(
        "if and else, both",
        "{% if customer.first_name != blank %}\nHi {{ customer.first_name }}\n{% else %}\nHi there\n{% endif %}",
        {"anna": ANNA, "ben": BEN},
        """
        1 if if    | anna
        3 if else  | ben
        """,
    ),
    Case(
        "elsif: the middle is never reached",
        "{% if customer.plan == 'pro' %}\n{% elsif customer.plan == 'team' %}\n{% elsif customer.plan == 'free' %}\n{% endif %}",
        {"anna": ANNA, "ben": BEN},
        """
        1 if if     | anna
        2 if elsif  | -
        3 if elsif  | ben
        4 if none   | -
        """,
    ),
    Case(
        "elsif and else",
        "{% if customer.age > 60 %}A{% elsif customer.age > 30 %}B{% else %}C{% endif %}",
        {"anna": ANNA, "carl": {"customer": {"age": 20}}},
        """
        1 if if     | -
        1 if elsif  | anna
        1 if else   | carl
        """,
    ),
    Case(
        "an inner if that is reached only through the outer",
        "{% if customer.plan == 'pro' %}\n{% if customer.age > 40 %}old{% else %}young{% endif %}\n{% endif %}",
        {"anna": ANNA, "ben": BEN},
        """
        1 if if    | anna
        2 if if    | -
        2 if else  | anna
        3 if none  | ben
        """,
    ),
    Case(
        "nothing of an if whose outer branch is never taken",
        "{% if false %}{% if customer.plan %}x{% endif %}{% endif %}",
        {"anna": ANNA},
        """
        1 if if    | -
        1 if if    | -
        1 if none  | -
        1 if none  | anna
        """,
    ),
    Case(
        "and, or: their terms are not branches",
        "{% if customer.first_name and customer.age > 30 or customer.plan == 'x' %}A{% else %}B{% endif %}",
        {"anna": ANNA, "ben": BEN},
        """
        1 if if    | anna
        1 if else  | ben
        """,
    ),
    Case(
        "unless without else",
        "{% unless customer.first_name %}Who are you?{% endunless %}",
        {"anna": ANNA, "ben": BEN},
        """
        1 unless unless  | ben
        1 unless none    | anna
        """,
    ),
    Case(
        "unless with else",
        "{% unless customer.plan == 'pro' %}Upgrade!{% else %}Thanks!{% endunless %}",
        {"ben": BEN},
        """
        1 unless unless  | ben
        1 unless else    | -
        """,
    ),
    Case(
        "unless with elsif",
        "{% unless customer.plan == 'pro' %}A{% elsif customer.age > 30 %}B{% endunless %}",
        {"anna": ANNA},
        """
        1 unless unless  | -
        1 unless elsif   | anna
        1 unless none    | -
        """,
    ),
    Case(
        "case with else",
        "{% case customer.plan %}\n{% when 'pro' %}P\n{% when 'team' %}T\n{% else %}?\n{% endcase %}",
        {"anna": ANNA, "ben": BEN},
        """
        2 case when  | anna
        3 case when  | -
        4 case else  | ben
        """,
    ),
    Case(
        "case without else: none",
        "{% case customer.plan %}{% when 'pro' %}P{% when 'team' %}T{% endcase %}",
        {"ben": BEN},
        """
        1 case when  | -
        1 case when  | -
        1 case none  | ben
        """,
    ),
    Case(
        "one when for several values is one branch",
        "{% case customer.plan %}{% when 'free', 'trial' %}F{% when 'pro' or 'team' %}P{% endcase %}",
        {"anna": ANNA, "ben": BEN, "tom": {"customer": {"plan": "trial"}}},
        """
        1 case when  | ben tom
        1 case when  | anna
        1 case none  | -
        """,
    ),
    Case(
        "case of a missing value",
        "{% case customer.segment %}{% when nil %}N{% when 'a' %}A{% endcase %}",
        {"anna": ANNA},
        """
        1 case when  | anna
        1 case when  | -
        1 case none  | -
        """,
    ),
    Case(
        "a loop over none, one and more",
        "{% for item in event.items %}{{ item.price }}{% endfor %}",
        {"none": items(), "one": items(1), "two": items(1, 2), "three": items(1, 2, 3)},
        """
        1 for empty  | none
        1 for one    | one
        1 for many   | two three
        """,
    ),
    Case(
        "a loop that only ever saw one item",
        "{% for item in event.items %}\n{{ item.price }}\n{% endfor %}",
        {"a": items(1), "b": items(2)},
        """
        1 for empty  | -
        1 for one    | a b
        1 for many   | -
        """,
    ),
    Case(
        "for with else: the else is the empty loop",
        "{% for item in event.items %}x\n{% else %}\nYour cart is empty.\n{% endfor %}",
        {"none": items(), "two": items(1, 2)},
        """
        1 for one    | -
        1 for many   | two
        2 for empty  | none
        """,
    ),
    Case(
        "limit makes one of many",
        "{% for item in event.items limit: 1 %}{{ item.price }}{% endfor %}",
        {"three": items(1, 2, 3)},
        """
        1 for empty  | -
        1 for one    | three
        1 for many   | -
        """,
    ),
    Case(
        "offset past the end is empty",
        "{% for item in event.items offset: 5 %}{{ item.price }}{% endfor %}",
        {"three": items(1, 2, 3)},
        """
        1 for empty  | three
        1 for one    | -
        1 for many   | -
        """,
    ),
    Case(
        "offset past the end goes past the else, too: LiquidJS looks at the list before it cuts it",
        "{% for item in event.items offset: 5 %}{{ item.price }}{% else %}none{% endfor %}",
        {"three": items(1, 2, 3)},
        """
        1 for one    | -
        1 for many   | -
        1 for empty  | -
        """,
    ),
    Case(
        "the inner loop of two: each time it runs counts",
        "{% for order in event.orders %}{% for line in order.lines %}{{ line }}{% endfor %}{% endfor %}",
        {"a": {"event": {"orders": [{"lines": [1]}, {"lines": [1, 2]}]}}, "b": {"event": {"orders": [{"lines": []}]}}},
        """
        1 for empty  | -
        1 for one    | b
        1 for many   | a
        1 for empty  | b
        1 for one    | a
        1 for many   | a
        """,
    ),
    Case(
        "an if inside a loop: one sample takes both ways",
        "{% for item in event.items %}{% if item.price > 10 %}dear{% else %}cheap{% endif %}{% endfor %}",
        {"mixed": items(5, 50), "cheap": items(1)},
        """
        1 for empty  | -
        1 for one    | cheap
        1 for many   | mixed
        1 if if      | mixed
        1 if else    | mixed cheap
        """,
    ),
    Case(
        "break: the loop has many items, even when it ends with the first",
        "{% for item in event.items %}{% if item.price > 10 %}{% break %}{% endif %}{{ item.price }}{% endfor %}",
        {"dear": items(50, 5)},
        """
        1 for empty  | -
        1 for one    | -
        1 for many   | dear
        1 if if      | dear
        1 if none    | -
        """,
    ),
    Case(
        "continue and forloop",
        "{% for item in event.items %}{% if forloop.first %}{% continue %}{% endif %}"
        "{% unless forloop.last %},{% endunless %}{% endfor %}",
        {"one": items(1), "three": items(1, 2, 3)},
        """
        1 for empty      | -
        1 for one        | one
        1 for many       | three
        1 if if          | one three
        1 if none        | three
        1 unless unless  | three
        1 unless none    | three
        """,
    ),
    Case(
        "a loop that is only reached with items has no empty way",
        "{% if event.items.size > 0 %}{% for i in event.items %}{{ i.price }}{% endfor %}{% endif %}",
        {"none": items(), "two": items(1, 2)},
        """
        1 if if      | two
        1 for one    | -
        1 for many   | two
        1 if none    | none
        """,
    ),
    Case(
        "nor has one behind `!= blank`, through another name; with an offset it has",
        "{% assign list = event.items %}{% unless list == blank %}"
        "{% for i in list %}{% endfor %}{% for i in list offset: 1 %}{% endfor %}{% endunless %}",
        {"one": items(1)},
        """
        1 unless unless  | one
        1 for one        | one
        1 for many       | -
        1 for empty      | one
        1 for one        | -
        1 for many       | -
        1 unless none    | -
        """,
    ),
    Case(
        "asked of another list, the loop may be empty",
        "{% if event.other != blank %}{% for i in event.items %}{% endfor %}{% endif %}",
        {"none": {"event": {"items": [], "other": [1]}}},
        """
        1 if if      | none
        1 for empty  | none
        1 for one    | -
        1 for many   | -
        1 if none    | -
        """,
    ),
    Case(
        "a loop over a range",
        "{% for n in (1..customer.stars) %}*{% endfor %}",
        {"five": {"customer": {"stars": 5}}, "none": {"customer": {"stars": 0}}},
        """
        1 for empty  | none
        1 for one    | -
        1 for many   | five
        """,
    ),
    Case(
        "a loop over an object goes over its pairs",
        "{% for pair in event.sizes %}{{ pair[0] }}{% endfor %}",
        {"two": {"event": {"sizes": {"s": 1, "m": 2}}}},
        """
        1 for empty  | -
        1 for one    | -
        1 for many   | two
        """,
    ),
    Case(
        "a loop over a missing list fails: that is no branch",
        "{% for item in event.items %}x{% endfor %}",
        {"none": {"event": {}}},
        """
        1 for empty  | -
        1 for one    | -
        1 for many   | -
        """,
    ),
    Case(
        "a loop over null is empty",
        "{% for item in event.items %}x{% endfor %}",
        {"null": {"event": {"items": None}}},
        """
        1 for empty  | null
        1 for one    | -
        1 for many   | -
        """,
    ),
    Case(
        "tablerow",
        "<table>{% tablerow item in event.items cols: 2 %}{{ item.price }}{% endtablerow %}</table>",
        {"none": items(), "one": items(1)},
        """
        1 tablerow empty  | none
        1 tablerow one    | one
        1 tablerow many   | -
        """,
    ),
    Case(
        "default: value and fallback",
        'Hi {{ customer.first_name | default: "there" }},\nyou have {{ customer.plan | default: "no plan" }}.',
        {"anna": ANNA, "ben": BEN},
        """
        1 default fallback  | ben
        1 default value     | anna
        2 default fallback  | -
        2 default value     | anna ben
        """,
    ),
    Case(
        "default: an empty text, false and null fall back, 0 does not",
        '{{ customer.x | default: "y" }}',
        {
            "empty": {"customer": {"x": ""}},
            "false": {"customer": {"x": False}},
            "null": {"customer": {"x": None}},
            "zero": {"customer": {"x": 0}},
        },
        """
        1 default fallback  | empty false null
        1 default value     | zero
        """,
    ),
    Case(
        "default: a fallback that equals the value is still the value",
        '{{ customer.plan | default: "free" }}',
        {"ben": BEN},
        """
        1 default fallback  | -
        1 default value     | ben
        """,
    ),
    Case(
        "default: allow_false keeps false",
        "{{ customer.x | default: true, allow_false: true }}",
        {"false": {"customer": {"x": False}}, "missing": {"customer": {}}},
        """
        1 default fallback  | missing
        1 default value     | false
        """,
    ),
    Case(
        "default behind other filters, and twice",
        '{{ customer.first_name | default: customer.plan | upcase | default: "?" }}',
        {"anna": ANNA, "ben": BEN},
        """
        1 default fallback  | ben
        1 default value     | anna
        1 default fallback  | -
        1 default value     | anna ben
        """,
    ),
    Case(
        "default in assign and in a loop's body",
        "{% assign name = customer.first_name | default: 'you' %}{{ name }}"
        "{% for i in event.items %}{{ i.price | default: 1 }}{% endfor %}",
        {"anna": {**ANNA, **items(0, None)}},
        """
        1 default fallback  | -
        1 default value     | anna
        1 for empty         | -
        1 for one           | -
        1 for many          | anna
        1 default fallback  | anna
        1 default value     | anna
        """,
    ),
    Case(
        "branches reached before a failure count, and those after it, too",
        "{% if customer.plan %}A{% endif %}{{ customer.nowhere }}{% if customer.age %}B{% else %}C{% endif %}",
        {"ben": BEN},
        """
        1 if if    | ben
        1 if none  | -
        1 if if    | -
        1 if else  | ben
        """,
    ),
    Case(
        "inside capture",
        "{% capture greeting %}{% if customer.first_name %}Hi{% else %}Hello{% endif %}{% endcapture %}",
        {"ben": BEN},
        """
        1 if if    | -
        1 if else  | ben
        """,
    ),
    Case(
        "raw and comment hold no branches",
        "{% raw %}{% if a %}{% endraw %}\n{% comment %}{% if b %}{% endif %}{% endcomment %}\n{% if customer.plan %}x{% endif %}",
        {"ben": BEN},
        """
        3 if if    | ben
        3 if none  | -
        """,
    ),
    Case(
        "white space control",
        "{%- if customer.plan == 'pro' -%} P {%- else -%} F {%- endif -%}",
        {"ben": BEN},
        """
        1 if if    | -
        1 if else  | ben
        """,
    ),
    Case(
        "in an attribute of HTML, over several lines",
        '<a class="{% if\n  customer.plan == "pro"\n%}gold{% else %}grey{% endif %}"\n'
        '  href="{{ event.url\n  | default: "/" }}">x</a>',
        {"anna": {**ANNA, "event": {"url": "/a"}}},
        """
        1 if if             | anna
        3 if else           | -
        5 default fallback  | -
        5 default value     | anna
        """,
    ),
    Case(
        "assign decides a later branch",
        "{% assign total = 0 %}{% for i in event.items %}{% assign total = total | plus: i.price %}{% endfor %}"
        "{% if total >= 100 %}free shipping{% elsif total > 0 %}shipping{% else %}nothing{% endif %}",
        {"small": items(10, 20), "none": items()},
        """
        1 for empty  | none
        1 for one    | -
        1 for many   | small
        1 if if      | -
        1 if elsif   | small
        1 if else    | none
        """,
    ),
]
