"""Which earlier payment a returned line takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, Retour
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.indices import SCORE_MAX
from exigible.dossier.rapprochement.mots import compact, list_mots
from exigible.dossier.rapprochement.natures import read_motif
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase

DELAI_MAX = timedelta(days=425)
"""A debtor may claim back a debit that it had not allowed for thirteen months (C. mon. fin. L133-24); days of grace."""
RETOURS_MAX = 12

_MONTANT, _REFERENCE, _IBAN, _NOM, _LIBELLE = 30, 50, 40, 25, 30
_MOTS_COMMUNS = 2


def find_retours(ligne: LigneBancaire, index: Index) -> tuple[Retour, ...]:
    """List the earlier payments of exactly that amount, the likeliest first; certain when one alone is designated."""
    possibles = [
        connu
        for connu in index.encaissements.get(-ligne.centimes, ())
        if connu.jour <= ligne.jour <= connu.jour + DELAI_MAX
    ]
    cites = {p.dossier for p in index.designate(ligne).cites}
    pesees = [(connu, *_weigh(ligne, connu, cites)) for connu in possibles]
    forts = [connu for connu, _, _, fort in pesees if fort]
    motif = read_motif(ligne)
    retours = [
        Retour(connu, min(SCORE_MAX, points), tuple(raisons), fort and len(forts) == 1, motif)
        for connu, points, raisons, fort in pesees
    ]
    ordre = sorted(retours, key=lambda r: (-r.score, -r.encaissement.jour.toordinal(), r.encaissement.paiements))
    return tuple(ordre[:RETOURS_MAX])


def _weigh(ligne: LigneBancaire, connu: Encaissement, cites: set[str]) -> tuple[int, Sequence[Phrase], bool]:
    """Say what brings a line and an earlier payment near: points, sentences, and whether one of them is strong."""
    points = _MONTANT
    raisons = [phrase("c'est le montant reçu le {jour}", jour=connu.jour)]
    fort = False
    references = {compact(r) for r in (connu.reference, connu.bout_en_bout)} - {""}
    if references & ({compact(r) for r in (ligne.reference, ligne.bout_en_bout)} - {""}):
        points, fort = points + _REFERENCE, True
        raisons.append(phrase("il porte la même référence"))
    if ligne.iban and compact(ligne.iban) == compact(connu.iban):
        points, fort = points + _IBAN, True
        raisons.append(phrase("il revient au même compte"))
    if cites.intersection(connu.dossiers):
        points += _LIBELLE
        raisons.append(phrase("une facture de ce client est citée"))
    nom = list_mots(connu.contrepartie)
    if nom and nom <= list_mots(f"{ligne.contrepartie} {ligne.libelle}"):
        points += _NOM
        raisons.append(phrase("le nom du payeur y figure"))
    elif len(_list_longs(ligne.libelle) & _list_longs(connu.libelle)) >= _MOTS_COMMUNS:
        points += _NOM
        raisons.append(phrase("les deux libellés se ressemblent"))
    return points, raisons, fort


def _list_longs(libelle: str) -> set[str]:
    """Words of a label long enough to tell something: unlike « vir » or « sepa »."""
    return {mot for mot in normalize(libelle).split() if len(mot) > len("sepa")}
