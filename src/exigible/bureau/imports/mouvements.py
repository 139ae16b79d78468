"""Plan the lines of a bank statement: each once, whatever the number of files that bring it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exigible.bureau.imports.mouvements_connus import PEUT_ETRE, Verdict, recognise_mouvements
from exigible.bureau.imports.plan import LIGNES_MONTREES, Issue, LignePlan, Objet, Plan
from exigible.bureau.imports.tampon import Tampon
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import FichierLu, MouvementLu


@dataclass(frozen=True, slots=True)
class LotPlanifie:
    """Some of the bank lines of a file: what becomes of each, and the facts of those that enter."""

    mouvements: Sequence[MouvementLu]
    verdicts: Sequence[Verdict]
    piece: str

    def list_faits(self) -> list[FaitAEcrire]:
        """List the facts to write."""
        return [
            FaitAEcrire(_make_fait(verdict.cle, mouvement, self.piece), mouvement.date)
            for verdict, mouvement in zip(self.verdicts, self.mouvements, strict=True)
            if not verdict.connu
        ]


def iter_lots(creancier: Creancier, lu: FichierLu, tampon: Tampon, piece: str) -> Iterator[LotPlanifie]:
    """Plan the bank lines of a file a few thousand at a time, each lot against what is known when its turn comes.

    `piece`: the SHA-256 of what was dropped.
    """
    for mouvements in tampon.iter_lots():
        yield LotPlanifie(mouvements, recognise_mouvements(creancier, mouvements, lu.format, piece), piece)


def plan_mouvements(plan: Plan, creancier: Creancier, lu: FichierLu, tampon: Tampon, piece: str) -> None:
    """Add to a preview what becomes of the bank lines of a file: the first of them, and how many there are."""
    douteuses = 0
    montrees = Counter(ligne.issue for ligne in plan.lignes)
    for lot in iter_lots(creancier, lu, tampon, piece):
        douteuses += sum(verdict.raison is PEUT_ETRE for verdict in lot.verdicts)
        for verdict, mouvement in zip(lot.verdicts, lot.mouvements, strict=True):
            issue = Issue.INCHANGE if verdict.connu else Issue.CREE
            montrees[issue] += 1
            if montrees[issue] > LIGNES_MONTREES:
                plan.tues[Objet.MOUVEMENT, issue] += 1
            else:
                plan.lignes.append(_make_ligne(issue, verdict, mouvement))
    if douteuses:
        plan.remarques.append(
            phrase(
                "Opérations qui ressemblent à d'autres déjà connues par un autre relevé : {nombre}. Elles entrent ; "
                "si ce sont les mêmes, écartez-les sur la page Banque avant de les rapprocher.",
                nombre=douteuses,
            )
        )
    _warn_comptes(plan, creancier, lu)


def _make_ligne(issue: Issue, verdict: Verdict, mouvement: MouvementLu) -> LignePlan:
    return LignePlan(
        issue,
        Objet.MOUVEMENT,
        mouvement.origine.ligne,
        libelle=mouvement.libelle or mouvement.reference or "",
        debiteur=mouvement.contrepartie or "",
        montant=mouvement.montant,
        jour=mouvement.date,
        raison=verdict.raison or "",
    )


def _make_fait(cle: str, mouvement: MouvementLu, piece: str) -> MouvementConstate:
    return MouvementConstate(
        mouvement=cle,
        iban=mouvement.compte or "",
        montant=mouvement.montant,
        devise=mouvement.devise,
        date_valeur=mouvement.date_valeur,
        libelle=mouvement.libelle,
        reference=mouvement.reference or "",
        contrepartie=mouvement.contrepartie or "",
        iban_contrepartie=mouvement.iban or "",
        piece=piece,
        bout_en_bout=mouvement.bout_en_bout or "",
        operation=mouvement.operation or "",
        motif_retour=mouvement.motif_retour or "",
        extourne=mouvement.extourne,
    )


def _warn_comptes(plan: Plan, creancier: Creancier, lu: FichierLu) -> None:
    for iban in dict.fromkeys(compte.iban for compte in lu.comptes if compte.iban):
        if iban not in creancier.ibans:
            plan.remarques.append(
                phrase("Le compte {iban} n'est pas dans vos réglages : est-ce bien le vôtre ?", iban=iban)
            )
    for compte in lu.comptes:
        if compte.controle is False:
            plan.remarques.append(
                phrase(
                    "Le relevé du compte {compte} ne tombe pas juste : solde de départ et mouvements ne donnent pas le "
                    "solde d'arrivée ; il manque peut-être une page.",
                    compte=compte.iban or phrase("sans IBAN"),
                )
            )
