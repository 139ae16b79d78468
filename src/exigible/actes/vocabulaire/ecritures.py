"""What pleadings have in common: their rank, whether the proceedings are written, the hearing, who signs."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import Reponse
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import Saisine, describe_assignation, iter_plus
from exigible.actes.vocabulaire.chefs import build_chefs
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import (
    explain_clause_penale,
    explain_collective,
    explain_demandeur,
    explain_tribunal,
)

TRIBUNAUX = frozenset(
    {"commerce", "activites_economiques", "judiciaire", "proximite", "protection", "chambre_commerciale"}
)


def build_conclusions(demande: Demande, commun: Vocabulaire, *, depart_legal: str) -> Contexte:
    """Gather what pleadings say. `depart_legal`: from when legal interest runs on what bears none yet."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    chefs = build_chefs(demande, plus, depart_legal=depart_legal)
    instance = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    ecritures = _describe_ecritures(
        commun, instance, rang=demande.reponses.get("numero_conclusions"), avocat=demande.reponses.get("avocat")
    )
    return Contexte(
        instance.add(ecritures).add(Vocabulaire(blocs={"chefs": (chefs,)})),
        juridiction=(write_phrase("Devant {nom}", nom=instance.valeurs["le_tribunal"]),),
        sous_titre=ecritures.valeurs["sous_titre"],
        projet=(
            *explain_collective(demande),
            *explain_demandeur(demande),
            *explain_tribunal(demande, tribunal),
            *explain_clause_penale(demande, commun),
            *explain_pieces(demande, "CPC 768"),
        ),
    )


def _describe_ecritures(
    commun: Vocabulaire, instance: Vocabulaire, *, rang: Reponse | None, avocat: Reponse | None
) -> Vocabulaire:
    """Name what pleadings say besides the words of a summons (`instance`). `rang`: 2 for the second ones."""
    ecrite = instance.faits["avocat_obligatoire"] and instance.faits["devant_judiciaire"]
    article = (
        "Article 768 du code de procédure civile" if ecrite else "Articles 446-1 et 446-2 du code de procédure civile"
    )
    pouvoir = "853" if instance.faits["devant_consulaire"] else "762"
    return Vocabulaire(
        {
            "rang_ecrit": write_phrase(" récapitulatives n° {rang}", rang=str(rang)) if rang is not None else "",
            "sous_titre": write_phrase(article),
            "moyens_adverses_dits": commun.valeurs["moyens_adverses"].split("\n", maxsplit=1)[0],
            "article_du_pouvoir": write_phrase("article {article}", article=pouvoir),
        },
        {"procedure_ecrite": ecrite, "procedure_orale": not ecrite},
        {"signature_des_conclusions": (_sign(instance, avocat),)},
    )


def _sign(instance: Vocabulaire, avocat: Reponse | None) -> Signatures:
    """The lawyer signs when there is one; else whoever presents the pleadings."""
    if avocat:
        return Signatures(((str(avocat).split(",", maxsplit=1)[0],),))
    return next(bloc for bloc in instance.blocs["signataires"] if isinstance(bloc, Signatures))
