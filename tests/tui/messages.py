"""A small shop with messages, for the tests of everything that shows what a message becomes."""

from contextlib import contextmanager
from dataclasses import replace

from cio_tui.messages.definition import Message
from cio_tui.model.limits import DAY
from cio_tui.workspace import Workspace
from tests.tui.conftest import settle

NOW = 1_718_000_000
BODY = """<h1>Hello {{ customer.first_name | default: "you" }}</h1>
<ul>
{% for item in event.items %}
<li>{{ item.name }}</li>
{% else %}
<li>nothing</li>
{% endfor %}
</ul>
{% if event.coupon %}
<p>Coupon {{ event.coupon }}</p>
{% endif %}
{{ snippets.footer }}"""
RECEIPT = Message(
    name="Receipt",
    subject="Order {{event.order_id}}",
    sender="Shop <shop@shop.example>",
    body=BODY,
    event="order_placed",
)
BROKEN = Message(
    name="Broken", subject="Oh", sender="s@x.example", body="{% if event.x %}\n{{ event.y | nope }}", event="visited"
)
LETTER = Message(
    name="Letter", subject="News", sender="s@x.example", body="<p>Hi {{ customer.first_name }}</p>", trigger="segment"
)


@contextmanager
def shop(path):
    """Ada and Bo, four orders, three messages, one with two versions, and a snippet."""
    with Workspace.open(path, seed=1, now=NOW, durable=False) as workspace:
        workspace.identify("ada@shop.example", {"first_name": "Ada"})
        workspace.identify("bo@shop.example", {})
        lamp, desk = {"name": "Lamp"}, {"name": "Desk"}
        orders = (
            ("ada", {"order_id": "A1", "items": [lamp]}),
            ("ada", {"order_id": "A2", "items": [lamp, desk], "recipient": "qa@shop.example"}),
            ("bo", {"items": [desk]}),
            ("bo", {"order_id": "B2", "items": []}),
        )
        for day, (name, data) in enumerate(orders):
            workspace.track("order_placed", person=f"{name}@shop.example", data=data, timestamp=NOW - (4 - day) * DAY)
        workspace.save_snippet("footer", "<p>Main Street 1</p>")
        workspace.save_message(replace(RECEIPT, subject="Your order {{event.order_id}}"))
        for message in (RECEIPT, BROKEN, LETTER):
            assert workspace.save_message(message).ok
        yield workspace


async def look_at(pilot, app, name):
    """Show the messages, with the cursor on one."""
    await pilot.press("6")
    await settle(pilot)
    assert app.view.table.go_to(str(app.workspace.messages.get(name).number))
    await settle(pilot)


def cells(table):
    """What a table shows."""
    return [table.rows.show(place).cells for place in range(len(table.rows))]
