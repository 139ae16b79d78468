"""What the judge is given to fill: what is granted, head by head, of the sums of the petition (CPC 1409; 454, 456)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.catalogue.requete_injonction_de_payer.contexte import propose_reponses as propose_requete
from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import AFaire, ARemplir, Bloc, Encadre, Signatures, Sommes, Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_paragraphe, write_phrase
from exigible.actes.vocabulaire.chefs import build_interets_a_venir
from exigible.actes.vocabulaire.delais import find_regle
from exigible.actes.vocabulaire.injonction import (
    describe_injonction,
    describe_regles_de_l_effet,
    explain_effet,
    explain_etranger,
    sum_injonction,
    warn_effet,
)
from exigible.actes.vocabulaire.instance import warn_prescription, write_tribunal
from exigible.dossier.etat import EtatDossier
from exigible.droit.nombres import write_nombre

_POINTS = "………………"
_CAUSES = {"contrat": "de cause contractuelle", "statut": "de caractère statutaire"}
_EXAMEN = (
    "fondée en tout",
    "fondée en partie, pour les sommes retenues ci-après",
    "non fondée : la requête est rejetée, et ce qui suit est sans objet",
)
_SOUMIS = (
    "**Projet soumis au juge.** Préparé par le demandeur et joint à sa requête, ce document n'est pas une décision de "
    "justice et n'oblige personne tant que le juge et le greffier ne l'ont pas complété et signé."
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Answer what the petition would."""
    return propose_requete(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the sums of the petition, and the places where the judge says what he keeps of them."""
    injonction = describe_injonction(demande, commun)
    tribunal, siege = str(demande.reponses.get("tribunal", "")), commun.valeurs["siege"]
    cour = write_tribunal(tribunal, siege) if tribunal else siege
    a_venir = build_interets_a_venir(demande, depart_legal="la signification de l’ordonnance")
    vocabulaire = Vocabulaire(
        {
            "de_cause": write_phrase(_CAUSES.get(str(demande.reponses.get("fondement")), "")),
            "delai_de_signification": _write_delai(demande),
        },
        {
            "interets_a_venir": bool(a_venir),
            # Two regimes, by the day of the order, which is not before that of the draft (CPC 1422).
            "deux_mois": find_regle("IP", "certificat_non_opposition", demande.etat.au) is None,
        },
        {**_build_blancs(), "interets_a_venir": a_venir, "sommes_a_retenir": _build_sommes(injonction)},
    )
    return Contexte(
        injonction.add(vocabulaire),
        juridiction=(f"{cour[:1].upper()}{cour[1:]}",),
        sous_titre=write_phrase("Projet soumis au juge – articles 1405 à 1425 du code de procédure civile"),
        conformite=describe_regles_de_l_effet(demande),
        projet=(*explain_etranger(demande), *explain_effet(demande)),
        avertissements=(*warn_prescription(demande), *warn_effet(demande)),
        montant=sum_injonction(demande),
    )


def _write_delai(demande: Demande) -> str:
    """`trois mois`: how long the order may wait to be served (CPC 1411)."""
    regle = find_regle("IP", "defaut_signification", demande.etat.au)
    assert regle is not None  # noqa: S101 - the graph has one for every day
    assert regle.delai is not None  # noqa: S101 - `find_regle` keeps none without
    return write_phrase("{nombre} mois", nombre=write_nombre(regle.delai.durees[0].mois))


def _build_sommes(injonction: Vocabulaire) -> tuple[Tableau, ...]:
    """Head by head: asked, granted, refused; what the judge grants besides the claim has a place of its own."""
    return tuple(
        Tableau(
            "Sommes demandées, accordées et rejetées",
            ("Chef de la demande", "Demandé", "Accordé", "Rejeté"),
            "gddd",
            tuple(_iter_lignes(cadre)),
            (write_phrase("Total"), cadre.total.montant, _POINTS, _POINTS),
        )
        for cadre in injonction.blocs["somme_totale"]
        if isinstance(cadre, Sommes)
    )


def _iter_lignes(cadre: Sommes) -> Iterator[tuple[str, str, str, str]]:
    for ligne in cadre.lignes:
        detail = write_phrase(" : {detail}", detail=ligne.detail) if ligne.detail else ""
        yield f"{ligne.libelle}{detail}", ligne.montant, _POINTS, _POINTS


def _build_blancs() -> dict[str, tuple[Bloc, ...]]:
    """The places that the judge and the clerk fill."""
    return {
        "projet_soumis": (Encadre((write_paragraphe(_SOUMIS),)),),
        "juge": (ARemplir(write_phrase("Nom du juge")),),
        "examen": (_tick(*_EXAMEN),),
        "motifs": (ARemplir(write_phrase("Motif du rejet, en tout ou en partie"), 2),),
        "parts_retenues": (ARemplir(write_phrase("Part retenue pour chacun : accordée, rejetée")),),
        "interets_retenus": (
            _tick(
                "accordés comme ils sont demandés",
                f"accordés au taux de {_POINTS} sur {_POINTS}, à compter du {_POINTS}",
                "rejetés",
            ),
        ),
        "depens": (
            _tick("Dépens à la charge des débiteurs à qui il est enjoint de payer", "Dépens laissés au demandeur"),
        ),
        "article_700_retenu": (_tick(f"accordés pour {_POINTS}", "rejetés"),),
        "date_et_lieu": (ARemplir(write_phrase("Lieu et date de l'ordonnance")),),
        "signatures_du_juge": (
            Signatures(
                (
                    (write_phrase("Le greffier"), write_phrase("nom et signature")),
                    (write_phrase("Le juge"), write_phrase("nom et signature")),
                )
            ),
        ),
        "greffe": (
            ARemplir(write_phrase("Numéro de l'ordonnance ; mention « au nom du peuple français » (article 454)")),
            ARemplir(
                write_phrase("Formule exécutoire, sur la copie certifiée conforme remise au requérant (article 1410)"),
                3,
            ),
        ),
    }


def _tick(*elements: str) -> AFaire:
    return AFaire(tuple(write_paragraphe(element) for element in elements))
