"""The documents already made in a dossier, and the steps to record once they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from exigible.actes.modele import load_catalogue
from exigible.bureau.actes.etapes import list_a_noter
from exigible.bureau.pages.vues.ouverture import DossierOuvert
from exigible.bureau.pages.vues.procedures import link_etape, link_ouverture
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ActeProduit, RelanceFaite


@dataclass(frozen=True)
class LienEtape:
    """Where a step is recorded, and what it is."""

    adresse: str
    nom: str


@dataclass(frozen=True)
class Produit:
    """A document made: its files, and the steps that it makes which the journal does not know yet."""

    jour: date
    titre: str
    piece: str
    docx: str = ""
    montant: Decimal | None = None
    a_noter: tuple[LienEtape, ...] = ()


def list_produits(ouvert: DossierOuvert) -> list[Produit]:
    """The documents made, other than letters to post, the newest first; a step is offered beside the newest only."""
    titres = {nom: modele.titre for nom, modele in load_catalogue().items()}
    produits: list[Produit] = []
    vus: set[str] = set()
    for inscription in reversed(ouvert.effectives):
        fait, jour = inscription.fait, inscription.date_effet
        if isinstance(fait, ActeProduit):
            liens = () if fait.acte in vus else list_liens(ouvert.dossier.pk, fait.acte, jour, ouvert.etat)
            vus.add(fait.acte)
            titre = titres.get(fait.acte, fait.titre)
            produits.append(Produit(jour, titre, fait.piece, fait.docx, fait.montant, liens))
        elif isinstance(fait, RelanceFaite) and fait.piece:
            produits.append(Produit(jour, _("Relance envoyée"), fait.piece))
    return produits


def list_liens(pk: UUID, acte: str, depuis: date, etat: EtatDossier) -> tuple[LienEtape, ...]:
    """The steps that a document of the day `depuis` makes, with where to record them."""
    return tuple(
        LienEtape(
            link_etape(pk, a.cle, a.etape.evenement) if a.cle else link_ouverture(pk, a.code, a.etape.evenement),
            translate_phrase(a.etape.nom),
        )
        for a in list_a_noter(acte, depuis, etat)
    )
