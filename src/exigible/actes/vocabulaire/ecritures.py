"""What pleadings have in common: their rank, whether the proceedings are written, the hearing, who signs."""

from __future__ import annotations

from exigible.actes.document import Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import Reponse
from exigible.actes.typst.texte import write_phrase

TRIBUNAUX = frozenset(
    {"commerce", "activites_economiques", "judiciaire", "proximite", "protection", "chambre_commerciale"}
)


def describe_ecritures(
    commun: Vocabulaire, instance: Vocabulaire, *, rang: Reponse | None, avocat: Reponse | None
) -> Vocabulaire:
    """Name what pleadings say besides the words of a summons (`instance`). `rang`: 2 for the second ones."""
    ecrite = instance.faits["avocat_obligatoire"] and instance.faits["devant_judiciaire"]
    article = (
        "Article 768 du code de procédure civile" if ecrite else "Articles 446-1 et 446-2 du code de procédure civile"
    )
    return Vocabulaire(
        {
            "rang_ecrit": write_phrase(" récapitulatives n° {rang}", rang=str(rang)) if rang is not None else "",
            "sous_titre": write_phrase(article),
            "moyens_adverses_dits": commun.valeurs["moyens_adverses"].split("\n", maxsplit=1)[0],
        },
        {"procedure_ecrite": ecrite, "procedure_orale": not ecrite},
        {"signature_des_conclusions": (_sign(instance, avocat),)},
    )


def _sign(instance: Vocabulaire, avocat: Reponse | None) -> Signatures:
    """The lawyer signs when there is one; else whoever presents the pleadings."""
    if avocat:
        return Signatures(((str(avocat).split(",", maxsplit=1)[0],),))
    return next(bloc for bloc in instance.blocs["signataires"] if isinstance(bloc, Signatures))
