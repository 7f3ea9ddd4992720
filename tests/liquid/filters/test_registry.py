"""Which filters there are, how they refuse, and that nothing else ever comes out of them."""

import contextlib
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from liquid.exceptions import LiquidError

from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import LimitReached
from tests.liquid.filters.calls import REFUSED, Rendered, printed, rendered

DOCUMENTED = frozenset(
    re.findall(
        r"\w+",
        """
        append prepend capitalize upcase downcase titlecase truncate truncatewords replace replace_first replace_last remove
        remove_first remove_last split strip lstrip rstrip strip_html strip_newlines normalize_whitespace newline_to_br slice
        slugify pluralize number_of_words array_to_sentence_string contains escape escape_once xml_escape cgi_escape uri_escape
        url_encode url_decode base64 base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode hex_base64 md5
        sha1 sha256 hmac_sha1 hmac_sha256
        abs ceil floor round at_least at_most plus minus times divided_by modulo format_number currency rounded_currency random
        compact concat find find_exp first last group_by group_by_exp join json_array_uniq limit map pop push shift unshift
        reverse size sort sort_natural sum uniq where where_exp where_not
        default from_json to_json json date add_day add_month add_year subtract_day subtract_month subtract_year
        date_to_long_string date_to_string date_to_rfc822 date_to_xmlschema
        """,
    )
)
RUBY = frozenset(
    re.findall(
        r"\w+",
        """
        abs append at_least at_most base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode capitalize ceil
        compact concat date default divided_by downcase escape escape_once first floor h join last lstrip map minus modulo
        newline_to_br plus prepend remove remove_first remove_last replace replace_first replace_last reverse round rstrip size
        slice sort sort_natural split strip strip_html strip_newlines times truncate truncatewords uniq upcase url_decode
        url_encode where
        """,
    )
)


def test_latest_has_every_filter_that_customer_io_documents():
    assert set(filters_of("latest")) >= DOCUMENTED
    assert not {"timezone", "htmlencode", "h"} & set(filters_of("latest"))


def test_legacy_has_rubys_filters_and_customer_ios_of_old():
    assert {*RUBY, "timezone", "htmlencode", "currency", "md5"} <= set(filters_of("legacy"))
    assert not {"json_array_uniq", "where_exp", "push", "slugify"} & set(filters_of("legacy"))


def test_legacy_refuses_arguments_that_latest_does_not_look_at():
    assert printed("latest", "upcase", "a", 1, 2) == "A"
    assert printed("legacy", "upcase", "a", 1, 2) == REFUSED
    assert printed("latest", "upcase", "a", stranger=1) == REFUSED


def test_the_words_of_a_refusal_name_the_filter():
    (problem,) = rendered("{{ 'a' | append }}").problems
    assert (problem.kind, problem.message) == ("argument", "`append` takes 1 argument, not 0")
    (problem,) = rendered("{{ 3 | divided_by: 0 }}", "legacy").problems
    assert problem.message == "`divided_by`: divided by 0"


def test_default_is_safe_for_what_is_missing_and_false_only_when_it_is_told():
    assert rendered("{{ customer.first_name | default: 'there' }}", customer={}).text == "there"
    assert printed("latest", "default", False, "x") == "x"
    assert printed("latest", "default", False, "x", allow_false=True) == "false"
    assert printed("latest", "default", {}, "x") == "[object Object]"
    assert printed("legacy", "default", {}, "x") == "x"
    assert printed("latest", "default", 0, "x") == "0"


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["now", "2020-01-31", "<a>", "%", "🙂"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.sampled_from("ab"), inner, max_size=3),
    max_leaves=8,
)
CALLS = [
    (profile, name)
    for profile in ("latest", "legacy")
    for name, function in filters_of(profile).items()
    if not name.endswith("_exp") and name not in ("where", "where_not", "reject", "find", "find_index", "has", "group_by")
]


@pytest.mark.parametrize(("profile", "name"), CALLS)
@settings(max_examples=20)
@given(value=JSON_VALUES, arguments=st.lists(JSON_VALUES, max_size=3))
def test_nothing_but_a_refusal_comes_out_of_a_filter(profile: Any, name: str, value: Any, arguments: list[Any]):
    function = filters_of(profile)[name]
    options = {"context": Rendered()} if function.with_context else {}
    with contextlib.suppress(LiquidError, LimitReached):
        assert isinstance(to_text(function(value, *arguments, **options), profile), str)


@given(value=JSON_VALUES, name=JSON_VALUES, wanted=JSON_VALUES)
def test_nothing_but_a_problem_comes_out_of_a_template(value: Any, name: Any, wanted: Any):
    for chain in (
        "where: n, w",
        "where_not: n",
        "find: n",
        "group_by: n",
        "where_exp: n, w",
        "group_by_exp: n, w",
        "find_exp: n, w",
    ):
        result = rendered(f"{{{{ v | {chain} | json }}}}", v=value, n=name, w=wanted)
        assert result.ok is (not result.problems)
    result = rendered("{{ v | where: n, w | to_json }}", "legacy", v=value, n=name, w=wanted)
    assert result.ok is (not result.problems)


@given(value=JSON_VALUES)
def test_json_that_is_written_is_read_again(value: Any):
    text = printed("latest", "json", value)
    assert text == REFUSED or json.loads(text) is not ...
