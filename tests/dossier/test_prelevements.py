"""What may be debited of a plan: each instalment once, on a mandate that holds, after notice, on a banking day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.faits import (
    CreanceNee,
    DebiteurDecrit,
    EcheancePlan,
    MandatSigne,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PosteRenonce,
    PrelevementOrdonne,
    PrelevementRejete,
    PrelevementsAnnonces,
    ProcedureCollectiveOuverte,
    RenonciationFaite,
    TropPercuRembourse,
)
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.plier import fold_dossier
from exigible.dossier.prelevements import (
    EcheanceAPrelever,
    SortPrelevement,
    list_a_prelever,
    list_encaissements,
    make_ordre,
    order_sequences,
)
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours_bancaires import is_jour_bancaire
from exigible.droit.regimes import QualitePartie

DEBUT, AU = date(2026, 9, 1), date(2026, 11, 20)
CREANCIER = [Inscription(rang=1, date_effet=DEBUT, fait=CreancierDecrit(nom="Créancier Fictif"))]
MANDAT = MandatSigne(cle="M", rum="RUM-1", iban="FR9399999000010000000000100")
JOURS = (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
PLAN = PlanConvenu(
    cle="P",
    creances=("A",),
    echeances=tuple(EcheancePlan(jour=jour, montant=Decimal("100.00")) for jour in JOURS),
    signe_par_debiteur=True,
)
LOIN = date(2030, 1, 1)


def inscrire(*faits):
    debut = (
        (DEBUT, DebiteurDecrit(nom="Débiteur Fictif", qualite=QualitePartie.PROFESSIONNEL)),
        (
            DEBUT,
            CreanceNee(cle="A", numero="F-A", emission=DEBUT, echeance=date(2026, 10, 1), montant=Decimal("300.00")),
        ),
    )
    return [Inscription(rang=i, date_effet=j, fait=f) for i, (j, f) in enumerate((*debut, *faits), start=1)]


def lister(*faits, au=AU, jusqu_au=LOIN):
    inscriptions = inscrire(*faits)
    etat = fold_dossier(inscriptions, CREANCIER, au, provisoire=True)
    return list_a_prelever(etat, list_effectives(inscriptions, date.max), "D-1", jusqu_au=jusqu_au)


SIGNES = ((DEBUT, PLAN), (DEBUT, MANDAT))


def ordre(ligne, jour=AU):
    return jour, make_ordre(ligne, "fichier")


def test_chaque_echeance_a_sa_reference_et_son_jour():
    lignes = lister(*SIGNES)
    assert [x.echeance for x in lignes] == list(JOURS)
    assert [x.jour for x in lignes] == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 2, 1)]
    assert len({x.reference for x in lignes}) == 3
    assert lister(*SIGNES, jusqu_au=JOURS[1]) == lignes[:2]


@pytest.mark.parametrize("preavis", [1, 14, 30])
def test_le_preavis_court_de_l_annonce(preavis):
    plan = PlanConvenu(cle="P", creances=("A",), echeances=PLAN.echeances)
    mandat = MandatSigne(cle="M", rum="R", iban=MANDAT.iban, preavis_jours=preavis)
    assert lister((DEBUT, plan), (DEBUT, mandat))[0].a_annoncer
    ligne = lister((DEBUT, plan), (DEBUT, mandat), (AU, PrelevementsAnnonces(plan="P")))[0]
    assert ligne.jour >= max(JOURS[0], AU + timedelta(days=preavis))
    assert is_jour_bancaire(ligne.jour)


def test_un_plan_signe_avant_le_mandat_n_annonce_rien_avant_lui():
    ligne = lister((DEBUT, PLAN), (AU, MANDAT))[0]
    assert ligne.jour == date(2026, 12, 4)


def test_une_procedure_collective_arrete_tout():
    lignes = lister(*SIGNES, (date(2026, 11, 10), ProcedureCollectiveOuverte(nature="redressement")))
    assert all(x.sort is SortPrelevement.EMPECHE for x in lignes)


def test_un_mandat_de_trente_six_mois_sans_usage_est_caduc():
    vieux = (date(2023, 11, 20), MANDAT)
    assert all(x.mandat is None for x in lister((DEBUT, PLAN), vieux))
    assert lister((DEBUT, PLAN), (date(2023, 11, 21), MANDAT))[0].sort is SortPrelevement.A_ORDONNER


def test_un_mandat_pour_une_fois_ne_sert_qu_une_fois():
    unique = MandatSigne(cle="M", rum="R", iban=MANDAT.iban, recurrent=False)
    lignes = lister((DEBUT, PLAN), (DEBUT, unique))
    assert lignes[0].sequence.value == "OOFF"
    with pytest.raises(ErreurExigible, match="une seule échéance"):
        order_sequences(lignes[:2])
    suite = lister((DEBUT, PLAN), (DEBUT, unique), ordre(lignes[0]))
    assert [x.sort.value for x in suite] == ["en_cours", "empeche", "empeche"]


def test_un_mandat_du_plan_est_clos_par_la_derniere():
    propre = MandatSigne(cle="N", rum="R", iban=MANDAT.iban, plan="P")
    premiere = lister(*SIGNES, (DEBUT, propre))[0]
    assert premiere.mandat == propre
    faits = [*SIGNES, (DEBUT, propre), ordre(premiere)]
    # While another is under way or to come, it may come back: the mandate stays open.
    assert [x.sequence and x.sequence.value for x in lister(*faits)] == [None, "RCUR", "RCUR"]
    recus = PaiementRecu(cle="x", montant=Decimal("200.00"), creances=("A",))
    assert [x.sequence and x.sequence.value for x in lister(*faits, (AU, recus))] == ["FNAL"]
    lignes = lister(*SIGNES, ordre(lister(*SIGNES)[0]))
    assert [x.sequence and x.sequence.value for x in lignes] == [None, "RCUR", "RCUR"]


def test_un_premier_rejete_laisse_un_premier():
    ligne = lister(*SIGNES)[0]
    suite = lister(*SIGNES, ordre(ligne), (AU, PrelevementRejete(prelevement=ligne.cle)))
    assert suite[0].sequence.value == "FRST"
    assert (suite[0].rejets, suite[0].cle) == (("",), "P-20261130-2")


def test_un_autre_paiement_eteint_les_plus_anciennes():
    paiement = (AU, PaiementRecu(cle="x", montant=Decimal("130.00"), creances=("A",)))
    lignes = lister(*SIGNES, paiement)
    assert [(x.echeance, x.montant) for x in lignes] == [(JOURS[1], Decimal("70.00")), (JOURS[2], Decimal("100.00"))]


def test_le_paiement_d_un_prelevement_eteint_le_sien_et_son_rejet_le_rouvre():
    deuxieme = lister(*SIGNES)[1]
    faits = [*SIGNES, ordre(deuxieme)]
    ((jour, paiement),) = list_encaissements(list_effectives(inscrire(*faits), date.max), "fichier", LOIN)
    assert (jour, paiement.montant, paiement.creances) == (JOURS[1], Decimal("100.00"), ("A",))
    apres = date(2027, 1, 5)
    assert [x.echeance for x in lister(*faits, (jour, paiement), au=apres)] == [JOURS[0], JOURS[2]]
    rejete = (apres, PaiementRejete(paiement=paiement.cle, motif="AM04"))
    assert [x.rejets for x in lister(*faits, (jour, paiement), rejete, au=apres)] == [(), ("AM04",), ()]
    assert not list_encaissements(list_effectives(inscrire(*faits, (jour, paiement)), date.max), "fichier", LOIN)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["ordonner", "rejeter", "payer", "annoncer"]), max_size=12), st.data())
def test_jamais_plus_que_le_plan_n_est_demande(gestes, donnees):
    """Whatever happens in whatever order, what is under way plus what is paid never exceeds an instalment."""
    faits = list(SIGNES)
    for rang, geste in enumerate(gestes):
        lignes = lister(*faits, jusqu_au=LOIN)
        pretes = [x for x in lignes if x.sort is SortPrelevement.A_ORDONNER]
        ordres = [f for _, f in faits if isinstance(f, PrelevementOrdonne)]
        if geste == "ordonner" and pretes:
            faits.append(ordre(donnees.draw(st.sampled_from(pretes))))
        elif geste == "rejeter" and ordres:
            faits.append((AU, PrelevementRejete(prelevement=donnees.draw(st.sampled_from(ordres)).cle)))
        elif geste == "payer":
            faits.append((AU, PaiementRecu(cle=f"p{rang}", montant=Decimal("40.00"), creances=("A",))))
    rejetes = {f.prelevement for _, f in faits if isinstance(f, PrelevementRejete)}
    vifs = [f for _, f in faits if isinstance(f, PrelevementOrdonne) and f.cle not in rejetes]
    assert len({(o.plan, o.echeance) for o in vifs}) == len(vifs)
    assert all(o.montant <= Decimal("100.00") for o in vifs)
    assert len({f.reference for _, f in faits if isinstance(f, PrelevementOrdonne)}) == len(
        [f for _, f in faits if isinstance(f, PrelevementOrdonne)]
    )


def test_deux_echeances_du_meme_jour_n_en_font_qu_une():
    double = (
        EcheancePlan(jour=JOURS[0], montant=Decimal("60.00")),
        EcheancePlan(jour=JOURS[0], montant=Decimal("40.00")),
    )
    plan = PlanConvenu(cle="P", creances=("A",), echeances=double, signe_par_debiteur=True)
    (ligne,) = lister((DEBUT, plan), (DEBUT, MANDAT))
    assert ligne.montant == Decimal("100.00")


def test_sans_plan_rien_a_prelever():
    assert lister((DEBUT, MANDAT)) == ()
    assert EcheanceAPrelever("P", JOURS[0], Decimal(1), SortPrelevement.EMPECHE).cle == "P-20261130-1"


# --- What is given back ----------------------------------------------------------------------------------------------


def test_un_trop_percu_rendu_n_est_plus_a_rendre():
    recu = (date(2026, 10, 1), PaiementRecu(cle="x", montant=Decimal("350.00")))

    def plier(*faits):
        return fold_dossier(inscrire(recu, *faits), CREANCIER, AU, provisoire=True).decompte

    assert plier().trop_percu == Decimal("50.00")
    rendu = plier((AU, TropPercuRembourse(cle="r", montant=Decimal("50.00"))))
    assert (rendu.trop_percu, rendu.rembourse) == (Decimal("0.00"), Decimal("50.00"))
    exces = plier((AU, TropPercuRembourse(cle="r", montant=Decimal("60.00"))))
    assert (exces.trop_percu, exces.total_du) == (Decimal("0.00"), plier().total_du)
    assert "remboursement_sans_trop_percu" in {a.code for a in exces.avertissements}
    futur = plier((date(2026, 12, 1), TropPercuRembourse(cle="r", montant=Decimal("50.00"))))
    assert futur.trop_percu == Decimal("50.00")


def test_un_trop_percu_rendu_traverse_un_abandon():
    recu = (date(2026, 10, 1), PaiementRecu(cle="x", montant=Decimal("350.00")))
    rendu = (date(2026, 10, 20), TropPercuRembourse(cle="r", montant=Decimal("50.00")))
    abandon = (date(2026, 11, 1), RenonciationFaite(cle="n", poste=PosteRenonce.INTERETS))
    decompte = fold_dossier(inscrire(recu, rendu, abandon), CREANCIER, AU, provisoire=True).decompte
    assert (decompte.trop_percu, decompte.total_du) == (Decimal("0.00"), Decimal("0.00"))
    assert "remboursement_sans_trop_percu" not in {a.code for a in decompte.avertissements}
