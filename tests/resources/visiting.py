"""A visitor who does tasks by hand: by the words on fields, buttons and links, as they stand on the page."""

from flow_models.runtime.machine import Episode, Event, Machine, Result, Start
from flow_models.runtime.machine.pages.view import Button, Field, Link


class Visitor:
    """Somebody who finds fields, buttons and links by their words."""

    def __init__(self, machine: Machine, task: str, seed: int) -> None:
        self.machine = machine
        self.start: Start = machine.draw(task, seed)
        self.episode = Episode(machine, self.start)
        self.parameters = self.start.parameters
        self.last: Result | None = None

    def cell(self, table: str, key: object, column: str) -> str:
        """Return the text in a column of a row as the episode began."""
        schema = self.machine.schema.tables[table]
        row = self.start.state.tables[schema.index].get(str(key))
        assert row is not None
        return str(row[schema.columns[column]])

    def named(self, parameter: str, table: str, column: str = "name") -> str:
        """Return what a row parameter is called."""
        return self.cell(table, self.parameters[parameter], column)

    def step(self, event: Event) -> Result:
        self.last = self.episode.step(event)
        assert not self.last.error, self.last.error
        return self.last

    def use(self, words: str, row: str = "") -> Result:
        """Use the button or link that says these words, in a row of a list if one is named, on whichever page of it."""
        while not (found := self._saying(words, row)) and (turning := self._saying("Next", "")):
            self.step(Event("use", turning[0].id, turning[0].row))
        assert found, (words, row, [(part.text, part.row) for part in self.episode.view.controls()])
        return self.step(Event("use", found[-1].id, found[-1].row))

    def _saying(self, words: str, row: str) -> list[Button | Link]:
        """Return the buttons and links that can be used now and say these words."""
        controls = [part for part in self.episode.view.controls() if isinstance(part, Button | Link)]
        return [part for part in controls if part.text == words and row in ("", part.row) and _is_usable(part)]

    def asks(self, title: str) -> bool:
        """Say whether the page has a field with a title."""
        return any(isinstance(part, Field) and part.title == title for part in self.episode.view.controls())

    def fill(self, title: str, value: object) -> Result:
        """Type into, or choose from, the field with a title."""
        [found] = [part for part in self.episode.view.controls() if isinstance(part, Field) and part.title == title]
        if found.grid:
            places = [place for _, line in found.grid for place in line if place.label.startswith(f"{value} ")]
            return self.step(Event("select", found.id, value=places[0].key))
        if not found.options:
            return self.step(Event("fill", found.id, value=str(value)))
        keys = [key for key, label in found.options if label == value or label.startswith(f"{value} (")]
        assert len(keys) == 1, (value, found.options)
        return self.step(Event("select", found.id, value=keys[0]))

    def check(self, title: str) -> Result:
        """Tick the box with a title."""
        [found] = [part for part in self.episode.view.controls() if isinstance(part, Field) and part.title == title]
        return self.step(Event("check", found.id))

    @property
    def notice(self) -> tuple[str, str]:
        """The only notice on the page: its tone and its words."""
        [found] = self.episode.view.notices
        return found


def _is_usable(part: Button | Link) -> bool:
    """Say whether a button or link can be used; links always can."""
    return isinstance(part, Link) or part.enabled
