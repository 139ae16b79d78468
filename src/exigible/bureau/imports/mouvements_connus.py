"""Bank lines that are already known: under their key, under the key of before, or from a statement of another kind."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.models import Importation
from exigible.bureau.journal.conversion import to_domaine
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.dossier.journal import get_type, read_inscription
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import MouvementLu

DEJA_AUTREMENT = phrase("déjà connue par un autre relevé : mêmes compte, jour, montant et référence")
PEUT_ETRE = phrase(
    "un autre relevé donne une opération des mêmes compte, jour et montant, dite autrement : vérifiez que ce n'est pas "
    "la même"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a line: its key, whether it is there already, and why when it does not go without saying."""

    cle: str
    connu: bool
    raison: Phrase | None = None


@dataclass(frozen=True, slots=True)
class _Connu:
    cle: str
    jour: date
    montant: Decimal
    iban: str
    reference: str
    libelle: str
    contrepartie: str


def recognise_mouvements(
    creancier: Creancier, mouvements: Sequence[MouvementLu], nom_format: str | None, piece: str
) -> list[Verdict]:
    """Recognise the lines of a statement, in its order; each known line is found once at most.

    They may be a part of those of a file, as long as all those of a same day and amount are there: nothing else of the
    file bears on them. `nom_format`: of the statement. Another kind of statement names the same line otherwise (a
    notification, CAMT.054, then the statement itself, CAMT.053): the same reference makes it the same line, the day and
    amount alone a doubt; what the same drop (`piece`, SHA-256) brought is never another kind.
    """
    cles = make_cles(mouvements)
    connus = _read_connus(creancier, {(m.date, m.montant) for m in mouvements})
    anciennes = _index_anciennes(connus)
    pris: set[str] = set()
    verdicts: list[Verdict | None] = [None] * len(mouvements)
    for place, (cle, mouvement) in enumerate(zip(cles, mouvements, strict=True)):
        for connue in (cle, *_list_anciennes(mouvement, anciennes)):
            trouve = connus.get(connue) if connue not in pris else None
            if trouve and (connue == cle or (trouve.jour, trouve.montant) == (mouvement.date, mouvement.montant)):
                pris.add(connue)
                verdicts[place] = Verdict(cle, connu=True)
                break
    restants = {cle: connu for cle, connu in connus.items() if cle not in pris}
    autres = _keep_autres_sortes(creancier, restants, nom_format, piece)
    for place, mouvement in enumerate(mouvements):
        if verdicts[place] is None:
            verdicts[place] = _compare(cles[place], mouvement, autres)
    return [v for v in verdicts if v is not None]


def make_cles(mouvements: Sequence[MouvementLu]) -> list[str]:
    """Name each movement by the bank's reference, day and amount, else by what it says, and its rank among equals.

    A bank may give the same reference to several movements, or start again from one in each file.
    """
    vues: Counter[str] = Counter()
    cles = []
    for m in mouvements:
        if m.identifiant:
            dit = [m.compte or "", m.identifiant, m.date.isoformat(), str(m.montant)]
        else:
            valeur = m.date_valeur.isoformat() if m.date_valeur else ""
            dit = [m.compte or "", m.date.isoformat(), valeur, str(m.montant), m.devise, m.libelle]
            dit += [m.reference or "", m.contrepartie or "", m.iban or ""]
        cle = _hash(dit)
        vues[cle] += 1
        cles.append(cle if vues[cle] == 1 else f"{cle}-{vues[cle]}")
    return cles


def _hash(dit: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(dit).encode()).hexdigest()[:32]


def _index_anciennes(connus: Iterable[str]) -> dict[str, list[str]]:
    """Give known keys by what they begin with: a journal of before has the bank's reference alone, and a rank."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for cle in sorted(connus, key=lambda cle: (len(cle), cle)):
        index[cle.partition("-")[0]].append(cle)
    return index


def _list_anciennes(mouvement: MouvementLu, index: Mapping[str, list[str]]) -> list[str]:
    """List the known keys under which journals of before may hold it."""
    if not mouvement.identifiant:
        return []
    return index.get(_hash([mouvement.compte or "", mouvement.identifiant]), [])


def _read_connus(creancier: Creancier, semblables: AbstractSet[tuple[date, Decimal]]) -> dict[str, _Connu]:
    """Read the known lines of these days and amounts, by their key."""
    champs = ("cle", "date", "montant", "iban", "reference", "libelle", "contrepartie")
    lignes = Mouvement.objects.filter(creancier=creancier, **_bound([jour for jour, _ in semblables], "date"))
    if len({jour for jour, _ in semblables}) == 1:
        lignes = lignes.filter(**_bound([montant for _, montant in semblables], "montant"))
    lues = (_Connu(*ligne) for ligne in lignes.values_list(*champs).iterator(chunk_size=2000))
    return {connu.cle: connu for connu in lues if (connu.jour, connu.montant) in semblables}


def _bound(valeurs: Sequence[Any], champ: str) -> dict[str, Any]:
    return {f"{champ}__gte": min(valeurs), f"{champ}__lte": max(valeurs)}


def _keep_autres_sortes(
    creancier: Creancier, connus: Mapping[str, _Connu], nom_format: str | None, piece: str
) -> dict[tuple[date, Decimal], list[_Connu]]:
    """Keep, of the lines that nothing found, those that a statement of another kind brought.

    Within one kind, two lines alike are two: a bank names its lines.
    """
    autres: defaultdict[tuple[date, Decimal], list[_Connu]] = defaultdict(list)
    if connus:
        siennes = _list_de_meme_sorte(creancier, [c.jour for c in connus.values()], nom_format, piece)
        for connu in connus.values():
            if connu.cle not in siennes:
                autres[connu.jour, connu.montant].append(connu)
    return autres


def _list_de_meme_sorte(
    creancier: Creancier, jours: Sequence[date], nom_format: str | None, piece: str
) -> frozenset[str]:
    """List the keys of the lines of these days that a statement of this kind, or this very file, brought."""
    fichiers = dict(
        Importation.objects.filter(creancier=creancier, piece__isnull=False).values_list("piece__sha256", "format")
    )
    types = get_type(MouvementConstate(mouvement="", iban="", montant=Decimal(0)))
    lignes = Maillon.objects.filter(chaine=creancier.chaine_id, type=types, **_bound(jours, "date_effet"))
    faits = (read_inscription(to_domaine(ligne)).fait for ligne in lignes.select_related("contenu").iterator(2000))
    return frozenset(
        fait.mouvement
        for fait in faits
        if isinstance(fait, MouvementConstate) and (fait.piece == piece or fichiers.get(fait.piece, "") == nom_format)
    )


def _compare(cle: str, mouvement: MouvementLu, autres: dict[tuple[date, Decimal], list[_Connu]]) -> Verdict:
    candidats = autres.get((mouvement.date, mouvement.montant), [])
    siens = [c for c in candidats if not (c.iban and mouvement.compte and c.iban != mouvement.compte)]
    for connu in siens:
        if _shares_reference(mouvement, connu):
            candidats.remove(connu)
            return Verdict(cle, connu=True, raison=DEJA_AUTREMENT)
    if siens:
        candidats.remove(siens[0])
        return Verdict(cle, connu=False, raison=PEUT_ETRE)
    return Verdict(cle, connu=False)


def _shares_reference(mouvement: MouvementLu, connu: _Connu) -> bool:
    """Whether both say the same reference, or the same label of the same payer."""
    dites = {normalize(t) for t in (mouvement.reference, mouvement.bout_en_bout, mouvement.identifiant) if t}
    if dites & {normalize(t) for t in (connu.reference, connu.libelle) if t}:
        return True
    payeur, libelle = normalize(mouvement.contrepartie or ""), normalize(mouvement.libelle)
    return bool(payeur and libelle) and (payeur, libelle) == (normalize(connu.contrepartie), normalize(connu.libelle))
