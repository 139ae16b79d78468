"""The daily seal over the heads of all the chains of a cabinet, and its verification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.lecture import name_chaine
from exigible.bureau.journal.models import Chaine, Maillon, Sceau, Tete
from exigible.dossier.journal import ORIGINE, Anomalie, CalculSceau
from exigible.droit.jours import format_jour

_LOT = 1000


def seal_jour(cabinet: Cabinet, jour: date) -> Sceau:
    """Seal the heads that moved since the last seal of a cabinet, once a day; a day already sealed keeps its seal."""
    with transaction.atomic():
        Cabinet.objects.select_for_update(no_key=True).get(pk=cabinet.pk)
        existant = Sceau.objects.filter(cabinet=cabinet, jour__gte=jour).order_by("jour").first()
        if existant is not None:
            return existant
        dernier = Sceau.objects.filter(cabinet=cabinet).order_by("jour").last()
        calcul = CalculSceau(jour, dernier.empreinte if dernier else ORIGINE)
        scellee = Tete.objects.filter(chaine=OuterRef("pk"), rang=OuterRef("tete_rang"))
        avancees = list(
            Chaine.objects.filter(~Exists(scellee), cabinet=cabinet, tete_rang__gt=0)
            .order_by("pk")
            .values_list("pk", "tete_rang", "tete_empreinte")
        )
        for chaine, rang, empreinte in avancees:
            calcul.add(str(chaine), rang, empreinte)
        sceau = Sceau.objects.create(
            cabinet=cabinet,
            jour=jour,
            empreinte=calcul.compute(),
            precedent=dernier.empreinte if dernier else ORIGINE,
        )
        Tete.objects.bulk_create(
            (Tete(sceau=sceau, chaine=c, rang=rang, empreinte=empreinte) for c, rang, empreinte in avancees),
            batch_size=_LOT,
        )
    return sceau


def get_dernier_sceau(cabinet: Cabinet) -> Sceau | None:
    """Return the last seal: its fingerprint, noted elsewhere, bears witness to all that was recorded before it."""
    return Sceau.objects.filter(cabinet=cabinet).order_by("jour").last()


def verify_temoins(temoins: Mapping[str, str]) -> Iterator[Anomalie]:
    """Look for seals noted elsewhere (fingerprint → as it was typed); the end of the journal cannot vanish unseen."""
    presents = set(Sceau.objects.filter(empreinte__in=temoins).values_list("empreinte", flat=True))
    for empreinte, ecrit in temoins.items():
        if empreinte not in presents:
            message = "ce sceau, noté ailleurs, n'est plus dans la base : le journal a été ramené en arrière."
            yield Anomalie(f"sceau {ecrit}", 0, "sceau_disparu", message)


def verify_sceaux(cabinet: Cabinet) -> Iterator[Anomalie]:
    """Check the chain of the seals, the hash of each, and that every head they hold is still in the journal."""
    yield from _verify_empreintes(cabinet)
    yield from _verify_tetes(cabinet)


def _verify_empreintes(cabinet: Cabinet) -> Iterator[Anomalie]:
    precedent = ORIGINE
    tetes = groupby(_read_tetes(cabinet), key=lambda tete: tete[0])
    suivant = next(tetes, None)
    for sceau in Sceau.objects.filter(cabinet=cabinet).order_by("jour").iterator():
        ou = f"sceau du {format_jour(sceau.jour)}"
        if sceau.precedent != precedent:
            yield Anomalie(ou, 0, "sceau_rompu", "il ne suit pas le sceau précédent : un sceau manque.")
        calcul = CalculSceau(sceau.jour, sceau.precedent)
        if suivant is not None and suivant[0] == sceau.jour:
            for _, chaine, rang, empreinte in suivant[1]:
                calcul.add(str(chaine), rang, empreinte)
            suivant = next(tetes, None)
        if calcul.compute() != sceau.empreinte:
            yield Anomalie(ou, 0, "sceau_faux", "son contenu a été modifié.")
        precedent = sceau.empreinte


def _read_tetes(cabinet: Cabinet) -> Iterator[tuple[date, Any, int, str]]:
    tetes = Tete.objects.filter(sceau__cabinet=cabinet).order_by("sceau__jour", "chaine")
    return tetes.values_list("sceau__jour", "chaine", "rang", "empreinte").iterator(chunk_size=_LOT)


def _verify_tetes(cabinet: Cabinet) -> Iterator[Anomalie]:
    """One fault a chain: the last sealed head that is not in the journal any more says it all."""
    tenue = Maillon.objects.filter(chaine=OuterRef("chaine"), rang=OuterRef("rang"), empreinte=OuterRef("empreinte"))
    perdues = Tete.objects.filter(~Exists(tenue), sceau__cabinet=cabinet).order_by("chaine", "rang")
    lignes = perdues.values_list("chaine", "rang", "sceau__jour").iterator(chunk_size=_LOT)
    for chaine, siennes in groupby(lignes, key=lambda ligne: ligne[0]):
        *_, (_, rang, jour) = siennes
        present = Maillon.objects.filter(chaine=chaine).aggregate(dernier=Max("rang"))["dernier"]
        scelle = f"scellé le {format_jour(jour)}"
        if present is None:
            code, message = "chaine_disparue", f"ce dossier, {scelle} au fait n° {rang}, a disparu en entier."
        elif present < rang:
            code = "fait_scelle_absent"
            message = f"le fait n° {rang}, {scelle}, a disparu : le journal s'arrête au n° {present}."
        else:
            code, message = "fait_scelle_change", f"le fait n° {rang}, {scelle}, n'est plus celui qui l'a été."
        yield Anomalie(name_chaine(chaine), rang, code, message)
