"""Check the journal against itself, and seal its heads once a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.conversion import to_domaine
from exigible.bureau.journal.gardes import list_gardes_absentes
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.models import Chaine, Maillon, Piece, Sceau
from exigible.dossier.journal import ORIGINE, Anomalie, seal_tetes, verify_chaine


def verify_journal(cabinet: Cabinet | None = None) -> list[Anomalie]:
    """Check the guards, every chain, every seal and every file: all the faults found, none raised."""
    anomalies = [
        Anomalie("base", 0, "garde_absente", f"la base n'interdit plus de modifier le journal ({nom} manque).")
        for nom in list_gardes_absentes(connection)
    ]
    cabinets = [cabinet] if cabinet else list(Cabinet.objects.order_by("pk"))
    for un in cabinets:
        anomalies += verify_chaines(un)
        anomalies += _verify_sceaux(un)
        anomalies += _verify_pieces(un)
    return anomalies


def verify_chaines(cabinet: Cabinet) -> list[Anomalie]:
    """Check the ranks, links, hashes, contents and heads of every chain of a cabinet."""
    anomalies: list[Anomalie] = []
    for chaine in Chaine.objects.filter(cabinet=cabinet).order_by("pk").iterator():
        lignes = Maillon.objects.filter(chaine=chaine).select_related("contenu").order_by("rang")
        maillons = [to_domaine(ligne) for ligne in lignes]
        anomalies += verify_chaine(maillons)
        rang, empreinte = (maillons[-1].enveloppe.rang, maillons[-1].empreinte) if maillons else (0, ORIGINE)
        if (rang, empreinte) != (chaine.tete_rang, chaine.tete_empreinte):
            message = f"la tête notée (n° {chaine.tete_rang}) n'est pas le dernier fait de la chaîne (n° {rang})."
            anomalies.append(Anomalie(str(chaine.pk), rang, "tete_fausse", message))
    return anomalies


def seal_jour(cabinet: Cabinet, jour: date) -> Sceau:
    """Seal the heads of all the chains of a cabinet, once a day; a day already sealed keeps its seal."""
    with transaction.atomic():
        Cabinet.objects.select_for_update().get(pk=cabinet.pk)
        existant = Sceau.objects.filter(cabinet=cabinet, jour__gte=jour).order_by("jour").first()
        if existant is not None:
            return existant
        dernier = Sceau.objects.filter(cabinet=cabinet).order_by("jour").last()
        precedent = dernier.empreinte if dernier else ORIGINE
        tetes = sorted(
            (str(cle), rang, empreinte)
            for cle, rang, empreinte in Chaine.objects.filter(cabinet=cabinet, tete_rang__gt=0).values_list(
                "pk", "tete_rang", "tete_empreinte"
            )
        )
        return Sceau.objects.create(
            cabinet=cabinet,
            jour=jour,
            empreinte=seal_tetes(tetes, jour, precedent),
            precedent=precedent,
            tetes=json.dumps(tetes),
        )


def _verify_sceaux(cabinet: Cabinet) -> Iterator[Anomalie]:
    precedent = ORIGINE
    connues: dict[str, int] = {}
    for sceau in Sceau.objects.filter(cabinet=cabinet).order_by("jour").iterator():
        tetes = [(chaine, rang, empreinte) for chaine, rang, empreinte in json.loads(sceau.tetes)]
        for code, message in _list_fautes(sceau, tetes, precedent, connues):
            yield Anomalie(f"sceau du {sceau.jour:%d/%m/%Y}", 0, code, message)
        precedent = sceau.empreinte
        connues |= {chaine: rang for chaine, rang, _ in tetes}


def _list_fautes(
    sceau: Sceau, tetes: list[tuple[str, int, str]], precedent: str, connues: dict[str, int]
) -> Iterator[tuple[str, str]]:
    if sceau.precedent != precedent:
        yield "sceau_rompu", "il ne suit pas le sceau précédent : un sceau manque."
    if seal_tetes(tetes, sceau.jour, sceau.precedent) != sceau.empreinte:
        yield "sceau_faux", "son contenu a été modifié."
    presentes = {(chaine, rang): empreinte for chaine, rang, empreinte in tetes}
    for lot in cut_lots(list(presentes)):
        lues = {
            (str(chaine), rang): empreinte
            for chaine, rang, empreinte in Maillon.objects.filter(
                chaine__in=[c for c, _ in lot], rang__in={r for _, r in lot}
            ).values_list("chaine_id", "rang", "empreinte")
        }
        for chaine, rang in lot:
            if lues.get((chaine, rang)) != presentes[chaine, rang]:
                yield "fait_scelle_absent", f"le fait n° {rang} de la chaîne {chaine}, scellé ce jour-là, a disparu."
    scellees = {chaine: rang for chaine, rang, _ in tetes}
    for chaine, rang in connues.items():
        if scellees.get(chaine, 0) < rang:
            yield "chaine_disparue", f"la chaîne {chaine}, scellée auparavant, manque ou a reculé."


def _verify_pieces(cabinet: Cabinet) -> Iterator[Anomalie]:
    for piece in Piece.objects.filter(cabinet=cabinet, contenu__isnull=False).order_by("pk").iterator(chunk_size=1):
        octets = piece.contenu.encode() if isinstance(piece.contenu, str) else piece.contenu
        if hashlib.sha256(octets).hexdigest() != piece.sha256:
            yield Anomalie(f"pièce {piece.nom}", 0, "piece_modifiee", "ses octets ont été modifiés.")
