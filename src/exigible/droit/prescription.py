"""Limitation, first slice: the ordinary claims of an amicable file (the table of natures comes later).

Days of limitation are never moved to a working day (Cass. 2e civ. 07/04/2016, 15-12.960); the term is the same day of
the month `n` years later, at the end of the day; `dernier_jour_sur`, the day before, is safe in any reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import QualiteCreancier
from exigible.droit.jours import UN_JOUR, add_mois, format_jour
from exigible.droit.regimes import QualitePartie

_MOIS_PAR_AN = 12
_BUTOIR_ANNEES = 20
_INTERRUPTION = ("C. civ. 2240", "C. civ. 2231")


@dataclass(frozen=True, slots=True)
class Prescription:
    """When the action is lost: at the end of `terme`. Act by `dernier_jour_sur`, the day before."""

    terme: date
    dernier_jour_sur: date
    duree_annees: int
    regle_id: str
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...] = ()

    def acquise_au(self, jour: date) -> bool:
        """Whether the action is already lost on `jour`."""
        return jour > self.terme


@dataclass(frozen=True, slots=True)
class _Regle:
    identifiant: str
    annees: int
    articles: tuple[str, ...]
    quadriennale: bool = False


_COMMERCE = _Regle("P-01", 5, ("C. com. L110-4", "C. civ. 2224"))
_DROIT_COMMUN = _Regle("P-02", 5, ("C. civ. 2224",))
_CONSOMMATEUR = _Regle("P-03", 2, ("C. conso. L218-2",))
_NON_PROFESSIONNEL = _Regle("P-04", 5, ("C. civ. 2224", "Cass. 3e civ. 28/09/2022, 21-19.829"))
_PERSONNE_PUBLIQUE = _Regle("P-20", 4, ("L. 68-1250 art. 1", "L. 68-1250 art. 2"), quadriennale=True)

_PROFESSIONNEL_CONTRE = {
    QualitePartie.PROFESSIONNEL: _COMMERCE,
    QualitePartie.NON_PROFESSIONNEL: _NON_PROFESSIONNEL,
    QualitePartie.CONSOMMATEUR: _CONSOMMATEUR,
}


def compute_prescription(
    creancier: QualiteCreancier,
    debiteur: QualitePartie,
    depart_prudent: date,
    *,
    reconnaissances: Sequence[date] = (),
    reclamations: Sequence[date] = (),
) -> Prescription:
    """Compute the term of limitation.

    `depart_prudent` is the earliest defensible start (work done or goods delivered; else the due date); the 20-year
    stop (C. civ. 2232) is counted from it too. `reconnaissances`: acknowledgements and part payments by the debtor
    (C. civ. 2240), which restart the time if they come before the term and do nothing after.
    `reclamations`: written claims by the creditor, which interrupt against a public body only.
    """
    regle = _choose_regle(creancier, debiteur)
    interruptions = [*reconnaissances, *reclamations] if regle.quadriennale else list(reconnaissances)
    terme, articles, avertissements = _compute_terme(regle, depart_prudent), list(regle.articles), []
    for jour in sorted(interruptions):
        if jour < depart_prudent:
            continue
        if jour > terme:
            avertissements.append(
                Avertissement(
                    "reconnaissance_tardive",
                    f"Le paiement ou la reconnaissance du {format_jour(jour)} vient après le terme du "
                    f"{format_jour(terme)} : il reste acquis, mais ne fait pas revivre le solde.",
                    {"date": jour.isoformat(), "terme": terme.isoformat()},
                )
            )
            articles.append("C. civ. 2249")
            break
        terme = _compute_terme(regle, jour)
        articles += _INTERRUPTION if not regle.quadriennale else ()
    butoir = add_mois(depart_prudent, _BUTOIR_ANNEES * _MOIS_PAR_AN)
    if terme > butoir:
        terme = butoir
        articles.append("C. civ. 2232")
    if debiteur is QualitePartie.INCONNUE:
        avertissements.append(
            Avertissement(
                "qualite_inconnue",
                "La qualité du débiteur n'est pas connue : le délai le plus court, les deux ans du consommateur, est "
                "retenu par prudence. Renseignez-la pour connaître le vrai délai.",
            )
        )
    return Prescription(
        terme=terme,
        dernier_jour_sur=terme - UN_JOUR,
        duree_annees=regle.annees,
        regle_id=regle.identifiant,
        articles=tuple(dict.fromkeys(articles)),
        avertissements=tuple(avertissements),
    )


def _choose_regle(creancier: QualiteCreancier, debiteur: QualitePartie) -> _Regle:
    if debiteur is QualitePartie.PERSONNE_PUBLIQUE:
        return _PERSONNE_PUBLIQUE
    if debiteur is QualitePartie.INCONNUE:
        return _CONSOMMATEUR
    if creancier is QualiteCreancier.PARTICULIER:
        return _DROIT_COMMUN
    return _PROFESSIONNEL_CONTRE[debiteur]


def _compute_terme(regle: _Regle, depart: date) -> date:
    """Last day of the time that starts on `depart` (against a public body: on the next 1 January, at midnight)."""
    if regle.quadriennale:
        return date(depart.year + regle.annees, 12, 31)
    return add_mois(depart, regle.annees * _MOIS_PAR_AN)
