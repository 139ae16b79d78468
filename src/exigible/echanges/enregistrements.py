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
NatureReglement = Literal["paiement", "avoir", "perte", "virement"]


class Origine(msgspec.Struct, frozen=True, gc=False):
    """Where a record comes from: the file's name, and its line (from 1, header included) or its path in the XML."""

    fichier: str
    ligne: int | None = None
    chemin: str | None = None


class Tiers(msgspec.Struct, frozen=True, kw_only=True):
    """A person or company as the file names it. `code` is the key that the issuing software gives it.

    `qualite` is one of consommateur, non_professionnel, professionnel, personne_publique, or None when the file
    does not say (never guessed). `siren`, `siret`, `tva` and `iban` are written without spaces, and kept even when
    their check digits are wrong (a warning says so). `raison_sociale`: the registered name, when it is not `nom`.
    `qualite_proposee` and `pays_propose` are what the data suggest, `motif_qualite` and `motif_pays` why: they bind
    nobody until a person says so.
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
    raison_sociale: str | None = None
    qualite_proposee: str | None = None
    motif_qualite: str | None = None
    pays_propose: str | None = None
    motif_pays: str | None = None
    origine: Origine


class EcheanceLue(msgspec.Struct, frozen=True, kw_only=True):
    """One of the days on which a part of an invoice falls due; `montant` is None when the file does not say it."""

    date: Jour
    montant: Decimal | None = None


class StatutLu(msgspec.Struct, frozen=True, kw_only=True):
    """A life-cycle status of an electronic invoice: a signal, never a payment nor a dispute by itself.

    `code` is that of the French reform (200 to 228, 501…), `libelle` its name; `date` is the day it was given.
    `motifs` are the reason codes and texts; `montant_encaisse`, with tax, the sum of the amounts said to be received;
    `montants` all the amounts of the message by their type (MEN, MPA, MNA…); `date_encaissement`: when it was received,
    if the message says it. The seller is `vendeur_siren`.
    """

    numero: str
    date_emission: Jour | None = None
    date: Jour | None = None
    code: str | None = None
    libelle: str
    obligatoire: bool = False
    motifs: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    montant_encaisse: Decimal | None = None
    montants: tuple[tuple[str, Decimal], ...] = ()
    date_encaissement: Jour | None = None
    devise: str = "EUR"
    vendeur_siren: str | None = None
    emetteur: str | None = None
    emetteur_siren: str | None = None
    emetteur_role: str | None = None
    destinataire: str | None = None
    destinataire_siren: str | None = None
    identifiant: str | None = None
    origine: Origine


class CompteRenduLu(msgspec.Struct, frozen=True, kw_only=True):
    """What the bank says became of orders given to it: of a whole file, of a batch, or of one order.

    `niveau` says which. `statut`: its ISO 20022 code (RJCT refused, ACCP, ACSC, PDNG…), `refuse` when it is RJCT;
    `motifs`: codes of the reasons, each with what the bank adds. `message`, `lot`, `bout_en_bout`: the references that
    the file of orders gave. `ordres`: the kind of that file (`pain.008.001.08`). `montant`: of the order; `total` and
    `nombre`: of the file or batch, when the report says them.
    """

    niveau: Literal["fichier", "lot", "ordre"]
    statut: str
    refuse: bool
    motifs: tuple[tuple[str, str], ...] = ()
    message: str | None = None
    ordres: str | None = None
    lot: str | None = None
    bout_en_bout: str | None = None
    montant: Decimal | None = None
    devise: str = "EUR"
    total: Decimal | None = None
    nombre: int | None = None
    date: Jour | None = None
    date_demandee: Jour | None = None
    mandat: str | None = None
    nom: str | None = None
    iban: str | None = None
    origine: Origine


class ReglementLu(msgspec.Struct, frozen=True, kw_only=True):
    """What the file itself sets against an invoice (partial lettering, prepaid amount).

    `nature`: money (`paiement`), a credit note (`avoir`), a claim written off in the books (`perte`, nothing is waived)
    or moved to another account (`virement`, nothing is paid).
    """

    date: Jour
    montant: Decimal
    reference: str
    nature: NatureReglement = "paiement"
    origine: Origine


class CreanceLue(msgspec.Struct, frozen=True, kw_only=True):
    """An open invoice, a credit note (`avoir`), or a payment not set against an invoice yet (« acompte »).

    `montant_ttc` and `reste_du` are as printed in the file, sign included, and a credit note may be printed with
    either sign: add up `effet`, never `reste_du`. `echeances`: the schedule, when it has several dates;
    `factures_anterieures`: the numbers it cites; `type_piece`: the UNTDID 1001 code. `date_echeance` is the last day
    to pay; when None, `motif_sans_echeance` says why. `echeance_calculee`: not in the file, computed from the terms of
    sale given. `a_nouveau`: from an opening balance, `date_emission` is not that of the invoice. `compte`: of the
    ledger.
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
    echeances: tuple[EcheanceLue, ...] = ()
    factures_anterieures: tuple[str, ...] = ()
    type_piece: str | None = None
    a_nouveau: bool = False
    compte: str | None = None
    origine: Origine

    @property
    def effet(self) -> Decimal:
        """What it changes in the debt today: positive for an invoice, negative for a credit note or a payment."""
        return self.reste_du if self.nature == "facture" else -abs(self.reste_du)


class MouvementLu(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line of a bank account; `montant` is signed (positive: money in), `identifiant` is the bank's own reference.

    `montant` is what the account received or gave, as booked; `frais` are the bank's charges that the file says were
    taken out of it (or added to it). `bout_en_bout` is the payer's end-to-end reference, `mandat` that of the mandate
    of a direct debit, `operation` the code of the kind of operation in the file's own table, `motif_retour` the reason
    code of a returned payment (AC04, MS03…), `extourne` says that it undoes another movement.
    """

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
    bout_en_bout: str | None = None
    mandat: str | None = None
    operation: str | None = None
    motif_retour: str | None = None
    extourne: bool = False
    frais: Decimal | None = None
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

    `resume` holds what the reader can say about the whole (totals, period, encoding), as text by key. `a_part`: what a
    ledger holds of doubtful accounts, bills in circulation and advances of nobody, not chased with `creances`.
    `colonnes`: those
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
    statuts: tuple[StatutLu, ...] = ()
    a_part: tuple[CreanceLue, ...] = ()
    comptes_rendus: tuple[CompteRenduLu, ...] = ()


def simplify(enregistrements: object) -> Any:  # noqa: ANN401 - JSON values, as msgspec declares them
    """Turn records into JSON values: sentences in French, amounts as strings with a point, dates as AAAA-MM-JJ."""
    return msgspec.to_builtins(enregistrements, enc_hook=encode_phrase)
