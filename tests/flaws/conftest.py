"""Assertions of the table say what they compared."""

import pytest

pytest.register_assert_rewrite("tests.flaws.table")
