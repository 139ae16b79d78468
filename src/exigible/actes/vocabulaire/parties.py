"""Who the parties are, as letters and acts name them."""

from __future__ import annotations

import re

from exigible.actes.controle import is_personne_physique
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_adresse, write_contacts, write_forme, write_immatriculation
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, format_date_longue, format_iban, format_siren, write_phrase
from exigible.actes.vocabulaire.recouvreur import find_beneficiaire
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Adresse, RolePersonne
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ESPACE_INSECABLE
from exigible.droit.jours import format_jour
from exigible.droit.regimes import QualitePartie
from exigible.droit.regle import QualiteCreancier

_FORMES_PERSONNELLES = frozenset(
    {"ei", "eirl", "entrepreneur individuel", "entreprise individuelle", "micro-entrepreneur"}
)
_GROUPEMENT = re.compile(
    r"\b(syndicat|copropriété|copropriétaires|association|union|société|sci|commune|fondation|mutuelle|coopérative"
    r"|groupement|comité|office|chambre)\b",
    re.IGNORECASE,
)
_MASCULIN = re.compile(r"(syndicat|groupement|gie|gaec|comité|office|établissement)\b", re.IGNORECASE)
_FEMININ = re.compile(
    r"(sas|sasu|sarl|eurl|sa|sci|snc|scp|scop|scm|scs|sca|selarl|selas|selasu|société|association|fondation|mutuelle"
    r"|coopérative|commune|chambre|union)\b",
    re.IGNORECASE,
)


def describe_parties(demande: Demande) -> Vocabulaire:
    """Name the creditor, the debtor, the day and the reference."""
    etat = demande.etat
    creancier, debiteur = etat.creancier.description, etat.debiteur
    ibans = find_beneficiaire(demande).ibans
    iban, bic = ibans[0] if ibans else ("", "")
    date_longue, ville = format_date_longue(etat.au), clean_texte(creancier.adresse.ville)
    return Vocabulaire(
        {
            "creancier_nom": clean_texte(creancier.nom),
            "creancier_identite": write_identite_du_creancier(etat),
            "creancier_adresse": write_adresse(creancier.adresse),
            "creancier_siren": format_siren(creancier.siren),
            "creancier_contacts": write_contacts(creancier),
            "creancier_ville": ville,
            "signataire": clean_texte(creancier.signataire),
            "fonction": clean_texte(creancier.fonction),
            "mediateur": clean_texte(creancier.mediateur),
            "iban": format_iban(iban),
            "bic": clean_texte(bic),
            "debiteur_nom": clean_texte(debiteur.nom),
            "debiteur_identite": write_identite_du_debiteur(etat),
            "debiteur_adresse": write_adresse(debiteur.adresse),
            "debiteur_siren": format_siren(debiteur.siren),
            "debiteur_code": clean_texte(debiteur.code),
            "reference": demande.reference,
            "date": date_longue,
            "jour": format_jour(etat.au),
            "lieu_date": f"{ville}, le {date_longue}" if ville else f"Le {date_longue}",
        },
        {
            "professionnel": debiteur.qualite is QualitePartie.PROFESSIONNEL,
            "consommateur": debiteur.qualite is QualitePartie.CONSOMMATEUR,
            "non_professionnel": debiteur.qualite is QualitePartie.NON_PROFESSIONNEL,
            "particulier": debiteur.qualite in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL},
            "personne_publique": debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE,
            "personne_physique": is_personne_physique(etat),
            "creancier_professionnel": creancier.qualite is QualiteCreancier.PROFESSIONNEL,
            "mediateur_connu": bool(clean_texte(creancier.mediateur)),
            "compte_connu": bool(iban),
            "debiteur_immatricule": bool(clean_texte(debiteur.siren)),
            "signataire_connu": bool(clean_texte(creancier.signataire)),
            "contacts_connus": bool(clean_texte(creancier.telephone) or clean_texte(creancier.courriel)),
        },
    )


def write_adresse(adresse: Adresse) -> str:
    """An address on one line."""
    return ", ".join(list_adresse(adresse))


def is_creancier_physique(creancier: CreancierDecrit) -> bool:
    """Whether the creditor is a natural person: its form says so, or it is a private person that is no grouping."""
    forme = clean_texte(creancier.forme).casefold()
    if forme:
        return forme in _FORMES_PERSONNELLES
    return creancier.qualite is QualiteCreancier.PARTICULIER and not is_groupement(creancier.nom)


def is_debiteur_entrepreneur(etat: EtatDossier) -> bool:
    """Whether the debtor is a sole trader who owes a business debt: it has two estates (C. com. L526-22)."""
    debiteur = etat.debiteur
    personnelle = clean_texte(debiteur.forme).casefold() in _FORMES_PERSONNELLES
    return personnelle and debiteur.qualite is QualitePartie.PROFESSIONNEL


def is_groupement(nom: str) -> bool:
    """Whether a name is that of a grouping: a co-owners' association, an association, a company."""
    return _GROUPEMENT.search(clean_texte(nom)) is not None


def name_codebiteurs(etat: EtatDossier) -> str:
    """Name those who owe the whole debt with the debtor; empty when there are none."""
    solidaires = [p for p in etat.personnes if p.role is RolePersonne.CODEBITEUR_SOLIDAIRE]
    return join_mots([clean_texte(p.nom) for p in solidaires])


def is_debiteur_moral(etat: EtatDossier) -> bool:
    """Whether the debtor is a legal person, from what the dossier says of it, else from its name."""
    return not is_personne_physique(etat) or is_personne_morale(etat.debiteur.nom, etat.debiteur.personne_physique)


def is_personne_morale(nom: str, physique: bool | None) -> bool:  # noqa: FBT001 - what the dossier says, or nothing
    """Whether somebody is a legal person: the dossier says so, or says nothing and the name does."""
    return physique is False or (physique is None and is_groupement(nom))


def write_lieu(adresse: Adresse, *, morale: bool) -> str:
    """Where a party lives or has its seat; empty without an address."""
    ligne = write_adresse(adresse)
    return f"{'dont le siège est' if morale else 'demeurant'} {ligne}" if ligne else ""


def write_identite_du_creancier(etat: EtatDossier) -> str:
    """Who the creditor is, in full: form, capital, register, seat, who represents it (CPC 54, 57; C. com. R123-237)."""
    creancier = etat.creancier.description
    physique = is_creancier_physique(creancier)
    morceaux = (
        clean_texte(creancier.nom),
        write_forme(creancier),
        write_immatriculation(creancier),
        write_lieu(creancier.adresse, morale=not physique),
        "" if physique else _write_representant(creancier),
    )
    return ", ".join(morceau for morceau in morceaux if morceau)


def _write_representant(creancier: CreancierDecrit) -> str:
    """By whom a legal person acts; its gender is written only where its form or its name leaves no doubt."""
    signataire, fonction = clean_texte(creancier.signataire), clean_texte(creancier.fonction)
    if not signataire:
        return ""
    qui = f"{signataire}, {fonction}" if fonction else signataire
    sujet = clean_texte(creancier.forme) or clean_texte(creancier.nom)
    if _MASCULIN.match(sujet):
        return write_phrase("représenté par {qui}", qui=qui)
    if _FEMININ.match(sujet):
        return write_phrase("représentée par {qui}", qui=qui)
    return write_phrase("ayant pour représentant {qui}", qui=qui)


def write_identite_du_debiteur(etat: EtatDossier) -> str:
    """Who the debtor is, as far as the dossier says."""
    debiteur = etat.debiteur
    siren = format_siren(debiteur.siren)
    morceaux = (
        clean_texte(debiteur.nom),
        clean_texte(debiteur.forme),
        f"SIREN{ESPACE_INSECABLE}{siren}" if siren else "",
        write_lieu(debiteur.adresse, morale=is_debiteur_moral(etat)),
    )
    return ", ".join(morceau for morceau in morceaux if morceau)
