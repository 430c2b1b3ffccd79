"""The whole document: dialogs, messages, purity, and what may not be in it."""

import gc

from flow_models.runtime.machine.pages.view import Field, Text
from flow_models.runtime.site import Rendered, Target, Written
from tests.flow_models.runtime.site.samples import PROGRAM, SITE, button, everything, view, with_dialog


def test_the_root_names_page_site_and_address() -> None:
    first = Rendered(view(), SITE).axtree.split("\n")[0]
    assert first == "RootWebArea 'Send money · North Bank', focused, url='https://northbank.test/send'"


def test_the_same_view_gives_the_same_document() -> None:
    one, other = Rendered(everything(), SITE), Rendered(everything(), SITE)
    assert one.html(b"seed") == other.html(b"seed")
    assert one.axtree == other.axtree


def test_another_seed_changes_names_and_nothing_else() -> None:
    rendered = Rendered(everything(), SITE)
    one, other = rendered.html(b"one"), rendered.html(b"other")
    assert one != other
    assert len(one) == len(other)


def test_no_white_space_stands_between_elements() -> None:
    assert "> <" not in Rendered(everything(), SITE).html(b"seed")


def test_an_open_dialog_makes_everything_else_inert() -> None:
    rendered = Rendered(with_dialog(), SITE)
    assert rendered.html(b"s").count(" inert") == 3
    assert {target.block for target in rendered.targets.values()} == {"d_why", "d_yes", "d_no"}
    assert "Payees" not in rendered.axtree


def test_messages_stand_above_the_page_and_say_how_urgent_they_are() -> None:
    lines = Rendered(view(notices=(("success", "Saved."), ("error", "Failed."))), SITE).axtree
    assert "status '', live='polite'" in lines
    assert "alert '', live='assertive'" in lines


def test_validation_messages_are_summed_up_and_stand_beside_their_fields() -> None:
    field = Field("b", "text_field", "user", "User name", "", True, "", error="Enter a name")
    rendered = Rendered(view(field, errors={"user": "Enter a name"}), SITE)
    assert "StaticText 'User name: Enter a name'" in rendered.axtree
    assert 'aria-invalid="true"' in rendered.html(b"s")
    assert "describedby='e" in rendered.axtree


def test_ids_of_blocks_and_transitions_are_nowhere_in_the_page() -> None:
    rendered = Rendered(everything(), SITE)
    written = rendered.html(b"s") + rendered.axtree
    blocks = {target.block for target in rendered.targets.values()}
    transitions = {item.id for item in PROGRAM.transitions}
    assert blocks
    assert not [name for name in blocks | transitions if name in written]
    assert "r1" not in written.replace("r 1", "")


def test_numbers_lead_to_targets_and_back() -> None:
    rendered = Rendered(everything(), SITE)
    number = rendered.number_of(Target("b_edit", "r2", kind="button"))
    assert number is not None
    assert f"[{number}] button 'Edit'" in rendered.axtree
    assert rendered.number_of(Target("b_absent", kind="button")) is None


def test_a_view_is_rendered_once() -> None:
    shown = view(Text("t", "x", "plain"))
    assert Written.of(shown, SITE) is Written.of(shown, SITE)
    assert Rendered(shown, SITE).axtree is Written.of(shown, SITE).axtree


def test_a_page_goes_without_pythons_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(one, Written) for one in gc.get_objects())
        rendered = Rendered(view(Text("t", "x", "plain")), SITE)
        assert sum(isinstance(one, Written) for one in gc.get_objects()) == before + 1
        del rendered
        assert sum(isinstance(one, Written) for one in gc.get_objects()) == before
    finally:
        gc.enable()


def test_of_buttons_with_one_id_the_one_in_focus_is_focused() -> None:
    pair = (button("pause", "Try again", "again"), button("pause", "Go back", "back"))
    for one in pair:
        rendered = Rendered(view(*pair, focus=("pause", one.row, "")), SITE)
        focused = [line for line in rendered.axtree.split("\n")[1:] if ", focused" in line]
        assert focused == [f"\t\t[{rendered.focused_number}] button {one.text!r}, focused"]
