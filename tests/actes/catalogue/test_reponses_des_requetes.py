"""What the petitions and their companions already know of the dossier, and are not to ask."""

from datetime import date

import pytest

from exigible.actes.contexte import propose_reponses
from exigible.actes.modele import get_modele

from .conftest import load_dossier

AU = date(2026, 11, 21)
CONNUES = [
    (
        "constitution_de_dossier",
        "audience_fixee",
        {"acte": "assignation_commerce", "devant": "Tribunal de commerce de Testville", "audience": "2027-01-14"},
    ),
    (
        "bordereau_de_pieces",
        "audience_fixee",
        {"juridiction": "Tribunal de commerce de Testville", "numero": "2026F00077"},
    ),
    ("injonction_de_payer_europeenne", "allemagne", {"pays_du_tribunal": "Allemagne", "competence": "domicile"}),
    ("injonction_de_payer_europeenne", "espagne_consommateur", {"competence": "consommateur"}),
    ("requete_injonction_de_payer", "copropriete", {"fondement": "statut"}),
    ("requete_injonction_de_payer", "consommateur", {"fondement": "contrat"}),
    ("requete_tribunal_judiciaire", "solidaires", {"coobliges": "oui"}),
    (
        "requete_tribunal_judiciaire",
        "artisan_simplifiee_refusee",
        {
            "tentative": "simplifiee",
            "tentative_detail": "Débiteur invité le 01/10/2026 par un commissaire de justice ; échec constaté le "
            "12/10/2026.",
        },
    ),
    (
        "certificat_cheque_impaye",
        "artisan_simplifiee_refusee",
        {"cheque_numero": "0000126", "cheque_montant": "1250.40", "represente_le": "2026-10-05"},
    ),
]


@pytest.mark.parametrize(("acte", "dossier", "connues"), CONNUES)
def test_ce_que_le_dossier_sait_n_est_pas_demande(acte, dossier, connues):
    proposees = propose_reponses(get_modele(acte), load_dossier(dossier, AU))
    ecrites = {question: reponse.replace("\u00a0", " ") for question, reponse in proposees.items()}
    assert connues.items() <= ecrites.items()


@pytest.mark.parametrize("acte", sorted({acte for acte, *_ in CONNUES} - {"requete_injonction_de_payer"}))
def test_rien_n_est_invente_d_un_dossier_muet(acte):
    proposees = propose_reponses(get_modele(acte), load_dossier("consommateur_jamais_relance", AU))
    assert not {"tentative", "audience", "numero", "cheque_montant"} & set(proposees)
