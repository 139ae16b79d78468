"""What is checked before ink: the mentions a formal notice must carry, then the rules of compliance."""

from __future__ import annotations

from collections.abc import Iterable

from exigible.actes.controle import (
    check_conformite,
    check_contestations,
    describe_creances,
    describe_parties,
    is_personne_physique,
)
from exigible.actes.lettre import Lettre, list_contacts, write_corps, write_texte
from exigible.actes.mentions import Mention, Valeurs, find_absentes, load_mentions, select_mentions
from exigible.actes.mise_en_demeure.parametres import Demande
from exigible.actes.mise_en_demeure.redaction import write_depart
from exigible.actes.typst.texte import clean_texte, list_sans_doublon
from exigible.dossier.texte import count_jours
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.conformite import Manquement
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.interets import Regime
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.droit.referentiel import load_referentiel
from exigible.droit.regimes import QualitePartie

PAQUET = "exigible.actes.mise_en_demeure"
REFUS = phrase("La mise en demeure est refusée")
CIBLES = ("action", "lettre", "decompte", "envoi")


def list_faits(demande: Demande) -> dict[str, bool]:
    """The conditions that `mentions.toml` names."""
    totaux = demande.totaux
    return {
        "interets_reclames": totaux.interets > 0,
        "indemnites_reclamees": totaux.indemnites > 0,
        "penalites_annoncees": demande.penalites_annoncees > 0,
        "indemnites_annoncees": demande.indemnites_annoncees > 0,
        "premiere_mise_en_demeure": demande.interet_legal and bool(demande.jamais_en_demeure),
        "mediateur_connu": bool(clean_texte(demande.etat.creancier.description.mediateur)),
        "tentative_amiable": demande.tentative_amiable,
        "personne_physique": is_personne_physique(demande.etat),
    }


def list_valeurs(demande: Demande, lettre: Lettre) -> Valeurs:
    """The values that `mentions.toml` names, as the letter prints them."""
    etiquettes = {etiquette.libelle: etiquette.valeur for etiquette in lettre.etiquettes}
    totaux = demande.totaux
    return {
        "montant": (format_montant(totaux.total),),
        "principal": (format_montant(totaux.principal),),
        "interets": (format_montant(totaux.interets),),
        "indemnites": (format_montant(totaux.indemnites),),
        "penalites_annoncees": (format_montant(demande.penalites_annoncees),),
        "indemnites_annoncees": (format_montant(demande.indemnites_annoncees),),
        "factures": tuple(texte for f in lettre.factures for texte in (f.numero, f.echeance, f.reste)),
        "delai": (count_jours(demande.delai_jours),),
        "depart": (write_depart(demande),),
        "nom_interets": (demande.nom_interets,),
        "mediateur": (clean_texte(demande.etat.creancier.description.mediateur),),
        "jour": (format_jour(demande.etat.au),),
        "date": (lettre.lieu_date,),
        "mode": (etiquettes["Envoi"],),
        "reference": (demande.reference,),
        "creancier_nom": (lettre.entete.nom,),
        "creancier_adresse": lettre.entete.coordonnees,
        "debiteur": lettre.destinataire,
        "contacts": list_contacts(demande.etat.creancier.description),
        "paiement": tuple(etiquette.valeur for etiquette in lettre.paiement.etiquettes),
    }


def list_mentions(demande: Demande) -> tuple[Mention, ...]:
    """The mentions that this letter must carry; an unknown debtor is refused anyway, for that reason alone."""
    inconnue = demande.qualite is QualitePartie.INCONNUE
    qualite = QualitePartie.PROFESSIONNEL if inconnue else demande.qualite
    return select_mentions(load_mentions(PAQUET), qualite, list_faits(demande))


def check_lettre(demande: Demande, lettre: Lettre) -> tuple[Manquement, ...]:
    """Every rule the letter breaks without being stopped by it, most serious first.

    Raises ErreurExigible (`acte_refuse`) when a rule forbids it, a mention wanted by a text is missing, or interest
    rests on a provisional rate.
    """
    if any(ligne.provisoire for ligne in (*demande.lignes, *demande.lignes_annoncees)):
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "{refus} : ses intérêts reposent sur un taux provisoire ; demandez l'état du dossier "
                "sans taux provisoire, les intérêts s'arrêteront au dernier taux publié.",
                refus=REFUS,
            ),
            regle="taux_provisoire",
        )
    check_contestations(demande.sommes, REFUS)
    mentions = list_mentions(demande)
    absentes = find_absentes(mentions, list_valeurs(demande, lettre), write_texte(lettre))
    connues = load_referentiel().codes["mentions"]
    presentes = list_sans_doublon([m.code for m in mentions if m not in absentes and m.code in connues])
    contexte = build_contexte(demande, lettre, presentes)
    manquements = check_conformite(contexte, CIBLES, REFUS)
    for mention in absentes:
        if mention.statut == "loi":
            raise ErreurExigible(
                "acte_refuse",
                phrase(
                    "{refus} : il y manque « {libelle} » ({article}).",
                    refus=REFUS,
                    libelle=mention.libelle,
                    article=mention.article,
                ),
                regle=mention.code,
                article=mention.article,
            )
    return manquements


def build_contexte(demande: Demande, lettre: Lettre, mentions: Iterable[str]) -> dict[str, object]:
    """The facts of the letter and of the dossier, under the names that the rules of compliance use."""
    return {
        **describe_parties(demande.etat),
        **describe_creances(demande.etat, demande.sommes),
        **_describe_decompte(demande),
        "action.type": "mise_en_demeure",
        "action.premiere_communication": True,
        "envoi.canal": demande.canal.value,
        "lettre.titre_objet_signature": "\n".join((lettre.objet, *lettre.signature)),
        "mentions": tuple(mentions),
        "texte": write_corps(lettre),
    }


def _describe_decompte(demande: Demande) -> dict[str, object]:
    totaux, sommes, regime = demande.totaux, demande.sommes, demande.etat.regime.regime
    reclames = (
        ("principal", totaux.principal),
        ("penalites" if demande.de_plein_droit else "interet_legal", totaux.interets),
        ("indemnite_40", totaux.indemnites),
        ("frais_recouvrement", totaux.frais),
    )
    demeures = [somme.etat.en_demeure_le for somme in sommes if somme.etat.en_demeure_le is not None]
    return {
        "regime": "civil" if regime in {None, Regime.LEGAL} else str(regime),
        "contrat.demeure_par_echeance": False,
        "lignes": tuple(code for code, montant in reclames if montant > 0),
        "decompte.nb_indemnites_40": sum(1 for somme in sommes if somme.indemnites > 0),
        "decompte.nb_factures_en_retard": sum(1 for somme in sommes if somme.etat.jours_de_retard > 0),
        "decompte.total": totaux.total,
        "decompte.somme_lignes": sum((montant for _, montant in reclames), ZERO),
        "decompte.elements_distingues": True,
        "decompte.cumul_moratoire": False,
        "decompte.tva_sur_penalites": False,
        "decompte.date_depart_interets": min((ligne.du for ligne in demande.lignes), default=demande.etat.au),
        "dossier.date_mise_en_demeure": min(demeures, default=demande.etat.au),
        **_describe_taux(demande),
    }


def _describe_taux(demande: Demande) -> dict[str, object]:
    """What the rules want to know of the rates: a public buyer's stays, an agreed one under its floor is said."""
    taux = {(ligne.creance, ligne.taux) for ligne in demande.lignes}
    fige = len(taux) == len({creance for creance, _ in taux})
    for avertissement in demande.etat.decompte.avertissements:
        if avertissement.code == "taux_sous_plancher" and demande.totaux.interets > 0:
            return {
                "decompte.taux_public_fige": fige,
                "decompte.taux_convenu": avertissement.parametres["taux"],
                "decompte.plancher_3x_legal": avertissement.parametres["plancher"],
            }
    return {"decompte.taux_public_fige": fige}
