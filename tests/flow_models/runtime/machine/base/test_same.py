"""Equal things as one object."""

from flow_models.runtime.machine.base.same import SAME_KEPT, Same


def test_of_equal_things_it_gives_the_first_and_of_too_many_it_forgets_all() -> None:
    same: Same[tuple[int, ...]] = Same()
    first = (*range(2),)
    assert same(first) is first
    assert same((*range(2),)) is first
    for number in range(SAME_KEPT):
        same((number, number + 2))
    assert same((*range(2),)) is not first
