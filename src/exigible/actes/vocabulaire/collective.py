"""The debtor's insolvency: its judgment, its agent, what was owed on that day and what was to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Tableau
from exigible.actes.natures import find_noms
from exigible.actes.paiements import list_paiements
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.dette import describe_dette, sort_postes, stop_decompte
from exigible.actes.vocabulaire.parties import is_debiteur_entrepreneur
from exigible.actes.vocabulaire.titres import find_collective, write_titre_signifie
from exigible.dossier.etat import EtatCreance, EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.dossier.procedures.ouvertures import CollectiveOuverte
from exigible.dossier.procedures.situation import find_distance_du_tribunal
from exigible.dossier.suspensions import is_anterieure
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.delais import Distance
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import UN_JOUR, format_jour
from exigible.droit.phrase import phrase

_NATURES = {
    "sauvegarde": "sauvegarde",
    "redressement": "redressement judiciaire",
    "liquidation": "liquidation judiciaire",
}
_LOYERS, _CHARGES = "loyers et charges", "charges de copropriété"
_OBJETS = {
    "loyer_habitation": _LOYERS,
    "loyer_commercial": _LOYERS,
    "loyer_professionnel": _LOYERS,
    "charges_copropriete": _CHARGES,
}
_SORTES = ("factures", _LOYERS, _CHARGES, "décisions", "frais")
_BAILLEUR = (
    "Privilège du bailleur d'immeuble (articles 2332, 1° du code civil et L622-16 du code de commerce), sur les "
    "meubles qui garnissent les lieux loués, pour les loyers des deux dernières années avant le jugement d'ouverture."
)
_DECLARER, _DECLARER_DE_LOIN = "PC2", "PC2c"
_SEULS = frozenset({RolePersonne.DEBITEUR, RolePersonne.CODEBITEUR_CONJOINT})
_FORCLOSE = frozenset({"PC_FORCLOSE", "PC_RELEVEE"})


@dataclass(frozen=True, slots=True)
class Passif:
    """What is declared: the demand on the eve of the judgment, what was due then, what was to come.

    `paye_apres`: what was received since.
    """

    demande: Demande
    echues: tuple[SommeReclamee, ...]
    a_echoir: tuple[SommeReclamee, ...]
    paye_apres: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All of it."""
        return add_sommes((*self.echues, *self.a_echoir)).total


def propose_collective(etat: EtatDossier) -> dict[str, str]:
    """Answer what the dossier knows: the kind of procedure, its judgment, its publication, its agent."""
    collective = find_collective(etat)
    if collective is None:
        return {}
    situation = collective.situation
    jugement, publication = situation.find_jour(["jugement_ouverture"]), situation.find_jour(["publication_bodacc"])
    ouverture = situation.ouverture
    nature = ouverture.nature.lower() if isinstance(ouverture, CollectiveOuverte) else ""
    if situation.has("conversion_liquidation"):
        nature = "liquidation"
    reponses = {
        "procedure": next((n for n in _NATURES if n in nature), ""),
        "jugement_le": jugement.isoformat() if jugement else "",
        "publication": publication.isoformat() if publication else "",
        "mandataire": ouverture.mandataire if isinstance(ouverture, CollectiveOuverte) else "",
        "tribunal": ouverture.lieu,
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def propose_rang(etat: EtatDossier) -> dict[str, str]:
    """An ordinary claim, unless all that is owed is rent: the landlord has a privilege (C. com. L622-16)."""
    ouvertes = [c.creance.nature for c in etat.creances if c.total > ZERO]
    if ouvertes and all(_OBJETS.get(nature) == _LOYERS for nature in ouvertes):
        return {"rang_creance": "privilege", "surete": write_phrase(_BAILLEUR)}
    return {"rang_creance": "chirographaire"}


def is_forclose(etat: EtatDossier) -> bool:
    """Whether the time to declare is over."""
    collective = find_collective(etat)
    return collective is not None and collective.etat.code in _FORCLOSE


def compute_fin_de_declaration(demande: Demande, depart: date | None) -> date | None:
    """The last day to declare, from the publication or the agent's notice; two months more far away (R622-24)."""
    if depart is None:
        return None
    creancier, debiteur = demande.etat.creancier.description, demande.etat.debiteur
    pres = find_distance_du_tribunal(creancier.adresse, debiteur.adresse) is Distance.AUCUNE
    return compute_terme(get_regle("PC", _DECLARER if pres else _DECLARER_DE_LOIN), depart)


def compute_passif(demande: Demande) -> Passif:
    """Count what was owed on the eve of the opening judgment, interest and payments up to that day included.

    The judgment stops interest as it is rendered (C. com. L622-28). Raises ErreurExigible (`acte_refuse`) when nothing
    was born before it.
    """
    jugement = read_jour(demande, "jugement_le") or demande.etat.au
    veille = jugement - UN_JOUR
    arretee = stop_decompte(demande, veille)
    etat = arretee.etat
    soldes = {solde.cle: solde for solde in etat.decompte.soldes}
    anterieures = [
        ligne
        for ligne in list_lignes_du_compte(etat)
        if ligne.cle in soldes and soldes[ligne.cle].total > ZERO and _is_anterieure(etat, ligne, jugement)
    ]
    if not anterieures:
        raise ErreurExigible(
            "acte_refuse",
            phrase("Rien n'était dû avant le jugement du {jour} : aucune créance n'est à déclarer.", jour=jugement),
            article="C. com. L622-24",
        )
    echues = [x.cle for x in anterieures if x.creance.echeance is not None and x.creance.echeance < jugement]
    a_echoir = [x.cle for x in anterieures if x.cle not in echues]
    return Passif(
        arretee,
        sort_postes(compute_sommes(etat, echues, sans_conteste=False), echues),
        compute_sommes(etat, a_echoir, sans_conteste=False),
        sum((v.montant for v in list_paiements(demande.etat) if v.date > veille), ZERO),
    )


def read_jour(demande: Demande, question: str) -> date | None:
    """Return the day answered."""
    reponse = demande.reponses.get(question)
    return reponse if isinstance(reponse, date) else None


def describe_passif(passif: Passif) -> Vocabulaire:
    """Name what is declared; the interest of the statement stops on the eve of the judgment."""
    etat = passif.demande.etat
    accessoires = frozenset(c.cle for t in etat.titres for c in t.chefs if c.chef is None)
    echu, a_echoir = add_sommes(passif.echues), add_sommes(passif.a_echoir)
    titres = [t for t in etat.titres if t.effectif]
    coobliges = [p for p in etat.personnes if p.role not in _SEULS and p.du > ZERO]
    return describe_dette(passif.demande, passif.echues, accessoires).add(
        Vocabulaire(
            {
                "veille": format_jour(etat.au),
                "les_coobliges": join_mots([clean_texte(p.nom) for p in coobliges]),
                "passif_echu": format_montant(echu.total),
                "passif_a_echoir": format_montant(a_echoir.total),
                "passif_total": format_montant(passif.total),
                "paye_apres": format_montant(passif.paye_apres),
                "passif_objet": join_mots(_list_objets(passif)),
                "les_titres": " ; ".join(write_titre_signifie(t) for t in titres),
            },
            {
                "debiteur_entrepreneur": is_debiteur_entrepreneur(etat),
                "a_echoir": bool(passif.a_echoir),
                "echues": bool(passif.echues),
                "avec_titre": bool(titres),
                "coobliges": bool(coobliges),
                "paye_apres": passif.paye_apres > ZERO,
                "discutees": any(s.etat.conteste > ZERO for s in (*passif.echues, *passif.a_echoir)),
            },
            {"creances_a_echoir": _build_a_echoir(passif)},
        )
    )


def write_procedure(nature: object) -> str:
    """`procédure de redressement judiciaire`, as the answer says."""
    nom = _NATURES.get(str(nature), "")
    return write_phrase("procédure de {nom}", nom=nom) if nom else "procédure collective"


def _is_anterieure(etat: EtatDossier, ligne: EtatCreance, jugement: date) -> bool:
    if any(ligne.cle == creance.cle for creance in etat.creances):
        return is_anterieure(ligne.creance, jugement)
    return ligne.creance.emission < jugement


def _list_objets(passif: Passif) -> list[str]:
    """What the debt comes from: invoices, rent, charges, decisions, costs."""
    etat = passif.demande.etat
    chefs = {chef.cle for titre in etat.titres for chef in titre.chefs}
    creances = {creance.cle for creance in etat.creances}
    sortes = {
        _OBJETS.get(s.etat.creance.nature, "factures")
        if s.cle in creances
        else ("décisions" if s.cle in chefs else "frais")
        for s in (*passif.echues, *passif.a_echoir)
    }
    return [sorte for sorte in _SORTES if sorte in sortes]


def _build_a_echoir(passif: Passif) -> tuple[Bloc, ...]:
    sommes = passif.a_echoir
    if not sommes:
        return ()
    noms = find_noms(passif.demande.etat, sommes)
    rangs = tuple(
        (
            clean_texte(s.numero),
            format_jour(s.etat.creance.emission),
            format_jour(s.etat.creance.echeance) if s.etat.creance.echeance else "non fixée",
            format_montant(s.total),
        )
        for s in sommes
    )
    total = ("Total", "", "", format_montant(add_sommes(sommes).total))
    return (Tableau("Sommes à échoir", (noms.premier, "Date", "Échéance", noms.montant), "gggd", rangs, total),)
