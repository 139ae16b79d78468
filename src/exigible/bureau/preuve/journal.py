"""The extract of the journal of a dossier: its chain, that of its creditor as far as it bears on it, the last seals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exigible.actes.preuve.extrait import RESERVES, ChaineExtraite, Extrait, SceauExtrait
from exigible.bureau.journal.conversion import COLONNES, make_maillon
from exigible.bureau.journal.models import Chaine, Maillon, Tete
from exigible.bureau.tiers.lecture import TYPES_DES_REGLES
from exigible.bureau.tiers.models import Dossier
from exigible.dossier import journal as domaine

_LOT = 2000


def read_extrait(dossier: Dossier) -> Extrait:
    """Read what certifies a dossier (loaded with its creditor). Entries are read as they are written."""
    creancier = Chaine.objects.get(pk=dossier.creancier.chaine_id)
    du_dossier = Chaine.objects.get(pk=dossier.chaine_id)
    regles = Maillon.objects.filter(chaine=creancier, type__in=TYPES_DES_REGLES).order_by("rang")
    jusqu_a = regles.values_list("rang", flat=True).last() or 0
    return Extrait(
        (
            _make_chaine(du_dossier, dossier.reference, du_dossier.tete_rang, None),
            _make_chaine(creancier, "", jusqu_a, TYPES_DES_REGLES - RESERVES),
        ),
        tuple(_iter_sceaux({du_dossier.pk: du_dossier.tete_rang, creancier.pk: jusqu_a})),
    )


def _make_chaine(chaine: Chaine, reference: str, jusqu_a: int, communiques: frozenset[str] | None) -> ChaineExtraite:
    return ChaineExtraite(
        chaine=str(chaine.pk),
        sorte=chaine.sorte,
        reference=reference,
        maillons=_iter_maillons(chaine, jusqu_a),
        tete=(chaine.tete_rang, chaine.tete_empreinte),
        communiques=communiques,
    )


def _iter_maillons(chaine: Chaine, jusqu_a: int) -> Iterator[domaine.Maillon]:
    lignes: Iterable[tuple[Any, ...]] = (
        Maillon.objects.filter(chaine=chaine, rang__lte=jusqu_a).order_by("rang").values_list(*COLONNES)
    ).iterator(chunk_size=_LOT)
    yield from map(make_maillon, lignes)


def _iter_sceaux(rangs: dict[Any, int]) -> Iterator[SceauExtrait]:
    """The last seal that holds each chain within the extract: by the links, it holds all that comes before in it."""
    trouves = {}
    for chaine, rang in rangs.items():
        tetes = Tete.objects.filter(chaine=chaine, rang__lte=rang).select_related("sceau").order_by("rang")
        derniere = tetes.last()
        if derniere is not None:
            trouves[derniere.sceau_id] = derniere.sceau
    for sceau in sorted(trouves.values(), key=lambda s: s.jour):
        tetes = Tete.objects.filter(sceau=sceau).values_list("chaine", "rang", "empreinte")
        yield SceauExtrait(
            sceau.jour,
            sceau.precedent,
            sceau.empreinte,
            sorted((str(chaine), rang, empreinte) for chaine, rang, empreinte in tetes),
        )
