"""What every command shares: French help, one JSON object or a readable text, errors a person can act upon.

Bad input: status 2, nothing on standard output, one line on standard error (with `--json`, a JSON object).
Internal failure: status 1, one line too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from exigible.droit.argent import parse_montant
from exigible.droit.donnees import encode
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.jours import parse_jour

STATUT_INTERNE = 1
STATUT_SAISIE = 2
_STATUT_INTERRUPTION = 130
_TAUX = re.compile(r"\d{1,4}([.,]\d{1,6})?", re.ASCII)


class Option(click.Option):
    """An option whose help is French."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Mark compulsory options in French (click would say « required »)."""
        obligatoire, self.required = self.required, False
        try:
            ligne = super().get_help_record(ctx)
        finally:
            self.required = obligatoire
        if ligne is None or not obligatoire:
            return ligne
        return ligne[0], f"{ligne[1]} [obligatoire]"


class Commande(click.Command):
    """A command whose help and usage errors are French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_utilisation(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe `--help` in French."""
        return _translate_help(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Say in French that there is one argument too many."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as erreur:
            if type(erreur) is not click.UsageError:
                raise
            raise ErreurSaisie(
                "argument_inattendu", f"Un argument n'est pas attendu ici : voyez « {ctx.command_path} --help »."
            ) from erreur

    def invoke(self, ctx: click.Context) -> object:
        """Name the option at fault the way it was typed."""
        try:
            return super().invoke(ctx)
        except ErreurExigible as erreur:
            for parametre in self.params:
                if parametre.name == erreur.champ:
                    erreur.champ = parametre.opts[0]
            raise


class Groupe(click.Group):
    """A group of commands; as the root of the program, it turns every failure into one line and a status."""

    command_class = Commande

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name in French what follows the group."""
        return [*click.Command.collect_usage_pieces(self, ctx), "COMMANDE [ARGUMENTS]…"]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_utilisation(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe `--help` in French."""
        return _translate_help(super().get_help_option(ctx))

    def list_aides(self, ctx: click.Context) -> list[tuple[str, str]]:
        """List the commands with one line each."""
        commandes = ((nom, self.get_command(ctx, nom)) for nom in self.list_commands(ctx))
        return [(nom, commande.get_short_help_str(100)) for nom, commande in commandes if commande]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        aides = self.list_aides(ctx)
        if aides:
            with formatter.section("Commandes"):
                formatter.write_dl(aides)

    def main(  # type: ignore[override] # click overloads it on standalone_mode; the result is the same
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        **extra: Any,  # noqa: ANN401 — click's signature
    ) -> NoReturn:
        """Run, then exit with the status of the contract."""
        extra["standalone_mode"] = False
        arguments = sys.argv[1:] if args is None else list(args)
        en_json = "--json" in arguments
        try:
            statut = super().main(arguments, prog_name or "exigible", complete_var, **extra)
        except NoArgsIsHelpError as aide:
            click.echo(aide.format_message())
            statut = 0
        except (ErreurExigible, click.ClickException) as erreur:
            report_erreur(translate_erreur(erreur), en_json=en_json)
            statut = STATUT_SAISIE
        except click.Abort:
            click.echo("Interrompu.", err=True)
            statut = _STATUT_INTERRUPTION
        except Exception as erreur:  # noqa: BLE001 — the edge of the program: the contract promises a line and status 1
            report_erreur(_describe_panne(erreur), en_json=en_json)
            statut = STATUT_INTERNE
        sys.exit(statut if isinstance(statut, int) else 0)


def _write_utilisation(commande: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(commande.collect_usage_pieces(ctx)), prefix="Utilisation : ")


def _translate_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Afficher cette aide."
    return option


def write_aide(aide: str, exemple: str) -> str:
    """Join a help and a call to try, kept on lines of its own."""
    return f"{aide}\n\n\b\nExemple :\n  {exemple}"


def commande(nom: str, *, aide: str, exemple: str = "") -> Callable[[Callable[..., Any]], Commande]:
    """Make a command of a function: `aide` is its French help, `exemple` a call to try, `--json` comes as `en_json`."""

    def decorate(fonction: Callable[..., Any]) -> Commande:
        option = click.option("--json", "en_json", is_flag=True, cls=Option, help="Écrire un seul objet JSON.")
        texte = write_aide(aide, exemple) if exemple else aide
        return click.command(nom, cls=Commande, help=texte, short_help=aide)(option(fonction))

    return decorate


def emit(resultat: Mapping[str, Any], texte: str, *, en_json: bool) -> None:
    """Print the result: exactly one JSON object, or the readable text."""
    click.echo(json.dumps(resultat, ensure_ascii=False, default=encode) if en_json else texte)


def build_avertissements(avertissements: Sequence[Avertissement]) -> list[dict[str, str]]:
    """Write warnings as the contract wants them."""
    return [{"code": avertissement.code, "message": avertissement.message} for avertissement in avertissements]


def format_avertissements(avertissements: Sequence[Avertissement]) -> list[str]:
    """Write warnings for people, one line each."""
    return [f"Attention : {avertissement.message}" for avertissement in avertissements]


def format_tableau(entetes: Sequence[str], lignes: Sequence[Sequence[str]], *, a_droite: Sequence[int] = ()) -> str:
    """Lay out a table in columns; `a_droite`: the ranks of the columns aligned right."""
    rangees = [list(entetes), *(list(ligne) for ligne in lignes)]
    largeurs = [max(len(rangee[rang]) for rangee in rangees) for rang in range(len(entetes))]

    def write(rangee: Sequence[str]) -> str:
        cases = [
            texte.rjust(largeur) if rang in a_droite else texte.ljust(largeur)
            for rang, (texte, largeur) in enumerate(zip(rangee, largeurs, strict=True))
        ]
        return "  ".join(cases).rstrip()

    filet = "  ".join("─" * largeur for largeur in largeurs)
    return "\n".join([write(rangees[0]), filet, *(write(rangee) for rangee in rangees[1:])])


def report_erreur(erreur: ErreurExigible, *, en_json: bool) -> None:
    """Print an error on standard error: one line in French, or one JSON object."""
    message = " ".join(erreur.message.split())
    if en_json:
        objet = {"erreur": {"code": erreur.code, "message": message, "champ": erreur.champ}}
        click.echo(json.dumps(objet, ensure_ascii=False), err=True)
        return
    lieu = f" ({erreur.champ})" if erreur.champ else ""
    click.echo(f"Erreur{lieu} : {message}", err=True)


def translate_erreur(erreur: ErreurExigible | click.ClickException) -> ErreurExigible:
    """Say in French, with a code, what click refuses."""
    if isinstance(erreur, ErreurExigible):
        return erreur
    if isinstance(erreur, click.BadParameter):
        return _translate_parametre(erreur)
    champ: str | None = None
    code, message = "usage", erreur.format_message()
    if isinstance(erreur, click.NoSuchOption):
        code, message, champ = "option_inconnue", _suggest("L'option", erreur.option_name, erreur), erreur.option_name
    elif isinstance(erreur, NoSuchCommand):
        code, message = "commande_inconnue", _suggest("La commande", erreur.command_name, erreur)
    elif isinstance(erreur, click.BadOptionUsage):
        code, champ = "option_mal_employee", erreur.option_name
        message = f"L'option {champ} est mal employée : vérifiez la valeur qui la suit."
    elif isinstance(erreur, click.FileError):
        code, message = "fichier_illisible", f"Le fichier « {erreur.ui_filename} » ne peut pas être ouvert."
    return ErreurSaisie(code, message, champ)


def _translate_parametre(erreur: click.BadParameter) -> ErreurSaisie:
    nom = _name_parametre(erreur)
    if isinstance(erreur, click.MissingParameter):
        quoi = "L'option" if isinstance(erreur.param, click.Option) else "L'argument"
        return ErreurSaisie("parametre_manquant", f"{quoi} {nom} est obligatoire.", nom)
    return ErreurSaisie("valeur_invalide", f"La valeur de {nom} n'est pas admise{_expect(erreur)}.", nom)


def _name_parametre(erreur: click.BadParameter) -> str:
    if isinstance(erreur.param, click.Option):
        return erreur.param.opts[0]
    if erreur.param is not None:
        return erreur.param.human_readable_name
    return str(erreur.param_hint or "")


def _expect(erreur: click.BadParameter) -> str:
    genre = erreur.param.type if erreur.param is not None else None
    if isinstance(genre, click.Choice):
        return f" : choisissez parmi {', '.join(str(choix) for choix in genre.choices)}"
    if isinstance(genre, click.types.IntParamType):
        return " : un nombre entier, dans les bornes, est attendu"
    if isinstance(genre, click.Path | click.File):
        return " : ce fichier n'existe pas ou ne peut pas être ouvert"
    return f" : {erreur.message}" if erreur.message else ""


def _suggest(quoi: str, nom: str, erreur: click.NoSuchOption | NoSuchCommand) -> str:
    proches = f" Vouliez-vous dire {' ou '.join(erreur.possibilities)} ?" if erreur.possibilities else ""
    return f"{quoi} « {nom} » n'existe pas : voyez l'aide avec --help.{proches}"


def _describe_panne(erreur: Exception) -> ErreurExigible:
    if type(erreur).__module__ == "django.db.utils":  # the office is loaded: it knows a busy database from a fault
        from exigible.bureau.travaux.verrous import describe_occupee, is_occupee

        if is_occupee(erreur):
            return ErreurExigible("base_occupee", describe_occupee())
    trace = erreur.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    lieu = f", {trace.tb_frame.f_code.co_name} ligne {trace.tb_lineno}" if trace is not None else ""
    return ErreurExigible(
        "erreur_interne",
        f"Le programme a rencontré une erreur interne ({type(erreur).__name__} : {erreur}{lieu}). "
        "Rien n'a été affiché ; signalez-la avec la commande tapée.",
    )


class TypeMontant(click.ParamType[Decimal]):
    """An amount in euros, read the French way or with a point."""

    name = "montant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ARG002 — click's signature
        """Read it."""
        return value if isinstance(value, Decimal) else parse_montant(str(value), _get_champ(param))


class TypeJour(click.ParamType[date]):
    """A day: `2026-11-21` or `21/11/2026`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002 — click's signature
        """Read it."""
        return value if isinstance(value, date) else parse_jour(str(value), _get_champ(param))


class TypeTaux(click.ParamType[Decimal]):
    """A positive number with a point or a comma: yearly rate per cent, or multiple."""

    name = "nombre"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ARG002 — click's signature
        """Read it."""
        if isinstance(value, Decimal):
            return value
        brut = str(value).removesuffix("%").strip()
        if not _TAUX.fullmatch(brut):
            raise ErreurSaisie(
                "taux_illisible",
                f"Le nombre « {brut[:40]} » n'est pas lisible : écrivez 12,15 ou 12.15, sans signe.",
                _get_champ(param),
            )
        return Decimal(brut.replace(",", "."))


def _get_champ(param: click.Parameter | None) -> str | None:
    return param.opts[0] if param is not None else None


MONTANT = TypeMontant()
JOUR = TypeJour()
TAUX = TypeTaux()
