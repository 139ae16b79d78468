"""The documents of a dossier: the catalogue, one of them answered, previewed, approved, downloaded."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.actes.modele import get_modele, load_catalogue
from exigible.bureau.actes.conseil import find_actes
from exigible.bureau.actes.models import BrouillonActe
from exigible.bureau.actes.retenues import retain
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece
from exigible.dossier.faits import (
    ActeProduit,
    CourrierApprouve,
    CourrierPoste,
    CourrierPresente,
    CreanceNee,
    EtapeFranchie,
    ModeEnvoi,
    PieceJointe,
    ProcedureOuverte,
    RelanceFaite,
)


@pytest.fixture
def adresse(dossier):
    return lambda nom, vue="document": reverse(vue, args=[dossier.pk, nom])


@pytest.fixture
def repondre(navigateur, adresse):
    """Answer the questions of a document as a browser would, then read its page."""

    def repondre(nom, **reponses):
        form = navigateur.get(adresse(nom)).context["form"]
        champs = {champ.name: champ.value() or "" for champ in form}
        champs |= {f"r-{question}": texte for question, texte in reponses.items()}
        reponse = navigateur.post(adresse(nom), champs)
        assert reponse.status_code == 302, reponse.context["form"].errors
        return navigateur.get(adresse(nom))

    return repondre


def test_la_liste_montre_tout_le_catalogue_par_famille(navigateur, dossier):
    page = navigateur.get(reverse("dossier_documents", args=[dossier.pk]))
    assert page.status_code == 200
    texte = page.content.decode()
    for nom, modele in load_catalogue().items():
        assert reverse("document", args=[dossier.pk, nom]) in texte
        assert modele.famille in {f.value for f in type(modele.famille)}
    assert "Aucun document encore" in texte
    assert "ne remplace pas un conseil" in texte


def test_ce_qui_est_ferme_dit_pourquoi(navigateur, dossier):
    page = navigateur.get(reverse("dossier_documents", args=[dossier.pk]))
    fermes = [offre for _nom, _ouverts, fermes in page.context["familles"] for offre in fermes]
    assert fermes
    assert all(offre.refus.strip() for offre in fermes)


@pytest.mark.parametrize("nom", load_catalogue())
def test_chaque_page_s_ouvre(navigateur, adresse, nom):
    """Written or refused in a sentence, with its questions: no act makes its page fall."""
    page = navigateur.get(adresse(nom))
    assert page.status_code == 200
    if page.context["acte"] is None:
        assert page.context["refus"]
        assert navigateur.get(adresse(nom, "document_pdf")).status_code == 404
    else:
        assert navigateur.get(adresse(nom, "document_pdf")).content.startswith(b"%PDF-")


def test_les_questions_se_repondent_et_se_gardent(navigateur, adresse, repondre):
    page = navigateur.get(adresse("quittance"))
    assert [q.nom for q in page.context["acte"].manquantes] == ["paiement"]
    assert page.context["rendu"] is None
    page = repondre("quittance", paiement="p-1", moyen="Virement")
    assert page.context["acte"].utilisable
    assert page.context["form"]["r-moyen"].value() == "Virement"
    assert page.context["rendu"].sha256 in page.content.decode()
    assert BrouillonActe.objects.get().reponses == {"paiement": "p-1", "moyen": "Virement"}
    navigateur.post(adresse("quittance"), {"recommencer": "1"})
    assert not BrouillonActe.objects.exists()


def test_une_reponse_illisible_reste_dans_le_formulaire(repondre):
    page = repondre("mise_en_demeure", delai_jours="bientôt")
    assert page.context["acte"] is None
    assert "bientôt" in page.content.decode()
    assert page.context["form"].errors["r-delai_jours"]


def test_les_mentions_et_leurs_articles_sont_a_cote(repondre):
    page = repondre("quittance", paiement="p-1")
    assert all(presente for _mention, presente in page.context["mentions"])
    texte = page.content.decode()
    assert "C. civ. 1908" in texte
    assert reverse("document_pdf", args=[page.context["dossier"].pk, "quittance"]) in texte


def test_approuver_une_lettre_en_fait_un_courrier_a_poster(navigateur, adresse, repondre, dossier, lire):
    page = repondre("quittance", paiement="p-1")
    reponse = navigateur.post(adresse("quittance"), {"approuver": "1", "sha256": page.context["rendu"].sha256})
    courrier = Courrier.objects.get(dossier=dossier)
    assert reponse.headers["Location"] == reverse("courrier", args=[courrier.pk])
    fait = lire(dossier)[-1]
    assert isinstance(fait, CourrierApprouve)
    assert fait.piece == page.context["rendu"].sha256
    assert bytes(courrier.piece.contenu) == page.context["rendu"].pdf
    liste = navigateur.get(reverse("dossier_documents", args=[dossier.pk])).content.decode()
    assert reverse("courrier", args=[courrier.pk]) in liste
    assert "Quittance" in liste


def test_un_document_change_entre_temps_se_relit(navigateur, adresse, repondre):
    repondre("quittance", paiement="p-1")
    page = navigateur.post(adresse("quittance"), {"approuver": "1", "sha256": "0" * 64})
    assert page.status_code == 422
    assert "relisez-le" in page.content.decode()
    assert not Courrier.objects.exists()


def test_une_relance_se_note_comme_envoyee(navigateur, adresse, dossier, lire):
    page = navigateur.get(adresse("relance_1"))
    assert page.context["courriel"]["mailto"].startswith("mailto:client@exemple.example?subject=")
    assert page.context["courriel"]["texte"] in page.context["courriel"]["texte"]
    champs = {"approuver": "1", "sha256": page.context["rendu"].sha256, "canal": "courriel"}
    reponse = navigateur.post(adresse("relance_1"), champs)
    assert reponse.headers["Location"] == reverse("dossier_documents", args=[dossier.pk])
    fait = lire(dossier)[-1]
    assert isinstance(fait, RelanceFaite)
    assert (fait.canal.value, fait.piece) == ("courriel", page.context["rendu"].sha256)


def test_un_majeur_demande_une_raison_sur_la_page(navigateur, adresse, repondre, dossier, lire):
    page = repondre("mise_en_demeure", canal="courriel")
    [majeur] = page.context["majeurs"]
    champs = {"approuver": "1", "sha256": page.context["rendu"].sha256}
    refus = navigateur.post(adresse("mise_en_demeure"), champs)
    assert refus.status_code == 422
    assert refus.context["approbation"].errors["motif"]
    navigateur.post(adresse("mise_en_demeure"), champs | {"motif": "accusé de lecture obtenu"})
    assert lire(dossier)[-1].derogations == (f"{majeur.regle} : accusé de lecture obtenu",)


def test_le_brouillon_d_un_acte_de_justice_se_telecharge_en_docx(navigateur, adresse):
    nom = "requete_injonction_de_payer"
    reponse = navigateur.get(adresse(nom, "document_docx"))
    assert reponse.status_code == 200
    assert reponse.content.startswith(b"PK")
    assert "projet-" in reponse.headers["Content-Disposition"]
    assert navigateur.get(adresse("quittance", "document_docx")).status_code == 404


def test_un_document_approuve_se_retrouve_avec_ses_fichiers(navigateur, dossier, lire, adresse):
    piece = store_piece(dossier.creancier.cabinet, b"%PDF-bon", "bon-12.pdf", "application/pdf")
    record_faits(
        dossier.chaine, [FaitAEcrire(PieceJointe(piece=piece.sha256, nom="bon-12.pdf"), date(2026, 9, 1))], "essai"
    )
    nom = "bordereau_de_pieces"
    page = navigateur.get(adresse(nom))
    assert "bon-12.pdf" in page.context["acte"].texte
    assert page.context["form"]["pieces"].value() == [piece.sha256]
    navigateur.post(adresse(nom), {"approuver": "1", "sha256": page.context["rendu"].sha256})
    fait = lire(dossier)[-1]
    assert isinstance(fait, ActeProduit)
    liste = navigateur.get(reverse("dossier_documents", args=[dossier.pk])).content.decode()
    assert reverse("piece", args=[fait.piece]) in liste
    assert reverse("piece", args=[fait.docx]) in liste
    fil = navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert "Document produit" in fil


def test_les_documents_d_un_autre_cabinet_n_existent_pas(etranger, dossier, adresse):
    assert etranger.get(reverse("dossier_documents", args=[dossier.pk])).status_code == 404
    for vue in ("document", "document_pdf", "document_docx"):
        assert etranger.get(adresse("quittance", vue)).status_code == 404


def test_un_nom_inconnu_n_existe_pas(navigateur, adresse):
    assert navigateur.get(adresse("inconnu")).status_code == 404


def test_l_onglet_est_sur_toutes_les_pages_du_dossier(navigateur, dossier):
    page = navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert reverse("dossier_documents", args=[dossier.pk]) in page


def test_et_maintenant_mene_au_document(navigateur, dossier):
    page = navigateur.get(reverse("dossier", args=[dossier.pk]))
    actions = [action.geste.value for action, _numeros in page.context["actions"]]
    assert actions
    texte = page.content.decode()
    for geste in actions:
        for modele in find_actes(geste, page.context["etat"]):
            assert reverse("document", args=[dossier.pk, modele.nom]) in texte
    assert any(find_actes(geste, page.context["etat"]) for geste in actions)


def test_que_faire_mene_aux_documents_de_chaque_acte(navigateur, dossier):
    page = navigateur.get(reverse("dossier_que_faire", args=[dossier.pk]))
    texte = page.content.decode()
    voies = {montre.acte.code for montre in page.context["actes"]}
    assert "voie_ip" in voies
    assert reverse("document", args=[dossier.pk, "requete_injonction_de_payer"]) in texte


def test_l_adresse_choisit_les_factures(navigateur, adresse):
    page = navigateur.get(adresse("mise_en_demeure"))
    [cle] = page.context["rendu"].creances
    choisie = navigateur.get(f"{adresse('mise_en_demeure')}?creances={cle}")
    assert choisie.context["rendu"].creances == (cle,)
    assert f"creances={cle}" in choisie.content.decode()
    autre = navigateur.get(f"{adresse('mise_en_demeure')}?creances=inconnue")
    assert autre.context["rendu"].creances == (cle,)


def test_une_facture_parmi_deux_et_c_est_elle_qui_est_approuvee(navigateur, adresse, dossier, lire):
    naissance = CreanceNee(
        cle="c-2", numero="F-2", emission=date(2026, 7, 1), echeance=date(2026, 7, 31), montant=Decimal("700.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(naissance, naissance.emission)], "essai")
    page = navigateur.get(f"{adresse('mise_en_demeure')}?creances=c-2")
    champs = {"approuver": "1", "sha256": page.context["rendu"].sha256}
    reponse = navigateur.post(f"{adresse('mise_en_demeure')}?creances=c-2", champs)
    assert reponse.status_code == 302
    assert lire(dossier)[-1].creances == ("c-2",)


def test_une_note_de_courtoisie_prend_les_factures_a_echoir(navigateur, adresse, dossier):
    assert navigateur.get(adresse("courtoisie")).context["acte"] is None
    a_echoir = CreanceNee(
        cle="c-3", numero="F-3", emission=date(2026, 11, 10), echeance=date(2026, 11, 25), montant=Decimal("300.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(a_echoir, a_echoir.emission)], "essai")
    page = navigateur.get(adresse("courtoisie"))
    assert page.context["form"]["creances"].value() == ["c-3"]
    assert page.context["rendu"].creances == ("c-3",)


def test_ce_qui_est_conseille_aujourd_hui_est_en_tete(navigateur, dossier):
    page = navigateur.get(reverse("dossier_documents", args=[dossier.pk]))
    noms = [offre.modele.nom for offre in page.context["conseilles"]]
    assert noms
    assert "transmission_agence" not in noms
    texte = page.content.decode()
    assert texte.index("Conseillés aujourd’hui") < texte.index('id="famille-1"')


def test_une_requete_approuvee_mene_a_l_etape_a_noter(navigateur, dossier):
    sha256 = store_piece(dossier.cabinet, b"%PDF-1.7 essai", "requete.pdf", "application/pdf").sha256
    produit = ActeProduit(acte="requete_injonction_de_payer", titre="Requête", piece=sha256)
    record_faits(dossier.chaine, [FaitAEcrire(produit, date(2026, 11, 20))], "essai")
    liste = navigateur.get(reverse("dossier_documents", args=[dossier.pk]))
    ouvrir = reverse("dossier_procedure_ouvrir", args=[dossier.pk]) + "?entree=IP%7Cdepot_requete"
    assert ouvrir in liste.content.decode()
    form = navigateur.get(ouvrir).context["form"]
    assert form["entree"].value() == "IP|depot_requete"
    depot = ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete")
    record_faits(dossier.chaine, [FaitAEcrire(depot, date(2026, 11, 21))], "essai")
    assert ouvrir not in navigateur.get(reverse("dossier_documents", args=[dossier.pk])).content.decode()


def test_chaque_procedure_mene_aux_documents_de_la_suite(navigateur, dossier, adresse):
    choisir = navigateur.get(reverse("dossier_procedure_ouvrir", args=[dossier.pk])).content.decode()
    assert adresse("requete_injonction_de_payer") in choisir
    faits = (
        (ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 9, 1)),
        (EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 11, 2)),
    )
    record_faits(dossier.chaine, [FaitAEcrire(fait, jour) for fait, jour in faits], "essai")
    page = navigateur.get(reverse("dossier_procedures", args=[dossier.pk])).content.decode()
    assert adresse("instruction_signifier") in page
    assert adresse("requete_injonction_de_payer") not in page
    ancienne = navigateur.get(reverse("dossier_procedures", args=[dossier.pk]), {"au": "2026-10-01"}).content.decode()
    assert adresse("instruction_signifier") not in ancienne


def test_une_adresse_deja_donnee_est_reprise_visible_et_s_approuve(navigateur, adresse, repondre, dossier, lire):
    etude = "Me Modèle Fictif\n3 place de l'Exemple\n99000 Villefictive"
    mission = next(q for q in get_modele("transmission_commissaire").question if q.nom == "mission").choix[0].valeur
    page = repondre("transmission_commissaire", commissaire=etude, mission=mission)
    approuver = {"approuver": "1", "sha256": page.context["rendu"].sha256, "motif": "vu"}
    assert navigateur.post(adresse("transmission_commissaire"), approuver).status_code == 302
    page = navigateur.get(adresse("instruction_signifier"))
    champ = page.context["form"]["r-commissaire"]
    assert champ.value() == etude
    assert "Reprise de votre dernière réponse" in champ.help_text
    assert "commissaire" not in {q.nom for q in page.context["acte"].manquantes}
    # Read as it stands, without a word typed: the approval takes what was shown.
    page = navigateur.get(adresse("transmission_commissaire"))
    assert page.context["form"]["r-commissaire"].value() == etude
    repondre("transmission_commissaire", mission=mission)
    page = navigateur.get(adresse("transmission_commissaire"))
    approuver["sha256"] = page.context["rendu"].sha256
    assert navigateur.post(adresse("transmission_commissaire"), approuver).status_code == 302
    derniere = [fait for fait in lire(dossier) if isinstance(fait, ActeProduit)][-1]
    assert dict(derniere.reponses)["commissaire"].split() == etude.split()


def test_une_adresse_reprise_se_corrige_et_s_efface(navigateur, adresse, repondre, dossier):
    retain(dossier, get_modele("instruction_signifier").question, {"commissaire": "Me Ancien"})
    page = repondre("instruction_signifier", commissaire="Me Nouveau")
    assert page.context["form"]["r-commissaire"].value() == "Me Nouveau"
    assert "Reprise" not in page.context["form"]["r-commissaire"].help_text
    page = repondre("instruction_signifier", commissaire="")
    assert page.context["form"]["r-commissaire"].value() == ""


def test_le_courriel_d_un_dernier_rappel_laisse_le_decompte_au_pdf(navigateur, adresse):
    page = navigateur.get(adresse("relance_3"))
    courriel = page.context["courriel"]
    assert courriel["joindre"]
    assert "Calcul des intérêts" not in courriel["texte"]
    assert "avec le décompte détaillé" in courriel["texte"]
    assert len(courriel["mailto"]) < 6000
    assert "joignez-le" in page.content.decode()
    assert not navigateur.get(adresse("relance_1")).context["courriel"]["joindre"]


def test_une_lettre_presentee_mene_a_l_etape_qu_elle_fait(navigateur, dossier):
    acte, jour = "mise_en_demeure_copropriete", date(2026, 11, 10)
    approuve = CourrierApprouve(
        courrier="c-1",
        acte=acte,
        piece="",
        creances=("f-F1",),
        montant=Decimal("1000.00"),
        delai_jours=30,
        destinataire="Client Modèle",
    )
    poste = CourrierPoste(courrier="c-1", acte=acte, creances=("f-F1",), mode=ModeEnvoi.LRAR, numero="1A")
    record_faits(dossier.chaine, [FaitAEcrire(approuve, jour), FaitAEcrire(poste, jour)], "essai")
    adresse = reverse("courrier", args=[Courrier.objects.get().pk])
    ouvrir = reverse("dossier_procedure_ouvrir", args=[dossier.pk]) + "?entree=COPRO%7Cmise_en_demeure_presentee"
    assert ouvrir not in navigateur.get(adresse).content.decode()
    record_faits(dossier.chaine, [FaitAEcrire(CourrierPresente(courrier="c-1"), date(2026, 11, 13))], "essai")
    assert ouvrir in navigateur.get(adresse).content.decode()
