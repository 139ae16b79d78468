"""The formal notice, from the preview to the advice of receipt; reminders and calls."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.envois.models import Courrier
from exigible.bureau.horloge import fix_horloge
from exigible.dossier.faits import (
    AppelPasse,
    Canal,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierPoste,
    CourrierRecu,
    CreanceNee,
    Etape,
    ModeEnvoi,
    PaiementRecu,
    RelanceFaite,
    SuspensionDecidee,
)
from exigible.droit.regimes import QualitePartie

HIER = date(2026, 11, 20)


@pytest.fixture
def apercu(navigateur, dossier):
    return navigateur.get(reverse("courrier_apercu", args=[dossier.pk]))


@pytest.fixture
def approuve(navigateur, dossier, apercu):
    """The letter approved as it was read."""
    sha256 = apercu.context["acte"].sha256
    reponse = navigateur.post(reverse("courrier_apercu", args=[dossier.pk]), {"sha256": sha256})
    courrier = Courrier.objects.get(dossier=dossier)
    assert reponse.headers["Location"] == reverse("courrier", args=[courrier.pk])
    return courrier


def poster(navigateur, courrier, **champs):
    donnees = {"jour": "2026-11-21", "mode": "lrar", "numero": "1A 234 567 8901 2"} | champs
    return navigateur.post(reverse("courrier_poster", args=[courrier.pk]), donnees)


def test_l_apercu_montre_la_lettre_et_sa_conformite(navigateur, dossier, apercu):
    assert apercu.status_code == 200
    acte = apercu.context["acte"]
    assert (acte.creances, acte.montant, acte.delai_jours) == (("f-F1",), Decimal("1335.05"), 8)
    assert all(presente for _mention, presente in apercu.context["mentions"])
    texte = apercu.content.decode()
    assert acte.sha256 in texte
    pdf = navigateur.get(reverse("courrier_pdf", args=[dossier.pk]) + "?" + apercu.context["options"].requete)
    assert pdf.content == acte.pdf
    assert pdf.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in apercu.headers["Content-Security-Policy"]


def test_les_options_changent_la_lettre(navigateur, dossier):
    adresse = reverse("courrier_apercu", args=[dossier.pk])
    page = navigateur.get(adresse, {"creances": ["f-F1"], "delai_jours": "20", "canal": "lettre_suivie"})
    assert (page.context["acte"].delai_jours, page.context["options"].canal) == (20, ModeEnvoi.LETTRE_SUIVIE)
    faux = navigateur.get(adresse, {"creances": ["f-F1"], "delai_jours": "0"})
    assert "delai_jours" in faux.context["form"].errors
    assert faux.context["acte"].delai_jours == 8


def test_approuver_garde_les_octets_lus_et_n_envoie_rien(navigateur, dossier, apercu, approuve, lire):
    acte = apercu.context["acte"]
    fait = lire(dossier)[-1].fait
    assert isinstance(fait, CourrierApprouve)
    assert (fait.piece, fait.montant, fait.creances) == (acte.sha256, Decimal("1335.05"), ("f-F1",))
    assert bytes(approuve.piece.contenu) == acte.pdf
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert page.context["etat"].stade.value == "relancee"
    assert reverse("courrier", args=[approuve.pk]) in page.content.decode()


def test_une_lettre_changee_depuis_sa_lecture_n_est_pas_approuvee(navigateur, dossier, apercu, ecrire):
    ecrire(dossier, (PaiementRecu(cle="p", montant=Decimal("100.00"), creances=("f-F1",)), HIER))
    sha256 = apercu.context["acte"].sha256
    reponse = navigateur.post(reverse("courrier_apercu", args=[dossier.pk]), {"sha256": sha256})
    assert reponse.status_code == 422
    assert "a changé depuis votre lecture" in reponse.content.decode()
    assert not Courrier.objects.exists()


def test_une_lettre_ne_s_approuve_pas_le_lendemain_sans_etre_relue(navigateur, dossier, apercu):
    sha256 = apercu.context["acte"].sha256
    with fix_horloge(date(2026, 11, 22)):
        reponse = navigateur.post(reverse("courrier_apercu", args=[dossier.pk]), {"sha256": sha256})
    assert reponse.status_code == 422


def test_une_lettre_interdite_dit_pourquoi_et_ne_s_approuve_pas(navigateur, ouvrir, ecrire):
    dossier = ouvrir("Inconnu", QualitePartie.INCONNUE)
    creance = CreanceNee(
        cle="a", numero="A", emission=date(2026, 1, 1), montant=Decimal("100.00"), echeance=date(2026, 1, 31)
    )
    ecrire(dossier, (creance, date(2026, 1, 1)))
    adresse = reverse("courrier_apercu", args=[dossier.pk])
    page = navigateur.get(adresse)
    assert page.status_code == 200
    assert "ne peut pas partir" in page.content.decode()
    assert "est refusé" in page.context["refus"]
    assert navigateur.post(adresse, {"sha256": "0" * 64}).status_code == 422
    assert not Courrier.objects.exists()
    assert navigateur.get(reverse("courrier_pdf", args=[dossier.pk])).status_code == 404


def test_sans_facture_echue_il_n_y_a_pas_de_lettre(navigateur, ouvrir):
    page = navigateur.get(reverse("courrier_apercu", args=[ouvrir().pk]))
    assert "choisissez-en au moins une" in page.content.decode()


def test_une_facture_retenue_ne_se_met_pas_en_demeure(navigateur, dossier, ecrire):
    ecrire(dossier, (SuspensionDecidee(cle="s", motif="Négociation"), HIER))
    adresse = reverse("courrier_apercu", args=[dossier.pk])
    page = navigateur.get(adresse, {"creances": ["f-F1"]})
    donnees = {"sha256": page.context["acte"].sha256}
    reponse = navigateur.post(f"{adresse}?{page.context['options'].requete}", donnees)
    assert reponse.status_code == 422
    assert "ne pas relancer" in reponse.content.decode()


def test_poster_met_en_demeure(navigateur, dossier, approuve, lire):
    assert poster(navigateur, approuve).status_code == 302
    fait = lire(dossier)[-1].fait
    assert isinstance(fait, CourrierPoste)
    assert (fait.mode, fait.numero) == (ModeEnvoi.LRAR, "1A 234 567 8901 2")
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    assert page.context["etat"].stade.value == "mise_en_demeure"
    titres = [e.titre for e in page.context["entrees"]]
    assert "Courrier posté : mise en demeure" in titres
    assert "Courrier approuvé : mise en demeure" in titres


@pytest.mark.parametrize(
    ("champs", "champ"),
    [({"numero": ""}, "numero"), ({"jour": "2026-11-22"}, "jour"), ({"jour": "2026-11-01"}, "jour")],
)
def test_un_envoi_mal_dit_est_explique(navigateur, approuve, champs, champ):
    reponse = poster(navigateur, approuve, **champs)
    assert reponse.status_code == 422
    assert champ in reponse.context["poste"].errors


def test_recu_apres_une_premiere_presentation(navigateur, dossier, approuve, lire):
    poster(navigateur, approuve)
    with fix_horloge(date(2026, 12, 1)):
        adresse = reverse("courrier_sort", args=[approuve.pk])
        donnees = {"sort": "recu", "jour": "2026-11-28", "presente_le": "2026-11-24"}
        assert navigateur.post(adresse, donnees).status_code == 302
        assert lire(dossier)[-1].fait == CourrierRecu(courrier=approuve.cle, presente_le=date(2026, 11, 24))
        texte = navigateur.get(reverse("courrier", args=[approuve.pk])).content.decode()
        assert "24/11/2026" in texte
        # Its fate is known: saying another one goes through the timeline.
        assert navigateur.post(adresse, donnees).status_code == 422


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"jour": "2026-11-20"}, "jour"),
        ({"jour": "2026-11-22"}, "jour"),
        ({"jour": "2026-11-21", "presente_le": "2026-11-20"}, "presente_le"),
    ],
)
def test_le_sort_suit_l_envoi(navigateur, approuve, champs, champ):
    poster(navigateur, approuve)
    reponse = navigateur.post(reverse("courrier_sort", args=[approuve.pk]), {"sort": "recu"} | champs)
    assert reponse.status_code == 422
    assert champ in reponse.context["sort"].errors


def test_le_motif_porte_sur_le_retour_est_garde(navigateur, dossier, approuve, lire):
    poster(navigateur, approuve)
    donnees = {"sort": "non_distribue", "jour": "2026-11-21", "motif": "Destinataire inconnu à l’adresse"}
    assert navigateur.post(reverse("courrier_sort", args=[approuve.pk]), donnees).status_code == 302
    fait = lire(dossier)[-1].fait
    assert fait == CourrierNonDistribue(courrier=approuve.cle, motif="Destinataire inconnu à l’adresse")


def test_une_lettre_approuvee_s_annule_avec_un_motif(navigateur, approuve):
    adresse = reverse("courrier_annuler", args=[approuve.pk])
    assert navigateur.post(adresse, {}).status_code == 422
    navigateur.post(adresse, {"motif": "Payé par téléphone"})
    approuve.refresh_from_db()
    assert approuve.statut == "annule"
    assert poster(navigateur, approuve).status_code == 422


@pytest.mark.parametrize("nom", ["courrier", "courrier_poster", "courrier_sort", "courrier_annuler"])
def test_un_courrier_est_aux_seules_personnes_du_cabinet(etranger, approuve, nom):
    adresse = reverse(nom, args=[approuve.pk])
    assert (etranger.get if nom == "courrier" else etranger.post)(adresse).status_code == 404
    assert etranger.get(reverse("piece", args=[approuve.piece.sha256])).status_code == 404


# --- Reminders and calls ----------------------------------------------------------------------------------------------


@pytest.fixture
def retard(ouvrir, ecrire):
    """An invoice due eight days ago: the reminder is ripe."""
    dossier = ouvrir("En retard", courriel="retard@exemple.example")
    creance = CreanceNee(
        cle="r", numero="R1", emission=date(2026, 10, 14), montant=Decimal("300.00"), echeance=date(2026, 11, 13)
    )
    ecrire(
        dossier,
        (creance, date(2026, 10, 14)),
    )
    return dossier


def test_la_relance_est_prete_et_se_note_une_fois_envoyee(navigateur, retard, lire):
    adresse = reverse("relance", args=[retard.pk, "relance"])
    page = navigateur.get(adresse)
    form = page.context["form"]
    assert "R1" in form.initial["texte"]
    assert page.context["mailto"].startswith("mailto:retard@exemple.example?subject=")
    donnees = {"creances": ["r"], "canal": "courriel", "texte": form.initial["texte"] + "\nBonne journée."}
    assert navigateur.post(adresse, donnees).status_code == 302
    fait = lire(retard)[-1].fait
    assert isinstance(fait, RelanceFaite)
    assert (fait.etape, fait.canal, fait.creances) == (Etape.RELANCE, Canal.COURRIEL, ("r",))
    assert fait.texte.endswith("Bonne journée.")
    deux_fois = navigateur.post(adresse, donnees)
    assert deux_fois.status_code == 422
    assert "déjà parti" in deux_fois.content.decode()


def test_sans_facture_a_venir_pas_de_note_de_courtoisie(navigateur, retard):
    reponse = navigateur.get(reverse("relance", args=[retard.pk, "courtoisie"]))
    assert reponse.headers["Location"] == reverse("dossier", args=[retard.pk])


def test_l_appel_a_son_script_et_son_compte_rendu(navigateur, retard, lire):
    page = navigateur.get(reverse("relance", args=[retard.pk, "appel"]))
    assert "En retard" in page.context["script"].texte
    assert page.context["form"]["creances"].value() == ("r",)
    donnees = {"jour": "2026-11-21", "creances": ["r"], "issue": "message_laisse"}
    navigateur.post(reverse("saisir", args=[retard.pk, "appel"]), donnees)
    assert isinstance(lire(retard)[-1].fait, AppelPasse)


@pytest.mark.parametrize("etape", ["relance", "appel"])
def test_un_message_interdit_dit_pourquoi(navigateur, ouvrir, ecrire, etape):
    dossier = ouvrir("Inconnu", QualitePartie.INCONNUE)
    creance = CreanceNee(
        cle="a", numero="A", emission=date(2026, 1, 1), montant=Decimal("100.00"), echeance=date(2026, 1, 31)
    )
    ecrire(dossier, (creance, date(2026, 1, 1)))
    reponse = navigateur.get(reverse("relance", args=[dossier.pk, etape]), follow=True)
    assert reponse.redirect_chain == [(reverse("dossier", args=[dossier.pk]), 302)]
    assert "refusé" in reponse.content.decode()


@pytest.mark.parametrize("etape", ["mise_en_demeure", "menace"])
def test_une_etape_sans_message_n_existe_pas(navigateur, retard, etape):
    assert navigateur.get(f"/dossiers/{retard.pk}/relance/{etape}/").status_code == 404
