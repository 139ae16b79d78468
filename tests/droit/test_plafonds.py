"""The table of the longest payment terms: what is read is what is written, and each maximum keeps its start."""

import tomllib
from importlib import resources

import pytest

from exigible.droit.echeances import ConditionsPaiement, DepartEcheance, MethodeEcheance
from exigible.droit.plafonds import METHODES_FIN_DE_MOIS, NaturePaiement, ReglePlafond, load_plafonds

FACTURE, LIVRAISON = DepartEcheance.FACTURE, DepartEcheance.LIVRAISON


def test_chaque_plafond_est_lu_comme_il_est_ecrit():
    fichier = resources.files("exigible.droit").joinpath("delais_paiement.toml")
    ecrit, lu = tomllib.loads(fichier.read_text(encoding="utf-8")), load_plafonds.__wrapped__()
    assert list(lu.par_nature) == [NaturePaiement(plafond["nature"]) for plafond in ecrit["plafond"]]
    for plafond in ecrit["plafond"]:
        relu = lu.par_nature[NaturePaiement(plafond["nature"])]
        assert (relu.libelle, relu.debut, relu.article) == (plafond["libelle"], plafond["debut"], plafond["article"])
        assert [(r.jours, r.methode, r.depart) for r in relu.regles] == [
            (regle["jours"], regle["methode"], regle["depart"]) for regle in plafond["regles"]
        ]
        assert (relu.note, list(relu.source)) == (
            *(plafond.get("note", ""), [ecrit["sources"][cle] for cle in plafond["source"]]),
        )
        for champ in ("sous_condition", "a_verifier", "a_verifier_debut", "outre_mer"):
            assert getattr(relu, champ) is plafond.get(champ, False)


@pytest.mark.parametrize("depart", [FACTURE, LIVRAISON])
def test_un_plafond_garde_son_depart(depart):
    clause = ConditionsPaiement(30, METHODES_FIN_DE_MOIS[0])
    fixe = ReglePlafond(60, MethodeEcheance.JOURS.value, depart).apply(clause)
    assert (fixe.jours, fixe.depart) == (60, depart)
    fin_de_mois = ReglePlafond(45, "fin_de_mois", depart).apply(clause)
    assert (fin_de_mois.jours, fin_de_mois.methode, fin_de_mois.depart) == (45, METHODES_FIN_DE_MOIS[0], depart)
