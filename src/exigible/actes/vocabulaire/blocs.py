"""The blocks that a wording places by their name: tables, sums, how to pay, signatures, exhibits, the statement."""

from __future__ import annotations

from decimal import Decimal
from itertools import compress

from exigible.actes.decompte.releve import build_releve
from exigible.actes.demande import Demande
from exigible.actes.document import (
    Annexe,
    Bloc,
    Note,
    Partie,
    ReglerPar,
    Saut,
    Signatures,
    Somme,
    Sommes,
    Tableau,
)
from exigible.actes.donnees_personnelles import write_donnees
from exigible.actes.lettre import build_paiement
from exigible.actes.natures import find_noms
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.parties import write_identite_du_creancier, write_identite_du_debiteur
from exigible.actes.vocabulaire.recouvreur import find_beneficiaire
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.droit.argent import format_montant, format_taux
from exigible.droit.interets import Regime
from exigible.droit.jours import format_jour

_LEGAL = "C. civ. 1231-"
_INDEMNITE = Decimal(40)


def describe_blocs(demande: Demande) -> Vocabulaire:
    """Make the blocks. Raises ErreurSaisie (`iban_invalide`)."""
    return Vocabulaire(
        blocs={
            "factures": (_build_factures(demande),) if demande.sommes else (),
            "sommes": (_build_sommes(demande),) if demande.sommes else (),
            "paiement": _build_paiement(demande),
            "annexe": _build_annexe(demande),
            "saut": (Saut(),),
            "signature": (Signatures((list_signataire(demande),)),),
            "signature_debiteur": (Signatures((list_signataire_debiteur(demande),)),),
            "signatures": (Signatures((list_signataire(demande), list_signataire_debiteur(demande))),),
            "demandeur": (Partie("Demandeur", (write_identite_du_creancier(demande.etat),)),),
            "defendeur": (Partie("Défendeur", (write_identite_du_debiteur(demande.etat),)),),
            "bordereau": _build_bordereau(demande),
            "donnees_personnelles": _build_donnees(demande),
        }
    )


def list_signataire(demande: Demande) -> tuple[str, ...]:
    """Who signs for the creditor."""
    creancier = demande.etat.creancier.description
    qui = (creancier.signataire, creancier.fonction, creancier.nom)
    return list_sans_doublon([clean_texte(texte) for texte in qui])


def list_signataire_debiteur(demande: Demande) -> tuple[str, ...]:
    """Where the debtor signs."""
    return (clean_texte(demande.etat.debiteur.nom),)


def _build_factures(demande: Demande) -> Tableau:
    noms = find_noms(demande.etat, demande.sommes)
    return Tableau(
        noms.reclamees,
        (noms.premier, "Date", noms.exigible, noms.montant, "Reste dû"),
        "gggdd",
        tuple(_print_facture(somme) for somme in demande.sommes),
        ("Total", "", "", "", format_montant(demande.totaux.principal)),
    )


def _print_facture(somme: SommeReclamee) -> tuple[str, ...]:
    creance = somme.etat.creance
    numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
    return (
        f"{numero} — {libelle}" if libelle and libelle != numero else numero,
        format_jour(creance.emission),
        format_jour(creance.echeance) if creance.echeance else "",
        format_montant(creance.montant),
        format_montant(somme.principal),
    )


def _build_sommes(demande: Demande) -> Sommes:
    principal = find_noms(demande.etat, demande.sommes).principal
    return build_sommes(demande, "Total", principal, _write_detail(demande), _write_detail_indemnites(demande))


def build_sommes(demande: Demande, total: str, principal: str, interets: str, indemnites: str) -> Sommes:
    """What is claimed, head by head; what the total is called, and what is said under each head."""
    totaux = demande.totaux
    tetes = (
        Somme("Principal", principal, format_montant(totaux.principal)),
        Somme(name_interets(demande), interets, format_montant(totaux.interets)),
        Somme("Indemnité forfaitaire pour frais de recouvrement", indemnites, format_montant(totaux.indemnites)),
        Somme("Frais", "", format_montant(totaux.frais)),
    )
    dues = (True, totaux.interets > 0, totaux.indemnites > 0, totaux.frais > 0)
    return Sommes(tuple(compress(tetes, dues)), Somme(total, "", format_montant(totaux.total)))


def _write_detail_indemnites(demande: Demande) -> str:
    """So much an invoice; a share of it for a joint debtor, what is left of it after a payment (C. com. D441-5)."""
    dues = [s for s in demande.sommes if s.indemnites > 0]
    modele = "40 € × {n} facture{s} ({article})"
    if any(s.entier is not None for s in dues):
        modele = "part de 40 € × {n} facture{s} ({article})"
    elif demande.totaux.indemnites != _INDEMNITE * len(dues):
        modele = "reste dû sur 40 € × {n} facture{s} ({article})"
    article = "CCP, article D2192-35" if _is_public(demande) else "C. com., article D441-5"
    return write_phrase(modele, n=str(len(dues)), s="s" if len(dues) > 1 else "", article=article)


def name_interets(demande: Demande) -> str:
    """What the law calls the interest claimed; after a judgment, that of C. civ. 1231-7 whatever it was before."""
    lignes = list_lignes(demande)
    if lignes and all(ligne.article.startswith(_LEGAL) for ligne in lignes):
        return "Intérêts au taux légal"
    regime = demande.etat.regime.regime
    if regime is Regime.COMMERCIAL:
        return "Pénalités de retard"
    return "Intérêts moratoires" if regime is Regime.PUBLIC else "Intérêts au taux légal"


def _is_public(demande: Demande) -> bool:
    return demande.etat.regime.regime is Regime.PUBLIC


def _write_detail(demande: Demande) -> str:
    lignes = list_lignes(demande)
    if not lignes:
        return ""
    taux = list_sans_doublon([format_taux(ligne.taux) for ligne in sorted(lignes, key=lambda x: (x.du, x.taux))])
    return write_phrase(
        "du {du} au {au} inclus, {taux} l'an, voir le décompte",
        du=format_jour(min(ligne.du for ligne in lignes)),
        au=format_jour(max(ligne.au for ligne in lignes)),
        taux=" puis ".join(taux),
    )


def _build_paiement(demande: Demande) -> tuple[Bloc, ...]:
    if not demande.sommes:
        return ()
    paiement, _ = build_paiement(find_beneficiaire(demande), demande.totaux.total, demande.reference)
    return (ReglerPar(paiement),)


def _build_annexe(demande: Demande) -> tuple[Bloc, ...]:
    if not demande.sommes:
        return ()
    releve = build_releve(demande.etat, demande.sommes)
    return (Annexe(write_phrase("Annexe — {titre}", titre=releve.titre), releve),)


def _build_bordereau(demande: Demande) -> tuple[Bloc, ...]:
    if not demande.pieces:
        return ()
    pieces = demande.pieces
    colonnes = [
        ("N°", "g", [str(p.numero) for p in pieces]),
        ("Pièce", "g", [clean_texte(p.intitule) for p in pieces]),
        ("Date", "g", [format_jour(p.jour) if p.jour else "" for p in pieces]),
        ("Pages", "d", [str(p.pages) if p.pages else "" for p in pieces]),
    ]
    titres, sens, cellules = zip(*(c for c in colonnes if any(c[2])), strict=True)
    return (Tableau("Pièces", titres, "".join(sens), tuple(zip(*cellules, strict=True))),)


def _build_donnees(demande: Demande) -> tuple[Bloc, ...]:
    paragraphes = write_donnees(demande.etat)
    return (Note(paragraphes),) if paragraphes else ()
