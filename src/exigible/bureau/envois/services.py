"""Messages and letters: previewed, approved (exact bytes), posted, then presented, received or refused.

Nothing leaves by itself: each function records what a person did, and refuses what must not be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from exigible.actes.acte import ActeRendu
from exigible.actes.mise_en_demeure.rendu import render_mise_en_demeure
from exigible.actes.relance.message import Message, write_relance
from exigible.bureau import horloge
from exigible.bureau.envois.images import load_images
from exigible.bureau.envois.models import Courrier
from exigible.bureau.envois.suites import build_suites
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.courriers import MISE_EN_DEMEURE
from exigible.dossier.etat import EtatDossier, MotifSuspension, SortCourrier
from exigible.dossier.faits import (
    AppelPasse,
    Canal,
    CourrierAnnule,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierNonReclame,
    CourrierPoste,
    CourrierPresente,
    CourrierRecu,
    CourrierRefuse,
    Etape,
    Fait,
    IssueAppel,
    ModeEnvoi,
    RelanceFaite,
)
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

_A_NUMERO = {ModeEnvoi.LRAR, ModeEnvoi.LRE, ModeEnvoi.LETTRE_SUIVIE}
_EN_ROUTE = {SortCourrier.POSTE.value, SortCourrier.PRESENTE.value}
_SORTS_DATES = {
    SortCourrier.RECU: CourrierRecu,
    SortCourrier.REFUSE: CourrierRefuse,
    SortCourrier.NON_RECLAME: CourrierNonReclame,
}


def preview_courrier(
    dossier: Dossier,
    acte: str,
    creances: Sequence[str],
    *,
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
) -> ActeRendu:
    """Make the letter as it would leave today; nothing is written. The same dossier gives the same bytes all day.

    Raises ErreurExigible when a rule forbids it, with the article.
    """
    if acte != MISE_EN_DEMEURE:
        raise ErreurSaisie("acte_inconnu", phrase("L'acte « {acte} » n'existe pas.", acte=acte), "acte")
    etat = load_etat(dossier)
    images = load_images(dossier, etat)
    return render_mise_en_demeure(
        etat,
        creances,
        reference=dossier.reference,
        canal=canal,
        delai_jours=delai_jours,
        logo=images.logo,
        signature=images.signature,
    )


def approve_courrier(  # noqa: PLR0913 - what a person approves is all said
    dossier: Dossier,
    acte: str,
    creances: Sequence[str],
    auteur: str,
    *,
    sha256_vu: str,
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
    derogations: Sequence[str] = (),
) -> Courrier:
    """Keep the exact bytes that a person read (`sha256_vu`) as ready to be posted. Nothing legal runs from it yet.

    `derogations`: for each major breach, its rule and the reason to go on. Raises ErreurExigible when the letter is no
    longer the one that was read, when a claim is held, or already stands in a letter that waits to be posted.
    """
    with transaction.atomic():
        lock_chaines([dossier.chaine_id])
        dossier = Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)
        rendu = preview_courrier(dossier, acte, creances, canal=canal, delai_jours=delai_jours)
        if rendu.sha256 != sha256_vu:
            raise ErreurExigible(
                "courrier_change",
                phrase(
                    "Le dossier a changé depuis votre lecture, et la lettre avec lui : relisez-la, puis approuvez-la."
                ),
            )
        refuse_retenues(dossier, load_etat(dossier), rendu.creances)
        refuse_attente(dossier, acte, rendu.creances)
        _require_derogations(rendu, derogations)
        cle = f"{acte}-{dossier.chaine.tete_rang + 1}"
        piece = store_piece(dossier.cabinet, rendu.pdf, f"{dossier.reference}-{cle}.pdf", "application/pdf")
        fait = CourrierApprouve(
            courrier=cle,
            acte=acte,
            piece=piece.sha256,
            creances=rendu.creances,
            montant=rendu.montant,
            delai_jours=rendu.delai_jours,
            destinataire=rendu.destinataire,
            derogations=tuple(derogations),
        )
        return _record(dossier, fait, horloge.today(), auteur, cle)


def post_courrier(courrier: Courrier, jour: date, mode: ModeEnvoi, numero: str, auteur: str) -> Courrier:
    """Say that an approved letter left: day, mode, number. Only now is the debtor put on notice.

    What the letter does is recorded with it (`suites.py`). Raises ErreurExigible when it was not approved, already left
    or can no longer have its effect, ErreurSaisie on the day or the number.
    """
    with transaction.atomic():
        courrier = _lock(courrier)
        if courrier.statut != SortCourrier.APPROUVE.value:
            raise ErreurExigible(
                "courrier_non_approuve", phrase("Seule une lettre approuvée, pas encore postée, peut partir.")
            )
        _check_jour(jour, courrier.approuve_le, phrase("l'approbation de la lettre"))
        numero = numero.strip()
        if mode in _A_NUMERO and not numero:
            raise ErreurSaisie("numero_absent", phrase("Indiquez le numéro du recommandé ou du suivi."), "numero")
        fait = CourrierPoste(
            courrier=courrier.cle,
            acte=courrier.acte,
            creances=tuple(courrier.creances),
            mode=mode,
            numero=numero,
        )
        suites = build_suites(courrier.dossier, courrier.acte, courrier.cle, jour)
        return _record(courrier.dossier, fait, jour, auteur, courrier.cle, suites)


def record_sort(
    courrier: Courrier, sort: SortCourrier, jour: date, presente_le: date | None, auteur: str, motif: str = ""
) -> Courrier:
    """Say what became of a posted letter, on `jour`; `presente_le`: its first presentation, when earlier.

    Raises ErreurExigible when the letter is not on its way, ErreurSaisie when the days do not follow.
    """
    with transaction.atomic():
        courrier = _lock(courrier)
        if courrier.statut not in _EN_ROUTE:
            raise ErreurExigible(
                "courrier_non_poste", phrase("Cette lettre n'est pas en route : son sort est déjà connu.")
            )
        _check_jour(jour, courrier.poste_le, phrase("l'envoi de la lettre"))
        if presente_le is not None:
            _check_jour(presente_le, courrier.poste_le, phrase("l'envoi de la lettre"), "presente_le")
            if presente_le > jour:
                raise ErreurSaisie(
                    "dates_incoherentes", phrase("La présentation ne peut pas suivre la remise."), "presente_le"
                )
        return _record(courrier.dossier, _make_sort(courrier, sort, presente_le, motif), jour, auteur, courrier.cle)


def _make_sort(courrier: Courrier, sort: SortCourrier, presente_le: date | None, motif: str) -> Fait:
    if sort is SortCourrier.PRESENTE:
        return CourrierPresente(courrier=courrier.cle)
    if sort is SortCourrier.NON_DISTRIBUE:
        return CourrierNonDistribue(courrier=courrier.cle, motif=motif)
    if sort in _SORTS_DATES:
        return _SORTS_DATES[sort](courrier=courrier.cle, presente_le=presente_le)
    raise ErreurSaisie(
        "sort_inconnu", phrase("« {sort} » n'est pas le sort d'une lettre postée.", sort=sort.value), "sort"
    )


def cancel_courrier(courrier: Courrier, motif: str, auteur: str) -> Courrier:
    """Say that an approved letter will not leave, and why."""
    if not motif.strip():
        raise ErreurSaisie("motif_absent", phrase("Indiquez pourquoi cette lettre ne partira pas."), "motif")
    with transaction.atomic():
        courrier = _lock(courrier)
        if courrier.statut != SortCourrier.APPROUVE.value:
            raise ErreurExigible(
                "courrier_non_approuve", phrase("Seule une lettre approuvée, pas encore postée, s'annule.")
            )
        fait = CourrierAnnule(courrier=courrier.cle, motif=motif.strip())
        return _record(courrier.dossier, fait, horloge.today(), auteur, courrier.cle)


def send_relance(
    dossier: Dossier, etape: Etape, creances: Sequence[str], canal: Canal, texte: str, auteur: str
) -> None:
    """Say that a person sent today the courtesy note or the reminder, with its text.

    Raises ErreurExigible when a rule forbids the message, when a claim is held, or when it left already today.
    """
    with transaction.atomic():
        lock_chaines([dossier.chaine_id])
        dossier = Dossier.objects.select_related("creancier", "chaine").get(pk=dossier.pk)
        etat = load_etat(dossier)
        _refuse_manquements(write_relance(etat, etape, creances, reference=dossier.reference, texte_saisi=texte))
        refuse_retenues(dossier, etat, creances)
        for creance in etat.creances:
            if creance.cle in creances and (etape, etat.au) in creance.etapes_faites:
                raise ErreurExigible(
                    "message_deja_parti",
                    phrase("Facture {numero} : ce message est déjà parti aujourd'hui.", numero=creance.creance.numero),
                )
        destinataire = etat.debiteur.courriel if canal is Canal.COURRIEL else etat.debiteur.nom
        fait = RelanceFaite(etape=etape, canal=canal, creances=tuple(creances), destinataire=destinataire, texte=texte)
        record_faits(dossier.chaine, [FaitAEcrire(fait, etat.au)], auteur)


def _refuse_manquements(message: Message) -> None:
    """Refuse a message that breaks a major rule: unlike a letter, nobody approves it with a written reason."""
    for manquement in message.manquements:
        if manquement.severite == "majeur":
            texte = phrase("Ce message ne peut pas partir : {explication}.", explication=manquement.explication)
            raise ErreurExigible("message_refuse", texte)


def record_appel(
    dossier: Dossier,
    creances: Sequence[str],
    issue: IssueAppel,
    interlocuteur: str,
    compte_rendu: str,
    auteur: str,
) -> None:
    """Say that a person called today, about which claims, and how it ended."""
    fait = AppelPasse(creances=tuple(creances), issue=issue, interlocuteur=interlocuteur, compte_rendu=compte_rendu)
    record_faits(dossier.chaine, [FaitAEcrire(fait, horloge.today())], auteur)


def refuse_retenues(
    dossier: Dossier, etat: EtatDossier, creances: Sequence[str], sauf: frozenset[MotifSuspension] = frozenset()
) -> None:
    """Nobody is chased for what a bank credit may cover, nor during a plan, a dispute, an insolvency.

    `sauf`: what the letter is about, and does not hold it. Raises ErreurExigible (`creance_retenue`,
    `credit_non_rapproche`).
    """
    for creance in etat.creances:
        suspensions = [s for s in creance.suspensions if s.motif not in sauf]
        if creance.cle in creances and suspensions:
            suspension = suspensions[0]
            raison = suspension.phrase
            if suspension.article:
                raison = phrase("{raison} ({article})", raison=raison, article=suspension.article)
            raise ErreurExigible(
                "creance_retenue",
                phrase("Facture {numero} : {raison}. Rien ne part.", numero=creance.creance.numero, raison=raison),
            )
    retenus = load_credits(dossier)
    if retenus:
        raise ErreurExigible(
            "credit_non_rapproche",
            phrase("Rien ne part tant qu'{raison} : rapprochez-le ou écartez-le d'abord.", raison=retenus[0].raison),
        )


def refuse_attente(dossier: Dossier, acte: str, creances: Sequence[str]) -> None:
    """Two approved letters never wait for the same claims. Raises ErreurExigible (`courrier_en_attente`)."""
    en_attente = Courrier.objects.filter(dossier=dossier, acte=acte, statut=SortCourrier.APPROUVE.value)
    for autre in en_attente:
        if set(autre.creances) & set(creances):
            raise ErreurExigible(
                "courrier_en_attente",
                phrase(
                    "Une lettre approuvée le {jour} pour ces factures attend d'être postée : postez-la ou annulez-la.",
                    jour=autre.approuve_le,
                ),
            )


def _require_derogations(rendu: ActeRendu, derogations: Sequence[str]) -> None:
    for manquement in rendu.manquements:
        if manquement.severite == "majeur" and not any(d.startswith(manquement.regle) for d in derogations):
            raise ErreurExigible(
                "derogation_absente",
                phrase("{titre} : écrivez pourquoi la lettre part malgré cela.", titre=manquement.titre),
                "motif",
            )


def _check_jour(jour: date, depuis: date | None, quoi: str, champ: str = "jour") -> None:
    if jour > horloge.today():
        raise ErreurSaisie("date_future", phrase("Le {jour} est dans l'avenir : corrigez la date.", jour=jour), champ)
    if depuis is not None and jour < depuis:
        raise ErreurSaisie(
            "date_trop_ancienne",
            phrase("Le {jour} précède {quoi} ({depuis}).", jour=jour, quoi=quoi, depuis=depuis),
            champ,
        )


def _lock(courrier: Courrier) -> Courrier:
    """Read a letter again once nobody else can change it."""
    lock_chaines([courrier.dossier.chaine_id])
    return Courrier.objects.select_related("dossier__chaine", "dossier__creancier").get(pk=courrier.pk)


def _record(dossier: Dossier, fait: Fait, jour: date, auteur: str, cle: str, suites: Sequence[Fait] = ()) -> Courrier:
    record_faits(dossier.chaine, [FaitAEcrire(f, jour) for f in (fait, *suites)], auteur)
    return Courrier.objects.select_related("dossier", "piece").get(dossier=dossier, cle=cle)
