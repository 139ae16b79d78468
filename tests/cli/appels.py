"""Calling the command line as scripts do: one JSON object, or one line of error and status 2."""

import json

from click.testing import CliRunner

from exigible.cli import main


class Appel:
    """A command and the options it always gets."""

    def __init__(self, *debut):
        self.debut = debut

    def run(self, *arguments):
        return CliRunner().invoke(main, [*self.debut, *arguments])

    def read_json(self, *arguments, statut=0):
        resultat = self.run(*arguments, "--json")
        assert resultat.exit_code == statut, resultat.output
        assert resultat.stderr == ""
        return json.loads(resultat.stdout)

    def read_erreur(self, *arguments):
        resultat = self.run(*arguments, "--json")
        assert (resultat.exit_code, resultat.stdout) == (2, "")
        assert resultat.stderr.count("\n") == 1
        erreur = json.loads(resultat.stderr)["erreur"]
        assert set(erreur) == {"code", "message", "champ"}
        return erreur
