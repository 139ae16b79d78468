"""What agreements have in common: who signs, what each must write by hand, where and when it is signed."""

from __future__ import annotations

from collections.abc import Iterator

from exigible.actes.controle import is_personne_physique
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Bloc, Partie, Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, format_siren, write_phrase
from exigible.actes.vocabulaire.blocs import list_signataire
from exigible.actes.vocabulaire.parties import (
    is_personne_morale,
    write_identite_du_creancier,
    write_identite_du_debiteur,
    write_lieu,
)
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ESPACE_INSECABLE

_ROLES = {
    RolePersonne.CODEBITEUR_SOLIDAIRE: "Codébiteur solidaire",
    RolePersonne.CAUTION_SIMPLE: "Caution simple",
    RolePersonne.CAUTION_SOLIDAIRE: "Caution solidaire",
}
_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})
_PAR_LIGNE = 2


def describe_accord(demande: Demande, representant: str, autres: tuple[EtatPersonne, ...]) -> Vocabulaire:
    """Name who signs: the creditor, the debtor through `representant`, and `autres`, held with him."""
    codebiteurs = tuple(p for p in autres if p.role is RolePersonne.CODEBITEUR_SOLIDAIRE)
    noms = [clean_texte(p.nom) for p in codebiteurs]
    debiteur = ("Le débiteur", clean_texte(demande.etat.debiteur.nom), *((representant,) if representant else ()))
    return Vocabulaire(
        {
            "codebiteurs": join_mots(noms),
            "cautions_intervenantes": join_mots([clean_texte(p.nom) for p in autres if p.role in _CAUTIONS]),
            "nombre_d_exemplaires": str(2 + len(autres)),
        },
        {
            "debiteur_moral": not is_personne_physique(demande.etat),
            "codebiteurs_signent": bool(codebiteurs),
            "cautions_signent": any(p.role in _CAUTIONS for p in autres),
        },
        {
            "parties": tuple(_iter_parties(demande, representant, autres)),
            "mentions_manuscrites": tuple(_iter_mentions(_list_mains(demande, representant, codebiteurs))),
            "lieu_et_date": (ARemplir("Fait à (lieu), le (date de la signature)"),),
            "signatures_de_tous": tuple(
                _cut([("Le créancier", *list_signataire(demande)), debiteur, *map(_sign_aussi, autres)])
            ),
            "signature_des_debiteurs": tuple(_cut([debiteur, *map(_sign_aussi, codebiteurs)])),
        },
    )


def list_intervenants(demande: Demande, *, cautions: bool) -> tuple[EtatPersonne, ...]:
    """List those held with the debtor who may sign with him; `cautions`: the sureties too."""
    return tuple(p for p in demande.etat.personnes if p.role in _ROLES and (cautions or p.role not in _CAUTIONS))


def _iter_parties(demande: Demande, representant: str, autres: tuple[EtatPersonne, ...]) -> Iterator[Bloc]:
    yield Partie("Créancier", (write_identite_du_creancier(demande.etat),))
    debiteur = write_identite_du_debiteur(demande.etat)
    if representant:
        qui = "ayant pour représentant {qui}, qui déclare avoir le pouvoir de l'engager"
        debiteur = f"{debiteur}, {write_phrase(qui, qui=representant)}"
    yield Partie("Débiteur", (debiteur,))
    for personne in autres:
        morale = is_personne_morale(personne.nom, personne.personne_physique)
        siren = format_siren(personne.siren)
        numero = f"SIREN{ESPACE_INSECABLE}{siren}" if siren else ""
        identite = (clean_texte(personne.nom), numero, write_lieu(personne.adresse, morale=morale))
        yield Partie(_ROLES[personne.role], (", ".join(texte for texte in identite if texte),))


def _list_mains(demande: Demande, representant: str, codebiteurs: tuple[EtatPersonne, ...]) -> list[str]:
    """Whose hand writes: a legal person has none, its representative writes for it."""
    nom = clean_texte(demande.etat.debiteur.nom)
    mains = [write_phrase("{qui}, pour {nom}", qui=representant, nom=nom) if representant else nom]
    for personne in codebiteurs:
        morale = is_personne_morale(personne.nom, personne.personne_physique)
        autre = clean_texte(personne.nom)
        mains.append(write_phrase("le représentant de {nom}", nom=autre) if morale else autre)
    return mains


def _iter_mentions(noms: list[str]) -> Iterator[Bloc]:
    """Who writes by hand, and what: nothing of it is printed in their place."""
    for nom in noms:
        libelle = write_phrase("De la main de : {nom} — la somme en toutes lettres", nom=nom)
        yield ARemplir(libelle, 2)
        yield ARemplir(write_phrase("De la main de : {nom} — la somme en chiffres", nom=nom))


def _sign_aussi(personne: EtatPersonne) -> tuple[str, ...]:
    return (_ROLES[personne.role], clean_texte(personne.nom))


def _cut(colonnes: list[tuple[str, ...]]) -> Iterator[Bloc]:
    """Two side by side: each needs room to sign."""
    for rang in range(0, len(colonnes), _PAR_LIGNE):
        yield Signatures(tuple(colonnes[rang : rang + _PAR_LIGNE]))
