"""The statement as plain printed texts: one table after the other, shared by the annex and by the page on its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from exigible.actes.natures import Noms, find_noms
from exigible.actes.sommes import SommeReclamee, add_sommes
from exigible.actes.typst.texte import clean_texte, list_sans_doublon, write_phrase
from exigible.dossier.etat import EtatDossier, Stade
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.decompte import Imputation
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import LigneInterets, Regime
from exigible.droit.jours import format_jour
from exigible.droit.regimes import Depart

# Warnings that speak to the user of the program, not to the reader of the statement.
_POUR_L_UTILISATEUR = frozenset({"taux_sous_plancher", "trop_percu"})

_NOMS = {
    "interet_legal": "Taux de l’intérêt légal",
    "bce_refi": "Taux de refinancement de la Banque centrale européenne",
}


class LigneSolde(msgspec.Struct, frozen=True):
    """One invoice: what it was, what is left, what it carries."""

    facture: str
    echeance: str
    initial: str
    principal: str
    interets: str
    indemnites: str
    frais: str
    total: str


class LigneReleve(msgspec.Struct, frozen=True):
    """One line of interest, that a reader can redo by hand."""

    facture: str
    du: str
    au: str
    jours: str
    base: str
    taux: str
    diviseur: str
    montant: str
    article: str


class LigneVersement(msgspec.Struct, frozen=True):
    """What a payment paid on one invoice."""

    date: str
    facture: str
    montant: str
    frais: str
    indemnites: str
    interets: str
    principal: str


class Releve(msgspec.Struct, frozen=True):
    """A statement, ready to print. A table without rows is not printed; `avec_*` say which columns are."""

    titre: str
    noms: Noms
    soldes: tuple[LigneSolde, ...]
    total: LigneSolde
    lignes: tuple[LigneReleve, ...]
    interets_courus: str
    annoncees: tuple[LigneReleve, ...]
    interets_annonces: str
    titre_annonces: str
    total_annonces: str
    versements: tuple[LigneVersement, ...]
    avec_interets: bool
    avec_indemnites: bool
    avec_frais: bool
    conventions: tuple[str, ...]
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def build_releve(
    etat: EtatDossier,
    sommes: Sequence[SommeReclamee],
    *,
    annoncees: Sequence[LigneInterets] = (),
    autres: Sequence[Avertissement] = (),
    connu_au: date | None = None,
) -> Releve:
    """Print the part of the dossier's statement that concerns `sommes`; a reserved invoice shows its principal alone.

    `annoncees`: lines of interest that the document announces without claiming them. `autres`: warnings about values
    that it quotes beside its statement. `connu_au`: the day whose knowledge it was computed with, None for all.
    """
    ouvertes = {somme.cle: somme for somme in sommes if not somme.reservee}
    lignes = [ligne for ligne in etat.decompte.lignes if ligne.creance in ouvertes]
    toutes = {somme.cle: somme for somme in sommes}
    imputations = [imputation for imputation in etat.decompte.imputations if imputation.creance in toutes]
    totaux = add_sommes(sommes)
    numeros = {cle: clean_texte(somme.numero) for cle, somme in toutes.items()}
    noms = find_noms(etat, sommes)
    public = etat.regime.regime is Regime.PUBLIC
    nom_annonces = "intérêts moratoires courus" if public else "pénalités courues"
    return Releve(
        titre=write_titre(etat.au, connu_au),
        noms=noms,
        soldes=tuple(_print_solde(somme) for somme in sommes),
        total=LigneSolde(
            facture="Total",
            echeance="",
            initial=format_montant(sum((somme.solde.principal_initial for somme in sommes), ZERO)),
            principal=format_montant(totaux.principal),
            interets=format_montant(totaux.interets),
            indemnites=format_montant(totaux.indemnites),
            frais=format_montant(totaux.frais),
            total=format_montant(totaux.total),
        ),
        lignes=tuple(_print_ligne(ligne, numeros[ligne.creance]) for ligne in lignes),
        interets_courus=format_montant(sum((ligne.montant for ligne in lignes), ZERO)),
        annoncees=tuple(_print_ligne(ligne, numeros[ligne.creance]) for ligne in annoncees),
        interets_annonces=format_montant(sum((ligne.montant for ligne in annoncees), ZERO)),
        titre_annonces=write_phrase(f"Pour mémoire : {nom_annonces}, non réclamé{'s' if public else 'es'}"),
        total_annonces=nom_annonces.capitalize(),
        versements=tuple(_print_imputation(i, numeros[i.creance]) for i in imputations),
        avec_interets=bool(lignes) or totaux.interets > 0,
        avec_indemnites=totaux.indemnites > 0 or any(i.indemnites for i in imputations),
        avec_frais=totaux.frais > 0 or any(i.frais for i in imputations),
        conventions=_list_conventions(etat, [*lignes, *annoncees], imputations),
        articles=_list_articles(etat, lignes, annoncees),
        sources=list_sans_doublon([_shorten_source(ligne.source) for ligne in (*lignes, *annoncees)]),
        notes=(
            *_list_notes_bareme(etat, lignes, autres),
            *_list_notes_factures(etat, sommes),
            *(a.message for a in etat.avertissements if a.code == "dette_conjointe" and not _is_part(sommes)),
        ),
    )


def write_titre(au: date, connu_au: date | None = None) -> str:
    """What a statement is headed with: its day, and the day whose knowledge it was computed with when there is one."""
    if connu_au is None:
        return write_phrase("Décompte arrêté au {jour}", jour=format_jour(au))
    return write_phrase(
        "Décompte arrêté au {jour}, selon ce qui était connu au {connu_au}",
        jour=format_jour(au),
        connu_au=format_jour(connu_au),
    )


def _is_part(sommes: Sequence[SommeReclamee]) -> bool:
    """Whether the statement is that of the debtor's share."""
    return any(somme.entier is not None for somme in sommes)


def _print_solde(somme: SommeReclamee) -> LigneSolde:
    creance = somme.etat.creance
    return LigneSolde(
        facture=clean_texte(creance.numero),
        echeance=format_jour(creance.echeance) if creance.echeance else "non connue",
        initial=format_montant(somme.solde.principal_initial),
        principal=format_montant(somme.principal),
        interets=format_montant(somme.interets),
        indemnites=format_montant(somme.indemnites),
        frais=format_montant(somme.frais),
        total=format_montant(somme.total),
    )


def _print_ligne(ligne: LigneInterets, numero: str) -> LigneReleve:
    return LigneReleve(
        facture=numero,
        du=format_jour(ligne.du),
        au=format_jour(ligne.au),
        jours=str(ligne.jours),
        base=format_montant(ligne.base),
        taux=format_taux(ligne.taux),
        diviseur=str(ligne.diviseur),
        montant=format_montant(ligne.montant),
        article=ligne.article,
    )


def _print_imputation(imputation: Imputation, numero: str) -> LigneVersement:
    return LigneVersement(
        date=format_jour(imputation.date),
        facture=numero,
        montant=format_montant(imputation.montant),
        frais=format_montant(imputation.frais),
        indemnites=format_montant(imputation.indemnites),
        interets=format_montant(imputation.interets),
        principal=format_montant(imputation.principal),
    )


def _shorten_source(source: str) -> str:
    """The value and its official reference; where it was read is for the spreadsheet and the screen."""
    return source.split(" ; ", maxsplit=1)[0]


def _list_conventions(
    etat: EtatDossier, lignes: Sequence[LigneInterets], imputations: Sequence[Imputation]
) -> tuple[str, ...]:
    conventions: list[str] = []
    if etat.regime.regime is Regime.PUBLIC and etat.decompte.articles:
        conventions.append(write_phrase("Le régime appliqué est celui des contrats de la commande publique."))
    if lignes:
        mis_en_demeure = _is_legal(etat) and etat.regime.depart is not Depart.ECHEANCE
        premier = "de la première présentation de la mise en demeure" if mis_en_demeure else "de l'échéance"
        conventions += [
            write_phrase(
                "Premier jour compté : le lendemain {premier} ; dernier jour compté : celui qui est indiqué. Le jour "
                "d'un paiement est compté.",
                premier=write_phrase(premier),
            ),
            write_phrase(
                "Intérêts d'une ligne = base × taux ÷ 100 × jours ÷ diviseur, arrondis au centime (le demi-centime "
                "vers le haut) ; le total est la somme des lignes."
            ),
            write_phrase("La base est le principal restant dû, toutes taxes comprises ; les intérêts sont hors TVA."),
        ]
    if imputations:
        conventions.append(
            write_phrase(
                "Sur une facture, un paiement éteint d'abord les frais, puis l'indemnité, les intérêts et enfin le "
                "principal (C. civ., article 1343-1) ; un avoir ne diminue que le principal."
            )
        )
    return tuple(conventions)


def _is_legal(etat: EtatDossier) -> bool:
    return etat.regime.regime is Regime.LEGAL


def _list_articles(
    etat: EtatDossier, lignes: Sequence[LigneInterets], annoncees: Sequence[LigneInterets]
) -> tuple[str, ...]:
    appliques = etat.decompte.articles if lignes or etat.decompte.indemnites > 0 or etat.decompte.imputations else ()
    return list_sans_doublon([*appliques, *(article for ligne in annoncees for article in ligne.articles)])


def _list_notes_bareme(
    etat: EtatDossier, lignes: Sequence[LigneInterets], autres: Sequence[Avertissement]
) -> tuple[str, ...]:
    """Values still to be checked, interest stopped at the last published rate."""
    de_toutes = {a for ligne in etat.decompte.lignes for a in ligne.avertissements}
    generaux = [a for a in etat.decompte.avertissements if a not in de_toutes] if lignes else []
    retenus = [*(a for ligne in lignes for a in ligne.avertissements), *generaux, *autres]
    return list_sans_doublon([_write_note(a) for a in retenus if a.code not in _POUR_L_UTILISATEUR])


def _write_note(avertissement: Avertissement) -> str:
    """What a warning says to the reader of a document: where a value was read is the user's business."""
    parametres = avertissement.parametres
    nom = _NOMS.get(parametres.get("bareme", ""))
    if avertissement.code != "valeur_a_verifier" or nom is None:
        return avertissement.message
    jours = [format_jour(date.fromisoformat(parametres[borne])) for borne in ("debut", "fin") if parametres[borne]]
    return write_phrase(
        "{nom} : la valeur de {taux} (en vigueur {periode}) est indiquée sous réserve de vérification.",
        nom=nom,
        taux=format_taux(Decimal(parametres["valeur"])),
        periode=f"du {jours[0]} au {jours[1]}" if len(jours) > 1 else f"depuis le {jours[0]}",
    )


def _list_notes_factures(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> tuple[str, ...]:
    """What is particular to an invoice: disputed, not due yet, reduced by a credit note."""
    notes: list[str] = []
    for somme in sommes:
        numero = f"{find_noms(etat, [somme]).premier} {clean_texte(somme.numero)}"
        if somme.reservee:
            notes.append(_write_reserve(numero, somme))
        elif somme.etat.conteste > 0:
            conteste = format_montant(somme.etat.conteste)
            notes.append(write_phrase("{numero} : {montant} contestés.", numero=numero, montant=conteste))
        if somme.entier is not None:
            notes.append(_write_part(numero, somme.solde.principal_initial, somme.entier.principal_initial))
        avoirs = somme.etat.creance.montant - (somme.entier or somme.solde).principal_initial
        if avoirs > 0:
            notes.append(
                write_phrase(
                    "{numero} : {avoirs} d'avoirs sont déduits du prix de {prix}.",
                    numero=numero,
                    avoirs=format_montant(avoirs),
                    prix=format_montant(somme.etat.creance.montant),
                )
            )
        if somme.etat.stade in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}:
            notes.append(write_phrase("{numero} : l'échéance n'est pas atteinte à ce jour.", numero=numero))
    return tuple(notes)


def _write_part(numero: str, part: Decimal, entier: Decimal) -> str:
    return write_phrase(
        "{numero} : la dette se divise entre plusieurs débiteurs ; {part} de principal, sur {entier}, forment "
        "la part comptée ici (C. civ., article 1309).",
        numero=numero,
        part=format_montant(part),
        entier=format_montant(entier),
    )


def _write_reserve(numero: str, somme: SommeReclamee) -> str:
    conteste: Decimal = min(somme.etat.conteste, somme.solde.principal_restant)
    return write_phrase(
        "{numero} : la partie contestée ({montant}) n'est pas réclamée ici ; ses intérêts et indemnités sont "
        "réservés jusqu'au règlement du désaccord.",
        numero=numero,
        montant=format_montant(conteste),
    )
