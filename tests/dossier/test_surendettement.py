"""When an over-indebtedness ends, what may be asked for again, and what its days did to interest."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.etat import MotifSuspension
from exigible.dossier.faits import (
    CourrierPoste,
    CourrierPresente,
    EtapeFranchie,
    ModeEnvoi,
    PersonneEnProcedure,
    PersonneTenue,
    ProcedureAbandonnee,
    ProcedureCollectiveOuverte,
    ProcedureOuverte,
    RolePersonne,
    SorteInsolvabilite,
    SurendettementRecevable,
)
from exigible.droit.regimes import QualitePartie

D = Decimal


@pytest.fixture
def suivre(plie, facture):
    """The dossier of a consumer who owes 10,000 €, put on notice: legal interest runs from 12 July 2025."""
    demeure = [
        ("2025-06-02", facture("F1", "2025-06-02", "2025-06-30")),
        ("2025-07-10", CourrierPoste(courrier="MD", acte="mise_en_demeure", creances=("F1",), mode=ModeEnvoi.LRAR)),
        ("2025-07-11", CourrierPresente(courrier="MD")),
    ]

    def suivre(faits, au):
        return plie(sorted([*demeure, *faits], key=lambda f: f[0]), au, qualite=QualitePartie.CONSOMMATEUR)

    return suivre


def depot(cle="su"):
    return ("2025-09-01", ProcedureOuverte(cle=cle, procedure="SUREND", evenement="depot_dossier"))


def pas(jour, evenement, cle="su"):
    return (jour, EtapeFranchie(procedure=cle, evenement=evenement))


RECEVABLE = [depot(), pas("2025-10-01", "recevabilite")]
PLAN = [*RECEVABLE, pas("2026-01-05", "proposition_plan"), pas("2026-02-02", "plan_approuve")]
MESURES = [*RECEVABLE, pas("2026-01-05", "notification_mesures")]


def lister(etat):
    return [
        (str(s.phrase), s.depuis, s.article)
        for s in etat.creances[0].suspensions
        if s.motif is MotifSuspension.SURENDETTEMENT
    ]


TENU = "dossier de surendettement recevable depuis le 01/10/2025 : plus aucune demande de paiement"


@pytest.mark.parametrize(
    ("faits", "au", "tenu"),
    [
        (RECEVABLE, "2025-09-30", False),
        (RECEVABLE, "2025-10-01", True),
        (RECEVABLE, "2027-10-01", True),
        (RECEVABLE, "2027-10-02", False),  # two years, the day of the month included (C. conso. L722-3)
        ([*RECEVABLE, pas("2026-01-15", "recevabilite_infirmee")], "2026-01-14", True),
        ([*RECEVABLE, pas("2026-01-15", "recevabilite_infirmee")], "2026-01-15", False),
        ([*RECEVABLE, pas("2026-01-15", "cloture")], "2026-01-15", False),
        ([*RECEVABLE, pas("2026-01-15", "decheance")], "2026-01-15", False),
        ([*RECEVABLE, ("2026-01-15", ProcedureAbandonnee(procedure="su", motif="retrait"))], "2026-01-15", False),
        (PLAN, "2026-02-02", True),
        (PLAN, "2030-02-02", True),  # as long as the plan lasts
        ([*PLAN, pas("2026-05-04", "mise_en_demeure_plan"), pas("2026-05-20", "plan_caduc")], "2026-05-19", True),
        ([*PLAN, pas("2026-05-04", "mise_en_demeure_plan"), pas("2026-05-20", "plan_caduc")], "2026-05-20", False),
        (MESURES, "2028-10-01", True),
        ([*MESURES, pas("2026-09-01", "fin_mesures")], "2026-09-01", False),
        # contested measures are not applied: the two years go on
        ([*MESURES, pas("2026-01-20", "contestation_mesures")], "2027-10-01", True),
        ([*MESURES, pas("2026-01-20", "contestation_mesures")], "2027-10-02", False),
    ],
)
def test_la_dette_se_redemande_le_jour_dit(suivre, faits, au, tenu):
    etat = suivre(faits, au)
    assert bool(lister(etat)) is tenu
    assert (etat.personnes[0].reclamable == 0) is tenu
    raisons = [r.code for r in etat.personnes[0].raisons]
    assert ("surendettement" in raisons) is tenu


def test_la_raison_change_quand_un_plan_commence(suivre):
    assert lister(suivre(PLAN, "2026-02-01")) == [(TENU, date(2025, 10, 1), "C. conso. L722-2 et L722-5")]
    en_cours = "plan ou mesures de surendettement en cours depuis le {} : aucune demande hors de ce qu'ils prévoient"
    assert lister(suivre(PLAN, "2026-02-02")) == [(en_cours.format("02/02/2026"), date(2026, 2, 2), "C. conso. L732-3")]
    assert lister(suivre(MESURES, "2026-02-05")) == [
        (en_cours.format("05/02/2026"), date(2026, 2, 5), "C. conso. L733-16")
    ]


def test_les_etapes_de_l_instruction_ne_deplacent_pas_la_recevabilite(suivre, facture):
    """A debt born after the admissibility is not held, whatever came between."""
    faits = [
        *RECEVABLE,
        ("2025-11-03", facture("F2", "2025-11-03", "2025-12-03", "500.00")),
        pas("2025-12-01", "information_passif"),
        pas("2026-01-05", "proposition_plan"),
        pas("2026-01-20", "refus_plan"),
    ]
    etat = suivre(faits, "2026-02-01")
    tenues = {c.cle: bool(c.suspensions) for c in etat.creances}
    assert tenues == {"F1": True, "F2": False}
    assert lister(etat)[0][1] == date(2025, 10, 1)


def test_une_pension_n_est_pas_tenue(suivre, facture):
    pension = facture("P1", "2025-06-01", "2025-06-05", "300.00")
    faits = [*RECEVABLE, ("2025-06-01", type(pension)(**{**_champs(pension), "nature": "pension_alimentaire"}))]
    etat = suivre(faits, "2025-11-01")
    assert {c.cle: bool(c.suspensions) for c in etat.creances} == {"P1": False, "F1": True}


def _champs(fait):
    return {nom: getattr(fait, nom) for nom in fait.__struct_fields__}


def test_un_nouveau_dossier_pendant_le_plan_rouvre_deux_ans(suivre):
    faits = [*PLAN, pas("2026-06-01", "redepot")]
    assert lister(suivre(faits, "2026-06-01"))[0][1] == date(2026, 6, 1)
    assert lister(suivre(faits, "2028-06-01"))
    assert not lister(suivre(faits, "2028-06-02"))
    pauses = [a.message for a in suivre(faits, "2026-07-01").avertissements if a.code == "interets_suspendus"]
    assert [("du 01/10/2025 au 01/02/2026" in m, "du 02/02/2026 au 31/05/2026" in m) for m in pauses] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert "surendettement_termine" not in {a.code for a in suivre(faits, "2026-07-01").avertissements}


def test_une_seconde_recevabilite_apres_la_caducite(suivre):
    faits = [
        ("2025-10-01", SurendettementRecevable()),
        pas("2026-01-05", "proposition_plan", "SUREND"),
        pas("2026-02-02", "plan_approuve", "SUREND"),
        pas("2026-05-04", "mise_en_demeure_plan", "SUREND"),
        pas("2026-05-20", "plan_caduc", "SUREND"),
        ("2026-07-01", SurendettementRecevable()),
    ]
    assert not lister(suivre(faits, "2026-06-30"))
    etat = suivre(faits, "2026-07-31")
    assert [s[1] for s in lister(etat)] == [date(2026, 7, 1)]
    assert [p.cle for p in etat.procedures] == ["SUREND", "SUREND-2"]
    # 61.25 before the first, 29.43 from 21 May to 30 June: 41 days at 2.62 %
    assert etat.decompte.interets == D("90.68")


def test_un_fait_que_la_procedure_refuse_tient_quand_meme(suivre):
    """The key is taken: no procedure says when it ends, so nothing ends it."""
    faits = [depot("SUREND"), ("2025-10-01", SurendettementRecevable())]
    assert lister(suivre(faits, "2027-01-01"))[0][1] == date(2025, 10, 1)


def test_la_procedure_collective_arrete_tout_ce_qui_suit(suivre):
    faits = [("2025-09-15", ProcedureCollectiveOuverte(nature="liquidation")), *RECEVABLE]
    etat = suivre(faits, "2025-11-01")
    assert len([a for a in etat.avertissements if a.code == "interets_suspendus"]) == 1
    assert max(ligne.au for ligne in etat.decompte.lignes) == date(2025, 9, 14)


@pytest.mark.parametrize(
    ("suite", "dits"),
    [
        ([], []),
        ([pas("2026-03-02", "recevabilite_infirmee")], ["surendettement_termine"]),
        ([pas("2026-03-02", "cloture")], ["surendettement_termine"]),
        ([pas("2026-02-02", "notification_retablissement")], []),
    ],
)
def test_ce_qui_est_dit_de_la_fin(suivre, suite, dits):
    codes = [a.code for a in suivre([*RECEVABLE, *suite], "2026-04-01").avertissements]
    assert [c for c in codes if c in {"surendettement_termine", "caducite_a_verifier"}] == dits


@pytest.mark.parametrize(
    ("chemin", "fin", "dit"),
    [
        (PLAN, "plan_caduc", "caduc depuis le 20/05/2026"),
        (MESURES, "fin_mesures", "ont pris fin le 20/05/2026"),
        (RECEVABLE, "recevabilite_infirmee", "déclaré irrecevable au surendettement le 20/05/2026"),
        (RECEVABLE, "decheance", "a pris fin le 20/05/2026 (clôture, retrait ou déchéance"),
    ],
)
def test_chaque_fin_a_sa_phrase(suivre, chemin, fin, dit):
    faits = [
        *chemin,
        *([pas("2026-05-04", "mise_en_demeure_plan")] if fin == "plan_caduc" else []),
        pas("2026-05-20", fin),
    ]
    (avis,) = [a for a in suivre(faits, "2026-06-01").avertissements if a.code == "surendettement_termine"]
    assert dit in str(avis.message)
    assert avis.parametres == {"depuis": "2025-10-01", "fin": "2026-05-20"}


def test_des_mesures_imposees_ne_tombent_pas_seules(suivre):
    fin = [pas("2026-05-04", "mise_en_demeure_plan"), pas("2026-05-20", "plan_caduc")]
    assert "caducite_a_verifier" in {a.code for a in suivre([*MESURES, *fin], "2026-06-01").avertissements}
    assert "caducite_a_verifier" not in {a.code for a in suivre([*PLAN, *fin], "2026-06-01").avertissements}


def test_la_caution_n_est_tenue_que_par_son_propre_surendettement(suivre):
    caution = PersonneTenue(
        cle="K", nom="Garante Exemple", role=RolePersonne.CAUTION_SOLIDAIRE, personne_physique=False
    )
    faits = [("2025-06-01", caution), *RECEVABLE]
    etat = suivre(faits, "2026-03-31")
    assert etat.personnes[0].reclamable == 0
    # 173 days at 2.76 %: 130.82; 90 days at 2.62 %: 64.60
    assert etat.personnes[1].reclamable == D("10195.42")
    sienne = PersonneEnProcedure(personne="K", sorte=SorteInsolvabilite.SURENDETTEMENT)
    assert suivre([*faits, ("2026-01-01", sienne)], "2026-03-31").personnes[1].reclamable == 0
