"""The answers of a document hold what the debtor is: they go with the dossier when it is erased."""

from datetime import date
from decimal import Decimal

from exigible.bureau.actes.models import BrouillonActe
from exigible.bureau.actes.services import Choix, save_choix
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.effacement import run_effacement
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_dossier
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, PaiementRecu

from .conftest import JOUR

VIEUX = date(2014, 3, 10)


def test_les_reponses_partent_avec_le_dossier(cabinet, creancier, dossier):
    with fix_horloge(VIEUX):
        ancien = create_dossier(creancier, DebiteurDecrit(nom="Client d'autrefois"), "essai", VIEUX)
        facture = CreanceNee(cle="f-9", numero="F-9", emission=VIEUX, echeance=VIEUX, montant=Decimal("50.00"))
        paiement = PaiementRecu(cle="p-9", montant=Decimal("50.00"))
        record_faits(ancien.chaine, [FaitAEcrire(fait, VIEUX) for fait in (facture, paiement)], "essai")
    ancien = Dossier.objects.select_related("creancier", "chaine").get(pk=ancien.pk)
    for sien in (ancien, dossier):
        save_choix(sien, "quittance", Choix({"moyen": "Chèque de la personne"}), "Marie")
    run_effacement(cabinet, JOUR, "Marie", appliquer=True)
    assert [b.dossier_id for b in BrouillonActe.objects.all()] == [dossier.pk]
