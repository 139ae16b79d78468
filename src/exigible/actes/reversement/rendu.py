"""The PDF of a remittance to a creditor: each payment, the fee, what is handed over."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exigible.actes.lettre import Entete, Etiquette, build_entete
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import clean_texte, format_iban, write_phrase
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, PartReversee, ReversementFait
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import format_jour

PAQUET = "exigible.actes.reversement"


class LigneReversee(msgspec.Struct, frozen=True):
    """One payment, printed."""

    debiteur: str
    recu_le: str
    encaisse: str
    commission: str
    tva: str
    montant: str


class DocumentReversement(msgspec.Struct, frozen=True):
    """The page: who hands over, to whom, what."""

    titre: str
    auteur: str
    pied: str
    entete: Entete
    creancier: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    montant: str
    lignes: tuple[LigneReversee, ...]
    total: LigneReversee
    notes: tuple[str, ...]


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
) -> DocumentReversement:
    """The statement as plain data."""
    nom = clean_texte(convention.titulaire)
    reference = clean_texte(fait.reference)
    titre = write_phrase("Relevé de reversement {reference}", reference=reference)
    paires = (
        ("Référence", reference),
        ("Virement du" if fait.fichier else "Reversé le", format_jour(fait.jour)),
        ("Vers le compte", format_iban(convention.iban) if fait.fichier else ""),
    )
    return DocumentReversement(
        titre=titre,
        auteur=nom,
        pied=write_phrase("{nom} · {titre}", nom=nom, titre=titre),
        entete=Entete(nom, "", ()),
        creancier=(clean_texte(creancier.nom), *build_entete(creancier, None).coordonnees),
        etiquettes=tuple(Etiquette(libelle, valeur) for libelle, valeur in paires if valeur),
        montant=format_montant(fait.montant),
        lignes=tuple(_print_part(part, noms.get(part.dossier, "")) for part in fait.parts),
        total=_print_total(fait),
        notes=_list_notes(fait),
    )


def _print_part(part: PartReversee, nom: str) -> LigneReversee:
    return LigneReversee(
        debiteur=clean_texte(f"{nom} ({part.reference})" if nom else part.reference),
        recu_le=format_jour(part.recu_le),
        encaisse=format_montant(part.encaisse),
        commission=format_montant(part.commission),
        tva=format_montant(part.tva),
        montant=format_montant(part.montant),
    )


def _print_total(fait: ReversementFait) -> LigneReversee:
    sommes = {
        nom: format_montant(sum((getattr(p, nom) for p in fait.parts), ZERO))
        for nom in ("encaisse", "commission", "tva", "montant")
    }
    return LigneReversee(debiteur="Total", recu_le="", **sommes)


def _list_notes(fait: ReversementFait) -> tuple[str, ...]:
    """What must be said: the fee kept or not, and what is taken back."""
    retenue = any(p.encaisse != p.montant for p in fait.parts)
    notes = [
        write_phrase("La commission, à la charge du créancier (CPCE R124-3), est déduite de ce qui est reversé.")
        if retenue
        else write_phrase("La commission, à la charge du créancier (CPCE R124-3), n'est pas déduite : facture à part.")
    ]
    if any(p.montant < ZERO for p in fait.parts):
        notes.append(write_phrase("Une somme négative reprend ce qui avait été reversé et n'était pas, ou plus, dû."))
    return tuple(notes)
