"""The language that a text is most likely in, where its letters alone say so."""

from __future__ import annotations

import re
from collections import Counter

SCRIPTS = {
    "ar": re.compile("[\u0620-\u064a\u0671-\u06d3]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
OWN = {"fa": re.compile("[پچژگ]"), "uk": re.compile("[іїєґ]"), "ru": re.compile("[ыэъё]")}
MOST = 0.4  # of the letters: names of functions and libraries stand in Latin ones
PERSIAN = 0.02  # of Persian: Arabic has few in names
KANA = 0.1  # of Japanese: Chinese has none


def language_of(text: str) -> str | None:
    """Return the code of the language that the letters of a text are of; None where many share them.

    Examples
    --------
    >>> [language_of(each) for each in ("Words", "数据 pandas 分析", "データの分析", "Мы", "Її")]
    [None, 'zh', 'ja', 'ru', 'uk']
    >>> [language_of(each) for each in ("مقدمة الكتاب", "این یک کتاب است گ", "Грешка")]
    ['ar', 'fa', None]
    """
    counts = Counter({code: len(pattern.findall(text)) for code, pattern in SCRIPTS.items()})
    letters = counts.total() + len(LATIN.findall(text))
    if counts["ja"] > KANA * (counts["zh"] + counts["ja"]):
        counts["ja"] += counts.pop("zh")
    code, most = counts.most_common(1)[0]
    if not most or most < MOST * letters:
        return None
    if code == "ar":
        return "fa" if len(OWN["fa"].findall(text)) > PERSIAN * most else code
    if code == "ru":
        lower = text.lower()
        found = [each for each in ("ru", "uk") if OWN[each].search(lower)]
        return max(found, key=lambda each: len(OWN[each].findall(lower))) if found else None
    return code
