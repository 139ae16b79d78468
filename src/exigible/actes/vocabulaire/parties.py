"""Who the parties are, as letters and acts name them."""

from __future__ import annotations

from exigible.actes.controle import is_personne_physique
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_adresse, write_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, format_date_longue, format_iban, format_siren, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Adresse
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.jours import format_jour
from exigible.droit.regimes import QualitePartie
from exigible.droit.regle import QualiteCreancier

_FORMES_PERSONNELLES = frozenset({"", "ei", "eirl", "entrepreneur individuel", "micro-entrepreneur"})


def describe_parties(demande: Demande) -> Vocabulaire:
    """Name the creditor, the debtor, the day and the reference."""
    etat = demande.etat
    creancier, debiteur = etat.creancier.description, etat.debiteur
    iban, bic = etat.creancier.ibans[0] if etat.creancier.ibans else ("", "")
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
            "personne_publique": debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE,
            "personne_physique": is_personne_physique(etat),
            "creancier_professionnel": creancier.qualite is QualiteCreancier.PROFESSIONNEL,
            "mediateur_connu": bool(clean_texte(creancier.mediateur)),
            "compte_connu": bool(iban),
        },
    )


def write_adresse(adresse: Adresse) -> str:
    """An address on one line."""
    return ", ".join(list_adresse(adresse))


def write_identite_du_creancier(etat: EtatDossier) -> str:
    """Who the creditor is, in full: form, capital, register, seat, who represents it (CPC 54, 57; C. com. R123-237)."""
    creancier = etat.creancier.description
    morceaux = [clean_texte(creancier.nom), *_list_forme(creancier)]
    if adresse := write_adresse(creancier.adresse):
        lieu = "demeurant" if clean_texte(creancier.forme).lower() in _FORMES_PERSONNELLES else "dont le siège est"
        morceaux.append(f"{lieu} {adresse}")
    if signataire := clean_texte(creancier.signataire):
        fonction = clean_texte(creancier.fonction)
        morceaux.append(
            write_phrase("représentée par {qui}", qui=f"{signataire}, {fonction}" if fonction else signataire)
        )
    return ", ".join(morceaux)


def _list_forme(creancier: CreancierDecrit) -> list[str]:
    forme, capital = clean_texte(creancier.forme), clean_texte(creancier.capital)
    siren, rcs = format_siren(creancier.siren), clean_texte(creancier.rcs)
    if forme and capital:
        euros = capital if "€" in capital else f"{capital} €"
        forme = write_phrase("{forme} au capital de {capital}", forme=forme, capital=euros)
    registre = ""
    if rcs:
        registre = write_phrase("immatriculée au {rcs}", rcs=rcs if rcs.upper().startswith("RCS") else f"RCS de {rcs}")
    if siren and siren not in registre:
        registre = write_phrase("{debut} sous le numéro {siren}", debut=registre or "identifiée", siren=siren)
    return [morceau for morceau in (forme, registre) if morceau]


def write_identite_du_debiteur(etat: EtatDossier) -> str:
    """Who the debtor is, as far as the dossier says."""
    debiteur = etat.debiteur
    forme, siren, adresse = clean_texte(debiteur.forme), format_siren(debiteur.siren), write_adresse(debiteur.adresse)
    morceaux = [clean_texte(debiteur.nom), forme]
    if siren:
        morceaux.append(write_phrase("identifié sous le numéro {siren}", siren=siren))
    if adresse:
        morceaux.append(f"{'demeurant' if is_personne_physique(etat) else 'dont le siège est'} {adresse}")
    return ", ".join(morceau for morceau in morceaux if morceau)
