"""A person's own keys: checked against the table before any is used."""

import pytest

from cio_tui.tui.keymap import KeysError, checked_keys, impossible


def test_keys_are_taken_as_they_are():
    assert checked_keys({"activity.send": "s, f6", "help": "?"}) == {"activity.send": "s,f6", "help": "?"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"nope": "x"}, "keys.nope: there is no such action"),
        ({"undo": "ctrl+i"}, "keys.undo: ctrl+i cannot be used: terminals send it for tab"),
        ({"undo": "alt+u"}, "keys.undo: alt+u cannot be used"),
        ({"undo": "hyper"}, "keys.undo: hyper is no key"),
        ({"undo": ""}, "keys.undo: an empty key"),
        ({"undo": "s"}, "keys: s would do both undo and activity.send"),
        ({"help": "/"}, "keys: / would do both help and list.filter"),
        ({"list.up": "ctrl+p"}, "keys: ctrl+p would do both palette and list.up"),
    ],
)
def test_what_cannot_be_is_refused_with_its_action_and_key(given, said):
    with pytest.raises(KeysError) as caught:
        checked_keys(given)
    assert said in str(caught.value)


def test_two_keys_can_be_swapped():
    assert checked_keys({"undo": "z", "zoom": "u"}) == {"undo": "z", "zoom": "u"}


def test_a_key_of_another_view_is_no_clash():
    assert checked_keys({"people.add": "f"}) == {"people.add": "f"}


@pytest.mark.parametrize("key", ["f1", "space", "ctrl+s", "shift+tab", "é", "slash", "question_mark", "G", "pageup"])
def test_keys_that_arrive(key):
    assert impossible(key) == ""
