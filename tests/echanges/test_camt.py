"""CAMT beyond the plain statement: 052 and 054, name spaces, batches, charges, returns, hostile XML."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

IBAN = "FR7630006000011234567890189"
MESSAGES = {
    "camt052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt053": ("BkToCstmrStmt", "Stmt"),
    "camt054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def write_solde(code, montant, sens="CRDT"):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{montant}</Amt>"
        f"<CdtDbtInd>{sens}</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>"
    )


def write_ecriture(montant="50.00", sens="CRDT", details="", plus="", statut="<Sts><Cd>BOOK</Cd></Sts>"):
    details = f"<NtryDtls>{details}</NtryDtls>" if details else ""
    return (
        f"<Ntry><Amt Ccy='EUR'>{montant}</Amt><CdtDbtInd>{sens}</CdtDbtInd>{plus}{statut}"
        f"<BookgDt><DtTm>2026-11-03T23:30:00+01:00</DtTm></BookgDt>{details}</Ntry>"
    )


def build(*parties, nature="camt053", espace="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", prefixe=""):
    message, releve = MESSAGES[nature]
    corps = (
        f"<Document><{message}><GrpHdr><MsgId>1</MsgId></GrpHdr><{releve}><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>"
        f"{''.join(parties)}</{releve}></{message}></Document>"
    )
    if prefixe:
        corps = corps.replace("</", "\0").replace("<", f"<{prefixe}:").replace("\0", f"</{prefixe}:")
    marque = f"xmlns:{prefixe}" if prefixe else "xmlns"
    return corps.replace("Document>", f"Document {marque}='{espace}'>" if espace else "Document>", 1).encode()


@pytest.mark.parametrize("prefixe", ["", "ns2"])
@pytest.mark.parametrize(
    "espace",
    [
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02",
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.13",
        "http://www.six-interbank-clearing.com/de/camt.053.001.04.ch.02.xsd",
        "urn:exemple:fictif",
    ],
)
def test_l_espace_de_noms_ne_compte_pas(espace, prefixe):
    lu = read_fichier(build(write_ecriture(), espace=espace, prefixe=prefixe))
    assert (lu.format, [m.montant for m in lu.mouvements]) == ("camt053", [Decimal("50.00")])
    assert str(lu.mouvements[0].date) == "2026-11-03"
    assert lu.mouvements[0].compte == IBAN


def test_sans_espace_de_noms_et_dans_une_enveloppe():
    nu = build(write_ecriture(), espace="")
    enveloppe = b"<?xml version='1.0'?><Envelope><AppHdr><Fr>x</Fr></AppHdr>" + nu + b"</Envelope>"
    for contenu in (nu, enveloppe, enveloppe.decode().encode("utf-16")):
        lu = read_fichier(contenu)
        assert (lu.format, len(lu.mouvements), lu.erreurs) == ("camt053", 1, ())


@pytest.mark.parametrize("nature", MESSAGES)
def test_chaque_message_a_son_nom(nature):
    espace = f"urn:iso:std:iso:20022:tech:xsd:camt.{nature[4:]}.001.08"
    lu = read_fichier(build(write_ecriture(), nature=nature, espace=espace))
    assert (lu.format, len(lu.mouvements), len(lu.comptes)) == (nature, 1, 1)


def test_un_releve_provisoire_n_est_pas_controle():
    soldes = write_solde("PRCD", "100.00"), write_solde("ITBD", "170.00")
    lu = read_fichier(build(*soldes, write_ecriture(), write_ecriture(statut="<Sts>PDNG</Sts>"), nature="camt052"))
    assert [e.code for e in lu.erreurs] == ["operation_en_attente"]
    assert (lu.comptes[0].solde_debut, lu.comptes[0].solde_fin, lu.comptes[0].controle) == (
        Decimal(100),
        Decimal(170),
        None,
    )


@pytest.mark.parametrize("statut", ["PDNG", "INFO", "FUTR"])
def test_ce_qui_n_est_pas_comptabilise_ne_compte_pas(statut):
    for ecrit in (f"<Sts>{statut}</Sts>", f"<Sts><Cd>{statut}</Cd></Sts>"):
        lu = read_fichier(build(write_ecriture(statut=ecrit)))
        assert lu.mouvements == ()
        assert statut in lu.erreurs[0].message


def write_detail(montant, nom="Client fictif", plus="", devise="EUR"):
    return (
        f"<TxDtls><Refs><EndToEndId>E-{montant}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy='{devise}'>{montant}</Amt>"
        f"</TxAmt></AmtDtls><RltdPties><Dbtr><Nm>{nom}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>Facture {montant}</Ustrd></RmtInf>{plus}</TxDtls>"
    )


def test_un_lot_detaille_se_separe():
    lu = read_fichier(build(write_ecriture("50.00", details=write_detail("20.00", "A") + write_detail("30.00", "B"))))
    assert [(str(m.montant), m.contrepartie, m.bout_en_bout) for m in lu.mouvements] == [
        ("20.00", "A", "E-20.00"),
        ("30.00", "B", "E-30.00"),
    ]


@pytest.mark.parametrize("autre", [write_detail("29.00"), write_detail("30.00", devise="USD"), "<TxDtls/>"])
def test_un_lot_qui_ne_tombe_pas_juste_reste_entier_et_se_dit(autre):
    lu = read_fichier(build(write_ecriture("50.00", details=write_detail("20.00") + autre)))
    (mouvement,) = lu.mouvements
    assert (mouvement.montant, mouvement.contrepartie) == (Decimal("50.00"), None)
    assert mouvement.libelle.startswith("Facture 20.00")
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("lot_non_detaille", "avertissement")]


def test_les_frais_sont_a_part():
    frais = "<Chrgs><TtlChrgsAndTaxAmt Ccy='EUR'>1.50</TtlChrgsAndTaxAmt></Chrgs>"
    lu = read_fichier(build(write_ecriture("98.50", plus=frais)))
    assert (lu.mouvements[0].montant, lu.mouvements[0].frais) == (Decimal("98.50"), Decimal("1.50"))
    deux = "<Chrgs><Rcrd><Amt Ccy='EUR'>1.00</Amt></Rcrd><Rcrd><Amt Ccy='EUR'>0.20</Amt></Rcrd></Chrgs>"
    lu = read_fichier(build(write_ecriture("98.80", details=write_detail("98.80", plus=deux))))
    assert lu.mouvements[0].frais == Decimal("1.20")


def test_un_retour_dit_son_motif_et_son_debiteur():
    retour = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    lu = read_fichier(build(write_ecriture(sens="DBIT", details=write_detail("50.00", plus=retour))))
    (mouvement,) = lu.mouvements
    assert (mouvement.motif_retour, mouvement.contrepartie, mouvement.montant) == (
        "AC04",
        "Client fictif",
        Decimal("-50.00"),
    )


def test_la_reference_structuree_passe_avant_les_autres():
    structuree = "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref>"
    structuree += "</CdtrRefInf></Strd></RmtInf>"
    lu = read_fichier(build(write_ecriture(details=write_detail("50.00", plus=structuree))))
    assert (lu.mouvements[0].reference, lu.mouvements[0].bout_en_bout) == ("RF18539007547034", "E-50.00")


@pytest.mark.parametrize(
    "prologue",
    [
        "<!DOCTYPE Document [<!ENTITY a 'b'>]>",
        "<!DOCTYPE Document SYSTEM 'file:///etc/passwd'>",
        f"<!--{'x' * 200_000}--><!DOCTYPE Document>",
    ],
)
def test_un_type_de_document_est_refuse(prologue):
    lu = read_fichier(build(write_ecriture()).replace(b"<Document", prologue.encode() + b"<Document", 1))
    assert lu.mouvements == ()
    assert {e.code for e in lu.erreurs} <= {"xml_refuse", "format_inconnu"}
    assert lu.erreurs


def test_des_milliers_d_etages_ne_renversent_rien():
    lu = read_fichier(build("<x>" * 20_000 + "</x>" * 20_000, write_ecriture()))
    assert [m.montant for m in lu.mouvements] == [Decimal("50.00")]


def test_un_texte_coupe_entre_deux_blocs_reste_entier():
    # Eighty thousand characters of comments put each amount at another place of the blocks read.
    ecritures = "".join(write_ecriture(f"{rang}.25") + f"<!--{'-x' * (rang % 50)}-->" for rang in range(1, 2000))
    lu = read_fichier(build(ecritures))
    assert [m.montant for m in lu.mouvements] == [Decimal(rang) + Decimal("0.25") for rang in range(1, 2000)]


def test_un_enorme_commentaire_se_passe():
    lu = read_fichier(build(write_ecriture("1.00"), f"<!--{'> ' * 3_000_000}-->", write_ecriture("2.00")))
    assert [m.montant for m in lu.mouvements] == [Decimal("1.00"), Decimal("2.00")]


def write_transaction(rang, nom, montant="50.00"):
    return (
        f"<TxDtls><Refs><EndToEndId>E-{rang}</EndToEndId></Refs><Amt Ccy='EUR'>{montant}</Amt>"
        f"<RltdPties><Dbtr>{nom}</Dbtr></RltdPties></TxDtls>"
    )


def test_les_memes_balises_emboitees_autrement_ne_se_confondent_pas():
    # The same tags in the same order each time; only the first says the debtor's name where it is looked for.
    formes = ["<Nm>Fictif</Nm><PstlAdr/>", "<PstlAdr><Nm>Rue</Nm></PstlAdr>", "<Nm>Fictif<PstlAdr/></Nm>"]
    suites = ["<PstlAdr/><Nm>Fictif</Nm>", *formes, *reversed(formes)]
    lu = read_fichier(build(*(write_ecriture(details=write_transaction(1, forme)) for forme in suites)))
    noms = ["Fictif", "Fictif", None, "Fictif", "Fictif", None, "Fictif"]
    assert [m.contrepartie for m in lu.mouvements] == noms


def test_un_element_vide_n_apprend_pas_sa_place_au_suivant():
    vide = "<RmtInf><Ustrd></Ustrd><Ustrd>Facture F-1</Ustrd></RmtInf>"
    plein = "<RmtInf><Ustrd>Facture F-2</Ustrd><Ustrd>et  F-3</Ustrd></RmtInf>"
    lu = read_fichier(build(*(write_ecriture(details=f"<TxDtls>{d}</TxDtls>") for d in (vide, plein, vide))))
    assert [m.libelle for m in lu.mouvements] == ["Facture F-1", "Facture F-2 et F-3", "Facture F-1"]


@pytest.mark.parametrize("nombre", [3, 60])
def test_un_lot_de_toute_taille_est_separe_plusieurs_fois(nombre):
    lots = [
        write_ecriture(
            f"{nombre}.00", details="".join(write_transaction(i, "<Nm>F</Nm>", "1.00") for i in range(nombre))
        )
    ]
    lu = read_fichier(build(*lots, write_ecriture(details=write_transaction("x", "<Nm>G</Nm>")), *lots))
    assert len(lu.mouvements) == 2 * nombre + 1
    assert [m.bout_en_bout for m in lu.mouvements[-2:]] == [f"E-{nombre - 2}", f"E-{nombre - 1}"]


def test_plus_de_formes_qu_on_n_en_garde():
    ecritures = [write_ecriture(f"{rang}.00", plus="<Autre/>" * (rang % 250)) for rang in range(1, 600)]
    lu = read_fichier(build(*ecritures))
    assert [m.montant for m in lu.mouvements] == [Decimal(f"{rang}.00") for rang in range(1, 600)]


def build_sans_date(*avant, details="", nature="camt053"):
    """Write an entry that has no day of its own, which the message allows, after these blocks of its statement."""
    nue = f"<Ntry><Amt Ccy='EUR'>50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{details}</Ntry>"
    return build(*avant, nue, nature=nature)


DATES_LIEES = (
    "<NtryDtls><TxDtls><RltdDts><AccptncDtTm>2026-11-02T22:00:00</AccptncDtTm>"
    "<IntrBkSttlmDt>2026-11-03</IntrBkSttlmDt></RltdDts></TxDtls></NtryDtls>"
)


@pytest.mark.parametrize(
    ("avant", "details", "jour"),
    [
        ((write_solde("CLBD", "150.00"),), "", "2026-11-01"),
        (("<CreDtTm>2026-11-05T06:00:00+01:00</CreDtTm>",), "", "2026-11-05"),
        (
            ("<FrToDt><FrDtTm>2026-11-02T00:00:00</FrDtTm><ToDtTm>2026-11-04T23:59:59</ToDtTm></FrToDt>",),
            "",
            "2026-11-04",
        ),
        (
            ("<CreDtTm>2026-11-05T06:00:00+01:00</CreDtTm>",),
            DATES_LIEES,
            "2026-11-03",
        ),
    ],
)
def test_une_operation_sans_date_a_celle_de_son_releve(avant, details, jour):
    lu = read_fichier(build_sans_date(*avant, details=details))
    assert [(str(m.date), m.date_valeur, m.montant) for m in lu.mouvements] == [(jour, None, Decimal("50.00"))]
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("date_deduite", "avertissement")]


def test_sans_aucune_date_l_operation_est_refusee():
    lu = read_fichier(build_sans_date())
    assert (lu.mouvements, [e.code for e in lu.erreurs]) == ((), ["date_absente"])


def test_la_date_d_un_releve_ne_sert_pas_au_suivant():
    premier, second = (build_sans_date(*b).decode() for b in (("<CreDtTm>2026-11-05T06:00:00Z</CreDtTm>",), ()))
    releve = second[second.index("<Stmt>") : second.index("</BkToCstmrStmt>")]
    lu = read_fichier(premier.replace("</BkToCstmrStmt>", f"{releve}</BkToCstmrStmt>").encode())
    assert ([str(m.date) for m in lu.mouvements], lu.erreurs[-1].code) == (["2026-11-05"], "date_absente")


def test_un_solde_sans_sens_est_signe_comme_il_est_ecrit():
    nus = [
        write_solde(c, m).replace("<CdtDbtInd>CRDT</CdtDbtInd>", "") for c, m in (("OPBD", "-20.00"), ("CLBD", "30"))
    ]
    compte = read_fichier(build(*nus, write_ecriture())).compte
    assert (compte.solde_debut, compte.solde_fin, compte.controle) == (Decimal("-20.00"), Decimal(30), True)


def test_le_mandat_d_un_prelevement_est_garde():
    details = "<TxDtls><Refs><EndToEndId>E-1</EndToEndId><MndtId>RUM-0042</MndtId></Refs></TxDtls>"
    lu = read_fichier(build(write_ecriture(details=details)))
    assert (lu.mouvements[0].mandat, lu.mouvements[0].bout_en_bout) == ("RUM-0042", "E-1")


@pytest.mark.parametrize("v8", [False, True])
def test_le_payeur_final_se_lit_dans_le_libelle(v8):
    def name(role, nom):
        return f"<{role}>{f'<Pty><Nm>{nom}</Nm></Pty>' if v8 else f'<Nm>{nom}</Nm>'}</{role}>"

    parties = name("Dbtr", "CENTRALE DE PAIEMENT") + name("UltmtDbtr", "SOCIETE FICTIVE")
    details = f"<TxDtls><RltdPties>{parties}</RltdPties><RmtInf><Ustrd>Facture F-12</Ustrd></RmtInf></TxDtls>"
    (mouvement,) = read_fichier(build(write_ecriture(details=details))).mouvements
    assert (mouvement.contrepartie, mouvement.libelle) == ("CENTRALE DE PAIEMENT", "Facture F-12 SOCIETE FICTIVE")
    deja = details.replace("Facture F-12", "Facture F-12 de SOCIETE FICTIVE")
    assert read_fichier(build(write_ecriture(details=deja))).mouvements[0].libelle == "Facture F-12 de SOCIETE FICTIVE"
    seul = details.replace(name("Dbtr", "CENTRALE DE PAIEMENT"), "")
    (mouvement,) = read_fichier(build(write_ecriture(details=seul))).mouvements
    assert (mouvement.contrepartie, mouvement.libelle) == ("SOCIETE FICTIVE", "Facture F-12")
    emis = read_fichier(build(write_ecriture(sens="DBIT", details=details))).mouvements[0]
    assert emis.libelle == "Facture F-12"
