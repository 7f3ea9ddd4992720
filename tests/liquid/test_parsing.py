"""Templates from text: what parses, what does not, and what is kept."""

import pytest

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse


def test_a_template_renders_its_data() -> None:
    assert parse("Hello {{ customer.name }}").render(Scope({"customer": {"name": "Ann"}})).text == "Hello Ann"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_text_is_parsed_once(profile: Profile) -> None:
    assert parse("{{ customer.kept }}", profile) is parse("{{ customer.kept }}", profile)
