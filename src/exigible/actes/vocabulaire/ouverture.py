"""What a creditor's summons to open an insolvency says: the court, the hearing, what is owed, the officer's place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import add_sommes
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.dette import compute_dette, describe_dette
from exigible.actes.vocabulaire.instance import (
    FRANCE,
    describe_instance,
    explain_pieces,
    propose_tribunal,
    write_tribunal,
)
from exigible.actes.vocabulaire.parties import is_debiteur_moral
from exigible.actes.vocabulaire.titres import find_collective, refuse_collective, write_titre
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import add_mois, format_jour
from exigible.droit.phrase import phrase

_TRIBUNAUX = frozenset({"commerce", "activites_economiques", "judiciaire", "chambre_commerciale"})
_REPRESENTATIONS = {
    "judiciaire": "la représentation devant le tribunal judiciaire (C. com. R662-2) n'est lue qu'en son état de 2008",
    "chambre_commerciale": "la représentation devant la chambre commerciale d'Alsace-Moselle n'a pas été lue",
}
_AN = 12


def propose_ouverture(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court when the rules of jurisdiction do."""
    tribunal = propose_tribunal(etat)
    return tribunal if tribunal.get("tribunal") in _TRIBUNAUX else {}


def build_ouverture(demande: Demande, commun: Vocabulaire, article: str) -> Contexte:
    """Gather the summons; `article`: what it rests on.

    Raises ErreurExigible (`acte_refuse`) when nothing is due, or when an insolvency is already open.
    """
    refuse_collective(demande.etat)
    sommes = compute_dette(demande)
    if not sommes:
        raise ErreurExigible(
            "acte_refuse",
            phrase("Aucune somme n'est échue et impayée : rien ne fonde l'ouverture d'une procédure."),
            article="C. com. L631-5",
        )
    titres = [t for t in demande.etat.titres if t.effectif]
    accessoires = frozenset(c.cle for t in demande.etat.titres for c in t.chefs if c.chef is None)
    tribunal = str(demande.reponses.get("tribunal", ""))
    nom = write_tribunal(tribunal, commun.valeurs["siege"]) if tribunal else commun.valeurs["siege"]
    etranger = demande.etat.creancier.description.adresse.pays not in {"", FRANCE}
    vocabulaire = Vocabulaire(
        {
            "le_tribunal": nom,
            "et_decisions": " et décisions" if titres else "",
            "les_titres": " ; ".join(write_titre(t) for t in titres),
        },
        {
            "avec_titre": bool(titres),
            "creancier_a_l_etranger": etranger,
            "assigne_moral": is_debiteur_moral(demande.etat),
            "contestee": any(c.conteste > 0 for c in demande.etat.creances),
        },
        {
            "date_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification"),),
            "officier": (ARemplir("Commissaire de justice : nom, prénoms, adresse de l’étude", 2),),
            "signature_officier": (
                Signatures((("Le commissaire de justice", "nom, prénoms, demeure, date, signature"),)),
            ),
            "remise": (ARemplir("Remise de l’acte : à qui, où, comment ; coût de l’acte", 2),),
        },
    )
    return Contexte(
        describe_instance(demande).add(describe_dette(demande, sommes, accessoires)).add(vocabulaire),
        juridiction=(write_phrase("Devant le {nom}", nom=nom),),
        sous_titre=article,
        montant=add_sommes(sommes).total,
        projet=(*explain_pieces(demande, "CPC 56"), *_explain_tribunal(tribunal), *_explain_jours(demande)),
    )


def _explain_tribunal(tribunal: str) -> tuple[str, ...]:
    """Say what was not read about a court that is not the commercial one."""
    raison = _REPRESENTATIONS.get(tribunal)
    return (write_phrase(raison),) if raison else ()


def _explain_jours(demande: Demande) -> tuple[str, ...]:
    """Say why a summons would come too late: its hearing is past, or the debtor ceased trading over a year ago."""
    raisons = []
    audience, cessation = demande.reponses.get("audience"), demande.reponses.get("cessation_activite")
    if isinstance(audience, date) and audience <= demande.etat.au:
        raisons.append(write_phrase("l'audience du {jour} est passée", jour=format_jour(audience)))
    if isinstance(cessation, date) and add_mois(cessation, _AN) < demande.etat.au:
        raisons.append(
            write_phrase("plus d'un an s'est écoulé depuis la radiation ou la cessation d'activité (C. com. L631-5)")
        )
    anciennes = find_collective(demande.etat)
    if anciennes is not None:
        raisons.append(write_phrase("une procédure collective a déjà été ouverte contre ce débiteur"))
    return tuple(raisons)
