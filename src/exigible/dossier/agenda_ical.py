"""Events as an iCalendar file (RFC 5545): whole days, each with a reminder on its alert day.

Only what we write: no recurrence, no time zone. A day is a day wherever it is read, as legal days are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from exigible.droit.jours import UN_JOUR

PRODID = "-//Exigible//Agenda//FR"
OCTETS_PAR_LIGNE = 75
"""RFC 5545 §3.1: a line is folded so that none is longer, its end of line not counted."""
HEURE_DU_RAPPEL = 9
"""Our own habit: a reminder rings at nine in the morning, by the reader's clock."""
_SUITE, _MASQUE = 0x80, 0xC0
"""How UTF-8 marks the bytes that continue a character."""
_COMMANDES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Evenement:
    """A whole day. `uid` never changes for the same deadline; `rappel_le`: the day of the reminder."""

    uid: str
    jour: date
    resume: str
    description: str
    categorie: str
    rappel_le: date


def write_icalendar(evenements: Iterable[Evenement], ecrit_le: datetime, nom: str) -> bytes:
    """Write a calendar named `nom`. `ecrit_le`: an instant with its zone (DTSTAMP)."""
    lignes = _list_lignes(evenements, f"{ecrit_le.astimezone(UTC):%Y%m%dT%H%M%SZ}", nom)
    return b"".join(_fold(ligne) for ligne in lignes)


def _list_lignes(evenements: Iterable[Evenement], instant: str, nom: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{escape(nom)}"
    for e in evenements:
        yield from ("BEGIN:VEVENT", f"UID:{escape(e.uid)}", f"DTSTAMP:{instant}")
        yield f"DTSTART;VALUE=DATE:{e.jour:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{e.jour + UN_JOUR:%Y%m%d}"
        yield f"SUMMARY:{escape(e.resume)}"
        yield f"DESCRIPTION:{escape(e.description)}"
        yield f"CATEGORIES:{escape(e.categorie)}"
        yield "TRANSP:TRANSPARENT"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(e.resume)}")
        yield f"TRIGGER:{write_declenchement(e.jour, e.rappel_le)}"
        yield from ("END:VALARM", "END:VEVENT")
    yield "END:VCALENDAR"


def write_declenchement(jour: date, rappel_le: date) -> str:
    """Write how long before the day begins the reminder rings: `-P14DT15H` is nine o'clock fifteen days before."""
    heures = (jour - rappel_le).days * 24 - HEURE_DU_RAPPEL
    if heures <= 0:
        jours, reste = divmod(-heures, 24)
        signe = ""
    else:
        jours, reste = divmod(heures, 24)
        signe = "-"
    return f"{signe}P{f'{jours}D' if jours else ''}{f'T{reste}H' if reste else ''}"


def escape(texte: str) -> str:
    """Write a text value (RFC 5545 §3.3.11); what is no character of a text is dropped."""
    lu = _COMMANDES.sub("", texte.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return lu.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(ligne: str) -> bytes:
    """Cut a line every 75 bytes at most, never inside a character; what follows begins with a space."""
    octets = ligne.encode()
    morceaux = []
    limite = OCTETS_PAR_LIGNE
    while len(octets) > limite:
        coupe = limite
        while octets[coupe] & _MASQUE == _SUITE:
            coupe -= 1
        morceaux.append(octets[:coupe])
        octets = octets[coupe:]
        limite = OCTETS_PAR_LIGNE - 1
    return b"\r\n ".join((*morceaux, octets)) + b"\r\n"
