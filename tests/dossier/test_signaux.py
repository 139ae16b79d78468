"""Signals ask until a person records their fact or sets them aside; they fill the form, they are never the fact."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.faits import (
    AvoirEmis,
    CreanceNee,
    DouteRejet,
    PaiementRecu,
    PaiementRejete,
    PrelevementRejete,
    RejetSignale,
    SignalEcarte,
    StatutFactureRecu,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.signaux import GesteSignal, close_signal, list_signaux

JOUR = date(2026, 11, 21)
CREANCE = CreanceNee(cle="c", numero="F-1", emission=date(2026, 9, 1), montant=Decimal("120.00"))


def numeroter(*faits, jour=JOUR):
    return [Inscription(rang=rang, date_effet=jour, fait=fait) for rang, fait in enumerate((CREANCE, *faits), 1)]


def signaler(code, **champs):
    motifs = (("DOUBLON", "Double"),)
    statut = StatutFactureRecu(
        cle="s", creance="c", numero="F-1", code=code, libelle="En litige", motifs=motifs, **champs
    )
    return statut, SuspensionDecidee(cle="s", motif="signal", creances=("c",))


@pytest.mark.parametrize(
    ("code", "geste"),
    [
        ("207", GesteSignal.CONTESTATION),
        ("210", GesteSignal.CONTESTATION),
        ("212", GesteSignal.PAIEMENT),
        ("220", GesteSignal.AVOIR),
        ("208", GesteSignal.AUCUN),
    ],
)
def test_chaque_statut_mene_a_son_fait(code, geste):
    (signal,) = list_signaux(numeroter(*signaler(code)), JOUR)
    assert (signal.geste, signal.creance, signal.jour) == (geste, "c", JOUR)
    assert "DOUBLON : Double" in signal.motif


def test_un_encaissement_donne_le_montant_et_le_jour_que_le_message_dit():
    statut, tenue = signaler("212", montant=Decimal("50.00"), encaisse_le=date(2026, 11, 3))
    (signal,) = list_signaux(numeroter(statut, tenue), JOUR)
    assert (signal.montant, signal.jour, signal.deja) == (Decimal("50.00"), date(2026, 11, 3), None)


def test_un_statut_sans_montant_n_en_invente_pas():
    (signal,) = list_signaux(numeroter(*signaler("212")), JOUR)
    assert signal.montant is None
    (annulee,) = list_signaux(numeroter(*signaler("220")), JOUR)
    assert annulee.montant == Decimal("120.00")


def test_un_paiement_deja_enregistre_est_dit_sauf_s_il_est_revenu():
    paiement = PaiementRecu(cle="p", montant=Decimal("120.00"), creances=("c",))
    faits = (*signaler("212", montant=Decimal("120.00")), paiement)
    assert list_signaux(numeroter(*faits), JOUR)[0].deja == JOUR
    assert list_signaux(numeroter(*faits, PaiementRejete(paiement="p")), JOUR)[0].deja is None
    autre = PaiementRecu(cle="p", montant=Decimal("119.99"), creances=("c",))
    assert list_signaux(numeroter(*faits[:2], autre), JOUR)[0].deja is None
    avoir = AvoirEmis(cle="a", numero="AV", montant=Decimal("120.00"), creance="c")
    assert list_signaux(numeroter(*signaler("220"), avoir), JOUR)[0].deja == JOUR


@pytest.mark.parametrize(
    "fin",
    [
        SuspensionLevee(suspension="s"),
        SignalEcarte(signal="s", motif="vu"),
    ],
)
def test_un_signal_traite_ne_demande_plus_rien(fin):
    assert list_signaux(numeroter(*signaler("210"), fin), JOUR) == ()


def test_un_signal_a_venir_fini_ou_sans_conseil_ne_demande_rien():
    statut, tenue = signaler("211")
    finie = SuspensionDecidee(cle="s", motif="signal", creances=("c",), jusqu_au=date(2026, 11, 20))
    assert list_signaux(numeroter(statut, finie), JOUR) == ()
    assert list_signaux(numeroter(statut, tenue), date(2026, 11, 20)) == ()
    assert list_signaux(numeroter(*signaler("205")), JOUR) == ()


def test_un_refus_douteux_demande_jusqu_au_rejet():
    motif = "provision insuffisante"
    rejet = RejetSignale(cle="r", prelevement="p1", code="AM04", motif=motif, doute=DouteRejet.MONTANT)
    (signal,) = list_signaux(numeroter(rejet), JOUR)
    assert (signal.geste, signal.prelevement, signal.code) == (GesteSignal.PRELEVEMENT_REJETE, "p1", "AM04")
    assert "montant" in signal.conseil
    assert list_signaux(numeroter(rejet, PrelevementRejete(prelevement="p1")), JOUR) == ()
    assert list_signaux(numeroter(rejet, SignalEcarte(signal="r", motif="autre")), JOUR) == ()


def test_enregistrer_leve_ce_que_le_signal_retenait_et_rien_d_autre():
    tous = numeroter(*signaler("210"))
    assert close_signal(tous, "s", "fait") == (SuspensionLevee(suspension="s", motif="fait"),)
    assert close_signal([*tous, *numeroter(SuspensionLevee(suspension="s"))], "s", "fait") == ()
    a_la_main = numeroter(SuspensionDecidee(cle="m", motif="à la main"))
    assert close_signal(a_la_main, "m", "fait") == ()
