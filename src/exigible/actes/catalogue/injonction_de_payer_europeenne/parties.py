"""The parties of Form A, with their codes (Regulation 1896/2006, annex I, field 2)."""

from __future__ import annotations

from exigible.actes.demande import Demande
from exigible.actes.document import Partie
from exigible.actes.lettre import list_adresse
from exigible.actes.typst.texte import clean_texte, format_siren, write_phrase
from exigible.actes.vocabulaire.instance import FRANCE
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit


def list_parties(demande: Demande, pays: tuple[str, str]) -> tuple[Partie, ...]:
    """List the parties. `pays`: the countries of the claimant and of the defendant, in French."""
    creancier, debiteur = demande.etat.creancier.description, demande.etat.debiteur
    parties = [
        Partie("01 – Demandeur", _write_partie(creancier, pays[0])),
        Partie("02 – Défendeur", _write_partie(debiteur, pays[1])),
    ]
    if creancier.signataire:
        qui = ", ".join(clean_texte(t) for t in (creancier.signataire, creancier.fonction) if t)
        parties.append(Partie("05 – Représentant légal du demandeur", (qui,)))
    return tuple(parties)


def _write_partie(partie: CreancierDecrit | DebiteurDecrit, pays: str) -> tuple[str, ...]:
    adresse = list_adresse(partie.adresse)
    sans_pays = adresse if partie.adresse.pays == FRANCE else adresse[:-1]
    siren = format_siren(partie.siren)
    numero = write_phrase("n° d'immatriculation {siren}", siren=siren) if siren else ""
    identite = (clean_texte(partie.nom), clean_texte(partie.forme), numero)
    contacts = (clean_texte(partie.telephone), clean_texte(partie.courriel))
    lignes = (identite, (*sans_pays, pays), contacts)
    return tuple(", ".join(t for t in ligne if t) for ligne in lignes if any(ligne))
