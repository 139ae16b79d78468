"""The account of one claim: its pockets of interest, what keeps it open, what a change of rule does to it."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.compte import Compte
from exigible.droit.creance import CAPITAL_D_ABORD, Creance, OrdreImputation, Poste
from exigible.droit.decompte import compute_decompte
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.versements import Versement

D = Decimal
DEBUT = date(2025, 1, 31)


def open_compte(**poches):
    compte = Compte.open(Creance("F1", "Facture", D("100.00"), DEBUT, None), arreter=False, provisoire=False)
    for poche, montant in poches.items():
        setattr(compte, poche, D(montant))
    return compte


@pytest.mark.parametrize(
    ("somme", "simples", "de_l_annee", "capitalises"),
    [
        ("25.00", "10.00", "20.00", "5.00"),
        ("40.00", "10.00", "10.00", "0.00"),
        ("55.00", "5.00", "0.00", "0.00"),
        ("99.00", "0.00", "0.00", "0.00"),
    ],
)
def test_l_interet_qui_porte_interet_se_paie_d_abord(somme, simples, de_l_annee, capitalises):
    """Capitalised first, then what will be capitalised, then the rest (C. civ. 1342-10)."""
    compte = open_compte(simples="10.00", de_l_annee="20.00", capitalises="30.00")
    parts = compte.pay(D(somme), (Poste.INTERETS,))
    assert (compte.simples, compte.de_l_annee, compte.capitalises) == (D(simples), D(de_l_annee), D(capitalises))
    assert parts.interets == parts.total == D(60) - compte.interets
    assert compte.principal == D("100.00")


@pytest.mark.parametrize("poste", ["principal", "frais", "indemnites", "simples", "de_l_annee", "capitalises"])
def test_un_compte_reste_ouvert_tant_qu_un_poste_est_du(poste):
    ferme = dict.fromkeys(("principal", "frais", "indemnites", "simples", "de_l_annee", "capitalises"), "0.00")
    assert not open_compte(**ferme).is_open()
    assert open_compte(**{**ferme, poste: "0.01"}).is_open()


@pytest.mark.parametrize("regime", [None, Regime.CONVENU])
def test_ce_qui_reste_apres_le_principal_se_paie_encore(regime):
    """The principal first by order of the court, then a payment finds the indemnity alone, or the interest alone."""
    regle = regime and RegleInterets(regime, DEBUT, taux=D(5))
    ordre = OrdreImputation(DEBUT, CAPITAL_D_ABORD, "C. civ. 1343-5 al. 2")
    indemnite = D(0) if regime else D(40)
    creance = Creance("F1", "Facture", D("1000.00"), DEBUT, regle, indemnite=indemnite, ordres=(ordre,))
    principal = Versement("V1", date(2025, 6, 30), D("1000.00"))
    du = compute_decompte([creance], [principal], date(2025, 12, 31)).total_du
    assert du > 0
    solde = compute_decompte([creance], [principal, Versement("V2", date(2025, 12, 31), du)], date(2025, 12, 31))
    assert (solde.total_du, solde.trop_percu) == (D(0), D(0))


def test_changer_de_regle_garde_l_interet_d_avant_et_de_pendant_le_compte_annuel():
    jugement = date(2023, 12, 31)
    avant = RegleInterets(
        Regime.CONVENU, date(2022, 12, 31), taux=D(5), capitalisation=date(2023, 7, 1), arret=jugement
    )
    apres = RegleInterets(Regime.CONVENU, jugement, taux=D(5))
    creance = Creance("F1", "Prêt", D("10000.00"), date(2022, 12, 31), avant, suites=(apres,))
    decompte = compute_decompte([creance], [], date(2024, 12, 31))
    assert decompte.interets == sum(ligne.montant for ligne in decompte.lignes) == D("1000.00")
    assert {ligne.base for ligne in decompte.lignes} == {D("10000.00")}


def test_un_euro_est_arrete_avec_les_baremes_comme_un_million():
    creance = Creance("F1", "Facture", D("1.00"), DEBUT, RegleInterets(Regime.LEGAL, DEBUT))
    decompte = compute_decompte([creance], [], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("du", "base"), [(date(2023, 12, 31), "1000.00"), (date(2024, 1, 1), "1100.00"), (date(2024, 1, 2), "1100.00")]
)
def test_une_pause_d_apres_l_annee_ne_l_empeche_pas_d_etre_entiere(du, base):
    """A stop on the last day of the year breaks it; one that begins the day after does not (C. civ. 1343-2)."""
    regle = RegleInterets(
        Regime.CONVENU,
        date(2022, 12, 31),
        taux=D(10),
        capitalisation=date(2023, 1, 1),
        pauses=(Pause(du, next(iter(MotifPause)), date(2024, 1, 31)),),
    )
    decompte = compute_decompte([Creance("F1", "Prêt", D("1000.00"), DEBUT, regle)], [], date(2024, 6, 30))
    assert str(decompte.lignes[-1].base) == base


def test_une_creance_d_un_euro_encourt_l_indemnite():
    creance = Creance("F1", "Facture", D("1.00"), DEBUT, None, indemnite=D("40.00"))
    assert compute_decompte([creance], [], date(2025, 2, 1)).indemnites == D("40.00")
