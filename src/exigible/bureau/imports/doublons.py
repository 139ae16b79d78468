"""The same customer under two dossiers of a creditor: proposed with the reason, put together by a person, undone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db import transaction
from django.db.models import Q

from exigible.bureau import horloge
from exigible.bureau.imports.annulation import list_noms, rests_on, split_tenues
from exigible.bureau.imports.models import MemeClient
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.lecture import read_inscriptions
from exigible.bureau.journal.services import FaitAEcrire, record_lots
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.services import load_etats
from exigible.dossier import faits as f
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.texte import list_mots_du_nom
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import Phrase, phrase

PAIRES_MONTREES = 200
_TAILLE_D_UN_GROUPE = 6
"""More dossiers alike by one sign than this: the sign says nothing (the e-mail of an office, a common name)."""
_DOMAINES_COMMUNS = frozenset(
    (
        *("bbox.fr", "free.fr", "gmail.com", "gmx.fr", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net"),
        *("live.fr", "neuf.fr", "orange.fr", "outlook.com", "outlook.fr", "protonmail.com", "sfr.fr", "wanadoo.fr"),
        *("yahoo.com", "yahoo.fr"),
    )
)
_DEPLACABLES = (
    f.CreanceNee
    | f.AvoirEmis
    | f.PaiementRecu
    | f.RelanceFaite
    | f.AppelPasse
    | f.NoteAjoutee
    | f.PromesseRecue
    | f.ContestationRecue
    | f.ContestationClose
    | f.SuspensionDecidee
    | f.SuspensionLevee
    | f.StatutFactureRecu
    | f.SignalEcarte
)
"""What goes from a dossier to another as it is; a letter, a plan or a procedure was made against one debtor."""


@dataclass(frozen=True, slots=True)
class Doublon:
    """Two dossiers that may be of the same customer, and why; `garde` is the older."""

    garde: Dossier
    absorbe: Dossier
    raisons: tuple[Phrase, ...]


def find_doublons(creanciers: Sequence[Creancier]) -> list[Doublon]:
    """Find the pairs that share a SIREN, an account, nearly a name, or a word of it and an e-mail domain."""
    dossiers = list(
        Dossier.objects.filter(creancier__in=creanciers, erreur="").select_related("creancier").order_by("reference")
    )
    lies = MemeClient.objects.filter(creancier__in=creanciers, separe_le__isnull=True)
    vus = {frozenset(paire) for paire in lies.values_list("garde_id", "absorbe_id")}
    fondus = set(lies.filter(distincts=False).values_list("absorbe_id", flat=True))
    raisons: defaultdict[frozenset[uuid.UUID], list[Phrase]] = defaultdict(list)
    for sorte, groupe, raison in _list_groupes([d for d in dossiers if d.pk not in fondus]):
        for un, autre in combinations(groupe, 2):
            if frozenset((un.pk, autre.pk)) not in vus and (sorte != "domaine" or _shares_mot(un, autre)):
                raisons[frozenset((un.pk, autre.pk))].append(raison)
    par_cle = {d.pk: d for d in dossiers}
    doublons = []
    for paire, siennes in raisons.items():
        un, autre = sorted((par_cle[cle] for cle in paire), key=lambda d: d.reference)
        if not (un.siren and autre.siren and un.siren != autre.siren):
            doublons.append(Doublon(un, autre, tuple(siennes)))
    doublons.sort(key=lambda d: (-len(d.raisons), d.garde.reference))
    return _drop_eloignes(doublons[:PAIRES_MONTREES])


def _shares_mot(un: Dossier, autre: Dossier) -> bool:
    """Whether two names share a telling word: many customers may write from one domain."""
    return bool(list_mots_du_nom(un.debiteur_nom) & list_mots_du_nom(autre.debiteur_nom))


def _list_groupes(dossiers: Sequence[Dossier]) -> Iterator[tuple[str, list[Dossier], Phrase]]:
    groupes: defaultdict[tuple[object, ...], list[Dossier]] = defaultdict(list)
    for dossier in dossiers:
        domaine = dossier.courriel.rpartition("@")[2].lower()
        signes = [
            ("siren", dossier.siren, phrase("même SIREN {valeur}", valeur=dossier.siren)),
            ("iban", dossier.iban, phrase("même compte bancaire {valeur}", valeur=dossier.iban)),
            ("nom", list_mots_du_nom(dossier.debiteur_nom), phrase("noms presque pareils")),
            (
                "domaine",
                "" if domaine in _DOMAINES_COMMUNS else domaine,
                phrase("adresses électroniques du même domaine {valeur}", valeur=domaine),
            ),
        ]
        for sorte, valeur, raison in signes:
            if valeur:
                groupes[dossier.creancier_id, sorte, valeur, raison].append(dossier)
    for (_, sorte, _, raison), groupe in groupes.items():
        if 1 < len(groupe) <= _TAILLE_D_UN_GROUPE and isinstance(raison, Phrase):
            yield str(sorte), groupe, raison


def _drop_eloignes(doublons: Sequence[Doublon]) -> list[Doublon]:
    """Drop those who are alike by their name alone and live at different postcodes."""
    par_nom = [d for d in doublons if str(d.raisons[0]) == str(phrase("noms presque pareils")) and len(d.raisons) == 1]
    etats = load_etats([d for paire in par_nom for d in (paire.garde, paire.absorbe)])

    def read_code(dossier: Dossier) -> str:
        etat = etats.get(dossier.pk)
        return etat.debiteur.adresse.code_postal if etat else ""

    eloignes = {id(d) for d in par_nom if len({read_code(d.garde), read_code(d.absorbe)} - {""}) > 1}
    return [d for d in doublons if id(d) not in eloignes]


def keep_distincts(garde: Dossier, absorbe: Dossier, auteur: str) -> MemeClient:
    """Note that two dossiers are of two customers: they are not proposed again."""
    return _note(garde, absorbe, auteur, distincts=True)


def reconsider(meme: MemeClient, auteur: str) -> None:
    """Take back that two dossiers are of two customers: they are proposed again while they are alike."""
    meme.separe_le, meme.separe_par = horloge.now(), auteur
    meme.save(update_fields=["separe_le", "separe_par"])


def merge_dossiers(garde: Dossier, absorbe: Dossier, auteur: str) -> MemeClient:
    """Bring all that a dossier holds into another of the same creditor, and send there what later files say of it.

    Nothing is erased: its facts are cancelled there and written again here, with their days. Raises ErreurExigible when
    it holds what was made against one debtor, or the same invoice number as the other.
    """
    if garde.pk == absorbe.pk or garde.creancier_id != absorbe.creancier_id:
        raise ErreurExigible("regroupement_impossible", phrase("Choisissez deux dossiers du même créancier."))
    with transaction.atomic():
        lock_chaines([garde.chaine_id, absorbe.chaine_id])
        if MemeClient.objects.filter(
            Q(absorbe__in=(garde, absorbe)) | Q(garde=absorbe), distincts=False, separe_le__isnull=True
        ).exists():
            raise ErreurExigible("deja_regroupe", phrase("L'un de ces dossiers est déjà regroupé avec un autre."))
        siens, autres = read_inscriptions(absorbe.chaine), read_inscriptions(garde.chaine)
        a_deplacer = [i for i in list_effectives(siens, date.max) if not isinstance(i.fait, f.DebiteurDecrit)]
        _check(absorbe, a_deplacer, autres)
        annules = [i.rang for i in split_tenues(siens) if not isinstance(i.fait, f.DebiteurDecrit | f.FaitAnnule)]
        jour = horloge.today()
        motif = f.FaitAnnule(motif=f"regroupé avec le dossier {garde.reference}")
        copies = [FaitAEcrire(i.fait, i.date_effet) for i in a_deplacer if isinstance(i.fait, f.Fait)]
        retraits = [FaitAEcrire(motif, jour, rang) for rang in annules]
        meme = _note(garde, absorbe, auteur, distincts=False)
        lots = [(garde.chaine, copies), (absorbe.chaine, retraits)]
        ecrits = record_lots([lot for lot in lots if lot[1]], auteur)
        meme.ecrits = {str(lot.chaine.pk): [m.rang for m in lot.maillons] for lot in ecrits}
        meme.save()
    return meme


def separate(meme: MemeClient, auteur: str) -> None:
    """Undo a merging: each invoice goes back to its dossier. Raises ErreurExigible when something since rests on it."""
    with transaction.atomic():
        lock_chaines([meme.garde.chaine_id, meme.absorbe.chaine_id])
        meme = MemeClient.objects.select_related("garde__chaine", "absorbe__chaine").get(pk=meme.pk)
        if meme.separe_le is not None:
            raise ErreurExigible("deja_separe", phrase("Ces dossiers sont déjà séparés."))
        copies = set(meme.ecrits.get(str(meme.garde.chaine_id), ()))
        inscriptions = read_inscriptions(meme.garde.chaine)
        noms = list_noms(i for i in inscriptions if i.rang in copies)
        depuis = [i for i in list_effectives(inscriptions, date.max) if i.rang not in copies]
        if any(rests_on(i, noms, copies) for i in depuis):
            raise ErreurExigible(
                "regroupement_utilise",
                phrase("Des inscriptions faites depuis s'appuient sur ce regroupement : annulez-les d'abord."),
            )
        motif = f.FaitAnnule(motif=f"dossiers {meme.garde.reference} et {meme.absorbe.reference} séparés")
        jour = horloge.today()
        lots = [
            (chaine, [FaitAEcrire(motif, jour, rang) for rang in meme.ecrits.get(str(chaine.pk), ())])
            for chaine in (meme.garde.chaine, meme.absorbe.chaine)
        ]
        record_lots([lot for lot in lots if lot[1]], auteur)
        meme.separe_le, meme.separe_par = horloge.now(), auteur
        meme.save()


def _check(absorbe: Dossier, a_deplacer: Sequence[Inscription], autres: Sequence[Inscription]) -> None:
    if any(_is_attache(i) for i in a_deplacer):
        raise ErreurExigible(
            "dossier_engage",
            phrase(
                "Le dossier {reference} a déjà des courriers, un plan, une procédure ou un virement rapproché : ils ne "
                "peuvent pas changer de dossier. Laissez ces deux dossiers séparés.",
                reference=absorbe.reference,
            ),
        )
    cles = {i.fait.cle for i in autres if isinstance(i.fait, f.CreanceNee)}
    communs = [i.fait.numero for i in a_deplacer if isinstance(i.fait, f.CreanceNee) and i.fait.cle in cles]
    if communs:
        raise ErreurExigible(
            "facture_commune",
            phrase("La facture {numero} est dans les deux dossiers : corrigez-la d'abord.", numero=communs[0]),
        )


def _is_attache(inscription: Inscription) -> bool:
    fait = inscription.fait
    return not isinstance(fait, _DEPLACABLES) or (isinstance(fait, f.PaiementRecu) and bool(fait.mouvement))


def _note(garde: Dossier, absorbe: Dossier, auteur: str, *, distincts: bool) -> MemeClient:
    return MemeClient.objects.create(
        cabinet_id=garde.cabinet_id,
        creancier_id=garde.creancier_id,
        garde=garde,
        absorbe=absorbe,
        distincts=distincts,
        auteur=auteur,
        fait_le=horloge.now(),
    )
