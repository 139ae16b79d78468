"""Bank lines that are already known: under their key, under the key of before, or from a statement of another kind."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.models import Importation
from exigible.bureau.journal.lecture import cut_lots, read_journaux
from exigible.bureau.tiers.models import Creancier
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.dossier.journal import get_type
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
    creancier: Creancier, mouvements: Sequence[MouvementLu], nom_format: str | None
) -> list[Verdict]:
    """Recognise the lines of a statement, in its order; each known line is found once at most.

    `nom_format`: of the statement. Another kind of statement names the same line otherwise (a notification, CAMT.054,
    then the statement itself, CAMT.053): the same reference makes it the same line, the day and amount alone a doubt.
    """
    cles = make_cles(mouvements)
    jours = sorted({m.date for m in mouvements})
    connus = _read_connus(creancier, jours)
    pris: set[str] = set()
    verdicts: list[Verdict | None] = [None] * len(mouvements)
    for place, (cle, mouvement) in enumerate(zip(cles, mouvements, strict=True)):
        for connue in (cle, *_list_anciennes(mouvement, connus)):
            trouve = connus.get(connue) if connue not in pris else None
            if trouve and (connue == cle or (trouve.jour, trouve.montant) == (mouvement.date, mouvement.montant)):
                pris.add(connue)
                verdicts[place] = Verdict(cle, connu=True)
                break
    restants = {cle: connu for cle, connu in connus.items() if cle not in pris}
    autres = _keep_autres_sortes(creancier, restants, mouvements, nom_format)
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


def _list_anciennes(mouvement: MouvementLu, connus: dict[str, _Connu]) -> list[str]:
    """List the keys under which journals of before hold it: the bank's reference alone, and its rank among equals."""
    if not mouvement.identifiant:
        return []
    base = _hash([mouvement.compte or "", mouvement.identifiant])
    cles = [base]
    while cles[-1] in connus or len(cles) == 1:
        cles.append(f"{base}-{len(cles) + 1}")
    return cles


def _read_connus(creancier: Creancier, jours: Sequence[date]) -> dict[str, _Connu]:
    connus: dict[str, _Connu] = {}
    champs = ("cle", "date", "montant", "iban", "reference", "libelle", "contrepartie")
    for lot in cut_lots(jours):
        lignes = Mouvement.objects.filter(creancier=creancier, date__in=lot).values_list(*champs)
        connus |= {ligne[0]: _Connu(*ligne) for ligne in lignes}
    return connus


def _keep_autres_sortes(
    creancier: Creancier, connus: dict[str, _Connu], mouvements: Sequence[MouvementLu], nom_format: str | None
) -> dict[tuple[date, Decimal], list[_Connu]]:
    """Keep, of the lines that nothing found, those like one of the file and that a statement of another kind brought.

    Within one kind, two lines alike are two: a bank names its lines.
    """
    semblables = {(m.date, m.montant) for m in mouvements}
    restants = [c for c in connus.values() if (c.jour, c.montant) in semblables]
    autres: defaultdict[tuple[date, Decimal], list[_Connu]] = defaultdict(list)
    if restants:
        formats = _read_formats(creancier)
        for connu in restants:
            if formats.get(connu.cle) != nom_format:
                autres[connu.jour, connu.montant].append(connu)
    return autres


def _read_formats(creancier: Creancier) -> dict[str, str]:
    """Read what kind of statement brought each line, by the key of the line."""
    fichiers = dict(
        Importation.objects.filter(creancier=creancier, piece__isnull=False).values_list("piece__sha256", "format")
    )
    types = frozenset({get_type(MouvementConstate(mouvement="", iban="", montant=Decimal(0)))})
    lignes = read_journaux([creancier.chaine_id], types)[creancier.chaine_id]
    return {i.fait.mouvement: fichiers.get(i.fait.piece, "") for i in lignes if isinstance(i.fait, MouvementConstate)}


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
