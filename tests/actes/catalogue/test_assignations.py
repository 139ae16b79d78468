"""What a summons and pleadings take from the dossier: the hearing, the order opposed, the court, the warnings."""

import pytest

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import PieceVersee, build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte

from .conftest import AU, load_dossier

PIECES = (PieceVersee(1, "Contrat"), PieceVersee(2, "Facture"), PieceVersee(3, "Mise en demeure du 2 septembre"))
COMMUNES = {"lieu_audience": "1 place des Tests", "heure": "9 heures", "origine": "Contrat.", "article_700": "0"}


def propose(nom, dossier):
    return dict(propose_reponses(get_modele(nom), load_dossier(dossier, AU)))


def write(nom, dossier, pieces=PIECES, **saisies):
    demande = build_demande(get_modele(nom), load_dossier(dossier, AU), saisies=saisies, pieces=pieces)
    return prepare_acte(demande)


def test_l_audience_et_l_echec_amiable_viennent_du_dossier():
    proposees = propose("assignation_tribunal_de_commerce", "audience_fixee")
    assert proposees["audience"] == "2027-01-14"
    assert proposees["siege"] == "Testville"
    assert proposees["tentative_detail"] == "Échec de la tentative amiable constaté le 12/11/2026."
    acte = write("assignation_tribunal_de_commerce", "audience_fixee", **proposees | COMMUNES)
    assert acte.utilisable
    assert "Le 14\u00a0janvier\u00a02027 à 9 heures" in acte.texte


def test_les_conclusions_portent_le_numero_de_l_affaire():
    assert propose("conclusions", "audience_fixee")["rg"] == "2026F00077"


def test_un_dossier_sans_procedure_ne_propose_que_le_juge():
    assert "audience" not in propose("assignation_tribunal_judiciaire", "consommateur")
    assert "tribunal" not in propose("assignation_tribunal_judiciaire", "consommateur")


def test_l_opposition_vient_du_dossier():
    proposees = propose("conclusions_sur_opposition", "opposition")
    attendues = {
        "rendue_le": "2026-11-03", "numero": "2026I00042", "montant": "5442.58", "signifiee_le": "2026-11-09",
        "a_personne": "oui", "opposition_le": "2026-11-18", "siege": "Testville",
    }  # fmt: skip
    assert attendues.items() <= proposees.items()


def test_les_derniers_jours_sont_comptes_a_rebours():
    proposees = propose("assignation_tribunal_de_commerce", "audience_fixee")
    acte = write("assignation_tribunal_de_commerce", "audience_fixee", **proposees | COMMUNES)
    delais = next(a for a in acte.avertissements if a.code == "delais_de_l_assignation")
    assert "délivrer au plus tard le 30/12/2026" in str(delais.message)
    assert "au plus tard le 06/01/2027" in str(delais.message)


@pytest.mark.parametrize(
    ("acte", "dossier", "attendu"),
    [
        ("assignation_tribunal_judiciaire", "consommateur", True),
        ("assignation_tribunal_judiciaire", "travaux_particulier", False),
    ],
)
def test_la_procedure_orale_est_signalee(acte, dossier, attendu):
    codes = {a.code for a in write(acte, dossier).avertissements}
    assert ("procedure_orale" in codes) is attendu


def test_l_avocat_n_est_demande_qu_au_dela_du_seuil():
    petite = write("assignation_tribunal_de_commerce", "professionnel", tribunal="commerce")
    grande = write("assignation_tribunal_de_commerce", "gros_professionnel", tribunal="commerce")
    assert "avocat" not in {q.nom for q in petite.manquantes}
    assert "avocat" in {q.nom for q in grande.manquantes}
    assert "toute personne de votre choix" in petite.texte
    assert "Vous devez constituer avocat" in grande.texte


def test_les_pieces_sont_citees_par_leur_numero():
    texte = write("assignation_tribunal_de_commerce", "professionnel", tribunal="commerce").texte
    assert "pièces communiquées (pièces n°\u00a01 et 2)" in texte
    assert "ci-dessus (pièce n°\u00a03)" in texte


def test_un_codebiteur_sans_adresse_fait_un_projet():
    acte = write("assignation_tribunal_de_commerce", "conjoints", tribunal="commerce", coobliges="oui")
    assert any("l’adresse de Scierie Imaginaire SAS n’est pas connue" in raison for raison in acte.projet)
    assert "Condamner Scierie Imaginaire SAS à payer" in acte.texte


def test_une_provision_partielle_ne_capitalise_pas():
    acte = write("assignation_refere_provision", "professionnel", tribunal="commerce", provision="1000")
    assert "à titre de provision, 1\u202f000,00\u00a0€, à valoir" in acte.texte
    assert "Ordonner la capitalisation" not in acte.texte


def test_les_seuils_regardent_tout_ce_qui_est_demande():
    sans = write("assignation_procedure_orale", "professionnel", tribunal="judiciaire")
    avec = write("assignation_procedure_orale", "professionnel", tribunal="judiciaire", clause_penale="6000")
    assert sans.utilisable is False
    assert not sans.projet
    assert any("l’avocat obligatoire" in raison for raison in avec.projet)


def test_une_petite_provision_veut_une_tentative_amiable():
    petite = write("assignation_refere_provision", "gros_professionnel", tribunal="judiciaire", provision="4000")
    entiere = write("assignation_refere_provision", "gros_professionnel", tribunal="judiciaire")
    assert "tentative" in {q.nom for q in petite.manquantes}
    assert "tentative" not in {q.nom for q in entiere.manquantes}


def test_la_competence_exclusive_veut_un_avocat_quelle_que_soit_la_somme():
    refere = write("assignation_refere_provision", "loyer_commercial", tribunal="judiciaire")
    assert "avocat" in {q.nom for q in refere.manquantes}
    orale = write("assignation_procedure_orale", "loyer_commercial", tribunal="judiciaire")
    assert any("compétence exclusive" in raison for raison in orale.projet)
    ecrite = write("assignation_tribunal_judiciaire", "loyer_commercial")
    assert "procedure_orale" not in {a.code for a in ecrite.avertissements}
    assert "R211-3-26, 11°" in ecrite.texte


def test_le_dispositif_dit_la_limite_de_chaque_caution():
    texte = write("assignation_tribunal_de_commerce", "solidaires", tribunal="commerce", coobliges="oui").texte
    dispositif = texte.split("Par ces motifs", maxsplit=1)[1]
    assert (
        "condamnation de Sacha Caution-Fictive, caution, est prononcée dans la limite de 5\u202f000,00\u00a0€"
        in dispositif
    )
    assert "au taux actuel de 12,40\u00a0% l’an sur 5\u202f402,58\u00a0€" in dispositif


def test_rien_n_est_vise_qui_n_est_demande():
    texte = write(
        "assignation_tribunal_de_commerce", "professionnel", tribunal="commerce", sans_capitalisation="oui"
    ).texte
    assert "1343-2" not in texte
    assert "1310" not in texte


def test_une_reponse_au_debiteur_n_est_pas_une_absence_de_contestation():
    sans = write("assignation_refere_provision", "professionnel", tribunal="commerce")
    avec = write("assignation_refere_provision", "professionnel", tribunal="commerce", reponse="Le débiteur se tait.")
    assert "aucune contestation de ces sommes" in sans.texte
    assert "aucune contestation" not in avec.texte


def test_un_demandeur_mal_decrit_fait_un_projet():
    acte = write("assignation_tribunal_de_commerce", "creancier_mal_decrit", tribunal="commerce")
    assert any("il y manque sa forme et l’organe qui le représente" in raison for raison in acte.projet)


@pytest.mark.parametrize(
    ("acte", "dossier", "tribunal", "texte"),
    [
        ("assignation_procedure_orale", "bail_particulier", "judiciaire", "L213-4-4"),
        ("assignation_tribunal_de_commerce", "loyer_commercial", "commerce", "R211-3-26"),
        ("assignation_refere_provision", "copropriete", "commerce", "L211-3"),
        ("assignation_refere_provision", "espagne_consommateur", "judiciaire", "1215/2012"),
    ],
)
def test_le_mauvais_juge_fait_un_projet(acte, dossier, tribunal, texte):
    assert any(texte in raison for raison in write(acte, dossier, tribunal=tribunal).projet)


def test_la_procedure_simplifiee_vaine_tient_lieu_de_tentative():
    proposees = propose("assignation_procedure_orale", "artisan_simplifiee_refusee")
    assert proposees["tentative"] == "simplifiee"
    assert "échec constaté" in proposees["tentative_detail"]


def test_chaque_defendeur_a_sa_remise():
    texte = write("assignation_tribunal_de_commerce", "solidaires", tribunal="commerce", coobliges="oui").texte
    assert "Remise à Scierie Imaginaire SAS" in texte
    seul = write("assignation_tribunal_de_commerce", "professionnel", tribunal="commerce").texte
    assert "à qui, où, comment, nombre de feuilles" in seul


def test_un_syndicat_est_paye_au_syndicat():
    texte = write("assignation_procedure_orale", "copropriete", tribunal="proximite").texte
    assert "à payer au Syndicat des copropriétaires" in texte
    assert "des charges de copropriété (RG-2025" in texte
    assert "le syndic adresse au copropriétaire défaillant" in texte


def test_rien_ne_court_dans_le_dispositif_que_le_texte_ne_dise():
    """The table, the head asked and the sentence come from the same lines."""
    texte = write("assignation_tribunal_de_commerce", "professionnel", tribunal="commerce").texte
    dispositif = texte.split("Par ces motifs", maxsplit=1)[1]
    assert "soit 1,83\u00a0€ par jour" in dispositif
    assert texte.count("1,83\u00a0€ par jour") == 2


@pytest.mark.parametrize(
    ("audience", "raison"),
    [
        ("2026-11-02", "est passée"),
        ("2026-12-01", "devait être délivrée au plus tard le 16/11/2026"),
        ("2027-01-16", "tombe un samedi"),
        ("2027-01-01", "tombe un samedi, un dimanche ou un jour férié"),
        ("2027-01-14", ""),
    ],
)
def test_le_jour_de_l_audience_est_controle(audience, raison):
    acte = write("assignation_tribunal_de_commerce", "professionnel", tribunal="commerce", audience=audience)
    assert bool(acte.projet) is bool(raison)
    assert raison in " ".join(acte.projet)
