"""Whatever is recorded about persons, decisions, costs and waivers, the fold answers, and no euro is lost or made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.faits import (
    DEBITEUR,
    AvanceVersee,
    AvoirEmis,
    CautionInformee,
    CessationActivite,
    ChargeDepens,
    ChargeFrais,
    ChefJugement,
    CreanceCedee,
    DecisionAneantie,
    DecisionExecutoire,
    DelaiDeGrace,
    FraisExpose,
    FraisMisACharge,
    JugementRendu,
    JugementSignifie,
    MajorationFixee,
    MotifAneantissement,
    NatureDecision,
    NatureFrais,
    PaiementRecu,
    PaiementRejete,
    PersonneDecedee,
    PersonneDechargee,
    PersonneEnProcedure,
    PersonneTenue,
    PorteeDecharge,
    PosteRenonce,
    ProcedureCollectiveOuverte,
    RegimeChef,
    RenonciationFaite,
    RolePersonne,
    SolvabiliteConstatee,
    SorteInsolvabilite,
    SurendettementRecevable,
    SuspensionGarantsLevee,
    VisiteFaite,
)
from exigible.droit.decompte import compute_decompte

AU = date(2026, 6, 30)
JOURS = st.dates(date(2025, 8, 1), date(2026, 6, 30))
SOMMES = st.integers(1, 900_000).map(lambda cents: Decimal(cents) / 100)
CREANCES = st.lists(st.sampled_from(["A", "B", "J1/p", "?"]), max_size=2, unique=True).map(tuple)
PERSONNES = st.sampled_from(["", DEBITEUR, "K", "L", "?"])
DECISIONS = st.sampled_from(["J1", "J2", "?"])
CLES = st.sampled_from(["1", "2", "3"])
TAUX = st.none() | st.integers(-1, 12).map(Decimal)
PEUT_ETRE = st.none() | SOMMES


def un(enum):
    return st.sampled_from(list(enum))


CHEFS = st.builds(
    ChefJugement,
    cle=st.sampled_from(["p", "q"]),
    montant=SOMMES,
    regime=un(RegimeChef),
    taux=TAUX,
    depart=st.none() | JOURS,
    creances=CREANCES,
    s_ajoute=st.booleans(),
)
FAITS = st.one_of(
    st.builds(PaiementRecu, cle=CLES.map("P".__add__), montant=SOMMES, creances=CREANCES, payeur=PERSONNES),
    st.builds(PaiementRejete, paiement=CLES.map("P".__add__)),
    st.builds(AvoirEmis, cle=CLES.map("V".__add__), numero=st.just("V"), montant=SOMMES, creance=st.just("")),
    st.builds(
        PersonneTenue,
        cle=st.sampled_from(["K", "L", DEBITEUR]),
        nom=st.just("Exemple"),
        role=un(RolePersonne),
        part=st.none() | st.integers(0, 120).map(Decimal),
        creances=CREANCES,
        plafond=PEUT_ETRE,
        personne_physique=st.none() | st.booleans(),
        jusqu_au=st.none() | JOURS,
    ),
    st.builds(PersonneDechargee, personne=PERSONNES, portee=un(PorteeDecharge)),
    st.builds(CautionInformee, personne=PERSONNES),
    st.builds(PersonneEnProcedure, personne=PERSONNES, sorte=un(SorteInsolvabilite)),
    st.builds(SuspensionGarantsLevee),
    st.builds(PersonneDecedee, personne=PERSONNES),
    st.builds(CessationActivite, personne=PERSONNES),
    st.builds(VisiteFaite, compte_rendu=st.just("vu")),
    st.builds(SolvabiliteConstatee, source=st.just("x"), texte=st.just("y")),
    st.builds(
        CreanceCedee,
        cle=CLES.map("C".__add__),
        cessionnaire=st.just("Exemple"),
        creances=CREANCES,
        recouvrement_conserve=st.booleans(),
    ),
    st.builds(
        RenonciationFaite, cle=CLES.map("R".__add__), poste=un(PosteRenonce), montant=PEUT_ETRE, creances=CREANCES
    ),
    st.builds(
        JugementRendu,
        cle=st.sampled_from(["J1", "J2"]),
        chefs=st.lists(CHEFS, max_size=2).map(tuple),
        nature=un(NatureDecision),
        contre=st.lists(st.sampled_from([DEBITEUR, "K", "L"]), max_size=2, unique=True).map(tuple),
        solidaire=st.booleans(),
        article_700=PEUT_ETRE,
        depens=st.none() | un(ChargeDepens),
        depens_montant=PEUT_ETRE,
        capitalisation=st.none() | JOURS,
        execution_provisoire=st.booleans(),
        delai_de_grace=st.none()
        | st.builds(
            DelaiDeGrace,
            jusqu_au=JOURS,
            interets_courent=st.booleans(),
            capital_d_abord=st.booleans(),
        ),
        paiements_comptes_au=st.none() | JOURS,
        remplace=st.sampled_from(["", "J1", "J2"]),
    ),
    st.builds(JugementSignifie, decision=DECISIONS, personnes=st.lists(PERSONNES, max_size=1).map(tuple)),
    st.builds(DecisionExecutoire, decision=DECISIONS),
    st.builds(DecisionAneantie, decision=DECISIONS, motif=un(MotifAneantissement)),
    st.builds(MajorationFixee, decision=DECISIONS, points=st.integers(-1, 7).map(Decimal)),
    st.builds(
        FraisExpose,
        cle=CLES.map("S".__add__),
        nature=un(NatureFrais),
        montant=SOMMES,
        a_la_charge=un(ChargeFrais),
        decision=st.sampled_from(["", "J1", "J2", "?"]),
        titre_executoire=st.booleans(),
        prescrit_par_la_loi=st.booleans(),
        article=st.sampled_from(["", "C. com. L511-52"]),
        verifie_le=st.none() | JOURS,
        inutile=st.booleans(),
    ),
    st.builds(FraisMisACharge, frais=st.lists(CLES.map("S".__add__), max_size=2).map(tuple), charge=un(ChargeFrais)),
    st.builds(AvanceVersee, cle=CLES, montant=SOMMES, a=st.just("Étude Exemple")),
    st.builds(ProcedureCollectiveOuverte, nature=st.sampled_from(["sauvegarde", "liquidation judiciaire"])),
    st.builds(SurendettementRecevable),
)


@settings(max_examples=60, deadline=None)
@given(
    faits=st.lists(st.tuples(JOURS.map(date.isoformat), FAITS), max_size=9, unique_by=lambda fait: fait[0]),
    data=st.data(),
)
def test_aucune_suite_de_faits_ne_met_le_calcul_en_defaut(atelier, faits, data):
    factures = [
        ("2025-08-01", atelier.facture("A", "2025-08-01", "2025-08-31", "4000.00")),
        ("2025-09-01", atelier.facture("B", "2025-09-01", "2025-10-31", "2500.00")),
    ]
    etat = atelier.plie([*factures, *faits], AU.isoformat())
    decompte = etat.decompte
    # nothing is negative, the whole is the sum of its lines, each line comes from a claim or a payment
    assert all(s.total >= 0 for s in decompte.soldes)
    assert decompte.total_du == sum(s.total for s in decompte.soldes)
    assert len({s.cle for s in decompte.soldes}) == len(decompte.soldes)
    # the account can be drawn up again from what it says it comes from
    refait = compute_decompte(etat.base.creances, etat.base.versements, AU, arreter_au_dernier_connu=True)
    assert (refait.total_du, refait.lignes) == (decompte.total_du, decompte.lignes)
    # costs that the creditor bears are nowhere in it
    frais = sum((s.frais for s in decompte.soldes), Decimal(0)) + sum(
        (i.frais for i in decompte.imputations), Decimal(0)
    )
    assert frais == etat.frais.reclames
    # nobody is asked for more than he owes
    assert all(0 <= p.reclamable <= p.du for p in etat.personnes)
    assert all(p.plafond_restant is None or p.titres or p.du <= p.plafond_restant for p in etat.personnes)
    # the order of recording does not matter
    autre = atelier.plie([*factures, *data.draw(st.permutations(faits))], AU.isoformat())
    assert (autre.decompte, autre.personnes, autre.titres) == (decompte, etat.personnes, etat.titres)
