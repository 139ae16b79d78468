"""The words of a courteous message: a reminder, a note, a call. It asks for the principal alone.

Subjects say neither debt nor delay: whoever sees a mailbox over a shoulder learns nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Liste, ReglerPar, Signatures
from exigible.actes.lettre import build_entete, build_paiement, list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.noms import describe_noms, find_mots, write_objet
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import Fragment, clean_texte, format_date_longue, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.recouvreur import find_beneficiaire, sign_message
from exigible.dossier.etat import EtatDossier, SortCourrier
from exigible.dossier.faits import Etape, Reclamation
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.interets import Regime
from exigible.droit.jours import format_jour
from exigible.droit.regimes import QualitePartie

# Our choice, not the law's: the time that a reminder gives when nobody says.
_HUIT_JOURS = timedelta(days=8)
_ECRITS = frozenset({Etape.COURTOISIE, Etape.RELANCE})


def describe_message(demande: Demande, sommes: Sequence[SommeReclamee] | None = None) -> Contexte:
    """Say what a message names; `sommes`: the claims that it speaks of, those of the demand by default.

    Raises ErreurSaisie (`iban_invalide`).
    """
    etat = demande.etat
    dont = demande.sommes if sommes is None else tuple(sommes)
    principal = sum((somme.principal for somme in dont), ZERO)
    premier = is_premier_ecrit(etat)
    accessoires = _list_accessoires(etat)
    imputes = _compute_imputes(etat, dont)
    conteste = any(somme.etat.conteste > 0 for somme in dont)
    mediateur = clean_texte(etat.creancier.description.mediateur)
    consommateur = etat.debiteur.qualite is QualitePartie.CONSOMMATEUR
    avertissements = () if etat.creancier.ibans else build_paiement(etat.creancier, principal, demande.reference)[1]
    return Contexte(
        Vocabulaire(
            {
                "objet_factures": write_objet(etat, dont),
                **describe_noms(etat, dont),
                "accessoires": join_mots(accessoires),
                "nombre": str(len(dont)),
                "codebiteurs": name_codebiteurs(etat),
                "accessoires_imputes": format_montant(imputes),
                "sous_huit_jours": format_date_longue(etat.au + _HUIT_JOURS),
                "factures_contestees": join_mots([clean_texte(s.numero) for s in dont if s.reservee]),
            },
            {
                "premier_ecrit": premier,
                "sans_date": not demande.reponses.get("avant_le"),
                "accessoires_annonces": bool(accessoires),
                "accessoires_reserves": bool(accessoires) and _is_reserve(etat),
                "accessoires_imputes": imputes > ZERO,
                "partie_contestee": any(somme.reservee for somme in dont),
                "part_seule": any(somme.entier for somme in dont),
                "desaccord_ouvert": consommateur and conteste and bool(mediateur),
            },
            {
                "liste_des_factures": (_build_liste(etat, dont),) if dont else (),
                "paiement": _build_paiement(demande, dont),
                "signature": (sign_message(demande) or _build_signature(etat),),
            },
        ),
        preuves={
            "factures": tuple(t for s in dont for t in (clean_texte(s.numero), format_montant(s.principal))),
            "contacts": list_contacts(etat.creancier.description),
        },
        conformite=_describe_conformite(etat, dont, premier=premier),
        avertissements=avertissements,
        montant=principal,
    )


def is_premier_ecrit(etat: EtatDossier) -> bool:
    """Whether nothing written left before: personal data are explained in the first writing (GDPR art. 13).

    A call explains nothing; a letter only approved, or returned because of its address, was read by nobody.
    """
    lettres = any(c.poste_le is not None and c.sort is not SortCourrier.NON_DISTRIBUE for c in etat.courriers)
    return not lettres and not any(etape in _ECRITS for c in etat.creances for etape, _ in c.etapes_faites)


def _describe_conformite(etat: EtatDossier, sommes: Sequence[SommeReclamee], *, premier: bool) -> dict[str, object]:
    """An e-mail address or a number is an address here; nothing but the principal is claimed."""
    debiteur = etat.debiteur
    return {
        "action.creancier_identifie": bool(clean_texte(etat.creancier.description.nom)),
        "action.premiere_communication": premier,
        "creance.solde": min((somme.principal for somme in sommes), default=ZERO),
        "debiteur.adresse_connue": debiteur.adresse.complete or bool(debiteur.courriel or debiteur.telephone),
        "lignes": ("principal",),
    }


def _build_liste(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> Liste:
    mot = find_mots(etat, sommes).ligne
    return Liste(numerotee=False, elements=tuple((Fragment(_write_facture(somme, mot)),) for somme in sommes))


def _write_facture(somme: SommeReclamee, mot: str) -> str:
    creance = somme.etat.creance
    numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
    entame = somme.principal != somme.solde.principal_initial
    return write_phrase(
        "{mot} {numero} du {emission}, échéance {echeance} : {reste}{entier}{objet}",
        mot=mot,
        numero=numero,
        emission=format_jour(creance.emission),
        echeance=format_jour(creance.echeance) if creance.echeance else "non connue",
        reste=format_montant(somme.principal),
        entier=write_phrase(" sur {montant}", montant=format_montant(creance.montant)) if entame else "",
        objet=f" ({libelle})" if libelle and libelle != numero else "",
    )


def _list_accessoires(etat: EtatDossier) -> list[str]:
    """The law's accessories, said and not asked for; nothing to a consumer, nor what is waived."""
    if etat.regime.regime not in {Regime.COMMERCIAL, Regime.PUBLIC}:
        return []
    accessoires = []
    if etat.penalites is not Reclamation.RENONCER:
        public = etat.regime.regime is Regime.PUBLIC
        accessoires.append("des intérêts moratoires" if public else "des pénalités de retard")
    if etat.indemnite is not Reclamation.RENONCER and etat.regime.indemnite:
        accessoires.append(write_phrase("une indemnité forfaitaire pour frais de recouvrement de 40 € par facture"))
    return accessoires


def _is_reserve(etat: EtatDossier) -> bool:
    """Whether accessories of the law are neither claimed nor waived: what is paid in principal leaves them due."""
    return Reclamation.ANNONCER in {etat.penalites, etat.indemnite}


def _compute_imputes(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> Decimal:
    """What payments on these claims extinguished of their accessories first (C. civ. 1343-1): it explains the rest."""
    cles = {somme.cle for somme in sommes}
    imputees = (i for i in etat.decompte.imputations if i.creance in cles)
    return sum((i.frais + i.indemnites + i.interets for i in imputees), ZERO)


def _build_paiement(demande: Demande, sommes: Sequence[SommeReclamee]) -> tuple[Bloc, ...]:
    montant = sum((somme.principal for somme in sommes), ZERO)
    if montant <= ZERO:
        return ()
    paiement, _ = build_paiement(find_beneficiaire(demande), montant, demande.reference)
    return (ReglerPar(paiement),)


def _build_signature(etat: EtatDossier) -> Signatures:
    """Who writes, and how to answer: an e-mail has no letterhead (C. com. R123-237)."""
    creancier = etat.creancier.description
    entete = build_entete(creancier)
    lignes = (clean_texte(creancier.signataire), clean_texte(creancier.fonction), entete.nom, entete.identite)
    return Signatures((list_sans_doublon((*lignes, *list_contacts(creancier))),))
