"""A table that has ended: screens go on provisionally, statements stop; entering the value computes all again."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import read_inscriptions, verify_journal
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_creancier, load_etat, load_etat_creancier, revalue
from exigible.dossier.faits_creancier import CreancierDecrit, ValeurDeBaremeSaisie
from exigible.droit.bareme import list_baremes, load_bareme

JANVIER = date(2027, 1, 15)
REFI = {"serie": "bce_refi:taux", "debut": "2027-01-01", "valeurs": "2,90", "source": "site BCE, relevé fictif"}


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


@pytest.fixture
def dossier(ouvrir_dossier):
    return ouvrir_dossier("Client en retard", "10000.00", 60)


@pytest.fixture
def janvier(dossier):
    """Two months later, the day's run done."""
    with fix_horloge(JANVIER):
        assert revalue([dossier.pk], JANVIER) == []
        yield


@pytest.fixture
def adresse(creancier):
    return reverse("baremes", args=[creancier.pk])


def test_les_tables_a_jour(navigateur, adresse):
    texte = lire(navigateur.get(adresse))
    assert "Taux de l'intérêt légal" in texte
    assert "jusqu’au 31/12/2026" in texte
    assert "sans terme, vérifié le 21/11/2026" in texte
    assert "valeur manquante" not in texte
    assert "Aucune : tout vient du programme." in texte


def test_les_reglages_menent_aux_baremes(navigateur, creancier, adresse):
    assert adresse in lire(navigateur.get(reverse("reglages_creancier", args=[creancier.pk])))


@pytest.mark.usefixtures("janvier")
def test_une_table_finie_n_arrete_pas_le_bureau(navigateur, dossier, adresse):
    for page in ("aujourdhui", "portefeuille"):
        texte = lire(navigateur.get(reverse(page)))
        assert "provisoires" in texte
        assert reverse("baremes_accueil") in texte
    assert "Taux provisoire" in lire(navigateur.get(reverse("dossier", args=[dossier.pk])))
    decompte = lire(navigateur.get(reverse("decompte", args=[dossier.pk])))
    assert "Les intérêts sont arrêtés au 31/12/2026" in decompte
    assert "provisoire" not in decompte
    assert navigateur.get(reverse("baremes_accueil")).url == adresse
    texte = lire(navigateur.get(adresse))
    assert "valeur manquante" in texte
    assert "saisir la valeur applicable au 01/01/2027" in texte


@pytest.mark.usefixtures("janvier")
def test_saisir_la_valeur_recalcule_tout(navigateur, dossier, creancier, adresse):
    avant = Dossier.objects.get(pk=dossier.pk)
    assert avant.provisoire
    reponse = lire(navigateur.post(adresse, REFI, follow=True))
    assert "1 dossier recalculé" in reponse
    assert "2,90 %" in reponse
    assert "par personne@exemple.example" in reponse
    apres = Dossier.objects.get(pk=dossier.pk)
    assert not apres.provisoire
    # Fifteen days on 10 000 € at 12,90 % (53,01) rather than at 12,65 % carried on (51,99).
    assert apres.echu - avant.echu == Decimal("1.02")
    decompte = lire(navigateur.get(reverse("decompte", args=[dossier.pk])))
    assert "arrêtés au" not in decompte
    assert "valeur saisie par l'utilisateur le 15/01/2027, source : site BCE, relevé fictif" in decompte
    assert "Valeur ajoutée au barème" in decompte
    for piece in ("decompte_pdf", "decompte_xlsx"):
        assert navigateur.get(reverse(piece, args=[dossier.pk])).status_code == 200
    assert verify_journal() == []
    (ajout,) = load_etat_creancier(creancier).ajouts
    assert (ajout.enregistree_le, ajout.auteur) == (JANVIER, "personne@exemple.example")


@pytest.mark.usefixtures("janvier")
def test_connu_au_ignore_ce_qui_a_ete_saisi_depuis(navigateur, dossier, adresse):
    navigateur.post(adresse, REFI)  # at noon
    matin = datetime(2027, 1, 15, 9, tzinfo=UTC)
    assert load_etat(dossier, JANVIER).decompte.interets_arretes_au is None
    assert load_etat(dossier, JANVIER, connu_au=matin).decompte.interets_arretes_au == date(2026, 12, 31)
    # As of an earlier day, what is known of the law is the same.
    assert load_etat(dossier, date(2027, 1, 3)).decompte.interets_arretes_au is None


@pytest.mark.usefixtures("janvier")
def test_retirer_une_valeur_revient_au_provisoire(navigateur, dossier, creancier, adresse):
    avant = Dossier.objects.get(pk=dossier.pk)
    navigateur.post(adresse, REFI)
    (rang,) = [i.rang for i in read_inscriptions(creancier.chaine) if isinstance(i.fait, ValeurDeBaremeSaisie)]
    retrait = reverse("bareme_retirer", args=[creancier.pk, rang])
    assert "Dites pourquoi" in lire(navigateur.post(retrait, {"motif": ""}, follow=True))
    assert len(load_etat_creancier(creancier).ajouts) == 1
    assert "Valeur retirée" in lire(navigateur.post(retrait, {"motif": "erreur de frappe"}, follow=True))
    assert load_etat_creancier(creancier).ajouts == ()
    apres = Dossier.objects.get(pk=dossier.pk)
    assert (apres.provisoire, apres.echu) == (True, avant.echu)
    assert navigateur.post(retrait, {"motif": "encore"}).status_code == 404


def test_un_semestre_plus_loin_il_faut_les_deux_valeurs(navigateur, dossier, adresse):
    juillet = date(2027, 7, 15)
    with fix_horloge(juillet):
        revalue([dossier.pk], juillet)
        navigateur.post(adresse, REFI | {"debut": "2027-07-01", "valeurs": "3,00"})
        assert load_etat(dossier, juillet).decompte.interets_arretes_au == date(2026, 12, 31)
        assert Dossier.objects.get(pk=dossier.pk).provisoire
        assert "saisir la valeur applicable au 01/01/2027" in lire(navigateur.get(adresse))
        navigateur.post(adresse, REFI)
        assert load_etat(dossier, juillet).decompte.interets_arretes_au is None
        assert not Dossier.objects.get(pk=dossier.pk).provisoire


def test_une_seule_saisie_pour_tous_les_creanciers(navigateur, cabinet, creancier, dossier_d_autrui, adresse):
    second = create_creancier(cabinet, CreancierDecrit(nom="Second exemple"), "essai", date(2026, 1, 1))
    assert "Pour tous les créanciers" in lire(navigateur.get(adresse))
    navigateur.post(adresse, REFI)
    assert load_etat_creancier(second).ajouts == ()
    navigateur.post(adresse, REFI | {"valeurs": "3", "partout": "on"})
    assert [a.valeurs for a in load_etat_creancier(second).ajouts] == [(Decimal(3),)]
    assert load_etat_creancier(dossier_d_autrui.creancier).ajouts == ()


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"valeurs": "deux"}, "n'est pas lisible"),
        ({"valeurs": "265"}, "vraisemblable"),
        ({"valeurs": "2 ; 3"}, "demande 1 nombre(s)"),
        ({"debut": "2027-02-01"}, "commence avec une période"),
        ({"serie": "bce_refi:autre"}, "Sélectionnez un choix valide"),
        ({"source": ""}, "obligatoire"),
    ],
)
def test_une_saisie_fautive_le_dit(navigateur, creancier, adresse, champs, message):
    reponse = navigateur.post(adresse, REFI | champs)
    assert reponse.status_code == 422
    assert message in lire(reponse)
    assert load_etat_creancier(creancier).ajouts == ()


def test_le_formulaire_propose_la_valeur_demandee(navigateur, adresse):
    texte = lire(navigateur.get(adresse, {"valeur": "interet_legal:particulier"}))
    assert '<option value="interet_legal:particulier" selected' in texte
    assert 'value="2027-01-01"' in texte
    assert '<option value="interet_legal:autres_cas" selected' in lire(navigateur.get(adresse, {"valeur": "faux"}))


def test_une_table_entiere(navigateur, creancier, adresse):
    navigateur.post(adresse, REFI)
    texte = lire(navigateur.get(reverse("bareme", args=[creancier.pk, "bce_refi"])))
    assert "2,90 %" in texte
    assert "saisie" in texte
    assert "01/01/1999" in texte
    assert navigateur.get(reverse("bareme", args=[creancier.pk, "inconnu"])).status_code == 404


def test_une_table_se_lit_en_anglais(navigateur, creancier):
    page = lire(navigateur.get(reverse("bareme", args=[creancier.pk, "competence"]), headers={"accept-language": "en"}))
    assert "Without a lawyer before the judicial court, at most" in page
    assert "€10,000.00" in page


@pytest.mark.parametrize("nom", list_baremes())
def test_chaque_valeur_a_un_nom_pour_les_gens(nom):
    bareme = load_bareme(nom)
    assert set(bareme.libelles) == set(bareme.series)


def test_les_baremes_d_autrui_restent_fermes(navigateur, dossier_d_autrui):
    assert navigateur.get(reverse("baremes", args=[dossier_d_autrui.creancier_id])).status_code == 404


def test_sans_creancier_les_baremes_menent_aux_reglages(navigateur):
    assert navigateur.get(reverse("baremes_accueil")).url == reverse("reglages")
