"""Templates from text: what parses, what does not, and what is kept."""

from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse


def test_a_template_renders_its_data() -> None:
    assert parse("Hello {{ customer.name }}").render(Scope({"customer": {"name": "Ann"}})).text == "Hello Ann"
