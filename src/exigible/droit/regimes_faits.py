"""What the choice of a regime of interest looks at, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from exigible.droit.competence_faits import Objet
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import Pause
from exigible.droit.phrase import phrase


class QualitePartie(StrEnum):
    """What a party is, for the claim at hand."""

    CONSOMMATEUR = "consommateur"
    NON_PROFESSIONNEL = "non_professionnel"
    PROFESSIONNEL = "professionnel"
    PERSONNE_PUBLIQUE = "personne_publique"
    INCONNUE = "inconnue"


class Depart(StrEnum):
    """The day after which interest runs."""

    ECHEANCE = "echeance"
    MISE_EN_DEMEURE = "mise_en_demeure"
    JUGEMENT = "jugement"
    DEFAILLANCE = "defaillance"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class FaitsRegime:
    """What is known of a claim beside who owes it to whom.

    `contrat_public`: a public procurement contract (None: not known); `entite_adjudicatrice`: the public debtor is one
    of those of CCP L1212-1 2° and 3°, under the commercial regime; `clause_ecrite`: the rate was agreed in writing (in
    the rules of a co-ownership too); `condamnation`: a court ordered payment. `ouverture`: day of the judgment that
    opens the debtor's insolvency, after the claim was born; `pret_un_an`: loan, or payment deferred, of a year or more.
    `recevabilite`: day on which his over-indebtedness file is held admissible; `mesures`: first day of the measures.
    `grace_du`, `grace_au`: delay granted by a judge (C. civ. 1343-5), both included, the end known with the start.
    Raises ErreurSaisie (`dates_inversees`, `delai_incomplet`).
    """

    objet: Objet = Objet.FACTURE
    contrat_public: bool | None = None
    entite_adjudicatrice: bool = False
    clause_ecrite: bool = False
    condamnation: bool = False
    ouverture: date | None = None
    pret_un_an: bool = False
    recevabilite: date | None = None
    mesures: date | None = None
    grace_du: date | None = None
    grace_au: date | None = None

    def __post_init__(self) -> None:
        if (self.grace_du is None) != (self.grace_au is None):
            raise ErreurSaisie(
                "delai_incomplet",
                phrase("Un délai de grâce a un premier et un dernier jour : indiquez les deux."),
                "grace_au",
            )
        if self.mesures is not None and (self.recevabilite is None or self.mesures <= self.recevabilite):
            raise ErreurSaisie(
                "dates_inversees",
                phrase("Les mesures de surendettement suivent la recevabilité du dossier : vérifiez les deux dates."),
                "mesures",
            )


@dataclass(frozen=True, slots=True)
class ChoixRegime:
    """The regime chosen (None: no interest may be claimed yet), whether the 40 € are due, and why.

    `lignes`: the lines of the decision table that hold, the first one first (empty: nothing is decided). `fondement`:
    the articles that the lines of interest cite instead of the ordinary ones. `fin_capitalisation`: last day on which
    interest may bear interest; `capitalisation_permise` False: never.
    """

    regime: Regime | None
    indemnite: bool
    motif: str
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...] = ()
    lignes: tuple[int, ...] = ()
    depart: Depart | None = None
    fondement: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    capitalisation_permise: bool = True
    fin_capitalisation: date | None = None

    def complete(self, regle: RegleInterets) -> RegleInterets:
        """Give a rule of this regime its articles, its days without interest and the end of its capitalisation.

        Raises ErreurSaisie when the rule follows another regime, or none may be claimed (`regime_different`), and when
        it capitalises what may not be (`capitalisation_interdite`).
        """
        if regle.regime is not self.regime:
            raise ErreurSaisie(
                "regime_different",
                phrase("Le régime « {regime} » n'est pas celui de cette créance.", regime=regle.regime.value),
                "regime",
            )
        if regle.capitalisation is not None and not self.capitalisation_permise:
            raise ErreurSaisie(
                "capitalisation_interdite",
                phrase(
                    "Les intérêts d'un crédit à la consommation ne se capitalisent pas (C. conso. L312-38 ; Cass. 1re "
                    "civ. 09/02/2012, 11-14.605) : retirez la capitalisation."
                ),
                "capitalisation",
            )
        fins = [fin for fin in (regle.fin_capitalisation, self.fin_capitalisation) if fin is not None]
        return replace(
            regle,
            fondement=self.fondement or regle.fondement,
            pauses=(*regle.pauses, *self.pauses),
            fin_capitalisation=min(fins, default=None),
        )
