"""The exhibits of a dossier: every file that proves one of its facts, under a number that does not move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst

from exigible.actes.modele import load_catalogue
from exigible.actes.preuve.libelles import name_fait
from exigible.bureau import horloge
from exigible.bureau.journal.models import Piece
from exigible.bureau.preuve.factures import FactureDeposee, list_factures_deposees
from exigible.bureau.preuve.models import Bordereau
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.conseil.criteres import LIBELLES_PIECES
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import (
    ActeProduit,
    CourrierApprouve,
    CreanceNee,
    Fait,
    PieceJointe,
)
from exigible.dossier.faits_sorties import FichierEmis
from exigible.dossier.journal import Inscription, get_type
from exigible.droit.jours import format_jour

_ARTICLE = re.compile(r"^(la |le |les |une |l')")
_JAMAIS = (ActeProduit, CourrierApprouve, FichierEmis)
"""What bears a file that proves nothing by itself: our own documents, letters before they are posted, bank orders."""


_INTITULES = {
    "caution_informee": "Lettre d'information de la caution du",
    "contestation_recue": "Contestation reçue le",
    "courrier_non_distribue": "Avis de non-distribution de la lettre, du",
    "courrier_non_reclame": "Avis de lettre non réclamée, du",
    "courrier_presente": "Preuve de la présentation de la lettre, le",
    "courrier_recu": "Avis de réception signé le",
    "courrier_refuse": "Avis de refus de la lettre, du",
    "jugement_rendu": "Décision du",
    "jugement_signifie": "Acte de signification du",
    "mandat_signe": "Mandat de prélèvement signé le",
    "plan_convenu": "Plan de paiement convenu le",
    "relance_faite": "Relance du",
}
"""What the file of a fact is called in a list of exhibits, before its day."""


@dataclass(frozen=True, slots=True)
class PieceDePreuve:
    """A file that may be an exhibit: the SHA-256 of its bytes, what it is, its day, the rank of the fact that cites it.

    `depot`: the invoice dropped at an import, when its bytes are there and not a file of their own in the journal.
    """

    sha256: str
    intitule: str
    jour: date
    nom: str = ""
    fait: int | None = None
    depot: FactureDeposee | None = None


def list_pieces(dossier: Dossier, effectives: Sequence[Inscription], etat: EtatDossier) -> tuple[PieceDePreuve, ...]:
    """List the exhibits of a dossier in the order of their numbers; those left out are not there."""
    return order_pieces(Bordereau.objects.filter(dossier=dossier).first(), list_toutes(dossier, effectives, etat))


def list_toutes(dossier: Dossier, effectives: Sequence[Inscription], etat: EtatDossier) -> tuple[PieceDePreuve, ...]:
    """List every file that may be an exhibit and is still there, the oldest first; the same bytes twice are one."""
    citees = sorted([*_iter_citees(effectives), *_iter_courriers(effectives, etat)], key=_by_jour)
    connues = {piece.sha256: piece for piece in reversed(citees)}
    noms = dict(
        Piece.objects.filter(cabinet=dossier.cabinet_id, sha256__in=connues, contenu__isnull=False).values_list(
            "sha256", "nom"
        )
    )
    presentes = {cle: replace(piece, nom=noms[cle]) for cle, piece in connues.items() if cle in noms}
    for facture in list_factures_deposees(dossier, effectives):
        presentes.setdefault(
            facture.sha256,
            PieceDePreuve(facture.sha256, facture.intitule, facture.jour, facture.nom, None, facture),
        )
    return tuple(sorted(presentes.values(), key=_by_jour))


def _by_jour(piece: PieceDePreuve) -> tuple[date, str, str]:
    return piece.jour, piece.intitule, piece.sha256


def order_pieces(bordereau: Bordereau | None, toutes: Sequence[PieceDePreuve]) -> tuple[PieceDePreuve, ...]:
    """Put exhibits in the order that a person gave them, under the titles given; what came since follows."""
    if bordereau is None:
        return tuple(toutes)
    connues = {piece.sha256: piece for piece in toutes}
    rangees = [
        replace(connues[ligne["sha256"]], intitule=ligne["intitule"] or connues[ligne["sha256"]].intitule)
        for ligne in bordereau.pieces
        if ligne["sha256"] in connues
    ]
    decidees = {ligne["sha256"] for ligne in bordereau.pieces} | set(bordereau.ecartees)
    return (*rangees, *(piece for piece in toutes if piece.sha256 not in decidees))


def save_bordereau(
    dossier: Dossier, retenues: Sequence[tuple[str, str]], toutes: Sequence[PieceDePreuve], auteur: str
) -> None:
    """Keep the order and the titles of exhibits (SHA-256, title); the others of the dossier are left out."""
    d_office = {piece.sha256: piece.intitule for piece in toutes}
    gardees = [(cle, titre.strip()) for cle, titre in retenues if cle in d_office]
    cles = {cle for cle, _ in gardees}
    Bordereau.objects.update_or_create(
        dossier=dossier,
        defaults={
            "cabinet_id": dossier.cabinet_id,
            "pieces": [{"sha256": cle, "intitule": "" if titre == d_office[cle] else titre} for cle, titre in gardees],
            "ecartees": [piece.sha256 for piece in toutes if piece.sha256 not in cles],
            "auteur": auteur,
            "modifie_le": horloge.now(),
        },
    )


def fix_numeros(
    dossier: Dossier, pieces: Sequence[PieceDePreuve], toutes: Sequence[PieceDePreuve], auteur: str
) -> None:
    """Keep the numbers under which exhibits left, so that what comes later follows; nothing when they are kept."""
    connu = Bordereau.objects.filter(dossier=dossier).first()
    if connu is not None and [ligne["sha256"] for ligne in connu.pieces] == [piece.sha256 for piece in pieces]:
        return
    save_bordereau(dossier, [(piece.sha256, piece.intitule) for piece in pieces], toutes, auteur)


def _iter_citees(effectives: Sequence[Inscription]) -> Iterator[PieceDePreuve]:
    for inscription in effectives:
        fait = inscription.fait
        sha256 = str(getattr(fait, "piece", ""))
        if sha256 and isinstance(fait, Fait) and not isinstance(fait, _JAMAIS):
            jour = inscription.date_effet
            yield PieceDePreuve(sha256, _name(fait, jour), jour, fait=inscription.rang)


def _name(fait: Fait, jour: date) -> str:
    if isinstance(fait, PieceJointe):
        nature = _ARTICLE.sub("", str(LIBELLES_PIECES[fait.nature])) if fait.nature else ""
        return fait.description or (f"{capfirst(nature)} ({fait.nom})" if nature else fait.nom)
    if isinstance(fait, CreanceNee):
        return f"Facture {fait.numero} du {format_jour(jour)}"
    type_ = get_type(fait)
    if type_ in _INTITULES:
        return f"{_INTITULES[type_]} {format_jour(jour)}"
    return f"Justificatif : {name_fait(type_)} ({format_jour(jour)})"


def _iter_courriers(effectives: Sequence[Inscription], etat: EtatDossier) -> Iterator[PieceDePreuve]:
    """Letters once they were posted: their exact bytes."""
    titres = {nom: modele.titre for nom, modele in load_catalogue().items()}
    rangs = {i.fait.courrier: i.rang for i in effectives if isinstance(i.fait, CourrierApprouve)}
    for courrier in etat.courriers:
        if courrier.poste_le is not None and courrier.approbation is not None:
            titre = titres.get(courrier.acte, capfirst(courrier.acte.replace("_", " ")))
            intitule = f"{titre} du {format_jour(courrier.poste_le)}"
            fait = rangs.get(courrier.approbation.courrier)
            yield PieceDePreuve(courrier.approbation.piece, intitule, courrier.poste_le, fait=fait)
