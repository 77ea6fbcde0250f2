"""Made-up people for the benchmarks: names in several scripts, as varied as in a large office's register."""

from __future__ import annotations

from random import Random


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_LATIN = _each("a an ba bek ca chi da dar do e el fa go ha i ja ka ko la le li lo ma mi mo na ni no o pa ra ri ro sa se si ta ti to va vi wa xu ya zo")
_CYRILLIC = _each("ан ба ва гор да дан е ер за и ка ко ла ли лю ма ми на ни но ол па ра ро са се си та то ха")
_ARABIC = _each("اب اح ال با بن جا حم خا دا را سا سع صا عب عل فا قا كر لا ما مح نا نو ها يا يو")
_HAN = tuple("王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯秀英明华丽军敏静强磊洋勇艳杰娟涛超霞平刚")
_THAI = _each("กา ขอ จัน ชา ดา ทอง นา บุญ ปา พร มา ยา รา วัน ศรี สม สุ หอม อา")
_GIVEN = _each("Ana Maria Ion Elena Nguyen Thi Linh Van Olga Ivan Blessing Grace Samuel Fatima Amina Yusuf Arta Besnik Katarzyna Piotr Amal Noor Tesfaye Hanna")
SCRIPTS = (("Latn", 70), ("Arab", 9), ("Cyrl", 8), ("Hans", 8), ("Thai", 5))
_COUNTRIES = {"Latn": ("RO", "AL", "VN", "PL", "NG", "GB", "ET", "BR"), "Arab": ("SD", "SY", "IQ", "IR"), "Cyrl": ("UA", "BG", "RU"), "Hans": ("CN",), "Thai": ("TH",)}  # fmt: skip


class Names:
    """Names from `random`: the same seed gives the same people."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def person(self) -> tuple[str, str, str]:
        """(given names, family name, country)."""
        script = self._random.choices([name for name, _ in SCRIPTS], [share for _, share in SCRIPTS])[0]
        country = self._random.choice(_COUNTRIES[script])
        if script == "Latn":
            given = self._random.choice(_GIVEN) if self._random.random() < 0.5 else self._word(_LATIN, 2, 3).capitalize()
            return given, self._word(_LATIN, 2, 4).capitalize(), country
        if script == "Cyrl":
            return self._word(_CYRILLIC, 2, 3).capitalize(), self._word(_CYRILLIC, 2, 4).capitalize(), country
        if script == "Hans":
            return self._word(_HAN, 1, 2), self._random.choice(_HAN), country
        return (
            (self._word(_ARABIC, 2, 3), self._word(_ARABIC, 2, 3), country) if script == "Arab" else (self._word(_THAI, 2, 3), self._word(_THAI, 2, 4), country)
        )

    def phone(self) -> str:
        return f"07700 {self._random.randrange(10**6):06}"

    def _word(self, syllables: tuple[str, ...], least: int, most: int) -> str:
        return "".join(self._random.choices(syllables, k=self._random.randint(least, most)))
