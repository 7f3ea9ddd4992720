"""What the workspace says to a definition: how many match, who for instance, who would come and go, and why one person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cio_tui.model.errors import CioError
from cio_tui.segments.columns import Cancelled
from cio_tui.segments.definition import Definition
from cio_tui.segments.explain import Explanation
from cio_tui.workspace import Workspace

SAMPLE: Final = 20
CHANGES: Final = 5


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person by cio_id, and as they are called."""

    cio_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What saving changes: how many would enter, leave and stay, and a few of them."""

    enter: int
    leave: int
    stay: int
    entering: tuple[Somebody, ...]
    leaving: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a definition so far. None stands for what is still being asked."""

    definition: Definition
    unfinished: int = 0
    count: int | None = None
    people: int = 0
    sample: tuple[Somebody, ...] | None = None
    changed: Changed | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A definition to be judged: as a new segment, or in the place of the saved one with that number."""

    definition: Definition
    unfinished: int
    number: int | None


def judge(workspace: Workspace, question: Question, cancelled: Callable[[], bool], tell: Callable[[Verdict], None]) -> None:
    """Tell what there is to say, piece by piece, until it is cancelled."""
    definition, segments = question.definition, workspace.segments
    told = Verdict(definition, question.unfinished, people=workspace.directory.count())
    try:
        told = replace(told, count=segments.count(definition, cancelled=cancelled))
        tell(told)
        members = segments.members(definition, cancelled=cancelled)[:SAMPLE] if told.count else []
        told = replace(told, sample=_called(workspace, members))
        tell(told)
        if question.number is not None:
            tell(replace(told, changed=_changed(workspace, question, cancelled)))
    except Cancelled:
        return
    except CioError as error:
        if not cancelled():
            tell(replace(told, error=str(error)))


def _changed(workspace: Workspace, question: Question, cancelled: Callable[[], bool]) -> Changed:
    found = workspace.segments.difference(question.number or 0, question.definition, cancelled=cancelled)
    entering, leaving = (_called(workspace, people[:CHANGES]) for people in (found.enter, found.leave))
    return Changed(len(found.enter), len(found.leave), found.stay, entering, leaving)


def _called(workspace: Workspace, cio_ids: Sequence[str]) -> tuple[Somebody, ...]:
    return tuple(Somebody(cio_id, workspace.directory.label(cio_id)) for cio_id in cio_ids)


def explained(workspace: Workspace, definition: Definition, cio_id: str) -> Explanation | str:
    """Why a person matches or does not, or why that cannot be said."""
    try:
        return workspace.segments.explain(definition, {"cio_id": cio_id})
    except CioError as error:
        return str(error)
