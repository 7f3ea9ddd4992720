"""if, unless and case."""

from tests.liquid.labelled import ANNA, BEN, Case

CONDITIONS = [
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
]
