"""What the petition says: the ground, its six months, the claim that will be declared (C. com. L622-26)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_phrase
from exigible.actes.vocabulaire.collective import (
    compute_fin_de_declaration,
    compute_passif,
    describe_passif,
    propose_collective,
    read_jour,
    write_procedure,
)
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import describe_instance, explain_pieces, list_lignes_saisies
from exigible.dossier.etat import EtatDossier

_REGLE = "PC14b"
_FRAIS = "statuer ce que de droit sur les frais de l'instance, que le créancier défaillant supporte en principe"
_FRAIS_DU_DEBITEUR = (
    "dire que les frais de l'instance seront supportés par le débiteur, qui n'a pas mentionné la créance sur sa liste"
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Tell the judgment, its publication and its agent."""
    return propose_collective(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the petition; past the six months it is only a draft. Raises what `compute_passif` raises."""
    passif = compute_passif(demande)
    depart = read_jour(demande, "avertissement_recu") or read_jour(demande, "publication")
    terme = compute_terme(get_regle("PC", _REGLE), depart) if depart else None
    fin = compute_fin_de_declaration(demande, depart)
    tot = fin is not None and fin >= demande.etat.au
    tard = terme is not None and terme < demande.etat.au
    omis = demande.reponses.get("motif") == "omission"
    vocabulaire = Vocabulaire(
        {
            "la_procedure": write_procedure(demande.reponses.get("procedure")),
            "terme": format_date_longue(terme) if terme else commun.valeurs["publication"],
            "demande_de_frais": write_phrase(_FRAIS_DU_DEBITEUR if omis else _FRAIS),
        },
        {},
        {
            "mandataire_partie": (
                Partie("Mandataire judiciaire ou liquidateur", list_lignes_saisies(demande, commun, "mandataire")),
            ),
        },
    )
    passe = write_phrase(
        "le délai de six mois est passé : seule l'impossibilité de connaître l'obligation du débiteur l'écarterait "
        "(C. com. L622-26)"
    )
    ouvert = write_phrase(
        "le délai de déclaration n'est pas passé : la créance se déclare encore, sans relevé de forclusion "
        "(C. com. L622-24)"
    )
    return Contexte(
        describe_instance(demande).add(describe_passif(passif)).add(vocabulaire),
        juridiction=("À Madame ou Monsieur le juge-commissaire", commun.valeurs["tribunal"]),
        sous_titre=write_phrase("Article L622-26 du code de commerce"),
        montant=passif.total,
        projet=(
            *((passe,) if tard else ()),
            *((ouvert,) if tot else ()),
            *explain_pieces(demande, "C. com. R622-23"),
        ),
    )
