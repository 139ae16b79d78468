"""Letters in number on the screen: chosen from today's work or a filter, read, taken, approved."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.actes.lots import create_lot
from exigible.bureau.actes.lots_models import Lot, StatutLot
from exigible.bureau.comptes.services import create_cabinet
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Action, Dossier
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.regimes import QualitePartie

ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
DEBUT = date(2026, 1, 1)


def ouvrir(cabinet, noms):
    creancier = create_creancier(cabinet, CreancierDecrit(nom="Atelier Exemple", adresse=ADRESSE), "essai", DEBUT)
    for rang, nom in enumerate(noms):
        debiteur = DebiteurDecrit(nom=nom, code=f"C{rang}", qualite=QualitePartie.PROFESSIONNEL, adresse=ADRESSE)
        dossier = create_dossier(creancier, debiteur, "essai", DEBUT)
        emission = date(2026, 6, 1)
        creance = CreanceNee(
            cle=f"f-{rang}", numero=f"F-{rang}", emission=emission, echeance=date(2026, 7, 1), montant=Decimal("900.00")
        )
        record_faits(dossier.chaine, [FaitAEcrire(creance, emission)], "essai")


@pytest.fixture
def deux(cabinet):
    ouvrir(cabinet, ["Client Un", "Client Deux"])
    return list(Dossier.objects.filter(cabinet=cabinet).order_by("reference"))


def lire(reponse):
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def preparer(navigateur, dossiers, acte="mise_en_demeure", **champs):
    donnees = {"acte": acte, "dossiers": [str(d.pk) for d in dossiers], **champs}
    reponse = navigateur.post(reverse("lot_nouveau"), donnees)
    assert reponse.status_code == 302
    return Lot.objects.get()


def test_sans_lot_la_page_dit_quoi_faire(navigateur):
    assert "Aucun lot encore" in lire(navigateur.get(reverse("lots")))
    assert "Aucun client à qui écrire" in lire(navigateur.get(reverse("lot_nouveau")))


def test_le_travail_du_jour_se_prepare_en_lot(navigateur, deux, cabinet):
    Action.objects.filter(cabinet=cabinet).delete()
    Action.objects.create(cabinet=cabinet, dossier=deux[0], cle="x", geste="mettre_en_demeure", phrase="x")
    assert "La mise en demeure du jour" in lire(navigateur.get(reverse("lots")))
    page = lire(navigateur.get(reverse("lot_nouveau"), {"geste": "mettre_en_demeure"}))
    assert deux[0].debiteur_nom in page
    assert deux[1].debiteur_nom not in page
    assert '<option value="mise_en_demeure" selected>' in page


def test_un_lot_se_prepare_se_prend_et_s_approuve(navigateur, deux):
    lot = preparer(navigateur, deux, recto_verso="oui")
    assert lot.statut == StatutLot.FAIT
    page = lire(navigateur.get(reverse("lot", args=[lot.pk])))
    assert "J’ai relu : approuver les 2 lettres" in page
    archive = b"".join(navigateur.get(reverse("lot_fichier", args=[lot.pk, "lot.zip"])).streaming_content)
    noms = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert noms[:2] == ["manifeste.csv", "impression.pdf"]
    assert [n for n in noms if n.startswith("lettres/")] == sorted(n for n in noms if n.startswith("lettres/"))
    assert len(noms) == 4
    encore = b"".join(navigateur.get(reverse("lot_fichier", args=[lot.pk, "lot.zip"])).streaming_content)
    assert archive == encore
    impression = b"".join(navigateur.get(reverse("lot_fichier", args=[lot.pk, "impression.pdf"])).streaming_content)
    assert impression.startswith(b"%PDF")
    navigateur.post(reverse("lot_approuver", args=[lot.pk]))
    lot.refresh_from_db()
    assert lot.statut == StatutLot.APPROUVE
    assert Courrier.objects.count() == 2
    assert "Approuvée" in lire(navigateur.get(reverse("lot", args=[lot.pk])))


def test_on_ne_prend_que_les_clients_coches(navigateur, deux):
    lot = preparer(navigateur, deux[:1])
    assert list(lot.parts.values_list("dossier", flat=True)) == [deux[0].pk]


def test_rien_de_coche_est_dit(navigateur, deux):
    reponse = navigateur.post(reverse("lot_nouveau"), {"acte": "mise_en_demeure", "dossiers": ["n'importe quoi"]})
    assert "Cochez au moins un client" in lire(reponse)
    assert not Lot.objects.exists()


def test_un_lot_en_cours_montre_ou_il_en_est(navigateur, deux, cabinet):
    lot = create_lot(cabinet, "mise_en_demeure", deux, "essai")
    page = lire(navigateur.get(reverse("lot", args=[lot.pk])))
    assert "Lettres en cours de préparation" in page
    assert navigateur.get(reverse("lot_fichier", args=[lot.pk, "lot.zip"])).status_code == 404
    assert "HX-Refresh" not in navigateur.get(reverse("lot_avancement", args=[lot.pk])).headers
    Lot.objects.update(statut=StatutLot.INTERROMPU)
    assert navigateur.get(reverse("lot_avancement", args=[lot.pk])).headers["HX-Refresh"] == "true"
    assert "Reprendre" in lire(navigateur.get(reverse("lot", args=[lot.pk])))
    navigateur.post(reverse("lot_reprendre", args=[lot.pk]))
    lot.refresh_from_db()
    assert lot.statut == StatutLot.FAIT


def test_le_lot_d_un_autre_cabinet_n_existe_pas(navigateur, db):
    autre = create_cabinet("Autre")
    ouvrir(autre, ["Client Tiers"])
    lot = create_lot(autre, "mise_en_demeure", list(Dossier.objects.filter(cabinet=autre)), "x")
    for nom in ("lot", "lot_avancement"):
        assert navigateur.get(reverse(nom, args=[lot.pk])).status_code == 404
    for nom in ("lot_approuver", "lot_reprendre"):
        assert navigateur.post(reverse(nom, args=[lot.pk])).status_code == 404
    assert navigateur.get(reverse("lot_fichier", args=[lot.pk, "manifeste.csv"])).status_code == 404
    reponse = navigateur.post(
        reverse("lot_nouveau"), {"acte": "mise_en_demeure", "dossiers": [str(lot.parts.get().dossier_id)]}
    )
    assert "Cochez" in lire(reponse)


def test_une_lettre_qui_ne_peut_etre_faite_dit_pourquoi(navigateur, deux, cabinet):
    record_faits(
        deux[0].chaine,
        [FaitAEcrire(DebiteurDecrit(nom="Client Un", qualite=QualitePartie.INCONNUE, adresse=ADRESSE), DEBUT)],
        "essai",
    )
    lot = preparer(navigateur, deux)
    page = lire(navigateur.get(reverse("lot", args=[lot.pk])))
    assert "Non faite" in page
    assert "refusé" in page
