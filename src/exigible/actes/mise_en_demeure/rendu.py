"""The formal notice, from the dossier to the bytes that a person reads and approves."""

from __future__ import annotations

from collections.abc import Sequence

from exigible.actes.acte import ActeRendu
from exigible.actes.demande import build_demande
from exigible.actes.mise_en_demeure.delai import propose_delai
from exigible.actes.modele import get_modele
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.rendu import render_acte
from exigible.dossier.courriers import MISE_EN_DEMEURE
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi


def prepare_mise_en_demeure(
    etat: EtatDossier,
    creances: Sequence[str],
    *,
    reference: str = "",
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
    logo: bytes | None = None,
    signature: bytes | None = None,
) -> ActePrepare:
    """Write and check the formal notice of `etat.au` for the claims named (keys), without ink.

    `reference` is what the debtor must quote: without it, the debtor's account code, else the first invoice number.
    `delai_jours` counts from the first presentation (C. civ. 1344), or from the receipt when no presentation can be
    proved; none given: 8 for a professional or a public buyer, 15 for anybody else. What is disputed is left out.
    `logo`: the bytes of a PNG or JPEG image, printed in the letterhead; `signature`: those of a picture, where the
    creditor signs. Raises ErreurExigible: `acte_refuse` when a
    rule forbids it, with the article; and ErreurSaisie: `creance_inconnue`, `creances_absentes`, `delai_invalide`,
    `reponse_illisible`, `iban_invalide`, `logo_*`.
    """
    numeros = (c.creance.numero for c in etat.creances if c.cle in creances)
    delai = propose_delai(etat) if delai_jours is None else delai_jours
    return prepare_acte(
        build_demande(
            get_modele(MISE_EN_DEMEURE),
            etat,
            creances=creances,
            reference=reference or etat.debiteur.code or next(numeros, ""),
            saisies={"canal": canal.value, "delai_jours": str(delai)},
            logo=logo,
            signature=signature,
        )
    )


def render_mise_en_demeure(
    etat: EtatDossier,
    creances: Sequence[str],
    *,
    reference: str = "",
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
    logo: bytes | None = None,
    signature: bytes | None = None,
) -> ActeRendu:
    """Make it. Same arguments, same bytes.

    Raises as `prepare_mise_en_demeure`, and ErreurExigible (`caractere_non_imprimable`, `logo_illisible`).
    """
    prepare = prepare_mise_en_demeure(
        etat, creances, reference=reference, canal=canal, delai_jours=delai_jours, logo=logo, signature=signature
    )
    return render_acte(prepare)
