"""Courts and routes: the decision table, the thresholds, the places, and what is refused."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import resources
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit import voies_motifs, voies_ouvertes
from exigible.droit.competence import Juridiction, compute_competence
from exigible.droit.competence_faits import Demande, Objet, Qualite, Voie
from exigible.droit.competence_lieu import Lieu, Zone, find_lieu, load_ressorts
from exigible.droit.erreurs import ErreurBareme, ErreurExigible, ErreurSaisie
from exigible.droit.voies_ouvertes import find_premiere_ouverte, list_voies

CAS = tomllib.loads((Path(__file__).parent / "donnees" / "competence.toml").read_text(encoding="utf-8"))["cas"]
JOUR = date(2026, 11, 21)
D = Decimal


def build_demande(**faits):
    champs = {
        "creancier": Qualite.SOCIETE_COMMERCIALE,
        "debiteur": Qualite.SOCIETE_COMMERCIALE,
        "montant": D(3000),
        "objet": Objet.FACTURE,
        "jour": JOUR,
    }
    return Demande(**(champs | faits))


def read_cas(cas):
    return build_demande(
        creancier=Qualite(cas["creancier"]),
        debiteur=Qualite(cas["debiteur"]),
        montant=D(cas["montant"]),
        objet=Objet(cas["objet"]),
        jour=cas.get("jour", JOUR),
        code_postal=cas.get("code_postal"),
        transfrontalier=cas.get("transfrontalier"),
    )


@pytest.mark.parametrize("cas", [pytest.param(cas, id=cas["nom"]) for cas in CAS])
def test_table_de_decision(cas):
    demande = read_cas(cas)
    trouvee = compute_competence(demande)
    assert trouvee.juridiction == cas["juridiction"]
    assert (trouvee.avocat_obligatoire, trouvee.tentative_amiable) == (cas["avocat"], cas["tentative"])
    assert trouvee.libelle == cas.get("libelle", trouvee.libelle)
    assert list(trouvee.au_choix) == cas.get("au_choix", list(trouvee.au_choix))
    voies = {voie.voie: voie for voie in list_voies(demande)}
    assert {voie for voie in voies if voies[voie].ouverte} == set(cas["ouvertes"])
    for voie, codes in cas.get("fermees", {}).items():
        assert [motif.code for motif in voies[Voie(voie)].motifs] == codes
    dits = {a.code for a in trouvee.avertissements} | {a.code for v in voies.values() for a in v.avertissements}
    assert set(cas.get("avertissements", ())) <= dits
    assert not set(cas.get("sans_avertissement", ())) & dits


def test_la_table_ne_repete_pas_un_nom():
    assert len({cas["nom"] for cas in CAS}) == len(CAS)


MONTANTS = ("0.01", "5000", "5000.01", "10000", "10000.01", "60000")


@pytest.mark.parametrize("code_postal", [None, "75011", "67000", "69400", "97110"])
def test_toute_combinaison_a_une_reponse_ou_une_erreur_claire(code_postal):
    rang, refus_lus = 0, set()
    for creancier, debiteur, objet in product(Qualite, Qualite, Objet):
        rang += 1
        demande = build_demande(
            creancier=creancier,
            debiteur=debiteur,
            objet=objet,
            montant=D(MONTANTS[rang % len(MONTANTS)]),
            code_postal=code_postal,
            transfrontalier=(None, True, False)[rang % 3],
        )
        try:
            voies = list_voies(demande)
        except ErreurSaisie as refus:
            refus_lus.add((refus.code, refus.champ))
            continue
        assert [voie.voie for voie in voies] == list(Voie)
        assert all(voie.motifs and str(voie.motifs[0]) for voie in voies)
        assert all(not voie.frais for voie in voies if not voie.ouverte)
        assert all(motif.articles for voie in voies for motif in voie.motifs)
        trouvee = compute_competence(demande)
        assert (trouvee.juridiction is Juridiction.AUCUNE) == (find_premiere_ouverte(voies) is None)
    assert refus_lus == {("creancier_incoherent", "creancier"), ("objet_incoherent", "objet")}


@given(
    st.decimals(min_value="0.01", max_value="1000000", places=2),
    st.decimals(min_value="0.01", max_value="1000000", places=2),
    st.sampled_from([Qualite.CONSOMMATEUR, Qualite.ARTISAN, Qualite.ASSOCIATION]),
)
def test_un_plus_grand_montant_ne_dispense_jamais_d_avocat(un, autre, debiteur):
    petit, grand = (compute_competence(build_demande(montant=m, debiteur=debiteur)) for m in sorted((un, autre)))
    assert petit.avocat_obligatoire <= grand.avocat_obligatoire
    assert petit.tentative_amiable >= grand.tentative_amiable
    assert petit.juridiction == grand.juridiction


@given(st.text(max_size=8) | st.from_regex(r"\d{5}", fullmatch=True))
def test_un_code_postal_est_lu_ou_refuse(code):
    champ = "code_postal"
    try:
        lieu = find_lieu(code, JOUR)
    except ErreurExigible as refus:
        champ = refus.champ
    else:
        assert lieu.zone is not Zone.INCONNUE
    assert champ == "code_postal"


def test_un_code_postal_trop_long_est_cite_en_abrege():
    with pytest.raises(ErreurSaisie, match=f"« {'7' * 20} »"):
        find_lieu("7" * 21, JOUR)


@pytest.mark.parametrize(
    ("code", "attendu"),
    [
        ("7501", "code_postal_illisible"),
        ("\u0667\u0665\u0660\u0661\u0661", "code_postal_illisible"),
        ("00100", "code_postal_inconnu"),
        ("96000", "code_postal_inconnu"),
        ("98000", "territoire_non_couvert"),
        ("98800", "territoire_non_couvert"),
        ("97500", "territoire_non_couvert"),
    ],
)
def test_un_code_postal_impossible_est_refuse(code, attendu):
    with pytest.raises(ErreurSaisie) as erreur:
        find_lieu(code, JOUR)
    assert (erreur.value.code, erreur.value.champ) == (attendu, "code_postal")


def test_les_ressorts_se_tiennent():
    ressorts = load_ressorts()
    assert len(ressorts.tribunaux) == 12
    for tribunal in ressorts.tribunaux:
        assert bool(tribunal.departement) != bool(tribunal.codes_postaux and tribunal.departements_partages)
        if tribunal.departement:
            assert ressorts.sieges[tribunal.departement] == tribunal.siege
        assert not tribunal.departements_partages & set(ressorts.sieges)
    assert not set(ressorts.sieges) & (ressorts.alsace_moselle | ressorts.outre_mer)


def test_les_lieux_et_les_procedures_sont_lus_comme_ils_sont_ecrits():
    ecrit = tomllib.loads(resources.files("exigible.droit").joinpath("competence.toml").read_text(encoding="utf-8"))
    lus, economiques = load_ressorts(), ecrit["activites_economiques"]
    assert (lus.debut, lus.fin) == (economiques["debut"], economiques["fin"])
    assert [(t.siege, t.departement, t.codes_postaux, t.departements_partages) for t in lus.tribunaux] == [
        (
            *(t["siege"], t.get("departement", "")),
            *(frozenset(t.get(cle, ())) for cle in ("codes_postaux", "departements_partages")),
        )
        for t in economiques["tribunal"]
    ]
    assert lus.alsace_moselle == set(ecrit["alsace_moselle"]["departements"])
    assert lus.outre_mer == set(ecrit["outre_mer"]["departements"])
    assert (lus.sieges, lus.non_couverts) == (ecrit["sieges_tribunaux_de_commerce"], ecrit["non_couverts"])
    procedures, incontestees = voies_motifs.load_procedures(), ecrit["procedures"]["incontestees"]
    assert (procedures.incontestees, procedures.decret_incontestees) == (incontestees["debut"], incontestees["decret"])
    assert procedures.reforme_injonction == ecrit["procedures"]["injonction_de_payer"]["reforme"]


@pytest.mark.parametrize(
    ("code", "jour", "lieu"),
    [
        (None, JOUR, Lieu(Zone.INCONNUE, tae_possible=True)),
        (None, date(2024, 12, 31), Lieu(Zone.INCONNUE)),
        (None, date(2025, 1, 1), Lieu(Zone.INCONNUE, tae_possible=True)),
        (None, date(2028, 12, 31), Lieu(Zone.INCONNUE, tae_possible=True)),
        (None, date(2029, 1, 1), Lieu(Zone.INCONNUE)),
        ("75 011", JOUR, Lieu(Zone.METROPOLE, "75", "Paris", tae=True)),
        ("75011", date(2024, 12, 31), Lieu(Zone.METROPOLE, "75", "Paris")),
        ("69003", JOUR, Lieu(Zone.METROPOLE, "69", "Lyon", tae=True)),
        ("69400", JOUR, Lieu(Zone.METROPOLE, "69", tae_possible=True)),
        ("69400", date(2024, 12, 31), Lieu(Zone.METROPOLE, "69")),
        ("31000", JOUR, Lieu(Zone.METROPOLE, "31", "Toulouse")),
        ("57000", JOUR, Lieu(Zone.ALSACE_MOSELLE, "57")),
        ("97400", JOUR, Lieu(Zone.OUTRE_MER, "974")),
        ("20000", JOUR, Lieu(Zone.METROPOLE, "2A", "Ajaccio")),
        ("20190", JOUR, Lieu(Zone.METROPOLE, "2A", "Ajaccio")),
        ("20200", JOUR, Lieu(Zone.METROPOLE, "2B", "Bastia")),
        ("01000", JOUR, Lieu(Zone.METROPOLE, "01", "Bourg-en-Bresse")),
        ("95000", JOUR, Lieu(Zone.METROPOLE, "95", "Pontoise")),
    ],
)
def test_ce_qu_un_code_postal_dit_du_lieu(code, jour, lieu):
    assert find_lieu(code, jour) == lieu


@pytest.mark.parametrize(
    ("faits", "code", "champ"),
    [
        ({"montant": D(0)}, "montant_nul", "montant"),
        ({"montant": D(-1)}, "montant_negatif", "montant"),
        ({"creancier": Qualite.NON_PROFESSIONNEL}, "creancier_incoherent", "creancier"),
        ({"objet": Objet.CREDIT_CONSOMMATION}, "objet_incoherent", "objet"),
        ({"objet": Objet.PENSION}, "objet_incoherent", "objet"),
        ({"objet": Objet.PENSION, "debiteur": Qualite.PARTICULIER}, "objet_incoherent", "objet"),
        ({"objet": Objet.SALAIRE}, "objet_incoherent", "objet"),
    ],
)
def test_une_demande_impossible_est_refusee(faits, code, champ):
    with pytest.raises(ErreurSaisie) as erreur:
        compute_competence(build_demande(**faits))
    assert (erreur.value.code, erreur.value.champ) == (code, champ)


def test_avant_2020_les_tribunaux_etaient_autres():
    with pytest.raises(ErreurBareme) as erreur:
        compute_competence(build_demande(jour=date(2019, 12, 31)))
    assert (erreur.value.code, erreur.value.champ) == ("date_hors_bareme", "jour")
    assert "grande instance" in erreur.value.message
    assert compute_competence(build_demande(jour=date(2020, 1, 1))).juridiction == "tribunal_de_commerce"


def test_ce_que_l_injonction_change_pour_le_delai():
    def describe(jour):
        voie = next(v for v in list_voies(build_demande(jour=jour)) if v.voie is Voie.INJONCTION)
        return next(str(motif) for motif in voie.motifs if motif.code == "signification_a_faire")

    assert "six mois" in describe(date(2026, 8, 31))
    assert "trois mois" in describe(date(2026, 9, 1))


def test_la_procedure_orale_la_requete_et_le_dernier_ressort():
    def read(**faits):
        trouvee = compute_competence(build_demande(**faits))
        return trouvee.procedure_orale, trouvee.requete_possible, trouvee.dernier_ressort

    consommateur = {"debiteur": Qualite.CONSOMMATEUR}
    assert read(montant=D(5000), **consommateur) == (True, True, True)
    assert read(montant=D("5000.01"), **consommateur) == (True, False, False)
    assert read(montant=D(10001), **consommateur) == (False, False, False)
    assert read(montant=D(4000)) == (True, False, True)
    assert read(montant=D(4000), code_postal="75001") == (True, False, True)
    assert read(montant=D(4000), objet=Objet.SALAIRE, debiteur=Qualite.PARTICULIER) == (True, False, None)
    assert read(montant=D(4000), debiteur=Qualite.PERSONNE_PUBLIQUE) == (False, False, None)
    assert read(montant=D(4000), creancier=Qualite.SOCIETE_CIVILE, objet=Objet.BAIL_COMMERCIAL) == (False, False, True)


def test_une_loi_recente_avertit():
    demande = build_demande(jour=date(2020, 6, 1), debiteur=Qualite.CONSOMMATEUR)
    assert "valeur_a_verifier" in {a.code for a in compute_competence(demande).avertissements}


def test_le_decret_publie_ouvrira_la_voie_des_creances_incontestees(monkeypatch):
    procedures = replace(voies_motifs.load_procedures(), decret_incontestees=True)
    for module in (voies_motifs, voies_ouvertes):
        monkeypatch.setattr(module, "load_procedures", lambda: procedures)
    voies = {voie.voie: voie for voie in list_voies(build_demande(code_postal="75001"))}
    assert voies[Voie.INCONTESTEES].ouverte
    (motif,) = voies[Voie.INCONTESTEES].motifs
    assert (motif.code, *motif.articles) == ("sans_contestation", "CPCE L126-1", "CPCE L126-4")
    assert motif.message.startswith("Un commissaire de justice signifie un commandement de payer")
    (frais,) = voies[Voie.INCONTESTEES].frais
    assert (frais.code, frais.article, frais.montant) == ("commissaire_de_justice", "CPCE L126-1", None)
    assert "tarif non trouvé" in frais.libelle
    assert (voies[Voie.INCONTESTEES].tae, voies[Voie.FOND].tae) == (False, True)
    artisan = {voie.voie: voie for voie in list_voies(build_demande(debiteur=Qualite.ARTISAN))}
    assert [motif.code for motif in artisan[Voie.INCONTESTEES].motifs] == ["pas_entre_commercants"]


@pytest.mark.parametrize(
    ("faits", "avertit"),
    [
        ({"debiteur": Qualite.CONSOMMATEUR, "montant": D(1500)}, False),
        ({"debiteur": Qualite.CONSOMMATEUR, "montant": D("1500.01")}, True),
        ({"debiteur": Qualite.ARTISAN, "montant": D(2000)}, True),
        ({"montant": D(2000)}, False),
        ({"debiteur": Qualite.CONSOMMATEUR, "montant": D(2000), "objet": Objet.CHEQUE}, False),
    ],
)
def test_la_preuve_par_ecrit(faits, avertit):
    codes = {a.code for a in compute_competence(build_demande(**faits)).avertissements}
    assert ("preuve_par_ecrit" in codes) == avertit
