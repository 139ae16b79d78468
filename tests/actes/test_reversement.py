"""The statement of a remittance: every payment, the fee, the total; printed in our own fonts."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from exigible.actes.reversement.rendu import build_document, render_releve_reversement
from exigible.dossier.faits import Adresse
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, PartReversee, ReversementFait

D = Decimal
LE = date(2026, 11, 23)
PARTS = (
    PartReversee("d1", "D-1", "p1", date(2026, 10, 15), D("1000.00"), D("120.00"), D("24.00"), D("856.00")),
    PartReversee("d2", "D-2", "p2", date(2026, 10, 16), D("-100.00"), D("-12.00"), D("-2.40"), D("-85.60")),
)
FAIT = ReversementFait(cle="r", montant=D("770.40"), jour=LE, reference="REV-1", parts=PARTS, fichier="a" * 64)
CREANCIER = CreancierDecrit(
    nom="Mandant Exemple", adresse=Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
)
CONVENTION = ConventionDeRecouvrement(
    commission=D(12),
    tva=D(20),
    retenue=True,
    compte="FR7499999000010000000000151",
    titulaire="Recouvreur Exemple",
    iban="FR9399999000010000000000100",
)


def lire(texte):
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


def test_le_releve_dit_chaque_somme_et_leur_total():
    document = build_document(FAIT, CREANCIER, CONVENTION, {"d1": "Client #1 *gras*"})
    somme, tableau, notes = document.blocs
    assert [ligne[0] for ligne in tableau.lignes] == ["Client #1 *gras* (D-1)", "D-2"]
    assert [lire(x) for x in tableau.total] == ["Total", "", *("900,00 €", "108,00 €", "21,60 €", "770,40 €")]
    assert lire(somme.paragraphe[0].texte) == "Somme reversée : 770,40 €"
    assert document.tete.destinataire[0] == "Mandant Exemple"
    assert document.entete.nom == "Recouvreur Exemple"
    assert len(notes.paragraphes) == 2
    assert "est déduite" in notes.paragraphes[0][0].texte


def test_sans_retenue_ni_reprise_le_releve_le_dit():
    part = replace(PARTS[0], montant=PARTS[0].encaisse)
    document = build_document(replace(FAIT, parts=(part,), fichier=""), CREANCIER, CONVENTION, {})
    ((note,),) = document.blocs[-1].paragraphes
    assert "facture à part" in note.texte
    assert "Vers le compte" not in {e.libelle for e in document.tete.etiquettes}


def test_le_pdf_se_compose_et_ne_varie_pas():
    un, autre = (render_releve_reversement(FAIT, CREANCIER, CONVENTION, {"d1": "Client & Cie"}) for _ in range(2))
    assert un.startswith(b"%PDF-")
    assert un == autre
