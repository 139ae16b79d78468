"""Who follows which dossier: office organisation, with its history. Nothing legal depends on it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Attribution, Cabinet, Equipe, Utilisateur
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

MIENS, EQUIPE, SANS = "miens", "equipe", "sans"
_PERSONNE, _UNE_EQUIPE = "p-", "e-"
_PAR_LOT = 500


@dataclass(frozen=True, slots=True)
class Suivi:
    """Who follows a dossier: a person, a team, both, or nobody."""

    gestionnaire: Utilisateur | None = None
    equipe: Equipe | None = None


def list_membres(cabinet: Cabinet) -> list[Utilisateur]:
    """The people who work in a cabinet and may still sign in, by name."""
    membres = Utilisateur.objects.filter(appartenances__cabinet=cabinet, is_active=True)
    return sorted(membres, key=lambda u: (str(u).casefold(), u.pk))


def list_equipes(cabinet: Cabinet) -> list[Equipe]:
    """The teams of a cabinet, by name."""
    return list(Equipe.objects.filter(cabinet=cabinet).order_by("nom"))


def assign_dossiers(cabinet: Cabinet, dossiers: Sequence[uuid.UUID], suivi: Suivi, par: str) -> int:
    """Say who follows these dossiers from now on, and count those for which that changes something.

    Two queries for 500 dossiers and one more to write them. Raises ErreurSaisie (`gestionnaire_etranger`,
    `equipe_etrangere`) when the person or the team is not of the cabinet; dossiers of others are left alone.
    """
    _check_du_cabinet(cabinet, suivi)
    changes = 0
    with transaction.atomic():
        Cabinet.objects.select_for_update().get(pk=cabinet.pk)  # two people cannot assign the same dossier at once
        for debut in range(0, len(dossiers), _PAR_LOT):
            changes += _assign_lot(cabinet, dossiers[debut : debut + _PAR_LOT], suivi, par)
    return changes


def _assign_lot(cabinet: Cabinet, lot: Sequence[uuid.UUID], suivi: Suivi, par: str) -> int:
    instant = horloge.now()
    deja = Attribution.objects.filter(
        dossier=OuterRef("pk"), finie_le=None, gestionnaire=suivi.gestionnaire, equipe=suivi.equipe
    )
    courantes = Attribution.objects.filter(dossier=OuterRef("pk"), finie_le=None)
    lignes = _get_dossiers().filter(cabinet=cabinet, pk__in=lot)
    if suivi == Suivi():
        lignes = lignes.filter(Exists(courantes))
    a_changer = list(lignes.exclude(Exists(deja)).values_list("pk", flat=True))
    Attribution.objects.filter(dossier__in=a_changer, finie_le=None).update(finie_le=instant)
    Attribution.objects.bulk_create(
        Attribution(
            cabinet=cabinet,
            dossier_id=cle,
            gestionnaire=suivi.gestionnaire,
            equipe=suivi.equipe,
            attribue_par=par,
            attribue_le=instant,
        )
        for cle in a_changer
    )
    return len(a_changer)


def _get_dossiers() -> QuerySet[Any]:
    """The dossiers, whose model is above this app: reached by the key that points to them."""
    modele: Any = Attribution._meta.get_field("dossier").related_model  # noqa: SLF001 - Django's documented API
    dossiers: QuerySet[Any] = modele.objects.all()
    return dossiers


def _check_du_cabinet(cabinet: Cabinet, suivi: Suivi) -> None:
    personne, equipe = suivi.gestionnaire, suivi.equipe
    if personne is not None and not personne.appartenances.filter(cabinet=cabinet).exists():
        message = phrase("« {nom} » ne travaille pas dans cette entreprise.", nom=str(personne))
        raise ErreurSaisie("gestionnaire_etranger", message, "gestionnaire")
    if equipe is not None and equipe.cabinet_id != cabinet.pk:
        message = phrase("L'équipe « {nom} » n'est pas de cette entreprise.", nom=equipe.nom)
        raise ErreurSaisie("equipe_etrangere", message, "equipe")


# --- What a filter asks -----------------------------------------------------------------------------------------------


def name_personne(utilisateur: Utilisateur) -> str:
    """How an address names a person."""
    return f"{_PERSONNE}{utilisateur.pk}"


def name_equipe(equipe: Equipe) -> str:
    """How an address names a team."""
    return f"{_UNE_EQUIPE}{equipe.pk}"


def build_critere(qui: str, utilisateur: Utilisateur, dossier: str = "dossier") -> Q:
    """The rows whose dossier is followed by `qui`: `miens`, `equipe`, `sans` (nobody), a person, a team; "": all.

    `dossier`: the column that holds the dossier, `pk` for dossiers themselves. The caller keeps its own cabinet.
    """
    if not qui:
        return Q()
    if qui == SANS:
        return ~build_critere_de(Q(gestionnaire__isnull=False) | Q(equipe__isnull=False), dossier)
    return build_critere_de(_build_qui(qui, utilisateur), dossier)


def build_critere_de(a_qui: Q, dossier: str = "dossier") -> Q:
    """The rows whose dossier has an assignment that holds and matches `a_qui` (columns of Attribution)."""
    courantes = Attribution.objects.filter(a_qui, finie_le=None)
    return Q(**{f"{dossier}__in": courantes.values("dossier")})


def _build_qui(qui: str, utilisateur: Utilisateur) -> Q:
    if qui == MIENS:
        return Q(gestionnaire=utilisateur)
    if qui == EQUIPE:
        siennes = Equipe.objects.filter(membres=utilisateur)
        collegues = Utilisateur.objects.filter(equipes__in=siennes)
        return Q(gestionnaire=utilisateur) | Q(equipe__in=siennes) | Q(gestionnaire__in=collegues)
    cle = qui[len(_PERSONNE) :]
    if not cle.isdecimal():
        return Q(pk__in=[])
    return Q(equipe=int(cle)) if qui.startswith(_UNE_EQUIPE) else Q(gestionnaire=int(cle))


def make_prefetch(chemin: str = "") -> Prefetch:
    """Read who follows each dossier, in one query more; `chemin`: what leads to the dossier (`dossier__`)."""
    courantes = Attribution.objects.filter(finie_le=None).select_related("gestionnaire", "equipe")
    return Prefetch(f"{chemin}attributions", queryset=courantes, to_attr="suivies")


def get_suivi(dossier: Any) -> Suivi:
    """Who follows a dossier that was read with `make_prefetch`; nobody when it was not."""
    suivies: list[Attribution] = getattr(dossier, "suivies", [])
    return Suivi(suivies[0].gestionnaire, suivies[0].equipe) if suivies else Suivi()
