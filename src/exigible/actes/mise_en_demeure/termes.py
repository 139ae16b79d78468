"""The terms of a rent that are claimed, from a tenant or from whoever stands surety for him."""

from __future__ import annotations

from exigible.actes.demande import Demande
from exigible.actes.document import Tableau
from exigible.actes.typst.texte import clean_texte
from exigible.droit.argent import format_montant
from exigible.droit.jours import format_jour


def build_termes(demande: Demande) -> Tableau:
    """One line a term: what it is, its day, what was paid or deducted, what is left."""
    lignes = tuple(
        (
            clean_texte(somme.etat.creance.libelle) or clean_texte(somme.numero),
            format_jour(somme.etat.creance.echeance) if somme.etat.creance.echeance else "",
            format_montant(somme.etat.creance.montant),
            format_montant(somme.etat.creance.montant - somme.principal),
            format_montant(somme.principal),
        )
        for somme in demande.sommes
    )
    total = ("Total", "", "", "", format_montant(demande.totaux.principal))
    titres = ("Terme", "Échéance", "Loyer et charges", "Réglé ou déduit", "Reste dû")
    return Tableau("Loyers et charges réclamés", titres, "ggddd", lignes, total)


def is_loyer(demande: Demande) -> bool:
    """Whether rents of a dwelling are claimed, and nothing else."""
    return bool(demande.sommes) and all(s.etat.creance.nature == "loyer_habitation" for s in demande.sommes)
