"""The boxes to tick, by what is filed, and the days counted back from the hearing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from exigible.actes.catalogue.constitution_de_dossier.listes import (
    APRES,
    CONSOMMATEUR,
    CREANCES,
    DEPOT,
    DEPOT_COMMUN,
    FRAIS,
    PARTIES,
    PREUVES,
)
from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import AFaire, ARemplir, Bloc, Etiquettes, Tableau
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_paragraphe, write_phrase
from exigible.actes.vocabulaire.assignation import find_procedure
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import describe_instance
from exigible.dossier.etat import EtatDossier
from exigible.dossier.procedures.graphe import TransitionGraphe
from exigible.droit.argent import format_montant
from exigible.droit.competence import CONSULAIRES, LIBELLES
from exigible.droit.frais_justice import compute_contribution_aide_juridique, compute_greffe_injonction

_ECHEANCES = {
    "assignation_judiciaire": (("FD5", "Faire délivrer l'assignation"), ("FD7", "Remettre l'assignation au greffe")),
    "assignation_commerce": (("FD5tc", "Faire délivrer l'assignation"), ("FD7tc", "Remettre l'assignation au greffe")),
}
_COMMERCE = "assignation_commerce"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Describe the summons to the hearing that the last procedure on the merits knows."""
    procedure = find_procedure(etat, "FOND")
    if procedure is None or procedure.situation.audience is None:
        return {}
    situation, juridiction = procedure.situation, procedure.situation.juridiction
    lieu, audience = situation.ouverture.lieu, procedure.situation.audience
    reponses = {
        "acte": _COMMERCE if juridiction in CONSULAIRES else "assignation_judiciaire",
        "devant": f"{LIBELLES[juridiction]} de {lieu}" if juridiction and lieu else "",
        "audience": audience.isoformat() if audience > etat.au else "",
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the checklist; a day already gone makes it a draft."""
    acte = str(demande.reponses.get("acte", ""))
    consulaire = acte == _COMMERCE or demande.reponses.get("consulaire") is True
    echeances = _list_echeances(demande, acte, consulaire=consulaire)
    heure = commun.valeurs["heure"]
    vocabulaire = Vocabulaire(
        {
            "depose": commun.valeurs["acte"],
            "heure_ecrite": f", {heure}" if heure else "",
            "terme": " ; ".join(format_date_longue(jour) for _, jour, _ in echeances),
        },
        {
            "assignation": acte.startswith("assignation"),
            "delais": bool(echeances),
            "requete_injonction_ou_conjointe": acte in {"injonction", "conjointe"},
        },
        {
            "parties": (_build_parties(commun),),
            "delais": _build_delais(echeances),
            "a_cocher_parties": _tick((*PARTIES, *(CONSOMMATEUR if commun.faits["consommateur"] else ()))),
            "a_cocher_preuves": _tick((*_list_preuves(demande), *PREUVES)),
            "a_cocher_depot": _tick((*DEPOT.get(acte, ()), *DEPOT_COMMUN)),
            "a_cocher_frais": _tick(_list_frais(demande, acte, consulaire=consulaire)),
            "a_cocher_apres": _tick(APRES.get(acte, APRES[""])),
            "a_remplir_depot": (ARemplir(write_phrase("Déposé le, par qui, numéro donné par le greffe")),),
        },
    )
    passes = [(quoi, jour) for quoi, jour, _ in echeances if jour < demande.etat.au]
    modele = "{quoi} : le dernier jour, {jour}, est passé"
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        juridiction=(commun.valeurs["devant"],),
        projet=tuple(write_phrase(modele, quoi=write_phrase(quoi), jour=format_date_longue(j)) for quoi, j in passes),
    )


def _list_preuves(demande: Demande) -> tuple[str, ...]:
    """What founds the claims of this dossier, by their nature."""
    natures = {creance.creance.nature for creance in demande.etat.creances}
    propres = tuple(piece for nature in sorted(natures) for piece in CREANCES.get(nature, ()) if nature)
    return propres or CREANCES[""]


def _list_echeances(demande: Demande, acte: str, *, consulaire: bool) -> tuple[tuple[str, date, str], ...]:
    """What must be done, by which day, under which article."""
    audience, depot = demande.reponses.get("audience"), demande.reponses.get("depot")
    if isinstance(audience, date):
        regles = ((get_regle("FOND", code), quoi) for code, quoi in _ECHEANCES.get(acte, ()))
        return tuple((quoi, compute_terme(regle, audience), _name_article(regle)) for regle, quoi in regles)
    if acte == "injonction" and consulaire and isinstance(depot, date):
        consigner = get_regle("IP", "IP2")
        return (("Consigner les frais au greffe", compute_terme(consigner, depot), _name_article(consigner)),)
    return ()


def _name_article(regle: TransitionGraphe) -> str:
    """The article that gives the time limit: the last of the step's when the limit has none of its own."""
    propres = regle.delai.articles if regle.delai else ()
    return (propres or regle.articles)[-1]


def _list_frais(demande: Demande, acte: str, *, consulaire: bool) -> Sequence[str]:
    """The fees of the court chosen, with their amount when it is connu."""
    jour = demande.etat.au
    if acte == "injonction" and not consulaire:
        return FRAIS["injonction_judiciaire"]
    if acte == "injonction":
        montant = compute_greffe_injonction(jour).montant
        connu = f" : {format_montant(montant)} au tarif connu, à vérifier" if montant is not None else ""
        return (f"{FRAIS['injonction_consulaire'][0]}{connu}",)
    if consulaire:
        return FRAIS["consulaire"]
    contribution = compute_contribution_aide_juridique(jour)
    somme = f" : {format_montant(contribution.montant)}" if contribution and contribution.montant else ""
    return (f"{FRAIS['judiciaire'][0]}{somme}", *FRAIS["judiciaire"][1:])


def _build_parties(commun: Vocabulaire) -> Etiquettes:
    valeurs = commun.valeurs
    paires = (("Créancier", valeurs["creancier_identite"]), ("Débiteur", valeurs["debiteur_identite"]))
    return Etiquettes(tuple(Etiquette(libelle, valeur) for libelle, valeur in paires))


def _build_delais(echeances: tuple[tuple[str, date, str], ...]) -> tuple[Bloc, ...]:
    lignes = tuple((write_phrase(quoi), format_date_longue(jour), articles) for quoi, jour, articles in echeances)
    return (Tableau("Derniers jours", ("À faire", "Au plus tard le", "Article"), "ggg", lignes),) if lignes else ()


def _tick(elements: Sequence[str]) -> tuple[AFaire, ...]:
    return (AFaire(tuple(write_paragraphe(element) for element in elements)),)
