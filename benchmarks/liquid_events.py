"""The last 1,000 events through a message of 10 KB, beside plain python-liquid over the same, and the console's keys meanwhile.

What stands beside it has everything in memory: it only renders. Ours reads the events and their people, renders all parts of the
message, and says of each event what is wrong. Both are the processor's time; the keys are as one waits for them.
"""

from typing import Any

from liquid import Environment

from benchmarks.confirmation import LAST, message
from benchmarks.console import keys_meanwhile
from benchmarks.measuring import Line, Plan, milliseconds, multiple, processor_time
from benchmarks.world import workspace_file
from cio_tui.workspace.workspace import Workspace


def run(plan: Plan) -> list[Line]:
    """How long the events take, and the keys."""
    path, known = workspace_file(plan.folder, plan.sizes[1]), message()
    with Workspace.open(path, create=False) as workspace:
        rows = workspace.previews.over_events(known, limit=LAST)
        if len(rows) < min(LAST, 900) or not all(row.verdict == "ok" for row in rows):
            raise AssertionError(f"{len(rows)} events, {[row.reason for row in rows if row.verdict != 'ok'][:1]}")
        ours = min(processor_time(lambda: workspace.previews.over_events(known, limit=LAST)) for _ in range(2))
        samples: list[dict[str, Any]] = [
            {"customer": dict(sample.person.attributes) if sample.person else {}, "event": dict(activity.data or {})}
            for activity, sample in workspace.previews.samples(known, limit=LAST)
        ]
    template = Environment().from_string(known.body)
    plain = min(processor_time(lambda: [template.render(**sample) for sample in samples]) for _ in range(2))
    what = f"the last {len(rows):,} of {plan.sizes[1]:,} events through a message of 10 KB"
    return [
        Line(what, milliseconds(ours), f"python-liquid renders them from memory {milliseconds(plain)}", multiple(ours, plain)),
        keys_meanwhile(plan, "previews", path, "it does that"),
    ]
