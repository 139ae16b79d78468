"""How the faults of a ledger's lines are said."""

from __future__ import annotations

from exigible.droit.phrase import Phrase, phrase


def say_incomplete(numero: int, lues: int, attendues: int, *, fin: bool) -> Phrase:
    """Too few columns; `fin`: on a last line that nothing ends."""
    if fin:
        return phrase(
            "Ligne {ligne} : {lues} colonnes au lieu de {attendues} : le fichier est sans doute tronqué, exportez-le "
            "de nouveau.",
            ligne=numero,
            lues=lues,
            attendues=attendues,
        )
    return phrase(
        "Ligne {ligne} : {lues} colonnes au lieu de {attendues}.", ligne=numero, lues=lues, attendues=attendues
    )


def say_piece(numero: int, faute: str) -> Phrase:
    """A day of piece that can't be read."""
    return phrase(
        "Ligne {ligne} : {faute} La date de l'écriture est prise à sa place.",
        ligne=numero,
        faute=faute,
    )


def say_refus(numero: int, compte: str, faute: str) -> Phrase:
    """A line refused, and the account that it was for."""
    if not compte:
        return phrase("Ligne {ligne} (compte absent) : {faute}", ligne=numero, faute=faute)
    return phrase("Ligne {ligne} (compte {compte}) : {faute}", ligne=numero, compte=compte, faute=faute)


def say_separateur(numero: int) -> Phrase:
    """A separator inside the label, that was put back together."""
    return phrase(
        "Ligne {ligne} : le libellé contient le séparateur du fichier ; la ligne est remise en ordre.", ligne=numero
    )


def say_excedent(numero: int, lues: int, attendues: int) -> Phrase:
    """Too many columns, and no telling which are which."""
    return phrase(
        "Ligne {ligne} : {lues} colonnes au lieu de {attendues}, un libellé contient sans doute le séparateur ; elle "
        "n'est pas reprise, corrigez-la.",
        ligne=numero,
        lues=lues,
        attendues=attendues,
    )
