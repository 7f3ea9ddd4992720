"""The area that colours Liquid, and the thread that answers the newest question only."""

import asyncio
import threading

from textual.app import App

from cio_tui.tui.liquid_area import LiquidArea, LiquidInput
from cio_tui.tui.previewing.newest import Newest
from tests.tui.conftest import Threads, settle

TEMPLATE = '<p class="a">\n{% comment %}\nno {{ variable }}\n{% endcomment %}\n{{ event.total | plus: 1 }}\x1b'


class Areas(App[None]):
    """One area and one field."""

    def compose(self):
        yield LiquidArea(TEMPLATE, editable=True)
        yield LiquidInput("Hi {{ customer.name }}")


def areas(flow):
    async def run():
        asyncio.get_running_loop().set_default_executor(Threads())
        app = Areas()
        async with app.run_test(size=(60, 12)) as pilot:
            await settle(pilot)
            await flow(pilot, app, app.query_one(LiquidArea))

    asyncio.run(run())


def styled(line):
    """The parts of a line that have a look of their own."""
    return [line.plain[span.start : span.end] for span in line.spans]


def test_lines_are_coloured_by_what_the_lines_above_left_open():
    async def flow(pilot, app, area):
        assert "<p" in styled(area.get_line(0))
        assert styled(area.get_line(2)) == ["no {{ variable }}"]
        assert "event.total" in styled(area.get_line(4))
        assert area.get_line(4).plain.endswith("␛")
        area.replace("", (1, 0), (1, len("{% comment %}")))
        await settle(pilot)
        assert "variable" in styled(area.get_line(2))
        area.undo()
        await settle(pilot)
        assert styled(area.get_line(2)) == ["no {{ variable }}"]
        area.as_html(False)
        assert "<p" not in styled(area.get_line(0))
        assert "customer.name" in styled(app.query_one(LiquidInput)._value)

    areas(flow)


def test_signs_stand_in_the_margin_and_places_are_underlined():
    async def flow(pilot, _app, area):
        area.mark_lines({2: ("×", "text-error"), 5: ("!", "text-warning")})
        area.point_out({2: (0, 2)})
        await settle(pilot)
        lines = ["".join(segment.text for segment in area.render_line(y)) for y in range(5)]
        assert [line[1:3].strip() for line in lines] == ["", "×", "", "", "!"]
        assert lines[1].startswith("2× {% comment %}") or lines[1].strip().startswith("2× {% comment %}")
        assert any(span.style and "underline" in str(span.style) for span in area.get_line(1).spans)
        area.go_to(5, 4)
        assert area.cursor_location == (4, 3)

    areas(flow)


def test_only_the_newest_question_is_answered_after_the_one_under_way():
    began, go_on, asked, told = threading.Event(), threading.Event(), [], []

    def job(question):
        asked.append(question)
        began.set()
        go_on.wait(30)
        if question == "breaks":
            raise ZeroDivisionError
        return question.upper()

    async def flow(pilot, app, _area):
        newest = Newest(app.query_one(LiquidInput), "test", job, lambda question, answer: told.append((question, answer)))
        newest.ask("a")
        await asyncio.to_thread(began.wait, 30)
        for question in ("ab", "abc", "breaks"):
            newest.ask(question)
        assert newest.busy
        go_on.set()
        await settle(pilot)
        assert asked == ["a", "breaks"]
        assert told == [("a", "A"), ("breaks", None)]
        newest.ask("again")
        await settle(pilot)
        assert told[-1] == ("again", "AGAIN")

    areas(flow)


def test_a_place_is_in_sight_whether_there_was_room_already_or_not():
    """Gone to before the area has its height, or another one, the text stands where it would have stood."""
    text = "\n".join(f"line {number} of a long text" for number in range(1, 60))

    async def flow(pilot, app, area):
        area.read_only = True
        stood = []
        for room in (9, 0, 3):
            area.load_text(text)
            area.scroll_to(y=0, animate=False, force=True, immediate=True)
            area.styles.height, area.styles.display = max(room, 1), "block" if room else "none"
            await settle(pilot)
            area.go_to(40, 1)
            await settle(pilot)
            area.styles.height, area.styles.display = 9, "block"
            await settle(pilot)
            stood.append(area.scroll_offset.y)
        assert stood == [stood[0]] * 3
        assert 30 < stood[0] < 40
        area.scroll_to(y=2, animate=False, force=True, immediate=True)
        area.styles.height = 5
        await settle(pilot)
        assert area.scroll_offset.y == 2

    areas(flow)
