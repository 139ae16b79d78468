"""What a judge is asked to grant, head by head, and the same heads in the frame of the sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Liste, Somme, Sommes
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Fragment, Paragraphe, write_phrase
from exigible.actes.vocabulaire.blocs import name_interets
from exigible.actes.vocabulaire.instance import list_lignes_courantes
from exigible.actes.vocabulaire.sommes import compute_interets_par_jour, list_lignes
from exigible.dossier.faits import Reclamation
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.interets import Regime
from exigible.droit.jours import UN_JOUR, format_jour


@dataclass(frozen=True, slots=True)
class EnPlus:
    """A sum asked besides the statement: what, why, how much."""

    libelle: str
    detail: str
    montant: Decimal


def read_montant(demande: Demande, question: str) -> Decimal:
    """Return the amount answered, zero when there is none."""
    reponse = demande.reponses.get(question)
    return reponse if isinstance(reponse, Decimal) else ZERO


def build_chefs(demande: Demande, plus: tuple[EnPlus, ...], *, depart_legal: str) -> Liste:
    """List what is asked. `depart_legal`: from when legal interest runs on what bears none yet."""
    elements = (*_iter_sommes(demande, depart_legal), *(_write_plus(somme) for somme in plus))
    return Liste(numerotee=False, elements=elements)


def build_interets_a_venir(demande: Demande, *, depart_legal: str) -> tuple[Liste, ...]:
    """List what is asked of the interest that runs after the statement, in the words of `build_chefs`."""
    elements = tuple(_iter_interets(demande, depart_legal))
    return (Liste(numerotee=False, elements=elements),) if elements else ()


def extend_sommes(demande: Demande, commun: Vocabulaire, plus: tuple[EnPlus, ...]) -> tuple[Sommes, ...]:
    """Add sums to the frame of what is claimed; nothing when nothing is."""
    ajoutees = tuple(Somme(p.libelle, p.detail, format_montant(p.montant)) for p in plus)
    total = Somme("Total", "", format_montant(add_plus(demande, plus)))
    return tuple(Sommes((*b.lignes, *ajoutees), total) for b in commun.blocs["sommes"] if isinstance(b, Sommes))


def add_plus(demande: Demande, plus: tuple[EnPlus, ...]) -> Decimal:
    """All that is asked: the statement and what is added to it."""
    return sum((p.montant for p in plus), demande.totaux.total)


def _iter_sommes(demande: Demande, depart_legal: str) -> Iterator[Paragraphe]:
    totaux, jour = demande.totaux, format_jour(demande.etat.au)
    yield _make("{montant} en principal", montant=format_montant(totaux.principal))
    if totaux.interets > ZERO:
        yield _make(
            "{montant} d'intérêts échus au {jour} inclus ({nom}, {article})",
            montant=format_montant(totaux.interets),
            jour=jour,
            nom=name_interets(demande).lower(),
            article=" ; ".join(dict.fromkeys(ligne.article for ligne in list_lignes(demande))),
        )
    yield from _iter_interets(demande, depart_legal)
    if totaux.indemnites > ZERO:
        public = demande.etat.regime.regime is Regime.PUBLIC
        yield _make(
            "{montant} d'indemnité forfaitaire pour frais de recouvrement ({article})",
            montant=format_montant(totaux.indemnites),
            article="CCP, articles L2192-13 et D2192-35" if public else "C. com., articles L441-10, II et D441-5",
        )
    if totaux.frais > ZERO:
        yield _make("{montant} de frais, détaillés au décompte", montant=format_montant(totaux.frais))


def _iter_interets(demande: Demande, depart_legal: str) -> Iterator[Paragraphe]:
    """What runs after the statement; nothing is asked of interest that was waived."""
    courantes = list_lignes_courantes(demande)
    if courantes:
        assiettes: dict[Decimal, Decimal] = {}
        for ligne in courantes:
            assiettes[ligne.taux] = assiettes.get(ligne.taux, ZERO) + ligne.base
        taux = join_mots([f"{format_taux(t)} l’an sur {format_montant(base)}" for t, base in assiettes.items()])
        yield _make(
            "les intérêts à courir à compter du {des} et jusqu'au paiement intégral, au taux actuel de {taux}, selon "
            "le tableau ci-dessus, soit {par_jour} par jour",
            des=format_jour(demande.etat.au + UN_JOUR),
            taux=taux,
            par_jour=format_montant(compute_interets_par_jour(courantes)),
        )
    elif demande.etat.penalites is not Reclamation.RENONCER:
        yield _make(
            "les intérêts au taux légal sur le principal à compter de {depart} (C. civ., articles 1231-6 et 1344-1)",
            depart=depart_legal,
        )


def _write_plus(somme: EnPlus) -> Paragraphe:
    detail = f" ({somme.detail})" if somme.detail else ""
    return (Fragment(f"{format_montant(somme.montant)} : {somme.libelle[:1].lower()}{somme.libelle[1:]}{detail}"),)


def _make(modele: str, **valeurs: str) -> Paragraphe:
    return (Fragment(write_phrase(modele, **valeurs)),)
