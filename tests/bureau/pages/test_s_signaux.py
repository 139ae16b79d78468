"""Statuses of invoices lead to a form already filled, that a person checks; once it is recorded, they ask no more."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.imports.doublons import find_doublons
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.faits import (
    AvoirEmis,
    ContestationRecue,
    PaiementRecu,
    SignalEcarte,
    StatutFactureRecu,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import list_effectives

JOUR = date(2026, 11, 21)
LE = date(2026, 11, 10)


@pytest.fixture
def dossier(ouvrir_dossier):
    return ouvrir_dossier("Client Signalé", "1200.00", 40)


@pytest.fixture
def signaler(dossier):
    """A function that records what an imported status does."""

    def record(code, **champs):
        creance = load_etat(dossier).creances[0]
        statut = StatutFactureRecu(
            cle=f"cdv-{code}",
            creance=creance.cle,
            numero=creance.creance.numero,
            code=code,
            libelle="En litige",
            motifs=(("QTE_ERR", "Quantité fausse"),),
            **champs,
        )
        tenue = SuspensionDecidee(cle=statut.cle, motif="signal", creances=(creance.cle,))
        record_faits(dossier.chaine, [FaitAEcrire(f, LE) for f in (statut, tenue)], "essai")
        return creance.cle

    return record


def lire_faits(dossier, sorte):
    return [
        (i.date_effet, i.fait)
        for i in list_effectives(read_inscriptions(dossier.chaine), date.max)
        if isinstance(i.fait, sorte)
    ]


def remplir(navigateur, adresse, **autres):
    """Send the form as it is shown, as a person who checks it does."""
    form = navigateur.get(adresse).context["form"]
    valeurs = {nom: form[nom].value() for nom in form.fields}
    reponse = navigateur.post(adresse, {nom: v for nom, v in (valeurs | autres).items() if v is not None})
    assert reponse.status_code == 302, reponse.context["form"].errors
    return reponse


def montrer(navigateur, dossier):
    return navigateur.get(reverse("dossier", args=[dossier.pk])).context["signaux"]


@pytest.mark.parametrize("code", ["207", "210"])
def test_un_litige_prepare_la_contestation(navigateur, dossier, signaler, code):
    creance = signaler(code)
    (montre,) = montrer(navigateur, dossier)
    assert lire_faits(dossier, ContestationRecue) == []
    reponse = remplir(navigateur, montre.preparer)
    assert reponse.url == reverse("dossier", args=[dossier.pk])
    ((jour, contestation),) = lire_faits(dossier, ContestationRecue)
    assert (jour, contestation.creances, contestation.montant) == (LE, (creance,), None)
    assert "QTE_ERR : Quantité fausse" in contestation.motif
    assert [f.suspension for _, f in lire_faits(dossier, SuspensionLevee)] == [f"cdv-{code}"]
    assert montrer(navigateur, dossier) == []
    # The dispute itself now holds the claim.
    assert {s.motif.value for s in load_etat(dossier).creances[0].suspensions} == {"contestation"}


def test_un_encaissement_prepare_le_paiement_du_montant_et_du_jour_dits(navigateur, dossier, signaler):
    creance = signaler("212", montant=Decimal("700.50"), encaisse_le=date(2026, 11, 4))
    (montre,) = montrer(navigateur, dossier)
    remplir(navigateur, montre.preparer)
    ((jour, paiement),) = lire_faits(dossier, PaiementRecu)
    assert (jour, paiement.montant, paiement.creances) == (date(2026, 11, 4), Decimal("700.50"), (creance,))
    assert load_etat(dossier).creances[0].suspensions == ()
    assert montrer(navigateur, dossier) == []


def test_un_encaissement_sans_montant_se_saisit(navigateur, dossier, signaler):
    signaler("212")
    (montre,) = montrer(navigateur, dossier)
    assert navigateur.post(montre.preparer, {"jour": "2026-11-10", "montant": ""}).status_code == 422
    assert lire_faits(dossier, PaiementRecu) == []
    remplir(navigateur, montre.preparer, montant="10,00")
    assert lire_faits(dossier, PaiementRecu)[0][1].montant == Decimal("10.00")


def test_un_paiement_deja_enregistre_est_signale(navigateur, dossier, signaler):
    creance = signaler("212", montant=Decimal("700.50"))
    deja = PaiementRecu(cle="p", montant=Decimal("700.50"), creances=(creance,))
    record_faits(dossier.chaine, [FaitAEcrire(deja, LE)], "essai")
    assert "Peut-être déjà enregistré" in navigateur.get(reverse("import_signaux")).content.decode()


def test_une_annulation_prepare_l_avoir(navigateur, dossier, signaler):
    creance = signaler("220")
    (montre,) = montrer(navigateur, dossier)
    remplir(navigateur, montre.preparer, numero="AV-1")
    ((_, avoir),) = lire_faits(dossier, AvoirEmis)
    assert (avoir.creance, avoir.montant) == (creance, Decimal("1200.00"))


def test_un_signal_s_ecarte_avec_sa_raison(navigateur, dossier, signaler):
    signaler("208")
    (montre,) = montrer(navigateur, dossier)
    assert montre.preparer == ""
    assert navigateur.post(montre.ecarter, {"signal": "cdv-208", "jour": "2026-11-21"}).status_code == 422
    remplir(navigateur, montre.ecarter, motif="pièce envoyée")
    assert [f.motif for _, f in lire_faits(dossier, SignalEcarte)] == ["pièce envoyée"]
    assert load_etat(dossier).creances[0].suspensions == ()
    assert montrer(navigateur, dossier) == []


def test_les_signaux_d_un_autre_cabinet_ne_se_voient_pas(navigateur, dossier_d_autrui):
    creance = load_etat(dossier_d_autrui).creances[0].cle
    statut = StatutFactureRecu(cle="s", creance=creance, numero="F", code="210", libelle="Refusée")
    faits = [FaitAEcrire(f, LE) for f in (statut, SuspensionDecidee(cle="s", motif="x"))]
    record_faits(dossier_d_autrui.chaine, faits, "essai")
    assert navigateur.get(reverse("import_signaux")).context["signaux"] == []


def test_ce_sont_deux_clients_se_revoit(navigateur, creancier, ouvrir_dossier):
    paire = [ouvrir_dossier(nom, "10.00", 5, siren="732829320") for nom in ("Exemple Un", "Exemple Deux")]
    champs = {"garde": paire[0].pk, "absorbe": paire[1].pk, "distincts": "1"}
    navigateur.post(reverse("import_doublons_decider"), champs)
    assert find_doublons([creancier]) == []
    page = navigateur.get(reverse("import_doublons"))
    (meme,) = page.context["distincts"]
    adresse = reverse("import_doublons_reconsiderer", args=[meme.pk])
    assert adresse in page.content.decode()
    assert navigateur.post(adresse).status_code == 302
    assert len(find_doublons([creancier])) == 1
    meme.refresh_from_db()
    assert meme.separe_par
    assert navigateur.post(adresse).status_code == 404
    assert len(navigateur.get(reverse("import_doublons")).context["distincts"]) == 0


def test_revoir_n_est_pas_separer_un_regroupement(navigateur, ouvrir_dossier):
    paire = [ouvrir_dossier(nom, "10.00", 5) for nom in ("Exemple Un", "Exemple Deux")]
    champs = {"garde": paire[0].pk, "absorbe": paire[1].pk, "regrouper": "1"}
    navigateur.post(reverse("import_doublons_decider"), champs)
    (meme,) = navigateur.get(reverse("import_doublons")).context["regroupes"]
    assert navigateur.post(reverse("import_doublons_reconsiderer", args=[meme.pk])).status_code == 404
