"""Persons liable and what befalls them, entered in the office: facts written, faults said, amounts shown."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exigible.dossier.faits import (
    Adresse,
    AdresseChangee,
    CautionInformee,
    CessationActivite,
    CreanceCedee,
    PaiementRecu,
    PersonneDecedee,
    PersonneDechargee,
    PersonneEnProcedure,
    PersonneTenue,
    PieceJointe,
    PorteeDecharge,
    PosteRenonce,
    RenonciationFaite,
    RolePersonne,
    SolvabiliteConstatee,
    SorteInsolvabilite,
    SuspensionGarantsLevee,
    VisiteFaite,
)

D = Decimal
JOUR = date(2026, 11, 21)
CAUTION = {
    "nom": "Garante Exemple",
    "role": "caution_solidaire",
    "jour": "2026-01-02",
    "pays": "FR",
    "plafond": "500,00",
    "personne_physique": "oui",
}


@pytest.fixture
def saisir(navigateur, dossier):
    def saisir(quoi, **champs):
        return navigateur.post(reverse("saisir", args=[dossier.pk, quoi]), {"jour": "2026-11-21"} | champs)

    return saisir


@pytest.fixture
def ecran(navigateur, dossier):
    return lambda nom, *suite: navigateur.get(reverse(nom, args=[dossier.pk, *suite]))


@pytest.fixture
def dernier(dossier, lire):
    return lambda: lire(dossier)[-1]


@pytest.fixture
def caution(saisir, dernier):
    """A surety for 500 € at most, entered in the office; gives its key."""
    assert saisir("personne", **CAUTION).status_code == 302
    return dernier().fait.cle


def test_une_caution_s_enregistre_avec_son_engagement(saisir, dernier):
    saisir(
        "personne",
        **CAUTION
        | {
            "creances": ["f-F1"],
            "jusqu_au": "2026-12-31",
            "mention": "non",
            "lignes": "3 rue de l'Essai",
            "ville": "Villefictive",
        },
    )
    inscription = dernier()
    fait = inscription.fait
    assert isinstance(fait, PersonneTenue)
    assert inscription.date_effet == date(2026, 1, 2)
    assert (fait.nom, fait.role, fait.plafond) == ("Garante Exemple", RolePersonne.CAUTION_SOLIDAIRE, D("500.00"))
    assert (fait.creances, fait.jusqu_au, fait.personne_physique) == (("f-F1",), date(2026, 12, 31), True)
    assert fait.mention is False
    assert fait.adresse == Adresse(lignes=("3 rue de l'Essai",), ville="Villefictive")


@pytest.mark.parametrize(
    ("champs", "champ", "message"),
    [
        ({"role": ""}, "role", "obligatoire"),
        ({"role": "garant_autonome", "plafond": ""}, "plafond", "sans elle, il ne doit rien"),
        ({"part": "50"}, "part", "que pour un codébiteur"),
        ({"role": "codebiteur_conjoint", "plafond": "", "part": "120"}, "part", "de 0 à 100"),
        ({"jusqu_au": "2025-12-31"}, "jusqu_au", "ne peut pas précéder"),
        ({"siren": "123456789"}, "siren", "pas un SIREN"),
        ({"role": "debiteur"}, "role", "Sélectionnez un choix valide"),
    ],
)
def test_un_engagement_mal_dit_est_explique_a_son_champ(saisir, dossier, lire, champs, champ, message):
    avant = len(lire(dossier))
    reponse = saisir("personne", **CAUTION | champs)
    assert reponse.status_code == 422
    assert message in str(reponse.context["form"].errors[champ])
    assert reponse.context["form"]["nom"].value() == "Garante Exemple"  # what was typed stays
    assert len(lire(dossier)) == avant


def test_le_dossier_montre_ce_que_chacun_peut_se_voir_demander(navigateur, dossier, caution):
    """F1: 1 200 € since 31/03/2026, with interest and 40 €: more than the 500 € that the surety promised."""
    for nom in ("dossier", "dossier_contacts"):
        page = navigateur.get(reverse(nom, args=[dossier.pk]))
        montants = {p.etat.nom: p.etat.reclamable for p in page.context["personnes"]}
        assert montants["Garante Exemple"] == D("500.00")
        assert montants["Client Modèle"] == page.context["etat"].echu
        texte = page.content.decode()
        assert "Personnes tenues" in texte
        assert "Garante Exemple" in texte
    assert f"/saisir/caution-informee/?personne={caution}" in texte
    assert "500,00\xa0€" in texte


def test_sans_autre_personne_le_panneau_ne_prend_pas_de_place(navigateur, dossier):
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert page.context["personnes"] == []
    assert "Personnes tenues" not in page.content.decode()
    assert (
        "Le débiteur est seul tenu" in navigateur.get(reverse("dossier_contacts", args=[dossier.pk])).content.decode()
    )


def test_corriger_une_personne_garde_sa_cle_et_ce_qui_n_est_pas_montre(navigateur, dossier, lire, caution):
    origine = lire(dossier)[-1]
    adresse = reverse("corriger", args=[dossier.pk, origine.rang])
    form = navigateur.get(adresse).context["form"]
    assert (form["nom"].value(), form["personne_physique"].value()) == ("Garante Exemple", "oui")
    reponse = navigateur.post(adresse, CAUTION | {"plafond": "800,00"})
    assert reponse.status_code == 302
    corrigee = lire(dossier)[-1]
    assert corrigee.corrige == origine.rang
    assert (corrigee.fait.cle, corrigee.fait.plafond) == (caution, D("800.00"))


@pytest.mark.parametrize(
    ("quoi", "champs", "attendu"),
    [
        (
            "decharge",
            {"portee": "cautionnement", "motif": "accord"},
            PersonneDechargee(personne="?", portee=PorteeDecharge.CAUTIONNEMENT, motif="accord"),
        ),
        ("caution-informee", {}, CautionInformee(personne="?")),
        (
            "personne-en-procedure",
            {"sorte": "redressement", "mandataire": "Me Exemple"},
            PersonneEnProcedure(personne="?", sorte=SorteInsolvabilite.REDRESSEMENT, mandataire="Me Exemple"),
        ),
        ("deces", {"notaire": "Me Exemple"}, PersonneDecedee(personne="?", notaire="Me Exemple")),
        (
            "cessation",
            {"radiation": "on", "source": "registre"},
            CessationActivite(personne="?", radiation=True, source="registre"),
        ),
        (
            "adresse",
            {"lignes": "9 rue de l'Essai", "code_postal": "99000", "ville": "Autreville", "pays": "FR"},
            AdresseChangee(
                personne="?",
                adresse=Adresse(lignes=("9 rue de l'Essai",), code_postal="99000", ville="Autreville"),
            ),
        ),
        (
            "visite",
            {"compte_rendu": "local vide", "lieu": "siège", "visiteur": "Camille"},
            VisiteFaite(personne="?", compte_rendu="local vide", lieu="siège", visiteur="Camille"),
        ),
        (
            "solvabilite",
            {"source": "comptes déposés", "texte": "capitaux négatifs", "solvable": "non"},
            SolvabiliteConstatee(personne="?", source="comptes déposés", texte="capitaux négatifs", solvable=False),
        ),
        (
            "solvabilite",
            {"source": "enquête", "texte": "retrouvée", "banque": "Banque Exemple", "biens": "un box"},
            SolvabiliteConstatee(
                personne="?",
                source="enquête",
                texte="retrouvée",
                banque="Banque Exemple",
                biens="un box",
            ),
        ),
    ],
)  # fmt: skip
def test_ce_qui_arrive_a_une_personne(saisir, dernier, caution, ecran, quoi, champs, attendu):
    assert saisir(quoi, personne=caution, **champs).status_code == 302
    assert dernier().fait == msgspec.structs.replace(attendu, personne=caution)
    # The timeline names the person, not its key.
    entree = next(e for e in ecran("dossier").context["entrees"] if e.rang == dernier().rang)
    assert "Garante Exemple" in entree.details
    # It is corrected in the same form, which shows what was recorded.
    form = ecran("corriger", dernier().rang).context["form"]
    assert form["personne"].value() == caution
    for nom, valeur in champs.items():
        assert str(form[nom].value()) == ("True" if valeur == "on" else valeur)


def test_la_fin_de_la_suspension_des_garants(saisir, dernier):
    saisir("garants-liberes", motif="plan arrêté")
    assert dernier().fait == SuspensionGarantsLevee(motif="plan arrêté")


def test_une_cession_et_une_renonciation(saisir, dernier):
    saisir("cession", cessionnaire="Factor Exemple", creances=["f-F1"], notifiee_le="2026-11-21")
    cession = dernier().fait
    assert isinstance(cession, CreanceCedee)
    assert (cession.cessionnaire, cession.creances, cession.notifiee_le) == ("Factor Exemple", ("f-F1",), JOUR)
    saisir("renonciation", poste="interets", montant="10,00", motif="geste")
    renonciation = dernier().fait
    assert isinstance(renonciation, RenonciationFaite)
    assert (renonciation.poste, renonciation.montant) == (PosteRenonce.INTERETS, D("10.00"))


def test_une_notification_ne_precede_pas_l_acte(saisir):
    reponse = saisir("cession", cessionnaire="Factor Exemple", notifiee_le="2026-11-20")
    assert "ne peut pas précéder" in str(reponse.context["form"].errors["notifiee_le"])
    reponse = saisir("cession", cessionnaire="Factor Exemple", notifiee_le="2026-11-22")
    assert "à venir" in str(reponse.context["form"].errors["notifiee_le"])


def test_la_preuve_se_joint_avec_le_fait(saisir, dossier, lire, navigateur):
    preuve = SimpleUploadedFile("acte.pdf", b"%PDF-1.4 fictif", "application/pdf")
    assert saisir("deces", personne="debiteur", fichier=preuve).status_code == 302
    deces, jointe = [i.fait for i in lire(dossier)][-2:]
    assert isinstance(deces, PersonneDecedee)
    assert isinstance(jointe, PieceJointe)
    assert deces.piece == jointe.piece != ""
    assert jointe.nom == "acte.pdf"
    assert navigateur.get(reverse("piece", args=[jointe.piece])).status_code == 200
    # The next form offers it.
    form = navigateur.get(reverse("saisir", args=[dossier.pk, "cessation"])).context["form"]
    assert (jointe.piece, "acte.pdf") in form.fields["piece"].choices


def test_un_paiement_dit_qui_a_paye(saisir, dernier, caution, navigateur, dossier):
    saisir("paiement", montant="100,00", payeur=caution)
    assert isinstance(dernier().fait, PaiementRecu)
    assert dernier().fait.payeur == caution
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    montants = {p.etat.nom: p.etat.reclamable for p in page.context["personnes"]}
    assert montants["Garante Exemple"] == D("400.00")  # of the 500 € promised
    assert "Payé par Garante Exemple" in page.content.decode()


def test_sans_autre_personne_on_ne_demande_pas_qui_a_paye(navigateur, dossier):
    form = navigateur.get(reverse("saisir", args=[dossier.pk, "paiement"])).context["form"]
    assert "payeur" not in form.fields


def test_l_adresse_prepare_le_formulaire_et_le_retour(navigateur, dossier, caution):
    retour = reverse("dossier_contacts", args=[dossier.pk])
    adresse = f"{reverse('saisir', args=[dossier.pk, 'decharge'])}?personne={caution}&retour={retour}"
    form = navigateur.get(adresse).context["form"]
    assert form["personne"].value() == caution
    donnees = {"personne": caution, "portee": "dette", "jour": "2026-11-21", "retour": retour}
    assert navigateur.post(adresse, donnees).headers["Location"] == retour


def test_les_autres_cabinets_n_y_voient_rien(etranger, dossier):
    for nom in ("dossier_titres", "dossier_saisir", "dossier_contacts"):
        assert etranger.get(reverse(nom, args=[dossier.pk])).status_code == 404
