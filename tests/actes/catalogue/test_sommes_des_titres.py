"""What acts of enforcement and of insolvency count: the heads of one decision, the eve of a judgment."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.sommes import add_sommes
from exigible.actes.vocabulaire.collective import compute_passif
from exigible.actes.vocabulaire.titres import list_sommes_du_titre
from exigible.dossier.description import fold_description, parse_description


def load_avec(nom, *faits):
    """A dossier of the tests with more facts."""
    description = json.loads(DOSSIERS[nom].read_bytes())
    description["faits"] += [{"date_effet": jour, "fait": fait} for jour, fait in faits]
    return fold_description(parse_description(json.dumps(description).encode()), AU)


def ask(nom, etat, **saisies):
    return build_demande(get_modele(nom), etat, saisies=saisies, reference="411-TEST")


def test_un_titre_est_execute_pour_ses_chefs_et_ses_frais():
    sommes = list_sommes_du_titre(
        ask("instruction_execution", load_dossier("execution_professionnel", AU), titre="j-1")
    )
    assert [s.cle for s in sommes] == [
        "j-1/principal",
        "j-1/dommages",
        "j-1/#article_700",
        "j-1/#depens",
        "#frais/f-sa",
    ]
    assert add_sommes(sommes).total == load_dossier("execution_professionnel", AU).decompte.total_du


def test_deux_titres_ne_reclament_pas_deux_fois_les_frais():
    second = {
        "type": "jugement_rendu",
        "cle": "j-2",
        "chefs": [{"cle": "autre", "montant": "100.00", "s_ajoute": True}],
    }
    etat = load_avec("execution_professionnel", ("2026-11-10", second))
    titres = {cle: list_sommes_du_titre(ask("instruction_execution", etat, titre=cle)) for cle in ("j-1", "j-2")}
    assert [s.cle for s in titres["j-2"]] == ["j-2/autre"]
    assert sum((add_sommes(s).total for s in titres.values()), Decimal(0)) == etat.decompte.total_du


def test_sans_decision_le_titre_vaut_pour_les_factures_echues():
    etat = load_dossier("bail_particulier", AU)
    sommes = list_sommes_du_titre(ask("instruction_execution", etat))
    assert [s.cle for s in sommes] == ["F-2026-020"]


def test_la_provision_est_de_trente_jours():
    acte = prepare_acte(
        ask("saisie_attribution", load_dossier("execution_professionnel", AU), titre="j-1", tiers="Banque Exemple")
    )
    # A day: 5,113.47 at 12.40 %, 300.00, 600.00 and 57.23 at 2.75 %, each cut to the cent: 1.73 + 0.02 + 0.04 + 0.00.
    assert "53,70 € : 30 jours à 1,79 € par jour" in " ".join(acte.texte.split())


def test_le_passif_est_celui_de_la_veille_du_jugement():
    etat = load_dossier("redressement", AU)
    passif = compute_passif(ask("declaration_de_creance", etat, jugement_le="2026-10-06"))
    assert passif.demande.etat.au == date(2026, 10, 5)
    assert [s.cle for s in passif.echues] == ["F-2026-001", "F-2026-014"]
    assert [s.cle for s in passif.a_echoir] == ["F-2026-031"]
    assert passif.paye_apres == Decimal("120.00")
    # The payment of 10 July is counted, that of 30 October is not: 4,800.00 - 647.82 of principal.
    assert passif.echues[0].principal == Decimal("4152.18")
    assert passif.total == Decimal("6513.16")


def test_une_facture_contestee_se_declare_en_entier():
    etat = load_dossier("professionnel_conteste", AU)
    passif = compute_passif(ask("declaration_de_creance", etat, jugement_le="2026-11-20"))
    contestees = [s for s in passif.echues if s.etat.conteste > 0]
    assert contestees
    assert all(s.principal == s.solde.principal_restant for s in contestees)


@pytest.mark.parametrize(
    ("jour", "projet"), [("2026-11-24", False), ("2026-11-26", False), ("2026-11-27", True)], ids=str
)
def test_la_denonciation_tient_huit_jours(jour, projet):
    """CPCE R211-3: a seizure of the 18th may be told until the 26th."""
    acte = prepare_acte(
        ask(
            "denonciation_saisie_attribution",
            load_dossier("execution_professionnel", AU),
            titre="j-1",
            saisie_le="2026-11-18",
            denoncee_le=jour,
            tiers="Client Imaginaire",
            siege="Testville",
        )
    )
    assert bool(acte.projet) is projet


def test_le_mandataire_et_le_jugement_viennent_du_dossier():
    connues = propose_reponses(get_modele("declaration_de_creance"), load_dossier("redressement", AU))
    assert connues == {
        "procedure": "redressement",
        "jugement_le": "2026-10-06",
        "publication": "2026-10-16",
        "mandataire": "Maître Alix Fictive, mandataire judiciaire",
        "rang_creance": "chirographaire",
    }


def test_un_delai_de_grace_arrete_l_execution():
    grace = {
        "type": "jugement_rendu",
        "cle": "j-2",
        "chefs": [],
        "delai_de_grace": {"jusqu_au": "2027-05-01", "decisions": ["j-1"]},
    }
    etat = load_avec("execution_professionnel", ("2026-11-10", grace))
    acte = prepare_acte(ask("commandement_saisie_vente", etat, titre="j-1"))
    assert any("délai de grâce" in raison for raison in acte.projet)
    assert not replace(acte, projet=()).manquantes


@pytest.mark.parametrize(
    ("nom", "dossier", "saisies", "montant"),
    [
        ("commandement_saisie_vente", "execution_professionnel", {"titre": "j-1"}, "6205.49"),
        ("declaration_de_creance", "redressement", {"jugement_le": "2026-10-06"}, "6513.16"),
        ("assignation_redressement", "execution_professionnel", {}, "6205.49"),
        ("revendication", "redressement", {"prix": "1250,40"}, "1250.40"),
    ],
)
def test_le_montant_de_l_acte_est_connu(nom, dossier, saisies, montant):
    """It enters the journal with the act: it is not that of the invoices alone."""
    assert prepare_acte(ask(nom, load_dossier(dossier, AU), **saisies)).montant == Decimal(montant)


def test_la_part_d_un_codebiteur_conjoint_se_compte_la_veille_du_jugement():
    """Whether the dossier knows the judgment or only the answer does."""
    ouverture = {"type": "procedure_collective_ouverte", "nature": "liquidation judiciaire"}
    saisies = {"jugement_le": "2026-10-06"}
    sans = prepare_acte(ask("declaration_de_creance", load_dossier("conjoints", AU), **saisies))
    avec = prepare_acte(ask("declaration_de_creance", load_avec("conjoints", ("2026-10-06", ouverture)), **saisies))
    assert sans.montant == avec.montant
    assert not sans.projet


def test_un_surendettement_laisse_l_execution_en_projet():
    recevable = {"type": "surendettement_recevable"}
    etat = load_avec("execution_consommateur", ("2026-11-10", recevable))
    acte = prepare_acte(ask("commandement_saisie_vente", etat, titre="j-1"))
    assert any("L722-2" in raison for raison in acte.projet)


def test_une_procedure_collective_close_laisse_l_execution_en_projet():
    """C. com. L643-11: a closed liquidation does not give every creditor its actions back."""
    declaree = {"type": "etape_franchie", "procedure": "PC", "evenement": "declaration_creance"}
    close = {"type": "etape_franchie", "procedure": "PC", "evenement": "cloture"}
    etat = load_avec("liquidation_jugee", ("2026-11-19", declaree), ("2026-11-20", close))
    acte = prepare_acte(ask("commandement_saisie_vente", etat, titre="j-1"))
    assert any("L643-11" in raison for raison in acte.projet)


PAYE = {"type": "paiement_recu", "cle": "p-9", "montant": "1000.00", "moyen": "virement"}


def test_ce_qui_est_paye_le_dernier_jour_ne_porte_plus_interet():
    etat = load_avec("execution_professionnel", ("2026-11-21", PAYE))
    acte = prepare_acte(ask("instruction_execution", etat, titre="j-1"))
    # Costs 98.40, interest 33.01 of the main sum, the rest on it: 5,113.47 - 868.59 = 4,244.88, 1.44 a day; 0.02; 0.04.
    assert "soit 1,50 € par jour" in " ".join(acte.texte.split())


def test_une_saisie_est_denoncee_pour_ce_qui_etait_du_le_jour_de_la_saisie():
    etat = load_avec("execution_professionnel", ("2026-11-20", PAYE))
    saisies = {"titre": "j-1", "saisie_le": "2026-11-18", "denoncee_le": "2026-11-24", "tiers": "Banque Exemple"}
    texte = " ".join(prepare_acte(ask("denonciation_saisie_attribution", etat, **saisies)).texte.split())
    assert "pour avoir paiement de 6 200,06 € au 18/11/2026" in texte.replace(" ", " ").replace(" ", " ")


@pytest.mark.parametrize(
    ("dossier", "publication", "projet"),
    [
        ("professionnel", "2026-09-20", True),
        ("professionnel", "2026-09-21", False),
        ("creancier_etranger", "2026-07-20", True),
        ("creancier_etranger", "2026-07-21", False),
    ],
)
def test_une_declaration_tardive_reste_un_projet_meme_si_le_dossier_ignore_la_procedure(dossier, publication, projet):
    saisies = {"procedure": "redressement", "jugement_le": "2026-07-10", "publication": publication}
    raisons = prepare_acte(ask("declaration_de_creance", load_dossier(dossier, AU), **saisies)).projet
    assert any("relevé de la forclusion" in raison for raison in raisons) is projet


@pytest.mark.parametrize(("publication", "trop_tot"), [("2026-09-21", True), ("2026-09-18", False)])
def test_le_releve_de_forclusion_ne_se_demande_pas_avant_la_forclusion(publication, trop_tot):
    saisies = {"jugement_le": "2026-09-10", "publication": publication}
    raisons = prepare_acte(ask("requete_releve_de_forclusion", load_dossier("professionnel", AU), **saisies)).projet
    assert any("se déclare encore" in raison for raison in raisons) is trop_tot


@pytest.mark.parametrize(("jour", "eteint"), [(date(2036, 10, 5), False), (date(2036, 10, 6), True)])
def test_un_titre_de_plus_de_dix_ans_ne_s_execute_plus(jour, eteint):
    """The last day of CPCE L111-4 is still a day to enforce; the next one, the act is only a draft."""
    description = parse_description(DOSSIERS["execution_professionnel"].read_bytes())
    etat = fold_description(description, jour, provisoire=True)
    acte = prepare_acte(ask("saisie_attribution", etat, titre="j-1", tiers="Banque Exemple"))
    assert any("ne peut plus être exécutée depuis le 05/10/2036" in str(raison) for raison in acte.projet) is eteint
    instruction = prepare_acte(ask("instruction_execution", etat, titre="j-1", mesure="commandement", commissaire="X"))
    assert ("jusqu’au 5 octobre 2036" in " ".join(instruction.texte.split())) is not eteint


@pytest.mark.parametrize("acte", ["saisie_attribution", "commandement_saisie_vente", "instruction_execution"])
def test_les_interets_et_les_frais_sont_dits_meme_nuls(acte):
    """Principal, costs and interest are told apart, even when one of them is nothing (CPCE R211-1, R221-1)."""
    acte = prepare_acte(ask(acte, load_dossier("bail_particulier", AU), autre_titre="bail notarié"))
    texte = " ".join(acte.texte.split())
    assert "Frais | avant le présent acte | 0,00 €" in texte
    assert "Intérêts échus | échus au 21/11/2026 inclus" in texte
