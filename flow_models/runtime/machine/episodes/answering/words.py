"""Words that take an answer back, put it in doubt, offer another, or bring a value of their own.

All are English, with the commonest of some other languages; words of other scripts are not understood. They are in
small letters, with plain apostrophes.
"""

import re
from typing import Final

from .writing import UNREADABLE, is_latin

_NEGATING: Final = """
no not never none neither nor nothing nobody nowhere cannot isnt arent wasnt werent dont doesnt didnt cant couldnt wont
wouldnt shouldnt hasnt havent hadnt aint without except excepting excluding instead unlike unable fail fails failed
wrong incorrect false untrue mistaken mistakenly invalid inaccurate unknown unavailable undetermined impossible contrary
opposite refuse refuses unverified formerly previously former hardly scarcely barely excluded denied refused lack lacks
lacking missing absent nope nah null undefined unspecified tbd tbc error errors ignore disregard scratch oops joke
joking kidding jk fake pretend nicht kein keine keinen keiner nein weder pas jamais aucun non ni nunca tampoco niet geen
inte ikke nie nem nao
"""
_DOUBTING: Final = """
maybe perhaps probably possibly presumably supposedly allegedly apparently seemingly likely unlikely conceivably
potentially hypothetically theoretically arguably hopefully might could should seem seems seemed appear appears appeared
think thinks thought believe believes guess guessing guessed suppose assume assuming assumed assumption reckon suspect
imagine expect expects expected estimate estimated estimates estimating estimation projected rounded say doubt doubtful
unsure uncertain pseudo quasi but however although though example examples unclear unconfirmed tentative tentatively
kinda sorta est doubts afaik iirc imo imho wonder whether unless depends depending approximately approximate approx
approximation about around roughly circa ca nearly almost ballpark ish partly partially mostly sometimes somewhat
virtually practically vielleicht ungefahr ungefähr etwa zirka wohl wahrscheinlich rund peut environ presque quizas
quizás aproximadamente aprox forse talvez omtrent cirka ungefar
"""
_OFFERING: Final = "or either alternatively alternately versus vs otherwise oder entweder ou eller"
_PHRASES: Final = re.compile(
    r"\b(?:used to|other than|apart from|aside from|far from|all but|anything but|everything but|kind of|sort of"
    r"|close to|looks? like|sounds? like|up to|as far as|may be|may have|range of|plus minus"
    r"|as (?:much|little|many|few|high|low|long) as|n/a|made up|such as|for instance|e\.? ?g"
    r"|as opposed to|subject to|to be (?:confirmed|determined|checked|verified|decided)|(?:give|gave) up"
    r"|at (?:(?:an?|the) )?(?:minimum|maximum|earliest|latest|most|least|best|worst)|(?:worst|best) case"
    r"|too (?:much|many|little|few|high|low|long|short|big|small|large|early|late))\b"
)
_CONDITION: Final = re.compile(
    r"(?<!\bknow )(?<!\bask )(?<!\bme )\bif\b(?! (?:you (?:need|have|want|would|wish|like)|there)\b)|\bprovided that\b"
)
"""An "if" that the answer hangs on, as in "if you count fees"; not the one of "let me know if you need more"."""

_DIRECTLY_BEFORE: Final = re.compile(
    r"(?:^|[^a-z])(?:than|over|under|above|below|between|beyond|within|exceeding|some|like|minimum|maximum|max|min"
    r"|before|after|until|till|past|c\.|exceeds?|exceeded|surpass(?:es)?|near|besides?|next to|(?:similar|compared) to"
    r"|different from|(?:up|down) from|following|preceding"
    r"|(?:down|dropped|decreased?|declined?|fell|drop|reduction|shrank)(?: (?:by|of))?"
    r"|(?:out|short|shy|north|south|ahead|inside|excess|upwards?|most|much|parts?|portions?|pieces?|fractions?|rest"
    r"|remainder|bulk|majority|minimum|maximum|tens|multiples?|some|any|all|each|eve|weeks?|months?|years?|start|beginning|middle|end)"
    r" of)[ :*_\"'`(a-z]{0,3}$"
)
_TURNS_AFTER: Final = re.compile(
    r"^[ *_\"'`)]*(?:less|lower|fewer|cheaper|smaller|shorter|earlier|below|short|off|under|ish|ago|before|after|an?"
    r"|and (?:up|above|over|more|counting|change|beyond|(?:then )?some|a (?:bit|half|little)|falling|rising|growing)"
    r"|on(?=\W*$)|max|maximum|min|minimum|tops|upwards?|onwards?|every|monthly|daily|weekly|yearly|annually|hourly|nightly"
    r"|[ap]\.? ?m)\b"
)
REFUSED: Final = frozenset((_NEGATING + _DOUBTING + _OFFERING).split())
_VALUED: Final = """
hundred hundreds thousand thousands dozen dozens score couple pair pairs few several half halves quarter quarters third
thirds fourth fifth sixth seventh eighth ninth tenth hundredth twice thrice double triple quadruple times percent
percentage pct cent cents penny pennies pence cr dr overdrawn overdue owe owes owed debt deficit debit less fewer loss
losses lost shortfall overdraft arrears excess plus minus negative positive infinity infinite inf nan squared cubed
doubled tripled quadrupled halved noon midnight midday o'clock oclock per each apiece lakh lakhs crore crores grand
million millions billion billions trillion trillions bn mn mln mio mil mrd tsd tausend mille hundert duizend moins menos
meno weniger cien
"""
VALUES: Final = frozenset(_VALUED.split())
"""Words that change a number beside them or are one."""

_NUMBERS: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""
_NUMBER: Final = re.compile(
    rf"(?<![^\W\d_])(?<!\b(?:the|all) )(?<!\bthis )(?<!\b(?:your|that|each) )(?<!\b(?:these|those|other|which) )"
    rf"(?:{'|'.join(_NUMBERS.split())})(?![^\W\d_])(?!(?<=one) (?:of|way)\b)",
    re.IGNORECASE,
)
"""A number in words, where it does not only say which things are meant: "one of them", "the two accounts"."""

_VALUE_STARTS: Final = ("million", "milliard", "billion", "trillion", "quadrillion")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PLAIN_MARKS: Final = frozenset(
    " \n\u00a0.,;:!\"'()[]{}*_`|=&-\u2022\u00b7\u2192\u21d2\u27a1\u2705\u2714\u2611\x00"
    "\U0001f44d\U0001f389\U0001f642\U0001f60a"
)
"""Punctuation, markup, arrows and pictures that neither are a value nor take one back; NUL stands for the value."""

_BAD_MARKS: Final = re.compile(
    f"!=|[?~<>^\\\\{UNREADABLE}\u2248\u2243\u223c\u2260\u00b1\u2264\u2265\u00ac\u274c\u274e\u2717\u2718\u2715\u2716"
    "\U0001f6ab\U0001f44e\U0001f914\U0001f937\u26d4]"
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.casefold())


def takes_back(text: str) -> bool:
    """Say whether a text negates, doubts, asks, or offers something else."""
    small = text.casefold()
    if _BAD_MARKS.search(text) or not is_latin(text) or _PHRASES.search(small) or _CONDITION.search(small):
        return True
    return "may" in _WORD.findall(text) or any(is_refused(word) for word in words_of(text))


def is_refused(word: str) -> bool:
    """Say whether a word negates, doubts or offers something else."""
    return word in REFUSED or word.endswith("n't")


def bounds_or_compares(before: str, after: str) -> bool:
    """Say whether what stands directly around a value makes it a bound, a comparison or a difference downwards."""
    return bool(_DIRECTLY_BEFORE.search(before[-40:].casefold()) or _TURNS_AFTER.match(after[:40].casefold()))


def has_value(text: str) -> bool:
    """Say whether a text holds a number in any writing, a word that brings one, or a mark that is no punctuation."""
    if any(char.isnumeric() or not (char.isalpha() or char in _PLAIN_MARKS) for char in _without_slashes(text)):
        return True
    return bool(_NUMBER.search(text)) or any(
        word in VALUES or word.startswith(_VALUE_STARTS) or word.endswith("fold") for word in words_of(text)
    )


def _without_slashes(text: str) -> str:
    """Return a text without the slashes between its words."""
    return re.sub(r"(?<=[a-zA-Z])/(?=[a-zA-Z])", " ", text)
