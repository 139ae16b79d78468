"""Settings, bank, « À compléter »: what is typed becomes facts; faults are said in French."""

import hashlib
import io
import struct
import zlib
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Dossier, Paiement
from exigible.bureau.tiers.services import load_etat, load_etat_creancier
from exigible.dossier.faits import Adresse, CreanceNee, Reclamation
from exigible.droit.regimes import QualitePartie

AUTRE_IBAN = "FR7630006000011234567890189"


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def envoyer(navigateur, nom, creancier, donnees):
    return navigateur.post(reverse(nom, args=[creancier.pk]), donnees)


ENTETE = {
    "nom": "Atelier Exemple SARL",
    "qualite": "professionnel",
    "forme": "SARL",
    "capital": "10 000 €",
    "lignes": "1 rue de l'Exemple\nBâtiment B",
    "code_postal": "99000",
    "ville": "Villefictive",
    "pays": "fr",
    "signataire": "Camille Exemple",
}


def test_un_seul_creancier_s_ouvre_aussitot(navigateur, creancier):
    assert navigateur.get(reverse("reglages")).url == reverse("reglages_creancier", args=[creancier.pk])


def test_l_en_tete_est_enregistre(navigateur, creancier):
    assert envoyer(navigateur, "reglages_creancier", creancier, ENTETE).status_code == 302
    description = load_etat_creancier(creancier).description
    assert description.nom == "Atelier Exemple SARL"
    assert description.adresse == Adresse(
        lignes=("1 rue de l'Exemple", "Bâtiment B"), code_postal="99000", ville="Villefictive"
    )
    creancier.refresh_from_db()
    assert creancier.nom == "Atelier Exemple SARL"


def test_un_siren_faux_est_refuse(navigateur, creancier):
    reponse = envoyer(navigateur, "reglages_creancier", creancier, ENTETE | {"siren": "123456789"})
    assert reponse.status_code == 422
    assert "Ce n’est pas un SIREN" in lire(reponse)
    assert load_etat_creancier(creancier).description.nom == "Atelier Exemple"


def test_comptes_ajoutes_et_retires(navigateur, creancier):
    faux = envoyer(navigateur, "reglages_compte", creancier, {"iban": "FR7630006000011234567890180"})
    assert "Cet IBAN n’est pas valable" in lire(faux)
    envoyer(navigateur, "reglages_compte", creancier, {"iban": "FR76 3000 6000 0112 3456 7890 189", "principal": "on"})
    assert load_etat_creancier(creancier).ibans[0][0] == AUTRE_IBAN
    assert "FR76 3000 6000" in lire(navigateur.get(reverse("reglages"), follow=True))
    envoyer(navigateur, "reglages_compte_retirer", creancier, {"iban": AUTRE_IBAN})
    assert AUTRE_IBAN not in [iban for iban, _ in load_etat_creancier(creancier).ibans]
    reponse = navigateur.post(reverse("reglages_compte_retirer", args=[creancier.pk]), {"iban": "inconnu"}, follow=True)
    assert "n’est pas parmi ceux" in lire(reponse)


def test_conditions_de_vente(navigateur, creancier):
    donnees = {"delai": "45 j fdm", "source_taux": "taux", "taux_penalites": "12,5", "jour": "01/01/2026"}
    assert envoyer(navigateur, "reglages_conditions", creancier, donnees).status_code == 302
    conditions = load_etat_creancier(creancier).conditions
    assert conditions.delai == "45 jours fin de mois"
    assert conditions.taux_penalites == Decimal("12.5")
    assert conditions.multiple_legal is None
    assert 'value="12,5"' in lire(navigateur.get(reverse("reglages"), follow=True))


@pytest.mark.parametrize(
    ("faute", "phrase"),
    [
        ({"delai": "quand il pourra"}, "n&#x27;est pas comprise"),
        ({"source_taux": "taux", "taux_penalites": ""}, "Indiquez ce nombre"),
        ({"source_taux": "taux", "taux_penalites": "douze"}, "Ce nombre n’est pas lisible"),
        ({"jour": "31/02/2026"}, "n’existe pas ou n’est pas lisible"),
    ],
)
def test_des_conditions_fausses_sont_expliquees(navigateur, creancier, faute, phrase):
    donnees = {"delai": "30 jours", "source_taux": "silence", "jour": "01/01/2026"} | faute
    reponse = envoyer(navigateur, "reglages_conditions", creancier, donnees)
    assert reponse.status_code == 422
    assert phrase in lire(reponse)


def test_renoncer_change_ce_qui_est_du(navigateur, creancier, ouvrir_dossier):
    dossier = ouvrir_dossier("Entreprise", "1000.00", 100)
    assert dossier.indemnites == Decimal("40.00")
    envoyer(navigateur, "reglages_reclamation", creancier, {"penalites": "annoncer", "indemnite": "renoncer"})
    assert load_etat_creancier(creancier).indemnite is Reclamation.RENONCER
    dossier.refresh_from_db()
    assert (dossier.interets, dossier.indemnites, dossier.echu) == (Decimal(0), Decimal(0), Decimal("1000.00"))


# --- Logo ---


def make_png(largeur=120, hauteur=48):
    def bloc(nom, contenu):
        return struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))

    rangs = b"".join(b"\0" + b"\x1f\x4a\x6b" * largeur for _ in range(hauteur))
    entete = bloc(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + entete + bloc(b"IDAT", zlib.compress(rangs)) + bloc(b"IEND", b"")


def deposer(navigateur, creancier, contenu, nom="logo.png"):
    return envoyer(navigateur, "reglages_logo", creancier, {"logo": SimpleUploadedFile(nom, contenu)})


def count_images(reponse):
    """The pictures of the first page of a PDF."""
    assert reponse.status_code == 200
    objets = pypdf.PdfReader(io.BytesIO(reponse.content)).pages[0]["/Resources"].get("/XObject", {})
    return sum(objets[nom].get("/Subtype") == "/Image" for nom in objets)


def test_le_logo_est_garde_montre_imprime_puis_retire(navigateur, creancier, ouvrir_dossier):
    envoyer(navigateur, "reglages_creancier", creancier, ENTETE)
    envoyer(navigateur, "reglages_compte", creancier, {"iban": AUTRE_IBAN, "principal": "on"})
    dossier = ouvrir_dossier("Client en retard", "1000.00", 100)
    adresses = [reverse(nom, args=[dossier.pk]) for nom in ("decompte_pdf", "courrier_pdf")]
    assert [count_images(navigateur.get(adresse)) for adresse in adresses] == [0, 0]
    logo = make_png()
    assert deposer(navigateur, creancier, logo).status_code == 302
    description = load_etat_creancier(creancier).description
    assert description.logo == hashlib.sha256(logo).hexdigest()
    assert description.nom == ENTETE["nom"]
    adresse = reverse("piece", args=[description.logo])
    assert f'src="{adresse}"' in lire(navigateur.get(reverse("reglages"), follow=True))
    image = navigateur.get(adresse)
    assert (image.content, image.headers["Content-Type"]) == (logo, "image/png")
    assert [count_images(navigateur.get(adresse)) for adresse in adresses] == [1, 1]
    envoyer(navigateur, "reglages_creancier", creancier, ENTETE)
    assert load_etat_creancier(creancier).description.logo == description.logo
    envoyer(navigateur, "reglages_logo_retirer", creancier, {})
    assert load_etat_creancier(creancier).description.logo == ""


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "fichier soumis est vide"),
        (b"<svg/>", "ni une image PNG ni une image JPEG"),
        (make_png()[:60], "pas lisible"),
        (make_png() + bytes(1_000_000), "dépasse 1 Mo"),
    ],
)
def test_un_logo_inutilisable_est_refuse_en_une_phrase(navigateur, creancier, contenu, phrase):
    reponse = deposer(navigateur, creancier, contenu)
    assert reponse.status_code == 422
    assert phrase in lire(reponse)
    assert load_etat_creancier(creancier).description.logo == ""
    assert not Piece.objects.exists()


def test_le_logo_d_un_autre_cabinet_ne_se_change_pas(navigateur, dossier_d_autrui):
    autre = dossier_d_autrui.creancier
    assert deposer(navigateur, autre, make_png()).status_code == 404
    assert envoyer(navigateur, "reglages_logo_retirer", autre, {}).status_code == 404


# --- Bank ---


def test_un_virement_s_affecte_a_son_client(navigateur, ouvrir_dossier, constater):
    dossier = ouvrir_dossier("Boulangerie Fictive", "250.00", 20, qualite=QualitePartie.CONSOMMATEUR)
    constater("m1", "250.00", "VIR BOULANGERIE FICTIVE", "BOULANGERIE FICTIVE")
    mouvement = Mouvement.objects.get()
    page = lire(navigateur.get(reverse("mouvement", args=[mouvement.pk])))
    assert "C’est ce client" in page
    assert f'value="{dossier.pk}|c-F-001"' in page
    reponse = navigateur.post(
        reverse("mouvement_affecter", args=[mouvement.pk]), {"dossier": str(dossier.pk), "creances": "c-F-001"}
    )
    assert reponse.url == reverse("banque")
    assert Paiement.objects.get().montant == Decimal("250.00")
    mouvement.refresh_from_db()
    assert mouvement.statut == "rapproche"
    dossier.refresh_from_db()
    assert dossier.echu == 0
    rouvrir = navigateur.post(reverse("mouvement_rouvrir", args=[mouvement.pk]), {"motif": "erreur de ma part"})
    assert rouvrir.status_code == 302
    mouvement.refresh_from_db()
    assert mouvement.statut == "a_rapprocher"


def test_la_facture_citee_est_cochee_plutot_que_le_montant(navigateur, ouvrir_dossier, constater):
    dossier = ouvrir_dossier("Client", "250.00", 20, qualite=QualitePartie.CONSOMMATEUR)
    autre = CreanceNee(
        cle="autre", numero="F-900", emission=date(2026, 9, 1), echeance=date(2026, 10, 1), montant=Decimal("90.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(autre, date(2026, 9, 1))], "essai")
    constater("m1", "60.00", "ACOMPTE F-900")
    page = lire(navigateur.get(reverse("mouvement", args=[Mouvement.objects.get().pk])))
    assert f'value="{dossier.pk}|autre"><input type="hidden" name="montant" value="60.00"' in page
    assert 'value="c-F-001" checked' not in page


def test_un_virement_ne_va_pas_chez_autrui(navigateur, constater, dossier_d_autrui):
    constater("m1", "250.00", "VIR")
    mouvement = Mouvement.objects.get(cle="m1")
    adresse = reverse("mouvement_affecter", args=[mouvement.pk])
    assert navigateur.post(adresse, {"dossier": str(dossier_d_autrui.pk)}).status_code == 404
    assert "Choisissez le client" in lire(navigateur.post(adresse, {"dossier": "n'importe quoi"}))


def test_ecarter_demande_un_motif(navigateur, constater):
    constater("m1", "250.00", "VIR REMBOURSEMENT ASSURANCE")
    mouvement = Mouvement.objects.get()
    adresse = reverse("mouvement_ecarter", args=[mouvement.pk])
    assert "Indiquez un motif" in lire(navigateur.post(adresse, {"motif": " "}))
    assert navigateur.post(adresse, {"motif": "assurance"}).status_code == 302
    mouvement.refresh_from_db()
    assert mouvement.statut == "ecarte"
    assert "REMBOURSEMENT" not in lire(navigateur.get(reverse("banque")))
    assert "REMBOURSEMENT" in lire(navigateur.get(reverse("banque"), {"statut": "ecarte"}))


def test_banque_filtre_cherche_et_exporte(navigateur, constater, creancier):
    assert "Aucun mouvement bancaire" in lire(navigateur.get(reverse("banque")))
    constater("m1", "250.00", "VIR ALPHA")
    constater("m2", "-30.00", "FRAIS BANCAIRES")
    page = lire(navigateur.get(reverse("banque")))
    assert "VIR ALPHA" in page
    assert "FRAIS" not in page
    assert "FRAIS" in lire(navigateur.get(reverse("banque"), {"statut": "tous"}))
    assert "VIR ALPHA" not in lire(navigateur.get(reverse("banque"), {"q": "beta"}))
    export = navigateur.get(reverse("banque_export", args=["csv"]), {"statut": "tous"}).content.decode("utf-8-sig")
    assert "-30,00" in export


# --- À compléter ---


def test_une_adresse_de_plusieurs_lignes_laissee_telle_quelle_n_est_pas_un_changement(navigateur, ouvrir_dossier):
    adresse = Adresse(lignes=("Bâtiment des Longues Dénominations", "12 rue de l'Essai"), code_postal="99000", ville="")
    dossier = ouvrir_dossier("Deux lignes", "10.00", 20, adresse=adresse)
    assert "Longues Dénominations\n12 rue" in lire(navigateur.get(reverse("completer"))).replace("&#x27;", "'")
    donnees = {
        f"{dossier.pk}-qualite": "professionnel",
        f"{dossier.pk}-nom": "Deux lignes",
        f"{dossier.pk}-rue": "Bâtiment des Longues Dénominations\r\n12 rue de l'Essai",
        f"{dossier.pk}-code_postal": "99000",
        f"{dossier.pk}-ville": "",
    }
    assert "Aucune ligne n’a changé." in lire(navigateur.post(reverse("completer"), donnees, follow=True))


def test_completer_la_qualite_et_l_adresse(navigateur, ouvrir_dossier):
    sans = ouvrir_dossier("Sans qualité", "10.00", 20, qualite=QualitePartie.INCONNUE, telephone="01 99 00 00 00")
    sans_adresse = ouvrir_dossier("Sans adresse", "20.00", 20, adresse=Adresse(lignes=("", "Étage 2")))
    complet = ouvrir_dossier("Complet", "30.00", 20)
    page = lire(navigateur.get(reverse("completer")))
    assert "Sans qualité" in page
    assert "Sans adresse" in page
    assert "Complet" not in page
    donnees = {
        f"{sans.pk}-qualite": "consommateur",
        f"{sans.pk}-nom": "Sans qualité",
        f"{sans.pk}-rue": "2 rue de l'Essai",
        f"{sans.pk}-code_postal": "99000",
        f"{sans.pk}-ville": "Villefictive",
        f"{sans_adresse.pk}-qualite": "professionnel",
        f"{sans_adresse.pk}-nom": "Sans adresse",
        f"{sans_adresse.pk}-rue": "3 rue Neuve\r\nÉtage 2",
        f"{sans_adresse.pk}-code_postal": "99000",
        f"{sans_adresse.pk}-ville": "Villefictive",
    }
    assert "2 clients complétés." in lire(navigateur.post(reverse("completer"), donnees, follow=True))
    debiteur = load_etat(sans).debiteur
    assert debiteur.qualite is QualitePartie.CONSOMMATEUR
    assert debiteur.telephone == "01 99 00 00 00"  # the rest is kept
    assert load_etat(sans_adresse).debiteur.adresse.lignes == ("3 rue Neuve", "Étage 2")
    assert complet.chaine.tete_rang == Dossier.objects.get(pk=complet.pk).chaine.tete_rang
    assert "Tout est complet" in lire(navigateur.get(reverse("completer")))


def test_une_ligne_fausse_empeche_tout(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Sans qualité", "10.00", 20, qualite=QualitePartie.INCONNUE)
    donnees = {f"{dossier.pk}-qualite": "marsien", f"{dossier.pk}-nom": "Sans qualité"}
    reponse = navigateur.post(reverse("completer"), donnees)
    assert reponse.status_code == 422
    assert "Rien n’a été enregistré" in lire(reponse)
    assert load_etat(dossier).debiteur.qualite is QualitePartie.INCONNUE


def test_une_qualite_pour_les_clients_coches(navigateur, ouvrir_dossier):
    dossiers = [ouvrir_dossier(f"Client {i}", "10.00", 20, qualite=QualitePartie.INCONNUE) for i in range(3)]
    donnees = {"commune": "1", "qualite_commune": "professionnel", "choisis": [str(d.pk) for d in dossiers[:2]]}
    navigateur.post(reverse("completer"), donnees)
    qualites = [load_etat(d).debiteur.qualite for d in dossiers]
    assert qualites == [QualitePartie.PROFESSIONNEL, QualitePartie.PROFESSIONNEL, QualitePartie.INCONNUE]
    sans_choix = navigateur.post(
        reverse("completer"), {"commune": "1", "qualite_commune": "professionnel"}, follow=True
    )
    assert "Cochez les clients" in lire(sans_choix)


def test_completer_s_exporte(navigateur, ouvrir_dossier):
    ouvrir_dossier("Sans qualité", "10.00", 20, qualite=QualitePartie.INCONNUE)
    export = navigateur.get(reverse("completer_export", args=["csv"])).content.decode("utf-8-sig")
    assert "dire si le débiteur est un professionnel" in export


def test_le_jour_des_conditions_vaut_pour_les_factures_d_apres(navigateur, creancier):
    donnees = {"delai": "60 jours", "source_taux": "silence", "jour": "2026-12-01"}
    envoyer(navigateur, "reglages_conditions", creancier, donnees)
    assert load_etat_creancier(creancier).conditions.delai == "30 jours"
    assert load_etat_creancier(creancier, date(2026, 12, 1)).conditions.delai == "60 jours"
