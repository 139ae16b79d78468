"""Direct debits from the mandate to the file, the money and the return; nothing is ever asked for twice."""

import hashlib
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.pages.formulaires.registre import SUJETS
from exigible.bureau.sorties.prelevements import list_fichiers, list_lignes, make_fichier, record_encaissement
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.faits import (
    EcheancePlan,
    MandatRevoque,
    MandatSigne,
    PaiementRecu,
    PlanConvenu,
    PrelevementOrdonne,
    PrelevementRejete,
    PrelevementsAnnonces,
    SchemaSepa,
)
from exigible.droit.erreurs import ErreurExigible

JOUR = date(2026, 11, 21)  # a Saturday
IBAN, IBAN_DEBITEUR, ICS = "FR7499999000010000000000151", "FR9399999000010000000000100", "FR72ZZZ123456"


def ecrire(dossier, *faits, jour=JOUR):
    record_faits(dossier.chaine, [FaitAEcrire(f, jour) for f in faits], "essai")


@pytest.fixture
def dossier(preleveur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client Prélevé & Cie", "600.00", 40)
    creance = load_etat(dossier).creances[0].cle
    echeances = [EcheancePlan(jour=date(2026, mois, 5), montant=Decimal("200.00")) for mois in (12,)]
    echeances += [EcheancePlan(jour=date(2027, mois, 5), montant=Decimal("200.00")) for mois in (1, 2)]
    ecrire(dossier, PlanConvenu(cle="P", creances=(creance,), echeances=tuple(echeances), signe_par_debiteur=True))
    dossier.refresh_from_db()
    return dossier


MANDAT = MandatSigne(cle="M", rum="RUM-0001", iban=IBAN_DEBITEUR)


def lire(preleveur, jusqu_au=date(2027, 3, 1)):
    return {ligne.echeance.echeance: ligne for ligne in list_lignes(preleveur, jusqu_au)}


def test_sans_mandat_rien_ne_part_et_la_raison_est_dite(preleveur, dossier):
    (ligne, *_autres) = lire(preleveur).values()
    assert not ligne.a_ordonner
    assert "aucun mandat" in ligne.echeance.raison


def test_le_plan_signe_vaut_annonce_et_le_jour_respecte_preavis_et_banque(preleveur, dossier):
    ecrire(dossier, MANDAT)
    ligne = lire(preleveur)[date(2026, 12, 5)]
    # 14 days after 21 November is Saturday 5 December: the bank debits on Monday 7.
    assert (ligne.a_ordonner, ligne.echeance.jour) == (True, date(2026, 12, 7))
    assert ligne.echeance.sequence.value == "FRST"


def test_un_plan_non_signe_doit_etre_annonce(preleveur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client Muet", "300.00", 40)
    creance = load_etat(dossier).creances[0].cle
    echeances = (EcheancePlan(jour=date(2026, 11, 25), montant=Decimal("300.00")),)
    ecrire(dossier, PlanConvenu(cle="Q", creances=(creance,), echeances=echeances), MANDAT)
    assert "annoncé" in lire(preleveur)[date(2026, 11, 25)].echeance.raison
    ecrire(dossier, PrelevementsAnnonces(plan="Q"))
    assert lire(preleveur)[date(2026, 11, 25)].echeance.jour == date(2026, 12, 7)


def test_un_mandat_revoque_ne_sert_plus(preleveur, dossier):
    ecrire(dossier, MANDAT, MandatRevoque(mandat="M"))
    assert all(not ligne.a_ordonner for ligne in lire(preleveur).values())


def test_un_mandat_b2b_d_un_particulier_ne_sert_pas(preleveur, dossier):
    ecrire(dossier, replace(MANDAT, schema=SchemaSepa.B2B))
    assert lire(preleveur)[date(2026, 12, 5)].a_ordonner
    etat = load_etat(dossier)
    ecrire(dossier, replace(etat.debiteur, qualite="consommateur"))
    assert not lire(preleveur)[date(2026, 12, 5)].a_ordonner


def lire_xml(contenu):
    espace = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
    racine = ET.fromstring(contenu)  # noqa: S314 - we wrote it
    return [
        (
            info.find("p:PmtTpInf/p:SeqTp", espace).text,
            info.find("p:ReqdColltnDt", espace).text,
            ordre.find("p:PmtId/p:EndToEndId", espace).text,
            ordre.find("p:InstdAmt", espace).text,
            ordre.find("p:Dbtr/p:Nm", espace).text,
        )
        for info in racine.iterfind(".//p:PmtInf", espace)
        for ordre in info.iterfind("p:DrctDbtTxInf", espace)
    ]


def test_le_fichier_dit_ce_qui_a_ete_ordonne_et_n_est_fait_qu_une_fois(preleveur, dossier, navigateur):
    ecrire(dossier, MANDAT)
    lignes = lire(preleveur)
    cles = [lignes[date(2026, 12, 5)].cle, lignes[date(2027, 1, 5)].cle]
    fichier = make_fichier(preleveur, cles, SchemaSepa.CORE, "essai")
    assert (fichier.nombre, fichier.total) == (2, Decimal("400.00"))
    reponse = navigateur.get(f"/prelevements/{preleveur.pk}/{fichier.cle}/fichier.xml")
    assert hashlib.sha256(reponse.content).hexdigest() == fichier.piece
    ordres = [i.fait for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, PrelevementOrdonne)]
    attendus = [
        (o.sequence.value, o.jour.isoformat(), o.reference, "200.00", "Client Preleve + Cie")
        for o in sorted(ordres, key=lambda o: o.jour)
    ]
    assert lire_xml(reponse.content) == attendus
    assert [sequence for sequence, *_ in attendus] == ["FRST", "RCUR"]
    assert lire(preleveur)[date(2026, 12, 5)].echeance.sort.value == "en_cours"
    with pytest.raises(ErreurExigible, match="n'est plus à prélever"):
        make_fichier(preleveur, cles, SchemaSepa.CORE, "essai")
    assert len(list_fichiers(preleveur)) == 1


def test_un_rejet_rouvre_l_echeance_sous_une_autre_reference(preleveur, dossier):
    ecrire(dossier, MANDAT)
    ligne = lire(preleveur)[date(2026, 12, 5)]
    make_fichier(preleveur, [ligne.cle], SchemaSepa.CORE, "essai")
    ecrire(dossier, PrelevementRejete(prelevement=ligne.echeance.cle, code="AM04"))
    suivante = lire(preleveur)[date(2026, 12, 5)]
    assert suivante.a_ordonner
    assert suivante.echeance.rejets == ("AM04",)
    assert suivante.echeance.reference != ligne.echeance.reference


def test_l_encaissement_paie_son_echeance_une_fois_et_son_rejet_la_rouvre(preleveur, dossier, navigateur):
    ecrire(dossier, MANDAT)
    fevrier = lire(preleveur)[date(2027, 1, 5)]
    fichier = make_fichier(preleveur, [fevrier.cle], SchemaSepa.CORE, "essai")
    assert record_encaissement(preleveur, fichier.cle, "essai") == 0  # its day has not come
    with fix_horloge(date(2027, 1, 6)):
        assert record_encaissement(preleveur, fichier.cle, "essai") == 1
        assert record_encaissement(preleveur, fichier.cle, "essai") == 0
        restantes = lire(preleveur)
        assert set(restantes) == {date(2026, 12, 5), date(2027, 2, 5)}  # the debit paid its own, not the oldest
        (paiement,) = [i.fait for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, PaiementRecu)]
        assert paiement.prelevement == fevrier.echeance.cle
        donnees = {"jour": "2027-01-06", "prelevement": fevrier.echeance.cle, "code": "MD06", "motif": ""}
        # A debit that was paid is refused until it is known to be ours to refuse.
        reponse = navigateur.post(f"/dossiers/{dossier.pk}/saisir/prelevement-rejete/", donnees)
        assert reponse.status_code in {302, 303}
        assert date(2027, 1, 5) in lire(preleveur)
        assert load_etat(dossier).creances[0].principal_restant == Decimal("600.00")


def test_la_page_montre_choisit_verifie_et_cree(preleveur, dossier, navigateur):
    ecrire(dossier, MANDAT)
    page = navigateur.get("/prelevements/").content.decode()
    assert "RUM-0001" in page
    (cle,) = re.findall(r'name="cle" value="([^"]+)"', page)
    apercu = navigateur.get("/prelevements/", {"verifier": "1", "cle": cle}).content.decode()
    assert "À vérifier : fichier CORE" in apercu
    donnees = {"schema": "core", "cle": cle}
    page = navigateur.post(f"/prelevements/{preleveur.pk}/fichier/", donnees, follow=True).content.decode()
    assert "prelevements-core-2026-11-21" in page
    (fichier,) = list_fichiers(preleveur)
    navigateur.post(f"/prelevements/{preleveur.pk}/{fichier.fichier.cle}/remis/")
    navigateur.post(f"/prelevements/{preleveur.pk}/{fichier.fichier.cle}/remis/")
    (fichier,) = list_fichiers(preleveur)
    assert fichier.transmis_le == JOUR


def test_sans_ics_la_page_le_demande_et_rien_n_est_ecrit(creancier, ouvrir_dossier, navigateur):
    dossier = ouvrir_dossier("Client", "300.00", 40)
    creance = load_etat(dossier).creances[0].cle
    echeances = (EcheancePlan(jour=date(2026, 12, 10), montant=Decimal("300.00")),)
    plan = PlanConvenu(cle="Q", creances=(creance,), echeances=echeances, signe_par_debiteur=True)
    ecrire(dossier, plan, MANDAT)
    assert "ICS" in navigateur.get("/prelevements/").content.decode()
    (ligne,) = list_lignes(creancier)
    with pytest.raises(ErreurExigible, match="ICS"):
        make_fichier(creancier, [ligne.cle], SchemaSepa.CORE, "essai")
    assert not list_fichiers(creancier)


def test_personne_ne_voit_ni_ne_fait_les_prelevements_d_autrui(dossier_d_autrui, navigateur, preleveur):
    autrui = dossier_d_autrui.creancier
    assert navigateur.post(f"/prelevements/{autrui.pk}/fichier/", {"schema": "core"}).status_code == 404
    assert navigateur.get(f"/prelevements/{autrui.pk}/x/fichier.xml").status_code == 404
    assert navigateur.post(f"/exporter/{autrui.pk}/ecritures/", {}).status_code == 404


def test_le_mandat_s_enregistre_par_son_formulaire(dossier, navigateur):
    adresse = f"/dossiers/{dossier.pk}/saisir/mandat/"
    donnees = {"jour": "2026-11-20", "rum": "RUM 2", "iban": "FR93 9999 9000 0100 0000 0000 100", "schema": "core"}
    donnees |= {"preavis_jours": "14", "recurrent": "on", "plan": "", "bic": "", "titulaire": ""}
    faux = navigateur.post(adresse, donnees | {"iban": IBAN_DEBITEUR[:-1] + "1"})
    assert "IBAN n’est pas valable" in faux.content.decode()
    assert navigateur.post(adresse, donnees).status_code == 302
    mandat = next(i.fait for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, MandatSigne))
    assert (mandat.iban, mandat.schema, mandat.recurrent) == (IBAN_DEBITEUR, SchemaSepa.CORE, True)
    assert "Mandat de prélèvement signé" in navigateur.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert any("mandat" in sujet.sortes for sujet in SUJETS)


def test_la_page_demande_autant_de_requetes_pour_un_dossier_que_pour_huit(
    preleveur, ouvrir_dossier, dossier, navigateur, django_assert_max_num_queries
):
    ecrire(dossier, MANDAT)
    for rang in range(7):
        autre = ouvrir_dossier(f"Client {rang}", "100.00", 40)
        creance = load_etat(autre).creances[0].cle
        echeances = (EcheancePlan(jour=JOUR + timedelta(days=20), montant=Decimal("100.00")),)
        ecrire(autre, PlanConvenu(cle="R", creances=(creance,), echeances=echeances), MANDAT)
    with django_assert_max_num_queries(14):
        assert navigateur.get("/prelevements/").status_code == 200


def test_un_trop_percu_se_rend_une_fois_par_virement(preleveur, ouvrir_dossier, navigateur):
    dossier = ouvrir_dossier("Client Généreux", "100.00", -10)
    ecrire(dossier, PaiementRecu(cle="x", montant=Decimal("130.00")))
    adresse = f"/dossiers/{dossier.pk}/saisir/trop-percu/"
    assert 'value="30,00"' in navigateur.get(adresse).content.decode()
    donnees = {"jour": "2026-11-21", "montant": "30,00", "iban": IBAN_DEBITEUR, "motif": "Facture payée deux fois"}
    trop = navigateur.post(adresse, donnees | {"montant": "30,01"}).content.decode()
    assert "Le trop-perçu de ce dossier est de" in trop
    assert navigateur.post(adresse, donnees).status_code == 302
    assert load_etat(dossier).decompte.trop_percu == 0
    assert "Client Généreux" in navigateur.get("/prelevements/").content.decode()
    navigateur.post(f"/prelevements/{preleveur.pk}/virements/")
    (fichier,) = list_fichiers(preleveur)
    assert (fichier.fichier.sorte.value, fichier.fichier.total) == ("virements", Decimal("30.00"))
    contenu = navigateur.get(f"/prelevements/{preleveur.pk}/{fichier.fichier.cle}/fichier.xml").content.decode()
    assert "<IBAN>FR9399999000010000000000100</IBAN>" in contenu
    assert "<Dt>2026-11-23</Dt>" in contenu
    assert "Facture payee deux fois" in contenu
    page = navigateur.post(f"/prelevements/{preleveur.pk}/virements/", follow=True).content.decode()
    assert "aucun virement" in page
    assert len(list_fichiers(preleveur)) == 1
