"""Bank files of every kind, read as they come: movements one by one, then the accounts and the faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import ColonneLue, CompteLu, FichierLu, MouvementLu

LecteurReleve = Callable[[Contenu, Collecte], Iterator[MouvementLu | CompteLu | ColonneLue]]
"""A reader gives each movement once read, and each account once its statement ends; faults go to the `Collecte`.

That of a table gives first its columns.
"""

_RECENTS = 50_000
_MONTRES = 20
_DEVISES_MONTREES = 3


class ReleveOuvert:
    """A bank file: iterate over it once for its movements, then `close` says the rest.

    Memory does not follow its length. Two identical movements are both kept, with a warning, when no more than fifty
    thousand others stand between them (it may be said of farther ones, up to twice that).
    """

    def __init__(self, contenu: Contenu, nom_format: str, collecte: Collecte, lecteur: LecteurReleve) -> None:
        self._contenu, self._format, self._collecte, self._lecteur = contenu, nom_format, collecte, lecteur
        self._comptes: list[CompteLu] = []
        self._colonnes: list[ColonneLue] = []
        self._nombre = 0
        # Two generations: a dictionary that loses its oldest key each time walks over those lost before.
        self._recents: dict[int, int] = {}
        self._anciens: dict[int, int] = {}
        self.nom, self.format, self.sha256, self.taille = contenu.nom, nom_format, contenu.sha256, contenu.taille

    def __iter__(self) -> Iterator[MouvementLu]:
        """Give the movements as they are read; a fault of the whole file ends them, and is told by `close`."""
        try:
            for lu in self._lecteur(self._contenu, self._collecte):
                if isinstance(lu, CompteLu):
                    self._comptes.append(lu)
                    continue
                if isinstance(lu, ColonneLue):
                    self._colonnes.append(lu)
                    continue
                self._nombre += 1
                self._watch(lu)
                yield lu
        except ErreurSaisie as erreur:
            self._collecte.add_exception(erreur)

    def collect(self, maximum: int | None = None) -> FichierLu:
        """Read to the end, keeping all the movements or the first ones; `resume["mouvements"]` counts them all."""
        suite = iter(self)
        mouvements = tuple(islice(suite, maximum))
        for _ in suite:
            pass
        return self.close(mouvements)

    def close(self, mouvements: tuple[MouvementLu, ...] = ()) -> FichierLu:
        """Say what is known once all the movements were given."""
        if not self._comptes and not self._nombre and not self._collecte.list_erreurs():
            self._collecte.add("releve_vide", phrase("Le fichier « {nom} » ne contient aucun relevé.", nom=self.nom))
        return FichierLu(
            nom=self.nom,
            format=self._format,
            sha256=self.sha256,
            taille=self.taille,
            mouvements=mouvements,
            compte=self._comptes[0] if self._comptes else None,
            comptes=tuple(self._comptes),
            erreurs=self._collecte.list_erreurs(),
            colonnes=tuple({colonne.cle: colonne for colonne in reversed(self._colonnes)}.values())[::-1],
            resume={"releves": str(len(self._comptes)), "mouvements": str(self._nombre)},
        )

    def _watch(self, mouvement: MouvementLu) -> None:
        """Warn of a currency that can't be matched, and of a movement already met."""
        if mouvement.devise != "EUR":
            self._warn_devise(mouvement, self._nombre)
        empreinte = hash(
            (
                mouvement.compte,
                mouvement.date,
                str(mouvement.montant),  # the first hash of a Decimal is longer to compute
                mouvement.libelle,
                mouvement.reference,
                mouvement.contrepartie,
                mouvement.identifiant,
            )
        )
        recents = self._recents
        if (premiere := recents.get(empreinte) or self._anciens.get(empreinte)) is not None:
            self._warn_double(mouvement, self._nombre, premiere)
        recents[empreinte] = self._nombre
        if len(recents) > _RECENTS:
            self._anciens, self._recents = recents, {}

    def _warn_devise(self, mouvement: MouvementLu, rang: int) -> None:
        self._collecte.warn(
            "devise_etrangere",
            lambda: phrase(
                "Opération n° {rang} : elle est en {devise}, elle ne sera pas rapprochée.",
                rang=rang,
                devise=mouvement.devise,
            ),
            ligne=mouvement.origine.ligne,
            chemin=mouvement.origine.chemin,
            plafond=_DEVISES_MONTREES,
        )

    def _warn_double(self, mouvement: MouvementLu, rang: int, premiere: int) -> None:
        self._collecte.warn(
            "mouvement_en_double",
            lambda: phrase(
                "Opération n° {rang} : elle a les mêmes jour, montant, libellé et référence que l'opération "
                "n° {premiere} ; les deux sont gardées : vérifiez qu'elle n'est pas comptée deux fois.",
                rang=rang,
                premiere=premiere,
            ),
            ligne=mouvement.origine.ligne,
            chemin=mouvement.origine.chemin,
            plafond=_MONTRES,
        )
