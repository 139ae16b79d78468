"""Events as an iCalendar file (RFC 5545): whole days, each with a reminder on its alert day.

Only what we write: no recurrence, no time zone. A day is a day wherever it is read, as legal days are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from exigible.droit.jours import UN_JOUR

PRODID = "-//Exigible//Agenda//FR"
OCTETS_PAR_LIGNE = 75
"""RFC 5545 §3.1: a line is folded so that none is longer, its end of line not counted."""
HEURE_DU_RAPPEL = 9
"""Our own habit: a reminder rings at nine in the morning, by the reader's clock."""
_SUITE, _MASQUE = 0x80, 0xC0
"""How UTF-8 marks the bytes that continue a character."""
_UNE_HEURE = timedelta(hours=1)
_COMMANDES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Evenement:
    """A whole day. `uid` never changes for the same deadline; `rappel_le`: the day of the reminder.

    `modifie_le`: when what it says last changed; `sequence`: grows each time it does (RFC 5545 §3.8.7.4).
    """

    uid: str
    jour: date
    resume: str
    description: str
    categorie: str
    rappel_le: date
    modifie_le: datetime | None = None
    sequence: int = 0


def write_icalendar(
    evenements: Iterable[Evenement], ecrit_le: datetime, nom: str, relire: timedelta | None = None
) -> bytes:
    """Write a calendar named `nom`. `ecrit_le`: an instant with its zone (DTSTAMP).

    `relire`: how often a calendar that subscribed should come back. There is then no METHOD, and DTSTAMP is when the
    event last changed (RFC 5545 §3.8.7.2): what has not changed is written in the same bytes.
    """
    lignes = _list_lignes(evenements, ecrit_le, nom, relire)
    return b"".join(_fold(ligne) for ligne in lignes)


def _list_lignes(
    evenements: Iterable[Evenement], ecrit_le: datetime, nom: str, relire: timedelta | None
) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN")
    yield from () if relire else ("METHOD:PUBLISH",)
    yield f"X-WR-CALNAME:{escape(nom)}"
    if relire:
        duree = f"PT{relire // _UNE_HEURE}H"
        yield from (f"NAME:{escape(nom)}", f"REFRESH-INTERVAL;VALUE=DURATION:{duree}", f"X-PUBLISHED-TTL:{duree}")
    for e in evenements:
        change = e.modifie_le or ecrit_le
        yield from ("BEGIN:VEVENT", f"UID:{escape(e.uid)}")
        yield f"DTSTAMP:{write_instant(change if relire else ecrit_le)}"
        if e.modifie_le:
            yield from (f"LAST-MODIFIED:{write_instant(e.modifie_le)}", f"SEQUENCE:{e.sequence}")
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


def write_instant(instant: datetime) -> str:
    """Write an instant with its zone, in UTC."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


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
