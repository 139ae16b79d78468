"""Documents approved as evidence: the exact bytes that a person read, and what they are in the journal.

Nothing leaves by itself. A letter to the debtor becomes a letter to post, a reminder is recorded as sent, any other
document is kept with its bytes in the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from exigible.actes.acte import ActeRendu
from exigible.actes.modele import Forme, Modele
from exigible.actes.preparation import ActePrepare
from exigible.actes.rendu import render_acte
from exigible.actes.sorties.docx import render_docx
from exigible.actes.sorties.texte import write_corps
from exigible.bureau import horloge
from exigible.bureau.actes.retenues import retain
from exigible.bureau.actes.services import ActeDuDossier, Choix, forget_choix, needs_pieces, prepare
from exigible.bureau.envois.models import Courrier
from exigible.bureau.envois.services import refuse_attente, refuse_retenues
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import MotifSuspension
from exigible.dossier.faits import ActeProduit, Canal, CourrierApprouve, Etape, Fait, RelanceFaite
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MESSAGES = {
    "courtoisie": Etape.COURTOISIE,
    "relance_1": Etape.RELANCE,
    "relance_2": Etape.RELANCE,
    "relance_3": Etape.RELANCE,
}
"""The acts that are a step of the scenario: approving one records that it was sent."""
LETTRES = frozenset({"information_caution_annuelle"})
"""Letters that no rule of compliance binds, and that are posted all the same: their posting is to be proved."""
_INSOLVABLE = frozenset({MotifSuspension.PROCEDURE_COLLECTIVE, MotifSuspension.SURENDETTEMENT})
SUJETS = {
    "plan_mise_en_demeure": frozenset({MotifSuspension.PLAN}),
    "decheance_du_terme": frozenset({MotifSuspension.PLAN}),
    "mise_en_demeure_caution": _INSOLVABLE,
}
"""What suspends the claims and does not hold these acts, which are about it; the rules of compliance still judge it."""


class Sorte(StrEnum):
    """What approving a document makes of it."""

    COURRIER = "courrier"
    MESSAGE = "message"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Approbation:
    """What an approval recorded. `courrier` is there for a letter, which waits to be posted."""

    sorte: Sorte
    piece: str
    courrier: Courrier | None = None


def find_sorte(modele: Modele) -> Sorte:
    """Say what approving an act makes: rules of compliance bind only what is addressed to the debtor."""
    if modele.nom in MESSAGES:
        return Sorte.MESSAGE
    au_debiteur = modele.forme is not Forme.ACTE and bool(set(modele.cibles) - {"decompte"})
    return Sorte.COURRIER if au_debiteur or modele.nom in LETTRES else Sorte.DOCUMENT


def approve_acte(
    dossier: Dossier,
    nom: str,
    auteur: str,
    *,
    sha256_vu: str,
    choix: Choix | None = None,
    derogations: Sequence[str] = (),
    canal: Canal = Canal.LETTRE,
) -> Approbation:
    """Keep the exact bytes that a person read (`sha256_vu`) as evidence, and record what the document is.

    `derogations`: for each major breach, its rule and the reason to go on. `canal`: how a reminder was sent. Raises
    ErreurExigible: the document is unfinished or only a draft, is no longer the one that was read, or may not leave.
    """
    with transaction.atomic():
        lock_chaines([dossier.chaine_id])
        dossier = Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)
        du_dossier = prepare(dossier, nom, choix)
        if du_dossier.acte is None:
            raise du_dossier.refus or ErreurSaisie("acte_refuse", phrase("Ce document ne peut pas être écrit."))
        _check_fini(du_dossier.acte)
        _check_manquements(du_dossier.acte, derogations)
        rendu = render_acte(du_dossier.acte)
        if rendu.sha256 != sha256_vu:
            raise ErreurExigible(
                "acte_change",
                phrase(
                    "Le dossier a changé depuis votre lecture, et le document avec lui : relisez-le, puis approuvez-le."
                ),
            )
        approbation = _record(dossier, du_dossier, rendu, auteur, derogations=tuple(derogations), canal=canal)
        retain(dossier, du_dossier.questions, du_dossier.saisies)
        forget_choix(dossier, nom)
    return approbation


def _record(
    dossier: Dossier,
    du_dossier: ActeDuDossier,
    rendu: ActeRendu,
    auteur: str,
    *,
    derogations: tuple[str, ...],
    canal: Canal,
) -> Approbation:
    modele, sorte = du_dossier.modele, find_sorte(du_dossier.modele)
    if sorte is not Sorte.DOCUMENT:
        _check_depart(dossier, du_dossier, rendu.creances)
    cle = f"{modele.nom}-{dossier.chaine.tete_rang + 1}"
    piece = store_piece(dossier.cabinet, rendu.pdf, f"{dossier.reference}-{cle}.pdf", "application/pdf")
    fait: Fait
    if sorte is Sorte.COURRIER:
        fait = CourrierApprouve(
            courrier=cle,
            acte=modele.nom,
            piece=piece.sha256,
            creances=rendu.creances,
            montant=rendu.montant,
            delai_jours=rendu.delai_jours,
            destinataire=rendu.destinataire,
            derogations=derogations,
            version_texte=du_dossier.numero_texte,
            reponses=_list_reponses(du_dossier),
        )
    elif sorte is Sorte.MESSAGE:
        fait = _make_relance(du_dossier, rendu, piece.sha256, canal)
    else:
        fait = _make_produit(dossier, du_dossier, rendu, piece.sha256, cle, derogations)
    record_faits(dossier.chaine, [FaitAEcrire(fait, horloge.today())], auteur)
    courrier = Courrier.objects.filter(dossier=dossier, cle=cle).first() if sorte is Sorte.COURRIER else None
    return Approbation(sorte, piece.sha256, courrier)


def _make_relance(du_dossier: ActeDuDossier, rendu: ActeRendu, piece: str, canal: Canal) -> RelanceFaite:
    etat, acte = du_dossier.etabli.etat, du_dossier.acte
    return RelanceFaite(
        etape=MESSAGES[du_dossier.modele.nom],
        canal=canal,
        creances=rendu.creances,
        destinataire=etat.debiteur.courriel if canal is Canal.COURRIEL else etat.debiteur.nom,
        texte=write_corps(acte.document.blocs) if acte is not None else "",
        piece=piece,
    )


def _make_produit(
    dossier: Dossier,
    du_dossier: ActeDuDossier,
    rendu: ActeRendu,
    piece: str,
    cle: str,
    derogations: tuple[str, ...],
) -> ActeProduit:
    modele, acte = du_dossier.modele, du_dossier.acte
    docx = ""
    if modele.docx and acte is not None:
        contenu = render_docx(acte)
        docx = store_piece(dossier.cabinet, contenu, f"{dossier.reference}-{cle}.docx", DOCX).sha256
    return ActeProduit(
        acte=modele.nom,
        titre=modele.titre,
        piece=piece,
        docx=docx,
        creances=rendu.creances,
        montant=rendu.montant or None,
        version_texte=du_dossier.numero_texte,
        reponses=_list_reponses(du_dossier),
        derogations=derogations,
        pieces=tuple(p.sha256 for p in acte.demande.pieces) if acte is not None and needs_pieces(du_dossier) else (),
    )


def _list_reponses(du_dossier: ActeDuDossier) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((nom, texte) for nom, texte in du_dossier.saisies.items() if texte.strip()))


def _check_fini(acte: ActePrepare) -> None:
    """Refuse what may not be used as it is."""
    titre = acte.demande.modele.titre
    if acte.manquantes:
        raise ErreurSaisie(
            "acte_incomplet",
            phrase(
                "« {titre} » n'est pas complet : il manque {libelles}.",
                titre=titre,
                libelles=tuple(q.libelle for q in acte.manquantes),
            ),
            acte.manquantes[0].nom,
        )
    if acte.projet:
        raise ErreurExigible(
            "acte_a_verifier",
            phrase(
                "« {titre} » n'est qu'un projet, à faire vérifier : {raisons}",
                titre=titre,
                raisons=" ; ".join(acte.projet),
            ),
        )


def _check_depart(dossier: Dossier, du_dossier: ActeDuDossier, creances: Sequence[str]) -> None:
    """What chases the debtor waits for what holds it; the same message never leaves twice on a day."""
    modele, etat = du_dossier.modele, du_dossier.etabli.etat
    if "action" in modele.cibles or modele.nom in MESSAGES:
        refuse_retenues(dossier, etat, creances, SUJETS.get(modele.nom, frozenset()))
    etape = MESSAGES.get(modele.nom)
    if etape is None:
        refuse_attente(dossier, modele.nom, creances)
        return
    for creance in etat.creances:
        if creance.cle in creances and (etape, etat.au) in creance.etapes_faites:
            raise ErreurExigible(
                "message_deja_parti",
                phrase("Facture {numero} : ce message est déjà parti aujourd'hui.", numero=creance.creance.numero),
            )


def _check_manquements(acte: ActePrepare, derogations: Sequence[str]) -> None:
    """Want a written reason for each major breach; a message, whose fact holds none, does not leave."""
    for manquement in acte.manquements:
        if manquement.severite != "majeur":
            continue
        if find_sorte(acte.demande.modele) is Sorte.MESSAGE:
            texte = phrase("Ce message ne peut pas partir : {explication}.", explication=manquement.explication)
            raise ErreurExigible("message_refuse", texte)
        if not any(d.startswith(f"{manquement.regle} :") for d in derogations):
            raise ErreurExigible(
                "derogation_absente",
                phrase("{titre} : écrivez pourquoi vous passez outre.", titre=manquement.titre),
                "motif",
            )
