"""`exigible baremes`: the tables of the law, their history, what expires, and the values a user adds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import (
    JOUR,
    Commande,
    Groupe,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import load_ajouts, option_valeurs
from exigible.droit.ajouts import check_ajout, format_ajout, parse_ajouts, parse_nombre
from exigible.droit.bareme import Bareme, Valeur, ValeurAjoutee, list_baremes, load_bareme
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import format_jour

_MANQUE = 1
_SERIES_MONTREES = 3
_EN_TETE = (
    "# Valeurs ajoutées aux barèmes du programme ; à donner par --valeurs, ou à compléter par « baremes ajouter ».\n\n"
)


class _GroupeBaremes(Groupe):
    """Each table is a command: `exigible baremes interet_legal`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the tables, then what can be done with them."""
        return [*list_baremes(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that shows a table, or one of the others."""
        return _build_commande(cmd_name) if cmd_name in list_baremes() else super().get_command(ctx, cmd_name)


def _build_commande(nom: str) -> Commande:
    @commande(nom, aide=f"Barème : {load_bareme(nom).libelle}.", exemple=f"exigible baremes {nom}")
    @option_valeurs()
    def show(*, ajouts: tuple[ValeurAjoutee, ...], en_json: bool) -> None:
        _show_bareme(load_bareme(nom, ajouts), en_json=en_json)

    return show


@click.group(
    cls=_GroupeBaremes,
    invoke_without_command=True,
    help="Montrer les barèmes du droit : version, dernier jour connu, prochaine valeur. Un nom de barème en montre "
    "toutes les valeurs et leurs sources.\n\n\b\nExemples :\n  exigible baremes\n  exigible baremes interet_legal\n"
    "  exigible baremes --echeances --date 2027-01-15",
)
@click.option("--bareme", "nom", cls=Option, help="Barème à montrer en entier (comme « exigible baremes NOM »).")
@click.option("--echeances", is_flag=True, cls=Option, help="Dire ce qui manque ; statut 1 s'il manque une valeur.")
@click.option(
    "--date", "jour", cls=Option, type=JOUR, help="Jour de la question (--echeances) ; aujourd'hui par défaut."
)
@option_valeurs()
@click.option("--json", "en_json", is_flag=True, cls=Option, help="Écrire un seul objet JSON.")
@click.pass_context
def baremes(
    ctx: click.Context,
    *,
    nom: str | None,
    echeances: bool,
    jour: date | None,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Show the tables, one of them, or what is missing."""
    if ctx.invoked_subcommand is not None:
        return
    if nom is not None:
        if nom not in list_baremes():
            message = f"Le barème « {nom} » n'existe pas : choisissez parmi {', '.join(list_baremes())}."
            raise ErreurSaisie("bareme_inconnu", message, "--bareme")
        _show_bareme(load_bareme(nom, ajouts), en_json=en_json)
        return
    tables = [load_bareme(table, ajouts) for table in list_baremes()]
    if not echeances:
        _show_tables(tables, en_json=en_json)
        return
    ctx.exit(_MANQUE if _show_echeances(tables, jour or get_aujourd_hui(), en_json=en_json) else 0)


def _show_tables(tables: list[Bareme], *, en_json: bool) -> None:
    lignes = [(table.nom, table.libelle, *_describe_validite(table), table.version) for table in tables]
    entetes = ("Barème", "Objet", "Connu jusqu'au", "Valeur attendue le", "Vérifié le", "À relire le", "Version")
    resultat = {"baremes": [_build_table(table) for table in tables], "articles": [], "avertissements": []}
    emit(resultat, format_tableau(entetes, lignes), en_json=en_json)


def _describe_validite(table: Bareme) -> tuple[str, ...]:
    attendue = min(_find_manques(table).values(), default=None)
    jours = (table.connu_jusqu_au, attendue, table.verifie_le, table.a_relire_le)
    return tuple(format_jour(jour) if jour else "—" for jour in jours)


def _build_table(table: Bareme) -> dict[str, Any]:
    manques = _find_manques(table)
    return {
        "nom": table.nom,
        "libelle": table.libelle,
        "type": "permanent" if table.attendue_le is None else "periodique",
        "version": table.version,
        "connu_jusqu_au": table.connu_jusqu_au,
        "verifie_le": table.verifie_le,
        "a_relire_le": table.a_relire_le,
        "prochaine_valeur": table.prochaine_valeur or None,
        "attendue_le": min(manques.values(), default=None),
        "series": list(table.series),
        "a_verifier": sum(valeur.a_verifier for valeurs in table.series.values() for valeur in valeurs),
    }


def _find_manques(table: Bareme) -> dict[str, date]:
    """First day without a value, for each series that has one to come."""
    manques = {serie: table.find_manque(serie) for serie in table.series}
    return {serie: jour for serie, jour in manques.items() if jour is not None}


@dataclass(frozen=True, slots=True)
class _Attendue:
    """A value to be published: the series of one table that lack it from the same day."""

    bareme: str
    le: date
    series: tuple[str, ...]
    quoi: str

    def format(self) -> str:
        """Write it for people; a table of many series is not spelled out."""
        series = f" ({', '.join(self.series)})" if len(self.series) <= _SERIES_MONTREES else ""
        return f"{format_jour(self.le)} : {self.bareme}{series}, {self.quoi}."


def _list_attendues(table: Bareme) -> list[_Attendue]:
    manques = _find_manques(table)
    return [
        _Attendue(table.nom, le, series, table.describe_manque(series[0]))
        for le in sorted(set(manques.values()))
        for series in [tuple(serie for serie, jour in manques.items() if jour == le)]
    ]


def _show_echeances(tables: list[Bareme], jour: date, *, en_json: bool) -> bool:
    """Say what should have been published on `jour`, what comes, what to read again; True if a value is missing."""
    attendues = [attendue for table in tables for attendue in _list_attendues(table)]
    manquantes = [attendue for attendue in attendues if attendue.le <= jour]
    a_venir = [attendue for attendue in attendues if attendue.le > jour]
    relectures = [(table.nom, table.a_relire_le) for table in tables if table.a_relire_le is not None]
    resultat = {
        "date": jour,
        "manquantes": [asdict(attendue) for attendue in manquantes],
        "a_venir": [asdict(attendue) for attendue in a_venir],
        "relectures": [{"bareme": nom, "le": le} for nom, le in relectures],
        "articles": [],
        "avertissements": [],
    }
    textes = [
        *([] if manquantes else [f"Aucune valeur ne manque au {format_jour(jour)}."]),
        *(f"Il manque depuis le {attendue.format()}" for attendue in manquantes),
        *(f"À venir le {attendue.format()}" for attendue in a_venir),
        *(f"À relire le {format_jour(le)} : {nom}, un texte change." for nom, le in relectures),
    ]
    emit(resultat, "\n".join(textes), en_json=en_json)
    return bool(manquantes)


def _show_bareme(table: Bareme, *, en_json: bool) -> None:
    avertissements = _collect_avertissements(table)
    resultat = {
        **_build_table(table),
        "valeurs": {serie: [_build_valeur(valeur) for valeur in valeurs] for serie, valeurs in table.series.items()},
        "articles": _collect_articles(table),
        "avertissements": build_avertissements(avertissements),
    }
    blocs = [f"{table.libelle[:1].upper()}{table.libelle[1:]} (version {table.version})", _describe_table(table)]
    sources = list(dict.fromkeys(v.source for valeurs in table.series.values() for v in valeurs))
    for serie, valeurs in table.series.items():
        lignes = [
            (
                format_jour(v.debut),
                format_jour(v.fin) if v.fin else "—",
                v.texte,
                f"[{sources.index(v.source) + 1}]",
                "à vérifier" if v.a_verifier else "",
            )
            for v in valeurs
        ]
        tableau = format_tableau(("Du", "Au", "Valeur", "Source", ""), lignes, a_droite=(2,))
        blocs.append(f"{serie} : {table.get_libelle(serie)} ({table.unites[serie]})\n{tableau}")
    blocs.append("\n".join(f"[{rang}] {source}" for rang, source in enumerate(sources, 1)))
    blocs.append("\n".join(format_avertissements(avertissements)))
    emit(resultat, "\n\n".join(bloc for bloc in blocs if bloc), en_json=en_json)


def _describe_table(table: Bareme) -> str:
    connu, _, verifie, relire = _describe_validite(table)
    phrases = [
        f"Connu jusqu'au {connu} ; il manquera ensuite {table.prochaine_valeur}." if table.connu_jusqu_au else "",
        f"Sans terme ; vérifié le {verifie}." if table.verifie_le else "",
        f"À relire le {relire} : un texte change." if table.a_relire_le else "",
    ]
    return "\n".join(ligne for ligne in phrases if ligne)


def _collect_articles(table: Bareme) -> tuple[str, ...]:
    articles = (valeur.article for valeurs in table.series.values() for valeur in valeurs)
    return tuple(dict.fromkeys(article for article in articles if article))


def _collect_avertissements(table: Bareme) -> tuple[Avertissement, ...]:
    """Each warning once: a value of several series is to be checked once."""
    trouves = (a for valeurs in table.series.values() for valeur in valeurs for a in table.list_avertissements(valeur))
    return tuple({avertissement.message: avertissement for avertissement in trouves}.values())


def _build_valeur(valeur: Valeur) -> dict[str, Any]:
    return {
        "debut": valeur.debut,
        "fin": valeur.fin,
        "valeurs": list(valeur.valeurs),
        "unite": valeur.unite,
        "article": valeur.article or None,
        "source": valeur.source,
        "note": valeur.note or None,
        "a_verifier": valeur.a_verifier,
        "debut_a_verifier": valeur.a_verifier_debut,
        "saisie_le": valeur.saisie_le,
    }


class TypeNombre(click.ParamType[Decimal]):
    """A number of a table."""

    name = "nombre"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ARG002 — click's signature
        """Read it."""
        return value if isinstance(value, Decimal) else parse_nombre(str(value), param.opts[0] if param else None)


@commande(
    "ajouter",
    aide="Ajouter une valeur publiée (ou en corriger une) dans un fichier à soi, à donner ensuite par --valeurs.",
    exemple="exigible baremes ajouter --bareme interet_legal --serie autres_cas --debut 2027-01-01 --valeur 3,12 "
    '--source "arrêté du 18 décembre 2026" --fichier mes-valeurs.toml',
)
@click.option("--bareme", cls=Option, required=True, help="Nom du barème (voir « exigible baremes »).")
@click.option("--serie", cls=Option, required=True, help="Série du barème.")
@click.option("--debut", cls=Option, type=JOUR, required=True, help="Premier jour de la valeur.")
@click.option(
    "--valeur",
    "valeurs",
    cls=Option,
    type=TypeNombre(),
    multiple=True,
    required=True,
    help="Nombre (répétable : tranches).",
)
@click.option("--source", cls=Option, required=True, help="Texte publié et sa date.")
@click.option("--fichier", cls=Option, type=click.Path(path_type=Path), required=True, help="Votre fichier de valeurs.")
@click.option("--auteur", cls=Option, default="", help="Qui saisit la valeur.")
def ajouter(
    *,
    bareme: str,
    serie: str,
    debut: date,
    valeurs: tuple[Decimal, ...],
    source: str,
    fichier: Path,
    auteur: str,
    en_json: bool,
) -> None:
    """Write a value at the end of a user's file, once the table has accepted it."""
    ajout = check_ajout(ValeurAjoutee(bareme, serie, debut, valeurs, source.strip(), get_aujourd_hui(), auteur.strip()))
    ancien = ""
    if fichier.exists():
        load_ajouts(fichier)
        ancien = fichier.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    texte = (ancien or _EN_TETE) + format_ajout(ajout)
    parse_ajouts(texte, fichier.name)
    try:
        fichier.write_text(texte, encoding="utf-8")
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        raise ErreurSaisie("fichier_non_ecrit", message, "--fichier") from None
    table = load_bareme(bareme, [ajout])
    valeur = next(valeur for valeur in table.get_historique(serie) if valeur.debut == debut)
    fin = f" au {format_jour(valeur.fin)}" if valeur.fin else ""
    resultat = {"fichier": str(fichier), "valeur": _build_valeur(valeur), "articles": [], "avertissements": []}
    texte = f"{table.libelle}, {valeur.texte}, du {format_jour(debut)}{fin} : écrit dans {fichier}."
    emit(resultat, texte[:1].upper() + texte[1:], en_json=en_json)


baremes.add_command(ajouter)
