"""Compliance, common to every document: the facts of the dossier under the names of the rules, and the refusal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, list_sans_doublon
from exigible.dossier.etat import EtatDossier, MotifSuspension, Stade
from exigible.dossier.faits import Etape
from exigible.droit.argent import ZERO
from exigible.droit.conformite import Manquement, evaluate
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.interets import LigneInterets
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

_SEPARE = r"[\s.\-()]*"
# 081x, 082x, 089x, in national or international writing (+33 8 99…, +33 (0)8 99…), whatever stands between the digits.
_SURTAXE = re.compile(
    rf"(?<!\d)(?:(?:\+|00){_SEPARE}3{_SEPARE}3{_SEPARE}0?|0){_SEPARE}8{_SEPARE}[129](?:{_SEPARE}\d){{7}}"
)
# A number is a run of digits; an extension (« poste 3912 ») is not one.
_POSTE = re.compile(r"\bpostes?\s*\d+", re.IGNORECASE)
_NUMERO = re.compile(r"\+?\d(?:[ \t\u00a0\u202f.\-]*\d)*")
_RENSEIGNEMENTS = re.compile(r"118\d{3}")
# 30xx and 31xx are free of charge; for the others of this shape, only their holder's tariff says.
_COURT = re.compile(r"10\d\d|3[2-9]\d\d")
_MESSAGES = frozenset({Etape.COURTOISIE, Etape.RELANCE})
_SEMAINE, _MOIS = 7, 30
# One rent or one call of charges among the claims is enough for its rules to hold.
_NATURES_REGLEES = frozenset({"loyer_habitation", "charges_copropriete"})


def is_numero_surtaxe(telephone: str) -> bool:
    """Whether a surcharged French number (081x, 082x, 089x, 118xyz) is given (C. conso. L121-16; Arcep's plan)."""
    courts = any(_RENSEIGNEMENTS.fullmatch(numero) for numero in _list_numeros(telephone))
    return courts or _SURTAXE.search(telephone) is not None


def is_numero_court(telephone: str) -> bool:
    """Whether a short number (10xy, 32xy to 39xy) is given: some are surcharged, their digits do not tell which."""
    return any(_COURT.fullmatch(numero) for numero in _list_numeros(telephone))


def _list_numeros(telephone: str) -> list[str]:
    return [re.sub(r"\D", "", numero) for numero in _NUMERO.findall(_POSTE.sub("", telephone))]


def is_personne_physique(etat: EtatDossier) -> bool:
    """Whether the debtor is, or may be, a natural person: personal data are then explained."""
    if etat.debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE:
        return False
    return etat.debiteur.qualite is QualitePartie.CONSOMMATEUR or etat.debiteur.personne_physique is not False


def check_contestations(sommes: Sequence[SommeReclamee], sujet: str) -> None:
    """Raise ErreurExigible (`acte_refuse`) when an invoice is disputed in full: it waits for the dispute to end."""
    contestees = [clean_texte(s.numero) for s in sommes if s.reservee and s.principal == ZERO]
    if contestees:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "{sujet} : la facture {numero} est contestée en entier ; répondez d'abord à la contestation, ou "
                "retirez cette facture.",
                sujet=sujet,
                numero=contestees[0],
            ),
            regle="BL-06",
        )


def refuse_taux_provisoire(lignes: Iterable[LigneInterets], titre: str) -> None:
    """Raise ErreurExigible (`acte_refuse`) when some interest rests on a rate that is not published yet."""
    if any(ligne.provisoire for ligne in lignes):
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » est refusé : ses intérêts reposent sur un taux provisoire ; demandez l'état du dossier "
                "sans taux provisoire, les intérêts s'arrêteront au dernier taux publié.",
                titre=titre,
            ),
            regle="taux_provisoire",
        )


def describe_parties(etat: EtatDossier) -> dict[str, object]:
    """Who writes to whom. The creditor signs alone; a creditor without name or address is not identified."""
    debiteur, creancier = etat.debiteur, etat.creancier.description
    nomme = bool(clean_texte(creancier.nom))
    qualifie = debiteur.qualite is not QualitePartie.INCONNUE
    connu = bool(clean_texte(debiteur.nom))
    return {
        "acteur": "creancier",
        # Nobody checked any title: a signature that bears one is refused.
        "acteur.titre_verifie": False,
        "action.destinataire": "debiteur",
        "action.auteur_identifie": nomme,
        "action.creancier_identifie": nomme and creancier.adresse.complete,
        "creancier.declarant_ficp": False,
        "debiteur.qualite": debiteur.qualite.value,
        "debiteur.personne_physique": is_personne_physique(etat),
        "debiteur.qualite_connue": qualifie,
        "debiteur.nom_connu": connu,
        "debiteur.adresse_connue": debiteur.adresse.complete,
        "envoi.motif_visible": False,
        # Documents are made to be read: a person approves each letter, sends each message, makes each call.
        "envoi.decide_par_une_personne": True,
        "lettre.imite_acte_officiel": False,
        "lettre.numero_surtaxe": is_numero_surtaxe(clean_texte(creancier.telephone)),
        "lettre.numero_court": is_numero_court(clean_texte(creancier.telephone)),
        # A title is often typed with the name: « Claire Fictive, avocate ».
        "lettre.titre_signataire": f"{clean_texte(creancier.fonction)}\n{clean_texte(creancier.signataire)}".lower(),
        "titre.existe": False,
    }


def describe_creances(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> dict[str, object]:
    """What is claimed and what stands in the way; what is disputed in part is already left out of `sommes`."""
    motifs = {suspension.motif for somme in sommes for suspension in somme.etat.suspensions}
    etats = [somme.etat for somme in sommes]
    collective = MotifSuspension.PROCEDURE_COLLECTIVE in motifs
    surendettement = MotifSuspension.SURENDETTEMENT in motifs
    plan = MotifSuspension.PLAN in motifs
    return {
        "creance.nature": next((c.creance.nature for c in etats if c.creance.nature in _NATURES_REGLEES), "facture"),
        "creance.echue": all(c.stade not in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE} for c in etats),
        # One invoice with nothing left to claim is enough to stop: it has no place in the document.
        "creance.solde": min((somme.total for somme in sommes), default=ZERO),
        "creance.prescrite": any(c.prescription is not None and c.prescription.acquise_au(etat.au) for c in etats),
        "creance.anterieure_ouverture": collective,
        "creance.anterieure_recevabilite": surendettement,
        "procedure.collective_ouverte": collective,
        "procedure.surendettement_recevable": surendettement,
        "accord.en_cours": plan,
        "accord.respecte": plan,
        # What is disputed is out of `sommes` already: nothing of it is claimed.
        "contestation.motivee": False,
        "contestation.reclamation_non_resolue": any(c.conteste > 0 for c in etats),
        **_count_contacts(etat, sommes),
    }


def _count_contacts(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> dict[str, object]:
    """How often the debtor was reached, the contact at hand included.

    The state says the days of what was done on each claim, neither the channel of a message (all count) nor which of
    the calls succeeded (if one ever did, all the recent ones count). The same message twice on one day is refused
    elsewhere: of today's, only those about other claims count.
    """
    choisies = {somme.cle for somme in sommes}
    messages: Counter[date] = Counter()
    appels: Counter[date] = Counter()
    for creance in etat.creances:
        faites = [(etape, jour) for etape, jour in creance.etapes_faites if jour <= etat.au]
        # One message about five invoices is one message: the union of counters keeps the greatest count of a day.
        appels |= Counter(jour for etape, jour in faites if etape is Etape.APPEL)
        messages |= Counter(
            jour for etape, jour in faites if etape in _MESSAGES and (jour < etat.au or creance.cle not in choisies)
        )
    tentatives = _count_recents(appels, etat.au, _SEMAINE)
    abouti = any(creance.appel_abouti for creance in etat.creances)
    return {
        "compteur.messages_7j": _count_recents(messages, etat.au, _SEMAINE),
        "compteur.tentatives_7j": tentatives,
        "compteur.tentatives_30j": _count_recents(appels, etat.au, _MOIS),
        "compteur.appels_aboutis_7j": tentatives if abouti else 1,
    }


def _count_recents(jours: Counter[date], au: date, duree: int) -> int:
    return 1 + sum(nombre for jour, nombre in jours.items() if (au - jour).days < duree)


def check_conformite(contexte: Mapping[str, object], cibles: Sequence[str], sujet: str) -> tuple[Manquement, ...]:
    """Play the rules for every target, each failure once. `sujet` begins the refusal: « Ce message est refusé ».

    Raises ErreurExigible (`acte_refuse`) with the rules and their articles as soon as one is `bloquant`.
    """
    manquements = tuple(dict.fromkeys(m for cible in cibles for m in evaluate(contexte, cible)))
    bloquants = [m for m in manquements if m.severite == "bloquant"]
    if bloquants:
        raisons = " ; ".join(m.explication for m in bloquants)
        raise ErreurExigible(
            "acte_refuse",
            phrase("{sujet} : {raisons}.", sujet=sujet, raisons=raisons),
            regle=", ".join(m.regle for m in bloquants),
            article=", ".join(list_sans_doublon([article for m in bloquants for article in m.articles])),
        )
    return manquements
