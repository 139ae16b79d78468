"""Plan the lines of a bank statement: each once, whatever the number of files that bring it."""

from __future__ import annotations

import hashlib
from collections import Counter

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import FichierLu, MouvementLu


def plan_mouvements(plan: Plan, creancier: Creancier, lu: FichierLu, piece: str) -> None:
    """Plan the movements of a file; `piece` is its SHA-256."""
    cles = _make_cles(lu.mouvements)
    connues: set[str] = set()
    for lot in cut_lots(cles):
        connues |= set(Mouvement.objects.filter(creancier=creancier, cle__in=lot).values_list("cle", flat=True))
    for cle, mouvement in zip(cles, lu.mouvements, strict=True):
        connu = cle in connues
        plan.lignes.append(
            LignePlan(
                Issue.INCHANGE if connu else Issue.CREE,
                Objet.MOUVEMENT,
                mouvement.origine.ligne,
                libelle=mouvement.libelle or mouvement.reference or "",
                debiteur=mouvement.contrepartie or "",
                montant=mouvement.montant,
                jour=mouvement.date,
            )
        )
        if not connu:
            plan.faits_creancier.append(FaitAEcrire(_make_fait(cle, mouvement, piece), mouvement.date))
    _warn_comptes(plan, creancier, lu)


def _make_cles(mouvements: tuple[MouvementLu, ...]) -> list[str]:
    """Name each movement by the bank's reference, else by a digest of what it says, and by its rank among equals."""
    vues: Counter[str] = Counter()
    cles = []
    for m in mouvements:
        if m.identifiant:
            dit = [m.compte or "", m.identifiant]
        else:
            valeur = m.date_valeur.isoformat() if m.date_valeur else ""
            dit = [m.compte or "", m.date.isoformat(), valeur, str(m.montant), m.devise, m.libelle]
            dit += [m.reference or "", m.contrepartie or "", m.iban or ""]
        cle = hashlib.sha256("\n".join(dit).encode()).hexdigest()[:32]
        vues[cle] += 1
        cles.append(cle if vues[cle] == 1 else f"{cle}-{vues[cle]}")
    return cles


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
    )


def _warn_comptes(plan: Plan, creancier: Creancier, lu: FichierLu) -> None:
    for compte in lu.comptes:
        if compte.iban and compte.iban not in creancier.ibans:
            plan.remarques.append(
                phrase("Le compte {iban} n'est pas dans vos réglages : est-ce bien le vôtre ?", iban=compte.iban)
            )
        if compte.controle is False:
            plan.remarques.append(
                phrase(
                    "Le relevé du compte {compte} ne tombe pas juste : solde de départ et mouvements ne donnent pas le "
                    "solde d'arrivée ; il manque peut-être une page.",
                    compte=compte.iban or phrase("sans IBAN"),
                )
            )
