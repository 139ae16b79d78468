"""What the answer to a dispute adds: the claims disputed, what of them is not, who can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Tableau
from exigible.actes.natures import find_noms
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message
from exigible.actes.sommes import SommeReclamee, compute_sommes_du_debiteur
from exigible.actes.typst.texte import clean_texte
from exigible.actes.vocabulaire.sommes import name_sommes
from exigible.dossier.etat import EtatDossier, MotifSuspension
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte

# The positions after which the debtor may still disagree.
_PERSISTE = frozenset({"maintenue", "en_partie", "pieces"})


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the dispute. Raises ErreurExigible (`acte_refuse`), ErreurSaisie (`montant_admis_trop_fort`)."""
    etat = demande.etat
    cles = [c.cle for c in etat.creances if c.conteste > ZERO]
    if not cles:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » est refusé : aucune facture n'est contestée ; enregistrez d'abord la contestation.",
                titre=wrap_texte(demande.modele.titre),
            ),
            regle="contestation_absente",
        )
    sommes = compute_sommes_du_debiteur(etat, cles)
    libres = [somme for somme in sommes if somme.principal > ZERO]
    non_conteste = sum((somme.principal for somme in libres), ZERO)
    conteste = sum((somme.etat.conteste for somme in sommes), ZERO)
    message = describe_message(demande, sommes)
    position, admis = demande.reponses.get("position"), demande.reponses.get("montant_admis")
    reste = conteste - admis if isinstance(admis, Decimal) else conteste
    if reste < ZERO:
        raise ErreurSaisie(
            "montant_admis_trop_fort",
            phrase("La somme admise ne peut dépasser la somme contestée ({conteste}).", conteste=conteste),
            "montant_admis",
        )
    ajout = Vocabulaire(
        {
            "les_contestees": name_sommes(demande.etat, sommes),
            "non_conteste": format_montant(non_conteste),
            "reste_maintenu": format_montant(reste),
        },
        {
            "reste_non_conteste": bool(libres),
            "desaccord_persiste": position in _PERSISTE,
        },
        {"contestees": (_build_tableau(demande.etat, sommes),)},
    )
    preuves = tuple(t for s in sommes for t in (clean_texte(s.numero), format_montant(s.etat.conteste)))
    return replace(
        message,
        vocabulaire=message.vocabulaire.add(ajout),
        preuves={**message.preuves, "contestees": preuves},
        # It answers: what it speaks of is what is disputed, and the complaint ends when it is admitted.
        conformite={
            **message.conformite,
            "creance.solde": conteste + non_conteste,
            "contestation.reclamation_non_resolue": position in _PERSISTE,
        },
        montant=non_conteste,
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The day of the dispute."""
    jours = [s.depuis for c in etat.creances for s in c.suspensions if s.motif is MotifSuspension.CONTESTATION]
    return {"recue_le": format_jour(max(jours))} if jours else {}


def _build_tableau(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> Tableau:
    lignes = tuple(
        (
            clean_texte(somme.numero),
            format_jour(somme.etat.creance.emission),
            format_montant(somme.etat.creance.montant),
            format_montant(somme.etat.conteste),
            format_montant(somme.principal),
        )
        for somme in sommes
    )
    noms = find_noms(etat, sommes)
    titres = (noms.premier, "Date", noms.montant, "Contesté", "Non contesté, reste dû")
    return Tableau("Sommes contestées", titres, "ggddd", lignes)
