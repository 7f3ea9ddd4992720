"""default: the value and its fallback."""

from tests.liquid.labelled import ANNA, BEN, Case, items

DEFAULTS = [
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
]
