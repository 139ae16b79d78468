"""A creditor's own wordings: each version is checked before it is kept, numbered, and never changed after."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Max

from exigible.actes.mentions import Mention
from exigible.actes.modele import Modele, get_modele
from exigible.actes.relecture import check_texte
from exigible.bureau import horloge
from exigible.bureau.actes.models import TexteActe
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase


def load_textes(creanciers: Sequence[Creancier]) -> dict[tuple[object, str], TexteActe]:
    """Read the wordings in force of several creditors in one query, by key of creditor and name of act."""
    textes = TexteActe.objects.filter(creancier__in=creanciers, en_vigueur=True)
    return {(texte.creancier_id, texte.acte): texte for texte in textes}


def list_versions(creancier: Creancier, acte: str) -> list[TexteActe]:
    """List the versions of a wording, the newest first."""
    return list(TexteActe.objects.filter(creancier=creancier, acte=acte).order_by("-numero"))


def save_texte(
    creancier: Creancier, modele: Modele, texte: str, auteur: str, *, note: str = "", etats: Sequence[EtatDossier] = ()
) -> tuple[TexteActe, tuple[Mention, ...]]:
    """Keep a new version and put it in force; return it with the useful mentions that it lost.

    `etats`: dossiers to try it on, beside the examples. Raises as `check_texte`, and ErreurSaisie (`texte_inchange`).
    """
    texte = "\n".join(ligne.rstrip() for ligne in texte.strip().splitlines())
    perdues = check_texte(modele, texte, etats)
    with transaction.atomic():
        versions = _lock(creancier, modele.nom)
        actuelle = versions.filter(en_vigueur=True).first()
        if actuelle is not None and actuelle.texte == texte:
            raise ErreurSaisie("texte_inchange", phrase("Ce texte est déjà celui en vigueur."), "texte")
        dernier = versions.aggregate(dernier=Max("numero"))["dernier"] or 0
        versions.filter(en_vigueur=True).update(en_vigueur=False)
        version = TexteActe.objects.create(
            cabinet=creancier.cabinet,
            creancier=creancier,
            acte=modele.nom,
            numero=dernier + 1,
            texte=texte,
            note=note.strip()[:200],
            auteur=auteur,
            cree_le=horloge.now(),
            en_vigueur=True,
        )
    return version, perdues


def restore_texte(version: TexteActe, etats: Sequence[EtatDossier] = ()) -> None:
    """Put an earlier version in force again, if it still passes: rules may have changed. Raises as `check_texte`."""
    check_texte(get_modele(version.acte), version.texte, etats)
    with transaction.atomic():
        _lock(version.creancier, version.acte).filter(en_vigueur=True).update(en_vigueur=False)
        TexteActe.objects.filter(pk=version.pk).update(en_vigueur=True)


def remove_texte(creancier: Creancier, acte: str) -> None:
    """Write the next documents with our wording; the versions stay."""
    TexteActe.objects.filter(creancier=creancier, acte=acte, en_vigueur=True).update(en_vigueur=False)


def _lock(creancier: Creancier, acte: str) -> models.QuerySet[TexteActe]:
    """Keep any other writer of this creditor out until the transaction ends, then give the versions."""
    Creancier.objects.select_for_update().get(pk=creancier.pk)
    return TexteActe.objects.filter(creancier=creancier, acte=acte)
