"""What the Rework page shows, as data: the screen, what the record answered, what can be done.

Pure steps from one state to the next, no Qt, no clock and no database. What is read of the record
on other threads comes in as answers; an answer to what is asked no more changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from station.desk import NO_CODES
from station.model import (
    RIGHTS,
    RepairCodes,
    ReworkAction,
    ReworkOrder,
    Right,
    Trouble,
)
from station.model.finding import FoundUnit
from station.model.life import CaseTold, Life
from ui.card import Card, Phase
from ui.rework_states import Bar, Offered, Seat, State
from ui.screen import Screen

READS = "read identity"
"""The key of the action that only reads who a board is: every recipe has it, and it needs no case."""

_FIRST = frozenset({Bar.READ_ONLY, Bar.SCRAPPED, Bar.HALTED})
"""What is said before all else: whatever else is wrong does not matter then."""


@dataclass(frozen=True, slots=True)
class Rework:
    """All that the Rework page shows.

    `asked` is what was looked for and `found` what was found by it; `wanted` is the unit that is
    being read and `life` the one that is open. `chosen` is the slot of which somebody said that the
    unit sits there, `awaited` one whose board is being read so that its unit can be opened.
    `ordered` is the last order that was given for this unit, until its end was seen.
    """

    screen: Screen = field(default_factory=Screen)
    actions: tuple[ReworkAction, ...] | None = None
    """What the recipes offer; None until they were read."""
    codes: RepairCodes = NO_CODES
    labels: bool = False
    asked: str = ""
    found: tuple[FoundUnit, ...] | None = None
    wanted: int | None = None
    life: Life | None = None
    trouble: Trouble | None = None
    chosen: str = ""
    awaited: str = ""
    ordered: ReworkOrder | None = None
    since: tuple[int, int | None] = (0, None)
    """How many commands had been refused when it was ordered, and what run its slot showed."""

    @property
    def state(self) -> State:
        """Return what the page is about now."""
        if not self.screen.ready:
            return State.STARTING
        if self.screen.shift is None:
            return State.SIGNED_OUT
        if not self.may(Right.READ):
            return State.FORBIDDEN
        if self.wanted is not None and (self.life is None or self.life.unit != self.wanted):
            return State.READING
        if self.life is not None:
            return State.OPEN
        if self.asked and self.found is not None:
            return State.SEVERAL if self.found else State.UNKNOWN
        return State.EMPTY

    @property
    def can_look(self) -> bool:
        """Whether units can be looked for."""
        return self.state not in {State.STARTING, State.SIGNED_OUT, State.FORBIDDEN}

    @property
    def case(self) -> CaseTold | None:
        """The case that is open."""
        return self.life.open_case if self.life else None

    @property
    def cases(self) -> int:
        """How many cases the unit has had, the open one among them."""
        return len(self.life.cases) if self.life else 0

    @property
    def is_beyond(self) -> bool:
        """Whether an engineer must approve of the next case."""
        return 0 < self.codes.limit <= self.cases

    @property
    def is_scrapped(self) -> bool:
        """Whether the unit is out for good."""
        return self.life is not None and bool(self.life.scrapped)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of boards that the station has to do with, in order of the alphabet."""
        told = (*(each.kind for each in self.actions or ()), *(c.kind for c in self.screen.cards))
        return tuple(sorted({kind for kind in told if kind}))

    @property
    def seated(self) -> tuple[Card, ...]:
        """The cards in which a board sits, or on which something is being done."""
        return tuple(
            card for card in self.screen.cards if card.present or card.phase is Phase.RUNNING
        )

    @property
    def unread(self) -> tuple[Card, ...]:
        """The boards at rest that may be this unit: of its kind, and nobody knows who they are."""
        if self.life is None:
            return ()
        rest = (card for card in self.seated if card.phase is not Phase.RUNNING)
        return tuple(card for card in rest if not card.unit and card.kind == self.life.kind)

    @property
    def seat(self) -> Seat | None:
        """Return where the unit sits, or may sit; None where nobody can say."""
        if self.life is None:
            return None
        if self.ordered is not None:
            card = self.screen.card(self.ordered.slot)
            if card.phase is not Phase.EMPTY:
                return Seat(card.slot, card, sure=card.unit == self.life.serial)
        known = next((card for card in self.seated if card.unit == self.life.serial), None)
        if known is not None:
            return Seat(known.slot, known, sure=True)
        chosen = [card for card in self.seated if card.slot == self.chosen and not card.unit]
        maybe = chosen or list(self.unread)
        return Seat(maybe[0].slot, maybe[0], sure=False) if len(maybe) == 1 else None

    @property
    def is_ordered(self) -> bool:
        """Whether an order was given of which nothing was heard yet."""
        if self.ordered is None:
            return False
        refusals, run = self.since
        card = self.screen.card(self.ordered.slot)
        return card.present and card.run == run and self.screen.refusals == refusals

    @property
    def is_running(self) -> bool:
        """Whether something is being done to the unit, or will be in a moment."""
        seat = self.seat
        return self.is_ordered or (seat is not None and seat.card.phase is Phase.RUNNING)

    @property
    def doing(self) -> ReworkAction | None:
        """The action that was ordered last."""
        order = self.ordered
        mine = (a for a in self.actions or () if order and a.recipe == order.recipe)
        return next((action for action in mine if order and action.key == order.key), None)

    @property
    def is_ended(self) -> bool:
        """Whether what was ordered has ended, and nobody has put its verdict away."""
        if self.ordered is None:
            return False
        card = self.screen.card(self.ordered.slot)
        return card.phase is Phase.ENDED and card.run != self.since[1]

    @property
    def offered(self) -> tuple[Offered, ...]:
        """The actions for this kind of unit in the order of the recipes, those that erase last.

        Every recipe can read who a board is: that is offered once, and first. A recipe with a
        mistake does not tell its kind: it is shown for any.
        """
        if self.life is None:
            return ()
        kind = self.life.kind
        wrong = [each for each in self.actions or () if not each.kind and each.trouble]
        mine = [each for each in self.actions or () if each.kind == kind and each.key != READS]
        look = self._look(kind)
        mine = [*([look] if look else []), *sorted(mine, key=lambda each: each.erases), *wrong]
        bar = self._common_bar
        return tuple(Offered(action, self._bar(action, bar)) for action in mine)

    def may(self, right: Right) -> bool:
        """Tell whether this is theirs to do who is signed in."""
        shift = self.screen.shift
        return shift is not None and right in RIGHTS[shift.role]

    def after(self, screen: Screen) -> Rework:
        """Return the page once `screen` is what is known of the line."""
        return replace(self, screen=screen)

    def looking_for(self, text: str) -> Rework:
        """Return the page while `text` is being looked for."""
        return replace(self, asked=text, found=None, trouble=None)

    def answered(self, text: str, found: tuple[FoundUnit, ...]) -> Rework:
        """Return the page once it is known what `text` finds: one unit is opened at once."""
        if text != self.asked:
            return self
        known = tuple(each for each in found if each.unit is not None)
        if len(known) == 1 and known[0].unit is not None:
            return self.opening(known[0].unit)
        return replace(self.closed(), asked=text, found=known)

    def opening(self, unit: int) -> Rework:
        """Return the page while the life of `unit` is being read."""
        if self.life is not None and self.life.unit == unit:
            return replace(self, wanted=unit, asked="", found=None, trouble=None)
        return replace(self.closed(), wanted=unit)

    def opened(self, life: Life) -> Rework:
        """Return the page with the life that was read, if it is the one that is wanted."""
        return replace(self, life=life, trouble=None) if life.unit == self.wanted else self

    def failed(self, trouble: Trouble) -> Rework:
        """Return the page when the record could not be read."""
        wanted = self.life.unit if self.life else None
        return replace(self, wanted=wanted, trouble=trouble)

    def closed(self) -> Rework:
        """Return the page with no unit open."""
        away = replace(self, life=None, wanted=None, chosen="", awaited="", ordered=None)
        return replace(away, asked="", found=None, trouble=None)

    def choosing(self, slot: str) -> Rework:
        """Return the page when the unit is said to sit in `slot`."""
        return replace(self, chosen=slot, ordered=None)

    def ordering(self, order: ReworkOrder) -> Rework:
        """Return the page when `order` was given."""
        since = (self.screen.refusals, self.screen.card(order.slot).run)
        return replace(self, ordered=order, since=since)

    def awaiting(self, slot: str) -> Rework:
        """Return the page while the board in `slot` is being read, to open its unit."""
        return replace(self, awaited=slot)

    def put_away(self) -> Rework:
        """Return the page when the verdict of the last action was seen."""
        return replace(self, ordered=None)

    def order_for(self, action: ReworkAction) -> ReworkOrder | None:
        """Return what is to be ordered for `action`; None when something bars it."""
        seat = self.seat
        if self.life is None or seat is None or self._bar(action, self._common_bar) is not Bar.NONE:
            return None
        return ReworkOrder(seat.slot, action.recipe, action.key, self.life.unit)

    def first_look(self, card: Card) -> ReworkOrder | None:
        """Return what reads who the board in a slot is; None when nothing of the kind is offered."""
        look = self._look(card.kind)
        barred = self.screen.halted or card.phase is Phase.RUNNING or not self.may(Right.REWORK)
        if look is None or barred:
            return None
        return ReworkOrder(card.slot, look.recipe, look.key)

    def newly_read(self, before: Rework) -> str:
        """Return the serial of a board that has said who it is since, if its unit is to be opened.

        That is when nothing else is open and no other board has said so, or when this board was
        asked for. What a line is working on comes and goes, and nobody has asked for it here.
        """
        old = {card.slot: card.unit for card in before.screen.cards}
        new = [card for card in self.seated if card.unit and card.unit != old.get(card.slot, "")]
        shift = self.screen.shift
        if self.state not in {State.EMPTY, State.UNKNOWN} or (shift and shift.recipe):
            new = [card for card in new if card.slot == self.awaited]
        return new[0].unit if len(new) == 1 else ""

    def pulse(self) -> tuple[object, ...]:
        """Return what changes with each event that adds to the life of the unit that is open."""
        if self.life is None:
            return ()
        serial, screen = self.life.serial, self.screen
        label = screen.label if screen.label and screen.label.unit == serial else None
        cards = (card for card in screen.cards if card.unit == serial)
        return (
            screen.amended[0],
            tuple(unit for unit in screen.last if unit.unit == serial),
            label,
            tuple((card.run, card.outcome, card.settled) for card in cards),
        )

    def _look(self, kind: str) -> ReworkAction | None:
        looks = [each for each in self.actions or () if each.kind == kind and each.key == READS]
        return next((look for look in looks if look.trouble is None), None)

    @property
    def _common_bar(self) -> Bar:
        """What bars all actions, but for want of a case."""
        seat = self.seat
        if not self.may(Right.REWORK):
            return Bar.READ_ONLY
        if self.is_scrapped:
            return Bar.SCRAPPED
        if self.screen.halted is not None:
            return Bar.HALTED
        if self.is_running:
            return Bar.BUSY
        if seat is None:
            return Bar.WHICH if len(self.unread) > 1 else Bar.NOT_SEEN
        return Bar.NONE if seat.card.present else Bar.NOT_SEEN

    def _bar(self, action: ReworkAction, common: Bar) -> Bar:
        if common in _FIRST:
            return common
        if action.trouble is not None:
            return Bar.RECIPE
        return Bar.NO_CASE if self.case is None and action.key != READS else common
