"""The neutral records that every reader gives, whatever the format: immutable, typed, each with its origin.

Amounts are `Decimal` in the currency of the record, at the cent; dates are civil days. `simplify` turns them into what
`exigible lire --json` prints (amounts as strings with a point, dates as AAAA-MM-JJ).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import msgspec

from exigible.droit.phrase import encode_phrase

Gravite = Literal["erreur", "avertissement"]
Jour: TypeAlias = date
DejaEnvoye = Literal["courtoisie", "relance", "mise_en_demeure"]


class Origine(msgspec.Struct, frozen=True):
    """Where a record comes from: the file's name, and its line (from 1, header included) or its path in the XML."""

    fichier: str
    ligne: int | None = None
    chemin: str | None = None


class Tiers(msgspec.Struct, frozen=True, kw_only=True):
    """A person or company as the file names it. `code` is the key that the issuing software gives it.

    `qualite` is one of consommateur, non_professionnel, professionnel, personne_publique, or None when the file
    does not say (never guessed). `siren`, `siret`, `tva` and `iban` are written without spaces.
    """

    code: str | None = None
    nom: str
    siren: str | None = None
    siret: str | None = None
    tva: str | None = None
    qualite: str | None = None
    forme: str | None = None
    adresse: tuple[str, ...] = ()
    code_postal: str | None = None
    ville: str | None = None
    pays: str | None = None
    email: str | None = None
    telephone: str | None = None
    iban: str | None = None
    origine: Origine


class ReglementLu(msgspec.Struct, frozen=True, kw_only=True):
    """A payment or credit that the file itself sets against an invoice (partial lettering, prepaid amount)."""

    date: Jour
    montant: Decimal
    reference: str
    origine: Origine


class CreanceLue(msgspec.Struct, frozen=True, kw_only=True):
    """An open invoice, a credit note (`avoir`), or a payment not set against an invoice yet (« acompte »).

    `montant_ttc` and `reste_du` are as printed in the file, sign included, and a credit note may be printed with
    either sign: add up `effet`, never `reste_du`. `date_echeance` is the last day to pay; when None,
    `motif_sans_echeance` says why. `echeance_calculee`: not in the file, computed from the terms of sale given.
    """

    numero: str
    date_emission: Jour
    date_echeance: Jour | None = None
    motif_sans_echeance: str | None = None
    echeance_calculee: bool = False
    montant_ttc: Decimal
    reste_du: Decimal
    devise: str = "EUR"
    debiteur: Tiers
    avoir: bool = False
    nature: Literal["facture", "avoir", "acompte"] = "facture"
    date_execution: Jour | None = None
    deja_envoye: DejaEnvoye | None = None
    date_envoi: Jour | None = None
    libelle: str = ""
    reglements: tuple[ReglementLu, ...] = ()
    origine: Origine

    @property
    def effet(self) -> Decimal:
        """What it changes in the debt today: positive for an invoice, negative for a credit note or a payment."""
        return self.reste_du if self.nature == "facture" else -abs(self.reste_du)


class MouvementLu(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a bank account; `montant` is signed (positive: money in), `identifiant` is the bank's own reference."""

    date: Jour
    date_valeur: Jour | None = None
    montant: Decimal
    devise: str = "EUR"
    libelle: str = ""
    reference: str | None = None
    contrepartie: str | None = None
    iban: str | None = None
    identifiant: str | None = None
    compte: str | None = None
    origine: Origine


class CompteLu(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account and its statement; `controle`: start + movements = end, None when it can't be known."""

    iban: str | None = None
    solde_debut: Decimal | None = None
    solde_fin: Decimal | None = None
    date_debut: Jour | None = None
    date_fin: Jour | None = None
    devise: str = "EUR"
    controle: bool | None = None


class ErreurLecture(msgspec.Struct, frozen=True, kw_only=True):
    """A fault met while reading: `ligne` counts from 1, header included. An `avertissement` loses nothing.

    `message` is a `Phrase`, that an office may say in another language.
    """

    ligne: int | None = None
    code: str
    message: str
    champ: str | None = None
    gravite: Gravite = "erreur"
    chemin: str | None = None


class ColonneLue(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a list: `cle` names it whatever the way its title is written, `champ` is what it is taken for.

    `champ` is None when the column is left aside; `exemples` are the first different values below its title.
    """

    cle: str
    nom: str
    champ: str | None = None
    exemples: tuple[str, ...] = ()


class FichierLu(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in one file. `format` is None when nothing was recognised; `taille` is in bytes.

    `resume` holds what the reader can say about the whole (totals, period, encoding), as text by key. `colonnes`: those
    of a CSV or spreadsheet, also when the list could not be read for want of knowing what they hold.
    """

    nom: str
    format: str | None
    sha256: str
    taille: int
    creances: tuple[CreanceLue, ...] = ()
    mouvements: tuple[MouvementLu, ...] = ()
    tiers: tuple[Tiers, ...] = ()
    compte: CompteLu | None = None
    comptes: tuple[CompteLu, ...] = ()
    erreurs: tuple[ErreurLecture, ...] = ()
    resume: dict[str, str] = {}
    colonnes: tuple[ColonneLue, ...] = ()


def simplify(enregistrements: object) -> Any:  # noqa: ANN401 - JSON values, as msgspec declares them
    """Turn records into JSON values: sentences in French, amounts as strings with a point, dates as AAAA-MM-JJ."""
    return msgspec.to_builtins(enregistrements, enc_hook=encode_phrase)
