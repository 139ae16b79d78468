"""Which earlier payment a returned line takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from exigible.dossier.rapprochement.abreges import repeats_ligne
from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, PrelevementConnu, Retour, to_euros
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.indices import SCORE_MAX
from exigible.dossier.rapprochement.mots import compact
from exigible.dossier.rapprochement.natures import is_cheque_sans_provision, read_code, read_motif
from exigible.dossier.rapprochement.noms import list_mots
from exigible.dossier.texte import normalize
from exigible.droit.charge_des_frais import ChoixCharge, FaitsFrais, NatureFrais, choose_charge
from exigible.droit.phrase import Phrase, phrase

DELAI_MAX = timedelta(days=425)
"""A debtor may claim back a debit that it had not allowed for thirteen months (C. mon. fin. L133-24); days of grace."""
RETOURS_MAX = 12
AVANCE_MAX = timedelta(days=5)
"""A debit may be refused a few days before the day it was asked for."""

FRAIS_MAX = 5_000
"""A bank takes at most so much (cents) for a return, when it books both in one line."""

_MONTANT, _REFERENCE, _IBAN, _NOM, _LIBELLE = 30, 50, 40, 25, 30
_MONTANT_ET_FRAIS = 15
_COMPTE, _REFERENCE_SEULE = 1, 2
"""What designates a payment: the account, or better its reference, which alone is enough when there are charges."""
_MOTS_COMMUNS = 2
_NUMERO_MIN = 7


def find_retours(ligne: LigneBancaire, index: Index) -> tuple[Retour, ...]:
    """List the earlier payments that a line may take back, the likeliest first; certain when one alone is designated.

    They are of exactly its amount or, when something designates them, a little less: the rest is the bank's charge.
    """
    nommes = {(p.dossier, p.cle_paiement) for p in index.find_prelevements(ligne)[0]}
    cites = {p.dossier for p in index.designate(ligne).cites}
    pesees = [
        (connu, frais, *_weigh(ligne, connu, cites, nommes, frais))
        for frais in range(FRAIS_MAX + 1)
        if -ligne.centimes - frais in index.encaissements or -ligne.centimes - frais in index.prelevements
        for connu in _list_possibles(ligne, index, nommes, frais)
    ]
    # An amount a little less says nothing by itself.
    pesees = [pesee for pesee in pesees if not pesee[1] or len(pesee[3]) > 1]
    meilleure = max((force for *_, force in pesees), default=0)
    seule = sum(force == meilleure for *_, force in pesees) == 1
    motif, code = read_motif(ligne), read_code(ligne)
    retours = [
        Retour(
            connu,
            min(SCORE_MAX, points),
            tuple(raisons),
            seule and force == meilleure and force >= (_REFERENCE_SEULE if frais else _COMPTE),
            motif,
            code,
            frais,
            _choose_charge(ligne) if frais else None,
        )
        for connu, frais, points, raisons, force in pesees
    ]
    ordre = sorted(retours, key=lambda r: (-r.score, -r.encaissement.jour.toordinal(), r.encaissement.paiements))
    return tuple(ordre[:RETOURS_MAX])


def _list_possibles(ligne: LigneBancaire, index: Index, nommes: set[tuple[str, str]], frais: int) -> list[Encaissement]:
    """List the payments and the debits of the amount of a line but for `frais`, at a day that fits."""
    montant = -ligne.centimes - frais
    preleves = [p for p in index.prelevements.get(montant, ()) if not p.rejete]
    par_prelevement = {(p.dossier, p.cle_paiement) for p in preleves}
    possibles = [
        connu
        for connu in index.encaissements.get(montant, ())
        if connu.jour <= ligne.jour <= connu.jour + DELAI_MAX and not par_prelevement.issuperset(connu.paiements)
    ]
    return possibles + [
        _make_encaissement(p)
        for p in preleves
        # The debtor's bank may refuse a debit as soon as it was asked for: its reference tells it.
        if (p.dossier, p.cle_paiement) in nommes or p.jour - AVANCE_MAX <= ligne.jour <= p.jour + DELAI_MAX
    ]


def _choose_charge(ligne: LigneBancaire) -> ChoixCharge:
    """Say who bears the bank's charge: who drew a cheque without funds, else the creditor."""
    nature = NatureFrais.REJET_DE_CHEQUE if is_cheque_sans_provision(ligne) else NatureFrais.RECOUVREMENT_AMIABLE
    return choose_charge(FaitsFrais(nature=nature, jour=ligne.jour))


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
    ligne: LigneBancaire, connu: Encaissement, cites: set[str], nommes: set[tuple[str, str]], frais: int
) -> tuple[int, Sequence[Phrase], int]:
    """Say what brings a line and an earlier payment near: points, sentences, force (account 1, reference 2).

    A debtor pays each instalment from one account: the reference tells which of them came back.
    """
    points = _MONTANT_ET_FRAIS if frais else _MONTANT
    raisons = [_tell_montant(connu, frais)]
    force = 0
    references = {compact(r) for r in (connu.reference, connu.bout_en_bout)} - {""}
    dites = {compact(r) for r in (ligne.reference, ligne.bout_en_bout)} - {""}
    if references & dites or (connu.prelevement and connu.paiements[0] in nommes):
        points, force = points + _REFERENCE, _REFERENCE_SEULE
        raisons.append(phrase("il porte la même référence"))
    if ligne.iban and compact(ligne.iban) == compact(connu.iban):
        points, force = points + _IBAN, max(force, _COMPTE)
        raisons.append(phrase("il revient au même compte"))
    if _list_numeros(ligne) & {mot for mot in normalize(connu.libelle).split() if len(mot) >= _NUMERO_MIN}:
        points, force = points + _LIBELLE, max(force, _COMPTE)
        raisons.append(phrase("le même numéro figure dans les deux libellés"))
    if cites.intersection(connu.dossiers):
        points += _LIBELLE
        raisons.append(phrase("une facture de ce client est citée"))
    nom = list_mots(connu.contrepartie)
    if nom and nom <= list_mots(f"{ligne.contrepartie} {ligne.libelle}"):
        points += _NOM
        raisons.append(phrase("le nom du payeur y figure"))
    elif not frais and len(_list_longs(ligne.libelle) & _list_longs(connu.libelle)) >= _MOTS_COMMUNS:
        points += _NOM
        raisons.append(phrase("les deux libellés se ressemblent"))
    return points, raisons, force


def _tell_montant(connu: Encaissement, frais: int) -> Phrase:
    if frais:
        return phrase(
            "c'est le montant du {jour}, {montant}, et {frais} de frais de la banque",
            jour=connu.jour,
            montant=to_euros(connu.centimes),
            frais=to_euros(frais),
        )
    if connu.prelevement:
        return phrase("c'est le montant prélevé le {jour}", jour=connu.jour)
    return phrase("c'est le montant reçu le {jour}", jour=connu.jour)


def _list_numeros(ligne: LigneBancaire) -> set[str]:
    """Long numbers of a label, as those of cheques; neither the amount nor the day."""
    mots = normalize(ligne.libelle).split()
    return {m for m in mots if m.isdigit() and len(m) >= _NUMERO_MIN and not repeats_ligne(m, ligne)}


def _list_longs(libelle: str) -> set[str]:
    """Words of a label long enough to tell something: unlike « vir » or « sepa »."""
    return {mot for mot in normalize(libelle).split() if len(mot) > len("sepa")}
