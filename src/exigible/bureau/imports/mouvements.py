"""Plan the lines of a bank statement: each once, whatever the number of files that bring it."""

from __future__ import annotations

from exigible.bureau.imports.mouvements_connus import PEUT_ETRE, recognise_mouvements
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import FichierLu, MouvementLu


def plan_mouvements(plan: Plan, creancier: Creancier, lu: FichierLu, piece: str) -> None:
    """Plan the movements of a file; `piece` is the SHA-256 of what was dropped."""
    verdicts = recognise_mouvements(creancier, lu.mouvements, lu.format)
    for verdict, mouvement in zip(verdicts, lu.mouvements, strict=True):
        plan.lignes.append(
            LignePlan(
                Issue.INCHANGE if verdict.connu else Issue.CREE,
                Objet.MOUVEMENT,
                mouvement.origine.ligne,
                libelle=mouvement.libelle or mouvement.reference or "",
                debiteur=mouvement.contrepartie or "",
                montant=mouvement.montant,
                jour=mouvement.date,
                raison=verdict.raison or "",
            )
        )
        if not verdict.connu:
            plan.faits_creancier.append(FaitAEcrire(_make_fait(verdict.cle, mouvement, piece), mouvement.date))
    douteuses = sum(v.raison is PEUT_ETRE for v in verdicts)
    if douteuses:
        plan.remarques.append(
            phrase(
                "Opérations qui ressemblent à d'autres déjà connues par un autre relevé : {nombre}. Elles entrent ; "
                "si ce sont les mêmes, écartez-les sur la page Banque avant de les rapprocher.",
                nombre=douteuses,
            )
        )
    _warn_comptes(plan, creancier, lu)


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
