"""Import: nothing before the preview, everything good or nothing, twice is once, faults said line by line."""

import html
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.models import Importation
from exigible.bureau.pages.formulaires.imports import list_champs
from exigible.bureau.pages.vues.apercu import Apercu
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import Canal, Etape, RelanceFaite
from exigible.echanges.colonnes import CHAMPS as CHAMPS_LUS

from .conftest import JOUR

ENTETE = "Numéro;Client;Date;Échéance;Montant TTC\n"
LIGNES = "A1;Premier SARL;01/09/2026;01/10/2026;1 200,00\nA2;Second SAS;15/10/2026;14/11/2026;300,50\n"


@pytest.fixture
def deposer(navigateur, creancier):
    def deposer(*fichiers, nom="factures.csv"):
        envois = [SimpleUploadedFile(nom, f.encode() if isinstance(f, str) else f) for f in fichiers]
        return navigateur.post(reverse("importer"), {"creancier": str(creancier.pk), "fichiers": envois})

    return deposer


@pytest.fixture
def importation(deposer):
    reponse = deposer(ENTETE + LIGNES)
    importation = Importation.objects.get()
    assert reponse.headers["Location"] == reverse("import_apercu", args=[importation.pk])
    return importation


def montrer(navigateur, importation, **parametres):
    reponse = navigateur.get(reverse("import_apercu", args=[importation.pk]), parametres)
    assert reponse.status_code == 200
    return reponse


def test_sans_creancier_la_page_dit_quoi_faire(navigateur):
    texte = navigateur.get(reverse("importer")).content.decode()
    assert reverse("creancier_nouveau") in texte


def test_l_apercu_n_ecrit_rien(navigateur, importation):
    page = montrer(navigateur, importation)
    assert [(code, nombre) for code, _nom, nombre in page.context["apercu"].issues] == [("cree", 2)]
    texte = page.content.decode()
    for attendu in ("Premier SARL", "1\u00a0200,00\u00a0€", "01/10/2026", "1\u00a0500,50\u00a0€"):
        assert attendu in texte
    assert not Dossier.objects.exists()


def test_appliquer_ecrit_tout_et_laisse_un_recu(navigateur, importation):
    navigateur.post(reverse("import_appliquer", args=[importation.pk]))
    assert set(Dossier.objects.values_list("debiteur_nom", flat=True)) == {"Premier SARL", "Second SAS"}
    texte = montrer(navigateur, importation).content.decode()
    assert "Reçu : importé le" in texte
    assert reverse("import_appliquer", args=[importation.pk]) not in texte


def test_appliquer_deux_fois_ne_change_rien(navigateur, importation, deposer):
    adresse = reverse("import_appliquer", args=[importation.pk])
    navigateur.post(adresse)
    navigateur.post(adresse)
    deposer(ENTETE + LIGNES)
    autre = Importation.objects.exclude(pk=importation.pk).get()
    assert [(c, n) for c, _nom, n in montrer(navigateur, autre).context["apercu"].issues] == [("inchange", 2)]
    navigateur.post(reverse("import_appliquer", args=[autre.pk]))
    assert Dossier.objects.count() == 2


def test_abandonner_n_importe_rien(navigateur, importation):
    navigateur.post(reverse("import_abandonner", args=[importation.pk]))
    assert "abandonné" in montrer(navigateur, importation).content.decode()
    navigateur.post(reverse("import_appliquer", args=[importation.pk]))
    assert not Dossier.objects.exists()


def test_les_lignes_refusees_sont_dites_et_les_autres_entrent(navigateur, deposer):
    deposer(ENTETE + LIGNES + "A3;Tiers;31/02/2026;01/10/2026;10,00\nA4;Quart;01/10/2026;31/10/2026;douze\n")
    importation = Importation.objects.get()
    refus = montrer(navigateur, importation, issue="refuse").context["page"].object_list
    assert {x.ligne for x in refus} == {4, 5}
    assert all(x.raison for x in refus)
    navigateur.post(reverse("import_appliquer", args=[importation.pk]))
    assert Dossier.objects.count() == 2


def test_l_apercu_se_cherche_et_se_trie(navigateur, importation):
    trouve = montrer(navigateur, importation, q="second").context["page"].object_list
    assert [x.libelle for x in trouve] == ["A2"]
    trie = montrer(navigateur, importation, tri="-montant").context["page"].object_list
    assert [x.montant for x in trie] == [Decimal("1200.00"), Decimal("300.50")]
    inconnu = montrer(navigateur, importation, tri="pirouette", issue="rien").context["page"].object_list
    assert [x.libelle for x in inconnu] == ["A1", "A2"]


def test_l_export_neutralise_les_formules(navigateur, deposer):
    deposer(ENTETE + "A1;=cmd();01/09/2026;01/10/2026;10,00\n")
    importation = Importation.objects.get()
    reponse = navigateur.get(reverse("import_export", args=[importation.pk, "csv"]))
    assert "'=cmd()" in reponse.content.decode("utf-8-sig")
    assert navigateur.get(reverse("import_export", args=[importation.pk, "xlsx"])).content.startswith(b"PK")
    assert navigateur.get(reverse("import_export", args=[importation.pk, "exe"])).status_code == 404


def test_un_fichier_absent_ou_vide_est_refuse_en_une_phrase(deposer, navigateur, creancier):
    assert "Ce fichier est vide." in deposer("").content.decode()
    reponse = navigateur.post(reverse("importer"), {"creancier": str(creancier.pk)})
    assert "Choisissez au moins un fichier." in reponse.content.decode()
    assert not Importation.objects.exists()


@pytest.mark.parametrize(
    "contenu", [b"\x00\x01\x02\xff" * 500, b"%PDF-1.4 rien", b"<?xml version='1.0'?><a/>", b"PK\x03\x04 tronque"]
)
def test_un_fichier_illisible_laisse_le_bureau_utilisable(deposer, navigateur, contenu):
    assert deposer(contenu, nom="inconnu.bin").status_code == 302
    page = montrer(navigateur, Importation.objects.get())
    assert not page.context["apercu"].utile
    assert "Rien ne peut être importé de ce fichier" in page.content.decode()
    assert navigateur.get(reverse("importer")).status_code == 200


def test_plusieurs_fichiers_donnent_chacun_leur_apercu(deposer, navigateur):
    reponse = deposer(ENTETE + LIGNES, ENTETE + "B1;Autre;01/09/2026;01/10/2026;10,00\n")
    assert reponse.headers["Location"] == reverse("importer")
    assert Importation.objects.count() == 2
    assert "aperçus à vérifier" in navigateur.get(reverse("importer")).content.decode()


def test_les_reponses_font_relire_le_fichier(navigateur, importation):
    adresse = reverse("import_apercu", args=[importation.pk])
    donnees = {"conditions": "45 jours fin de mois", "deja_envoye": "relance", "deja_envoye_le": "2026-11-10"}
    reponse = navigateur.post(adresse, donnees)
    autre = Importation.objects.exclude(pk=importation.pk).get()
    assert reponse.headers["Location"] == reverse("import_apercu", args=[autre.pk])
    assert (autre.conditions, autre.deja_envoye) == ("45 jours fin de mois", "relance")
    importation.refresh_from_db()
    assert importation.statut == "abandonne"
    navigateur.post(reverse("import_appliquer", args=[autre.pk]))
    assert set(Dossier.objects.values_list("stade", flat=True)) == {"relancee"}


@pytest.mark.parametrize(
    ("donnees", "champ"),
    [
        ({"conditions": "un de ces jours"}, "conditions"),
        ({"deja_envoye": "relance"}, "deja_envoye_le"),
        ({"deja_envoye": "relance", "deja_envoye_le": "2026-12-01"}, "deja_envoye_le"),
    ],
)
def test_une_reponse_illisible_est_expliquee(navigateur, importation, donnees, champ):
    reponse = navigateur.post(reverse("import_apercu", args=[importation.pk]), donnees)
    assert reponse.status_code == 422
    assert champ in reponse.context["form"].errors
    assert Importation.objects.count() == 1


@pytest.fixture
def deux_fichiers(deposer, navigateur):
    deposer(ENTETE + LIGNES, nom="clients-b.csv")
    navigateur.post(reverse("import_appliquer", args=[Importation.objects.get().pk]))
    Importation.objects.update(cree_le=F("cree_le") - timedelta(days=1))
    deposer(ENTETE + "C1;Tiers;01/09/2026;01/10/2026;10,00\n", nom="clients-a.csv")


@pytest.mark.parametrize(
    ("filtre", "noms"),
    [
        ({}, ["clients-a.csv", "clients-b.csv"]),
        ({"tri": "date"}, ["clients-b.csv", "clients-a.csv"]),
        ({"tri": "nom"}, ["clients-a.csv", "clients-b.csv"]),
        ({"tri": "-nom"}, ["clients-b.csv", "clients-a.csv"]),
        ({"statut": "applique"}, ["clients-b.csv"]),
        ({"statut": "apercu"}, ["clients-a.csv"]),
        ({"q": "CLIENTS-B"}, ["clients-b.csv"]),
        ({"q": "rien de tel"}, []),
        ({"tri": "pirouette", "statut": "cacahuete"}, ["clients-a.csv", "clients-b.csv"]),
    ],
)
@pytest.mark.usefixtures("deux_fichiers")
def test_les_fichiers_lus_se_cherchent_se_trient_et_s_exportent_de_meme(navigateur, filtre, noms):
    page = navigateur.get(reverse("importer"), filtre)
    assert [i.nom for i, *_ in page.context["importations"]] == noms
    assert ("Rien ne correspond à ce filtre" in page.content.decode()) is (not noms)
    fichier = navigateur.get(reverse("importer_export", args=["csv"]), filtre).content.decode("utf-8-sig")
    assert [ligne.split(";")[0] for ligne in fichier.splitlines()[1:]] == noms


@pytest.mark.usefixtures("deux_fichiers")
def test_le_filtre_des_fichiers_lus_reste_dans_l_adresse(navigateur, etranger):
    texte = navigateur.get(reverse("importer"), {"q": "clients", "statut": "applique"}).content.decode()
    assert f"{reverse('importer_export', args=['xlsx'])}?q=clients&amp;statut=applique" in texte
    assert "?q=clients&amp;statut=applique&amp;tri=nom" in texte
    assert '<option value="applique" selected>' in texte
    assert navigateur.get(reverse("importer_export", args=["xlsx"])).content.startswith(b"PK")
    assert navigateur.get(reverse("importer_export", args=["exe"])).status_code == 404
    assert "clients-" not in etranger.get(reverse("importer_export", args=["csv"])).content.decode()


@pytest.mark.parametrize("nom", ["import_apercu", "import_appliquer", "import_abandonner"])
def test_un_import_est_aux_seules_personnes_du_cabinet(etranger, importation, nom):
    adresse = reverse(nom, args=[importation.pk])
    assert (etranger.get if nom == "import_apercu" else etranger.post)(adresse).status_code == 404
    assert etranger.get(reverse("import_export", args=[importation.pk, "csv"])).status_code == 404
    assert Client().get(reverse("importer")).status_code == 302


def test_un_apercu_vide_se_lit():
    apercu = Apercu({})
    assert (apercu.issues, apercu.list_lignes(), apercu.total, apercu.utile) == ([], [], Decimal(0), False)


# --- Columns ----------------------------------------------------------------------------------------------------------

TITRES = "Réf. vente;Jour;Tiers facturé;À encaisser\n"
VENTE = "V1;01/09/2026;Premier SARL;1 200,00\n"
SENS = {"colonne_0": "numero", "colonne_1": "date_emission", "colonne_2": "nom", "colonne_3": "montant_ttc"}


def relire(navigateur, importation, sens, **suite):
    return navigateur.post(reverse("import_colonnes", args=[importation.pk]), sens | suite)


def test_des_titres_inconnus_offrent_de_dire_les_colonnes(navigateur, deposer):
    deposer(TITRES + VENTE)
    importation = Importation.objects.get()
    texte = montrer(navigateur, importation).content.decode()
    for attendu in ("Tiers facturé", "1 200,00", "Ignorer cette colonne", "dites ci-dessous"):
        assert attendu in texte
    reponse = relire(navigateur, importation, SENS)
    lue = Importation.objects.get(statut="apercu")
    assert reponse.headers["Location"] == reverse("import_apercu", args=[lue.pk])
    importation.refresh_from_db()
    assert importation.statut == "abandonne"
    assert "colonnes lues comme vous l’avez dit" in montrer(navigateur, lue).content.decode()
    navigateur.post(reverse("import_appliquer", args=[lue.pk]))
    assert Dossier.objects.get().debiteur_nom == "Premier SARL"


def test_le_fichier_suivant_est_lu_comme_la_derniere_fois(navigateur, deposer):
    deposer(TITRES + VENTE)
    relire(navigateur, Importation.objects.get(), SENS)
    deposer(TITRES + VENTE.replace("V1", "V2"))
    suivantes = [i for i in Importation.objects.all() if i.apercu.get("origine_colonnes") == "memoire"]
    assert len(suivantes) == 1
    page = montrer(navigateur, suivantes[0])
    assert "colonnes lues comme la dernière fois" in page.content.decode()
    assert page.context["comprises"] == 4


def test_les_autres_reponses_et_les_colonnes_se_gardent(navigateur, deposer):
    deposer("Facture;Date;Client;Montant;Compte\nA1;01/09/2026;Premier SARL;10,00;Bourg\n")
    premiere = Importation.objects.get()
    navigateur.post(reverse("import_apercu", args=[premiere.pk]), {"conditions": "45 jours"})
    deuxieme = Importation.objects.get(statut="apercu")
    relire(navigateur, deuxieme, SENS, colonne_4="ville")
    troisieme = Importation.objects.get(statut="apercu")
    assert (troisieme.conditions, troisieme.colonnes["compte"]) == ("45 jours", "ville")
    navigateur.post(reverse("import_apercu", args=[troisieme.pk]), {"conditions": "60 jours"})
    derniere = Importation.objects.get(statut="apercu")
    assert (derniere.conditions, derniere.colonnes["compte"]) == ("60 jours", "ville")


@pytest.mark.parametrize(
    ("sens", "phrase"),
    [
        (SENS | {"colonne_3": "nom"}, "La colonne « Tiers facturé » a déjà ce sens"),
        (dict.fromkeys(SENS, ""), "Dites le sens d’au moins une colonne."),
        (SENS | {"colonne_3": "cmd"}, "colonne_3"),
    ],
)
def test_un_sens_impossible_est_explique(navigateur, deposer, sens, phrase):
    deposer(TITRES + VENTE)
    reponse = relire(navigateur, Importation.objects.get(), sens)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()
    assert Importation.objects.count() == 1


def test_un_import_fait_ne_se_relit_plus(navigateur, importation):
    navigateur.post(reverse("import_appliquer", args=[importation.pk]))
    sens = {f"colonne_{i}": champ for i, champ in enumerate(["numero", "nom", "date_emission", "", "montant_ttc"])}
    assert relire(navigateur, importation, sens).status_code == 422
    assert Importation.objects.count() == 1


def test_l_adresse_des_colonnes_ramene_a_l_apercu(navigateur, importation):
    reponse = navigateur.get(reverse("import_colonnes", args=[importation.pk]), {"issue": "cree"})
    assert reponse.headers["Location"] == reverse("import_apercu", args=[importation.pk]) + "?issue=cree"


@pytest.mark.parametrize("releve", [False, True])
def test_chaque_champ_a_son_nom_une_fois(releve):
    codes = [code for _groupe, champs in list_champs(releve=releve) for code, _nom in champs]
    assert sorted(codes) == sorted(CHAMPS_LUS)


RELEVE = "Quand;Quoi;Détail;Sorti;Rentré\n"
OPERATIONS = "03/11/2026;VIR;FICTIF F-1;;80,00\n04/11/2026;CARTE;Café;3,20;\n"
SENS_DU_RELEVE = {
    "colonne_0": "date",
    "colonne_1": "libelle",
    "colonne_2": "libelle",
    "colonne_3": "debit",
    "colonne_4": "credit",
}


def test_les_colonnes_d_un_releve_se_disent_sur_la_page(navigateur, deposer):
    deposer(RELEVE + OPERATIONS, nom="releve.csv")
    texte = montrer(navigateur, Importation.objects.get()).content.decode()
    assert texte.index('label="Facture"') < texte.index('label="Relevé bancaire"')
    relire(navigateur, Importation.objects.get(), SENS_DU_RELEVE)
    lue = Importation.objects.get(statut="apercu")
    page = montrer(navigateur, lue)
    assert (lue.format, [x.libelle for x in page.context["page"]]) == ("csv_releve", ["VIR FICTIF F-1", "CARTE Café"])
    texte = page.content.decode()
    assert texte.index('label="Relevé bancaire"') < texte.index('label="Facture"')
    assert texte.count('<option value="libelle" selected>') == 2
    navigateur.post(reverse("import_appliquer", args=[lue.pk]))
    assert sorted(m.montant for m in Mouvement.objects.all()) == [Decimal("-3.20"), Decimal("80.00")]


def test_un_releve_connu_montre_aussi_ses_colonnes(navigateur, deposer):
    deposer("Date;Libellé;Montant\n03/11/2026;VIR;80,00\n", nom="releve.csv")
    page = montrer(navigateur, Importation.objects.get())
    assert page.context["comprises"] == 3
    assert '<option value="montant" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("sens", "phrase"),
    [
        (SENS_DU_RELEVE | {"colonne_2": "numero"}, "C’est le sens d’une liste de factures"),
        (SENS_DU_RELEVE | {"colonne_4": "debit"}, "La colonne « Sorti » a déjà ce sens"),
        ({"colonne_1": "libelle", "colonne_2": "libelle"}, "La colonne « Quoi » a déjà ce sens"),
    ],
)
def test_un_sens_impossible_d_un_releve_est_explique(navigateur, deposer, sens, phrase):
    deposer(RELEVE + OPERATIONS, nom="releve.csv")
    reponse = relire(navigateur, Importation.objects.get(), sens)
    assert reponse.status_code == 422
    assert phrase in html.unescape(reponse.content.decode())


# --- Undo -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def appliquee(navigateur, importation):
    navigateur.post(reverse("import_appliquer", args=[importation.pk]))
    importation.refresh_from_db()
    return importation


def test_le_recu_propose_d_annuler_et_la_page_dit_ce_qui_partira(navigateur, appliquee):
    adresse = reverse("import_annuler", args=[appliquee.pk])
    assert adresse in montrer(navigateur, appliquee).content.decode()
    texte = navigateur.get(adresse).content.decode()
    for attendu in ("2 factures", "1\u00a0500,50\u00a0€", "2 clients que ce fichier a fait connaître restent"):
        assert attendu in texte
    assert Dossier.objects.exclude(stade="soldee").count() == 2


def test_annuler_demande_une_raison_puis_le_recu_la_dit(navigateur, appliquee, deposer):
    adresse = reverse("import_annuler", args=[appliquee.pk])
    assert navigateur.post(adresse, {"motif": " "}).status_code == 422
    reponse = navigateur.post(adresse, {"motif": "mauvais exercice"})
    assert reponse.headers["Location"] == reverse("import_apercu", args=[appliquee.pk])
    texte = montrer(navigateur, appliquee).content.decode()
    for attendu in ("Import annulé le", "camille@exemple.example", "mauvais exercice"):
        assert attendu in texte
    assert adresse not in texte
    assert "Annulé" in navigateur.get(reverse("importer")).content.decode()
    assert set(Dossier.objects.values_list("stade", flat=True)) == {"soldee"}
    for dossier in Dossier.objects.all():
        assert navigateur.get(reverse("dossier", args=[dossier.pk])).status_code == 200
        assert navigateur.get(reverse("decompte", args=[dossier.pk])).status_code == 200
    for page in ("portefeuille", "aujourdhui"):
        assert navigateur.get(reverse(page)).status_code == 200
    assert navigateur.get(adresse).status_code == 302
    deposer(ENTETE + LIGNES)
    autre = Importation.objects.get(statut="apercu")
    assert [(c, n) for c, _nom, n in montrer(navigateur, autre).context["apercu"].issues] == [("cree", 2)]


def test_ce_qui_en_depend_est_nomme_et_rien_ne_change(navigateur, appliquee, ecrire):
    dossier = Dossier.objects.select_related("chaine").get(debiteur_nom="Premier SARL")
    relance = RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("f-A1",))
    ecrire(dossier, (relance, JOUR))
    adresse = reverse("import_annuler", args=[appliquee.pk])
    texte = navigateur.get(adresse).content.decode()
    for attendu in ("Une relance, 21/11/2026", reverse("dossier", args=[dossier.pk])):
        assert attendu in texte
    assert "<textarea" not in texte
    assert 'name="motif"' not in texte
    reponse = navigateur.post(adresse, {"motif": "erreur"})
    assert reponse.status_code == 422
    assert "ne peut pas être annulé" in reponse.content.decode()
    appliquee.refresh_from_db()
    assert appliquee.statut == "applique"


@pytest.mark.parametrize("nom", ["import_colonnes", "import_annuler"])
def test_annuler_et_relire_sont_aux_seules_personnes_du_cabinet(etranger, appliquee, nom):
    adresse = reverse(nom, args=[appliquee.pk])
    assert etranger.get(adresse).status_code == 404
    assert etranger.post(adresse, {"motif": "x"}).status_code == 404
