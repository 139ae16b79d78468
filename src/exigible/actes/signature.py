"""The picture of a handwritten signature, printed where the creditor's signatory signs a letter.

It is a picture, not an electronic signature (C. civ. 1367): it proves nothing by itself, and a person still approves
each letter. Never on a paper for a judge, an officer or an insolvency, nor where somebody else signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Signatures
from exigible.actes.logo.image import Logo, read_logo
from exigible.actes.modele import Famille, Forme, Modele, Signataire
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.faits_creancier import CreancierDecrit

LARGEUR_MAX, HAUTEUR_MAX = Decimal(45), Decimal(10)
"""Millimetres that the picture may take: the place left to sign by hand, so that it moves nothing of the letter."""

_FAMILLES = frozenset({Famille.AMIABLE, Famille.COMPTES})


def find_signature(creancier: CreancierDecrit) -> str:
    """Return the SHA-256 of the picture, as long as who signs is whose signature it is; else nothing."""
    sien = clean_texte(creancier.signataire).casefold()
    return creancier.signature if sien and clean_texte(creancier.signature_de).casefold() == sien else ""


def bears_signature(modele: Modele) -> bool:
    """Whether the picture may be printed on an act: a letter that the creditor alone signs."""
    return modele.forme is not Forme.ACTE and modele.signataire is Signataire.CREANCIER and modele.famille in _FAMILLES


def place_signature(blocs: Sequence[Bloc], demande: Demande) -> tuple[Bloc, ...]:
    """Put the picture under the name of the creditor's signatory. Raises ErreurSaisie (`logo_*`) on an unusable one."""
    nom = clean_texte(demande.etat.creancier.description.signataire)
    if not demande.signature or not nom or not bears_signature(demande.modele):
        return tuple(blocs)
    image = read_logo(demande.signature, LARGEUR_MAX, HAUTEUR_MAX)
    return tuple(_sign(bloc, nom, image) if isinstance(bloc, Signatures) else bloc for bloc in blocs)


def _sign(bloc: Signatures, nom: str, image: Logo) -> Signatures:
    images = tuple(image if colonne[:1] == (nom,) else None for colonne in bloc.colonnes)
    return replace(bloc, images=images) if any(images) else bloc
