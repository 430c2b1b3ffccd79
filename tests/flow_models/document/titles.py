"""Titles that break programs: emoji, every script, what other formats take for their own, names of modules."""

# ruff: noqa: E501, RUF001, SIM905 # strange characters are what this module is for

import random
import sys
import unicodedata

_WRITTEN = r"""
. .. / \ ~ - _ __init__ -r_requirements.txt a/b ../../etc/passwd C:\x NUL con aux.txt com1 say"hi" it's ''' \" \\ \n
\u0041 ${HOME} $(id) `id` %s %(x)s {x} {{7*7}} {%raw%} {#x#} <b>x</b> <!--x--> ]]> &amp; [x](y) #x |a|b| --- === a=1
[project] #!/bin/sh None True nan 1e5 0x1f 007 1.0.0 v1 🏦 👩‍👩‍👧‍👦 🇵🇱 ✈️ ①②③ 𝔅𝔞𝔫𝔨 Ｂａｎｋ ﬁnance İstanbul ıq Straße Łódź Ørsted Þing
Đồng naïve Банк Τράπεζα בנק بنك بانک बैंक ব্যাংক வங்கி ธนาคาร ທະນາຄານ ဘဏ် ბანკი Բանկ ባንክ 은행 銀行 图书馆 図書館 ぎんこう ギンコウ ᏣᎳᎩ 𓀀
٣.١.٢ №1 Bank—online C++ C# .NET R&D A* 50%
""".split()

_INVISIBLE = (
    "", " ", "a\nb", "a\rb", "a\tb", '"""', "\u200b", "\u202eknab", "\u2066x\u2069", "\ufeffx", "a\u00a0b", "a\u2028b",
    "\u0007", "\x7f", "\x85", "\u0600", "\U000e0001", "\ufffd", "\U0010fffd", "\ue000", "e\u0301", "x" * 200, "é" * 200,
    "🏦" * 100,
)  # fmt: skip

_MODULES = """
json random site test tests types string calendar email secrets token queue gymnasium Gymnasium NumPy Playwright
BrowserGym Torch Ray TRL Transformers Verifiers OpenEnv pip Setuptools Wheel Pytest app exporters resources flow_models
match case class import lambda async distutils imp asyncore compression Requests Click Rich
""".split()

_UNUSABLE = frozenset({"Cs", "Cn", "Co"})


def _random_titles(count: int, seed: int) -> list[str]:
    """Return titles of random characters of every kind that a file can hold."""
    dice = random.Random(seed)
    codes = map(chr, range(1, sys.maxunicode + 1))
    usable = [character for character in codes if unicodedata.category(character) not in _UNUSABLE]
    return ["".join(dice.choices(usable, k=dice.randrange(1, 30))) for _ in range(count)]


_CHOSEN = (*_WRITTEN, *_INVISIBLE, *_MODULES)

HOSTILE_TITLES = (*_CHOSEN, *_random_titles(500 - len(_CHOSEN), seed=5))
