"""Transitions and effects as programs write them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from flow_models.compiler.formulas import FormulaTrees, Json
from flow_models.compiler.names import Names
from flow_models.compiler.problems import broken
from flow_models.document.base import ColumnId
from flow_models.document.behaviour import (
    CLOSE,
    STAY,
    AddEffect,
    ChangeEffect,
    ChangeTrigger,
    ClearEffect,
    Effect,
    RemoveEffect,
    SetEffect,
    Transition,
    UseTrigger,
)
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


class BehaviourCompiler:
    """Compiles transitions and effects."""

    def __init__(self, flow: Flow, trees: FormulaTrees, names: Names) -> None:
        self._flow = flow
        self._trees = trees
        self._names = names

    def transition(self, transition: Transition, shown: AbstractSet[str]) -> Json:
        """Return a transition; `shown` are the ids of all blocks in the program.

        Raises:
            BrokenPartError: Something that it names is not there, or a formula has a mistake.
        """
        at = Element("transition", transition.id)
        source = transition.source
        if source not in self._flow.pages_by_id and source not in self._flow.sections_by_id:
            raise broken(at._replace(field="from"), "unknown_source")
        if isinstance(transition.on, UseTrigger | ChangeTrigger) and transition.on.block not in shown:
            raise broken(at._replace(field="on"), "unknown_block")
        if transition.to not in (STAY, CLOSE) and transition.to not in self._flow.pages_by_id:
            raise broken(at._replace(field="to"), "unknown_page")
        notice = None
        if transition.notice is not None:
            notice = {"tone": transition.notice.tone, "text": self._trees.text(at, "notice.text")}
        return {
            "id": transition.id,
            "on": transition.on.model_dump(exclude_defaults=False),
            "when": self._trees.formula(at, "when"),
            "do": [self.effect(effect, at, f"do.{index}") for index, effect in enumerate(transition.do)],
            "to": transition.to,
            "record": self._trees.formula(at, "record"),
            "notice": notice,
        }

    def effect(self, effect: Effect, at: Element, path: str) -> Json:
        """Return an effect; `path` is its place in the element.

        Raises:
            BrokenPartError: Something that it names is not there, or a formula has a mistake.
        """
        field = at._replace(field=path)
        match effect:
            case SetEffect():
                variable = self._flow.variables_by_id.get(effect.variable)
                if variable is None:
                    raise broken(field._replace(field=f"{path}.variable"), "unknown_variable")
                return {"kind": "set", "variable": variable.name, "value": self._trees.formula(at, f"{path}.value")}
            case AddEffect():
                table = self._names.table(effect.table, field)
                return {"kind": "add", "table": table.name, "values": self.values(effect.values, table, at, path)}
            case ChangeEffect():
                table = self._names.table(effect.table, field)
                return {
                    "kind": "change",
                    "table": table.name,
                    "where": self._trees.formula(at, f"{path}.where"),
                    "values": self.values(effect.values, table, at, path),
                }
            case RemoveEffect():
                table = self._names.table(effect.table, field)
                return {"kind": "remove", "table": table.name, "where": self._trees.formula(at, f"{path}.where")}
            case ClearEffect():
                return {"kind": "clear", "target": self._target(effect.target, field)}

    def values(self, values: Mapping[ColumnId, str], table: Table, at: Element, path: str) -> Json:
        """Return formulas by column name.

        Raises:
            BrokenPartError: A column is not there, or a formula has a mistake.
        """
        written: Json = {}
        for column_id in values:
            where = at._replace(field=f"{path}.values.{column_id}")
            column = self._names.column(table, column_id, where)
            written[column.name] = self._trees.formula(at, f"{path}.values.{column_id}")
        return written

    def _target(self, target: str, at: Element) -> str:
        """Return the name of what is cleared: a variable, else a table."""
        for variable in self._flow.variables:
            if variable.id == target:
                return variable.name
        return self._names.table(target, at).name
