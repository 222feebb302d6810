"""What is looked for: words that all have to be there, each in one of its forms or as something that means the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from . import words

Alternative = tuple[str, ...]
"""Words that stand for one part of a question together, such as ("primair", "onderwijs")."""


class Part(NamedTuple):
    """A part of a question, and what means the same: one of ``alternatives`` has to be there."""

    alternatives: tuple[Alternative, ...]

    @property
    def words(self) -> Alternative:
        """As they were asked; of ``telling`` perhaps others that mean the same."""
        return self.alternatives[0]


class Wanted(NamedTuple):
    """A question: all ``parts`` of it, or with ``any_part`` as many as possible."""

    parts: tuple[Part, ...]
    any_part: bool = False

    @property
    def telling(self) -> "Wanted":
        """Without the words that are in everything: some indexes have them, others don't."""
        parts = (Part(tuple(filter(words.say_something, part.alternatives))) for part in self.parts)
        return self._replace(parts=tuple(part for part in parts if part.alternatives))

    def without(self, parts: Iterable[Part]) -> "Wanted":
        return self._replace(parts=tuple(part for part in self.parts if part not in set(parts)))

    @property
    def forms(self) -> list[str]:
        """All that is looked for, to be shown in what is found."""
        found = (words.forms(word) for part in self.parts for chosen in part.alternatives for word in chosen)
        return list(dict.fromkeys(form for forms in found for form in forms))


def read(text: str, synonyms: Iterable[Sequence[Alternative]]) -> Wanted:
    """``synonyms`` are groups of alternatives that mean the same; what is in several of them means all of these.

    They are known in their other forms and in another order too.
    """
    groups = defaultdict(list)
    for group in synonyms:
        for chosen in group:
            groups[known_by(chosen)] += group
    longest = max(map(len, groups), default=1)
    rest = words.read(text)
    parts = []
    while rest:
        part = _first_part(rest, groups, longest)
        parts.append(part)
        rest = rest[len(part.words) :]
    return Wanted(tuple(dict.fromkeys(parts)))


def _first_part(asked: list[str], groups: Mapping[Alternative, list[Alternative]], longest: int) -> Part:
    for length in range(min(longest, len(asked)), 0, -1):
        chosen = tuple(asked[:length])
        if group := groups.get(known_by(chosen)):
            return Part(tuple(dict.fromkeys([chosen, *group])))
    return Part(((asked[0],),))


def known_by(chosen: Alternative) -> Alternative:
    """The same for other forms of these words and another order."""
    return tuple(sorted(map(words.stem, chosen)))
