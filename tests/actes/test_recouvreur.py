"""Whoever collects for the creditor recalls its first letter in every later step (CPCE R124-4)."""

import json
from datetime import date

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.conformite import describe_conformite
from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.redaction.langue import parse_redaction
from exigible.dossier.description import fold_description, parse_description
from exigible.droit.erreurs import ErreurExigible

AGENCE, CREANCIER = "FR74 9999 9000 0100 0000 0000 151", "FR76 9999 9000 0100 0000 0000 115"
RAPPELS = ("relance_1", "relance_2", "relance_3", "appel", "mise_en_demeure")


def prepare(acte, etat, redaction=None):
    saisies = {"delai_jours": "15"} if acte == "mise_en_demeure" else {}
    return prepare_acte(build_demande(get_modele(acte), etat, reference="DOS-7", saisies=saisies, redaction=redaction))


def change(nom, **champs):
    """The dossier `nom` whose first letter of the collector has other fields."""
    description = json.loads(DOSSIERS[nom].read_bytes())
    for ecrit in description["faits"]:
        if ecrit["fait"].get("acte") == "lettre_r124_4":
            ecrit["fait"].update(champs)
    return description


def fold(description):
    return fold_description(parse_description(json.dumps(description).encode()), AU)


@pytest.mark.parametrize("acte", RAPPELS)
@pytest.mark.parametrize("dossier", ["consommateur_recouvreur", "professionnel_recouvreur"])
def test_chaque_demarche_rappelle_la_premiere_lettre(acte, dossier):
    prepare_ = prepare(acte, load_dossier(dossier))
    assert "du 21/07/2026, référence DOS-7" in prepare_.texte.replace("\u00a0", " ")
    assert "R124-4" in prepare_.texte
    assert {"ref_r124_4", "date_r124_4"} <= {m.code for m in prepare_.mentions}
    if acte != "appel":
        texte = prepare_.texte.replace("\u00a0", " ")
        assert AGENCE in texte
        assert CREANCIER not in texte
        assert "Bénéficiaire : Agence Fictive de Recouvrement" in texte


def test_les_regles_du_recouvreur_sont_jouees():
    prepare_ = prepare("relance_1", load_dossier("consommateur_recouvreur"))
    faits = describe_conformite(prepare_.demande, prepare_.document, ["ref_r124_4"])
    assert faits["acteur"] == "recouvreur"
    assert faits["dossier.ref_r124_4"] == "DOS-7"
    assert faits["dossier.date_r124_4"] == date(2026, 7, 21)


def test_un_texte_sans_le_rappel_est_refuse():
    redaction = parse_redaction(
        "Bonjour,\n\nMerci de régler :\n\n[liste_des_factures]\n\n[paiement]\n\nSi votre paiement s'est croisé avec ce "
        "message, merci de ne pas en tenir compte.\n\n[signature]\n\n[donnees_personnelles]"
    )
    with pytest.raises(ErreurExigible) as refus:
        prepare("relance_1", load_dossier("consommateur_recouvreur"), redaction)
    assert "R124-4" in str(refus.value.parametres["article"])


def test_sans_premiere_lettre_rien_n_est_rappele_et_l_utilisateur_le_sait():
    prepare_ = prepare("relance_1", load_dossier("consommateur_mandant"))
    assert "R124-4" not in prepare_.texte
    assert CREANCIER in prepare_.texte.replace("\u00a0", " ")
    assert "lettre_r124_4_absente" in {a.code for a in prepare_.avertissements}


def test_sans_convention_aucun_avertissement():
    prepare_ = prepare("relance_1", load_dossier("consommateur"))
    assert "lettre_r124_4_absente" not in {a.code for a in prepare_.avertissements}


def test_la_lettre_d_une_autre_facture_n_est_pas_rappelee():
    assert "R124-4" not in prepare("relance_1", fold(change("consommateur_recouvreur", creances=["F-2025-999"]))).texte


def test_une_lettre_rendue_par_la_poste_n_est_pas_rappelee():
    description = change("consommateur_recouvreur")
    rendue = {"type": "courrier_non_distribue", "courrier": "c-r124-4"}
    description["faits"].append({"date_effet": "2026-07-28", "fait": rendue})
    assert "R124-4" not in prepare("relance_1", fold(description)).texte


def test_une_lettre_ecrite_sans_convention_est_rappelee_sans_changer_de_compte():
    description = change("consommateur_recouvreur")
    description["faits_creancier"] = [
        f for f in description["faits_creancier"] if f["fait"]["type"] != "convention_de_recouvrement"
    ]
    texte = prepare("relance_1", fold(description)).texte.replace("\u00a0", " ")
    assert "référence DOS-7, envoyée pour le créancier, Atelier Exemple" in texte
    assert CREANCIER in texte


LETTRES = ("relance_1", "relance_2", "relance_3", "mise_en_demeure")


@pytest.mark.parametrize("acte", LETTRES)
@pytest.mark.parametrize("dossier", ["consommateur_agence", "professionnel_agence"])
def test_le_recouvreur_connu_ecrit_a_son_en_tete(acte, dossier):
    prepare_ = prepare(acte, load_dossier(dossier))
    entete = prepare_.document.entete
    assert (entete.nom, entete.coordonnees[:2]) == (
        "Agence Fictive de Recouvrement",
        ("5 rue du Test", "99300 ESSAIVILLE"),
    )
    assert entete.logo is None
    texte = prepare_.texte.replace("\xa0", " ")
    assert "au nom et pour le compte du créancier : Atelier Exemple" in texte
    assert "Alex Recouvreur, gérant\nAgence Fictive de Recouvrement" in texte
    assert "Camille Exemple\nPrésidente" not in texte
    assert "Essaiville, le 21 novembre 2026" in texte
    if acte in {"relance_2", "relance_3", "mise_en_demeure"}:
        assert "dites-le-nous" in texte
        assert "01 99 00 77 88 ou contact@agence.example" in texte


def test_sans_adresse_du_recouvreur_l_en_tete_reste_celui_du_creancier():
    assert prepare("relance_1", load_dossier("consommateur_recouvreur")).document.entete.nom == "Atelier Exemple"


def test_avant_sa_premiere_lettre_le_recouvreur_n_ecrit_pas_a_son_en_tete():
    etat = fold(change("consommateur_agence", creances=["F-2025-999"]))
    assert prepare("relance_1", etat).document.entete.nom == "Atelier Exemple"


def test_un_numero_surtaxe_du_recouvreur_est_vu():
    description = json.loads(DOSSIERS["consommateur_agence"].read_bytes())
    for ecrit in description["faits_creancier"]:
        if ecrit["fait"]["type"] == "convention_de_recouvrement":
            ecrit["fait"]["telephone"] = "0899 12 34 56"
    prepare_ = prepare("relance_1", load_dossier("consommateur_agence"))
    assert describe_conformite(prepare_.demande, prepare_.document, [])["lettre.numero_surtaxe"] is False
    with pytest.raises(ErreurExigible):
        prepare("mise_en_demeure", fold(description))


def test_la_premiere_lettre_se_remplit_de_la_convention():
    proposees = propose_reponses(get_modele("lettre_r124_4"), load_dossier("professionnel_agence"))
    assert proposees["recouvreur_adresse"] == "5 rue du Test\n99300 ESSAIVILLE"
    assert proposees["recouvreur_contacts"] == "01 99 00 77 88 ou contact@agence.example"
    assert proposees["recouvreur_signataire"] == "Alex Recouvreur, gérant"
    assert "recouvreur_adresse" not in propose_reponses(
        get_modele("lettre_r124_4"), load_dossier("professionnel_recouvreur")
    )
