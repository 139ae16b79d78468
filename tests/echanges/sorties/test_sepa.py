"""SEPA files: valid against their schema, read back equal by another reader, refused when a bank would."""

import string
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.faits import Adresse, SchemaSepa, SequenceSepa
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.sorties.ordres import CompteSepa, Creancier, PartieSepa, Prelevement, Virement, check_ics
from exigible.echanges.sorties.pain001 import write_pain001
from exigible.echanges.sorties.pain008 import write_pain008
from exigible.echanges.sorties.texte_sepa import check_reference, clean_texte

IBAN, AUTRE, ICS = "FR7499999000010000000000151", "FR9399999000010000000000100", "FR72ZZZ123456"
INSTANT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
JOUR = date(2026, 12, 7)
ADRESSE = Adresse(lignes=("Bâtiment B", "2 rue de l’Essai"), code_postal="99000", ville="Villefictive")
CREANCIER = Creancier(PartieSepa("Atelier & Exemple", CompteSepa(IBAN, "AGRIFRPP"), ADRESSE), ICS)
ADMIS = set(string.ascii_letters + string.digits + "/-?:().,'+ ")


def prelevement(reference="D-1", montant="12.30", nom="Client Fictif", **champs):
    champs = {"schema": SchemaSepa.CORE, "sequence": SequenceSepa.PREMIER, "jour": JOUR} | champs
    return Prelevement(
        reference=reference,
        montant=Decimal(montant),
        debiteur=PartieSepa(nom, CompteSepa(champs.pop("iban", AUTRE)), champs.pop("adresse", Adresse())),
        rum="RUM-1",
        signe_le=date(2026, 1, 2),
        **champs,
    )


def relire(contenu, racine, ordre):
    """Another reader: the standard library's, by paths."""
    (corps,) = ET.fromstring(contenu)  # noqa: S314 - we wrote it
    assert corps.tag.endswith(racine)

    def texte(element, chemin):
        trouve = element.find("/".join(f"{{*}}{nom}" for nom in chemin.split("/")))
        return None if trouve is None else trouve.text

    entete = corps.find("{*}GrpHdr")
    lots = corps.findall("{*}PmtInf")
    totaux = [(texte(e, "NbOfTxs"), texte(e, "CtrlSum")) for e in (entete, *lots)]
    return texte, totaux, [(lot, ligne) for lot in lots for ligne in lot.findall(f"{{*}}{ordre}")]


montants = st.decimals(min_value="0.01", max_value="999999.99", places=2)
noms = st.text(min_size=1, max_size=120).filter(lambda t: clean_texte(t, 70))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(montants, noms, st.text(max_size=200), st.sampled_from(SequenceSepa), st.integers(0, 2)),
        min_size=1,
        max_size=6,
    )
)
def test_les_prelevements_se_relisent_egaux(valeurs):
    jours = (JOUR, date(2026, 12, 8), date(2027, 1, 4))
    ordres = [
        prelevement(f"REF-{i}", str(montant), nom, libelle=libelle, sequence=sequence, jour=jours[j])
        for i, (montant, nom, libelle, sequence, j) in enumerate(valeurs)
    ]
    texte, totaux, lignes = relire(
        write_pain008(CREANCIER, ordres, "FICHIER-1", INSTANT), "CstmrDrctDbtInitn", "DrctDbtTxInf"
    )
    total = sum(o.montant for o in ordres)
    assert (int(totaux[0][0]), Decimal(totaux[0][1])) == (len(ordres), total)
    assert sum(Decimal(somme) for _, somme in totaux[1:]) == total
    lus = {
        (
            texte(ligne, "PmtId/EndToEndId"),
            Decimal(texte(ligne, "InstdAmt")),
            texte(lot, "PmtTpInf/SeqTp"),
            texte(lot, "ReqdColltnDt"),
            texte(ligne, "DbtrAcct/Id/IBAN"),
            texte(ligne, "DrctDbtTx/MndtRltdInf/MndtId"),
        )
        for lot, ligne in lignes
    }
    assert lus == {(o.reference, o.montant, o.sequence.value, o.jour.isoformat(), AUTRE, "RUM-1") for o in ordres}
    for _, ligne in lignes:
        assert set(texte(ligne, "Dbtr/Nm") + (texte(ligne, "RmtInf/Ustrd") or "")) <= ADMIS


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(montants, noms), min_size=1, max_size=5))
def test_les_virements_se_relisent_egaux(valeurs):
    ordres = [Virement(f"V-{i}", m, PartieSepa(n, CompteSepa(AUTRE)), JOUR) for i, (m, n) in enumerate(valeurs)]
    contenu = write_pain001(CREANCIER.partie, ordres, "FICHIER-2", INSTANT)
    texte, totaux, lignes = relire(contenu, "CstmrCdtTrfInitn", "CdtTrfTxInf")
    assert Decimal(totaux[0][1]) == sum(o.montant for o in ordres)
    lus = [(texte(x, "PmtId/EndToEndId"), Decimal(texte(x, "Amt/InstdAmt"))) for _, x in lignes]
    assert lus == [(o.reference, o.montant) for o in ordres]


def test_les_memes_valeurs_donnent_les_memes_octets():
    ecrits = {write_pain008(CREANCIER, [prelevement()], "F", INSTANT) for _ in range(2)}
    assert len(ecrits) == 1
    assert b"2026-11-22T09:30:00Z" in ecrits.pop()


def test_l_adresse_est_structuree_ou_absente():
    contenu = write_pain008(
        CREANCIER, [prelevement(adresse=Adresse(lignes=("3 rue X",), code_postal="99000"))], "F", INSTANT
    )
    assert b"AdrLine" not in contenu
    assert contenu.count(b"<PstlAdr>") == 1  # the creditor's: the debtor's has no town
    assert b"<StrtNm>2 rue de l'Essai</StrtNm>" in contenu
    assert b"<Ctry>FR</Ctry>" in contenu


def test_un_debiteur_hors_espace_economique_demande_son_adresse():
    with pytest.raises(ErreurSaisie, match="obligatoire"):
        prelevement(iban="CH9300762011623852957")
    suisse = Adresse(lignes=("1 rue",), code_postal="1200", ville="Villefictive", pays="CH")
    assert prelevement(iban="CH9300762011623852957", adresse=suisse).montant == Decimal("12.30")


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"montant": "0"}, "montant_sepa"),
        ({"montant": "-1.00"}, "montant_sepa"),
        ({"montant": "1.001"}, "montant_sepa"),
        ({"montant": "1000000000.00"}, "montant_sepa"),
        ({"reference": ""}, "reference_sepa"),
        ({"reference": "é"}, "reference_sepa"),
        ({"reference": "/A"}, "reference_sepa"),
        ({"reference": "A//B"}, "reference_sepa"),
        ({"reference": "A" * 36}, "reference_sepa"),
        ({"jour": date(2026, 12, 25)}, "jour_non_bancaire"),
        ({"jour": date(2026, 12, 6)}, "jour_non_bancaire"),
        ({"iban": "FR7499999000010000000000152"}, "iban_faux"),
        ({"nom": "漢字"}, "nom_absent"),
        ({"jour": date(2025, 12, 8)}, "mandat_posterieur"),
    ],
)
def test_ce_qu_une_banque_refuserait_est_refuse_avant(champs, code):
    with pytest.raises(ErreurSaisie) as erreur:
        prelevement(**champs)
    assert erreur.value.code == code


def test_un_fichier_ne_mele_ni_schemas_ni_references():
    with pytest.raises(ErreurSaisie, match="CORE et B2B"):
        write_pain008(CREANCIER, [prelevement("A"), prelevement("B", schema=SchemaSepa.B2B)], "F", INSTANT)
    with pytest.raises(ErreurSaisie, match="deux prélèvements"):
        write_pain008(CREANCIER, [prelevement("A"), prelevement("A")], "F", INSTANT)
    with pytest.raises(ErreurSaisie, match="aucun"):
        write_pain008(CREANCIER, [], "F", INSTANT)
    virement = Virement("A", Decimal(1), PartieSepa("X", CompteSepa(AUTRE)), JOUR)
    with pytest.raises(ErreurSaisie, match="deux virements"):
        write_pain001(CREANCIER.partie, [virement, virement], "F", INSTANT)
    with pytest.raises(ErreurSaisie, match="aucun"):
        write_pain001(CREANCIER.partie, [], "F", INSTANT)


def test_l_ics_est_verifie():
    assert check_ics("FR72 ZZZ 123456") == ICS
    with pytest.raises(ErreurSaisie, match="identifiant créancier"):
        check_ics("FR73ZZZ123456")


@given(st.text(max_size=300), st.integers(1, 140))
def test_un_texte_nettoye_est_toujours_admis_et_stable(texte, longueur):
    propre = clean_texte(texte, longueur)
    assert set(propre) <= ADMIS
    assert len(propre) <= longueur
    assert clean_texte(propre, longueur) == propre


@pytest.mark.parametrize(
    ("texte", "propre"),
    [
        ("Œuvre d’été & Cie", "OEuvre d'ete + Cie"),
        ("10 € – « ça »", "10 EUR - ca"),
        ("a_b;c\td", "a-b,c d"),
        ("Ñandú ß", "Nandu ss"),
    ],
)
def test_les_accents_et_signes_sont_ecrits_autrement(texte, propre):
    assert clean_texte(texte, 70) == propre


def test_une_reference_admise_est_rendue_telle_quelle():
    assert check_reference("D-00012-20261205-AB12-1", "reference") == "D-00012-20261205-AB12-1"
