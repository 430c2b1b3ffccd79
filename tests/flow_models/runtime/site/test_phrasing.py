"""Events become actions again."""

import pytest

from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.site import Rendered
from flow_models.runtime.site.phrasing import to_action
from tests.flow_models.runtime.site.samples import SITE, everything, view
from tests.flow_models.runtime.site.test_resolve import done


@pytest.mark.parametrize(
    "event",
    [
        Event("use", "b_edit", "r2"),
        Event("use", "b_pay"),
        Event("fill", "b_user", value='it\'s "x"'),
        Event("fill", "b_note", value="a\nb"),
        Event("select", "b_to", value="r1"),
        Event("select", "b_speed", value="fast"),
        Event("check", "b_agree"),
        Event("uncheck", "b_keep"),
        Event("use", "b_tabs", "1"),
        Event("fill", "b_tip", value="7"),
        Event("select", "b_seat", value="s2b"),
        Event("focus", "b_two"),
        Event("blur"),
        Event("back"),
        Event("goto", value="/accounts"),
        Event("message", value="yes"),
        Event("noop"),
    ],
)
def test_the_action_of_an_event_means_that_event(event: Event) -> None:
    shown = everything()
    assert done(to_action(event, Rendered(shown, SITE), SITE), shown) == event


def test_an_event_that_the_page_does_not_offer_has_no_action() -> None:
    with pytest.raises(LookupError):
        to_action(Event("use", "b_absent"), Rendered(view(), SITE), SITE)
