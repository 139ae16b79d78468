"""What was already done in the dossier: letters, calls, titles, plans, persons liable."""

from __future__ import annotations

from exigible.actes.demande import Demande
from exigible.actes.paiements import list_paiements
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.dossier.courriers import MISES_EN_DEMEURE
from exigible.dossier.etat import EtatCourrier, SortCourrier
from exigible.dossier.faits import Etape, RolePersonne
from exigible.droit.argent import ZERO
from exigible.droit.jours import format_jour

_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})


def describe_historique(demande: Demande) -> Vocabulaire:
    """Name what came before the document."""
    etat = demande.etat
    relances = [jour for s in demande.sommes for etape, jour in s.etat.etapes_faites if etape is Etape.RELANCE]
    notice = find_mise_en_demeure(demande)
    titre = next((t for t in etat.titres if t.effectif), None)
    roles = {p.role for p in etat.personnes}
    return Vocabulaire(
        {
            "mise_en_demeure_le": format_jour(notice.poste_le) if notice and notice.poste_le else "",
            "mise_en_demeure_presentee_le": format_jour(notice.presente_le) if notice and notice.presente_le else "",
            "premiere_relance_le": format_jour(min(relances)) if relances else "",
            "derniere_relance_le": format_jour(max(relances)) if relances else "",
            "titre_rendu_le": format_jour(titre.rendu_le) if titre else "",
            "titre_signifie_le": format_jour(titre.signifie_le) if titre and titre.signifie_le else "",
        },
        {
            "mise_en_demeure_faite": notice is not None,
            "mise_en_demeure_presentee": notice is not None and notice.presente_le is not None,
            "relance_faite": bool(relances),
            "titre_rendu": titre is not None,
            "titre_signifie": titre is not None and titre.signifie_le is not None,
            "titre_executoire": titre is not None and titre.executoire_le is not None,
            "plan_en_cours": bool(etat.plans),
            "cautions": bool(roles & _CAUTIONS),
            "codebiteurs_solidaires": RolePersonne.CODEBITEUR_SOLIDAIRE in roles,
            "codebiteurs_conjoints": RolePersonne.CODEBITEUR_CONJOINT in roles,
            "paiements_recus": bool(list_paiements(etat)),
            "tout_paye": etat.echu + etat.a_echoir == ZERO,
        },
    )


def find_mise_en_demeure(demande: Demande) -> EtatCourrier | None:
    """Return the last formal notice that left about one of these claims and was not returned undelivered."""
    cles = {s.cle for s in demande.sommes}
    parties = [
        c
        for c in demande.etat.courriers
        if c.acte in MISES_EN_DEMEURE
        and c.poste_le is not None
        and c.sort is not SortCourrier.NON_DISTRIBUE
        and cles & set(c.creances)
    ]
    return max(parties, key=lambda c: (c.poste_le, c.cle), default=None)
