"""What a receipt says of the payment: what it paid, and what is still owed after it."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import apply_typographie, clean_texte, write_phrase
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.imputation import Imputation
from exigible.droit.jours import format_jour
from exigible.droit.reconnaissance import write_somme_en_lettres


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the payment chosen; none chosen yet: its place is left to be filled in."""
    decompte = demande.etat.decompte
    versement = next((v for v in demande.etat.base.versements if v.cle == demande.reponses.get("paiement")), None)
    imputations = [i for i in decompte.imputations if versement is not None and i.versement == versement.cle]
    moyen = commun.valeurs["moyen"]
    trou = commun.valeurs["paiement"]
    valeurs = {
        "paiement_montant": format_montant(versement.montant) if versement else trou,
        "paiement_en_lettres": apply_typographie(write_somme_en_lettres(versement.montant)) if versement else trou,
        "paiement_jour": format_jour(versement.date) if versement else trou,
        "par_moyen": write_phrase(" par {moyen}", moyen=moyen[:1].lower() + moyen[1:]) if moyen else "",
        "reste": format_montant(decompte.total_du),
        "reste_principal": format_montant(sum((s.principal_restant for s in decompte.soldes), ZERO)),
        "reste_interets": format_montant(decompte.interets),
    }
    faits = {
        "impute": bool(imputations),
        "solde": decompte.total_du > ZERO,
        "interets_dus": decompte.interets > ZERO,
    }
    return Contexte(
        Vocabulaire(valeurs, faits, {"imputations": (_build_tableau(demande, imputations),)}),
        conformite={"decompte.interets_dus_apres": decompte.interets},
    )


def _build_tableau(demande: Demande, imputations: list[Imputation]) -> Tableau:
    numeros = {ligne.cle: clean_texte(ligne.creance.numero) for ligne in list_lignes_du_compte(demande.etat)}
    lignes = tuple(
        (
            numeros.get(i.creance, i.creance),
            *(format_montant(part) for part in (i.frais, i.indemnites, i.interets, i.principal, i.montant)),
        )
        for i in imputations
    )
    titres = ("Facture", "Frais", "Indemnité", "Intérêts", "Principal", "Total")
    return Tableau("Imputation du paiement", titres, "gddddd", lignes)
