"""The solver and somebody who tries everything agree on random sites of every kind of block, trigger and function."""

from collections import Counter

import pytest

from flow_models.document.behaviour import Effect, Trigger
from flow_models.document.blocks import MODELS
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.formulas.calls import NAMES
from tests.flow_models.solver.fuzz import Compared, compare
from tests.flow_models.solver.wild import wild

QUICK, WHOLE = 300, 20_000
"""Sites that are compared each time, and by the proof."""

SEEN = 120
"""Sites in which every kind stands somewhere."""
