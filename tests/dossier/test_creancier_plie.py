"""A creditor folded once serves all its dossiers: the same as folding its entries for each."""

from datetime import UTC, date, datetime

import pytest

from exigible.cli.banc_dossiers import AU, list_creancier, list_dossier
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.journal import Inscription, read_inscription
from exigible.dossier.plier import fold_creancier, fold_dossier, prepare_creancier
from exigible.droit.erreurs import ErreurExigible

CREANCIERS = [[read_inscription(m) for m in list_creancier(rang)] for rang in range(4)]
TARD = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("rang", range(20))
@pytest.mark.parametrize("connu_au", [None, TARD])
def test_prepared_or_not_the_dossier_is_the_same(rang, connu_au):
    creancier, inscriptions = CREANCIERS[rang % 4], [read_inscription(m) for m in list_dossier(rang)]
    prepare = prepare_creancier(creancier, AU, connu_au=connu_au)
    assert prepare.etat == fold_creancier(creancier, AU, connu_au=connu_au)
    tel_quel = fold_dossier(inscriptions, creancier, AU, connu_au=connu_au)
    assert fold_dossier(inscriptions, prepare, AU, connu_au=connu_au) == tel_quel


def test_a_creditor_that_is_not_described_is_refused():
    with pytest.raises(ErreurExigible) as leve:
        prepare_creancier([], AU)
    assert leve.value.code == "creancier_absent"


def test_a_correction_recorded_later_is_not_known_before():
    faits = [CreancierDecrit(nom="Atelier Exemple"), CreancierDecrit(nom="Atelier Modèle")]
    jours = [datetime(2025, 1, 6, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)]
    inscriptions = [
        Inscription(
            rang=n, date_effet=date(2025, 1, 6), fait=fait, enregistre_le=jours[n - 1], corrige=1 if n > 1 else None
        )
        for n, fait in enumerate(faits, start=1)
    ]
    avant = prepare_creancier(inscriptions, AU, connu_au=datetime(2026, 1, 1, tzinfo=UTC))
    assert avant.etat.description.nom == "Atelier Exemple"
    assert prepare_creancier(inscriptions, AU).etat.description.nom == "Atelier Modèle"
