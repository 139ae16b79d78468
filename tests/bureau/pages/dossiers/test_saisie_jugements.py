"""Decisions and costs entered in the office: lines added and removed, faults said beside them, amounts shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exigible.dossier.faits import (
    AvanceRemboursee,
    AvanceVersee,
    ChargeDepens,
    ChargeFrais,
    DecisionAneantie,
    DecisionExecutoire,
    DelaiDeGrace,
    FraisExpose,
    FraisMisACharge,
    JugementRendu,
    JugementSignifie,
    MajorationFixee,
    MotifAneantissement,
    NatureDecision,
    NatureFrais,
    PersonneTenue,
    RegimeChef,
    RolePersonne,
)

D = Decimal
JUGEMENT = {
    "nature": "jugement",
    "jour": "2026-09-01",
    "juridiction": "Tribunal fictif",
    "reference": "26/001",
    "depens": "debiteur",
    "article_700": "500,00",
    "execution_provisoire": "on",
    "rangees": "1",
    "ligne0-montant": "1 200,00",
    "ligne0-regime": "legal",
    "ligne0-creances": ["f-F1"],
}
FRAIS = {
    "jour": "2026-10-01",
    "rangees": "1",
    "ligne0-nature": "acte_d_execution",
    "ligne0-montant": "90,00",
    "ligne0-a_la_charge": "inconnu",
}


@pytest.fixture
def saisir(navigateur, dossier):
    def saisir(sorte, champs):
        return navigateur.post(reverse("saisir", args=[dossier.pk, sorte]), champs)

    return saisir


@pytest.fixture
def dernier(dossier, lire):
    return lambda: lire(dossier)[-1]


@pytest.fixture
def juge(saisir, dernier):
    """The first invoice judged; gives the key of the decision."""
    assert saisir("jugement", JUGEMENT).status_code == 302
    return dernier().fait.cle


def test_un_jugement_d_un_chef(saisir, dernier, navigateur, dossier):
    assert saisir("jugement", JUGEMENT).status_code == 302
    inscription = dernier()
    fait = inscription.fait
    assert isinstance(fait, JugementRendu)
    assert inscription.date_effet == date(2026, 9, 1)
    assert (fait.nature, fait.juridiction, fait.reference) == (NatureDecision.JUGEMENT, "Tribunal fictif", "26/001")
    assert (fait.article_700, fait.depens, fait.execution_provisoire) == (D("500.00"), ChargeDepens.DEBITEUR, True)
    [chef] = fait.chefs
    assert (chef.montant, chef.regime, chef.creances) == (D("1200.00"), RegimeChef.LEGAL, ("f-F1",))
    assert chef.cle
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
    texte = page.content.decode()
    assert "Jugement du 01/09/2026, Tribunal fictif, 26/001" in texte
    [titre] = page.context["titres"]
    assert [c.montant for c in titre.etat.chefs] == [D("1200.00"), D("500.00")]
    assert titre.contre == "Client Modèle"


def test_plusieurs_chefs_chacun_son_regime(saisir, dernier):
    saisir(
        "jugement",
        JUGEMENT
        | {
            "rangees": "4",
            "ligne1-montant": "300,00",
            "ligne1-libelle": "dommages et intérêts",
            "ligne1-regime": "taux",
            "ligne1-taux": "8,5",
            "ligne1-depart": "2026-09-15",
            "ligne1-s_ajoute": "on",
            # the third line was opened and left blank, as the page shows it
            "ligne2-regime": "legal",
            "ligne3-montant": "10,00",
            "ligne3-regime": "aucun",
        },
    )
    premier, deuxieme, dernier_chef = dernier().fait.chefs
    assert premier.montant == D("1200.00")
    assert (deuxieme.libelle, deuxieme.regime, deuxieme.taux) == ("dommages et intérêts", RegimeChef.TAUX, D("8.5"))
    assert (deuxieme.depart, deuxieme.s_ajoute) == (date(2026, 9, 15), True)
    assert (dernier_chef.montant, dernier_chef.regime) == (D("10.00"), RegimeChef.AUCUN)
    assert len({premier.cle, deuxieme.cle, dernier_chef.cle}) == 3


def test_ajouter_et_retirer_un_chef_sans_javascript_garde_ce_qui_est_tape(saisir, dossier, lire):
    avant = len(lire(dossier))
    reponse = saisir("jugement", JUGEMENT | {"ajouter_ligne": "1", "ligne0-montant": "pas un montant"})
    assert reponse.status_code == 200  # nothing is checked yet
    form = reponse.context["form"]
    assert len(form.rangees) == 2
    assert form.rangees[0]["montant"].value() == "pas un montant"
    assert form.rangees[0]["creances"].value() == ["f-F1"]
    assert (form["juridiction"].value(), form["jour"].value()) == ("Tribunal fictif", "2026-09-01")
    assert 'name="rangees" value="2"' in reponse.content.decode()
    deux = {"rangees": "2", "ligne1-montant": "300,00", "ligne1-regime": "aucun"}
    reponse = saisir("jugement", JUGEMENT | deux | {"retirer_ligne": "0"})
    [reste] = reponse.context["form"].rangees
    assert (reste["montant"].value(), reste["regime"].value()) == ("300,00", "aucun")
    assert len(lire(dossier)) == avant


@pytest.mark.parametrize("demande", ["7", "-1", "x", ""])
def test_retirer_une_ligne_qui_n_existe_pas_ne_change_rien(saisir, demande):
    reponse = saisir("jugement", JUGEMENT | {"retirer_ligne": demande})
    assert reponse.status_code == 200
    assert len(reponse.context["form"].rangees) == 1


@pytest.mark.parametrize(
    ("champs", "champ", "message"),
    [
        ({"ligne0-montant": ""}, "montant", "obligatoire"),
        ({"ligne0-regime": "taux"}, "taux", "Indiquez le taux"),
        ({"ligne0-taux": "5"}, "taux", "pas de taux propre"),
        ({"ligne0-s_ajoute": "on"}, "creances", "ne remplace aucune facture"),
    ],
)
def test_un_chef_mal_dit_est_explique_a_son_champ(saisir, dossier, lire, champs, champ, message):
    avant = len(lire(dossier))
    reponse = saisir("jugement", JUGEMENT | champs)
    assert reponse.status_code == 422
    assert message in str(reponse.context["form"].rangees[0].errors[champ])
    assert len(lire(dossier)) == avant


@pytest.mark.parametrize(
    ("champs", "champ", "message"),
    [
        ({"jour": "2026-11-22"}, "jour", "à venir"),
        ({"grace_jusqu_au": "2026-08-31"}, "grace_jusqu_au", "après avoir commencé"),
        ({"grace_echeances": "15/12/2026 500,00"}, "grace_jusqu_au", "Indiquez la fin"),
        ({"grace_taux_reduit": "2"}, "grace_jusqu_au", "Indiquez la fin"),
        ({"grace_jusqu_au": "2027-01-31", "grace_echeances": "15/02/2027 5,00"}, "grace_echeances", "15/02/2027"),
        ({"grace_jusqu_au": "2027-01-31", "grace_echeances": "demain 5,00"}, "grace_echeances", "Ligne 1"),
        ({"paiements_comptes_au": "2026-09-02"}, "paiements_comptes_au", "après sa décision"),
    ],
)
def test_une_decision_mal_dite_est_expliquee_a_son_champ(saisir, champs, champ, message):
    reponse = saisir("jugement", JUGEMENT | champs)
    assert reponse.status_code == 422
    erreurs = str(reponse.context["form"].errors[champ])
    assert message.replace("après sa décision", "paiements d’après sa décision") in erreurs


def test_des_delais_de_grace(saisir, dernier):
    saisir(
        "jugement",
        JUGEMENT
        | {
            "grace_jusqu_au": "2027-01-31",
            "grace_taux_reduit": "3",
            "grace_echeances": "15/12/2026 500,00\n15/01/2027 700,00",
            "grace_capital_d_abord": "on",
        },
    )
    delai = dernier().fait.delai_de_grace
    assert delai == DelaiDeGrace(
        jusqu_au=date(2027, 1, 31),
        echeances=((date(2026, 12, 15), D("500.00")), (date(2027, 1, 15), D("700.00"))),
        capital_d_abord=True,
        taux_reduit=D("3"),
    )


def test_des_delais_accordes_apres_coup_n_ont_pas_de_chef(saisir, dernier, juge):
    vide = {"nature": "jugement", "jour": "2026-10-01", "rangees": "1", "ligne0-regime": "legal"}
    reponse = saisir("jugement", vide | {"grace_jusqu_au": "2027-01-31"})
    assert "obligatoire" in str(reponse.context["form"].rangees[0].errors["montant"])
    assert saisir("jugement", vide | {"grace_jusqu_au": "2027-01-31", "grace_decisions": [juge]}).status_code == 302
    fait = dernier().fait
    assert fait.chefs == ()
    assert fait.delai_de_grace.decisions == (juge,)


def test_corriger_un_jugement_garde_les_cles_de_ses_chefs(navigateur, dossier, lire, dernier, juge):
    origine = dernier()
    adresse = reverse("corriger", args=[dossier.pk, origine.rang])
    form = navigateur.get(adresse).context["form"]
    cle = form.rangees[0]["cle"].value()
    assert form.rangees[0]["montant"].value() == "1\u202f200,00" or "1" in form.rangees[0]["montant"].value()
    navigateur.post(adresse, JUGEMENT | {"ligne0-cle": cle, "ligne0-montant": "1 100,00"})
    fait = dernier().fait
    assert (fait.cle, fait.chefs[0].cle, fait.chefs[0].montant) == (juge, cle, D("1100.00"))
    assert dernier().corrige == origine.rang


def test_contre_plusieurs_solidairement(saisir, dernier, ecrire, dossier):
    ecrire(
        dossier, (PersonneTenue(cle="K", nom="Garante Exemple", role=RolePersonne.CAUTION_SOLIDAIRE), date(2026, 1, 2))
    )
    saisir("jugement", JUGEMENT | {"contre": ["debiteur", "K"], "solidaire": "on"})
    assert (dernier().fait.contre, dernier().fait.solidaire) == (("debiteur", "K"), True)


def test_ce_qui_arrive_a_une_decision(saisir, dernier, juge, navigateur, dossier):
    jour = {"jour": "2026-10-01", "decision": juge}
    for sorte, champs, attendu in (
        ("signification", {}, JugementSignifie(decision=juge)),
        ("executoire", {"motif": "certificat"}, DecisionExecutoire(decision=juge, motif="certificat")),
        ("majoration", {"points": "2,5"}, MajorationFixee(decision=juge, points=D("2.5"))),
        (
            "decision-aneantie",
            {"motif": "opposition"},
            DecisionAneantie(decision=juge, motif=MotifAneantissement.OPPOSITION),
        ),
    ):
        assert saisir(sorte, jour | champs).status_code == 302
        assert dernier().fait == attendu
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
    assert page.context["titres"] == []
    assert "Opposition" in page.content.decode()
    fil = navigateur.get(reverse("dossier", args=[dossier.pk])).context["entrees"]
    assert all(
        "Jugement du 01/09/2026, Tribunal fictif, 26/001" in e.details for e in fil if e.titre.startswith("Décision ")
    )


def test_la_majoration_va_de_zero_a_cinq(saisir, juge):
    reponse = saisir("majoration", {"jour": "2026-10-01", "decision": juge, "points": "6"})
    assert "0 à 5" in str(reponse.context["form"].errors["points"])


def test_un_arret_prend_la_place_du_jugement(saisir, dernier, juge, navigateur, dossier):
    saisir(
        "jugement", JUGEMENT | {"nature": "arret", "jour": "2026-11-10", "remplace": juge, "ligne0-montant": "900,00"}
    )
    assert dernier().fait.remplace == juge
    [titre] = navigateur.get(reverse("dossier_titres", args=[dossier.pk])).context["titres"]
    assert titre.etat.chefs[0].montant == D("900.00")


def test_la_page_se_lit_a_une_autre_date(navigateur, dossier, juge):
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]), {"au": "2026-08-31"})
    assert page.context["titres"] == []


# --- Costs ------------------------------------------------------------------------------------------------------------


def test_les_lignes_d_un_releve_sont_autant_de_frais(saisir, dossier, lire, juge, navigateur):
    avant = len(lire(dossier))
    preuve = SimpleUploadedFile("releve.pdf", b"%PDF-1.4 releve", "application/pdf")
    reponse = saisir(
        "frais",
        FRAIS
        | {
            "decision": juge,
            "rangees": "3",
            "ligne0-article": "A444-29",
            "ligne0-montant_ht": "75,00",
            "ligne1-nature": "honoraires",
            "ligne1-montant": "240,00",
            "ligne1-a_la_charge": "debiteur",
            "ligne1-le": "2026-10-05",
            "ligne2-nature": "acte_d_execution",
            "ligne2-a_la_charge": "inconnu",
            "fichier": preuve,
        },
    )
    assert reponse.status_code == 302
    un, deux, jointe = lire(dossier)[avant:]
    assert isinstance(un.fait, FraisExpose)
    assert (un.fait.nature, un.fait.montant, un.fait.montant_ht) == (
        NatureFrais.ACTE_D_EXECUTION,
        D("90.00"),
        D("75.00"),
    )
    assert (un.fait.decision, un.fait.article, un.date_effet) == (juge, "A444-29", date(2026, 10, 1))
    assert (deux.fait.montant, deux.fait.a_la_charge, deux.date_effet) == (
        D("240.00"),
        ChargeFrais.DEBITEUR,
        date(2026, 10, 5),
    )
    assert un.fait.piece == deux.fait.piece == jointe.fait.piece != ""
    assert un.fait.cle != deux.fait.cle
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
    # A seizure under an enforceable title is on the debtor; fees are not, whatever the bill says (CPC 695, 696).
    assert [(x.etat.frais.montant, x.etat.reclame) for x in page.context["frais"]] == [
        (D("90.00"), True),
        (D("240.00"), False),
    ]
    assert page.context["etat"].frais.reclames == D("90.00")


def test_corriger_un_frais_ne_montre_que_sa_ligne(saisir, navigateur, dossier, lire, dernier):
    saisir("frais", FRAIS)
    origine = dernier()
    adresse = reverse("corriger", args=[dossier.pk, origine.rang])
    page = navigateur.get(adresse)
    assert len(page.context["form"].rangees) == 1
    assert "ajouter_ligne" not in page.content.decode()
    navigateur.post(adresse, FRAIS | {"ligne0-montant": "95,00", "ligne0-libelle": "saisie"})
    assert (dernier().fait.cle, dernier().fait.montant) == (origine.fait.cle, D("95.00"))
    assert dernier().corrige == origine.rang


def test_le_hors_taxes_ne_depasse_pas_le_total(saisir):
    reponse = saisir("frais", FRAIS | {"ligne0-montant_ht": "100,00"})
    assert "ne peut pas dépasser" in str(reponse.context["form"].rangees[0].errors["montant_ht"])


def test_un_acte_a_venir_n_a_rien_coute(saisir):
    reponse = saisir("frais", FRAIS | {"ligne0-le": "2026-11-22"})
    assert "à venir" in str(reponse.context["form"].rangees[0].errors["le"])


def test_le_juge_met_des_frais_a_la_charge_du_creancier(saisir, dernier, navigateur, dossier):
    saisir("frais", FRAIS)
    cle = dernier().fait.cle
    saisir("frais-juges", {"jour": "2026-11-01", "frais": [cle], "charge": "creancier"})
    assert dernier().fait == FraisMisACharge(frais=(cle,), charge=ChargeFrais.CREANCIER)
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
    assert page.context["etat"].frais.au_creancier == D("90.00")
    fil = navigateur.get(reverse("dossier", args=[dossier.pk])).context["entrees"]
    assert fil[0].details == ("Acte d’exécution, 90,00\xa0€ (01/10/2026)",)


def test_une_avance_et_son_remboursement(saisir, navigateur, dossier, dernier, lire):
    champs = {"jour": "2026-10-01", "a": "Étude fictive", "montant": "300,00"}
    reponse = saisir("avance", champs | {"remboursee": "400,00"})
    assert "ne peut pas dépasser" in str(reponse.context["form"].errors["remboursee"])
    saisir("avance", champs | {"remboursee": "20,00"})
    avance = dernier().fait
    assert isinstance(avance, AvanceVersee)
    rendu = {"jour": "2026-11-02", "avance": avance.cle, "montant": "120,00"}
    for faux, champ in (({"montant": "280,01"}, "montant"), ({"jour": "2026-09-30"}, "jour")):
        assert saisir("remboursement", rendu | faux).context["form"].errors.keys() == {champ}
    preuve = SimpleUploadedFile("quittance.pdf", b"%PDF-1.4 quittance", "application/pdf")
    assert saisir("remboursement", rendu | {"fichier": preuve}).status_code == 302
    remboursement = lire(dossier)[-2]
    assert remboursement.fait == AvanceRemboursee(
        avance=avance.cle, montant=D("120.00"), piece=lire(dossier)[-1].fait.piece
    )
    page = navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
    assert page.context["etat"].frais.avance == D("160.00")  # 300 − 20 − 120
    assert "140,00" in page.content.decode()
    avant = navigateur.get(reverse("dossier_titres", args=[dossier.pk]), {"au": "2026-11-01"})
    assert avant.context["etat"].frais.avance == D("280.00")
    # Correcting it does not count it twice: 280 is all that is left but for itself.
    corrige = reverse("corriger", args=[dossier.pk, remboursement.rang])
    assert navigateur.post(corrige, rendu | {"montant": "280,00"}).status_code == 302
    assert navigateur.get(reverse("dossier_titres", args=[dossier.pk])).context["etat"].frais.avance == D("0.00")


def test_la_page_lit_un_nombre_fixe_de_lignes_en_base(navigateur, dossier, juge, saisir, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as peu:
        navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
        nombre = len(peu)
    assert nombre > 0
    for _ in range(4):
        saisir("frais", FRAIS)
    with django_assert_max_num_queries(nombre):
        navigateur.get(reverse("dossier_titres", args=[dossier.pk]))
