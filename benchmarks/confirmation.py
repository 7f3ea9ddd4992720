"""A message of 10 KB: the confirmation of an order, for the events of world.py."""

from typing import Final

from cio_tui.messages.definition import Message

LAST: Final = 1_000
"""So many events it goes over."""
_PART: Final = """\
<h1>Thank you{% if customer.first_name != blank %}, {{ customer.first_name | upcase }}{% endif %}!</h1>
<p>Order {{ event.order_id | remove: "o" | prepend: "#" }} from your {{ event.device.type }}</p>
{% case customer.plan %}{% when "free" %}<p>Upgrade today.</p>{% when "pro" %}<p>You are Pro.</p>{% else %}<p>Hi.</p>{% endcase %}
<table>
{% for item in event.items %}{% assign line = item.price | times: item.quantity %}<tr class="{% cycle 'odd', 'even' %}">\
<td>{{ forloop.index }}</td><td>{{ item.type | capitalize }}</td><td>{{ line }} {{ event.currency }}</td></tr>
{% endfor %}</table>
<p>In all {{ event.total }}. {% unless customer.score < 500 %}You are a silver member.{% endunless %}</p>
<p>Words that stand between one order and the next, as messages have them, for the reader's pleasure and for ours.</p>
"""


def message() -> Message:
    """The confirmation of an order, again and again until it has 10 KB."""
    body = _PART * (10 * 1024 // len(_PART))
    return Message(
        name="Confirmation", subject="Order {{ event.order_id }}", sender="shop@shop.example", body=body, event="order_placed"
    )
