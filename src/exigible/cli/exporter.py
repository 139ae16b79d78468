"""`exigible exporter`: lists of what is owed, entries for the accountant, orders for the bank."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.fichiers import write_fichier
from exigible.cli.sortie import JOUR, Groupe, Option, commande, emit, format_tableau
from exigible.droit.argent import ZERO, format_montant, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour, parse_jour

if TYPE_CHECKING:
    from exigible.bureau.tiers.models import Creancier
    from exigible.echanges.sorties.ordres import Virement
    from exigible.echanges.sorties.tableaux import Cellule

AUTEUR = "ligne de commande"
_SORTIE = click.option("--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire.")
_TABLEAU = click.option(
    "--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire : .csv ou .xlsx."
)
_CREANCIER = click.option("--creancier", default="", cls=Option, help="Nom du créancier, s'il y en a plusieurs.")
_AU = click.option("--au", cls=Option, type=JOUR, help="Jour de la liste, compris (aujourd'hui par défaut).")
_COLONNES_VIREMENTS = ("reference", "nom", "iban", "montant", "jour")


@click.group(cls=Groupe, no_args_is_help=True, help="Écrire listes, écritures et ordres pour la banque.")
def exporter() -> None:
    """Group the commands that write files."""


@commande(
    "ouvertes",
    aide="Lister les factures ouvertes d'un créancier.",
    exemple="exigible exporter ouvertes --au 2026-10-31 --sortie ouvertes.xlsx",
)
@_AU
@_CREANCIER
@_TABLEAU
def ouvertes(*, au: date | None, creancier: str, sortie: Path | None, en_json: bool) -> None:
    """Write the open invoices, their accessories and their delay."""
    qui = _find_creancier(creancier)
    from exigible.echanges.sorties.listes import TITRES_OUVERTES, write_ouvert

    postes = list(_read_ouverts(qui, au))
    lignes = [write_ouvert(p, p.etape) for p in postes]
    _emit_liste("factures", TITRES_OUVERTES, lignes, sortie, en_json=en_json)


@commande(
    "balance",
    aide="Écrire la balance âgée : le principal dû par chaque client, selon son retard.",
    exemple="exigible exporter balance --sortie balance.csv",
)
@_AU
@_CREANCIER
@_TABLEAU
def balance(*, au: date | None, creancier: str, sortie: Path | None, en_json: bool) -> None:
    """Write the ageing of each debtor."""
    qui = _find_creancier(creancier)
    from exigible.bureau import horloge
    from exigible.echanges.sorties.listes import TITRES_BALANCE, build_balance, write_balance

    lignes = build_balance(_read_ouverts(qui, au), au or horloge.today())
    _emit_liste("clients", TITRES_BALANCE, [write_balance(ligne) for ligne in lignes], sortie, en_json=en_json)


@commande(
    "journal",
    aide="Écrire le journal d'un dossier, en clair, du plus récent au plus ancien.",
    exemple="exigible exporter journal D-00001 --sortie journal.csv",
)
@click.argument("reference", metavar="RÉFÉRENCE")
@_TABLEAU
def journal(reference: str, *, sortie: Path | None, en_json: bool) -> None:
    """Write the facts of one dossier in words."""
    _start()
    from exigible.bureau.journal.services import read_inscriptions
    from exigible.bureau.pages.vues.fil import list_entrees
    from exigible.bureau.pages.vues.ouverture import list_numeros
    from exigible.bureau.tiers.lecture import load_etat
    from exigible.bureau.tiers.models import Dossier

    trouves = list(Dossier.objects.filter(reference__iexact=reference).select_related("creancier", "chaine")[:2])
    if len(trouves) != 1:
        message = f"Aucun dossier, ou plusieurs, ne porte la référence « {reference} »."
        raise ErreurSaisie("dossier_introuvable", message, "RÉFÉRENCE")
    numeros = list_numeros(load_etat(trouves[0], provisoire=True))
    lignes: list[list[Cellule]] = [
        [e.rang, e.jour, str(e.titre), " ; ".join(filter(None, map(str, e.details))), e.auteur, e.corrige, e.par]
        for e in list_entrees(read_inscriptions(trouves[0].chaine), numeros)
    ]
    titres = ("Rang", "Date", "Fait", "Détails", "Par", "Corrige", "Remplacé par")
    _emit_liste("faits", titres, lignes, sortie, en_json=en_json)


@commande(
    "ecritures",
    aide="Écrire les écritures que la comptabilité ne connaît pas ; avec --sortie, elles comptent comme exportées.",
    exemple="exigible exporter ecritures --du 2026-11-01 --au 2026-11-30 --sortie ecritures.txt",
)
@click.option("--du", cls=Option, type=JOUR, required=True, help="Premier jour, compris.")
@click.option("--au", cls=Option, type=JOUR, required=True, help="Dernier jour, compris.")
@click.option("--tout", is_flag=True, cls=Option, help="Aussi ce qui a déjà été exporté ; rien n'est alors noté.")
@_CREANCIER
@click.option(
    "--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire ; .csv ou .xlsx, pour un tableur."
)
def ecritures(*, du: date, au: date, tout: bool, creancier: str, sortie: Path | None, en_json: bool) -> None:
    """Write each fact once, in the eighteen columns of LPF A47 A-1."""
    qui = _find_creancier(creancier)
    from exigible.bureau.sorties.ecritures import load_comptes, make_export, preview_export, read_export
    from exigible.echanges.sorties.ecritures import COLONNES, list_cellules, write_fec
    from exigible.echanges.sorties.tableaux import FORMATS, write_tableau

    comptes = load_comptes(qui)
    export = preview_export(qui, (du, au), comptes, tout=tout)
    if sortie is not None:
        extension = sortie.suffix.removeprefix(".").lower()
        contenu = (
            write_tableau(extension, COLONNES, list_cellules(export)) if extension in FORMATS else write_fec(export)
        )
        if not tout and extension in FORMATS:
            make_export(qui, (du, au), comptes, AUTEUR)
        elif not tout:
            contenu = read_export(qui, make_export(qui, (du, au), comptes, AUTEUR).export.cle)[1]
        write_fichier(sortie, [contenu], "--sortie")
    lignes = [(format_jour(x.jour), x.compte, x.tiers, x.libelle, x.debit, x.credit) for x in export.lignes]
    texte = format_tableau(
        ("Date", "Compte", "Tiers", "Libellé", "Débit", "Crédit"),
        [(*ligne[:4], *(format_montant(m) if m else "" for m in ligne[4:])) for ligne in lignes],
        a_droite=(4, 5),
    )
    noms = ("jour", "compte", "tiers", "libelle", "debit", "credit")
    resultat = {
        "ecritures": [
            dict(zip(noms, (x.jour, *ligne[1:]), strict=True)) for x, ligne in zip(export.lignes, lignes, strict=True)
        ],
        "total": export.total,
        "fichier": str(sortie) if sortie else None,
        "articles": ["LPF A47 A-1"],
        "avertissements": [
            {"code": "comptes_a_verifier", "message": "Les comptes dépendent de votre plan : faites-les vérifier."}
        ],
    }
    emit(resultat, texte if lignes else "Rien de nouveau à écrire dans cette période.", en_json=en_json)


@commande(
    "prelevements",
    aide="Lister les échéances à prélever ; avec --sortie, écrire le fichier SEPA et noter qu'elles sont demandées.",
    exemple="exigible exporter prelevements --schema core --sortie prelevements.xml",
)
@click.option("--schema", default="core", cls=Option, type=click.Choice(["core", "b2b"]), help="CORE ou B2B.")
@_CREANCIER
@_SORTIE
def prelevements(*, schema: str, creancier: str, sortie: Path | None, en_json: bool) -> None:
    """Write a pain.008 of what is ready and never came back; the rest is listed with the reason."""
    qui = _find_creancier(creancier)
    from exigible.bureau.sorties.prelevements import list_lignes, make_fichier, read_fichier
    from exigible.dossier.faits import SchemaSepa

    lignes = list_lignes(qui)
    pretes = [x.cle for x in lignes if x.ordre and x.ordre.schema.value == schema and not x.echeance.rejets]
    if sortie is not None:
        fichier = make_fichier(qui, pretes, SchemaSepa(schema), AUTEUR)
        write_fichier(sortie, [read_fichier(qui, fichier.cle)[1]], "--sortie")
    montrees: list[dict[str, Any]] = [
        {
            "dossier": x.dossier.reference,
            "debiteur": x.debiteur,
            "echeance": x.echeance.echeance,
            "montant": x.echeance.montant,
            "jour": x.echeance.jour,
            "prelevee": x.cle in pretes,
            "reference": x.echeance.reference,
            "raison": x.erreur or str(x.echeance.raison) or "; ".join(x.echeance.rejets),
        }
        for x in lignes
    ]
    total = sum((x.echeance.montant for x in lignes if x.cle in pretes), ZERO)
    resultat = {"echeances": montrees, "total": total, "fichier": str(sortie) if sortie else None}
    texte = format_tableau(
        ("Dossier", "Débiteur", "Échéance", "Montant", "Débité le", "Pourquoi pas"),
        [
            (
                m["dossier"],
                m["debiteur"],
                format_jour(m["echeance"]),
                format_montant(m["montant"]),
                format_jour(m["jour"]) if m["jour"] else "—",
                "" if m["prelevee"] else m["raison"] or "autre schéma",
            )
            for m in montrees
        ],
        a_droite=(3,),
    )
    emit(
        {**resultat, "articles": [], "avertissements": []},
        f"{texte}\n\nÀ prélever : {format_montant(total)}" if lignes else "Aucune échéance à prélever.",
        en_json=en_json,
    )


@commande(
    "virements",
    aide="Écrire des virements SEPA depuis une liste CSV : reference;nom;iban;montant;jour;libelle.",
    exemple="exigible exporter virements remboursements.csv --sortie virements.xml",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@_CREANCIER
@click.option("--sortie", cls=Option, type=click.Path(path_type=Path), required=True, help="Fichier à écrire.")
def virements(fichier: Path, *, creancier: str, sortie: Path, en_json: bool) -> None:
    """Write a pain.001 from the creditor's main account."""
    qui = _find_creancier(creancier)
    import uuid

    from exigible.bureau import horloge
    from exigible.bureau.sorties.prelevements import build_partie
    from exigible.bureau.tiers.services import load_etat_creancier
    from exigible.echanges.sorties.pain001 import write_pain001

    ordres = _read_virements(fichier)
    donneur = build_partie(load_etat_creancier(qui))
    write_fichier(sortie, [write_pain001(donneur, ordres, uuid.uuid4().hex, horloge.now())], "--sortie")
    total = sum((o.montant for o in ordres), ZERO)
    resultat = {"virements": len(ordres), "total": total, "fichier": str(sortie), "articles": [], "avertissements": []}
    emit(resultat, f"Virements écrits : {len(ordres)}, {format_montant(total)}, dans {sortie}.", en_json=en_json)


def _read_virements(fichier: Path) -> list[Virement]:
    from exigible.echanges.sorties.ordres import CompteSepa, PartieSepa, Virement

    try:
        texte = fichier.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        message = f"Le fichier « {fichier} » ne peut pas être lu : un CSV en UTF-8 est attendu."
        raise ErreurSaisie("fichier_illisible", message, "FICHIER") from None
    lecteur = csv.DictReader(io.StringIO(texte, newline=""), delimiter=";")
    manquantes = [nom for nom in _COLONNES_VIREMENTS if nom not in (lecteur.fieldnames or ())]
    if manquantes:
        message = f"Il manque à « {fichier} » : {', '.join(manquantes)}."
        raise ErreurSaisie("colonnes_manquantes", message, "FICHIER")
    ordres = []
    for rang, ligne in enumerate(lecteur, start=2):
        cases = {nom: (valeur or "").strip() for nom, valeur in ligne.items() if isinstance(nom, str)}
        try:
            compte = CompteSepa(cases["iban"].replace(" ", ""), cases.get("bic", ""))
            partie = PartieSepa(cases["nom"], compte)
            montant, jour = parse_montant(cases["montant"]), parse_jour(cases["jour"])
            ordres.append(Virement(cases["reference"], montant, partie, jour, cases.get("libelle", "")))
        except ErreurSaisie as erreur:
            raise ErreurSaisie(erreur.code, f"Ligne {rang} : {erreur.message}", erreur.champ) from erreur
    return ordres


@commande(
    "reversements",
    aide="Lister ce qui est à reverser au créancier ; avec --sortie en .xml, écrire et noter le virement.",
    exemple="exigible exporter reversements --sortie reversement.xml",
)
@_CREANCIER
@click.option(
    "--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire : .xml (virement), .csv ou .xlsx."
)
def reversements(*, creancier: str, sortie: Path | None, en_json: bool) -> None:
    """Show what is held for the creditor; the transfer counts as asked for once its file is written."""
    qui = _find_creancier(creancier)
    from exigible.bureau.sorties.reversements import load_compte
    from exigible.echanges.sorties.reversements import TITRES_A_REVERSER, write_a_reverser

    compte = load_compte(qui)
    lignes = [write_a_reverser(x) for x in compte.lignes]
    if sortie is not None:
        _write_reversement(qui, sortie, [x.cle for x in compte.lignes], TITRES_A_REVERSER, lignes)
    resultat = {
        "lignes": [
            {
                "dossier": x.encaissement.reference,
                "debiteur": x.encaissement.debiteur,
                "recu_le": x.encaissement.jour,
                "recu": x.encaissement.recu,
                "encaisse": x.encaisse,
                "commission": x.commission,
                "tva": x.tva,
                "montant": x.montant,
                "au_plus_tard": x.au_plus_tard,
                "en_retard": x.is_en_retard(compte.au),
                "raison": str(x.raison),
            }
            for x in compte.lignes
        ],
        "total": compte.total,
        "inconnus": len(compte.inconnus),
        "fichier": str(sortie) if sortie else None,
        "articles": ["CPCE R124-3", "CPCE R124-6"],
        "avertissements": [{"code": a.code, "message": str(a.message)} for a in compte.avertissements],
    }
    texte = format_tableau(
        list(TITRES_A_REVERSER), [[_write(c) for c in ligne] for ligne in lignes], a_droite=(3, 4, 5, 6, 7)
    )
    fin = f"À reverser : {format_montant(compte.total)} ; en retard : {len(compte.retards)}."
    if compte.inconnus:
        fin += f" Paiements dont rien ne dit qui les détient : {len(compte.inconnus)}."
    vide = "Rien à reverser." if compte.convention else "Aucune convention de recouvrement avec ce créancier."
    emit(resultat, f"{texte}\n\n{fin}" if lignes else vide, en_json=en_json)


def _write_reversement(
    qui: Creancier, sortie: Path, cles: Sequence[str], titres: Sequence[str], lignes: Sequence[Sequence[Cellule]]
) -> None:
    from exigible.bureau.sorties.reversements import make_reversement, read_fichier_reversement
    from exigible.echanges.sorties.tableaux import FORMATS, write_tableau

    extension = sortie.suffix.removeprefix(".").lower()
    if extension in FORMATS:
        write_fichier(sortie, [write_tableau(extension, titres, lignes)], "--sortie")
    elif extension == "xml":
        fait = make_reversement(qui, cles, AUTEUR)
        write_fichier(sortie, [read_fichier_reversement(qui, fait.cle)[1]], "--sortie")
    else:
        raise ErreurSaisie("format_inconnu", "Le fichier à écrire finit par .xml, .csv ou .xlsx.", "--sortie")


def _start() -> None:
    start_django()
    migrate()


def _find_creancier(nom: str) -> Creancier:
    _start()
    from exigible.bureau.tiers.models import Creancier

    creanciers = Creancier.objects.select_related("chaine", "cabinet").order_by("nom")
    trouves: list[Creancier] = list(creanciers.filter(nom__iexact=nom)[:2] if nom else creanciers[:2])
    if len(trouves) == 1:
        return trouves[0]
    if not trouves:
        message = f"Aucun créancier ne s'appelle « {nom} »." if nom else "Aucun créancier n'est encore décrit."
    else:
        message = "Il y a plusieurs créanciers : dites lequel avec --creancier."
    raise ErreurSaisie("creancier_inconnu", message, "--creancier")


def _read_ouverts(creancier: Creancier, au: date | None) -> Iterable[Any]:
    from exigible.bureau import horloge
    from exigible.bureau.sorties.listes import read_ouverts
    from exigible.bureau.tiers.models import Dossier

    if au is not None and au > horloge.today():
        message = f"Le {format_jour(au)} est à venir : choisissez un jour passé, ou aujourd'hui."
        raise ErreurSaisie("date_future", message, "--au")
    return read_ouverts(Dossier.objects.filter(creancier=creancier), au)


def _emit_liste(
    nom: str, titres: Sequence[str], lignes: Sequence[Sequence[Cellule]], sortie: Path | None, *, en_json: bool
) -> None:
    from exigible.echanges.sorties.tableaux import FORMATS, write_tableau

    if sortie is not None:
        extension = sortie.suffix.removeprefix(".").lower()
        if extension not in FORMATS:
            raise ErreurSaisie("format_inconnu", "Le fichier à écrire finit par .csv ou .xlsx.", "--sortie")
        write_fichier(sortie, [write_tableau(extension, titres, lignes)], "--sortie")
    objets = [dict(zip(map(str, titres), ligne, strict=True)) for ligne in lignes]
    resultat = {nom: objets, "fichier": str(sortie) if sortie else None, "articles": [], "avertissements": []}
    texte = format_tableau([str(t) for t in titres], [[_write(c) for c in ligne] for ligne in lignes])
    emit(resultat, f"Écrit : {sortie} (lignes : {len(lignes)})." if sortie else texte, en_json=en_json)


def _write(cellule: Cellule) -> str:
    from decimal import Decimal

    if isinstance(cellule, Decimal):
        return format_montant(cellule)
    if isinstance(cellule, date):
        return format_jour(cellule)
    return "" if cellule is None else str(cellule)


for _commande in (ouvertes, balance, journal, ecritures, prelevements, virements, reversements):
    exporter.add_command(_commande)
