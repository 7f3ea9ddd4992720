"""Options of the whole suite, and the counts that tests want seen in its last lines.

A test that runs many cases says so with `record_property("cases: query fuzz", 840)`; the summary adds the numbers of one label
up over all tests and all xdist workers: `query fuzz: 20,160 cases`.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # how long a machine takes decides no test

_PREFIX = "cases: "


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=30, help="how many processes the crash tests kill (default 30)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for label, number in report.user_properties if report.when == "call" else ():
                if label.startswith(_PREFIX):
                    counts[label.removeprefix(_PREFIX)] += number
    if counts:
        terminalreporter.section("cases")
    for label, number in sorted(counts.items()):
        terminalreporter.write_line(f"{label}: {number:,} cases")
