"""What each field looks like as elements: label, help, the control itself, and its validation message beside it."""

from functools import partial
from typing import Final

from ..machine.view import Field
from .elements import ID, TOKEN, Attributes, Element, Mark, Reading, Target, flat

EXPANDED: Final = "open"
"""The option in a view's focus that says that the list of a focused drop-down is open."""

_TEXT_TYPES: Final = {"email": "email", "password": "password", "phone": "tel", "search": "search"}
_COMPLETED: Final = (("autocomplete", "off"),)


def field_element(part: Field, is_listening: bool, focused: str | None) -> Element:
    """Return the element of a field.

    Args:
        part: The field.
        is_listening: Whether a change of the field is answered by the site at once.
        focused: None if the field is not focused; else the option of the focus, empty for the field as a whole.
    """
    title = flat(part.title) or part.name.replace("_", " ").capitalize()
    if part.kind == "checkbox":
        return _checkbox(part, title, is_listening, focused)
    if part.kind == "choice_field" and part.style == "radio":
        return _radios(part, title, is_listening, focused)
    if part.kind == "choice_field":
        control = _select(part, title, is_listening, focused)
    elif part.kind == "long_text":
        control = _area(part, title, focused)
    else:
        control = _input(part, title, is_listening, focused)
    help_text, error = flat(part.help), flat(part.error)
    label = Element(
        "label",
        (title,),
        (("for", Mark("id", (2 if help_text else 1,))),),
        "LabelText ''",
        target=Target(part.id, kind="label"),
    )
    children = [label]
    offsets: tuple[int, ...] = ()
    if help_text:
        children.append(_remark(help_text, "help"))
        offsets = (-1,)
    children.append(control)
    if error:
        children.append(_remark(error, "error"))
        offsets += (control.count,)
    _describe(control, offsets, bool(error))
    return Element("div", tuple(children), (("class", "field wrong" if error else "field"),))


def _remark(text: str, style: str) -> Element:
    """Return help or a validation message, which the control names as its description."""
    return Element("p", (text,), (("class", style), ("id", ID)), "paragraph ''")


def _describe(control: Element, offsets: tuple[int, ...], is_wrong: bool) -> None:
    """Tie help and validation message to a control that was just made."""
    if is_wrong:
        control.attributes += (("aria-invalid", "true"),)
    if offsets:
        control.attributes += (("aria-describedby", Mark("id", offsets)),)
        control.reading = (control.reading or Reading())._replace(described=offsets)


def _common(part: Field, is_listening: bool) -> Attributes:
    """Return the attributes that every control has."""
    attributes: Attributes = (("id", ID), ("name", TOKEN))
    if part.required:
        attributes += (("required", None),)
    if is_listening:
        attributes += (("data-now", None),)
    return attributes


def _value_line(role: str, title: str, value: str, suffix: str) -> str:
    """Return the line of a text box."""
    shown = f" value={value!r}" if value else ""
    return f"{role} {title.strip()!r}{shown}{suffix}"


def _input(part: Field, title: str, is_listening: bool, focused: str | None) -> Element:
    """Return a box for one line of text."""
    kind = _TEXT_TYPES.get(part.purpose, "text") if part.kind == "text_field" else "text"
    attributes: Attributes = (("type", kind), *_common(part, is_listening), *_COMPLETED)
    if part.kind == "money_field" or (part.kind == "number_field" and part.places):
        attributes += (("inputmode", "decimal"), ("class", "amount"))
    elif part.kind == "number_field":
        attributes += (("inputmode", "numeric"), ("class", "amount"))
    elif part.kind == "date_field":
        attributes += (("placeholder", "YYYY-MM-DD"), ("class", "date"))
    text = part.text
    attributes += (("value", text),)
    suffix = ", focused" if focused is not None else ""
    if part.required and kind != "search":
        # Chromium does not say of a search box that it is required.
        suffix += ", required"
    value, shown = (text, text) if kind != "password" else ("•" * _length(text), "•" * len(text))
    role = "searchbox" if kind == "search" else "textbox"
    line = _value_line(role, title, value, suffix)
    element = Element("input", (), attributes, line, title, Target(part.id, kind="text"))
    if shown:
        element.reading = Reading((f"StaticText {shown.strip()!r}",))
    return element


def _length(text: str) -> int:
    """Return the number of UTF-16 units of a text: the value of a password field has one dot for each."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _area(part: Field, title: str, focused: str | None) -> Element:
    """Return a box for several lines of text."""
    text = part.text.replace("\r\n", "\n").replace("\r", "\n")
    suffix = (", focused" if focused is not None else "") + (", required" if part.required else "")
    attributes: Attributes = (*_common(part, is_listening=False), ("rows", "4"), *_COMPLETED)
    line = _value_line("textbox", title, text, suffix)
    element = Element("textarea", (text,) if text else (), attributes, line, text, Target(part.id, kind="area"))
    element.reading = Reading(tuple(f"StaticText {row.strip()!r}" for row in text.split("\n") if row))
    return element


def _select(part: Field, title: str, is_listening: bool, focused: str | None) -> Element:
    """Return a drop-down; an unknown key shows the first option, as a browser does."""
    keys = [key for key, _ in part.options]
    chosen = keys.index(part.text) if part.text in keys else 0
    value = f" value={flat(part.options[chosen][1])!r}" if keys else ""
    state = f"{', focused' if focused is not None else ''}, hasPopup='menu', expanded={focused == EXPANDED}"
    line = f"combobox {title.strip()!r}{value}{state}"
    reading = Reading(
        ("MenuListPopup ''",),
        is_nested=True,
        later=partial(_options, part, chosen),
        quick=partial(_option_lines, part, chosen),
    )
    attributes: Attributes = (*_common(part, is_listening), *_COMPLETED)
    element = Element("select", (), attributes, line, title, Target(part.id, kind="select"), reading)
    return element.defer(1 + len(keys))


def _options(part: Field, chosen: int) -> tuple[Element, ...]:
    """Make the options of a drop-down."""
    options: list[Element] = []
    for position, (key, label) in enumerate(part.options):
        text = flat(label)
        attributes: Attributes = (("value", TOKEN),)
        if position == chosen:
            attributes += (("selected", None),)
        line = _option_line(text, position == chosen)
        options.append(Element("option", (text,), attributes, line, text, Target(part.id, option=key, kind="option")))
    return tuple(options)


def _option_line(text: str, is_chosen: bool) -> str:
    """Return what the accessibility text says of an option."""
    return f"option {text.strip()!r}, selected={is_chosen}"


def _option_lines(part: Field, chosen: int, number: int, depth: int) -> str:
    """Write the lines of the options, the first of which has a number."""
    indent = "\t" * depth
    chosen += number
    return "\n".join(
        [
            f"{indent}[{position}] {_option_line(flat(label), position == chosen)}"
            for position, (_, label) in enumerate(part.options, number)
        ]
    )


def _radios(part: Field, title: str, is_listening: bool, focused: str | None) -> Element:
    """Return a group of radio buttons, which share the name of the first one."""
    help_text, error = flat(part.help), flat(part.error)
    children = [Element("legend", (title,), (), "Legend ''")]
    if help_text:
        children.append(_remark(help_text, "help"))
    number = 1 + sum(child.count for child in children)
    first = number + 1
    for key, label in part.options:
        children.append(_radio(part, key, flat(label), first - number - 1, is_listening, focused == key))
        number += 2
    offsets: tuple[int, ...] = (2,) if help_text else ()
    if error:
        children.append(_remark(error, "error"))
        offsets += (number,)
    attributes: Attributes = (("class", "field wrong" if error else "field"),)
    element = Element("fieldset", tuple(children), attributes, f"group {title.strip()!r}")
    _describe(element, offsets, bool(error))
    return element


def _radio(part: Field, key: str, label: str, first: int, is_listening: bool, is_focused: bool) -> Element:
    """Return one radio button inside its label; `first` is the offset of the group's first one."""
    is_chosen = part.text == key
    attributes: Attributes = (("type", "radio"), ("name", Mark("token", (first,))), ("value", TOKEN))
    if is_chosen:
        attributes += (("checked", None),)
    if is_listening:
        attributes += (("data-now", None),)
    state = ", focused" if is_focused else ""
    line = f"radio {label.strip()!r}{state}, checked={'true' if is_chosen else 'false'!r}"
    button = Element("input", (), attributes, line, label, Target(part.id, option=key, kind="radio"))
    children = (button, label) if label else (button,)
    return Element(
        "label", children, (("class", "option"),), "LabelText ''", target=Target(part.id, option=key, kind="label")
    )


def _checkbox(part: Field, title: str, is_listening: bool, focused: str | None) -> Element:
    """Return a checkbox inside its label."""
    help_text, error = flat(part.help), flat(part.error)
    is_ticked = part.text == "true"
    attributes: Attributes = (("type", "checkbox"), *_common(part, is_listening), ("value", "on"))
    if is_ticked:
        attributes += (("checked", None),)
    state = ", focused" if focused is not None else ""
    line = f"checkbox {title.strip()!r}{state}, checked={'true' if is_ticked else 'false'!r}"
    box = Element("input", (), attributes, line, title, Target(part.id, kind="checkbox"))
    label = Element("label", (box, title), (("class", "option"),), "LabelText ''", target=Target(part.id, kind="label"))
    children = [label]
    offsets: tuple[int, ...] = ()
    if help_text:
        children.append(_remark(help_text, "help"))
        offsets = (1,)
    if error:
        children.append(_remark(error, "error"))
        offsets += (len(children) - 1,)
    _describe(box, offsets, bool(error))
    return Element("div", tuple(children), (("class", "field wrong" if error else "field"),))
