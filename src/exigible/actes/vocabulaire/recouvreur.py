"""Whoever collects for the creditor recalls, each time, the reference and the day of its first letter (CPCE R124-4).

Only the acts whose `mentions.toml` wants that recall make it; they ask for payment on the collector's account.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from exigible.actes.controle import is_numero_court, is_numero_surtaxe
from exigible.actes.demande import Demande
from exigible.actes.document import Signatures, Texte
from exigible.actes.lettre import Entete
from exigible.actes.mentions import load_mentions
from exigible.actes.modele import Forme
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Paragraphe, clean_texte, list_sans_doublon, write_paragraphe, write_phrase
from exigible.dossier.etat import EtatCourrier, EtatCreancier, SortCourrier
from exigible.dossier.faits_reversement import ConventionDeRecouvrement
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

PREMIERE_LETTRE = "lettre_r124_4"
_VILLE = re.compile(r"\b\d{5}\s+(\D+?)\s*$")
_RAPPEL = frozenset({"ref_r124_4", "date_r124_4"})


def describe_recouvreur(demande: Demande, commun: Vocabulaire) -> Vocabulaire:
    """Name the first letter of the collector, and make the sentence that recalls it: nothing while it is not known.

    A letter that bears the collector's letterhead is signed by it, tells how to answer it, and says for whom it writes.
    """
    lettre = find_premiere_lettre(demande)
    jour = format_jour(lettre.poste_le) if lettre and lettre.poste_le else ""
    valeurs = {"r124_4_jour": jour, "r124_4_reference": demande.reference if lettre else ""}
    faits = {"r124_4_rappelee": lettre is not None}
    if lettre is None:
        return Vocabulaire(valeurs, faits, {"rappel_r124_4": ()})
    convention = demande.etat.creancier.convention
    titulaire = clean_texte(convention.titulaire) if convention else ""
    envoyee = "que vous a adressée {nom} pour le compte du créancier" if titulaire else "envoyée pour le créancier"
    rappel = write_paragraphe(
        "Cette démarche fait suite à la lettre de recouvrement amiable **du {jour}, référence {reference}**, "
        "{envoyee}, {creancier} (article R124-4 du code des procédures civiles d'exécution).",
        envoyee=write_phrase(envoyee, nom=titulaire),
        jour=jour,
        reference=demande.reference,
        creancier=clean_texte(demande.etat.creancier.description.nom),
    )
    dits = Vocabulaire(valeurs, faits, {"rappel_r124_4": (Texte(rappel),)})
    auteur = find_auteur(demande)
    return dits if auteur is None else dits.add(_describe_auteur(auteur, commun, rappel))


def _describe_auteur(auteur: ConventionDeRecouvrement, commun: Vocabulaire, rappel: Paragraphe) -> Vocabulaire:
    """What changes when the collector itself writes: from where, who signs, whom to answer, in whose name."""
    contacts, signataire = list_contacts_du_recouvreur(auteur), clean_texte(auteur.signataire)
    siens = commun.valeurs["creancier_contacts"] if commun.faits["contacts_connus"] else ""
    pour = write_paragraphe(
        "Nous vous écrivons au nom et pour le compte du créancier : {identite}{contacts}. Dans ce qui suit, « nous » "
        "désigne le créancier, que nous représentons.",
        identite=commun.valeurs["creancier_identite"],
        contacts=f" ({siens})" if siens else "",
    )
    return Vocabulaire(
        {
            "lieu_date": write_lieu_date(auteur.adresse, commun.valeurs["date"]),
            **({"creancier_contacts": " ou ".join(contacts)} if contacts else {}),
        },
        {},
        {
            "rappel_r124_4": (Texte(pour), Texte(rappel)),
            "signature": (Signatures((list_sans_doublon((signataire, clean_texte(auteur.titulaire))),)),),
        },
    )


def find_auteur(demande: Demande) -> ConventionDeRecouvrement | None:
    """Return the collector that writes a letter itself: it has written first, and its address is known (R124-4)."""
    convention = demande.etat.creancier.convention
    if convention is None or not convention.adresse or demande.modele.forme is Forme.ACTE:
        return None
    return convention if find_premiere_lettre(demande) is not None else None


def build_entete_du_recouvreur(demande: Demande) -> Entete | None:
    """Make the letterhead of the collector that writes; None for a letter of the creditor's own."""
    auteur = find_auteur(demande)
    if auteur is None:
        return None
    lignes = tuple(clean_texte(ligne) for ligne in auteur.adresse)
    contacts = list_contacts_du_recouvreur(auteur)
    return Entete(clean_texte(auteur.titulaire), clean_texte(auteur.forme), (*lignes, *contacts))


def sign_message(demande: Demande) -> Signatures | None:
    """How the collector that writes signs a message, which bears no letterhead; None when the creditor writes."""
    auteur = find_auteur(demande)
    if auteur is None:
        return None
    qui = (auteur.signataire, auteur.titulaire, auteur.forme)
    lignes = (*(clean_texte(texte) for texte in qui), *list_contacts_du_recouvreur(auteur))
    return Signatures((list_sans_doublon(lignes),))


def list_contacts_du_recouvreur(convention: ConventionDeRecouvrement) -> tuple[str, ...]:
    """Telephone and e-mail of the collector, those that are known."""
    return list_sans_doublon((clean_texte(convention.telephone), clean_texte(convention.courriel)))


def find_premiere_lettre(demande: Demande) -> EtatCourrier | None:
    """Return the last such letter that left about these claims and reached its address, for an act that recalls it."""
    if not _must_recall(demande):
        return None
    cles = {somme.cle for somme in demande.sommes}
    parties = [
        c
        for c in demande.etat.courriers
        if c.acte == PREMIERE_LETTRE
        and c.poste_le is not None
        and c.sort is not SortCourrier.NON_DISTRIBUE
        and (not cles or not c.creances or cles & set(c.creances))
    ]
    return max(parties, key=lambda c: (str(c.poste_le), c.cle), default=None)


def find_beneficiaire(demande: Demande) -> EtatCreancier:
    """Return who is to be paid: the collector, on its account kept for others (CPCE R124-2), once it has written."""
    creancier = demande.etat.creancier
    convention = creancier.convention
    if convention is None or find_premiere_lettre(demande) is None:
        return creancier
    nomme = structs.replace(creancier.description, nom=convention.titulaire)
    return replace(creancier, description=nomme, ibans=((convention.compte, convention.bic),))


def describe_regles(demande: Demande) -> dict[str, object]:
    """Say to the rules that a collector acts, and what its first letter was."""
    lettre = find_premiere_lettre(demande)
    if lettre is None:
        return {}
    auteur = find_auteur(demande)
    telephone = auteur.telephone if auteur else ""
    return {
        "acteur": "recouvreur",
        "dossier.ref_r124_4": demande.reference,
        "dossier.date_r124_4": lettre.poste_le,
        **({"lettre.numero_surtaxe": is_numero_surtaxe(telephone)} if telephone else {}),
        **({"lettre.numero_court": is_numero_court(telephone)} if telephone else {}),
    }


def warn_recouvreur(demande: Demande) -> tuple[Avertissement, ...]:
    """Say that the first letter is missing, where the dossier is collected for the creditor."""
    if demande.etat.creancier.convention is None or not _must_recall(demande) or find_premiere_lettre(demande):
        return ()
    message = phrase(
        "Vous recouvrez pour ce créancier : la première démarche est la lettre de l'article R124-4 du CPCE, dont les "
        "suivantes rappellent la référence et la date. Aucune n'est au dossier pour ces factures."
    )
    return (Avertissement("lettre_r124_4_absente", message),)


def write_lieu_date(adresse: Sequence[str], date_longue: str) -> str:
    """`Essaiville, le 21 novembre 2026`: where the collector writes from, as its address says; the day alone else."""
    villes = [ville for ligne in adresse for ville in _VILLE.findall(ligne)]
    ville = clean_texte(villes[-1]) if villes else ""
    # An address is often typed as the post wants it.
    ville = ville.title() if ville.isupper() else ville
    return write_phrase("{ville}, le {date}" if ville else "Le {date}", ville=ville, date=date_longue)


def _must_recall(demande: Demande) -> bool:
    return any(mention.code in _RAPPEL for mention in load_mentions(demande.modele.paquet))
