"""The published suites for Liquid, counted for both profiles. They stay outside of the repository; this takes their folder.

    python -m tests.liquid.conformance golden FOLDER        golden_liquid.json of github.com/jg-rp/golden-liquid is in it
    python -m tests.liquid.conformance spec FOLDER          specs/ of github.com/Shopify/liquid-spec is in it

Both suites hold what Shopify's Liquid does, without strict variables. What the engines behind Customer.io do with the same
templates is another question, and the one that matters: `--ask` prints them as the cases of vectors/, for its two scripts, and
with `--answers FILE` our text is held against what such a script wrote. `--failures` lists what differs.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse
from tests.liquid.vectors.cases import PROFILES

SPEC_TIME: Final = 1704067318
"""liquid-spec's clock: 1 January 2024, 00:01:58 UTC. golden-liquid has no case that asks."""


@dataclass(frozen=True)
class Published:
    """One case of a suite: the texts that it takes as right, or none when the template is to be refused."""

    name: str
    template: str
    data: dict[str, Any] = field(default_factory=dict)
    partials: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()


def golden(folder: Path) -> Iterator[Published]:
    """All cases of golden-liquid."""
    for case in json.loads((folder / "golden_liquid.json").read_text(encoding="utf-8"))["tests"]:
        texts = () if case.get("invalid") else tuple(case.get("results", [case.get("result")]))
        yield Published(case["name"], case["template"], case.get("data", {}), case.get("templates", {}), texts)


def spec(folder: Path) -> Iterator[Published]:
    """What liquid-spec can ask any engine: plain data, no lax parser, nothing of Shopify's own, no errors within the text."""
    for path in sorted((folder / "specs").rglob("*.yml")):
        if path.parent.name in {"benchmarks", "partials", "liquid_ruby_lax"} or path.parent.parent.name == "shopify_theme_dawn":
            continue
        for number, case in enumerate(_specs_of(path)):
            texts = (case["expected"],) if isinstance(case.get("expected"), str) else ()
            if _portable(case) and (texts or "parse_error" in case.get("errors", {})):
                partials = {name.removesuffix(".liquid"): str(text) for name, text in (case.get("filesystem") or {}).items()}
                yield Published(
                    f"{path.stem}, {number} {case['name']}", case["template"], case.get("environment") or {}, partials, texts
                )


class _NotPlain:
    """Data that only Ruby can make."""


class _Loader(yaml.CSafeLoader):
    """YAML in which everything that is no plain data is one thing, and dates are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        sign: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
        for sign, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: Any, node: Any) -> Any:
    pairs = [(loader.construct_object(key, deep=True), loader.construct_object(value, deep=True)) for key, value in node.value]
    return dict(pairs) if all(isinstance(key, str) for key, _ in pairs) else _NotPlain()


_Loader.add_multi_constructor("!", lambda *_: _NotPlain())
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _specs_of(path: Path) -> Iterator[dict[str, Any]]:
    """Each case of a file; one whose data goes round in a ring, or stands with another case, is passed over."""
    text = "".join(sign for sign in path.read_text(encoding="utf-8") if sign.isprintable() or sign in "\n\t\r")
    parts = re.split(r"(?m)^(?=- name:)", text.replace("\n...\n", "\n")) if "\n...\n" in text else [text]
    for part in parts:
        try:
            items = _items(yaml.compose(part, _Loader))
        except yaml.YAMLError:
            continue
        for item in items:
            try:
                case = _Loader("").construct_document(item)
            except yaml.YAMLError:
                continue
            if isinstance(case, dict) and isinstance(case.get("template"), str):
                yield case


def _items(node: Any) -> list[Any]:
    """The nodes of the cases: a document is a list of them or has one under `specs`."""
    if isinstance(node, yaml.MappingNode):
        node = next((value for key, value in node.value if key.value == "specs"), None)
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _portable(case: dict[str, Any]) -> bool:
    modes = case.get("error_mode") or "strict"
    lax = {"lax", ":lax", "warn", ":warn"} & ({modes} if isinstance(modes, str) else set(modes))
    odd = {"resource_limits", "exception_renderer", "generate", "context_klass"} & case.keys()
    return not (lax or odd or case.get("render_errors") or case.get("features")) and _plain(case)


def _plain(value: Any) -> bool:
    """Whether JSON can hold it."""
    if isinstance(value, dict):
        return all(not str(key).startswith("instantiate:") and _plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_plain, value))
    return isfinite(value) if isinstance(value, float) else not isinstance(value, _NotPlain)


def main() -> None:
    """Count, or print the cases."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.liquid.conformance", description="Count what passes of a published suite."
    )
    parser.add_argument("suite", choices=("golden", "spec"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ask", action="store_true", help="print the cases for the scripts of vectors/")
    parser.add_argument("--answers", type=Path, help="what such a script wrote; its texts count instead of the suite's")
    parser.add_argument("--failures", action="store_true", help="list what differs")
    parser.add_argument("--profile", choices=PROFILES, action="append", help="one of the two; both when none is given")
    asked = parser.parse_args()
    cases = list(golden(asked.folder) if asked.suite == "golden" else spec(asked.folder))
    if asked.ask:
        shapes = [
            {"id": str(number), "check": "", "template": case.template, "data": case.data, "partials": case.partials}
            for number, case in enumerate(cases)
        ]
        sys.stdout.write(json.dumps({"now": SPEC_TIME, "cases": shapes}))
        return
    answers = json.loads(asked.answers.read_text(encoding="utf-8"))["vectors"] if asked.answers else None
    for profile in asked.profile or PROFILES:
        count(cases, profile, answers, asked.failures)


def count(cases: list[Published], profile: str, answers: dict[str, Any] | None, failures: bool) -> None:
    """Say how many cases pass, and of those that do not how many should have failed, failed, or printed another text."""
    kinds: Counter[str] = Counter()
    for number, case in enumerate(cases):
        texts = case.texts
        if answers is not None:
            texts = (answers[str(number)]["output"],) if "output" in answers[str(number)] else ()
        missing = "empty" if answers is None else "error"
        rendering = parse(case.template, profile).render(Scope(case.data, SPEC_TIME, partials=case.partials, missing=missing))
        if rendering.text in texts if rendering.ok else not texts:
            kinds["pass"] += 1
            continue
        kind = "another text" if rendering.ok and texts else "fails" if texts else "should fail"
        kinds[kind] += 1
        if failures:
            told = "; ".join(map(str, rendering.problems)) or rendering.text
            sys.stdout.write(
                f"{profile}, {kind}: {case.name}: {case.template!r} {case.data!r}\n    wants {texts!r}\n    gives {told!r}\n"
            )
    rest = ", ".join(f"{name} {number:,}" for name, number in kinds.most_common() if name != "pass")
    sys.stdout.write(f"{profile}: {kinds['pass']:,} of {len(cases):,} pass; {rest}\n")


if __name__ == "__main__":
    main()
