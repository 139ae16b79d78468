"""The statement of a dossier as a PDF of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from exigible.actes.decompte.releve import Releve, build_releve
from exigible.actes.lettre import Entete, Etiquette, build_entete, list_destinataire
from exigible.actes.sommes import compute_sommes
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import clean_texte, format_siren, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.obligation.lignes import list_lignes_du_compte

PAQUET = "exigible.actes.decompte"


class DocumentDecompte(msgspec.Struct, frozen=True):
    """The page: who claims, from whom, and the statement."""

    titre: str
    auteur: str
    pied: str
    entete: Entete
    debiteur: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    releve: Releve


def build_document(
    etat: EtatDossier,
    *,
    reference: str = "",
    creances: Sequence[str] | None = None,
    logo: bytes | None = None,
    connu_au: date | None = None,
) -> DocumentDecompte:
    """The statement as plain data; all that is in the account of the dossier unless some claims are named.

    `connu_au`: the day whose knowledge `etat` was computed with, which the title then says.
    Disputed amounts are shown in full, and said: this is what is owed, not a letter. Raises ErreurSaisie
    (`creance_inconnue`, `logo_*`).
    """
    cles = [ligne.cle for ligne in list_lignes_du_compte(etat)] if creances is None else list(creances)
    releve = build_releve(etat, compute_sommes(etat, cles, sans_conteste=False), connu_au=connu_au)
    entete = build_entete(etat.creancier.description, logo)
    debiteur = list_destinataire(etat.debiteur)
    rappel = clean_texte(reference or etat.debiteur.code)
    paires = (("Références", rappel), ("SIREN du débiteur", format_siren(etat.debiteur.siren)))
    return DocumentDecompte(
        titre=write_phrase("{titre} – {nom}", titre=releve.titre, nom=debiteur[0]),
        auteur=entete.nom,
        pied=write_phrase("{nom} · {titre}", nom=entete.nom, titre=releve.titre),
        entete=entete,
        debiteur=debiteur,
        etiquettes=tuple(Etiquette(libelle, valeur) for libelle, valeur in paires if valeur),
        releve=releve,
    )


def render_decompte(
    etat: EtatDossier,
    *,
    reference: str = "",
    creances: Sequence[str] | None = None,
    logo: bytes | None = None,
    connu_au: date | None = None,
) -> bytes:
    """The PDF of the statement on `etat.au` (included). Same arguments, same bytes; `connu_au` as `build_document`.

    `logo`: the bytes of a PNG or JPEG image, printed in the letterhead. Raises ErreurExigible
    (`caractere_non_imprimable`, `logo_illisible`) and ErreurSaisie (`creance_inconnue`, `logo_*`).
    """
    document = build_document(etat, reference=reference, creances=creances, logo=logo, connu_au=connu_au)
    return compile_pdf(PAQUET, document, etat.au)
