"""Which currencies a text names, by sign, code or word, and whether they can be the site's own."""

import re
from collections.abc import Mapping
from typing import Final

_CODES: Final = """
AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTC BTN BWP BYN BYR BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB ETH EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB
RWF SAR SBD SCR SDG SEK SGD SHP SKK SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TTD TWD TZS UAH UGX USD USDT UYU
UZS VEF VES VND VUV WST XAF XAG XAU XCD XOF XPF YER ZAR ZMW ZWL
"""
_NO_CODES: Final = "THE WAS ARE FOR AND YOU GET SUM DUE NOW PAY HAS NOT BUT ONE TWO SIX TEN"
"""Words of three capital letters; any others directly beside a number are a currency, if an unknown one."""

_SMALL: Final = "usd eur gbp chf jpy cad aud inr cny sek nok dkk pln czk"
"""Codes that count in small letters too, beside a number."""


def _listed(lines: str) -> Mapping[str, frozenset[str]]:
    """Return the currencies that namings can mean, from lines such as `peso ARS CLP`."""
    found = (line.split() for line in lines.strip().splitlines())
    return {line[0]: frozenset(line[1:]) for line in found}


_SIGNS: Final = _listed(
    """
    $ USD
    US$ USD
    C$ CAD
    CA$ CAD
    A$ AUD
    AU$ AUD
    NZ$ NZD
    HK$ HKD
    S$ SGD
    MX$ MXN
    R$ BRL
    NT$ TWD
    \u00a3 GBP
    \u20ac EUR
    \u00a5 JPY CNY
    \u20b9 INR
    \u20bd RUB
    \u20a9 KRW
    \u20ba TRY
    \u20ab VND
    \u20aa ILS
    \u20b4 UAH
    \u20a6 NGN
    \u20b1 PHP
    \u0e3f THB
    """
)
_WORDS: Final = _listed(
    """
    dollar USD CAD AUD NZD SGD HKD TWD FJD JMD BBD BSD BMD BZD TTD XCD NAD LRD GYD SRD KYD
    buck USD CAD AUD
    euro EUR
    pound GBP EGP GIP
    quid GBP
    sterling GBP
    franc CHF XAF XOF XPF
    franken CHF
    fr CHF
    yen JPY
    yuan CNY
    renminbi CNY
    rs INR PKR LKR NPR MUR
    rupee INR PKR LKR NPR MUR
    peso MXN ARS CLP COP PHP UYU DOP CUP
    kr SEK NOK DKK ISK
    krona SEK ISK
    kronor SEK
    krone NOK DKK
    kroner NOK DKK
    zloty PLN
    z\u0142oty PLN
    z\u0142 PLN
    koruna CZK
    k\u010d CZK
    forint HUF
    ft HUF
    lira TRY
    ruble RUB BYN
    rouble RUB BYN
    hryvnia UAH
    shekel ILS
    dirham AED MAD
    riyal SAR QAR OMR
    dinar KWD BHD JOD RSD TND DZD IQD
    baht THB
    ringgit MYR
    rupiah IDR
    bitcoin BTC
    """
)
_BEHIND: Final = _listed(
    """
    won KRW
    rand ZAR
    reais BRL
    """
)
"""Words that mean a currency only behind a number."""

_OF: Final = {
    "us": "USD",
    "u.s.": "USD",
    "american": "USD",
    "canadian": "CAD",
    "australian": "AUD",
    "new zealand": "NZD",
    "hong kong": "HKD",
    "singapore": "SGD",
    "swiss": "CHF",
    "british": "GBP",
    "egyptian": "EGP",
    "mexican": "MXN",
    "swedish": "SEK",
    "norwegian": "NOK",
    "danish": "DKK",
    "japanese": "JPY",
    "chinese": "CNY",
    "indian": "INR",
    "polish": "PLN",
    "czech": "CZK",
    "turkish": "TRY",
}
"""Whose currency a word before its name says."""

COMMA: Final = frozenset(
    "EUR CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RSD BRL ARS CLP COP UYU TRY RUB UAH IDR VND".split()  # noqa: SIM905
)
"""Currencies of countries that write decimals behind a comma."""

OWN: Final = "\u00a4"
"""Stands for the code of the site's own currency."""

_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def _any(*words: str) -> str:
    """Return a regular expression for any of some words that stands alone, the longest first."""
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return f"{_NO_LETTER_BEFORE}(?:{alternatives}){_NO_LETTER_BEHIND}"


_SIGN: Final = (
    rf"(?:{_NO_LETTER_BEFORE}(?:US|CA|AU|NZ|HK|MX|NT|C|A|S|R))?"
    rf"[$\u00a2\u00a3\u00a5\u058f\u060b\u09f3\u0e3f\u17db\u20a0-\u20c0\ufdfc{OWN}]"
)
_WHOSE: Final = "|".join(re.escape(whose) for whose in _OF)
_NAMES: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_NAME: Final = rf"{_NO_LETTER_BEFORE}(?:(?:{_WHOSE})[ -])?(?:{_NAMES})(?:s|es)?{_NO_LETTER_BEHIND}"
_SAID: Final = re.compile(rf"{_SIGN}|{_any(*_CODES.split())}|(?i:{_NAME})")
_CODE: Final = rf"{_NO_LETTER_BEFORE}(?!{_any(*_NO_CODES.split())})[A-Z]{{3}}{_NO_LETTER_BEHIND}"
_NATIONS: Final = (whose for whose in _OF if whose not in ("us", "u.s."))
BESIDE: Final = rf"(?:{_SIGN}|{_CODE}|(?i:{_NAME}|{_any(*_NATIONS, *_SMALL.split())}))"
"""What names a currency directly before a number; a regular expression with letters as they are."""

BEHIND: Final = rf"(?:{BESIDE}|{_any(*_BEHIND)})"
"""What names one directly behind it."""

_ONE_BESIDE: Final = re.compile(BEHIND)


def with_own(text: str, currency: str) -> str:
    """Return a text in which the code of the site's own currency is replaced by `OWN`."""
    return re.sub(_any(currency, currency.lower()), OWN, text)


def said(text: str) -> list[str]:
    """Return every naming of a currency in a text."""
    return _SAID.findall(text)


def beside(text: str) -> list[str]:
    """Return every naming of a currency in what stands directly beside a number."""
    return _ONE_BESIDE.findall(text)


def at_end(text: str) -> str:
    """Return the naming of a currency with which a text ends, empty if it ends otherwise."""
    found = list(_SAID.finditer(text.rstrip()))
    return found[-1].group() if found and found[-1].end() == len(text.rstrip()) else ""


def at_start(text: str) -> str:
    """Return the naming of a currency with which a text begins, empty if it begins otherwise."""
    found = _SAID.match(text.lstrip())
    return "" if found is None else found.group()


def without(text: str) -> str:
    """Return a text without the namings of currencies in it."""
    return _SAID.sub(" ", text)


def is_own(naming: str, currency: str) -> bool:
    """Say whether a naming can mean the site's own currency."""
    if naming in (OWN, currency):
        return True
    if naming in _SIGNS:
        return currency in _SIGNS[naming]
    words = naming.casefold()
    whose = next((one for one in _OF if words == one or words.startswith((f"{one} ", f"{one}-"))), "")
    if whose and _OF[whose] != currency:
        return False
    word = words[len(whose) :].strip(" -")
    return not word or currency in _meant(word)


def _meant(word: str) -> frozenset[str]:
    """Return the currencies that a word in small letters can mean; a code means itself."""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        found = _WORDS.get(form) or _BEHIND.get(form)
        if found:
            return found
    return frozenset({word.upper()})
