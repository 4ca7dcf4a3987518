"""Names of people who do not exist.

The surnames are put together from parts of farm names, so that no name can be looked up and found.
"""

import random

FIRST_NAMES = (
    "Aina", "Aksel", "Alma", "Amal", "Amina", "Anders", "Anna", "Arne", "Asgeir", "Aslak",
    "Astrid", "Aurora", "Berit", "Birger", "Bjarte", "Bodil", "Brage", "Camilla", "Cecilie", "Dagfinn",
    "Daniel", "Dina", "Edvard", "Eirik", "Elin", "Elisabet", "Ella", "Emil", "Erna", "Eskil",
    "Fatima", "Filip", "Frode", "Gaute", "Gina", "Gro", "Guro", "Hanna", "Harald", "Hedda",
    "Helge", "Henrik", "Hilde", "Håkon", "Ida", "Idar", "Ingebjørg", "Inger", "Isak", "Ivar",
    "Jakob", "Janne", "Jasmin", "Jonas", "Jorunn", "Julie", "Jørgen", "Kamran", "Karoline", "Kjersti",
    "Kjetil", "Knut", "Kristine", "Lena", "Leon", "Linn", "Liv", "Maja", "Marek", "Mari",
    "Markus", "Mathea", "Mehmet", "Mina", "Mona", "Nadia", "Nils", "Nora", "Oda", "Odd",
    "Olav", "Ole", "Oskar", "Pernille", "Petter", "Ragnhild", "Randi", "Reidar", "Rolf", "Runa",
    "Samira", "Sanna", "Selma", "Sigrid", "Sigurd", "Silje", "Simen", "Siv", "Solveig", "Stian",
    "Sunniva", "Svein", "Synne", "Tale", "Terje", "Thanh", "Thea", "Tiril", "Tobias", "Tone",
    "Torbjørn", "Trygve", "Turid", "Ulrik", "Unni", "Vegard", "Vera", "Vidar", "Vilde", "Yngve",
    "Yusuf", "Zahra", "Øystein", "Åse", "Åsmund",
)  # fmt: skip
_FIRST_PARTS = (
    "Bekke", "Bjørke", "Blåbær", "Eike", "Fure", "Gnist", "Hassel", "Hegge", "Kløver", "Kvelds",
    "Lind", "Lyng", "Lønne", "Morgen", "Måne", "Nøtte", "Osp", "Rim", "Rogne", "Rype", "Selje",
    "Sommer", "Stjerne", "Timian", "Tiur", "Vinter",
)  # fmt: skip
_LAST_PARTS = ("bakken", "eng", "fjære", "haugen", "li", "myr", "nes", "stien", "sund", "tun", "vang", "voll")


def invent_names(how_many: int, chance: random.Random) -> list[str]:
    """That many different full names. No surname is used twice, so nobody is mistaken for another.

    Raises ValueError when more are asked for than there are surnames.
    """
    surnames = chance.sample([first + last for first in _FIRST_PARTS for last in _LAST_PARTS], how_many)
    deck: list[str] = []
    while len(deck) < how_many:
        deck += chance.sample(FIRST_NAMES, len(FIRST_NAMES))
    return [f"{first} {surname}" for first, surname in zip(deck, surnames, strict=False)]
