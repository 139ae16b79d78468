"""Against whom a title is enforced: the debtor, or another whom it condemns; the dossier as it stands towards him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.modele import Modele
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import DEBITEUR, DebiteurDecrit, RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne, EtatTitre
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.regimes import QualitePartie

POURSUIVIS, VISES = "poursuivis", "vises"
"""What a question of `acte.toml` says for its choice to be one of those whom a decision condemns; or of them and of
those against whom an order was asked for."""
SOURCES = frozenset({POURSUIVIS, VISES})
CONTRE, TITRE = "contre", "titre"
"""The questions: against whom, under which decision."""
_ENTREPRENEUR = "entrepreneur individuel"


def list_titres_de(etat: EtatDossier, personne: EtatPersonne) -> tuple[EtatTitre, ...]:
    """The decisions against a person, as they stand towards it; those of the first person are the dossier's own."""
    return etat.titres if personne.cle == etat.personnes[0].cle else personne.decisions


def list_tous_les_titres(etat: EtatDossier) -> tuple[EtatTitre, ...]:
    """Every decision that may be enforced against somebody, once each, in order of days."""
    titres = {t.cle: t for p in reversed(_list_comptees(etat)) for t in list_titres_de(etat, p)}
    return tuple(sorted(titres.values() or etat.titres, key=lambda t: (t.rendu_le, t.cle)))


def list_poursuivis(etat: EtatDossier, titre: str = "") -> tuple[EtatPersonne, ...]:
    """Those whom a decision condemns (any one, when none is named), the debtor first; without any, the debtor."""
    condamnes = tuple(p for p in _list_comptees(etat) if any(titre in {"", t.cle} for t in list_titres_de(etat, p)))
    return condamnes or etat.personnes[:1]


def list_vises(etat: EtatDossier) -> tuple[EtatPersonne, ...]:
    """Those whom a decision condemns, and those against whom an order to pay was rendered, the debtor first."""
    rendues = [p for p in etat.procedures if p.graphe.code == "IP" and p.situation.has("ordonnance")]
    cles = {p.cle for p in list_poursuivis(etat)} | {cle for p in rendues for cle in p.contre or (DEBITEUR,)}
    return tuple(p for p in _list_comptees(etat) if p.cle in cles)


def find_autre(etat: EtatDossier) -> EtatPersonne | None:
    """The person against whom the dossier is seen, when it is not the debtor."""
    return next((p for p in etat.personnes[:1] if p.role is not RolePersonne.DEBITEUR), None)


def choose_poursuivi(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str]) -> EtatPersonne | None:
    """Whom these answers are about: the one answered when the title holds him, else the first one that it holds.

    None for an act that asks nothing of the kind. The debtor for whom the act is not made (a public person, whose
    property is not seized) only comes when nobody else is held.
    """
    tenus = _list_tenus(modele, etat, saisies)
    exclu = bool(modele.qualites) and etat.debiteur.qualite not in modele.qualites
    d_office = sorted(tenus, key=lambda p: exclu and p.role is RolePersonne.DEBITEUR)
    return next((p for p in tenus if p.cle == saisies.get(CONTRE, "").strip()), d_office[0] if d_office else None)


def propose_poursuivi(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str]) -> dict[str, str]:
    """Answer against whom, when there is a choice."""
    personne = choose_poursuivi(modele, etat, saisies)
    seul = len(_list_tenus(modele, etat, saisies)) == 1
    return {} if personne is None or seul else {CONTRE: personne.cle}


def focus_poursuivi(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str]) -> EtatDossier:
    """The dossier as it stands towards whom these answers are about; as it is, for an act that asks nothing of it.

    Raises ErreurExigible (`acte_refuse`) when the title does not hold the person answered.
    """
    personne = choose_poursuivi(modele, etat, saisies)
    if personne is None:
        return etat
    voulue = next((p for p in etat.personnes if p.cle == saisies.get(CONTRE, "").strip()), personne)
    if voulue.cle != personne.cle:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : la décision ne condamne pas {nom}. Choisissez une personne qu'elle condamne.",
                titre=wrap_texte(modele.titre),
                nom=clean_texte(voulue.nom),
            ),
            article="CPCE L111-2",
        )
    return see_contre(etat, personne)


def see_contre(etat: EtatDossier, personne: EtatPersonne) -> EtatDossier:
    """The dossier as it stands towards one person: its procedures; for another than the debtor, his own account too."""
    procedures = tuple(p for p in etat.procedures if _vise(p, personne.cle))
    if personne.cle == etat.personnes[0].cle or personne.decompte is None:
        return replace(etat, procedures=procedures)
    debiteur, *autres = etat.personnes
    return replace(
        etat,
        debiteur=_describe(etat, personne),
        titres=personne.decisions,
        decompte=personne.decompte,
        pour_memoire=personne.decompte,
        base=personne.base,
        procedures=procedures,
        personnes=(
            personne,
            replace(debiteur, decisions=etat.titres),
            *(p for p in autres if p.cle != personne.cle),
        ),
    )


def _describe(etat: EtatDossier, personne: EtatPersonne) -> DebiteurDecrit:
    """Who he is, as an act names a debtor; a natural person with a registration number is a sole trader."""
    entrepreneur = personne.personne_physique is True and bool(personne.siren)
    return DebiteurDecrit(
        nom=personne.nom,
        qualite=QualitePartie.PROFESSIONNEL if personne.siren else QualitePartie.INCONNUE,
        code=etat.debiteur.code,
        siren=personne.siren,
        forme=_ENTREPRENEUR if entrepreneur else "",
        personne_physique=personne.personne_physique,
        adresse=personne.adresse,
        courriel=personne.courriel,
        telephone=personne.telephone,
    )


def _list_comptees(etat: EtatDossier) -> tuple[EtatPersonne, ...]:
    """Those whose account is kept: what a guarantor owes under a decision is not known."""
    return tuple(p for p in etat.personnes if p.decompte is not None)


def _list_tenus(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str]) -> tuple[EtatPersonne, ...]:
    """Those among whom the act lets choose; nobody when it asks nothing of the kind."""
    source = next((q.source for q in modele.question if q.source in SOURCES), "")
    if not source or not etat.personnes:
        return ()
    return list_vises(etat) if source == VISES else list_poursuivis(etat, _find_titre(etat, saisies))


def _find_titre(etat: EtatDossier, saisies: Mapping[str, str]) -> str:
    titre = saisies.get(TITRE, "").strip()
    return titre if any(t.cle == titre for t in list_tous_les_titres(etat)) else ""


def _vise(procedure: EtatProcedure, cle: str) -> bool:
    """Whether a procedure is against a person; a title that names nobody is against all those whom it condemns."""
    return cle in (procedure.contre or (DEBITEUR, *((cle,) if procedure.graphe.code == "TITRE" else ())))
