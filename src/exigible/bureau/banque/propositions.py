"""Give the matching what the projections know, and read what it proposes. Nothing is written here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import F, Q

from exigible.bureau.banque.models import Mouvement, NatureMouvement, StatutMouvement
from exigible.bureau.banque.prelevements import load_prelevements
from exigible.bureau.tiers.models import Creance, Creancier, Dossier, Paiement
from exigible.dossier.etat import Stade
from exigible.dossier.rapprochement.donnees import (
    Encaissement,
    LigneBancaire,
    Payeur,
    PosteOuvert,
    Proposition,
    to_centimes,
)
from exigible.dossier.rapprochement.essais import ECART_DE_DATES
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne, match_lignes
from exigible.dossier.rapprochement.retours import DELAI_MAX
from exigible.dossier.texte import normalize

POSTES_LUS_MAX = 10_000
"""Up to this many open claims, one line is matched against all of them; beyond, against those a clue designates."""
_MOT_UTILE = 3


def propose_tout(creancier: Creancier) -> list[tuple[Mouvement, Proposition]]:
    """Propose for every open credit of a creditor, the oldest first."""
    mouvements = list(_list_ouverts(creancier).filter(nature=NatureMouvement.CREDIT).order_by("date", "cle"))
    if not mouvements:
        return []
    propositions = match_lignes([read_ligne(m) for m in mouvements], _load_index(creancier.pk, mouvements))
    return [(m, propositions[m.cle]) for m in mouvements]


def propose(mouvement: Mouvement) -> Proposition:
    """Propose for one line, whatever the others."""
    dossiers = None
    ouvertes = _list_creances(mouvement.creancier_id)
    if mouvement.nature == NatureMouvement.CREDIT and ouvertes.count() > POSTES_LUS_MAX:
        dossiers = _list_designes(mouvement)
    return match_ligne(read_ligne(mouvement), _load_index(mouvement.creancier_id, [mouvement], dossiers))


def read_ligne(mouvement: Mouvement) -> LigneBancaire:
    """Give what is left of a line as the matching reads it."""
    return LigneBancaire(
        cle=mouvement.cle,
        jour=mouvement.date,
        centimes=to_centimes(mouvement.reste),
        devise=mouvement.devise,
        libelle=mouvement.libelle,
        reference=mouvement.reference,
        contrepartie=mouvement.contrepartie,
        iban=mouvement.iban_contrepartie,
        bout_en_bout=mouvement.bout_en_bout,
        operation=mouvement.operation,
        motif_retour=mouvement.motif_retour,
        extourne=mouvement.extourne,
    )


def _list_ouverts(creancier: Creancier) -> Any:
    return Mouvement.objects.filter(creancier=creancier, statut=StatutMouvement.A_RAPPROCHER)


def _list_creances(creancier: uuid.UUID) -> Any:
    return Creance.objects.filter(dossier__creancier=creancier).exclude(stade=Stade.SOLDEE.value)


def _load_index(
    creancier: uuid.UUID, mouvements: Collection[Mouvement], dossiers: Collection[uuid.UUID] | None = None
) -> Index:
    creances, payeurs = _list_creances(creancier), Dossier.objects.filter(creancier=creancier)
    if dossiers is not None:
        creances, payeurs = creances.filter(dossier__in=dossiers), payeurs.filter(pk__in=dossiers)
    champs = ("dossier_id", "cle", "numero", "reste", "interets", "indemnites", "emission", "echeance")
    postes = []
    for dossier, cle, numero, reste, interets, indemnites, emission, echeance in creances.values_list(*champs):
        total = to_centimes(reste + interets + indemnites)
        if total > 0:
            # Once the principal is paid, what is left of the accessories is all there is to pay.
            postes.append(
                PosteOuvert(str(dossier), cle, numero, to_centimes(reste) or total, total, emission, echeance)
            )
    return Index(
        postes,
        [
            Payeur(str(cle), nom, (iban,), (reference,))
            for cle, nom, iban, reference in payeurs.values_list("pk", "debiteur_nom", "iban", "reference")
        ],
        _list_encaissements(creancier, mouvements),
        load_prelevements(creancier),
    )


def _list_encaissements(creancier: uuid.UUID, mouvements: Collection[Mouvement]) -> list[Encaissement]:
    """List what was matched before (whose accounts are known since), and what the books told around these days."""
    marge = DELAI_MAX if any(m.nature == NatureMouvement.RETOUR for m in mouvements) else ECART_DE_DATES
    debut, fin = min(m.date for m in mouvements) - marge, max(m.date for m in mouvements) + ECART_DE_DATES
    vivants: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    encaissements = []
    paiements = Paiement.objects.filter(dossier__creancier=creancier, rejete=False)
    siens = paiements.filter(Q(date__range=(debut, fin)) | ~Q(mouvement=""))
    for dossier, cle, jour, montant, mouvement, libelle in siens.values_list(
        "dossier_id", "cle", "date", "montant", "mouvement", "libelle"
    ):
        if mouvement:
            vivants[mouvement].append((str(dossier), cle))
        else:
            encaissements.append(Encaissement(((str(dossier), cle),), jour, to_centimes(montant), libelle=libelle))
    rapproches = Mouvement.objects.filter(creancier=creancier, nature=NatureMouvement.CREDIT).exclude(parts=[])
    encaissements += [
        Encaissement(
            tuple(sorted(vivants[m.cle])),
            m.date,
            to_centimes(m.montant),
            m.cle,
            m.libelle,
            m.reference,
            m.contrepartie,
            m.iban_contrepartie,
            m.bout_en_bout,
        )
        for m in rapproches.order_by("pk")
        if m.cle in vivants
    ]
    return encaissements


def _list_designes(mouvement: Mouvement) -> set[uuid.UUID]:
    """List the dossiers that a word, an account or an amount may designate: more than needed, never fewer."""
    textes = (mouvement.libelle, mouvement.reference, mouvement.contrepartie, mouvement.bout_en_bout)
    mots = {mot for mot in normalize(" ".join(textes)).split() if len(mot) >= _MOT_UTILE}
    critere = Q(echu=mouvement.reste) | Q(principal=mouvement.reste)
    if mouvement.iban_contrepartie:
        critere |= Q(iban=mouvement.iban_contrepartie)
    for mot in mots:
        critere |= Q(recherche__contains=mot)
    siens = Dossier.objects.filter(creancier=mouvement.creancier_id)
    designes = set(siens.filter(critere).values_list("pk", flat=True))
    creances = _list_creances(mouvement.creancier_id)
    totaux = creances.annotate(total=F("reste") + F("interets") + F("indemnites"))
    for exactes in (creances.filter(reste=mouvement.reste), totaux.filter(total=mouvement.reste)):
        designes |= set(exactes.values_list("dossier_id", flat=True))
    if mouvement.iban_contrepartie:
        meme_compte = Mouvement.objects.filter(
            creancier=mouvement.creancier_id, iban_contrepartie=mouvement.iban_contrepartie, dossier__isnull=False
        )
        designes |= set(meme_compte.values_list("dossier_id", flat=True))
    return designes
