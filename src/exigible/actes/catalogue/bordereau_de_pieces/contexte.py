"""The exhibits and their digests; a list of nothing is refused."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Etiquettes, Signatures
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.actes.vocabulaire.assignation import find_procedure
from exigible.actes.vocabulaire.blocs import list_signataire
from exigible.actes.vocabulaire.instance import describe_instance
from exigible.dossier.etat import EtatDossier
from exigible.droit.competence import LIBELLES
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_GROUPE = 8


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court and the number of the last case brought."""
    procedure = find_procedure(etat, "FOND", "REFERE", "IP")
    if procedure is None:
        return {}
    ouverture, juridiction = procedure.situation.ouverture, procedure.situation.juridiction
    reponses = {
        "juridiction": f"{LIBELLES[juridiction]} de {ouverture.lieu}" if juridiction and ouverture.lieu else "",
        "numero": ouverture.reference,
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the list. Raises ErreurSaisie (`pieces_absentes`)."""
    pieces = demande.pieces
    if not pieces:
        raise ErreurSaisie(
            "pieces_absentes", phrase("Un bordereau énumère des pièces : choisissez-en au moins une."), "pieces"
        )
    empreintes = tuple(
        Etiquette(write_phrase("Pièce n° {numero}", numero=str(p.numero)), _cut(p.sha256)) for p in pieces if p.sha256
    )
    instance = describe_instance(demande, coobliges=demande.reponses.get("coobliges") is True)
    combien = "pièce" if len(pieces) == 1 else "pièces"
    vocabulaire = Vocabulaire(
        {
            "nombre_de_pieces": write_phrase("{n} {pieces}", n=str(len(pieces)), pieces=combien),
            "a_qui": commun.valeurs["destinataire"] or instance.valeurs["les_debiteurs"],
        },
        {"empreintes": bool(empreintes)},
        {
            "empreintes": (Etiquettes(empreintes),) if empreintes else (),
            "signature_du_bordereau": (_sign(demande),),
            "recu": (ARemplir(write_phrase("Pièces reçues : date, nom et signature du destinataire"), 2),),
        },
    )
    juridiction = commun.valeurs["juridiction"]
    return Contexte(
        instance.add(vocabulaire),
        juridiction=(juridiction,) if juridiction else (),
        preuves={"intitules": tuple(clean_texte(p.intitule) for p in pieces)},
    )


def _sign(demande: Demande) -> Signatures:
    """Whoever communicates the exhibits: the lawyer when there is one (CPC 766)."""
    avocat = demande.reponses.get("avocat")
    return Signatures(((str(avocat).split(",", maxsplit=1)[0],) if avocat else list_signataire(demande),))


def _cut(sha256: str) -> str:
    """By groups of eight, to be compared by eye."""
    return " ".join(sha256[i : i + _GROUPE] for i in range(0, len(sha256), _GROUPE))
