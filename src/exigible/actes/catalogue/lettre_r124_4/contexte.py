"""What the letter of a collector adds: who it is, the debt part by part, its own account, what it tells of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from exigible.actes.contexte import Contexte
from exigible.actes.controle import is_numero_court, is_numero_surtaxe, is_personne_physique
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Note, ReglerPar, Signatures, Somme, Sommes
from exigible.actes.lettre import Entete, Etiquette, build_paiement
from exigible.actes.mise_en_demeure.delai import propose_delai
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_paragraphe
from exigible.actes.vocabulaire.blocs import name_interets
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.recouvreur import list_contacts_du_recouvreur, write_lieu_date
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant

_CONDITIONS = (
    "acteur.assurance_rc",
    "acteur.compte_dedie",
    "acteur.declaration_procureur",
    "convention.ecrite",
    "convention.pouvoir_recevoir",
    "convention.montants_distincts",
    "convention.garantie_rc",
    "convention.remuneration",
    "convention.reversement",
    "convention.clause_rgpd_28",
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the collector and the debt. Raises ErreurSaisie (`iban_invalide`)."""
    totaux, dits = demande.totaux, commun.valeurs
    lignes = list_lignes_saisies(demande, commun, "recouvreur_adresse")
    contacts = dits["recouvreur_contacts"]
    accessoires = totaux.indemnites + totaux.frais
    vocabulaire = Vocabulaire(
        {
            "recouvreur_lieu": ", ".join(lignes),
            "accessoires": format_montant(accessoires),
            "nom_interets": name_interets(demande).lower(),
            "codebiteurs": name_codebiteurs(demande.etat),
            "lieu_date": write_lieu_date(lignes, dits["date"]),
        },
        {
            "part_seule": any(somme.entier for somme in demande.sommes),
            "partie_contestee": any(somme.reservee for somme in demande.sommes),
        },
        {
            "elements": (_build_elements(demande, commun),),
            "paiement": _build_paiement(demande),
            "signature_recouvreur": (Signatures(((dits["recouvreur_signataire"], dits["recouvreur_nom"]),)),),
            "donnees_du_recouvreur": _build_donnees(demande, dits),
        },
    )
    conditions = demande.reponses.get("conditions_remplies", True)
    return Contexte(
        vocabulaire,
        etiquettes=(Etiquette("Créancier", dits["creancier_nom"]),),
        entete=Entete(dits["recouvreur_nom"], dits["recouvreur_forme"], (*lignes, contacts)),
        conformite={
            "acteur": "recouvreur",
            "lettre.titre_signataire": dits["recouvreur_signataire"].lower(),
            "lettre.numero_surtaxe": is_numero_surtaxe(contacts),
            "lettre.numero_court": is_numero_court(contacts),
            **dict.fromkeys(_CONDITIONS, bool(conditions)),
        },
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """What the agreement with the collector says of it."""
    convention = etat.creancier.convention
    delai = {"delai_jours": str(propose_delai(etat))}
    if convention is None:
        return delai
    connus = {
        "recouvreur_nom": convention.titulaire,
        "recouvreur_forme": convention.forme,
        "recouvreur_adresse": "\n".join(convention.adresse),
        "recouvreur_contacts": " ou ".join(list_contacts_du_recouvreur(convention)),
        "recouvreur_signataire": convention.signataire,
        "iban_recouvreur": convention.compte,
    }
    return {**{question: dit for question, dit in connus.items() if dit}, **delai}


def _build_elements(demande: Demande, commun: Vocabulaire) -> Sommes:
    """Every part has its line, even when it is nothing: the elements are distinguished."""
    totaux = demande.totaux
    ecrites = [ligne for bloc in commun.blocs["sommes"] if isinstance(bloc, Sommes) for ligne in bloc.lignes]
    details = {ligne.libelle: ligne.detail for ligne in ecrites}
    nom = name_interets(demande)
    indemnite = "Indemnité forfaitaire pour frais de recouvrement"
    detail = " ; ".join(f"{libelle} : {details[libelle]}" for libelle in (indemnite,) if libelle in details)
    lignes = (
        Somme("Principal", details.get("Principal", ""), format_montant(totaux.principal)),
        Somme("Intérêts", f"{nom}, {details[nom]}" if nom in details else "", format_montant(totaux.interets)),
        Somme("Autres accessoires", detail, format_montant(totaux.indemnites + totaux.frais)),
    )
    return Sommes(lignes, Somme("Total", "", format_montant(totaux.total)))


def _build_paiement(demande: Demande) -> tuple[Bloc, ...]:
    """To the collector's own account, kept for what is received for others (CPCE R124-2)."""
    nom, iban = (str(demande.reponses.get(question, "")) for question in ("recouvreur_nom", "iban_recouvreur"))
    creancier, total = demande.etat.creancier, demande.totaux.total
    convention = creancier.convention
    bic = convention.bic if convention is not None and convention.compte == iban else ""
    if total <= ZERO:
        return ()
    recouvreur = replace(
        creancier,
        description=structs.replace(creancier.description, nom=nom),
        ibans=((iban, bic),) if iban else (),
    )
    return (ReglerPar(build_paiement(recouvreur, total, demande.reference)[0]),)


def _build_donnees(demande: Demande, dits: Mapping[str, str]) -> tuple[Bloc, ...]:
    if not is_personne_physique(demande.etat):
        return ()
    note = write_paragraphe(
        "**Vos données personnelles.** Vos données (identité, coordonnées, factures, paiements et échanges à leur "
        "sujet) nous ont été communiquées par le créancier, {creancier}, qui est responsable du traitement ; nous "
        "les traitons comme sous-traitant, pour recouvrer sa créance (exécution du contrat et intérêt légitime à être "
        "payé : RGPD, article 6, 1, b et f). Elles sont destinées au créancier, à nos services chargés du dossier et, "
        "s'il y a lieu, à ses conseils et à la justice. Elles sont conservées jusqu'au paiement, puis pendant la durée "
        "de la prescription et des obligations comptables (dix ans pour les factures). Aucune décision n'est prise par "
        "une machine seule. Vous pouvez demander l'accès à vos données, leur rectification, leur effacement, la "
        "limitation du traitement ou vous y opposer ({contacts}), et adresser une réclamation à la CNIL (www.cnil.fr).",
        creancier=clean_texte(demande.etat.creancier.description.nom),
        contacts=dits["recouvreur_contacts"],
    )
    return (Note((note,)),)
