"""A film says what each page reads like and what is new on it since it was last seen."""

from collections.abc import Iterator

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import DrawError, Event, Machine
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.site.site import Site
from flow_models.solver.film import Frame, Line, compared, end_words, film, lines_of
from flow_models.solver.solving import solve
from flow_models.solver.walk import Walk, walk_in

MACHINE = Machine(compile_flow(load(resources.path("examples", "north_bank.flow.json"))).program)
PAYING = walk_in(MACHINE.draw("pay-payee", 0), solve(MACHINE, MACHINE.draw("pay-payee", 0)).events)


def frames() -> tuple[Frame, ...]:
    return film(MACHINE, PAYING)


def test_a_film_has_a_page_for_the_beginning_and_each_step_with_words_for_it() -> None:
    taken = frames()
    assert len(taken) == len(PAYING.events) + 1
    assert taken[0].words == ""
    assert taken[1].words.startswith("Used “")
    assert [frame.is_new_page for frame in taken].count(True) == len({frame.view.top.page for frame in taken})


def test_only_what_changed_on_a_page_is_new() -> None:
    typed = next(frame for frame in frames() if frame.words.startswith("Typed"))
    [line] = typed.told()
    assert line.text.startswith("Amount: ")
    assert typed.gone == ("Amount: ",)
    assert len(typed.lines) > 5


def test_of_a_page_that_comes_for_the_first_time_what_stood_there_before_is_not_new() -> None:
    sending = next(frame for frame in frames() if any("Amount: " in line.text for line in frame.told()))
    assert sending.is_new_page
    assert not sending.gone
    assert not any("Sign out" in line.text for line in sending.told())
    assert any("Amount" in line.text for line in sending.told())


def test_the_end_says_how_the_task_stands() -> None:
    assert end_words(frames()[-1]) == resources.text("walk.end.success")
    assert end_words(frames()[0]) == resources.text("walk.end.open")


def test_a_step_says_what_it_changed_in_the_data_and_of_many_changes_the_first() -> None:
    *before, last = frames()
    assert not any(frame.data for frame in before if frame.words.startswith("Typed"))
    assert any(change.startswith("Payments: new row") for change in last.data)
    assert last.changes()[0] == resources.text("walk.data.change", change=last.data[0])
    many = last._replace(data=tuple(map(str, range(20)))).changes()
    assert many[-1] == resources.text("walk.data.more", count=20 - len(many) + 1)


@pytest.mark.parametrize("zoo", ["block_zoo", "skylark_air"])
def test_every_text_of_every_kind_of_block_is_read(zoo: str) -> None:
    machine = Machine(compile_flow(load(resources.path("examples", f"{zoo}.flow.json"))).program)
    start, site = machine.visit(), Site.of(machine.program)
    for page in machine.program.pages:
        view = machine.view(start, machine.placed(start, start.state, page))
        read = "\n".join(line.text for line in lines_of(view, site))
        for inner in parts_of(view):
            for text in (getattr(inner, "title", ""), getattr(inner, "text", "")):
                assert site.said(text) in read, (page, inner)


def parts_of(view: shown.View) -> Iterator[shown.Shown]:
    """Yield the parts of a page that speak for themselves: not what turns the pages of a list, and no field's text."""
    found = [inner for part in view.top.main for inner in shown.walk(part)]
    turning = {one for part in found if isinstance(part, shown.Pagination) for one in map(id, part.buttons)}
    yield from (part for part in found if id(part) not in turning and not isinstance(part, shown.Field))


def test_a_block_to_look_at_has_its_lines() -> None:
    last = frames()[0]
    accounts = next(line.block for line in last.lines if "Savings" in line.text)
    assert all(line.block == accounts for line in last.looks(accounts))
    assert len(last.looks(accounts)) > 2
    assert last.looks("") == ()
    sending = next(frame for frame in frames() if any(line.text.startswith("Amount: ") for line in frame.lines))
    form = next(line.within[0] for line in sending.lines if line.text.startswith("Amount: "))
    assert len(sending.looks(form)) >= 4


def test_a_film_ends_where_something_cannot_be_done_and_says_why() -> None:
    taken = film(MACHINE, PAYING._replace(events=(Event("noop"), Event("use", "b_none"), Event("noop"))))
    assert len(taken) == 3
    assert taken[-1].trouble


def test_a_film_in_a_variant_reads_as_the_variant_says() -> None:
    plain, [renamed] = frames()[0], film(MACHINE, PAYING._replace(events=(), variant=PLAIN._replace(wording=3)))
    assert [line.block for line in renamed.lines] == [line.block for line in plain.lines]
    assert [line.text for line in renamed.lines] != [line.text for line in plain.lines]


def test_an_instance_that_is_no_more_is_said() -> None:
    flow = load(resources.path("examples", "three_pages.flow.json"))
    [task] = (one.rebuilt(require="1 == 2") for one in flow.tasks)
    with pytest.raises(DrawError):
        film(Machine(compile_flow(flow.rebuilt(tasks=(task,))).program), Walk(task.name, 0))


def test_lines_that_stay_are_not_new_wherever_they_stand() -> None:
    before = [Line("a", "one"), Line("b", "two")]
    now, gone = compared(before, [Line("c", "zero"), Line("a", "one"), Line("b", "three")])
    assert [line.is_new for line in now] == [True, False, True]
    assert gone == ("two",)
