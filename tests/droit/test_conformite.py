"""The rules: each one's own examples, what they say, what the unknown does, and the page that lists them."""

import re
import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from exigible.droit.conformite import evaluate, find_verbatims
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime
from exigible.droit.referentiel import load_referentiel
from exigible.droit.regimes import QualitePartie

EXEMPLES = tomllib.loads((Path(__file__).parent / "donnees" / "conformite_exemples.toml").read_text(encoding="utf-8"))
REFERENTIEL = load_referentiel()
REGLES = {regle.identifiant: regle for regle in REFERENTIEL.regles}
FAMILLES = {"BL": 17, "MA": 10, "FR": 22, "ME": 16, "CO": 20, "EN": 7, "AC": 12, "RG": 8}
CATEGORIES = {"identite", "blocage", "acteur", "sommes", "mentions", "comportement", "envoi", "accord", "donnees"}
PAGE = Path(__file__).parents[2] / "docs" / "regles" / "conformite.md"
STATUTS = {"confirme": "lu", "deduit": "déduit", "politique": "choix du programme", "a_verifier": "à vérifier"}
CHAMPS = REFERENTIEL.lexique.champs

COMPLET = {
    "debiteur.qualite": "professionnel",
    "debiteur.qualite_connue": True,
    "debiteur.nom_connu": True,
    "debiteur.adresse_connue": True,
    "action.type": "mise_en_demeure",
    "action.destinataire": "debiteur",
    "action.auteur_identifie": True,
    "action.creancier_identifie": True,
    "creance.echue": True,
    "creance.solde": "120.00",
    "titre.existe": False,
    "creancier.declarant_ficp": False,
    "lignes": ["principal", "penalites", "indemnite_40"],
    "mentions": ["mots_mise_en_demeure", "somme", "cause", "ordre_de_payer", "delai"],
    "texte": "Mise en demeure de payer. À défaut, je pourrai saisir le tribunal compétent.",
    "decompte.elements_distingues": True,
    "decompte.total": "120.00",
    "decompte.somme_lignes": Decimal("120.00"),
    "acteur.titre_verifie": False,
    "lettre.titre_signataire": "gérante",
    "lettre.numero_surtaxe": False,
    "lettre.numero_court": False,
    "lettre.imite_acte_officiel": False,
    "lettre.titre_objet_signature": "Mise en demeure de payer - Société fictive",
    "envoi.motif_visible": False,
}


def list_manques(contexte, cible):
    return [manquement.regle for manquement in evaluate(contexte, cible)]


def test_les_112_regles_et_les_trois_du_programme():
    for famille, nombre in FAMILLES.items():
        attendus = [f"{famille}-{rang:02d}" for rang in range(1, nombre + 1)]
        assert [identifiant for identifiant in REGLES if identifiant.startswith(famille)] == attendus
    assert sum(FAMILLES.values()) == 112
    assert len(REGLES) == 112 + len(["MD-01", "MD-02", "MD-03"])


def test_aucun_fichier_de_regles_n_est_oublie():
    presents = {f.name for f in resources.files("exigible.droit").joinpath("conformite_regles").iterdir()}
    lexique = resources.files("exigible.droit").joinpath("conformite_regles", "lexique.toml").read_text("utf-8")
    familles = tomllib.loads(lexique)["meta"]["familles"]
    assert presents == {f"{nom}.toml" for nom in ("lexique", "textes", *familles)}


def test_chaque_regle_a_ses_exemples_et_ses_sources():
    assert set(EXEMPLES) == set(REGLES)
    for regle in REGLES.values():
        assert regle.categorie in CATEGORIES
        assert regle.articles
        assert regle.urls or regle.identifiant.startswith("MD")


def test_tout_ce_qu_un_message_peut_nommer_a_des_mots():
    """No code of ours (`frais_lrar`, `acteur.compte_dedie`) ever reaches a reader."""
    noms = {code for champ in ("lignes", "mentions", "verbatims", "envoi.canal") for code in REFERENTIEL.codes[champ]}
    for regle in REGLES.values():
        controle = regle.controle
        noms.update((*controle.get("champs", ()), *controle.get("compteurs", ())))
        noms.update(
            nom.removeprefix("@")
            for nom in (controle.get(cle) for cle in ("champ", "gauche", "droite"))
            if isinstance(nom, str) and nom.removeprefix("@") in CHAMPS
        )
    assert noms <= set(REFERENTIEL.libelles)


def test_les_mots_du_programme_sont_admis():
    assert set(REFERENTIEL.codes["debiteur.qualite"]) == {qualite.value for qualite in QualitePartie}
    assert {regime.value for regime in Regime} <= REFERENTIEL.codes["regime"]


def test_un_champ_que_rien_ne_lit_n_est_pas_declare():
    lus = {"acteur"}
    for regle in REGLES.values():
        lus.update(condition.champ for condition in regle.si)
        controle = regle.controle
        lus.update((*controle.get("champs", ()), *controle.get("compteurs", ())))
        lus.update(
            str(controle[cle]).removeprefix("@") for cle in ("champ", "sauf", "gauche", "droite") if cle in controle
        )
    implicites = {"lignes", "mentions", "verbatims", "action.heure", "action.jour_semaine", "action.ferie"}
    assert set(CHAMPS) <= lus | implicites


@pytest.mark.parametrize("identifiant", sorted(EXEMPLES))
@pytest.mark.parametrize("cas", ["ko", "ok"])
def test_exemples_de_la_regle(identifiant, cas):
    regle = REGLES[identifiant]
    acteur = "creancier" if regle.acteurs & {"tous", "creancier"} else min(regle.acteurs)
    for cible in regle.cibles:
        manques = list_manques({"acteur": acteur, **EXEMPLES[identifiant][cas]}, cible)
        assert (identifiant in manques) == (cas == "ko")


def test_une_lettre_complete_passe():
    assert evaluate(COMPLET, "lettre") == ()


def test_le_plus_grave_d_abord_et_tout_est_dit():
    contexte = {**COMPLET, "debiteur.qualite": "consommateur", "debiteur.etat": "radie"}
    manquements = evaluate(contexte, "lettre")
    assert [m.regle for m in manquements] == ["FR-01", "BL-16"]
    assert "indemnité de 40 €" in manquements[0].message
    assert "à vérifier" in manquements[1].message
    assert "C. conso. L132-23" in manquements[0].articles


def test_un_choix_du_programme_n_est_pas_presente_comme_la_loi():
    (manquement,) = evaluate({**COMPLET, "decompte.total": "120.01"}, "lettre")
    assert manquement.statut == "politique"
    assert "non de la loi" in manquement.message


@pytest.mark.parametrize("champ", ["debiteur.qualite_connue", "debiteur.nom_connu", "debiteur.adresse_connue"])
@pytest.mark.parametrize("valeur", [False, None])
def test_l_inconnu_ne_part_pas(champ, valeur):
    assert "MD-01" in list_manques({**COMPLET, champ: valeur}, "lettre")
    sans = {cle: fait for cle, fait in COMPLET.items() if cle != champ}
    assert "MD-01" in list_manques(sans, "lettre")


def test_un_fait_inconnu_ferme():
    """Present but unknown: the condition holds and the control fails."""
    ouverte = {**COMPLET, "procedure.collective_ouverte": True}
    assert "BL-05" in list_manques({**ouverte, "creance.anterieure_ouverture": None}, "action")
    assert "BL-05" not in list_manques(ouverte, "action")
    assert "FR-02" in list_manques({**COMPLET, "titre.existe": None, "lignes": ["frais_relance"]}, "lettre")
    assert "FR-01" in list_manques({**COMPLET, "debiteur.qualite": None}, "lettre")


@pytest.mark.parametrize(
    ("texte", "refuse"),
    [
        ("Dernier avis  avant\nsaisie", True),
        ("COMMANDEMENT DE PAYER", True),
        ("Commandements de payer", True),
        ("Sommation-de-payer", True),
        ("Votre consommation de payeur", False),
        ("re\u0301publique franc\u0327aise", True),
    ],
)
def test_lexique_sans_casse_ni_accents_en_mots_entiers(texte, refuse):
    assert ("CO-01" in list_manques({**COMPLET, "texte": texte}, "lettre")) == refuse


@pytest.mark.parametrize(
    ("titre", "verifie", "refuse"),
    [
        ("Avocat au barreau de Paris", False, True),
        ("Étude de Commissaires de justice", False, True),
        ("Avocat au barreau de Paris", True, False),
        ("Responsable du plaidoyer", False, False),
        ("", False, False),
    ],
)
def test_un_titre_reserve_se_cherche_dans_la_fonction(titre, verifie, refuse):
    contexte = {**COMPLET, "lettre.titre_signataire": titre, "acteur.titre_verifie": verifie}
    assert ("CO-05" in list_manques(contexte, "lettre")) == refuse


@pytest.mark.parametrize("identifiant", ["BL-01", "BL-03", "BL-05", "BL-11", "ME-11"])
def test_un_message_n_echappe_pas_a_ce_qui_bloque(identifiant):
    assert "message" in REGLES[identifiant].cibles


def test_un_message_avant_l_echeance_reste_permis():
    assert "message" not in REGLES["BL-07"].cibles


def test_consommation_n_est_pas_sommation():
    contexte = {**COMPLET, "lettre.titre_objet_signature": "Consommation d'eau"}
    assert evaluate(contexte, "lettre") == ()
    assert list_manques({**COMPLET, "lettre.titre_objet_signature": "Sommations"}, "lettre") == ["CO-20"]


@pytest.mark.parametrize(
    ("contexte", "cible", "code"),
    [
        ({"debiteur.qualitee": "consommateur"}, "lettre", "champ_non_declare"),
        ({"lignes": ["indemnite40"]}, "lettre", "code_inconnu"),
        ({"debiteur.qualite": "consomateur"}, "lettre", "code_inconnu"),
        ({"envoi.canal": "recommande"}, "envoi", "code_inconnu"),
        ({"verbatims": ["CPCE:L111-8"]}, "lettre", "code_inconnu"),
        ({"lignes": "indemnite_40"}, "lettre", "fait_illisible"),
        ({"creance.echue": "oui"}, "lettre", "fait_illisible"),
        ({"creance.solde": 1.5}, "lettre", "fait_illisible"),
        ({"decompte.date_depart_interets": "31/02/2026"}, "decompte", "fait_illisible"),
        ({}, "letre", "cible_inconnue"),
        ({"acteur": "voisin"}, "lettre", "acteur_inconnu"),
    ],
)
def test_refuse_un_contexte_mal_ecrit(contexte, cible, code):
    with pytest.raises(ErreurSaisie) as erreur:
        evaluate(contexte, cible)
    assert erreur.value.code == code


@pytest.mark.parametrize("regle", REGLES.values(), ids=REGLES)
def test_un_manquement_dit_ses_articles_et_ce_qu_il_vaut(regle):
    acteur = "creancier" if regle.acteurs & {"tous", "creancier"} else min(regle.acteurs)
    manquements = evaluate({"acteur": acteur, **EXEMPLES[regle.identifiant]["ko"]}, min(regle.cibles))
    manquement = next(m for m in manquements if m.regle == regle.identifiant)
    assert all(article in manquement.explication for article in regle.articles)
    assert ("choix du programme" in manquement.message) == (regle.statut == "politique")
    if regle.statut == "a_verifier":
        assert "à vérifier" in manquement.message
    assert not re.search(r"\b[a-z0-9]+_[a-z0-9_]+\b|@|None|\d{4}-\d{2}-\d{2}", manquement.explication)


def test_une_comparaison_dit_ce_qu_elle_a_lu():
    contexte = {**EXEMPLES["FR-10"]["ko"]}
    manquement = next(m for m in evaluate(contexte, "decompte") if m.regle == "FR-10")
    assert "le départ des intérêts (05/01/2026), la mise en demeure (02/02/2026)" in manquement.message
    contexte["dossier.date_mise_en_demeure"] = None
    manquement = next(m for m in evaluate(contexte, "decompte") if m.regle == "FR-10")
    assert "Donnée inconnue : la mise en demeure." in manquement.message
    compte = next(m for m in evaluate(EXEMPLES["FR-04"]["ko"], "decompte") if m.regle == "FR-04")
    assert "les indemnités de 40 € (3), les factures en retard (2)" in compte.message
    total = next(m for m in evaluate({**COMPLET, "decompte.total": "1120.5"}, "lettre") if m.regle == "FR-22")
    assert "le total (1\u202f120,5), la somme des lignes (120)" in total.message
    canal = next(m for m in evaluate(EXEMPLES["EN-07"]["ko"], "envoi") if m.regle == "EN-07")
    assert "le mode d'envoi (lettre simple)" in canal.message


def test_un_fait_inconnu_n_est_pas_dit_comme_une_faute():
    """What was not looked at is refused, but not as if it had been found."""
    dits = {m.regle: m.message for m in evaluate({**COMPLET, "envoi.motif_visible": None}, "lettre")}
    assert list(dits) == ["CO-13"]
    assert "Fait inconnu : le motif visible de l'extérieur." in dits["CO-13"]
    assert "Fait inconnu" not in evaluate({**COMPLET, "envoi.motif_visible": True}, "lettre")[0].message
    sans = {cle: fait for cle, fait in COMPLET.items() if cle != "lettre.titre_objet_signature"}
    assert "Texte inconnu : le titre, l'objet et la signature." in evaluate(sans, "lettre")[0].message
    radiee = evaluate({**COMPLET, "debiteur.etat": "radie"}, "lettre")[0].message
    assert "Une personne doit en décider, et écrire pourquoi." in radiee


def test_un_texte_de_la_loi_se_reconnait_mot_pour_mot():
    textes = {verbatim.ref: verbatim.texte for verbatim in REFERENTIEL.verbatims}
    deux, trois = textes["CPCE:L111-8:2"], textes["CPCE:L111-8:3"]
    assert deux.startswith("Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier")
    lettre = f"Bonjour,\n{deux.replace(' ', chr(10), 5).replace(chr(39), '’')}\n{trois}\nCordialement"
    assert find_verbatims(lettre) == ("CPCE:L111-8:2", "CPCE:L111-8:3")
    assert find_verbatims(lettre.replace("sauf s’ils", "sauf si elles")) == ("CPCE:L111-8:3",)
    assert find_verbatims("") == ()
    contexte = {"acteur": "recouvreur", "action.type": "lettre_r124_4", "verbatims": find_verbatims(lettre)}
    assert "ME-05" not in list_manques(contexte, "lettre")


def test_les_textes_que_la_loi_a_touches_sont_signales():
    assert {v.ref for v in REFERENTIEL.verbatims if v.reserve} == {"CPCE:L111-3", "CPCE:L125-1"}
    assert all(verbatim.a_verifier for verbatim in REFERENTIEL.verbatims)


def test_un_titre_reserve_dont_on_ne_sait_rien_est_refuse():
    contexte = {cle: fait for cle, fait in COMPLET.items() if cle != "acteur.titre_verifie"}
    assert list_manques({**contexte, "lettre.titre_signataire": "avocate"}, "lettre") == ["CO-05"]
    assert list_manques({**COMPLET, "lettre.titre_signataire": "avocate", "acteur.titre_verifie": None}, "lettre") == [
        "CO-05"
    ]


def test_un_credit_a_la_consommation_ne_reclame_que_la_liste_de_la_loi():
    contexte = {"creance.nature": "credit_consommation", "lignes": ["capital_restant_du", "penalites"]}
    assert "FR-17" in list_manques(contexte, "decompte")


def test_la_page_dit_chaque_regle_une_fois():
    lignes = [
        ligne for ligne in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [A-Z]{2}-\d\d \|", ligne)
    ]
    assert lignes == [
        f"| {' | '.join((r.identifiant, r.titre, r.severite, ', '.join(r.articles), STATUTS[r.statut]))} |"
        for r in REGLES.values()
    ]


def test_l_exemple_de_la_page_se_joue():
    (exemple,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (sortie,) = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    portee: dict[str, object] = {}
    exec(exemple, portee)  # noqa: S102 - the page's own example
    assert [m.explication for m in portee["manquements"]] == sortie.splitlines()


@pytest.mark.parametrize(
    ("contexte", "cible", "champ", "phrase"),
    [
        ({}, "letre", "cible", "La cible « letre » n'existe pas dans les règles de conformité."),
        ({"acteur": "voisin"}, "lettre", "acteur", "L'acteur « voisin » n'existe pas dans les règles."),
    ],
)
def test_une_cible_ou_un_acteur_inconnu_se_dit(contexte, cible, champ, phrase):
    with pytest.raises(ErreurSaisie) as erreur:
        evaluate(contexte, cible)
    assert (erreur.value.champ, erreur.value.message) == (champ, phrase)


def list_details():
    """Say what each rule finds wrong in its own counter-examples, without its title nor its effect."""
    for regle in REGLES.values():
        acteur = "creancier" if regle.acteurs & {"tous", "creancier"} else min(regle.acteurs)
        contexte = {"acteur": acteur, **EXEMPLES[regle.identifiant]["ko"]}
        trouve = next(m for m in evaluate(contexte, min(regle.cibles)) if m.regle == regle.identifiant)
        yield regle.controle["type"], trouve.message.removeprefix(regle.titre)


@pytest.mark.parametrize(
    ("controle", "quoi"),
    [
        ("champs_requis", ". Manque : "),
        ("tous_vrais", ". Non établi : "),
        ("lignes_interdites", ". À retirer : "),
        ("lignes_autorisees", ". À retirer : "),
        ("mentions_requises", ". Mentions absentes : "),
        ("verbatim", ". Textes à reproduire absents : "),
        ("lexique_interdit", ". Mots refusés : « "),
        ("compteur_max", ". Dépassé : "),
        ("plage", ". Jour ou heure non admis."),
        ("humain", ". Une personne doit en décider, et écrire pourquoi."),
    ],
)
def test_chaque_controle_dit_ce_qui_ne_va_pas(controle, quoi):
    details = [detail for sorte, detail in list_details() if sorte == controle]
    assert details
    assert any(quoi in re.sub(r" \((choix du programme, non de la loi|règle à vérifier)\)", "", d) for d in details)


@pytest.mark.parametrize("regle", ["lignes_interdites", "lignes_autorisees"])
def test_des_lignes_inconnues_sont_refusees(regle):
    identifiant = next(nom for nom, r in REGLES.items() if r.controle["type"] == regle)
    contexte = {**EXEMPLES[identifiant]["ko"], "lignes": None}
    trouve = next(m for m in evaluate(contexte, min(REGLES[identifiant].cibles)) if m.regle == identifiant)
    assert "Lignes inconnues." in trouve.message
