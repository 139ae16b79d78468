"""What was owed and paid on an account that is closed, and what is waived of it when the creditor decided so."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Tableau
from exigible.actes.paiements import list_avoirs, list_paiements
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_en_lettres
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the account. Raises ErreurExigible (`acte_refuse`) when something is owed and not waived."""
    decompte = demande.etat.decompte
    renonce = bool(demande.reponses.get("renonciation"))
    if decompte.total_du > ZERO and not renonce:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : il reste dû {reste} ; donnez une quittance, ou dites que le créancier renonce à tout "
                "surplus.",
                titre=wrap_texte(demande.modele.titre),
                reste=decompte.total_du,
            ),
            article="C. civ. 1350",
        )
    factures, paiements = _build_factures(demande), _build_paiements(demande)
    avoirs = list_avoirs(demande.etat)
    principal = decompte.principal
    vocabulaire = Vocabulaire(
        {
            "remise": format_montant(decompte.total_du),
            "remise_en_lettres": write_en_lettres(decompte.total_du),
            "remise_principal": format_montant(principal),
            "remise_accessoires": format_montant(decompte.total_du - principal),
            "total_avoirs": format_montant(sum((v.montant for v in avoirs), ZERO)),
            "trop_percu": format_montant(decompte.trop_percu),
        },
        {
            "remise": renonce and decompte.total_du > ZERO,
            "remise_du_prix": renonce and principal > ZERO and demande.etat.debiteur.qualite in ENTRE_PROFESSIONNELS,
            "sans_renonciation": not renonce,
            "paiements_recus": bool(paiements.lignes),
            "avoirs": bool(avoirs),
            "trop_percu": decompte.trop_percu > ZERO,
            "garants": any(p.role is not RolePersonne.DEBITEUR for p in demande.etat.personnes),
        },
        {"compte_factures": _place(factures), "compte_paiements": _place(paiements)},
    )
    return Contexte(
        vocabulaire,
        preuves={
            "factures_soldees": tuple(ligne[0] for ligne in factures.lignes) or ("soldé",),
            "paiements": tuple(t for ligne in paiements.lignes for t in (ligne[0], ligne[-1])) or ("soldé",),
        },
    )


def _place(tableau: Tableau) -> tuple[Bloc, ...]:
    return (tableau,) if tableau.lignes else ()


def _build_factures(demande: Demande) -> Tableau:
    soldes = {solde.cle: solde for solde in demande.etat.decompte.soldes}
    lignes = tuple(
        (
            clean_texte(ligne.creance.numero),
            format_jour(ligne.creance.emission),
            format_jour(ligne.creance.echeance) if ligne.creance.echeance else "",
            format_montant(soldes[ligne.cle].principal_initial),
        )
        for ligne in list_lignes_du_compte(demande.etat)
        if ligne.cle in soldes
    )
    return Tableau("Factures soldées", ("Facture", "Date", "Échéance", "Montant"), "gggd", lignes)


def _build_paiements(demande: Demande) -> Tableau:
    ecartes = {ecart.versement.cle for ecart in demande.etat.decompte.ecartes}
    recus = [v for v in list_paiements(demande.etat) if v.cle not in ecartes]
    lignes = tuple((format_jour(v.date), format_montant(v.montant)) for v in recus)
    total = ("Total", format_montant(sum((v.montant for v in recus), ZERO)))
    return Tableau("Paiements reçus", ("Reçu le", "Montant"), "gd", lignes, total)
