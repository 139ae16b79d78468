"""A surety and what it is told: its lines in the window, the debt it covers on a day, what is kept about it."""

from __future__ import annotations

from datetime import date

from exigible.actes.demande import Demande
from exigible.actes.document import Note
from exigible.actes.lettre import list_adresse, write_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_paragraphe
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.decompte import compute_decompte
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte

GARANTIE = ("garantie_au", "garantie_principal", "garantie_interets", "garantie_accessoires", "garantie_total")
"""The names of what `compute_dette_garantie` gives."""

_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})


def find_caution(demande: Demande) -> EtatPersonne | None:
    """Return the surety answered under `personne`, if any. Raises ErreurExigible (`acte_refuse`) for anybody else."""
    personne = next((p for p in demande.etat.personnes if p.cle == demande.reponses.get("personne")), None)
    if personne is not None and personne.role not in _CAUTIONS:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : {nom} n'est pas caution de cette dette.",
                titre=wrap_texte(demande.modele.titre),
                nom=clean_texte(personne.nom),
            ),
            article="C. civ. 2302",
        )
    return personne


def propose_caution(etat: EtatDossier) -> dict[str, str]:
    """The first surety who is or may be a natural person, and the day of its commitment when it is the only surety."""
    cautions = (p.cle for p in etat.personnes if p.role in _CAUTIONS and p.personne_physique is not False)
    return {"personne": cle, **propose_engagement(etat)} if (cle := next(cautions, "")) else {}


def propose_engagement(etat: EtatDossier) -> dict[str, str]:
    """The day of the commitment of the only surety: with several, whose it is would be a guess."""
    jours = [p.depuis for p in etat.personnes if p.role in _CAUTIONS]
    return {"engagement_du": jours[0].isoformat()} if len(jours) == 1 and jours[0] else {}


def compute_dette_garantie(etat: EtatDossier, caution: EtatPersonne, au: date) -> dict[str, str]:
    """Compute what remains due, at the end of `au` (included), on the claims that the surety covers; by its names."""
    nees = {c.cle: c.creance.emission for c in etat.creances}
    creances = [c for c in etat.base.creances if nees.get(c.cle, c.echeance) <= au]
    cles = {c.cle for c in creances}
    versements = [v for v in etat.base.versements if v.date <= au and cles.issuperset(v.creances)]
    decompte = compute_decompte(creances, versements, au, arreter_au_dernier_connu=True)
    soldes = [s for s in decompte.soldes if not caution.creances or s.cle in caution.creances]
    sommes = (
        sum((s.principal_restant for s in soldes), ZERO),
        sum((s.interets for s in soldes), ZERO),
        sum((s.indemnites + s.frais for s in soldes), ZERO),
        sum((s.total for s in soldes), ZERO),
    )
    return dict(zip(GARANTIE, (format_jour(au), *map(format_montant, sommes)), strict=True))


def describe_caution(demande: Demande, caution: EtatPersonne | None, trou: str) -> Vocabulaire:
    """Name the surety; `trou` stands in its place while none is chosen."""
    roles = {RolePersonne.CAUTION_SIMPLE: "caution simple", RolePersonne.CAUTION_SOLIDAIRE: "caution solidaire"}
    plafond = caution.plafond_restant if caution else None
    creancier = demande.etat.creancier.description
    note = write_paragraphe(
        "**Vos données personnelles.** {nom} est responsable du traitement de vos coordonnées et de votre engagement, "
        "reçus de vous ou du débiteur, pour suivre la dette que vous garantissez et vous en informer (obligation "
        "légale et intérêt légitime : RGPD, article 6, 1, c et f). Ils sont destinés à ses services et, s'il y a lieu, "
        "à ses conseils et à la justice, et conservés jusqu'à la fin de l'engagement, puis pendant la durée de la "
        "prescription. Vous pouvez demander l'accès à vos données, leur rectification, leur effacement, la limitation "
        "du traitement ou vous y opposer ({contacts}), et adresser une réclamation à la CNIL (www.cnil.fr).",
        nom=clean_texte(creancier.nom),
        contacts=write_contacts(creancier),
    )
    return Vocabulaire(
        {
            "caution_nom": clean_texte(caution.nom) if caution else trou,
            "caution_role": roles[caution.role] if caution else "caution",
            "plafond": format_montant(plafond) if plafond is not None else "",
        },
        {"plafonnee": plafond is not None},
        {"donnees_de_la_caution": (Note((note,)),)},
    )


def list_destinataire_caution(caution: EtatPersonne | None, trou: str) -> tuple[str, ...]:
    """The lines of the window."""
    return (clean_texte(caution.nom), *list_adresse(caution.adresse)) if caution else (trou,)
