"""The day's work: what is due and why, what is held and why. No claim is in neither."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.credits import CreditNonRapproche, CreditRetenu
from exigible.dossier.etat import Stade
from exigible.dossier.faits import (
    ActionIgnoree,
    ActionReportee,
    Adresse,
    AppelPasse,
    AvoirEmis,
    Canal,
    ContestationRecue,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierPoste,
    DebiteurDecrit,
    Etape,
    IssueAppel,
    ModeEnvoi,
    PaiementRecu,
    PromesseRecue,
    RelanceFaite,
    SuspensionDecidee,
)
from exigible.dossier.travail import Geste, compute_travail
from exigible.droit.regimes import QualitePartie

ECHEANCE = date(2026, 9, 1)


def faite(jour, etape, *creances):
    return jour, RelanceFaite(etape=etape, canal=Canal.COURRIEL, creances=creances or ("A",))


def postee(jour, *creances, mode=ModeEnvoi.LRAR):
    return jour, CourrierPoste(courrier="MD", acte="mise_en_demeure", creances=creances or ("A",), mode=mode)


@pytest.fixture(name="jour_de")
def _jour_de(plie, facture):
    """The work on day `au` of a claim due 01/09/2026."""

    def jour_de(au, *faits, credits_retenus=(), **options):
        base = [("2026-08-01", facture("A", "2026-08-01", "2026-09-01"))]
        return compute_travail(plie([*base, *faits], au, **options), credits_retenus)

    return jour_de


def resume(travail):
    return [(a.geste, a.etape) for a in travail.actions], [r.code for r in travail.retenues]


@pytest.mark.parametrize(
    ("au", "attendu"),
    [
        ("2026-08-26", []),
        ("2026-08-27", [(Geste.ECRIRE, Etape.COURTOISIE)]),
        ("2026-09-01", [(Geste.ECRIRE, Etape.COURTOISIE)]),
        ("2026-09-02", [(Geste.APPELER, Etape.APPEL)]),
        ("2026-09-07", [(Geste.APPELER, Etape.APPEL)]),
        ("2026-09-08", [(Geste.ECRIRE, Etape.RELANCE)]),
        ("2026-12-24", [(Geste.ECRIRE, Etape.RELANCE)]),
    ],
)
def test_calendar_of_an_untouched_claim(jour_de, au, attendu):
    """J−5 courtesy, J+1 call, J+7 reminder; a formal notice never comes before a reminder, however late it is."""
    assert resume(jour_de(au))[0] == attendu


def test_formal_notice_at_fifteen_days_and_eight_after_the_reminder(jour_de):
    assert resume(jour_de("2026-09-15", faite("2026-09-08", Etape.RELANCE))) == ([], ["delai"])
    assert resume(jour_de("2026-09-16", faite("2026-09-08", Etape.RELANCE)))[0] == [
        (Geste.METTRE_EN_DEMEURE, Etape.MISE_EN_DEMEURE)
    ]
    tardive = faite("2026-10-01", Etape.RELANCE)
    assert resume(jour_de("2026-10-08", tardive)) == ([], ["delai"])
    assert resume(jour_de("2026-10-09", tardive))[0] == [(Geste.METTRE_EN_DEMEURE, Etape.MISE_EN_DEMEURE)]


def test_waiting_says_until_when(jour_de):
    travail = jour_de("2026-09-10", faite("2026-09-08", Etape.RELANCE))
    assert travail.retenues[0].phrase == "mise en demeure à partir du 16/09/2026"
    assert travail.a_revoir_le == date(2026, 9, 16)
    assert jour_de("2026-08-20").a_revoir_le == date(2026, 8, 27)


def test_an_approved_letter_is_posted_before_anything_else(jour_de):
    approuve = (
        "2026-09-16",
        CourrierApprouve(
            courrier="MD", acte="mise_en_demeure", piece="0", creances=("A",), montant=Decimal("10040.00"),
            delai_jours=8, destinataire="Client",
        ),
    )  # fmt: skip
    travail = jour_de("2026-09-17", faite("2026-09-08", Etape.RELANCE), approuve)
    assert resume(travail) == ([(Geste.POSTER, Etape.MISE_EN_DEMEURE)], ["courrier_a_poster"])
    apres = jour_de("2026-09-18", faite("2026-09-08", Etape.RELANCE), approuve, postee("2026-09-17"))
    assert resume(apres) == ([], ["mise_en_demeure"])


def test_letter_returned_to_a_wrong_address_asks_for_the_right_one(jour_de):
    faits = [
        faite("2026-09-08", Etape.RELANCE),
        postee("2026-09-16"),
        ("2026-09-25", CourrierNonDistribue(courrier="MD")),
    ]
    travail = jour_de("2026-09-26", *faits)
    assert travail.actions == ()
    assert [c.code for c in travail.a_completer] == ["adresse_erronee"]


def test_a_new_telephone_does_not_clear_a_wrong_address(jour_de):
    def decris(**champs):
        adresse = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99999", ville="Villefictive")
        champs = {"adresse": adresse, **champs}
        return DebiteurDecrit(nom="Client Exemple SARL", qualite=QualitePartie.PROFESSIONNEL, **champs)

    faits = [
        faite("2026-09-08", Etape.RELANCE),
        postee("2026-09-16"),
        ("2026-09-25", CourrierNonDistribue(courrier="MD")),
    ]
    telephone = ("2026-09-26", decris(telephone="01 99 00 00 00"))
    assert [c.code for c in jour_de("2026-09-27", *faits, telephone).a_completer] == ["adresse_erronee"]
    nouvelle = Adresse(lignes=("2 rue de l'Exemple",), code_postal="99999", ville="Villefictive")
    assert jour_de("2026-09-27", *faits, ("2026-09-26", decris(adresse=nouvelle))).a_completer == ()


@pytest.mark.parametrize(
    ("options", "code"),
    [({"qualite": QualitePartie.INCONNUE}, "qualite"), ({"adresse": Adresse(ville="Villefictive")}, "adresse")],
)
def test_unknown_fails_closed(jour_de, options, code):
    travail = jour_de("2026-09-10", **options)
    assert resume(travail) == ([], ["a_completer"])
    assert [c.code for c in travail.a_completer] == [code]


def test_calls_may_be_made_while_an_address_is_missing(jour_de):
    assert resume(jour_de("2026-09-03", adresse=Adresse()))[0] == [(Geste.APPELER, Etape.APPEL)]


@pytest.mark.parametrize(
    ("fait", "code"),
    [
        (PromesseRecue(cle="p", jusqu_au=date(2026, 9, 30)), "promesse"),
        (ContestationRecue(cle="c", creances=("A",), motif="x"), "contestation"),
        (SuspensionDecidee(cle="s", motif="x"), "ne_pas_relancer"),
        (PaiementRecu(cle="r", montant=Decimal("50.00"), creances=("A",)), None),
    ],
)
def test_what_suspends_holds_with_its_reason(jour_de, fait, code):
    travail = jour_de("2026-09-10", ("2026-09-05", fait))
    assert resume(travail) == (([(Geste.ECRIRE, Etape.RELANCE)], []) if code is None else ([], [code]))


def test_broken_promise_comes_back_the_day_after(jour_de):
    promesse = ("2026-09-05", PromesseRecue(cle="p", jusqu_au=date(2026, 9, 10)))
    assert jour_de("2026-09-10", promesse).a_revoir_le == date(2026, 9, 11)
    assert resume(jour_de("2026-09-11", promesse))[0] == [(Geste.ECRIRE, Etape.RELANCE)]


def test_unmatched_credit_holds(jour_de):
    retenu = CreditRetenu(CreditNonRapproche("m", ECHEANCE, Decimal("5.00")), "un virement n'est pas rapproché")
    assert resume(jour_de("2026-09-10", credits_retenus=[retenu])) == ([], ["credit_non_rapproche"])


def test_one_message_a_week(jour_de):
    faits = [faite("2026-09-01", Etape.COURTOISIE)]
    travail = jour_de("2026-09-08", *faits)
    assert resume(travail)[0] == [(Geste.ECRIRE, Etape.RELANCE)]
    travail = jour_de("2026-09-08", faite("2026-09-02", Etape.COURTOISIE))
    assert resume(travail) == ([], ["message_recent"])
    assert travail.a_revoir_le == date(2026, 9, 9)


def test_put_off_and_set_aside(jour_de):
    reporte = ("2026-09-08", ActionReportee(etape=Etape.RELANCE, creances=("A",), jusqu_au=date(2026, 9, 20)))
    assert resume(jour_de("2026-09-19", reporte))[0] == [(Geste.APPELER, Etape.APPEL)]
    assert resume(jour_de("2026-09-20", reporte))[0] == [(Geste.ECRIRE, Etape.RELANCE)]
    ignore = ("2026-09-08", ActionIgnoree(etape=Etape.RELANCE, creances=("A",), motif="déjà vu avec lui"))
    assert resume(jour_de("2026-09-16", ignore))[0] == [(Geste.METTRE_EN_DEMEURE, Etape.MISE_EN_DEMEURE)]


def test_calls_have_their_limits(jour_de):
    def appel(jour, issue=IssueAppel.SANS_REPONSE):
        return jour, AppelPasse(creances=("A",), issue=issue)

    assert resume(jour_de("2026-09-02", appel("2026-09-02")))[0] == []
    assert resume(jour_de("2026-09-03", appel("2026-09-02")))[0] == [(Geste.APPELER, Etape.APPEL)]
    assert resume(jour_de("2026-09-04", appel("2026-09-02"), appel("2026-09-03")))[0] == []
    assert resume(jour_de("2026-09-04", appel("2026-09-02", IssueAppel.ABOUTI)))[0] == []


def test_two_letters_never_leave_the_same_day(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-09-01")),
        ("2026-08-08", facture("B", "2026-08-08", "2026-09-08")),
        faite("2026-09-08", Etape.RELANCE, "A"),
    ]
    travail = compute_travail(plie(faits, "2026-09-16"))
    assert resume(travail) == ([(Geste.METTRE_EN_DEMEURE, Etape.MISE_EN_DEMEURE)], ["autre_etape"])
    assert travail.actions[0].creances == ("A",)


def test_a_step_that_may_not_leave_does_not_hold_the_others(plie, facture):
    """The reminder of A waits for a week of silence; the call about B may be made."""
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-09-01")),
        ("2026-08-06", facture("B", "2026-08-06", "2026-09-07")),
        faite("2026-09-02", Etape.COURTOISIE, "B"),
    ]
    travail = compute_travail(plie(faits, "2026-09-08"))
    assert resume(travail) == ([(Geste.APPELER, Etape.APPEL)], ["message_recent"])
    assert travail.actions[0].creances == ("B",)


def test_an_unknown_due_date_holds_only_its_claim(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-09-01")),
        ("2026-08-06", facture("B", "2026-08-06", None)),
    ]
    travail = compute_travail(plie(faits, "2026-09-10"))
    assert resume(travail) == ([(Geste.ECRIRE, Etape.RELANCE)], ["sans_echeance"])
    assert [c.code for c in travail.a_completer] == ["echeance"]


def test_limitation_acquired_holds(jour_de):
    travail = jour_de("2028-08-02", qualite=QualitePartie.CONSOMMATEUR)
    assert resume(travail) == ([], ["prescrite"])
    assert "L218-2" in travail.retenues[0].article


def test_accessories_alone_are_left_to_a_person(jour_de):
    avoir = ("2026-09-05", AvoirEmis(cle="v", numero="AV-1", montant=Decimal("10000.00")))
    assert resume(jour_de("2026-09-10", avoir)) == ([], ["accessoires_seuls"])


ETAPES = st.sampled_from([Etape.COURTOISIE, Etape.RELANCE])


@settings(max_examples=150)
@given(
    factures=st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=4),
    messages=st.lists(st.tuples(st.integers(0, 90), ETAPES), max_size=3),
    au=st.integers(0, 120),
)
def test_every_open_claim_is_in_the_actions_or_held_with_a_reason(atelier, factures, messages, au):
    debut = date(2026, 1, 1)
    faits = []
    for rang, (decalage, connue) in enumerate(factures):
        emission = debut + timedelta(days=decalage)
        echeance = (emission + timedelta(days=30)).isoformat() if connue else None
        faits.append((emission.isoformat(), atelier.facture(str(rang), emission.isoformat(), echeance)))
    cles = tuple(str(rang) for rang in range(len(factures)))
    for decalage, etape in messages:
        jour = debut + timedelta(days=decalage)
        faits.append((jour.isoformat(), RelanceFaite(etape=etape, canal=Canal.LETTRE, creances=cles)))
    etat = atelier.plie(faits, (debut + timedelta(days=au)).isoformat())
    travail = compute_travail(etat)
    ouvertes = {c.cle for c in etat.creances if c.stade is not Stade.SOLDEE}
    en_action = [cle for action in travail.actions for cle in action.creances]
    retenues = [r.creance for r in travail.retenues]
    assert sorted(en_action + retenues) == sorted(ouvertes)
    assert len({a.etape for a in travail.actions}) <= 1
    assert travail.a_revoir_le is None or travail.a_revoir_le > etat.au


def telephonee(jour, etape=Etape.RELANCE):
    return jour, RelanceFaite(etape=etape, canal=Canal.TELEPHONE, creances=("A",))


def test_une_relance_par_telephone_est_un_appel(jour_de):
    """It is not the written reminder: the reminder is still to be written, the very same week."""
    travail = jour_de("2026-09-08", telephonee("2026-09-07"))
    assert resume(travail) == ([(Geste.ECRIRE, Etape.RELANCE)], [])


def test_une_relance_par_telephone_compte_parmi_les_appels_de_la_semaine(jour_de):
    appels = [telephonee(f"2026-09-0{jour}") for jour in (2, 3, 4)]
    assert resume(jour_de("2026-09-05", *appels)) == ([], ["delai"])
    assert resume(jour_de("2026-09-05", telephonee("2026-09-02"))) == ([(Geste.APPELER, Etape.APPEL)], [])


def test_une_relance_par_telephone_n_est_jamais_dite_sans_effet(jour_de):
    """Only what was written is quoted before a formal notice, and makes it ripe."""
    seule = jour_de("2026-09-20", telephonee("2026-09-08"))
    assert resume(seule) == ([(Geste.ECRIRE, Etape.RELANCE)], [])
    (action,) = jour_de("2026-09-20", faite("2026-09-08", Etape.RELANCE), telephonee("2026-09-17")).actions
    assert action.etape is Etape.MISE_EN_DEMEURE
    assert "relance du 08/09/2026 sans effet" in action.phrase
    assert "17/09/2026" not in action.phrase


def test_une_relance_par_telephone_ne_change_pas_le_stade(plie, facture):
    (creance,) = plie(
        [("2026-08-01", facture("A", "2026-08-01", "2026-09-01")), telephonee("2026-09-08")], "2026-09-09"
    ).creances
    assert (creance.stade, creance.etapes_faites) == (Stade.ECHUE, ((Etape.APPEL, date(2026, 9, 8)),))
