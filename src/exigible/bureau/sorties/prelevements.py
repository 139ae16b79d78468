"""Direct debits of a creditor: what falls due, the file for the bank, kept as it was made, and its facts."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.models import Maillon, Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits, record_lots, store_piece
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier as LigneCreancier
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.echeances import NatureEcheance
from exigible.dossier.etat import EtatCreancier, EtatDossier
from exigible.dossier.faits import SchemaSepa
from exigible.dossier.faits_sorties import FichierEmis, FichierTransmis, SorteFichier
from exigible.dossier.journal import list_effectives
from exigible.dossier.prelevements import (
    EcheanceAPrelever,
    SortPrelevement,
    list_a_prelever,
    list_encaissements,
    make_ordre,
    order_sequences,
)
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ordres import CompteSepa, Creancier, PartieSepa, Prelevement
from exigible.echanges.sorties.pain008 import write_pain008

_journal = logging.getLogger(__name__)

HORIZON = timedelta(days=31)
"""How far ahead instalments are shown."""
TYPE_MIME = "application/xml"
_TYPES = frozenset({"fichier_emis", "fichier_transmis"})


@dataclass(frozen=True, slots=True)
class LignePrelevement:
    """An instalment of a dossier, and why it may not be put in a file although nothing holds it (`erreur`)."""

    dossier: Dossier
    debiteur: str
    echeance: EcheanceAPrelever
    ordre: Prelevement | None
    erreur: str = ""

    @property
    def cle(self) -> str:
        """What names it in a form."""
        return f"{self.dossier.pk}:{self.echeance.cle}"

    @property
    def a_ordonner(self) -> bool:
        """Whether it may go."""
        return self.ordre is not None


@dataclass(frozen=True, slots=True)
class FichierConnu:
    """A file that was made, and the day on which it was given to the bank."""

    emis_le: date
    fichier: FichierEmis
    transmis_le: date | None


def list_lignes(creancier: LigneCreancier, jusqu_au: date | None = None) -> list[LignePrelevement]:
    """List the instalments of the creditor's plans due by a day (a month ahead by default), the first due first."""
    attendues = Echeance.objects.filter(cabinet=creancier.cabinet_id, nature=NatureEcheance.PLAN.value)
    dossiers = Dossier.objects.filter(creancier=creancier, pk__in=attendues.values("dossier"))
    lignes = _read_lignes(list(dossiers.select_related("creancier")), jusqu_au or horloge.today() + HORIZON)
    return sorted(lignes, key=lambda ligne: (ligne.echeance.echeance, ligne.debiteur, ligne.cle))


def _read_lignes(dossiers: Sequence[Dossier], jusqu_au: date) -> list[LignePrelevement]:
    journaux = read_journaux_des_dossiers(dossiers)
    lignes: list[LignePrelevement] = []
    for dossier in dossiers:
        try:
            etat = journaux.fold(dossier, horloge.today(), provisoire=True)
        except ErreurExigible as erreur:
            _journal.warning("%s laissé de côté : %s", dossier.reference, erreur)
            continue
        effectives = list_effectives(journaux.of_dossier(dossier), date.max)
        echeances = list_a_prelever(etat, effectives, dossier.reference, jusqu_au=jusqu_au)
        lignes += [_make_ligne(dossier, etat, echeance) for echeance in echeances]
    return lignes


def _make_ligne(dossier: Dossier, etat: EtatDossier, echeance: EcheanceAPrelever) -> LignePrelevement:
    nom = etat.debiteur.nom
    if echeance.sort is not SortPrelevement.A_ORDONNER:
        return LignePrelevement(dossier, nom, echeance, None)
    try:
        return LignePrelevement(dossier, nom, echeance, _make_prelevement(etat, echeance))
    except ErreurExigible as erreur:
        return LignePrelevement(dossier, nom, echeance, None, erreur.message)


def _make_prelevement(etat: EtatDossier, echeance: EcheanceAPrelever) -> Prelevement:
    ordre, mandat = make_ordre(echeance, ""), echeance.mandat
    assert mandat is not None  # noqa: S101 - what A_ORDONNER means
    titulaire = mandat.titulaire or etat.debiteur.nom
    return Prelevement(
        reference=ordre.reference,
        montant=ordre.montant,
        debiteur=PartieSepa(titulaire, CompteSepa(mandat.iban, mandat.bic), etat.debiteur.adresse),
        rum=mandat.rum,
        signe_le=echeance.signe_le or etat.au,
        jour=ordre.jour,
        schema=mandat.schema,
        sequence=ordre.sequence,
        libelle=f"{etat.creancier.description.nom} échéance {echeance.echeance:%d/%m/%Y}",
    )


def build_creancier(etat: EtatCreancier) -> Creancier:
    """The creditor as the bank knows it. Raises ErreurExigible (`ics_absent`, and those of `build_partie`)."""
    if not etat.description.ics:
        dit = phrase("Indiquez votre identifiant créancier SEPA (ICS) dans vos réglages : votre banque vous l'a donné.")
        raise ErreurExigible("ics_absent", dit)
    return Creancier(build_partie(etat), etat.description.ics)


def build_partie(etat: EtatCreancier) -> PartieSepa:
    """The creditor and its main account. Raises ErreurExigible (`compte_absent`, `iban_faux`, `bic_faux`)."""
    if not etat.ibans:
        raise ErreurExigible("compte_absent", phrase("Ajoutez d'abord votre compte bancaire dans vos réglages."))
    iban, bic = etat.ibans[0]
    return PartieSepa(etat.description.nom, CompteSepa(iban, bic), etat.description.adresse)


@retry_occupee
def make_fichier(creancier: LigneCreancier, cles: Collection[str], schema: SchemaSepa, auteur: str) -> FichierEmis:
    """Make the file of the lines chosen (`LignePrelevement.cle`) of one scheme, and write that they were asked for.

    All is read again once nobody else can write: a line ordered meanwhile is refused, and nothing is written. Raises
    ErreurExigible (`rien_a_ecrire`, `prelevement_change`, those of `build_creancier`).
    """
    with transaction.atomic():
        choisis = _find_dossiers(creancier, cles)
        lock_chaines([creancier.chaine_id, *(d.chaine_id for d in choisis)])
        lignes = {ligne.cle: ligne for ligne in _read_lignes(choisis, date.max)}
        retenues = order_lignes(_check_ligne(lignes.get(cle)) for cle in sorted(set(cles)))
        retenues = [ligne for ligne in retenues if ligne.ordre and ligne.ordre.schema is schema]
        ordres = [ligne.ordre for ligne in retenues if ligne.ordre]
        cle = uuid.uuid4().hex
        contenu = write_pain008(build_creancier(load_etat_creancier(creancier)), ordres, cle, horloge.now())
        nom = f"prelevements-{schema.value}-{horloge.today():%Y-%m-%d}-{cle[:6]}.xml"
        emis = store_fichier(creancier, cle, SorteFichier.PRELEVEMENTS, nom, contenu, [o.montant for o in ordres])
        _record(creancier, emis, retenues, auteur)
    return emis


def store_fichier(
    creancier: LigneCreancier, cle: str, sorte: SorteFichier, nom: str, contenu: bytes, montants: Sequence[Decimal]
) -> FichierEmis:
    """Keep the bytes of a file of orders, and tell it; `montants`: those of its orders, in euros."""
    piece = store_piece(creancier.cabinet, contenu, nom, TYPE_MIME)
    return FichierEmis(
        cle=cle, sorte=sorte, piece=piece.sha256, nom=nom, nombre=len(montants), total=sum(montants, ZERO)
    )


def _find_dossiers(creancier: LigneCreancier, cles: Collection[str]) -> list[Dossier]:
    pks = set()
    for cle in cles:
        try:
            pks.add(uuid.UUID(cle.partition(":")[0]))
        except ValueError:
            raise _say_change() from None
    return list(Dossier.objects.filter(creancier=creancier, pk__in=pks).select_related("creancier", "chaine"))


def _check_ligne(ligne: LignePrelevement | None) -> LignePrelevement:
    if ligne is None or ligne.ordre is None:
        raise _say_change()
    return ligne


def order_lignes(lignes: Iterable[LignePrelevement]) -> list[LignePrelevement]:
    """Tell the first debit of a mandate from those that leave with it."""
    par_dossier: dict[uuid.UUID, dict[str, LignePrelevement]] = {}
    for ligne in lignes:
        par_dossier.setdefault(ligne.dossier.pk, {})[ligne.echeance.cle] = ligne
    rangees = []
    for siennes in par_dossier.values():
        for echeance in order_sequences([ligne.echeance for ligne in siennes.values()]):
            ligne = siennes[echeance.cle]
            ordre = ligne.ordre and replace(ligne.ordre, sequence=echeance.sequence or ligne.ordre.sequence)
            rangees.append(replace(ligne, echeance=echeance, ordre=ordre))
    return rangees


def _say_change() -> ErreurExigible:
    dit = phrase("Une échéance choisie n'est plus à prélever : rien n'a été écrit, vérifiez la liste à jour.")
    return ErreurExigible("prelevement_change", dit)


def _record(creancier: LigneCreancier, emis: FichierEmis, lignes: Sequence[LignePrelevement], auteur: str) -> None:
    jour = horloge.today()
    par_dossier: dict[uuid.UUID, tuple[Dossier, list[FaitAEcrire]]] = {}
    for ligne in lignes:
        _, faits = par_dossier.setdefault(ligne.dossier.pk, (ligne.dossier, []))
        faits.append(FaitAEcrire(make_ordre(ligne.echeance, emis.piece), jour))
    lots = [(creancier.chaine, [FaitAEcrire(emis, jour)])]
    lots += [(dossier.chaine, faits) for dossier, faits in par_dossier.values()]
    record_lots(lots, auteur)


def list_fichiers(creancier: LigneCreancier) -> list[FichierConnu]:
    """List the files made for the bank, the latest first."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    effectives = list_effectives(inscriptions, date.max)
    transmis = {i.fait.fichier: i.date_effet for i in effectives if isinstance(i.fait, FichierTransmis)}
    return [
        FichierConnu(i.date_effet, i.fait, transmis.get(i.fait.cle))
        for i in reversed(effectives)
        if isinstance(i.fait, FichierEmis)
    ]


@retry_occupee
def mark_transmis(creancier: LigneCreancier, cle: str, auteur: str) -> None:
    """Say that a file was given to the bank today. Raises ErreurExigible (`fichier_inconnu`)."""
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        connu = next((f for f in list_fichiers(creancier) if f.fichier.cle == cle), None)
        if connu is None:
            raise ErreurExigible("fichier_inconnu", phrase("Ce fichier n'existe pas."))
        if connu.transmis_le is None:
            record_faits(creancier.chaine, [FaitAEcrire(FichierTransmis(fichier=cle), horloge.today())], auteur)


def read_fichier(creancier: LigneCreancier, cle: str) -> tuple[FichierEmis, bytes]:
    """Give the bytes of a file as they were made. Raises ErreurExigible (`fichier_inconnu`, `fichier_altere`)."""
    connu = next((f for f in list_fichiers(creancier) if f.fichier.cle == cle), None)
    piece = connu and Piece.objects.filter(cabinet=creancier.cabinet_id, sha256=connu.fichier.piece).first()
    if connu is None or not piece or piece.contenu is None:
        raise ErreurExigible("fichier_inconnu", phrase("Ce fichier n'existe pas."))
    contenu = bytes(piece.contenu)
    if hashlib.sha256(contenu).hexdigest() != connu.fichier.piece:
        raise ErreurExigible("fichier_altere", phrase("Ce fichier n'est plus celui qui avait été écrit."))
    return connu.fichier, contenu


@retry_occupee
def record_encaissement(creancier: LigneCreancier, cle: str, auteur: str) -> int:
    """Record the debits of a file as paid, each on its day, once that day has come; return how many.

    Those that came back or are paid already are left as they are. Raises ErreurExigible (`fichier_inconnu`).
    """
    fichier, _ = read_fichier(creancier, cle)
    types = frozenset({"prelevement_ordonne"})
    ordonnes = Maillon.objects.filter(chaine__dossier__creancier=creancier, type__in=types)
    dossiers = list(Dossier.objects.filter(chaine__in=ordonnes.values("chaine")).select_related("chaine"))
    with transaction.atomic():
        lock_chaines([creancier.chaine_id, *(d.chaine_id for d in dossiers)])
        journaux = read_journaux([d.chaine_id for d in dossiers])
        lots = []
        for dossier in dossiers:
            effectives = list_effectives(journaux[dossier.chaine_id], date.max)
            paiements = list_encaissements(effectives, fichier.piece, horloge.today())
            if paiements:
                lots.append((dossier.chaine, [FaitAEcrire(p, jour) for jour, p in paiements]))
        record_lots(lots, auteur)
    return sum(len(faits) for _, faits in lots)
