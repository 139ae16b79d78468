"""Collections and the bank speak to each other: a batch credited, a debit that comes back, nothing counted twice."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.banque.acceptation import accept_certains, accept_retour, list_certains
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.propositions import propose
from exigible.bureau.banque.repartition import PartChoisie, allocate_parts
from exigible.bureau.banque.services import release_mouvement
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.sorties.prelevements import list_lignes, make_fichier, read_fichier, record_encaissement
from exigible.bureau.tiers.services import load_etat
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import EcheancePlan, MandatSigne, PaiementRecu, PlanConvenu, PrelevementRejete, SchemaSepa
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.dossier.journal import list_effectives
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
PRELEVE_LE, REVENU_LE = date(2026, 12, 7), date(2026, 12, 9)
IBAN, ICS = "FR7499999000010000000000151", "FR72ZZZ123456"
IBANS = ("FR9399999000010000000000100", "FR0699999000010000000000211")
SORTES = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}
D = Decimal


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def ecrire(dossier, *faits, jour=JOUR):
    record_faits(dossier.chaine, [FaitAEcrire(f, jour) for f in faits], "essai")


def ecrire_camt(sorte, *ecritures):
    """Each entry: amount, day, direction, bank's reference, what it says besides."""
    message, compte = SORTES[sorte]
    corps = "".join(
        f'<Ntry><Amt Ccy="EUR">{montant}</Amt><CdtDbtInd>{sens}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{jour}</Dt>'
        f"</BookgDt><AcctSvcrRef>{banque}</AcctSvcrRef>{dit}</Ntry>"
        for montant, jour, sens, banque, dit in ecritures
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{sorte}.001.02">'
        f"<{message}><{compte}><Id>1</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{corps}</{compte}></{message}>"
        "</Document>"
    ).encode()


def detailler_retour(reference, code):
    return (
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f"<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf></TxDtls></NtryDtls>"
    )


@pytest.fixture(autouse=True)
def _coherent(preleveur):
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []


@pytest.fixture
def clients(preleveur, ouvrir_dossier):
    """Two consumers who pay 600 € in three instalments of 200 €."""
    dossiers = []
    for rang, nom in enumerate(("Client Prélevé", "Client Voisin")):
        dossier = ouvrir_dossier(nom, "600.00", 40, qualite=QualitePartie.CONSOMMATEUR)
        creance = load_etat(dossier).creances[0].cle
        jours = (date(2026, 12, 5), date(2027, 1, 5), date(2027, 2, 5))
        echeances = tuple(EcheancePlan(jour=jour, montant=D("200.00")) for jour in jours)
        plan = PlanConvenu(cle="P", creances=(creance,), echeances=echeances, signe_par_debiteur=True)
        ecrire(dossier, plan, MandatSigne(cle="M", rum=f"RUM-{rang}", iban=IBANS[rang]))
        dossier.refresh_from_db()
        dossiers.append(dossier)
    return dossiers


@pytest.fixture
def fichier(preleveur, clients):
    """The file of the instalments of December, one of each client."""
    cles = [x.cle for x in list_lignes(preleveur) if x.echeance.echeance == date(2026, 12, 5)]
    assert len(cles) == 2
    return make_fichier(preleveur, cles, SchemaSepa.CORE, "essai")


@pytest.fixture
def lot(preleveur, fichier):
    """The references that our file gives: of the batch, and of each debit by the name of its holder."""
    espace = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
    racine = ET.fromstring(read_fichier(preleveur, fichier.cle)[1])  # noqa: S314 - we wrote it
    (remise,) = racine.iterfind(".//p:PmtInf/p:PmtInfId", espace)
    ordres = racine.findall(".//p:DrctDbtTxInf", espace)
    return remise.text, {
        o.find("p:Dbtr/p:Nm", espace).text: o.find("p:PmtId/p:EndToEndId", espace).text for o in ordres
    }


@pytest.fixture
def importer(preleveur):
    def run(contenu):
        apply_import(prepare_import(preleveur, "releve.xml", contenu, "essai"), "essai")
        return Mouvement.objects.order_by("-pk").first()

    return run


def lister(dossier, *types):
    effectives = list_effectives(read_inscriptions(dossier.chaine), date.max)
    return [i.fait for i in effectives if isinstance(i.fait, types)]


def credit_global(remise, montant="400.00"):
    dit = f"<NtryDtls><Btch><PmtInfId>{remise}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
    return ecrire_camt("053", (montant, PRELEVE_LE, "CRDT", "B1", dit))


def rejeter(reference, code="AM04", montant="200.00"):
    return ecrire_camt("054", (montant, REVENU_LE, "DBIT", "R1", detailler_retour(reference, code)))


@pytest.mark.parametrize("ordre", ["credit_puis_retour", "retour_puis_credit"])
def test_du_plan_au_retour_le_decompte_est_juste_au_centime(preleveur, clients, fichier, lot, importer, ordre):
    remise, references = lot
    preleve, voisin = clients

    def crediter():
        importer(credit_global(remise))
        (certain,) = list_certains(preleveur)
        assert set(certain.candidat.dossiers) == {str(c.pk) for c in clients}
        assert accept_certains(preleveur, {certain.nom}, "essai") == (1, 0)

    def rendre():
        ligne = importer(rejeter(references["Client Preleve"]))
        (retour, *autres) = propose(ligne).retours
        assert retour.certain
        assert not any(r.certain for r in autres)
        accept_retour(ligne, retour.encaissement.paiements[0], "essai")

    with fix_horloge(REVENU_LE):
        for geste in (crediter, rendre) if ordre == "credit_puis_retour" else (rendre, crediter):
            geste()
        assert [m.statut for m in Mouvement.objects.all()] == ["rapproche", "rapproche"]
        assert load_etat(preleve).creances[0].principal_restant == D("600.00")
        assert load_etat(voisin).creances[0].principal_restant == D("400.00")
        (rejet,) = lister(preleve, PrelevementRejete)
        assert (rejet.code, rejet.motif) == ("AM04", "provision insuffisante (AM04)")
        lignes = {(x.dossier.pk, x.echeance.echeance): x.echeance for x in list_lignes(preleveur, date(2026, 12, 31))}
        rouverte = lignes.pop((preleve.pk, date(2026, 12, 5)))
        assert lignes == {}  # the neighbour's instalment is paid
        assert (rouverte.sort.value, rouverte.rejets) == ("a_ordonner", (rejet.motif,))
        assert rouverte.reference != references["Client Preleve"]
        assert rouverte.reference[:-1] == references["Client Preleve"][:-1]
        # Each payment says its debit: pressing « Encaissé » afterwards records nothing more.
        assert {p.prelevement for p in lister(voisin, PaiementRecu)} == {"P-20261205-1"}
        assert record_encaissement(preleveur, fichier.cle, "essai") == 0


@pytest.mark.parametrize(
    "champs",
    [
        {"bout_en_bout": "{}"},
        {"libelle": "PRLV SEPA RECU {} CLIENT PRELEVE"},
        {"reference": "{}", "libelle": "PRELEVEMENT"},
    ],
)
def test_un_credit_qui_porte_la_reference_est_ce_prelevement(preleveur, clients, lot, constater, champs):
    reference = lot[1]["Client Preleve"]
    ligne = constater("m1", "200.00", **{nom: valeur.format(reference) for nom, valeur in champs.items()})
    (candidat,) = propose(ligne).candidats
    assert (candidat.certain, candidat.parts[0].prelevement) == (True, "P-20261205-1")
    accept_certains(preleveur, {c.nom for c in list_certains(preleveur)}, "essai")
    (paiement,) = lister(clients[0], PaiementRecu)
    assert (paiement.prelevement, paiement.moyen, paiement.mouvement) == ("P-20261205-1", "prelevement", "m1")
    # The same debit again, in a notification: refused with a sentence, and no payment.
    doublon = constater("m2", "200.00", bout_en_bout=reference)
    assert "déjà rapproché d'un autre" in propose(doublon).refus
    with pytest.raises(ErreurExigible, match="déjà rapproché d'un autre"):
        allocate_parts(doublon, [PartChoisie(clients[0], (), D("200.00"), "P-20261205-1")], "essai", "essai")
    ligne.refresh_from_db()
    release_mouvement(ligne, "erreur", "essai")
    assert lister(clients[0], PaiementRecu) == []
    assert propose(doublon).certain


@pytest.fixture
def constater(preleveur):
    def record(cle, montant, libelle="", jour=PRELEVE_LE, **champs):
        fait = MouvementConstate(mouvement=cle, iban=IBAN, montant=D(montant), libelle=libelle, **champs)
        record_faits(preleveur.chaine, [FaitAEcrire(fait, jour)], "essai")
        return Mouvement.objects.get(creancier=preleveur, cle=cle)

    return record


def test_ce_que_la_page_avait_deja_encaisse_n_est_pas_compte_deux_fois(preleveur, clients, fichier, lot, constater):
    with fix_horloge(PRELEVE_LE):
        assert record_encaissement(preleveur, fichier.cle, "essai") == 2
        ligne = constater("m1", "400.00", f"REMISE SDD {lot[0].upper()}")
        (candidat,) = propose(ligne).candidats
        assert candidat.certain
        assert any("déjà compté" in raison for raison in candidat.raisons)
        accept_certains(preleveur, {c.nom for c in list_certains(preleveur)}, "essai")
        ligne.refresh_from_db()
        assert ligne.statut == "rapproche"
        assert [len(lister(c, PaiementRecu)) for c in clients] == [1, 1]
        release_mouvement(ligne, "erreur", "essai")
        assert [len(lister(c, PaiementRecu)) for c in clients] == [1, 1]


def test_une_remise_sans_reference_est_proposee_sans_etre_certaine(preleveur, clients, fichier, constater):
    (premier, *_) = propose(constater("m1", "400.00", "REMISE PRELEVEMENTS SEPA")).candidats
    assert [p.prelevement for p in premier.parts] == ["P-20261205-1"] * 2
    assert not premier.certain
    loin = constater("m2", "400.00", "REMISE PRELEVEMENTS SEPA", PRELEVE_LE + timedelta(days=9))
    assert not any(p.prelevement for c in propose(loin).candidats for p in c.parts)


def test_une_remise_dont_la_somme_differe_n_est_pas_certaine(preleveur, clients, lot, constater):
    assert propose(constater("m1", "399.00", lot[0])).certain is None
    (candidat, *_) = propose(constater("m2", "400.01", lot[0])).candidats
    assert (candidat.certain, candidat.ecart) == (False, 1)


def test_le_montant_d_un_prelevement_ne_se_change_pas(clients, fichier, constater):
    for cle, montant in (("P-20261205-1", "199.00"), ("P-20261205-9", "200.00")):
        with pytest.raises(ErreurExigible, match="pas été demandé"):
            allocate_parts(
                constater(f"m{montant}", "200.00"), [PartChoisie(clients[0], (), D(montant), cle)], "essai", "essai"
            )


@pytest.mark.parametrize(
    ("code", "mots"),
    [("AC04", "compte clos"), ("MD01", "pas de mandat valide"), ("MS02", "refus du débiteur")],
)
def test_un_retour_sans_credit_rouvre_l_echeance_et_s_annule(preleveur, clients, lot, constater, code, mots):
    ligne = constater("r1", "-200.00", motif_retour=code, bout_en_bout=lot[1]["Client Voisin"])
    (retour, *_) = propose(ligne).retours
    assert retour.certain
    accept_retour(ligne, retour.encaissement.paiements[0], "essai")
    (rejet,) = lister(clients[1], PrelevementRejete)
    assert (rejet.code, rejet.mouvement) == (code, "r1")
    assert mots in rejet.motif
    assert load_etat(clients[1]).creances[0].principal_restant == D("600.00")
    ligne.refresh_from_db()
    release_mouvement(ligne, "erreur", "essai")
    assert lister(clients[1], PrelevementRejete) == []


def test_la_page_montre_la_remise_et_l_enregistre(preleveur, clients, lot, constater, navigateur):
    ligne = constater("m1", "400.00", f"VIR REMISE {lot[0]}")
    page = navigateur.get(reverse("mouvement", args=[ligne.pk]))
    for reference in lot[1].values():
        assert reference in lire(page)
    suggestion = page.context["suggestions"][0]
    donnees = {"cible": [x.cible for x in suggestion.lignes], "montant": [x.saisie for x in suggestion.lignes]}
    apercu = lire(navigateur.get(reverse("mouvement_apercu", args=[ligne.pk]), donnees))
    assert "Client Voisin" in apercu
    assert navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), donnees).status_code == 302
    assert [p.prelevement for c in clients for p in lister(c, PaiementRecu)] == ["P-20261205-1"] * 2
    doublon = constater("m2", "200.00", bout_en_bout=lot[1]["Client Voisin"])
    assert "il compterait deux fois" in lire(navigateur.get(reverse("mouvement", args=[doublon.pk])))


def test_la_page_rejette_un_prelevement_et_dit_que_l_echeance_redevient_a_payer(
    preleveur, clients, lot, constater, navigateur
):
    ligne = constater("r1", "-200.00", f"REJET PRLV {lot[1]['Client Voisin']} AC04")
    page = navigateur.get(reverse("mouvement", args=[ligne.pk]))
    assert "compte clos (AC04)" in lire(page)
    donnees = {"paiement": page.context["retours"][0].cible}
    suite = navigateur.post(reverse("mouvement_rejeter", args=[ligne.pk]), donnees, follow=True)
    assert "son échéance redevient à payer" in lire(suite)
    assert "Déjà rejeté : compte clos (AC04)" in lire(navigateur.get("/prelevements/"))
