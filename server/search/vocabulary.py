"""Which words there are that somebody may have meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

SHORTEST_WITH_TYPO = 5
LONGEST_WITH_TYPO = 40
MOST_MEANT = 50


@dataclass(frozen=True)
class Vocabulary:
    """The words of all records. One that no record has any more does no harm: it finds nothing."""

    words: frozenset[str] = frozenset()

    @cached_property
    def letters(self) -> str:
        """Every letter that stands in one of the words."""
        return "".join(sorted({letter for word in self.words for letter in word}))

    def plus(self, words: set[str]) -> "Vocabulary":
        """With further words."""
        return self if words <= self.words else Vocabulary(self.words | words)

    def meant(self, word: str) -> tuple[str, ...]:
        """The words that are the given one but for one typo; those that begin with it are found anyway."""
        if not SHORTEST_WITH_TYPO <= len(word) <= LONGEST_WITH_TYPO or word.isdigit():
            return ()
        found = {each for each in one_typo_apart(word, self.letters) if each in self.words and not each.startswith(word)}
        return tuple(sorted(found)[:MOST_MEANT])


def words_kept(texts: Iterable[str]) -> set[str]:
    """The words of folded texts that somebody may have meant."""
    return {word for text in texts for word in text.split() if SHORTEST_WITH_TYPO - 1 <= len(word) <= LONGEST_WITH_TYPO + 1}


def one_typo_apart(word: str, letters: str) -> Iterator[str]:
    """Every text from which the word differs by one letter too many, missing or wrong, or by two that changed places."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + after[1:]
