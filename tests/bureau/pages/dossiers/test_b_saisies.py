"""What a person records by hand: the fact written, the faults said in French, corrections, cancellations, files."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exigible.bureau.journal.models import Piece
from exigible.bureau.pages.formulaires.registre import SORTES
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.faits import (
    AppelPasse,
    AvoirEmis,
    Canal,
    ContestationClose,
    ContestationRecue,
    CourrierPoste,
    CreanceNee,
    DebiteurDecrit,
    Etape,
    FaitAnnule,
    IssueAppel,
    NoteAjoutee,
    OrigineEcheance,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    Reclamation,
    ReclamationDecidee,
    RelanceFaite,
    SurendettementRecevable,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)


@pytest.fixture
def saisir(navigateur, dossier):
    def saisir(sorte, **champs):
        return navigateur.post(reverse("saisir", args=[dossier.pk, sorte]), {"jour": "2026-11-21"} | champs)

    return saisir


@pytest.fixture
def dernier(dossier, lire):
    """The last entry of the journal."""
    return lambda: lire(dossier)[-1]


@pytest.mark.parametrize("sorte", list(SORTES))
def test_chaque_formulaire_s_affiche_et_dit_ce_qui_manque(navigateur, dossier, lire, sorte):
    adresse = reverse("saisir", args=[dossier.pk, sorte])
    assert navigateur.get(adresse).status_code == 200
    avant = len(lire(dossier))
    reponse = navigateur.post(adresse, {})
    assert reponse.status_code == 422
    texte = reponse.content.decode()
    assert "Ce champ est obligatoire." in texte
    assert 'aria-invalid="true"' in texte
    assert len(lire(dossier)) == avant


def test_une_sorte_inconnue_n_existe_pas(navigateur, dossier):
    assert navigateur.get(reverse("saisir", args=[dossier.pk, "pirouette"])).status_code == 404


def test_un_paiement_s_ecrit_et_se_voit(saisir, dernier, navigateur, dossier):
    reponse = saisir("paiement", montant="1 200,50 €", creances=["f-F1"], moyen="virement", libelle="VIR CLIENT")
    assert reponse.headers["Location"] == reverse("dossier", args=[dossier.pk])
    paiement = dernier()
    assert (paiement.date_effet, paiement.auteur) == (JOUR, "camille@exemple.example")
    assert isinstance(paiement.fait, PaiementRecu)
    assert (paiement.fait.montant, paiement.fait.creances) == (Decimal("1200.50"), ("f-F1",))
    # 1 335,05 − 1 200,50
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["etat"].echu == Decimal("134.55")


@pytest.mark.parametrize(
    ("montant", "message"),
    [
        ("1.234,56", "n&#x27;est pas lisible"),
        ("12,345", "plus de deux décimales"),
        ("0", "supérieur à zéro"),
        ("-5", "supérieur à zéro"),
        ("beaucoup", "n&#x27;est pas lisible"),
    ],
)
def test_un_montant_mal_ecrit_est_explique(saisir, dossier, lire, montant, message):
    avant = len(lire(dossier))
    reponse = saisir("paiement", montant=montant)
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert len(lire(dossier)) == avant


@pytest.mark.parametrize(
    ("jour", "message"),
    [("2026-11-22", "Cette date est à venir"), ("31/02/2026", "n’existe pas"), ("hier", "n’existe pas")],
)
def test_une_date_a_venir_ou_fausse_est_refusee(saisir, jour, message):
    reponse = saisir("paiement", montant="10", jour=jour)
    assert reponse.status_code == 422
    assert message in reponse.content.decode()


def test_une_facture_sans_echeance_recoit_celle_des_conditions_de_vente(saisir, dernier):
    saisir("facture", numero="F3", emission="15/10/2026", montant="100,00")
    fait = dernier().fait
    assert isinstance(fait, CreanceNee)
    assert (fait.echeance, fait.origine_echeance, fait.conditions) == (
        date(2026, 11, 14),
        OrigineEcheance.CONDITIONS_DE_VENTE,
        "30 jours",
    )
    assert dernier().date_effet == date(2026, 10, 15)


def test_une_facture_ne_s_entre_pas_deux_fois(saisir):
    reponse = saisir("facture", numero="f1", emission="2026-03-01", montant="1200,00", echeance="2026-03-31")
    assert "est déjà dans ce dossier" in reponse.content.decode()


def test_une_echeance_ne_precede_pas_la_facture(saisir):
    reponse = saisir("facture", numero="F3", emission="2026-03-01", montant="12,00", echeance="2026-02-01")
    assert "ne peut pas précéder la date d’émission" in reponse.content.decode()


def test_un_avoir_sur_une_facture(saisir, dernier):
    saisir("avoir", numero="AV1", montant="200,00", creance="f-F1")
    fait = dernier().fait
    assert isinstance(fait, AvoirEmis)
    assert (fait.numero, fait.montant, fait.creance) == ("AV1", Decimal("200.00"), "f-F1")


def test_un_paiement_rejete_compte_comme_jamais_recu(saisir, dernier, navigateur, dossier):
    saisir("paiement", montant="1000,00")
    saisir("rejet", paiement=dernier().fait.cle, motif="Provision insuffisante")
    assert isinstance(dernier().fait, PaiementRejete)
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["etat"].echu == Decimal("1335.05")
    reponse = navigateur.get(reverse("saisir", args=[dossier.pk, "rejet"]))
    assert reponse.context["form"].fields["paiement"].choices == []


def test_une_promesse_suspend_puis_se_voit(saisir, dernier, navigateur, dossier):
    saisir("promesse", jusqu_au="2026-12-05", creances=["f-F1"], montant="500", commentaire="Par téléphone")
    fait = dernier().fait
    assert isinstance(fait, PromesseRecue)
    assert (fait.jusqu_au, fait.montant) == (date(2026, 12, 5), Decimal("500.00"))
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert {r.code for r in page.context["retenues"]} >= {"promesse"}


def test_une_promesse_regarde_devant(saisir):
    reponse = saisir("promesse", jusqu_au="2026-11-20")
    assert "ne peut pas précéder" in reponse.content.decode()


def test_une_contestation_s_ouvre_et_se_clot(saisir, dernier):
    saisir("contestation", creances=["f-F1"], motif="Colis manquant", montant="300")
    contestation = dernier().fait
    assert isinstance(contestation, ContestationRecue)
    saisir("contestation-close", contestation=contestation.cle, issue="non_fondee", commentaire="Bon signé")
    close = dernier().fait
    assert isinstance(close, ContestationClose)
    assert close.contestation == contestation.cle


def test_un_plan_se_genere_par_mois(saisir, dernier):
    saisir("plan", creances=["f-F1"], montant="1000", nombre="3", premiere="2026-11-30")
    fait = dernier().fait
    assert isinstance(fait, PlanConvenu)
    assert [(e.jour, e.montant) for e in fait.echeances] == [
        (date(2026, 11, 30), Decimal("333.33")),
        (date(2026, 12, 30), Decimal("333.33")),
        (date(2027, 1, 30), Decimal("333.34")),
    ]


def test_un_plan_s_ecrit_ligne_par_ligne(saisir, dernier):
    saisir("plan", creances=["f-F1"], detail="15/01/2027 1 000,00\n\n15/12/2026;200,00")
    assert [(e.jour, e.montant) for e in dernier().fait.echeances] == [
        (date(2026, 12, 15), Decimal("200.00")),
        (date(2027, 1, 15), Decimal("1000.00")),
    ]


@pytest.mark.parametrize(
    ("detail", "message"),
    [
        ("15/12/2026 200\n32/12/2026 200", "Ligne 2"),
        ("15/12/2026 beaucoup", "Ligne 1"),
        ("15/12/2026 0", "Ligne 1 : le montant doit être supérieur à zéro"),
    ],
)
def test_une_ligne_de_plan_fausse_est_nommee(saisir, detail, message):
    assert message in saisir("plan", creances=["f-F1"], detail=detail).content.decode()


def test_ne_pas_relancer_puis_reprendre(saisir, dernier, navigateur, dossier):
    saisir("ne-pas-relancer", motif="Négociation en cours", jusqu_au="2026-12-31")
    decision = dernier().fait
    assert isinstance(decision, SuspensionDecidee)
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["actions"] == []
    saisir("reprise", suspension=decision.cle)
    assert isinstance(dernier().fait, SuspensionLevee)
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["actions"] != []


def test_une_procedure_collective_arrete_tout(saisir, dernier, navigateur, dossier):
    saisir("procedure-collective", nature="redressement judiciaire", mandataire="Me Exemple")
    assert isinstance(dernier().fait, ProcedureCollectiveOuverte)
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert page.context["actions"] == []
    assert "procedure_collective" in {r.code for r in page.context["retenues"]}


def test_un_surendettement_s_enregistre(saisir, dernier):
    saisir("surendettement", commission="Commission de Villefictive")
    assert isinstance(dernier().fait, SurendettementRecevable)


def test_la_reclamation_se_decide_par_dossier(saisir, dernier, navigateur, dossier):
    saisir("penalites", penalites="renoncer", indemnite="", motif="Bon client")
    fait = dernier().fait
    assert fait == ReclamationDecidee(penalites=Reclamation.RENONCER, indemnite=None, motif="Bon client")
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["etat"].echu == Decimal("1240.00")


def test_le_debiteur_se_decrit_a_nouveau(navigateur, dossier, dernier):
    adresse = reverse("saisir", args=[dossier.pk, "debiteur"])
    champs = navigateur.get(adresse).context["form"].initial
    assert (champs["nom"], champs["ville"]) == ("Client Modèle", "Villefictive")
    donnees = {nom: valeur or "" for nom, valeur in champs.items()} | {
        "jour": "2026-11-21",
        "siren": "552 100 554",
        "lignes": "3 rue du Test\nBâtiment B",
    }
    assert navigateur.post(adresse, donnees).status_code == 302
    fait = dernier().fait
    assert isinstance(fait, DebiteurDecrit)
    assert (fait.siren, fait.adresse.lignes) == ("552100554", ("3 rue du Test", "Bâtiment B"))


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("siren", "552100555", "pas un SIREN"),
        ("iban", "FR7600000", "pas valable"),
        ("courriel", "pas-une-adresse", "adresse"),
        ("pays", "France", "valide"),
    ],
)
def test_un_identifiant_faux_est_explique(navigateur, dossier, champ, valeur, message):
    donnees = {"jour": "2026-11-21", "nom": "X", "qualite": "professionnel", "pays": "FR", champ: valeur}
    reponse = navigateur.post(reverse("saisir", args=[dossier.pk, "debiteur"]), donnees)
    assert reponse.status_code == 422
    assert message in " ".join(reponse.context["form"].errors[champ])


def test_un_consommateur_est_une_personne_physique(navigateur, dossier):
    donnees = {
        "jour": "2026-11-21", "nom": "X", "qualite": "consommateur", "pays": "FR", "personne_physique": "non",
    }  # fmt: skip
    reponse = navigateur.post(reverse("saisir", args=[dossier.pk, "debiteur"]), donnees)
    assert "personne_physique" in reponse.context["form"].errors


def test_un_appel_et_une_note(saisir, dernier):
    saisir("appel", creances=["f-F1"], issue="abouti", interlocuteur="Mme Modèle", compte_rendu="Paiera vendredi")
    assert dernier().fait == AppelPasse(
        creances=("f-F1",), issue=IssueAppel.ABOUTI, interlocuteur="Mme Modèle", compte_rendu="Paiera vendredi"
    )
    saisir("note", texte="Vu au salon")
    assert dernier().fait == NoteAjoutee(texte="Vu au salon")


def test_une_action_se_reporte_et_se_laisse(saisir, dernier, navigateur, dossier):
    saisir("report", etape="mise_en_demeure", creances=["f-F1"], jusqu_au="2026-11-30")
    assert (dernier().fait.etape, dernier().fait.jusqu_au) == (Etape.MISE_EN_DEMEURE, date(2026, 11, 30))
    assert navigateur.get(reverse("dossier", args=[dossier.pk])).context["actions"] == []
    reponse = saisir("report", etape="mise_en_demeure", creances=["f-F1"], jusqu_au="2026-11-21")
    assert "Choisissez un jour à venir" in reponse.content.decode()
    saisir("ignorer", etape="mise_en_demeure", creances=["f-F1"], motif="Geste commercial")
    assert dernier().fait.motif == "Geste commercial"


def test_l_adresse_prepare_le_formulaire(navigateur, dossier):
    adresse = reverse("saisir", args=[dossier.pk, "report"])
    form = navigateur.get(adresse, {"etape": "mise_en_demeure", "creances": ["f-F1"], "csrf": "x"}).context["form"]
    assert form["etape"].value() == "mise_en_demeure"
    assert form["creances"].value() == ["f-F1"]


def test_corriger_remplace_depuis_l_origine_et_garde_la_cle(navigateur, dossier, dernier):
    adresse = reverse("corriger", args=[dossier.pk, 2])
    form = navigateur.get(adresse).context["form"]
    assert (form.initial["numero"], form.initial["montant"]) == ("F1", Decimal("1200.00"))
    donnees = {"numero": "F1", "emission": "2026-03-01", "echeance": "2026-03-31", "montant": "1000,00"}
    assert navigateur.post(adresse, donnees).status_code == 302
    correction = dernier()
    assert (correction.corrige, correction.fait.cle, correction.fait.montant) == (2, "f-F1", Decimal("1000.00"))
    assert correction.fait.origine_echeance is OrigineEcheance.FACTURE
    creances = navigateur.get(reverse("dossier", args=[dossier.pk])).context["etat"].creances
    assert [c.creance.montant for c in creances if c.cle == "f-F1"] == [Decimal("1000.00")]
    # What was replaced is no longer corrected: its replacement is.
    assert navigateur.get(adresse).status_code == 404


def test_corriger_un_plan_montre_ses_echeances(saisir, navigateur, dossier, dernier):
    saisir("plan", creances=["f-F1"], montant="1000", nombre="2", premiere="2026-12-15")
    form = navigateur.get(reverse("corriger", args=[dossier.pk, dernier().rang])).context["form"]
    assert form.initial["detail"] == "15/12/2026 500,00\n15/01/2027 500,00"


def test_annuler_demande_pourquoi(navigateur, dossier, dernier, lire):
    adresse = reverse("annuler", args=[dossier.pk, 3])
    assert navigateur.post(adresse, {"motif": ""}).status_code == 422
    assert len(lire(dossier)) == 4
    navigateur.post(adresse, {"motif": "Facture d'un autre client"})
    assert (dernier().corrige, dernier().fait) == (3, FaitAnnule(motif="Facture d'un autre client"))


def test_une_inscription_absente_n_existe_pas(navigateur, dossier):
    assert navigateur.get(reverse("annuler", args=[dossier.pk, 99])).status_code == 404
    assert navigateur.get(reverse("corriger", args=[dossier.pk, 99])).status_code == 404


def test_un_envoi_deja_fait_se_note_puis_se_corrige(saisir, navigateur, dossier, dernier):
    saisir("deja-envoye", etape="relance", creances=["f-F1"], mode="courriel", jour="2026-11-10")
    fait = dernier().fait
    assert isinstance(fait, RelanceFaite)
    assert (fait.canal, fait.anterieure, dernier().date_effet) == (Canal.COURRIEL, True, date(2026, 11, 10))
    adresse = reverse("corriger", args=[dossier.pk, dernier().rang])
    form = navigateur.get(adresse).context["form"]
    assert (form["etape"].value(), form["mode"].value()) == ("relance", "courriel")
    donnees = {"jour": "2026-11-10", "etape": "mise_en_demeure", "creances": ["f-F1"], "mode": "lrar", "numero": "1A 0"}
    assert navigateur.post(adresse, donnees).status_code == 302
    courrier = dernier().fait
    assert isinstance(courrier, CourrierPoste)
    assert (courrier.anterieur, courrier.numero) == (True, "1A 0")
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert page.context["etat"].stade.value == "mise_en_demeure"
    # It has no bytes of ours, and may still be said received.
    texte = navigateur.get(reverse("courrier", args=[page.context["courriers"][0].pk])).content.decode()
    assert "Lettre envoyée avant la reprise" in texte
    assert "Qu’est-elle devenue" in texte


def test_un_courrier_poste_ne_se_corrige_pas_il_s_annule(saisir, navigateur, dossier, dernier):
    saisir("deja-envoye", etape="mise_en_demeure", creances=["f-F1"], mode="lrar", jour="2026-11-10")
    assert navigateur.get(reverse("corriger", args=[dossier.pk, dernier().rang])).status_code == 404
    assert navigateur.get(reverse("annuler", args=[dossier.pk, dernier().rang])).status_code == 200


def test_une_piece_se_joint_puis_se_relit(saisir, navigateur, etranger, dernier, dossier):
    fichier = SimpleUploadedFile("bon de commande.pdf", b"%PDF-1.4 essai", content_type="application/pdf")
    assert saisir("piece", fichier=fichier, description="Bon signé").status_code == 302
    fait = dernier().fait
    assert (fait.nom, fait.description) == ("bon de commande.pdf", "Bon signé")
    adresse = reverse("piece", args=[fait.piece])
    reponse = navigateur.get(adresse)
    assert reponse.content == b"%PDF-1.4 essai"
    assert reponse.headers["Content-Type"] == "application/pdf"
    assert reponse.headers["Content-Disposition"].startswith("inline")
    assert etranger.get(adresse).status_code == 404
    texte = navigateur.get(reverse("dossier_pieces", args=[dossier.pk])).content.decode()
    assert "Bon signé" in texte
    assert fait.piece[:16] in texte


def test_une_page_html_jointe_ne_s_execute_jamais_chez_nous(saisir, navigateur, dernier):
    fichier = SimpleUploadedFile("piege.html", b"<script>alert(1)</script>", content_type="text/html")
    saisir("piece", fichier=fichier)
    reponse = navigateur.get(reverse("piece", args=[dernier().fait.piece]))
    assert reponse.headers["Content-Type"] == "application/octet-stream"
    assert reponse.headers["Content-Disposition"].startswith("attachment")
    assert reponse.headers["X-Content-Type-Options"] == "nosniff"


def test_une_piece_effacee_le_dit(saisir, navigateur, dernier):
    saisir("piece", fichier=SimpleUploadedFile("a.pdf", b"%PDF", content_type="application/pdf"))
    Piece.objects.update(contenu=None)
    assert navigateur.get(reverse("piece", args=[dernier().fait.piece])).status_code == 404


@pytest.mark.parametrize("retour", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_le_retour_ne_mene_jamais_ailleurs(saisir, dossier, retour):
    assert saisir("note", texte="x", retour=retour).headers["Location"] == reverse("dossier", args=[dossier.pk])


def test_le_retour_peut_etre_une_de_nos_pages(saisir, dossier):
    retour = reverse("dossier_pieces", args=[dossier.pk])
    assert saisir("note", texte="x", retour=retour).headers["Location"] == retour


# --- New creditors and debtors ----------------------------------------------------------------------------------------


def test_un_creancier_se_cree(navigateur, cabinet, creancier):
    adresse = reverse("creancier_nouveau")
    donnees = {"nom": "Menuiserie Exemple", "qualite": "professionnel", "pays": "FR", "siren": "552100554"}
    assert navigateur.post(adresse, donnees).status_code == 302
    nouveau = Creancier.objects.get(nom="Menuiserie Exemple")
    assert (nouveau.cabinet, nouveau.siren) == (cabinet, "552100554")
    assert "porte déjà ce nom" in navigateur.post(adresse, donnees | {"nom": "atelier exemple"}).content.decode()


def test_un_debiteur_se_cree_et_attend_sa_facture(navigateur, creancier):
    donnees = {"creancier": str(creancier.pk), "nom": "Nouveau", "qualite": "inconnue", "pays": "FR"}
    reponse = navigateur.post(reverse("dossier_nouveau"), donnees)
    dossier = Dossier.objects.get(debiteur_nom="Nouveau")
    assert dossier.qualite == QualitePartie.INCONNUE.value
    assert reponse.headers["Location"] == reverse("saisir", args=[dossier.pk, "facture"])


def test_le_creancier_d_un_autre_cabinet_ne_se_choisit_pas(etranger, navigateur, creancier, cabinet):
    # The stranger has no creditor: the page sends to create one.
    assert etranger.get(reverse("dossier_nouveau")).headers["Location"] == reverse("creancier_nouveau")
    donnees = {"nom": "Le mien", "qualite": "professionnel", "pays": "FR"}
    etranger.post(reverse("creancier_nouveau"), donnees)
    vol = {"creancier": str(creancier.pk), "nom": "Vol", "qualite": "inconnue", "pays": "FR"}
    assert etranger.post(reverse("dossier_nouveau"), vol).status_code == 422
    assert not Dossier.objects.filter(debiteur_nom="Vol").exists()
