"""Which earlier payment a returned line takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, PrelevementConnu, Retour
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.indices import SCORE_MAX
from exigible.dossier.rapprochement.mots import compact, list_mots
from exigible.dossier.rapprochement.natures import read_code, read_motif
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase

DELAI_MAX = timedelta(days=425)
"""A debtor may claim back a debit that it had not allowed for thirteen months (C. mon. fin. L133-24); days of grace."""
RETOURS_MAX = 12
AVANCE_MAX = timedelta(days=5)
"""A debit may be refused a few days before the day it was asked for."""

_MONTANT, _REFERENCE, _IBAN, _NOM, _LIBELLE = 30, 50, 40, 25, 30
_MOTS_COMMUNS = 2


def find_retours(ligne: LigneBancaire, index: Index) -> tuple[Retour, ...]:
    """List the earlier payments of exactly that amount, the likeliest first; certain when one alone is designated."""
    preleves = [p for p in index.prelevements.get(-ligne.centimes, ()) if not p.rejete]
    par_prelevement = {(p.dossier, p.cle_paiement) for p in preleves}
    possibles = [
        connu
        for connu in index.encaissements.get(-ligne.centimes, ())
        if connu.jour <= ligne.jour <= connu.jour + DELAI_MAX and not par_prelevement.issuperset(connu.paiements)
    ]
    nommes = {(p.dossier, p.cle_paiement) for p in index.find_prelevements(ligne)[0]}
    possibles += [
        _make_encaissement(p)
        for p in preleves
        # The debtor's bank may refuse a debit as soon as it was asked for: its reference tells it.
        if (p.dossier, p.cle_paiement) in nommes or p.jour - AVANCE_MAX <= ligne.jour <= p.jour + DELAI_MAX
    ]
    cites = {p.dossier for p in index.designate(ligne).cites}
    pesees = [(connu, *_weigh(ligne, connu, cites, nommes)) for connu in possibles]
    meilleure = max((force for *_, force in pesees), default=0)
    seule = sum(force == meilleure for *_, force in pesees) == 1
    motif, code = read_motif(ligne), read_code(ligne)
    retours = [
        Retour(connu, min(SCORE_MAX, points), tuple(raisons), bool(force) and force == meilleure and seule, motif, code)
        for connu, points, raisons, force in pesees
    ]
    ordre = sorted(retours, key=lambda r: (-r.score, -r.encaissement.jour.toordinal(), r.encaissement.paiements))
    return tuple(ordre[:RETOURS_MAX])


def _make_encaissement(prelevement: PrelevementConnu) -> Encaissement:
    """Take a debit as money received, whether its payment is recorded or not."""
    return Encaissement(
        ((prelevement.dossier, prelevement.cle_paiement),),
        prelevement.jour,
        prelevement.centimes,
        reference=prelevement.reference,
        contrepartie=prelevement.nom,
        iban=prelevement.iban,
        bout_en_bout=prelevement.reference,
        prelevement=prelevement.cle,
    )


def _weigh(
    ligne: LigneBancaire, connu: Encaissement, cites: set[str], nommes: set[tuple[str, str]]
) -> tuple[int, Sequence[Phrase], int]:
    """Say what brings a line and an earlier payment near: points, sentences, force (account 1, reference 2).

    A debtor pays each instalment from one account: the reference tells which of them came back.
    """
    points = _MONTANT
    raisons = [
        phrase("c'est le montant prélevé le {jour}", jour=connu.jour)
        if connu.prelevement
        else phrase("c'est le montant reçu le {jour}", jour=connu.jour)
    ]
    force = 0
    references = {compact(r) for r in (connu.reference, connu.bout_en_bout)} - {""}
    dites = {compact(r) for r in (ligne.reference, ligne.bout_en_bout)} - {""}
    if references & dites or (connu.prelevement and connu.paiements[0] in nommes):
        points, force = points + _REFERENCE, 2
        raisons.append(phrase("il porte la même référence"))
    if ligne.iban and compact(ligne.iban) == compact(connu.iban):
        points, force = points + _IBAN, max(force, 1)
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
    return points, raisons, force


def _list_longs(libelle: str) -> set[str]:
    """Words of a label long enough to tell something: unlike « vir » or « sepa »."""
    return {mot for mot in normalize(libelle).split() if len(mot) > len("sepa")}
