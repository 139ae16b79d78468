"""Remittances to the creditors for whom the office collects: what is held, the file for the bank, its facts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.lecture import cut_lots, read_journaux
from exigible.bureau.journal.models import Maillon, Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece
from exigible.bureau.sorties.prelevements import TYPE_MIME
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier, Dossier, Paiement
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, ReversementAnnule, ReversementFait
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.reversements import (
    Encaissement,
    LigneAReverser,
    compute_a_reverser,
    find_convention,
    list_comptes,
    list_encaissements,
    list_inconnus,
    list_reversements,
)
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.jours_bancaires import add_jours_bancaires
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ordres import CompteSepa, PartieSepa, Virement
from exigible.echanges.sorties.pain001 import write_pain001

_TYPES = frozenset({"convention_de_recouvrement", "convention_terminee", "reversement_fait", "reversement_annule"})


@dataclass(frozen=True, slots=True)
class CompteMandant:
    """What is held for a creditor on the day: what to hand over, payments of which nothing says who holds them.

    `convention`: that of the day, None without one; `faits`: earlier remittances, the latest first.
    """

    creancier: Creancier
    au: date
    convention: ConventionDeRecouvrement | None
    lignes: tuple[LigneAReverser, ...]
    inconnus: tuple[Encaissement, ...]
    faits: tuple[tuple[date, ReversementFait], ...]
    avertissements: tuple[Avertissement, ...]

    @property
    def total(self) -> Decimal:
        """What is to be handed over in all; below zero, the creditor owes it."""
        return sum((x.montant for x in self.lignes), ZERO)

    @property
    def retards(self) -> tuple[LigneAReverser, ...]:
        """What should have been handed over before the day."""
        return tuple(x for x in self.lignes if x.is_en_retard(self.au))


def list_mandants(creanciers: Sequence[Creancier]) -> list[Creancier]:
    """List the creditors for whom the office ever collected, in the order given."""
    dites = Maillon.objects.filter(chaine__creancier__in=creanciers, type="convention_de_recouvrement")
    chaines = set(dites.values_list("chaine", flat=True))
    return [c for c in creanciers if c.chaine_id in chaines]


def load_compte(creancier: Creancier) -> CompteMandant:
    """Load what is held for a creditor. Raises ErreurExigible (`dossier_illisible`): nothing is handed over blindly."""
    au = horloge.today()
    effectives = _read_creancier(creancier)
    convention = find_convention(effectives, au)
    faits = tuple(reversed(list_reversements(effectives)))
    comptes = list_comptes(effectives)
    if not comptes:
        return CompteMandant(creancier, au, convention, (), (), faits, ())
    encaissements = _read_encaissements(creancier, comptes)
    lignes, avertissements = compute_a_reverser(encaissements, effectives)
    inconnus = list_inconnus(encaissements, effectives)
    return CompteMandant(creancier, au, convention, lignes, inconnus, faits, avertissements)


def _read_creancier(creancier: Creancier) -> list[Inscription]:
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    return list_effectives(inscriptions, horloge.today())


def _read_encaissements(creancier: Creancier, comptes: frozenset[str]) -> list[Encaissement]:
    payes = Paiement.objects.filter(dossier__creancier=creancier).values("dossier")
    dossiers = Dossier.objects.filter(pk__in=payes).select_related("creancier").order_by("reference")
    encaissements: list[Encaissement] = []
    ibans = _read_ibans(creancier)
    for lot in cut_lots(list(dossiers)):
        journaux = read_journaux_des_dossiers(lot)
        lus = {d.pk: list_effectives(journaux.of_dossier(d), horloge.today()) for d in lot}
        for dossier in lot:
            try:
                etat = journaux.fold(dossier, horloge.today(), provisoire=True)
            except ErreurExigible as erreur:
                dit = phrase(
                    "Le dossier {reference} ne peut pas être lu : corrigez-le avant de reverser ({raison}).",
                    reference=dossier.reference,
                    raison=erreur.message,
                )
                raise ErreurExigible("dossier_illisible", dit) from erreur
            qui = (str(dossier.pk), dossier.reference)
            encaissements += list_encaissements(etat, lus[dossier.pk], qui, ibans, comptes)
    return encaissements


def _read_ibans(creancier: Creancier) -> dict[tuple[str, str], str]:
    """Read the account of the bank line that each payment is, by dossier and key of the payment."""
    credits_ = Mouvement.objects.filter(creancier=creancier, montant__gt=0).exclude(parts=[]).exclude(iban="")
    return {
        (part["dossier"], part["paiement"]): iban
        for iban, parts in credits_.values_list("iban", "parts").iterator(chunk_size=2000)
        for part in parts
    }


@retry_occupee
def make_reversement(creancier: Creancier, cles: Collection[str], auteur: str) -> ReversementFait:
    """Make the transfer of the lines chosen (`LigneAReverser.cle`), and write that it was asked for.

    All is read again once nobody else can write. Raises ErreurExigible (`reversement_change`, `rien_a_reverser`,
    `iban_faux`…).
    """
    with transaction.atomic():
        lignes, convention = _choose(creancier, cles)
        jour = add_jours_bancaires(horloge.today(), 1)
        cle, reference = _name(creancier)
        virement = Virement(
            reference=reference,
            montant=_sum(lignes),
            beneficiaire=PartieSepa(
                convention.beneficiaire or creancier.nom, CompteSepa(convention.iban, convention.iban_bic)
            ),
            jour=jour,
            libelle=f"Reversement {reference}",
        )
        donneur = PartieSepa(convention.titulaire, CompteSepa(convention.compte, convention.bic))
        contenu = write_pain001(donneur, [virement], cle, horloge.now())
        nom = f"reversement-{horloge.today():%Y-%m-%d}-{cle[:6]}.xml"
        piece = store_piece(creancier.cabinet, contenu, nom, TYPE_MIME)
        fait = ReversementFait(
            cle=cle,
            montant=virement.montant,
            jour=jour,
            reference=reference,
            parts=tuple(x.make_part() for x in lignes),
            fichier=piece.sha256,
            nom=nom,
        )
        record_faits(creancier.chaine, [FaitAEcrire(fait, horloge.today())], auteur)
    return fait


@retry_occupee
def record_reversement(
    creancier: Creancier, cles: Collection[str], jour: date, reference: str, auteur: str
) -> ReversementFait:
    """Write that the lines chosen were handed over otherwise on a day: a transfer typed at the bank, a cheque.

    Raises ErreurExigible (`reversement_change`, `rien_a_reverser`).
    """
    with transaction.atomic():
        lignes, _ = _choose(creancier, cles)
        cle, propose = _name(creancier)
        fait = ReversementFait(
            cle=cle,
            montant=_sum(lignes),
            jour=jour,
            reference=reference or propose,
            parts=tuple(x.make_part() for x in lignes),
        )
        record_faits(creancier.chaine, [FaitAEcrire(fait, min(jour, horloge.today()))], auteur)
    return fait


@retry_occupee
def cancel_reversement(creancier: Creancier, cle: str, motif: str, auteur: str) -> None:
    """Write that a remittance did not go through. Raises ErreurExigible (`reversement_inconnu`)."""
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        find_reversement(creancier, cle)
        fait = ReversementAnnule(reversement=cle, motif=motif)
        record_faits(creancier.chaine, [FaitAEcrire(fait, horloge.today())], auteur)


def find_reversement(creancier: Creancier, cle: str) -> tuple[date, ReversementFait]:
    """Find a remittance that holds. Raises ErreurExigible (`reversement_inconnu`)."""
    connus = list_reversements(_read_creancier(creancier))
    trouve = next(((jour, fait) for jour, fait in connus if fait.cle == cle), None)
    if trouve is None:
        raise ErreurExigible("reversement_inconnu", phrase("Ce reversement n'existe pas, ou a été annulé."))
    return trouve


def find_convention_du(creancier: Creancier, jour: date) -> ConventionDeRecouvrement | None:
    """Find the agreement that held on a day, else the last one: a remittance may follow its end."""
    effectives = _read_creancier(creancier)
    dites = [i.fait for i in effectives if isinstance(i.fait, ConventionDeRecouvrement)]
    return find_convention(effectives, jour) or (dites[-1] if dites else None)


def read_fichier_reversement(creancier: Creancier, cle: str) -> tuple[ReversementFait, bytes]:
    """Give the file of a transfer as it was made. Raises ErreurExigible (`fichier_inconnu`, `fichier_altere`)."""
    _, fait = find_reversement(creancier, cle)
    piece = Piece.objects.filter(cabinet=creancier.cabinet_id, sha256=fait.fichier).first() if fait.fichier else None
    if piece is None or piece.contenu is None:
        raise ErreurExigible("fichier_inconnu", phrase("Ce fichier n'existe pas."))
    contenu = bytes(piece.contenu)
    if hashlib.sha256(contenu).hexdigest() != fait.fichier:
        raise ErreurExigible("fichier_altere", phrase("Ce fichier n'est plus celui qui avait été écrit."))
    return fait, contenu


def _choose(creancier: Creancier, cles: Collection[str]) -> tuple[tuple[LigneAReverser, ...], ConventionDeRecouvrement]:
    payes = Paiement.objects.filter(dossier__creancier=creancier)
    lock_chaines([creancier.chaine_id, *payes.values_list("dossier__chaine", flat=True).distinct()])
    compte = load_compte(creancier)
    lignes = tuple(x for x in compte.lignes if x.cle in set(cles))
    if len(lignes) != len(set(cles)) or compte.convention is None:
        dit = phrase("Une somme choisie n'est plus à reverser : rien n'a été écrit, vérifiez la liste à jour.")
        raise ErreurExigible("reversement_change", dit)
    if _sum(lignes) <= ZERO:
        dit = phrase("Il n'y a rien à reverser dans ce choix : les reprises l'emportent, ou rien n'est coché.")
        raise ErreurExigible("rien_a_reverser", dit)
    return lignes, compte.convention


def _sum(lignes: Sequence[LigneAReverser]) -> Decimal:
    return sum((x.montant for x in lignes), ZERO)


def _name(creancier: Creancier) -> tuple[str, str]:
    """Name a remittance, and the reference that the creditor will read on its statement."""
    cle = uuid.uuid4().hex
    rang = len(_list_numeros(creancier)) + 1
    return cle, f"REV-{horloge.today():%Y%m%d}-{rang:03d}-{cle[:6].upper()}"


def _list_numeros(creancier: Creancier) -> list[str]:
    """List the references of every remittance ever made, cancelled ones included."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    return [i.fait.reference for i in inscriptions if isinstance(i.fait, ReversementFait)]
