"""Which tariff of the commissaires de justice governs an act, and its values as they were read.

A tariff changes on 1 March of an even year; an act done within two months, or paid in advance before, keeps the former
one (transitional rule of each order).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.valeurs import Valeur, ValeurAjoutee

BAREME = "tarifs_commissaires_justice"
_MOIS_DE_RAPPEL = 12


@dataclass(frozen=True, slots=True)
class Reglages:
    """What decides of the tariff, beside the day.

    `provision_le`: day on which the client first paid in advance; `provisoire`: beyond the known tariffs, go on with
    the last one; `ajouts`: values that the user added to the tables.
    """

    provision_le: date | None = None
    provisoire: bool = False
    ajouts: tuple[ValeurAjoutee, ...] = ()


SANS_REGLAGE = Reglages()


class TarifDuJour:
    """The tariff that governs a day: reads its values and keeps their first day, their sources and their doubts."""

    def __init__(self, jour: date, reglages: Reglages) -> None:
        self._bareme = load_bareme(BAREME, reglages.ajouts)
        self._provisoire = reglages.provisoire
        self.debut = date.min
        self.avertissements: list[Avertissement] = []
        self.sources: list[str] = []
        self._jour = self._find_jour(jour, reglages.provision_le)

    def _find_jour(self, jour: date, provision_le: date | None) -> date:
        """Return a day of the tariff that applies: the former one for acts done or paid in advance around a change."""
        tva = self._bareme.get_valeur(jour, "tva", provisoire=self._provisoire)
        changement = self._bareme.find_valeur(min(jour, tva.fin or jour), "transition_mois")
        if changement is None:
            return jour
        debut, premier = changement.debut, add_mois(changement.debut, int(changement.valeur))
        paye_avant = provision_le is not None and provision_le < debut
        if jour >= premier and not paye_avant:
            if provision_le is None and jour < add_mois(debut, _MOIS_DE_RAPPEL):
                self._warn_rappel(debut)
            return jour
        self.avertissements += self._bareme.list_avertissements(changement)
        self._warn_ancien(debut, premier)
        return provision_le if provision_le is not None and paye_avant else debut - UN_JOUR

    def warn(self, code: str, message: Phrase) -> None:
        """Keep a warning."""
        self.avertissements.append(Avertissement(code, message))

    def _warn_ancien(self, debut: date, premier: date) -> None:
        self.warn(
            "tarif_ancien",
            phrase(
                "Tarif antérieur au {debut} : il reste applicable aux prestations accomplies avant le {premier}, ou "
                "pour lesquelles une provision a été versée ou des frais engagés avant le {debut} (règle transitoire "
                "de l'arrêté tarifaire).",
                debut=debut,
                premier=premier,
            ),
        )

    def _warn_rappel(self, debut: date) -> None:
        self.warn(
            "tarif_ancien_possible",
            phrase(
                "Si une provision a été versée ou des frais engagés avant le {debut}, le tarif antérieur reste "
                "applicable (règle transitoire de l'arrêté tarifaire) : indiquez la date de la provision.",
                debut=debut,
            ),
        )

    def find(self, serie: str) -> Valeur | None:
        """Return the value of the tariff, or None when it was not read for that day."""
        valeurs = self._bareme.series.get(serie)
        if valeurs is None or self._jour < valeurs[0].debut:
            return None
        if valeurs[-1].terminee and self._bareme.find_valeur(self._jour, serie) is None:
            return None
        return self._bareme.get_valeur(self._jour, serie, provisoire=self._provisoire)

    def get(self, serie: str, libelle: str) -> Valeur:
        """Return the value. Raises ErreurBareme (`tarif_non_lu`)."""
        valeur = self.find(serie)
        if valeur is None:
            raise self.build_non_lu(libelle)
        return valeur

    def use(self, serie: str, libelle: str) -> Valeur:
        """Return a value that makes the fee, and keep what the reader must know of it. Raises like `get`."""
        valeur = self.get(serie, libelle)
        self.debut = max(self.debut, valeur.debut)
        if valeur.source not in self.sources:
            self.sources.append(valeur.source)
            self.avertissements += self._bareme.list_avertissements(valeur)
        return valeur

    def build_non_lu(self, libelle: str) -> ErreurBareme:
        """Make the error of a value that nobody read."""
        return ErreurBareme(
            "tarif_non_lu",
            phrase(
                "{libelle} : le montant du tarif au {jour} n'a pas été lu, et aucun montant n'est supposé. Relevez-le "
                "aux articles A444-10 à A444-52 du code de commerce.",
                libelle=libelle,
                jour=self._jour,
            ),
            jour=self._jour.isoformat(),
            bareme=BAREME,
        )
