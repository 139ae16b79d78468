"""Which decision is served, on whom, and the last day to do it (CPC 478, 1411: read in the graph of procedures)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Encadre, Partie, Texte
from exigible.actes.poursuivi import CONTRE, find_autre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import (
    clean_texte,
    format_date_longue,
    list_sans_doublon,
    write_paragraphe,
    write_phrase,
)
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.decisions import propose_decision
from exigible.actes.vocabulaire.delais import compute_terme, find_regle, get_regle
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.actes.vocabulaire.parties import write_identite_du_creancier
from exigible.dossier.etat import EtatDossier
from exigible.dossier.procedures.graphe import TransitionGraphe

_MASCULINS = frozenset({"tribunal", "président", "juge", "conseil"})
_FEMININS = frozenset({"cour", "chambre", "présidente"})
_INJONCTION, _JUGEMENT = "injonction", "jugement"
_LIBELLES = {_INJONCTION: "l’ordonnance portant injonction de payer", _JUGEMENT: "le jugement"}


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Describe the last decision that is not served yet: on the debtor, else on another whom it condemns."""
    proposees = propose_decision(etat)
    if proposees or find_autre(etat) is not None:
        return proposees
    autre = next((p for p in etat.personnes[1:] if any(t.signifie_le is None for t in p.decisions)), None)
    return {} if autre is None else {CONTRE: autre.cle}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the instruction says, with the last day to serve."""
    reponses, debiteur = demande.reponses, demande.etat.debiteur
    decision, rendue_le = reponses.get("decision"), reponses.get("rendue_le")
    numero = commun.valeurs["numero"]
    regle = _find_regle(demande, rendue_le) if isinstance(rendue_le, date) else None
    terme = compute_terme(regle, rendue_le) if regle and isinstance(rendue_le, date) else None
    coordonnees = list_sans_doublon([clean_texte(debiteur.telephone), clean_texte(debiteur.courriel)])
    vocabulaire = Vocabulaire(
        {
            "la_decision": _LIBELLES.get(str(decision), "l’ordonnance de référé") if decision else "la décision",
            "rendue": "rendu" if decision == _JUGEMENT else "rendue",
            "par_juridiction": write_par(commun.valeurs["juridiction"]),
            "sous_numero": write_phrase(", n° {numero}", numero=numero) if numero else "",
            "coordonnees_debiteur": ", ".join(coordonnees),
            "terme": format_date_longue(terme) if terme else "",
        },
        {
            "coordonnees_debiteur": bool(coordonnees),
            "terme": terme is not None,
            "autre_qu_injonction": decision not in {None, _INJONCTION},
        },
        {
            "creancier": (Partie("Créancier", (write_identite_du_creancier(demande.etat),)),),
            "encadre_terme": _build_terme(regle, terme),
            "attente": _build_attente(rendue_le),
        },
    )
    depasse = write_phrase("le délai pour signifier est passé : la décision est non avenue")
    tous = demande.reponses.get("coobliges") is True and find_autre(demande.etat) is None
    return Contexte(
        describe_instance(demande, coobliges=tous).add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "commissaire"),
        projet=(depasse,) if _is_passe(demande, terme) else (),
        montant=read_montant(demande, "montant"),
    )


def write_par(juridiction: str) -> str:
    """`par le tribunal de commerce de Testville`, whether the answer says its article or not."""
    premier = juridiction.split(" ", 1)[0].casefold()
    if premier in _MASCULINS:
        return f"par le {juridiction[0].lower()}{juridiction[1:]}"
    if premier in _FEMININS:
        return f"par la {juridiction[0].lower()}{juridiction[1:]}"
    return f"par {juridiction[:1].lower()}{juridiction[1:]}" if premier in {"le", "la", "les"} else f"({juridiction})"


def _find_regle(demande: Demande, rendue_le: date) -> TransitionGraphe | None:
    """Return the rule by which the decision falls if it is not served; None when it does not."""
    if demande.reponses.get("decision") == _INJONCTION:
        return find_regle("IP", "defaut_signification", rendue_le)
    absent = demande.reponses.get("qualification") == "absent"
    return get_regle("FOND", "FD12") if demande.reponses.get("decision") == _JUGEMENT and absent else None


def _is_passe(demande: Demande, terme: date | None) -> bool:
    return terme is not None and terme < demande.etat.au


def _build_terme(regle: TransitionGraphe | None, terme: date | None) -> tuple[Bloc, ...]:
    if regle is None or terme is None:
        return ()
    modele = (
        "**La signification doit avoir lieu au plus tard le {terme}**, à défaut de quoi la décision est non avenue "
        "({article})."
    )
    article = " ; ".join(regle.articles)
    return (Encadre((write_paragraphe(modele, terme=format_date_longue(terme), article=article),)),)


def _build_attente(rendue_le: object) -> tuple[Bloc, ...]:
    """Say when the order may be enforced: two regimes, by the day of the order (CPC 1422)."""
    if not isinstance(rendue_le, date):
        return ()
    if find_regle("IP", "certificat_non_opposition", rendue_le) is not None:
        modele = (
            "L'ordonnance étant antérieure au 1er septembre 2026, elle ne sera exécutée qu'après le mois d'opposition, "
            "au vu du certificat de non-opposition du greffe."
        )
    else:
        modele = (
            "L'ordonnance ne pourra être exécutée qu'à l'expiration de deux mois à compter de sa signification, si "
            "nous n'avons reçu ni avis d'opposition ni invitation à consigner (article 1422 du même code). En cas "
            "d'opposition, l'acte de signification devra être produit à l'audience (article 1418)."
        )
    return (Texte(write_paragraphe(modele)),)
