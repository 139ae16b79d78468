"""The words of a courteous message: a reminder, a note, a call. It asks for the principal alone.

Subjects say neither debt nor delay: whoever sees a mailbox over a shoulder learns nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Liste, ReglerPar, Signatures
from exigible.actes.lettre import build_entete, build_paiement, list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import Fragment, clean_texte, list_sans_doublon, write_phrase
from exigible.dossier.etat import EtatDossier, SortCourrier
from exigible.dossier.faits import Etape, Reclamation, RolePersonne
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.interets import Regime
from exigible.droit.jours import format_jour
from exigible.droit.regimes import QualitePartie

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
                "objet_factures": _write_objet(dont),
                "accessoires": join_mots(accessoires),
                "nombre": str(len(dont)),
                "codebiteurs": join_mots(
                    [clean_texte(p.nom) for p in etat.personnes if p.role is RolePersonne.CODEBITEUR_SOLIDAIRE]
                ),
                "accessoires_imputes": format_montant(imputes),
                "factures_contestees": join_mots([clean_texte(s.numero) for s in dont if s.reservee]),
            },
            {
                "premier_ecrit": premier,
                "accessoires_annonces": bool(accessoires),
                "accessoires_reserves": bool(accessoires) and _is_reserve(etat),
                "accessoires_imputes": imputes > ZERO,
                "partie_contestee": any(somme.reservee for somme in dont),
                "part_seule": any(somme.entier for somme in dont),
                "desaccord_ouvert": consommateur and conteste and bool(mediateur),
            },
            {
                "liste_des_factures": (_build_liste(dont),) if dont else (),
                "paiement": _build_paiement(demande, dont),
                "signature": (_build_signature(etat),),
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


def _write_objet(sommes: Sequence[SommeReclamee]) -> str:
    numeros = list_sans_doublon([clean_texte(somme.numero) for somme in sommes])
    if len(numeros) == 1:
        return write_phrase("Votre facture {numero}", numero=numeros[0])
    return write_phrase("Vos {n} factures", n=str(len(numeros))) if numeros else "Votre compte"


def _build_liste(sommes: Sequence[SommeReclamee]) -> Liste:
    return Liste(numerotee=False, elements=tuple((Fragment(_write_facture(somme)),) for somme in sommes))


def _write_facture(somme: SommeReclamee) -> str:
    creance = somme.etat.creance
    numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
    entame = somme.principal != somme.solde.principal_initial
    return write_phrase(
        "facture {numero} du {emission}, échéance {echeance} : {reste}{entier}{objet}",
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
        accessoires.append(write_phrase("une indemnité forfaitaire de 40 € par facture"))
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
    paiement, _ = build_paiement(demande.etat.creancier, montant, demande.reference)
    return (ReglerPar(paiement),)


def _build_signature(etat: EtatDossier) -> Signatures:
    """Who writes, and how to answer: an e-mail has no letterhead (C. com. R123-237)."""
    creancier = etat.creancier.description
    entete = build_entete(creancier)
    lignes = (clean_texte(creancier.signataire), clean_texte(creancier.fonction), entete.nom, entete.identite)
    return Signatures((list_sans_doublon((*lignes, *list_contacts(creancier))),))
