"""Every title gives a package name that can be installed beside everything else, and the same one everywhere."""

import importlib.metadata
import keyword
import random
import re
import sys

import pytest

from flow_models.checks import check
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.packages import choose_package, free, is_taken, numbered, package_from, package_of
from tests.flow_models.document.titles import HOSTILE_TITLES


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("North Bank", "northbank"),
        ("Café 24", "cafe24"),
        ("1st", "flow1st"),
        ("", "flow"),
        ("Łódź", "lodz"),
        ("図書館", "tushuguan"),
        ("Банк", "bank"),
        ("Straße", "strasse"),
        ("🏦", "bank"),
        ("Json", "flowjson"),
        ("Class", "flowclass"),
        ("NumPy", "flownumpy"),
        ("Torch", "flowtorch"),
        ("Con", "flowcon"),
    ],
)
def test_the_package_is_named_after_the_title(title: str, name: str) -> None:
    assert package_from(title) == name


def test_every_title_gives_a_name_that_is_free() -> None:
    assert len(HOSTILE_TITLES) == 500
    for title in HOSTILE_TITLES:
        name = package_from(title)
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name)
        assert not keyword.iskeyword(name)
        assert not is_taken(name)
        assert choose_package(Flow(id="f", title=title), name).package == name


def test_what_python_and_the_installed_packages_are_called_is_taken() -> None:
    assert [name for name in sys.stdlib_module_names if not name.startswith("_") and not is_taken(name)] == []
    needs = ("gymnasium", "numpy", "cloudpickle", "farama-notifications", "typing_extensions", "playwright")
    modules = {
        str(file).split("/")[0].removesuffix(".py")
        for need in needs
        for file in importlib.metadata.files(need) or ()
        if re.fullmatch(r"[A-Za-z]\w*(?:\.py|/__init__\.py)", str(file))
    }
    assert len(modules) >= 6
    assert [name for name in modules if not is_taken(name)] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("torch", "flowtorch is free"), ("Bank!", "such as bank"), ("9", "such as flow9"), ("é" * 41, "such as eee")],
)
def test_a_name_that_cannot_be_had_is_refused_with_a_proposal(name: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        choose_package(Flow(id="f"), name)


def test_a_chosen_name_wins_until_it_is_taken_back() -> None:
    flow = choose_package(Flow(id="f", title="North Bank"), "bank_2")
    assert package_of(flow) == "bank_2"
    assert package_of(choose_package(flow, "")) == "northbank"


def test_a_taken_name_in_a_file_is_a_problem_that_can_be_fixed() -> None:
    flow = Flow(id="f", package="random")
    (found,) = [problem for problem in check(flow) if problem.code == "package.taken"]
    assert found.fix is not None
    fixed = found.fix.edit(flow)
    assert fixed.package == "flowrandom"
    assert not [problem for problem in check(fixed) if problem.code == "package.taken"]


def test_numbered_names_never_come_back_and_stay_names() -> None:
    dice = random.Random(1)
    for start in ("bank", "b" * 40, "x9", "x" + "9" * 39, *map(package_from, dice.sample(HOSTILE_TITLES, 20))):
        seen, name = {start}, start
        for _ in range(30):
            name = numbered(name)
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name)
            assert name not in seen
            assert free(name) == name
            seen.add(name)


@pytest.mark.parametrize("digits", ["٣.١.٢", "\uff13.\uff11.\uff12", "३.१.२"])  # noqa: RUF001  # digits of other scripts
def test_a_version_is_written_in_western_digits(digits: str) -> None:
    assert Flow(id="f", version=digits).version == "3.1.2"
