"""A process that has the engine loaded and forks a child for each template on its input: one JSON object a line in, one out.

Each child has a limit on its memory and on its processor time, which the system keeps. `python -m tests.liquid.attack_nursery`
"""

import json
import os
import resource
import sys
from typing import Any

from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse
from tests.liquid.vectors.cases import NOW


def main() -> None:
    """Answer until the input ends."""
    parse("{{ 1 | plus: 1 | date: '%Y' }}").render(Scope())
    for line in sys.stdin:
        asked = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _render(asked, writer)
        os.close(writer)
        with os.fdopen(reader) as file:
            said = file.read()
        _, status, usage = os.wait4(child, 0)
        answer = {"status": status, "said": said, "seconds": usage.ru_utime + usage.ru_stime}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _render(asked: dict[str, Any], writer: int) -> None:
    """In the child, which ends here: render and say what came of it."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
        if "instead" in asked:
            _take(asked["instead"])
        rendering = parse(asked["template"], asked["profile"]).render(Scope(asked["data"], NOW, partials=asked["partials"]))
        said = "ok" if rendering.ok else str(rendering.problems[0])
        os.write(writer, f"{len(rendering.text)} {said}"[:4_000].encode())
        status = 0
    except BaseException as error:
        os.write(writer, f"{type(error).__name__}: {error}"[:4_000].encode())
    finally:
        os._exit(status)


def _take(what: str) -> None:
    """More than anybody is allowed."""
    held = bytearray()
    while True:
        if what == "grow":
            held += bytes(2**24)


if __name__ == "__main__":
    main()
