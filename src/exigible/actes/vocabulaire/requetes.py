"""What a petition for payment says of its debtors, whatever the judge: what the claim comes from, and each one's limit.

A guarantor is asked no more than its ceiling (C. civ. 2290 s.), a joint debtor its share (C. civ. 1309), told head by
head as the principal debtor's is (CPC 1407).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Liste
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Fragment, clean_texte, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.instance import compute_part, describe_instance, list_coobliges, write_tribunal
from exigible.actes.vocabulaire.pieces import describe_pieces
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import format_jour

_PRECISIONS = {
    "protection": "le juge des contentieux de la protection du {nom}",
    "chambre_commerciale": "la chambre commerciale du {nom}",
}
_BAUX_D_ENTREPRISE = frozenset({"loyer_commercial", "loyer_professionnel"})


def describe_requete(demande: Demande, *, coobliges: bool) -> Vocabulaire:
    """Name what a petition says of those sued. `coobliges`: the persons held with the debtor are sued too."""
    instance = describe_instance(demande, coobliges=coobliges)
    autres = list_coobliges(demande) if coobliges else ()
    cles = {somme.cle for somme in demande.sommes}
    natures = {somme.etat.creance.nature for somme in demande.sommes}
    copropriete = "charges_copropriete" in natures
    parts = tuple((Fragment(texte),) for texte in _iter_parts(demande, autres))
    liste: tuple[Bloc, ...] = (Liste(numerotee=False, elements=parts),) if parts else ()
    return instance.add(
        Vocabulaire(
            {
                "les_tenus_du_tout": join_mots(list(_iter_tenus(demande, autres))),
                "sans_compter": _write_sans_compter(demande),
                **describe_pieces(demande),
            },
            {
                "bail_habitation": "loyer_habitation" in natures,
                "bail_d_entreprise": bool(natures & _BAUX_D_ENTREPRISE),
                "copropriete": copropriete,
                "paiements_recus": any(i.creance in cles for i in demande.etat.decompte.imputations),
                "cautions": any(p.role is RolePersonne.CAUTION_SOLIDAIRE for p in autres),
                # A co-owners' association is no natural person, whatever its description leaves unsaid.
                "creancier_physique": instance.faits["creancier_physique"] and not copropriete,
                "dette_partagee": any(s.entier is not None for s in demande.sommes),
            },
            {"parts_des_conjoints": liste},
        )
    )


def _write_sans_compter(demande: Demande) -> str:
    """What the total asked leaves out: what is not yet due, and what the judge alone sets."""
    if read_montant(demande, "article_700") > ZERO:
        return write_phrase("sans les intérêts à courir ni les frais non compris dans les dépens")
    return write_phrase("sans les intérêts à courir")


def sum_parts(demande: Demande) -> Decimal:
    """What the joint debtors owe together on the claims asked, in euros."""
    conjoints = (p for p in list_coobliges(demande) if p.role is RolePersonne.CODEBITEUR_CONJOINT)
    return sum((compute_part(demande, p) for p in conjoints), ZERO)


def _iter_tenus(demande: Demande, autres: tuple[EtatPersonne, ...]) -> Iterator[str]:
    """Those held for the whole, each with the most it may be asked."""
    yield clean_texte(demande.etat.debiteur.nom)
    for personne in autres:
        if personne.role is RolePersonne.CODEBITEUR_CONJOINT:
            continue
        nom, plafond = clean_texte(personne.nom), personne.plafond_restant
        if plafond is None:
            yield nom
        else:
            yield write_phrase("{nom} (dans la limite de {plafond})", nom=nom, plafond=format_montant(plafond))


def _iter_parts(demande: Demande, autres: tuple[EtatPersonne, ...]) -> Iterator[str]:
    for personne in autres:
        if personne.role is RolePersonne.CODEBITEUR_CONJOINT:
            part = compute_part(demande, personne)
            debut = write_phrase(
                "{nom} : {part}, sa part de la dette", nom=clean_texte(personne.nom), part=format_montant(part)
            )
            yield debut + write_detail(demande, personne, part)


def write_detail(demande: Demande, personne: EtatPersonne, part: Decimal) -> str:
    """The heads of a joint debtor's share, and the interest still to run on it; nothing when they do not make it up."""
    if personne.decompte is None:
        return ""
    cles = {s.cle for s in demande.sommes}
    soldes = [s for s in personne.decompte.soldes if s.cle in cles]
    if sum((s.total for s in soldes), ZERO) != part:
        return ""
    chefs = (
        ("{montant} en principal", sum((s.principal_restant for s in soldes), ZERO)),
        ("{montant} d'intérêts échus au {jour} inclus", sum((s.interets for s in soldes), ZERO)),
        ("{montant} d'indemnité forfaitaire pour frais de recouvrement", sum((s.indemnites for s in soldes), ZERO)),
        ("{montant} de frais", sum((s.frais for s in soldes), ZERO)),
    )
    jour = format_jour(demande.etat.au)
    ecrits = [write_phrase(m, montant=format_montant(x), jour=jour) for m, x in chefs if x > ZERO]
    suite = write_phrase(", outre les intérêts à courir sur ce principal aux taux ci-dessus")
    courent = any(s.interets > ZERO for s in soldes)
    return write_phrase(" ({chefs})", chefs=join_mots(ecrits)) + (suite if courent else "")


def write_juridiction(demande: Demande, commun: Vocabulaire) -> str:
    """The court that the petition is brought to; as long as none is chosen, what is left to be answered."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    if not tribunal:
        return f"{commun.valeurs['tribunal']} {commun.valeurs['siege']}"
    nom = write_tribunal(tribunal, commun.valeurs["siege"])
    return write_phrase(_PRECISIONS.get(tribunal, "le {nom}"), nom=nom)
