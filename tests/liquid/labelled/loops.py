"""for and tablerow: over none, one and more."""

from tests.liquid.labelled import Case, items

LOOPS = [
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
]
