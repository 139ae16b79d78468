"""The matching itself: for each bank line what it is, and the candidates in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from exigible.dossier.rapprochement.collectes import explain_doublon, list_essais_collectes
from exigible.dossier.rapprochement.donnees import Candidat, LigneBancaire, Nature, Proposition
from exigible.dossier.rapprochement.essais import list_essais, list_essais_par_montant
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.indices import Indice, note
from exigible.dossier.rapprochement.manieres import Essai
from exigible.dossier.rapprochement.natures import classify_ligne
from exigible.dossier.rapprochement.partages import try_lot, try_partages
from exigible.dossier.rapprochement.retours import find_retours
from exigible.droit.phrase import phrase

CANDIDATS_MAX = 12
"""No more candidates are given for a line."""


def match_lignes(lignes: Iterable[LigneBancaire], index: Index) -> dict[str, Proposition]:
    """Propose for every line; two credits that would both pay a claim exactly are never certain."""
    essais = {ligne.cle: (ligne, _list_essais(ligne, index)) for ligne in lignes}
    vises = Counter(cible for _, tous in essais.values() for cible in {c for e in tous for c in _list_cibles(e)})
    return {cle: _close(ligne, tous, vises, index) for cle, (ligne, tous) in essais.items()}


def match_ligne(ligne: LigneBancaire, index: Index) -> Proposition:
    """Propose for one line, the others set aside."""
    return match_lignes([ligne], index)[ligne.cle]


def _list_essais(ligne: LigneBancaire, index: Index) -> list[Essai]:
    if classify_ligne(ligne) is not Nature.CREDIT:
        return []
    collectes = list_essais_collectes(ligne, index)
    if any(essai.fort for essai in collectes) or explain_doublon(ligne, index):
        return collectes  # our own references: it is these debits, and nothing else
    designation = index.designate(ligne)
    essais = collectes + [
        essai for dossier in designation.dossiers for essai in list_essais(ligne, designation, dossier, index)
    ]
    essais += try_partages(ligne, designation, index)
    if not designation.list_forts():
        essais += list_essais_par_montant(ligne, index, frozenset(designation.dossiers), CANDIDATS_MAX)
    return essais or try_lot(ligne, index)


def _list_cibles(essai: Essai) -> list[tuple[str, str]]:
    return [(part.dossier, part.prelevement or part.creance) for part in essai.parts] if essai.fort else []


def _close(ligne: LigneBancaire, essais: list[Essai], vises: Counter[tuple[str, str]], index: Index) -> Proposition:
    nature = classify_ligne(ligne)
    if nature is Nature.DEVISE:
        refus = phrase(
            "Ce mouvement est en {devise} : seuls les euros peuvent être rapprochés. Enregistrez le paiement dans le "
            "dossier, pour ce qu'il vaut en euros.",
            devise=ligne.devise,
        )
        return Proposition(ligne.cle, nature, refus=refus)
    if nature is Nature.RETOUR:
        return Proposition(ligne.cle, nature, retours=find_retours(ligne, index))
    if nature is Nature.CREDIT and not essais and (doublon := explain_doublon(ligne, index)):
        return Proposition(ligne.cle, nature, refus=doublon)
    fermes = [_add_meme_dette(essai, vises).close() for essai in essais]
    return Proposition(ligne.cle, nature, tuple(sorted(fermes, key=_order)[:CANDIDATS_MAX]))


def _add_meme_dette(essai: Essai, vises: Counter[tuple[str, str]]) -> Essai:
    if any(vises[cible] > 1 for cible in _list_cibles(essai)):
        return essai.add(note(Indice.MEME_DETTE))
    return essai


def _order(candidat: Candidat) -> tuple[object, ...]:
    return (not candidat.certain, -candidat.score, abs(candidat.ecart), len(candidat.parts), candidat.parts)
