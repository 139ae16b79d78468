"""What the rows of a dossier should be, from its state on a day. Pure: nothing is read or written here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.bureau.envois.models import Courrier
from exigible.bureau.phrases import dump_phrase, load_phrase
from exigible.bureau.tables import Cle, Ligne, fit
from exigible.bureau.tiers.models import Action, Creance, Dossier, Echeance, Paiement
from exigible.dossier import travail as domaine
from exigible.dossier.agenda import LigneAgenda, list_agenda
from exigible.dossier.credits import CreditNonRapproche, CreditRetenu, Repere
from exigible.dossier.etat import STADES_CLOS, EtatCourrier, EtatCreance, EtatDossier, Stade
from exigible.dossier.faits import PaiementRecu, PaiementRejete
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.texte import normalize
from exigible.droit.argent import ZERO, round_cent
from exigible.droit.jours import UN_JOUR


@dataclass(frozen=True, slots=True)
class Valeurs:
    """The rows of one dossier, by table."""

    dossier: Ligne
    creances: dict[Cle, Ligne]
    paiements: dict[Cle, Ligne]
    courriers: dict[Cle, Ligne]
    actions: dict[Cle, Ligne]
    echeances: dict[Cle, Ligne]


def describe(
    dossier: Dossier,
    etat: EtatDossier,
    journaux: tuple[Sequence[Inscription], Sequence[Inscription]],
    pieces: Mapping[str, int],
    retenus: Sequence[CreditRetenu],
) -> Valeurs:
    """Describe the rows of a dossier. `journaux`: its own and its creditor's; `pieces`: keys of files by SHA-256."""
    travail = domaine.compute_travail(etat, retenus)
    return Valeurs(
        dossier=_describe_dossier(dossier, etat, journaux, travail, retenus),
        creances=_index(dossier, Creance, [_describe_creance(c) for c in etat.creances]),
        paiements=_index(dossier, Paiement, _list_paiements(journaux[0], etat.au)),
        courriers=_index(dossier, Courrier, [_describe_courrier(c, pieces) for c in etat.courriers]),
        actions=_index(dossier, Action, [*map(_describe_action, travail.actions), *_list_retenues(travail)]),
        echeances=_index(dossier, Echeance, [_describe_echeance(ligne) for ligne in list_agenda(etat)]),
    )


def dump_credits(retenus: Sequence[CreditRetenu]) -> list[dict[str, str]]:
    """Write the holds as `Dossier.credits` keeps them."""
    return [
        {
            "cle": r.credit.cle,
            "jour": r.credit.jour.isoformat(),
            "montant": str(r.credit.montant),
            "raison": dump_phrase(r.raison),
        }
        for r in retenus
    ]


def load_credits(dossier: Dossier) -> tuple[CreditRetenu, ...]:
    """Read the holds that `Dossier.credits` keeps."""
    return tuple(
        CreditRetenu(
            CreditNonRapproche(c["cle"], date.fromisoformat(c["jour"]), Decimal(c["montant"])), load_phrase(c["raison"])
        )
        for c in dossier.credits
    )


def _index(dossier: Dossier, modele: type, lignes: Sequence[Ligne]) -> dict[Cle, Ligne]:
    commun = {"cabinet_id": dossier.cabinet_id, "dossier_id": dossier.pk}
    return {(dossier.pk, ligne["cle"]): fit(modele, commun | ligne) for ligne in lignes}


def _describe_dossier(
    dossier: Dossier,
    etat: EtatDossier,
    journaux: tuple[Sequence[Inscription], Sequence[Inscription]],
    travail: domaine.Travail,
    retenus: Sequence[CreditRetenu],
) -> Ligne:
    debiteur = etat.debiteur
    retards = [c for c in etat.creances if c.stade not in STADES_CLOS and c.jours_de_retard > 0]
    derniere = max(((jour, e.value) for c in etat.creances for e, jour in c.etapes_faites), default=None)
    prochaine, prochaine_le = _find_prochaine(travail)
    prescription = etat.prescription
    mots = [debiteur.nom, debiteur.code, debiteur.siren, dossier.reference, *(c.creance.numero for c in etat.creances)]
    return fit(
        Dossier,
        {
            "debiteur_nom": debiteur.nom,
            "debiteur_code": debiteur.code,
            "siren": debiteur.siren,
            "qualite": debiteur.qualite.value,
            "courriel": debiteur.courriel,
            "telephone": debiteur.telephone,
            "iban": debiteur.iban,
            "recherche": f"{normalize(' '.join(mots))} {debiteur.courriel.lower()}".strip(),
            "stade": etat.stade.value,
            "echu": round_cent(etat.echu),
            "a_echoir": round_cent(etat.a_echoir),
            "principal": round_cent(sum((c.principal_restant for c in etat.creances), ZERO)),
            "interets": round_cent(sum((c.interets for c in etat.creances), ZERO)),
            "indemnites": round_cent(sum((c.indemnites for c in etat.creances), ZERO)),
            "conteste": round_cent(sum((c.conteste for c in etat.creances), ZERO)),
            "promis": round_cent(_sum_promis(etat)),
            "plus_ancienne_echeance": min((c.creance.echeance for c in retards if c.creance.echeance), default=None),
            "jours_retard": max((c.jours_de_retard for c in retards), default=0),
            "derniere_action": derniere[1] if derniere else "",
            "derniere_action_le": derniere[0] if derniere else None,
            "prochaine_action": prochaine,
            "prochaine_action_le": prochaine_le,
            "prescription_le": prescription.dernier_jour_sur if prescription else None,
            "a_completer": [{"code": m.code, "phrase": dump_phrase(m.phrase)} for m in travail.a_completer],
            "arrete_au": etat.au,
            "a_revoir_le": _find_revision(etat, travail, journaux),
            "provisoire": any(a.code == "taux_provisoire" for a in etat.avertissements),
            "credits": dump_credits(retenus),
            "erreur": "",
        },
    )


def _sum_promis(etat: EtatDossier) -> Decimal:
    """Sum what is promised and not yet due, at most what is owed."""
    promis = ZERO
    for etat_promesse in etat.promesses:
        promesse = etat_promesse.promesse
        if etat_promesse.tenue or promesse.jusqu_au < etat.au:
            continue
        visees = [c.total for c in etat.creances if not promesse.creances or c.cle in promesse.creances]
        promis += sum(visees, ZERO) if promesse.montant is None else promesse.montant
    return min(promis, etat.echu + etat.a_echoir)


def _find_prochaine(travail: domaine.Travail) -> tuple[str, date | None]:
    if travail.actions:
        action = travail.actions[0]
        autre = action.geste in {domaine.Geste.POSTER, domaine.Geste.PLAN_EN_RETARD}
        return (action.geste.value if autre else action.etape.value), action.prevue_le
    attentes = sorted((r.jusqu_au, r.code) for r in travail.retenues if r.jusqu_au is not None)
    if attentes:
        return attentes[0][1], attentes[0][0] + UN_JOUR
    return (travail.retenues[0].code if travail.retenues else ""), None


def _find_revision(
    etat: EtatDossier, travail: domaine.Travail, journaux: tuple[Sequence[Inscription], Sequence[Inscription]]
) -> date | None:
    """Find the next day on which anything but interest changes; facts already recorded for later count.

    So do the days on which a time limit opens, and the day after its last one: what its end brings comes then.
    """
    jours = {i.date_effet for journal in journaux for i in list_effectives(journal, date.max)}
    jours |= {jour for e in etat.echeances for jour in (e.le, e.le + UN_JOUR, e.ouvre_le) if jour}
    jours |= {travail.a_revoir_le} if travail.a_revoir_le else set()
    return min((jour for jour in jours if jour > etat.au), default=None)


def _describe_creance(etat: EtatCreance) -> Ligne:
    creance = etat.creance
    return {
        "cle": creance.cle,
        "numero": creance.numero,
        "libelle": creance.libelle,
        "emission": creance.emission,
        "echeance": creance.echeance,
        "montant": round_cent(creance.montant),
        "reste": round_cent(etat.principal_restant),
        "interets": round_cent(etat.interets),
        "indemnites": round_cent(etat.indemnites),
        "conteste": round_cent(etat.conteste),
        "stade": etat.stade.value,
        "jours_retard": 0 if etat.stade is Stade.SOLDEE else etat.jours_de_retard,
        "suspendue": " ; ".join(s.phrase for s in etat.suspensions),
        "prescription_le": etat.prescription.dernier_jour_sur if etat.prescription else None,
    }


def _list_paiements(inscriptions: Sequence[Inscription], au: date) -> list[Ligne]:
    effectives = list_effectives(inscriptions, au)
    rejetes = {i.fait.paiement for i in effectives if isinstance(i.fait, PaiementRejete)}
    return [
        {
            "cle": i.fait.cle,
            "date": i.date_effet,
            "montant": round_cent(i.fait.montant),
            "libelle": i.fait.libelle,
            "moyen": i.fait.moyen,
            "mouvement": i.fait.mouvement,
            "rejete": i.fait.cle in rejetes,
        }
        for i in effectives
        if isinstance(i.fait, PaiementRecu)
    ]


def _describe_courrier(etat: EtatCourrier, pieces: Mapping[str, int]) -> Ligne:
    approbation, envoi = etat.approbation, etat.envoi
    return {
        "cle": etat.cle,
        "acte": etat.acte,
        "statut": etat.sort.value,
        "piece_id": pieces.get(approbation.piece) if approbation else None,
        "creances": list(etat.creances),
        "montant": round_cent(approbation.montant) if approbation else None,
        "destinataire": approbation.destinataire if approbation else "",
        "approuve_le": etat.approuve_le,
        "poste_le": etat.poste_le,
        "mode": envoi.mode.value if envoi else "",
        "numero": envoi.numero if envoi else "",
        "presente_le": etat.presente_le,
        "issue_le": etat.sort_le,
    }


def _describe_action(action: domaine.Action) -> Ligne:
    visees = "\n".join((action.courrier or action.plan, *sorted(action.creances)))
    return {
        "cle": f"{action.geste.value}-{hashlib.sha256(visees.encode()).hexdigest()[:16]}",
        "retenue": False,
        "geste": action.geste.value,
        "etape": action.etape.value,
        "courrier": action.courrier,
        "creances": list(action.creances),
        "prevue_le": action.prevue_le,
        "jusqu_au": None,
        "montant": round_cent(action.montant),
        "phrase": action.phrase,
        "motif": "",
        "article": "",
    }


def _list_retenues(travail: domaine.Travail) -> list[Ligne]:
    return [
        {
            "cle": f"retenue-{hashlib.sha256(r.creance.encode()).hexdigest()[:16]}",
            "retenue": True,
            "geste": "",
            "etape": "",
            "courrier": "",
            "creances": [r.creance],
            "prevue_le": None,
            "jusqu_au": r.jusqu_au,
            "montant": round_cent(r.montant),
            "phrase": r.phrase,
            "motif": r.code,
            "article": r.article,
        }
        for r in travail.retenues
    ]


def _describe_echeance(ligne: LigneAgenda) -> Ligne:
    e = ligne.echeance
    return {
        "cle": ligne.cle,
        "nature": e.nature.value,
        "portee": e.portee.value,
        "acteur": e.acteur.value,
        "sujet": e.sujet,
        "objet": ligne.objet,
        "quoi": e.quoi,
        "le": e.le,
        "ouvre_le": e.ouvre_le,
        "alerte_le": e.alerte_le,
        "depart": e.depart,
        "origine": ligne.origine,
        "explication": e.explication,
        "perte": e.perte,
        "articles": list(dict.fromkeys(e.articles)),
        "avertissements": [{"code": a.code, "phrase": dump_phrase(a.message)} for a in e.avertissements],
    }


def list_pieces(etats: Sequence[EtatDossier]) -> set[str]:
    """List the SHA-256 of the letters of these dossiers."""
    return {c.approbation.piece for e in etats for c in e.courriers if c.approbation is not None}


def make_repere(
    cle: str,
    nom: str,
    iban: str,
    ouvertes: Sequence[tuple[str, Decimal, Decimal, date]],
    *,
    compte_connu: bool = False,
) -> Repere:
    """Say how a credit may be recognised as a debtor's.

    `ouvertes`: number, principal left, whole and day of issue of each claim. `compte_connu`: it paid from an account.
    """
    restes = {montant for _, reste, total, _ in ouvertes for montant in (reste, total)}
    restes.add(sum((reste for _, reste, _, _ in ouvertes), ZERO))
    return Repere(
        dossier=cle,
        nom=nom,
        numeros=tuple(numero for numero, _, _, _ in ouvertes),
        restes=tuple(sorted(restes)),
        du=sum((total for _, _, total, _ in ouvertes), ZERO),
        iban=iban,
        postes=tuple((reste or total, emission) for _, reste, total, emission in ouvertes),
        compte_connu=compte_connu or bool(iban),
    )
