"""The order in which journals are locked: creditors first, whatever the lots, so that two writers never cross."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.models import Chaine, Sorte
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit


@pytest.mark.parametrize("lot", [1, 2, 500])
def test_les_creanciers_sont_verrouilles_avant_tout_dossier(cabinet, monkeypatch, lot):
    monkeypatch.setattr("exigible.bureau.journal.lecture.cut_lots.__defaults__", (lot,))
    creanciers = [create_creancier(cabinet, CreancierDecrit(nom=f"Atelier {n}"), "essai") for n in range(2)]
    dossiers = [create_dossier(c, DebiteurDecrit(nom="Client"), "essai") for c in creanciers for _ in range(2)]
    ordres = []
    for chaines in ([d.chaine_id for d in dossiers], [d.chaine_id for d in reversed(dossiers)]):
        with transaction.atomic(), CaptureQueriesContext(connection) as requetes:
            verrouillees = lock_chaines(chaines)
        ordres.append(list(verrouillees))
        assert len(requetes) == 2 * -(-4 // lot) + -(-2 // lot)
    assert ordres[0] == ordres[1]
    assert ordres[0] == sorted(c.chaine_id for c in creanciers) + sorted(d.chaine_id for d in dossiers)


def test_un_creancier_demande_seul_est_verrouille(creancier):
    with transaction.atomic():
        assert list(lock_chaines([creancier.chaine_id, uuid.uuid4()])) == [creancier.chaine_id]
    assert Chaine.objects.get().sorte == Sorte.CREANCIER
