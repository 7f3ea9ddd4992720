"""What looking into a template costs: a 10 KB template rendered with coverage, read for its paths, completed and coloured."""

import time
from collections.abc import Callable

from benchmarks.liquid_templates import DATA, template_of
from benchmarks.measuring import Line, Plan, milliseconds, multiple
from benchmarks.world import NOW
from cio_tui.liquid.colouring import colour_lines
from cio_tui.liquid.completion import complete
from cio_tui.liquid.coverage import Coverage
from cio_tui.liquid.known_paths import Known
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse, parse_anew
from cio_tui.liquid.usage import uses


def run(plan: Plan) -> list[Line]:
    """Beside a rendering without coverage, or beside reading the template for the first time."""
    source, scope, rounds = template_of(10), Scope(DATA, NOW), 3 if plan.quick else 9
    template, coverage = parse(source), Coverage(source)
    known = Known.of(["event.items[].name", "event.items[].price", "customer.first_name"])
    begun, lines = f"{source}{{{{ event.it", source.split("\n")
    plain, covered = _best(rounds, lambda: template.render(scope), lambda: coverage.run("event", scope))
    parsed, *taken = _best(
        rounds,
        lambda: parse_anew(source, "latest"),
        lambda: uses(template),
        lambda: complete(begun, len(begun), known),
        lambda: colour_lines([f"{text} " for text in lines]),
    )
    named = ("the paths that it reads", "completion at its end", "its colours, unchanged lines")
    return [
        Line(
            "Liquid template of 10 KB with coverage, beside without",
            milliseconds(covered),
            milliseconds(plain),
            multiple(covered, plain),
            "1.1 x",
        ),
        *(
            Line(
                f"Liquid template of 10 KB: {what}, beside parsing it",
                milliseconds(ours),
                milliseconds(parsed),
                multiple(ours, parsed),
            )
            for what, ours in zip(named, taken, strict=True)
        ),
    ]


def _best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The processor's seconds of each, the best of several turns."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = time.process_time()
            for _ in range(10):
                work()
            best[number] = min(best[number], (time.process_time() - start) / 10)
    return best
