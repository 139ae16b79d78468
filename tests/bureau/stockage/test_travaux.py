"""Work as rows: taken once, held by a lease, gone on with by another, given up after some attempts."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from exigible.bureau.travaux import services
from exigible.bureau.travaux.models import EtatTravail, Travail
from exigible.bureau.travaux.services import (
    ESSAIS_MAX,
    Arret,
    BailPerdu,
    Nature,
    create_travail,
    execute_travail,
    release_morts,
    run_maintenant,
    sweep,
    take_travail,
    withdraw_travail,
)
from exigible.droit.erreurs import ErreurExigible

faire: list = []
renonces: list = []


def executer(tenue):
    return faire[0](tenue)


ESSAI = Nature(executer, lambda parametres, erreur: renonces.append((parametres, erreur)))


@pytest.fixture(autouse=True)
def _nature(monkeypatch):
    monkeypatch.setitem(services.NATURES, "essai", f"{__name__}.ESSAI")
    monkeypatch.setattr(services, "import_string", lambda _: ESSAI)
    faire[:] = [lambda tenue: {"vu": tenue.parametres}]
    renonces.clear()


@pytest.fixture
def demander(cabinet):
    def ask(voie="", **parametres):
        return create_travail(cabinet, "essai", parametres, voie)

    return ask


def expire(travail):
    Travail.objects.filter(pk=travail.pk).update(bail=Now() - timedelta(seconds=1))


def read(travail):
    return Travail.objects.get(pk=travail.pk)


def test_un_travail_se_prend_une_fois_et_se_ferme(demander):
    travail = demander(n=1)
    tenue = take_travail()
    assert tenue.pk == travail.pk
    assert take_travail() is None
    execute_travail(tenue)
    assert (read(travail).etat, read(travail).resultat) == (EtatTravail.FAIT, {"vu": {"n": 1}})
    assert sweep() == 0


def test_un_bail_echu_passe_a_un_autre_et_le_premier_n_ecrit_plus(demander):
    travail = demander()
    premier = take_travail()
    expire(travail)
    second = take_travail()
    with pytest.raises(BailPerdu), transaction.atomic():
        premier.beat()
    with pytest.raises(BailPerdu):
        premier.note_progres(1, 2)
    second.note_progres(1, 2)
    execute_travail(premier)
    assert read(travail).etat == EtatTravail.EN_COURS


def test_le_bail_dure_tant_qu_on_donne_signe_de_vie(demander):
    travail = demander()
    tenue = take_travail()
    expire(travail)
    tenue.beat()
    assert take_travail() is None


def test_les_travaux_d_une_voie_se_font_dans_l_ordre_un_par_un(demander):
    un, deux, ailleurs = demander("v"), demander("v"), demander("w")
    assert take_travail().pk == un.pk
    assert take_travail().pk == ailleurs.pk
    assert take_travail() is None
    expire(un)
    assert take_travail().pk == un.pk
    Travail.objects.filter(pk=un.pk).update(etat=EtatTravail.FAIT)
    assert take_travail().pk == deux.pk


def test_une_panne_se_reessaie_plus_tard_puis_on_renonce(demander):
    def tomber(_):
        raise RuntimeError("cassé")

    faire[0] = tomber
    travail = demander(n=7)
    for essai in range(1, ESSAIS_MAX + 1):
        assert sweep() == 1
        assert sweep() == 0  # not before some time
        assert read(travail).tentatives == essai
        Travail.objects.filter(pk=travail.pk).update(pas_avant=Now())
    assert read(travail).etat == EtatTravail.ECHOUE
    assert "cassé" in read(travail).erreur
    assert [parametres for parametres, _ in renonces] == [{"n": 7}]
    assert sweep() == 0


def test_avancer_rend_ses_chances_a_un_travail(demander):
    def avancer_puis_tomber(tenue):
        tenue.note_progres(read(tenue).fait + 1, 100)
        raise RuntimeError("cassé")

    faire[0] = avancer_puis_tomber
    travail = demander()
    for _ in range(ESSAIS_MAX + 3):
        sweep()
        Travail.objects.filter(pk=travail.pk).update(pas_avant=Now())
    assert (read(travail).etat, read(travail).fait) == (EtatTravail.A_FAIRE, ESSAIS_MAX + 3)


def test_un_travail_qui_tue_chaque_travailleur_est_abandonne(demander):
    travail = demander()
    for _ in range(ESSAIS_MAX):
        assert take_travail() is not None
        expire(travail)
    assert take_travail() is None
    assert read(travail).etat == EtatTravail.ECHOUE
    assert "plusieurs fois" in renonces[0][1]


def test_un_refus_est_definitif_et_dit(demander):
    def refuser(_):
        raise ErreurExigible("non", "Le fichier a disparu.")

    faire[0] = refuser
    travail = demander()
    with pytest.raises(ErreurExigible, match="disparu"):
        run_maintenant(travail)
    assert (read(travail).etat, read(travail).erreur) == (EtatTravail.ECHOUE, "Le fichier a disparu.")


def test_a_l_arret_le_travail_est_rendu_sans_compter_d_essai(demander):
    faire[0] = lambda tenue: tenue.check_arret()
    travail = demander()
    ordres = iter([False, True])
    with pytest.raises(Arret):
        sweep(lambda: next(ordres))
    assert (read(travail).etat, read(travail).tentatives) == (EtatTravail.A_FAIRE, 0)


def test_un_mort_de_cette_machine_rend_son_travail_aussitot(demander):
    travail = demander()
    take_travail()
    assert release_morts() == 0  # we live
    mort = subprocess.Popen([sys.executable, "-c", ""])
    mort.wait()
    hote = read(travail).porteur.split(":")[0]
    Travail.objects.update(porteur=f"{hote}:{mort.pid}:x")
    assert take_travail() is None
    assert release_morts() == 1
    assert take_travail().pk == travail.pk


def test_sur_place_on_fait_d_abord_ce_qui_precede_dans_la_voie(demander):
    faits = []
    faire[0] = lambda tenue: faits.append(tenue.parametres["n"]) or {}
    demander("v", n=1)
    deux = demander("v", n=2)
    demander("w", n=3)
    assert run_maintenant(deux)
    assert faits == [1, 2]


def test_sur_place_on_ne_prend_pas_ce_qu_un_autre_tient(demander):
    travail = demander("v")
    take_travail()
    assert run_maintenant(travail, attendre=False) is False
    assert withdraw_travail(travail) is False
    expire(travail)
    assert withdraw_travail(travail) is True
    assert read(travail).etat == EtatTravail.ECHOUE
