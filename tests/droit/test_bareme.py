import re
from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.bareme import ValeurAjoutee, load_bareme, parse_bareme
from exigible.droit.erreurs import ErreurBareme

TEXTE = """
[meta]
nom = "essai"
libelle = "essai"
unite = "euros"
type = "periodique"
connu_jusqu_au = 2020-12-31
periode_mois = 12
attendue_le = 2021-01-01
prochaine_valeur = "la valeur de 2021"
series = ["montant"]
[sources]
lu = "Journal fictif"
[[valeur]]
debut = 2019-01-01
montant = "1.00"
source = ["lu"]
[[valeur]]
debut = 2020-01-01
montant = "2.00"
source = ["lu"]
a_verifier = true
note = "lu une seule fois"
"""


@pytest.mark.parametrize(
    ("jour", "serie", "attendu"),
    [
        (date(2026, 3, 15), "particulier", "6.67"),
        (date(2026, 3, 15), "autres_cas", "2.62"),
        (date(2014, 12, 31), "particulier", "0.04"),
        (date(1989, 7, 14), "autres_cas", "9.50"),
        (date(1989, 7, 15), "autres_cas", "7.82"),
        (date(2026, 12, 31), "autres_cas", "2.75"),
    ],
)
def test_taux_legal(jour, serie, attendu):
    assert load_bareme("interet_legal").get_valeur(jour, serie).valeur == Decimal(attendu)


@pytest.mark.parametrize(
    ("nom", "serie", "jour", "sens"),
    [
        ("interet_legal", "autres_cas", date(2027, 1, 1), "apres"),
        ("interet_legal", "autres_cas", date(1975, 7, 14), "avant"),
        ("bce_refi", "taux", date(2027, 1, 1), "apres"),
        ("penalites", "indemnite_forfaitaire", date(2012, 12, 31), "avant"),
    ],
)
def test_hors_bareme(nom, serie, jour, sens):
    with pytest.raises(ErreurBareme) as erreur:
        load_bareme(nom).get_valeur(jour, serie)
    assert erreur.value.code == "date_hors_bareme"
    assert erreur.value.parametres["sens"] == sens
    assert load_bareme(nom).libelle in erreur.value.message


def test_provisoire_reprend_la_derniere_valeur_et_le_dit():
    bareme = load_bareme("interet_legal")
    valeur = bareme.get_valeur(date(2027, 3, 1), "autres_cas", provisoire=True)
    assert valeur.provisoire
    assert valeur.valeur == Decimal("2.75")
    assert "taux_provisoire" in [a.code for a in bareme.list_avertissements(valeur)]


def test_provisoire_n_invente_rien_avant_la_premiere_valeur():
    with pytest.raises(ErreurBareme):
        load_bareme("interet_legal").get_valeur(date(1970, 1, 1), "autres_cas", provisoire=True)


def test_une_valeur_a_verifier_avertit():
    bareme = load_bareme("interet_legal")
    (avertissement,) = bareme.list_avertissements(bareme.get_valeur(date(2026, 8, 1), "autres_cas"))
    assert avertissement.code == "valeur_a_verifier"
    assert "2,75" in avertissement.message
    assert bareme.list_avertissements(bareme.get_valeur(date(2026, 1, 1), "autres_cas")) == ()


def test_une_table_permanente_continue():
    assert load_bareme("penalites").get_valeur(date(2090, 1, 1), "indemnite_forfaitaire").valeur == Decimal("40.00")


def test_lit_une_table():
    bareme = parse_bareme(TEXTE)
    assert [valeur.valeur for valeur in bareme.get_historique("montant")] == [Decimal("1.00"), Decimal("2.00")]
    assert bareme.get_valeur(date(2019, 12, 31), "montant").source == "Journal fictif"


@pytest.mark.parametrize(
    ("ancien", "nouveau", "dit"),
    [
        ('source = ["lu"]', 'source = ["ailleurs"]', "entrée du 2019-01-01, « montant » : source absente ou inconnue"),
        ('source = ["lu"]', 'source = ["lu", "ailleurs"]', "source absente ou inconnue ['ailleurs']"),
        ('source = ["lu"]', "source = []", "source absente ou inconnue []"),
        ('source = ["lu"]', "", "source absente ou inconnue []"),
        ('montant = "1.00"', "montant = 1.00", "entrée du 2019-01-01, « montant » : la valeur doit être un texte"),
        ('montant = "1.00"', "montant = []", "la valeur doit être un texte"),
        ('montant = "1.00"', 'montant = ["1.00", 2]', "la valeur doit être un texte"),
        ('montant = "1.00"', 'montant = "un"', "la valeur n'est pas un nombre"),
        ('montant = "1.00"', 'montant = "1.00"\nfin = 2018-12-31', "dernier jour hors de sa période"),
        ('montant = "1.00"', 'montant = "1.00"\nfin = 2020-01-01', "dernier jour hors de sa période"),
        ("debut = 2020-01-01", "debut = 2019-01-01", "série « montant » vide ou dates non croissantes"),
        ('series = ["montant"]', 'series = ["montant", "autre"]', "série « autre » vide"),
        ("a_verifier = true", "averifier = true", "colonne inconnue ['averifier']"),
        ('unite = "euros"', 'unite = ""', "chaque série doit avoir son unité"),
        ('unite = "euros"', "", "chaque série doit avoir son unité"),
        ('unite = "euros"', 'unites = { autre = "euros" }', "chaque série doit avoir son unité"),
        ('type = "periodique"', 'type = "autre"', "[meta] doit porter le type et"),
        ('type = "periodique"', 'type = "permanent"', "[meta] doit porter le type et ['type', 'verifie_le']"),
        ("periode_mois = 12\n", "", "[meta] doit porter le type et ['attendue_le', 'connu_jusqu_au', 'periode_mois'"),
        ("periode_mois = 12\n", "periode_mois = 12\nperiode = 12\n", "sans autre clé inconnue"),
    ],
)
def test_refuse_une_table_mal_ecrite(ancien, nouveau, dit):
    with pytest.raises(ErreurBareme) as erreur:
        parse_bareme(TEXTE.replace(ancien, nouveau))
    assert (erreur.value.code, erreur.value.parametres) == ("bareme_invalide", {"bareme": "essai"})
    assert erreur.value.message.startswith("Le barème « essai » est mal écrit : ")
    assert dit in erreur.value.message


def test_une_valeur_dit_tout_ce_qui_a_ete_lu():
    bareme = parse_bareme(
        TEXTE.replace('lu = "Journal fictif"', 'lu = "Journal fictif"\nrelu = "Recueil fictif"').replace(
            'source = ["lu"]\na_verifier',
            'source = ["lu", "relu"]\nreference = "décret fictif"\narticle = "C. fictif 1"\na_verifier',
        )
    )
    premiere, derniere = bareme.get_historique("montant")
    assert (premiere.source, premiere.reference, premiere.article, premiere.note) == ("Journal fictif", "", "", "")
    assert (premiere.debut, premiere.fin, premiere.unite) == (date(2019, 1, 1), date(2019, 12, 31), "euros")
    assert {premiere.a_verifier, premiere.a_verifier_debut, premiere.terminee, premiere.provisoire} == {False}
    assert derniere.source == "décret fictif ; Journal fictif ; Recueil fictif"
    assert (derniere.reference, derniere.article, derniere.note) == (
        *("décret fictif", "C. fictif 1"),
        "lu une seule fois",
    )
    assert (derniere.fin, derniere.a_verifier) == (date(2020, 12, 31), True)
    assert (bareme.nom, bareme.libelle, bareme.verifie_le, bareme.a_relire_le) == ("essai", "essai", None, None)
    assert (bareme.prochaine_valeur, bareme.periode_mois, bareme.attendue_le) == (
        *("la valeur de 2021", 12),
        date(2021, 1, 1),
    )


PERMANENTE = """
[meta]
nom = "essai"
libelle = "essai"
libelles = { montant = "le montant" }
unite = "euros"
unites = { montant = "jours" }
type = "permanent"
verifie_le = 2020-02-03
a_relire_le = 2021-04-05
series = ["montant"]
[sources]
lu = "Journal fictif"
[[valeur]]
debut = 2019-01-01
fin = 2019-01-01
montant = "1"
source = ["lu"]
[[valeur]]
debut = 2019-06-01
montant = "2"
source = ["lu"]
a_verifier_debut = true
"""


def test_une_table_permanente_dit_quand_elle_a_ete_lue_et_quand_la_relire():
    bareme = parse_bareme(PERMANENTE)
    assert (bareme.verifie_le, bareme.a_relire_le) == (date(2020, 2, 3), date(2021, 4, 5))
    assert (bareme.prochaine_valeur, bareme.periode_mois, bareme.attendue_le) == ("", 0, None)
    assert (bareme.unites, bareme.libelles) == ({"montant": "jours"}, {"montant": "le montant"})
    assert re.fullmatch(r"[0-9a-f]{12}", bareme.version)
    assert bareme.version != parse_bareme(PERMANENTE.replace('"2"', '"3"')).version
    un_jour, suite = bareme.get_historique("montant")
    assert (un_jour.fin, un_jour.terminee, suite.fin, suite.terminee) == (date(2019, 1, 1), True, None, False)
    assert (un_jour.a_verifier_debut, suite.a_verifier_debut) == (False, True)
    assert parse_bareme(TEXTE).verifie_le is None


def test_une_serie_terminee_n_attend_plus_rien():
    bareme = parse_bareme(TEXTE.replace("a_verifier = true", "fin = 2020-12-31\na_verifier = true"))
    assert (bareme.find_manque("montant"), bareme.describe_manque("montant")) == (None, "")
    with pytest.raises(ErreurBareme, match="choisissez une date plus ancienne"):
        bareme.get_valeur(date(2021, 1, 1), "montant")


@pytest.mark.parametrize(
    ("jour", "fin"),
    [
        (date(2021, 3, 14), date(2021, 3, 14)),
        (date(2021, 3, 15), date(2022, 3, 14)),
        (date(2022, 1, 1), date(2022, 3, 14)),
    ],
)
def test_une_periode_peut_commencer_un_autre_jour_que_le_premier(jour, fin):
    assert parse_bareme(TEXTE.replace("2021-01-01", "2021-03-15")).find_fin_periode(jour) == fin


PERIODE = {"bareme": "essai", "debut": "2020-01-01", "fin": "2020-12-31", "valeur": "2.00"}


def test_un_avertissement_dit_la_valeur_sa_periode_et_sa_note():
    bareme = parse_bareme(TEXTE)
    (avertissement,) = bareme.list_avertissements(bareme.get_valeur(date(2020, 6, 1), "montant"))
    assert (avertissement.code, avertissement.parametres) == ("valeur_a_verifier", PERIODE)
    assert "essai, 2,00\u00a0€, en vigueur du 01/01/2020 au 31/12/2020 ; lu une seule fois." in avertissement.message
    *_, provisoire = bareme.list_avertissements(bareme.get_valeur(date(2021, 6, 1), "montant", provisoire=True))
    assert (provisoire.code, provisoire.parametres) == ("taux_provisoire", PERIODE)
    assert "essai, connu jusqu'au 31/12/2020 seulement ; la dernière valeur connue (2,00\u00a0€)" in provisoire.message


def test_un_avertissement_d_une_valeur_ajoutee_a_une_table_permanente():
    ajout = ValeurAjoutee(
        *("penalites", "indemnite_forfaitaire", date(2027, 3, 1), (Decimal(50),)),
        *("décret fictif", date(2027, 3, 2)),
    )
    bareme = load_bareme("penalites", [ajout])
    (avertissement,) = bareme.list_avertissements(bareme.get_valeur(date(2027, 3, 1), "indemnite_forfaitaire"))
    assert avertissement.parametres == {"bareme": "penalites", "debut": "2027-03-01", "fin": "", "valeur": "50"}
    assert "50,00\u00a0€, en vigueur du 01/03/2027 ; valeur saisie par l'utilisateur" in avertissement.message


@pytest.mark.parametrize(
    ("jour", "sens", "dit"),
    [
        (
            *(date(2018, 12, 31), "avant"),
            "Pas de valeur au 31/12/2018 dans le barème « essai », connu du 01/01/2019 au 31/12/2020 : choisissez",
        ),
        (
            *(date(2021, 1, 1), "apres"),
            "connu du 01/01/2019 au 31/12/2020 : il manque la valeur de 2021. Arrêtez le calcul plus tôt, ou",
        ),
    ],
)
def test_hors_du_bareme_on_dit_ce_qui_est_connu_et_quoi_faire(jour, sens, dit):
    with pytest.raises(ErreurBareme) as erreur:
        parse_bareme(TEXTE).get_valeur(jour, "montant")
    assert erreur.value.code == "date_hors_bareme"
    assert erreur.value.parametres == {"jour": jour.isoformat(), "bareme": "essai", "sens": sens}
    assert dit in erreur.value.message


def test_avant_une_table_qui_continue_seul_son_premier_jour_est_dit():
    with pytest.raises(ErreurBareme, match="connu depuis le 01/01/2013 : choisissez une date plus récente"):
        load_bareme("penalites").get_valeur(date(2012, 12, 31), "indemnite_forfaitaire")


@pytest.mark.parametrize(
    ("jour", "codes"),
    [
        (date(2013, 1, 1), ["valeur_a_verifier"]),
        (date(2013, 12, 31), ["valeur_a_verifier"]),
        (date(2014, 1, 1), []),
        (date(2026, 11, 21), []),
    ],
)
def test_un_premier_jour_a_verifier_n_avertit_que_l_annee_qui_le_suit(jour, codes):
    bareme = load_bareme("penalites")
    valeur = bareme.get_valeur(jour, "indemnite_forfaitaire")
    assert [a.code for a in bareme.list_avertissements(valeur)] == codes


def build(montant='"1.00"', fin="", meta=""):
    texte = TEXTE.replace('montant = "1.00"', f"montant = {montant}\n{fin}")
    return parse_bareme(texte.replace("[sources]", f"{meta}\n[sources]"))


def test_une_colonne_peut_etre_une_liste():
    valeur = build('["1.00", "3.00"]').get_valeur(date(2019, 6, 1), "montant")
    assert valeur.valeurs == (Decimal(1), Decimal(3))
    assert valeur.texte == "1,00\u00a0€ ; 3,00\u00a0€"
    with pytest.raises(ErreurBareme) as erreur:
        _ = valeur.valeur
    assert erreur.value.code == "valeur_multiple"


def test_une_valeur_qu_un_texte_termine_ne_continue_pas():
    bareme = build(fin="fin = 2019-03-31")
    assert bareme.get_valeur(date(2019, 3, 31), "montant").valeur == 1
    for provisoire in (False, True):
        with pytest.raises(ErreurBareme) as erreur:
            bareme.get_valeur(date(2019, 4, 1), "montant", provisoire=provisoire)
        assert "du 01/01/2019 au 31/03/2019" in erreur.value.message
    assert bareme.get_valeur(date(2020, 1, 1), "montant").valeur == 2


def test_une_table_permanente_peut_avoir_une_valeur_terminee():
    bareme = load_bareme("penalites")
    texte = TEXTE.replace("a_verifier = true", "fin = 2020-06-30\na_verifier = true")
    permanente = (
        texte[: texte.index("type")] + 'type = "permanent"\nverifie_le = 2020-01-01\n' + texte[texte.index("series") :]
    )
    finie = parse_bareme(permanente)
    assert (finie.connu_jusqu_au, finie.find_manque("montant"), finie.describe_manque("montant")) == (None, None, "")
    with pytest.raises(ErreurBareme, match="plus ancienne"):
        finie.get_valeur(date(2020, 7, 1), "montant")
    assert bareme.find_dernier_jour("majoration_publique") is None


def test_chaque_serie_peut_avoir_son_unite():
    texte = TEXTE.replace('unite = "euros"\n', "").replace("[sources]", '[meta.unites]\nmontant = "jours"\n[sources]')
    assert parse_bareme(texte).get_valeur(date(2019, 1, 1), "montant").texte == "1 jours"


@pytest.mark.parametrize(
    ("nom", "jour", "fin"),
    [
        ("interet_legal", date(2026, 12, 31), date(2026, 12, 31)),
        ("interet_legal", date(2027, 1, 1), date(2027, 6, 30)),
        ("interet_legal", date(2028, 8, 9), date(2028, 12, 31)),
        ("interet_legal", date(2015, 6, 30), date(2015, 6, 30)),
        ("penalites", date(2026, 1, 1), None),
    ],
)
def test_la_periode_d_un_jour(nom, jour, fin):
    assert load_bareme(nom).find_fin_periode(jour) == fin


def test_ce_qui_manque_ensuite():
    bareme = load_bareme("bce_refi")
    assert bareme.find_manque("taux") == date(2027, 1, 1)
    assert bareme.connu_jusqu_au == date(2026, 10, 8)
    assert bareme.describe_manque("taux") == bareme.prochaine_valeur
    assert len(bareme.version) == 12


def test_une_serie_a_un_nom_lisible():
    assert load_bareme("interet_legal").get_libelle("particulier") == "le créancier est un particulier"
    assert parse_bareme(TEXTE.replace("montant", "montant_du")).get_libelle("montant_du") == "montant du"
