"""What `exigible acte` says, to programs and to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exigible.actes.modele import Famille, Forme, Modele, Question, Signataire, TypeReponse
from exigible.cli.sortie import build_avertissements, format_avertissements, format_tableau
from exigible.droit.argent import format_montant

if TYPE_CHECKING:
    from exigible.actes.demande import Demande
    from exigible.actes.preparation import ActePrepare

FAMILLES = {
    Famille.AMIABLE: "Amiable",
    Famille.JUDICIAIRE: "Judiciaire",
    Famille.EXECUTION: "Exécution",
    Famille.INSOLVABILITE: "Insolvabilité",
    Famille.COMPTES: "Comptes",
}
_SIGNATAIRES = {
    Signataire.CREANCIER: "le créancier",
    Signataire.RECOUVREUR: "la société de recouvrement",
    Signataire.AVOCAT: "l'avocat",
    Signataire.COMMISSAIRE: "le commissaire de justice",
    Signataire.DEBITEUR: "le débiteur",
    Signataire.LES_DEUX: "le créancier et le débiteur",
    Signataire.JUGE: "le juge, s'il l'accorde",
}
_ATTENDUS = {
    TypeReponse.DATE: "une date",
    TypeReponse.MONTANT: "un montant",
    TypeReponse.ENTIER: "un nombre entier",
    TypeReponse.OUI_NON: "oui ou non",
}


def describe_modele(modele: Modele) -> dict[str, Any]:
    """An act of the catalogue, for programs."""
    return {
        "nom": modele.nom,
        "titre": modele.titre,
        "famille": modele.famille.value,
        "forme": modele.forme.value,
        "signataire": modele.signataire.value,
        "usage": modele.usage,
        "docx": modele.docx,
        "debiteurs": [qualite.value for qualite in modele.qualites],
        "a_verifier": list(modele.a_verifier),
        "questions": [_describe_question(question) for question in modele.question],
        "articles": list(modele.articles),
    }


def format_catalogue(modeles: Sequence[Modele]) -> str:
    """The catalogue, family by family."""
    blocs = []
    for famille, nom in FAMILLES.items():
        lignes = [(m.nom, m.titre, _SIGNATAIRES[m.signataire]) for m in modeles if m.famille is famille]
        if lignes:
            blocs.append(f"{nom}\n" + format_tableau(("Nom", "Document", "Signé par"), lignes))
    return "\n\n".join([*blocs, "« exigible acte NOM » dit à quoi sert un document et ce qu'il demande."])


def format_modele(modele: Modele) -> str:
    """What an act is, and what it asks."""
    lignes = [f"{modele.titre} — {modele.usage}", f"Signé par {_SIGNATAIRES[modele.signataire]}."]
    if modele.articles:
        lignes.append(f"Textes : {', '.join(modele.articles)}")
    lignes += [f"À vérifier : {raison}" for raison in modele.a_verifier]
    demandes = [_format_question(q, "") for q in modele.question]
    return "\n".join([*lignes, "", *(["Il demande :", *demandes] if demandes else ["Il ne demande rien."])])


def describe_questions(demande: Demande) -> dict[str, Any]:
    """What a document asks of a dossier, with what it knows."""
    from exigible.actes.relecture import list_posees

    connues = _list_connues(demande)
    return {
        "acte": demande.modele.nom,
        "questions": [_describe_question(q) | {"reponse": connues.get(q.nom)} for q in list_posees(demande)],
        "articles": list(demande.modele.articles),
        "avertissements": [],
    }


def format_questions(demande: Demande) -> str:
    """The same, for people."""
    from exigible.actes.relecture import list_posees

    connues = _list_connues(demande)
    lignes = [_format_question(q, connues.get(q.nom, "")) for q in list_posees(demande)]
    return "\n".join([f"« {demande.modele.titre} » demande :", *lignes] if lignes else ["Ce document ne demande rien."])


def explain_manquantes(prepare: ActePrepare) -> str:
    """Say in one line what must still be answered, and how."""
    titre = prepare.demande.modele.titre
    demandes = " ; ".join(f"--reponse {q.nom}=… ({q.libelle}{_write_attendu(q)})" for q in prepare.manquantes)
    return f"« {titre} » demande encore : {demandes}. Ou, pour un projet à compléter, --projet."


def describe_acte(prepare: ActePrepare, empreintes: Mapping[str, str]) -> dict[str, Any]:
    """A document, for programs: its text, what was checked in it, what it still wants."""
    from exigible.actes.sorties.courriel import write_courriel

    demande = prepare.demande
    absentes = {mention.code for mention in prepare.absentes}
    courriel = (
        write_courriel(prepare.document, prepare.document.titre) if demande.modele.forme is Forme.MESSAGE else None
    )
    return {
        "acte": demande.modele.nom,
        "titre": prepare.document.titre,
        "au": demande.etat.au,
        "reference": demande.reference,
        "destinataire": list(getattr(prepare.document.tete, "destinataire", ())),
        "montant": prepare.montant,
        "creances": [somme.cle for somme in demande.sommes],
        "utilisable": prepare.utilisable,
        "projet": list(prepare.projet),
        "manquantes": [_describe_question(question) for question in prepare.manquantes],
        "reponses": _list_connues(demande),
        "mentions": [
            {
                "code": m.code,
                "libelle": m.libelle,
                "article": m.article,
                "statut": m.statut,
                "presente": m.code not in absentes,
            }
            for m in prepare.mentions
        ],
        "manquements": [
            {"regle": m.regle, "severite": m.severite, "message": m.message, "articles": list(m.articles)}
            for m in prepare.manquements
        ],
        "texte": prepare.texte,
        "courriel": None if courriel is None else {"objet": courriel.objet, "texte": courriel.texte},
        "sha256": dict(empreintes),
        "articles": list(demande.modele.articles),
        "avertissements": build_avertissements(prepare.avertissements),
    }


def format_acte(prepare: ActePrepare, ecrits: Mapping[str, Path], empreintes: Mapping[str, str]) -> str:
    """A document, for people: its text, then what to know before using it."""
    absentes = {mention.code for mention in prepare.absentes}
    fin = [f"Projet : {raison}" for raison in prepare.projet]
    fin += [f"Il manque : {q.libelle} (--reponse {q.nom}=…)" for q in prepare.manquantes]
    fin += [f"Mention absente : {m.libelle} {m.article}".rstrip() for m in prepare.absentes]
    fin += [f"À motiver : {m.explication}." for m in prepare.manquements if m.severite == "majeur"]
    fin += [f"À noter : {m.explication}." for m in prepare.manquements if m.severite != "majeur"]
    presentes = len(prepare.mentions) - len(absentes)
    fin.append(f"Mentions vérifiées dans le texte : {presentes} sur {len(prepare.mentions)}.")
    if prepare.montant:
        fin.append(f"Montant : {format_montant(prepare.montant)}")
    fin += format_avertissements(prepare.avertissements)
    fin += [f"{sorte.upper()} écrit : {nom} (SHA-256 {empreintes[sorte]})" for sorte, nom in ecrits.items()]
    corps = [] if ecrits else [prepare.texte, "─" * 40]
    return "\n\n".join([*corps, "\n".join(fin)])


def _describe_question(question: Question) -> dict[str, Any]:
    return {
        "nom": question.nom,
        "libelle": question.libelle,
        "type": question.type.value,
        "obligatoire": question.obligatoire,
        "aide": question.aide,
        "source": question.source,
        "choix": [{"valeur": c.valeur, "libelle": c.libelle} for c in question.choix],
    }


def _format_question(question: Question, reponse: str) -> str:
    facultatif = "" if question.obligatoire else " (facultatif)"
    connue = f" = {reponse}" if reponse else ""
    suite = [question.aide] if question.aide else []
    suite += [f"{choix.valeur} : {choix.libelle}" for choix in question.choix]
    attendu = "" if question.choix else _write_attendu(question)
    libelle = f"  {question.nom}{connue} : {question.libelle}{attendu}{facultatif}"
    return "\n      ".join([libelle, *suite])


def _write_attendu(question: Question) -> str:
    if question.choix:
        return f", parmi : {', '.join(choix.valeur for choix in question.choix)}"
    attendu = "à choisir dans le dossier" if question.source else _ATTENDUS.get(question.type)
    return f", {attendu}" if attendu else ""


def _list_connues(demande: Demande) -> dict[str, str]:
    """The answers at hand, as they may be typed again."""
    oui_non = {True: "oui", False: "non"}
    return {nom: oui_non.get(r, str(r)) if isinstance(r, bool) else str(r) for nom, r in demande.reponses.items()}
