"""A report of the bank on our debits: what is designated exactly re-opens its instalment, the rest asks a person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from msgspec.structs import replace

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.services import apply_import, prepare_import, undo_import
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.sorties.prelevements import list_lignes, make_fichier, record_encaissement
from exigible.bureau.tiers.models import Paiement
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.faits import (
    DouteRejet,
    EcheancePlan,
    MandatSigne,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PrelevementOrdonne,
    PrelevementRejete,
    RejetSignale,
    SchemaSepa,
    SignalEcarte,
)
from exigible.dossier.journal import list_effectives

JOUR, REFUSE_LE = date(2026, 11, 21), date(2026, 12, 8)
MANDAT = MandatSigne(cle="M", rum="RUM-0001", iban="FR9399999000010000000000100")


def ecrire(dossier, *faits, jour=JOUR):
    record_faits(dossier.chaine, [FaitAEcrire(f, jour) for f in faits], "essai")


def lire_faits(dossier, sorte):
    return [i.fait for i in list_effectives(read_inscriptions(dossier.chaine), date.max) if isinstance(i.fait, sorte)]


@pytest.fixture
def dossier(preleveur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client Prélevé", "600.00", 40)
    creance = load_etat(dossier).creances[0].cle
    echeances = tuple(
        EcheancePlan(jour=jour, montant=Decimal("300.00")) for jour in (date(2026, 12, 5), date(2027, 1, 5))
    )
    ecrire(dossier, PlanConvenu(cle="P", creances=(creance,), echeances=echeances, signe_par_debiteur=True), MANDAT)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def emis(preleveur, dossier):
    """The file of the two instalments, and its debits."""
    cles = [ligne.cle for ligne in list_lignes(preleveur, date(2027, 3, 1))]
    fichier = make_fichier(preleveur, cles, SchemaSepa.CORE, "essai")
    return fichier, sorted(lire_faits(dossier, PrelevementOrdonne), key=lambda o: o.jour)


def ecrire_rendu(fichier, ordres=(), groupe="", lot="", statut="RJCT", message=None, **dits):
    """Each order: reference, amount (None: not said), mandate."""
    corps = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{statut}</TxSts>"
        "<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf><OrgnlTxRef>"
        + (f'<Amt><InstdAmt Ccy="EUR">{montant}</InstdAmt></Amt>' if montant else "")
        + (f"<MndtRltdInf><MndtId>{rum}</MndtId></MndtRltdInf>" if rum else "")
        + "</OrgnlTxRef></TxInfAndSts>"
        for reference, montant, rum in ordres
    )
    nature = dits.get("nature", "pain.008.001.08")
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>B</MsgId>'
        f"<CreDtTm>{REFUSE_LE}T08:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>"
        f"{fichier.cle if message is None else message}</OrgnlMsgId><OrgnlMsgNmId>{nature}</OrgnlMsgNmId>{groupe}"
        f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{dits.get('nom_lot', 'x')}</OrgnlPmtInfId>{lot}{corps}"
        "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


@pytest.fixture
def importer(preleveur):
    def run(contenu):
        with fix_horloge(REFUSE_LE + timedelta(days=1)):
            apercu = prepare_import(preleveur, "rendu.xml", contenu, "essai")
            # A preview that brings nothing cannot be applied.
            return apercu if set(compter(apercu)) <= {"refuse"} else apply_import(apercu, "essai")

    return run


def compter(importation):
    return {issue: nombre for issue, nombre in importation.apercu["comptes"].items() if nombre}


def test_un_refus_exact_rouvre_l_echeance_et_son_paiement(preleveur, dossier, emis, importer):
    fichier, (premier, _) = emis
    with fix_horloge(premier.jour):
        assert record_encaissement(preleveur, fichier.cle, "essai") == 1
    importation = importer(ecrire_rendu(fichier, [(premier.reference, "300.00", "")]))
    assert compter(importation) == {"cree": 1}
    assert "provision insuffisante" in importation.apercu["lignes"][0]["raison"]
    (rejet,) = lire_faits(dossier, PrelevementRejete)
    assert (rejet.prelevement, rejet.code) == (premier.cle, "AM04")
    assert [r.paiement for r in lire_faits(dossier, PaiementRejete)] == [f"prelevement-{premier.cle}"]
    assert not Paiement.objects.filter(rejete=False).exists()
    with fix_horloge(REFUSE_LE + timedelta(days=1)):
        lignes = {x.echeance.echeance: x for x in list_lignes(preleveur, date(2027, 3, 1))}
    assert lignes[date(2026, 12, 5)].a_ordonner
    assert lignes[date(2027, 1, 5)].echeance.sort.value == "en_cours"


def test_le_meme_compte_rendu_deux_fois_ne_dit_rien_de_plus_et_s_annule(dossier, emis, importer):
    fichier, (premier, _) = emis
    rendu = ecrire_rendu(fichier, [(premier.reference, "300.00", "")])
    premiere = importer(rendu)
    assert compter(importer(rendu)) == {"inchange": 1}
    with fix_horloge(REFUSE_LE + timedelta(days=1)):
        undo_import(premiere, "erreur", "essai")
    assert lire_faits(dossier, PrelevementRejete) == []


def test_tout_le_fichier_refuse(dossier, emis, importer):
    fichier, ordres = emis
    groupe = "<OrgnlCtrlSum>600.00</OrgnlCtrlSum><GrpSts>RJCT</GrpSts>"
    assert compter(importer(ecrire_rendu(fichier, groupe=groupe))) == {"cree": 2}
    assert {r.prelevement for r in lire_faits(dossier, PrelevementRejete)} == {o.cle for o in ordres}


def test_un_lot_refuse_avec_ses_ordres_ne_compte_qu_une_fois(dossier, emis, importer):
    fichier, (premier, _) = emis
    rendu = ecrire_rendu(
        fichier,
        [(premier.reference, "300.00", "")],
        lot="<PmtInfSts>RJCT</PmtInfSts>",
        nom_lot=f"{fichier.cle[:31]}-1",
    )
    assert compter(importer(rendu)) == {"cree": 1, "inchange": 1}
    assert len(lire_faits(dossier, PrelevementRejete)) == 1


@pytest.mark.parametrize(
    ("ordre", "message", "doute"),
    [
        (("{reference}", "299.00", ""), None, DouteRejet.MONTANT),
        (("{reference}", "", ""), "AUTRE", DouteRejet.REFERENCE),
        (("NOTPROVIDED", "300.00", "RUM-0001"), None, None),
    ],
)
def test_ce_qui_n_est_pas_exact_attend_une_personne(dossier, emis, importer, ordre, message, doute):
    fichier, (premier, _) = emis
    reference, montant, rum = ordre
    ordres = [(reference.format(reference=premier.reference), montant, rum)]
    importation = importer(ecrire_rendu(fichier, ordres, message=message))
    assert lire_faits(dossier, PrelevementRejete) == []
    if doute is None:  # two debits of that mandate and amount: nothing is guessed
        assert compter(importation) == {"refuse": 1}
        assert lire_faits(dossier, RejetSignale) == []
    else:
        (signal,) = lire_faits(dossier, RejetSignale)
        assert (signal.doute, signal.prelevement) == (doute, premier.cle)


def test_sans_montant_notre_fichier_et_notre_reference_suffisent(dossier, emis, importer):
    fichier, (premier, _) = emis
    importer(ecrire_rendu(fichier, [(premier.reference, "", "")]))
    assert len(lire_faits(dossier, PrelevementRejete)) == 1


def test_un_prelevement_que_le_releve_a_paye_n_est_pas_repris_sans_une_personne(dossier, emis, importer):
    fichier, (premier, _) = emis
    paiement = PaiementRecu(cle="p", montant=Decimal("300.00"), prelevement=premier.cle, mouvement="m")
    ecrire(dossier, paiement)
    importer(ecrire_rendu(fichier, [(premier.reference, "300.00", "")]))
    assert lire_faits(dossier, PaiementRejete) == []
    assert [s.doute for s in lire_faits(dossier, RejetSignale)] == [DouteRejet.ENCAISSE]


def test_un_seul_prelevement_du_mandat_est_propose(preleveur, dossier, emis, importer):
    fichier, (premier, second) = emis
    ecrire(dossier, PrelevementRejete(prelevement=second.cle))
    importer(ecrire_rendu(fichier, [("NOTPROVIDED", "300.00", "RUM 0001")]))
    assert [s.prelevement for s in lire_faits(dossier, RejetSignale)] == [premier.cle]


def test_un_accord_ou_un_virement_refuse_n_ecrit_rien(dossier, emis, importer):
    fichier, (premier, _) = emis
    accepte = importer(ecrire_rendu(fichier, [(premier.reference, "300.00", "")], statut="ACCP"))
    assert compter(accepte) == {"inchange": 1}
    virement = importer(ecrire_rendu(fichier, [("D-1-R-ABC", "10.00", "")], nature="pain.001.001.09"))
    assert compter(virement) == {"refuse": 1}
    assert "annulez l'ordre" in virement.apercu["lignes"][0]["raison"]


@pytest.mark.parametrize("sorte", ["prelevement-rejete", "signal-ecarte"])
def test_le_refus_douteux_mene_a_son_formulaire(navigateur, dossier, emis, importer, sorte):
    fichier, (premier, _) = emis
    importer(ecrire_rendu(fichier, [(premier.reference, "299.00", "")]))
    with fix_horloge(REFUSE_LE + timedelta(days=1)):
        page = navigateur.get(reverse("import_signaux"))
        (montre,) = page.context["signaux"]
        adresse = montre.preparer if sorte == "prelevement-rejete" else montre.ecarter
        form = navigateur.get(adresse).context["form"]
        valeurs = {nom: form[nom].value() or "" for nom in form.fields} | {"motif": "vu avec la banque"}
        assert navigateur.post(adresse, valeurs).status_code == 302
        assert navigateur.get(reverse("import_signaux")).context["signaux"] == []
    faits = lire_faits(dossier, PrelevementRejete), lire_faits(dossier, SignalEcarte)
    assert [len(f) for f in faits] == ([1, 0] if sorte == "prelevement-rejete" else [0, 1])


def test_le_compte_rendu_d_un_autre_creancier_ne_touche_a_rien(dossier, emis, importer):
    fichier, _ = emis
    ailleurs = ecrire_rendu(replace(fichier, cle="autre"), groupe="<GrpSts>RJCT</GrpSts>")
    assert compter(importer(ailleurs)) == {"refuse": 1}
