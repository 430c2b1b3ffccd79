"""Every text that a person reads comes from the catalogue of wordings, and every id that code names is in it.

Three readings of the source. Ids: each `resources.text("...")` names a message that exists, with the arguments that it
needs. Literals: no call in `app` that shows text gets words of its own. Wordings: each is named by some code, whole or
as an f-string whose other parts stand in the sources or the data. What is put together at run time escapes the first
two; the tests of the module that does so must cover it.
"""

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import resources

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "exporters", "flow_models")
WORD = re.compile(r"[^\W\d_]{2,}")
# Functions and methods whose text arguments appear on the screen.
SHOWING = {
    *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton"),
    *("QToolBar", "addMenu", "addTab", "addToolBar", "echo", "secho", "setAccessibleDescription", "setAccessibleName"),
    *("setDetailedText", "setHeaderLabels", "setHorizontalHeaderLabels", "setInformativeText", "setLabelText"),
    *("setPlaceholderText", "setPrefix", "setStatusTip", "setSuffix", "setTabText", "setText", "setTitle"),
    *("setToolTip", "setWhatsThis", "setWindowTitle", "showMessage", "critical", "information", "question", "warning"),
}
# The same names mean something else on these: a logger's lines are for us.
NOT_SHOWING = {"_log", "log", "logger", "logging", "_logger"}


def modules(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield each source file of the packages with its syntax tree."""
    for package in packages:
        for source in sorted((ROOT / package).rglob("*.py")):
            yield source.relative_to(ROOT), parsed(source)


@functools.cache
def parsed(source: Path) -> ast.Module:
    """Return the syntax tree of a source file, which several tests read."""
    return ast.parse(source.read_text(encoding="utf-8"))


def called_name(call: ast.Call) -> tuple[str, str]:
    """Return (owner, name) of what is called; the owner is empty for a plain name."""
    function = call.func
    if isinstance(function, ast.Attribute):
        owner = function.value
        return (owner.id if isinstance(owner, ast.Name) else "?", function.attr)
    return ("", function.id) if isinstance(function, ast.Name) else ("", "")


def asked_messages(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call of `resources.text` with a literal id."""
    plain = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "resources"
        and any(name.name == "text" for name in node.names)
        for node in ast.walk(tree)
    )
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if called_name(node) == ("resources", "text") or (plain and called_name(node) == ("", "text")):
            first = node.args[0]
            for choice in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                    yield node, choice.value


def wrong_messages(tree: ast.AST) -> list[str]:
    """Return what is wrong with the ids and arguments of a module, a line each."""
    wrong = []
    for call, message_id in asked_messages(tree):
        if message_id not in resources.catalogue():
            wrong.append(f"line {call.lineno}: no wording has the id {message_id}")
            continue
        given = {keyword.arg for keyword in call.keywords}
        missing = resources.arguments(message_id) - given
        if None not in given and missing:
            wrong.append(f"line {call.lineno}: {message_id} needs {', '.join(sorted(missing))}")
    return wrong


def literal_words(tree: ast.AST) -> list[str]:
    """Return the literals with words in them that a module shows, a line each."""
    shown = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        owner, name = called_name(node)
        if name in SHOWING and owner not in NOT_SHOWING:
            shown += [f"line {node.lineno}: {name}({words!r})" for part in node.args for words in _literals(part)]
    return shown


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the literals with words in an argument, also inside f-strings, sums, choices and lists."""
    match node:
        case ast.Constant(value=str(words)) if WORD.search(re.sub(r"<[^>]*>|&\w+;", "", words)):
            yield words
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _literals(left)
            yield from _literals(right)
        case _:
            return


def test_every_message_that_code_names_exists_with_its_arguments() -> None:
    wrong = [f"{path} {line}" for path, tree in modules(*PACKAGES) for line in wrong_messages(tree)]
    assert wrong == []


def test_no_text_on_the_screen_is_a_literal() -> None:
    shown = [f"{path} {line}" for path, tree in modules("app") for line in literal_words(tree)]
    assert shown == []


def test_an_unknown_id_is_seen() -> None:
    tree = ast.parse("import resources\nresources.text('no.such.message')")
    assert wrong_messages(tree) == ["line 2: no wording has the id no.such.message"]


def test_a_forgotten_argument_is_seen() -> None:
    message_id, needed = next(
        (key, resources.arguments(key)) for key in resources.catalogue() if resources.arguments(key)
    )
    tree = ast.parse(f"from resources import text\ntext({message_id!r})")
    assert wrong_messages(tree) == [f"line 2: {message_id} needs {', '.join(sorted(needed))}"]


def test_literals_are_seen_in_every_disguise() -> None:
    source = "a.setText('Save it'); QLabel(f'{n} rows'); b.setToolTip('x' if c else 'Open'); d.addTab(e, 'Look ' + f)"
    assert len(literal_words(ast.parse(source))) == 4


def test_symbols_markup_and_log_lines_are_no_words() -> None:
    source = "a.setText('→ 100 %'); b.setText('<b></b>'); logger.warning('Retrying'); c.setObjectName('save')"
    assert literal_words(ast.parse(source)) == []


PUT_TOGETHER = re.compile(
    r"checks\.running\.\w+|cli\.figure\.hand_\w+|document\.(access\.is|new\.(notice|step|tab))_\w+"
    r"|formulas\.(error\.\w+_close|error\.no_(row|used)|said\.rows\.\w+_(value|of)|said\.call\.\w+_to)"
    r"|inspector\.(comparison\.\w+_date|field\.\w+_options)|preview\.basis\.\w+|shell\.action\.outline_\w+"
    r"|variation\.short\.\w+"
)
"""Wordings whose last part is put together from two where it is used."""


def named_in(trees: Iterable[ast.AST]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the words that stand in some sources, and the f-strings with dots, as beginnings and patterns of ids."""
    spoken: set[str] = set()
    patterns: set[tuple[str, str]] = set()
    for tree in trees:
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(words)):
                    spoken |= {words, *re.findall(r"\w+", words)}
                case ast.JoinedStr(values=[ast.Constant(value=str(head)), *_] as parts) if "." in head:
                    made = "".join(
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "\0" for part in parts
                    )
                    patterns.add((head, re.sub("\0+", "(.+?)", made)))
                case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)) | ast.keyword(arg=str(name)):
                    spoken |= {name, name.lower()}
                case _:
                    pass
    return spoken, patterns


def nobody_names(message_ids: Iterable[str], trees: Iterable[ast.AST], data: set[str]) -> list[str]:
    """Return the wordings that no code names; `data` are the words in the data, such as the kinds of blocks."""
    spoken, patterns = named_in(trees)
    known = spoken | data

    def is_named(message_id: str) -> bool:
        found = [
            match
            for head, pattern in patterns
            if message_id.startswith(head) and (match := re.fullmatch(pattern, message_id))
        ]
        parts = ((part for group in match.groups() for part in re.findall(r"\w+", group)) for match in found)
        return message_id in spoken or any(all(part in known for part in own) for own in parts)

    return [one for one in message_ids if not is_named(one) and not PUT_TOGETHER.fullmatch(one)]


def test_every_wording_is_named_by_some_code() -> None:
    trees = [tree for _, tree in modules(*PACKAGES, "resources")]
    files = (one for one in (ROOT / "resources").rglob("*.json") if "ui" not in one.parts)
    data = {word for file in files for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}
    assert nobody_names(resources.catalogue(), trees, data) == []


def test_a_wording_that_nobody_names_is_seen() -> None:
    tree = ast.parse("text('shell.a'); text(f'shell.kind.{one}'); KINDS = ('page',)")
    ids = ["shell.a", "shell.b", "shell.kind.page", "shell.kind.ghost"]
    assert nobody_names(ids, [tree], set()) == ["shell.b", "shell.kind.ghost"]


COUNTS = ("rows", "pages", "steps", "instances", "errors", "warnings", "hints", "variants", "elements", "cells")


def test_one_kind_of_apostrophe_stands_in_all_texts() -> None:
    assert [key for key, words in resources.catalogue().items() if re.search(r"\w'\w|s' ", words)] == []


def test_numbers_agree_with_their_nouns() -> None:
    count = re.compile(rf"\{{\w+\}} (?:more |different )?({'|'.join(COUNTS)})\b")
    found = {key: words for key, words in resources.catalogue().items() if count.search(words)}
    assert {key for key in found if not key.endswith(".other")} <= {"checks.work.rows", "cli.headless.export"}
    assert resources.text("inspector.item.pages", pages=1, transitions=2) == "1 page, 2 transitions"


def test_no_text_has_two_spaces() -> None:
    assert [key for key, words in resources.catalogue().items() if "  " in words and key != "cli.headless.step"] == []


@pytest.mark.parametrize(
    "word",
    [
        *("thesaurus", "lasting data", "passing data", "drawn rows", "clean environment", "autosave"),
        *("policies that know nothing", "value on arrival", "free if", "lines by", "instance 0", "starts empty"),
    ],
)
def test_words_over_which_readers_stumbled_are_gone(word: str) -> None:
    shown = {key: words for key, words in resources.catalogue().items() if not key.startswith("cli.")}
    assert [key for key, words in shown.items() if word in words.casefold()] == []
