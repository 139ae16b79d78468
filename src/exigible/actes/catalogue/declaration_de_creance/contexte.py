"""What is declared: what was due on the day of the judgment, what was to come, rank, exhibits (C. com. L622-25)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Signatures, Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import add_sommes
from exigible.actes.typst.texte import clean_texte, format_date_longue, write_phrase
from exigible.actes.vocabulaire.blocs import list_signataire
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.collective import (
    Passif,
    compute_fin_de_declaration,
    compute_passif,
    describe_passif,
    is_forclose,
    propose_collective,
    propose_rang,
    read_jour,
    write_procedure,
)
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant

_SAUF = ", à l’exception de ceux qui sont déclarés plus bas"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Tell the judgment, its publication and its agent; the rank of the claim."""
    return {**propose_collective(etat), **propose_rang(etat)}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the declaration. Raises ErreurExigible (`acte_refuse`) when nothing was born before the judgment."""
    passif = compute_passif(demande)
    liquidation = demande.reponses.get("procedure") == "liquidation"
    privilegiee = demande.reponses.get("rang_creance") in {"privilege", "surete"}
    publiee = demande.reponses.get("rang_creance") == "surete"  # its time runs from the agent's notice (R622-24)
    terme = None if publiee else compute_fin_de_declaration(demande, read_jour(demande, "publication"))
    tard = is_forclose(demande.etat) or (terme is not None and terme < demande.etat.au)
    vocabulaire = Vocabulaire(
        {
            "terme": format_date_longue(terme) if terme else "",
            **_write_rang(privilegiee, passif.total, read_montant(demande, "montant_garanti")),
            "sauf_continus": _SAUF if demande.reponses.get("interets_continus") else "",
            "a_titre": "privilégié" if privilegiee else "chirographaire",
            "la_procedure": write_procedure(demande.reponses.get("procedure")),
            "qualite_du_mandataire": "liquidateur" if liquidation else "mandataire judiciaire",
            "passif_evalue": format_montant(passif.total + read_montant(demande, "evaluation_montant")),
            "article_renvoi": _write_renvoi(demande.reponses),
        },
        {
            "privilegiee": privilegiee,
            "dans_le_delai": terme is not None and not tard,
            "sans_origine": not demande.reponses.get("origine"),
        },
        {
            "signature_declarant": (_build_signature(demande),),
            "recapitulatif": (_build_recapitulatif(demande, passif, privilegiee=privilegiee),),
        },
    )
    forclose = write_phrase(
        "le délai de déclaration est passé : il faut d'abord être relevé de la forclusion (C. com. L622-26)"
    )
    return Contexte(
        describe_instance(demande).add(describe_passif(passif)).add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "mandataire"),
        montant=passif.total + read_montant(demande, "evaluation_montant"),
        projet=(forclose,) if tard else (),
    )


def _write_rang(privilegiee: bool, total: Decimal, garanti: Decimal) -> dict[str, str]:  # noqa: FBT001 - a fact
    """What the security covers, and the rest, which is ordinary (euros)."""
    if not privilegiee or not ZERO < garanti < total:
        return {"a_hauteur": "", "et_le_reste": ""}
    montant, reste = format_montant(garanti), format_montant(total - garanti)
    return {
        "a_hauteur": write_phrase(" à hauteur de {montant}", montant=montant),
        "et_le_reste": write_phrase(
            " à hauteur de {montant} et à titre chirographaire pour {reste}", montant=montant, reste=reste
        ),
    }


def _build_recapitulatif(demande: Demande, passif: Passif, *, privilegiee: bool) -> Tableau:
    """What is due and to come, by rank; what is only valued has the rank of what no security covers."""
    echu, a_echoir = (add_sommes(sommes).total for sommes in (passif.echues, passif.a_echoir))
    evalue, garanti = read_montant(demande, "evaluation_montant"), read_montant(demande, "montant_garanti")
    partage = privilegiee and ZERO < garanti < passif.total
    total = passif.total + evalue
    prefere = garanti if partage else total if privilegiee else ZERO
    sortes = (("Échu", echu), ("À échoir", a_echoir), ("Évalué", evalue))
    rangs = tuple(
        (
            nom,
            "" if partage else format_montant(montant if privilegiee else ZERO),
            "" if partage else format_montant(ZERO if privilegiee else montant),
            format_montant(montant),
        )
        for nom, montant in sortes
        if montant > ZERO or nom != "Évalué"
    )
    titres = ("Au jour du jugement", "À titre privilégié", "À titre chirographaire", "Total")
    pied = ("Total", *(format_montant(montant) for montant in (prefere, total - prefere, total)))
    return Tableau("Créance déclarée", titres, "gddd", rangs, pied)


def _write_renvoi(reponses: Mapping[str, object]) -> str:
    """The text that makes those of the safeguard apply to the two other procedures."""
    renvois = {
        "redressement": ", applicables par l’article L631-14",
        "liquidation": ", applicables par l’article L641-3",
    }
    return renvois.get(str(reponses.get("procedure", "")), "")


def _build_signature(demande: Demande) -> Signatures:
    declarant = demande.reponses.get("declarant")
    if not declarant:
        return Signatures((list_signataire(demande),))
    pour = write_phrase("mandataire du créancier, {nom}", nom=clean_texte(demande.etat.creancier.description.nom))
    return Signatures(((str(declarant), pour),))
