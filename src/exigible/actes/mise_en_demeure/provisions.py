"""The provisions and charges claimed from a co-owner: each by its nature (L. 65-557 art. 19-2)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Liste, Somme, Sommes, Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Fragment, clean_texte
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase


def read_natures(demande: Demande, trou: str) -> dict[str, str]:
    """The nature of each claim, by key; none answered yet: its place is left to be filled in."""
    reponse = demande.reponses.get("natures")
    if not isinstance(reponse, str):
        return {somme.cle: trou for somme in demande.sommes}
    lues = {}
    for ligne in reponse.split("\n"):
        numero, separateur, nature = ligne.partition(" : ")
        if separateur:
            lues[clean_texte(numero)] = clean_texte(nature)
    absentes = [somme.numero for somme in demande.sommes if not lues.get(clean_texte(somme.numero))]
    if absentes:
        raise ErreurSaisie(
            "natures_incompletes",
            phrase(
                "La nature de « {numero} » n'est pas dite : écrivez une ligne « {numero} : provision du budget "
                "prévisionnel (article 14-1) ».",
                numero=absentes[0],
            ),
            "natures",
        )
    return {somme.cle: lues[clean_texte(somme.numero)] for somme in demande.sommes}


def build_provisions(demande: Demande, natures: Mapping[str, str]) -> Tableau:
    """One line a call: its nature, the day on which it was due, what is left of it."""
    lignes = tuple(
        (
            clean_texte(somme.numero),
            natures[somme.cle],
            format_jour(somme.etat.creance.echeance) if somme.etat.creance.echeance else "",
            format_montant(somme.etat.creance.montant),
            format_montant(somme.principal),
        )
        for somme in demande.sommes
    )
    total = ("Total", "", "", "", format_montant(demande.totaux.principal))
    titres = ("Appel", "Nature", "Exigible le", "Montant appelé", "Reste dû")
    return Tableau("Provisions et charges réclamées", titres, "ggddd", lignes, total)


def split_par_nature(demande: Demande, natures: Mapping[str, str], sommes: Sommes) -> Sommes:
    """The principal, one line for each nature (art. 19-2): never one global amount."""
    par_nature: dict[str, Decimal] = {}
    for somme in demande.sommes:
        nature = natures[somme.cle]
        par_nature[nature] = par_nature.get(nature, ZERO) + somme.principal
    lignes = tuple(Somme(nature[:1].upper() + nature[1:], "", format_montant(m)) for nature, m in par_nature.items())
    return Sommes((*lignes, *(s for s in sommes.lignes if s.libelle != "Principal")), sommes.total)


def build_assemblees(demande: Demande, commun: Vocabulaire) -> tuple[Bloc, ...]:
    """The votes, one to a line, as a list."""
    reponse = demande.reponses.get("assemblees")
    if not isinstance(reponse, str):
        return commun.blocs["assemblees"]
    lignes = tuple((Fragment(clean_texte(ligne).removeprefix("- ")),) for ligne in reponse.split("\n") if ligne.strip())
    return (Liste(numerotee=False, elements=lignes),)
