"""Dated tables of the law: the value at a date, its source, or a clear error outside the known dates.

A table is *periodique* (it refuses after its last known day) or *permanent* (it goes on; `verifie_le` says when it was
last read). Nothing is ever extrapolated unless the caller asks for a provisional value.

Format of `baremes/<nom>.toml`:

- `[meta]`: `nom`, `libelle` (French, for people), `unite` (or `[meta.unites]`, `serie = "…"`, when the series differ;
  « pour cent… », « euros… », « jours »…), `series` (the columns; `[meta.libelles]` names them for people), `type`.
  Either `periodique`, with `connu_jusqu_au` (last known day, included), `periode_mois`, `attendue_le` (first day of the
  next period to publish) and `prochaine_valeur` (what is awaited, from whom, in French); or `permanent`, with
  `verifie_le`. `a_relire_le`, if known: the day on which a text changes and the table must be read again.
- `[sources]`: key = what was read, and where.
- `[[valeur]]`, oldest first in each series: `debut` (first day), one column a series, a text (`"6.67"`) or a list of
  texts (brackets: `["4480", "8730"]`), `source` (keys of `[sources]`, one at least). Optional: `fin` (last day,
  included, only when a text ends the value or the next one was not read: without it, a value goes on to the eve of the
  next), `reference` (the decree, printed in letters), `article`, `note`, `a_verifier`, `a_verifier_debut`.

An amount that was not read is left out: never zero, never a sentinel.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.phrase import Phrase, phrase, wrap_texte
from exigible.droit.valeurs import Valeur, ValeurAjoutee

__all__ = [
    "Bareme",
    "Valeur",
    "ValeurAjoutee",
    "list_baremes",
    "load_bareme",
    "merge_ajouts",
    "parse_bareme",
]

_COLONNES_COMMUNES = frozenset(
    {"debut", "fin", "reference", "source", "note", "article", "a_verifier", "a_verifier_debut"}
)
_META_PERIODIQUE = frozenset({"type", "connu_jusqu_au", "periode_mois", "attendue_le", "prochaine_valeur"})
_META_PERMANENTE = frozenset({"type", "verifie_le"})
_META_LIBRE = frozenset({"nom", "libelle", "libelles", "unite", "unites", "series", "a_relire_le"})
_MOIS_DE_DOUTE = 12


@dataclass(frozen=True, slots=True)
class Bareme:
    """One subject: its series of dated values, oldest first. `version` is a digest of its text."""

    nom: str
    libelle: Phrase
    verifie_le: date | None
    prochaine_valeur: str
    series: dict[str, tuple[Valeur, ...]]
    unites: dict[str, str]
    periode_mois: int = 0
    attendue_le: date | None = None
    a_relire_le: date | None = None
    version: str = ""
    libelles: Mapping[str, Phrase] = field(default_factory=dict)

    @property
    def connu_jusqu_au(self) -> date | None:
        """Last day on which every series that goes on is known; None for a permanent table."""
        if self.attendue_le is None:
            return None
        fins = [self.find_dernier_jour(serie) for serie in self.series if not self.series[serie][-1].terminee]
        return min((fin for fin in fins if fin is not None), default=None)

    def get_libelle(self, serie: str) -> Phrase:
        """Return the name of a series for people."""
        return self.libelles.get(serie) or wrap_texte(serie.replace("_", " "))

    def get_historique(self, serie: str) -> tuple[Valeur, ...]:
        """Return every value of a series, oldest first."""
        return self.series[serie]

    def get_valeur(self, jour: date, serie: str, *, provisoire: bool = False) -> Valeur:
        """Return the value in force on `jour`.

        Raises ErreurBareme (`date_hors_bareme`) before the first value, and after the last known day unless
        `provisoire`: then the last known value comes back, marked so.
        """
        valeur = self.find_valeur(jour, serie)
        if valeur is None:
            precedentes = [v for v in self.series[serie] if v.debut <= jour and not v.terminee]
            if not (provisoire and precedentes):
                raise self._hors_bareme(jour, serie)
            return replace(precedentes[-1], provisoire=True)
        if valeur.a_verifier_debut and jour < add_mois(valeur.debut, _MOIS_DE_DOUTE):
            return replace(valeur, a_verifier=True)
        return valeur

    def find_valeur(self, jour: date, serie: str) -> Valeur | None:
        """Return the value known for `jour`, or None."""
        for valeur in reversed(self.series[serie]):
            if valeur.debut <= jour:
                return valeur if valeur.fin is None or jour <= valeur.fin else None
        return None

    def find_dernier_jour(self, serie: str) -> date | None:
        """Last known day, before the gap that an added value may leave; None when the series goes on."""
        for valeur, suivante in pairwise(self.series[serie]):
            if suivante.saisie_le and valeur.fin and suivante.debut > valeur.fin + UN_JOUR:
                return valeur.fin
        return self.series[serie][-1].fin

    def find_manque(self, serie: str) -> date | None:
        """First day of the first period whose value is not known yet; None when nothing more is to be published."""
        if self.attendue_le is None or self.series[serie][-1].terminee:
            return None
        periode = self.attendue_le
        while self.find_valeur(periode, serie) is not None:
            periode = add_mois(periode, self.periode_mois)
        return periode

    def describe_manque(self, serie: str) -> str:
        """Name the value that is awaited first, in French; empty when nothing more is to be published."""
        manque = self.find_manque(serie)
        if manque is None or manque == self.attendue_le:
            return self.prochaine_valeur if manque else ""
        return phrase("la valeur applicable au {jour}", jour=manque)

    def find_fin_periode(self, jour: date) -> date | None:
        """Last day of the period of a periodic table (a semester, a year…) in which `jour` lies."""
        if self.attendue_le is None:
            return None
        mois = (jour.year - self.attendue_le.year) * 12 + jour.month - self.attendue_le.month
        rang = (mois - (jour.day < self.attendue_le.day)) // self.periode_mois
        return add_mois(self.attendue_le, (rang + 1) * self.periode_mois) - UN_JOUR

    def list_avertissements(self, valeur: Valeur) -> tuple[Avertissement, ...]:
        """Say what the reader must know about a value before relying on it."""
        if not (valeur.a_verifier or valeur.saisie_le or valeur.provisoire):
            return ()
        avertissements: list[Avertissement] = []
        parametres = {
            "bareme": self.nom,
            "debut": valeur.debut.isoformat(),
            "fin": valeur.fin.isoformat() if valeur.fin else "",
            "valeur": " ; ".join(map(str, valeur.valeurs)),
        }
        periode = phrase("en vigueur du {debut}", debut=valeur.debut)
        if valeur.fin:
            periode = phrase("en vigueur du {debut} au {fin}", debut=valeur.debut, fin=valeur.fin)
        if valeur.a_verifier:
            message = phrase(
                "Valeur à vérifier avant de s'y fier : {bareme}, {valeur}, {periode} ; {note}.",
                bareme=self.libelle,
                valeur=valeur.texte,
                periode=periode,
                note=valeur.note,
            )
            avertissements.append(Avertissement("valeur_a_verifier", message, parametres))
        if valeur.saisie_le is not None:
            message = phrase(
                "Valeur ajoutée au barème : {bareme}, {valeur}, {periode} ; {reference}.",
                bareme=self.libelle,
                valeur=valeur.texte,
                periode=periode,
                reference=valeur.reference,
            )
            avertissements.append(Avertissement("valeur_saisie", message, parametres))
        if valeur.provisoire and valeur.fin:
            message = phrase(
                "Taux provisoire : {bareme}, connu jusqu'au {fin} seulement ; la dernière valeur connue ({valeur}) est "
                "reprise en attendant la publication.",
                bareme=self.libelle,
                fin=valeur.fin,
                valeur=valeur.texte,
            )
            avertissements.append(Avertissement("taux_provisoire", message, parametres))
        return tuple(avertissements)

    def _hors_bareme(self, jour: date, serie: str) -> ErreurBareme:
        precedentes = [valeur for valeur in self.series[serie] if valeur.debut <= jour]
        premier, apres = self.series[serie][0].debut, bool(precedentes)
        dernier = (precedentes or self.series[serie])[-1].fin
        connu = phrase("connu depuis le {debut}", debut=premier)
        if dernier is not None:
            connu = phrase("connu du {debut} au {fin}", debut=premier, fin=dernier)
        conseil = phrase("choisissez une date plus récente.")
        if apres:
            conseil = phrase("choisissez une date plus ancienne.")
        manque = self.describe_manque(serie)
        if apres and manque:
            conseil = phrase(
                "il manque {valeur}. Arrêtez le calcul plus tôt, ou demandez un calcul provisoire avec la dernière "
                "valeur connue.",
                valeur=manque,
            )
        return ErreurBareme(
            "date_hors_bareme",
            phrase(
                "Pas de valeur au {jour} dans le barème « {bareme} », {connu} : {conseil}",
                jour=jour,
                bareme=self.libelle,
                connu=connu,
                conseil=conseil,
            ),
            jour=jour.isoformat(),
            bareme=self.nom,
            sens="apres" if apres else "avant",
        )


def list_baremes() -> tuple[str, ...]:
    """List the names of the tables of the package."""
    fichiers = resources.files("exigible.droit").joinpath("baremes").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in fichiers if f.name.endswith(".toml")))


def load_bareme(nom: str, ajouts: Sequence[ValeurAjoutee] = ()) -> Bareme:
    """Read a table of the package (`interet_legal`, `bce_refi`, `penalites`…), with the values users added, once."""
    propres = tuple(ajout for ajout in ajouts if ajout.bareme == nom) if ajouts else ()
    return _load_complete(nom, propres) if propres else _load(nom)


@cache
def _load(nom: str) -> Bareme:
    texte = resources.files("exigible.droit").joinpath("baremes", f"{nom}.toml").read_text(encoding="utf-8")
    return parse_bareme(texte)


@lru_cache(maxsize=512)  # one entry a table and a creditor who added values
def _load_complete(nom: str, ajouts: tuple[ValeurAjoutee, ...]) -> Bareme:
    return merge_ajouts(_load(nom), ajouts)


def merge_ajouts(bareme: Bareme, ajouts: Iterable[ValeurAjoutee]) -> Bareme:
    """Put the added values in the table; of two with the same first day, the one recorded last stands.

    A value beyond the known dates is known to the end of its period (`periode_mois`), or goes on if the table is
    permanent. Two values recorded the same day are taken in the order given. Once the package holds the same number,
    surely, the added one is left out. Raises ErreurBareme (`serie_inconnue`) for a column that the table lacks.
    """
    series = dict(bareme.series)
    for ajout in sorted(ajouts, key=lambda a: a.enregistree_le):
        if ajout.serie not in series:
            message = phrase(
                "Le barème « {bareme} » n'a pas de série « {serie} ».", bareme=bareme.nom, serie=ajout.serie
            )
            raise ErreurBareme("serie_inconnue", message, bareme=bareme.nom)
        series[ajout.serie] = _insert(bareme, series[ajout.serie], ajout)
    return replace(bareme, series=series)


def _insert(bareme: Bareme, valeurs: tuple[Valeur, ...], ajout: ValeurAjoutee) -> tuple[Valeur, ...]:
    """Add one value, and give the one before it its new last day."""
    avant = [v for v in valeurs if v.debut < ajout.debut]
    apres = [v for v in valeurs if v.debut > ajout.debut]
    remplacee = next((v for v in valeurs if v.debut == ajout.debut), None)
    precedente = avant[-1] if avant else None
    if remplacee and remplacee.valeurs == ajout.valeurs and not (remplacee.a_verifier or remplacee.saisie_le):
        return valeurs
    modele = remplacee or precedente or apres[0]
    couvert = remplacee or (precedente if precedente and _covers(precedente, ajout.debut) else None)
    if couvert is not None:
        fin, terminee = couvert.fin, couvert.terminee
    else:
        fin, terminee = bareme.find_fin_periode(ajout.debut), False
        fin = min((jour for jour in (fin, apres[0].debut - UN_JOUR if apres else None) if jour), default=None)
    if precedente is not None and _covers(precedente, ajout.debut):
        avant[-1] = replace(precedente, fin=ajout.debut - UN_JOUR, terminee=False)
    nouvelle = Valeur(
        debut=ajout.debut,
        fin=fin,
        valeurs=ajout.valeurs,
        source=ajout.reference,
        a_verifier=False,
        note="",
        article=modele.article,
        reference=ajout.reference,
        unite=modele.unite,
        terminee=terminee,
        saisie_le=ajout.enregistree_le,
    )
    return (*avant, nouvelle, *apres)


def _covers(valeur: Valeur, jour: date) -> bool:
    return valeur.fin is None or jour <= valeur.fin


def parse_bareme(texte: str) -> Bareme:
    """Build a table from its TOML text. Raises ErreurBareme (`bareme_invalide`) on a faulty entry."""
    donnees = tomllib.loads(texte)
    meta: dict[str, Any] = donnees["meta"]
    nom, noms_series = str(meta["nom"]), list(meta["series"])
    periodique = meta.get("type") == "periodique"
    attendues = _META_PERIODIQUE if periodique else _META_PERMANENTE
    if meta.get("type") not in {"periodique", "permanent"} or not attendues <= set(meta) <= attendues | _META_LIBRE:
        raise _invalide(nom, f"[meta] doit porter le type et {sorted(attendues)}, sans autre clé inconnue")
    unites = meta.get("unites") or dict.fromkeys(noms_series, meta.get("unite", ""))
    if set(unites) != set(noms_series) or not all(unites.values()):
        raise _invalide(nom, "chaque série doit avoir son unité")
    unites = {serie: wrap_texte(unite) for serie, unite in unites.items()}
    entrees: list[dict[str, Any]] = donnees["valeur"]
    inconnues = {colonne for entree in entrees for colonne in entree} - _COLONNES_COMMUNES - set(noms_series)
    if inconnues:
        raise _invalide(nom, f"colonne inconnue {sorted(inconnues)}")
    lecture = _Lecture(nom, donnees["sources"], unites, meta["connu_jusqu_au"] if periodique else None)
    return Bareme(
        nom=nom,
        libelle=wrap_texte(meta["libelle"]),
        verifie_le=meta.get("verifie_le"),
        prochaine_valeur=meta.get("prochaine_valeur", ""),
        series={serie: lecture.build_serie(serie, [e for e in entrees if serie in e]) for serie in noms_series},
        unites=unites,
        periode_mois=meta.get("periode_mois", 0),
        attendue_le=meta.get("attendue_le"),
        a_relire_le=meta.get("a_relire_le"),
        libelles={serie: wrap_texte(nom) for serie, nom in meta.get("libelles", {}).items()},
        version=hashlib.sha256(texte.encode()).hexdigest()[:12],
    )


@dataclass(frozen=True, slots=True)
class _Lecture:
    """What every entry of a table is read with."""

    nom: str
    sources: dict[str, str]
    unites: dict[str, str]
    connu_jusqu_au: date | None

    def build_serie(self, serie: str, entrees: list[dict[str, Any]]) -> tuple[Valeur, ...]:
        """Give each entry its last day: its own, or the eve of the next one."""
        debuts: list[date] = [entree["debut"] for entree in entrees]
        if not debuts or any(suivant <= debut for debut, suivant in pairwise(debuts)):
            raise _invalide(self.nom, f"série « {serie} » vide ou dates non croissantes")
        fins = [*(debut - UN_JOUR for debut in debuts[1:]), self.connu_jusqu_au]
        return tuple(self._build_valeur(entree, serie, fin) for entree, fin in zip(entrees, fins, strict=True))

    def _build_valeur(self, entree: dict[str, Any], serie: str, fin: date | None) -> Valeur:
        lieu = f"entrée du {entree['debut']}, « {serie} »"
        absentes = [cle for cle in entree.get("source", ()) if cle not in self.sources]
        if absentes or not entree.get("source"):
            raise _invalide(self.nom, f"{lieu} : source absente ou inconnue {absentes}")
        derniere: date | None = entree.get("fin", fin)
        if derniere is not None and (derniere < entree["debut"] or (fin is not None and derniere > fin)):
            raise _invalide(self.nom, f"{lieu} : dernier jour hors de sa période")
        reference = entree.get("reference", "")
        lues = [self.sources[cle] for cle in entree["source"]]
        return Valeur(
            debut=entree["debut"],
            fin=derniere,
            valeurs=self._read_nombres(entree[serie], lieu),
            source=" ; ".join([reference, *lues] if reference else lues),
            a_verifier=entree.get("a_verifier", False),
            note=entree.get("note", ""),
            article=entree.get("article", ""),
            reference=reference,
            a_verifier_debut=entree.get("a_verifier_debut", False),
            unite=self.unites[serie],
            terminee="fin" in entree,
        )

    def _read_nombres(self, lu: object, lieu: str) -> tuple[Decimal, ...]:
        lus = lu if isinstance(lu, list) else [lu]
        textes = [texte for texte in lus if isinstance(texte, str)]
        if not textes or len(textes) < len(lus):
            raise _invalide(self.nom, f"{lieu} : la valeur doit être un texte, ou une liste de textes")
        try:
            return tuple(Decimal(texte) for texte in textes)
        except InvalidOperation:
            raise _invalide(self.nom, f"{lieu} : la valeur n'est pas un nombre") from None


def _invalide(nom: str, detail: str) -> ErreurBareme:
    return ErreurBareme("bareme_invalide", f"Le barème « {nom} » est mal écrit : {detail}.", bareme=nom)
