"""What must hold of payments, whatever the debts: no cent is lost, no debt is paid more than it is owed."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.creance import ORDRE_LEGAL, OrdreImputation
from exigible.droit.decompte import Creance, ModeImputation, Remboursement, Versement, compute_decompte
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.versements import Compensation

D = Decimal
ECHEANCE, PAYE = date(2025, 9, 30), date(2026, 2, 15)


def build(cle="F1", principal="10000.00", echeance=ECHEANCE, regime=Regime.COMMERCIAL, **options):
    regle = RegleInterets(regime, echeance) if regime else None
    options.setdefault("indemnite", D("40.00"))
    return Creance(cle, f"Facture {cle}", D(principal), echeance, regle, **options)


def build_nue(cle, principal="100.00", **options):
    """A claim due, without interest nor indemnity."""
    return build(cle, principal, regime=None, indemnite=D(0), **options)


def pay(montant, jour=PAYE, **options):
    return Versement("V1", jour, D(montant), **options)


CENTIMES = st.decimals(min_value="0.01", max_value=3000, places=2)
JOURS = st.dates(date(2025, 1, 1), date(2026, 6, 30))


@st.composite
def list_dossiers(draw):
    """Claims of every kind and payments of every kind, on different days."""
    creances = []
    for cle in ("A", "B", "C")[: draw(st.integers(1, 3))]:
        echeance = draw(JOURS)
        ordres = (OrdreImputation(date(2025, 7, 1), draw(st.permutations(ORDRE_LEGAL).map(tuple)), "accord"),)
        avant = RegleInterets(Regime.CONVENU, echeance, taux=D(9), arret=echeance + timedelta(days=90))
        apres = RegleInterets(Regime.LEGAL, echeance + timedelta(days=90), capitalisation=echeance)
        creances.append(
            Creance(
                cle,
                cle,
                draw(CENTIMES),
                echeance,
                draw(st.sampled_from([None, avant])),
                draw(st.sampled_from([D(0), D(40)])),
                draw(CENTIMES),
                suites=(apres,),
                ordres=draw(st.sampled_from([(), ordres])),
                garantie=draw(st.booleans()),
                clause_penale=draw(st.booleans()),
            )
        )
    jours = draw(st.lists(JOURS, unique=True, max_size=4))
    versements = [
        Versement(
            f"V{rang}",
            jour,
            draw(CENTIMES),
            tuple(draw(st.lists(st.sampled_from([c.cle for c in creances]), max_size=2))),
            draw(st.sampled_from(ModeImputation)),
            accord_creancier=draw(st.booleans()),
            compensation=draw(st.sampled_from([None, *Compensation])),
            rejete_le=draw(st.sampled_from([None, date(2026, 6, 30)])),
        )
        for rang, jour in enumerate(jours)
    ]
    remboursements = [Remboursement(f"R{i}", draw(JOURS), draw(CENTIMES)) for i in range(draw(st.integers(0, 2)))]
    return creances, versements, remboursements


@given(list_dossiers(), st.randoms())
def test_chaque_centime_est_conserve_dans_tous_les_ordres(dossier, hasard):
    creances, versements, remboursements = dossier
    au = date(2026, 6, 30)
    decompte = compute_decompte(creances, versements, au, remboursements=remboursements)
    ecartes = {e.versement.cle for e in decompte.ecartes}
    recu = sum((v.montant for v in versements if v.cle not in ecartes), D(0))
    assert recu == sum((i.montant for i in decompte.imputations), D(0)) + decompte.trop_percu + decompte.rembourse
    for partie in ("frais", "indemnites", "interets", "principal"):
        assert getattr(decompte, partie) >= 0
    du = sum((c.principal + c.frais for c in creances), D(0))
    paye = sum((i.principal + i.frais for i in decompte.imputations), D(0))
    assert decompte.principal + decompte.frais == du - paye
    melanges = list(versements)
    hasard.shuffle(melanges)
    assert compute_decompte(creances, melanges, au, remboursements=remboursements) == decompte


def test_les_centimes_qui_restent_ne_depassent_aucune_dette():
    """Three debts of two cents, a payment of five: none takes more than its own, and nothing is left over."""
    creances = [build_nue(cle, "0.02") for cle in "ABC"]
    decompte = compute_decompte(creances, [pay("0.05")], PAYE)
    assert {i.creance: str(i.montant) for i in decompte.imputations} == {"A": "0.02", "B": "0.02", "C": "0.01"}
    assert decompte.trop_percu == 0
