"""Texts of the courtesy note, the reminder and the call, worded from the state of the dossier and checked.

Subjects say neither debt nor delay: whoever sees a mailbox over a shoulder learns nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.controle import (
    check_conformite,
    check_contestations,
    describe_creances,
    describe_parties,
    is_personne_physique,
)
from exigible.actes.lettre import list_contacts
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes_du_debiteur
from exigible.actes.typst.texte import clean_texte, format_iban, list_sans_doublon, write_phrase
from exigible.dossier.etat import EtatDossier, SortCourrier
from exigible.dossier.faits import Etape, Reclamation
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.conformite import Manquement
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.interets import Regime
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

_REFUS_MESSAGE = phrase("Ce message est refusé")
_REFUS_APPEL = phrase("Cet appel est refusé")
_ECRITS = frozenset({Etape.COURTOISIE, Etape.RELANCE})


@dataclass(frozen=True, slots=True)
class Message:
    """A text to send or to say; `manquements` are the rules it breaks without being stopped by them."""

    objet: str
    texte: str
    montant: Decimal
    manquements: tuple[Manquement, ...] = ()


def write_relance(
    etat: EtatDossier, etape: Etape, creances: Sequence[str], *, reference: str = "", texte_saisi: str = ""
) -> Message:
    """The courtesy note (`Etape.COURTOISIE`, before the due date) or the reminder (`Etape.RELANCE`), as of `etat.au`.

    `texte_saisi` is what a person wrote instead of our text: the same rules read it.

    Only the principal is asked for. A professional or a public buyer is told of the penalties that run, unless they
    are waived; a consumer never is. Raises ErreurExigible (`acte_refuse`) when a rule forbids the message, or when a
    courtesy note would not come before the due date; ErreurSaisie (`etape_inconnue`, `creances_absentes`,
    `creance_inconnue`).
    """
    sommes = _select(etat, creances)
    if etape is Etape.COURTOISIE:
        _check_avant_echeance(etat, sommes)
        corps = _write_courtoisie(sommes)
    elif etape is Etape.RELANCE:
        corps = _write_rappel(sommes, _write_penalites(etat))
    else:
        raise ErreurSaisie(
            "etape_inconnue", phrase("L'étape « {etape} » n'a pas de message écrit.", etape=etape.value), "etape"
        )
    objet = _write_objet(sommes)
    premiere = _is_premiere(etat, sommes)
    paiement = _write_paiement(etat, reference or etat.debiteur.code)
    mediation = _write_mediation(etat, sommes)
    texte = texte_saisi or "\n\n".join((*corps, *mediation, *paiement, *_write_fin(etat, premiere=premiere)))
    contexte = _build_contexte(etat, sommes, texte, objet, premiere=premiere)
    # A note before the due date claims nothing yet: of the rules of claims, only those of messages bind it.
    cibles = ("message",) if etape is Etape.COURTOISIE else ("message", "action")
    check_contestations(sommes, _REFUS_MESSAGE)
    manquements = check_conformite({**contexte, "action.type": etape.value}, cibles, _REFUS_MESSAGE)
    return Message(objet, texte, add_sommes(sommes).principal, manquements)


def write_script_appel(etat: EtatDossier, creances: Sequence[str]) -> Message:
    """What to say on the telephone, and what to note. Nothing about the debt is said to anybody else.

    Raises as `write_relance`.
    """
    sommes = _select(etat, creances)
    nom, debiteur = clean_texte(etat.creancier.description.nom), clean_texte(etat.debiteur.nom)
    total = format_montant(add_sommes(sommes).principal)
    factures = _write_factures(sommes)
    physique = is_personne_physique(etat)
    identite = "   Avant de dire l'objet : s'assurer que c'est bien la personne concernée (prénom, nom, adresse)."
    identification = (write_phrase(identite),) if physique else ()
    dires = [
        write_phrase("Avant : vérifier qu'aucun paiement n'est arrivé. Appeler aux heures de bureau, numéro affiché."),
        write_phrase(
            "1. Se présenter : « Bonjour, ici {nom}. Puis-je parler à {debiteur} ? »"
            if physique
            else "1. Se présenter : « Bonjour, ici {nom}. Puis-je parler à {debiteur}, ou à la personne qui suit les "
            "règlements ? »",
            nom=nom,
            debiteur=debiteur,
        ),
        write_phrase(
            "   Si quelqu'un d'autre répond : laisser seulement son nom et un numéro de rappel, sans dire l'objet de "
            "l'appel."
        ),
        *identification,
        write_phrase(
            "2. Dire le fait : « Sauf erreur de notre part, {total} restent à régler. Avez-vous bien reçu "
            "{la_facture} ? »",
            total=total,
            la_facture="les factures" if len(sommes) > 1 else "la facture",
        ),
        factures,
        write_phrase(
            "3. Écouter : paiement déjà parti ? facture non reçue ? désaccord ? difficulté ? Ne rien contester, noter."
        ),
        write_phrase(
            "4. Convenir : « Quel jour pouvez-vous régler ? » Répéter la date et le montant ; proposer un paiement en "
            "plusieurs fois si c'est utile."
        ),
        write_phrase("5. Remercier, confirmer par écrit."),
        write_phrase(
            "À noter : issue de l'appel, personne jointe, date et montant promis, désaccord et son motif, à rappeler "
            "le …"
        ),
    ]
    objet = write_phrase("Appel à {debiteur}", debiteur=debiteur)
    texte = "\n\n".join(dires)
    contexte = _build_contexte(etat, sommes, texte, objet, premiere=False)
    check_contestations(sommes, _REFUS_APPEL)
    appel = {**contexte, "action.type": Etape.APPEL.value}
    manquements = check_conformite(appel, ("appel", "action"), _REFUS_APPEL)
    return Message(objet, texte, add_sommes(sommes).principal, manquements)


def _select(etat: EtatDossier, creances: Sequence[str]) -> tuple[SommeReclamee, ...]:
    if not creances:
        raise ErreurSaisie("creances_absentes", phrase("Choisissez au moins une facture."), "creances")
    return compute_sommes_du_debiteur(etat, creances)


def _check_avant_echeance(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> None:
    """Raise ErreurExigible (`acte_refuse`) when a due date is unknown or past: a courtesy note says that it comes."""
    for somme in sommes:
        echeance, numero = somme.etat.creance.echeance, clean_texte(somme.numero)
        if echeance is None:
            raison = phrase("l'échéance de la facture {numero} n'est pas connue ; renseignez-la d'abord", numero=numero)
        elif echeance < etat.au:
            raison = phrase(
                "la facture {numero} est échue depuis le {jour} ; envoyez plutôt un rappel, ou retirez-la",
                numero=numero,
                jour=echeance,
            )
        else:
            continue
        raise ErreurExigible(
            "acte_refuse",
            phrase("{refus} : {raison}.", refus=_REFUS_MESSAGE, raison=raison),
            regle="courtoisie_avant_echeance",
        )


def _write_objet(sommes: Sequence[SommeReclamee]) -> str:
    numeros = list_sans_doublon([clean_texte(somme.numero) for somme in sommes])
    if len(numeros) == 1:
        return write_phrase("Votre facture {numero}", numero=numeros[0])
    return write_phrase("Vos {n} factures", n=str(len(numeros)))


def _write_factures(sommes: Sequence[SommeReclamee]) -> str:
    return "\n".join(
        write_phrase(
            "– facture {numero} du {emission}, échéance {echeance} : {reste}",
            numero=clean_texte(somme.numero),
            emission=format_jour(somme.etat.creance.emission),
            echeance=format_jour(somme.etat.creance.echeance) if somme.etat.creance.echeance else "non connue",
            reste=format_montant(somme.principal),
        )
        for somme in sommes
    )


def _write_courtoisie(sommes: Sequence[SommeReclamee]) -> tuple[str, ...]:
    total = format_montant(add_sommes(sommes).principal)
    pluriel = len(sommes) > 1
    return (
        "Bonjour,",
        write_phrase(
            "Nous vous rappelons que l'échéance des factures suivantes approche, pour un total de {total} :"
            if pluriel
            else "Nous vous rappelons que l'échéance de la facture suivante approche :",
            total=total,
        ),
        _write_factures(sommes),
        write_phrase(
            "Si votre paiement s'est croisé avec ce message, merci de ne pas en tenir compte. Si quelque chose manque "
            "pour le règlement (facture, bon de commande, référence), dites-le-nous : nous vous l'enverrons aussitôt."
        ),
    )


def _write_rappel(sommes: Sequence[SommeReclamee], penalites: tuple[str, ...]) -> tuple[str, ...]:
    total = format_montant(add_sommes(sommes).principal)
    pluriel = len(sommes) > 1
    return (
        "Bonjour,",
        write_phrase(
            "Sauf erreur de notre part, les factures suivantes restent à régler, pour un total de {total} :"
            if pluriel
            else "Sauf erreur de notre part, la facture suivante reste à régler :",
            total=total,
        ),
        _write_factures(sommes),
        write_phrase(
            "Nous vous remercions de bien vouloir procéder au règlement. Si votre paiement s'est croisé avec ce "
            "message, merci de ne pas en tenir compte."
        ),
        *penalites,
        write_phrase(
            "Si vous êtes en désaccord ou rencontrez une difficulté, répondez-nous : nous chercherons une solution "
            "avec vous."
        ),
    )


def _write_penalites(etat: EtatDossier) -> tuple[str, ...]:
    """The law's accessories, said and not asked for; nothing to a consumer."""
    if etat.regime.regime not in {Regime.COMMERCIAL, Regime.PUBLIC}:
        return ()
    public = etat.regime.regime is Regime.PUBLIC
    accessoires: list[str] = []
    if etat.penalites is not Reclamation.RENONCER:
        accessoires.append("des intérêts moratoires" if public else "des pénalités de retard")
    if etat.indemnite is not Reclamation.RENONCER and etat.regime.indemnite:
        accessoires.append(write_phrase("une indemnité forfaitaire de 40 € par facture"))
    if not accessoires:
        return ()
    reference = (
        write_phrase("code de la commande publique, articles L2192-13 et D2192-35")
        if public
        else write_phrase("code de commerce, articles L441-10 et D441-5")
    )
    return (
        write_phrase(
            "Pour information, la loi prévoit, une fois l'échéance passée, {accessoires} ({reference}) ; ces sommes "
            "ne sont pas comprises dans le montant ci-dessus.",
            accessoires=join_mots(accessoires),
            reference=reference,
        ),
    )


def _write_mediation(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> tuple[str, ...]:
    """The mediator's details, to a consumer whose complaint is not resolved (C. conso. L616-1 al. 2)."""
    mediateur = clean_texte(etat.creancier.description.mediateur)
    conteste = any(somme.etat.conteste > 0 for somme in sommes)
    if etat.debiteur.qualite is not QualitePartie.CONSOMMATEUR or not conteste or not mediateur:
        return ()
    return (
        write_phrase(
            "Votre désaccord n'est pas encore résolu : vous pouvez recourir gratuitement au médiateur de la "
            "consommation dont nous relevons : {mediateur} (articles L612-1 et L616-1 du code de la consommation).",
            mediateur=mediateur,
        ),
    )


def _write_paiement(etat: EtatDossier, reference: str) -> tuple[str, ...]:
    if not etat.creancier.ibans:
        return ()
    iban, bic = etat.creancier.ibans[0]
    lignes = [
        write_phrase("Pour payer par virement :"),
        f"IBAN : {format_iban(iban)}",
        f"BIC : {clean_texte(bic)}" if bic else "",
    ]
    rappel = clean_texte(reference)
    lignes.append(write_phrase("Référence à rappeler : {reference}", reference=rappel) if rappel else "")
    return ("\n".join(ligne for ligne in lignes if ligne),)


def _is_premiere(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> bool:
    """Whether nothing written left before: personal data are explained in the first writing (GDPR art. 13).

    A call explains nothing; a letter only approved, or returned because of its address, was read by nobody.
    """
    lettres = any(c.poste_le is not None and c.sort is not SortCourrier.NON_DISTRIBUE for c in etat.courriers)
    ecrits = any(etape in _ECRITS for somme in sommes for etape, _ in somme.etat.etapes_faites)
    return not lettres and not ecrits


def _write_fin(etat: EtatDossier, *, premiere: bool) -> tuple[str, ...]:
    creancier = etat.creancier.description
    nom = clean_texte(creancier.nom)
    signature = "\n".join(list_sans_doublon((clean_texte(creancier.signataire), nom, *list_contacts(creancier))))
    if not premiere or not is_personne_physique(etat):
        return ("Cordialement,", signature)
    contact = " ou ".join(list_contacts(creancier)) or "par courrier"
    donnees = write_phrase(
        "Vos données (coordonnées, factures, échanges), recueillies auprès de vous, sont traitées par {nom} pour "
        "suivre sa créance (exécution du contrat, intérêt légitime) et conservées jusqu'au paiement puis le temps des "
        "obligations légales. Accès, rectification, effacement, limitation, opposition : {contact} ; réclamation : "
        "www.cnil.fr.",
        nom=nom,
        contact=contact,
    )
    return ("Cordialement,", signature, donnees)


def _build_contexte(
    etat: EtatDossier, sommes: Sequence[SommeReclamee], texte: str, objet: str, *, premiere: bool
) -> dict[str, object]:
    """The facts of a message, under the names of the rules; an e-mail address or a number is an address here."""
    debiteur = etat.debiteur
    mentions = (
        *(("rgpd_information",) if "www.cnil.fr" in texte else ()),
        *(("mediateur",) if _write_mediation(etat, sommes) else ()),
    )
    return {
        **describe_parties(etat),
        **describe_creances(etat, sommes),
        "action.creancier_identifie": bool(clean_texte(etat.creancier.description.nom)),
        "action.premiere_communication": premiere,
        "creance.solde": min((somme.principal for somme in sommes), default=ZERO),
        "debiteur.adresse_connue": debiteur.adresse.complete or bool(debiteur.courriel or debiteur.telephone),
        "lettre.titre_objet_signature": f"{objet}\n{clean_texte(etat.creancier.description.signataire)}",
        "lignes": ("principal",),
        "mentions": mentions,
        "texte": texte,
    }
