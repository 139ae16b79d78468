"""What is handed over to a creditor: only what facts prove received, not come back, not handed over already."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exigible.dossier.faits import CreanceNee, DebiteurDecrit, Detenteur, PaiementRecu, PaiementRejete
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_reversement import (
    ConventionDeRecouvrement,
    ConventionTerminee,
    ReversementAnnule,
    ReversementFait,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.dossier.reversements import (
    compute_a_reverser,
    find_convention,
    list_comptes,
    list_encaissements,
    list_inconnus,
)
from exigible.droit.regimes import QualitePartie

D = Decimal
AU = date(2026, 11, 21)
RECU_LE = date(2026, 1, 31)
AFFECTE, MANDANT = "FR7499999000010000000000151", "FR9399999000010000000000100"
CONVENTION = ConventionDeRecouvrement(
    commission=D(12), tva=D(20), retenue=True, compte=AFFECTE, titulaire="Recouvreur Exemple", iban=MANDANT
)
NOUS = PaiementRecu(cle="p", montant=D("3000.00"), creances=("c",), detenteur=Detenteur.RECOUVREUR)


def dater(faits, jour, depart=1):
    return [Inscription(rang=rang, date_effet=jour, fait=fait) for rang, fait in enumerate(faits, depart)]


def plier(*faits, du="10000.00", au=AU):
    creance = CreanceNee(cle="c", numero="F-1", emission=date(2025, 12, 1), echeance=date(2025, 12, 31), montant=D(du))
    debiteur = DebiteurDecrit(nom="Débiteur Fictif", qualite=QualitePartie.PROFESSIONNEL)
    inscriptions = [*dater([debiteur, creance], date(2025, 12, 1)), *dater(faits, RECU_LE, 3)]
    creancier = dater([CreancierDecrit(nom="Mandant Exemple")], date(2025, 1, 1))
    return fold_dossier(inscriptions, creancier, au, provisoire=True), inscriptions


def lire(*faits, du="10000.00", ibans=None, creancier=()):
    etat, inscriptions = plier(*faits, du=du)
    siennes = dater([CONVENTION, *creancier], date(2026, 1, 1))
    encaissements = list_encaissements(etat, inscriptions, ("d", "D-1"), ibans or {}, list_comptes(siennes))
    return encaissements, siennes


def calculer(*faits, **options):
    encaissements, siennes = lire(*faits, **options)
    return compute_a_reverser(encaissements, siennes)[0]


def reverser(lignes, cle="r"):
    montant = sum((x.montant for x in lignes), D(0))
    parts = tuple(x.make_part() for x in lignes)
    return ReversementFait(cle=cle, montant=montant, jour=AU, reference=cle, parts=parts)


def test_la_commission_est_retenue_et_le_mois_compte_de_l_encaissement():
    (ligne,) = calculer(NOUS)
    assert (ligne.encaisse, ligne.commission, ligne.tva, ligne.montant) == (D(3000), D(360), D(72), D(2568))
    # The last day is a Saturday: it does not move, the Friday is safer.
    assert (ligne.facture, ligne.au_plus_tard, ligne.au_plus_sur) == (D(432), date(2026, 2, 28), date(2026, 2, 27))
    assert ligne.is_en_retard(AU)
    assert not ligne.is_en_retard(date(2026, 2, 28))


def test_sans_retenue_tout_est_reverse_et_le_delai_est_celui_de_la_convention():
    encaissements, _ = lire(NOUS)
    autre = dater([replace(CONVENTION, retenue=False, delai_jours=10)], date(2026, 1, 1))
    lignes, avertissements = compute_a_reverser(encaissements, autre)
    assert [(x.montant, x.facture, x.au_plus_tard) for x in lignes] == [(D(3000), D(432), date(2026, 2, 10))]
    assert "tva_a_verifier" in {a.code for a in avertissements}


@pytest.mark.parametrize(
    ("paiement", "ibans", "reverse", "demande"),
    [
        (NOUS, {}, True, False),
        (replace(NOUS, detenteur=Detenteur.CREANCIER), {}, False, False),
        (replace(NOUS, detenteur=None), {}, False, True),
        (replace(NOUS, detenteur=None, mouvement="m"), {("d", "p"): AFFECTE}, True, False),
        (replace(NOUS, detenteur=None, mouvement="m"), {("d", "p"): MANDANT}, False, False),
        (replace(NOUS, detenteur=None, mouvement="m"), {}, False, True),
        (replace(NOUS, detenteur=Detenteur.CREANCIER, mouvement="m"), {("d", "p"): AFFECTE}, False, False),
        (replace(NOUS, moyen="compensation"), {}, False, False),
    ],
)
def test_seul_ce_qui_est_prouve_recu_par_nous_est_reverse(paiement, ibans, reverse, demande):
    encaissements, siennes = lire(paiement, ibans=ibans)
    assert bool(compute_a_reverser(encaissements, siennes)[0]) is reverse
    assert bool(list_inconnus(encaissements, siennes)) is demande


def test_un_paiement_revenu_ne_se_reverse_pas():
    assert calculer(NOUS, PaiementRejete(paiement="p")) == ()


def test_ce_qui_depasse_la_dette_est_au_debiteur():
    (ligne,) = calculer(NOUS, du="1000.00")
    assert ligne.encaisse == D(1000)
    assert "à rendre au débiteur" in ligne.raison


def test_ce_qui_est_deja_reverse_ne_l_est_pas_deux_fois_et_un_reversement_annule_redevient_du():
    fait = reverser(calculer(NOUS))
    assert calculer(NOUS, creancier=(fait,)) == ()
    (ligne,) = calculer(NOUS, creancier=(fait, ReversementAnnule(reversement="r", motif="refusé")))
    assert ligne.montant == D(2568)


def test_ce_qui_revient_impaye_apres_avoir_ete_reverse_est_repris():
    fait = reverser(calculer(NOUS))
    (ligne,) = calculer(NOUS, PaiementRejete(paiement="p"), creancier=(fait,))
    assert (ligne.encaisse, ligne.montant, ligne.commission) == (D(-3000), D(-2568), D(-360))
    assert "impayé" in ligne.raison
    assert not ligne.is_en_retard(AU)
    assert calculer(NOUS, PaiementRejete(paiement="p"), creancier=(fait, reverser([ligne], "r2"))) == ()


def test_un_paiement_que_le_creancier_avait_recu_est_repris_en_entier():
    fait = reverser(calculer(NOUS))
    (ligne,) = calculer(replace(NOUS, detenteur=Detenteur.CREANCIER), creancier=(fait,))
    assert (ligne.montant, str(ligne.raison)) == (D(-2568), "reversé en trop : à reprendre")


def test_la_convention_du_jour_de_l_encaissement_compte():
    faits = [*dater([CONVENTION], date(2026, 1, 1)), *dater([ConventionTerminee()], date(2026, 2, 1), 2)]
    assert find_convention(faits, RECU_LE) == CONVENTION
    assert find_convention(faits, date(2025, 12, 31)) is None
    assert find_convention(faits, AU) is None
    encaissements, _ = lire(NOUS)
    assert len(compute_a_reverser(encaissements, faits)[0]) == 1
    assert compute_a_reverser(encaissements, dater([CONVENTION], date(2026, 2, 1)))[0] == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 400_000), st.booleans(), st.booleans()), min_size=1, max_size=5),
    st.integers(0, 30),
    st.booleans(),
)
def test_jamais_plus_que_ce_qui_est_recu_et_du_et_rien_une_seconde_fois(recus, commission, retenue):
    paiements = [replace(NOUS, cle=f"p{n}", montant=D(c).scaleb(-2)) for n, (c, _, _) in enumerate(recus)]
    rejets = [PaiementRejete(paiement=p.cle) for p, (_, rejete, _) in zip(paiements, recus, strict=True) if rejete]
    convention = replace(CONVENTION, commission=D(commission), retenue=retenue)
    encaissements, _ = lire(*paiements, *rejets)
    lignes, _ = compute_a_reverser(encaissements, dater([convention], date(2026, 1, 1)))
    recu = sum((p.montant for p in paiements if p.cle not in {r.paiement for r in rejets}), D(0))
    assert sum((x.montant for x in lignes), D(0)) <= min(recu, D("10000.00") + D(4000))
    assert all(x.montant == x.encaisse - (x.facture if retenue else 0) for x in lignes)
    choisies = [x for x, (_, _, choisie) in zip(lignes, recus, strict=False) if choisie]
    suite, _ = compute_a_reverser(encaissements, dater([convention, reverser(choisies)], date(2026, 1, 1)))
    assert {x.cle for x in suite} == {x.cle for x in lignes} - {x.cle for x in choisies}
