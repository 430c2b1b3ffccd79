"""Small sites to solve."""

import random

from flow_models.compiler import compile_flow
from flow_models.document.behaviour import Effect, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange
from flow_models.runtime.machine import Machine
from tests.flow_models import builders as make


def machine_of(flow: Flow) -> Machine:
    """Return what runs a flow."""
    return Machine(compile_flow(flow).program)


def changed(table: str, where: str, **values: str) -> ExpectedChange:
    """Return the expectation that rows were changed; keys are column names."""
    named = {f"{table}_{name}": value for name, value in values.items()}
    return ExpectedChange(kind="changed", table=table, where=where, values=named)


def added(table: str, values: dict[str, str]) -> ExpectedChange:
    """Return the expectation that a row was added."""
    named = {f"{table}_{name}": value for name, value in values.items()}
    return ExpectedChange(kind="added", table=table, values=named)


def safe(limit: str = "100.00", wanted: str = "80.00", *, may_fail: bool = False, most: int = 20) -> Flow:
    """Return a site that changes a limit only up to a cap, behind a door that opens once a word has been given."""
    return make.flow(
        make.page("door", make.form("ask", make.field("word", required=True), make.button("enter", submit=True))),
        make.page(
            "room",
            make.form("set", make.money_field("amount", required=True), make.button("save", submit=True)),
            make.link("leave"),
        ),
        make.table("cards", "label:text", "limit:money", "cap:money", rows=(("Blue", "10.00", limit),)),
        make.variable("open", "boolean", initial=False),
        make.arrow("door", "room", use="enter", when='field.word == "sesame"', do=(make.sets("open", "true"),)),
        make.arrow(
            "room",
            use="save",
            when="any(cards, cap >= field.amount) and open",
            do=(make.changes("cards", 'label == "Blue"', limit="field.amount"),),
        ),
        make.arrow("room", "door", use="leave"),
        make.task(
            "raise",
            f"Set the limit to {wanted}.",
            expect=(changed("cards", 'label == "Blue"', limit=wanted),),
            may_be_infeasible=may_fail,
            max_steps=most,
        ),
    )


def maze(seed: int) -> Flow:
    """Return a random site: pages joined by buttons with guards and effects over three numbers, and a drawer to fill.

    Some are solvable, some are not; all have few states.
    """
    rng = random.Random(seed)
    names = [f"p{number}" for number in range(rng.randint(2, 4))]
    arrows: list[Transition] = []
    pages = []
    for page in names:
        content = _filled(rng, page, names, arrows)
        is_dialog = page == "p3"
        pages.append(make.page(page, *content, **({"kind": "dialog"} if is_dialog else {})))
    goals = rng.sample(["spot", "word"], rng.randint(1, 2))
    wanted = {"spot": str(rng.randint(0, 3)), "word": rng.choice(['"red"', '"blue"'])}
    keep = rng.random() < 0.5
    for place, one in enumerate(pages[:-1]):
        pages[place] = one.rebuilt(blocks=(*one.blocks, make.button(f"{one.id}_on")))
        effect = make.sets("word", wanted["word"]) if rng.random() < 0.5 else make.sets("a", "a + 1 if a < 3 else 0")
        arrows.append(make.arrow(one.id, names[place + 1], use=f"{one.id}_on", do=(effect,), name=f"{one.id}_next"))
    last = pages[-1].id
    done = (
        make.changes("drawer", 'label == "Top"', spot="a", word="word")
        if keep
        else make.adds("log", spot="a", word="word")
    )
    pages[-1] = pages[-1].rebuilt(blocks=(*pages[-1].blocks, make.button("put")))
    arrows.append(make.arrow(last, rng.choice(names), use="put", when=_guard(rng), do=(done,), name="put"))
    return make.flow(
        *pages,
        make.variable("a", "integer", 0),
        make.variable("b", "integer", 0),
        make.variable("word", "text"),
        make.table("drawer", "label:text", "spot:integer", "word:text", rows=(("Top", 7, None), ("Low", 7, None))),
        make.table("log", "spot:integer", "word:text", rows=()),
        *arrows,
        make.task(
            "fill",
            "Fill it with red or blue.",
            expect=(
                changed("drawer", 'label == "Top"', **{name: wanted[name] for name in goals})
                if keep
                else added("log", {name: wanted[name] for name in goals}),
            ),
            max_steps=40,
            may_be_infeasible=rng.random() < 0.5,
        ),
    )


def _filled(rng: random.Random, page: str, names: list[str], arrows: list[Transition]) -> list[AnyBlock]:
    """Return a page's buttons and perhaps a form, and add where they lead to the arrows."""
    buttons = [f"{page}_b{number}" for number in range(rng.randint(1, 3))]
    content: list[AnyBlock] = [make.button(name, **_shown(rng)) for name in buttons]
    for name in buttons:
        for turn in range(rng.randint(1, 2)):
            to = rng.choice([*names, "stay", "close" if page == "p3" else "stay"])
            when, do = _guard(rng), tuple(_effect(rng) for _ in range(rng.randint(0, 2)))
            arrows.append(make.arrow(page, to, use=name, when=when, do=do, name=f"{name}_{turn}"))
    if rng.random() < 0.5:
        content.append(
            make.form(
                f"{page}_form",
                make.field(f"{page}_text", required=rng.random() < 0.5),
                make.button(f"{page}_send", submit=True),
            )
        )
        put = make.sets("word", f"field.{page}_text") if rng.random() < 0.6 else _effect(rng)
        arrows.append(
            make.arrow(page, rng.choice(names), use=f"{page}_send", when=_guard(rng), do=(put,), name=f"{page}_put")
        )
    if rng.random() < 0.2:
        arrows.append(make.arrow(page, rng.choice(names), wait=rng.randint(2, 4), name=f"{page}_late"))
    return content


def _shown(rng: random.Random) -> dict[str, str]:
    """Return when a button is shown or enabled."""
    return rng.choice(({}, {}, {"show_if": _guard(rng)}, {"enabled_if": _guard(rng)}))


def _guard(rng: random.Random) -> str:
    """Return a random guard, or none."""
    return rng.choice(
        ("", "", "", "a < 2", "a > 0", "b == 1", "a != b", 'word == "red"', "word != empty", "any(drawer, spot == 1)")
    )


def _effect(rng: random.Random) -> Effect:
    """Return a random effect that keeps the number of states small."""
    top = 'label == "Top"'
    return rng.choice(
        (
            make.sets("a", "a + 1 if a < 3 else 0"),
            make.sets("b", "1 - b"),
            make.sets("a", "0"),
            make.sets("word", '"red"'),
            make.clears("word"),
            make.changes("drawer", top, spot="a"),
            make.changes("drawer", top, word="word"),
            make.changes("drawer", top, spot="a", word="word"),
            make.changes("drawer", 'label == "Low"', spot="b"),
            make.adds("log", spot="a", word="word"),
            make.clears("log"),
        )
    )
