"""The day's work told in the terminal: what leaves, to whom, why; what is held and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exigible.droit.argent import format_montant
from exigible.droit.jours import format_jour

if TYPE_CHECKING:
    from exigible.bureau.journal.effacement import Bilan
    from exigible.bureau.journee import Journee, LigneActe

_GESTES = {
    "plan_en_retard": "Plan en retard :",
    "appeler": "Appeler",
    "ecrire": "Écrire à",
    "mettre_en_demeure": "Mettre en demeure",
    "poster": "Poster à",
}


def describe_journee(cabinet: str, journee: Journee) -> dict[str, Any]:
    """Write the day's work for programs."""
    return {
        "cabinet": cabinet,
        "montant": journee.montant,
        "actions": [
            {
                "dossier": ligne.dossier.reference,
                "debiteur": ligne.dossier.debiteur_nom,
                "geste": ligne.action.geste.value,
                "etape": ligne.action.etape.value,
                "factures": list(ligne.numeros),
                "depuis": ligne.action.prevue_le,
                "montant": ligne.action.montant,
                "phrase": ligne.action.phrase,
            }
            for ligne in journee.actions
        ],
        "retenues": [
            {
                "dossier": ligne.dossier.reference,
                "debiteur": ligne.dossier.debiteur_nom,
                "facture": ligne.numero,
                "code": ligne.retenue.code,
                "phrase": ligne.retenue.phrase,
                "montant": ligne.retenue.montant,
                "jusqu_au": ligne.retenue.jusqu_au,
                "article": ligne.retenue.article,
            }
            for ligne in journee.retenues
        ],
        "procedures": {
            "cette_semaine": len(journee.actes) - journee.depasses,
            "depassees": journee.depasses,
            "actes": [
                {
                    "dossier": ligne.dossier.reference,
                    "debiteur": ligne.dossier.debiteur_nom,
                    "procedure": ligne.acte.objet,
                    "quoi": ligne.acte.echeance.quoi,
                    "le": ligne.acte.echeance.le,
                    "depasse": ligne.acte.echeance.le < journee.au,
                    "acteur": ligne.acte.echeance.acteur.value,
                    "perte": ligne.acte.echeance.perte,
                    "articles": list(dict.fromkeys(ligne.acte.echeance.articles)),
                }
                for ligne in journee.actes
            ],
        },
        "a_completer": [
            {"dossier": x.dossier.reference, "debiteur": x.dossier.debiteur_nom, "phrases": list(x.phrases)}
            for x in journee.completer
        ],
        "banque": [
            {"date": credit.jour, "montant": credit.montant, "libelle": credit.libelle} for credit in journee.banque
        ],
        "problemes": [{"dossier": x.dossier.reference, "message": x.message} for x in journee.problemes],
    }


def format_journee(cabinet: str, journee: Journee) -> str:
    """Write the day's work for people."""
    blocs = [
        [f"{cabinet}, le {format_jour(journee.au)}"],
        _write_bloc(
            f"À faire : {len(journee.actions)}, pour {format_montant(journee.montant)}",
            [
                f"{_GESTES[ligne.action.geste.value]} {ligne.dossier.debiteur_nom} ({ligne.dossier.reference}) – "
                f"{ligne.action.phrase} – {format_montant(ligne.action.montant)}"
                for ligne in journee.actions
            ],
        ),
        _write_bloc(
            count_actes(len(journee.actes), journee.depasses), [_write_acte(x, journee) for x in journee.actes]
        ),
        _write_bloc(
            f"Retenu : {len(journee.retenues)}",
            [
                f"{ligne.dossier.debiteur_nom} ({ligne.dossier.reference}), facture {ligne.numero} – "
                f"{ligne.retenue.phrase}"
                for ligne in journee.retenues
            ],
        ),
        _write_bloc(
            f"À compléter : {len(journee.completer)}",
            [f"{x.dossier.debiteur_nom} ({x.dossier.reference}) – {' ; '.join(x.phrases)}" for x in journee.completer],
        ),
        _write_bloc(
            f"Virements à rapprocher : {len(journee.banque)}",
            [f"{format_jour(c.jour)} – {format_montant(c.montant)} – {c.libelle}" for c in journee.banque],
        ),
        _write_bloc(
            f"Problèmes : {len(journee.problemes)}", [f"{x.dossier.reference} – {x.message}" for x in journee.problemes]
        ),
    ]
    return "\n\n".join("\n".join(bloc) for bloc in blocs if bloc)


def count_actes(nombre: int, depasses: int) -> str:
    """Sum what procedures ask for: « 3 actes de procédure à faire cette semaine, dont 1 au délai dépassé »."""
    quoi = "acte de procédure" if nombre == 1 else "actes de procédure"
    dont = f", dont {depasses} au délai dépassé" if depasses else ""
    return f"{nombre} {quoi} à faire cette semaine{dont}"


def _write_acte(ligne: LigneActe, journee: Journee) -> str:
    e = ligne.acte.echeance
    quand = (
        f"délai dépassé depuis le {format_jour(e.le)}" if e.le < journee.au else f"au plus tard le {format_jour(e.le)}"
    )
    perte = f" – sinon : {e.perte}" if e.perte else ""
    return f"{ligne.dossier.debiteur_nom} ({ligne.dossier.reference}), {ligne.acte.objet} – {e.quoi}, {quand}{perte}"


def _write_bloc(titre: str, lignes: list[str]) -> list[str]:
    return [titre, *(f"  {ligne}" for ligne in lignes)] if lignes else []


def describe_effacement(bilan: Bilan, annees: int, *, applique: bool) -> tuple[dict[str, Any], str]:
    """Tell what was erased, or would be, for programs and for people."""
    resultat = {
        "applique": applique,
        "annees": annees,
        "dossiers": [{"dossier": e.dossier.reference, "conserve_jusqu_au": e.jusqu_au} for e in bilan.effaces],
        "retenus": [{"dossier": e.dossier.reference, "raison": e.retenu} for e in bilan.retenus],
        "mouvements": bilan.mouvements,
        "pieces": bilan.pieces,
        "articles": ["C. com. L123-22", "RGPD, art. 5, 1, e"],
        "avertissements": [],
    }
    verbe = "effacés" if applique else "à effacer (rien ne l'est sans --appliquer)"
    gardes = f"Conservation : {annees} ans après la clôture de l'exercice du dernier fait (C. com. L123-22)."
    blocs = [
        [gardes],
        [f"Dossiers {verbe} : {len(bilan.effaces)}"]
        + [f"  {e.dossier.reference} – conservé jusqu'au {format_jour(e.jusqu_au)}" for e in bilan.effaces],
        [f"Faits de lignes de banque {verbe} : {bilan.mouvements}", f"Pièces {verbe} : {bilan.pieces}"],
        _write_bloc(
            f"Gardés malgré leur âge : {len(bilan.retenus)}",
            [f"{e.dossier.reference} – {e.retenu}" for e in bilan.retenus],
        ),
    ]
    return resultat, "\n".join(ligne for bloc in blocs for ligne in bloc)
