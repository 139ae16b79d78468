"""Messages to send and words to say: the courtesy note, the reminder and the call, worded by the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.conformite import describe_conformite
from exigible.actes.contexte import build_contexte
from exigible.actes.controle import check_conformite
from exigible.actes.demande import build_demande
from exigible.actes.document import AFaire, ARemplir, Etiquettes, Lettre, Titre
from exigible.actes.mentions import find_absentes
from exigible.actes.modele import get_modele
from exigible.actes.preparation import ActePrepare, list_valeurs, prepare_acte
from exigible.actes.sorties.texte import write_corps
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Etape
from exigible.droit.conformite import Manquement
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.referentiel import load_referentiel

_CNIL = "www.cnil.fr"


@dataclass(frozen=True, slots=True)
class Message:
    """A text to send or to say; `manquements` are the rules it breaks without being stopped by them."""

    objet: str
    texte: str
    montant: Decimal
    manquements: tuple[Manquement, ...] = ()


def write_relance(
    etat: EtatDossier, etape: Etape, creances: Sequence[str], *, reference: str = "", texte_saisi: str = ""
) -> Message:
    """The courtesy note (`Etape.COURTOISIE`, before the due date) or the reminder (`Etape.RELANCE`), as of `etat.au`.

    `texte_saisi` is what a person wrote instead of our text: the same rules read it.

    Only the principal is asked for. A professional or a public buyer is told of the penalties that run, unless they
    are waived; a consumer never is. Raises ErreurExigible (`acte_refuse`) when a rule forbids the message, or when a
    courtesy note would not come before the due date; ErreurSaisie (`etape_inconnue`, `creances_absentes`,
    `creance_inconnue`).
    """
    prepare = _prepare(etat, _choose(etat, etape, creances), creances, reference)
    manquements = check_texte(prepare, texte_saisi) if texte_saisi else prepare.manquements
    texte = texte_saisi or write_corps(prepare.document.blocs)
    return Message(_read_objet(prepare), texte, prepare.montant, manquements)


def write_script_appel(etat: EtatDossier, creances: Sequence[str]) -> Message:
    """What to say on the telephone. Nothing about the debt is said to anybody else.

    Raises as `write_relance`.
    """
    prepare = _prepare(etat, Etape.APPEL.value, creances, "")
    # The number, the headings and the form of the report are for paper: the office has its own.
    dits = [bloc for bloc in prepare.document.blocs if not isinstance(bloc, Titre | Etiquettes | AFaire | ARemplir)]
    return Message(_read_objet(prepare), write_corps(dits), prepare.montant, prepare.manquements)


def check_texte(prepare: ActePrepare, texte: str) -> tuple[Manquement, ...]:
    """Play the rules on what a person wrote in the place of a message. Raises ErreurExigible (`acte_refuse`)."""
    demande = prepare.demande
    commun = build_vocabulaire(demande)
    contexte = build_contexte(demande, commun)
    valeurs = list_valeurs(commun.add(contexte.vocabulaire), contexte.preuves)
    connues = load_referentiel().codes["mentions"]
    absentes = find_absentes(prepare.mentions, valeurs, texte)
    presentes = {m.code for m in prepare.mentions if m not in absentes and m.code in connues}
    if _CNIL in texte:
        # Whoever explains the personal data in his own words still says where to complain.
        presentes.add("rgpd_information")
    faits = {**describe_conformite(demande, prepare.document, sorted(presentes)), **contexte.conformite, "texte": texte}
    return check_conformite(faits, demande.modele.cibles, phrase("Ce message est refusé"))


def _choose(etat: EtatDossier, etape: Etape, creances: Sequence[str]) -> str:
    """The act of a step: a second reminder is firmer."""
    if etape is Etape.COURTOISIE:
        return "courtoisie"
    if etape is not Etape.RELANCE:
        raise ErreurSaisie(
            "etape_inconnue", phrase("L'étape « {etape} » n'a pas de message écrit.", etape=etape.value), "etape"
        )
    faites = {e for c in etat.creances if c.cle in creances for e, _ in c.etapes_faites}
    return "relance_2" if Etape.RELANCE in faites else "relance_1"


def _prepare(etat: EtatDossier, acte: str, creances: Sequence[str], reference: str) -> ActePrepare:
    return prepare_acte(build_demande(get_modele(acte), etat, creances=creances, reference=reference))


def _read_objet(prepare: ActePrepare) -> str:
    tete = prepare.document.tete
    return tete.objet if isinstance(tete, Lettre) else tete.intitule
