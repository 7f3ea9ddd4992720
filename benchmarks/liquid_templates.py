"""Templates of 1, 10 and 50 KB, parsed and rendered, beside plain python-liquid and LiquidJS.

All print the same bytes, or there is no line. LiquidJS is measured when `CIO_TUI_LIQUIDJS` names a folder with
`node_modules/liquidjs` in it; it runs in one process of node that gets its turns between ours. What counts is the
processor's time, the best of several turns.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

from liquid import Environment

from benchmarks.measuring import Line, Plan, milliseconds, multiple, processor_time
from benchmarks.world import NOW
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse

SIZES: Final = {"1 KB": 1, "10 KB": 10, "50 KB": 50}
DATA: Final[dict[str, Any]] = {
    "customer": {"first_name": "Ada", "plan": "pro", "email": "ada@example.com", "points": 1250, "interests": ["books", "maps"]},
    "event": {
        "order_id": "A-1001",
        "currency": "EUR",
        "note": "Please leave it with the neighbour on the second floor",
        "items": [
            {"name": f"Article {n}", "price": 5 * n, "quantity": n % 3 + 1, "tags": ["a", "b"][: n % 3]} for n in range(1, 9)
        ],
    },
}
_PART: Final = """\
<h1>Thank you{% if customer.first_name != blank %}, {{ customer.first_name | upcase }}{% endif %}!</h1>
<p>Your order {{ event.order_id | remove: "A-" | prepend: "#" }} is on its way. {{ event.note | truncate: 30 }}</p>
{% case customer.plan %}{% when "free" %}<p>Upgrade today.</p>{% when "pro" %}<p>You are Pro.</p>{% else %}<p>Hi.</p>{% endcase %}
{% assign total = 0 %}<table>
{% for item in event.items %}{% assign line = item.price | times: item.quantity %}{% assign total = total | plus: line %}\
<tr class="{% cycle 'odd', 'even' %}"><td>{{ forloop.index }}</td><td>{{ item.name | escape }}</td>
<td>{{ line }} {{ event.currency }}</td></tr>
{% if item.tags.size > 0 %}<tr><td>{{ item.tags | join: ", " | capitalize }}</td></tr>{% endif %}{% endfor %}
</table><p>In all {{ total }}. {% unless customer.points < 1000 %}You are a silver member.{% endunless %}</p>
<p>{{ customer.email | split: "@" | last }}, {{ customer.interests | join: " and " }}</p>
"""
_NODE: Final = """
const { Liquid } = require(require('path').resolve(process.argv[1], 'node_modules/liquidjs'))
const engine = new Liquid({ strictVariables: true, lenientIf: true })
const lines = require('readline').createInterface({ input: process.stdin })
let tree, source, data
lines.on('line', line => {
  const asked = JSON.parse(line)
  if (asked.template) {
    ({ template: source, data } = asked)
    tree = engine.parse(source)
    return console.log(JSON.stringify(engine.renderSync(tree, data)))
  }
  const start = process.cpuUsage()
  for (let i = 0; i < asked.times; i++) engine.renderSync(asked.parse ? engine.parse(source) : tree, data)
  const { user, system } = process.cpuUsage(start)
  console.log((user + system) / 1e6 / asked.times)
})
"""

_ANEW: Final = count()
Way = Callable[[int], float]
"""Seconds of the processor that one of so many runs takes."""


def template_of(kilobytes: int) -> str:
    """A message of about that size: an order confirmation again and again, with text between its parts."""
    part = _PART + "<p>" + "Words that stand between the orders. " * 3 + "</p>\n"
    text = part * (kilobytes * 1024 // len(part))
    return text or part


def run(plan: Plan) -> list[Line]:
    """For each size: a cached rendering, and parsing with rendering."""
    rounds = 3 if plan.quick else 9
    lines = []
    with _liquidjs() as ask:
        for name, size in SIZES.items():
            source = template_of(size)
            times = max(1, 60 // size)
            others = {"python-liquid": _python_liquid(source)} | ({"LiquidJS": _node(ask, source)} if ask else {})
            for what, which, target in (("rendered, parsed before", 0, "1.4 x"), ("parsed and rendered", 1, "")):
                ways = {"ours": _ours(source)[which]} | {other: pair[which] for other, pair in others.items()}
                best = {who: min(taken) for who, taken in _in_turns(ways, times, rounds).items()}
                for other in others:
                    aim = target if other == "python-liquid" and name == "10 KB" else ""
                    told = f"Liquid template of {name} {what}, beside {other}"
                    lines.append(
                        Line(
                            told, milliseconds(best["ours"]), milliseconds(best[other]), multiple(best["ours"], best[other]), aim
                        )
                    )
            if not ask:
                lines.append(
                    Line(
                        f"Liquid template of {name}, beside LiquidJS",
                        "",
                        "not measured: CIO_TUI_LIQUIDJS names no folder with it",
                    )
                )
    return lines


def _in_turns(ways: dict[str, Way], times: int, rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(way(times))
    return taken


def _repeating(work: Callable[[], object]) -> Way:
    def way(times: int) -> float:
        def together() -> None:
            for _ in range(times):
                work()

        return processor_time(together) / times

    return way


def _ours(source: str) -> tuple[Way, Way]:
    scope = Scope(DATA, NOW)
    template = parse(source)

    def anew() -> None:
        """With something of its own at its end, so that no cache has it."""
        parse(f"{source}{next(_ANEW)}").render(scope)

    return _repeating(lambda: template.render(scope)), _repeating(anew)


def _python_liquid(source: str) -> tuple[Way, Way]:
    environment = Environment()
    template = environment.from_string(source)
    _same("python-liquid", template.render(**DATA), source)
    return _repeating(lambda: template.render(**DATA)), _repeating(lambda: environment.from_string(source).render(**DATA))


def _node(ask: Callable[[dict[str, Any]], Any], source: str) -> tuple[Way, Way]:
    _same("LiquidJS", ask({"template": source, "data": DATA}), source)
    return (lambda times: ask({"times": times})), (lambda times: ask({"times": times, "parse": True}))


def _same(who: str, text: str, source: str) -> None:
    rendering = parse(source).render(Scope(DATA, NOW))
    if not rendering.ok:
        raise AssertionError(f"we fail: {rendering.problems[0]}")
    if rendering.text != text:
        raise AssertionError(f"{who} prints something else than we do")


@contextmanager
def _liquidjs() -> Iterator[Callable[[dict[str, Any]], Any] | None]:
    folder, node = os.environ.get("CIO_TUI_LIQUIDJS"), shutil.which("node")
    if not folder or not node:
        yield None
        return
    with subprocess.Popen([node, "-e", _NODE, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(question: dict[str, Any]) -> Any:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        assert process.stdin
        process.stdin.close()
