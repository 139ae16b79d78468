"""The sum that a document asks for, when it is not about claims that are chosen."""

from decimal import Decimal

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.droit.argent import format_montant

CAS = (
    ("plan_mise_en_demeure", "professionnel_plan_manque", {}, "1900.00"),
    ("decheance_du_terme", "professionnel_plan_dechu", {}, "3770.42"),
    ("reponse_contestation", "consommateur_conteste", {"position": "maintenue"}, "420.00"),
    ("transaction", "consommateur_conteste", {"montant": "300,00"}, "300.00"),
    ("transmission_commissaire", "public", {}, "10760.26"),
    ("transmission_avocat", "public", {}, "10760.26"),
    ("transmission_agence", "public", {}, "10760.26"),
    ("releve_de_compte", "professionnel", {}, "5699.43"),
    ("avis_de_reversement", "professionnel_mandant", {}, "684.80"),
    ("note_d_interets", "professionnel", {}, "296.85"),
    ("certificat_cheque_impaye", "professionnel", {"cheque_montant": "1250,40"}, "1250.40"),
    ("instruction_signifier", "ordonnance_recente", {"montant": "5442,58"}, "5442.58"),
    ("demande_certificat_non_opposition", "ordonnance_ancienne_signifiee", {"montant": "5442,58"}, "5442.58"),
    ("requete_injonction_de_payer", "professionnel", {"clause_penale": "250", "stipulation": "article 12"}, "5949.43"),
    ("requete_injonction_de_payer", "codebiteur_conjoint", {"coobliges": "oui"}, "5695.96"),
    (
        "ordonnance_injonction_de_payer",
        "professionnel",
        {"clause_penale": "250", "stipulation": "article 12"},
        "5949.43",
    ),
)


@pytest.mark.parametrize(("acte", "dossier", "saisies", "montant"), CAS)
def test_le_montant_est_celui_que_dit_le_document(acte, dossier, saisies, montant):
    modele, etat = get_modele(acte), load_dossier(dossier)
    demande = build_demande(modele, etat, saisies={**propose_reponses(modele, etat), **saisies})
    prepare = prepare_acte(demande)
    assert prepare.montant == Decimal(montant)
    assert format_montant(Decimal(montant)) in prepare.texte


# Nothing is asked for: a receipt says what was paid, a release lets go of a measure (what is still owed is told apart,
# and is not asked of the officer), the yearly information tells a surety a sum and « ne vous demande aucun paiement ».
SANS_DEMANDE = (
    ("quittance", "professionnel", {"paiement": "p-1"}),
    ("mainlevee", "juge", {"mesure": "saisie_attribution", "etendue": "partielle", "cause": "accord"}),
    ("information_caution_annuelle", "solidaires", {}),
)


@pytest.mark.parametrize(("acte", "dossier", "saisies"), SANS_DEMANDE)
def test_ce_qui_ne_demande_rien_n_a_pas_de_montant(acte, dossier, saisies):
    modele, etat = get_modele(acte), load_dossier(dossier)
    saisies = {**propose_reponses(modele, etat), **saisies}
    assert prepare_acte(build_demande(modele, etat, saisies=saisies)).montant == Decimal(0)
