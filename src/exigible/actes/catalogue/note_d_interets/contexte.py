"""The interest and indemnity of a note, line by line, apart from the principal."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.controle import refuse_taux_provisoire
from exigible.actes.demande import Demande
from exigible.actes.document import Note, ReglerPar, Somme, Sommes, Tableau
from exigible.actes.lettre import build_paiement
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Fragment, apply_typographie, clean_texte, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.blocs import name_interets
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.interets import LigneInterets, Regime
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte

_CALCUL = (
    "Intérêts d'une ligne = assiette × taux ÷ 100 × jours ÷ diviseur, arrondis au centime ; le premier et le dernier "
    "jour indiqués sont comptés ; l'assiette est le principal restant dû, toutes taxes comprises."
)


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the note. Raises ErreurExigible (`acte_refuse`): no interest is claimed, or a rate is a guess."""
    totaux, lignes = demande.totaux, list_lignes(demande)
    refuse_taux_provisoire(lignes, demande.modele.titre)
    du = totaux.interets + totaux.indemnites
    if totaux.interets <= ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : aucun intérêt n'est réclamé sur ces factures ; voyez la décision prise dans le dossier, "
                "ou attendez la mise en demeure.",
                titre=wrap_texte(demande.modele.titre),
            ),
        )
    courus = sum((ligne.montant for ligne in lignes), ZERO)
    payes = courus - totaux.interets
    cles = {somme.cle for somme in demande.sommes}
    forfaits = sum((i.indemnites for i in demande.etat.decompte.imputations if i.creance in cles), ZERO)
    tableau = _build_lignes(demande)
    principal = format_montant(totaux.principal)
    vocabulaire = Vocabulaire(
        {
            "nom_interets": name_interets(demande),
            "codebiteurs": name_codebiteurs(demande.etat),
            "regle_de_calcul": apply_typographie(_CALCUL),
            "deja_payes": format_montant(payes),
            "indemnites_payees": format_montant(forfaits),
            "total_accessoires": format_montant(du),
            "principal_en_plus": write_phrase(" restant dû, {principal}", principal=principal)
            if totaux.principal > ZERO
            else "",
        },
        {"deja_payes": payes > ZERO, "indemnites_payees": forfaits > ZERO},
        {
            "accessoires": (_build_accessoires(demande),),
            "lignes_interets": (tableau,),
            "sources": (Note(tuple((Fragment(texte),) for texte in _list_sources(lignes))),),
            "paiement": (ReglerPar(build_paiement(demande.etat.creancier, du, demande.reference)[0]),),
        },
    )
    preuves = {"lignes": tuple(t for ligne in tableau.lignes for t in ligne)}
    return Contexte(vocabulaire, preuves=preuves, montant=du)


def _list_sources(lignes: tuple[LigneInterets, ...]) -> tuple[str, ...]:
    """Where each rate comes from, and which of them is still to be checked."""
    sources = [write_phrase("Source : {source}.", source=ligne.source.split(" ; ", maxsplit=1)[0]) for ligne in lignes]
    reserves = [
        write_phrase("Le taux de {taux} est indiqué sous réserve de vérification.", taux=format_taux(ligne.taux))
        for ligne in lignes
        if ligne.a_verifier
    ]
    return list_sans_doublon([*sources, *reserves])


def _build_accessoires(demande: Demande) -> Sommes:
    totaux = demande.totaux
    article = "CCP, article D2192-35" if demande.etat.regime.regime is Regime.PUBLIC else "C. com., article D441-5"
    articles = dict.fromkeys(ligne.article for ligne in list_lignes(demande))
    lignes = [Somme(name_interets(demande), " ; ".join(articles), format_montant(totaux.interets))]
    if totaux.indemnites > ZERO:
        lignes.append(
            Somme("Indemnité forfaitaire pour frais de recouvrement", article, format_montant(totaux.indemnites))
        )
    return Sommes(tuple(lignes), Somme("Total à payer", "", format_montant(totaux.interets + totaux.indemnites)))


def _build_lignes(demande: Demande) -> Tableau:
    numeros = {somme.cle: clean_texte(somme.numero) for somme in demande.sommes}
    lignes = list_lignes(demande)
    rangs = tuple(
        (
            numeros[x.creance],
            format_jour(x.du),
            format_jour(x.au),
            str(x.jours),
            format_montant(x.base),
            format_taux(x.taux),
            str(x.diviseur),
            format_montant(x.montant),
        )
        for x in lignes
    )
    titres = ("Facture", "Du", "Au", "Jours", "Assiette", "Taux", "Diviseur", "Montant")
    total = ("Total", *("",) * 6, format_montant(sum((x.montant for x in lignes), ZERO)))
    return Tableau("Calcul des intérêts", titres, "gggddddd", rangs, total)
