"""The formal notice: what it says to whom, and that its sums are those of the statement."""

import io
import re
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from msgspec.structs import replace

from exigible.actes.contexte import build_contexte
from exigible.actes.mentions import find_absentes, list_preuves
from exigible.actes.mise_en_demeure.rendu import prepare_mise_en_demeure, render_mise_en_demeure
from exigible.actes.preparation import list_valeurs
from exigible.actes.typst.texte import normalize_espaces
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.actes.vocabulaire.sommes import compute_interets_par_jour
from exigible.dossier.faits import (
    AppelPasse,
    AvoirEmis,
    Canal,
    ContestationClose,
    ContestationRecue,
    CourrierPoste,
    CourrierPresente,
    Etape,
    IssueAppel,
    IssueContestation,
    ModeEnvoi,
    PaiementRecu,
    Reclamation,
    RelanceFaite,
)
from exigible.droit.argent import format_montant
from exigible.droit.interets import QualiteCreancier
from exigible.droit.regimes import QualitePartie

REFERENCE = "DOS-2026-0042"
MONTANT = re.compile(r"\d{1,3}(?:\u202f\d{3})*,\d{2} €")


def read_brut(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def read_pdf(pdf):
    return normalize_espaces(read_brut(pdf))


def list_cles(etat):
    return [creance.cle for creance in etat.creances]


def render(etat, cles=None, **options):
    return render_mise_en_demeure(etat, cles or list_cles(etat), reference=REFERENCE, **options)


def make_consommateur(fabrique, **champs):
    return replace(
        fabrique.DEBITEUR,
        nom="Dominique Fictif",
        forme="",
        qualite=QualitePartie.CONSOMMATEUR,
        personne_physique=True,
        **champs,
    )


def make_public(fabrique):
    return replace(fabrique.DEBITEUR, nom="Commune de Villefictive", forme="", qualite=QualitePartie.PERSONNE_PUBLIQUE)


def make_non_professionnel(fabrique):
    return replace(fabrique.DEBITEUR, nom="Copropriété des Tests", forme="", qualite=QualitePartie.NON_PROFESSIONNEL)


PETITE = "1800.00"

CAS = {
    "professionnel, tout réclamé": lambda f: f(),
    "professionnel, tout annoncé": lambda f: f(penalites=Reclamation.ANNONCER, indemnite=Reclamation.ANNONCER),
    "professionnel, pénalités réclamées, 40 € annoncés": lambda f: f(indemnite=Reclamation.ANNONCER),
    "professionnel, tout abandonné": lambda f: f(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER),
    "professionnel, personne physique": lambda f: f(debiteur=replace(f.DEBITEUR, personne_physique=True)),
    "professionnel, une facture en partie payée": lambda f: f(
        (date(2026, 9, 3), PaiementRecu(cle="p1", montant=Decimal("1500.00")))
    ),
    "acheteur public": lambda f: f(debiteur=make_public(f)),
    "acheteur public, tout annoncé": lambda f: f(
        debiteur=make_public(f), penalites=Reclamation.ANNONCER, indemnite=Reclamation.ANNONCER
    ),
    "consommateur, grosse somme": lambda f: f(debiteur=make_consommateur(f)),
    "consommateur, petite somme": lambda f: f(debiteur=make_consommateur(f), factures=[f.make_facture("F-9", PETITE)]),
    "consommateur, médiateur connu": lambda f: f(
        debiteur=make_consommateur(f),
        creancier=replace(f.CREANCIER, mediateur="Médiation Fictive, 2 rue de l’Accord, 99000 Villefictive"),
    ),
    "consommateur, intérêt légal abandonné": lambda f: f(debiteur=make_consommateur(f), penalites=Reclamation.RENONCER),
    "consommateur, deuxième mise en demeure": lambda f: f(
        *present_courrier(date(2026, 9, 10)), debiteur=make_consommateur(f), factures=[f.make_facture("F-9", PETITE)]
    ),
    "consommateur, une facture déjà mise en demeure sur deux": lambda f: f(
        *present_courrier(date(2026, 9, 10)),
        debiteur=make_consommateur(f),
        factures=[f.make_facture("F-9", PETITE), f.make_facture("F-10", "200.00")],
    ),
    "non-professionnel": lambda f: f(debiteur=make_non_professionnel(f)),
    "créancier particulier": lambda f: f(
        creancier=replace(f.CREANCIER, qualite=QualiteCreancier.PARTICULIER, forme="", capital="", rcs="")
    ),
    "sans compte bancaire": lambda f: f(iban=None),
}


def present_courrier(jour):
    """A formal notice posted two days before it was first presented on `jour`."""
    poste = CourrierPoste(courrier="c0", acte="mise_en_demeure", creances=("F-9",), mode=ModeEnvoi.LRAR)
    return [(date(jour.year, jour.month, jour.day - 2), poste), (jour, CourrierPresente(courrier="c0"))]


@pytest.fixture(params=CAS, ids=list(CAS))
def etat(request, fabrique):
    return CAS[request.param](fabrique)


def test_le_pdf_porte_toutes_les_mentions(etat):
    texte = read_pdf(render(etat).pdf)
    prepare = prepare_mise_en_demeure(etat, list_cles(etat), reference=REFERENCE)
    mentions = prepare.mentions
    assert len(mentions) >= 14
    commun = build_vocabulaire(prepare.demande)
    contexte = build_contexte(prepare.demande, commun)
    valeurs = list_valeurs(commun.add(contexte.vocabulaire), contexte.preuves)
    absentes = {m.code: list_preuves(m, valeurs) for m in mentions}
    assert {code: [p for p in preuves if p not in texte] for code, preuves in absentes.items()} == {
        code: [] for code in absentes
    }
    assert find_absentes(mentions, valeurs, texte) == ()


def test_les_mots_reserves_n_y_sont_jamais(etat):
    texte = read_pdf(render(etat).pdf).lower()
    for mot in ("commandement", "sommation", "signification", "assignation", "huissier", "greffe", "saisie", "avocat"):
        assert not re.search(rf"\b{mot}", texte)
    assert "conseil juridique" not in texte


def test_chaque_somme_imprimee_vient_du_decompte(etat):
    acte = render(etat)
    connues = {Decimal("40.00"), etat.decompte.total_du, etat.decompte.principal, etat.decompte.interets}
    connues |= {etat.decompte.indemnites, acte.montant, Decimal(0)}
    for decompte in (etat.decompte, etat.pour_memoire):
        connues |= {decompte.interets_courus, decompte.indemnites}
        connues |= {part for ligne in decompte.lignes for part in (ligne.base, ligne.montant)}
        connues |= {part for i in decompte.imputations for part in (i.montant, i.interets, i.indemnites, i.principal)}
        for s in decompte.soldes:
            connues |= {s.principal_initial, s.principal_restant, s.interets, s.indemnites, s.total}
    connues |= {sum(s.principal_initial for s in etat.decompte.soldes)}
    connues |= {c.creance.montant for c in etat.creances}
    connues.add(compute_interets_par_jour(etat.decompte.lignes))
    attendus = {format_montant(montant).replace("\u00a0", " ") for montant in connues}
    imprimees = set(MONTANT.findall(read_brut(acte.pdf).replace("\u00a0", " ")))
    assert imprimees
    assert imprimees <= attendus
    assert acte.montant == etat.decompte.total_du


def test_memes_faits_memes_octets(fabrique):
    un, deux = render(fabrique()), render(fabrique())
    assert un.pdf == deux.pdf
    assert un.sha256 == deux.sha256
    assert len(un.sha256) == 64
    assert render(fabrique(), delai_jours=9).sha256 != un.sha256


def test_le_fichier_se_dit_archivable_et_accessible(fabrique):
    lecteur = pypdf.PdfReader(io.BytesIO(render(fabrique()).pdf))
    metadonnees = lecteur.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadonnees
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadonnees
    assert lecteur.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert lecteur.trailer["/Root"]["/Lang"] == "fr-FR"
    assert lecteur.metadata.title.startswith("Mise en demeure de payer")
    polices = {
        police.get_object()["/BaseFont"].split("+")[1]
        for page in lecteur.pages
        for police in page["/Resources"]["/Font"].values()
    }
    assert polices
    assert all(police.startswith("SourceSans3") for police in polices)


def test_le_professionnel(fabrique):
    acte = render(fabrique())
    texte = normalize_espaces(acte.texte)
    # 4 800 € at 12,15 % for 60 days, 12,40 % for 144 days; 1 250,40 € at 12,40 % for 129 days.
    assert acte.montant == Decimal("6050.40") + Decimal("95.87") + Decimal("234.82") + Decimal("54.80") + 80
    assert acte.delai_jours == 8
    assert "Du 02/05/2026 au 21/11/2026, aux taux annuels de 12,15 % et 12,40 %" in texte
    assert "40,00 € × 2 factures (C. com. L441-10 II et D441-5)" in texte
    assert "tribunal compétent" in texte
    assert "Vos données personnelles" not in texte
    assert acte.destinataire == "Menuiserie Fictive SARL\nBâtiment B\n12 avenue des Tests\n99100 TESTVILLE"
    assert acte.manquements == ()


def test_le_consommateur_ne_doit_que_le_principal(fabrique):
    acte = render(fabrique(debiteur=make_consommateur(fabrique), factures=[fabrique.make_facture("F-9", PETITE)]))
    texte = normalize_espaces(acte.texte)
    assert acte.montant == Decimal(PETITE)
    assert acte.delai_jours == 15
    assert "L441-10" not in texte
    assert "40,00 €" not in texte
    assert "Indemnité" not in texte
    assert "750-1" in texte
    assert "point conseil budget" in texte
    assert "tribunal" not in texte
    assert {a.code for a in acte.avertissements} >= {"valeur_a_verifier", "mediateur_absent"}
    assert "indiquée sous réserve de vérification" in texte


def test_le_consommateur_deja_mis_en_demeure_doit_l_interet_legal(fabrique):
    etat = fabrique(
        *present_courrier(date(2026, 9, 10)),
        debiteur=make_consommateur(fabrique),
        factures=[fabrique.make_facture("F-9", PETITE)],
    )
    acte = render(etat)
    # 1 800 € at 2,75 % from 11/09 to 21/11/2026: 72 days of 365.
    assert acte.montant == Decimal("1800.00") + Decimal("9.76")
    assert "Du 11/09/2026 au 21/11/2026" in acte.texte.replace("\u00a0", " ")


def test_la_mediation_nomme_le_mediateur(fabrique):
    creancier = replace(fabrique.CREANCIER, mediateur="Médiation Fictive")
    acte = render(fabrique(debiteur=make_consommateur(fabrique), creancier=creancier))
    assert "Médiation Fictive" in acte.texte
    assert "mediateur_absent" not in {a.code for a in acte.avertissements}


def test_l_acheteur_public_a_ses_textes_et_un_avertissement(fabrique):
    acte = render(fabrique(debiteur=make_public(fabrique)))
    texte = normalize_espaces(acte.texte)
    assert "Intérêts moratoires" in texte
    assert "CCP D2192-35" in texte
    assert "L441-10" not in texte
    assert "contrat_public_a_verifier" in {a.code for a in acte.avertissements}


def test_ce_qui_est_annonce_n_est_pas_dans_le_total(fabrique):
    acte = render(fabrique(penalites=Reclamation.ANNONCER, indemnite=Reclamation.ANNONCER))
    texte = normalize_espaces(acte.texte)
    assert acte.montant == Decimal("6050.40")
    assert "elles s'élèvent à 385,49 €" in texte
    assert "soit 80,00 €" in texte
    assert "385,49 €" in read_pdf(acte.pdf).split("Pour mémoire : pénalités courues, non réclamées")[1]


def test_ce_qui_est_abandonne_n_est_pas_dit(fabrique):
    texte = normalize_espaces(render(fabrique(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER)).texte)
    for mot in ("pénalité", "indemnité", "L441-10", "Pour mémoire"):
        assert mot not in texte


def test_la_partie_contestee_n_est_pas_reclamee(fabrique):
    contestation = ContestationRecue(cle="k", creances=("F-2026-002",), motif="erreur", montant=Decimal("250.40"))
    acte = render(fabrique((date(2026, 8, 1), contestation)))
    assert acte.montant == Decimal("4800.00") + Decimal("95.87") + Decimal("234.82") + 40 + Decimal("1000.00")
    texte = normalize_espaces(acte.texte)
    assert "La partie que vous contestez n'est pas réclamée ici (F-2026-002)" in texte
    assert "la partie contestée (250,40 €)" in texte


def test_le_principal_paye_en_retard_laisse_les_accessoires(fabrique):
    paiement = PaiementRecu(cle="p", montant=Decimal("4800.00"), creances=("F-2026-001",))
    etat = fabrique((date(2026, 9, 3), paiement), factures=[fabrique.make_facture()])
    acte = render(etat)
    # The payment paid the 40 € and the interest first: principal is left, and bears interest.
    assert acte.montant == etat.decompte.total_du > 0
    assert "n'est pas entièrement réglée à ce jour" in normalize_espaces(acte.texte)


def test_un_avoir_est_deduit_et_dit(fabrique):
    avoir = AvoirEmis(cle="a", numero="AV-1", montant=Decimal("120.00"), creance="F-2026-001")
    acte = render(fabrique((date(2026, 8, 3), avoir)))
    assert "120,00 € d'avoirs sont déduits du prix de 4 800,00 €" in normalize_espaces(acte.texte)


def test_les_rappels_anterieurs_sont_dits(fabrique):
    relance = RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("F-2026-001",))
    assert "malgré nos précédents rappels" in render(fabrique((date(2026, 8, 1), relance))).texte
    assert "malgré nos précédents rappels" not in render(fabrique()).texte


@pytest.mark.parametrize(
    ("canal", "mention"),
    [
        (ModeEnvoi.LRAR, "Lettre recommandée avec avis de réception"),
        (ModeEnvoi.LETTRE_SUIVIE, "Lettre suivie"),
        (ModeEnvoi.LETTRE_SUIVIE, "à compter de la réception de cette lettre"),
        (ModeEnvoi.LETTRE_SIMPLE, "à compter de la réception de cette lettre"),
        (ModeEnvoi.MAIN_PROPRE, "à compter de la remise de cette lettre"),
        (ModeEnvoi.COURRIEL, "à compter de la réception de ce message"),
    ],
)
def test_le_mode_d_envoi_est_dit(fabrique, canal, mention):
    assert mention in read_pdf(render(fabrique(), canal=canal).pdf)


def test_un_courriel_demande_une_preuve_de_reception(fabrique):
    manquements = render(fabrique(), canal=ModeEnvoi.COURRIEL).manquements
    assert [(m.regle, m.severite) for m in manquements] == [("EN-05", "majeur")]


def test_on_peut_ne_reclamer_qu_une_facture(fabrique):
    acte = render(fabrique(), ["F-2026-002"])
    assert acte.creances == ("F-2026-002",)
    assert "F-2026-001" not in read_pdf(acte.pdf)
    assert acte.montant == Decimal("1250.40") + Decimal("54.80") + 40


def test_les_interets_s_arretent_au_dernier_taux_connu(fabrique):
    acte = render(fabrique(au=date(2027, 2, 15)))
    assert "interets_arretes_au" in {a.code for a in acte.avertissements}
    texte = read_pdf(acte.pdf)
    assert "Les intérêts sont arrêtés au 31/12/2026" in texte
    assert "au 15/02/2027, aux taux" not in texte


def test_apres_la_fin_du_bareme_l_interet_legal_est_dit_sans_chiffre(fabrique):
    acte = render(fabrique(debiteur=make_consommateur(fabrique), au=date(2027, 2, 15)))
    assert "intérêt au taux légal (articles" in normalize_espaces(acte.texte)


def test_sans_compte_la_lettre_demande_un_cheque(fabrique):
    acte = render(fabrique(iban=None))
    ou = "envoyé à l'adresse suivante : 1 rue de l'Exemple, 99000 VILLEFICTIVE"
    assert f"Par chèque à l'ordre d'Atelier Exemple, {ou}." in normalize_espaces(acte.texte)
    assert "compte_bancaire_absent" in {a.code for a in acte.avertissements}


def test_chaque_facture_a_sa_phrase_sur_l_interet_legal(fabrique):
    """One invoice already put on notice, the other never: this letter's own effect must be said."""
    factures = [fabrique.make_facture("F-9", PETITE), fabrique.make_facture("F-10", "200.00")]
    etat = fabrique(*present_courrier(date(2026, 9, 10)), debiteur=make_consommateur(fabrique), factures=factures)
    texte = normalize_espaces(render(etat).texte)
    assert "Pour la facture F-9, la somme due porte intérêt au taux légal depuis la précédente mise" in texte
    assert "Pour la facture F-10, à compter de la première présentation de cette lettre, la somme due portera" in texte
    seule = normalize_espaces(render(etat, ["F-9"]).texte)
    assert "La somme due porte intérêt au taux légal depuis la précédente mise en demeure" in seule
    assert "portera intérêt" not in seule


def test_un_desaccord_ouvert_veut_les_coordonnees_du_mediateur(fabrique):
    conteste = ContestationRecue(cle="k", creances=("F-2026-001",), motif="erreur", montant=Decimal("800.00"))
    faits, consommateur = [(date(2026, 8, 1), conteste)], make_consommateur(fabrique)
    manquements = render(fabrique(*faits, debiteur=consommateur)).manquements
    assert [(m.regle, m.severite) for m in manquements] == [("ME-11", "majeur")]
    creancier = replace(fabrique.CREANCIER, mediateur="Médiation Fictive")
    assert render(fabrique(*faits, debiteur=consommateur, creancier=creancier)).manquements == ()


@pytest.mark.parametrize(("issue", "dit"), [(IssueAppel.ABOUTI, True), (IssueAppel.SANS_REPONSE, False)])
def test_un_appel_sans_reponse_n_est_pas_un_rappel(fabrique, issue, dit):
    appel = AppelPasse(creances=("F-2026-001",), issue=issue)
    assert ("malgré nos précédents rappels" in render(fabrique((date(2026, 8, 1), appel))).texte) == dit


def test_l_acheteur_public_doit_des_interets_moratoires_et_non_des_penalites(fabrique):
    for penalites in (Reclamation.RECLAMER, Reclamation.ANNONCER):
        acte = render(fabrique(debiteur=make_public(fabrique), penalites=penalites))
        assert "augmentée des intérêts moratoires" in normalize_espaces(acte.texte)
        assert "pénalité" not in read_pdf(acte.pdf).lower()
    assert "les intérêts moratoires courent de plein droit" in normalize_espaces(acte.texte)
    assert "ils s'élèvent à" in normalize_espaces(acte.texte)


@pytest.mark.parametrize(
    ("canal", "averti"),
    [(ModeEnvoi.LETTRE_SIMPLE, True), (ModeEnvoi.LETTRE_SUIVIE, True), (ModeEnvoi.LRAR, False)],
)
def test_une_lettre_sans_avis_de_reception_laisse_une_preuve_a_faire(fabrique, canal, averti):
    acte = render(fabrique(), canal=canal)
    assert ("reception_a_prouver" in {a.code for a in acte.avertissements}) == averti
    assert ("première présentation" in acte.texte) != averti


def test_une_mise_en_demeure_partie_pendant_la_contestation_n_a_pas_fait_courir_d_interet(fabrique):
    """The letter and its statement read the same day: neither says that the sum bears interest already."""
    faits = [
        (date(2026, 9, 1), ContestationRecue(cle="k", creances=("F-9",), motif="erreur", montant=Decimal("50.00"))),
        *present_courrier(date(2026, 9, 10)),
        (date(2026, 10, 1), ContestationClose(contestation="k", issue=IssueContestation.RETIREE)),
    ]
    etat = fabrique(*faits, debiteur=make_consommateur(fabrique), factures=[fabrique.make_facture("F-9", PETITE)])
    acte = render(etat)
    texte = normalize_espaces(acte.texte)
    assert acte.montant == Decimal(PETITE)
    assert "depuis la précédente mise en demeure" not in texte
    assert "À compter de la première présentation de cette lettre, la somme due portera intérêt" in texte
