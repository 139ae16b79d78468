"""Values that the creditor adds to the tables of the law: they carry through the statement, and say so."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from exigible.dossier.faits import FaitAnnule
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, ValeurDeBaremeSaisie
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_creancier


def valeur(bareme="bce_refi", serie="taux", debut=date(2027, 1, 1), nombre="2.90"):
    return ValeurDeBaremeSaisie(
        bareme=bareme, serie=serie, debut=debut, valeurs=(Decimal(nombre),), source="relevé fictif"
    )


def inscrire(journal, fait, instant, corrige=None):
    rang = max(i.rang for i in journal) + 1
    jour = getattr(fait, "debut", instant.date())
    inscription = Inscription(
        rang=rang, date_effet=jour, fait=fait, enregistre_le=instant, auteur="Camille Exemple", corrige=corrige
    )
    return [*journal, inscription]


@pytest.fixture
def retard(plie, facture):
    """The state, on a day, of one invoice of 10 000 € due on 30/11/2026."""

    def plier(au, journal=None):
        return plie([("2026-10-31", facture("A", "2026-10-31", "2026-11-30"))], au, creancier=journal)

    return plier


SAISIE = datetime(2027, 1, 4, 23, 30, tzinfo=UTC)


def test_le_decompte_emploie_la_valeur_et_le_dit(retard, creancier):
    sans = retard("2027-01-31")
    assert sans.decompte.interets_arretes_au == date(2026, 12, 31)
    avec = retard("2027-01-31", inscrire(creancier(), valeur(), SAISIE))
    assert avec.decompte.interets_arretes_au is None
    # 31 days at 12,40 % in December, then 31 at 12,90 %.
    assert [ligne.montant for ligne in avec.decompte.lignes] == [Decimal("105.32"), Decimal("109.56")]
    assert avec.decompte.lignes[-1].source.endswith(
        "(2,90\u00a0%, valeur saisie par l'utilisateur le 05/01/2027, source : relevé fictif) + 10 points"
    )
    assert "valeur_saisie" in [a.code for a in avec.avertissements]


def test_la_saisie_vaut_quel_que_soit_le_jour_demande(retard, creancier):
    journal = inscrire(creancier(), valeur(), SAISIE)
    assert retard("2027-01-02", journal).decompte.interets_arretes_au is None


def test_connu_au_ne_voit_pas_la_saisie_d_apres(creancier):
    journal = inscrire(creancier(), valeur(), SAISIE)
    avant = fold_creancier(journal, date(2027, 2, 1), connu_au=datetime(2027, 1, 4, 12, tzinfo=UTC))
    apres = fold_creancier(journal, date(2027, 2, 1), connu_au=SAISIE)
    assert avant.ajouts == ()
    assert [(a.enregistree_le, a.auteur) for a in apres.ajouts] == [(date(2027, 1, 5), "Camille Exemple")]


def test_une_saisie_retiree_ne_vaut_plus(creancier):
    journal = inscrire(creancier(), valeur(), SAISIE)
    annulee = inscrire(journal, FaitAnnule(motif="erreur"), SAISIE, corrige=journal[-1].rang)
    assert fold_creancier(annulee, date(2027, 2, 1)).ajouts == ()


def test_l_indemnite_saisie_est_comptee_et_dite(retard, creancier):
    serie = valeur("penalites", "indemnite_forfaitaire", date(2026, 12, 1), "50")
    etat = retard("2026-12-31", inscrire(creancier(), serie, SAISIE))
    assert etat.decompte.indemnites == 50
    (avertissement,) = [a for a in etat.avertissements if a.code == "valeur_saisie"]
    assert "indemnités" in avertissement.message


def test_le_plancher_suit_la_saisie(retard, creancier):
    conditions = ConditionsDeVenteFixees(delai="30 jours", taux_penalites=Decimal(9))
    journal = creancier()
    rang = max(i.rang for i in journal) + 1
    journal = [*journal, Inscription(rang=rang, date_effet=date(2020, 1, 1), fait=conditions)]
    assert "taux_sous_plancher" not in [a.code for a in retard("2027-01-31", journal).avertissements]
    legal = valeur("interet_legal", "autres_cas", nombre="3.12")
    etat = retard("2027-01-31", inscrire(journal, legal, SAISIE))
    assert "taux_sous_plancher" in [a.code for a in etat.avertissements]


def test_sans_instant_la_date_d_effet_tient_lieu_de_saisie(creancier):
    journal = creancier()
    journal = [*journal, Inscription(rang=9, date_effet=date(2027, 1, 1), fait=valeur())]
    assert fold_creancier(journal, date(2027, 2, 1)).ajouts[0].enregistree_le == date(2027, 1, 1)
