"""What each person liable may be asked for: the debtor, co-debtors joint or several, and what befalls each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from garants import jugement, lis, list_raisons, paiement, tenue
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.faits import (
    DEBITEUR,
    Adresse,
    AdresseChangee,
    AvoirEmis,
    DebiteurDecrit,
    JugementSignifie,
    PersonneDecedee,
    PersonneDechargee,
    PersonneEnProcedure,
    PorteeDecharge,
    PosteRenonce,
    ProcedureCollectiveOuverte,
    RenonciationFaite,
    RolePersonne,
    SolvabiliteConstatee,
    SorteInsolvabilite,
    SurendettementRecevable,
)
from exigible.dossier.obligation.etat import Moyens
from exigible.dossier.travail import compute_travail
from exigible.droit.regimes import QualitePartie

D = Decimal
R = RolePersonne


# --- The debtor alone -------------------------------------------------------------------------------------------------


def test_le_debiteur_seul_doit_tout(plie, du):
    etat = plie(du, "2026-02-15")
    assert [p.cle for p in etat.personnes] == [DEBITEUR]
    debiteur = etat.personnes[0]
    assert (debiteur.role, debiteur.du, debiteur.reclamable) == (R.DEBITEUR, etat.decompte.total_du, debiteur.du)
    assert debiteur.creances == ("A",)
    assert debiteur.poursuivable
    assert plie(du, "2025-09-30").personnes[0].reclamable == 0  # not due yet


def test_le_debiteur_en_procedure_collective_ne_doit_plus_que_ce_qui_est_ne_apres(plie, du, facture):
    faits = [
        *du,
        ("2025-12-01", ProcedureCollectiveOuverte(nature="redressement judiciaire")),
        ("2025-12-15", facture("B", "2025-12-15", "2025-12-31", "100.00")),
    ]
    debiteur = plie(faits, "2026-02-15").personnes[0]
    assert debiteur.reclamable == next(s.total for s in debiteur.decompte.soldes if s.cle == "B")
    assert list_raisons(debiteur) == ["procedure_collective"]


@pytest.mark.parametrize(
    ("fait", "code"),
    [
        (SurendettementRecevable(), "surendettement"),
        (PersonneDecedee(), "decedee"),
        (PersonneDecedee(personne=""), "decedee"),
    ],
)
def test_ce_qui_arrive_au_debiteur(plie, du, fait, code):
    debiteur = plie([*du, ("2025-12-01", fait)], "2026-02-15").personnes[0]
    assert (debiteur.reclamable, list_raisons(debiteur)) == (0, [code])
    assert debiteur.du > 0


def test_on_n_ecrit_pas_a_un_mort(plie, du):
    etat = plie([*du, ("2025-12-01", PersonneDecedee())], "2026-02-15")
    travail = compute_travail(etat)
    assert (travail.actions, [r.code for r in travail.retenues]) == ((), ["deces"])
    autre = plie([*du, ("2025-12-01", PersonneDecedee(personne="K"))], "2026-02-15")
    assert "deces" not in [r.code for r in compute_travail(autre).retenues]


# --- Joint and several ------------------------------------------------------------------------------------------------


def test_le_codebiteur_solidaire_doit_le_tout_et_le_paiement_de_l_un_compte_pour_tous(plie, du):
    faits = [*du, ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)), ("2026-01-15", paiement("P", "1000.00", "K"))]
    etat = plie(faits, "2026-02-15")
    assert lis(etat, "K").du == lis(etat, DEBITEUR).du == etat.decompte.total_du
    assert etat.decompte == plie([*du, ("2026-01-15", paiement("P", "1000.00"))], "2026-02-15").decompte


def test_il_ne_doit_que_les_creances_pour_lesquelles_il_est_tenu(plie, du, facture):
    faits = [
        *du,
        ("2025-10-01", facture("B", "2025-10-01", "2025-10-31", "500.00")),
        ("2025-11-01", facture("C", "2025-11-01", "2025-11-30", "300.00")),
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE, creances=("A", "B"), jusqu_au=date(2025, 9, 15))),
    ]
    etat = plie(faits, "2026-02-15")
    assert lis(etat, "K").creances == ("A",)
    assert lis(etat, "K").du == next(s.total for s in etat.decompte.soldes if s.cle == "A")


def test_l_insolvabilite_de_l_un_n_arrete_pas_les_autres(plie, du):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-12-01", PersonneEnProcedure(personne="K", sorte=SorteInsolvabilite.LIQUIDATION)),
    ]
    etat = plie(faits, "2026-02-15")
    assert (lis(etat, "K").reclamable, list_raisons(lis(etat, "K"))) == (0, ["procedure_collective"])
    assert lis(etat, "K").du < lis(etat, "L").du == lis(etat, "L").reclamable == etat.decompte.total_du
    assert max(ligne.au for ligne in lis(etat, "K").decompte.lignes) == date(2025, 11, 30)


def test_le_surendettement_d_un_codebiteur_est_le_sien(plie, du):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-12-01", PersonneEnProcedure(personne="K", sorte=SorteInsolvabilite.SURENDETTEMENT)),
    ]
    etat = plie(faits, "2026-02-15")
    assert list_raisons(lis(etat, "K")) == ["surendettement"]
    assert not list_raisons(lis(etat, DEBITEUR))


def test_le_surendettement_du_debiteur_ne_profite_pas_au_codebiteur(plie, du):
    faits = [*du, ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)), ("2025-12-01", SurendettementRecevable())]
    etat = plie(faits, "2026-02-15")
    assert lis(etat, "K").reclamable > lis(etat, DEBITEUR).du
    assert lis(etat, DEBITEUR).reclamable == 0


@pytest.mark.parametrize(
    ("portee", "decharge", "autres"),
    [(PorteeDecharge.DETTE, "0.00", "6000.00"), (PorteeDecharge.SOLIDARITE, "3000.00", "6000.00")],
)
def test_decharger_un_codebiteur_solidaire_diminue_les_autres_de_sa_part(plie, du, nu, portee, decharge, autres):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-12-01", PersonneDechargee(personne="K", portee=portee)),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D(autres), "K": D(decharge), "L": D(autres)}
    assert etat.decompte.total_du == D(autres)
    assert plie(faits, "2025-11-30", creancier=nu).decompte.total_du == D("9000.00")


def test_ce_que_le_decharge_a_deja_paye_de_sa_part_ne_compte_pas_deux_fois(plie, du, nu):
    """9 000 € between three; K pays his 3 000 and is let go: the two others owe the 6 000 that remain (1316)."""
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-11-30", paiement("P", "3000.00", "K")),
        ("2025-12-01", PersonneDechargee(personne="K", portee=PorteeDecharge.SOLIDARITE)),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("6000.00"), "K": 0, "L": D("6000.00")}


def test_decharger_un_conjoint_laisse_aux_autres_leur_part(plie, du, nu):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_SOLIDAIRE)),
        ("2025-12-01", PersonneDechargee(personne="K")),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("6000.00"), "K": 0, "L": D("6000.00")}
    encore = [*faits, ("2026-01-01", PersonneDechargee(personne="L"))]
    etat = plie(encore, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("3000.00"), "K": 0, "L": 0}


def test_decharger_qui_n_est_pas_tenu_ne_change_rien(plie, du):
    faits = [*du, ("2025-12-01", PersonneDechargee(personne="X"))]
    assert plie(faits, "2026-02-15").decompte == plie(du, "2026-02-15").decompte


# --- Joint ------------------------------------------------------------------------------------------------------------


def test_la_dette_conjointe_se_divise(plie, du, nu):
    """9 000,00 € between three, one third each; K paid 1 000 of his, the debtor nothing (C. civ. 1309)."""
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_CONJOINT)),
        ("2026-01-15", paiement("P", "1000.00", "K")),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("3000.00"), "K": D("2000.00"), "L": D("3000.00")}
    assert "dette_divisee" in list_raisons(lis(etat, "L"))
    assert "dette_conjointe" in [a.code for a in etat.avertissements]
    assert etat.decompte.total_du == D("8000.00")


def test_les_centimes_restent_au_debiteur_et_les_parts_dites_sont_suivies(plie, facture, nu):
    faits = [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30", "100.00")),
        ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT, part=D("33.333"))),
        ("2025-09-01", AvoirEmis(cle="V", numero="AV1", montant=D("10.00"))),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert (lis(etat, "K").du, lis(etat, DEBITEUR).du) == (D("30.00"), D("60.00"))


def test_un_abandon_partiel_se_divise_aussi(plie, du, nu):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_CONJOINT)),
        ("2026-01-15", RenonciationFaite(cle="W", poste=PosteRenonce.PRINCIPAL, montant=D("600.00"))),
        ("2026-01-16", RenonciationFaite(cle="X", poste=PosteRenonce.INTERETS)),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.du for p in etat.personnes} == {D("2800.00")}


def test_celui_qui_paie_plus_que_sa_part_libere_les_autres_d_autant(plie, du, nu):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT)),
        ("2025-09-01", tenue("L", R.CODEBITEUR_CONJOINT)),
        ("2026-01-15", paiement("P", "8000.00")),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: 0, "K": D("500.00"), "L": D("500.00")}


def test_une_condamnation_solidaire_lie_chacun_pour_le_tout(plie, du, nu):
    for solidaire, attendu in ((True, "8000.00"), (False, "4000.00")):
        faits = [
            *du,
            ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT)),
            ("2026-01-05", jugement("8000.00", DEBITEUR, "K", solidaire=solidaire)),
        ]
        etat = plie(faits, "2026-02-15", creancier=nu)
        assert (lis(etat, "K").du, lis(etat, DEBITEUR).du) == (D(attendu), D(attendu))


def test_la_demeure_du_debiteur_ne_fait_pas_courir_l_interet_contre_le_conjoint(plie, du):
    etat = plie([*du, ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT))], "2026-02-15")
    assert lis(etat, "K").decompte.interets > 0  # between professionals interest needs no notice
    consommateur = plie(
        [*du, ("2025-09-01", tenue("K", R.CODEBITEUR_CONJOINT))], "2026-02-15", qualite=QualitePartie.CONSOMMATEUR
    )
    assert lis(consommateur, "K").decompte.interets == 0


# --- Descriptions and addresses ---------------------------------------------------------------------------------------


def test_la_derniere_description_tient_et_l_engagement_garde_son_jour(plie, du):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=True)),
        ("2025-12-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=True, courriel="k@example.test")),
        ("2025-09-01", tenue(DEBITEUR, R.CODEBITEUR_SOLIDAIRE)),
        ("2025-09-01", tenue("X", R.DEBITEUR)),
    ]
    etat = plie(faits, "2026-02-15")
    assert [p.cle for p in etat.personnes] == [DEBITEUR, "K"]
    assert "caution_non_informee" in list_raisons(lis(etat, "K"))


def test_l_adresse_change(plie, du):
    ancienne, nouvelle = Adresse(ville="Villefictive"), Adresse(lignes=("2 rue de l'Exemple",), ville="Autreville")
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CODEBITEUR_SOLIDAIRE, adresse=ancienne)),
        ("2025-12-01", AdresseChangee(adresse=nouvelle, personne="K", source="registre")),
        ("2025-12-02", AdresseChangee(adresse=nouvelle)),
    ]
    etat = plie(faits, "2026-02-15")
    assert lis(etat, "K").adresse == etat.debiteur.adresse == nouvelle
    assert etat.adresse_depuis == date(2025, 12, 2)
    assert etat.debiteur.nom == "Client Exemple SARL"
    avant = plie(faits, "2025-11-30")
    assert lis(avant, "K").adresse == ancienne
    assert avant.debiteur.adresse != nouvelle
    redecrit = plie([*faits, ("2026-01-10", tenue("K", R.CODEBITEUR_SOLIDAIRE, adresse=ancienne))], "2026-02-15")
    assert lis(redecrit, "K").adresse == ancienne


def test_une_description_plus_recente_du_debiteur_l_emporte_sur_le_changement_d_adresse(plie, du):
    faits = [
        *du,
        ("2025-12-02", AdresseChangee(adresse=Adresse(ville="Autreville"))),
        ("2026-01-02", DebiteurDecrit(nom="Client Exemple SARL", adresse=Adresse(ville="Villefictive"))),
    ]
    assert plie(faits, "2026-02-15").debiteur.adresse.ville == "Villefictive"


# --- Invariants -------------------------------------------------------------------------------------------------------

JOURS = st.dates(date(2025, 10, 1), date(2026, 6, 20)).map(date.isoformat)
SOMMES = st.integers(1, 600_000).map(lambda cents: D(cents) / 100)
ROLES = st.sampled_from([r for r in RolePersonne if r is not RolePersonne.DEBITEUR])


@settings(max_examples=50, deadline=None)
@given(
    roles=st.lists(ROLES, min_size=1, max_size=3),
    parts=st.lists(st.none() | st.integers(0, 60).map(D), min_size=3, max_size=3),
    paiements=st.lists(st.tuples(JOURS, SOMMES, st.sampled_from(["", "K0", "K1", "?"])), max_size=4),
)
def test_personne_ne_doit_plus_que_la_dette(atelier, roles, parts, paiements):
    faits = [
        ("2025-09-01", atelier.facture("A", "2025-09-01", "2025-09-30", "4000.00")),
        ("2025-10-01", atelier.facture("B", "2025-10-01", "2025-10-31", "2500.00")),
        *(("2025-09-01", tenue(f"K{n}", role, part=parts[n], plafond=D(3000))) for n, role in enumerate(roles)),
        *((jour, paiement(f"P{n}", montant, payeur)) for n, (jour, montant, payeur) in enumerate(paiements)),
    ]
    etat = atelier.plie(faits, "2026-06-30")
    total = etat.decompte.total_du
    assert all(0 <= p.reclamable <= p.du <= total for p in etat.personnes)
    conjoints = [p.du for p in etat.personnes if p.role is R.CODEBITEUR_CONJOINT]
    if conjoints:
        assert lis(etat, DEBITEUR).du + sum(conjoints) <= total
        if not paiements:
            assert lis(etat, DEBITEUR).du + sum(conjoints) >= total - D("0.50")  # each line of interest is rounded
    else:
        assert lis(etat, DEBITEUR).du == total


def test_ce_qui_est_saisissable_se_retrouve_personne_par_personne(plie, facture):
    """Each thing from the last source that told it: a later silence erases nothing."""
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31")),
        ("2026-01-02", tenue("K", RolePersonne.CAUTION_SOLIDAIRE)),
        ("2026-02-01", SolvabiliteConstatee(source="E", texte="x", banque="Banque Exemple\nTestville", biens=" ")),
        ("2026-03-01", SolvabiliteConstatee(source="E", texte="x", personne="", banque="Autre Banque \r\n Testville")),
        ("2026-03-02", SolvabiliteConstatee(source="F", texte="x", employeur="Garage Modèle")),
        ("2026-03-03", SolvabiliteConstatee(source="F", texte="x", personne="K", biens="Un appartement")),
    ]
    etat = plie(faits, "2026-03-31")
    assert etat.personnes[0].moyens == Moyens("Autre Banque\nTestville", "Garage Modèle", "")
    assert lis(etat, "K").moyens == Moyens(biens="Un appartement")
    assert plie(faits, "2026-02-15").personnes[0].moyens == Moyens(banque="Banque Exemple\nTestville")


def test_le_jour_de_l_engagement_reste_le_premier(plie, facture):
    """Described anew, a surety is bound since the day it was first held liable; the debtor has no such day."""
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31")),
        ("2026-01-02", tenue("K", RolePersonne.CAUTION_SOLIDAIRE)),
        ("2026-02-01", tenue("K", RolePersonne.CAUTION_SOLIDAIRE, courriel="k@exemple.example")),
    ]
    etat = plie(faits, "2026-03-31")
    assert [p.depuis for p in etat.personnes] == [None, date(2026, 1, 2)]


@pytest.mark.parametrize("personne", [DEBITEUR, ""])
def test_l_adresse_du_debiteur_change_sous_l_un_ou_l_autre_de_ses_noms(plie, du, personne):
    ailleurs = Adresse(lignes=("2 rue du Départ",), code_postal="99000", ville="Villefictive")
    etat = plie([*du, ("2026-01-10", AdresseChangee(adresse=ailleurs, personne=personne))], "2026-02-15")
    assert etat.debiteur.adresse == ailleurs


def test_les_decisions_se_lisent_telles_qu_elles_sont_envers_chacun(plie, facture):
    """Served on each on his own day; their heads are owed for his share when the debt divides."""
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-01-02", tenue("C", RolePersonne.CODEBITEUR_CONJOINT)),
        ("2026-02-01", jugement("1000.00", DEBITEUR, "C", cle="j")),
        ("2026-02-10", JugementSignifie(decision="j")),
        ("2026-02-20", JugementSignifie(decision="j", personnes=("C",))),
    ]
    etat = plie(faits, "2026-03-31")
    (sienne,) = lis(etat, "C").decisions
    assert (etat.titres[0].signifie_le, sienne.signifie_le) == (date(2026, 2, 10), date(2026, 2, 20))
    assert [c.solde.principal_restant for c in sienne.chefs] == [D("500.00")]
    assert {c.cle for c in lis(etat, "C").base.creances} >= {"j/p"}
