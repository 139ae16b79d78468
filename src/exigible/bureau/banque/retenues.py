"""Say that an unmatched credit is not of a debtor, or of nobody it does not designate: it holds no one else."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from exigible.bureau import horloge
from exigible.bureau.banque.models import Mouvement, NatureMouvement
from exigible.bureau.banque.repartition import lock_mouvement, refuse_decide
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_lots
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.credits import TOUS
from exigible.dossier.faits import FaitAnnule
from exigible.dossier.faits_creancier import RetenueLevee
from exigible.dossier.journal import list_effectives
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase


def list_retenus(mouvement: Mouvement) -> list[Dossier]:
    """List the dossiers whose reminders a line holds, by name."""
    possibles = Dossier.objects.filter(creancier=mouvement.creancier_id).exclude(credits=[])
    if mouvement.cle.isalnum() and mouvement.cle.isascii():  # as both engines write it, without any escape
        possibles = possibles.annotate(dit=Cast("credits", TextField())).filter(dit__contains=mouvement.cle)
    siens = possibles.order_by("debiteur_nom", "pk")
    return [d for d in siens if any(c["cle"] == mouvement.cle for c in d.credits)]


@retry_occupee
def lift_retenue(mouvement: Mouvement, dossier: Dossier | None, motif: str, auteur: str) -> None:
    """Hold a dossier no longer (None: all those that nothing in the line designates), and say why.

    Raises ErreurExigible without a reason, for a line already decided, or for the debtor of another creditor.
    """
    if not motif.strip():
        raise ErreurExigible(
            "motif_absent", phrase("Indiquez pourquoi ce virement ne vient pas de ce client."), "motif"
        )
    if dossier is not None and dossier.creancier_id != mouvement.creancier_id:
        raise ErreurExigible("autre_creancier", phrase("Ce virement et ce dossier ne sont pas du même créancier."))
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        refuse_decide(mouvement)
        if mouvement.nature != NatureMouvement.CREDIT:
            raise ErreurExigible("mouvement_non_credit", phrase("Seul un virement reçu suspend des relances."))
        vise = str(dossier.pk) if dossier else TOUS
        if all(levee["dossier"] != vise for levee in mouvement.levees):
            fait = RetenueLevee(mouvement=mouvement.cle, motif=motif.strip(), dossier=vise)
            record_lots([(mouvement.creancier.chaine, [FaitAEcrire(fait, horloge.today())])], auteur)


@retry_occupee
def restore_retenues(mouvement: Mouvement, motif: str, auteur: str) -> None:
    """Undo what was said: the line holds again all those whom it may come from."""
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        chaine = mouvement.creancier.chaine
        tenues = list_effectives(read_inscriptions(chaine), date.max)
        rangs = [i.rang for i in tenues if isinstance(i.fait, RetenueLevee) and i.fait.mouvement == mouvement.cle]
        if not rangs:
            raise ErreurExigible("retenue_entiere", phrase("Ce virement suspend déjà toutes les relances qu'il peut."))
        record_lots([(chaine, [FaitAEcrire(FaitAnnule(motif=motif), horloge.today(), rang) for rang in rangs])], auteur)
