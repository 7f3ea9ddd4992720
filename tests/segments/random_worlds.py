"""Seeded random people, what they did, and conditions over them: few names, paths and values, so that they meet."""

import random
from typing import Any

from cio_tui import Workspace
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Frame,
    Group,
    InSegment,
    MessageDone,
    Performed,
    SameElement,
    Test,
)

T = 1718000000
DAY = 86_400
INSTANTS = (T, T - 1, T + DAY, T - 3 * DAY, T + 7 * DAY, T + 40 * DAY)
AGES = (0, 1, 3600, DAY, 3 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1, 20 * DAY, 31 * DAY, -1, -DAY)
EVENTS = ("order_placed", "signed_in", "Searched")
SPELLED = (
    0, 1, -1, 2.5, 10, 10.0, 1e1, 100, 150.5, -0.0, 1e22, 2**53 + 1, 2**64 - 1, 0.1, -2.5, T, T + DAY, T - 7 * DAY, 12345678,
)  # fmt: skip
USUAL = ("pro", "Pro", "free", "monitor", 10, "10", "10.0", 150, T, str(T - DAY), True, "ß", "STRASSE")
WRITTEN = (
    "", "pro", "PRO ", "MONITOR arm", "10", "1e1", "+10", ".5", "5.", "007", "150", "1e400", "1e-400", "-2.5", "-2.50", "0.1",
    "0.10000000000000000001", "--1", "1e", ".", "1.2.3", "1e1234", "0x10", " 10", "true", "null", "straße", "K", "kiosk",
    "ſee", "İ", "ﬁne", "Σ", "ς", "it's", 'say "hi"', "a\\b", "100%", "a_b", "x\0y", "line\nbreak", "٣", str(T),
    f"{T}.0", f"+{T}", f"0{T}", f"{T}\0", "10\0", "1461866400", "1461866400000", "2024-06-10", "-5", "12345678",
    "99999999999", "100000000", "100000001",
)  # fmt: skip
KEYS = ("total", "plan", "items", "tags", "a", "matrix", "deep", "er", "est", "b", "type", "price", "parts", "sku")
ODD_KEYS = ("a.b", "items[0]", "sign up date", 'quo"te', "it's", "back\\slash", "x\ny", "~/", "", "0", "-")
USUAL_PATHS = ("plan", "plan", "total", "items[].type", "items[0].type", "items[].price", "tags[]")
PATHS = (
    "items[1]", "items", "items[]", "tags[0]", "a.b", "a", "sign up date", '["a.b"]', 'a["b"]', '["quo\\"te"]',
    "items[].parts[].sku", "matrix[][]", "matrix[][0]", "matrix[1][].type", "deep.er.est", "missing", '["items[0]"].type',
    '["it\'s"]', "id", "email", "cio_id", '["back\\\\slash"]', '["x\\ny"]', '["~/"]', "[]", "[0]", '[""]',
    "0", "-", "tags.0", "items.-",
)  # fmt: skip
ARRAYS = ("items", "items", "tags", "tags", "matrix[]", "matrix[0]", "a", "items[].parts", "missing", "total", "[]")
INNER = ("type", "price", "parts[].sku", "a.b", "[]", "missing", "0")


class RandomWorld:
    """One random generator's worlds and trees."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def pick(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def scalar(self) -> Any:
        if self.chance.random() < 0.5:
            return self.pick(*USUAL)
        return self.pick(self.pick(*SPELLED), self.pick(*WRITTEN), self.pick(*WRITTEN), self.pick(True, False, None))

    def value(self, depth: int = 0) -> Any:
        kind = self.chance.random()
        if depth > 3 or kind < 0.5:
            return self.scalar()
        if kind < 0.75:
            return [self.value(depth + 1) for _ in range(self.chance.randrange(4))]
        return self.data(depth + 1)

    def data(self, depth: int = 0) -> dict[str, Any]:
        found = {self.pick(*KEYS, *ODD_KEYS): self.value(depth) for _ in range(self.chance.randrange(5))}
        if depth == 0 and self.chance.random() < 0.7:
            found |= {"plan": self.scalar(), "total": self.scalar(), "tags": [self.scalar(), self.scalar()]}
            found["items"] = [self.item() for _ in range(1 + self.chance.randrange(3))]
        return found

    def item(self) -> Any:
        item = {"type": self.scalar(), "price": self.scalar(), "parts": [{"sku": self.scalar()}]}
        return self.pick(item, item, item, self.scalar(), [item])

    def workspace(self, people: int = 12, events: int = 60) -> Workspace:
        """People with what they did in the last month and the days to come; some merged, one deleted."""
        ws = Workspace.in_memory(seed=self.chance.randrange(1000), now=T - 30 * DAY)
        names = [str(number) for number in range(people)]
        late = [str(number) for number in range(people, people + 3)]
        for name in names:
            self.person(ws, name)
        for _ in range(events // 2):
            self.event(ws, self.pick(*names))
        ws.hold(T - 2 * DAY)
        for name in (*late, *names[: people // 2]):
            self.person(ws, name)
        for _ in range(events // 2):
            self.event(ws, self.pick(*names, *late))
        ws.hold(T)
        for _ in range(2):
            primary, secondary = self.chance.sample(names, 2)
            ws.merge(primary, secondary)
        ws.delete(self.pick(*names))
        ws.track("signed_in", anonymous_id="nobody", timestamp=T)
        return ws

    def person(self, ws: Workspace, name: str) -> None:
        attributes = {key: value for key, value in self.data().items() if key and "\0" not in key}
        if self.chance.random() < 0.5:
            attributes["email"] = f"Person{name}@shop.example"
        ws.identify({"id": name}, attributes, timestamp=T - self.pick(*AGES))
        if self.chance.random() < 0.4:
            platform, used = self.pick("ios", "android"), T - self.pick(*AGES)
            ws.add_device({"id": name}, self.pick("d1", "d2"), platform, last_used=used, attributes=self.data())

    def event(self, ws: Workspace, name: str) -> None:
        kind = self.pick("event", "event", "event", "page", "screen")
        ws.track(self.pick(*EVENTS), person={"id": name}, data=self.data(), type=kind, timestamp=T - self.pick(*AGES))

    def path(self) -> PropertyPath:
        return PropertyPath.parse(self.pick(*(USUAL_PATHS if self.chance.random() < 0.6 else PATHS)))

    def test(self) -> Test:
        operator = self.pick(
            "eq", "eq", "exists", "gt", "lt", "bw", "contains", "contains", "is_timestamp", "timestamp_lt", "timestamp_gt",
            "timestamp_lta", "timestamp_gta", "timestamp_bw",
        )  # fmt: skip
        inverse = self.chance.random() < 0.3
        if operator in ("exists", "is_timestamp"):
            return Test(operator, inverse=inverse)
        if operator in ("timestamp_lt", "timestamp_gt"):
            return Test(operator, self.pick(0, 1, DAY, -DAY, -7 * DAY, 7 * DAY, -30 * DAY), inverse=inverse)
        if operator in ("timestamp_lta", "timestamp_gta", "timestamp_bw"):
            first, second = sorted((self.pick(*INSTANTS), self.pick(*INSTANTS)))
            return Test(operator, first, second if operator == "timestamp_bw" else None, inverse)
        if operator in ("gt", "lt", "bw"):
            first, second = self.number(), self.number()
            return Test(operator, first, second if operator == "bw" else None, inverse)
        wanted = self.scalar()
        if operator == "contains" and self.chance.random() < 0.7:
            wanted = self.pick("1", "0", ".", "s", "f", "K", "i", "o", "ſ", "ss", "\0", "%", "_", "")
        return Test(operator, "" if wanted is None else wanted, inverse=inverse)

    def number(self) -> Any:
        return self.pick(*SPELLED, *WRITTEN, 10, 100, 150)

    def filters(self, depth: int = 0) -> DataGroup:
        members = tuple(self.filter(depth) for _ in range(self.pick(0, 0, 1, 1, 2)))
        return DataGroup(self.pick("all", "any"), members)

    def filter(self, depth: int) -> Any:
        kind = self.chance.random()
        if kind < 0.6 or depth > 1:
            return DataFilter(self.path(), self.test())
        if kind < 0.85:
            inner = [None, *(PropertyPath.parse(text) for text in INNER)]
            tests = tuple(ElementFilter(self.pick(*inner), self.test()) for _ in range(1 + self.chance.randrange(2)))
            return SameElement(PropertyPath.parse(self.pick(*ARRAYS)), tests)
        return self.filters(depth + 1)

    def frame(self) -> Frame:
        kind = self.chance.random()
        if kind < 0.4:
            return Frame(within=self.pick(1, DAY, 7 * DAY, 30 * DAY, 90 * DAY))
        if kind < 0.6:
            since, until = sorted((self.pick(*INSTANTS), self.pick(*INSTANTS)))
            return Frame(since=self.pick(None, since), until=self.pick(None, until))
        return Frame()

    def leaf(self) -> Condition:
        kind, inverse = self.chance.random(), self.chance.random() < 0.35
        if kind < 0.3:
            return AttributeIs(self.path(), self.test())
        if kind < 0.4:
            return DeviceIs(PropertyPath.parse(self.pick("id", "platform", "last_used", *PATHS)), self.test())
        if kind < 0.5:
            return InSegment(self.pick("few", "manual", 7, "unknown"), inverse)
        times, how = self.pick(1, 1, 1, 2, 3, 0), self.pick("at_least", "at_least", "exactly", "at_most")
        if kind < 0.55:
            action, message = self.pick("opened_email", "profile_create"), self.pick("", "order_placed")
            return MessageDone(action, message, times, self.frame(), inverse)
        if kind < 0.65:
            name = self.pick("plan", "total", "email", "items", "a.b", "it's")
            sides = [PropertyPath.parse(self.pick("from", "to", "to[].type")) for _ in range(self.pick(0, 1))]
            filters = DataGroup("all", tuple(DataFilter(side, self.test()) for side in sides))
            return Performed(name, "attribute_change", filters, times, how, self.frame(), inverse)
        name, performed = self.pick(*EVENTS, *EVENTS, "never"), self.pick("event", "event", "page")
        return Performed(name, performed, self.filters(), times, how, self.frame(), inverse)

    def tree(self, depth: int = 0) -> Condition:
        """A group more often than not; empty ones and bare leaves among them."""
        if depth > 2 or self.chance.random() < (0.15 if depth == 0 else 0.65):
            return self.leaf()
        match = self.pick("all", "any", "none")
        return Group(match, tuple(self.tree(depth + 1) for _ in range(self.pick(0, 1, 1, 1, 1, 2, 2, 2, 2, 3))))
