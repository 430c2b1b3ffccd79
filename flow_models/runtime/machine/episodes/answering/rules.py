"""The grammar of answers in words: the one text that designers, agents and trainers read, and what goals say of it.

The documentation, the environment card and the environments' docstrings repeat or name `ANSWER_RULES`; a test holds
them together. Whoever changes a reading changes it here too.
"""

from collections.abc import Mapping
from typing import Final

from ...base import formats
from ...base.values import Value, from_json

ANSWER_RULES: Final = """\
A question is answered by `send_msg_to_user('...')`, once: the first message ends the episode. No language model judges.
A message is understood wholly, or it is a wrong answer: it must give the one expected value, once, and everything else
in it must be words without value.

In every answer:

- Quotes, emphasis, code ticks, headings, list marks, a period or exclamation mark, simple TeX (`\\boxed{...}`,
  `\\text{...}`), an `<answer>` tag and JSON around the value do not matter; nor do capital letters, kinds of spaces,
  quotes, apostrophes and dashes, full width, or composed and decomposed letters.
- Wrong is an answer that denies ("not", "isn't", "no longer", "except", ~~struck out~~), doubts ("maybe", "about", "I
  think", "could", "~", "but", "if", "for example"), asks ("?"), or offers something else ("or", "either", a range, a
  list, a bound such as "at least", "over", "before", "most of"). Words of other scripts than the Latin one are not
  understood beside a value.
- At most 10,000 characters are read.

By the type of the answer:

- **Amounts of money**: by value. Digits of any script, with thousands in groups (`1,254.90`, `1 254.90`, `1'254.90`);
  where the site's currency is written so, also `1.254,90`. The currency need not be said; if it is, by sign, code or
  word, it must be the site's. A minus sign in any dash, "minus", "negative", or brackets around the amount, as
  accountants write, make it negative. Scale words count: `$2 million`, `2k`. "per", "each", "less", cents, percent, a
  second number, and things or units behind it ("12 miles") are wrong.
- **Whole numbers and decimals**: as amounts, without a currency (a decimal may have the site's). Percent only where
  the question speaks of percent. Number words ("twelve"), fractions, powers and ordinals are wrong: write digits.
- **Dates**: `2027-03-15`, `15 March 2027`, `March 15th, 2027`, with the right day of the week if one is said.
  `03/04/2027` is read in the order of the site's locale. The year belongs to it.
- **Times**: `14:30`, `2:30 PM`, `3 pm`, `noon`, `midnight`. Without AM or PM the clock has 24 hours, and "this evening"
  must fit.
- **Yes or no**: "yes", "true", "correct", or "no", "false", "not true". "No, it is not" is a no, "Yes, but" is nothing.
- **Texts and choices**: the text as the page shows it, alone or in a sentence. There it must stand once, as whole
  words, and no other text that the question could have as answer may stand beside it. A text that shows an amount is
  compared as that amount.
"""

_HOW: Final[Mapping[str, str]] = {
    "money": "Answer with the amount alone, such as {example}.",
    "integer": "Answer with the number alone, in digits, such as {example}.",
    "decimal": "Answer with the number alone, in digits, such as {example}.",
    "date": "Answer with the date alone, such as {example}.",
    "time": "Answer with the time alone, such as {example}.",
    "boolean": "Answer with yes or no.",
}
_EXAMPLES: Final = {"money": "1250.50", "integer": "12", "decimal": "4.5", "date": "2027-03-15", "time": "14:30"}
_HOW_TEXT: Final = "Answer with the text alone, as the page shows it."


def how_to_answer(kind: str, currency: str, locale: str) -> str:
    """Return the sentence with which a goal says how to answer a question of a type on a site."""
    example: Value = from_json(_EXAMPLES[kind], kind) if kind in _EXAMPLES else None
    return _HOW.get(kind, _HOW_TEXT).format(example=formats.formatter(kind, currency, locale)(example))
