"""Branches in other places: behind failures, inside other blocks, in HTML."""

from tests.liquid.labelled import ANNA, BEN, Case, items

SURROUNDINGS = [
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
