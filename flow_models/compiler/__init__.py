"""From a flow to a program: the plain, complete, type-checked JSON that the machine runs.

`compile_flow` is the entrance. Formulas become trees, ids of tables, columns and variables become names, pools become
their values, and the rule for addresses becomes a condition. A flow with mistakes is refused, or, for the preview,
compiled without the parts that are broken. The option not taken: a machine that reads flows, which would carry the
editor's models into every bundle.
"""

from flow_models.compiler.compiling import Compiled, compile_flow
from flow_models.compiler.problems import CompileError, LeftOut

__all__ = ["CompileError", "Compiled", "LeftOut", "compile_flow"]
