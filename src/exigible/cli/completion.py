"""`exigible completion`: the script that completes commands and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from exigible.cli.sortie import commande, emit

VARIABLE = "_EXIGIBLE_COMPLETE"
"""What the script sets to have the program answer with completions: click's name for the program `exigible`."""

COQUILLES = ("bash", "zsh", "fish")


@commande(
    "completion",
    aide="Écrire le script qui complète les commandes et les options dans bash, zsh ou fish.\n\n"
    "\b\nOù le mettre :\n"
    '  bash : eval "$(exigible completion bash)" à la fin de ~/.bashrc\n'
    '  zsh : eval "$(exigible completion zsh)" à la fin de ~/.zshrc, après compinit\n'
    "  fish : exigible completion fish > ~/.config/fish/completions/exigible.fish\n\n"
    "Puis ouvrez un nouveau terminal.",
    exemple='eval "$(exigible completion bash)"',
)
@click.argument("coquille", metavar="bash|zsh|fish", type=click.Choice(COQUILLES))
@click.pass_context
def completion(ctx: click.Context, *, coquille: str, en_json: bool) -> None:
    """Print the script of a shell."""
    genre = get_completion_class(coquille)
    if genre is None:
        raise TypeError(f"click ne connaît plus la coquille {coquille}")
    script = genre(ctx.find_root().command, {}, "exigible", VARIABLE).source()
    emit({"coquille": coquille, "script": script}, script, en_json=en_json)
