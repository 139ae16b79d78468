"""Dated tables of the law: the value at a date, its source, or a clear error outside the known dates.

A table is *periodique* (it refuses after `connu_jusqu_au`) or *permanent* (it goes on; `verifie_le` says when
it was last read). Nothing is ever extrapolated unless the caller asks for a provisional value.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from exigible.droit.argent import format_nombre, format_taux
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.jours import UN_JOUR, add_mois, format_jour

_COLONNES_COMMUNES = frozenset({"debut", "reference", "source", "note", "article", "a_verifier", "a_verifier_debut"})
_MOIS_DE_DOUTE = 12


@dataclass(frozen=True, slots=True)
class Valeur:
    """A value of a table, in force from `debut` to `fin`, both included (`fin` None: still in force).

    `a_verifier_debut`: only the first day is doubtful; `get_valeur` marks the value `a_verifier` within a year of it.
    """

    debut: date
    fin: date | None
    valeur: Decimal
    source: str
    a_verifier: bool
    note: str
    article: str = ""
    provisoire: bool = False
    reference: str = ""
    a_verifier_debut: bool = False


@dataclass(frozen=True, slots=True)
class Bareme:
    """One subject: its series of dated values, oldest first."""

    nom: str
    libelle: str
    unite: str
    connu_jusqu_au: date | None
    verifie_le: date | None
    prochaine_valeur: str
    series: dict[str, tuple[Valeur, ...]]

    def get_historique(self, serie: str) -> tuple[Valeur, ...]:
        """Return every value of a series, oldest first."""
        return self.series[serie]

    def get_valeur(self, jour: date, serie: str, *, provisoire: bool = False) -> Valeur:
        """Return the value in force on `jour`.

        Raises ErreurBareme (`date_hors_bareme`) before the first value, and after `connu_jusqu_au` unless
        `provisoire`: then the last known value comes back, marked so.
        """
        valeurs = self.series[serie]
        if jour < valeurs[0].debut:
            raise self._hors_bareme(jour, valeurs[0].debut)
        if self.connu_jusqu_au is not None and jour > self.connu_jusqu_au:
            if not provisoire:
                raise self._hors_bareme(jour, valeurs[0].debut)
            return replace(valeurs[-1], provisoire=True)
        valeur = next(valeur for valeur in reversed(valeurs) if valeur.debut <= jour)
        if valeur.a_verifier_debut and jour < add_mois(valeur.debut, _MOIS_DE_DOUTE):
            return replace(valeur, a_verifier=True)
        return valeur

    def list_avertissements(self, valeur: Valeur) -> tuple[Avertissement, ...]:
        """Say what the reader must know about a value before relying on it."""
        avertissements: list[Avertissement] = []
        parametres = {
            "bareme": self.nom,
            "debut": valeur.debut.isoformat(),
            "fin": valeur.fin.isoformat() if valeur.fin else "",
            "valeur": str(valeur.valeur),
        }
        nombre = format_taux(valeur.valeur) if self.unite.startswith("pour cent") else format_nombre(valeur.valeur)
        if valeur.a_verifier:
            periode = f"en vigueur du {format_jour(valeur.debut)}" + (
                f" au {format_jour(valeur.fin)}" if valeur.fin else ""
            )
            avertissements.append(
                Avertissement(
                    "valeur_a_verifier",
                    f"Valeur à vérifier avant de s'y fier : {self.libelle}, {nombre}, {periode} ; {valeur.note}.",
                    parametres,
                )
            )
        if valeur.provisoire and self.connu_jusqu_au:
            avertissements.append(
                Avertissement(
                    "taux_provisoire",
                    f"Taux provisoire : {self.libelle}, connu jusqu'au {format_jour(self.connu_jusqu_au)} seulement ; "
                    f"la dernière valeur connue ({nombre}) est reprise en attendant la publication.",
                    parametres,
                )
            )
        return tuple(avertissements)

    def _hors_bareme(self, jour: date, premier: date) -> ErreurBareme:
        connu = f"depuis le {format_jour(premier)}"
        conseil = "choisissez une date plus récente."
        apres = self.connu_jusqu_au is not None and jour > self.connu_jusqu_au
        if self.connu_jusqu_au is not None:
            connu = f"du {format_jour(premier)} au {format_jour(self.connu_jusqu_au)}"
        if apres:
            conseil = (
                f"il manque {self.prochaine_valeur}. Arrêtez le calcul plus tôt, "
                "ou demandez un calcul provisoire avec la dernière valeur connue."
            )
        return ErreurBareme(
            "date_hors_bareme",
            f"Pas de valeur au {format_jour(jour)} dans le barème « {self.libelle} », connu {connu} : {conseil}",
            jour=jour.isoformat(),
            bareme=self.nom,
            sens="apres" if apres else "avant",
        )


@cache
def load_bareme(nom: str) -> Bareme:
    """Read a table of the package (`interet_legal`, `bce_refi`, `penalites`), once."""
    texte = resources.files("exigible.droit").joinpath("baremes", f"{nom}.toml").read_text(encoding="utf-8")
    return parse_bareme(texte)


def parse_bareme(texte: str) -> Bareme:
    """Build a table from its TOML text. Raises ErreurBareme (`bareme_invalide`) on a faulty entry."""
    donnees = tomllib.loads(texte)
    meta = donnees["meta"]
    nom = str(meta["nom"])
    noms_series: list[str] = meta["series"]
    sources: dict[str, str] = donnees["sources"]
    entrees: list[dict[str, Any]] = donnees["valeur"]
    inconnues = {colonne for entree in entrees for colonne in entree} - _COLONNES_COMMUNES - set(noms_series)
    if inconnues:
        raise _invalide(nom, f"colonne inconnue {sorted(inconnues)}")
    connu_jusqu_au = meta["connu_jusqu_au"] if meta["type"] == "periodique" else None
    return Bareme(
        nom=nom,
        libelle=meta["libelle"],
        unite=meta["unite"],
        connu_jusqu_au=connu_jusqu_au,
        verifie_le=meta["verifie_le"] if meta["type"] == "permanent" else None,
        prochaine_valeur=meta.get("prochaine_valeur", ""),
        series={
            serie: _build_serie(nom, serie, [e for e in entrees if serie in e], sources, connu_jusqu_au)
            for serie in noms_series
        },
    )


def _build_serie(
    nom: str, serie: str, entrees: list[dict[str, Any]], sources: dict[str, str], connu_jusqu_au: date | None
) -> tuple[Valeur, ...]:
    """Give each entry its last day: the eve of the next one."""
    debuts: list[date] = [entree["debut"] for entree in entrees]
    if not debuts or any(suivant <= debut for debut, suivant in pairwise(debuts)):
        raise _invalide(nom, f"série « {serie} » vide ou dates non croissantes")
    fins = [*(debut - UN_JOUR for debut in debuts[1:]), connu_jusqu_au]
    return tuple(_build_valeur(nom, entree, serie, fin, sources) for entree, fin in zip(entrees, fins, strict=True))


def _build_valeur(nom: str, entree: dict[str, Any], serie: str, fin: date | None, sources: dict[str, str]) -> Valeur:
    absentes = [cle for cle in entree["source"] if cle not in sources]
    if absentes or not isinstance(entree[serie], str):
        raise _invalide(
            nom, f"entrée du {entree['debut']} : source inconnue {absentes} ou valeur qui n'est pas un texte"
        )
    reference = entree.get("reference", "")
    lues = [sources[cle] for cle in entree["source"]]
    return Valeur(
        debut=entree["debut"],
        fin=fin,
        valeur=Decimal(entree[serie]),
        source=" ; ".join([reference, *lues] if reference else lues),
        a_verifier=entree.get("a_verifier", False),
        note=entree.get("note", ""),
        article=entree.get("article", ""),
        reference=reference,
        a_verifier_debut=entree.get("a_verifier_debut", False),
    )


def _invalide(nom: str, detail: str) -> ErreurBareme:
    return ErreurBareme("bareme_invalide", f"Le barème « {nom} » est mal écrit : {detail}.", bareme=nom)
