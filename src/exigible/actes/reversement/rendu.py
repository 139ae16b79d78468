"""The PDF of a remittance to a creditor: each payment, the fee, what is handed over; its table, its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exigible.actes.document import Document, Lettre, Note, Tableau, make_texte
from exigible.actes.lettre import Entete, Etiquette, list_adresse
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import Fragment, clean_texte, format_date_longue, format_iban, write_phrase
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, PartReversee, ReversementFait
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import format_jour

PAQUET = "exigible.actes.typst"
_SOMMES = ("encaisse", "commission", "tva", "montant")
_TITRES = ("Débiteur", "Reçu le", "Encaissé", "Commission HT", "TVA", "Reversé")


def render_releve_reversement(
    fait: ReversementFait,
    creancier: CreancierDecrit,
    convention: ConventionDeRecouvrement,
    noms: Mapping[str, str],
) -> bytes:
    """The PDF that goes with a remittance; `noms`: of the debtors, by dossier. Same arguments, same bytes.

    Raises ErreurExigible (`caractere_non_imprimable`).
    """
    return compile_pdf(PAQUET, build_document(fait, creancier, convention, noms), fait.jour)


def build_document(
    fait: ReversementFait,
    creancier: CreancierDecrit,
    convention: ConventionDeRecouvrement,
    noms: Mapping[str, str],
) -> Document:
    """The statement as plain data."""
    nom, reference = clean_texte(convention.titulaire), clean_texte(fait.reference)
    titre = write_phrase("Relevé de reversement {reference}", reference=reference)
    paires = (
        ("Référence", reference),
        ("Virement du" if fait.fichier else "Reversé le", format_jour(fait.jour)),
        ("Vers le compte", format_iban(convention.iban) if fait.fichier else ""),
    )
    somme = write_phrase("Somme reversée : {montant}", montant=format_montant(fait.montant))
    return Document(
        titre=titre,
        auteur=nom,
        pied=write_phrase("{nom} · {titre}", nom=nom, titre=titre),
        tete=Lettre(
            destinataire=list_mandant(creancier),
            etiquettes=tuple(Etiquette(libelle, valeur) for libelle, valeur in paires if valeur),
            lieu_date=write_phrase("Le {jour}", jour=format_date_longue(fait.jour)),
            objet=titre,
        ),
        blocs=(
            make_texte(somme, gras=True),
            build_tableau(fait.parts, noms),
            Note(tuple((Fragment(note),) for note in list_notes(fait.parts))),
        ),
        entete=Entete(nom, "", ()),
    )


def list_mandant(creancier: CreancierDecrit) -> tuple[str, ...]:
    """The lines of the window: the creditor to whom the money is handed over."""
    return (clean_texte(creancier.nom), *list_adresse(creancier.adresse))


def build_tableau(parts: Sequence[PartReversee], noms: Mapping[str, str]) -> Tableau:
    """Print each payment: what came in, the fee, what is handed over, and their totals."""
    lignes = tuple(_print_part(part, noms.get(part.dossier, "")) for part in parts)
    totaux = (format_montant(sum((getattr(part, nom) for part in parts), ZERO)) for nom in _SOMMES)
    return Tableau("Paiements reçus et reversés", _TITRES, "ggdddd", lignes, ("Total", "", *totaux))


def _print_part(part: PartReversee, nom: str) -> tuple[str, ...]:
    debiteur = clean_texte(f"{nom} ({part.reference})" if nom else part.reference)
    return (debiteur, format_jour(part.recu_le), *(format_montant(getattr(part, nom)) for nom in _SOMMES))


def list_notes(parts: Sequence[PartReversee]) -> tuple[str, ...]:
    """What must be said: the fee kept or not, and what is taken back."""
    notes = [
        write_phrase("La commission, à la charge du créancier (CPCE R124-3), est déduite de ce qui est reversé.")
        if any(part.encaisse != part.montant for part in parts)
        else write_phrase("La commission, à la charge du créancier (CPCE R124-3), n'est pas déduite : facture à part.")
    ]
    if any(part.montant < ZERO for part in parts):
        notes.append(write_phrase("Une somme négative reprend ce qui avait été reversé et n'était pas, ou plus, dû."))
    return tuple(notes)
