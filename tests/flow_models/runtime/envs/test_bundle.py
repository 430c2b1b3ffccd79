"""What a package holds, and how a pickle names it."""

import copy
import gc
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import BundleError, written


def made(bundle: Bundle, name: str, folder: Path | None = None) -> Bundle:
    """Return a bundle that no other test has, whose instances belong to a split of this name."""
    instances = [instance._replace(split=name) for instance in bundle.instances[bundle.task_names[0]]]
    if folder is None:
        return Bundle(bundle.program, instances)
    (folder / "program.json").write_text(json.dumps(bundle.program.json), encoding="utf-8")
    (folder / "tasks.json").write_text(json.dumps(written(bundle.program, instances, {}, "")), encoding="utf-8")
    return Bundle.read(folder)


def pickled(bundle: Bundle) -> bytes:
    """Return the pickle of a bundle."""
    return pickle.dumps(bundle)


def load(data: bytes) -> Any:
    """Load a pickle after everything that nobody holds has gone."""
    gc.collect()
    return pickle.loads(data)


def test_a_bundle_of_this_process_is_found_again(bundle: Bundle) -> None:
    one = made(bundle, "found")
    assert load(pickled(one)) is one
    assert copy.deepcopy([one, one])[1] is one


def test_a_program_that_was_changed_is_said_to_be_damaged(bundle: Bundle, tmp_path: Path) -> None:
    made(bundle, "changed", tmp_path)
    file = tmp_path / "program.json"
    file.write_text(file.read_text(encoding="utf-8").replace("Borrow", "Borrov"), encoding="utf-8")
    with pytest.raises(BundleError, match=r"damaged.*holds something else than was proven"):
        Bundle.read(tmp_path)


def test_equal_content_is_one_bundle_to_a_pickle_and_other_instances_are_another(bundle: Bundle) -> None:
    first, second, other = made(bundle, "equal"), made(bundle, "equal"), made(bundle, "unequal")
    assert first.hash == second.hash != other.hash
    assert load(pickled(second)) is first
    assert load(pickled(other)) is other


def test_a_bundle_that_is_gone_is_read_from_its_folder_again(bundle: Bundle, tmp_path: Path) -> None:
    data = pickled(made(bundle, "read", tmp_path))
    found = load(data)
    assert (found.folder, found.instances[bundle.task_names[0]][0].split) == (tmp_path, "read")


def test_a_folder_that_is_gone_is_said_in_words(bundle: Bundle, tmp_path: Path) -> None:
    data = pickled(made(bundle, "moved", tmp_path))
    (tmp_path / "tasks.json").unlink()
    with pytest.raises(BundleError, match="import the package before you load the pickle"):
        load(data)


def test_another_version_in_the_folder_is_said_in_words(bundle: Bundle, tmp_path: Path) -> None:
    data = pickled(made(bundle, "old", tmp_path))
    made(bundle, "new", tmp_path)
    with pytest.raises(BundleError, match=f"another version of the package 'librarydesk' than the one at {tmp_path}"):
        load(data)


def test_a_bundle_without_a_folder_that_is_gone_is_said_in_words(bundle: Bundle) -> None:
    data = pickled(made(bundle, "nowhere"))
    with pytest.raises(BundleError, match="'librarydesk', which lies in no folder"):
        load(data)


def test_what_is_shared_lasts_as_long_as_somebody_holds_it(bundle: Bundle) -> None:
    class Costly:
        def __init__(self, of: Bundle) -> None:
            self.of = of

    held = bundle.shared(Costly)
    assert bundle.shared(Costly) is held
    assert held.of is bundle
    number = id(held)
    del held
    gc.collect()
    assert not any(id(one) == number for one in gc.get_objects() if isinstance(one, Costly))
