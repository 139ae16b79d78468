"""The formal notice, from the dossier to the bytes that a person reads and approves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from exigible.actes.acte import ActeRendu
from exigible.actes.lettre import write_texte
from exigible.actes.mise_en_demeure.contexte import build_demande, build_lettre
from exigible.actes.mise_en_demeure.controle import PAQUET, check_lettre
from exigible.actes.mise_en_demeure.parametres import Demande
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie


def render_mise_en_demeure(
    etat: EtatDossier,
    creances: Sequence[str],
    *,
    reference: str = "",
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
    logo: bytes | None = None,
) -> ActeRendu:
    """Make the formal notice of `etat.au` for the claims named (keys). Same arguments, same bytes.

    `reference` is what the debtor must quote; `delai_jours` counts from the first presentation (C. civ. 1344), or from
    the receipt when no presentation can be proved; none given: 8 for a professional or a public buyer, 15 for anybody
    else. What is disputed is left out. `logo`: the bytes of a PNG or JPEG image, printed in the letterhead.
    Raises ErreurExigible: `acte_refuse` when a rule forbids it, with the article; `caractere_non_imprimable`;
    `logo_illisible`; and ErreurSaisie: `creance_inconnue`, `creances_absentes`, `delai_invalide`, `iban_invalide`,
    `logo_*`.
    """
    demande = build_demande(etat, creances, reference=reference, canal=canal, delai_jours=delai_jours)
    lettre, du_paiement = build_lettre(demande, logo)
    manquements = check_lettre(demande, lettre)
    pdf = compile_pdf(PAQUET, lettre, etat.au)
    return ActeRendu(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        texte=write_texte(lettre),
        montant=demande.totaux.total,
        delai_jours=demande.delai_jours,
        destinataire="\n".join(lettre.destinataire),
        creances=tuple(somme.cle for somme in demande.sommes),
        manquements=manquements,
        avertissements=tuple(dict.fromkeys((*etat.avertissements, *du_paiement, *_list_avertissements(demande)))),
    )


def _list_avertissements(demande: Demande) -> list[Avertissement]:
    """What the person who approves must know, beside what the statement already says."""
    avertissements = [*demande.etat.regime.avertissements, *demande.avertissements_cites]
    creancier = demande.etat.creancier.description
    if demande.qualite is QualitePartie.CONSOMMATEUR and not clean_texte(creancier.mediateur):
        avertissements.append(
            Avertissement(
                "mediateur_absent",
                phrase(
                    "Aucun médiateur de la consommation n'est enregistré : la lettre annonce qu'il sera "
                    "communiqué sur demande. Indiquez-le dans les réglages (C. conso. L616-1)."
                ),
            )
        )
    if demande.canal in {ModeEnvoi.LETTRE_SIMPLE, ModeEnvoi.LETTRE_SUIVIE}:
        avertissements.append(
            Avertissement(
                "reception_a_prouver",
                phrase(
                    "Une lettre simple ou suivie ne prouve pas sa remise au débiteur : le délai court de "
                    "la réception, que vous devrez établir. La lettre recommandée avec avis de réception "
                    "évite cette preuve."
                ),
            )
        )
    for somme in demande.sommes:
        numero = clean_texte(somme.numero)
        avertissements += [
            Avertissement(
                "creance_suspendue",
                phrase("Facture {numero} : {raison}", numero=numero, raison=suspension.phrase),
                {"numero": numero},
            )
            for suspension in somme.etat.suspensions
        ]
    return avertissements
