"""The files of a batch are personal data: they go after their time, and with their dossier."""

from datetime import date, timedelta

import pytest

from exigible.bureau import horloge
from exigible.bureau.actes.lots import approve_lot, create_lot, make_lot
from exigible.bureau.actes.lots_garde import JOURS_D_UN_LOT, forget_lots
from exigible.bureau.actes.lots_models import PartLot, RelieLot, StatutLot
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.effacement import run_effacement
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.journee import run_journee
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import PaiementRecu
from exigible.droit.erreurs import ErreurExigible

from .test_lots import ACTE, REPONSES, open_dossier


@pytest.fixture
def lot(cabinet, creancier):
    cles = [open_dossier(creancier, rang).pk for rang in (1, 2)]
    dossiers = Dossier.objects.select_related("creancier", "chaine", "cabinet").filter(pk__in=cles)
    return make_lot(create_lot(cabinet, ACTE, list(dossiers), "essai", reponses=REPONSES))


def list_gardes():
    return PartLot.objects.filter(contenu__isnull=False).count(), RelieLot.objects.count()


def test_les_fichiers_partent_apres_leur_temps(cabinet, lot):
    fait = lot.cree_le
    with horloge.fix_horloge((fait + timedelta(days=JOURS_D_UN_LOT)).date()):
        run_journee(cabinet, horloge.today())
        assert list_gardes() == (2, 1)
    apres = (fait + timedelta(days=JOURS_D_UN_LOT + 2)).date()
    with horloge.fix_horloge(apres):
        run_journee(cabinet, apres)
    lot.refresh_from_db()
    assert (list_gardes(), lot.statut) == ((0, 0), StatutLot.OUBLIE)
    assert all(part.sha256 and part.pages for part in lot.parts.all())
    with pytest.raises(ErreurExigible) as erreur:
        approve_lot(lot, "essai")
    assert erreur.value.code == "lot_non_approuvable"


def test_ce_qui_fut_approuve_reste_dans_son_dossier(cabinet, lot):
    make_lot(approve_lot(lot, "essai"))
    with horloge.fix_horloge((lot.cree_le + timedelta(days=JOURS_D_UN_LOT + 2)).date()):
        assert forget_lots(cabinet) == 1
    lot.refresh_from_db()
    assert (list_gardes(), lot.statut) == ((0, 0), StatutLot.APPROUVE)
    assert Courrier.objects.count() == 2


def test_un_lot_au_travail_n_est_pas_touche(cabinet, lot):
    lot.statut = StatutLot.EN_COURS
    lot.save()
    with horloge.fix_horloge((lot.cree_le + timedelta(days=JOURS_D_UN_LOT + 2)).date()):
        assert forget_lots(cabinet) == 0
    assert list_gardes() == (2, 1)


def test_les_lettres_d_un_dossier_efface_partent_avec_lui(cabinet, lot):
    dossier = lot.parts.get(rang=1).dossier
    paiement = PaiementRecu(cle="p-1", montant=dossier.echu)
    record_faits(dossier.chaine, [FaitAEcrire(paiement, date(2026, 11, 21))], "essai")
    with horloge.fix_horloge(date(2040, 1, 1)):
        bilan = run_effacement(cabinet, date(2040, 1, 1), "essai", appliquer=True)
    assert [e.dossier.pk for e in bilan.effaces] == [dossier.pk]
    assert list_gardes() == (1, 0)
    assert bytes(lot.parts.get(rang=2).contenu).startswith(b"%PDF")
