"""Claims that the books keep apart: doubtful (416), carried by a bill (413). Held until later books bring them back."""

from __future__ import annotations

from datetime import date

from exigible.bureau.imports.connu import Cible
from exigible.bureau.journal.services import FaitAEcrire
from exigible.dossier.faits import SuspensionDecidee, SuspensionLevee
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CreanceLue

_MOTIFS: dict[str, Phrase] = {
    "416": phrase("client douteux (416)"),
    "413": phrase("effet en circulation (413)"),
}
_RETOUR = "revenue au compte client (411)"
_PLUS_RECENTE = phrase("absente d'une comptabilité plus récente : payée ? À vérifier avant de relancer")


def find_prefixe(lue: CreanceLue) -> str:
    """Give the account by which a claim is kept apart, or nothing."""
    return next((prefixe for prefixe in _MOTIFS if (lue.compte or "").startswith(prefixe)), "")


def is_avance_sans_client(lue: CreanceLue) -> bool:
    """Whether it is an advance that the books hold for nobody in particular."""
    return lue.nature == "acompte" and (lue.compte or "").startswith("4191")


def hold(cible: Cible, cle: str, lue: CreanceLue, jour: date) -> Phrase | None:
    """Hold a claim kept apart, from the day of the import; what a person lifted or cancelled is not said again."""
    prefixe = find_prefixe(lue)
    racine = f"part-{prefixe}-{lue.numero}"
    dites = cible.list_suspensions(racine)
    if dites and not cible.is_levee(dites[-1], _RETOUR):
        return None
    rang = "" if not dites else f"-{len(dites) + 1}"
    motif = _MOTIFS[prefixe]
    fait = SuspensionDecidee(cle=f"{racine}{rang}", motif=str(motif), creances=(cle,))
    cible.add(FaitAEcrire(fait, jour))
    return phrase("ne sera pas relancée : {motif}", motif=motif)


def lift(cible: Cible, lue: CreanceLue, jour: date) -> Phrase | None:
    """Lift what held a claim that is back among those of ordinary customers."""
    levees = [
        cle
        for prefixe in _MOTIFS
        for cle in cible.list_suspensions(f"part-{prefixe}-{lue.numero}")
        if cible.is_active(cle)
    ]
    for cle in levees:
        cible.add(FaitAEcrire(SuspensionLevee(suspension=cle, motif=_RETOUR), jour))
    return phrase("revenue au compte client (411) : les relances reprennent") if levees else None


def hold_absente(cible: Cible, cle: str, numero: str, jour: date) -> None:
    """Hold a claim that older books leave open and newer ones do not know."""
    fait = SuspensionDecidee(cle=f"absente-{numero}", motif=str(_PLUS_RECENTE), creances=(cle,))
    cible.add(FaitAEcrire(fait, jour))
