"""The sums that a document names, exact to the cent, and how many claims they come from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import structs

from exigible.actes.demande import Demande
from exigible.actes.natures import find_noms
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, write_en_lettres, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Reclamation
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.interets import LigneInterets, Regime
from exigible.droit.jours import UN_JOUR, format_jour


def describe_sommes(demande: Demande) -> Vocabulaire:
    """Name what is claimed; a document about no claim names sums of zero."""
    totaux, sommes, etat = demande.totaux, demande.sommes, demande.etat
    numeros = [clean_texte(s.numero) for s in sommes]
    echeances = sorted(s.etat.creance.echeance for s in sommes if s.etat.creance.echeance)
    lignes = list_lignes(demande)
    par_jour = compute_interets_par_jour(list_qui_courent(etat, lignes))
    regime = etat.regime.regime
    return Vocabulaire(
        {
            "total": format_montant(totaux.total),
            "principal": format_montant(totaux.principal),
            "interets": format_montant(totaux.interets),
            "indemnites": format_montant(totaux.indemnites),
            "frais": format_montant(totaux.frais),
            "total_en_lettres": write_en_lettres(totaux.total),
            "principal_en_lettres": write_en_lettres(totaux.principal),
            "les_factures": name_sommes(etat, sommes),
            "nombre_de_factures": write_phrase("{n} facture{s}", n=str(len(numeros)), s="s" if numeros[1:] else ""),
            "premiere_echeance": format_jour(echeances[0]) if echeances else "",
            "derniere_echeance": format_jour(echeances[-1]) if echeances else "",
            "interets_par_jour": format_montant(par_jour),
            "article_interets": join_mots(list(dict.fromkeys(ligne.article for ligne in lignes))),
        },
        {
            "plusieurs_factures": len(sommes) > 1,
            "interets_reclames": totaux.interets > 0,
            "indemnites_reclamees": totaux.indemnites > 0,
            "frais_reclames": totaux.frais > 0,
            "interets_courent": par_jour > 0,
            "contestation": any(s.etat.conteste > 0 for s in sommes),
            "regime_commercial": regime is Regime.COMMERCIAL,
            "regime_public": regime is Regime.PUBLIC,
            "regime_legal": regime is Regime.LEGAL,
            "penalites_renoncees": etat.penalites is Reclamation.RENONCER,
        },
    )


def list_lignes(demande: Demande) -> tuple[LigneInterets, ...]:
    """List the lines of interest claimed on the claims of the document."""
    ouvertes = {s.cle for s in demande.sommes if not s.reservee}
    return tuple(ligne for ligne in demande.etat.decompte.lignes if ligne.creance in ouvertes)


def list_qui_courent(etat: EtatDossier, lignes: tuple[LigneInterets, ...]) -> tuple[LigneInterets, ...]:
    """List the lines whose interest runs on after the day of the state, on what the last payments left of the base."""
    demain = etat.au + UN_JOUR
    regles = {c.cle: [r for r in (c.regle, *c.suites) if r is not None] for c in etat.base.creances}
    arretees = {cle for cle, rs in regles.items() if any(p.overlaps(demain, demain) for r in rs for p in r.pauses)}
    dernieres = {ligne.creance: ligne for ligne in sorted(lignes, key=lambda x: x.au) if ligne.creance not in arretees}
    payes = dict.fromkeys(dernieres, ZERO)
    for imputation in etat.decompte.imputations:
        derniere = dernieres.get(imputation.creance)
        if derniere is not None and imputation.date >= derniere.au:
            payes[imputation.creance] += imputation.principal
    return tuple(structs.replace(x, base=max(x.base - payes[cle], ZERO)) for cle, x in dernieres.items())


def compute_interets_par_jour(lignes: tuple[LigneInterets, ...]) -> Decimal:
    """Add what each claim bears a day at the rate of its last line, each rounded down to the cent: never too much."""
    dernieres: dict[str, LigneInterets] = {}
    for ligne in lignes:
        if ligne.creance not in dernieres or ligne.au >= dernieres[ligne.creance].au:
            dernieres[ligne.creance] = ligne
    fin = max((ligne.au for ligne in dernieres.values()), default=None)
    courantes = [ligne for ligne in dernieres.values() if ligne.au == fin]
    return sum((_compute_un_jour(ligne) for ligne in courantes), ZERO)


def _compute_un_jour(ligne: LigneInterets) -> Decimal:
    centimes = ligne.base * ligne.taux / Decimal(ligne.diviseur)
    return Decimal(int(centimes)).scaleb(-2)


def name_sommes(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> str:
    """Name them by their numbers: `les factures A, B et C`; empty when there is none."""
    if not sommes:
        return ""
    noms, numeros = find_noms(etat, sommes), [clean_texte(somme.numero) for somme in sommes]
    return f"{noms.une if len(numeros) == 1 else noms.plusieurs} {join_mots(numeros)}"
