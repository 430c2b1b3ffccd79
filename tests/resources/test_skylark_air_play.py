"""Every task of Skylark Air done by hand, as a visitor would do it: by what stands on the page."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.pages.view import Field, ListView
from tests.resources.visiting import Visitor

SEEDS = range(3)
MAY_FAIL = {"reward-seat", "move-trip", "check-in"}


@cache
def _machine() -> Machine:
    return Machine(compile_flow(storage.load(resources.path("examples", "skylark_air.flow.json"))).program)


class Traveller(Visitor):
    """A visitor of the airline."""

    def __init__(self, task: str, seed: int) -> None:
        super().__init__(_machine(), task, seed)

    def place(self, airport: str) -> str:
        """Return what a field with suggestions calls an airport."""
        return f"{self.cell('airports', airport, 'city')} ({self.cell('airports', airport, 'code')})"

    def search(self, flight: str, people: str, back: str = "") -> None:
        if back:
            self.fill("Trip", "Return")
        self.fill("From", self.place(self.cell("flights", flight, "origin")))
        self.fill("To", self.place(self.cell("flights", flight, "destination")))
        self.fill("Departure date", self.cell("flights", flight, "date"))
        if back:
            self.fill("Return date", self.cell("flights", back, "date"))
        self.fill("Passengers", people)
        self.use("Search flights")

    def select(self, row: str, words: str = "Select") -> None:
        """Use a control of a flight or trip."""
        self.use(words, row)

    def free_seats(self) -> list[str]:
        """Return the seats that can be chosen, as the plan calls them."""
        [plan] = [part for part in self.episode.view.controls() if isinstance(part, Field) and part.grid]
        return [place.label for _, line in plan.grid for place in line if place.is_free]

    def name(self, title: str, who: object) -> None:
        self.fill(title, who)
        self.fill("Age group", "Adult")
        self.use("Continue to seats")

    def pay(self) -> None:
        """Pay with the card that has most left."""
        self.use("Continue to review")
        self.use("Continue to payment")
        schema = self.machine.schema.tables["cards"]
        rows = self.start.state.tables[schema.index].rows
        best = max(rows, key=lambda row: Decimal(str(row[schema.columns["available"]])))
        field = next(part for part in self.episode.view.controls() if isinstance(part, Field))
        self.step(Event("select", field.id, value=str(best[0])))
        terms = next(
            part for part in self.episode.view.controls() if isinstance(part, Field) and part.kind == "checkbox"
        )
        self.step(Event("check", terms.id))
        self.use("Pay now")

    def open_trip(self) -> None:
        if self.episode.view.title != "My trips":
            self.use("My trips")
        trip = str(self.parameters["trip"])
        self.select(trip, self.cell("airports", self.city_of(trip), "city"))

    def city_of(self, trip: str) -> str:
        """Return the airport to which a trip leads."""
        return self.cell("flights", self.cell("bookings", trip, "flight"), "destination")


def _cheap_morning_flight(me: Traveller) -> None:
    flight = str(me.parameters["flight"])
    me.search(flight, "1 passenger")
    me.fill("Departure time", "Morning (before 12:00)")
    me.fill("Stops", "Direct only")
    me.fill("Sort by", "Cheapest first")
    me.use("Update list")
    [listed] = [part for part in me.episode.view.main if isinstance(part, ListView)]
    assert listed.rows[0].key == flight
    me.use("Select", flight)
    me.use("Choose Light")
    me.name("Full name", me.parameters["name"])
    me.fill("Seat of the first passenger", next(seat for seat in me.free_seats() if "window" in seat)[:2])
    me.use("Continue to extras")
    me.pay()


def _return_trip(me: Traveller) -> None:
    out, back = str(me.parameters["out"]), str(me.parameters["back"])
    me.search(out, "1 passenger", back)
    me.select(out)
    me.use(f"Choose {me.named('fare', 'fares')}")
    me.select(back, "Choose")
    me.name("Full name", me.parameters["name"])
    me.fill("Seat of the first passenger", me.free_seats()[0][:2])
    me.use("Continue to extras")
    me.pay()


def _flight_seat_and_bag(me: Traveller) -> None:
    flight = str(me.parameters["flight"])
    me.search(flight, "1 passenger")
    me.select(flight)
    me.use(f"Choose {me.named('fare', 'fares')}")
    me.name("Full name", me.parameters["name"])
    me.fill("Seat of the first passenger", me.named("seat", "seats", "code"))
    me.use("Continue to extras")
    me.fill("Hold bags", me.named("bags", "extras"))
    me.pay()


def _adult_and_child(me: Traveller) -> None:
    flight = str(me.parameters["flight"])
    me.search(flight, "2 passengers")
    me.select(flight)
    me.use(f"Choose {me.named('fare', 'fares')}")
    me.fill("Full name of the first passenger", me.parameters["name"])
    me.fill("Age group of the first passenger", "Adult")
    me.fill("Full name of the second passenger", me.parameters["child"])
    me.fill("Age group of the second passenger", "Child")
    me.use("Continue to seats")
    me.fill("Seat of the first passenger", me.free_seats()[0][:2])
    me.use("Continue to extras")
    me.pay()


def _fare_difference(me: Traveller) -> None:
    flight = str(me.parameters["flight"])
    me.search(flight, "1 passenger")
    me.select(flight)
    light, flex = (Decimal(me.cell("flights", flight, fare)) for fare in ("light", "flex"))
    me.step(Event("message", value=f"€{flex - light:,.2f}"))


def _lowest_fare(me: Traveller) -> None:
    me.search(str(me.parameters["flight"]), "1 passenger")
    me.fill("Sort by", "Cheapest first")
    me.use("Update list")
    [listed] = [part for part in me.episode.view.main if isinstance(part, ListView)]
    me.step(Event("message", value=str(listed.rows[0].cells[-1])))


def _reward_seat(me: Traveller) -> None:
    award = str(me.parameters["award"])
    me.use("Reward seats")
    airport = me.cell("flights", me.cell("awards", award, "flight"), "destination")
    me.use(me.cell("airports", airport, "city"), award)
    me.fill("Who is flying?", me.named("traveller", "travellers"))
    me.use("Book with points")


def _cancel_trip(me: Traveller) -> None:
    me.open_trip()
    me.use("Cancel trip")
    me.use("Yes, cancel the trip")


def _move_trip(me: Traveller) -> None:
    me.open_trip()
    me.use("Change flight")
    [choice] = [part for part in me.episode.view.controls() if isinstance(part, Field)]
    me.step(Event("select", choice.id, value=str(me.parameters["flight"])))
    me.use("Change flight")


def _change_seat(me: Traveller) -> None:
    me.open_trip()
    me.use("Passengers and extras")
    me.use("Change seat")
    me.fill("New seat", me.named("seat", "seats", "code"))
    me.use("Save seat")


def _add_bag(me: Traveller) -> None:
    me.open_trip()
    me.use("Passengers and extras")
    me.use("Change bags")
    me.fill("Hold bags", me.named("bags", "extras"))
    me.use("Save bags")


def _refund(me: Traveller) -> None:
    me.open_trip()
    me.use("Fare and payment")
    price = Decimal(me.named("trip", "bookings", "price"))
    percent = int(me.cell("fares", me.named("trip", "bookings", "fare"), "refund_percent"))
    me.step(Event("message", value=f"{price * percent / 100:.2f}"))


def _traveller_phone(me: Traveller) -> None:
    me.use("Sign in")
    me.fill("User name", me.named("member", "members", "username"))
    me.fill("Password", me.named("member", "members", "password"))
    assert me.use("Sign in").reward_parts[1] > 0
    me.use("My account")
    me.use("Travellers")
    me.use("Edit", str(me.parameters["traveller"]))
    me.fill("Phone", me.parameters["phone"])
    me.use("Save traveller")


def _check_in(me: Traveller) -> None:
    me.open_trip()
    me.use("Check in")
    [safe] = [part for part in me.episode.view.controls() if isinstance(part, Field)]
    me.step(Event("check", safe.id))
    me.use("Check in")


def _write_to_us(me: Traveller) -> None:
    trip = str(me.parameters["trip"])
    me.use("Contact us")
    me.fill("Topic", me.named("letter", "letters", "topic"))
    city = me.cell("airports", me.city_of(trip), "city")
    me.fill("Trip", f"{me.cell('bookings', trip, 'code')}, {city}")
    me.fill("What happened?", me.named("letter", "letters", "words"))
    [files] = [part for part in me.episode.view.controls() if isinstance(part, Field) and part.kind == "file_field"]
    me.step(Event("use", files.id, "browse"))
    me.use(me.named("letter", "letters", "file"))
    me.use("Send")


def _find_and_correct(me: Traveller) -> None:
    me.use("Find a booking")
    me.fill("Booking reference", me.named("trip", "bookings", "code"))
    me.fill("Full name of the passenger", me.named("trip", "bookings", "passenger"))
    me.use("Find booking")
    me.use("Passengers and extras")
    me.use("Change phone number")
    me.fill("Phone", me.parameters["phone"])
    me.use("Save number")


BY_HAND: dict[str, Callable[[Traveller], None]] = {
    "cheap-morning-flight": _cheap_morning_flight,
    "return-trip": _return_trip,
    "flight-seat-and-bag": _flight_seat_and_bag,
    "adult-and-child": _adult_and_child,
    "fare-difference": _fare_difference,
    "lowest-fare": _lowest_fare,
    "reward-seat": _reward_seat,
    "cancel-trip": _cancel_trip,
    "move-trip": _move_trip,
    "change-seat": _change_seat,
    "add-bag": _add_bag,
    "refund": _refund,
    "traveller-phone": _traveller_phone,
    "check-in": _check_in,
    "write-to-us": _write_to_us,
    "find-and-correct": _find_and_correct,
}


def test_every_task_is_done_by_hand_below() -> None:
    assert set(BY_HAND) == set(_machine().program.tasks)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("task", [task for task in BY_HAND if task not in MAY_FAIL])
def test_a_task_of_skylark_air_is_done_by_hand(task: str, seed: int) -> None:
    me = Traveller(task, seed)
    BY_HAND[task](me)
    assert me.last is not None
    assert me.last.end_reason == "success"


@pytest.mark.parametrize("task", sorted(MAY_FAIL))
def test_what_the_airline_refuses_it_refuses_in_words(task: str) -> None:
    ends = set()
    for seed in range(12):
        me = Traveller(task, seed)
        BY_HAND[task](me)
        assert me.last is not None
        ends.add(me.last.end_reason)
        if not me.last.end_reason:
            assert me.notice[0] == "error"
    assert ends == {"", "success"}


def test_points_and_age_decide_about_a_reward_seat() -> None:
    for seed in range(12):
        me = Traveller("reward-seat", seed)
        _reward_seat(me)
        schema = me.machine.schema.tables["members"]
        points = int(str(me.start.state.tables[schema.index].rows[0][schema.columns["points"]]))
        enough = points >= int(me.named("award", "awards", "points"))
        is_adult = me.named("traveller", "travellers", "kind") == "Adult"
        assert me.last is not None
        assert (me.last.end_reason == "success") is (enough and is_adult)


def test_a_child_cannot_be_booked_alone() -> None:
    me = Traveller("flight-seat-and-bag", 1)
    flight = str(me.parameters["flight"])
    me.search(flight, "1 passenger")
    me.select(flight)
    me.use("Choose Light")
    me.fill("Full name", "Bobby Brown")
    me.fill("Age group", "Child")
    me.use("Continue to seats")
    assert me.episode.view.title == "Passengers"
    assert "cannot fly alone" in me.notice[1]


def test_a_card_with_too_little_left_is_declined_and_the_booking_kept() -> None:
    me = Traveller("flight-seat-and-bag", 2)
    flight = str(me.parameters["flight"])
    me.search(flight, "1 passenger")
    me.select(flight)
    me.use("Choose Flex")
    me.name("Full name", "Ann Archer")
    me.fill("Seat of the first passenger", me.free_seats()[0][:2])
    me.use("Continue to extras")
    schema = me.machine.schema.tables["cards"]
    table = me.start.state.tables[schema.index]
    poor = [row for row in table.rows if Decimal(str(row[schema.columns["available"]])) < 50]
    if not poor:
        pytest.skip("every card of this member has enough left")
    me.use("Continue to review")
    me.use("Continue to payment")
    card, terms = [part for part in me.episode.view.controls() if isinstance(part, Field)]
    me.step(Event("select", card.id, value=str(poor[0][0])))
    me.step(Event("check", terms.id))
    me.use("Pay now")
    assert (me.episode.view.title, me.notice[0]) == ("Payment", "error")
    assert "declined" in me.notice[1]


def test_two_passengers_sit_next_to_each_other() -> None:
    me = Traveller("adult-and-child", 1)
    _adult_and_child(me)
    schema = me.machine.schema.tables["bookings"]
    booked = me.episode.state.tables[schema.index].rows[-1]
    seats = [str(booked[schema.columns[name]]) for name in ("seat", "second_seat")]
    (line, side), (other_line, other_side) = (
        [me.cell("seats", seat, name) for name in ("line", "side")] for seat in seats
    )
    assert seats[0] != seats[1]
    assert (line, side) == (other_line, other_side)


def test_who_types_a_part_of_a_city_is_offered_its_airport() -> None:
    me = Traveller("lowest-fare", 0)
    me.fill("From", "hart")
    [field] = [part for part in me.episode.view.controls() if isinstance(part, Field) and part.title == "From"]
    assert [button.text for button in field.buttons] == ["Hartsea (HSC)"]
    me.use("Hartsea (HSC)")
    [field] = [part for part in me.episode.view.controls() if isinstance(part, Field) and part.title == "From"]
    assert field.text == "Hartsea (HSC)"


def test_cancelling_another_trip_fails_the_task() -> None:
    me = Traveller("cancel-trip", 0)
    me.use("My trips")
    schema = me.machine.schema.tables["bookings"]
    others = [row for row in me.start.state.tables[schema.index].rows if row[0] != me.parameters["trip"]]
    me.select(str(others[0][0]), me.cell("airports", me.city_of(str(others[0][0])), "city"))
    me.use("Cancel trip")
    assert me.use("Yes, cancel the trip").end_reason == "failure"


def test_without_signing_in_nobody_books() -> None:
    me = Traveller("find-and-correct", 0)
    schema = me.machine.schema.tables["flights"]
    flight = str(me.start.state.tables[schema.index].rows[0][0])
    me.search(flight, "1 passenger")
    me.select(flight)
    me.use("Choose Light")
    assert me.episode.view.title == "Sign in"


def test_the_phone_page_of_a_booking_opens_only_to_whoever_found_it() -> None:
    me = Traveller("find-and-correct", 0)
    wanted = Event("goto", value=f"https://skylarkair.test/trips/{me.named('trip', 'bookings', 'code')}/phone")
    me.step(wanted)
    assert me.episode.view.title == "Page not found"
    me.use("Go to the start")
    me.use("Find a booking")
    me.fill("Booking reference", me.named("trip", "bookings", "code"))
    me.fill("Full name of the passenger", me.named("trip", "bookings", "passenger"))
    me.use("Find booking")
    me.step(wanted)
    assert me.episode.view.title == "Change phone number"
