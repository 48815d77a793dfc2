"""A function that was run through, written as C: blocks nested by what decides about them, early ways out kept flat."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from zoll.parse.machine.lift.blocks import masters
from zoll.parse.machine.lift.chains import chain
from zoll.parse.machine.lift.constants import constants
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.machine import Event
from zoll.parse.machine.lift.tables import modes
from zoll.parse.machine.lift.threeway import Line, three_ways
from zoll.parse.machine.lift.values import CALL, PHI, ZERO, Value, inner, inverted, node, signed
from zoll.parse.machine.lift.wording import ASSERTIONS, LOWEST, OPERATOR, Wording, bare_function, identifier

SHORT = 24  # instructions of a way out that is written wherever it is taken
INDENT = "    "
DEEPEST = 12
ASSERTED = Value("name", f"{OPERATOR}asserted")


class Way(NamedTuple):
    """One side of a branch: the block that only it leads to, or what it returns, or nothing of its own.

    `size` counts the blocks that only it leads to.
    """

    body: int = -1
    returned: Value | None = None
    leaves: bool = False
    size: int = 0


class Writer:
    """Writes one function."""

    def __init__(self, flow: Flow, wording: Wording, name: str) -> None:
        self.flow, self.wording, self.name = flow, wording, name
        self.lines: list[Line] = []
        self.inlined: set[int] = set()  # calls that are written where their results are used, at once
        self._returned: dict[tuple[int, int], Value] = {}
        self.masters = masters(flow.blocks, flow.order)
        self.rank = {index: at for at, index in enumerate(flow.order)}
        self.kids: dict[int, list[int]] = {}
        for index in flow.order[1:]:
            self.kids.setdefault(self.masters[index], []).append(index)
        self.sizes = dict.fromkeys(flow.order, 1)
        for index in reversed(flow.order[1:]):
            self.sizes[self.masters[index]] += self.sizes[index]
        self.exits = self._exits()
        self.escaping = self._escaping()
        self.lines_told = set(self._told_lines())
        self.set_before = self._assignments()
        self._inline()

    # preparation

    def _exits(self) -> set[int]:
        """Return the blocks that only return, or lead to one that does, and that several ways lead to."""
        tails: set[int] = set()
        for index in reversed(self.flow.order):
            if self._only_returns(index, tails):
                tails.add(index)
        found: set[int] = set()
        for index in self.flow.order:
            before = self.flow.blocks[index].before
            if index in tails and (len(before) > 1 or not found.isdisjoint(before)):
                found.add(index)
        return found

    def _only_returns(self, index: int, tails: set[int]) -> bool:
        block, events = self.flow.blocks[index], self.flow.events[index]
        if len(block.instructions) > SHORT:
            return False
        if block.kind == "return":
            return len(events) == 1
        return not events and block.kind in ("next", "jump") and block.after[:1] != [] and block.after[0] in tails

    def _escaping(self) -> set[int]:
        """Return the blocks from whose own region some way leads on to what stands behind it."""
        found: set[int] = set()
        for index in self.flow.order:
            for after in self.flow.blocks[index].after:
                if after < 0 or after in self.exits:
                    continue
                above = index
                while above not in found and not self._governs(above, after):
                    found.add(above)
                    if self.masters[above] == above:
                        break
                    above = self.masters[above]
        return found

    def _governs(self, one: int, two: int) -> bool:
        while self.rank[two] > self.rank[one]:
            two = self.masters[two]
        return one == two

    def _values(self) -> Iterator[Value]:
        for index in self.flow.order:
            if index in self.exits:
                continue
            for event in self.flow.events[index]:
                yield from event.values
            if index in self.flow.asked:
                yield self.flow.asked[index]
            yield from (value for after in self.flow.blocks[index].after if (value := self.returned(index, after)))

    def returned(self, index: int, after: int) -> Value | None:
        """Return what a short way out returns when it is reached from a block, None if it is none."""
        if after not in self.exits:
            return None
        if (index, after) not in self._returned:
            self._returned[index, after] = self._return(index, after)
        return self._returned[index, after]

    def _return(self, index: int, after: int) -> Value:
        state = self.flow.ends[index]
        while True:
            events, _ = self.flow.run(after, state.copy())
            if events:
                return events[-1].values[0]
            state, after = self.flow.machine.state, self.flow.blocks[after].after[0]

    def _assignments(self) -> dict[int, list[Value]]:
        """Return, by block, the values that it hands on where several ways meet, if they are used there."""
        used: set[tuple[int, str]] = set()
        found: dict[int, list[Value]] = {}
        work = [phi for value in self._values() for phi in _phis(value)]
        while work:
            phi = work.pop()
            if (phi.a, phi.b) in used:
                continue
            used.add((phi.a, phi.b))
            for before in self.flow.blocks[phi.a].before:
                end = self.flow.ends.get(before)
                value = end.registers.get(phi.b) if end else None
                if value is None and end and phi.b.lstrip("-").isdigit():
                    value = end.slots.get(int(phi.b))
                if (phi.a, phi.b) in self.lines_told:
                    continue
                if value is not None and value != phi and value.kind != "unknown":
                    found.setdefault(before, []).append(value)
                    work += _phis(value)
        return found

    def _told_lines(self) -> Iterator[tuple[int, str]]:
        """Yield the values that are only handed on to tell a line of the source."""
        for events in self.flow.events.values():
            for event in events:
                line = self.wording.line_of(event.values) if event.kind == "call" else -1
                if line >= 0:
                    yield from ((phi.a, phi.b) for phi in _phis(event.values[line]))

    def _inline(self) -> None:
        """Find calls whose result is used once, at once: they are written there."""
        uses = Counter(
            call.a
            for value in (*self._values(), *(one for all_ in self.set_before.values() for one in all_))
            for call in _calls(value)
        )
        places: dict[int, list[tuple[int, int, Event]]] = {}
        for index in self.flow.order:
            for at, event in enumerate([] if index in self.exits else self.flow.events[index]):
                if event.kind == "call":
                    places.setdefault(event.address, []).append((index, at, event))
        for address, found in places.items():  # more than one where a block was copied
            if uses[address] == len(found) and all(self._used_next(*one) for one in found):
                self.inlined.add(address)
        self.unused = {
            event.address
            for events in self.flow.events.values()
            for event in events
            if event.kind == "call" and not uses[event.address]
        }

    def _used_next(self, index: int, at: int, event: Event) -> bool:
        events = self.flow.events[index]
        if at + 1 < len(events):
            following = events[at + 1].values
        elif (behind := self._behind(index)) >= 0 and self.flow.events[behind]:
            following = self.flow.events[behind][0].values
        else:
            asked = self.flow.asked.get(index)
            following = (asked,) if asked is not None else ()
            following += tuple(
                value for after in self.flow.blocks[index].after if (value := self.returned(index, after))
            )
            following += tuple(self.set_before.get(index, ()))
        return any(call.a == event.address for value in following for call in _calls(value))

    def _behind(self, index: int) -> int:
        """Return the block that follows a block as if it were its end, -1 for none."""
        after = self.flow.blocks[index].after
        alone = len(after) == 1 and after[0] >= 0 and self.flow.blocks[after[0]].before == [index]
        return after[0] if alone and after[0] not in self.exits else -1

    # writing

    def call(self, event: Event) -> str:
        """Return a call as C."""
        values = event.values
        if event.name:
            name = identifier(event.name)
        else:
            name, values = f"(*{self.wording.say(values[-1])})", values[:-1]
        told = [self.wording.say(value) for value in values]
        mode = modes().get(event.name, -1)
        if 0 <= mode < len(values):
            told[mode] = self.wording.mode(values[mode])
        for at, constant in constants(self.wording.image, event.name, values):
            told[at] = constant
        if event.name in ASSERTIONS:
            told = [bare_function(one) for one in told]
        line = self.wording.line_of(values)
        if line >= 0:
            told[line] = "__LINE__"
        return f"{name}({', '.join(told)})"

    def write(self) -> list[Line]:
        """Return the lines of the function."""
        self.lines = [Line(f"int {self.name}(void) {{", self.flow.blocks[0].start)]
        tasks: list[tuple[int, int, str, int]] = [(0, 1, "", 0)]
        while tasks:
            index, depth, text, address = tasks.pop()
            if text:
                self._put(depth, text, address)
            else:
                tasks += reversed(self._block(index, depth))
        self._put(0, "}", 0)
        return three_ways(self.lines)

    def _put(self, depth: int, text: str, address: int) -> None:
        self.lines.append(Line(INDENT * min(depth, DEEPEST) + text, address))

    def _block(self, index: int, depth: int) -> list[tuple[int, int, str, int]]:
        """Write what a block does; returns what follows: lines and blocks."""
        flow = self.flow
        for event in flow.events[index]:
            self._event(event, depth)
        last = flow.blocks[index].last.address
        for text in dict.fromkeys(self.wording.say(value) for value in self.set_before.get(index, ())):
            if text != "v":
                self._put(depth, f"v = {text};", last)
        kids = [kid for kid in self.kids.get(index, []) if kid not in self.exits]
        kind = flow.blocks[index].kind
        if kind == "branch" and index in flow.asked and flow.asked[index].kind != "number":
            return self._branch(index, depth, kids)
        if kind == "switch" and index in flow.asked:
            return self._switch(index, depth, kids)
        for after in flow.blocks[index].after:
            value = self.returned(index, after)
            if value is not None:
                self._put_all(self._returning(value, depth, last))
        return [(kid, depth, "", 0) for kid in kids]

    def _put_all(self, tasks: list[tuple[int, int, str, int]]) -> None:
        for _, depth, text, address in tasks:
            self._put(depth, text, address)

    def _returning(self, value: Value, depth: int, address: int) -> list[tuple[int, int, str, int]]:
        """Write what is returned; of a choice between two numbers each by itself, as if it were branched to."""
        if value.kind != "pick" or value.b.kind != "number" or value.c.kind != "number":
            return [(-1, depth, f"return {self.wording.say(value)};", address)]
        chosen, other = (f"return {self.wording.say(one)};" for one in (value.b, value.c))
        asked = f"if ({self.wording.ask(value.a)}) {{"
        inside = [(-1, depth, asked, address), (-1, depth + 1, chosen, address), (-1, depth, "}", 0)]
        return [*inside, (-1, depth, other, address)]

    def _event(self, event: Event, depth: int) -> None:
        wording = self.wording
        if event.kind == "call":
            said = self.call(event)
            if event.address in self.inlined:
                wording.inlined[event.address] = said
                return
            if event.address not in self.unused:
                said = f"{identifier(event.name) if event.name else 'call'}_result = {said}"
            self._put(depth, f"{said};", event.address)
        elif event.kind == "store":
            self._put(depth, f"{wording.say(event.values[0])} = {wording.stored(event.values[1])};", event.address)
        elif event.kind == "return":
            self._put_all(self._returning(event.values[0], depth, event.address))

    def _way(self, links: tuple[int, ...], after: int, kids: list[int]) -> Way:
        value = self.returned(links[-1], after)
        if value is not None:
            return Way(returned=value, leaves=True)
        before = self.flow.blocks[after].before if after in kids else []
        if before and len(before) <= len(links) and set(before) <= set(links):
            return Way(after, leaves=after not in self.escaping, size=self.sizes[after])
        return Way()

    def _listing(self, index: int) -> Value:
        """Return what a block asks; before a jump through a table, how many entries that has is told by its cases.

        So it is before a number's bit is looked up; and what an assertion asks is told by its words.
        """
        asked, blocks = self.flow.asked[index], self.flow.blocks
        asserted = [self._asserts(after, index) for after in blocks[index].after]
        if any(asserted) and not _calls(asked):
            return ASSERTED if asserted[1] else node("not", ASSERTED)
        if asked.kind != "condition" or asked.c.kind != "number":
            return asked
        subject = _subject(asked.b)[0]
        behind = (after for after in blocks[index].after if after >= 0 and blocks[after].before == [index])
        if not any(
            blocks[after].kind == "switch" or _looks_up(self.flow.asked.get(after), subject) for after in behind
        ):
            return asked
        listed = node("listed", subject)
        return {"<": listed, "<=": listed}.get(asked.a, node("not", listed) if asked.a in (">", ">=") else asked)

    def _asserts(self, after: int, index: int) -> bool:
        """Say whether a way from a block leads to nothing but a failed assertion that says what was asked."""
        if after < 0 or self.flow.blocks[after].before != [index]:
            return False
        further = self.flow.blocks[after].after
        if not self.flow.events.get(after) and len(further) == 1:  # the call is shared by several
            after = further[0]
        events = self.flow.events.get(after, ())
        if len(events) != 1 or events[0].name not in ASSERTIONS:
            return False
        said = self.wording.say(events[0].values[0]) if events[0].values else ""
        return said.startswith('"') and any(sign in said for sign in "=<>!(")

    def _branch(self, index: int, depth: int, kids: list[int]) -> list[tuple[int, int, str, int]]:
        asked, taken, other, links = chain(self, index, self._listing(index))
        block = self.flow.blocks[index]
        if len(links) > 1:
            own = {kid for link in links for kid in self.kids.get(link, []) if kid not in self.exits}
            kids = sorted(own.difference(links), key=self.rank.__getitem__)
        ways = [self._way(links, taken, kids), self._way(links, other, kids)]
        if taken < 0 <= block.leaving:
            ways[0] = Way(returned=Value("call", block.leaving, self.flow.machine.named(block.leaving)), leaves=True)
        loops = [one >= 0 and self._governs(one, index) for one in (taken, other)]
        back = any(loops) and ways[loops.index(True)] == Way()
        first = loops.index(True) if back else _first(ways, asked)
        condition = asked if first == 0 else inverted(asked)
        then, rest = ways[first], ways[1 - first]
        address = block.last.address
        condition = _as_bound(condition) if back else condition
        made = [(-1, depth, f"if ({self.wording.ask(condition)}) {{", address)]
        made += self._inside(then, depth + 1, address) if not back else [(-1, depth + 1, "continue;", address)]
        if rest.body >= 0 and not then.leaves and then != Way():
            made += [(-1, depth, "} else {", address), *self._inside(rest, depth + 1, address)]
            rest = Way()
        made.append((-1, depth, "}", 0))
        made += self._inside(rest, depth, address)
        bodies = {one.body for one in ways}
        return made + [(kid, depth, "", 0) for kid in kids if kid not in bodies]

    def _inside(self, way: Way, depth: int, address: int) -> list[tuple[int, int, str, int]]:
        if way.body >= 0:
            return [(way.body, depth, "", 0)]
        if way.returned is not None:
            return self._returning(way.returned, depth, address)
        return []

    def _switch(self, index: int, depth: int, kids: list[int]) -> list[tuple[int, int, str, int]]:
        block = self.flow.blocks[index]
        address = block.last.address
        subject, first = _subject(self.flow.asked[index])
        made = [(-1, depth, f"switch ({self.wording.say(subject)}) {{", address)]
        bodies = set()
        for after, labels in zip(block.after, block.labels, strict=True):
            way = self._way((index,), after, kids)
            if way == Way():
                continue
            bodies.add(way.body)
            made += [(-1, depth, f"case {label + first}:", address) for label in labels[:16]]
            made += [*self._inside(way, depth + 1, address), (-1, depth + 1, "break;", 0)]
        made.append((-1, depth, "}", 0))
        return made + [(kid, depth, "", 0) for kid in kids if kid not in bodies]


def _looks_up(asked: Value | None, subject: Value) -> bool:
    """Say whether a condition asks for a bit of a fixed number, at the place that another value says."""
    parts = list(inner(asked)) if asked else []
    return any(one.kind in ("<<", ">>") and one.a.kind == "number" and one.b == subject for one in parts)


def _subject(value: Value) -> tuple[Value, int]:
    """Return what a jump table is entered with, and what its first entry stands for."""
    value = next((one.a for one in inner(value) if one.kind == "at"), value)
    while value.kind in ("*", "<<") or (value.kind == "+" and value.b.kind != "number"):
        value = value.b if value.kind == "+" and value.b.kind in ("*", "<<") else value.a
    if value.kind == "+" and value.a.kind in ("*", "<<"):
        return _subject(value.a)
    return (value.a, -signed(value.b.a)) if value.kind == "+" and abs(signed(value.b.a)) < LOWEST else (value, 0)


def _first(ways: list[Way], asked: Value) -> int:
    """Return which side of a branch is written first: one that leaves, the much shorter one, one with a body, equality.

    What is alike must come out alike whatever order the compiler put the blocks in.
    """
    for tell in (_leaves, _has_body):
        told = [tell(way) for way in ways]
        if told[0] != told[1]:
            return told.index(True)
        shorter = [one for one in (0, 1) if 2 * ways[one].size < ways[1 - one].size]
        if told[0] and shorter:
            return shorter[0]
    return 0 if _positive(asked) else 1


def _as_bound(asked: Value) -> Value:
    """Return what a loop asks at its end: counting up to a number is written `<`, as compilers mostly ask `!=`."""
    counts = asked.kind == "condition" and asked.a == "!=" and asked.c.kind == "number" and asked.c != ZERO
    return node("condition", "<", asked.b, asked.c) if counts and _phis(asked.b) else asked


def _positive(asked: Value) -> bool:
    if ASSERTED in (asked, asked.a):
        return asked != ASSERTED
    if asked.kind == "condition":
        against_zero = asked.c == ZERO and asked.a in {"==", "!="}
        return asked.a == "!=" if against_zero else asked.a in {"==", ">"}
    return asked.kind != "not"


def _leaves(way: Way) -> bool:
    return way.leaves


def _has_body(way: Way) -> bool:
    return way.body >= 0


def _phis(value: Value) -> list[Value]:
    if not value.depth:
        return [value] if value.kind == "phi" else []
    return [one for one in inner(value) if one.kind == "phi"] if value.holds & PHI else []


def _calls(value: Value) -> list[Value]:
    if not value.depth:
        return [value] if value.kind == "call" else []
    return [one for one in inner(value) if one.kind == "call"] if value.holds & CALL else []
