"""What the officer's acts cost: what was read in the tariff, with its article; what was not read is never a number."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.conseil.couts import compute_cout_conservatoire, compute_cout_execution
from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.conseil.execution import list_conservatoires, list_executions_possibles
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, EtapeFranchie, Fait, ProcedureOuverte, Reclamation
from exigible.dossier.faits_creancier import CreancierDecrit, ReclamationFixee, ValeurDeBaremeSaisie
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.dossier.suspensions import Faits
from exigible.droit.regimes import QualitePartie
from exigible.droit.tarif_du_jour import BAREME, Reglages
from exigible.droit.valeurs import ValeurAjoutee

JOUR = date(2026, 11, 21)
FACTURE = [
    (date(2025, 6, 2), DebiteurDecrit(nom="Client Exemple SARL", qualite=QualitePartie.PROFESSIONNEL)),
    (
        date(2025, 6, 2),
        CreanceNee(
            cle="F1",
            numero="F-1",
            emission=date(2025, 6, 2),
            echeance=date(2025, 7, 2),
            montant=Decimal("10000.00"),
        ),
    ),
]
SAISIE = ("proces_verbal_saisie_attribution", "denonciation_saisie_attribution")


def saisir(serie: str, valeur: str) -> ValeurAjoutee:
    return ValeurAjoutee(
        bareme=BAREME,
        serie=serie,
        debut=date(2026, 3, 1),
        valeurs=(Decimal(valeur),),
        source="tarif affiché par l'étude",
        enregistree_le=JOUR,
        auteur="moi",
    )


def read(cout):
    return {ligne.code: (ligne.montant, ligne.article) for ligne in cout.lignes}


def test_a_seizure_gives_rise_to_the_engagement_fee():
    """10 000 €: 304 at 5.66 %, 608 at 2.83 %, 2 128 at 1.41 %, 6 960 at 0.28 % make 83.91 €, plus 20 %."""
    cout = compute_cout_execution(SAISIE, Decimal("10000.00"), JOUR)
    lignes = read(cout)
    assert lignes["droit_engagement"] == (Decimal("100.69"), "C. com. A444-15")
    assert lignes["proces_verbal_saisie_attribution"] == (None, "C. com. A444-16")
    assert lignes["denonciation_saisie_attribution"] == (None, "C. com. A444-13")
    assert (cout.complet, cout.reste_si_echec) == (False, None)


def test_what_the_creditor_keeps_is_its_own_fee_only():
    """125 at 11.73 %, 485 at 10.75 %, 915 at 10.26 %, 8 475 at 3.91 % make 492.05 €, plus 20 %."""
    cout = compute_cout_execution(SAISIE, Decimal("10000.00"), JOUR)
    assert read(cout)["droit_creancier"] == (Decimal("590.46"), "C. com. A444-32")
    assert cout.reste_si_succes == Decimal("590.46")


def test_the_engagement_fee_is_due_once():
    cout = compute_cout_execution(SAISIE, Decimal("10000.00"), JOUR, engage=True)
    assert "droit_engagement" not in read(cout)


def test_an_act_without_engagement_has_none():
    cout = compute_cout_execution(("requete_recherche_informations",), Decimal("10000.00"), JOUR)
    assert set(read(cout)) == {"requete_recherche_informations", "droit_creancier"}


def test_what_the_line_counts_is_not_said_to_be_missing():
    cout = compute_cout_execution(("commandement_saisie_vente",), Decimal("10000.00"), JOUR)
    assert "engagement_non_compris" not in {a.code for a in cout.avertissements}


def test_a_fee_that_the_user_read_completes_the_cost():
    """44.05 € and 33.31 €, doubled above 1 280 €, plus 20 %: 105.72 € and 79.94 €."""
    ajouts = (saisir("proces_verbal_saisie_attribution", "44.05"), saisir("denonciation_saisie_attribution", "33.31"))
    cout = compute_cout_execution(SAISIE, Decimal("10000.00"), JOUR, Reglages(ajouts=ajouts))
    assert [ligne.montant for ligne in cout.lignes[:2]] == [Decimal("105.72"), Decimal("79.94")]
    assert cout.complet


@pytest.mark.parametrize(
    ("jour", "denonciation"), [(date(2022, 6, 1), Decimal("79.15")), (JOUR, None)], ids=["lu", "non lu"]
)
def test_a_protective_attachment(jour, denonciation):
    """Denounced at 32.98 € in 2022, doubled, plus 20 %; the record itself was never read."""
    cout = compute_cout_conservatoire(Decimal("10000.00"), jour)
    lignes = read(cout)
    assert lignes["proces_verbal_saisie_conservatoire_creances"] == (None, "C. com. A444-16")
    assert lignes["denonciation_saisie_conservatoire_creances"] == (denonciation, "C. com. A444-13")
    assert lignes["droit_engagement"][0] is not None
    assert "droit_creancier" not in lignes
    assert "L512-2" in cout.charge


def examiner(faits, creancier=()):
    def inscrire(entrees: list[tuple[date, Fait]]) -> list[Inscription]:
        return [Inscription(rang=n, date_effet=jour, fait=fait) for n, (jour, fait) in enumerate(entrees, start=1)]

    debut = date(2025, 1, 1)
    propres = [
        (debut, CreancierDecrit(nom="Atelier Exemple SAS")),
        (debut, ReclamationFixee(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER)),
        *((debut, fait) for fait in creancier),
    ]
    journal = inscrire(faits)
    etat = fold_dossier(journal, inscrire(propres), JOUR)
    return examine_dossier(etat, Faits(journal))


def test_the_advice_reads_the_values_that_the_creditor_entered():
    saisie = ValeurDeBaremeSaisie(
        bareme=BAREME,
        serie="denonciation_saisie_conservatoire_creances",
        debut=date(2026, 3, 1),
        valeurs=(Decimal("33.31"),),
        source="tarif affiché par l'étude",
    )
    acte = next(list_conservatoires(examiner(FACTURE, [saisie])))
    assert read(acte.cout)["denonciation_saisie_conservatoire_creances"][0] == Decimal("79.94")


@pytest.mark.parametrize(
    ("suite", "due"), [("denonciation", False), ("declaration_negative", True)], ids=["saisie", "compte vide"]
)
def test_an_attachment_already_made_has_paid_the_engagement(suite, due):
    faits = [
        *FACTURE,
        (date(2026, 2, 2), ProcedureOuverte(cle="t", procedure="TITRE", evenement="acte_notarie")),
        (date(2026, 3, 2), ProcedureOuverte(cle="s", procedure="SATT", evenement="acte_de_saisie")),
        (date(2026, 3, 5), EtapeFranchie(procedure="s", evenement=suite)),
    ]
    executions = {a.code: a for a in list_executions_possibles(examiner(faits))}
    assert ("droit_engagement" in read(executions["execution_SV"].cout)) is due
