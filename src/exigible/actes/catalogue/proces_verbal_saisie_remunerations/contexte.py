"""What the employer is told: how much to hold back, to whom to pay it, what to declare (CPCE R212-1-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre, Partie, Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_paragraphe, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.collective import read_jour
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.actes.vocabulaire.titres import (
    DONNEES,
    compute_montant,
    describe_titre,
    explain_titre,
    find_moyens,
    propose_titre,
    refuse_execution,
    refuse_personne_morale,
)
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.saisissable import Saisie, compute_saisissable

_ATTENDRE, _SAISIR = "SR5", "SR7"
_TOUTES_LES_TRANCHES = Decimal(100_000)
_INJONCTION = (
    "**Il vous est enjoint de fournir au commissaire de justice répartiteur, dans les quinze jours au plus tard à "
    "compter de la notification du présent acte, les renseignements prévus à l'article L212-8 du code des procédures "
    "civiles d'exécution : la situation de droit existant entre vous et le débiteur, le montant de la rémunération que "
    "vous lui versez, ainsi que les cessions, saisies, saisies administratives à tiers détenteur ou paiements directs "
    "de pensions alimentaires en cours d'exécution.**"
)
_VERSEMENT = (
    "**Vous devez adresser tous les mois au commissaire de justice répartiteur une somme égale à la fraction "
    "saisissable du salaire du débiteur, jusqu'à concurrence de {total}**, outre {interets}les frais."
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title, the employer when it was found, and the day of the order to pay that the journal tells."""
    commandements = [p.situation.find_jour(["commandement_saisie_remunerations"]) for p in etat.procedures]
    jour = max((j for j in commandements if j), default=None)
    employeur = find_moyens(etat).employeur
    return {
        **propose_titre(etat),
        **({"employeur": employeur} if employeur else {}),
        **({"commandement_le": jour.isoformat()} if jour else {}),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act. Raises ErreurExigible (`acte_refuse`) against a company, or when nothing may be enforced."""
    refuse_personne_morale(demande.etat)
    refuse_execution(demande)
    titre = describe_titre(demande, commun)
    commandement = read_jour(demande, "commandement_le")
    debut = compute_terme(get_regle("SDR", _ATTENDRE), commandement) if commandement else None
    fin = compute_terme(get_regle("SDR", _SAISIR), commandement) if commandement else None
    net = read_montant(demande, "net")
    charges = demande.reponses.get("a_charge")
    a_charge = charges if isinstance(charges, int) else 0
    bareme = compute_saisissable(_TOUTES_LES_TRANCHES, a_charge, demande.etat.au, provisoire=True)
    estime = compute_saisissable(net, a_charge, demande.etat.au, provisoire=True)
    total, interets = titre.valeurs["dette_total"], titre.valeurs["interets_a_courir_et"]
    versement = write_paragraphe(_VERSEMENT, total=total, interets=interets)
    vocabulaire = Vocabulaire(
        {
            "apres": format_date_longue(debut) if debut else "",
            "avant": format_date_longue(fin) if fin else "",
            "minimum": format_montant(bareme.minimum),
            "retenue": format_montant(estime.saisissable),
            "personnes": _write_charges(a_charge),
        },
        {"net_connu": net > ZERO},
        {
            "tiers_saisi": (Partie("Employeur, tiers saisi", list_lignes_saisies(demande, commun, "employeur")),),
            "le_repartiteur": (Partie("Répartiteur", list_lignes_saisies(demande, commun, "repartiteur")),),
            "obligations": (Encadre((versement, write_paragraphe(_INJONCTION))),),
            "tranches": (_build_tranches(bareme),),
            "jour_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification"),),
            "cout": (ARemplir("Coût du présent acte, détaillé"),),
        },
    )
    return Contexte(
        describe_instance(demande).add(titre).add(vocabulaire),
        juridiction=DONNEES,
        sous_titre=write_phrase("Articles L212-6 et R212-1-12 du code des procédures civiles d'exécution"),
        avertissements=bareme.avertissements,
        montant=compute_montant(demande),
        projet=(*explain_titre(demande), *_explain_delai(demande.etat.au, debut, fin)),
    )


def _explain_delai(au: date, debut: date | None, fin: date | None) -> tuple[str, ...]:
    if fin is not None and au > fin:
        return (
            write_phrase("les trois mois du commandement sont passés : il serait caduc, sauf accord (CPCE L212-6)"),
        )
    if debut is not None and au <= debut:
        return (write_phrase("le mois laissé au débiteur par le commandement n'est pas encore passé (CPCE L212-2)"),)
    return ()


def _write_charges(combien: int) -> str:
    if combien == 0:
        return write_phrase("sans personne à charge")
    return write_phrase("ayant {n} personne{s} à charge", n=str(combien), s="s" if combien > 1 else "")


def _build_tranches(bareme: Saisie) -> Tableau:
    rangs = tuple(
        (
            write_phrase("au-delà de {de}", de=format_montant(t.de))
            if t.a is None
            else write_phrase("de {de} à {a}", de=format_montant(t.de), a=format_montant(t.a)),
            "la totalité" if t.fraction == 1 else f"{t.fraction.numerator}/{t.fraction.denominator}",
        )
        for t in bareme.tranches
    )
    return Tableau(
        "Fraction saisissable", ("Part de la rémunération nette mensuelle", "Fraction saisissable"), "gd", rangs
    )
