"""Flaws of what is said and stored: done things that are not, values of another row, and what gets lost on the way."""

from flow_models.document.behaviour import Notice
from flow_models.document.elements import Element
from tests.flaws.chosen import WIZARD
from tests.flaws.editing import at, goes
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, Flaw, edits, sets
from tests.flow_models.builders import arrow
from tests.flow_models.builders import sets as set_to

CLAIMED = tuple(
    Flaw(
        title, "said and not done", "north_bank", edit, "opposite.told", at(name, "notice.text"), near,
        severity="warning", task=task,
        shows=(lambda played: played.rows("payees") == played.rows("payees", 0)) if task else None,
    )
    for title, name, edit, near, task in (
        (
            "Remove only says so", "x_rm_go", sets("transition", "x_rm_go", "do", ()),
            edits(
                sets("transition", "x_rm_go", "do", ()),
                sets("transition", "x_rm_go", "notice.text", "Nothing was removed."),
            ),
            "edit-payee",
        ),
        (
            "Cancel says that it saves", "x_ed_cancel",
            sets("transition", "x_ed_cancel", "notice", Notice(text="Your changes are saved.")),
            sets("transition", "x_ed_cancel", "notice", Notice(text="Your changes are discarded.")), "",
        ),
        (
            "what is called off was sent", "x_rv_cancel",
            sets("transition", "x_rv_cancel", "notice.text", "The payment was sent."),
            sets("transition", "x_rv_cancel", "notice.text", "The payment was cancelled."), "",
        ),
    )
)  # fmt: skip

ANOTHER = tuple(
    Flaw(title, "another row", "north_bank", edit, f"mismatch.{code}", element, near, severity="warning")
    for title, code, edit, element, near in (
        (
            "a payee shows the first one", "other_row", sets("block", "b_pe_facts", "record", "first(payees)"),
            Element("block", "b_pe_facts", "record"), sets("block", "b_pe_facts", "record", "record"),
        ),
        (
            "a form begins with the last IBAN", "other_begins",
            sets("block", "b_ed_iban", "initial", 'last(payees, value=iban, default="")'),
            Element("block", "b_ed_iban", "initial"), sets("block", "b_ed_iban", "initial", "trim(record.iban)"),
        ),
        (
            "a payment shows what is left", "shown", sets("block", "b_ac_sent", "columns.2.text", "{source.balance}"),
            Element("block", "b_ac_sent", "columns.2.text"),
            edits(
                sets("block", "b_ac_sent", "columns.2.text", "{source.balance}"),
                sets("block", "b_ac_sent", "columns.2.title", "Left"),
            ),
        ),
    )
)  # fmt: skip


def drafts(name: str, **values: str) -> Edit:
    """Return the edit by which a transition puts other values into variables."""

    def edit_of(variable: str, value: str) -> Edit:
        return lambda now: sets(
            "transition", name, "do",
            tuple(
                set_to(variable, value) if getattr(one, "variable", "") == variable else one
                for one in now.transitions_by_id[name].do
            ),
        )(now)  # fmt: skip

    return edits(*(edit_of(variable, value) for variable, value in values.items()))


ON_THE_WAY = tuple(
    Flaw(title, "lost on the way", base, edit, f"mismatch.{code}", at(name, place), near, severity="warning")
    for title, base, code, edit, name, place, near in (
        (
            "the amount grows before it is paid", "north_bank", "altered",
            drafts("x_se_ok", v_amount="field.amount + 1"), "x_se_ok", "do.2.value",
            drafts("x_se_ok", v_amount="field.amount + 0"),
        ),
        (
            "guest and email are swapped", WIZARD, "kept",
            drafts("x_guest", v_guest="field.email", v_email="field.guest"),
            "x_guest", "do.0.value", drafts("x_guest", v_guest="trim(field.guest)"),
        ),
        (
            "the old phone is stored again", "north_bank", "unchanged",
            sets("transition", "x_ep_save", "do.0.values.c_cu_phone", "record.phone"),
            "x_ep_save", "do.0.values.c_cu_phone",
            sets("transition", "x_ep_save", "do.0.values.c_cu_phone", "trim(field.phone)"),
        ),
    )
)  # fmt: skip


def first(*arrows: object) -> Edit:
    """Return the edit that adds transitions before all others."""
    return lambda now: now.rebuilt(transitions=(*arrows, *now.transitions))


def few(least: str) -> Edit:
    """Return the edit by which at least one ticket has to be ordered, and fewer are refused with a message."""
    refusing = arrow("tour", use="book", when="field.tickets < 1", notice="Take at least one.", name="x_new")
    return edits(sets("block", "f_tickets", "minimum", least), first(refusing))


def little(when: str) -> Edit:
    """Return the edit by which a payment is refused with a message."""
    return first(arrow("p_send", use="b_se_go", when=when, notice="That is too little.", name="x_new"))


LIMITED = tuple(
    Flaw(title, "beyond its limits", base, edit, "transition.never", at(name, "when"), near, severity="warning")
    for title, base, edit, name, near in (
        ("fewer tickets than a field takes", MUSEUM, few("1"), "x_new", few("0")),
        (
            "more nights than a field takes", WIZARD, goes("x_stay", "field.nights >= 30"), "x_stay",
            goes("x_stay", "field.nights >= 3"),
        ),
        ("nothing to pay", "north_bank", little("field.amount == 0"), "x_new", little("field.amount < 1")),
    )
)  # fmt: skip

PARTLY = tuple(
    Flaw(
        title, "asked of some only", base, goes(name, when), "repeating.alike", at(adds, "do.0"), goes(name, near),
        severity="warning",
    )
    for title, base, name, when, adds, near in (
        (
            "only the first payee is compared", "north_bank", "x_ad_taken",
            'first(payees, value=iban, default="") == field.iban',
            "x_ad_ok", "first(payees, iban == field.iban) != empty",
        ),
        (
            "only children are compared", "skylark_air", "x_at_known",
            'any(travellers, name == field.name and kind == "Child")',
            "x_at_ok", "any(travellers, name == field.name and kind == field.kind)",
        ),
        (
            "only one name is compared", "north_bank", "x_ad_taken",
            'any(payees, name == "Ann" and iban == field.iban)',
            "x_ad_ok", "any(payees, iban == field.iban)",
        ),
    )
)  # fmt: skip

COUNTED = tuple(
    Flaw(title, "never so many", MUSEUM, sets("block", "again", "show_if", when), "barred.block",
         Element("block", "again", "show_if"), sets("block", "again", "show_if", near), severity="warning")
    for title, when, near in (
        ("more tours than there are", "count(tours) > 20", "count(tours) > 9"),
        ("no tours at all", "count(tours) == 0", "count(bookings) == 0"),
        ("eleven tours", "count(tours) in [11, 12]", "count(tours) in [10, 12]"),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*CLAIMED, *ANOTHER, *ON_THE_WAY, *LIMITED, *PARTLY, *COUNTED)
